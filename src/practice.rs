//! What a practice is: its steps, the fields they ask for, the registers it keeps.
//!
//! Practices are data (`assets/practices/*.toml`, see [`parse()`]; the user's own files are merged
//! into them, see [`merge_files()`]); this module gives them types and checks them. It knows no practice
//! by name, nothing of answers, and nothing of screens.

mod builtin;
mod catalog;
mod chart;
mod overlay;
mod parse;
mod sanitize;
mod starter;
mod user;

pub use builtin::{builtin, builtin_file};
pub use catalog::Catalog;
pub use chart::{ChartKind, ChartSpec};
pub use parse::parse;
pub use starter::{Starter, starter};
pub use user::{ListedPractice, MergedCatalog, Origin, merge_files};

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer};

use crate::text::same_name;

/// One habit of leading: a page of questions, and the lists it keeps.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Practice {
    /// Its id, never changed once released: it is part of every answer's id.
    pub id: String,
    /// Its position in the walk, from 1; practices outside the walk come after, in this order.
    pub order: u32,
    /// One or two words, for the stepper and for Home.
    pub name: String,
    /// The heading of its page.
    pub title: String,
    /// What it is about, in at most two lines.
    pub intro: String,
    /// How often it is asked.
    pub cadence: Cadence,
    /// How many of its steps make it done.
    #[serde(default)]
    pub done: DoneWhen,
    /// Whether it is left out of everything that is shown to others.
    #[serde(default)]
    pub private: bool,
    /// Whether a file hides it; what was written under it stays in the journal.
    #[serde(default)]
    pub hidden: bool,
    /// Questions for a blank moment, on its first page.
    #[serde(default)]
    pub questions: Vec<String>,
    /// Whether the walk goes on to a commitment after it.
    #[serde(default)]
    pub leads_to_commitment: bool,
    /// The standing answer that follows its title.
    pub recalls: Option<Provides>,
    /// In the order they are asked.
    #[serde(default)]
    pub steps: Vec<Step>,
    /// The lists it keeps.
    #[serde(default)]
    pub registers: Vec<Register>,
    /// What its trends show.
    #[serde(default, rename = "pictures")]
    pub charts: Vec<ChartSpec>,
}

/// How often a practice is asked.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "kebab-case")]
pub enum Cadence {
    /// Once a week, as a page of the walk.
    Weekly,
    /// Once a month, outside the walk.
    Monthly,
    /// Once, and kept up to date.
    Standing,
}

/// How many of a practice's steps make it done.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "kebab-case")]
pub enum DoneWhen {
    /// Every step that is not optional.
    #[default]
    All,
    /// Any one of its steps.
    Any,
}

/// One question of a practice.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq)]
#[serde(try_from = "parse::RawStep")]
pub struct Step {
    /// Its id, never changed once released.
    pub id: String,
    /// One to three words, for headings.
    pub label: String,
    /// The question itself.
    pub prompt: String,
    /// A line of help; may be empty.
    pub help: String,
    /// The page of the practice it is on, from 1.
    pub page: u32,
    /// Whether it is beside the previous step, if there is room.
    pub beside: bool,
    /// Whether the practice can be done without it.
    pub optional: bool,
    /// Whether its answers are suggested for the twelve boxes if a month has no item.
    pub suggests: bool,
    /// What the rest of the program takes from its answer.
    pub provides: Option<Provides>,
    pub ask: Ask,
}

/// What a step asks for.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Ask {
    /// An answer of this kind, kept for the week, the month or for good.
    Answer(FieldKind),
    /// Items of the register with this id.
    Register(String),
}

/// What the rest of the program takes from a step's answer, whichever practice asks it.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "kebab-case")]
pub enum Provides {
    /// The user's official role.
    Role,
    /// The craft the user wants to be best at.
    CoreFunction,
    /// The tracks whose skills the user practises.
    Tracks,
    /// The areas a commitment can be about.
    Areas,
    /// What a month was about: its practice is offered once a month is over.
    Month,
    /// The user's name, as others read it.
    Name,
    /// What the user did, and what it changed, in their own words.
    Summary,
    /// What the user needs from others.
    Needs,
    /// What the user wants others to see.
    ToShow,
    /// What the user chose to own beyond the role: its step asks for items.
    Responsibilities,
}

/// The kind of a field: what it takes and how it is edited.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum FieldKind {
    Line,
    /// Text of any length.
    Prose,
    /// One of a few ordered degrees, lowest first.
    Scale(Vec<Choice>),
    /// Any of the choices, each done or not.
    Checklist(Vec<Choice>),
    /// One of the choices.
    Choice(Options),
    /// Any of the choices.
    Choices(Options),
    /// A day on which something happened.
    Date,
    /// A day, past or ahead; without a year the nearest one.
    NearDate,
    /// One name, or several.
    Person,
    /// An address, a path or a page.
    Link,
    /// Dated lines, one added at a time.
    Log,
}

/// Choices, and whether the user may add their own.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Options {
    pub choices: Vec<Choice>,
    /// Whether text other than the choices is accepted.
    pub open: bool,
}

/// One thing that can be chosen.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// What is stored; never changed once released.
    pub id: String,
    /// What is shown.
    pub label: String,
    /// The question that follows from it for the next month; see [`ChartKind::Marks`].
    pub asks: Option<String>,
}

/// A list a practice keeps.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Register {
    /// Its id, never changed once released, unique over all practices.
    pub id: String,
    /// In the plural.
    pub name: String,
    /// The name of one item.
    pub singular: String,
    /// What belongs here, for the empty list.
    pub about: String,
    /// One good example, for the empty list.
    pub example: String,
    /// What an item holds. The first is always `title`, a line.
    #[serde(default)]
    pub fields: Vec<Field>,
    /// What an item without a stage is called: "not started".
    #[serde(default)]
    pub unstaged: String,
    /// The stages an item goes through, in order; each is reached on a day.
    #[serde(default)]
    pub stages: Vec<Stage>,
    /// Items that exist before the user writes any.
    #[serde(default)]
    pub presets: Vec<Preset>,
    /// The field whose text becomes the commitment made from an item; `None` for its title.
    pub commits: Option<String>,
    /// Whether such a commitment is due on the day it is made, not on Friday.
    #[serde(default)]
    pub commits_today: bool,
    /// The stage whose month an item counts in, shown as twelve boxes per year.
    pub monthly: Option<String>,
    /// The stage, or the field with days, that makes an item evidence for the portfolio.
    pub portfolio: Option<String>,
    /// What its number in a portfolio is called; `None` for its name.
    pub counted: Option<String>,
    /// Its weight in the portfolio: lists that weigh more come first.
    #[serde(default = "usual_weight")]
    pub weight: u32,
    /// The fields that say what got better, in numbers.
    pub improves: Option<ImprovementFields>,
    /// The fields that make an item a line of a résumé, if it can be one.
    pub bullet: Option<BulletFields>,
    /// The field for people that says who was helped.
    pub helps: Option<String>,
    /// The fields that put an item without a stage into the first one, once one has text.
    #[serde(default, deserialize_with = "one_or_more")]
    pub begins_with: Vec<String>,
    /// The fields that say which days are off, if the list is about those.
    pub off: Option<OffFields>,
    /// The field that says which person the title of an item is another name of, if the list is
    /// about those.
    pub joins: Option<String>,
    /// The field for the day of a talk, if the list is about those.
    pub talks: Option<String>,
    /// What an item can become.
    pub becomes: Option<Conversion>,
    /// After how many weeks an unfinished item is shown as untouched.
    pub stale_weeks: Option<u32>,
    /// Whether open items show how long they have been waiting, oldest first.
    #[serde(default)]
    pub ages: bool,
    /// The stage an item reaches once it is placed where it belongs: the list is the inbox.
    pub inbox: Option<String>,
    /// The field that takes evidence while an item is open.
    pub evidence: Option<String>,
}

fn usual_weight() -> u32 {
    1
}

/// One text, or a list of them.
fn one_or_more<'de, D: Deserializer<'de>>(value: D) -> Result<Vec<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum FieldIds {
        One(String),
        Several(Vec<String>),
    }
    Ok(match FieldIds::deserialize(value)? {
        FieldIds::One(one) => vec![one],
        FieldIds::Several(all) => all,
    })
}

/// The register an item can become an item of; the two refer to each other.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct Conversion {
    /// The other register's id, in the same practice.
    pub register: String,
    /// The field whose text becomes the title; the item's own title if it is empty.
    pub field: String,
}

/// The id of the first field of every register.
pub const TITLE: &str = "title";

/// The key of the id that an item came from; no field or stage may have it.
pub const ORIGIN_KEY: &str = "from";

/// The key of where a note of the inbox was placed: an entry's id, a register's id or
/// [`INTO_COMMITMENT`].
pub const INTO_KEY: &str = "into";

/// The value of [`INTO_KEY`] for a note that became a commitment.
pub const INTO_COMMITMENT: &str = "commitment";

/// The fields of a register that say what got better, in numbers, by their ids.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct ImprovementFields {
    pub before: String,
    pub after: String,
    pub unit: String,
    /// The field that says it in the user's own words, for when the numbers are missing.
    pub words: Option<String>,
}

/// The fields of a register that, beside the title, make a line of a résumé, by their ids.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct BulletFields {
    /// What was done or came of it; the first that has text counts.
    #[serde(default)]
    pub says: Vec<String>,
    /// What changed, in a number as it is said aloud.
    pub number: Option<String>,
}

/// The fields of a list of days off, by their ids.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct OffFields {
    pub from: String,
    pub to: String,
}

/// One thing an item holds.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq)]
#[serde(try_from = "parse::RawField")]
pub struct Field {
    /// Its id, never changed once released, unique in its register.
    pub id: String,
    /// One to four words.
    pub label: String,
    /// A line of help; may be empty.
    pub prompt: String,
    pub kind: FieldKind,
    /// The stage it belongs to; it is asked beside that stage's day.
    pub stage: Option<String>,
    /// The stage from which on a form asks for it.
    pub from: Option<String>,
    /// Its name where an item is shown to others; `None` leaves it out.
    pub public_label: Option<String>,
    /// The field for people that says whose words these are; `None` for the user's own.
    pub said_by: Option<String>,
}

/// A stage an item reaches on a day, stored in the item under the stage's id.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct Stage {
    /// Its id, never changed once released; no field of the register has it.
    pub id: String,
    /// What an item in it is called: "solved".
    pub name: String,
    /// Whether an item in it is finished.
    #[serde(default)]
    pub closes: bool,
    /// Whether a new item starts in it, on the day it is written down.
    #[serde(default)]
    pub starts: bool,
}

/// An item that exists before the user writes it.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct Preset {
    /// Its id, never changed once released.
    pub id: String,
    pub title: String,
    /// The other fields it starts with, by field id.
    #[serde(default)]
    pub values: BTreeMap<String, String>,
}

impl Practice {
    pub fn step(&self, id: &str) -> Option<&Step> {
        self.steps.iter().find(|step| step.id == id)
    }

    pub fn register(&self, id: &str) -> Option<&Register> {
        self.registers.iter().find(|register| register.id == id)
    }

    /// The number of its pages, at least one.
    pub fn pages(&self) -> u32 {
        self.steps.iter().map(|step| step.page).max().unwrap_or(1)
    }
}

impl Step {
    /// The kind of its answer; `None` if it asks for items.
    pub fn answer_kind(&self) -> Option<&FieldKind> {
        match &self.ask {
            Ask::Answer(kind) => Some(kind),
            Ask::Register(_) => None,
        }
    }
}

impl FieldKind {
    /// A choice among these, or also of own words if it is open.
    pub fn choice(choices: impl IntoIterator<Item = Choice>, open: bool) -> Self {
        let choices = choices.into_iter().collect();
        Self::Choice(Options { choices, open })
    }
}

impl Choice {
    /// A choice that asks nothing.
    pub fn new(id: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            label: label.into(),
            asks: None,
        }
    }
}

impl Register {
    /// Whether no page shows its items, though others depend on them: the days off, and the notes
    /// that say where an item came from.
    pub fn is_only_counted_with(&self) -> bool {
        self.off.is_some() || self.inbox.is_some()
    }

    /// The field for the day its items are about; `None` if that is the day of a stage.
    pub fn day_field(&self) -> Option<&str> {
        let off = self.off.as_ref().map(|off| off.from.as_str());
        off.or(self.talks.as_deref())
    }

    /// Whether it is a list of the user's own, not what the program needs to know.
    pub fn is_list(&self) -> bool {
        !self.is_only_counted_with() && self.joins.is_none()
    }

    /// Whether `text` names it, in the plural or singular.
    pub fn is_called(&self, text: &str) -> bool {
        let plural = format!("{}s", self.singular);
        let mut names = [&self.id, &self.name, &self.singular, &plural].into_iter();
        names.any(|name| same_name(name, text))
    }

    pub fn field(&self, id: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.id == id)
    }

    /// What the number of its items is called, where only those count that reached a stage.
    pub fn counted_name(&self) -> &str {
        self.counted.as_ref().unwrap_or(&self.name)
    }

    /// Its heading in a portfolio, where a monthly list has only what counts.
    pub fn heading(&self) -> &str {
        match &self.monthly {
            Some(_) => self.counted_name(),
            None => &self.name,
        }
    }

    /// The first field for long text.
    pub fn prose_field(&self) -> Option<&Field> {
        let mut fields = self.fields.iter();
        fields.find(|field| field.kind == FieldKind::Prose)
    }

    /// Whether its items can be shown to others: some of their fields have a name there.
    pub fn has_public_fields(&self) -> bool {
        self.fields.iter().any(|field| field.public_label.is_some())
    }

    pub fn stage(&self, id: &str) -> Option<&Stage> {
        self.stages.iter().find(|stage| stage.id == id)
    }
}

impl FieldKind {
    /// Empty for kinds without choices.
    pub fn choices(&self) -> &[Choice] {
        match self {
            Self::Scale(choices) | Self::Checklist(choices) => choices,
            Self::Choice(options) | Self::Choices(options) => &options.choices,
            Self::Line
            | Self::Prose
            | Self::Date
            | Self::NearDate
            | Self::Person
            | Self::Link
            | Self::Log => &[],
        }
    }

    /// The label of the choice with the id `stored`, or else `stored` itself.
    pub fn label<'a>(&'a self, stored: &'a str) -> &'a str {
        self.choices()
            .iter()
            .find(|choice| choice.id == stored)
            .map_or(stored, |choice| &choice.label)
    }
}
