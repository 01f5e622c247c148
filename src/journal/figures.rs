//! The figures over a span of days: what was kept, done, solved, and where the weeks went.
//!
//! Each is defined once, in `assets/figures.md`, under the name it has here; screens, commands and
//! exports show these and count nothing themselves. Knows no clock: somebody says up to which day.

mod commitments;
mod figure;

pub use figure::Figure;

use std::ops::RangeInclusive;

use chrono::NaiveDate;

use super::{Journal, Period, Progress};
use crate::calendar::{Span, Week};
use crate::practice::{Catalog, Register};

/// How commitments ended, from the first one on.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Record {
    /// How many were kept.
    pub kept: usize,
    /// How many were missed. Those let go count as neither.
    pub missed: usize,
    /// How many of the last ones were kept without a miss in between.
    pub streak: usize,
    /// How many were ever kept without a miss in between, at the most.
    pub longest_streak: usize,
}

/// All figures over one span.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Figures {
    /// The span.
    pub span: Span,
    /// The last day that counts: the span's last one, or today while it is still going on.
    pub until: NaiveDate,
    /// How the commitments of the span stand.
    pub commitments: Tally,
    /// How many commitments were made in it.
    pub made: usize,
    /// How many commitments had their day moved to a later one in it, however often.
    pub moved: usize,
    /// How many of those kept in it were kept by the day they were first due.
    pub kept_by_first_date: usize,
    /// How many of the others kept in it had been moved to a later day.
    pub kept_after_moving: usize,
    /// How many commitments had a first day to be kept by.
    pub first_dates: usize,
    /// How commitments ended from the first one on, up to [`Figures::until`].
    pub record: Record,
    /// How the commitments stand by area, the area with the most at work first.
    pub areas: Vec<AreaFigures>,
    /// The weeks of the span that have begun, oldest first, from [`Journal::first_week`] on.
    pub weeks: Vec<Week>,
    /// How far each practice of the walk was in each of [`Figures::weeks`].
    pub practices: Vec<PracticeFigures>,
    /// How many items reached the stage that counts in the twelve boxes.
    pub problems_solved: usize,
    /// Who was helped, and how often: the most often helped first.
    pub helped: Vec<(String, usize)>,
    /// What was written into each register, and how far items went in it.
    pub registers: Vec<RegisterFigures>,
}

/// How commitments stand.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Tally {
    /// How many ended as kept.
    pub kept: usize,
    /// How many ended as missed.
    pub missed: usize,
    /// How many were let go.
    pub let_go: usize,
    /// How many were open at the end.
    pub open: usize,
}

/// So many of so many.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Share {
    /// How many of them.
    pub part: usize,
    /// How many there are.
    pub whole: usize,
}

/// How the commitments about one area stand.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct AreaFigures {
    /// The area as it was written; empty for those that are about none.
    pub area: String,
    /// How they stand.
    pub commitments: Tally,
}

/// How far one practice was, week by week.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PracticeFigures {
    /// The practice's id.
    pub practice: String,
    /// How far it was in each of [`Figures::weeks`].
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
    /// How many there are in all: those that ended, and those still open.
    #[must_use]
    pub fn at_work(self) -> usize {
        self.kept + self.missed + self.let_go + self.open
    }

    /// How many were kept, of those kept or missed.
    #[must_use]
    pub fn rate(self) -> Share {
        Share {
            part: self.kept,
            whole: self.kept + self.missed,
        }
    }
}

impl Record {
    /// How many were kept, of those kept or missed.
    #[must_use]
    pub fn rate(self) -> Share {
        Share {
            part: self.kept,
            whole: self.kept + self.missed,
        }
    }
}

impl Share {
    /// In whole per cent, rounded, but 0 only for none and 100 only for all; none of nothing.
    #[must_use]
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
    #[must_use]
    pub fn done(&self) -> usize {
        let done = self.progress.iter();
        done.filter(|progress| **progress == Progress::Done).count()
    }
}

impl Figures {
    /// Of the commitments that had a first day to be kept by, how many were.
    #[must_use]
    pub fn first_date_rate(&self) -> Share {
        Share {
            part: self.kept_by_first_date,
            whole: self.first_dates,
        }
    }

    /// How many were kept after the day they were first due, moved or not.
    #[must_use]
    pub fn kept_late(&self) -> usize {
        self.commitments
            .kept
            .saturating_sub(self.kept_by_first_date)
    }

    /// How many practices were done, each counted once a week, of all that the weeks asked for.
    #[must_use]
    pub fn practices_done(&self) -> Share {
        Share {
            part: self.practices.iter().map(PracticeFigures::done).sum(),
            whole: self.practices.len() * self.weeks.len(),
        }
    }

    /// How many practices were done in each of the weeks.
    #[must_use]
    pub fn done_by_week(&self) -> Vec<(Week, usize)> {
        let done = |at: usize| {
            let practices = self.practices.iter();
            let done = practices.filter(|one| one.progress.get(at) == Some(&Progress::Done));
            done.count()
        };
        let weeks = self.weeks.iter().enumerate();
        weeks.map(|(at, week)| (*week, done(at))).collect()
    }

    /// In how many weeks every practice of the walk was done.
    #[must_use]
    pub fn full_weeks(&self) -> usize {
        let all = self.practices.len();
        let weeks = self.done_by_week().into_iter();
        weeks.filter(|(_, done)| all > 0 && *done == all).count()
    }

    /// How many people were helped.
    #[must_use]
    pub fn people_helped(&self) -> usize {
        self.helped.len()
    }
}

impl Journal {
    /// The figures over `span`, up to and including `today`.
    #[must_use]
    pub fn figures(&self, catalog: &Catalog, span: Span, today: NaiveDate) -> Figures {
        let until = span.last().min(today);
        let days = span.first()..=until;
        let within = |day: NaiveDate| days.contains(&day);
        let mut figures = Figures {
            span,
            until,
            commitments: Tally::default(),
            made: 0,
            moved: 0,
            kept_by_first_date: 0,
            kept_after_moving: 0,
            first_dates: 0,
            record: self.record(until),
            areas: Vec::new(),
            weeks: span.weeks(),
            practices: Vec::new(),
            problems_solved: self.problems_solved(catalog, &days),
            helped: self.helped(catalog, within),
            registers: catalog
                .registers()
                .map(|register| self.register_figures(register, &days))
                .collect(),
        };
        let first = self.first_week(catalog, today);
        figures
            .weeks
            .retain(|week| first <= *week && week.monday() <= until);
        figures.practices = self.practices_in(catalog, &figures.weeks);
        self.count_commitments(&mut figures, within);
        figures
    }

    /// The first week that has a word in it or about it: nothing is asked of those before. While
    /// nothing is written at all, that of `today`.
    #[must_use]
    pub fn first_week(&self, catalog: &Catalog, today: NaiveDate) -> Week {
        let written = Week::of(self.began().unwrap_or(today));
        let steps = catalog
            .walk()
            .flat_map(|practice| practice.steps.iter().map(move |step| (practice, step)));
        // A week that was made up for lies before that.
        let answered = steps.filter_map(|(practice, step)| {
            let answers = self.index.answers(&practice.id, &step.id);
            let mut answers = answers.filter_map(|id| self.dated_answer(id));
            answers.find_map(|(period, value)| match period {
                Period::Week(week) if !value.is_empty() => Some(week),
                Period::Week(_) | Period::Month(_) | Period::Standing => None,
            })
        });
        answered.min().map_or(written, |week| week.min(written))
    }

    /// How far each practice of the walk was in each of `weeks`: [`Figures::practices`] alone, for
    /// weeks beyond a span.
    #[must_use]
    pub fn practices_in(&self, catalog: &Catalog, weeks: &[Week]) -> Vec<PracticeFigures> {
        let walk = catalog.walk();
        walk.map(|practice| PracticeFigures {
            practice: practice.id.clone(),
            progress: weeks
                .iter()
                .map(|week| self.progress(practice, *week))
                .collect(),
        })
        .collect()
    }

    fn problems_solved(&self, catalog: &Catalog, days: &RangeInclusive<NaiveDate>) -> usize {
        let Some((register, stage)) = catalog.monthly() else {
            return 0;
        };
        self.index.count(&register.id, stage, days)
    }

    fn register_figures(
        &self,
        register: &Register,
        days: &RangeInclusive<NaiveDate>,
    ) -> RegisterFigures {
        let alike = self.index.alike(&register.id);
        let reached = |stage: &str| self.index.count(&register.id, stage, days);
        let stages = register.stages.iter();
        RegisterFigures {
            register: register.id.clone(),
            written: alike.map(|alike| alike.count_written(days)).sum(),
            reached: stages
                .map(|stage| (stage.id.clone(), reached(&stage.id)))
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests;
