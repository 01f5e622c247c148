//! The week summary: what was answered, what was skipped, what changed.

use super::{Scene, ScreenState};
use crate::app::keys::{Action, KeyContext};
use crate::app::route::{Outcome, Route};
use crate::calendar::Week;
use crate::insight::{self, Progress};
use crate::journal::{Commitment, Record, Value};
use crate::practice::{FieldKind, Practice};

#[derive(Clone, Debug)]
pub struct Summary {
    pub week: Week,
    pub has_later: bool,
    pub practices: Vec<SummaryLine>,
    /// For how many weeks in a row all of them are done, up to this one; weeks that are off do not
    /// count.
    pub full_weeks: usize,
    /// How many steps were answered, and how many there are.
    pub answered: (usize, usize),
    /// The commitments made in it, then those that ended in it, then those that were due in it, each by
    /// due date; in the present week all open ones first.
    pub commitments: Vec<Commitment>,
    /// Whether it is the first week of the journal.
    pub is_first: bool,
    /// What changed since the previous week, one line each.
    pub changes: Vec<String>,
    /// How commitments ended, up to the end of the week.
    pub record: Record,
}

#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SummaryLine {
    pub name: String,
    pub progress: Progress,
    /// The labels of the steps that were skipped.
    pub skipped: Vec<String>,
}

impl Summary {
    pub(super) fn new(week: Week, scene: Scene<'_>) -> Self {
        let line = |practice: &Practice| SummaryLine {
            name: practice.name.clone(),
            progress: insight::progress(scene.journal, practice, week),
            skipped: skipped(practice, week, scene),
        };
        let practices: Vec<SummaryLine> = scene.catalog.walk().map(line).collect();
        let steps = scene.catalog.walk().map(|it| it.steps.len()).sum();
        let first = insight::first_week(scene.journal, scene.catalog, scene.now.today());
        let is_first = week.minus_weeks(1) < first;
        let skipped: usize = practices.iter().map(|line| line.skipped.len()).sum();
        Self {
            week,
            has_later: week < scene.now.week(),
            full_weeks: full_weeks(week, scene),
            practices,
            answered: (steps - skipped, steps),
            commitments: commitments(week, scene),
            is_first,
            changes: changes(week, is_first, scene),
            record: scene.journal.record(week.sunday().min(scene.now.today())),
        }
    }
}

impl ScreenState for Summary {
    fn route(&self) -> Route {
        Route::Summary(self.week)
    }

    fn title(&self) -> Option<String> {
        Some(format!(
            "Week {} of {}, summary",
            self.week.number(),
            self.week.year()
        ))
    }

    fn run(&mut self, action: Action, scene: Scene<'_>) -> Outcome {
        let week = match action {
            Action::Earlier => self.week.minus_weeks(1),
            Action::Later => self.week.next(),
            _ => return Outcome::stay(),
        };
        *self = Self::new(week, scene);
        Outcome::stay()
    }

    fn refresh(&mut self, scene: Scene<'_>) {
        *self = Self::new(self.week, scene);
    }

    fn is_enabled(&self, action: Action) -> bool {
        match action {
            Action::Earlier => true,
            Action::Later => self.has_later,
            _ => false,
        }
    }

    fn own_contexts(&self) -> &'static [KeyContext] {
        &[KeyContext::Periods, KeyContext::Reading]
    }
}

/// For how many weeks in a row all practices are done.
fn full_weeks(week: Week, scene: Scene<'_>) -> usize {
    let off = scene.off_days();
    let is_full = |week: &Week| {
        let mut walk = scene.catalog.walk();
        walk.all(|practice| insight::progress(scene.journal, practice, *week) == Progress::Done)
    };
    let weeks = std::iter::successors(Some(week), |week| Some(week.minus_weeks(1)));
    let first = scene.journal.first_day().map(Week::of);
    weeks
        .take_while(|week| first.is_some_and(|first| *week >= first))
        .filter(|week| is_full(week) || !off.is_week_off(*week))
        .take_while(is_full)
        .count()
}

fn skipped(practice: &Practice, week: Week, scene: Scene<'_>) -> Vec<String> {
    let steps = practice.steps.iter();
    let skipped = steps.filter(|step| !insight::is_step_done(scene.journal, practice, step, week));
    skipped.map(|step| step.label.clone()).collect()
}

fn commitments(week: Week, scene: Scene<'_>) -> Vec<Commitment> {
    let off = scene.off_days();
    let was_due = |commitment: &Commitment| {
        let moved = commitment.moves.iter().map(|step| step.from);
        let mut days = moved.chain([commitment.due]);
        days.any(|day| week.contains(off.first_day_back(day)))
    };
    let ended = |commitment: &Commitment| {
        let closing = commitment.closing.as_ref();
        closing.is_some_and(|closing| week.contains(closing.on))
    };
    let place = |commitment: &Commitment| match commitment {
        it if it.is_open() && week == scene.now.week() => Some(0),
        it if week.contains(it.made) => Some(1),
        it if ended(it) => Some(2),
        it if was_due(it) => Some(3),
        _ => None,
    };
    let all = scene.journal.commitments().into_iter();
    let mut placed: Vec<(u8, &Commitment)> = all
        .filter_map(|(_, commitment)| Some((place(commitment)?, commitment)))
        .collect();
    // Stable: those in one place stay in the order they are due.
    placed.sort_by_key(|(place, _)| *place);
    placed.into_iter().map(|(_, it)| it.clone()).collect()
}

fn changes(week: Week, is_first: bool, scene: Scene<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    for change in insight::week_changes(scene.journal, scene.catalog, week) {
        let Some(kind) = change.step.answer_kind() else {
            continue;
        };
        let before = answer_text(kind, change.before);
        let after = answer_text(kind, Some(change.after));
        // Other marks, but as many: a line could not show the difference.
        if before == after {
            continue;
        }
        lines.push(match before {
            Some(before) => format!(
                "{}: {before} → {}",
                change.practice.name,
                after.unwrap_or_default()
            ),
            None => format!("{}: {}", change.practice.name, after.unwrap_or_default()),
        });
    }
    let done = |week: Week| {
        scene
            .catalog
            .walk()
            .filter(|practice| insight::progress(scene.journal, practice, week) == Progress::Done)
            .count()
    };
    let last = week.minus_weeks(1);
    let (before, now) = (done(last), done(week));
    let off = scene.off_days();
    // Nothing is compared with a week away, or with one before the journal. The present week is not
    // compared unfavourably: it has not ended.
    let is_compared = !is_first && !off.is_week_off(last) && !off.is_week_off(week);
    if is_compared && (before < now || (before != now && week < scene.now.week())) {
        lines.push(format!("Practices done: {before} → {now}"));
    }
    lines.extend(stages_reached(week, scene));
    lines
}

/// "solved: …", for every item that reached a later stage in this week.
fn stages_reached(week: Week, scene: Scene<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    let registers = scene.catalog.registers();
    // A note counts where it was placed.
    for register in registers.filter(|register| register.inbox.is_none()) {
        let later = || register.stages.iter().filter(|stage| !stage.starts);
        for (_, item) in scene.journal.items(&register.id) {
            let reached =
                later().rfind(|stage| item.day(&stage.id).is_some_and(|day| week.contains(day)));
            if let Some(stage) = reached {
                lines.push(format!("{}: {}", stage.name, item.title()));
            }
        }
    }
    lines
}

fn answer_text(kind: &FieldKind, value: Option<&Value>) -> Option<String> {
    match value? {
        Value::Text(text) => Some(kind.label(text).to_owned()),
        Value::List(list) => Some(format!("{} of {}", list.len(), kind.choices().len())),
        Value::Log(_) => None,
    }
}
