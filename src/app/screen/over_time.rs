//! A practice over time: its pictures, and what was said in each week.

use super::Scene;
use super::compare::{Compare, questions};
use super::stage::state;
use crate::app::keys::Action;
use crate::app::route::{Outcome, Route};
use crate::calendar::Week;
use crate::journal::{Drawing, Entry, Value, period};
use crate::practice::{Ask, FieldKind, Practice};

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
    /// The week looked at.
    pub week: Week,
    /// What was said and done in it: the label of the step or of the item, and the words.
    pub said: Vec<(String, String)>,
    /// What comes up again and again: the words, and in how many of the last eight weeks.
    pub recurring: Vec<(String, String, usize)>,
}

impl OverTime {
    pub(super) fn new(practice: &str, scene: Scene<'_>) -> Option<Self> {
        let practice = scene.catalog.practice(practice)?;
        let today = scene.now.today();
        let mut over_time = Self {
            practice: practice.id.clone(),
            title: practice.title.clone(),
            pictures: practice
                .pictures
                .iter()
                .filter_map(|picture| {
                    let drawing = scene.journal.drawing(practice, picture, today)?;
                    Some((picture.title.clone(), drawing))
                })
                .collect(),
            first: 0,
            has_questions: questions(practice).next().is_some(),
            week: scene.now.week(),
            said: Vec::new(),
            recurring: recurring(practice, scene),
        };
        over_time.look(scene);
        Some(over_time)
    }

    pub(super) fn refresh(&mut self, scene: Scene<'_>) {
        if let Some(mut fresh) = Self::new(&self.practice, scene) {
            fresh.first = self.first;
            fresh.week = self.week;
            fresh.look(scene);
            *self = fresh;
        }
    }

    pub(super) fn act(&mut self, action: Action, scene: Scene<'_>) -> Outcome {
        let first = scene.now.week().back(WEEKS);
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
            Action::Left | Action::Earlier if self.week > first => self.week = self.week.back(1),
            Action::Right | Action::Later if self.week < scene.now.week() => {
                self.week = self.week.next();
            }
            _ => {}
        }
        self.look(scene);
        Outcome::stay()
    }

    fn look(&mut self, scene: Scene<'_>) {
        let Some(practice) = scene.catalog.practice(&self.practice) else {
            return;
        };
        self.said = practice
            .steps
            .iter()
            .filter_map(|step| {
                let Ask::Answer(kind) = &step.ask else {
                    return None;
                };
                let period = period(practice.cadence, self.week);
                let answer = scene.journal.answer(period, &practice.id, &step.id)?;
                (!answer.is_empty()).then(|| (step.label.clone(), in_words(kind, answer)))
            })
            .collect();
        for register in &practice.registers {
            for (entry, item) in scene.journal.items(&register.id) {
                let versions = scene.journal.versions(&entry.id);
                let touched = |entry: &Entry| self.week.holds(entry.at.date_naive());
                if versions.iter().any(touched) {
                    let words = format!("{} · {}", item.title(), state(register, item, scene));
                    self.said.push((register.singular.clone(), words));
                }
            }
        }
    }
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
