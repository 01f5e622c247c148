//! The tables of `leadby export csv`: their rows go back to the list they came from, under their ids.

use chrono::NaiveDate;

use super::{Content, ImportedEntry, Now, Reading, Written};
use crate::calendar::parse_iso_date;
use crate::journal::{
    Answer, Body, Commitment, CommitmentOutcome, DatedLine, Id, Inclusion, Item, Period,
    PortfolioChoice, Value,
};
use crate::practice::{Catalog, FieldKind, ORIGIN_KEY, Register};

/// Which table it is.
pub(super) enum ExportedTable<'a> {
    Commitments,
    Answers,
    Choices,
    Items(&'a Register),
    /// Items of lists that no practice had any more.
    UnknownItems,
}

impl<'a> ExportedTable<'a> {
    /// The table with these columns, if leadby writes it.
    pub(super) fn of(columns: &[String], catalog: &'a Catalog) -> Option<Self> {
        let has = |name: &str| columns.iter().any(|column| column == name);
        if !has("id") || !has("written") {
            return None;
        }
        if has("better") && has("first_due") {
            return Some(Self::Commitments);
        }
        if has("period") && has("question") && has("answer") {
            return Some(Self::Answers);
        }
        if has("entry") && has("portfolio") && has("refused") {
            return Some(Self::Choices);
        }
        let fits = |register: &&Register| {
            let fields = register.fields.iter().map(|field| &field.id);
            let stages = register.stages.iter().map(|stage| &stage.id);
            let mut names = fields.chain(stages);
            let number = register.fields.len() + register.stages.len();
            columns.len() == number + 5
                && names.all(|name| has(name) || has(&format!("field-{name}")))
        };
        let is_unknown = columns.len() == 5 && ["register", "name", "value"].map(has) == [true; 3];
        let items = catalog.registers().find(fits).map(Self::Items);
        items.or(is_unknown.then_some(Self::UnknownItems))
    }

    pub(super) fn read_row(
        &self,
        (cells, separator): (&[(&str, &str)], char),
        line: usize,
        catalog: &Catalog,
        now: Now,
        reading: &mut Reading,
    ) {
        let cell = |name: &str| {
            let found = cells.iter().find(|(column, _)| *column == name);
            found
                .map(|(_, cell)| armed(cell, separator))
                .unwrap_or_default()
        };
        let body = match self {
            Self::Commitments => commitment(&cell).map(Body::Commitment),
            Self::Answers => answer(&cell, catalog).map(Body::Answer),
            Self::Choices => choice(&cell).map(Body::Choice),
            Self::Items(register) => Some(Body::Item(item(register, &cell))),
            Self::UnknownItems => return reading.leave_out(line, "of a list that is not known"),
        };
        let id = cell("id");
        match body {
            Some(body) if !id.is_empty() => {
                let written = parse_iso_date(&cell("written"));
                let written = written.and_then(|day| Written::local(day, None, now));
                let what = Content::Own(Id::new(id), body);
                reading.pieces.push(ImportedEntry { written, what });
            }
            _ => reading.leave_out(line, "not a row that leadby wrote"),
        }
    }
}

/// Whether a character ends a part of a cell; a `'` keeps a spreadsheet from running each part.
fn ends_part(character: char, separator: char) -> bool {
    match character {
        ',' | '\t' => character != separator,
        _ => matches!(character, ';' | '|' | '\n'),
    }
}

/// A cell without the `'` that keeps a spreadsheet from running it, in each of its parts.
fn armed(cell: &str, separator: char) -> String {
    let parts = cell.split_inclusive(|it| ends_part(it, separator));
    let part = |part: &str| part.strip_prefix('\'').unwrap_or(part).to_owned();
    parts.map(part).collect()
}

fn commitment(cell: &dyn Fn(&str) -> String) -> Option<Commitment> {
    let day = |name: &str| parse_iso_date(&cell(name));
    let (due, first) = (day("due")?, day("first_due")?);
    let mut commitment = Commitment {
        better: Some(cell("better")).filter(|it| !it.trim().is_empty())?,
        area: cell("area"),
        due: first,
        made: day("made")?,
        moves: Vec::new(),
        closing: None,
        origin: Some(cell("origin"))
            .filter(|it| !it.is_empty())
            .map(Id::new),
    };
    for line in cell("moves").lines() {
        match (moved(line), commitment.moves.last_mut()) {
            (Some((on, to, why)), _) => commitment.move_to(to, on, why),
            // It goes on with the reason of the move before.
            (None, Some(last)) => last.why.push_str(&format!("\n{line}")),
            (None, None) => return None,
        }
    }
    commitment.due = due;
    if let Some(outcome) = CommitmentOutcome::from_id(&cell("state")) {
        commitment.close(outcome, day("closed")?, cell("evidence"));
    }
    Some(commitment)
}

/// "2026-11-13: 2026-11-13 → 2026-11-20, Ben was ill": the day it was moved, the new day and why.
fn moved(line: &str) -> Option<(NaiveDate, NaiveDate, &str)> {
    let (days, why) = line.split_once(", ").unwrap_or((line, ""));
    let (on, days) = days.split_once(": ")?;
    let (_, to) = days.split_once(" → ")?;
    Some((parse_iso_date(on)?, parse_iso_date(to)?, why))
}

fn answer(cell: &dyn Fn(&str) -> String, catalog: &Catalog) -> Option<Answer> {
    let (practice, step) = (cell("practice"), cell("step"));
    let kind = catalog.step(&practice, &step)?.answer_kind()?;
    Some(Answer {
        period: period(&cell("period")),
        value: value(&cell("answer"), kind),
        practice,
        step,
    })
}

fn choice(cell: &dyn Fn(&str) -> String) -> Option<PortfolioChoice> {
    let portfolio = cell("portfolio");
    let ids = |name: &str| {
        let text = cell(name);
        let ids = text.split(", ").filter(|id| !id.is_empty());
        ids.map(str::to_owned).collect()
    };
    Some(PortfolioChoice {
        entry: Some(Id::new(cell("entry"))).filter(|id| !id.as_str().is_empty())?,
        portfolio: Inclusion::ALL.into_iter().find(|it| it.id() == portfolio),
        place: cell("place").parse().ok(),
        ladder: ids("ladder"),
        refused: ids("refused"),
    })
}

/// A week or a month; what is answered for good has neither.
fn period(text: &str) -> Period {
    let week = text.parse().map(Period::Week);
    week.or_else(|_| text.parse().map(Period::Month))
        .unwrap_or(Period::Standing)
}

fn item(register: &Register, cell: &dyn Fn(&str) -> String) -> Item {
    let mut item = Item::new(&register.id);
    let named = |name: &str| match cell(&format!("field-{name}")) {
        taken if taken.is_empty() => cell(name),
        taken => taken,
    };
    for field in &register.fields {
        item.set(&field.id, value(&named(&field.id), &field.kind));
    }
    for stage in &register.stages {
        item.set(&stage.id, Value::Text(named(&stage.id)));
    }
    item.set(ORIGIN_KEY, Value::Text(cell(ORIGIN_KEY)));
    item
}

/// The value that a cell shows: choices by their labels, lines of a log with their days.
pub(super) fn value(text: &str, kind: &FieldKind) -> Value {
    let id = |label: &str| {
        let label = label.trim();
        let choice = kind.choices().iter().find(|choice| choice.label == label);
        choice.map_or(label, |choice| &choice.id).to_owned()
    };
    match kind {
        FieldKind::Checklist(_) | FieldKind::Choices(_) if !text.is_empty() => {
            Value::List(text.split(", ").map(id).collect())
        }
        FieldKind::Choice(_) | FieldKind::Scale(_) => Value::Text(id(text)),
        FieldKind::Log if !text.is_empty() => {
            let mut log: Vec<DatedLine> = Vec::new();
            for line in text.lines() {
                let (first, rest) = line.split_once(' ').unwrap_or((line, ""));
                match (parse_iso_date(first), log.last_mut()) {
                    (Some(on), _) => log.push(DatedLine {
                        on,
                        text: rest.trim_start().to_owned(),
                    }),
                    // It goes on with the text of the line before.
                    (None, Some(last)) => last.text.push_str(&format!("\n{line}")),
                    (None, None) => {}
                }
            }
            Value::Log(log)
        }
        _ => Value::from(text),
    }
}
