//! Everyone who is named in the journal, and where.
//!
//! One pass over the registers and steps that ask for people, and one over all other texts for names
//! with an `@`. Knows no practice by name: what is open with someone follows from the stages of the
//! register they are named in.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;

use crate::calendar::Timestamp;
use crate::journal::{
    Commitment, Entry, Id, Item, Journal, Value, folded_name, mentions, split_names,
};
use crate::practice::{Ask, Catalog, Field, FieldKind, Practice, Register, Stage, Step};

/// A person who is named in the journal.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Person<'a> {
    /// Their name, as it was last written.
    pub name: String,
    /// Where they are named, newest first; never empty.
    pub mentions: Vec<Mention<'a>>,
}

/// One place where a person is named.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Mention<'a> {
    pub entry: &'a Entry,
    /// The practice it belongs to; `None` for a commitment.
    pub practice: Option<&'a Practice>,
    pub source: MentionSource<'a>,
    /// The day it is listed under: when the item reached the stage that the name belongs to, or
    /// else the stage it is in, or when it was first written.
    pub day: NaiveDate,
    /// Whether the item is open and the person has a part in that. A name that belongs to one
    /// stage, like who was told, has none.
    pub open: bool,
}

/// What names a person.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum MentionSource<'a> {
    /// A field of an item.
    Item(&'a Register, &'a Field, &'a Item),
    /// An answer.
    Answer(&'a Step),
    /// The text of a commitment, or its evidence.
    Commitment(&'a Commitment),
}

/// People while their mentions are gathered.
#[derive(Default)]
struct PeopleBuilder<'a> {
    people: Vec<PersonBuilder<'a>>,
    /// Their positions by folded name.
    by_folded_name: BTreeMap<String, usize>,
    /// The same by every spelling: folding is slow, and names repeat.
    by_spelling: HashMap<String, usize>,
}

/// A person while mentions are gathered: the spelling, with what wrote it, and the mentions.
struct PersonBuilder<'a> {
    name: String,
    written: (Timestamp, &'a Id),
    mentions: Vec<Mention<'a>>,
}

/// Everyone who is named in a field for people, or with an `@` anywhere, last mentioned first.
#[must_use]
pub fn people<'a>(journal: &'a Journal, catalog: &'a Catalog) -> Vec<Person<'a>> {
    let mut gathering = named_in_fields(journal, catalog);
    let known = gathering.names();
    for practice in catalog.practices() {
        for step in &practice.steps {
            gather_marked_answers(journal, practice, step, &known, &mut gathering);
        }
        for register in &practice.registers {
            gather_marked_items(journal, practice, register, &known, &mut gathering);
        }
    }
    gather_marked_commitments(journal, &known, &mut gathering);
    gathering.finish()
}

/// Everyone who is named in a field for people.
fn named_in_fields<'a>(journal: &'a Journal, catalog: &'a Catalog) -> PeopleBuilder<'a> {
    let mut gathering = PeopleBuilder::default();
    for practice in catalog.practices() {
        gather_answers(journal, practice, &mut gathering);
        for register in &practice.registers {
            let is_person = |field: &&Field| field.kind == FieldKind::Person;
            let fields: Vec<&Field> = register.fields.iter().filter(is_person).collect();
            if !fields.is_empty() {
                gather_items(journal, practice, register, &fields, &mut gathering);
            }
        }
    }
    gathering
}

/// Who is named in one field of a register, how often and when last: most often named first.
pub(super) fn mention_counts<'a>(
    journal: &'a Journal,
    practice: &'a Practice,
    register: &'a Register,
    field: &str,
) -> Vec<(String, usize, NaiveDate)> {
    let mut gathering = PeopleBuilder::default();
    if let Some(field) = register.field(field) {
        gather_items(journal, practice, register, &[field], &mut gathering);
    }
    let mut named: Vec<_> = gathering
        .finish()
        .into_iter()
        .map(|person| {
            let last = person.last_mentioned();
            (person.name, person.mentions.len(), last)
        })
        .collect();
    named.sort_by_key(|(_, times, _)| Reverse(*times));
    named
}

/// Who is named in the fields that say who was helped, or with an `@` in such an item, on the days that
/// are `wanted`, and how often: most often helped first, then last helped.
pub(super) fn helped(
    journal: &Journal,
    catalog: &Catalog,
    wanted: impl Fn(NaiveDate) -> bool,
) -> Vec<(String, usize)> {
    let mut gathering = PeopleBuilder::default();
    for practice in catalog.practices() {
        for register in &practice.registers {
            let field = register.helps.as_deref();
            if let Some(field) = field.and_then(|field| register.field(field)) {
                gather_items(journal, practice, register, &[field], &mut gathering);
                if has_marks(journal, register) {
                    let known = named_in_fields(journal, catalog).names();
                    gather_marked_items(journal, practice, register, &known, &mut gathering);
                }
            }
        }
    }
    let mut people = gathering.finish();
    for person in &mut people {
        person.mentions.retain(|mention| wanted(mention.day));
    }
    people.retain(|person| !person.mentions.is_empty());
    people.sort_by_key(|person| {
        (
            Reverse(person.mentions.len()),
            Reverse(person.last_mentioned()),
        )
    });
    people
        .into_iter()
        .map(|one| (one.name, one.mentions.len()))
        .collect()
}

/// The person with this name, in any spelling.
#[must_use]
pub fn person<'a>(journal: &'a Journal, name: &str, catalog: &'a Catalog) -> Option<Person<'a>> {
    let key = folded_name(name);
    people(journal, catalog)
        .into_iter()
        .find(|person| folded_name(&person.name) == key)
}

fn gather_answers<'a>(
    journal: &'a Journal,
    practice: &'a Practice,
    gathering: &mut PeopleBuilder<'a>,
) {
    for step in &practice.steps {
        if step.ask != Ask::Answer(FieldKind::Person) {
            continue;
        }
        for (entry, answer) in journal.answer_entries(&practice.id, &step.id) {
            let mention = Mention {
                entry,
                practice: Some(practice),
                source: MentionSource::Answer(step),
                day: journal.written_at(entry).date_naive(),
                open: false,
            };
            gathering.add_names(answer.value.as_text().unwrap_or(""), &mention);
        }
    }
}

fn gather_items<'a>(
    journal: &'a Journal,
    practice: &'a Practice,
    register: &'a Register,
    fields: &[&'a Field],
    gathering: &mut PeopleBuilder<'a>,
) {
    let ends = register.stages.iter().any(|stage| stage.closes);
    for (id, days, first) in journal.dated_items(&register.id) {
        let Some((entry, item)) = journal.item_entry(id) else {
            continue;
        };
        // The same as `stage_of`, without reading days again.
        let stage = register
            .stages
            .iter()
            .rfind(|stage| days.day(&stage.id).is_some());
        let over = stage.is_some_and(|stage| stage.closes);
        for field in fields {
            let own = field.stage.as_deref().and_then(|stage| days.day(stage));
            let day = own.or_else(|| days.day(&stage?.id));
            let mention = Mention {
                entry,
                practice: Some(practice),
                source: MentionSource::Item(register, field, item),
                day: day.unwrap_or_else(|| first.date_naive()),
                open: field.stage.is_none() && ends && !over,
            };
            gathering.add_names(item.text(&field.id), &mention);
        }
    }
}

/// The texts of a value that may name people with an `@`.
fn marked_texts(value: &Value) -> Vec<&str> {
    let texts: Vec<&str> = match value {
        Value::Text(text) => vec![text],
        Value::Log(lines) => lines.iter().map(|line| line.text.as_str()).collect(),
        Value::List(_) => Vec::new(),
    };
    let marked = texts.into_iter().filter(|text| text.contains('@'));
    marked.collect()
}

/// Whether an item of a register names someone with an `@`.
fn has_marks(journal: &Journal, register: &Register) -> bool {
    let items = journal.items(&register.id);
    let mut values = items.iter().flat_map(|(_, item)| item.values.values());
    values.any(|value| !marked_texts(value).is_empty())
}

fn gather_marked_answers<'a>(
    journal: &'a Journal,
    practice: &'a Practice,
    step: &'a Step,
    known: &[String],
    gathering: &mut PeopleBuilder<'a>,
) {
    if step.ask == Ask::Answer(FieldKind::Person) {
        return;
    }
    for (entry, answer) in journal.answer_entries(&practice.id, &step.id) {
        for text in marked_texts(&answer.value) {
            let mention = Mention {
                entry,
                practice: Some(practice),
                source: MentionSource::Answer(step),
                day: journal.written_at(entry).date_naive(),
                open: false,
            };
            gathering.add_marked(text, known, &mention);
        }
    }
}

/// People named with an `@` in the texts of items, on the day of the stage each item is in.
fn gather_marked_items<'a>(
    journal: &'a Journal,
    practice: &'a Practice,
    register: &'a Register,
    known: &[String],
    gathering: &mut PeopleBuilder<'a>,
) {
    let ends = register.stages.iter().any(|stage| stage.closes);
    for (id, days, first) in journal.dated_items(&register.id) {
        let Some((entry, item)) = journal.item_entry(id) else {
            continue;
        };
        let reached = |stage: &&Stage| days.day(&stage.id).is_some();
        let stage = register.stages.iter().rfind(reached);
        for field in &register.fields {
            let value = item.values.get(&field.id);
            let value = value.filter(|_| field.kind != FieldKind::Person);
            for text in value.map_or_else(Vec::new, marked_texts) {
                let day = stage.and_then(|stage| days.day(&stage.id));
                let mention = Mention {
                    entry,
                    practice: Some(practice),
                    source: MentionSource::Item(register, field, item),
                    day: day.unwrap_or_else(|| first.date_naive()),
                    open: ends && !stage.is_some_and(|stage| stage.closes),
                };
                gathering.add_marked(text, known, &mention);
            }
        }
    }
}

fn gather_marked_commitments<'a>(
    journal: &'a Journal,
    known: &[String],
    gathering: &mut PeopleBuilder<'a>,
) {
    for (entry, commitment) in journal.commitments() {
        let closing = commitment.closing.as_ref();
        let evidence = closing.map(|closing| closing.evidence.as_str());
        for text in std::iter::once(commitment.better.as_str()).chain(evidence) {
            let mention = Mention {
                entry,
                practice: None,
                source: MentionSource::Commitment(commitment),
                day: closing.map_or(commitment.made, |closing| closing.on),
                open: commitment.is_open(),
            };
            gathering.add_marked(text, known, &mention);
        }
    }
}

impl<'a> PeopleBuilder<'a> {
    /// The names so far.
    fn names(&self) -> Vec<String> {
        self.people.iter().map(|one| one.name.clone()).collect()
    }

    /// Adds the people named with an `@` in a text, unless a field of the same entry names them.
    fn add_marked(&mut self, text: &str, known: &[String], mention: &Mention<'a>) {
        if !text.contains('@') {
            return;
        }
        for name in mentions(text, known) {
            let place = self.index_of(&name, (mention.entry.at, &mention.entry.id));
            let mentions = &mut self.people[place].mentions;
            if mentions.iter().all(|one| one.entry.id != mention.entry.id) {
                mentions.push(mention.clone());
            }
        }
    }

    /// Adds the names in a text, with where it is.
    fn add_names(&mut self, text: &str, mention: &Mention<'a>) {
        for name in split_names(text) {
            let written = (mention.entry.at, &mention.entry.id);
            let place = self.index_of(&name, written);
            let person = &mut self.people[place];
            if (written, &*name) > (person.written, &*person.name) {
                person.written = written;
                name.as_ref().clone_into(&mut person.name);
            }
            // Named twice in one field counts once.
            let last = person.mentions.last();
            if last.is_none_or(|last| !last.is_same_field(mention)) {
                person.mentions.push(mention.clone());
            }
        }
    }

    /// The position of the person with this name, who is added if new.
    fn index_of(&mut self, name: &str, written: (Timestamp, &'a Id)) -> usize {
        if let Some(place) = self.by_spelling.get(name) {
            return *place;
        }
        let place = *self
            .by_folded_name
            .entry(folded_name(name))
            .or_insert_with(|| {
                self.people.push(PersonBuilder {
                    name: name.to_owned(),
                    written,
                    mentions: Vec::new(),
                });
                self.people.len() - 1
            });
        self.by_spelling.insert(name.to_owned(), place);
        place
    }

    fn finish(mut self) -> Vec<Person<'a>> {
        let mut people: Vec<Person> = self
            .by_folded_name
            .into_values()
            .map(|place| {
                let person = &mut self.people[place];
                let mut mentions = std::mem::take(&mut person.mentions);
                mentions.sort_by_key(|mention| (Reverse(mention.day), Reverse(&mention.entry.id)));
                Person {
                    name: std::mem::take(&mut person.name),
                    mentions,
                }
            })
            .collect();
        // The sort is stable: within a day they stay in the order of their names.
        people.sort_by_key(|person| Reverse(person.last_mentioned()));
        people
    }
}

impl Mention<'_> {
    fn is_same_field(&self, other: &Self) -> bool {
        self.entry.id == other.entry.id && self.source.field_id() == other.source.field_id()
    }
}

impl MentionSource<'_> {
    /// What it is about: the item's title, or the step's label.
    #[must_use]
    pub fn title(&self) -> &str {
        match self {
            Self::Item(_, _, item) => item.title(),
            Self::Answer(step) => &step.label,
            Self::Commitment(commitment) => &commitment.better,
        }
    }

    /// The id of the field or the step.
    #[must_use]
    pub fn field_id(&self) -> &str {
        match self {
            Self::Item(_, field, _) => &field.id,
            Self::Answer(step) => &step.id,
            Self::Commitment(_) => "better",
        }
    }
}

impl Person<'_> {
    /// The day they were last mentioned.
    #[must_use]
    pub fn last_mentioned(&self) -> NaiveDate {
        self.mentions
            .first()
            .map_or(NaiveDate::MIN, |mention| mention.day)
    }

    /// How many mentions are open.
    #[must_use]
    pub fn open_count(&self) -> usize {
        self.mentions.iter().filter(|mention| mention.open).count()
    }

    /// How often each practice names them, in the order of the walk.
    #[must_use]
    pub fn by_practice(&self) -> Vec<(&Practice, usize)> {
        let mut counts: Vec<(&Practice, usize)> = Vec::new();
        for practice in self.mentions.iter().filter_map(|mention| mention.practice) {
            let known = counts.iter_mut().find(|(other, _)| other.id == practice.id);
            match known {
                Some((_, count)) => *count += 1,
                None => counts.push((practice, 1)),
            }
        }
        counts.sort_by_key(|(practice, _)| (practice.order, &practice.id));
        counts
    }
}

#[cfg(test)]
mod tests;
