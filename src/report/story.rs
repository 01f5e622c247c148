//! One item as it is told to others: a page of Markdown, or a part of one.
//!
//! Only the fields that their register names for it are on it, and nothing of a private practice.
//! Knows no file and no clipboard.

use std::fmt::Write;

use chrono::NaiveDate;

use super::{describe, markdown};
use crate::journal::{Id, Item, Journal, Value, improvement};
use crate::practice::{Catalog, Field, FieldKind, Register};

/// An item as it is told: its title under a heading of `level`, what got better, its fields under
/// headings below that, and its stages with their days.
///
/// None for what is not there, what is private, and what nobody is told of.
#[must_use]
pub fn story(id: &Id, journal: &Journal, catalog: &Catalog, level: usize) -> Option<String> {
    let (register, item) = told(id, journal, catalog)?;
    let mut page = format!("{} {}\n", "#".repeat(level), markdown::line(item.title()));
    if let Some(improved) = improvement(register, &item) {
        let mut words = markdown::line(&improved.numbers);
        if let Some(change) = &improved.change {
            let _ = write!(words, ": {}", markdown::line(change));
        }
        let _ = write!(page, "\n**{words}**\n");
    }
    let fields = register.fields.iter().filter(|field| field.stage.is_none());
    for (field, name) in fields.filter_map(named) {
        if let Some(said) = said(&item, field) {
            let marks = "#".repeat(level + 1);
            let _ = write!(page, "\n{marks} {}\n\n{said}\n", markdown::line(name));
        }
    }
    let stages = stages(register, &item);
    if !stages.is_empty() {
        let _ = write!(page, "\n{}\n", stages.join("\n"));
    }
    Some(page)
}

/// The name of a file that the story of an item may have: its title in small letters and hyphens.
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

/// An item that may be told, with its register.
fn told<'a>(id: &Id, journal: &Journal, catalog: &'a Catalog) -> Option<(&'a Register, Item)> {
    let open = catalog
        .practices()
        .iter()
        .filter(|practice| !practice.private);
    let mut registers = open.flat_map(|practice| &practice.registers);
    registers.find_map(|register| {
        let item = journal.item_or_preset(register, id)?;
        let here = register.is_told() && item.register == register.id;
        here.then_some((register, item))
    })
}

fn named(field: &Field) -> Option<(&Field, &str)> {
    Some((field, field.told.as_deref()?))
}

/// What a field says, as Markdown; none where it says nothing.
fn said(item: &Item, field: &Field) -> Option<String> {
    let value = item
        .values
        .get(&field.id)
        .filter(|value| !value.is_empty())?;
    Some(match (&field.kind, value) {
        (FieldKind::Prose, Value::Text(text)) => markdown::prose(text),
        (FieldKind::Link, Value::Text(text)) => markdown::place(text),
        (FieldKind::Date, Value::Text(text)) => match text.parse() {
            Ok(day) => in_full(day),
            Err(_) => markdown::line(text),
        },
        (_, Value::Log(lines)) => {
            let lines = lines
                .iter()
                .map(|line| format!("- {}: {}", in_full(line.on), markdown::line(&line.text)));
            lines.collect::<Vec<String>>().join("\n")
        }
        (kind, value) => markdown::line(&describe::value(value, Some(kind))),
    })
}

/// A line for each stage that was reached: its day, and the fields that belong to it.
fn stages(register: &Register, item: &Item) -> Vec<String> {
    let reached = register.stages.iter().filter_map(|stage| {
        let mut line = format!("- {}", markdown::line(&stage.name));
        let _ = write!(line, ", {}", in_full(item.day(&stage.id)?));
        let beside = |field: &&Field| field.stage.as_deref() == Some(&stage.id);
        let fields = register.fields.iter().filter(beside);
        for (field, name) in fields.filter_map(named) {
            if let Some(said) = said(item, field) {
                let _ = write!(line, ". {}: {said}", markdown::line(name));
            }
        }
        Some(line)
    });
    reached.collect()
}

/// "3 March 2026".
fn in_full(day: NaiveDate) -> String {
    day.format("%-d %B %Y").to_string()
}

#[cfg(test)]
mod tests;
