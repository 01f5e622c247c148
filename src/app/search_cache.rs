//! What lasts from one search to the next: the search index, the last query, and everyone's name.
//!
//! The index is made when a search is opened; its words are read while no key waits. After that,
//! only new versions are added to it.

use std::cell::RefCell;
use std::sync::Arc;

use crate::insight;
use crate::journal::search::{SLICE, SearchIndex};
use crate::journal::{Id, Journal};
use crate::practice::Catalog;

/// With more new versions than this, rebuilding the index is faster.
const MANY: usize = 64;

/// The search index, the last query, and everyone's name.
#[derive(Debug, Default)]
pub struct SearchCache(RefCell<CacheState>);

#[derive(Debug, Default)]
struct CacheState {
    index: Option<SearchIndex>,
    /// Entries with versions that are not in the index yet.
    stale: Vec<Id>,
    /// How often the index was built; hits of an earlier build are invalid.
    age: u64,
    typed: String,
    /// The names of everyone, for completion, while they are up to date.
    names: Option<Arc<[String]>>,
}

impl SearchCache {
    /// Runs `look` on the index, brought up to date first.
    pub fn with_index<T>(
        &self,
        journal: &Journal,
        catalog: &Catalog,
        look: impl FnOnce(&mut SearchIndex) -> T,
    ) -> T {
        let kept = &mut *self.0.borrow_mut();
        let stale = std::mem::take(&mut kept.stale);
        // What is due on a day off is listed on another day.
        let is_off = |id: &Id| is_off_day(id, journal, catalog);
        if stale.len() > MANY || stale.iter().any(is_off) {
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

    /// Reads some more words into the index, if there is one, and returns whether some are left.
    /// Each call is short, so no key waits for it.
    pub(super) fn prepare(&self, journal: &Journal, catalog: &Catalog) -> bool {
        let kept = &mut *self.0.borrow_mut();
        let index = kept.index.as_mut();
        index.is_some_and(|index| index.prepare(journal, catalog, SLICE))
    }

    /// A number that changes when earlier hits become invalid.
    pub fn index_age(&self) -> u64 {
        self.0.borrow().age
    }

    /// The names of everyone in the journal, the last mentioned first.
    pub(super) fn names(&self, journal: &Journal, catalog: &Catalog) -> Arc<[String]> {
        let kept = &mut *self.0.borrow_mut();
        let names = kept.names.get_or_insert_with(|| {
            let people = insight::people(journal, catalog).into_iter();
            people.map(|person| person.name).collect()
        });
        Arc::clone(names)
    }

    pub fn last_query(&self) -> String {
        self.0.borrow().typed.clone()
    }

    /// Stores the query for the next search.
    pub(super) fn remember_query(&self, typed: &str) {
        typed.clone_into(&mut self.0.borrow_mut().typed);
    }

    /// Notes that an entry has a new version.
    pub(super) fn mark_stale(&mut self, id: &Id) {
        let kept = self.0.get_mut();
        kept.names = None;
        if kept.index.is_some() && !kept.stale.contains(id) {
            kept.stale.push(id.clone());
        }
    }

    /// Notes that the journal was replaced.
    pub(super) fn clear_index(&mut self) {
        let kept = self.0.get_mut();
        kept.index = None;
        kept.names = None;
        kept.stale.clear();
    }
}

/// Whether an entry is, or was, about days off.
fn is_off_day(id: &Id, journal: &Journal, catalog: &Catalog) -> bool {
    let register = catalog.off().map(|(register, _)| register.id.as_str());
    let versions = journal.versions(id).iter();
    let mut items = versions.filter_map(|version| version.body.as_item());
    items.any(|item| Some(item.register.as_str()) == register)
}
