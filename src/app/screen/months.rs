//! Twelve boxes per year, one per month, and what is in each.

use chrono::NaiveDate;

use super::{Scene, ScreenState};
use crate::app::keys::{Action, KeyContext};
use crate::app::route::{Outcome, Route};
use crate::calendar::{Month, day_and_month};
use crate::insight::{self, MonthBox};
use crate::journal::{Item, stage_label, stages_reached};
use crate::practice::{Field, FieldKind, Register};

/// No year before this one is shown.
const FIRST_YEAR: i32 = 1900;

#[derive(Clone, Debug)]
pub struct MonthBoxes {
    /// The register's id.
    pub register: String,
    pub name: String,
    pub year: i32,
    /// The present year: nothing was spotted in a year to come.
    last_year: i32,
    /// The chosen month, from 0.
    pub cursor: usize,
    /// January to December.
    pub boxes: Vec<MonthContent>,
    /// Whether the chosen one can be wrapped up.
    pub can_wrap_up: bool,
    /// What belongs here.
    pub about: String,
    pub example: String,
}

#[derive(Clone, Debug, Eq, PartialEq)]
pub struct MonthContent {
    pub month: Month,
    pub state: MonthBox,
    /// Its problems: as many as a box ever shows.
    pub problems: Vec<BoxedProblem>,
    pub count: usize,
}

#[derive(Clone, Debug, Eq, PartialEq)]
pub struct BoxedProblem {
    pub title: String,
    /// The stage it is in: "communicated".
    pub stage: String,
    /// For each stage, whether it was reached.
    pub reached: Vec<bool>,
    /// What got better, in numbers.
    pub improved: Option<String>,
    /// "8 Jan to 22 Jan", "since 4 Nov".
    pub days: String,
    /// Its longer texts, each under its label.
    pub texts: Vec<(String, String)>,
}

impl MonthBoxes {
    pub(super) fn new(scene: Scene<'_>) -> Option<Self> {
        let (register, _) = scene.catalog.monthly()?;
        let mut months = Self {
            register: register.id.clone(),
            name: register.counted_name().to_owned(),
            year: scene.now.month().year(),
            last_year: scene.now.month().year(),
            cursor: scene.now.month().number() as usize - 1,
            boxes: Vec::new(),
            can_wrap_up: false,
            about: register.about.clone(),
            example: register.example.clone(),
        };
        months.refresh(scene);
        Some(months)
    }

    pub fn month(&self) -> Option<Month> {
        Month::new(self.year, u32::try_from(self.cursor + 1).ok()?)
    }

    /// Whether the year has no problem at all.
    pub fn is_empty(&self) -> bool {
        self.boxes.iter().all(|month| month.count == 0)
    }

    /// Goes one month on or back, into the next or the last year too.
    fn step(&mut self, by: i32) {
        let at = i32::try_from(self.cursor).unwrap_or(0) + by;
        self.year = (self.year + at.div_euclid(12)).clamp(FIRST_YEAR, 9999);
        self.cursor = usize::try_from(at.rem_euclid(12)).unwrap_or(0);
    }

    /// Whether the chosen month can be wrapped up.
    fn refresh_offer(&mut self, scene: Scene<'_>) {
        let today = scene.now.today();
        self.can_wrap_up = self
            .month()
            .is_some_and(|month| insight::can_wrap_up(scene.journal, scene.catalog, month, today));
    }

    /// Goes to the row above or below, if there is one.
    fn step_row(&mut self, by: isize) {
        let row = self.cursor.checked_add_signed(by);
        self.cursor = row.filter(|at| *at < 12).unwrap_or(self.cursor);
    }
}

impl ScreenState for MonthBoxes {
    fn route(&self) -> Route {
        Route::Months
    }

    fn title(&self) -> Option<String> {
        let month = self.month().map(|month| match self.year {
            year if year == self.last_year => month.name().to_owned(),
            _ => month.full_name(),
        });
        Some(format!("{} · {}", self.name, month.unwrap_or_default()))
    }

    fn run(&mut self, action: Action, scene: Scene<'_>) -> Outcome {
        let columns = scene.window.month_columns().cast_signed();
        match action {
            Action::Right | Action::Later | Action::Earlier if !self.is_enabled(action) => {}
            Action::Left => self.step(-1),
            Action::Right => self.step(1),
            Action::Up => self.step_row(-columns),
            Action::Down => self.step_row(columns),
            Action::Earlier => self.year -= 1,
            Action::Later => self.year += 1,
            Action::First => self.cursor = 0,
            Action::Last => self.cursor = self.boxes.len().saturating_sub(1),
            Action::Add => {
                return Outcome::open(Route::new_item(&self.register));
            }
            Action::WrapUpMonth => {
                // A click may have moved the cursor since.
                self.refresh_offer(scene);
                let month = self.month().filter(|_| self.can_wrap_up);
                return Outcome::open_if(month.map(Route::MonthWrapUp));
            }
            Action::Open => {
                return Outcome::open(Route::list(&self.register, self.month()));
            }
            _ => {}
        }
        if self
            .boxes
            .first()
            .is_some_and(|first| first.month.year() == self.year)
        {
            self.refresh_offer(scene);
        } else {
            self.refresh(scene);
        }
        Outcome::stay()
    }

    fn refresh(&mut self, scene: Scene<'_>) {
        let today = scene.now.today();
        let Some(register) = scene.catalog.register(&self.register) else {
            return;
        };
        self.refresh_offer(scene);
        self.last_year = scene.now.month().year();
        let (journal, catalog) = (scene.journal, scene.catalog);
        self.boxes = insight::month_boxes(journal, catalog, register, self.year, today)
            .map(|(month, state)| content(register, month, state, scene))
            .collect();
    }

    fn is_enabled(&self, action: Action) -> bool {
        match action {
            Action::WrapUpMonth => self.can_wrap_up,
            Action::Earlier => self.year > FIRST_YEAR,
            Action::Later => self.year < self.last_year,
            Action::Right => self.year < self.last_year || self.cursor < 11,
            Action::Left
            | Action::Up
            | Action::Down
            | Action::First
            | Action::Last
            | Action::Add
            | Action::Open => true,
            _ => false,
        }
    }

    fn own_contexts(&self) -> &'static [KeyContext] {
        &[KeyContext::Months, KeyContext::Periods]
    }

    fn cursor_mut(&mut self) -> Option<&mut usize> {
        Some(&mut self.cursor)
    }
}

fn content(register: &Register, month: Month, state: MonthBox, scene: Scene<'_>) -> MonthContent {
    /// More than a box has rows for.
    const MOST: usize = 40;
    let today = scene.now.today();
    let items = insight::items_of_month(scene.journal, register, month, today);
    let problems = items.iter().take(MOST);
    MonthContent {
        month,
        state,
        problems: problems.map(|(_, item)| boxed(register, item)).collect(),
        count: items.len(),
    }
}

fn boxed(register: &Register, item: &Item) -> BoxedProblem {
    let stages = register.stages.iter();
    let mut days: Vec<NaiveDate> = stages.filter_map(|stage| item.day(&stage.id)).collect();
    days.sort_unstable();
    let fields = register.fields.iter();
    let prose = fields.filter(|field| matches!(field.kind, FieldKind::Prose));
    let said = |field: &Field| {
        let said = item.values.get(&field.id)?.as_text()?;
        Some((field.label.clone(), said.to_owned()))
    };
    BoxedProblem {
        title: item.title().to_owned(),
        stage: stage_label(register, item).to_owned(),
        reached: stages_reached(register, item),
        improved: insight::improvement(register, item).map(|improved| improved.numbers),
        days: match (days.first(), days.last()) {
            (Some(first), Some(last)) if first < last => {
                format!("{} to {}", day_and_month(*first), day_and_month(*last))
            }
            (Some(first), _) => format!("since {}", day_and_month(*first)),
            _ => String::new(),
        },
        texts: prose.filter_map(said).collect(),
    }
}
