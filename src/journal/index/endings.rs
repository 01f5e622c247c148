//! How commitments ended, first to last, with what each month adds to the record: the record of many
//! years follows from their months, and only one month is looked at ending by ending.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::calendar::Month;
use crate::journal::{How, Id, Record};

/// The day on which a commitment ended, the day it was due, its id, and how it ended.
type Ending = (NaiveDate, NaiveDate, Id, How);

/// How commitments ended, by the month in which they did; no month has none.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Endings(BTreeMap<Month, OfMonth>);

/// Those of one month.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
struct OfMonth {
    /// First to last; of one day in the order they were due in.
    endings: BTreeSet<Ending>,
    /// What they come to.
    stretch: Stretch,
}

/// What endings that follow one another come to, so that two stretches of them make one.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
struct Stretch {
    record: Record,
    /// How many of the first ones were kept without a miss in between.
    lead: usize,
}

impl Endings {
    pub(super) fn put(&mut self, ending: Ending) {
        let month = self.0.entry(Month::of(ending.0)).or_default();
        month.endings.insert(ending);
        month.stretch = Stretch::of(&month.endings);
    }

    pub(super) fn take(&mut self, ending: &Ending) {
        super::within(
            &mut self.0,
            &Month::of(ending.0),
            |month| month.endings.is_empty(),
            |month| {
                month.endings.remove(ending);
                month.stretch = Stretch::of(&month.endings);
            },
        );
    }

    /// How all of them ended that did up to and including `day`.
    pub(super) fn record(&self, day: NaiveDate) -> Record {
        let last = Month::of(day);
        let before = self.0.range(..last).map(|(_, month)| month.stretch);
        let begun = self.0.get(&last).into_iter();
        let begun = begun.flat_map(|month| &month.endings);
        let begun = begun.take_while(|(on, ..)| *on <= day);
        let all = before.fold(Stretch::default(), Stretch::then);
        all.then(Stretch::of(begun)).record
    }
}

impl Stretch {
    fn of<'a>(endings: impl IntoIterator<Item = &'a Ending>) -> Self {
        let endings = endings.into_iter();
        let each = endings.map(|(_, _, _, how)| Self::one(*how));
        each.fold(Self::default(), Self::then)
    }

    fn one(how: How) -> Self {
        let kept = usize::from(how == How::Kept);
        Self {
            record: Record {
                kept,
                missed: usize::from(how == How::Missed),
                streak: kept,
                longest_streak: kept,
            },
            lead: kept,
        }
    }

    /// These, and then others.
    fn then(self, next: Self) -> Self {
        let (before, after) = (self.record, next.record);
        let across = before.streak + next.lead;
        let longest = before.longest_streak.max(after.longest_streak);
        Self {
            record: Record {
                kept: before.kept + after.kept,
                missed: before.missed + after.missed,
                streak: match after.missed {
                    0 => across,
                    _ => after.streak,
                },
                longest_streak: longest.max(across),
            },
            lead: match before.missed {
                0 => across,
                _ => self.lead,
            },
        }
    }
}
