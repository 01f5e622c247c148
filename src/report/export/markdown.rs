//! The journal as Markdown (`CommonMark`), a heading per week, newest first.
//!
//! Text stays text: nothing in it becomes a heading, a link, a list, a formula or HTML.

use std::collections::BTreeMap;
use std::iter::once;

use chrono::NaiveDate;

use super::ExportScope;
use crate::calendar::{Week, long_date};
use crate::import::markdown_labels::{
    AREA, DUE, EVIDENCE, KIND, MADE, MOVED, ORIGIN, STANDING, STATE, TITLE,
};
use crate::journal::{Answer, Body, Commitment, Entry, Id, Item, Period};
use crate::practice::{FieldKind, ORIGIN_KEY};
use crate::report::describe;
use crate::report::markdown::{escape_line, paragraphs};

/// The journal as Markdown, in pieces: its title, then standing answers, then week by week.
pub fn journal_markdown(scope: ExportScope<'_>) -> impl Iterator<Item = String> {
    let mut parts: BTreeMap<_, (Period, Vec<&Entry>)> = BTreeMap::new();
    let says = |entry: &&Entry| match &entry.body {
        Body::Choice(_) => false,
        Body::Answer(answer) => !answer.value.is_empty(),
        _ => true,
    };
    for entry in scope.entries().filter(says) {
        let period = match &entry.body {
            Body::Answer(answer) => answer.period,
            _ => Period::Week(Week::of(scope.day(entry))),
        };
        let part = parts.entry(sort_key(period));
        part.or_insert((period, Vec::new())).1.push(entry);
    }
    let pages = parts.into_values().rev().map(move |(period, entries)| {
        let mut page = format!("\n## {}\n", heading(period));
        write_commitments(&entries, scope, &mut page);
        write_practices(&entries, scope, &mut page);
        page
    });
    once(format!("{TITLE}\n")).chain(pages)
}

/// Later parts are greater: by their last day, a month after the week that ends on it.
fn sort_key(period: Period) -> (bool, NaiveDate, bool) {
    match period {
        Period::Week(week) => (false, week.sunday(), false),
        Period::Month(month) => (false, month.last(), true),
        Period::Standing => (true, NaiveDate::MIN, true),
    }
}

fn heading(period: Period) -> String {
    match period {
        Period::Standing => STANDING.to_owned(),
        Period::Month(month) => month.full_name(),
        Period::Week(week) => {
            let (first, last) = (long_date(week.monday()), long_date(week.sunday()));
            format!("Week {} · {first} to {last}", week.number())
        }
    }
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
            (MADE, long_date(commitment.made)),
            (DUE, long_date(commitment.due)),
            (STATE, state),
        ];
        if !commitment.area.trim().is_empty() {
            facts.insert(0, (AREA, escape_line(&commitment.area)));
        }
        let moves = commitment.moves.iter().map(|moved| {
            let why = if moved.why.trim().is_empty() {
                String::new()
            } else {
                format!(": {}", escape_line(&moved.why))
            };
            let [on, from, to] = [moved.on, moved.from, moved.to].map(long_date);
            (MOVED, format!("on {on} from {from} to {to}{why}"))
        });
        facts.extend(moves);
        if let Some(closing) = &commitment.closing {
            facts.push((EVIDENCE, escape_line(&closing.evidence)));
        }
        let origin = commitment.origin.as_ref();
        if let Some(origin) = origin.filter(|id| scope.names_origin(id)) {
            facts.push((ORIGIN, origin_text(origin, scope)));
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
        let is_kept_here = |item: &&Item| practice.register(&item.register).is_some();
        let items = entries.iter().filter_map(|entry| entry.body.as_item());
        let items: Vec<&Item> = items.filter(is_kept_here).collect();
        if answers.is_empty() && items.is_empty() {
            continue;
        }
        page.push_str(&format!("\n### {}\n", escape_line(&practice.name)));
        for answer in answers {
            write_answer(answer, scope, page);
        }
        for item in items {
            write_item(item, scope, page);
        }
    }
    let unknown = |entry: &&&Entry| match &entry.body {
        Body::Answer(answer) => describe::step_of(answer, scope.catalog).is_none(),
        Body::Item(item) => scope.catalog.register(&item.register).is_none(),
        _ => false,
    };
    let unknown: Vec<&&Entry> = entries.iter().filter(unknown).collect();
    if !unknown.is_empty() {
        page.push_str("\n### Unknown practices\n");
    }
    for entry in unknown {
        match &entry.body {
            Body::Answer(answer) => write_answer(answer, scope, page),
            Body::Item(item) => write_item(item, scope, page),
            _ => {}
        }
    }
}

fn write_answer(answer: &Answer, scope: ExportScope<'_>, page: &mut String) {
    let question = match describe::step_of(answer, scope.catalog) {
        Some(step) => escape_line(&step.prompt),
        None => escape_line(&format!("{}/{}", answer.practice, answer.step)),
    };
    page.push_str(&format!("\n**{question}**\n"));
    write_quote(&describe::answer_text(answer, scope.catalog), page);
}

fn write_item(item: &Item, scope: ExportScope<'_>, page: &mut String) {
    let register = scope.catalog.register(&item.register);
    page.push_str(&format!("\n#### {}\n", escape_line(item.title())));
    let singular = register.map_or(&item.register, |register| &register.singular);
    let mut facts = vec![(KIND.to_owned(), escape_line(singular))];
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
        let is_day = matches!(kind, Some(FieldKind::Date | FieldKind::NearDate));
        let words = match item.day(id).filter(|_| is_day) {
            Some(day) => long_date(day),
            None => describe::value_text(value, kind),
        };
        if words.trim().contains('\n') {
            long.push((escape_line(label), words));
        } else {
            facts.push((escape_line(label), escape_line(&words)));
        }
    }
    let origin = Id::new(item.text(ORIGIN_KEY));
    if !origin.as_str().is_empty() && scope.names_origin(&origin) {
        facts.push((ORIGIN.to_owned(), origin_text(&origin, scope)));
    }
    write_facts(&facts, page);
    for (label, words) in long {
        page.push_str(&format!("\n**{label}**\n"));
        write_quote(&words, page);
    }
}

fn origin_text(origin: &Id, scope: ExportScope<'_>) -> String {
    escape_line(&describe::origin_text(origin, scope.journal, scope.catalog))
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
