//! Which questions a plain walk asks, in which order, and which come next or before.

use super::Scope;
use crate::calendar::{Month, Now, Week};
use crate::insight::{self, Progress};
use crate::journal::rules::{Basis, is_waiting_note, waiting_notes};
use crate::journal::{Id, Journal, OffDays, Period, period_for};
use crate::practice::{Cadence, Catalog, Practice, Step};

/// The questions of a walk.
pub(super) struct WalkPlan<'a> {
    pub(super) scope: Scope,
    pub(super) catalog: &'a Catalog,
    /// The week the answers are for; for a month, its last one.
    pub(super) week: Week,
    pub(super) questions: Vec<PlannedQuestion<'a>>,
    off: OffDays,
}

/// A question, and when it is asked.
pub(super) struct PlannedQuestion<'a> {
    pub(super) question: Question<'a>,
    asked: Asked,
}

/// When a question is asked on the way forward.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Asked {
    Always,
    /// Only while it has no answer.
    WhileOpen,
    /// Only by going back to it.
    Never,
}

/// One question of a walk.
pub(super) enum Question<'a> {
    /// How it went with a commitment that is due.
    Due(Id),
    /// Where a note belongs that waits in the inbox.
    Note(Id),
    Step(&'a Practice, &'a Step),
    /// One thing to lead better, after a practice.
    Commitment(&'a Practice),
}

impl Question<'_> {
    pub(super) fn practice(&self) -> Option<&Practice> {
        match self {
            Self::Due(_) | Self::Note(_) => None,
            Self::Step(practice, _) | Self::Commitment(practice) => Some(practice),
        }
    }
}

impl<'a> WalkPlan<'a> {
    pub(super) fn new(scope: Scope, catalog: &'a Catalog, journal: &Journal, now: Now) -> Self {
        let is_plain = scope.is_unnamed();
        let mut plan = Self::without_due(scope, catalog, journal, now);
        if is_plain {
            let due = journal
                .open_commitments()
                .into_iter()
                .filter(|(_, commitment)| plan.off.is_due(commitment, now.today()))
                .map(|(entry, _)| Question::Due(entry.id.clone()));
            let notes = waiting_notes(plan.basis(journal, now)).into_iter();
            let notes = notes.map(|(id, _)| Question::Note(id.clone()));
            let asked = Asked::WhileOpen;
            let first: Vec<PlannedQuestion<'_>> = due
                .chain(notes)
                .map(|question| PlannedQuestion { question, asked })
                .collect();
            plan.questions.splice(0..0, first);
        }
        plan
    }

    fn basis<'b>(&'b self, journal: &'b Journal, now: Now) -> Basis<'b> {
        Basis {
            journal,
            catalog: self.catalog,
            today: now.today(),
        }
    }

    /// The plan of a week that began during the walk. What is due was asked already.
    pub(super) fn of_new_week(catalog: &'a Catalog, journal: &Journal, now: Now) -> Self {
        Self::without_due(Scope::default(), catalog, journal, now)
    }

    fn without_due(scope: Scope, catalog: &'a Catalog, journal: &Journal, now: Now) -> Self {
        let month_week = scope.month.map(Month::last_week);
        let week = scope.week.or(month_week).unwrap_or_else(|| now.week());
        let is_asked = |practice: &&Practice| {
            if !scope.practices.is_empty() {
                return scope.practices.contains(&practice.id);
            }
            let cadence = match scope.month {
                Some(_) => Cadence::Monthly,
                None => Cadence::Weekly,
            };
            practice.cadence == cadence
        };
        let off = OffDays::of(journal, catalog);
        // A week that is off asks nothing by itself.
        let is_left = scope.is_unnamed() && off.is_week_off(week);
        let mut questions = Vec::new();
        for practice in catalog
            .practices()
            .iter()
            .filter(is_asked)
            .filter(|_| !is_left)
        {
            let asked = if !scope.practices.is_empty() || scope.month.is_some() {
                Asked::Always
            } else if insight::progress(journal, practice, week) == Progress::Done {
                Asked::Never
            } else {
                Asked::WhileOpen
            };
            let steps = practice.steps.iter();
            let steps = steps.map(|step| Question::Step(practice, step));
            let commitment = practice
                .leads_to_commitment
                .then_some(Question::Commitment(practice));
            questions.extend(
                steps
                    .chain(commitment)
                    .map(|question| PlannedQuestion { question, asked }),
            );
        }
        Self {
            scope,
            catalog,
            week,
            questions,
            off,
        }
    }

    /// Whether its week is off, so that nothing of it is asked.
    pub(super) fn is_off(&self) -> bool {
        self.scope.is_unnamed() && self.off.is_week_off(self.week)
    }

    /// Whether a new week that begins changes what is asked.
    pub(super) fn follows_clock(&self) -> bool {
        self.scope.week.is_none() && self.scope.month.is_none()
    }

    /// The next question to ask, from `at` on.
    pub(super) fn next(&self, at: usize, journal: &Journal, now: Now) -> Option<usize> {
        (at..self.questions.len()).find(|at| {
            let planned = &self.questions[*at];
            match (&planned.question, planned.asked) {
                (_, Asked::Never) => false,
                (Question::Step(..), Asked::Always) => true,
                (question, _) => self.is_open(question, journal, now),
            }
        })
    }

    /// Whether the question `at` can be asked, by going back to it.
    pub(super) fn can_be_asked(&self, at: usize, journal: &Journal, now: Now) -> bool {
        match &self.questions[at].question {
            Question::Due(id) => journal.commitment(id).is_some(),
            Question::Step(..) => true,
            // A commitment that was made is not made twice, nor a note placed twice.
            question @ (Question::Commitment(_) | Question::Note(_)) => {
                self.is_open(question, journal, now)
            }
        }
    }

    /// Whether a question has no answer yet.
    fn is_open(&self, question: &Question<'_>, journal: &Journal, now: Now) -> bool {
        match question {
            Question::Due(id) => journal
                .commitment(id)
                .is_some_and(|it| it.is_open() && self.off.is_due(it, now.today())),
            Question::Note(id) => is_waiting_note(id, self.basis(journal, now)),
            Question::Step(practice, step) => {
                !insight::is_step_done(journal, practice, step, self.week)
            }
            Question::Commitment(_) => [self.week, now.week()]
                .iter()
                .all(|week| !was_made_in(*week, journal)),
        }
    }

    /// The month that the answers to a practice are for, if it is asked monthly.
    pub(super) fn month_of(&self, practice: &Practice) -> Option<Month> {
        match period_for(practice.cadence, self.week) {
            Period::Month(month) => Some(month),
            Period::Week(_) | Period::Standing => None,
        }
    }
}

fn was_made_in(week: Week, journal: &Journal) -> bool {
    let commitments = journal.commitments();
    let mut made = commitments.iter().map(|(_, commitment)| commitment.made);
    made.any(|day| week.contains(day))
}
