//! The filters of a query, held against what there is once and not for every entry.

use std::ops::RangeInclusive;

use chrono::NaiveDate;

use super::query::{Kinds, Query, What};
use super::row::{Kind, Named, Row};

/// What an entry must be for all filters to let it through.
pub(super) struct Sieve {
    /// By the number of the kind.
    kinds: Vec<bool>,
    /// By the number of the area.
    areas: Vec<bool>,
    /// By the number of the row; none where nobody is looked for.
    people: Option<Vec<bool>>,
    days: Vec<(RangeInclusive<NaiveDate>, bool)>,
    weeks: Vec<RangeInclusive<NaiveDate>>,
}

impl Sieve {
    pub(super) fn new(query: &Query, known: Known<'_>) -> Self {
        let kinds = known.kinds.iter().map(|kind| {
            let is = |what: &What| match what {
                What::Kind(kinds) => Some(kinds.hold(kind)),
                _ => None,
            };
            lets_through(query, is)
        });
        let areas = known.areas.iter().map(|area| {
            let is = |what: &What| match what {
                // Area 0 is that of everything without one.
                What::Area(begun) => Some(!area.is_empty() && area.starts_with(begun.as_str())),
                _ => None,
            };
            lets_through(query, is)
        });
        let is_person = |what: &What| matches!(what, What::Person(_));
        let asks = query.filters.iter().any(|filter| is_person(&filter.what));
        let mut days = Vec::new();
        let mut weeks = Vec::new();
        for filter in &query.filters {
            match &filter.what {
                What::Week(week) if !filter.not => weeks.push(week.clone()),
                What::Days(stretch) | What::Week(stretch) => {
                    days.push((stretch.clone(), filter.not));
                }
                _ => {}
            }
        }
        Self {
            kinds: kinds.collect(),
            areas: areas.collect(),
            people: asks.then(|| people(query, known)),
            days,
            weeks,
        }
    }

    pub(super) fn lets_through(&self, number: usize, row: &Row) -> bool {
        self.kinds[usize::from(row.kind)]
            && self.areas[row.area as usize]
            && self.people.as_ref().is_none_or(|people| people[number])
            && self
                .days
                .iter()
                .all(|(days, not)| days.contains(&row.day) != *not)
            && (self.weeks.is_empty() || self.weeks.iter().any(|week| week.contains(&row.day)))
    }
}

/// What the haystack has, by number.
#[derive(Clone, Copy)]
pub(super) struct Known<'a> {
    pub(super) kinds: &'a [Kind],
    /// Areas, folded.
    pub(super) areas: &'a [String],
    pub(super) people: &'a [Named],
    /// Which row names which person.
    pub(super) mentions: &'a [(u32, u32)],
    /// How many rows there are.
    pub(super) rows: usize,
}

impl Kinds {
    fn hold(&self, kind: &Kind) -> bool {
        match kind {
            Kind::Commitment => self.commitments,
            Kind::Answer(practice) => self.answers || self.practices.contains(practice),
            Kind::Item(register) => self.registers.contains(register),
        }
    }
}

/// Whether somebody's name, or one of its words, begins so.
pub(super) fn is_called(person: &Named, begun: &str) -> bool {
    let name = person.folded.as_str();
    name.starts_with(begun)
        || name
            .match_indices(' ')
            .any(|(at, _)| name[at + 1..].starts_with(begun))
}

/// Any of those that are wanted, where some are, and none of those that are not.
fn lets_through(query: &Query, is: impl Fn(&What) -> Option<bool>) -> bool {
    let mut asked = false;
    let mut any = false;
    for filter in &query.filters {
        match (is(&filter.what), filter.not) {
            (Some(true), true) => return false,
            (None, _) | (Some(_), true) => {}
            (Some(holds), false) => {
                asked = true;
                any |= holds;
            }
        }
    }
    any || !asked
}

/// Which rows name whom they must, and nobody whom they must not.
fn people(query: &Query, known: Known<'_>) -> Vec<bool> {
    let rows = |not: bool| {
        let wanted = |person: &Named| {
            let mut filters = query.filters.iter().filter(|filter| filter.not == not);
            filters.any(|filter| match &filter.what {
                What::Person(begun) => is_called(person, begun),
                _ => false,
            })
        };
        let wanted: Vec<bool> = known.people.iter().map(wanted).collect();
        let mut rows = vec![false; known.rows];
        for (row, person) in known.mentions {
            rows[*row as usize] |= wanted[*person as usize];
        }
        rows
    };
    let asks =
        |filter: &super::query::Filter| !filter.not && matches!(filter.what, What::Person(_));
    let (wanted, unwanted) = (rows(false), rows(true));
    let any = !query.filters.iter().any(asks);
    let both = wanted.into_iter().zip(unwanted);
    both.map(|(wanted, unwanted)| (any || wanted) && !unwanted)
        .collect()
}
