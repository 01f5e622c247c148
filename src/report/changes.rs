//! The differences between two versions of an entry, in words.
//!
//! A line per field: its name, the old text, the new text. Makes all text safe to show, on one
//! line each.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::describe;
use super::unsettled::field_name;
use super::version_graph::{GraphRow, graph_rows};
use crate::calendar;
use crate::journal::{
    Body, Change, Commitment, Entry, Id, Item, Journal, OffDays, TracedVersion, UndoStep, Value,
};
use crate::practice::{Catalog, FieldKind};
use crate::text::{capitalized, clip, one_line};

/// Most columns of each side of a change.
const MAX_SIDE: usize = 48;

/// The text for a version that changes nothing.
const NO_CHANGES: &str = "no changes";

/// One version of an entry, safe to show.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct VersionSummary {
    pub rev: u64,
    /// "Tue 24 Nov at 09:15".
    pub when: String,
    /// "undone", "undoes 3" or empty.
    pub undo_label: String,
    /// The differences from the version before it.
    pub changes: Vec<String>,
    /// Whether it was undone and not redone.
    pub is_undone: bool,
    /// The graph beside it.
    pub graph: GraphRow,
}

/// The versions of an entry, newest first.
pub fn version_summaries(
    journal: &Journal,
    id: &Id,
    catalog: &Catalog,
    today: NaiveDate,
) -> Vec<VersionSummary> {
    let traced = journal.traced_versions(id);
    let summary = |(version, graph): (&TracedVersion<'_>, GraphRow)| {
        let entry = version.entry;
        let mark = match version.undoes.map(|at| &traced[at]) {
            Some(undone) => format!("undoes {}", version_number(&traced, undone, today)),
            None if entry.lineage.is_undo() => "undo".to_owned(),
            None if version.is_undone => "undone".to_owned(),
            None => String::new(),
        };
        let changes = match entry.body {
            Body::Deleted => vec![deletion_text(&traced, version.undoes).to_owned()],
            Body::Newer => vec!["written by a newer leadby; not shown here".to_owned()],
            _ => {
                let changes = field_changes(&version.base, &entry.body, catalog, today);
                let fields = (&version.settles[..], &version.opens[..]);
                with_settled_fields(changes, fields, id, journal, catalog)
            }
        };
        VersionSummary {
            rev: entry.rev,
            when: written_at(entry, today),
            undo_label: mark,
            changes,
            is_undone: version.is_undone,
            graph,
        }
    };
    let versions = traced.iter().rev().zip(graph_rows(&traced));
    versions.map(summary).collect()
}

/// A version's number, with the time it was written if two versions share it.
fn version_number(
    traced: &[TracedVersion<'_>],
    version: &TracedVersion<'_>,
    today: NaiveDate,
) -> String {
    let rev = version.entry.rev;
    let same = traced.iter().filter(|other| other.entry.rev == rev);
    match same.count() {
        1 => rev.to_string(),
        _ => format!("{rev} of {}", written_at(version.entry, today)),
    }
}

/// All versions of an entry on one page; every line ends in a newline.
pub fn history(journal: &Journal, id: &Id, catalog: &Catalog, today: NaiveDate) -> String {
    let entries = journal.versions(id);
    let mut page = String::new();
    if let Some(entry) = journal.current(id).or(last_with_content(entries)) {
        let text = clip(&one_line(&describe::entry_text(entry, catalog)), 96);
        let name = entry_name(entry, catalog, today);
        page.push_str(&format!("{text}\n  {name}\n"));
    }
    if let Some(entry) = entries.last() {
        page.push_str(&format!("  {}\n", one_line(entry.id.as_str())));
    }
    let told = version_summaries(journal, id, catalog, today);
    let width = told
        .first()
        .map_or(1, |newest| newest.rev.to_string().len());
    let mut above = String::new();
    for version in told {
        let mark = if version.undo_label.is_empty() {
            String::new()
        } else {
            format!(" · {}", version.undo_label)
        };
        let GraphRow { head, below } = &version.graph;
        let gap = above.trim_end();
        page.push_str(&if gap.is_empty() {
            "\n".to_owned()
        } else {
            format!("  {gap}\n")
        });
        page.push_str(&format!(
            "  {head}{:>width$}  {}{mark}\n",
            version.rev, version.when
        ));
        for change in version.changes {
            page.push_str(&format!("  {below}{:>width$}  {change}\n", ""));
        }
        above.clone_from(below);
    }
    page
}

/// The name of an entry in a sentence: "commitment", "problem", "answer · Audit · week 48".
pub fn entry_name(entry: &Entry, catalog: &Catalog, today: NaiveDate) -> String {
    let name = match &entry.body {
        Body::Deleted | Body::Forgotten | Body::Newer => "entry".to_owned(),
        Body::Commitment(_) => "commitment".to_owned(),
        Body::Choice(_) => "choice".to_owned(),
        Body::Item(item) => describe::singular(item, catalog).to_owned(),
        Body::Answer(answer) => {
            let practice = catalog.practice(&answer.practice);
            let practice = practice.map_or(&answer.practice, |practice| &practice.name);
            let period = describe::state_name(entry, catalog, &OffDays::default(), today);
            format!("answer · {practice} · {period}")
        }
    };
    one_line(&name)
}

/// The last version with content.
pub fn last_with_content(versions: &[Entry]) -> Option<&Entry> {
    let says = |entry: &&Entry| !matches!(entry.body, Body::Deleted | Body::Newer);
    versions.iter().rfind(says)
}

/// The differences of `after` from `before`, a line per field.
pub fn field_changes(
    before: &Body,
    after: &Body,
    catalog: &Catalog,
    today: NaiveDate,
) -> Vec<String> {
    if before == after {
        return vec![NO_CHANGES.to_owned()];
    }
    if *after == Body::Deleted {
        return vec!["it is deleted".to_owned()];
    }
    let (old, new) = (
        entry_fields(before, catalog, today),
        entry_fields(after, catalog, today),
    );
    let mut lines = Vec::new();
    for (name, texts) in &new {
        let stood = old.iter().find(|(other, _)| other == name);
        let stood = stood.map_or(&[][..], |(_, texts)| texts);
        lines.extend(change_lines(name, stood, texts));
    }
    for (name, texts) in &old {
        if !new.iter().any(|(other, _)| other == name) {
            lines.extend(change_lines(name, texts, &[]));
        }
    }
    lines
}

/// The changes of one field: of several texts only those that were added, then those that were removed.
fn change_lines(name: &str, old: &[String], new: &[String]) -> Vec<String> {
    let mut removed: Vec<&String> = old.iter().collect();
    let mut added: Vec<&String> = new.iter().collect();
    added.retain(|text| {
        let same = removed.iter().position(|one| one == text);
        same.map(|at| removed.remove(at)).is_none()
    });
    if let ([one], [other]) = (&removed[..], &added[..]) {
        return vec![change_line(name, one, other)];
    }
    let added = added.into_iter().map(|text| change_line(name, "", text));
    let removed = removed.into_iter().map(|text| change_line(name, text, ""));
    added.chain(removed).collect()
}

/// Adds the fields that are settled from then on, and those that are unsettled again.
fn with_settled_fields(
    mut changes: Vec<String>,
    (settled, opened): (&[String], &[String]),
    id: &Id,
    journal: &Journal,
    catalog: &Catalog,
) -> Vec<String> {
    if changes == [NO_CHANGES] && !(settled.is_empty() && opened.is_empty()) {
        changes.clear();
    }
    let name = |field: &String| capitalized(&field_name(id, field, journal, catalog));
    for field in settled {
        changes.push(format!("{}: settled", name(field)));
    }
    for field in opened {
        changes.push(format!("{}: unsettled again", name(field)));
    }
    changes
}

/// The text for a version without content. A preset stays in its list once its first version is
/// undone, so that is not called deleted; and it is offered again once its deletion is undone.
fn deletion_text(versions: &[TracedVersion<'_>], undoes: Option<usize>) -> &'static str {
    let undone = undoes.map(|undone| &versions[undone]);
    let is_first = undone.is_some_and(|undone| undone.parents.is_empty());
    match undone.map(|undone| &undone.entry.body) {
        Some(Body::Deleted) if is_first => "it is restored",
        _ if is_first => "it is removed",
        _ => "it is deleted",
    }
}

/// "Tue 24 Nov at 09:15", in the time zone it was written in.
pub fn written_at(entry: &Entry, today: NaiveDate) -> String {
    let day = calendar::short_date(entry.at.date_naive(), today);
    format!("{day} at {}", entry.at.format("%H:%M"))
}

fn change_line(name: &str, old: &str, new: &str) -> String {
    let name = capitalized(&one_line(name));
    match (old, new) {
        ("", new) => format!("{name}: {}", clip(&one_line(new), 2 * MAX_SIDE)),
        (old, "") => format!("{name}: {} → nothing", clip(&one_line(old), MAX_SIDE)),
        (old, new) => {
            let (old, new) = clip_at_difference(&one_line(old), &one_line(new));
            format!("{name}: {old} → {new}")
        }
    }
}

/// Both texts clipped, starting at the first word that differs if it would not be seen otherwise.
fn clip_at_difference(one: &str, other: &str) -> (String, String) {
    let clipped = (clip(one, MAX_SIDE), clip(other, MAX_SIDE));
    if clipped.0 != clipped.1 {
        return clipped;
    }
    let same = one.char_indices().zip(other.chars());
    let parting = same.take_while(|((_, a), b)| a == b);
    let start = parting
        .filter(|((_, letter), _)| *letter == ' ')
        .last()
        .map_or(0, |((place, _), _)| place + 1);
    let from = |text: &str| format!("…{}", clip(text.get(start..).unwrap_or(text), MAX_SIDE));
    (from(one), from(other))
}

/// The texts of a field by its name: moves and dated lines are several.
type NamedTexts = (String, Vec<String>);

fn field(name: &str, text: String) -> NamedTexts {
    (name.to_owned(), vec![text])
}

/// The fields of an entry, in the order they are shown.
fn entry_fields(body: &Body, catalog: &Catalog, today: NaiveDate) -> Vec<NamedTexts> {
    let mut all = match body {
        Body::Deleted | Body::Forgotten | Body::Newer => Vec::new(),
        Body::Answer(answer) => {
            let step = describe::step_of(answer, catalog);
            let label = step.map_or(&answer.step, |step| &step.label);
            vec![field(label, describe::answer_text(answer, catalog))]
        }
        Body::Item(item) => item_fields(item, catalog, today),
        Body::Commitment(commitment) => commitment_fields(commitment, today),
        Body::Choice(choice) => vec![field("it is", choice.label())],
    };
    for (_, texts) in &mut all {
        texts.retain(|text| !text.trim().is_empty());
    }
    all
}

fn commitment_fields(commitment: &Commitment, today: NaiveDate) -> Vec<NamedTexts> {
    let day = |date| calendar::short_date(date, today);
    let moves = commitment.moves.iter();
    let moves = moves.map(|moved| describe::move_text(moved, today));
    let closing = commitment.closing.as_ref();
    let how = closing.map_or("open", |closing| closing.how.name());
    let on = closing.map(|closing| day(closing.on));
    let evidence = closing.map(|closing| closing.evidence.clone());
    vec![
        field("better", commitment.better.clone()),
        field("area", commitment.area.clone()),
        field("due", day(commitment.due)),
        ("moved".to_owned(), moves.collect()),
        field("state", how.to_owned()),
        field("on", on.unwrap_or_default()),
        field("evidence", evidence.unwrap_or_default()),
    ]
}

fn item_fields(item: &Item, catalog: &Catalog, today: NaiveDate) -> Vec<NamedTexts> {
    let Some(register) = catalog.register(&item.register) else {
        let values = item.values.iter();
        return values
            .map(|(name, value)| (name.clone(), value_texts(value, None)))
            .collect();
    };
    let mut said = Vec::new();
    for field in &register.fields {
        if let Some(value) = item.values.get(&field.id) {
            said.push((field.label.clone(), value_texts(value, Some(&field.kind))));
        }
    }
    for stage in &register.stages {
        if let Some(day) = item.day(&stage.id) {
            said.push(field(&stage.name, calendar::short_date(day, today)));
        }
    }
    for (name, value) in &item.values {
        if register.field(name).is_none() && register.stage(name).is_none() {
            said.push((name.clone(), value_texts(value, None)));
        }
    }
    said
}

fn value_texts(value: &Value, kind: Option<&FieldKind>) -> Vec<String> {
    match value {
        Value::Log(lines) => lines.iter().map(describe::dated_line).collect(),
        Value::Text(_) | Value::List(_) => vec![describe::value_text(value, kind)],
    }
}

/// ", of Sat 21 Nov": when what a step undoes or redoes was written.
pub fn day_undone(step: &UndoStep, journal: &Journal, today: NaiveDate) -> String {
    step.version(journal).map_or_else(String::new, |entry| {
        let day = calendar::short_date(entry.at.date_naive(), today);
        format!(", of {day}")
    })
}

/// What an undo or redo does to an entry, as the lines of a confirmation.
pub fn undo_effects(
    change: &Change,
    journal: &Journal,
    catalog: &Catalog,
    today: NaiveDate,
) -> Vec<String> {
    let Some(id) = &change.id else {
        return Vec::new();
    };
    let versions = journal.versions(id);
    let now = journal
        .current(id)
        .map_or(&Body::Deleted, |entry| &entry.body);
    // What is restored is named by what it says then.
    let restored = |last: &Entry| Entry {
        body: match &change.body {
            Body::Deleted => last.body.clone(),
            body => body.clone(),
        },
        ..last.clone()
    };
    let named = journal.current(id).cloned();
    let named = named.or_else(|| last_with_content(versions).map(restored));
    let named = match &named {
        Some(entry) => {
            let about = match &entry.body {
                Body::Choice(choice) => last_with_content(journal.versions(&choice.entry)),
                _ => None,
            };
            let words = describe::entry_text(about.unwrap_or(entry), catalog);
            let words = clip(&one_line(&words), 72);
            let name = entry_name(entry, catalog, today);
            match words.as_str() {
                "" => name,
                words => format!("{name} · {words}"),
            }
        }
        None => preset_name(id, catalog).unwrap_or_else(|| one_line(id.as_str())),
    };
    let mut lines = vec![named];
    match (now, &change.body) {
        (_, Body::Deleted) => {
            let traced = journal.traced_versions(id);
            let is_it = |version: &TracedVersion<'_>| {
                Some(&version.entry.lineage.name) == change.undoes.as_ref()
            };
            let undone = traced.iter().position(is_it);
            lines.push(deletion_text(&traced, undone).to_owned());
        }
        (Body::Deleted, _) => lines.push("it is restored".to_owned()),
        (now, after) => {
            let changes = field_changes(now, after, catalog, today);
            let (settled, opened) = settled_and_unsettled(id, change, journal);
            let fields = (&settled[..], &opened[..]);
            lines.extend(with_settled_fields(changes, fields, id, journal, catalog));
        }
    }
    lines
}

/// "skill · Systems thinking", for a preset.
fn preset_name(id: &Id, catalog: &Catalog) -> Option<String> {
    catalog.registers().find_map(|register| {
        let mut presets = register.presets.iter();
        let preset = presets.find(|preset| Id::preset(&register.id, &preset.id) == *id)?;
        Some(format!(
            "{} · {}",
            register.singular,
            one_line(&preset.title)
        ))
    })
}

/// The fields that a change settles, and those that it unsettles.
fn settled_and_unsettled(
    id: &Id,
    change: &Change,
    journal: &Journal,
) -> (Vec<String>, Vec<String>) {
    let unsettled: BTreeSet<String> = journal
        .unsettled(id)
        .iter()
        .map(|one| one.field.clone())
        .collect();
    let last = journal.versions(id).last();
    let draft = last.and_then(|last| journal.next_version(id, change, (&[], &[]), last.at).ok());
    let open: BTreeSet<String> = draft
        .iter()
        .flat_map(|draft| draft.lineage.open.iter())
        .map(ToString::to_string)
        .collect();
    let from = |one: &BTreeSet<String>, other| one.difference(other).cloned().collect();
    (from(&unsettled, &open), from(&open, &unsettled))
}
