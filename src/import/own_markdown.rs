//! What `leadby export md` writes, read back by the names of its questions, lists and fields.
//!
//! It has no ids: an entry is known again by what it is about, and what it came from is not kept.
//! `report/export/markdown.rs` writes it, and has the test that it is read back.

use chrono::NaiveDate;

use super::own_tables::value;
use super::{Content, ImportedEntry, Now, Reading, Written};
use crate::calendar::{Month, Week, parse_long_date};
use crate::journal::{Answer, Body, Commitment, CommitmentOutcome, Id, Item, Period, Value};
use crate::practice::{Ask, Catalog, Practice};

/// Its first line.
pub(super) const TITLE: &str = "# Leadership journal";

/// The fact of an item that names its list.
const KIND: &str = "Kind";
/// The fact whose words do not say which entry it was.
const ORIGIN: &str = "Came from";

const OUTCOMES: [CommitmentOutcome; 3] = [
    CommitmentOutcome::Kept,
    CommitmentOutcome::Missed,
    CommitmentOutcome::LetGo,
];

/// A question or an entry, with what stands below it.
#[derive(Default)]
struct MarkdownBlock {
    line: usize,
    title: String,
    is_answer: bool,
    facts: Vec<(usize, String, String)>,
    /// Quoted texts, by the label above each; the first of an answer has none.
    quotes: Vec<(String, String)>,
}

pub(super) fn read(text: &str, catalog: &Catalog, now: Now, reading: &mut Reading) {
    let mut reader = Reader {
        catalog,
        now,
        reading,
        period: Period::Standing,
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
    period: Period,
    /// Commitments, or a practice.
    section: String,
    block: Option<MarkdownBlock>,
}

impl Reader<'_> {
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
            match period(heading) {
                Some(period) => self.period = period,
                None => self.reading.leave_out(number, "not a week or a month"),
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
        } else if let (Some((label, fact)), Some(block)) = (
            line.strip_prefix("- ").and_then(|it| it.split_once(": ")),
            &mut self.block,
        ) {
            block.facts.push((number, plain(label), plain(fact)));
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
        let read = if block.is_answer {
            self.answer(&block)
        } else if block.facts.iter().any(|(_, label, _)| label == KIND) {
            Some(self.item(&block))
        } else {
            commitment(&block)
        };
        let Some((what, day)) = read else {
            let why = "not an entry that leadby wrote";
            self.reading.leave_out(block.line, why);
            return;
        };
        for (line, ..) in block.facts.iter().filter(|(_, label, _)| label == ORIGIN) {
            let why = "what it came from; its words do not say which entry that was";
            self.reading.leave_out(*line, why);
        }
        let written = day.min(Some(self.now.today()));
        let written = written.and_then(|day| Written::local(day, None, self.now));
        self.reading.pieces.push(ImportedEntry { written, what });
    }

    fn practice(&self) -> Option<&Practice> {
        let mut practices = self.catalog.practices().iter();
        practices.find(|practice| practice.name == self.section)
    }

    fn answer(&self, block: &MarkdownBlock) -> Option<(Content, Option<NaiveDate>)> {
        let (_, words) = block.quotes.first()?;
        let known = self.practice().and_then(|practice| {
            let mut steps = practice.steps.iter();
            let step = steps.find(|step| step.prompt == block.title)?;
            match &step.ask {
                Ask::Answer(kind) => Some((&practice.id, &step.id, value(words, kind))),
                Ask::Register(_) => None,
            }
        });
        let (practice, step, value) = match known {
            Some((practice, step, value)) => (practice.clone(), step.clone(), value),
            None => {
                let (practice, step) = block.title.split_once('/')?;
                let value = Value::Text(words.clone());
                (practice.to_owned(), step.to_owned(), value)
            }
        };
        let id = Id::answer(self.period, &practice, &step);
        let answer = Answer {
            practice,
            step,
            period: self.period,
            value,
        };
        Some((Content::Own(id, Body::Answer(answer)), self.day()))
    }

    fn item(&self, block: &MarkdownBlock) -> (Content, Option<NaiveDate>) {
        let mut facts = block.facts.iter();
        let kind = facts.find(|(_, label, _)| label == KIND);
        let kind = kind.map_or("", |(_, _, kind)| kind);
        let registers = self.practice().map(|practice| &practice.registers);
        let mut registers = registers.into_iter().flatten();
        let register = registers.find(|register| register.singular == kind);
        let mut item = Item::new(register.map_or(kind, |register| &register.id));
        item.set("title", Value::Text(block.title.clone()));
        let facts = block.facts.iter().map(|(_, label, text)| (label, text));
        let quotes = block.quotes.iter().map(|(label, text)| (label, text));
        for (label, text) in facts.chain(quotes) {
            if label == KIND || label == ORIGIN {
                continue;
            }
            let Some(register) = register else {
                item.set(label, Value::Text(text.clone()));
                continue;
            };
            let mut stages = register.stages.iter();
            let stage = stages.find(|stage| stage.name == *label);
            let mut fields = register.fields.iter();
            if let (Some(stage), Some(on)) = (stage, parse_long_date(text)) {
                item.set_reached(&stage.id, on);
            } else if let Some(field) = fields.find(|field| field.label == *label) {
                item.set(&field.id, value(text, &field.kind));
            } else {
                item.set(label, Value::Text(text.clone()));
            }
        }
        let presets = register.map(|register| &register.presets);
        let mut presets = presets.into_iter().flatten();
        let preset = presets.find(|preset| preset.title == block.title);
        let what = match preset {
            Some(preset) => Content::Own(Id::preset(&item.register, &preset.id), Body::Item(item)),
            None => Content::Known(
                format!("{} {}", item.register, block.title),
                Body::Item(item),
            ),
        };
        (what, self.day())
    }

    /// A day of the period it is under.
    fn day(&self) -> Option<NaiveDate> {
        match self.period {
            Period::Standing => None,
            Period::Month(month) => Some(month.last()),
            Period::Week(week) => Some(week.sunday()),
        }
    }
}

fn commitment(block: &MarkdownBlock) -> Option<(Content, Option<NaiveDate>)> {
    let fact = |wanted: &str| {
        let mut facts = block.facts.iter();
        let found = facts.find(|(_, label, _)| label == wanted);
        found.map(|(_, _, fact)| fact.as_str())
    };
    let due = parse_long_date(fact("Due")?)?;
    let better = match block.quotes.first() {
        Some((_, whole)) => whole,
        None => &block.title,
    };
    let mut moves = Vec::new();
    for (_, _, moved) in block.facts.iter().filter(|(_, label, _)| label == "Moved") {
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
    let made = parse_long_date(fact("Made")?)?;
    let mut commitment = Commitment {
        better: better.clone(),
        area: fact("Area").unwrap_or_default().to_owned(),
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
    let state = fact("State")?;
    if let Some((state, on)) = state.split_once(" on ") {
        let mut outcomes = OUTCOMES.into_iter();
        let how = outcomes.find(|outcome| outcome.name() == state)?;
        commitment.close(
            how,
            parse_long_date(on)?,
            fact("Evidence").unwrap_or_default(),
        );
    }
    let key = format!("{made} {}", block.title);
    let what = Content::Known(key, Body::Commitment(commitment));
    Some((what, Some(made)))
}

/// A week or a month by its heading, and what has neither.
fn period(heading: &str) -> Option<Period> {
    if heading == "Standing answers" {
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
