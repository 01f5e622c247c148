//! The journal for other programs: a calendar, tables, Markdown.
//!
//! Each export is an iterator of pieces of text, so that even a large journal is never in memory
//! twice. The complete copy as JSON, which can be imported, is the store's: it knows the format.

mod ics;
mod markdown;
mod table;

pub use ics::ics_calendar;
pub use markdown::journal_markdown;
pub use table::{ExportTable, Separator, tables};

use chrono::NaiveDate;

use crate::calendar::Span;
use crate::journal::{Entry, Id, Journal};
use crate::practice::Catalog;

/// Which part of a journal is exported.
#[derive(Clone, Copy, Debug)]
pub struct ExportScope<'a> {
    pub journal: &'a Journal,
    /// The practices in use.
    pub catalog: &'a Catalog,
    /// The days that are exported, by the [day](Journal::listed_day) of an entry.
    pub span: Option<Span>,
    /// Whether private entries are included.
    pub include_private: bool,
}

impl<'a> ExportScope<'a> {
    /// Whether an entry is exported.
    pub fn includes(&self, entry: &Entry) -> bool {
        (self.include_private || !self.is_private(entry)) && self.is_in_span(entry)
    }

    /// Whether the entry that another one came from may be named: a note of the inbox is private,
    /// also where what it was placed as is not.
    fn names_origin(&self, origin: &Id) -> bool {
        let entry = self.journal.current(origin);
        self.include_private || !entry.is_some_and(|entry| self.is_private(entry))
    }

    /// How many entries are left out because they are private.
    pub fn private_count(self) -> usize {
        self.private_entries().count()
    }

    /// How many of these are what [`ics_calendar`] would have.
    pub fn private_event_count(self, all: bool) -> usize {
        let private = self.private_entries();
        private.filter(|entry| ics::is_event(entry, all)).count()
    }

    /// The private entries that are left out.
    fn private_entries(self) -> impl Iterator<Item = &'a Entry> {
        let entries = self
            .journal
            .entries()
            .filter(move |_| !self.include_private);
        entries.filter(move |entry| self.is_private(entry) && self.is_in_span(entry))
    }

    /// The entries that are exported, in the order of their ids.
    fn entries(self) -> impl Iterator<Item = &'a Entry> {
        let entries = self.journal.entries();
        entries.filter(move |entry| self.includes(entry))
    }

    fn day(&self, entry: &Entry) -> NaiveDate {
        self.journal.listed_day(entry, self.catalog)
    }

    fn is_in_span(&self, entry: &Entry) -> bool {
        self.span.is_none_or(|span| span.contains(self.day(entry)))
    }

    fn is_private(&self, entry: &Entry) -> bool {
        self.journal.is_private(entry, self.catalog)
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::*;
    use crate::journal::{Answer, Body, Change, Commitment, Id, Item, Period, Value};
    use crate::practice::parse;

    /// A journal with something private, and what was made from it.
    fn journal() -> Journal {
        let mut journal = samples::journal();
        let answer = Answer::new(Period::Standing, "mine", "fear", Value::from("secret"));
        let Change { id, body, .. } = answer.into_change();
        let id = id.expect("an answer has one");
        journal.insert(samples::entry(id.as_str(), body));
        let note = Item::of_texts("notes", [("title", "secret")]);
        journal.insert(samples::entry("note", Body::Item(note)));
        let became = Item::of_texts("problems", [("title", "secret"), ("from", "note")]);
        journal.insert(samples::entry("problem", Body::Item(became)));
        let commitment = Commitment {
            origin: Some(Id::new("problem")),
            ..samples::commitment("secret", "2026-11-27")
        };
        journal.insert(samples::entry("commitment", Body::Commitment(commitment)));
        journal
    }

    const MINE: &str = r#"
        id = "mine"
        order = 9
        name = "Mine"
        title = "Mine"
        intro = "For me."
        cadence = "standing"
        private = true
        [[steps]]
        id = "fear"
        label = "Fear"
        prompt = "What do I fear?"
        kind = "prose"
        [[registers]]
        id = "notes"
        name = "Notes"
        singular = "note"
        about = "Mine."
        example = "x"
        fields = [{ id = "title", label = "Title", kind = "line" }]
    "#;

    fn catalog() -> Catalog {
        let mut practices = samples::catalog().practices().to_vec();
        practices.push(parse("mine", MINE).expect("a practice"));
        Catalog::new(practices)
    }

    #[test]
    fn what_is_private_and_what_came_of_it_stays_behind() {
        let journal = journal();
        // An unknown practice is treated like a private one.
        for catalog in [catalog(), samples::catalog()] {
            let mut scope = ExportScope {
                journal: &journal,
                catalog: &catalog,
                span: None,
                include_private: false,
            };
            assert_eq!(scope.private_count(), 4);
            assert_eq!(
                scope.entries().count(),
                samples::journal().entries().count()
            );
            let tables = tables(scope);
            let rows = tables
                .iter()
                .flat_map(|table| table.csv_rows(scope, Separator::Comma));
            let all: String = rows
                .chain(ics_calendar(scope, true))
                .chain(journal_markdown(scope))
                .collect();
            assert!(!all.contains("secret"), "{all}");
            scope.include_private = true;
            assert_eq!(scope.private_count(), 0);
            assert_eq!(scope.entries().count(), journal.entries().count());
        }
    }
}
