//! The key contexts of each screen. Knows nothing of what a key does.

use super::Screen;
use crate::app::keys::KeyContext;

impl Screen {
    /// The contexts for the key table, the narrowest first.
    #[must_use]
    pub fn contexts(&self) -> Vec<KeyContext> {
        use KeyContext::{
            Anywhere, Browsing, Closable, Compare, Home, List, Months, Page, Periods, Reading,
            Register, Trends, Versions, WrapUp,
        };
        if let Some(form) = self.form() {
            let mut contexts = form.contexts();
            match self {
                Self::Page(_) => contexts.push(Page),
                Self::Commit(commit) if commit.is_of_a_walk() => contexts.push(Page),
                _ => {}
            }
            // No `Browsing` here: a form keeps what is typed.
            contexts.extend([KeyContext::Form, Anywhere]);
            return contexts;
        }
        if self.filter().is_some_and(|sift| sift.is_typing) {
            return vec![KeyContext::FilterInput, Anywhere];
        }
        if let Self::Search(search) = self
            && search.is_typing
        {
            return search.contexts();
        }
        let own: &[KeyContext] = match self {
            Self::Home(_) => &[Home],
            Self::Months(_) => &[Months, Periods, Closable],
            Self::List(_) | Self::Commitments(_) | Self::Person(_) => &[List, Register, Closable],
            Self::Review(_) => &[KeyContext::Review, Periods, Closable],
            Self::Summary(_) => &[Periods, Reading, Closable],
            Self::Lists(_) | Self::People(_) => &[List, Closable],
            Self::Portfolio(_) => &[KeyContext::Portfolio, Periods, Closable],
            Self::Compare(_) => &[Compare, Closable],
            Self::MonthWrapUp(_) => &[WrapUp, Closable],
            Self::History(_) => &[Versions, Closable],
            Self::Settle(_) => &[KeyContext::Settle, List, Closable],
            Self::Search(_) => &[KeyContext::Timeline, List, Closable],
            Self::Preview(_) => &[KeyContext::Preview, Closable],
            Self::Trends(_) => &[Trends, Periods, Closable],
            _ => &[Reading, Closable],
        };
        [own, &[Browsing, Anywhere]].concat()
    }
}
