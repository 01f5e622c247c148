//! A page of headed lines, made for one kind of reader: for a résumé, for a talk, about a person.
//!
//! Only what it says; knows no output format, and not how its lines are chosen.

use chrono::NaiveDate;

use crate::journal::{DueShift, Id};

/// A page of headed lines. Its text is as stored.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Sheet {
    pub subject: SheetSubject,
    /// The name of who wrote it, where the page begins with it; may be empty.
    pub name: String,
    /// Who wrote it, by label: their role, their core function.
    pub about: Vec<(String, String)>,
    /// The first day that counts.
    pub first: NaiveDate,
    /// The last day that counts.
    pub until: NaiveDate,
    /// Never empty ones.
    pub sections: Vec<SheetSection>,
}

/// What a page is about.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum SheetSubject {
    /// Results, a line each.
    Bullets,
    /// The next talk, and the day of the last one.
    Agenda { last: Option<NaiveDate> },
    /// The work with a person, by the name they go by.
    Person(String),
}

/// Lines that have something in common.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SheetSection {
    pub part: SheetPart,
    pub lines: Vec<SheetLine>,
}

/// What the lines of a section have in common.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum SheetPart {
    /// What was done and what came of it.
    Results,
    /// What is promised and not over yet.
    Promised,
    /// What was begun.
    UnderWay,
    /// What the user needs.
    Needs,
    /// What the user wants others to see.
    ToShow,
    /// What is not over yet between the user and someone.
    Open,
    /// What was done together.
    Together,
    /// What someone else said, in their words.
    Said,
}

/// One line, from one entry.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SheetLine {
    pub id: Id,
    /// The name of the list it is in; `None` for a commitment.
    pub list: Option<String>,
    /// May be empty, if the text says it all.
    pub title: String,
    /// More of it, in a sentence; may be empty.
    pub text: String,
    /// What changed, in numbers; may be empty.
    pub number: String,
    /// Its stage or outcome, in a word or two; may be empty.
    pub state: String,
    pub day: LineDay,
    /// The days a commitment was due before it was moved, the first one first.
    pub due_before: Vec<NaiveDate>,
    /// Who said the title, if it is in someone else's words.
    pub said_by: Option<String>,
}

/// The day of a line.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum LineDay {
    None,
    /// The day something was done.
    Done(NaiveDate),
    /// The day since when something is in its state.
    Since(NaiveDate),
    /// The day something is due, the first such day, and how it was moved from there.
    Due {
        day: NaiveDate,
        first: NaiveDate,
        moved: Option<DueShift>,
    },
}

impl Sheet {
    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        self.sections.is_empty()
    }

    /// Adds a section, unless it has no lines.
    pub(super) fn push(&mut self, part: SheetPart, lines: Vec<SheetLine>) {
        if !lines.is_empty() {
            self.sections.push(SheetSection { part, lines });
        }
    }
}
