//! A search index over all entries, fast enough for every keystroke.
//!
//! An entry is a row of numbers, one for each of its words. A term is compared once with each word
//! of the vocabulary, and an entry is found by looking its numbers up.

mod filter_set;

use std::borrow::Cow;
use std::cell::OnceCell;
use std::cmp::Reverse;
use std::sync::Arc;

use chrono::NaiveDate;
use foldhash::fast::RandomState;
use indexmap::IndexSet;

use filter_set::{FilterSet, PersonNames, is_in};

use super::matcher::{LETTER, Signs, WordMatcher, bare, folded};
use super::passages::each_passage;
use super::query::{Filter, FilterBy, IndexedKind, Query, Term};
use crate::journal::{Answer, Body, Entry, Id, Journal, OffDays, Selection, names};
use crate::practice::{Catalog, FieldKind, Step};

/// What a word in the first passage of an entry is worth more than in others.
const HEAD: u32 = 16;

/// Of how many entries the words are read at once while no key waits: a few milliseconds.
pub const SLICE: usize = 1_000;

/// The number of no word: it is between the passages of an entry.
const BREAK: u32 = 0;

/// A search index over all entries. The words of an entry are read when first needed.
#[derive(Clone, Debug, Default)]
pub struct SearchIndex {
    /// One for each version that was indexed; an entry that is indexed again gets another.
    entries: Vec<IndexedEntry>,
    /// Up to which of these the words are read, and maybe of some after it.
    prepared: usize,
    /// The words of all entries, one after the other.
    words: Vec<u32>,
    vocabulary: Vocabulary,
    facets: Facets,
    /// Who is named in the journal, once a filter has asked.
    people: OnceCell<Arc<PersonNames>>,
    /// The entries that count, newest day first.
    order: Vec<u32>,
    /// The scores of the last query: most terms of the next one are the same.
    scores: Vec<TermScores>,
}

/// An entry that was found.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Hit {
    /// The higher, the better; the same for all if no words are searched for.
    pub score: u32,
    entry: u32,
}

/// What is known of an entry to find it again.
#[derive(Clone, Debug)]
struct IndexedEntry {
    id: Id,
    /// When the version that counts was written.
    at: i64,
    day: NaiveDate,
    kind: u32,
    area: u32,
    people: Box<[u32]>,
    words: Option<WordRange>,
}

/// Where the words of an entry are: those of its first passage, then the others.
#[derive(Clone, Copy, Debug)]
struct WordRange {
    start: u32,
    head: u32,
    end: u32,
}

impl SearchIndex {
    /// Indexes a journal.
    pub fn new(journal: &Journal, catalog: &Catalog) -> Self {
        let mut index = Self::default();
        let off = OffDays::of(journal, catalog);
        let entries = journal.entries_dated(catalog);
        let mut entries: Vec<(NaiveDate, i64, &Entry)> = entries
            .filter(|(.., entry)| is_searched(entry))
            .map(|(day, at, entry)| (found_day(entry, day, &off), at.timestamp(), entry))
            .collect();
        // They come by their ids, by which entries of the same moment stay in order.
        entries.reverse();
        entries.sort_by_key(|(day, at, _)| Reverse((*day, *at)));
        for (day, at, entry) in entries {
            let entry = index.facets.entry((day, at), entry, catalog);
            index.entries.push(entry);
        }
        index.order = (0..number(index.entries.len())).collect();
        index
    }

    /// Reads the words of at most so many more entries; whether some are left.
    pub fn prepare(&mut self, journal: &Journal, catalog: &Catalog, most: usize) -> bool {
        let end = self.entries.len().min(self.prepared.saturating_add(most));
        for at in self.prepared..end {
            self.words_of(at, journal, catalog);
        }
        self.prepared = end;
        end < self.entries.len()
    }

    /// Takes in a new version of an entry, or that it is gone.
    pub fn renew(&mut self, id: &Id, journal: &Journal, catalog: &Catalog) {
        self.people.take();
        self.order
            .retain(|number| self.entries[*number as usize].id != *id);
        let Some(entry) = journal.current(id).filter(|entry| is_searched(entry)) else {
            return;
        };
        let at = journal.written_at(entry).timestamp();
        let off = OffDays::of(journal, catalog);
        let day = found_day(entry, journal.listed_day(entry, catalog), &off);
        let entry = self.facets.entry((day, at), entry, catalog);
        let key = entry.key();
        let place = self
            .order
            .partition_point(|other| self.entries[*other as usize].key() > key);
        self.order.insert(place, number(self.entries.len()));
        self.entries.push(entry);
    }

    /// How many entries there are.
    pub fn count(&self) -> usize {
        self.order.len()
    }

    /// What a query finds, newest day first.
    pub fn search(&mut self, query: &Query, journal: &Journal, catalog: &Catalog) -> Vec<Hit> {
        let mut known = std::mem::take(&mut self.scores);
        let mut scores = |term: &Term| match known.iter().position(|it| it.term == *term) {
            Some(at) => known.swap_remove(at),
            None => TermScores::new(term),
        };
        let mut wanted: Vec<TermScores> = query.wanted.iter().map(&mut scores).collect();
        let mut unwanted: Vec<TermScores> = query.unwanted.iter().map(&mut scores).collect();
        let filters = self.filters(query, journal, catalog);
        let mut hits = Vec::new();
        for at in 0..self.order.len() {
            let entry = self.order[at];
            if !filters.accepts(&self.entries[entry as usize]) {
                continue;
            }
            let mut total = Some(0);
            if query.has_terms() {
                let range = self.words_of(entry as usize, journal, catalog);
                let (words, vocabulary) = (&self.words, &self.vocabulary);
                let score = |term: &mut TermScores| term.score(words, range, vocabulary);
                let is_unwanted = unwanted.iter_mut().any(|term| score(term) > 0);
                total = total.filter(|_| !is_unwanted).and_then(|none| {
                    wanted.iter_mut().try_fold(none, |sum, term| {
                        let score = score(term);
                        (score > 0).then_some(sum + score)
                    })
                });
            }
            hits.extend(total.map(|score| Hit { score, entry }));
        }
        self.scores = wanted;
        self.scores.append(&mut unwanted);
        hits
    }

    /// What a query finds, best first, then newest.
    pub fn best(&mut self, query: &Query, journal: &Journal, catalog: &Catalog) -> Vec<Hit> {
        let mut hits = self.search(query, journal, catalog);
        if query.has_words() {
            hits.sort_by_key(|hit| Reverse(hit.score));
        }
        hits
    }

    /// The entry that was found.
    pub fn id(&self, hit: Hit) -> &Id {
        &self.entries[hit.entry as usize].id
    }

    /// The day it is listed under.
    pub fn day(&self, hit: Hit) -> NaiveDate {
        self.entries[hit.entry as usize].day
    }

    /// The filters of a query that match nothing at all, each in a sentence.
    pub fn unmatched(&self, query: &Query, journal: &Journal, catalog: &Catalog) -> Vec<String> {
        let areas = &self.facets.areas;
        let mut filters = None;
        let unmatched = query.filters.iter().filter_map(|filter| match &filter.by {
            FilterBy::Area(begun) if !areas.iter().any(|area| is_in(area, begun)) => {
                Some(format!("no area begins with “{begun}”"))
            }
            FilterBy::Person(begun) => {
                let filters = filters.get_or_insert_with(|| self.filters(query, journal, catalog));
                let entries = self.order.iter().map(|at| &self.entries[*at as usize]);
                let is_named = filters.has_person(begun, entries);
                (!is_named).then(|| format!("no one called “{begun}” in the journal"))
            }
            _ => None,
        });
        unmatched.collect()
    }

    fn filters<'a>(
        &self,
        query: &'a Query,
        journal: &'a Journal,
        catalog: &'a Catalog,
    ) -> FilterSet<'a> {
        let names = || Arc::new(PersonNames::of(&self.facets, journal, catalog));
        let by_person = |filter: &Filter| matches!(filter.by, FilterBy::Person(_));
        let asks = query.filters.iter().any(by_person);
        let people = asks.then(|| Arc::clone(self.people.get_or_init(names)));
        FilterSet::new(query, &self.facets, people, journal, catalog)
    }

    /// How many bytes it takes, about.
    #[cfg(test)]
    pub(super) fn size(&self) -> usize {
        let entries = self.entries.len() * size_of::<IndexedEntry>() + self.order.len() * 4;
        let words = self.vocabulary.spelled.iter().map(|word| word.len() + 64);
        entries + self.words.len() * 4 + words.sum::<usize>()
    }

    /// Where the words of an entry are, which are read if they were not yet.
    fn words_of(&mut self, at: usize, journal: &Journal, catalog: &Catalog) -> WordRange {
        let of = &mut self.entries[at];
        if let Some(range) = of.words {
            return range;
        }
        let start = number(self.words.len());
        let mut head = None;
        if let Some(entry) = journal.current(&of.id) {
            each_passage(entry, journal.unsettled(&of.id), catalog, |_, text| {
                if head.is_some() {
                    self.words.push(BREAK);
                }
                let words = text.split_ascii_whitespace();
                self.words
                    .extend(words.map(|word| self.vocabulary.number(word)));
                head.get_or_insert(number(self.words.len()));
            });
        }
        *of.words.insert(WordRange {
            start,
            head: head.unwrap_or(start),
            end: number(self.words.len()),
        })
    }
}

fn number(at: usize) -> u32 {
    u32::try_from(at).expect("no disk holds so many words")
}

impl IndexedEntry {
    fn key(&self) -> (NaiveDate, i64, &Id) {
        (self.day, self.at, &self.id)
    }
}

fn is_searched(entry: &Entry) -> bool {
    let is_emptied = |answer: &Answer| answer.value.is_empty();
    Selection::All.contains(entry) && !entry.body.as_answer().is_some_and(is_emptied)
}

/// The day an entry is found under: what is due on a day off is due on the first day back.
fn found_day(entry: &Entry, listed: NaiveDate, off: &OffDays) -> NaiveDate {
    match &entry.body {
        Body::Commitment(open) if open.is_open() => off.due_day(open),
        _ => listed,
    }
}

/// Every spelling of every word once, under a number; a word is whatever is between spaces.
#[derive(Clone, Debug)]
struct Vocabulary {
    spelled: IndexSet<Box<str>, RandomState>,
    /// Each without punctuation, as it is compared; `None` if it is spelled so.
    folded: Vec<Option<Box<str>>>,
}

impl Default for Vocabulary {
    fn default() -> Self {
        let mut vocabulary = Self {
            spelled: IndexSet::default(),
            folded: Vec::new(),
        };
        vocabulary.number("\n");
        vocabulary
    }
}

impl Vocabulary {
    fn number(&mut self, word: &str) -> u32 {
        let known = self.spelled.get_index_of(word);
        number(known.unwrap_or_else(|| {
            let folded = folded(word, Signs::Dropped);
            self.folded
                .push((folded != word).then(|| folded.into_boxed_str()));
            self.spelled.insert_full(word.into()).0
        }))
    }

    fn spelled(&self, number: usize) -> &str {
        &self.spelled[number]
    }

    fn folded(&self, number: usize) -> &str {
        self.folded[number]
            .as_deref()
            .unwrap_or(self.spelled(number))
    }

    /// A word as it is compared.
    fn compared(&self, number: u32, signs: Signs) -> Cow<'_, str> {
        match signs {
            Signs::Dropped => self.folded(number as usize).into(),
            Signs::Kept => folded(self.spelled(number as usize), signs).into(),
        }
    }

    /// Whether a phrase of several words begins in the first of `words`.
    fn has_phrase(&self, phrase: &str, signs: Signs, words: &[u32]) -> bool {
        let Some((first, others)) = words.split_first() else {
            return false;
        };
        let first = self.compared(*first, signs);
        let mut rests = rests(&first, phrase);
        first.contains(phrase) || rests.any(|rest| self.goes_on(rest, signs, others))
    }

    fn goes_on(&self, mut rest: &str, signs: Signs, words: &[u32]) -> bool {
        for number in words.iter().take_while(|number| **number != BREAK) {
            let word = self.compared(*number, signs);
            if word.starts_with(rest) {
                return true;
            }
            if word.is_empty() {
                continue;
            }
            let Some(more) = rest
                .strip_prefix(&*word)
                .and_then(|it| it.strip_prefix(' '))
            else {
                return false;
            };
            rest = more;
        }
        false
    }
}

/// What must follow `word` for a phrase to begin in it, by how much of the phrase it ends in.
fn rests<'p>(word: &str, phrase: &'p str) -> impl Iterator<Item = &'p str> {
    let spaces = phrase.match_indices(' ');
    let ends = spaces.filter(move |(at, _)| word.ends_with(&phrase[..*at]));
    ends.map(|(at, _)| &phrase[at + 1..])
}

/// How well each word of the vocabulary fits a term, by its number.
#[derive(Clone, Debug)]
struct TermScores {
    term: Term,
    matcher: WordMatcher,
    scores: Vec<u16>,
}

impl TermScores {
    fn new(term: &Term) -> Self {
        let (Term::Fuzzy(text) | Term::Phrase(text, _)) = term;
        Self {
            term: term.clone(),
            matcher: WordMatcher::new(text),
            scores: Vec::new(),
        }
    }

    /// Compares it with the words that are new in the vocabulary.
    fn extend(&mut self, vocabulary: &Vocabulary) {
        let new = self.scores.len()..vocabulary.folded.len();
        match &self.term {
            Term::Fuzzy(_) => self.scores.extend(new.map(|number| {
                let words = vocabulary.folded(number).split(' ');
                words
                    .map(|word| self.matcher.score(word))
                    .max()
                    .unwrap_or(0)
            })),
            Term::Phrase(phrase, signs) => {
                let letters = phrase.chars().filter(|letter| *letter != ' ').count();
                let score = LETTER.saturating_mul(u16::try_from(letters).unwrap_or(u16::MAX));
                self.scores.extend(new.map(|at| {
                    let word = vocabulary.compared(number(at), *signs);
                    if word.split(' ').any(|word| word == phrase) {
                        score.saturating_add(LETTER)
                    } else if word.contains(phrase) || rests(&word, phrase).next().is_some() {
                        score
                    } else {
                        0
                    }
                }));
            }
        }
    }

    /// How well an entry fits; 0 if it does not.
    fn score(&mut self, words: &[u32], range: WordRange, vocabulary: &Vocabulary) -> u32 {
        if self.scores.len() < vocabulary.folded.len() {
            self.extend(vocabulary);
        }
        let score = |number: &u32| self.scores[*number as usize];
        let best = |words: &[u32]| match &self.term {
            // Only how it begins was looked up.
            Term::Phrase(phrase, signs) if phrase.contains(' ') => {
                let mut starts = (0..words.len()).filter(|at| score(&words[*at]) > 0);
                let start = starts.find(|at| vocabulary.has_phrase(phrase, *signs, &words[*at..]));
                start.map_or(0, |at| u32::from(score(&words[at])))
            }
            _ => words.iter().map(score).max().map_or(0, u32::from),
        };
        let [start, head, end] = [range.start, range.head, range.end].map(|at| at as usize);
        let (head, rest) = (best(&words[start..head]), best(&words[head..end]));
        rest.max(if head > 0 { head + HEAD } else { 0 })
    }
}

/// What entries can be filtered by: their kinds, areas and people, each once.
#[derive(Clone, Debug, Default)]
struct Facets {
    kinds: Vec<IndexedKind>,
    /// As they are compared.
    areas: IndexSet<String, RandomState>,
    /// The names in fields for people, in every spelling.
    people: IndexSet<String, RandomState>,
}

impl Facets {
    /// An entry whose words are not read yet.
    fn entry(
        &mut self,
        (day, at): (NaiveDate, i64),
        entry: &Entry,
        catalog: &Catalog,
    ) -> IndexedEntry {
        let area = match &entry.body {
            Body::Commitment(commitment) => bare(&commitment.area),
            _ => String::new(),
        };
        let people = named(entry, catalog)
            .into_iter()
            .flat_map(names::split_names);
        IndexedEntry {
            id: entry.id.clone(),
            at,
            day,
            kind: number(self.kind(&entry.body)),
            area: number(self.areas.insert_full(area).0),
            people: people
                .map(|name| number(self.people.insert_full(name.into_owned()).0))
                .collect(),
            words: None,
        }
    }

    /// The number of a kind: there are so few that looking at each is faster than a copy of its id.
    fn kind(&mut self, body: &Body) -> usize {
        let is_it = |kind: &IndexedKind| match (kind, body) {
            (IndexedKind::Answer(practice), Body::Answer(answer)) => *practice == answer.practice,
            (IndexedKind::Item(register), Body::Item(item)) => *register == item.register,
            (IndexedKind::Commitment, body) => !matches!(body, Body::Answer(_) | Body::Item(_)),
            _ => false,
        };
        let known = self.kinds.iter().position(is_it);
        known.unwrap_or_else(|| {
            self.kinds.push(match body {
                Body::Answer(answer) => IndexedKind::Answer(answer.practice.clone()),
                Body::Item(item) => IndexedKind::Item(item.register.clone()),
                _ => IndexedKind::Commitment,
            });
            self.kinds.len() - 1
        })
    }
}

/// The texts of an entry that are for names; of a joined name, none.
fn named<'a>(entry: &'a Entry, catalog: &Catalog) -> Vec<&'a str> {
    match &entry.body {
        Body::Answer(answer) => {
            let step = catalog.step(&answer.practice, &answer.step);
            let asks = step.and_then(Step::answer_kind) == Some(&FieldKind::Person);
            answer
                .value
                .as_text()
                .filter(|_| asks)
                .into_iter()
                .collect()
        }
        Body::Item(item) => {
            let register = catalog.register(&item.register);
            let register = register.filter(|register| register.joins.is_none());
            let fields = register.into_iter().flat_map(|register| &register.fields);
            fields
                .filter(|field| field.kind == FieldKind::Person)
                .map(|field| item.text(&field.id))
                .collect()
        }
        _ => Vec::new(),
    }
}
