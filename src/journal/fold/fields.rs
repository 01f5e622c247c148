//! What an entry says, field by field: taken apart to be merged with other versions, and put
//! together again.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::calendar::{self, Timestamp};
use crate::journal::{
    Answer, Body, Closing, Commitment, DatedLine, Entry, Id, Inclusion, Item, Member, Move, Period,
    PortfolioChoice, UnknownMembers, Value,
};

/// The field that says what an entry is.
pub(super) const KIND: &str = "kind";

/// The field of an answer's value.
const VALUE: &str = "value";

/// The prefix of an item's fields.
pub(super) const VALUES_PREFIX: &str = "values.";

/// The field of a choice's place among the others, in digits.
pub(super) const PLACE: &str = "place";

/// The fields of what a choice says about the ladder.
const LADDER: &str = "ladder";
const REFUSED: &str = "refused";

/// What an entry says, by field; a missing field is empty.
pub(super) type Fields = BTreeMap<String, FieldValue>;

/// What one field says.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum FieldValue {
    /// What the entry is.
    Kind(EntryKind),
    /// Text, a chosen id, or a day as ISO 8601.
    Text(String),
    /// How a commitment ended.
    Closing(Closing),
    /// Whether another entry is in the portfolio.
    Portfolio(Inclusion),
    /// A list, which is merged element by element.
    List(Vec<Element>),
    /// An unknown member, as JSON.
    Unknown(String),
}

/// What an entry is.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum EntryKind {
    /// An answer to a step of a practice, in a period.
    Answer(Period, String, String),
    /// An item of a register.
    Item(String),
    Commitment,
    /// A choice about an entry.
    Choice(Id),
}

/// An element of a list.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Element {
    /// A choice or a name.
    Text(String),
    /// A dated line.
    Dated(DatedLine),
    /// A change of the due date.
    Move(Move),
    /// An element of an unknown list, as JSON.
    Unknown(String),
}

impl FieldValue {
    /// What it says, as text to search for and compare.
    pub fn text(&self) -> String {
        match self {
            Self::Text(text) | Self::Unknown(text) => text.clone(),
            Self::Kind(kind) => match kind {
                EntryKind::Answer(..) => "an answer".to_owned(),
                EntryKind::Item(register) => register.clone(),
                EntryKind::Commitment => "a commitment".to_owned(),
                EntryKind::Choice(_) => "a choice".to_owned(),
            },
            Self::Closing(Closing { how, on, evidence }) if evidence.is_empty() => {
                format!("{} on {on}", how.name())
            }
            Self::Closing(Closing { how, on, evidence }) => {
                format!("{} on {on}: {evidence}", how.name())
            }
            Self::Portfolio(standing) => standing.label().to_owned(),
            Self::List(elements) => {
                let texts = elements.iter().map(|element| match element {
                    Element::Text(text) | Element::Unknown(text) => text.clone(),
                    Element::Dated(line) => format!("{} {}", line.on, line.text),
                    Element::Move(moved) => format!("{} → {}", moved.from, moved.to),
                });
                texts.collect::<Vec<_>>().join(", ")
            }
        }
    }
}

impl Element {
    /// Its text, if it is only a text.
    pub fn plain_text(&self) -> Option<String> {
        match self {
            Self::Text(text) => Some(text.clone()),
            Self::Dated(_) | Self::Move(_) | Self::Unknown(_) => None,
        }
    }

    /// The day it is sorted by.
    pub(super) fn day(&self) -> Option<NaiveDate> {
        match self {
            Self::Dated(dated) => Some(dated.on),
            Self::Move(moved) => Some(moved.on),
            Self::Text(_) | Self::Unknown(_) => None,
        }
    }
}

pub(super) fn entry_fields(entry: &Entry) -> Fields {
    body_fields(&entry.body, entry.lineage.unknown.as_deref())
}

/// The fields of what an entry says and of its unknown members.
pub(super) fn body_fields(body: &Body, unknown: Option<&UnknownMembers>) -> Fields {
    let mut fields = Fields::new();
    let mut text = |name: &str, text: &str| {
        if !text.is_empty() {
            fields.insert(name.to_owned(), FieldValue::Text(text.to_owned()));
        }
    };
    let kind = match body {
        Body::Deleted | Body::Forgotten | Body::Newer => return fields,
        Body::Answer(answer) => {
            let Answer {
                period,
                practice,
                step,
                value: said,
            } = answer;
            // An empty text is an answer too.
            fields.insert(VALUE.to_owned(), field_value(said));
            EntryKind::Answer(*period, practice.clone(), step.clone())
        }
        Body::Item(item) => {
            for (name, said) in &item.values {
                let said = field_value(said);
                if !is_empty_value(&said) {
                    fields.insert(format!("{VALUES_PREFIX}{name}"), said);
                }
            }
            EntryKind::Item(item.register.clone())
        }
        Body::Commitment(commitment) => {
            text("better", &commitment.better);
            text("area", &commitment.area);
            text("due", &commitment.due.to_string());
            text("made", &commitment.made.to_string());
            text(
                "origin",
                commitment.origin.as_ref().map_or("", |id| id.as_str()),
            );
            if !commitment.moves.is_empty() {
                let moves = commitment.moves.iter().cloned().map(Element::Move);
                fields.insert("moves".to_owned(), FieldValue::List(moves.collect()));
            }
            if let Some(closing) = &commitment.closing {
                let closing = FieldValue::Closing(closing.clone());
                fields.insert("closing".to_owned(), closing);
            }
            EntryKind::Commitment
        }
        Body::Choice(choice) => {
            text(
                PLACE,
                &choice.place.map_or_else(String::new, |it| it.to_string()),
            );
            for (name, ids) in [(LADDER, &choice.ladder), (REFUSED, &choice.refused)] {
                if !ids.is_empty() {
                    let ids = ids.iter().cloned().map(Element::Text);
                    fields.insert(name.to_owned(), FieldValue::List(ids.collect()));
                }
            }
            if let Some(decided) = choice.portfolio.map(FieldValue::Portfolio) {
                fields.insert("portfolio".to_owned(), decided);
            }
            EntryKind::Choice(choice.entry.clone())
        }
    };
    fields.insert(KIND.to_owned(), FieldValue::Kind(kind));
    for (name, member) in unknown.into_iter().flatten() {
        let said = match member {
            Member::One(json) if json == "null" || json == "\"\"" => continue,
            Member::One(json) => FieldValue::Unknown(json.clone()),
            Member::List(list) => {
                FieldValue::List(list.iter().cloned().map(Element::Unknown).collect())
            }
        };
        // A member with a meaning is never unknown, so this replaces no other field.
        fields.entry(name.clone()).or_insert(said);
    }
    fields
}

/// Whether it means the same as a missing field.
fn is_empty_value(value: &FieldValue) -> bool {
    match value {
        FieldValue::Text(text) => text.is_empty(),
        FieldValue::List(list) => list.is_empty(),
        FieldValue::Kind(_)
        | FieldValue::Closing(_)
        | FieldValue::Portfolio(_)
        | FieldValue::Unknown(_) => false,
    }
}

fn field_value(value: &Value) -> FieldValue {
    match value {
        Value::Text(text) => FieldValue::Text(text.clone()),
        Value::List(list) => FieldValue::List(list.iter().cloned().map(Element::Text).collect()),
        Value::Log(log) => FieldValue::List(log.iter().cloned().map(Element::Dated).collect()),
    }
}

/// The body that has these fields, and its unknown members. Total: fields that do not belong to its
/// kind are kept as unknown members.
pub(super) fn body_from_fields(
    mut fields: Fields,
    at: Timestamp,
) -> (Body, Option<Box<UnknownMembers>>) {
    let Some(FieldValue::Kind(kind)) = fields.remove(KIND) else {
        return (Body::Deleted, None);
    };
    let body = match kind {
        EntryKind::Answer(period, practice, step) => Body::Answer(Answer {
            period,
            practice,
            step,
            value: fields
                .remove(VALUE)
                .map_or_else(|| Value::Text(String::new()), value_from_field),
        }),
        EntryKind::Item(register) => {
            Body::Item(Item::with_values(register, take_values(&mut fields)))
        }
        EntryKind::Commitment => Body::Commitment(take_commitment(&mut fields, at.date_naive())),
        EntryKind::Choice(entry) => Body::Choice(PortfolioChoice {
            entry,
            portfolio: match fields.remove("portfolio") {
                Some(FieldValue::Portfolio(decided)) => Some(decided),
                _ => None,
            },
            place: take_text(&mut fields, PLACE).parse().ok(),
            ladder: take_texts(&mut fields, LADDER),
            refused: take_texts(&mut fields, REFUSED),
        }),
    };
    let unknown: UnknownMembers = fields
        .into_iter()
        .map(|(name, said)| (name, unknown_member(said)))
        .collect();
    (body, (!unknown.is_empty()).then(|| Box::new(unknown)))
}

fn take_values(fields: &mut Fields) -> BTreeMap<String, Value> {
    let names: Vec<String> = fields
        .keys()
        .filter(|name| name.starts_with(VALUES_PREFIX))
        .cloned()
        .collect();
    names
        .into_iter()
        .filter_map(|name| {
            let said = fields.remove(&name)?;
            Some((
                name[VALUES_PREFIX.len()..].to_owned(),
                value_from_field(said),
            ))
        })
        .collect()
}

fn take_commitment(fields: &mut Fields, written: NaiveDate) -> Commitment {
    let moves = match fields.remove("moves") {
        Some(FieldValue::List(elements)) => elements
            .into_iter()
            .filter_map(|element| match element {
                Element::Move(moved) => Some(moved),
                _ => None,
            })
            .collect(),
        _ => Vec::new(),
    };
    let closing = match fields.remove("closing") {
        Some(FieldValue::Closing(closing)) => Some(closing),
        _ => None,
    };
    let day = |text: String| calendar::parse_iso_date(&text).unwrap_or(written);
    let origin = take_text(fields, "origin");
    Commitment {
        better: take_text(fields, "better"),
        area: take_text(fields, "area"),
        due: day(take_text(fields, "due")),
        made: day(take_text(fields, "made")),
        moves,
        closing,
        origin: (!origin.is_empty()).then(|| Id::new(origin)),
    }
}

fn take_text(fields: &mut Fields, name: &str) -> String {
    match fields.remove(name) {
        Some(FieldValue::Text(text)) => text,
        _ => String::new(),
    }
}

/// The texts of a list.
fn take_texts(fields: &mut Fields, name: &str) -> Vec<String> {
    match fields.remove(name) {
        Some(FieldValue::List(elements)) => elements.into_iter().map(into_text).collect(),
        _ => Vec::new(),
    }
}

/// The value of an item or an answer in a field.
fn value_from_field(said: FieldValue) -> Value {
    match said {
        FieldValue::Text(text) => Value::Text(text),
        FieldValue::List(elements) => {
            let dated = |element: &Element| matches!(element, Element::Dated(_));
            if !elements.is_empty() && elements.iter().all(dated) {
                return Value::Log(elements.into_iter().filter_map(into_dated).collect());
            }
            // Dated and plain lines mixed, which no leadby writes: no text is lost.
            Value::List(elements.into_iter().map(into_text).collect())
        }
        FieldValue::Unknown(json) => Value::Text(json),
        FieldValue::Kind(_) | FieldValue::Closing(_) | FieldValue::Portfolio(_) => {
            Value::Text(String::new())
        }
    }
}

fn into_dated(element: Element) -> Option<DatedLine> {
    match element {
        Element::Dated(dated) => Some(dated),
        _ => None,
    }
}

fn into_text(element: Element) -> String {
    match element {
        Element::Text(text) | Element::Unknown(text) => text,
        Element::Dated(DatedLine { on, text }) => format!("{on} {text}"),
        Element::Move(Move { on, to, why, .. }) => format!("{on} {to} {why}"),
    }
}

fn unknown_member(said: FieldValue) -> Member {
    match said {
        FieldValue::Unknown(json) => Member::One(json),
        FieldValue::Text(text) => Member::One(json_string(&text)),
        FieldValue::List(elements) => {
            let json = |element| match element {
                Element::Unknown(json) => json,
                other => json_string(&into_text(other)),
            };
            Member::List(elements.into_iter().map(json).collect())
        }
        FieldValue::Closing(closing) => Member::One(json_string(&format!(
            "{} {} {}",
            closing.how.name(),
            closing.on,
            closing.evidence
        ))),
        FieldValue::Kind(_) | FieldValue::Portfolio(_) => Member::One("null".to_owned()),
    }
}

/// A text as JSON (RFC 8259).
fn json_string(text: &str) -> String {
    let mut json = String::with_capacity(text.len() + 2);
    json.push('"');
    for character in text.chars() {
        match character {
            '"' => json.push_str("\\\""),
            '\\' => json.push_str("\\\\"),
            '\0'..='\u{1f}' => json.push_str(&format!("\\u{:04x}", u32::from(character))),
            _ => json.push(character),
        }
    }
    json.push('"');
    json
}

/// Sorts the elements of lists as they are in an entry; others come last.
pub(super) fn restore_order(shown: &mut Fields, entry: &Entry) {
    let there = entry_fields(entry);
    for (name, value) in shown {
        if let (FieldValue::List(list), Some(FieldValue::List(old))) = (value, there.get(name)) {
            let place = |element: &Element| old.iter().position(|other| other == element);
            list.sort_by_key(|element| place(element).unwrap_or(usize::MAX));
        }
    }
}

/// The elements of a list, each once.
pub(super) fn element_set(value: &FieldValue) -> BTreeSet<&Element> {
    match value {
        FieldValue::List(list) => list.iter().collect(),
        _ => BTreeSet::new(),
    }
}

/// What one version says of one field.
pub(super) struct FieldStatement {
    /// Whether it sets the field, rather than empties it.
    pub(super) is_set: bool,
    /// Its whole text, or that it is a list, changed only as follows.
    pub(super) content: FieldContent,
    /// The elements added to a list.
    pub(super) added: BTreeSet<Element>,
    /// The elements removed from it.
    pub(super) removed: BTreeSet<Element>,
}

/// What one version says of a field as a whole.
pub(super) enum FieldContent {
    /// A text; `None` empties the field.
    Text(Option<FieldValue>),
    List,
}

impl FieldStatement {
    /// What turns `before` into `after`.
    pub(super) fn of(before: Option<&FieldValue>, after: Option<&FieldValue>) -> Self {
        let is_list = |value: Option<&FieldValue>| matches!(value, Some(FieldValue::List(_)));
        let old = before.map(element_set).unwrap_or_default();
        let new = after.map(element_set).unwrap_or_default();
        // An emptied list only says that its elements are gone.
        let is_list = is_list(after) || (after.is_none() && is_list(before));
        Self {
            is_set: after.is_some(),
            content: if is_list {
                FieldContent::List
            } else {
                FieldContent::Text(after.cloned())
            },
            added: new.difference(&old).copied().cloned().collect(),
            removed: old.difference(&new).copied().cloned().collect(),
        }
    }
}

/// Whether two texts are the same; lists in any order of their elements.
pub(super) fn same_value(one: Option<&FieldValue>, two: Option<&FieldValue>) -> bool {
    match (one, two) {
        (Some(FieldValue::List(_)), Some(FieldValue::List(_))) => {
            one.map(element_set) == two.map(element_set)
        }
        _ => one == two,
    }
}
