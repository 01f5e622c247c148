//! What the filters of a query accept.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::{Facets, IndexedEntry};
use crate::journal::search::matcher::bare;
use crate::journal::search::passages::each_passage;
use crate::journal::search::query::{Filter, FilterBy, Query};
use crate::journal::{Id, JoinedNames, Journal, names};
use crate::practice::Catalog;

/// The filters of a query, compared with every facet.
pub(super) struct FilterSet<'a> {
    filters: Vec<(&'a Filter, Vec<bool>)>,
    people: Option<Arc<PersonNames>>,
    journal: &'a Journal,
    catalog: &'a Catalog,
}

/// Who is named in a journal, for the filters by person.
#[derive(Clone, Debug)]
pub(super) struct PersonNames {
    joined: JoinedNames,
    /// Who is named with an `@`, by entry.
    mentioned: HashMap<Id, Vec<String>>,
    /// Every whole name, as names are compared.
    whole: HashSet<String>,
}

impl PersonNames {
    pub(super) fn of(facets: &Facets, journal: &Journal, catalog: &Catalog) -> Self {
        let joined = JoinedNames::of(journal, catalog);
        let known = facets.people.iter().chain(joined.all());
        let known: Vec<String> = known.cloned().collect();
        let mut mentioned: HashMap<Id, Vec<String>> = HashMap::new();
        for entry in journal.entries() {
            each_passage(entry, journal.unsettled(&entry.id), catalog, |_, text| {
                if text.contains('@') {
                    let named = names::mentions(&text, &known);
                    mentioned.entry(entry.id.clone()).or_default().extend(named);
                }
            });
        }
        let names = known.iter().chain(mentioned.values().flatten());
        Self {
            whole: names.map(|name| bare(name)).collect(),
            joined,
            mentioned,
        }
    }

    /// Whether this is one of the names of a person, or one of them begins like it, if it is not the
    /// whole name of anyone.
    fn is_called(&self, name: &str, begun: &str) -> bool {
        let is_whole = self.whole.contains(begun);
        let is_it = |name: &str| {
            let name = bare(name);
            name == begun || (!is_whole && begins_like(&name, begun))
        };
        is_it(name) || self.joined.names_of(name).iter().any(|name| is_it(name))
    }

    /// Whether an entry names someone called so with an `@`.
    fn mentions(&self, entry: &Id, begun: &str) -> bool {
        let mut named = self.mentioned.get(entry).into_iter().flatten();
        named.any(|name| self.is_called(name, begun))
    }
}

impl<'a> FilterSet<'a> {
    /// `people` are those of the journal; only filters by person need them.
    pub(super) fn new(
        query: &'a Query,
        facets: &Facets,
        people: Option<Arc<PersonNames>>,
        journal: &'a Journal,
        catalog: &'a Catalog,
    ) -> Self {
        let filters = query.filters.iter().map(|filter| {
            let accepted = match &filter.by {
                FilterBy::Kind(wanted) => {
                    let kinds = facets.kinds.iter();
                    kinds
                        .map(|kind| wanted.iter().any(|it| it.is(kind)))
                        .collect()
                }
                FilterBy::Area(begun) => {
                    facets.areas.iter().map(|area| is_in(area, begun)).collect()
                }
                FilterBy::Person(begun) => {
                    let names = facets.people.iter();
                    let people = people.as_deref();
                    let is_it = |name: &String| people.is_some_and(|it| it.is_called(name, begun));
                    names.map(is_it).collect()
                }
                FilterBy::State(..) | FilterBy::Days(_) | FilterBy::Week(_) => Vec::new(),
            };
            (filter, accepted)
        });
        Self {
            filters: filters.collect(),
            people,
            journal,
            catalog,
        }
    }

    /// Whether an entry is none of those unwanted, and of the wanted kinds, areas, people, weeks and
    /// states one each.
    pub(super) fn accepts(&self, entry: &IndexedEntry) -> bool {
        let mut any = [None; 7];
        for (filter, accepted) in &self.filters {
            let of = match &filter.by {
                FilterBy::Kind(_) => Some(0),
                FilterBy::Area(_) => Some(1),
                FilterBy::Person(_) => Some(2),
                FilterBy::Week(_) => Some(3),
                FilterBy::State(of, _) => Some(*of),
                FilterBy::Days(_) => None,
            };
            let holds = self.holds(filter, accepted, entry);
            match of {
                Some(of) if !filter.not => *any[of].get_or_insert(false) |= holds,
                _ if holds == filter.not => return false,
                _ => {}
            }
        }
        !any.contains(&Some(false))
    }

    /// Whether someone called so is in one of `entries`.
    pub(super) fn has_person<'e>(
        &self,
        begun: &str,
        mut entries: impl Iterator<Item = &'e IndexedEntry>,
    ) -> bool {
        let is_of = |filter: &Filter| matches!(&filter.by, FilterBy::Person(name) if name == begun);
        let of_person = self.filters.iter().find(|(filter, _)| is_of(filter));
        of_person.is_some_and(|(filter, accepted)| {
            entries.any(|entry| self.holds(filter, accepted, entry))
        })
    }

    /// Whether an entry is what a filter names, wanted or not.
    fn holds(&self, filter: &Filter, accepted: &[bool], entry: &IndexedEntry) -> bool {
        match &filter.by {
            FilterBy::Kind(_) => accepted[entry.kind as usize],
            FilterBy::Area(_) => accepted[entry.area as usize],
            FilterBy::Person(begun) => {
                let mut people = entry.people.iter();
                let names = self.people.as_deref();
                people.any(|person| accepted[*person as usize])
                    || names.is_some_and(|names| names.mentions(&entry.id, begun))
            }
            FilterBy::State(_, state) => {
                let current = self.journal.current(&entry.id);
                current.is_some_and(|it| state.is_of(it, self.journal, self.catalog))
            }
            FilterBy::Days(days) | FilterBy::Week(days) => days.contains(&entry.day),
        }
    }
}

/// Whether an area begins like this; without one nothing does.
pub(super) fn is_in(area: &str, begun: &str) -> bool {
    !area.is_empty() && area.starts_with(begun)
}

/// Whether a name, or one of its words, begins like this.
fn begins_like(name: &str, begun: &str) -> bool {
    let mut words = name.match_indices(' ');
    name.starts_with(begun) || words.any(|(at, _)| name[at + 1..].starts_with(begun))
}
