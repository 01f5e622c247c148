//! A practice over time: its pictures, and what was said in each week.

use super::Scene;
use super::compare::{Compare, questions};
use super::stage::state;
use crate::app::keys::Action;
use crate::app::route::{Outcome, Route};
use crate::calendar::{Month, Week};
use crate::journal::{Drawing, Entry, MonthMark, Period, Since, Value, period};
use crate::practice::{Ask, FieldKind, Practice};

/// How many weeks are looked through for one with words.
const LATELY: u32 = 8;

/// How many weeks one can go back.
const WEEKS: u32 = 52;

/// A practice over time.
#[derive(Clone, Debug)]
pub struct OverTime {
    /// The practice's id.
    pub practice: String,
    /// Its heading.
    pub title: String,
    /// Its pictures, each with its heading.
    pub pictures: Vec<(String, Drawing)>,
    /// The first picture shown.
    pub first: usize,
    /// Whether it asks anything whose answers can be compared.
    pub has_questions: bool,
    /// The week looked at; of a practice that is asked monthly, one in the middle of the month.
    pub week: Week,
    /// The month looked at, where months and not weeks follow one another.
    pub month: Option<Month>,
    /// Whether there is something before it and after it to look at.
    pub has: [bool; 2],
    /// What was said and done in it: the label of the step or of the item, and the words.
    pub said: Vec<(String, String)>,
    /// What comes up again and again: the words, and in how many of the last eight weeks.
    pub recurring: Vec<(String, String, usize)>,
}

impl OverTime {
    pub(super) fn new(practice: &str, scene: Scene<'_>) -> Option<Self> {
        let practice = scene.catalog.practice(practice)?;
        Some(Self::at(practice, lately(practice, scene), scene))
    }

    fn at(practice: &Practice, week: Week, scene: Scene<'_>) -> Self {
        let today = scene.now.today();
        let mut over_time = Self {
            practice: practice.id.clone(),
            title: practice.title.clone(),
            pictures: practice
                .pictures
                .iter()
                .filter_map(|picture| {
                    let drawing = scene
                        .journal
                        .drawing(scene.catalog, practice, picture, today)?;
                    Some((picture.title.clone(), drawing))
                })
                .collect(),
            first: 0,
            has_questions: questions(practice).next().is_some(),
            week,
            month: None,
            has: [true, false],
            said: Vec::new(),
            recurring: recurring(practice, scene),
        };
        over_time.look(scene);
        over_time
    }

    pub(super) fn refresh(&mut self, scene: Scene<'_>) {
        if let Some(practice) = scene.catalog.practice(&self.practice) {
            let first = self.first;
            *self = Self::at(practice, self.week, scene);
            self.first = first;
        }
    }

    pub(super) fn act(&mut self, action: Action, scene: Scene<'_>) -> Outcome {
        match action {
            Action::Back => return Outcome::back(),
            Action::Compare => {
                return Compare::first_of(&self.practice, scene)
                    .map_or_else(Outcome::stay, Outcome::open);
            }
            Action::Open => {
                return Outcome::open(Route::Page {
                    practice: self.practice.clone(),
                    week: self.week,
                    page: 1,
                });
            }
            Action::Up => self.first = self.first.saturating_sub(2),
            Action::Down if self.first + 2 < self.pictures.len() => self.first += 2,
            Action::Left | Action::Earlier if self.has[0] => self.go(-1, scene),
            Action::Right | Action::Later if self.has[1] => self.go(1, scene),
            _ => {}
        }
        self.look(scene);
        Outcome::stay()
    }

    fn look(&mut self, scene: Scene<'_>) {
        let Some(practice) = scene.catalog.practice(&self.practice) else {
            return;
        };
        let now = scene.now.week();
        self.month = match period(practice.cadence, self.week) {
            Period::Month(month) => Some(month),
            Period::Week(_) | Period::Standing => None,
        };
        let present = match self.month {
            Some(month) => month >= Month::of(now.thursday()),
            None => self.week >= now,
        };
        self.has = [self.week > now.back(WEEKS), !present];
        self.said = match self.month {
            Some(month) => beside(&scene.journal.month_marks(practice, month)),
            None => said(practice, self.week, scene),
        };
    }

    /// To the week or month after or before.
    fn go(&mut self, by: i32, scene: Scene<'_>) {
        self.week = match (self.month, by < 0) {
            (None, true) => self.week.back(1),
            (None, false) => self.week.next(),
            (Some(month), true) => Week::of(month.back().first()).next().next(),
            (Some(month), false) => Week::of(month.last()).next().min(scene.now.week()),
        };
    }
}

/// The week to begin with: early in one there is nothing of it yet, and the last one with words is
/// opened.
fn lately(practice: &Practice, scene: Scene<'_>) -> Week {
    let now = scene.now.week();
    if matches!(period(practice.cadence, now), Period::Month(_)) {
        return now;
    }
    let weeks = (0..LATELY).map(|back| now.back(back));
    let mut weeks = weeks.filter(|week| !said(practice, *week, scene).is_empty());
    weeks.next().unwrap_or(now)
}

/// What was said and done in a week.
fn said(practice: &Practice, week: Week, scene: Scene<'_>) -> Vec<(String, String)> {
    let steps = practice.steps.iter();
    let answers = steps.filter_map(|step| {
        let Ask::Answer(kind) = &step.ask else {
            return None;
        };
        let answer = scene
            .journal
            .answer(Period::Week(week), &practice.id, &step.id)?;
        (!answer.is_empty()).then(|| (step.label.clone(), in_words(kind, answer)))
    });
    let mut said: Vec<(String, String)> = answers.collect();
    for register in &practice.registers {
        for (entry, item) in scene.journal.items(&register.id) {
            let versions = scene.journal.standing(&entry.id);
            let touched = |entry: &&Entry| week.holds(entry.at.date_naive());
            if versions.iter().any(touched) {
                let state = state(register, item, scene);
                let words = match state.as_str() {
                    "" => item.title().to_owned(),
                    state => format!("{} · {state}", item.title()),
                };
                said.push((register.singular.clone(), words));
            }
        }
    }
    said
}

/// A month beside the one before: what is new first, then what is still so and what is gone.
fn beside(marks: &[MonthMark]) -> Vec<(String, String)> {
    let kinds = [
        (Since::New, "new"),
        (Since::Still, "as last month"),
        (Since::Gone, "no longer"),
    ];
    let of = |wanted: Since| marks.iter().filter(move |mark| mark.since == wanted);
    kinds
        .into_iter()
        .flat_map(|(since, name)| of(since).map(move |mark| (name.to_owned(), mark.label.clone())))
        .collect()
}

fn recurring(practice: &Practice, scene: Scene<'_>) -> Vec<(String, String, usize)> {
    let mut found = Vec::new();
    for step in &practice.steps {
        if !matches!(step.ask, Ask::Answer(FieldKind::Prose)) {
            continue;
        }
        let week = scene.now.week();
        if let Some((words, weeks)) = scene.journal.recurring(&practice.id, &step.id, week) {
            found.push((step.label.clone(), words, weeks));
        }
    }
    found
}

fn in_words(kind: &FieldKind, value: &Value) -> String {
    match value {
        Value::Text(text) => kind.label(text).to_owned(),
        Value::List(list) => {
            let labels: Vec<&str> = list.iter().map(|one| kind.label(one)).collect();
            labels.join(", ")
        }
        Value::Log(lines) => {
            let lines: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
            lines.join(" · ")
        }
    }
}
