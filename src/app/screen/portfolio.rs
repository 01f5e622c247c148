//! The portfolio: browsed by section, entries included or left out, exported to a file.

use super::filtered_list::{move_cursor, moves_cursor};
use super::rule_results::undo_hint;
use super::{Scene, ScreenState};
use crate::app::keys::{Action, Binding, KeyContext};
use crate::app::route::{Outcome, Route};
use crate::calendar::{Length, Span};
use crate::insight::{self, Piece, PortfolioSection};
use crate::journal::{Id, Inclusion, PortfolioChoice};
use crate::report::{self, PageFormat};

/// The text of the empty screen: what belongs there, and a good example.
pub const EMPTY: (&str, &str) = (
    "What you keep, solve, build and learn, and who you helped, appears here by itself: evidence \
     for those who decide. Private pages never appear.",
    "a commitment kept on Friday is here on Friday",
);

/// The portfolio of a span.
#[derive(Clone, Debug)]
pub struct PortfolioPage {
    /// Its pieces, included and left out.
    pub portfolio: insight::Portfolio,
    /// The name of the span.
    pub heading: String,
    /// The chosen piece, counted through all sections.
    pub cursor: usize,
    /// Whether a later span has begun.
    pub has_later: bool,
    reach: PortfolioSpan,
}

/// A span, or all time.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum PortfolioSpan {
    Part(Span),
    All,
}

impl PortfolioPage {
    pub(super) fn new(scene: Scene<'_>) -> Self {
        Self::for_span(
            PortfolioSpan::Part(Span::of(Length::Year, scene.now.today())),
            scene,
        )
    }

    fn for_span(reach: PortfolioSpan, scene: Scene<'_>) -> Self {
        let (journal, catalog, today) = (scene.journal, scene.catalog, scene.now.today());
        let (span, heading) = match reach {
            PortfolioSpan::Part(span) => (span, span.label(today)),
            PortfolioSpan::All => (
                insight::full_span(journal, catalog, today),
                "All of it".to_owned(),
            ),
        };
        Self {
            portfolio: insight::Portfolio::gather(journal, catalog, span, today),
            heading,
            cursor: 0,
            has_later: matches!(reach, PortfolioSpan::Part(span) if span.last() < today),
            reach,
        }
    }

    /// The pieces of all sections, each with its section.
    pub fn pieces(&self) -> impl Iterator<Item = (&PortfolioSection, &Piece)> {
        let sections = self.portfolio.sections.iter();
        sections.flat_map(|section| section.pieces.iter().map(move |piece| (section, piece)))
    }

    #[must_use]
    pub fn chosen(&self) -> Option<(&PortfolioSection, &Piece)> {
        self.pieces().nth(self.cursor)
    }

    fn act_on_chosen(&self, action: Action, scene: Scene<'_>) -> Outcome {
        let chosen = self.chosen();
        match (action, chosen) {
            (Action::Back, _) => Outcome::back(),
            (Action::Open, Some((section, piece))) => {
                let id = piece.id.clone();
                Outcome::open(match section.register.clone() {
                    None => Route::CheckIn(id),
                    Some(register) => Route::Item {
                        register,
                        id: Some(id),
                    },
                })
            }
            (Action::Toggle, Some((_, piece))) => {
                let (portfolio, said) = if piece.is_included {
                    (Inclusion::Exclude, "Left out.")
                } else {
                    (Inclusion::Include, "Included.")
                };
                let choice = PortfolioChoice {
                    portfolio: Some(portfolio),
                    ..scene.journal.choice_to_change(&piece.id)
                };
                Outcome::stay()
                    .saving(vec![choice.into_change()])
                    .with_notice(format!("{said} {}", undo_hint(scene)))
            }
            _ => Outcome::stay(),
        }
    }
}

impl ScreenState for PortfolioPage {
    fn route(&self) -> Route {
        Route::Portfolio
    }

    fn title(&self) -> Option<String> {
        Some(format!("Portfolio · {}", self.heading))
    }

    fn act(&mut self, action: Action, scene: Scene<'_>) -> Outcome {
        if let Some(cursor) = move_cursor(action, self.cursor, self.pieces().count()) {
            self.cursor = cursor;
            return Outcome::stay();
        }
        let today = scene.now.today();
        let reach = match (action, self.reach) {
            (Action::Earlier, PortfolioSpan::Part(span)) => PortfolioSpan::Part(span.previous()),
            (Action::Later, PortfolioSpan::Part(span)) => PortfolioSpan::Part(span.next()),
            (Action::ChangeSpan, PortfolioSpan::Part(span)) => match span.length() {
                Some(Length::Year) => PortfolioSpan::All,
                _ => PortfolioSpan::Part(Span::of(Length::Year, span.first())),
            },
            (Action::ChangeSpan, PortfolioSpan::All) => {
                PortfolioSpan::Part(Span::of(Length::Quarter, today))
            }
            _ => return self.act_on_chosen(action, scene),
        };
        *self = Self::for_span(reach, scene);
        Outcome::stay()
    }

    fn refresh(&mut self, scene: Scene<'_>) {
        let chosen = self.chosen().map(|(_, piece)| piece.id.clone());
        let cursor = self.cursor;
        *self = Self::for_span(self.reach, scene);
        let again = self
            .pieces()
            .position(|(_, piece)| Some(&piece.id) == chosen.as_ref());
        let last = self.pieces().count().saturating_sub(1);
        self.cursor = again.unwrap_or(cursor.min(last));
    }

    fn is_enabled(&self, action: Action) -> bool {
        match action {
            Action::Open | Action::Toggle => self.chosen().is_some(),
            Action::Export => !self.portfolio.is_empty(),
            Action::Earlier => self.reach != PortfolioSpan::All,
            Action::Later => self.has_later,
            Action::ChangeSpan => true,
            _ => moves_cursor(action),
        }
    }

    fn own_contexts(&self) -> &'static [KeyContext] {
        &[
            KeyContext::Portfolio,
            KeyContext::Periods,
            KeyContext::Closable,
        ]
    }

    fn label(&self, binding: &Binding) -> Option<String> {
        match (binding.action, self.chosen()) {
            (Action::Toggle, Some((_, piece))) if piece.is_included => Some("leave out".to_owned()),
            (Action::Toggle, _) => Some("include".to_owned()),
            _ => None,
        }
    }

    fn cursor_mut(&mut self) -> Option<&mut usize> {
        Some(&mut self.cursor)
    }

    // No piece appears, disappears or moves, so nothing else is computed again.
    fn refresh_choices(&mut self, entries: &[Id], scene: Scene<'_>) {
        self.portfolio
            .apply_choices(scene.journal, scene.catalog, entries);
    }

    fn export_name(&self) -> Option<String> {
        Some(match self.reach {
            PortfolioSpan::Part(span) => format!("leadby-portfolio-{span}.html"),
            PortfolioSpan::All => format!("leadby-portfolio-to-{}.html", self.portfolio.until),
        })
    }

    fn export_text(&self, file: &str, _: Scene<'_>) -> Option<String> {
        let format = PageFormat::of_file(file).unwrap_or(PageFormat::Html);
        Some(match format {
            PageFormat::Markdown => report::portfolio_markdown(&self.portfolio),
            PageFormat::Html => report::portfolio_html(&self.portfolio),
            PageFormat::Json => report::portfolio_json(&self.portfolio),
        })
    }
}
