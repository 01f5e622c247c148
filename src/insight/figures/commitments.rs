//! The state of commitments in a span, and how they ended from the first one on.
//!
//! Counts commitments alone; knows nothing of practices and lists.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use chrono::NaiveDate;

use self::CommitmentState::{Ended, Open};
use super::{AreaFigures, Figures, Tally};
use crate::calendar::Span;
use crate::journal::{Commitment, CommitmentOutcome, Journal, Move, OffDays};

pub(super) fn count_commitments(journal: &Journal, off: &OffDays, figures: &mut Figures) {
    let days = figures.days();
    let mut areas: BTreeMap<&str, Tally> = BTreeMap::new();
    for (_, commitment) in journal.commitments() {
        let mut moves = commitment.moves.iter();
        let moved = moves.any(|one| one.is_later() && days.contains(&one.on));
        figures.made += usize::from(days.contains(&commitment.made));
        figures.moved += usize::from(moved);
        let Some(standing) = state_in_span(commitment, &days) else {
            continue;
        };
        figures.commitments.add(standing);
        // Time did not go to what was only overdue.
        if standing != Open || figures.span.first() <= off.due_day(commitment) {
            let area = areas.entry(commitment.area.trim()).or_default();
            area.add(standing);
        }
        let first = FirstDate::of(commitment, standing, off, figures.until);
        figures.kept_by_first_date += usize::from(first == FirstDate::Kept);
        figures.kept_after_moving += usize::from(first == FirstDate::KeptAfterMoving);
        figures.first_dates += usize::from(first != FirstDate::NotAsked);
    }
    let mut areas: Vec<AreaFigures> = areas
        .into_iter()
        .map(|(area, commitments)| AreaFigures {
            area: area.to_owned(),
            commitments,
        })
        .collect();
    // The sort is stable: equals stay in the order of their names.
    areas.sort_by_key(|area| Reverse(area.commitments.active()));
    figures.areas = areas;
}

/// The state of one commitment in a span.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(in crate::insight) enum CommitmentState {
    Ended(CommitmentOutcome),
    Open,
}

impl Tally {
    /// The commitments of a span, up to and including `today`: [`Figures::commitments`] alone, for
    /// many spans.
    pub fn of(journal: &Journal, span: Span, today: NaiveDate) -> Self {
        let days = span.first()..=span.last().min(today);
        let mut tally = Self::default();
        for (_, commitment) in journal.commitments() {
            if let Some(standing) = state_in_span(commitment, &days) {
                tally.add(standing);
            }
        }
        tally
    }

    fn add(&mut self, standing: CommitmentState) {
        match standing {
            Ended(CommitmentOutcome::Kept) => self.kept += 1,
            Ended(CommitmentOutcome::Missed) => self.missed += 1,
            Ended(CommitmentOutcome::LetGo) => self.let_go += 1,
            Open => self.open += 1,
        }
    }
}

/// The state of a commitment in a span, whose days that count are `days`; `None` if it was made after
/// the span, or had ended before.
pub(in crate::insight) fn state_in_span(
    commitment: &Commitment,
    days: &RangeInclusive<NaiveDate>,
) -> Option<CommitmentState> {
    match &commitment.closing {
        Some(closing) if days.contains(&closing.on) => Some(Ended(closing.how)),
        Some(closing) if closing.on <= *days.end() => None,
        _ => (commitment.made <= *days.end()).then_some(Open),
    }
}

/// What happened to the day a commitment was first due.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum FirstDate {
    /// Kept by then.
    Kept,
    /// Kept later, after its day was moved to a later one.
    KeptAfterMoving,
    /// Kept later without a move, missed, or open though the day is over. Otherwise letting a day
    /// pass in silence would look better than moving it.
    Broken,
    /// Let go, or open and the day is not over.
    NotAsked,
}

impl FirstDate {
    fn of(
        commitment: &Commitment,
        standing: CommitmentState,
        off: &OffDays,
        until: NaiveDate,
    ) -> Self {
        let first = off.first_due_day(commitment);
        let was_moved = commitment.moves.iter().any(Move::is_later);
        match standing {
            Ended(CommitmentOutcome::Kept) if commitment.is_kept_by(first) => Self::Kept,
            Ended(CommitmentOutcome::Kept) if was_moved => Self::KeptAfterMoving,
            Ended(CommitmentOutcome::Kept | CommitmentOutcome::Missed) => Self::Broken,
            Open if first < until => Self::Broken,
            Ended(CommitmentOutcome::LetGo) | Open => Self::NotAsked,
        }
    }
}
