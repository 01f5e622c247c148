//! The portfolio: evidence for the people who decide on a promotion.
//!
//! [`Portfolio::gather`] chooses what it includes, from evidence and from choices about single
//! entries. The practices declare which registers and charts belong in it; private practices never
//! do. Knows no output format, no file and no clock.

mod agenda;
mod audience;
mod bullets;
mod first_page;
mod gather;
mod sheet;
mod talk_page;
mod texts;
mod together;

use chrono::NaiveDate;

use super::figures::Figures;
use super::public_page::PublicPage;
use crate::calendar::{Month, Span, Week};
use crate::journal::{Commitment, CommitmentOutcome, DueShift, Id, Inclusion, OffDays};
use crate::text::first_sentence;

pub use agenda::{agenda_answers, last_talk};
pub use audience::Audience;
pub(super) use bullets::{evidence_sentence, item_result};
pub use first_page::{MOST_RESULTS, PieceGroup, PiecePlace, ResultOutcome, Shift};
pub use gather::{full_span, portfolio_scale, responsibility_register};
pub use sheet::{LineDay, Sheet, SheetLine, SheetPart, SheetSection, SheetSubject};
pub use talk_page::{LeavingPiece, PageSubject, TalkPage};

/// Everything that a portfolio includes, and what it could. Its text is as stored, but without the `@`
/// before names.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Portfolio {
    pub span: Span,
    /// The first day that counts: the span's first one, or the day the journal began, if that is later.
    pub first: NaiveDate,
    /// The last day that counts: the span's last one, or today if the span is not over.
    pub until: NaiveDate,
    /// The name of the person it is about; may be empty.
    pub name: String,
    /// Who they are, by label: their role, their core function.
    pub about: Vec<(String, String)>,
    /// What they chose to own beyond their role: each entry with its title.
    pub responsibilities: Vec<(Id, String)>,
    /// What they did and what it changed, in their own words; may be empty.
    pub summary: String,
    pub figures: Figures,
    /// A section for each register, the heaviest first, and the commitments at the end.
    pub sections: Vec<PortfolioSection>,
    /// Who was helped, according to the sections.
    pub people: Vec<PeopleCounts>,
    /// Scales over the weeks of the span.
    pub scales: Vec<ScaleByWeek>,
    /// What was kept and solved in each month of the span, oldest first.
    pub months: Vec<MonthFigures>,
    /// What the months were about, in the user's own words, oldest first.
    pub month_sentences: Vec<(Month, String)>,
}

/// One part of a portfolio.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PortfolioSection {
    pub heading: String,
    /// What its number is called.
    pub counted: String,
    /// The id of the register its pieces are in; `None` for commitments.
    pub register: Option<String>,
    /// Whether each of its pieces fits on a line or two.
    pub is_brief: bool,
    /// What it includes and what it could: evidence first, then as the user placed it, then by weight.
    pub pieces: Vec<Piece>,
    /// How the included pieces are spread over the choices of a field.
    pub spreads: Vec<ChoiceCounts>,
}

/// One entry in a section.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Piece {
    pub id: Id,
    /// Its day in the portfolio.
    pub day: NaiveDate,
    /// Its stage or outcome, in a word or two; may be empty.
    pub state: String,
    /// Whether it is evidence by itself.
    pub is_evidence: bool,
    /// Whether it is included: because it is evidence, or because the user chose so.
    pub is_included: bool,
    /// What the user chose, if anything.
    pub choice: Option<Inclusion>,
    /// Its place among the others by the user's choice, lowest first.
    pub place: Option<u32>,
    pub weight: PieceWeight,
    pub progress: PieceProgress,
    pub body: PieceBody,
}

/// How far a piece is, beside being evidence or not.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum PieceProgress {
    /// As far as it goes.
    Ended,
    /// It is evidence, and has only begun: a skill that is still being learned.
    Beginning,
    /// It is no evidence yet, and worth mentioning already.
    OnItsWay,
}

/// How much a piece says for its author; more is greater.
#[derive(Clone, Copy, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
pub struct PieceWeight {
    /// Whether numbers say what changed.
    pub is_measured: bool,
    /// The weight of its register; 0 for a commitment.
    pub register: u32,
    /// Whether it is in its last stage: results shared, a system live.
    pub is_finished: bool,
}

/// The content of a piece.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum PieceBody {
    Commitment(PublicCommitment),
    Item(PublicPage),
}

/// A commitment as others read it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PublicCommitment {
    /// What better looked like.
    pub better: String,
    /// May be empty.
    pub area: String,
    /// The day it was first due, or the first day back if that was off.
    pub first_due: NaiveDate,
    pub moved: Option<DueShift>,
    /// How it ended; `None` while it is open.
    pub how: Option<CommitmentOutcome>,
    /// The line of evidence; may be empty.
    pub evidence: String,
    /// Its first sentence.
    pub result: String,
}

/// How pieces are spread over the choices of a field.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ChoiceCounts {
    pub heading: String,
    /// The choices in their order, each with the titles of the pieces that name it.
    pub rows: Vec<(String, Vec<String>)>,
}

/// Names, and how often each is mentioned, most often first.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PeopleCounts {
    pub heading: String,
    pub names: Vec<(String, usize)>,
}

/// A scale over weeks.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ScaleByWeek {
    /// What a choice about it is about: its step, in no period.
    pub id: Id,
    pub heading: String,
    /// The degrees by name, lowest first.
    pub degrees: Vec<String>,
    /// The degree of each week, from 0; `None` without an answer.
    pub weeks: Vec<(Week, Option<usize>)>,
}

/// What was kept and solved in the days of a month that are in the span.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct MonthFigures {
    pub month: Month,
    pub kept: usize,
    pub missed: usize,
    /// How many problems were solved.
    pub solved: usize,
}

impl PublicCommitment {
    /// A commitment as others read it, without checking whether they may.
    pub(super) fn new(commitment: &Commitment, off: &OffDays) -> Self {
        let closing = commitment.closing.as_ref();
        let evidence = closing.map_or("", |closing| &closing.evidence);
        Self {
            better: commitment.better.clone(),
            area: commitment.area.clone(),
            first_due: off.first_due_day(commitment),
            moved: commitment.due_shift(),
            how: closing.map(|closing| closing.how),
            evidence: evidence.to_owned(),
            result: first_sentence(evidence),
        }
    }
}

impl Portfolio {
    /// Whether no piece is included.
    pub fn is_empty(&self) -> bool {
        self.included_pieces().next().is_none()
    }

    /// The pieces that are included, each with its section.
    fn included_pieces(&self) -> impl Iterator<Item = (&PortfolioSection, &Piece)> {
        self.sections.iter().flat_map(|section| {
            let pieces = section.included_pieces();
            pieces.map(move |piece| (section, piece))
        })
    }
}

impl PortfolioSection {
    /// The pieces that are included.
    pub fn included_pieces(&self) -> impl Iterator<Item = &Piece> {
        self.pieces.iter().filter(|piece| piece.is_included)
    }

    /// How many of its pieces are included.
    pub fn included_count(&self) -> usize {
        self.included_pieces().count()
    }

    /// How many of its pieces are evidence by themselves.
    pub fn evidence_count(&self) -> usize {
        self.pieces.iter().filter(|piece| piece.is_evidence).count()
    }
}

impl Piece {
    pub fn title(&self) -> &str {
        match &self.body {
            PieceBody::Commitment(commitment) => &commitment.better,
            PieceBody::Item(story) => &story.title,
        }
    }
}
