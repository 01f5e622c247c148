//! The wrap-up of a month that is over: a few short, optional steps.
//!
//! The problems of the month, the monthly pages, and at the end one sentence about the month. The
//! practices define these; the content of private pages is not shown here.

use super::filtered_list::can_move;
use super::item_text::state;
use super::{Scene, ScreenState};
use crate::app::keys::{Action, KeyContext};
use crate::app::route::{Outcome, Route};
use crate::calendar::Month;
use crate::insight::{self, MonthBox, Progress, month_question};
use crate::practice::Practice;
use crate::report;

#[derive(Clone, Debug)]
pub struct MonthWrapUp {
    pub month: Month,
    pub steps: Vec<WrapUpStep>,
    pub cursor: usize,
    /// January to December of its year; empty if no register is monthly.
    pub boxes: Vec<MonthBox>,
    pub problems: Vec<MonthProblem>,
    /// The one sentence about the month; may be empty.
    pub sentence: String,
}

#[derive(Clone, Debug, Eq, PartialEq)]
pub struct WrapUpStep {
    pub name: String,
    /// What it is about, or its result.
    pub about: String,
    /// What is shown below it.
    pub shows: StepContent,
    /// How far it is; `None` for a step that is only read.
    pub progress: Option<Progress>,
    pub route: Route,
}

/// What is shown below a step.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum StepContent {
    /// The boxes and the problems of the month.
    Problems,
    /// The sentence about the month.
    Sentence,
    Nothing,
}

#[derive(Clone, Debug, Eq, PartialEq)]
pub struct MonthProblem {
    pub title: String,
    /// Whether it counts in this month.
    pub counts: bool,
    /// The stage it is in now.
    pub state: String,
}

impl MonthWrapUp {
    pub(super) fn new(month: Month, scene: Scene<'_>) -> Self {
        let mut wrap_up = Self {
            month,
            steps: Vec::new(),
            cursor: 0,
            boxes: Vec::new(),
            problems: Vec::new(),
            sentence: insight::month_answer(scene.journal, scene.catalog, month)
                .unwrap_or_default()
                .to_owned(),
        };
        let problems = wrap_up.problems_step(scene);
        wrap_up.steps.extend(problems);
        let asked = month_question(scene.catalog);
        let others = insight::monthly_practices(scene.catalog);
        wrap_up.steps.extend(others.map(|practice| WrapUpStep {
            name: practice.name.clone(),
            about: if practice.private {
                "optional, private".to_owned()
            } else {
                "optional".to_owned()
            },
            ..page_step(practice, month, scene)
        }));
        wrap_up
            .steps
            .extend(asked.map(|(practice, step)| WrapUpStep {
                name: step.label.clone(),
                about: step.prompt.clone(),
                shows: StepContent::Sentence,
                ..page_step(practice, month, scene)
            }));
        wrap_up
    }

    /// Whether the month has its sentence.
    pub fn is_done(&self) -> bool {
        !self.sentence.is_empty()
    }

    /// The step for the monthly register; also fills the boxes and the problems.
    fn problems_step(&mut self, scene: Scene<'_>) -> Option<WrapUpStep> {
        let (register, stage) = scene.catalog.monthly()?;
        let (month, today) = (self.month, scene.now.today());
        let (journal, catalog) = (scene.journal, scene.catalog);
        let boxes = insight::month_boxes(journal, catalog, register, month.year(), today);
        self.boxes = boxes.map(|(_, state)| state).collect();
        self.problems = insight::items_of_month(scene.journal, register, month, today)
            .into_iter()
            .map(|(_, item)| MonthProblem {
                title: item.title().to_owned(),
                counts: item.day(stage).is_some_and(|day| month.contains(day)),
                state: state(register, item, scene),
            })
            .collect();
        // Those that count come first, each in the order they were added.
        self.problems.sort_by_key(|problem| !problem.counts);
        let counting = self
            .problems
            .iter()
            .filter(|problem| problem.counts)
            .count();
        let stage = register.stage(stage).map_or(stage, |stage| &stage.name);
        let about = report::month_count(counting, self.problems.len(), stage);
        Some(WrapUpStep {
            name: register.name.clone(),
            about,
            shows: StepContent::Problems,
            progress: None,
            route: Route::list(&register.id, Some(month)),
        })
    }
}

impl ScreenState for MonthWrapUp {
    fn route(&self) -> Route {
        Route::MonthWrapUp(self.month)
    }

    fn title(&self) -> Option<String> {
        let month = self.month;
        Some(format!("{} wrap-up", month.full_name()))
    }

    fn run(&mut self, action: Action, _: Scene<'_>) -> Outcome {
        match action {
            Action::Open => {
                let Some(step) = self.steps.get(self.cursor) else {
                    return Outcome::back();
                };
                let route = step.route.clone();
                // The next step is chosen when the user comes back.
                self.cursor = (self.cursor + 1).min(self.steps.len() - 1);
                Outcome::open(route)
            }
            _ => Outcome::stay(),
        }
    }

    fn refresh(&mut self, scene: Scene<'_>) {
        let cursor = self.cursor;
        *self = Self::new(self.month, scene);
        self.cursor = cursor.min(self.steps.len().saturating_sub(1));
    }

    fn is_enabled(&self, action: Action) -> bool {
        action == Action::Open || can_move(action, self.cursor, self.steps.len())
    }

    fn own_contexts(&self) -> &'static [KeyContext] {
        &[KeyContext::WrapUp]
    }

    fn rows(&mut self) -> Option<(&mut usize, usize)> {
        Some((&mut self.cursor, self.steps.len()))
    }
}

/// The step that opens the page of a practice for the month.
fn page_step(practice: &Practice, month: Month, scene: Scene<'_>) -> WrapUpStep {
    let week = month.last_week();
    WrapUpStep {
        name: String::new(),
        about: String::new(),
        shows: StepContent::Nothing,
        progress: Some(insight::progress(scene.journal, practice, week)),
        route: Route::page(&practice.id, week, 1),
    }
}
