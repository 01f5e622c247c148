//! Entries that two sides changed without seeing each other's text: which fields, in words.

use chrono::NaiveDate;

use super::{describe, short_id};
use crate::calendar;
use crate::journal::{Body, DELETED, Entry, FieldValue, Id, Journal, Unsettled};
use crate::practice::{Catalog, FieldKind};
use crate::text::{clip, escape_controls, one_line};

/// Most columns of a text that is shown beside others.
const MAX_TEXT: usize = 48;

/// The sign before an entry that two sides changed, or a newer leadby.
pub fn unsettled_sign(id: &Id, journal: &Journal) -> &'static str {
    if journal.unsettled(id).is_empty() && !journal.has_newer(id) {
        ""
    } else {
        "≠ "
    }
}

/// "“Release steps” (7f3a9c), changed on both sides: What I did".
pub fn describe_unsettled(id: &Id, journal: &Journal, catalog: &Catalog) -> String {
    let fields: Vec<String> = journal
        .unsettled(id)
        .iter()
        .map(|unsettled| field_name(id, &unsettled.field, journal, catalog))
        .collect();
    let entry = quoted_with_id(id, journal, catalog);
    let unsettled = journal.unsettled(id);
    if unsettled.iter().any(|unsettled| unsettled.field == DELETED) {
        return format!("{entry}, {}", fields.join(", "));
    }
    format!("{entry}, changed on both sides: {}", fields.join(", "))
}

/// An entry by its text and its id, on one line.
pub fn quoted_with_id(id: &Id, journal: &Journal, catalog: &Catalog) -> String {
    let words = journal.current(id).map_or_else(
        || one_line(id.as_str()),
        |entry| {
            clip(
                &one_line(&super::entry_title(entry, journal, catalog)),
                MAX_TEXT,
            )
        },
    );
    format!("“{words}” ({})", short_id(id, journal))
}

/// What a field is called: "What I did" for `values.did`.
pub fn field_name(id: &Id, field: &str, journal: &Journal, catalog: &Catalog) -> String {
    let body = journal.current(id).map(|entry| &entry.body);
    let name = match (field, body) {
        (DELETED, Some(Body::Choice(_))) => {
            "chosen for the portfolio on one side, undone on the other".to_owned()
        }
        (DELETED, _) => "deleted on one side, changed on the other".to_owned(),
        ("better", _) => "what better looks like".to_owned(),
        ("due", _) => "the day it is due".to_owned(),
        ("closing", _) => "how it went".to_owned(),
        ("value", Some(Body::Answer(answer))) => describe::step_of(answer, catalog)
            .map_or_else(|| "the answer".to_owned(), |step| step.label.clone()),
        (field, Some(Body::Item(item))) => {
            let id = field.strip_prefix("values.").unwrap_or(field);
            let register = catalog.register(&item.register);
            let field = register.and_then(|register| register.field(id));
            let stage = register.and_then(|register| register.stage(id));
            let label = field.map(|field| &field.label);
            let label = label.or_else(|| stage.map(|stage| &stage.name));
            label.map_or(id, String::as_str).to_owned()
        }
        (field, _) => field.to_owned(),
    };
    one_line(&name)
}

/// The kind of a field of an entry, which names its choices.
fn unsettled_kind<'a>(entry: &Entry, field: &str, catalog: &'a Catalog) -> Option<&'a FieldKind> {
    match &entry.body {
        Body::Answer(answer) => describe::step_of(answer, catalog)?.answer_kind(),
        Body::Item(item) => {
            let register = catalog.register(&item.register)?;
            let field = register.field(field.strip_prefix("values.")?)?;
            Some(&field.kind)
        }
        _ => None,
    }
}

/// The texts of an unsettled field of `entry`, the shown one first and choices by their labels;
/// "empty" for an emptied one.
pub fn unsettled_texts(
    unsettled: &Unsettled,
    entry: &Entry,
    catalog: &Catalog,
    today: NaiveDate,
) -> Vec<String> {
    let texts = match (unsettled.field.as_str(), &entry.body) {
        (DELETED, Body::Choice(choice)) => [choice.label(), "undone".to_owned()],
        (DELETED, _) => ["changed".to_owned(), "deleted".to_owned()],
        (field, _) => return texts_of(unsettled, unsettled_kind(entry, field, catalog), today),
    };
    texts.into()
}

fn texts_of(unsettled: &Unsettled, kind: Option<&FieldKind>, today: NaiveDate) -> Vec<String> {
    let text = |text: &Option<FieldValue>| {
        text.as_ref()
            .map(|text| display_text(text, kind, today))
            .filter(|text| !text.is_empty())
            .unwrap_or_else(|| "empty".to_owned())
    };
    unsettled.texts.iter().map(text).collect()
}

/// The texts of a field beside the shown one, each on one line; none if it is settled. `field` may
/// be the name that an item has for it.
pub fn texts_beside(id: &Id, field: &str, journal: &Journal, today: NaiveDate) -> Vec<String> {
    let is_it = |it: &&Unsettled| it.field.strip_prefix("values.").unwrap_or(&it.field) == field;
    let unsettled = journal.unsettled(id).iter().filter(is_it);
    unsettled
        .flat_map(|unsettled| texts_of(unsettled, None, today).into_iter().skip(1))
        .map(|text| text_in_a_line(&text))
        .collect()
}

/// A text with a sign for each line break, so that no two texts look the same.
pub fn text_in_a_line(text: &str) -> String {
    escape_controls(text).replace('\n', "␊")
}

/// A text as it is shown, with days in words.
fn display_text(text: &FieldValue, kind: Option<&FieldKind>, today: NaiveDate) -> String {
    match text {
        FieldValue::Closing(closing) => {
            let day = calendar::short_date(closing.on, today);
            let ended = format!("{} on {day}", closing.how.name());
            if closing.evidence.is_empty() {
                ended
            } else {
                format!("{ended}: {}", closing.evidence)
            }
        }
        FieldValue::Text(text) => match calendar::parse_iso_date(text) {
            Some(day) => calendar::short_date(day, today),
            None => kind
                .map_or(text.as_str(), |kind| kind.label(text))
                .to_owned(),
        },
        other => other.text(),
    }
}
