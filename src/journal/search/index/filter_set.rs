//! What the filters of a query accept.

use super::{Facets, IndexedEntry};
use crate::journal::search::matcher::bare;
use crate::journal::search::passages::each_passage;
use crate::journal::search::query::{Filter, FilterBy, Query};
use crate::journal::{JoinedNames, Journal, names};
use crate::practice::Catalog;

/// The filters of a query, compared with every facet.
pub(super) struct FilterSet<'a> {
    filters: Vec<(&'a Filter, Vec<bool>)>,
    people: PersonNames,
    journal: &'a Journal,
    catalog: &'a Catalog,
}

/// The names that filters go by; empty if none is about people.
#[derive(Default)]
struct PersonNames {
    joined: JoinedNames,
    known: Vec<String>,
}

impl PersonNames {
    /// Whether one of the names of a person begins like this.
    fn is_called(&self, name: &str, begun: &str) -> bool {
        let mut others = self.joined.names_of(name).iter();
        is_called(&bare(name), begun) || others.any(|name| is_called(&bare(name), begun))
    }
}

impl<'a> FilterSet<'a> {
    pub(super) fn new(
        query: &'a Query,
        facets: &Facets,
        journal: &'a Journal,
        catalog: &'a Catalog,
    ) -> Self {
        let mut people = PersonNames::default();
        let by_person = |filter: &Filter| matches!(filter.by, FilterBy::Person(_));
        if query.filters.iter().any(by_person) {
            people.joined = JoinedNames::of(journal, catalog);
            let known = facets.people.iter().chain(people.joined.all());
            people.known = known.cloned().collect();
        }
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
                    names.map(|name| people.is_called(name, begun)).collect()
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
                people.any(|person| accepted[*person as usize]) || self.mentions(entry, begun)
            }
            FilterBy::State(_, state) => {
                let current = self.journal.current(&entry.id);
                current.is_some_and(|it| state.is_of(it, self.journal, self.catalog))
            }
            FilterBy::Days(days) | FilterBy::Week(days) => days.contains(&entry.day),
        }
    }

    /// Whether an entry names someone called so with an `@`.
    fn mentions(&self, entry: &IndexedEntry, begun: &str) -> bool {
        let mut holds = false;
        if let Some(current) = self.journal.current(&entry.id) {
            let unsettled = self.journal.unsettled(&entry.id);
            each_passage(current, unsettled, self.catalog, |_, text| {
                if !holds && text.contains('@') {
                    let named = names::mentions(&text, &self.people.known);
                    holds = named.iter().any(|name| self.people.is_called(name, begun));
                }
            });
        }
        holds
    }
}

/// Whether an area begins like this; without one nothing does.
pub(super) fn is_in(area: &str, begun: &str) -> bool {
    !area.is_empty() && area.starts_with(begun)
}

/// Whether a name, or one of its words, begins like this.
fn is_called(name: &str, begun: &str) -> bool {
    let mut words = name.match_indices(' ');
    name.starts_with(begun) || words.any(|(at, _)| name[at + 1..].starts_with(begun))
}
