//! How commitments ended, in order, summed up by month: the record of many years is computed from
//! their months, and only one month is read closing by closing.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::calendar::Month;
use crate::journal::{Commitment, CommitmentOutcome, Id};

/// How commitments ended, from the first one on. Those let go count as neither kept nor missed.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Record {
    pub kept: usize,
    pub missed: usize,
    /// How many of the last ones were kept without a miss in between.
    pub streak: usize,
    /// The most that were ever kept without a miss in between.
    pub longest_streak: usize,
}

/// The day on which a commitment ended, the day it was due, its id, and how it ended.
type ClosedCommitment = (NaiveDate, NaiveDate, Id, CommitmentOutcome);

/// How commitments ended, by the month they ended in; no month is empty.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(in crate::journal) struct Closings(BTreeMap<Month, MonthClosings>);

#[derive(Clone, Debug, Default, Eq, PartialEq)]
struct MonthClosings {
    /// First to last; within one day by due date.
    closings: BTreeSet<ClosedCommitment>,
    /// The sum of them.
    sum: RecordSum,
}

/// The sum of consecutive closings; two sums add up to one.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
struct RecordSum {
    record: Record,
    /// How many were kept before the first miss.
    leading_streak: usize,
}

impl Closings {
    pub(super) fn insert(&mut self, closing: ClosedCommitment) {
        let month = self.0.entry(Month::of(closing.0)).or_default();
        month.closings.insert(closing);
        month.sum = RecordSum::of(&month.closings);
    }

    pub(super) fn remove(&mut self, closing: &ClosedCommitment) {
        super::remove_from(
            &mut self.0,
            &Month::of(closing.0),
            |month| month.closings.is_empty(),
            |month| {
                month.closings.remove(closing);
                month.sum = RecordSum::of(&month.closings);
            },
        );
    }

    /// Replaces how a commitment ended, if it did, with how it does `after` a change.
    pub(in crate::journal) fn replace(
        &mut self,
        id: &Id,
        before: Option<&Commitment>,
        after: Option<&Commitment>,
    ) {
        let closed = |commitment: Option<&Commitment>| {
            let commitment = commitment?;
            let closing = commitment.closing.as_ref()?;
            Some((closing.on, commitment.due, id.clone(), closing.how))
        };
        if let Some(closing) = closed(before) {
            self.remove(&closing);
        }
        if let Some(closing) = closed(after) {
            self.insert(closing);
        }
    }

    /// The commitments that ended, last to first; within one day those due last come first.
    pub(super) fn newest_first(&self) -> impl Iterator<Item = &Id> {
        let months = self.0.values().rev();
        months
            .flat_map(|month| month.closings.iter().rev())
            .map(|(_, _, id, _)| id)
    }

    /// The record of all that ended up to and including `day`.
    pub(in crate::journal) fn record(&self, day: NaiveDate) -> Record {
        let last = Month::of(day);
        let before = self.0.range(..last).map(|(_, month)| month.sum);
        let begun = self
            .0
            .get(&last)
            .into_iter()
            .flat_map(|month| &month.closings)
            .take_while(|(on, ..)| *on <= day);
        before
            .fold(RecordSum::default(), RecordSum::then)
            .then(RecordSum::of(begun))
            .record
    }
}

impl RecordSum {
    fn of<'a>(closings: impl IntoIterator<Item = &'a ClosedCommitment>) -> Self {
        closings
            .into_iter()
            .map(|(_, _, _, how)| Self::single(*how))
            .fold(Self::default(), Self::then)
    }

    fn single(how: CommitmentOutcome) -> Self {
        let kept = usize::from(how == CommitmentOutcome::Kept);
        Self {
            record: Record {
                kept,
                missed: usize::from(how == CommitmentOutcome::Missed),
                streak: kept,
                longest_streak: kept,
            },
            leading_streak: kept,
        }
    }

    /// These, then others.
    fn then(self, next: Self) -> Self {
        let (before, after) = (self.record, next.record);
        let across = before.streak + next.leading_streak;
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
            leading_streak: match before.missed {
                0 => across,
                _ => self.leading_streak,
            },
        }
    }
}
