//! The figures over a span of days: what was kept, done, solved, and where the weeks went.
//!
//! Each is defined once, in `assets/figures.md`, under the name it has here; screens, commands and
//! exports show these and count nothing themselves. Knows no clock: the last day is passed in.

mod commitments;
mod figure;

pub(super) use commitments::{CommitmentState, state_in_span};
pub use figure::Figure;

use std::ops::RangeInclusive;

use chrono::NaiveDate;

use super::people;
use super::progress::{Progress, progress, walk_steps};
use crate::calendar::{Span, Week};
use crate::journal::{Journal, OffDays, Period, Record};
use crate::practice::{Catalog, Register};

/// All figures over one span.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Figures {
    pub span: Span,
    /// The last day that counts: the span's last one, or today while the span is not over.
    pub until: NaiveDate,
    pub commitments: Tally,
    /// How many commitments were made in it.
    pub made: usize,
    /// How many commitments had their day moved to a later one in it, however often.
    pub moved: usize,
    /// How many of those kept in it were kept by the day they were first due.
    pub kept_by_first_date: usize,
    /// How many of the others kept in it had been moved to a later day.
    pub kept_after_moving: usize,
    /// How many commitments had a first day to keep.
    pub first_dates: usize,
    /// How commitments ended from the first one on, up to [`Figures::until`].
    pub record: Record,
    /// The commitments by area, the area with the most active ones first.
    pub areas: Vec<AreaFigures>,
    /// The weeks of the span that have begun and are not off, oldest first, from [`first_week`] on.
    pub weeks: Vec<Week>,
    /// How many weeks more there are that were off; nothing was asked of them.
    pub weeks_off: usize,
    /// How far each practice of the walk was in each of [`Figures::weeks`].
    pub practices: Vec<PracticeFigures>,
    /// How many items reached the stage that counts in the twelve boxes.
    pub problems_solved: usize,
    /// Who was helped, and how often: most often helped first.
    pub helped: Vec<(String, usize)>,
    /// What was written into each register, and which stages its items reached.
    pub registers: Vec<RegisterFigures>,
}

/// How many commitments ended in each way, and how many are open.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Tally {
    pub kept: usize,
    pub missed: usize,
    pub let_go: usize,
    /// How many were open at the end.
    pub open: usize,
}

/// A part of a whole, both counted.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Share {
    pub part: usize,
    pub whole: usize,
}

/// The commitments about one area.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct AreaFigures {
    /// The area as it was written; empty for commitments without one.
    pub area: String,
    pub commitments: Tally,
}

/// How far one practice was, week by week.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PracticeFigures {
    /// The practice's id.
    pub practice: String,
    /// In each of [`Figures::weeks`].
    pub progress: Vec<Progress>,
}

/// What happened in one register.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct RegisterFigures {
    /// The register's id.
    pub register: String,
    /// How many of its items were first written in the span.
    pub written: usize,
    /// How many of its items reached each stage in the span, by the stage's id, in order.
    pub reached: Vec<(String, usize)>,
}

impl Tally {
    /// All of them: those that ended, and those still open.
    pub fn active(self) -> usize {
        self.kept + self.missed + self.let_go + self.open
    }

    /// Those kept, of those kept or missed.
    pub fn rate(self) -> Share {
        Share::kept(self.kept, self.missed)
    }
}

// The journal keeps the record; what share of it was kept is a figure.
impl Record {
    /// Those kept, of those kept or missed.
    pub fn rate(self) -> Share {
        Share::kept(self.kept, self.missed)
    }
}

impl Share {
    /// Those kept, of those kept or missed.
    fn kept(kept: usize, missed: usize) -> Self {
        Self {
            part: kept,
            whole: kept + missed,
        }
    }

    /// In whole per cent, rounded, but 0 only for none and 100 only for all; `None` if the whole
    /// is 0.
    pub fn percent(self) -> Option<usize> {
        match self {
            Self { whole: 0, .. } => None,
            Self { part: 0, .. } => Some(0),
            Self { part, whole } if part >= whole => Some(100),
            Self { part, whole } => Some(((part * 200 + whole) / (whole * 2)).clamp(1, 99)),
        }
    }
}

impl PracticeFigures {
    /// In how many weeks it was done.
    pub fn weeks_done(&self) -> usize {
        Progress::count_done(&self.progress)
    }
}

impl Figures {
    /// The figures over `span`, up to and including `today`.
    pub fn of(journal: &Journal, catalog: &Catalog, span: Span, today: NaiveDate) -> Self {
        let until = span.last().min(today);
        let days = span.first()..=until;
        let off = OffDays::of(journal, catalog);
        let first = first_week(journal, catalog, today);
        let mut weeks = begun_weeks(span, first, until);
        let begun = weeks.len();
        weeks.retain(|week| !off.is_week_off(*week));
        let mut figures = Self {
            span,
            until,
            commitments: Tally::default(),
            made: 0,
            moved: 0,
            kept_by_first_date: 0,
            kept_after_moving: 0,
            first_dates: 0,
            record: journal.record(until),
            areas: Vec::new(),
            weeks_off: begun - weeks.len(),
            practices: practice_figures(journal, catalog, &weeks),
            weeks,
            problems_solved: problems_solved(journal, catalog, &days),
            helped: people::helped(journal, catalog, |day| days.contains(&day)),
            registers: catalog
                .registers()
                // A note counts where it was placed.
                .filter(|register| register.inbox.is_none())
                .map(|register| register_figures(journal, register, &days))
                .collect(),
        };
        commitments::count_commitments(journal, &off, &mut figures);
        figures
    }

    /// The days that count.
    pub(super) fn days(&self) -> RangeInclusive<NaiveDate> {
        self.span.first()..=self.until
    }

    /// Of the commitments that had a first day to keep, how many were kept by it.
    pub fn first_date_rate(&self) -> Share {
        Share {
            part: self.kept_by_first_date,
            whole: self.first_dates,
        }
    }

    /// How many were kept after the day they were first due, moved or not.
    pub fn kept_late(&self) -> usize {
        self.commitments
            .kept
            .saturating_sub(self.kept_by_first_date)
    }

    /// How many practices were done, each counted once per week, of all that the weeks asked for.
    pub fn practices_done(&self) -> Share {
        Share {
            part: self.practices.iter().map(PracticeFigures::weeks_done).sum(),
            whole: self.practices.len() * self.weeks.len(),
        }
    }

    /// How many practices were done in each of the weeks.
    pub fn done_by_week(&self) -> Vec<(Week, usize)> {
        done_by_week(&self.practices, &self.weeks)
    }

    /// In how many weeks every practice of the walk was done.
    pub fn full_weeks(&self) -> usize {
        let all = self.practices.len();
        self.done_by_week()
            .into_iter()
            .filter(|(_, done)| all > 0 && *done == all)
            .count()
    }

    pub fn people_helped(&self) -> usize {
        self.helped.len()
    }
}

/// The weeks of a span from `first` on that have begun by `until`, those off too.
pub(super) fn begun_weeks(span: Span, first: Week, until: NaiveDate) -> Vec<Week> {
    let mut weeks = span.weeks();
    weeks.retain(|week| first <= *week && week.monday() <= until);
    weeks
}

/// How many practices were done in each of `weeks`, which their progress is about.
pub(super) fn done_by_week(practices: &[PracticeFigures], weeks: &[Week]) -> Vec<(Week, usize)> {
    let done = |at: usize| {
        let is_done = |one: &&PracticeFigures| one.progress.get(at) == Some(&Progress::Done);
        practices.iter().filter(is_done).count()
    };
    let weeks = weeks.iter().enumerate();
    weeks.map(|(at, week)| (*week, done(at))).collect()
}

/// The first week with an entry in it or about it: nothing is asked of earlier ones. In an
/// empty journal, the week of `today`.
pub fn first_week(journal: &Journal, catalog: &Catalog, today: NaiveDate) -> Week {
    let written = Week::of(journal.first_day().unwrap_or(today));
    // A week that was answered afterwards can be earlier than that.
    let answered = walk_steps(catalog).filter_map(|(practice, step)| {
        let mut answers = journal.answer_entries(&practice.id, &step.id);
        answers.find_map(|(_, answer)| match answer.period {
            Period::Week(week) => Some(week),
            Period::Month(_) | Period::Standing => None,
        })
    });
    answered.min().map_or(written, |week| week.min(written))
}

/// How far each practice of the walk was in each of `weeks`: [`Figures::practices`] alone, for
/// weeks beyond a span.
pub fn practice_figures(
    journal: &Journal,
    catalog: &Catalog,
    weeks: &[Week],
) -> Vec<PracticeFigures> {
    catalog
        .walk()
        .map(|practice| PracticeFigures {
            practice: practice.id.clone(),
            progress: weeks
                .iter()
                .map(|week| progress(journal, practice, *week))
                .collect(),
        })
        .collect()
}

/// How many items reached the stage that counts in the twelve boxes on one of `days`.
pub(super) fn problems_solved(
    journal: &Journal,
    catalog: &Catalog,
    days: &RangeInclusive<NaiveDate>,
) -> usize {
    let count = |(register, stage)| count_reached(journal, register, stage, days);
    catalog.monthly().map_or(0, count)
}

fn register_figures(
    journal: &Journal,
    register: &Register,
    days: &RangeInclusive<NaiveDate>,
) -> RegisterFigures {
    let reached = |stage: &str| count_reached(journal, register, stage, days);
    RegisterFigures {
        register: register.id.clone(),
        written: journal
            .date_counts(&register.id)
            .map(|counts| counts.count_written(days))
            .sum(),
        reached: register
            .stages
            .iter()
            .map(|stage| (stage.id.clone(), reached(&stage.id)))
            .collect(),
    }
}

/// How many items of a register reached a stage on one of `days`.
fn count_reached(
    journal: &Journal,
    register: &Register,
    stage: &str,
    days: &RangeInclusive<NaiveDate>,
) -> usize {
    journal
        .date_counts(&register.id)
        .map(|counts| counts.count_in_field(stage, days))
        .sum()
}

#[cfg(test)]
mod tests;
