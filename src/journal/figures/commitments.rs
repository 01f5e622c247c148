//! How commitments stand in a span, and how they ended from the first one on.
//!
//! Counts commitments alone; knows nothing of practices and lists.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{AreaFigures, Figures, Record, Tally};
use crate::calendar::Span;
use crate::journal::{Commitment, How, Journal};

impl Journal {
    /// How commitments ended, from the first one up to and including `today`.
    #[must_use]
    pub fn record(&self, today: NaiveDate) -> Record {
        self.index.record(today)
    }

    /// How the commitments of a span stand, up to and including `today`: [`Figures::commitments`]
    /// alone, for looking at many spans.
    #[must_use]
    pub fn tally(&self, span: Span, today: NaiveDate) -> Tally {
        let until = span.last().min(today);
        let within = |day: NaiveDate| span.first() <= day && day <= until;
        let mut tally = Tally::default();
        for (_, commitment) in self.commitments() {
            if let Some(standing) = standing(commitment, until, within) {
                tally.add(standing);
            }
        }
        tally
    }

    pub(super) fn count_commitments(
        &self,
        figures: &mut Figures,
        within: impl Fn(NaiveDate) -> bool,
    ) {
        let mut areas: BTreeMap<&str, Tally> = BTreeMap::new();
        for (_, commitment) in self.commitments() {
            let moved = commitment.moves.iter().any(|one| within(one.on));
            figures.made += usize::from(within(commitment.made));
            figures.moved += usize::from(moved);
            let Some(standing) = standing(commitment, figures.until, &within) else {
                continue;
            };
            figures.commitments.add(standing);
            let area = areas.entry(commitment.area.trim()).or_default();
            area.add(standing);
            let first = standing == Standing::Ended(How::Kept) && by_first_date(commitment);
            figures.kept_by_first_date += usize::from(first);
        }
        let mut areas: Vec<AreaFigures> = areas
            .into_iter()
            .map(|(area, commitments)| AreaFigures {
                area: area.to_owned(),
                commitments,
            })
            .collect();
        // They come in the order of their names, and stay so among equals.
        areas.sort_by_key(|area| Reverse(area.commitments.at_work()));
        figures.areas = areas;
    }
}

/// How one commitment stands in a span.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Standing {
    Ended(How),
    Open,
}

impl Tally {
    fn add(&mut self, standing: Standing) {
        match standing {
            Standing::Ended(How::Kept) => self.kept += 1,
            Standing::Ended(How::Missed) => self.missed += 1,
            Standing::Ended(How::LetGo) => self.let_go += 1,
            Standing::Open => self.open += 1,
        }
    }
}

/// How a commitment stands in the span that ends with `until`; none when it has nothing to do with
/// it: it was made after, or had ended before.
fn standing(
    commitment: &Commitment,
    until: NaiveDate,
    within: impl Fn(NaiveDate) -> bool,
) -> Option<Standing> {
    match &commitment.closing {
        Some(closing) if within(closing.on) => Some(Standing::Ended(closing.how)),
        Some(closing) if closing.on <= until => None,
        _ => (commitment.made <= until).then_some(Standing::Open),
    }
}

/// Whether a kept commitment was kept by the day it was first due, as far as can be told: the day
/// on which it was said is not the day on which it was done, so only a day moved away counts.
fn by_first_date(commitment: &Commitment) -> bool {
    let first = commitment.first_due();
    let closing = commitment.closing.as_ref();
    commitment.due <= first || closing.is_some_and(|closing| closing.on <= first)
}
