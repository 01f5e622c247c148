//! The rules of the inbox: what a note is, and what placing it where it belongs writes.
//!
//! Placing writes the target and the note in one save, so that one undo takes back both. A note
//! leaves the inbox in no other way.

use std::collections::BTreeMap;

use super::item::{begin, derived_item, existing};
use super::{ActResult, Basis, NewItem, Performed, PlacedIn, Refusal, RequiredText, answer};
use crate::journal::{Answer, Body, Change, Commitment, Entry, Id, Item, Period, Value, stage_of};
use crate::practice::{Catalog, FieldKind, INTO_KEY, ORIGIN_KEY, Register, Step, TITLE};
use crate::text::with_single_spaces;

/// A note to place.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Placement {
    pub id: Id,
    pub to: Destination,
}

/// Where a note belongs. A commitment made from a note places it too, and a note can be let go.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Destination {
    /// Added to the answer to a question.
    Answer {
        period: Period,
        practice: String,
        step: String,
    },
    /// A new item of the list with this id.
    List(String),
    /// Evidence of an open item or commitment.
    Evidence(Id),
}

/// The note to add to the inbox for a text: its first line, and the rest.
///
/// # Errors
/// When no practice has an inbox, or the text is empty.
pub fn new_note(text: &str, catalog: &Catalog) -> Result<NewItem, Refusal> {
    let (register, _) = catalog.inbox().ok_or(Refusal::NoInbox)?;
    let text = text.trim();
    if text.is_empty() {
        return Err(Refusal::Empty(RequiredText::Note));
    }
    let (title, more) = text.split_once('\n').unwrap_or((text, ""));
    let more = more.trim_matches('\n').trim_end();
    let mut values = BTreeMap::new();
    let mut set = |field: &str, text: &str| {
        if !text.trim().is_empty() {
            values.insert(field.to_owned(), Value::from(text));
        }
    };
    // What comes after its first line is long text.
    match register.prose_field() {
        Some(field) => {
            set("title", title.trim());
            set(&field.id, more);
        }
        None => set(TITLE, &with_single_spaces(text)),
    }
    Ok(NewItem {
        register: register.id.clone(),
        values,
    })
}

/// The whole text of a note.
pub fn note_text(item: &Item, catalog: &Catalog) -> String {
    let register = catalog.register(&item.register);
    let field = register.and_then(Register::prose_field);
    match field.map_or("", |field| item.text(&field.id)) {
        "" => item.title().to_owned(),
        more => format!("{}\n{more}", item.title()),
    }
}

/// The notes that wait in the inbox, oldest first.
pub fn waiting_notes(basis: Basis<'_>) -> Vec<(&Id, &Item)> {
    let Some((register, _)) = basis.catalog.inbox() else {
        return Vec::new();
    };
    let items = basis.journal.dated_items(&register.id);
    let waiting = items.filter(|(_, days, _)| days.stage(register).is_none_or(|it| !it.closes));
    waiting
        .filter_map(|(id, _, _)| basis.journal.item_entry(id))
        .map(|(entry, item)| (&entry.id, item))
        .collect()
}

/// Whether nothing was written yet, but for thoughts in the inbox.
pub fn has_only_notes(basis: Basis<'_>) -> bool {
    let inbox = basis.catalog.inbox().map(|(register, _)| &register.id);
    let is_note =
        |entry: &Entry| matches!(&entry.body, Body::Item(item) if Some(&item.register) == inbox);
    basis.journal.entries().all(is_note)
}

/// Whether an entry is a note that waits in the inbox.
pub fn is_waiting_note(id: &Id, basis: Basis<'_>) -> bool {
    let Some((register, _)) = basis.catalog.inbox() else {
        return false;
    };
    let item = basis.journal.item(id);
    item.is_some_and(|item| item.register == register.id && is_open(register, item))
}

/// Whether a note can be added to the answers to a step.
pub fn takes_notes(step: &Step) -> bool {
    let kind = step.answer_kind();
    matches!(
        kind,
        Some(FieldKind::Line | FieldKind::Prose | FieldKind::Log)
    )
}

/// Whether an entry is open and takes evidence.
pub fn takes_evidence(id: &Id, basis: Basis<'_>) -> bool {
    match basis.journal.commitment(id) {
        Some(commitment) => commitment.is_open(),
        None => evidence_field(id, basis).is_some(),
    }
}

/// What was noted as evidence of a commitment, in one line; empty if nothing was.
pub fn evidence_from_notes(id: &Id, basis: Basis<'_>) -> String {
    let Some((register, _)) = basis.catalog.inbox() else {
        return String::new();
    };
    let notes = basis.journal.items_from(&register.id, id).into_iter();
    let texts: Vec<String> = notes
        .map(|(_, note)| with_single_spaces(&note_text(note, basis.catalog)).into_owned())
        .collect();
    texts.join("; ")
}

/// The evidence of a check-in with the line `said`: what was noted as evidence before comes first, as
/// long as the commitment is open. `None` if there is none.
pub fn evidence_with_notes(id: &Id, said: &str, basis: Basis<'_>) -> Option<String> {
    let open = basis
        .journal
        .commitment(id)
        .is_some_and(Commitment::is_open);
    let noted = open.then(|| evidence_from_notes(id, basis));
    let parts = noted.iter().map(String::as_str).chain([said]);
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    (!parts.is_empty()).then(|| parts.join("; "))
}

pub(super) fn place(placement: &Placement, basis: Basis<'_>) -> Result<Performed, Refusal> {
    let id = &placement.id;
    let (_, note) = existing(id, basis)?;
    if !is_waiting_note(id, basis) {
        return Err(Refusal::NotWaiting);
    }
    let text = note_text(&note, basis.catalog);
    let (mut changes, placed, into) = match &placement.to {
        Destination::Answer {
            period,
            practice,
            step,
        } => {
            let (changes, placed) = added_answer(*period, practice, step, &text, basis)?;
            (changes, placed, Id::answer(*period, practice, step))
        }
        Destination::List(list) => {
            let register = basis.catalog.register(list);
            let register = register.ok_or_else(|| Refusal::NoSuchList(list.clone()))?;
            let added = derived_item(id, &text, register, basis.today);
            let placed = PlacedIn::List(register.singular.clone());
            (added.changes, placed, Id::new(list.as_str()))
        }
        Destination::Evidence(of) => {
            let (changes, placed) = added_evidence(of, &text, basis)?;
            (changes, placed, of.clone())
        }
    };
    // Of a commitment, the note itself is the evidence until the check-in.
    let key = if changes.is_empty() {
        ORIGIN_KEY
    } else {
        INTO_KEY
    };
    changes.extend(mark_placed(id, (key, into.as_str()), basis));
    Ok(Performed {
        changes,
        result: ActResult::Placed(placed),
    })
}

/// The version of a note that says that it was placed today, and where.
pub(super) fn mark_placed(id: &Id, (key, place): (&str, &str), basis: Basis<'_>) -> Option<Change> {
    let (_, placed) = basis.catalog.inbox()?;
    let mut note = basis.journal.item(id)?.clone();
    note.set_reached(placed, basis.today);
    note.set(key, Value::from(place));
    Some(Change::of(id.clone(), Body::Item(note)))
}

fn added_answer(
    period: Period,
    practice: &str,
    step: &str,
    text: &str,
    basis: Basis<'_>,
) -> Result<(Vec<Change>, PlacedIn), Refusal> {
    let asked = basis.catalog.step(practice, step);
    let asked = asked.ok_or_else(|| Refusal::NotAsked {
        practice: practice.to_owned(),
        step: step.to_owned(),
    })?;
    let label = asked.label.clone();
    let before = basis.journal.answer(period, practice, step);
    let kind = asked.answer_kind();
    let Some(value) = kind.and_then(|kind| with_line(before, kind, text, basis)) else {
        return Err(Refusal::TakesNoText { label });
    };
    let said = Answer::new(period, practice, step, value);
    let done = answer::answer(&said, basis)?;
    Ok((done.changes, PlacedIn::Answer(label)))
}

fn added_evidence(
    of: &Id,
    text: &str,
    basis: Basis<'_>,
) -> Result<(Vec<Change>, PlacedIn), Refusal> {
    // An open commitment gets its line of evidence at the check-in.
    if let Some(commitment) = basis.journal.commitment(of).filter(|it| it.is_open()) {
        let name = commitment.better.clone();
        return Ok((Vec::new(), PlacedIn::Evidence(name)));
    }
    let found = evidence_field(of, basis);
    let (register, mut item, field) = found.ok_or(Refusal::TakesNoEvidence)?;
    let name = item.title().to_owned();
    let kind = register.field(field).map(|field| &field.kind);
    let before = item.values.get(field);
    let value = kind.and_then(|kind| with_line(before, kind, text, basis));
    let unplaced = item.clone();
    item.set(field, value.ok_or(Refusal::TakesNoEvidence)?);
    begin(&mut item, &unplaced, register, basis.today);
    let change = Change::of(of.clone(), Body::Item(item));
    Ok((vec![change], PlacedIn::Evidence(name)))
}

/// An open item that takes evidence, with its list and the field for it.
fn evidence_field<'a>(id: &Id, basis: Basis<'a>) -> Option<(&'a Register, Item, &'a str)> {
    let (register, item) = existing(id, basis).ok()?;
    let field = register.evidence.as_deref()?;
    is_open(register, &item).then_some((register, item, field))
}

fn is_open(register: &Register, item: &Item) -> bool {
    stage_of(register, item).is_none_or(|stage| !stage.closes)
}

/// A value with one more line; `None` if the kind of field takes none.
fn with_line(
    before: Option<&Value>,
    kind: &FieldKind,
    text: &str,
    basis: Basis<'_>,
) -> Option<Value> {
    let before = before.filter(|before| !before.is_empty());
    let joined = |between: &str, text: String| match before.and_then(Value::as_text) {
        Some(before) => format!("{}{between}{text}", before.trim_end()),
        None => text,
    };
    match kind {
        FieldKind::Prose => Some(Value::Text(joined("\n", text.to_owned()))),
        FieldKind::Line => Some(Value::Text(joined(
            "; ",
            with_single_spaces(text).into_owned(),
        ))),
        FieldKind::Log => Some(Value::with_line(
            before,
            basis.today,
            with_single_spaces(text).into_owned(),
        )),
        _ => None,
    }
}
