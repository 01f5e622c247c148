//! What the journal contains: an entry is one version of an answer, item, commitment or choice.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use chrono::NaiveDate;
use litemap::LiteMap;

use super::{Lineage, PortfolioChoice, UnknownMembers, VersionName};
use crate::calendar::{self, Month, Timestamp, Week};
use crate::practice::{Field, FieldKind};

/// The name of an entry, the same in every version of it and on every machine.
///
/// The id is made from a natural identity if there is one; everything else gets a UUID of version 7
/// (RFC 9562) from the store.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Id(Arc<str>);

/// One version of one entry.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Entry {
    pub id: Id,
    /// Which version of it, from 1.
    pub rev: u64,
    pub lineage: Lineage,
    /// When this version was written.
    pub at: Timestamp,
    pub body: Body,
}

/// A version to write: the store adds the revision, the time and, for a new entry, the id.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Change {
    /// The entry it is a version of; `None` for a new entry without a natural id.
    pub id: Option<Id>,
    /// The version of that entry it undoes; then the body is what the entry says without it.
    pub undoes: Option<VersionName>,
    /// The fields it settles, even if their text stays the one shown.
    pub settles: Vec<String>,
    /// The unknown members it has from now on; `None` for those shown.
    pub unknown: Option<Box<UnknownMembers>>,
    pub body: Body,
}

/// What an entry says.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Body {
    /// The entry was deleted; earlier versions stay in the journal.
    Deleted,
    /// The entry was forgotten: only versions made after this one count.
    Forgotten,
    /// Something only a newer leadby understands.
    Newer,
    /// An answer to a step of a practice.
    Answer(Answer),
    /// An item of a register.
    Item(Item),
    /// Something to lead better, by a day.
    Commitment(Commitment),
    /// Whether another entry is in the portfolio.
    Choice(PortfolioChoice),
}

/// The answer to one step, for one period.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Answer {
    /// The week or month it is about.
    pub period: Period,
    /// The practice's id.
    pub practice: String,
    /// The step's id.
    pub step: String,
    pub value: Value,
}

/// The time an answer is about.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Period {
    /// No particular time: it applies until it is changed.
    Standing,
    Month(Month),
    Week(Week),
}

/// One thing in a register.
#[derive(Clone, Default, Eq, Ord, PartialEq, PartialOrd)]
pub struct Item {
    /// The register's id.
    pub register: String,
    /// Values by the id of the field; the day a stage was reached, by the id of the stage.
    pub values: LiteMap<String, Value>,
}

/// The value of a field.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Value {
    /// Text, a chosen id, or a day as ISO 8601.
    Text(String),
    /// Several chosen ids, or the user's own words.
    List(Vec<String>),
    /// Dated lines, oldest first.
    Log(Vec<DatedLine>),
}

/// A line with its day.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct DatedLine {
    pub on: NaiveDate,
    pub text: String,
}

/// One thing to lead better, by a day.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Commitment {
    /// What better looks like.
    pub better: String,
    /// The area it is about; may be empty.
    pub area: String,
    pub due: NaiveDate,
    pub made: NaiveDate,
    /// Every time its day was moved, first to last.
    pub moves: Vec<Move>,
    /// How it ended; `None` while it is open.
    pub closing: Option<Closing>,
    /// The entry it came from, if any.
    pub origin: Option<Id>,
}

/// A change of the due date.
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
    pub how: CommitmentOutcome,
    /// The day it was done, or its outcome was clear.
    pub on: NaiveDate,
    /// A line of evidence; may be empty.
    pub evidence: String,
}

/// How a commitment ended.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum CommitmentOutcome {
    Kept,
    Missed,
    /// It no longer matters.
    LetGo,
}

impl Id {
    /// An id as it was read or generated.
    pub fn new(text: impl Into<Arc<str>>) -> Self {
        Self(text.into())
    }

    /// The id of the answer to a step in a period: `answer/2026-W48/audit/influence`.
    pub fn answer(period: Period, practice: &str, step: &str) -> Self {
        match period {
            Period::Standing => Self::new(format!("answer/{practice}/{step}")),
            Period::Month(month) => Self::new(format!("answer/{month}/{practice}/{step}")),
            Period::Week(week) => Self::new(format!("answer/{week}/{practice}/{step}")),
        }
    }

    /// The id of a preset of a register: `item/skills/systems-thinking`.
    pub fn preset(register: &str, preset: &str) -> Self {
        Self::new(format!("item/{register}/{preset}"))
    }

    /// Whether it is made from the words of the entry, a UUID of version 5 (RFC 9562): that of a
    /// line of `inbox.txt`.
    pub fn is_of_words(&self) -> bool {
        let bytes = self.0.as_bytes();
        bytes.len() == 36 && bytes[14] == b'5' && bytes[13] == b'-' && bytes[18] == b'-'
    }

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
    /// Writes a new entry.
    pub fn new(body: Body) -> Self {
        Self {
            id: None,
            undoes: None,
            settles: Vec::new(),
            unknown: None,
            body,
        }
    }

    /// Writes another version of an entry.
    pub fn of(id: Id, body: Body) -> Self {
        Self {
            id: Some(id),
            ..Self::new(body)
        }
    }
}

impl Body {
    pub fn as_answer(&self) -> Option<&Answer> {
        match self {
            Self::Answer(answer) => Some(answer),
            _ => None,
        }
    }

    pub fn as_item(&self) -> Option<&Item> {
        match self {
            Self::Item(item) => Some(item),
            _ => None,
        }
    }

    pub fn as_commitment(&self) -> Option<&Commitment> {
        match self {
            Self::Commitment(commitment) => Some(commitment),
            _ => None,
        }
    }

    pub fn as_choice(&self) -> Option<&PortfolioChoice> {
        match self {
            Self::Choice(choice) => Some(choice),
            _ => None,
        }
    }
}

impl Answer {
    pub fn new(
        period: Period,
        practice: impl Into<String>,
        step: impl Into<String>,
        value: Value,
    ) -> Self {
        Self {
            period,
            practice: practice.into(),
            step: step.into(),
            value,
        }
    }

    /// The change that writes this answer.
    pub fn into_change(self) -> Change {
        let id = Id::answer(self.period, &self.practice, &self.step);
        Change::of(id, Body::Answer(self))
    }
}

impl Entry {
    /// A version that was made from no other, still without a name.
    pub fn new(id: Id, rev: u64, at: Timestamp, body: Body) -> Self {
        Self {
            id,
            rev,
            lineage: Lineage::default(),
            at,
            body,
        }
    }

    /// Whether it is the line that marks its entry as forgotten.
    pub fn is_forgotten_mark(&self) -> bool {
        self.body == Body::Forgotten
    }

    /// A total order of the versions of one entry: by time, then by name, then as their lines are
    /// written. It can decide what is shown, never what is kept.
    pub fn cmp_versions(&self, other: &Self) -> Ordering {
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
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Text(text) => text.trim().is_empty(),
            Self::List(list) => list.is_empty(),
            Self::Log(lines) => lines.is_empty(),
        }
    }

    /// Its text, the entries of its list, or the lines of its log.
    pub fn texts(&self) -> Vec<&str> {
        match self {
            Self::Text(text) => vec![text],
            Self::List(list) => list.iter().map(String::as_str).collect(),
            Self::Log(lines) => lines.iter().map(|line| line.text.as_str()).collect(),
        }
    }

    /// The same, with choices by their labels.
    pub fn labels<'a>(&'a self, kind: &'a FieldKind) -> Vec<&'a str> {
        let texts = self.texts().into_iter();
        texts.map(|text| kind.label(text)).collect()
    }

    /// These dated lines with one more, unless it is among them: equal ones are one.
    pub fn with_line(before: Option<&Self>, on: NaiveDate, text: String) -> Self {
        let mut lines = match before {
            Some(Self::Log(lines)) => lines.clone(),
            _ => Vec::new(),
        };
        let line = DatedLine { on, text };
        if !lines.contains(&line) {
            lines.push(line);
        }
        Self::Log(lines)
    }

    /// The text of a [`Value::Text`].
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::List(_) | Self::Log(_) => None,
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl fmt::Debug for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let values: BTreeMap<_, _> = self.values.iter().collect();
        f.debug_struct("Item")
            .field("register", &self.register)
            .field("values", &values)
            .finish()
    }
}

impl Item {
    /// An empty item of `register`.
    pub fn new(register: impl Into<String>) -> Self {
        Self {
            register: register.into(),
            values: LiteMap::new(),
        }
    }

    /// An item of `register` with these values.
    pub fn with_values(
        register: impl Into<String>,
        values: impl IntoIterator<Item = (String, Value)>,
    ) -> Self {
        let values: LiteMap<String, Value> = values.into_iter().collect();
        let mut sorted = values.into_tuple_vec();
        // There may be very many items.
        sorted.shrink_to_fit();
        Self {
            register: register.into(),
            values: LiteMap::from_sorted_store_unchecked(sorted),
        }
    }

    /// An item of `register` with these texts.
    pub fn of_texts<'a>(
        register: impl Into<String>,
        texts: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Self {
        let mut item = Self::new(register);
        for (field, text) in texts {
            item.set(field, Value::from(text));
        }
        item
    }

    /// Its title; empty if it has none.
    pub fn title(&self) -> &str {
        self.text("title")
    }

    /// The text of a field; empty if it has none.
    pub fn text(&self, field: &str) -> &str {
        self.values
            .get(field)
            .and_then(Value::as_text)
            .unwrap_or("")
    }

    /// The day a stage was reached, or a date field's day.
    pub fn day(&self, field: &str) -> Option<NaiveDate> {
        calendar::parse_iso_date(self.text(field))
    }

    /// The day in a field for one; a line of text that looks like a day is none.
    pub fn day_in(&self, field: &Field) -> Option<NaiveDate> {
        let is_day = matches!(field.kind, FieldKind::Date | FieldKind::NearDate);
        self.day(&field.id).filter(|_| is_day)
    }

    /// Sets a field, or removes it if the value is empty.
    pub fn set(&mut self, field: &str, value: Value) {
        if value.is_empty() {
            self.values.remove(field);
        } else {
            self.values.insert(field.to_owned(), value);
        }
    }

    /// Sets the day a stage was reached.
    pub fn set_reached(&mut self, stage: &str, on: NaiveDate) {
        self.set(stage, Value::Text(on.to_string()));
    }
}

impl Commitment {
    /// An open one about no area, from no other entry: made on one day and due on another.
    pub fn new(better: impl Into<String>, made: NaiveDate, due: NaiveDate) -> Self {
        Self {
            better: better.into(),
            area: String::new(),
            due,
            made,
            moves: Vec::new(),
            closing: None,
            origin: None,
        }
    }

    /// Whether it is neither kept, missed nor let go.
    pub fn is_open(&self) -> bool {
        self.closing.is_none()
    }

    /// The day it was first due, before any move: the one that no other move led to. Two moves on
    /// one day may come from clocks that differ, so their order is not enough.
    pub fn first_due(&self) -> NaiveDate {
        let led_to = |day: NaiveDate| self.moves.iter().any(|other| other.to == day);
        self.moves
            .iter()
            .find(|one| !led_to(one.from))
            .or(self.moves.first())
            .map_or(self.due, |first| first.from)
    }

    /// Moves it to another day; the old one stays on record. Equal moves are one.
    pub fn move_to(&mut self, to: NaiveDate, on: NaiveDate, why: impl Into<String>) {
        let moved = Move {
            on,
            from: self.due,
            to,
            why: why.into(),
        };
        if !self.moves.contains(&moved) {
            self.moves.push(moved);
        }
        self.due = to;
    }

    pub fn close(&mut self, how: CommitmentOutcome, on: NaiveDate, evidence: impl Into<String>) {
        self.closing = Some(Closing {
            how,
            on,
            evidence: evidence.into(),
        });
    }
}

impl CommitmentOutcome {
    pub const ALL: [Self; 3] = [Self::Kept, Self::Missed, Self::LetGo];

    /// `kept`, `missed`, `let-go`: in files and for scripts, so it never changes.
    pub fn id(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Missed => "missed",
            Self::LetGo => "let-go",
        }
    }

    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|how| how.id() == id)
    }

    /// "kept", "missed", "let go".
    pub fn name(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Missed => "missed",
            Self::LetGo => "let go",
        }
    }
}
