//! The filter of those screens that are lists.

use super::{Screen, Sift};
use crossterm::event::KeyEvent;

impl Screen {
    /// What its list shows of all it has, if it is a list.
    #[must_use]
    pub fn sift(&self) -> Option<&Sift> {
        match self {
            Self::List(list) => Some(&list.sift),
            Self::Lists(lists) => Some(&lists.sift),
            Self::People(people) => Some(&people.sift),
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
            Self::People(people) if people.sift.typing => {
                take(&mut people.sift);
                people.sift();
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
