//! What the journal holds: one entry is one answer, item, commitment or choice, in one version.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use chrono::NaiveDate;

use super::{Choice, Lineage, Name};
use crate::calendar::{self, Month, Stamp, Week};

/// The name of an entry, the same in every version of it and on every machine.
///
/// What has a natural identity has an id made from it; everything else gets a UUID of version 7
/// (RFC 9562) from the store.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Id(Arc<str>);

/// One version of one entry.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Entry {
    /// Which entry.
    pub id: Id,
    /// Which version of it, from 1.
    pub rev: u64,
    /// What it was made from.
    pub lineage: Lineage,
    /// When this version was written.
    pub at: Stamp,
    /// What it says.
    pub body: Body,
}

/// What the first words of a version say, before the rest of it is read.
pub trait Head {
    /// The entry's id, in bytes: of most, nothing but the beginning is looked at.
    fn id(&self) -> &[u8];

    /// Of an item, what it says of itself first. None of anything else, and where it cannot be told.
    fn item(&self) -> Option<ItemHead<'_>>;
}

/// What an item says of itself first.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct ItemHead<'a> {
    /// The day this version was written, on the writer's clock, as it stands there:
    /// `2026-11-24`.
    pub written: &'a str,
    /// Its register.
    pub register: &'a str,
}

/// A version that is to be written: the store adds the revision, the time and, for what is new,
/// the id.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Change {
    /// The entry it is a version of; none for a new entry without a natural id.
    pub id: Option<Id>,
    /// The version of that entry it takes back; then the body is what it says without that one.
    pub undoes: Option<Name>,
    /// The fields it settles, even where they say what is shown already.
    pub settles: Vec<String>,
    /// What it says.
    pub body: Body,
}

/// What an entry says.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Body {
    /// That the entry was taken back; earlier versions stay in the journal.
    Deleted,
    /// That the entry was forgotten: of its versions, only those made after this one count.
    Forgotten,
    /// What only a newer leadby understands.
    Newer,
    /// An answer to a step of a practice.
    Answer(Answer),
    /// An item of a register.
    Item(Item),
    /// Something to lead better, by a day.
    Commitment(Commitment),
    /// What was decided about another entry.
    Choice(Choice),
}

/// What was answered to one step, once a period.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Answer {
    /// The week or month it is about.
    pub period: Period,
    /// The practice's id.
    pub practice: String,
    /// The step's id.
    pub step: String,
    /// The answer.
    pub value: Value,
}

/// What stretch of time an answer is about.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Period {
    /// No stretch: it holds until it is changed.
    Standing,
    /// One month.
    Month(Month),
    /// One week.
    Week(Week),
}

/// One thing in a register.
#[derive(Clone, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
pub struct Item {
    /// The register's id.
    pub register: String,
    /// What it holds, by the id of the field; the day a stage was reached, by the id of the stage.
    pub values: BTreeMap<String, Value>,
}

/// What a field holds.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Value {
    /// Words, a chosen id, or a day as ISO 8601.
    Text(String),
    /// Several chosen ids or own words.
    List(Vec<String>),
    /// Dated lines, oldest first.
    Log(Vec<Dated>),
}

/// A line with its day.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Dated {
    /// The day.
    pub on: NaiveDate,
    /// The line.
    pub text: String,
}

/// One thing to lead better, by a day.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Commitment {
    /// What better looks like.
    pub better: String,
    /// The area it is about; may be empty.
    pub area: String,
    /// The day it is due.
    pub due: NaiveDate,
    /// The day it was made.
    pub made: NaiveDate,
    /// Every time its day was moved, first to last.
    pub moves: Vec<Move>,
    /// How it ended, once it did.
    pub closing: Option<Closing>,
    /// The entry it came from, where it came from one.
    pub origin: Option<Id>,
}

/// A due date given up for another.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Move {
    /// The day it was moved.
    pub on: NaiveDate,
    /// The date given up.
    pub from: NaiveDate,
    /// The new date.
    pub to: NaiveDate,
    /// Why; may be empty.
    pub why: String,
}

/// The end of a commitment.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Closing {
    /// How it ended.
    pub how: How,
    /// The day it was done, or was clear.
    pub on: NaiveDate,
    /// A line of evidence; may be empty.
    pub evidence: String,
}

/// How a commitment ended.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum How {
    /// It was done.
    Kept,
    /// It was not.
    Missed,
    /// It no longer matters.
    LetGo,
}

impl Id {
    /// An id as it was read or minted.
    pub fn new(text: impl Into<Arc<str>>) -> Self {
        Self(text.into())
    }

    /// The id of the answer to a step in a period: `answer/2026-W48/audit/influence`.
    #[must_use]
    pub fn answer(period: Period, practice: &str, step: &str) -> Self {
        match period {
            Period::Standing => Self::new(format!("answer/{practice}/{step}")),
            Period::Month(month) => Self::new(format!("answer/{month}/{practice}/{step}")),
            Period::Week(week) => Self::new(format!("answer/{week}/{practice}/{step}")),
        }
    }

    /// The week, as it is written, of the answer that has this id; none for anything else's.
    #[must_use]
    pub fn week_in(id: &[u8]) -> Option<&[u8]> {
        let period = id
            .strip_prefix(b"answer/")?
            .split(|byte| *byte == b'/')
            .next()?;
        // No practice is called like a week: there is no large letter in its id.
        period.contains(&b'W').then_some(period)
    }

    /// The id of an item that a register starts with: `item/skills/systems-thinking`.
    #[must_use]
    pub fn preset(register: &str, preset: &str) -> Self {
        Self::new(format!("item/{register}/{preset}"))
    }

    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Change {
    /// What writes an entry that does not exist yet.
    #[must_use]
    pub fn new(body: Body) -> Self {
        Self {
            id: None,
            undoes: None,
            settles: Vec::new(),
            body,
        }
    }

    /// What writes another version of an entry.
    #[must_use]
    pub fn of(id: Id, body: Body) -> Self {
        Self {
            id: Some(id),
            ..Self::new(body)
        }
    }
}

impl Answer {
    /// The change that writes this answer.
    #[must_use]
    pub fn change(self) -> Change {
        let id = Id::answer(self.period, &self.practice, &self.step);
        Change::of(id, Body::Answer(self))
    }
}

impl Entry {
    /// The order of the versions of one entry where one is needed: by instant, then by name, then as
    /// their lines are written. It has a part in what is shown, never in what is kept.
    #[must_use]
    pub fn in_order(&self, other: &Self) -> Ordering {
        let offset = |entry: &Self| entry.at.offset().local_minus_utc();
        self.at
            .cmp(&other.at)
            .then_with(|| self.lineage.name.cmp(&other.lineage.name))
            .then_with(|| self.rev.to_string().cmp(&other.rev.to_string()))
            .then_with(|| self.lineage.cmp(&other.lineage))
            .then_with(|| self.body.cmp(&other.body))
            .then_with(|| offset(self).cmp(&offset(other)))
    }
}

impl Value {
    /// Whether it says nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Text(text) => text.trim().is_empty(),
            Self::List(list) => list.is_empty(),
            Self::Log(lines) => lines.is_empty(),
        }
    }

    /// The text of a [`Value::Text`].
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::List(_) | Self::Log(_) => None,
        }
    }
}

impl Item {
    /// An empty item of `register`.
    pub fn new(register: impl Into<String>) -> Self {
        Self {
            register: register.into(),
            values: BTreeMap::new(),
        }
    }

    /// Its title; empty when it has none.
    #[must_use]
    pub fn title(&self) -> &str {
        self.text("title")
    }

    /// The words of a field; empty when it holds none.
    #[must_use]
    pub fn text(&self, field: &str) -> &str {
        self.values.get(field).and_then(Value::text).unwrap_or("")
    }

    /// The day a stage was reached, or a date field's day.
    #[must_use]
    pub fn day(&self, field: &str) -> Option<NaiveDate> {
        calendar::plain_day(self.text(field))
    }

    /// Sets a field, or empties it when the value says nothing.
    pub fn set(&mut self, field: &str, value: Value) {
        if value.is_empty() {
            self.values.remove(field);
        } else {
            self.values.insert(field.to_owned(), value);
        }
    }

    /// Sets the day a stage was reached.
    pub fn reach(&mut self, stage: &str, on: NaiveDate) {
        self.set(stage, Value::Text(on.to_string()));
    }
}

impl Commitment {
    /// Whether it is neither kept, missed nor let go.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.closing.is_none()
    }

    /// The day it was first due, before any move: the one that no other move led to. Moves of one
    /// day are in the order of two clocks, which may differ.
    #[must_use]
    pub fn first_due(&self) -> NaiveDate {
        let led_to = |day: NaiveDate| self.moves.iter().any(|other| other.to == day);
        let mut first = self.moves.iter().filter(|one| !led_to(one.from));
        let first = first.next().or(self.moves.first());
        first.map_or(self.due, |first| first.from)
    }

    /// Gives up its date for another; the old one stays on record.
    pub fn move_to(&mut self, to: NaiveDate, on: NaiveDate, why: impl Into<String>) {
        self.moves.push(Move {
            on,
            from: self.due,
            to,
            why: why.into(),
        });
        self.due = to;
    }

    /// Ends it.
    pub fn close(&mut self, how: How, on: NaiveDate, evidence: impl Into<String>) {
        self.closing = Some(Closing {
            how,
            on,
            evidence: evidence.into(),
        });
    }
}

impl How {
    /// "kept", "missed", "let go".
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Missed => "missed",
            Self::LetGo => "let go",
        }
    }
}
