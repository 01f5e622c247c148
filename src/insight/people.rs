//! Everyone who is named in the journal, and where.
//!
//! One pass over the registers and steps that ask for people, and one over all other texts for names
//! with an `@`. Names that were joined are one person. Knows no practice by name: what is open with
//! someone follows from the stages of the register they are named in.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;

use crate::calendar::Timestamp;
use crate::journal::{
    Commitment, Entry, Id, Item, JoinedNames, Journal, Value, folded_name, mentions, split_names,
};
use crate::practice::{Ask, Catalog, Field, FieldKind, Practice, Register, Step};

/// A person who is named in the journal.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Person<'a> {
    /// The name they go by, as it was last written.
    pub name: String,
    /// The other names that were joined with it.
    pub other_names: Vec<String>,
    /// Their names as they are written in fields and with an `@`, in alphabetical order.
    pub spellings: Vec<String>,
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

/// How a text names people.
#[derive(Clone, Copy)]
enum Naming<'k> {
    /// In a field for people.
    Field,
    /// With an `@`, in any other text; these names can have several words.
    Mark(&'k [String]),
}

/// People while their mentions are gathered.
struct PeopleBuilder<'a> {
    journal: &'a Journal,
    joined: JoinedNames,
    people: Vec<PersonBuilder<'a>>,
    /// Their positions by the folded name they go by.
    by_folded_name: BTreeMap<String, usize>,
    /// The same by every spelling: folding is slow, and names repeat.
    by_spelling: HashMap<String, usize>,
}

/// A person while mentions are gathered: the spelling, with what wrote it, and the mentions.
struct PersonBuilder<'a> {
    name: String,
    written: Option<(Timestamp, &'a Id)>,
    /// Whether names were joined: then they are spelled as there.
    is_joined: bool,
    mentions: Vec<Mention<'a>>,
}

/// Everyone who is named in a field for people, or with an `@` anywhere, last mentioned first.
pub fn people<'a>(journal: &'a Journal, catalog: &'a Catalog) -> Vec<Person<'a>> {
    let mut gathering = named_in_fields(journal, catalog);
    let known = gathering.known_names();
    for practice in catalog.practices() {
        gathering.gather_practice(practice, Naming::Mark(&known));
    }
    gathering.gather_commitments(&known);
    gathering.finish()
}

/// Everyone who is named in a field for people.
fn named_in_fields<'a>(journal: &'a Journal, catalog: &'a Catalog) -> PeopleBuilder<'a> {
    let mut gathering = PeopleBuilder::new(journal, JoinedNames::of(journal, catalog));
    for practice in catalog.practices() {
        gathering.gather_practice(practice, Naming::Field);
    }
    gathering
}

/// Who is named in one field of a register, how often and when last: most often named first. If it says
/// who was helped, an `@` in such an item names them as well.
pub(super) fn mention_counts<'a>(
    journal: &'a Journal,
    catalog: &'a Catalog,
    practice: &'a Practice,
    register: &'a Register,
    field: &str,
) -> Vec<(String, usize, NaiveDate)> {
    let mut gathering = PeopleBuilder::new(journal, JoinedNames::of(journal, catalog));
    gathering.gather_field(catalog, (practice, register), field);
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
    let mut gathering = PeopleBuilder::new(journal, JoinedNames::of(journal, catalog));
    for practice in catalog.practices() {
        for register in &practice.registers {
            if let Some(field) = &register.helps {
                gathering.gather_field(catalog, (practice, register), field);
            }
        }
    }
    let mut people = gathering.finish();
    for person in &mut people {
        person.mentions.retain(|mention| wanted(mention.day));
    }
    people.retain(|person| !person.mentions.is_empty());
    people.sort_by_key(|person| Reverse((person.mentions.len(), person.last_mentioned())));
    let people = people.into_iter();
    people.map(|one| (one.name, one.mentions.len())).collect()
}

/// Who is named in `field` of the items that are `wanted`, or with an `@` in their `shown` fields, and
/// how often, by names that others may see: most often named first, then by name.
pub(super) fn named_in_items(
    journal: &Journal,
    catalog: &Catalog,
    (practice, register, field): (&Practice, &Register, &Field),
    shown: &[&Field],
    wanted: impl Fn(&Id) -> bool,
) -> Vec<(String, usize)> {
    let mut gathering = PeopleBuilder::new(journal, JoinedNames::public(journal, catalog));
    gathering.gather_items((practice, register), &[field], Naming::Field);
    gathering.gather_marks(catalog, (practice, register), shown);
    let people = gathering.finish().into_iter();
    let counted = people.map(|person| {
        let mentions = person.mentions.iter();
        let times = mentions.filter(|mention| wanted(&mention.entry.id)).count();
        (person.name, times)
    });
    let mut named: Vec<_> = counted.filter(|(_, times)| *times > 0).collect();
    named.sort_by_cached_key(|(name, times)| (Reverse(*times), folded_name(name)));
    named
}

/// The person with this name, in any spelling, or joined with it.
pub fn person<'a>(journal: &'a Journal, name: &str, catalog: &'a Catalog) -> Option<Person<'a>> {
    let joined = JoinedNames::of(journal, catalog);
    let key = folded_name(joined.main_name(name));
    people(journal, catalog)
        .into_iter()
        .find(|person| folded_name(&person.name) == key)
}

/// The texts of a value that may name people with an `@`.
fn marked_texts(value: &Value) -> Vec<&str> {
    let mut texts: Vec<&str> = match value {
        Value::Text(text) => vec![text],
        Value::Log(lines) => lines.iter().map(|line| line.text.as_str()).collect(),
        Value::List(_) => Vec::new(),
    };
    texts.retain(|text| text.contains('@'));
    texts
}

/// Whether an item of a register names someone with an `@`.
fn has_marks(journal: &Journal, register: &Register) -> bool {
    let items = journal.items(&register.id);
    let mut values = items.iter().flat_map(|(_, item)| item.values.values());
    values.any(|value| !marked_texts(value).is_empty())
}

fn fields(register: &Register) -> Vec<&Field> {
    register.fields.iter().collect()
}

impl Naming<'_> {
    /// Whether a field of this kind names people so.
    fn is_for(self, kind: &FieldKind) -> bool {
        matches!(self, Self::Field) == (*kind == FieldKind::Person)
    }

    /// The names in a value.
    fn names(self, value: &Value) -> Vec<Cow<'_, str>> {
        match self {
            Self::Field => split_names(value.as_text().unwrap_or("")).collect(),
            Self::Mark(known) => {
                let texts = marked_texts(value).into_iter();
                let names = texts.flat_map(|text| mentions(text, known));
                names.map(Cow::Owned).collect()
            }
        }
    }
}

impl<'a> PeopleBuilder<'a> {
    fn new(journal: &'a Journal, joined: JoinedNames) -> Self {
        Self {
            journal,
            joined,
            people: Vec::new(),
            by_folded_name: BTreeMap::new(),
            by_spelling: HashMap::new(),
        }
    }

    /// Every name so far, in every spelling, and those that were joined.
    fn known_names(&self) -> Vec<String> {
        let names = self.by_spelling.keys().chain(self.joined.all());
        names.cloned().collect()
    }

    /// Adds the people who the answers and items of a practice name so. The list of joined names is
    /// about names, and mentions no one.
    fn gather_practice(&mut self, practice: &'a Practice, naming: Naming<'_>) {
        for step in &practice.steps {
            self.gather_answers(practice, step, naming);
        }
        for register in practice.registers.iter().filter(|one| one.joins.is_none()) {
            self.gather_items((practice, register), &fields(register), naming);
        }
    }

    fn gather_answers(&mut self, practice: &'a Practice, step: &'a Step, naming: Naming<'_>) {
        let journal = self.journal;
        if !matches!(&step.ask, Ask::Answer(kind) if naming.is_for(kind)) {
            return;
        }
        for (entry, answer) in journal.answer_entries(&practice.id, &step.id) {
            let mention = Mention {
                entry,
                practice: Some(practice),
                source: MentionSource::Answer(step),
                day: journal.written_at(entry).date_naive(),
                open: false,
            };
            self.add_names(&naming.names(&answer.value), naming, &mention);
        }
    }

    fn gather_items(
        &mut self,
        (practice, register): (&'a Practice, &'a Register),
        fields: &[&'a Field],
        naming: Naming<'_>,
    ) {
        let fields = fields.iter().copied();
        let fields: Vec<&Field> = fields.filter(|it| naming.is_for(&it.kind)).collect();
        if fields.is_empty() {
            return;
        }
        let journal = self.journal;
        let ends = register.stages.iter().any(|stage| stage.closes);
        for (id, days, first) in journal.dated_items(&register.id) {
            let Some((entry, item)) = journal.item_entry(id) else {
                continue;
            };
            // A note counts where it was placed.
            if register
                .inbox
                .as_ref()
                .is_some_and(|placed| days.day(placed).is_some())
            {
                continue;
            }
            let stage = days.stage(register);
            let over = stage.is_some_and(|stage| stage.closes);
            for field in fields.iter().copied() {
                let names = item.values.get(&field.id).map(|value| naming.names(value));
                let Some(names) = names.filter(|names| !names.is_empty()) else {
                    continue;
                };
                // The stage of a field is that of the person in it, not of a text beside it.
                let own = field.stage.as_deref();
                let own = own.filter(|_| matches!(naming, Naming::Field));
                let day = own.and_then(|stage| days.day(stage));
                let day = day.or_else(|| days.day(&stage?.id));
                let mention = Mention {
                    entry,
                    practice: Some(practice),
                    source: MentionSource::Item(register, field, item),
                    day: day.unwrap_or_else(|| first.date_naive()),
                    open: own.is_none() && ends && !over,
                };
                self.add_names(&names, naming, &mention);
            }
        }
    }

    /// Adds the people named in one field of a register; if it says who was helped, also those named
    /// with an `@` in such an item.
    fn gather_field(
        &mut self,
        catalog: &'a Catalog,
        kept_in: (&'a Practice, &'a Register),
        field: &str,
    ) {
        let register = kept_in.1;
        if let Some(named) = register.field(field) {
            self.gather_items(kept_in, &[named], Naming::Field);
            if register.helps.as_deref() == Some(field) {
                self.gather_marks(catalog, kept_in, &fields(register));
            }
        }
    }

    /// Adds the people named with an `@` in fields of a register.
    fn gather_marks(
        &mut self,
        catalog: &'a Catalog,
        kept_in: (&'a Practice, &'a Register),
        fields: &[&'a Field],
    ) {
        if has_marks(self.journal, kept_in.1) {
            let known = named_in_fields(self.journal, catalog).known_names();
            self.gather_items(kept_in, fields, Naming::Mark(&known));
        }
    }

    /// Adds the people named with an `@` in commitments and their evidence.
    fn gather_commitments(&mut self, known: &[String]) {
        for (entry, commitment) in self.journal.commitments() {
            let closing = commitment.closing.as_ref();
            let evidence = closing.map(|closing| closing.evidence.as_str());
            for text in std::iter::once(commitment.better.as_str()).chain(evidence) {
                if !text.contains('@') {
                    continue;
                }
                let mention = Mention {
                    entry,
                    practice: None,
                    source: MentionSource::Commitment(commitment),
                    day: closing.map_or(commitment.made, |closing| closing.on),
                    open: commitment.is_open(),
                };
                let names: Vec<Cow<'_, str>> =
                    mentions(text, known).into_iter().map(Cow::Owned).collect();
                self.add_names(&names, Naming::Mark(known), &mention);
            }
        }
    }

    /// Adds names with where they are. Named twice in one field counts once, and with an `@` only
    /// if no field of the same entry names the person.
    fn add_names(&mut self, names: &[Cow<'_, str>], naming: Naming<'_>, mention: &Mention<'a>) {
        for name in names {
            let place = self.index_of(name);
            let person = &mut self.people[place];
            let is_known = match naming {
                Naming::Field => {
                    let last = person.mentions.last();
                    last.is_some_and(|last| last.is_same_field(mention))
                }
                Naming::Mark(_) => {
                    let mut mentions = person.mentions.iter();
                    mentions.any(|one| one.entry.id == mention.entry.id)
                }
            };
            if !is_known {
                person.mentions.push(mention.clone());
            }
            let written = Some((mention.entry.at, &mention.entry.id));
            let is_later = (written, &**name) > (person.written, &*person.name);
            let names_them = matches!(naming, Naming::Field) || person.written.is_none();
            if is_later && names_them && !person.is_joined {
                person.written = written;
                name.as_ref().clone_into(&mut person.name);
            }
        }
    }

    /// The position of the person with this name, who is added if new.
    fn index_of(&mut self, name: &str) -> usize {
        if let Some(place) = self.by_spelling.get(name) {
            return *place;
        }
        let main = self.joined.names_of(name).first();
        let is_joined = main.is_some();
        let main = main.map_or(name, String::as_str);
        let place = *self
            .by_folded_name
            .entry(folded_name(main))
            .or_insert_with(|| {
                self.people.push(PersonBuilder {
                    name: main.to_owned(),
                    written: None,
                    is_joined,
                    mentions: Vec::new(),
                });
                self.people.len() - 1
            });
        self.by_spelling.insert(name.to_owned(), place);
        place
    }

    fn finish(mut self) -> Vec<Person<'a>> {
        let mut spellings: BTreeMap<usize, Vec<String>> = BTreeMap::new();
        for (spelling, place) in self.by_spelling {
            spellings.entry(place).or_default().push(spelling);
        }
        let mut people: Vec<Person> = self
            .by_folded_name
            .into_values()
            .map(|place| {
                let person = &mut self.people[place];
                let mut mentions = std::mem::take(&mut person.mentions);
                mentions.sort_by_key(|mention| (Reverse(mention.day), Reverse(&mention.entry.id)));
                let others = self.joined.names_of(&person.name).iter().skip(1);
                let mut spellings = spellings.remove(&place).unwrap_or_default();
                spellings.sort_unstable();
                Person {
                    spellings,
                    other_names: others.cloned().collect(),
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
    pub fn title(&self) -> &str {
        match self {
            Self::Item(_, _, item) => item.title(),
            Self::Answer(step) => &step.label,
            Self::Commitment(commitment) => &commitment.better,
        }
    }

    /// The id of the field or the step.
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
    pub fn last_mentioned(&self) -> NaiveDate {
        let last = self.mentions.first();
        last.map_or(NaiveDate::MIN, |mention| mention.day)
    }

    /// How many mentions are open.
    pub fn open_count(&self) -> usize {
        self.mentions.iter().filter(|mention| mention.open).count()
    }

    /// How often each practice names them, in the order of the walk.
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
