//! What lasts from one search to the next: the index, and what was typed.
//!
//! The index is made when a search is opened, and not before; its words are read while nothing is
//! typed, and from then on only what was written since is added.

use std::cell::RefCell;

use crate::journal::search::{SLICE, SearchIndex};
use crate::journal::{Id, Journal};
use crate::practice::Catalog;

/// From so many new versions on, everything is made ready anew, which is faster then.
const MANY: usize = 64;

/// What lasts from one search to the next.
#[derive(Debug, Default)]
pub struct Finder(RefCell<Kept>);

#[derive(Debug, Default)]
struct Kept {
    index: Option<SearchIndex>,
    /// Entries with versions that are not in the index yet.
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
        look: impl FnOnce(&mut SearchIndex) -> T,
    ) -> T {
        let kept = &mut *self.0.borrow_mut();
        let stale = std::mem::take(&mut kept.stale);
        if stale.len() > MANY {
            kept.index = None;
        }
        match &mut kept.index {
            Some(index) => {
                for id in &stale {
                    index.renew(id, journal, catalog);
                }
                look(index)
            }
            none => {
                kept.age += 1;
                look(none.insert(SearchIndex::new(journal, catalog)))
            }
        }
    }

    /// Reads some more words into the index, if there is one; whether some are left. Each call takes
    /// a moment only, so that no key waits for it.
    pub(super) fn prepare(&self, journal: &Journal, catalog: &Catalog) -> bool {
        let kept = &mut *self.0.borrow_mut();
        let index = kept.index.as_mut();
        index.is_some_and(|index| index.prepare(journal, catalog, SLICE))
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
        if kept.index.is_some() && !kept.stale.contains(id) {
            kept.stale.push(id.clone());
        }
    }

    /// Takes note that the journal is another one.
    pub(super) fn replaced(&mut self) {
        let kept = self.0.get_mut();
        kept.index = None;
        kept.stale.clear();
    }
}
