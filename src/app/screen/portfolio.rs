//! The portfolio: browsed by section, entries included or left out, exported to a file.

use super::filtered_list::{kept_cursor, moves_cursor};
use super::item_text::entry_screen;
use super::rule_results::choose_inclusion;
use super::sections::Sections;
use super::{Scene, ScreenState};
use crate::app::keys::{Action, Binding, KeyContext};
use crate::app::route::{Outcome, Route};
use crate::calendar::{Length, Span};
use crate::insight::{
    self, Audience, MOST_RESULTS, PageSubject, Piece, PieceGroup, PortfolioSection, Shift,
};
use crate::journal::{Id, Inclusion, PortfolioChoice};

/// The text of the empty screen: what belongs there, and a good example.
pub const EMPTY: (&str, &str) = (
    "What you keep, solve, build and learn, and who you helped, appears here by itself: evidence \
     for those who decide. Private pages never appear.",
    "a commitment kept on Friday is here on Friday",
);

#[derive(Clone, Debug)]
pub struct PortfolioPage {
    /// Its pieces, included and left out.
    pub portfolio: insight::Portfolio,
    /// The name of the span.
    pub heading: String,
    /// Its pieces as they are listed: those on the first page, then the others by section.
    pub groups: Vec<PieceGroup>,
    /// The same as rows, under the sections of their groups.
    pub sections: Sections<Option<usize>>,
    /// The chosen piece, counted through all groups.
    pub cursor: usize,
    /// Whether a later span has begun.
    pub has_later: bool,
    /// The span; `None` for all time.
    span: Option<Span>,
}

impl PortfolioPage {
    pub(super) fn new(scene: Scene<'_>) -> Self {
        let year = Span::of(Length::Year, scene.now.today());
        Self::for_span(Some(year), scene)
    }

    fn for_span(chosen: Option<Span>, scene: Scene<'_>) -> Self {
        let (journal, catalog, today) = (scene.journal, scene.catalog, scene.now.today());
        let (span, heading) = match chosen {
            Some(span) => (span, span.label(today)),
            None => (
                insight::full_span(journal, catalog, today),
                "All of it".to_owned(),
            ),
        };
        let portfolio = insight::Portfolio::gather(journal, catalog, span, today);
        let groups = portfolio.groups();
        Self {
            sections: sections_of(&groups),
            groups,
            portfolio,
            heading,
            cursor: 0,
            has_later: chosen.is_some_and(|span| span.last() < today),
            span: chosen,
        }
    }

    /// The pieces of all groups, each with its section.
    pub fn pieces(&self) -> impl Iterator<Item = (&PortfolioSection, &Piece)> {
        let places = self.groups.iter().flat_map(|group| &group.pieces);
        places.map(|place| {
            (
                &self.portfolio.sections[place.0],
                self.portfolio.piece(*place),
            )
        })
    }

    pub fn chosen(&self) -> Option<(&PortfolioSection, &Piece)> {
        self.pieces().nth(self.cursor)
    }

    /// Whether the chosen piece is on the first page.
    pub fn is_chosen_first(&self) -> bool {
        let first = self.groups.first();
        first.is_some_and(|it| it.section.is_none() && self.cursor < it.pieces.len())
    }

    fn act_on_chosen(&self, action: Action, scene: Scene<'_>) -> Outcome {
        let Some((_, piece)) = self.chosen() else {
            return Outcome::stay();
        };
        match action {
            Action::Open => Outcome::navigate_if(entry_screen(&piece.id, scene)),
            Action::Toggle if piece.is_told() => {
                choose_inclusion(&piece.id, Some(Inclusion::Exclude), "Left out.", scene)
            }
            Action::Toggle => {
                choose_inclusion(&piece.id, piece.choice_to_tell(), "Included.", scene)
            }
            Action::FirstPage => {
                let choices = self.portfolio.first_page_choices(&piece.id, scene.journal);
                if choices.is_empty() {
                    let full =
                        format!("The first page has {MOST_RESULTS} already. Take one off first.");
                    return Outcome::stay().with_notice(full);
                }
                let said = if self.is_chosen_first() {
                    "Off the first page."
                } else {
                    "On the first page."
                };
                save(choices, said)
            }
            Action::MoveUp | Action::MoveDown => {
                let shift = if action == Action::MoveUp {
                    Shift::Up
                } else {
                    Shift::Down
                };
                let choices = self.portfolio.move_choices(&piece.id, shift, scene.journal);
                if choices.is_empty() {
                    return Outcome::stay();
                }
                save(choices, "Moved.")
            }
            _ => Outcome::stay(),
        }
    }

    /// Puts the cursor on a piece again after others moved; where it was, if it is gone.
    fn follow(&mut self, chosen: Option<&Id>) {
        let ids = self.pieces().map(|(_, piece)| &piece.id);
        self.cursor = kept_cursor(ids, chosen, self.cursor);
    }
}

fn sections_of(groups: &[PieceGroup]) -> Sections<Option<usize>> {
    let sections = groups.iter().flat_map(|group| {
        let pieces = group.pieces.iter();
        pieces.map(|_| Some(group.section))
    });
    Sections::spaced(sections)
}

fn save(choices: Vec<PortfolioChoice>, said: &str) -> Outcome {
    let changes = choices.into_iter().map(PortfolioChoice::into_change);
    Outcome::stay().saving_undoable(changes.collect(), said)
}

impl ScreenState for PortfolioPage {
    fn route(&self) -> Route {
        Route::Portfolio
    }

    fn title(&self) -> Option<String> {
        Some(format!("Portfolio · {}", self.heading))
    }

    fn run(&mut self, action: Action, scene: Scene<'_>) -> Outcome {
        let today = scene.now.today();
        let span = match (action, self.span) {
            (Action::Earlier, Some(span)) => Some(span.previous()),
            (Action::Later, Some(span)) => Some(span.next()),
            (Action::ChangeSpan, Some(span)) => match span.length() {
                Some(Length::Year) => None,
                _ => Some(Span::of(Length::Year, span.first())),
            },
            (Action::ChangeSpan, None) => Some(Span::of(Length::Quarter, today)),
            (Action::Export, _) => {
                let subject = PageSubject::Audience(Audience::Promotion);
                return Outcome::open(Route::LastLook(subject, self.portfolio.span));
            }
            _ => return self.act_on_chosen(action, scene),
        };
        *self = Self::for_span(span, scene);
        Outcome::stay()
    }

    fn refresh(&mut self, scene: Scene<'_>) {
        let chosen = self.chosen().map(|(_, piece)| piece.id.clone());
        let cursor = self.cursor;
        *self = Self::for_span(self.span, scene);
        self.cursor = cursor;
        self.follow(chosen.as_ref());
    }

    fn is_enabled(&self, action: Action) -> bool {
        match action {
            Action::Open
            | Action::Toggle
            | Action::FirstPage
            | Action::MoveUp
            | Action::MoveDown => self.chosen().is_some(),
            Action::Export => !self.portfolio.is_empty(),
            Action::Earlier => self.span.is_some(),
            Action::Later => self.has_later,
            Action::ChangeSpan => true,
            _ => moves_cursor(action),
        }
    }

    fn own_contexts(&self) -> &'static [KeyContext] {
        &[KeyContext::Portfolio, KeyContext::Periods]
    }

    fn label(&self, binding: &Binding) -> Option<String> {
        match (binding.action, self.chosen()) {
            (Action::Toggle, Some((_, piece))) if piece.is_told() => Some("leave out".to_owned()),
            (Action::Toggle, _) => Some("include".to_owned()),
            (Action::FirstPage, _) if self.is_chosen_first() => {
                Some("off the first page".to_owned())
            }
            (Action::FirstPage, _) => Some("on the first page".to_owned()),
            _ => None,
        }
    }

    fn rows(&mut self) -> Option<(&mut usize, usize)> {
        let count = self.pieces().count();
        Some((&mut self.cursor, count))
    }

    fn focused_entry(&self, _: Scene<'_>) -> Option<Id> {
        self.chosen().map(|(_, piece)| piece.id.clone())
    }

    // No piece appears or disappears, so nothing else is computed again.
    fn refresh_choices(&mut self, entries: &[Id], scene: Scene<'_>) {
        let chosen = self.chosen().map(|(_, piece)| piece.id.clone());
        self.portfolio
            .apply_choices(scene.journal, scene.catalog, entries);
        self.groups = self.portfolio.groups();
        self.sections = sections_of(&self.groups);
        self.follow(chosen.as_ref());
    }
}
