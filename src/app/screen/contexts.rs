//! The key contexts of each screen. Knows nothing of what a key does.

use super::Screen;
use crate::app::keys::Context;

impl Screen {
    /// The contexts for the key table, the narrowest first.
    #[must_use]
    pub fn contexts(&self) -> Vec<Context> {
        use Context::{
            Anywhere, Browsing, Compare, Guide, Home, Leaving, List, Months, OverTime, Page,
            Periods, Reading, Register, Versions,
        };
        if let Some(form) = self.form() {
            let mut contexts = form.contexts();
            match self {
                Self::Page(_) => contexts.push(Page),
                Self::Commit(commit) if commit.is_of_a_walk() => contexts.push(Page),
                _ => {}
            }
            // No `Browsing` here: a form keeps what is typed.
            contexts.extend([Context::Form, Anywhere]);
            return contexts;
        }
        if self.sift().is_some_and(|sift| sift.is_typing) {
            return vec![Context::Finding, Anywhere];
        }
        if let Self::Search(search) = self
            && search.is_typing
        {
            return search.contexts();
        }
        let own: &[Context] = match self {
            Self::Home(_) => &[Home],
            Self::Months(_) => &[Months, Periods, Leaving],
            Self::List(_) | Self::Commitments(_) | Self::Person(_) => &[List, Register, Leaving],
            Self::Review(_) => &[Context::Review, Periods, Leaving],
            Self::Summary(_) => &[Periods, Reading, Leaving],
            Self::Lists(_) | Self::People(_) => &[List, Leaving],
            Self::Portfolio(_) => &[Context::Portfolio, Periods, Leaving],
            Self::Compare(_) => &[Compare, Leaving],
            Self::Guide(_) => &[Guide, Leaving],
            Self::History(_) => &[Versions, Leaving],
            Self::Settle(_) => &[Context::Settle, List, Leaving],
            Self::Search(_) => &[Context::Timeline, List, Leaving],
            Self::Story(_) => &[Context::Story, Leaving],
            Self::OverTime(_) => &[OverTime, Periods, Leaving],
            _ => &[Reading, Leaving],
        };
        [own, &[Browsing, Anywhere]].concat()
    }
}
