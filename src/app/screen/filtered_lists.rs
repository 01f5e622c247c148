//! What lists have in common: the filter, and the labels for letting go and converting an item.

use super::{ListFilter, Screen};
use crate::app::keys::Action;
use crossterm::event::KeyEvent;

impl Screen {
    /// The filter of its list, if it has one.
    #[must_use]
    pub fn filter(&self) -> Option<&ListFilter> {
        match self {
            Self::List(list) => Some(&list.filter),
            Self::Lists(lists) => Some(&lists.filter),
            Self::People(people) => Some(&people.filter),
            Self::Commitments(list) => Some(&list.filter),
            _ => None,
        }
    }

    /// Passes a key to the filter of its list; returns whether it was taken.
    pub fn type_filter(&mut self, key: KeyEvent) -> bool {
        self.update_filter(|sift| sift.type_key(key))
    }

    /// Passes pasted text to the filter of its list; returns whether it was taken.
    pub fn paste_filter(&mut self, words: &str) -> bool {
        self.update_filter(|sift| sift.paste(words))
    }

    fn update_filter(&mut self, take: impl FnOnce(&mut ListFilter) -> bool) -> bool {
        match self {
            Self::List(list) if list.filter.is_typing => {
                take(&mut list.filter);
                list.apply_filter();
            }
            Self::Lists(lists) if lists.filter.is_typing => {
                take(&mut lists.filter);
                lists.apply_filter();
            }
            Self::People(people) if people.filter.is_typing => {
                take(&mut people.filter);
                people.apply_filter();
            }
            Self::Commitments(list) if list.filter.is_typing => {
                take(&mut list.filter);
                list.apply_filter();
            }
            _ => return false,
        }
        true
    }

    /// The label of letting go or converting the chosen item, or `None` if it cannot be done.
    #[must_use]
    pub fn next_action_label(&self, action: Action) -> Option<String> {
        let (lets_go, turns_into) = match self {
            Self::List(list) => {
                let row = list.chosen()?;
                (&row.let_go_stage, &row.becomes)
            }
            Self::Page(page) => {
                let (_, row) = page.chosen_row()?;
                (&row.let_go_stage, &row.becomes)
            }
            Self::Item(item) => (&None, &item.becomes),
            _ => return None,
        };
        match action {
            Action::LetGo => lets_go.clone(),
            Action::Convert => turns_into.as_ref().map(|into| format!("make {into}")),
            _ => None,
        }
    }
}
