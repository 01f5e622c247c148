//! What lasts from one search to the next: the journal made ready, and the words that were typed.
//!
//! The journal is made ready when somebody looks for something, and not before; from then on only
//! what was written since is taken in.

use std::cell::RefCell;

use crate::journal::search::Haystack;
use crate::journal::{Id, Journal};
use crate::practice::Catalog;

/// From so many new versions on, everything is made ready anew, which is faster then.
const MANY: usize = 64;

/// What lasts from one search to the next.
#[derive(Debug, Default)]
pub struct Finder(RefCell<Kept>);

#[derive(Debug, Default)]
struct Kept {
    haystack: Option<Haystack>,
    /// Entries with versions that are not in the haystack yet.
    stale: Vec<Id>,
    /// How often everything was made ready: what was found before is found no more.
    age: u64,
    typed: String,
}

impl Finder {
    /// Looks through all entries of the journal as it now stands.
    pub fn look<T>(
        &self,
        journal: &Journal,
        catalog: &Catalog,
        look: impl FnOnce(&mut Haystack) -> T,
    ) -> T {
        let kept = &mut *self.0.borrow_mut();
        let stale = std::mem::take(&mut kept.stale);
        if stale.len() > MANY {
            kept.haystack = None;
        }
        match &mut kept.haystack {
            Some(haystack) => {
                for id in &stale {
                    haystack.renew(id, journal, catalog);
                }
                look(haystack)
            }
            none => {
                kept.age += 1;
                look(none.insert(Haystack::new(journal, catalog)))
            }
        }
    }

    /// A number that changes when hits of an earlier look mean nothing any more.
    #[must_use]
    pub fn age(&self) -> u64 {
        self.0.borrow().age
    }

    /// The words that were last looked for.
    #[must_use]
    pub fn typed(&self) -> String {
        self.0.borrow().typed.clone()
    }

    /// Keeps words for the next time.
    pub(super) fn keep(&self, typed: &str) {
        typed.clone_into(&mut self.0.borrow_mut().typed);
    }

    /// Takes note that an entry has a new version.
    pub(super) fn touched(&mut self, id: &Id) {
        let kept = self.0.get_mut();
        if kept.haystack.is_some() && !kept.stale.contains(id) {
            kept.stale.push(id.clone());
        }
    }

    /// Takes note that the journal is another one.
    pub(super) fn replaced(&mut self) {
        let kept = self.0.get_mut();
        kept.haystack = None;
        kept.stale.clear();
    }
}
