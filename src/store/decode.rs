//! Reads one line: an entry, or in plain words why it is not one.
//!
//! The declared shapes here read every line as leadby writes it, whatever the order of its members.
//! A line they do not fit, such as a damaged one or one of a later leadby, is read again by
//! `store::members`, which says why. What is read here is read alike there. Knows nothing of files
//! or other lines.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use chrono::NaiveDate;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::Damage;
use super::encode::{VERSION, inclusion_from_name, is_sound, outcome_from_name};
use super::members::{ABOVE_LAST, Members, decode_members, object};
use crate::calendar::{self, Timestamp};
use crate::journal::{
    Answer, Body, Closing, Commitment, DatedLine, Entry, Id, Item, LAST_REVISION, Lineage, Move,
    Period, PortfolioChoice, UndoTarget, Value, VersionName,
};

/// What was read from a line.
#[derive(Debug)]
pub(super) struct DecodedLine {
    /// The entry. If only a newer leadby understands it, no more than its lineage.
    pub(super) entry: Entry,
    /// What is wrong with the line, although it was read.
    pub(super) damage: Option<Damage>,
}

impl DecodedLine {
    /// Whether the line is as leadby wrote it, in whatever version.
    pub(super) fn is_sound(&self) -> bool {
        !matches!(self.damage, Some(Damage::ChangedOutside))
    }
}

/// The entry on a line.
pub(super) fn decode(line: &[u8]) -> Result<DecodedLine, Damage> {
    let read = match read_shape(line) {
        Some(entry) => Ok(entry),
        None => decode_members(line),
    };
    let is_sound = is_sound(line);
    match read {
        Ok(entry) if is_sound => Ok(DecodedLine {
            entry,
            damage: None,
        }),
        // Forgetting cannot be undone, so a changed line is not trusted with it.
        Ok(entry) if entry.body == Body::Forgotten => Err(Damage::Unreadable(
            "it says that an entry is forgotten, but its checksum is wrong".to_owned(),
        )),
        Ok(entry) => Ok(DecodedLine {
            entry,
            damage: Some(Damage::ChangedOutside),
        }),
        // A matching checksum means that leadby wrote it, so probably a newer version.
        Err(damage) if is_sound => newer(line, damage),
        Err(damage) => Err(damage),
    }
}

/// What is known of a sound line that is not understood.
fn newer(line: &[u8], damage: Damage) -> Result<DecodedLine, Damage> {
    let Ok(object) = object(line) else {
        return Err(damage);
    };
    let members = Members(&object);
    let damage = match damage {
        Damage::Unreadable(reason) if reason == ABOVE_LAST => {
            return Err(Damage::Unreadable(reason));
        }
        Damage::Unreadable(reason) => Damage::NotUnderstood(reason),
        other => other,
    };
    let lineage = members.names("after").map(|after| Lineage {
        after,
        ..Lineage::default()
    });
    match members.entry(Body::Newer, lineage.unwrap_or_default()) {
        Ok(entry) => Ok(DecodedLine {
            entry,
            damage: Some(damage),
        }),
        Err(_) => Err(damage),
    }
}

/// The entry on a line that is as leadby writes it; `None` if it has to be read member by member.
fn read_shape(line: &[u8]) -> Option<Entry> {
    let text = std::str::from_utf8(line).ok()?;
    // A list of the values alone would fit the shape, too.
    if !text.starts_with('{') {
        return None;
    }
    let mut line: LineMembers<'_> = serde_json::from_str(text).ok()?;
    let body = line.take_body()?;
    if line.v != VERSION || line.id.0.is_empty() || !(1..=LAST_REVISION).contains(&line.rev) {
        return None;
    }
    // Members of another kind are unknown to this one.
    if line.has_body_members() {
        return None;
    }
    let names = |texts: Vec<JsonText<'_>>| texts.iter().map(JsonText::name).collect();
    Some(Entry {
        rev: line.rev,
        lineage: Lineage {
            name: line.crc.name(),
            after: line.after.map(names),
            undoes: line.undoes.map(|undone| UndoTarget::from(undone).into()),
            open: line.open.iter().map(|field| Box::from(&*field.0)).collect(),
            ..Lineage::default()
        },
        at: Timestamp::parse_from_rfc3339(&line.at.0).ok()?,
        id: Id::new(line.id.0),
        body,
    })
}

/// The members of a line of any kind.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'a"))]
struct LineMembers<'a> {
    v: u64,
    id: JsonText<'a>,
    rev: u64,
    #[serde(default, deserialize_with = "not_null")]
    after: Option<Vec<JsonText<'a>>>,
    #[serde(default, deserialize_with = "not_null")]
    undoes: Option<JsonUndo<'a>>,
    #[serde(default)]
    open: Vec<JsonText<'a>>,
    at: JsonText<'a>,
    kind: JsonText<'a>,
    #[serde(default, deserialize_with = "not_null")]
    week: Option<JsonText<'a>>,
    #[serde(default, deserialize_with = "not_null")]
    month: Option<JsonText<'a>>,
    #[serde(default, deserialize_with = "not_null")]
    practice: Option<String>,
    #[serde(default, deserialize_with = "not_null")]
    step: Option<String>,
    #[serde(default, deserialize_with = "not_null")]
    value: Option<JsonValue>,
    #[serde(default, deserialize_with = "not_null")]
    register: Option<String>,
    #[serde(default, deserialize_with = "not_null")]
    values: Option<BTreeMap<String, JsonValue>>,
    #[serde(default, deserialize_with = "not_null")]
    better: Option<String>,
    #[serde(default, deserialize_with = "not_null")]
    area: Option<String>,
    #[serde(default, deserialize_with = "not_null")]
    due: Option<JsonDay>,
    #[serde(default, deserialize_with = "not_null")]
    made: Option<JsonDay>,
    #[serde(default, deserialize_with = "not_null")]
    moves: Option<Vec<JsonObject<JsonMove>>>,
    #[serde(default, deserialize_with = "not_null")]
    closing: Option<JsonObject<JsonClosing<'a>>>,
    #[serde(default, deserialize_with = "not_null")]
    origin: Option<JsonText<'a>>,
    #[serde(default, deserialize_with = "not_null")]
    entry: Option<JsonText<'a>>,
    #[serde(default, deserialize_with = "not_null")]
    portfolio: Option<JsonText<'a>>,
    #[serde(default, deserialize_with = "not_null")]
    place: Option<u32>,
    #[serde(default, deserialize_with = "not_null")]
    ladder: Option<Vec<String>>,
    #[serde(default, deserialize_with = "not_null")]
    refused: Option<Vec<String>>,
    crc: JsonText<'a>,
}

impl LineMembers<'_> {
    /// Takes the members of the line's kind; `None` if one is missing or makes no sense.
    fn take_body(&mut self) -> Option<Body> {
        Some(match &*self.kind.0 {
            "deleted" => Body::Deleted,
            "forgotten" => Body::Forgotten,
            "answer" => Body::Answer(Answer {
                period: match (self.week.take(), self.month.take()) {
                    (None, None) => Period::Standing,
                    (Some(week), None) => Period::Week(week.0.parse().ok()?),
                    (None, Some(month)) => Period::Month(month.0.parse().ok()?),
                    (Some(_), Some(_)) => return None,
                },
                practice: self.practice.take()?,
                step: self.step.take()?,
                value: self.value.take()?.0,
            }),
            "item" => {
                let values = self.values.take()?.into_iter();
                let values = values.map(|(name, value)| (name, value.0));
                Body::Item(Item::with_values(self.register.take()?, values))
            }
            "commitment" => Body::Commitment(self.take_commitment()?),
            "choice" => Body::Choice(PortfolioChoice {
                entry: Id::new(self.entry.take()?.0),
                portfolio: match self.portfolio.take() {
                    Some(name) => Some(inclusion_from_name(&name.0)?),
                    None => None,
                },
                place: self.place.take(),
                ladder: self.ladder.take().unwrap_or_default(),
                refused: self.refused.take().unwrap_or_default(),
            }),
            _ => return None,
        })
    }

    fn take_commitment(&mut self) -> Option<Commitment> {
        let moves = self.moves.take().unwrap_or_default().into_iter();
        let closing = match self.closing.take() {
            Some(JsonObject(closing)) => Some(Closing {
                how: outcome_from_name(&closing.how.0)?,
                on: closing.on.0,
                evidence: closing.evidence,
            }),
            None => None,
        };
        Some(Commitment {
            better: self.better.take()?,
            area: self.area.take().unwrap_or_default(),
            due: self.due.take()?.0,
            made: self.made.take()?.0,
            moves: moves.map(|JsonObject(moved)| moved.into()).collect(),
            closing,
            origin: self.origin.take().map(|origin| Id::new(origin.0)),
        })
    }

    /// Whether any member of a kind was not taken.
    fn has_body_members(&self) -> bool {
        let texts = [
            &self.week,
            &self.month,
            &self.origin,
            &self.entry,
            &self.portfolio,
        ];
        let strings = [
            &self.practice,
            &self.step,
            &self.register,
            &self.better,
            &self.area,
        ];
        texts.into_iter().any(Option::is_some)
            || strings.into_iter().any(Option::is_some)
            || self.value.is_some()
            || self.values.is_some()
            || self.due.is_some()
            || self.made.is_some()
            || self.moves.is_some()
            || self.closing.is_some()
            || self.place.is_some()
            || self.ladder.is_some()
            || self.refused.is_some()
    }
}

/// Reads a member that may be missing. `null` is left to the other reader: for one kind it means
/// that the member is missing, for another that there is an unknown one.
fn not_null<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

/// A text, borrowed from the line if nothing in it is escaped.
#[derive(Deserialize)]
#[serde(transparent)]
struct JsonText<'a>(#[serde(borrow)] Cow<'a, str>);

impl JsonText<'_> {
    fn name(&self) -> VersionName {
        VersionName::new(&self.0)
    }
}

/// A day as `YYYY-MM-DD` and nothing else.
struct JsonDay(NaiveDate);

impl<'de> Deserialize<'de> for JsonDay {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = JsonText::deserialize(deserializer)?;
        let day = calendar::parse_iso_date(&text.0);
        day.map(Self).ok_or_else(|| D::Error::custom("not a day"))
    }
}

/// What an undo names; older lines have a revision.
#[derive(Deserialize)]
#[serde(untagged)]
enum JsonUndo<'a> {
    Name(#[serde(borrow)] JsonText<'a>),
    Revision(u64),
}

impl From<JsonUndo<'_>> for UndoTarget {
    fn from(undone: JsonUndo<'_>) -> Self {
        match undone {
            JsonUndo::Name(name) => Self::Name(name.name()),
            JsonUndo::Revision(rev) => Self::Revision(rev),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct JsonMove {
    on: JsonDay,
    from: JsonDay,
    to: JsonDay,
    #[serde(default)]
    why: String,
}

impl From<JsonMove> for Move {
    fn from(moved: JsonMove) -> Self {
        Self {
            on: moved.on.0,
            from: moved.from.0,
            to: moved.to.0,
            why: moved.why,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct JsonClosing<'a> {
    #[serde(borrow)]
    how: JsonText<'a>,
    on: JsonDay,
    #[serde(default)]
    evidence: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct JsonDated {
    on: JsonDay,
    text: String,
}

/// A text or a list. Most values are texts, so it is not read twice as an `untagged` shape would be.
struct JsonValue(Value);

/// An element of such a list.
#[derive(Deserialize)]
#[serde(untagged)]
enum JsonElement {
    Text(String),
    Dated(JsonObject<JsonDated>),
}

impl<'de> Deserialize<'de> for JsonValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }
}

struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = JsonValue;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text or a list")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<JsonValue, E> {
        Ok(JsonValue(Value::from(text)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<JsonValue, A::Error> {
        let (mut texts, mut lines) = (Vec::new(), Vec::new());
        while let Some(element) = list.next_element()? {
            match element {
                JsonElement::Text(text) => texts.push(text),
                JsonElement::Dated(JsonObject(line)) => lines.push(DatedLine {
                    on: line.on.0,
                    text: line.text,
                }),
            }
        }
        match (texts.is_empty(), lines.is_empty()) {
            (_, true) => Ok(JsonValue(Value::List(texts))),
            (true, false) => Ok(JsonValue(Value::Log(lines))),
            (false, false) => Err(A::Error::custom("texts and dated lines in one list")),
        }
    }
}

/// An object; a list of its values alone would fit a derived shape, too.
struct JsonObject<T>(T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for JsonObject<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(ObjectVisitor(PhantomData))
    }
}

struct ObjectVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for ObjectVisitor<T> {
    type Value = JsonObject<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<JsonObject<T>, A::Error> {
        T::deserialize(MapAccessDeserializer::new(members)).map(JsonObject)
    }
}

#[cfg(test)]
mod tests;
