//! The review of a span: a week, a month, a quarter or a year.
//!
//! The journal computes the figures and what is worth reading again; this file knows the span shown
//! and the chosen text.

use super::item_text::entry_screen;
use super::{Scene, ScreenState};
use crate::app::ClickTarget;
use crate::app::keys::{Action, KeyContext};
use crate::app::route::{Navigation, Outcome, Route};
use crate::calendar::{Length, Month, Span, Week};
use crate::insight::{self, PracticeFigures, Progress, Review, Tally};
use crate::journal::Id;
use crate::report;

/// How many spans, or weeks, a chart goes back.
const BACK: u32 = 12;

/// The review of a span.
#[derive(Clone, Debug)]
pub struct ReviewPage {
    pub span: Span,
    /// "Week 48".
    pub name: String,
    /// Whether it has not ended, so that there is no later one.
    pub is_current: bool,
    /// Its figures, and what is worth reading again.
    pub review: insight::Review,
    /// The practices of the walk by name, with their progress in each of [`ReviewPage::weeks`].
    pub practices: Vec<(String, Vec<Progress>)>,
    /// The weeks shown, oldest first: those of the span, or for a week those up to it.
    pub weeks: Vec<Week>,
    /// How many practices were done in each part of the span; for a week, in the weeks up to it.
    pub done: Vec<(String, usize)>,
    /// The most that can be done in one of these parts.
    pub done_of: usize,
    /// How commitments ended in the weeks or months up to its end, oldest first.
    pub tallies: Vec<(Span, Tally)>,
    /// The previous span: "October", or "October, same days" while this one has not ended.
    pub compared_with: String,
    /// The chosen text worth reading again.
    pub cursor: usize,
}

impl ReviewPage {
    pub(super) fn new(span: Span, scene: Scene<'_>) -> Self {
        let today = scene.now.today();
        let found = Review::of(scene.journal, scene.catalog, span, today);
        let parts = chart_parts(&found, span, scene);
        let practices = scene.catalog.walk().zip(&parts.practices);
        let against = report::previous_label(&found, today);
        Self {
            span,
            name: span.label(today),
            is_current: span.contains(today),
            practices: practices
                .map(|(practice, one)| (practice.name.clone(), one.progress.clone()))
                .collect(),
            weeks: parts.weeks,
            done: parts.done,
            done_of: parts.most,
            tallies: tallies(span, scene),
            compared_with: against,
            cursor: 0,
            review: found,
        }
    }

    /// The week whose pages can be opened; `None` for a longer span.
    #[must_use]
    pub fn week(&self) -> Option<Week> {
        match self.span {
            Span::Week(week) => Some(week),
            _ => None,
        }
    }

    fn open(&self, scene: Scene<'_>) -> Outcome {
        let Some(again) = self.review.excerpts.get(self.cursor) else {
            return Outcome::stay();
        };
        entry_or_check_in(&again.id, scene).map_or_else(Outcome::stay, Outcome::navigate)
    }

    fn first_page(&self, scene: Scene<'_>) -> Outcome {
        let (Some(week), Some(first)) = (self.week(), scene.catalog.walk().next()) else {
            return Outcome::stay();
        };
        Outcome::open(Route::Page {
            practice: first.id.clone(),
            week,
            page: 1,
        })
    }
}

impl ScreenState for ReviewPage {
    fn route(&self) -> Route {
        Route::Review(self.span)
    }

    fn title(&self) -> Option<String> {
        Some(format!("{} in review", self.name))
    }

    fn act(&mut self, action: Action, scene: Scene<'_>) -> Outcome {
        let today = scene.now.today();
        let length = self.span.length().unwrap_or(Length::Week);
        // Zooming keeps the position in time: the last day counted.
        let day = self.review.figures.until;
        let last = self.review.excerpts.len().saturating_sub(1);
        let span = match action {
            Action::Back => return Outcome::back(),
            Action::Open => return self.open(scene),
            Action::WeekPages => return self.first_page(scene),
            Action::Summary => {
                return match self.week() {
                    Some(week) => Outcome::open(Route::Summary(week)),
                    None => Outcome::stay(),
                };
            }
            Action::Up => {
                self.cursor = self.cursor.saturating_sub(1);
                return Outcome::stay();
            }
            Action::Down => {
                self.cursor = (self.cursor + 1).min(last);
                return Outcome::stay();
            }
            Action::ZoomOut => Span::of(cycle_length(length, 1), day),
            Action::ZoomIn => Span::of(cycle_length(length, Length::ALL.len() - 1), day),
            Action::Earlier => self.span.previous(),
            Action::Later if !self.is_current => self.span.next(),
            Action::Last => Span::of(length, today),
            _ => return Outcome::stay(),
        };
        *self = Self::new(span, scene);
        Outcome::stay()
    }

    fn refresh(&mut self, scene: Scene<'_>) {
        let last = self.review.excerpts.len().saturating_sub(1);
        let cursor = self.cursor.min(last);
        *self = Self::new(self.span, scene);
        self.cursor = cursor.min(self.review.excerpts.len().saturating_sub(1));
    }

    fn is_enabled(&self, action: Action) -> bool {
        match action {
            Action::Later | Action::Last => !self.is_current,
            Action::Open => !self.review.excerpts.is_empty(),
            Action::Up | Action::Down => self.review.excerpts.len() > 1,
            Action::WeekPages | Action::Summary => self.week().is_some(),
            Action::Earlier | Action::ZoomOut | Action::ZoomIn => true,
            _ => false,
        }
    }

    fn own_contexts(&self) -> &'static [KeyContext] {
        &[
            KeyContext::Review,
            KeyContext::Periods,
            KeyContext::Closable,
        ]
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
}

/// The screen that shows an entry; for a commitment, its check-in.
fn entry_or_check_in(id: &Id, scene: Scene<'_>) -> Option<Navigation> {
    if scene.journal.commitment(id).is_some() {
        return Some(Navigation::Open(Route::CheckIn(id.clone())));
    }
    entry_screen(id, scene)
}

/// The length `by` steps further in the order of lengths, round and round.
fn cycle_length(length: Length, by: usize) -> Length {
    let at = Length::ALL.iter().position(|one| *one == length);
    Length::ALL[(at.unwrap_or(0) + by) % Length::ALL.len()]
}

/// The data of the practice charts: the figures of each practice, and how many were done in each
/// part of the span, of how many.
struct ChartParts {
    practices: Vec<PracticeFigures>,
    weeks: Vec<Week>,
    done: Vec<(String, usize)>,
    most: usize,
}

fn chart_parts(found: &insight::Review, span: Span, scene: Scene<'_>) -> ChartParts {
    let figures = &found.figures;
    let walk = figures.practices.len();
    let numbered = |weeks: &[(Week, usize)]| {
        weeks
            .iter()
            .map(|(week, done)| (week.number().to_string(), *done))
            .collect()
    };
    match span.length() {
        Some(Length::Week) => {
            // One week alone says little, so the weeks before it are shown too.
            let week = Week::of(span.first());
            let first =
                insight::first_week(scene.journal, scene.catalog, scene.now.today()).min(week);
            let weeks: Vec<Week> = (0..BACK)
                .rev()
                .map(|back| week.minus_weeks(back))
                .filter(|week| first <= *week)
                .collect();
            let mut wider = figures.clone();
            wider.practices = insight::practice_figures(scene.journal, scene.catalog, &weeks);
            wider.weeks = weeks;
            ChartParts {
                done: numbered(&wider.done_by_week()),
                practices: wider.practices,
                weeks: wider.weeks,
                most: walk,
            }
        }
        Some(Length::Year) => {
            let mut months: Vec<(Month, usize)> =
                span.months().into_iter().map(|month| (month, 0)).collect();
            let first = insight::first_week(scene.journal, scene.catalog, scene.now.today());
            // Months before the journal began are left out.
            let first = Month::of(first.thursday());
            months.retain(|(month, _)| first <= *month);
            for (week, done) in figures.done_by_week() {
                let of_week = Month::of(week.thursday());
                if let Some((_, all)) = months.iter_mut().find(|(month, _)| *month == of_week) {
                    *all += done;
                }
            }
            let named = months
                .iter()
                .map(|(month, done)| (month.name()[..3].to_owned(), *done));
            ChartParts {
                done: named.collect(),
                practices: figures.practices.clone(),
                weeks: figures.weeks.clone(),
                // The longest month has five weeks.
                most: walk * 5,
            }
        }
        Some(Length::Month | Length::Quarter) | None => ChartParts {
            done: numbered(&figures.done_by_week()),
            practices: figures.practices.clone(),
            weeks: figures.weeks.clone(),
            most: walk,
        },
    }
}

/// How commitments ended in the weeks up to this one, or in the months up to the end of a longer span.
fn tallies(span: Span, scene: Scene<'_>) -> Vec<(Span, Tally)> {
    let mut spans = vec![match span {
        Span::Week(_) => span,
        _ => Span::of(Length::Month, span.last()),
    }];
    while let Some(last) = spans.last()
        && spans.len() < BACK as usize
    {
        spans.push(last.previous());
    }
    let today = scene.now.today();
    let tally = |span: Span| Tally::of(scene.journal, span, today);
    let began = scene.journal.first_day().unwrap_or(today);
    // Nothing was kept or missed before the journal began, unless it was added later.
    spans
        .into_iter()
        .rev()
        .map(|span| (span, tally(span)))
        .skip_while(|(span, tally)| span.last() < began && tally.rate().whole == 0)
        .collect()
}
