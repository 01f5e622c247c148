//! The data of a review's charts: practices by week, how many were done in each part of the span,
//! and how commitments ended in the weeks or months up to its end.
//!
//! Knows no screen and no page.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::Review;
use crate::calendar::{Length, Month, Span, Week};
use crate::insight::figures::{Tally, begun_weeks, done_by_week, first_week, practice_figures};
use crate::insight::progress::Progress;
use crate::journal::{Journal, OffDays};
use crate::practice::Catalog;

/// How many spans, or weeks, a chart goes back.
const BACK: u32 = 12;

/// The data of a review's charts.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ReviewCharts {
    /// The practices of the walk by name, with their progress in each of [`ReviewCharts::weeks`]; `None`
    /// in a week that is off.
    pub practices: Vec<(String, Vec<Option<Progress>>)>,
    /// The weeks shown, oldest first: those of the span, or for a week those up to it.
    pub weeks: Vec<Week>,
    /// How many practices were done in each part of the span; for a week, in the weeks up to it. `None`
    /// in a week that is off.
    pub done: Vec<(Span, Option<usize>)>,
    /// The most that can be done in one of these parts.
    pub done_of: usize,
    /// How commitments ended in the weeks or months up to its end, oldest first.
    pub tallies: Vec<(Span, Tally)>,
}

impl ReviewCharts {
    /// The charts of a review.
    pub fn of(journal: &Journal, catalog: &Catalog, review: &Review, today: NaiveDate) -> Self {
        let figures = &review.figures;
        let span = figures.span;
        let walk = figures.practices.len();
        let began = first_week(journal, catalog, today);
        let weeks = match span {
            // One week alone says little, so the weeks before it are shown too.
            Span::Week(week) => {
                let back = (0..BACK).rev().map(|back| week.minus_weeks(back));
                back.filter(|it| began.min(week) <= *it).collect()
            }
            _ => begun_weeks(span, began, figures.until),
        };
        let off = OffDays::of(journal, catalog);
        let asked = weeks.iter().copied().filter(|week| !off.is_week_off(*week));
        let asked: Vec<Week> = asked.collect();
        let practices = practice_figures(journal, catalog, &asked);
        let (done, done_of) = match span.length() {
            // The longest month has five weeks.
            Some(Length::Year) => (done_by_month(review, Month::of(began.thursday())), walk * 5),
            _ => {
                let done: HashMap<Week, usize> =
                    done_by_week(&practices, &asked).into_iter().collect();
                let of_week = |week: &Week| (Span::Week(*week), done.get(week).copied());
                (weeks.iter().map(of_week).collect(), walk)
            }
        };
        let named = catalog.walk().zip(practices).map(|(practice, one)| {
            let progress = weeks.iter().map(|week| {
                let at = asked.binary_search(week).ok()?;
                one.progress.get(at).copied()
            });
            (practice.name.clone(), progress.collect())
        });
        Self {
            practices: named.collect(),
            weeks,
            done,
            done_of,
            tallies: tallies(journal, span, today),
        }
    }
}

/// How many practices were done in each month; those before the journal began, and those to come, are
/// left out.
fn done_by_month(review: &Review, began: Month) -> Vec<(Span, Option<usize>)> {
    let figures = &review.figures;
    let mut months: Vec<(Month, usize)> = figures
        .span
        .months()
        .into_iter()
        .filter(|month| began <= *month && month.first() <= figures.until)
        .map(|month| (month, 0))
        .collect();
    for (week, done) in figures.done_by_week() {
        let of_week = Month::of(week.thursday());
        if let Some((_, all)) = months.iter_mut().find(|(month, _)| *month == of_week) {
            *all += done;
        }
    }
    let spans = months.into_iter();
    spans
        .map(|(month, done)| (Span::Month(month), Some(done)))
        .collect()
}

/// How commitments ended in the weeks up to this one, or in the months up to the end of a longer span.
fn tallies(journal: &Journal, span: Span, today: NaiveDate) -> Vec<(Span, Tally)> {
    let mut spans = vec![match span {
        Span::Week(_) => span,
        _ => Span::of(Length::Month, span.last()),
    }];
    while let Some(last) = spans.last()
        && spans.len() < BACK as usize
    {
        spans.push(last.previous());
    }
    let tally = |span: Span| Tally::of(journal, span, today);
    let began = journal.first_day().unwrap_or(today);
    // Nothing was kept or missed before the journal began, unless it was added later.
    spans
        .into_iter()
        .rev()
        .map(|span| (span, tally(span)))
        .skip_while(|(span, tally)| span.last() < began && tally.rate().whole == 0)
        .collect()
}
