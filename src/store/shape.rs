//! The declared shape of a journal line: its members as they are written and read.
//!
//! `assets/format.md` promises what is here. Knows nothing of files, of checksums, or of members
//! that this leadby does not know.

mod value;

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Number;

pub(super) use value::{
    JsonValues, Reason, describe_misfit, instant, json_values, parse_instant, quoted,
};

use crate::journal::{
    Answer, Body, Closing, Commitment, CommitmentOutcome, Entry, Id, Inclusion, Item,
    LAST_REVISION, Lineage, Move, Period, PortfolioChoice, UndoTarget,
};
use value::{JsonDay, JsonText, JsonValue};

/// The version of the format this leadby writes, and the newest it understands.
pub(super) const VERSION: u64 = 1;

/// The reason for a revision that no other could follow.
pub(super) const ABOVE_LAST: &str = "its “rev” is above 2^53";

/// The reason for a revision that is no number, or 0.
pub(super) const NO_REVISION: &str = "its “rev” is not a whole number from 1 on";

/// The members of a line of any kind, in the order in which they are written.
#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'a"))]
pub(super) struct LineMembers<'a> {
    v: u64,
    id: JsonText<'a>,
    rev: u64,
    #[serde(default, with = "given", skip_serializing_if = "Option::is_none")]
    after: Option<Vec<JsonText<'a>>>,
    #[serde(default, with = "given", skip_serializing_if = "Option::is_none")]
    undoes: Option<JsonUndo<'a>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    open: Vec<JsonText<'a>>,
    at: JsonText<'a>,
    kind: JsonText<'a>,
    #[serde(default, with = "given", skip_serializing_if = "Option::is_none")]
    week: Option<JsonText<'a>>,
    #[serde(default, with = "given", skip_serializing_if = "Option::is_none")]
    month: Option<JsonText<'a>>,
    #[serde(default, with = "given", skip_serializing_if = "Option::is_none")]
    practice: Option<JsonText<'a>>,
    #[serde(default, with = "given", skip_serializing_if = "Option::is_none")]
    step: Option<JsonText<'a>>,
    #[serde(default, with = "given", skip_serializing_if = "Option::is_none")]
    value: Option<JsonValue<'a>>,
    #[serde(default, with = "given", skip_serializing_if = "Option::is_none")]
    register: Option<JsonText<'a>>,
    #[serde(default, with = "given", skip_serializing_if = "Option::is_none")]
    values: Option<JsonValues<'a>>,
    #[serde(default, with = "given", skip_serializing_if = "Option::is_none")]
    better: Option<JsonText<'a>>,
    #[serde(default, with = "given", skip_serializing_if = "Option::is_none")]
    area: Option<JsonText<'a>>,
    #[serde(default, with = "given", skip_serializing_if = "Option::is_none")]
    due: Option<JsonDay>,
    #[serde(default, with = "given", skip_serializing_if = "Option::is_none")]
    made: Option<JsonDay>,
    #[serde(default, with = "given", skip_serializing_if = "Option::is_none")]
    moves: Option<Vec<JsonObject<JsonMove<'a>>>>,
    #[serde(default, with = "given", skip_serializing_if = "Option::is_none")]
    closing: Option<JsonObject<JsonClosing<'a>>>,
    #[serde(default, with = "given", skip_serializing_if = "Option::is_none")]
    origin: Option<JsonText<'a>>,
    #[serde(default, with = "given", skip_serializing_if = "Option::is_none")]
    entry: Option<JsonText<'a>>,
    #[serde(default, with = "given", skip_serializing_if = "Option::is_none")]
    portfolio: Option<JsonText<'a>>,
    #[serde(default, with = "given", skip_serializing_if = "Option::is_none")]
    place: Option<u32>,
    #[serde(default, with = "given", skip_serializing_if = "Option::is_none")]
    ladder: Option<Vec<JsonText<'a>>>,
    #[serde(default, with = "given", skip_serializing_if = "Option::is_none")]
    refused: Option<Vec<JsonText<'a>>>,
    /// The checksum, which is added to what is written.
    #[serde(skip_serializing)]
    crc: JsonText<'a>,
}

impl<'a> LineMembers<'a> {
    /// The members of an entry. Its name is the checksum, so the name it has is not written.
    pub(super) fn of(entry: &'a Entry) -> Self {
        let lineage = &entry.lineage;
        let line = Self {
            v: VERSION,
            id: JsonText::of(entry.id.as_str()),
            rev: entry.rev,
            after: (lineage.after.as_deref())
                .map(|names| names.iter().map(JsonText::from).collect()),
            undoes: lineage.undoes.as_deref().map(JsonUndo::from),
            open: lineage.open.iter().map(|it| JsonText::of(it)).collect(),
            at: JsonText(instant(entry.at).into()),
            ..Self::default()
        };
        match &entry.body {
            // An entry that only a newer leadby understands is never written.
            Body::Deleted | Body::Newer => Self {
                kind: JsonText::of("deleted"),
                ..line
            },
            Body::Forgotten => Self {
                kind: JsonText::of("forgotten"),
                ..line
            },
            Body::Answer(answer) => {
                let (week, month) = match answer.period {
                    Period::Standing => (None, None),
                    Period::Month(month) => (None, Some(month.to_string())),
                    Period::Week(week) => (Some(week.to_string()), None),
                };
                Self {
                    kind: JsonText::of("answer"),
                    week: week.map(|week| JsonText(week.into())),
                    month: month.map(|month| JsonText(month.into())),
                    practice: Some(JsonText::of(&answer.practice)),
                    step: Some(JsonText::of(&answer.step)),
                    value: Some(JsonValue(Cow::Borrowed(&answer.value))),
                    ..line
                }
            }
            Body::Item(item) => Self {
                kind: JsonText::of("item"),
                register: Some(JsonText::of(&item.register)),
                values: Some(json_values(&item.values)),
                ..line
            },
            Body::Commitment(commitment) => Self {
                kind: JsonText::of("commitment"),
                better: Some(JsonText::of(&commitment.better)),
                area: Some(JsonText::of(&commitment.area)),
                due: Some(JsonDay(commitment.due)),
                made: Some(JsonDay(commitment.made)),
                moves: Some(commitment.moves.iter().map(JsonMove::of).collect()),
                closing: commitment.closing.as_ref().map(JsonClosing::of),
                origin: commitment
                    .origin
                    .as_ref()
                    .map(|id| JsonText::of(id.as_str())),
                ..line
            },
            Body::Choice(choice) => Self {
                kind: JsonText::of("choice"),
                entry: Some(JsonText::of(choice.entry.as_str())),
                portfolio: choice.portfolio.map(|it| JsonText::of(inclusion_name(it))),
                place: choice.place,
                ladder: json_ids(&choice.ladder),
                refused: json_ids(&choice.refused),
                ..line
            },
        }
    }

    pub(super) fn version(&self) -> u64 {
        self.v
    }

    /// Takes the entry, or says why there is none.
    pub(super) fn take_entry(&mut self) -> Result<Entry, Reason> {
        let body = self.take_body()?;
        self.take_entry_as(body)
    }

    /// The entry with this body.
    pub(super) fn take_entry_as(&mut self, body: Body) -> Result<Entry, Reason> {
        if self.id.0.is_empty() {
            return Err("its id is empty".to_owned());
        }
        match self.rev {
            0 => return Err(NO_REVISION.to_owned()),
            1..=LAST_REVISION => {}
            _ => return Err(ABOVE_LAST.to_owned()),
        }
        let at = parse_instant(&self.at.0)?;
        let names = |texts: Vec<JsonText<'_>>| texts.iter().map(JsonText::name).collect();
        Ok(Entry {
            id: Id::new(std::mem::take(&mut self.id.0)),
            rev: self.rev,
            lineage: Lineage {
                name: self.crc.name(),
                after: self.after.take().map(names),
                undoes: self.undoes.take().map(|it| UndoTarget::from(it).into()),
                open: self.open.iter().map(|field| Box::from(&*field.0)).collect(),
                ..Lineage::default()
            },
            at,
            body,
        })
    }

    /// Takes the members of the line's kind.
    fn take_body(&mut self) -> Result<Body, Reason> {
        Ok(match &*self.kind.0 {
            "deleted" => Body::Deleted,
            "forgotten" => Body::Forgotten,
            "answer" => Body::Answer(Answer {
                period: self.take_period()?,
                practice: required(self.practice.take(), "practice")?.into(),
                step: required(self.step.take(), "step")?.into(),
                value: required(self.value.take(), "value")?.0.into_owned(),
            }),
            "item" => {
                let register = required(self.register.take(), "register")?;
                let values = required(self.values.take(), "values")?.into_iter();
                let values = values.map(|(name, value)| (name.into_owned(), value.0.into_owned()));
                Body::Item(Item::with_values(register, values))
            }
            "commitment" => Body::Commitment(self.take_commitment()?),
            "choice" => Body::Choice(PortfolioChoice {
                entry: Id::new(required(self.entry.take(), "entry")?.0),
                portfolio: match self.portfolio.take() {
                    Some(name) => Some(inclusion_from_name(&name.0)?),
                    None => None,
                },
                place: self.place.take(),
                ladder: take_ids(&mut self.ladder),
                refused: take_ids(&mut self.refused),
            }),
            other => return Err(format!("“{}” is not a kind", quoted(other))),
        })
    }

    fn take_period(&mut self) -> Result<Period, Reason> {
        match (self.week.take(), self.month.take()) {
            (None, None) => Ok(Period::Standing),
            (Some(JsonText(week)), None) => match week.parse() {
                Ok(week) => Ok(Period::Week(week)),
                Err(_) => Err(format!("“{}” is not a week", quoted(&week))),
            },
            (None, Some(JsonText(month))) => match month.parse() {
                Ok(month) => Ok(Period::Month(month)),
                Err(_) => Err(format!("“{}” is not a month", quoted(&month))),
            },
            (Some(_), Some(_)) => Err("it has both a week and a month".to_owned()),
        }
    }

    fn take_commitment(&mut self) -> Result<Commitment, Reason> {
        let moves = self.moves.take().unwrap_or_default().into_iter();
        let closing = match self.closing.take() {
            Some(JsonObject(closing)) => Some(Closing {
                how: outcome_from_id(&closing.how)?,
                on: closing.on.0,
                evidence: closing.evidence.into_owned(),
            }),
            None => None,
        };
        Ok(Commitment {
            better: required(self.better.take(), "better")?.into(),
            area: self.area.take().map(String::from).unwrap_or_default(),
            due: required(self.due.take(), "due")?.0,
            made: required(self.made.take(), "made")?.0,
            moves: moves.map(|JsonObject(moved)| moved.into()).collect(),
            closing,
            origin: self.origin.take().map(|origin| Id::new(origin.0)),
        })
    }

    /// Whether any member of a kind was not taken.
    pub(super) fn has_body_members(&self) -> bool {
        let texts = [
            &self.week,
            &self.month,
            &self.practice,
            &self.step,
            &self.register,
            &self.better,
            &self.area,
            &self.origin,
            &self.entry,
            &self.portfolio,
        ];
        texts.into_iter().any(Option::is_some)
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

fn required<T>(member: Option<T>, name: &str) -> Result<T, Reason> {
    member.ok_or_else(|| format!("it has no “{name}”"))
}

/// A list of ids, which is left out if it is empty.
fn json_ids(ids: &[String]) -> Option<Vec<JsonText<'_>>> {
    (!ids.is_empty()).then(|| ids.iter().map(|id| JsonText::of(id)).collect())
}

fn take_ids(ids: &mut Option<Vec<JsonText<'_>>>) -> Vec<String> {
    let ids = ids.take().unwrap_or_default().into_iter();
    ids.map(String::from).collect()
}

/// A member that may be missing. `null` is left to the careful reader: for one kind it means that the
/// member is missing, for another that there is an unknown one.
mod given {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[expect(clippy::ref_option, reason = "serde passes it so")]
    pub(super) fn serialize<T: Serialize, S: Serializer>(
        member: &Option<T>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        member.serialize(serializer)
    }

    pub(super) fn deserialize<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<T>, D::Error> {
        T::deserialize(deserializer).map(Some)
    }
}

/// What an undo names; older lines have a revision.
#[derive(Deserialize, Serialize)]
#[serde(untagged)]
enum JsonUndo<'a> {
    Name(#[serde(borrow)] JsonText<'a>),
    Revision(Number),
}

impl From<&UndoTarget> for JsonUndo<'_> {
    fn from(undone: &UndoTarget) -> Self {
        match undone {
            UndoTarget::Name(name) => Self::Name(name.into()),
            UndoTarget::Revision(rev) => Self::Revision((*rev).into()),
        }
    }
}

impl From<JsonUndo<'_>> for UndoTarget {
    fn from(undone: JsonUndo<'_>) -> Self {
        match undone {
            JsonUndo::Name(name) => Self::Name(name.name()),
            JsonUndo::Revision(rev) => Self::Revision(rev.as_u64().unwrap_or(0)),
        }
    }
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct JsonMove<'a> {
    on: JsonDay,
    from: JsonDay,
    to: JsonDay,
    #[serde(default)]
    why: Cow<'a, str>,
}

impl<'a> JsonMove<'a> {
    fn of(moved: &'a Move) -> JsonObject<Self> {
        JsonObject(Self {
            on: JsonDay(moved.on),
            from: JsonDay(moved.from),
            to: JsonDay(moved.to),
            why: Cow::Borrowed(&moved.why),
        })
    }
}

impl From<JsonMove<'_>> for Move {
    fn from(moved: JsonMove<'_>) -> Self {
        Self {
            on: moved.on.0,
            from: moved.from.0,
            to: moved.to.0,
            why: moved.why.into_owned(),
        }
    }
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct JsonClosing<'a> {
    how: Cow<'a, str>,
    on: JsonDay,
    #[serde(default)]
    evidence: Cow<'a, str>,
}

impl<'a> JsonClosing<'a> {
    fn of(closing: &'a Closing) -> JsonObject<Self> {
        JsonObject(Self {
            how: Cow::Borrowed(closing.how.id()),
            on: JsonDay(closing.on),
            evidence: Cow::Borrowed(&closing.evidence),
        })
    }
}

/// An object; a list of its values alone would fit a derived shape, too.
#[derive(Serialize)]
#[serde(transparent)]
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

/// How a commitment ended, from its id on a line.
fn outcome_from_id(id: &str) -> Result<CommitmentOutcome, Reason> {
    CommitmentOutcome::from_id(id)
        .ok_or_else(|| format!("“{}” is not a way to end a commitment", quoted(id)))
}

/// What was decided about an entry, as it is written; part of the format, unlike
/// [`Inclusion::id`].
fn inclusion_name(portfolio: Inclusion) -> &'static str {
    match portfolio {
        Inclusion::Include => "in",
        Inclusion::Exclude => "out",
        Inclusion::First => "first",
    }
}

/// What was decided about an entry, from its name on a line.
fn inclusion_from_name(name: &str) -> Result<Inclusion, Reason> {
    let mut all = Inclusion::ALL.into_iter();
    all.find(|portfolio| inclusion_name(*portfolio) == name)
        .ok_or_else(|| format!("“{}” is not a choice", quoted(name)))
}
