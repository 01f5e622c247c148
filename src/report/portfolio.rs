//! The portfolio: what somebody puts before whoever decides about their promotion.
//!
//! [`Portfolio::gather`] chooses what stands in it, from evidence and from what was decided about
//! single entries; it is written as Markdown, as a page of HTML or as JSON. Which registers and
//! pictures belong in it is said by the practices; nothing of a private one ever does. Knows no
//! file and no clock.

mod chart;
mod evidence;
mod gather;
mod html;
mod json;
mod markdown;
mod palette;
mod text;

use chrono::NaiveDate;

use super::story::Story;
use crate::calendar::{Month, Span, Week};
use crate::journal::{Figures, Id, Moved};

pub use gather::whole;

/// Everything that stands in a portfolio, and what could. Its words are as stored.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Portfolio {
    /// The stretch of time it is about.
    pub span: Span,
    /// The last day that counts: the span's last one, or today while it is still going on.
    pub until: NaiveDate,
    /// Who it is about, by what it is called: their role, their core function.
    pub about: Vec<(String, String)>,
    /// The figures over the span.
    pub figures: Figures,
    /// The commitments, then a section for each register, in the order of their practices; those of
    /// practices with a scale come last, beside it.
    pub sections: Vec<Section>,
    /// Who was helped, by what stands in the sections.
    pub people: Vec<Names>,
    /// Scales over the weeks of the span.
    pub lines: Vec<Scale>,
    /// What was kept and solved in each month of the span, oldest first.
    pub months: Vec<MonthFigures>,
}

/// One part of a portfolio.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Section {
    /// Its heading.
    pub heading: String,
    /// The id of the register its pieces are in; none for commitments.
    pub register: Option<String>,
    /// Whether its pieces say so little that each has room on a line or two.
    pub is_brief: bool,
    /// What stands in it and what could, the latest first, evidence before the rest.
    pub pieces: Vec<Piece>,
    /// How what stands in it is spread over the choices of a field.
    pub spreads: Vec<Spread>,
}

/// One entry in a section.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Piece {
    /// The entry.
    pub id: Id,
    /// The day it stands under.
    pub day: NaiveDate,
    /// How far it is, in a word or two; may be empty.
    pub state: String,
    /// Whether it is evidence by itself.
    pub is_evidence: bool,
    /// Whether it stands in the portfolio: because it is evidence, or because somebody said so.
    pub is_in: bool,
    /// What it says.
    pub told: Told,
}

/// What a piece says.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Told {
    /// A commitment.
    Commitment(Pledge),
    /// An item.
    Item(Story),
}

/// A commitment as it is told to others.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Pledge {
    /// What better looked like.
    pub better: String,
    /// The area it is about; may be empty.
    pub area: String,
    /// The day it was first due.
    pub first_due: NaiveDate,
    /// How its day was moved, if it was.
    pub moved: Option<Moved>,
    /// The line of evidence; may be empty.
    pub evidence: String,
}

/// How pieces are spread over the choices of a field.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Spread {
    /// Its heading.
    pub heading: String,
    /// The choices in their order, each with the titles of the pieces that name it.
    pub rows: Vec<(String, Vec<String>)>,
}

/// Names, and how often each is mentioned, the most often first.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Names {
    /// Their heading.
    pub heading: String,
    /// The names.
    pub names: Vec<(String, usize)>,
}

/// A scale over weeks.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Scale {
    /// Its heading.
    pub heading: String,
    /// The degrees by name, the lowest first.
    pub degrees: Vec<String>,
    /// A degree for each week, from 0; none where there was no answer.
    pub weeks: Vec<(Week, Option<usize>)>,
}

/// What was kept and solved in the days of a month that lie in the span.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct MonthFigures {
    /// The month.
    pub month: Month,
    /// How many commitments were kept.
    pub kept: usize,
    /// How many were missed.
    pub missed: usize,
    /// How many problems were solved.
    pub solved: usize,
}

impl Portfolio {
    /// The figures, each a number and what it is of: "16 of 19", "commitments kept".
    #[must_use]
    pub fn glance(&self) -> Vec<(String, String)> {
        text::glance(self)
    }

    /// Whether nothing stands in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.sections.iter().all(|section| section.shown() == 0)
    }
}

impl Section {
    /// Its pieces that stand in the portfolio.
    pub fn pieces_in(&self) -> impl Iterator<Item = &Piece> {
        self.pieces.iter().filter(|piece| piece.is_in)
    }

    /// How many of its pieces stand in the portfolio.
    #[must_use]
    pub fn shown(&self) -> usize {
        self.pieces_in().count()
    }

    /// How many of its pieces are evidence by themselves.
    #[must_use]
    pub fn evidence(&self) -> usize {
        let pieces = self.pieces.iter();
        pieces.filter(|piece| piece.is_evidence).count()
    }
}

impl Piece {
    /// What it is called.
    #[must_use]
    pub fn title(&self) -> &str {
        match &self.told {
            Told::Commitment(pledge) => &pledge.better,
            Told::Item(story) => &story.title,
        }
    }
}
