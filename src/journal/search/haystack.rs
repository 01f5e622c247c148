//! All entries, made ready to be looked through as fast as somebody types.
//!
//! An entry is a row of numbers, one for each of its words, and no second copy of its text: what is
//! looked for is held against every word there is once, which gives a table, and an entry is found
//! by looking its numbers up. So a query takes about as long whatever is typed, and nothing depends
//! on what was looked for before.

use std::cmp::Reverse;
use std::collections::HashMap;

use chrono::NaiveDate;

use super::fold;
use super::lexicon::{BREAK, Lexicon};
use super::passages::passages;
use super::query::{Query, What};
use super::row::{Kind, Named, Row};
use super::sieve::{Known, Sieve, is_called};
use super::term::{Table, Term};
use crate::calendar::Timestamp;
use crate::journal::{Body, Entry, Id, Journal, Selection, Unsettled, names};
use crate::practice::{Ask, Catalog, FieldKind};

/// All entries, made ready.
#[derive(Clone, Debug)]
pub struct Haystack {
    rows: Vec<Row>,
    /// The numbers of the words of all rows, one row behind the other. Those of a row that was made
    /// anew stay where they were.
    words: Vec<u32>,
    lexicon: Lexicon,
    /// The rows, the newest day first.
    order: Vec<u32>,
    kinds: Vec<Kind>,
    /// Areas, folded; the first is that of everything without one.
    areas: Vec<String>,
    people: Vec<Named>,
    /// Which row names which person, by row.
    mentions: Vec<(u32, u32)>,
    /// Where names are in the lists above, while many are looked up.
    numbers: HashMap<String, u32>,
    /// The tables of the last query: of the next one most words are the same.
    tables: Vec<(Term, Table)>,
}

/// An entry that was found.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Hit {
    /// How well it fits: the higher, the better; the same for all where no words are looked for.
    pub score: u32,
    row: u32,
}

impl Haystack {
    /// The haystack of a journal.
    #[must_use]
    pub fn new(journal: &Journal, catalog: &Catalog) -> Self {
        let mut haystack = Self {
            rows: Vec::new(),
            words: Vec::new(),
            lexicon: Lexicon::default(),
            order: Vec::new(),
            kinds: Vec::new(),
            areas: vec![String::new()],
            people: Vec::new(),
            mentions: Vec::new(),
            numbers: HashMap::new(),
            tables: Vec::new(),
        };
        let entries = journal.entries().filter(|entry| is_looked_for(entry));
        let mut entries: Vec<(NaiveDate, Timestamp, &Entry)> = entries
            .map(|entry| (journal.listed_day(entry, catalog), journal.written_at(entry), entry))
            .collect();
        // Looked through in the order in which they lie.
        entries.sort_unstable_by_key(|(day, at, entry)| Reverse((*day, *at, &entry.id)));
        haystack.rows.reserve_exact(entries.len());
        for (day, at, entry) in entries {
            let unsettled = journal.unsettled(&entry.id);
            haystack.add((day, at), entry, unsettled, catalog);
        }
        haystack.order = (0..haystack.number()).collect();
        haystack.numbers = HashMap::new();
        haystack.words.shrink_to_fit();
        haystack
    }

    /// Takes in what became of an entry since: a new version, or that it is gone.
    pub fn renew(&mut self, id: &Id, journal: &Journal, catalog: &Catalog) {
        self.tables.clear();
        if let Some(at) = self.order.iter().position(|row| self.row(*row).id == *id) {
            let row = self.order.remove(at);
            self.mentions.retain(|(other, _)| *other != row);
        }
        let current = journal.current(id);
        let Some(entry) = current.filter(|entry| is_looked_for(entry)) else {
            return;
        };
        let row = self.number();
        let (day, at) = (journal.listed_day(entry, catalog), journal.written_at(entry));
        self.add((day, at), entry, journal.unsettled(id), catalog);
        self.numbers.clear();
        let key = self.key(row);
        let place = self.order.partition_point(|other| self.key(*other) > key);
        self.order.insert(place, row);
    }

    /// How many entries there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.order.len()
    }

    /// What a query finds, the newest day first.
    pub fn search(&mut self, query: &Query) -> Vec<Hit> {
        let sieve = Sieve::new(query, self.known());
        let mut tables = std::mem::take(&mut self.tables);
        let mut table = |term: &Term| {
            let place = tables.iter().position(|(other, _)| other == term);
            match place {
                Some(place) => tables.swap_remove(place),
                None => (term.clone(), term.table(&self.lexicon)),
            }
        };
        let wanted: Vec<(Term, Table)> = query.wanted.iter().map(&mut table).collect();
        let unwanted: Vec<(Term, Table)> = query.unwanted.iter().map(&mut table).collect();
        let mut hits = Vec::new();
        for number in &self.order {
            let row = self.row(*number);
            if !sieve.lets_through(*number as usize, row) {
                continue;
            }
            let (start, length, head) = row.words;
            let words = &self.words[start as usize..(start + length) as usize];
            let score = |(_, table): &(Term, Table)| table.score(words, usize::from(head));
            if unwanted.iter().any(|term| score(term) > 0) {
                continue;
            }
            let mut scores = wanted.iter().map(score);
            let sum = scores.try_fold(0, |sum, score| (score > 0).then_some(sum + score));
            if let Some(score) = sum {
                hits.push(Hit {
                    score,
                    row: *number,
                });
            }
        }
        self.tables = wanted;
        self.tables.extend(unwanted);
        hits
    }

    /// Those of `hits` that have the signs of a query, too: it knows words alone.
    #[must_use]
    pub fn with_signs(
        &self,
        mut hits: Vec<Hit>,
        query: &Query,
        journal: &Journal,
        catalog: &Catalog,
    ) -> Vec<Hit> {
        if query.has_signs() {
            hits.retain(|hit| {
                let id = self.id(*hit);
                let entry = journal.current(id);
                entry.is_some_and(|it| query.has_its_signs(it, journal.unsettled(id), catalog))
            });
        }
        hits
    }

    /// What a query finds, the best first, and of those that are as good the newest.
    pub fn best(&mut self, query: &Query) -> Vec<Hit> {
        let mut hits = self.search(query);
        if query.has_words() {
            hits.sort_by_key(|hit| Reverse(hit.score));
        }
        hits
    }

    /// The entry that was found.
    #[must_use]
    pub fn id(&self, hit: Hit) -> &Id {
        &self.row(hit.row).id
    }

    /// The day it stands under.
    #[must_use]
    pub fn day(&self, hit: Hit) -> NaiveDate {
        self.row(hit.row).day
    }

    /// What of a query finds nothing by itself, each in a sentence: an area that is in no entry, a
    /// person nobody is.
    #[must_use]
    pub fn troubles(&self, query: &Query) -> Vec<String> {
        let mut troubles = Vec::new();
        for filter in &query.filters {
            match &filter.what {
                What::Area(begun) if !self.areas.iter().skip(1).any(|it| it.starts_with(begun)) => {
                    troubles.push(format!("no area begins with “{begun}”"));
                }
                What::Person(begun) if !self.people.iter().any(|it| is_called(it, begun)) => {
                    troubles.push(format!("nobody called “{begun}” is named in the journal"));
                }
                _ => {}
            }
        }
        troubles
    }

    /// Everybody who is named, as they were last written, the last mentioned first.
    #[must_use]
    pub fn people(&self) -> Vec<&str> {
        let mut people: Vec<&Named> = self.people.iter().collect();
        people.sort_by_key(|person| Reverse(person.last));
        people
            .into_iter()
            .map(|person| person.name.as_str())
            .collect()
    }

    /// How many bytes it takes, about.
    #[cfg(test)]
    pub(super) fn size(&self) -> usize {
        let rows = self.rows.len() * size_of::<Row>() + self.order.len() * 4;
        rows + self.words.len() * 4 + self.lexicon.size() + self.mentions.len() * 8
    }

    fn known(&self) -> Known<'_> {
        Known {
            kinds: &self.kinds,
            areas: &self.areas,
            people: &self.people,
            mentions: &self.mentions,
            rows: self.rows.len(),
        }
    }

    fn row(&self, number: u32) -> &Row {
        &self.rows[number as usize]
    }

    fn key(&self, number: u32) -> (NaiveDate, i64, &Id) {
        let row = self.row(number);
        (row.day, row.at, &row.id)
    }

    /// The number of the next row.
    fn number(&self) -> u32 {
        u32::try_from(self.rows.len()).expect("no disk holds so many entries")
    }

    fn add(
        &mut self,
        (day, at): (NaiveDate, Timestamp),
        entry: &Entry,
        unsettled: &[Unsettled],
        catalog: &Catalog,
    ) {
        let start = self.words.len();
        let mut head = 0;
        for (number, passage) in passages(entry, unsettled, catalog).iter().enumerate() {
            if number > 0 {
                self.words.push(BREAK);
            }
            let (lexicon, words) = (&mut self.lexicon, &mut self.words);
            fold::each_word(&passage.text, |word| words.push(lexicon.number(word)));
            if number == 0 {
                head = self.words.len() - start;
            }
        }
        let kind = match &entry.body {
            Body::Answer(answer) => Kind::Answer(answer.practice.clone()),
            Body::Item(item) => Kind::Item(item.register.clone()),
            Body::Commitment(_)
            | Body::Deleted
            | Body::Forgotten
            | Body::Newer
            | Body::Choice(_) => Kind::Commitment,
        };
        let place = |at: usize| u32::try_from(at).expect("no disk holds so many words");
        let row = Row {
            id: entry.id.clone(),
            at: at.timestamp(),
            day,
            words: (
                place(start),
                place(self.words.len() - start),
                u16::try_from(head).unwrap_or(u16::MAX),
            ),
            kind: self.kind(kind),
            area: match &entry.body {
                Body::Commitment(commitment) => self.area(&commitment.area),
                _ => 0,
            },
        };
        let number = self.number();
        for name in named(entry, catalog) {
            let person = self.person(&name, row.at);
            self.mentions.push((number, person));
        }
        self.rows.push(row);
    }

    fn kind(&mut self, kind: Kind) -> u16 {
        let known = self.kinds.iter().position(|other| *other == kind);
        let number = known.unwrap_or_else(|| {
            self.kinds.push(kind);
            self.kinds.len() - 1
        });
        u16::try_from(number).unwrap_or(0)
    }

    fn area(&mut self, area: &str) -> u32 {
        let folded = fold::key(area);
        let known = self.areas.iter().position(|other| *other == folded);
        let number = known.unwrap_or_else(|| {
            self.areas.push(folded);
            self.areas.len() - 1
        });
        u32::try_from(number).unwrap_or(0)
    }

    fn person(&mut self, name: &str, at: i64) -> u32 {
        if let Some(number) = self.numbers.get(name) {
            let person = &mut self.people[*number as usize];
            if at > person.last {
                person.last = at;
                name.clone_into(&mut person.name);
            }
            return *number;
        }
        let folded = fold::key(name);
        let known = self.people.iter().position(|other| other.folded == folded);
        let number = known.unwrap_or_else(|| {
            self.people.push(Named {
                folded,
                name: name.to_owned(),
                last: at,
            });
            self.people.len() - 1
        });
        let number = u32::try_from(number).expect("there are fewer people");
        self.numbers.insert(name.to_owned(), number);
        number
    }
}

/// Whether an entry says something of its own.
fn is_looked_for(entry: &Entry) -> bool {
    Selection::All.contains(entry)
}

/// Everybody an entry names, in the fields that are for people.
fn named(entry: &Entry, catalog: &Catalog) -> Vec<String> {
    let texts: Vec<&str> = match &entry.body {
        Body::Deleted | Body::Forgotten | Body::Newer | Body::Commitment(_) | Body::Choice(_) => {
            Vec::new()
        }
        Body::Answer(answer) => {
            let practice = catalog.practice(&answer.practice);
            let step = practice.and_then(|practice| practice.step(&answer.step));
            let asks = step.is_some_and(|step| step.ask == Ask::Answer(FieldKind::Person));
            answer.value.as_text().filter(|_| asks).into_iter().collect()
        }
        Body::Item(item) => {
            let register = catalog.register(&item.register);
            let fields = register.into_iter().flat_map(|register| &register.fields);
            fields
                .filter(|field| field.kind == FieldKind::Person)
                .map(|field| item.text(&field.id))
                .collect()
        }
    };
    let names = texts.into_iter().flat_map(names::split_names);
    names.map(std::borrow::Cow::into_owned).collect()
}
