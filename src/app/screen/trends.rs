//! The trends of a practice: its charts, and what was written in each week.

use super::compare::{Compare, comparable_questions};
use super::item_text::state;
use super::{Scene, ScreenState};
use crate::app::keys::{Action, Binding, KeyContext};
use crate::app::route::{Outcome, Route};
use crate::calendar::{Month, Week};
use crate::insight::{self, ChartData, MarkChange, MonthMark, NextQuestion};
use crate::journal::{Entry, Period, Value, period_for};
use crate::practice::{FieldKind, Practice};

/// How many weeks are searched for one with text.
const START_WEEKS_BACK: u32 = 8;

/// How many weeks the user can go back.
const WEEKS: u32 = 52;

#[derive(Clone, Debug)]
pub struct Trends {
    /// The practice's id.
    pub practice: String,
    pub title: String,
    /// Its charts, each with a heading.
    pub charts: Vec<(String, ChartData)>,
    pub first: usize,
    /// Whether it has questions whose answers can be compared.
    pub has_questions: bool,
    /// The week shown; for a monthly practice, one in the middle of the month.
    pub week: Week,
    /// The month shown, for a monthly practice.
    pub month: Option<Month>,
    /// Whether there is an earlier and a later period.
    pub has_earlier_later: [bool; 2],
    /// What was written and done in it: the label of the step or item, and the text.
    pub written: Vec<(String, String)>,
    /// The question for the next month that follows from the marks.
    pub question: Option<NextQuestion>,
    /// What keeps coming up: the label of the step, the word, and in how many of the last eight
    /// weeks.
    pub recurring: Vec<(String, String, usize)>,
}

impl Trends {
    pub(super) fn new(practice: &str, scene: Scene<'_>) -> Option<Self> {
        let practice = scene.catalog.practice(practice)?;
        Some(Self::at(practice, start_week(practice, scene), scene))
    }

    fn at(practice: &Practice, week: Week, scene: Scene<'_>) -> Self {
        let trends = insight::PracticeTrends::of(scene.journal, scene.catalog, practice, scene.now);
        let mut screen = Self {
            practice: practice.id.clone(),
            title: practice.title.clone(),
            charts: trends.charts,
            first: 0,
            has_questions: comparable_questions(practice).next().is_some(),
            week,
            month: None,
            has_earlier_later: [true, false],
            written: Vec::new(),
            question: trends.question,
            recurring: trends.recurring,
        };
        screen.update_period(scene);
        screen
    }

    fn update_period(&mut self, scene: Scene<'_>) {
        let Some(practice) = scene.catalog.practice(&self.practice) else {
            return;
        };
        let now = scene.now.week();
        self.month = match period_for(practice.cadence, self.week) {
            Period::Month(month) => Some(month),
            Period::Week(_) | Period::Standing => None,
        };
        let present = match self.month {
            Some(month) => month >= Month::of(now.thursday()),
            None => self.week >= now,
        };
        self.has_earlier_later = [self.week > now.minus_weeks(WEEKS), !present];
        self.written = match self.month {
            Some(month) => month_content(practice, month, scene),
            None => week_content(practice, self.week, scene),
        };
    }

    /// Goes to the next or previous week or month.
    fn move_period(&mut self, by: i32, scene: Scene<'_>) {
        self.week = match (self.month, by < 0) {
            (None, true) => self.week.minus_weeks(1),
            (None, false) => self.week.next(),
            (Some(month), true) => Week::of(month.previous().first()).next().next(),
            (Some(month), false) => Week::of(month.last()).next().min(scene.now.week()),
        };
    }
}

impl ScreenState for Trends {
    fn route(&self) -> Route {
        Route::Trends(self.practice.clone())
    }

    fn title(&self) -> Option<String> {
        Some("Trends".to_owned())
    }

    fn run(&mut self, action: Action, scene: Scene<'_>) -> Outcome {
        match action {
            Action::Compare => {
                return Outcome::open_if(Compare::first_of(&self.practice, scene));
            }
            Action::Open => {
                return Outcome::open(Route::page(&self.practice, self.week, 1));
            }
            Action::Up => self.first = self.first.saturating_sub(2),
            Action::Down if self.first + 2 < self.charts.len() => self.first += 2,
            Action::Left | Action::Earlier if self.has_earlier_later[0] => {
                self.move_period(-1, scene);
            }
            Action::Right | Action::Later if self.has_earlier_later[1] => {
                self.move_period(1, scene);
            }
            _ => {}
        }
        self.update_period(scene);
        Outcome::stay()
    }

    fn refresh(&mut self, scene: Scene<'_>) {
        if let Some(practice) = scene.catalog.practice(&self.practice) {
            let first = self.first;
            *self = Self::at(practice, self.week, scene);
            self.first = first;
        }
    }

    fn is_enabled(&self, action: Action) -> bool {
        let [has_earlier, has_later] = self.has_earlier_later;
        match action {
            Action::Compare => self.has_questions,
            Action::Earlier | Action::Left => has_earlier,
            Action::Later | Action::Right => has_later,
            Action::Down => self.first + 2 < self.charts.len(),
            Action::Up | Action::Open => true,
            _ => false,
        }
    }

    fn own_contexts(&self) -> &'static [KeyContext] {
        &[KeyContext::Trends, KeyContext::Periods]
    }

    fn label(&self, binding: &Binding) -> Option<String> {
        match binding.action {
            Action::Open if self.month.is_some() => Some("open month".to_owned()),
            _ => None,
        }
    }
}

/// The week to start with: the last one with text, as the present week may still be empty.
fn start_week(practice: &Practice, scene: Scene<'_>) -> Week {
    let now = scene.now.week();
    if matches!(period_for(practice.cadence, now), Period::Month(_)) {
        return now;
    }
    (0..START_WEEKS_BACK)
        .map(|back| now.minus_weeks(back))
        .find(|week| !week_content(practice, *week, scene).is_empty())
        .unwrap_or(now)
}

/// What was written and done in a week.
fn week_content(practice: &Practice, week: Week, scene: Scene<'_>) -> Vec<(String, String)> {
    let answers = practice.steps.iter().filter_map(|step| {
        let kind = step.answer_kind()?;
        let answer = scene
            .journal
            .answer(Period::Week(week), &practice.id, &step.id)?;
        (!answer.is_empty()).then(|| (step.label.clone(), answer_text(kind, answer)))
    });
    let mut said: Vec<(String, String)> = answers.collect();
    for register in &practice.registers {
        for (entry, item) in scene.journal.items(&register.id) {
            let versions = scene.journal.effective_versions(&entry.id);
            let touched = |entry: &&Entry| week.contains(entry.at.date_naive());
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

/// What was written in a month, and its marks compared with those of the month before it.
fn month_content(practice: &Practice, month: Month, scene: Scene<'_>) -> Vec<(String, String)> {
    let (journal, catalog) = (scene.journal, scene.catalog);
    let mut content = insight::month_words(journal, catalog, practice, month);
    let marks = insight::month_marks(journal, practice, month);
    content.extend(month_comparison(&marks));
    content
}

/// A month compared with the previous one: marks that have nothing to compare with, new ones, then
/// those that stayed, then those that are gone.
fn month_comparison(marks: &[MonthMark]) -> Vec<(String, String)> {
    let kinds = [
        (MarkChange::Uncompared, "marked"),
        (MarkChange::New, "new"),
        (MarkChange::Unchanged, "as last month"),
        (MarkChange::Removed, "no longer"),
    ];
    let of = |wanted: MarkChange| marks.iter().filter(move |mark| mark.change == wanted);
    kinds
        .into_iter()
        .flat_map(|(since, name)| of(since).map(move |mark| (name.to_owned(), mark.label.clone())))
        .collect()
}

fn answer_text(kind: &FieldKind, value: &Value) -> String {
    let between = match value {
        Value::Log(_) => " · ",
        Value::Text(_) | Value::List(_) => ", ",
    };
    value.labels(kind).join(between)
}
