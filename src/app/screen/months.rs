//! Twelve boxes per year, one per month, and what is in each.

use super::item_text::state;
use super::{Scene, ScreenState};
use crate::app::keys::{Action, KeyContext};
use crate::app::route::{Outcome, Route};
use crate::calendar::Month;
use crate::insight::{self, MonthBox};

/// Twelve boxes per year.
#[derive(Clone, Debug)]
pub struct MonthBoxes {
    /// The register's id.
    pub register: String,
    /// The register's name.
    pub name: String,
    /// The year shown.
    pub year: i32,
    /// The chosen month, from 0.
    pub cursor: usize,
    /// January to December.
    pub boxes: Vec<MonthBox>,
    /// Whether the chosen one can be wrapped up.
    pub can_wrap_up: bool,
    /// What is in the chosen one: title and state.
    pub items: Vec<(String, String)>,
    /// What belongs here.
    pub about: String,
    /// A good example.
    pub example: String,
}

impl MonthBoxes {
    pub(super) fn new(scene: Scene<'_>) -> Option<Self> {
        let (register, _) = scene.catalog.monthly()?;
        let mut months = Self {
            register: register.id.clone(),
            name: register.name.clone(),
            year: scene.now.month().year(),
            cursor: scene.now.month().number() as usize - 1,
            boxes: Vec::new(),
            can_wrap_up: false,
            items: Vec::new(),
            about: register.about.clone(),
            example: register.example.clone(),
        };
        months.refresh(scene);
        Some(months)
    }

    /// The chosen month.
    #[must_use]
    pub fn month(&self) -> Option<Month> {
        Month::new(self.year, u32::try_from(self.cursor + 1).ok()?)
    }

    fn step(&mut self, by: i32) {
        let at = i32::try_from(self.cursor).unwrap_or(0) + by;
        if (0..12).contains(&at) {
            self.cursor = usize::try_from(at).unwrap_or(0);
        } else if by.abs() == 1 {
            self.year += by;
            self.cursor = if by < 0 { 11 } else { 0 };
        }
    }
}

impl ScreenState for MonthBoxes {
    fn route(&self) -> Route {
        Route::Months
    }

    fn title(&self) -> Option<String> {
        Some(format!("{} {}", self.name, self.year))
    }

    fn act(&mut self, action: Action, scene: Scene<'_>) -> Outcome {
        match action {
            Action::Left => self.step(-1),
            Action::Right => self.step(1),
            Action::Up => self.step(-6),
            Action::Down => self.step(6),
            Action::Earlier => self.year = (self.year - 1).max(1900),
            Action::Later => self.year = (self.year + 1).min(9999),
            Action::Back => return Outcome::back(),
            Action::Add => {
                return Outcome::open(Route::Item {
                    register: self.register.clone(),
                    id: None,
                });
            }
            Action::WrapUpMonth => {
                return match self.month() {
                    Some(month) => Outcome::open(Route::MonthWrapUp(month)),
                    None => Outcome::stay(),
                };
            }
            Action::Open => {
                return Outcome::open(Route::List {
                    register: self.register.clone(),
                    month: self.month(),
                });
            }
            _ => {}
        }
        self.refresh(scene);
        Outcome::stay()
    }

    fn refresh(&mut self, scene: Scene<'_>) {
        let today = scene.now.today();
        let (Some(register), Some(month)) = (scene.catalog.register(&self.register), self.month())
        else {
            return;
        };
        self.can_wrap_up = insight::can_wrap_up(scene.journal, scene.catalog, month, today);
        self.boxes = (1..=12)
            .filter_map(|number| Month::new(self.year, number))
            .map(|month| insight::month_box(scene.journal, scene.catalog, register, month, today))
            .collect();
        self.items = insight::items_of_month(scene.journal, register, month, today)
            .into_iter()
            .map(|(_, item)| (item.title().to_owned(), state(register, item, scene)))
            .collect();
    }

    fn is_enabled(&self, action: Action) -> bool {
        match action {
            Action::WrapUpMonth => self.can_wrap_up,
            Action::Left
            | Action::Right
            | Action::Up
            | Action::Down
            | Action::Earlier
            | Action::Later
            | Action::Add
            | Action::Open => true,
            _ => false,
        }
    }

    fn own_contexts(&self) -> &'static [KeyContext] {
        &[
            KeyContext::Months,
            KeyContext::Periods,
            KeyContext::Closable,
        ]
    }

    fn cursor_mut(&mut self) -> Option<&mut usize> {
        Some(&mut self.cursor)
    }
}
