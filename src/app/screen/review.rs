//! The review of a span: a week, a month, a quarter or a year.
//!
//! The journal computes the figures and what is worth reading again; this file knows the span shown
//! and the chosen text.

use super::filtered_list::move_cursor;
use super::item_text::entry_screen;
use super::{Scene, ScreenState};
use crate::app::ClickTarget;
use crate::app::keys::{Action, KeyContext};
use crate::app::route::{Outcome, Route};
use crate::calendar::{Length, Span, Week};
use crate::insight::{self, PublicReview, Review, ReviewCharts};
use crate::report::{self, PageFormat};

#[derive(Clone, Debug)]
pub struct ReviewPage {
    pub span: Span,
    /// "Week 48".
    pub name: String,
    /// Whether it has not ended, so that there is no later one.
    pub is_current: bool,
    /// Its figures, and what is worth reading again.
    pub review: insight::Review,
    pub charts: ReviewCharts,
    /// The previous span: "October", or "October, same days" while this one has not ended.
    pub compared_with: String,
    /// The chosen text worth reading again.
    pub cursor: usize,
}

impl ReviewPage {
    pub(super) fn new(span: Span, scene: Scene<'_>) -> Self {
        let today = scene.now.today();
        let found = Review::of(scene.journal, scene.catalog, span, today);
        let against = report::previous_label(&found, today);
        Self {
            span,
            name: span.label(today),
            is_current: span.contains(today),
            charts: ReviewCharts::of(scene.journal, scene.catalog, &found, today),
            compared_with: against,
            cursor: 0,
            review: found,
        }
    }

    /// The week whose pages can be opened; `None` for a longer span.
    pub fn week(&self) -> Option<Week> {
        match self.span {
            Span::Week(week) => Some(week),
            _ => None,
        }
    }
}

impl ScreenState for ReviewPage {
    fn route(&self) -> Route {
        Route::Review(self.span)
    }

    fn title(&self) -> Option<String> {
        Some(format!("{} in review", self.name))
    }

    fn run(&mut self, action: Action, scene: Scene<'_>) -> Outcome {
        let today = scene.now.today();
        let length = self.span.length().unwrap_or(Length::Week);
        // Zooming keeps the position in time: the last day counted.
        let day = self.review.figures.until;
        let span = match action {
            Action::Open => {
                let chosen = self.review.excerpts.get(self.cursor);
                return Outcome::navigate_if(chosen.and_then(|it| entry_screen(&it.id, scene)));
            }
            Action::WeekPages => {
                let page = self.week().zip(scene.catalog.walk().next());
                let page = page.map(|(week, first)| Route::page(&first.id, week, 1));
                return Outcome::open_if(page);
            }
            Action::Summary => return Outcome::open_if(self.week().map(Route::Summary)),
            Action::Up | Action::Down => {
                move_cursor(action, &mut self.cursor, self.review.excerpts.len());
                return Outcome::stay();
            }
            Action::ZoomOut => Span::of(cycle_length(length, 1), day),
            Action::ZoomIn => Span::of(cycle_length(length, Length::ALL.len() - 1), day),
            Action::Earlier => self.span.previous(),
            Action::Later => self.span.next(),
            Action::Last => Span::of(length, today),
            _ => return Outcome::stay(),
        };
        *self = Self::new(span, scene);
        Outcome::stay()
    }

    fn refresh(&mut self, scene: Scene<'_>) {
        let cursor = self.cursor;
        *self = Self::new(self.span, scene);
        self.cursor = cursor.min(self.review.excerpts.len().saturating_sub(1));
    }

    fn is_enabled(&self, action: Action) -> bool {
        match action {
            Action::Later | Action::Last => !self.is_current,
            Action::Open => !self.review.excerpts.is_empty(),
            Action::Up | Action::Down => self.review.excerpts.len() > 1,
            Action::WeekPages | Action::Summary => self.week().is_some(),
            Action::Export => self.export_name().is_some(),
            Action::Earlier | Action::ZoomOut | Action::ZoomIn => true,
            _ => false,
        }
    }

    fn own_contexts(&self) -> &'static [KeyContext] {
        &[KeyContext::Review, KeyContext::Periods]
    }

    fn click(&mut self, target: ClickTarget, scene: Scene<'_>) -> Outcome {
        match target {
            ClickTarget::Row(at) => self.click_row(at, scene),
            ClickTarget::Tab(at) => {
                if let Some(length) = Length::ALL.get(at) {
                    *self = Self::new(Span::of(*length, self.review.figures.until), scene);
                }
                Outcome::stay()
            }
            _ => Outcome::stay(),
        }
    }

    fn cursor_mut(&mut self) -> Option<&mut usize> {
        Some(&mut self.cursor)
    }

    fn export_name(&self) -> Option<String> {
        let is_named = self.span.length().is_some() && !self.review.is_empty();
        is_named.then(|| format!("leadby-review-{}.html", self.span))
    }

    fn export_text(&self, format: PageFormat, scene: Scene<'_>) -> Option<String> {
        let today = scene.now.today();
        let review = PublicReview::of(scene.journal, scene.catalog, self.span, today);
        Some(report::public_review(&review, format))
    }
}

/// The length `by` steps further in the order of lengths, round and round.
fn cycle_length(length: Length, by: usize) -> Length {
    let at = Length::ALL.iter().position(|one| *one == length);
    Length::ALL[(at.unwrap_or(0) + by) % Length::ALL.len()]
}
