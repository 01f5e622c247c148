//! A last look at a page before it leaves: every piece of it, and one key to take it out.

use std::num::NonZeroUsize;

use super::filtered_list::moves_cursor;
use super::rule_results::choose_inclusion;
use super::{Scene, ScreenState};
use crate::app::keys::{Action, Binding, KeyContext};
use crate::app::route::{Outcome, Route};
use crate::calendar::Span;
use crate::insight::{Audience, KnownNames, LeavingPiece, PageSubject, TalkPage};
use crate::journal::rules::remembered_talk;
use crate::journal::{Change, Id, Inclusion, Journal};
use crate::report::{self, PageFormat, PortfolioExtent};
use crate::text::capitalized;

#[derive(Clone, Debug)]
pub struct LastLook {
    pub subject: PageSubject,
    /// What is on the page, and what was taken out here, in the order it is read.
    pub rows: Vec<LookRow>,
    pub cursor: usize,
    /// Whether the names of people are shortened.
    pub has_initials: bool,
    /// How much of a portfolio is written.
    pub extent: PortfolioExtent,
    span: Span,
    page: TalkPage,
    known: KnownNames,
}

#[derive(Clone, Debug)]
pub struct LookRow {
    pub piece: LeavingPiece,
    pub is_in: bool,
    /// The choice under which it was on the page, to put it back as it was.
    choice: Option<Inclusion>,
}

impl LastLook {
    pub(super) fn new(subject: PageSubject, span: Span, scene: Scene<'_>) -> Option<Self> {
        let (journal, catalog, today) = (scene.journal, scene.catalog, scene.now.today());
        let mut look = Self {
            page: TalkPage::gather(&subject, journal, catalog, (span, today))?,
            subject,
            rows: Vec::new(),
            cursor: 0,
            has_initials: false,
            extent: PortfolioExtent::default(),
            span,
            known: KnownNames::of(journal, catalog),
        };
        look.update_rows(journal);
        Some(look)
    }

    pub fn chosen(&self) -> Option<&LookRow> {
        self.rows.get(self.cursor)
    }

    /// Whether the page has nothing to read, so that it is not exported.
    pub fn is_empty(&self) -> bool {
        self.page.is_empty()
    }

    /// What is on the page, without what was taken out.
    pub fn summary(&self) -> String {
        let pieces = self.rows.iter().filter(|row| row.is_in);
        let pieces: Vec<&LeavingPiece> = pieces.map(|row| &row.piece).collect();
        let summary = report::leaving_summary(&pieces);
        let cut = match &self.page {
            TalkPage::Portfolio(portfolio) => report::cut_note(portfolio),
            TalkPage::Sheet(_) => None,
        };
        match cut {
            Some(cut) => format!("{}. {summary}", capitalized(&cut)),
            None => summary,
        }
    }

    fn reload(&mut self, scene: Scene<'_>) {
        let (journal, catalog, today) = (scene.journal, scene.catalog, scene.now.today());
        let days = (self.span, today);
        if let Some(page) = TalkPage::gather(&self.subject, journal, catalog, days) {
            self.page = page;
        }
        if self.has_initials {
            self.page.shorten_names(&self.known);
        }
        self.update_rows(journal);
    }

    /// Lists what is on the page.
    fn update_rows(&mut self, journal: &Journal) {
        let pieces = report::leaving_pieces(&self.page, self.extent, &self.known).into_iter();
        let rows = pieces.map(|piece| LookRow {
            is_in: true,
            choice: piece.id.as_ref().and_then(|id| journal.inclusion(id)),
            piece,
        });
        let mut rows: Vec<LookRow> = rows.collect();
        // What was taken out here stays in its place, to be put back.
        for (at, old) in self.rows.iter().enumerate() {
            let is_there = rows.iter().any(|row| row.piece.id == old.piece.id);
            if old.piece.id.is_some() && !is_there {
                let out = LookRow {
                    is_in: false,
                    ..old.clone()
                };
                rows.insert(at.min(rows.len()), out);
            }
        }
        self.rows = rows;
        self.cursor = self.cursor.min(self.rows.len().saturating_sub(1));
    }

    /// The page for the next kind of reader, of the days that are usual for it unless others were
    /// chosen.
    fn next_reader(&mut self, scene: Scene<'_>) {
        let PageSubject::Audience(audience) = self.subject else {
            return;
        };
        let at = Audience::ALL.iter().position(|it| *it == audience);
        let next = at.map_or(0, |at| (at + 1) % Audience::ALL.len());
        let (journal, catalog, today) = (scene.journal, scene.catalog, scene.now.today());
        let usual = |subject: &PageSubject| subject.usual_span(journal, catalog, today);
        let is_usual = self.span == usual(&self.subject);
        self.subject = PageSubject::Audience(Audience::ALL[next]);
        if is_usual {
            self.span = usual(&self.subject);
        }
        self.begin_again(scene);
    }

    /// Lists another page from its beginning.
    fn begin_again(&mut self, scene: Scene<'_>) {
        self.rows.clear();
        self.cursor = 0;
        self.reload(scene);
    }

    fn is_portfolio(&self) -> bool {
        self.subject == PageSubject::Audience(Audience::Promotion)
    }

    fn toggled(row: &LookRow, id: &Id, scene: Scene<'_>) -> Outcome {
        if row.is_in {
            choose_inclusion(id, Some(Inclusion::Exclude), "Left out.", scene)
        } else {
            choose_inclusion(id, row.choice, "Included.", scene)
        }
    }
}

impl ScreenState for LastLook {
    fn route(&self) -> Route {
        Route::LastLook(self.subject.clone(), self.span)
    }

    fn title(&self) -> Option<String> {
        let subject = match &self.subject {
            PageSubject::Audience(audience) => audience.id(),
            PageSubject::Person(name) => name,
        };
        Some(format!("Last look · {subject}"))
    }

    fn run(&mut self, action: Action, scene: Scene<'_>) -> Outcome {
        match action {
            Action::ShortenNames => {
                self.has_initials = !self.has_initials;
                self.reload(scene);
            }
            Action::NextReader => self.next_reader(scene),
            Action::MonthSentences => {
                self.extent.month_sentences = !self.extent.month_sentences;
                self.begin_again(scene);
            }
            Action::FirstPageAlone => {
                self.extent.pages = self.extent.pages.xor(Some(NonZeroUsize::MIN));
                self.begin_again(scene);
            }
            Action::Toggle => {
                if let Some(row) = self.chosen()
                    && let Some(id) = &row.piece.id
                {
                    return Self::toggled(row, id, scene);
                }
            }
            _ => {}
        }
        Outcome::stay()
    }

    fn refresh(&mut self, scene: Scene<'_>) {
        self.known = KnownNames::of(scene.journal, scene.catalog);
        self.reload(scene);
    }

    fn is_enabled(&self, action: Action) -> bool {
        match action {
            Action::Toggle => self.chosen().is_some_and(|row| row.piece.id.is_some()),
            Action::Export => !self.is_empty(),
            Action::ShortenNames => true,
            Action::MonthSentences => self.is_portfolio() && self.extent.pages.is_none(),
            Action::FirstPageAlone => self.is_portfolio(),
            Action::NextReader => matches!(self.subject, PageSubject::Audience(_)),
            _ => moves_cursor(action),
        }
    }

    fn own_contexts(&self) -> &'static [KeyContext] {
        &[KeyContext::LastLook]
    }

    fn label(&self, binding: &Binding) -> Option<String> {
        let label = match (binding.action, self.chosen()) {
            (Action::Toggle, Some(row)) if !row.is_in => "include",
            (Action::Toggle, _) => "leave out",
            (Action::ShortenNames, _) if self.has_initials => "whole names",
            (Action::MonthSentences, _) if self.extent.month_sentences => "without the months",
            (Action::FirstPageAlone, _) if self.extent.pages.is_some() => "all pages",
            _ => return None,
        };
        Some(label.to_owned())
    }

    fn rows(&mut self) -> Option<(&mut usize, usize)> {
        Some((&mut self.cursor, self.rows.len()))
    }

    fn focused_entry(&self, _: Scene<'_>) -> Option<Id> {
        self.chosen()?.piece.id.clone()
    }

    fn export_name(&self) -> Option<String> {
        let until = self.span.last();
        let days = match self.span.length() {
            Some(_) => self.span.to_string(),
            None => format!("to-{until}"),
        };
        Some(match &self.subject {
            PageSubject::Audience(Audience::Promotion) => format!("leadby-portfolio-{days}.html"),
            PageSubject::Audience(audience) => format!("leadby-{}-{days}.html", audience.id()),
            PageSubject::Person(name) => {
                let name = report::page_file_name(name);
                format!("leadby-with-{}", name.replace(".md", ".html"))
            }
        })
    }

    fn export_text(&self, format: PageFormat, _: Scene<'_>) -> Option<String> {
        Some(report::talk_page(&self.page, self.extent, format))
    }

    // A page for a talk is remembered.
    fn change_once_exported(&self, scene: Scene<'_>) -> Option<Change> {
        let PageSubject::Audience(audience) = self.subject else {
            return None;
        };
        remembered_talk(report::talk_title(audience)?, scene.basis())
    }
}
