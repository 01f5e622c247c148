//! The journal as Markdown (`CommonMark`), a heading per week, newest first.
//!
//! Text stays text: nothing in it becomes a heading, a link, a list, a formula or HTML.

use std::collections::BTreeMap;
use std::iter::once;

use chrono::NaiveDate;

use super::ExportScope;
use crate::calendar::{Month, Week, long_date};
use crate::journal::{Answer, Body, Commitment, Entry, Id, Item, Period};
use crate::practice::ORIGIN_KEY;
use crate::report::describe;
use crate::report::markdown::{escape_line, paragraphs};

/// A part of the journal with its own heading; later ones are greater.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
enum ExportPeriod {
    Week(NaiveDate),
    /// A month, by its last day: it appears above the week that ends on it.
    Month(NaiveDate),
    Standing,
}

impl ExportPeriod {
    /// The sort key: by the last day, a month after the week that ends on it.
    fn sort_key(self) -> (bool, NaiveDate, bool) {
        match self {
            Self::Week(last) => (false, last, false),
            Self::Month(last) => (false, last, true),
            Self::Standing => (true, NaiveDate::MIN, true),
        }
    }

    fn of_entry(entry: &Entry, scope: ExportScope<'_>) -> Self {
        let period = match &entry.body {
            Body::Answer(answer) => answer.period,
            _ => Period::Week(Week::of(scope.day(entry))),
        };
        match period {
            Period::Standing => Self::Standing,
            Period::Month(month) => Self::Month(month.last()),
            Period::Week(week) => Self::Week(week.sunday()),
        }
    }

    fn heading(self) -> String {
        match self {
            Self::Standing => "Standing answers".to_owned(),
            Self::Month(last) => {
                let month = Month::of(last);
                month.full_name()
            }
            Self::Week(sunday) => {
                let week = Week::of(sunday);
                format!(
                    "Week {} · {} to {}",
                    week.number(),
                    long_date(week.monday()),
                    long_date(sunday)
                )
            }
        }
    }
}

/// The journal as Markdown, in pieces: its title, then standing answers, then week by week.
pub fn journal_markdown(scope: ExportScope<'_>) -> impl Iterator<Item = String> {
    let mut stretches: BTreeMap<(bool, NaiveDate, bool), (ExportPeriod, Vec<&Entry>)> =
        BTreeMap::new();
    let choice = |entry: &&Entry| matches!(entry.body, Body::Choice(_));
    for entry in scope.entries().filter(|entry| !choice(entry)) {
        let stretch = ExportPeriod::of_entry(entry, scope);
        let place = stretches.entry(stretch.sort_key());
        place.or_insert((stretch, Vec::new())).1.push(entry);
    }
    let pages = stretches
        .into_values()
        .rev()
        .map(move |(stretch, entries)| {
            let mut page = format!("\n## {}\n", stretch.heading());
            write_commitments(&entries, scope, &mut page);
            write_practices(&entries, scope, &mut page);
            page
        });
    once("# Leadership journal\n".to_owned()).chain(pages)
}

fn write_commitments(entries: &[&Entry], scope: ExportScope<'_>, page: &mut String) {
    let mut found: Vec<(&Id, &Commitment)> = Vec::new();
    for entry in entries {
        if let Body::Commitment(commitment) = &entry.body {
            found.push((&entry.id, commitment));
        }
    }
    found.sort_by_key(|(id, commitment)| (commitment.due, *id));
    if !found.is_empty() {
        page.push_str("\n### Commitments\n");
    }
    for (_, commitment) in found {
        page.push_str(&format!("\n#### {}\n", escape_line(&commitment.better)));
        if commitment.better.trim().contains('\n') {
            write_quote(&commitment.better, page);
        }
        let state = match &commitment.closing {
            Some(closing) => format!("{} on {}", closing.how.name(), long_date(closing.on)),
            None => "open".to_owned(),
        };
        let mut facts = vec![
            ("Made", long_date(commitment.made)),
            ("Due", long_date(commitment.due)),
            ("State", state),
        ];
        if !commitment.area.trim().is_empty() {
            facts.insert(0, ("Area", escape_line(&commitment.area)));
        }
        let moves = commitment.moves.iter().map(|moved| {
            let why = if moved.why.trim().is_empty() {
                String::new()
            } else {
                format!(": {}", escape_line(&moved.why))
            };
            (
                "Moved",
                format!(
                    "on {} from {} to {}{why}",
                    long_date(moved.on),
                    long_date(moved.from),
                    long_date(moved.to)
                ),
            )
        });
        facts.extend(moves);
        if let Some(closing) = &commitment.closing {
            facts.push(("Evidence", escape_line(&closing.evidence)));
        }
        if let Some(origin) = commitment
            .origin
            .as_ref()
            .filter(|id| scope.names_origin(id))
        {
            facts.push(("Came from", origin_text(origin, scope)));
        }
        write_facts(&facts, page);
    }
}

/// Answers and items by practice, in their order; unknown practices come last.
fn write_practices(entries: &[&Entry], scope: ExportScope<'_>, page: &mut String) {
    let practices = scope.catalog.practices();
    for practice in practices {
        let answers: Vec<&Answer> = practice
            .steps
            .iter()
            .filter_map(|step| {
                entries.iter().find_map(|entry| match &entry.body {
                    Body::Answer(answer)
                        if answer.practice == practice.id && answer.step == step.id =>
                    {
                        Some(answer)
                    }
                    _ => None,
                })
            })
            .filter(|answer| !answer.value.is_empty())
            .collect();
        let items: Vec<(&Entry, &Item)> = items_in(entries)
            .filter(|(_, item)| {
                let mut registers = practice.registers.iter();
                registers.any(|register| register.id == item.register)
            })
            .collect();
        if answers.is_empty() && items.is_empty() {
            continue;
        }
        page.push_str(&format!("\n### {}\n", escape_line(&practice.name)));
        for answer in answers {
            self::write_answer(answer, scope, page);
        }
        for (_, item) in items {
            self::write_item(item, scope, page);
        }
    }
    let unknown = |entry: &&&Entry| match &entry.body {
        Body::Answer(answer) => {
            let practice = scope.catalog.practice(&answer.practice);
            practice
                .and_then(|practice| practice.step(&answer.step))
                .is_none()
        }
        Body::Item(item) => scope.catalog.register(&item.register).is_none(),
        Body::Commitment(_) | Body::Choice(_) | Body::Deleted | Body::Forgotten | Body::Newer => {
            false
        }
    };
    let unknown: Vec<&&Entry> = entries.iter().filter(unknown).collect();
    if !unknown.is_empty() {
        page.push_str("\n### Unknown practices\n");
    }
    for entry in unknown {
        match &entry.body {
            Body::Answer(answer) => self::write_answer(answer, scope, page),
            Body::Item(item) => self::write_item(item, scope, page),
            Body::Commitment(_)
            | Body::Choice(_)
            | Body::Deleted
            | Body::Forgotten
            | Body::Newer => {}
        }
    }
}

fn items_in<'a>(entries: &'a [&'a Entry]) -> impl Iterator<Item = (&'a Entry, &'a Item)> {
    entries.iter().filter_map(|entry| match &entry.body {
        Body::Item(item) => Some((*entry, item)),
        _ => None,
    })
}

fn write_answer(answer: &Answer, scope: ExportScope<'_>, page: &mut String) {
    let practice = scope.catalog.practice(&answer.practice);
    let step = practice.and_then(|practice| practice.step(&answer.step));
    let question = match step {
        Some(step) => escape_line(&step.prompt),
        None => escape_line(&format!("{}/{}", answer.practice, answer.step)),
    };
    page.push_str(&format!("\n**{question}**\n"));
    let kind = describe::field_kind_of(answer, scope.catalog);
    write_quote(&describe::value_text(&answer.value, kind), page);
}

fn write_item(item: &Item, scope: ExportScope<'_>, page: &mut String) {
    let register = scope.catalog.register(&item.register);
    let singular = register.map_or(&item.register, |register| &register.singular);
    page.push_str(&format!("\n#### {}\n", escape_line(item.title())));
    let mut facts = vec![("Kind".to_owned(), escape_line(singular))];
    let mut said = vec!["title", ORIGIN_KEY];
    if let Some(register) = register {
        for stage in &register.stages {
            said.push(&stage.id);
            if let Some(day) = item.day(&stage.id) {
                facts.push((escape_line(&stage.name), long_date(day)));
            }
        }
    }
    let mut long = Vec::new();
    let fields = register.map_or(&[][..], |register| &register.fields);
    let known = fields
        .iter()
        .map(|field| (&field.id, &field.label, Some(&field.kind)));
    let more = item.values.keys().map(|name| (name, name, None));
    for (id, label, kind) in known.chain(more) {
        let Some(value) = item.values.get(id).filter(|_| !said.contains(&&**id)) else {
            continue;
        };
        said.push(id);
        let words = describe::value_text(value, kind);
        if words.trim().contains('\n') {
            long.push((escape_line(label), words));
        } else {
            facts.push((escape_line(label), escape_line(&words)));
        }
    }
    let origin = Id::new(item.text(ORIGIN_KEY));
    if !origin.as_str().is_empty() && scope.names_origin(&origin) {
        facts.push(("Came from".to_owned(), origin_text(&origin, scope)));
    }
    write_facts(&facts, page);
    for (label, words) in long {
        page.push_str(&format!("\n**{label}**\n"));
        write_quote(&words, page);
    }
}

fn origin_text(origin: &Id, scope: ExportScope<'_>) -> String {
    let entry = scope.journal.current(origin);
    escape_line(&entry.map_or_else(
        || origin.to_string(),
        |entry| describe::entry_text(entry, scope.catalog),
    ))
}

/// Facts that are already escaped, as a list; empty ones are left out.
fn write_facts(facts: &[(impl AsRef<str>, String)], page: &mut String) {
    page.push('\n');
    for (name, fact) in facts.iter().filter(|(_, fact)| !fact.is_empty()) {
        page.push_str(&format!("- {}: {fact}\n", name.as_ref()));
    }
}

/// Text of any length as a quotation, with its lines and paragraphs.
fn write_quote(words: &str, page: &mut String) {
    page.push('\n');
    for line in paragraphs(words).lines() {
        page.push_str(if line.is_empty() { ">" } else { "> " });
        page.push_str(line);
        page.push('\n');
    }
}

#[cfg(test)]
mod tests;
