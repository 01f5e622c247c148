//! A page that others will read, whichever it is: the portfolio, or a page of headed lines.
//!
//! Says what is on it, piece by piece, before it leaves. Knows no output format.

use chrono::NaiveDate;

use super::agenda::{agenda, last_talk, since_last_talk};
use super::bullets::bullets;
use super::sheet::Sheet;
use super::together::together;
use super::{Audience, Portfolio};
use crate::calendar::{Length, Span};
use crate::insight::known_names::{KnownNames, links_in};
use crate::insight::texts::Texts;
use crate::journal::{Id, Journal};
use crate::practice::Catalog;
use crate::text::counted_noun;

/// A page for others.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum TalkPage {
    Portfolio(Box<Portfolio>),
    Sheet(Sheet),
}

/// What a page is about: its readers, or a person.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum PageSubject {
    Audience(Audience),
    /// The work with a person, by name in any spelling.
    Person(String),
}

/// Something that leaves with a page.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct LeavingPiece {
    /// The entry it came from; `None` for a line about the user, and for counts.
    pub id: Option<Id>,
    /// Where it came from: the name of a list, or what the line says; `None` for a commitment.
    pub source: Option<String>,
    pub title: String,
    /// Who is named in it.
    pub names: Vec<String>,
    /// The addresses of pages in it.
    pub links: Vec<String>,
}

impl PageSubject {
    /// The days that count unless others are asked for: this year, or since the last talk.
    pub fn usual_span(&self, journal: &Journal, catalog: &Catalog, today: NaiveDate) -> Span {
        match self {
            Self::Audience(Audience::Manager) => since_last_talk(journal, catalog, today),
            Self::Audience(Audience::Promotion | Audience::Cv) | Self::Person(_) => {
                Span::of(Length::Year, today)
            }
        }
    }
}

impl TalkPage {
    /// The page about `subject`, of `span` up to and including `today`; `None` if there is no such
    /// person.
    pub fn gather(
        subject: &PageSubject,
        journal: &Journal,
        catalog: &Catalog,
        (span, today): (Span, NaiveDate),
    ) -> Option<Self> {
        let portfolio = || Portfolio::gather(journal, catalog, span, today);
        let mut page = match subject {
            PageSubject::Person(name) => {
                Self::Sheet(together(journal, catalog, name, (span, today))?)
            }
            PageSubject::Audience(Audience::Promotion) => Self::Portfolio(Box::new(portfolio())),
            PageSubject::Audience(Audience::Cv) => {
                Self::Sheet(bullets(&portfolio(), journal, catalog))
            }
            PageSubject::Audience(Audience::Manager) => {
                let last = last_talk(journal, catalog, today);
                Self::Sheet(agenda(&portfolio(), journal, catalog, last))
            }
        };
        if let Self::Sheet(sheet) = &mut page {
            sheet.drop_mention_signs();
        }
        Some(page)
    }

    /// Whether no entry is on it.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Portfolio(portfolio) => portfolio.is_empty(),
            Self::Sheet(sheet) => sheet.is_empty(),
        }
    }

    /// Shortens the names of people to their initials.
    pub fn shorten_names(&mut self, known: &KnownNames) {
        self.visit_texts(&mut |text| *text = known.shorten(text));
    }

    fn visit_texts(&mut self, visit: &mut dyn FnMut(&mut String)) {
        match self {
            Self::Portfolio(portfolio) => portfolio.visit_texts(visit),
            Self::Sheet(sheet) => sheet.visit_texts(visit),
        }
    }

    /// Everything on it, in the order it is read.
    pub fn pieces(&self, known: &KnownNames) -> Vec<LeavingPiece> {
        let mut pieces = Vec::new();
        let (name, about) = match self {
            Self::Portfolio(portfolio) => (&portfolio.name, &portfolio.about),
            Self::Sheet(sheet) => (&sheet.name, &sheet.about),
        };
        push_about("Name", name, known, &mut pieces);
        for (label, said) in about {
            push_about(label, said, known, &mut pieces);
        }
        match self {
            Self::Portfolio(portfolio) => portfolio_pieces(portfolio, known, &mut pieces),
            Self::Sheet(sheet) => {
                let lines = sheet.sections.iter().flat_map(|section| &section.lines);
                pieces.extend(lines.map(|line| {
                    let id = Some(line.id.clone());
                    let title = Some(&line.title).filter(|title| !title.is_empty());
                    let piece =
                        LeavingPiece::new(id, line.list.clone(), title.unwrap_or(&line.text));
                    piece.with_texts_of(&mut line.clone(), known)
                }));
            }
        }
        pieces
    }
}

/// Adds what a page says about the user, unless it is empty.
fn push_about(source: &str, said: &str, known: &KnownNames, pieces: &mut Vec<LeavingPiece>) {
    if !said.trim().is_empty() {
        pieces.push(LeavingPiece::of_text(None, source, said, known));
    }
}

fn portfolio_pieces(portfolio: &Portfolio, known: &KnownNames, pieces: &mut Vec<LeavingPiece>) {
    for (id, title) in &portfolio.responsibilities {
        let (id, source) = (Some(id.clone()), "Responsibilities");
        pieces.push(LeavingPiece::of_text(id, source, title, known));
    }
    push_about("Summary", &portfolio.summary, known, pieces);
    for section in &portfolio.sections {
        let list = section.register.is_some().then(|| section.heading.clone());
        for piece in section.pieces.iter().filter(|piece| piece.is_told()) {
            let leaving = LeavingPiece::new(Some(piece.id.clone()), list.clone(), piece.title());
            pieces.push(leaving.with_texts_of(&mut piece.clone(), known));
        }
    }
    for (month, said) in &portfolio.month_sentences {
        let source = month.full_name();
        pieces.push(LeavingPiece::of_text(None, &source, said, known));
    }
    for people in &portfolio.people {
        let names: Vec<&str> = people.names.iter().map(|(name, _)| name.as_str()).collect();
        let (source, names) = (&people.heading, names.join(", "));
        pieces.push(LeavingPiece::of_text(None, source, &names, known));
    }
    for scale in &portfolio.scales {
        let weeks = scale.weeks.iter().filter(|(_, degree)| degree.is_some());
        let said = counted_noun(weeks.count(), "week");
        let (id, source) = (Some(scale.id.clone()), Some(scale.heading.clone()));
        pieces.push(LeavingPiece::new(id, source, &format!("Chart of {said}")));
    }
}

impl LeavingPiece {
    fn new(id: Option<Id>, source: Option<String>, title: &str) -> Self {
        Self {
            id,
            source,
            title: title.to_owned(),
            names: Vec::new(),
            links: Vec::new(),
        }
    }

    /// A piece that is one text.
    fn of_text(id: Option<Id>, source: &str, text: &str, known: &KnownNames) -> Self {
        let mut piece = Self::new(id, Some(source.to_owned()), text);
        piece.add(text, known);
        piece
    }

    fn with_texts_of(mut self, texts: &mut impl Texts, known: &KnownNames) -> Self {
        texts.visit_texts(&mut |text| self.add(text, known));
        self
    }

    /// Adds who and what is named in a text, each once.
    fn add(&mut self, text: &str, known: &KnownNames) {
        for (found, all) in [
            (known.in_text(text), &mut self.names),
            (links_in(text), &mut self.links),
        ] {
            for one in found {
                if all.iter().all(|other| other != one) {
                    all.push(one.to_owned());
                }
            }
        }
    }
}
