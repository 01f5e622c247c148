//! Everybody who is named anywhere, and where: people are one register in effect.
//!
//! One pass over the registers and steps that ask for people. Knows no practice by name: what is
//! open with somebody follows from the stages of the register they are named in.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::names::{folded, names};
use super::{Entry, Id, Item, Journal, stage_of};
use crate::calendar::Stamp;
use crate::practice::{Ask, Catalog, Field, FieldKind, Practice, Register, Step};

/// Somebody who is named in the journal.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Person<'a> {
    /// Their name, as it was last written.
    pub name: String,
    /// Where they are named, the latest first; never empty.
    pub mentions: Vec<Mention<'a>>,
}

/// One place where somebody is named.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Mention<'a> {
    /// The entry.
    pub entry: &'a Entry,
    /// The practice it belongs to.
    pub practice: &'a Practice,
    /// Where in it.
    pub place: Place<'a>,
    /// The day it stands under: when the stage was reached that the name belongs to, or else the
    /// one that the item is in, or when it was first written.
    pub day: NaiveDate,
    /// Whether it is not over yet, and the person has to do with that: a name that belongs to one
    /// stage alone, as of who was told, has not.
    pub open: bool,
}

/// What names somebody.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Place<'a> {
    /// A field of an item.
    Item(&'a Register, &'a Field, &'a Item),
    /// An answer.
    Answer(&'a Step),
}

/// People while their mentions are gathered, by their names folded.
#[derive(Default)]
struct Gathering<'a>(BTreeMap<String, Gathered<'a>>);

/// One of them: the spelling, with what wrote it, and the mentions.
struct Gathered<'a> {
    written: (Stamp, &'a Id, String),
    mentions: Vec<Mention<'a>>,
}

impl Journal {
    /// Everybody who is named in a field for people, the last mentioned first.
    #[must_use]
    pub fn people<'a>(&'a self, catalog: &'a Catalog) -> Vec<Person<'a>> {
        let mut gathering = Gathering::default();
        for practice in catalog.practices() {
            self.gather_answers(practice, &mut gathering);
            for register in &practice.registers {
                let is_person = |field: &&Field| field.kind == FieldKind::Person;
                let fields: Vec<&Field> = register.fields.iter().filter(is_person).collect();
                if !fields.is_empty() {
                    self.gather_items(practice, register, &fields, &mut gathering);
                }
            }
        }
        gathering.people()
    }

    /// Who is named in one field of a register, how often and when last: the most often named
    /// first.
    pub(super) fn named_in<'a>(
        &'a self,
        practice: &'a Practice,
        register: &'a Register,
        field: &str,
    ) -> Vec<(String, usize, NaiveDate)> {
        let mut gathering = Gathering::default();
        if let Some(field) = register.field(field) {
            self.gather_items(practice, register, &[field], &mut gathering);
        }
        let people = gathering.people().into_iter();
        let mut named: Vec<_> = people
            .map(|person| {
                let last = person.last();
                (person.name, person.mentions.len(), last)
            })
            .collect();
        named.sort_by_key(|(_, times, _)| Reverse(*times));
        named
    }

    /// The one with this name, in whatever spelling.
    #[must_use]
    pub fn person<'a>(&'a self, name: &str, catalog: &'a Catalog) -> Option<Person<'a>> {
        let key = folded(name);
        let mut people = self.people(catalog).into_iter();
        people.find(|person| folded(&person.name) == key)
    }

    fn gather_answers<'a>(&'a self, practice: &'a Practice, gathering: &mut Gathering<'a>) {
        for step in &practice.steps {
            if step.ask != Ask::Answer(FieldKind::Person) {
                continue;
            }
            for id in self.index.answers(&practice.id, &step.id) {
                let (Some(entry), Some((_, value))) = (self.current(id), self.dated_answer(id))
                else {
                    continue;
                };
                let mention = Mention {
                    entry,
                    practice,
                    place: Place::Answer(step),
                    day: entry.at.date_naive(),
                    open: false,
                };
                gathering.add(value.text().unwrap_or(""), &mention);
            }
        }
    }

    fn gather_items<'a>(
        &'a self,
        practice: &'a Practice,
        register: &'a Register,
        fields: &[&'a Field],
        gathering: &mut Gathering<'a>,
    ) {
        let ends = register.stages.iter().any(|stage| stage.closes);
        for (id, _, first) in self.index.items(&register.id) {
            let Some((entry, item)) = self.kept(id) else {
                continue;
            };
            let stage = stage_of(register, item);
            let over = stage.is_some_and(|stage| stage.closes);
            for field in fields {
                let own = field.stage.as_deref().and_then(|stage| item.day(stage));
                let day = own.or_else(|| item.day(&stage?.id));
                let mention = Mention {
                    entry,
                    practice,
                    place: Place::Item(register, field, item),
                    day: day.unwrap_or_else(|| first.date_naive()),
                    open: field.stage.is_none() && ends && !over,
                };
                gathering.add(item.text(&field.id), &mention);
            }
        }
    }
}

impl<'a> Gathering<'a> {
    /// Takes in the names of a text, and where it stands.
    fn add(&mut self, text: &str, mention: &Mention<'a>) {
        for name in names(text) {
            let key = folded(&name);
            let written = (mention.entry.at, &mention.entry.id, name);
            let person = self.0.entry(key).or_insert_with(|| Gathered {
                written: written.clone(),
                mentions: Vec::new(),
            });
            if written > person.written {
                person.written = written;
            }
            // Twice in one field is once.
            let last = person.mentions.last();
            if last.is_none_or(|last| !last.is_at(mention)) {
                person.mentions.push(mention.clone());
            }
        }
    }

    fn people(self) -> Vec<Person<'a>> {
        let people = self.0.into_values().map(|gathered| {
            let Gathered {
                written: (_, _, name),
                mut mentions,
            } = gathered;
            mentions.sort_by_key(|mention| (Reverse(mention.day), Reverse(&mention.entry.id)));
            Person { name, mentions }
        });
        let mut people: Vec<Person> = people.collect();
        // They come in the order of their names, and stay so within a day.
        people.sort_by_key(|person| Reverse(person.last()));
        people
    }
}

impl Mention<'_> {
    fn is_at(&self, other: &Self) -> bool {
        self.entry.id == other.entry.id && self.place.field() == other.place.field()
    }
}

impl Place<'_> {
    /// What it is about: the title of the item, or what the step is called.
    #[must_use]
    pub fn title(&self) -> &str {
        match self {
            Self::Item(_, _, item) => item.title(),
            Self::Answer(step) => &step.label,
        }
    }

    /// The id of the field, or of the step.
    #[must_use]
    pub fn field(&self) -> &str {
        match self {
            Self::Item(_, field, _) => &field.id,
            Self::Answer(step) => &step.id,
        }
    }
}

impl Person<'_> {
    /// The day they were last mentioned.
    #[must_use]
    pub fn last(&self) -> NaiveDate {
        self.mentions
            .first()
            .map_or(NaiveDate::MIN, |mention| mention.day)
    }

    /// How many things are open with them.
    #[must_use]
    pub fn open(&self) -> usize {
        self.mentions.iter().filter(|mention| mention.open).count()
    }

    /// How often each practice names them, in the order of the walk.
    #[must_use]
    pub fn by_practice(&self) -> Vec<(&Practice, usize)> {
        let mut counts: Vec<(&Practice, usize)> = Vec::new();
        for mention in &self.mentions {
            let known = counts
                .iter_mut()
                .find(|(practice, _)| practice.id == mention.practice.id);
            match known {
                Some((_, count)) => *count += 1,
                None => counts.push((mention.practice, 1)),
            }
        }
        counts.sort_by_key(|(practice, _)| (practice.order, &practice.id));
        counts
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::{Answer, Body, Period, Value};
    use crate::practice::parse;

    const PRACTICE: &str = r#"
        id = "talk"
        order = 1
        name = "Talk"
        title = "Talk"
        intro = "Speak."
        cadence = "weekly"
        [[steps]]
        id = "thanks"
        label = "Thanks"
        prompt = "Whom did you thank?"
        kind = "person"
        [[steps]]
        id = "loops"
        label = "Loops"
        prompt = "Who waits?"
        register = "loops"
        [[registers]]
        id = "loops"
        name = "Loops"
        singular = "loop"
        about = "What waits."
        example = "Dates."
        fields = [
            { id = "title", label = "Loop", kind = "line" },
            { id = "with", label = "With", kind = "person" },
            { id = "told", label = "Told", kind = "person", stage = "closed" },
        ]
        stages = [
            { id = "open", name = "open", starts = true },
            { id = "closed", name = "closed", closes = true },
        ]
    "#;

    fn catalog() -> Catalog {
        Catalog::new(vec![parse("talk", PRACTICE).expect("a practice")])
    }

    fn entry(id: &str, rev: u64, at: &str, body: Body) -> Entry {
        Entry {
            id: Id::new(id),
            rev,
            at: format!("{at}T09:00:00+01:00").parse().expect("an instant"),
            undoes: None,
            body,
        }
    }

    fn looped(id: &str, at: &str, fields: &[(&str, &str)]) -> Entry {
        let mut item = Item::new("loops");
        for (field, value) in fields {
            item.set(field, Value::Text((*value).to_owned()));
        }
        entry(id, 1, at, Body::Item(item))
    }

    fn entries() -> Vec<Entry> {
        let answer = Answer {
            period: Period::Week("2026-W47".parse().expect("a week")),
            practice: "talk".to_owned(),
            step: "thanks".to_owned(),
            value: Value::Text("priya".to_owned()),
        };
        vec![
            looped(
                "a",
                "2026-11-02",
                &[
                    ("title", "Dates"),
                    ("with", "ana, Priya & ANA"),
                    ("open", "2026-11-02"),
                ],
            ),
            looped(
                "b",
                "2026-11-09",
                &[
                    ("title", "Costs"),
                    ("with", "Priya"),
                    ("told", "Ana"),
                    ("open", "2026-11-03"),
                    ("closed", "2026-11-12"),
                ],
            ),
            looped("c", "2026-11-05", &[("title", "Nobody")]),
            entry(
                "answer/2026-W47/talk/thanks",
                1,
                "2026-11-18",
                Body::Answer(answer),
            ),
        ]
    }

    fn told(journal: &Journal) -> Vec<String> {
        let catalog = catalog();
        let people = journal.people(&catalog);
        let told = people.iter().map(|person| {
            let mentions: Vec<String> = person
                .mentions
                .iter()
                .map(|mention| {
                    let sign = if mention.open { "○" } else { "●" };
                    format!("{sign}{} {}", mention.entry.id, mention.day)
                })
                .collect();
            format!("{}: {}", person.name, mentions.join(", "))
        });
        told.collect()
    }

    #[test]
    fn one_person_is_found_under_every_spelling() {
        let journal = Journal::fold(entries());
        assert_eq!(
            told(&journal),
            [
                "priya: ●answer/2026-W47/talk/thanks 2026-11-18, ●b 2026-11-12, ○a 2026-11-02",
                "Ana: ●b 2026-11-12, ○a 2026-11-02",
            ]
        );
        let catalog = catalog();
        let ana = journal.person(" aNA", &catalog).expect("she is named");
        assert_eq!((ana.name.as_str(), ana.open()), ("Ana", 1));
        assert_eq!(ana.by_practice()[0].1, 2);
        assert_eq!(journal.person("Zoë", &catalog), None);
    }

    #[test]
    fn the_order_of_the_entries_does_not_matter() {
        let forwards = entries();
        let mut backwards = entries();
        backwards.reverse();
        assert_eq!(
            told(&Journal::fold(forwards)),
            told(&Journal::fold(backwards))
        );
    }

    #[test]
    fn nobody_is_named_by_what_was_deleted() {
        let mut all = entries();
        for id in ["a", "b", "answer/2026-W47/talk/thanks"] {
            all.push(entry(id, 2, "2026-11-20", Body::Deleted));
        }
        assert!(told(&Journal::fold(all)).is_empty());
    }
}
