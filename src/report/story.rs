//! One item as others read it: a page, for a screen or as Markdown.
//!
//! It has only the fields that the register shares, and nothing of a private practice. Knows no
//! file and no clipboard.

use std::fmt::Write;

use chrono::NaiveDate;

use super::{describe, markdown};
use crate::journal::{Dated, Id, Improvement, Item, Journal, Value, improvement};
use crate::practice::{Catalog, Field, FieldKind, Register, Stage};

/// An item as others read it. Its text is as stored.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Story {
    pub title: String,
    /// What got better, in numbers.
    pub improved: Option<Improvement>,
    /// Its fields, each under its heading.
    pub sections: Vec<(String, Said)>,
    /// The stages it reached, each with its day.
    pub stages: Vec<Reached>,
}

/// The content of a field.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Said {
    /// Text of any length.
    Prose(String),
    Line(String),
    /// An address, or another place to see it.
    Place(String),
    /// Lines with their days, "3 March 2026: …".
    Lines(Vec<String>),
}

/// A stage that was reached.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Reached {
    /// Its name and its day: "solved, 3 March 2026".
    pub when: String,
    /// The fields that belong to it, by their headings.
    pub with: Vec<(String, Said)>,
}

/// An item as others read it; `None` if it does not exist, is private, or its list has no such page.
#[must_use]
pub fn told(id: &Id, journal: &Journal, catalog: &Catalog) -> Option<Story> {
    let mut registers = catalog
        .practices()
        .iter()
        .filter(|practice| !practice.private)
        .flat_map(|practice| &practice.registers)
        .filter(|it| it.is_told());
    registers.find_map(|register| {
        let item = journal.item_or_preset(register, id)?;
        (item.register == register.id).then(|| Story::of(register, &item))
    })
}

/// The same as Markdown, its title a heading of `level`.
#[must_use]
pub fn story(id: &Id, journal: &Journal, catalog: &Catalog, level: usize) -> Option<String> {
    Some(told(id, journal, catalog)?.markdown(level))
}

impl Story {
    /// An item of `register` as others read it, without checking whether they may.
    pub(super) fn of(register: &Register, item: &Item) -> Self {
        Self {
            title: item.title().to_owned(),
            improved: improvement(register, item),
            sections: sections(register, item, None),
            stages: stages(register, item),
        }
    }

    /// As Markdown: the title is a heading of `level`, those of the fields are one below it.
    #[must_use]
    pub fn markdown(&self, level: usize) -> String {
        let marks = "#".repeat(level);
        let mut page = format!("{marks} {}\n", markdown::line(&self.title));
        if let Some(improved) = &self.improved {
            let _ = write!(page, "\n**{}**\n", markdown::line(&improved.words()));
        }
        for (name, said) in &self.sections {
            let name = markdown::line(name);
            let _ = write!(page, "\n{marks}# {name}\n\n{}\n", said.markdown());
        }
        let stages: Vec<String> = self.stages.iter().map(Reached::markdown).collect();
        if !stages.is_empty() {
            let _ = write!(page, "\n{}\n", stages.join("\n"));
        }
        page
    }
}

impl Said {
    /// All of it as one text, to show on a line.
    #[must_use]
    pub fn joined(&self) -> String {
        match self {
            Self::Prose(text) | Self::Line(text) | Self::Place(text) => text.clone(),
            Self::Lines(lines) => lines.join("; "),
        }
    }

    pub(super) fn markdown(&self) -> String {
        match self {
            Self::Prose(text) => markdown::prose(text),
            Self::Line(text) => markdown::line(text),
            Self::Place(text) => markdown::place(text),
            Self::Lines(lines) => lines
                .iter()
                .map(|it| format!("- {}", markdown::line(it)))
                .collect::<Vec<String>>()
                .join("\n"),
        }
    }
}

impl Reached {
    fn markdown(&self) -> String {
        let mut line = format!("- {}", markdown::line(&self.when));
        for (name, said) in &self.with {
            let _ = write!(line, ". {}: {}", markdown::line(name), said.markdown());
        }
        line
    }
}

/// A file name for the page of an item: its title in lower case, with hyphens.
#[must_use]
pub fn file_name(title: &str) -> String {
    const LONGEST: usize = 48;
    let mut name = String::new();
    for word in title.split(|character: char| !character.is_alphanumeric()) {
        let hyphen = usize::from(!name.is_empty());
        if word.is_empty() {
            continue;
        }
        if name.len() + hyphen + word.len() > LONGEST {
            break;
        }
        if hyphen > 0 {
            name.push('-');
        }
        name.extend(word.chars().flat_map(char::to_lowercase));
    }
    if name.is_empty() {
        "page".clone_into(&mut name);
    }
    name + ".md"
}

/// The fields of a stage, or those without a stage, by their headings.
fn sections(register: &Register, item: &Item, stage: Option<&str>) -> Vec<(String, Said)> {
    register
        .fields
        .iter()
        .filter(|field| field.stage.as_deref() == stage)
        .filter_map(|field| Some((field.told.clone()?, said(item, field)?)))
        .collect()
}

/// The content of a field; `None` if it is empty.
fn said(item: &Item, field: &Field) -> Option<Said> {
    let value = item.values.get(&field.id)?;
    Some(match (&field.kind, value) {
        _ if value.is_empty() => return None,
        (FieldKind::Prose, Value::Text(text)) => Said::Prose(text.clone()),
        (FieldKind::Link, Value::Text(text)) => Said::Place(text.clone()),
        (FieldKind::Date, Value::Text(text)) => {
            Said::Line(text.parse().map_or_else(|_| text.clone(), long_date))
        }
        (_, Value::Log(lines)) => {
            let line = |line: &Dated| format!("{}: {}", long_date(line.on), line.text);
            Said::Lines(lines.iter().map(line).collect())
        }
        (kind, value) => Said::Line(describe::value(value, Some(kind))),
    })
}

fn stages(register: &Register, item: &Item) -> Vec<Reached> {
    let reached = |stage: &Stage| {
        let day = long_date(item.day(&stage.id)?);
        Some(Reached {
            when: format!("{}, {day}", stage.name),
            with: sections(register, item, Some(&stage.id)),
        })
    };
    register.stages.iter().filter_map(reached).collect()
}

/// "3 March 2026".
fn long_date(day: NaiveDate) -> String {
    day.format("%-d %B %Y").to_string()
}

#[cfg(test)]
mod tests;
