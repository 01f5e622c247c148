//! What can be done on each screen now: where its keys are, and which actions do something.
//!
//! Knows the screens' states, and neither the model nor what an action does.

use super::{Screen, Sift};
use crate::app::form::Form;
use crate::app::keys::{Action, Context};
use crossterm::event::KeyEvent;

impl Screen {
    /// Where the keys are, the narrowest place first.
    #[must_use]
    pub fn contexts(&self) -> Vec<Context> {
        use Context::{
            Anywhere, Browsing, Home, Leaving, List, Months, OverTime, Page, Periods, Reading,
            Register,
        };
        if let Some(form) = self.form() {
            let mut contexts = form.contexts();
            if matches!(self, Self::Page(_)) {
                contexts.push(Page);
            }
            contexts.push(Context::Form);
            if !form.is_typing() {
                contexts.push(Browsing);
            }
            contexts.push(Anywhere);
            return contexts;
        }
        if self.sift().is_some_and(|sift| sift.typing) {
            return vec![Context::Finding, Anywhere];
        }
        let own: &[Context] = match self {
            Self::Home(_) => &[Home],
            Self::Months(_) => &[Months, Periods, Leaving],
            Self::List(_) | Self::Commitments(_) => &[List, Register, Leaving],
            Self::Summary(_) => &[Periods, Reading, Leaving],
            Self::Lists(_) => &[List, Leaving],
            Self::OverTime(_) => &[OverTime, Periods, Leaving],
            _ => &[Reading, Leaving],
        };
        [own, &[Browsing, Anywhere]].concat()
    }

    /// Whether an action would do something here now.
    #[must_use]
    pub fn offers(&self, action: Action) -> bool {
        match (self, action) {
            (Self::Home(home), Action::CheckIn) => home.can_check_in(),
            (Self::Commitments(list), Action::Origin) => list.has_origin(),
            (Self::Commitments(_), Action::Advance | Action::CommitFrom)
            | (Self::Commit(_) | Self::CheckIn(_), Action::CommitFrom)
            | (_, Action::Origin) => false,
            (Self::Commitments(list), Action::Open | Action::Delete) => !list.rows.is_empty(),
            (Self::List(list), Action::Open | Action::Delete) => !list.rows.is_empty(),
            (Self::List(list), Action::Advance) => list.can_advance(),
            (Self::Summary(summary), Action::Later) => summary.has_later,
            (Self::OverTime(screen), Action::Down) => screen.first + 2 < screen.pictures.len(),
            (Self::Page(page), Action::CommitFrom) => page.entry().is_some(),
            (Self::Item(item), Action::CommitFrom) => item.id.is_some(),
            (Self::Page(page), Action::PreviousPage) => page.page > 1 || page.at > Some(0),
            (Self::Page(page), Action::Advance) => page.can_advance(),
            (_, Action::CopyLast) => self
                .form()
                .and_then(Form::focused)
                .is_some_and(|input| input.last.is_some()),
            _ => true,
        }
    }

    /// What its list shows of all it has, if it is a list.
    #[must_use]
    pub fn sift(&self) -> Option<&Sift> {
        match self {
            Self::List(list) => Some(&list.sift),
            Self::Lists(lists) => Some(&lists.sift),
            Self::Commitments(list) => Some(&list.sift),
            _ => None,
        }
    }

    /// Takes a key into the filter of its list; whether it was taken.
    pub fn type_filter(&mut self, key: KeyEvent) -> bool {
        self.refilter(|sift| sift.key(key))
    }

    /// Takes pasted words into the filter of its list; whether they were taken.
    pub fn paste_filter(&mut self, words: &str) -> bool {
        self.refilter(|sift| sift.paste(words))
    }

    fn refilter(&mut self, take: impl FnOnce(&mut Sift) -> bool) -> bool {
        match self {
            Self::List(list) if list.sift.typing => {
                take(&mut list.sift);
                list.sift();
            }
            Self::Lists(lists) if lists.sift.typing => {
                take(&mut lists.sift);
                lists.sift();
            }
            Self::Commitments(list) if list.sift.typing => {
                take(&mut list.sift);
                list.sift();
            }
            _ => return false,
        }
        true
    }
}
