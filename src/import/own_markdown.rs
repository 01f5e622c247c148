//! What `leadby export md` writes, read back by the names of its questions, lists and fields.
//!
//! It has no ids: an entry is known again by what it is about, and what it came from is not kept.
//! `report/export/markdown.rs` writes it; `tests/cli/importing.rs` tests that it is read back.

use std::collections::HashSet;

use chrono::NaiveDate;

use super::markdown_labels::{
    AREA, DUE, EVIDENCE, KIND, MADE, MOVED, ORIGIN, STANDING, STATE, TITLE,
};
use super::own_tables::value;
use super::{Content, ImportedEntry, Now, Reading, Written};
use crate::calendar::{Month, Week, parse_long_date};
use crate::journal::{Answer, Body, Commitment, CommitmentOutcome, Id, Item, Period, Value};
use crate::practice::{Catalog, FieldKind, Practice, Register};

/// A question or an entry, with what stands below it.
#[derive(Default)]
struct MarkdownBlock {
    line: usize,
    title: String,
    is_answer: bool,
    /// Each with its line: "Due: 27 November 2026".
    facts: Vec<(usize, String)>,
    /// Quoted texts, by the label above each; the first of an answer has none.
    quotes: Vec<(String, String)>,
}

pub(super) fn read(text: &str, catalog: &Catalog, now: Now, reading: &mut Reading) {
    let mut reader = Reader {
        catalog,
        now,
        reading,
        period: None,
        presets: HashSet::new(),
        section: String::new(),
        block: None,
    };
    for (number, line) in (1..).zip(text.lines()) {
        reader.read_line(number, line);
    }
    reader.finish();
}

struct Reader<'a> {
    catalog: &'a Catalog,
    now: Now,
    reading: &'a mut Reading,
    /// What the entries are about or of; `None` before the first heading of one.
    period: Option<Period>,
    /// The presets that were read.
    presets: HashSet<Id>,
    /// Commitments, or a practice.
    section: String,
    block: Option<MarkdownBlock>,
}

impl<'a> Reader<'a> {
    fn read_line(&mut self, number: usize, line: &str) {
        let begins = |title: String, is_answer| {
            Some(MarkdownBlock {
                line: number,
                title,
                is_answer,
                ..MarkdownBlock::default()
            })
        };
        let question = line.strip_prefix("**").and_then(|it| it.strip_suffix("**"));
        if let Some(title) = line.strip_prefix("#### ") {
            self.finish();
            self.block = begins(plain(title), false);
        } else if let Some(name) = line.strip_prefix("### ") {
            self.finish();
            self.section = plain(name);
        } else if let Some(heading) = line.strip_prefix("## ") {
            self.finish();
            self.period = period(heading);
            if self.period.is_none() {
                self.reading.leave_out(number, "not a week or a month");
            }
        } else if let Some(label) = question {
            match &mut self.block {
                Some(block) if !block.is_answer => {
                    block.quotes.push((plain(label), String::new()));
                }
                _ => {
                    self.finish();
                    self.block = begins(plain(label), true);
                }
            }
        } else if let (Some(rest), Some(block)) = (line.strip_prefix('>'), &mut self.block) {
            if block.quotes.is_empty() {
                block.quotes.push(Default::default());
            }
            if let Some((_, quote)) = block.quotes.last_mut() {
                quote.push_str(&quoted(rest));
                quote.push('\n');
            }
        } else if let (Some(fact), Some(block)) = (line.strip_prefix("- "), &mut self.block) {
            block.facts.push((number, plain(fact)));
        } else if !line.trim().is_empty() && line != TITLE {
            self.reading
                .leave_out(number, "not a line that leadby wrote");
        }
    }

    /// Takes what was read of the block that ends here.
    fn finish(&mut self) {
        let Some(mut block) = self.block.take() else {
            return;
        };
        for (_, quote) in &mut block.quotes {
            quote.truncate(quote.trim_end().len());
        }
        let first = block.facts.first();
        let kind = first.and_then(|(_, fact)| after_label(fact, KIND));
        let read = self.period.and_then(|period| match kind {
            _ if block.is_answer => self.answer(&block, period),
            Some(kind) => Some(self.item(&block, kind, period)),
            None => commitment(&block),
        });
        let Some((what, day)) = read else {
            let why = "not an entry that leadby wrote";
            self.reading.leave_out(block.line, why);
            return;
        };
        // It is the last one.
        let last = block.facts.last();
        if let Some((line, _)) = last.filter(|(_, fact)| after_label(fact, ORIGIN).is_some()) {
            let why = "what it came from; its words do not say which entry that was";
            self.reading.leave_out(*line, why);
        }
        let written = day.min(Some(self.now.today()));
        let written = written.and_then(|day| Written::local(day, None, self.now));
        self.reading.pieces.push(ImportedEntry { written, what });
    }

    fn practice(&self) -> Option<&'a Practice> {
        let mut practices = self.catalog.practices().iter();
        practices.find(|practice| practice.name == self.section)
    }

    fn answer(
        &self,
        block: &MarkdownBlock,
        period: Period,
    ) -> Option<(Content, Option<NaiveDate>)> {
        let (_, words) = block.quotes.first()?;
        let known = self.practice().and_then(|practice| {
            let mut steps = practice.steps.iter();
            let step = steps.find(|step| step.prompt == block.title)?;
            let value = value(words, step.answer_kind()?);
            Some((&practice.id, &step.id, value))
        });
        let (practice, step, value) = match known {
            Some((practice, step, value)) => (practice.clone(), step.clone(), value),
            None => {
                let (practice, step) = block.title.split_once('/')?;
                let value = Value::Text(words.clone());
                (practice.to_owned(), step.to_owned(), value)
            }
        };
        let id = Id::answer(period, &practice, &step);
        let answer = Answer::new(period, practice, step, value);
        Some((Content::Own(id, Body::Answer(answer)), last_day(period)))
    }

    fn item(
        &mut self,
        block: &MarkdownBlock,
        kind: &str,
        period: Period,
    ) -> (Content, Option<NaiveDate>) {
        let registers = self.practice().map(|practice| &practice.registers);
        let mut registers = registers.into_iter().flatten();
        let register = registers.find(|register| register.singular == kind);
        let mut item = Item::new(register.map_or(kind, |register| &register.id));
        item.set("title", Value::Text(block.title.clone()));
        for (line, fact) in block.facts.iter().skip(1) {
            if !set_fact(&mut item, register, fact) {
                self.reading.leave_out(*line, "not a day");
            }
        }
        for (label, text) in &block.quotes {
            set_field(&mut item, register, label, text);
        }
        let presets = register.map(|register| &register.presets);
        let mut presets = presets.into_iter().flatten();
        let preset = presets.find(|preset| preset.title == block.title);
        let preset = preset.map(|preset| Id::preset(&item.register, &preset.id));
        let what = match preset.filter(|id| self.presets.insert(id.clone())) {
            Some(id) => Content::Own(id, Body::Item(item)),
            None => {
                let key = format!("{} {}", item.register, block.title);
                Content::Known(key, Body::Item(item))
            }
        };
        (what, last_day(period))
    }
}

/// Sets what a fact says: the day of a stage, or a field. Returns whether that can be.
fn set_fact(item: &mut Item, register: Option<&Register>, fact: &str) -> bool {
    let mut stages = register.into_iter().flat_map(|it| &it.stages);
    let stage = stages.find_map(|stage| Some((stage, after_label(fact, &stage.name)?)));
    if let Some((stage, day)) = stage
        && let Some(on) = parse_long_date(day)
    {
        item.set_reached(&stage.id, on);
        return true;
    }
    // A label may have a colon in it.
    let fields = register.into_iter().flat_map(|it| &it.fields);
    let named = fields.filter_map(|field| Some((&*field.label, after_label(fact, &field.label)?)));
    match named.max_by_key(|(label, _)| label.len()) {
        Some((label, text)) => set_field(item, register, label, text),
        None if stage.is_some() => return false,
        None => {
            let (label, text) = fact.split_once(": ").unwrap_or((fact, ""));
            if label != ORIGIN {
                set_field(item, register, label, text);
            }
        }
    }
    true
}

/// Sets the field with this label; without one, what the label is itself.
fn set_field(item: &mut Item, register: Option<&Register>, label: &str, text: &str) {
    let mut fields = register.into_iter().flat_map(|it| &it.fields);
    match fields.find(|field| field.label == label) {
        Some(field) => {
            let is_day = matches!(field.kind, FieldKind::Date | FieldKind::NearDate);
            let day = parse_long_date(text).filter(|_| is_day);
            let day = day.map(|day| Value::Text(day.to_string()));
            item.set(&field.id, day.unwrap_or_else(|| value(text, &field.kind)));
        }
        None => item.set(label, Value::from(text)),
    }
}

/// What a fact says under this label.
fn after_label<'a>(fact: &'a str, label: &str) -> Option<&'a str> {
    fact.strip_prefix(label)?.strip_prefix(": ")
}

/// A day of the period that an entry is under.
fn last_day(period: Period) -> Option<NaiveDate> {
    match period {
        Period::Standing => None,
        Period::Month(month) => Some(month.last()),
        Period::Week(week) => Some(week.sunday()),
    }
}

fn commitment(block: &MarkdownBlock) -> Option<(Content, Option<NaiveDate>)> {
    let facts = |label: &'static str| {
        let facts = block.facts.iter();
        facts.filter_map(move |(_, fact)| after_label(fact, label))
    };
    let fact = |label| facts(label).next();
    let due = parse_long_date(fact(DUE)?)?;
    let better = match block.quotes.first() {
        Some((_, whole)) => whole,
        None => &block.title,
    };
    let mut moves = Vec::new();
    for moved in facts(MOVED) {
        let (days, why) = moved.split_once(": ").unwrap_or((moved, ""));
        let (on, days) = days.strip_prefix("on ")?.split_once(" from ")?;
        let (from, to) = days.split_once(" to ")?;
        moves.push((
            parse_long_date(on)?,
            parse_long_date(from)?,
            parse_long_date(to)?,
            why,
        ));
    }
    let made = parse_long_date(fact(MADE)?)?;
    let mut commitment = Commitment {
        better: better.clone(),
        area: fact(AREA).unwrap_or_default().to_owned(),
        due: moves.first().map_or(due, |(_, from, ..)| *from),
        made,
        moves: Vec::new(),
        closing: None,
        origin: None,
    };
    for (on, _, to, why) in moves {
        commitment.move_to(to, on, why);
    }
    commitment.due = due;
    let state = fact(STATE)?;
    if let Some((state, on)) = state.split_once(" on ") {
        let mut outcomes = CommitmentOutcome::ALL.into_iter();
        let how = outcomes.find(|outcome| outcome.name() == state)?;
        commitment.close(
            how,
            parse_long_date(on)?,
            fact(EVIDENCE).unwrap_or_default(),
        );
    }
    let key = format!("{made} {}", block.title);
    let what = Content::Known(key, Body::Commitment(commitment));
    Some((what, Some(made)))
}

/// A week or a month by its heading, and what has neither.
fn period(heading: &str) -> Option<Period> {
    if heading == STANDING {
        return Some(Period::Standing);
    }
    if let Some((_, days)) = heading.split_once(" · ") {
        let monday = days.split(" to ").next()?;
        return Some(Period::Week(Week::of(parse_long_date(monday)?)));
    }
    Some(Period::Month(Month::of(parse_long_date(&format!(
        "1 {heading}"
    ))?)))
}

/// A line of a quotation as it was typed.
fn quoted(line: &str) -> String {
    let line = line.strip_prefix(' ').unwrap_or(line);
    let line = plain(line.strip_suffix("  ").unwrap_or(line));
    let typed = line.trim_start_matches('\u{a0}');
    let blanks = (line.len() - typed.len()) / '\u{a0}'.len_utf8();
    format!("{}{typed}", " ".repeat(blanks))
}

/// Text without the backslashes that keep its signs from being Markdown; in code they are its own.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut code = None;
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        let ticks = rest.len() - rest.trim_start_matches('`').len();
        let escaped = rest[character.len_utf8()..].chars().next();
        let taken = match (character, escaped) {
            ('`', _) => {
                code = match code {
                    Some(open) if open == ticks => None,
                    Some(open) => Some(open),
                    None => Some(ticks),
                };
                ticks
            }
            ('\\', Some(sign)) if code.is_none() && sign.is_ascii_punctuation() => {
                rest = &rest[1..];
                sign.len_utf8()
            }
            _ => character.len_utf8(),
        };
        plain.push_str(&rest[..taken]);
        rest = &rest[taken..];
    }
    plain
}
