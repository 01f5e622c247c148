//! The language of a search: words, exact phrases and filters, read from what is typed, and a filter
//! at the end of it completed.

use std::ops::{Range, RangeInclusive};

use chrono::NaiveDate;
use unicode_segmentation::UnicodeSegmentation;

use super::matcher::{Folded, Signs, WordMatcher, bare, folded, has_signs, joined};
use super::state_filter::StateFilter;
use crate::calendar::{DayError, Length, Now, Span, parse_range, parse_span};
use crate::journal::{Entry, Journal, Selection};
use crate::practice::Catalog;

const FILTERS: [&str; 9] = [
    "kind", "area", "person", "state", "is", "due", "since", "until", "week",
];

/// As many words as are searched for at once, so that each key stays quick.
const MOST_WORDS: usize = 32;

/// The characters that begin an exact phrase, and those that end one.
const QUOTES: ([char; 4], [char; 3]) = (['"', '“', '”', '„'], ['"', '“', '”']);

/// What is searched for.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Query {
    pub(super) wanted: Vec<Term>,
    pub(super) unwanted: Vec<Term>,
    pub(super) filters: Vec<Filter>,
    errors: Vec<String>,
}

/// Text that is searched for, folded and not empty.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Term {
    /// One word, letters may be missing.
    Fuzzy(String),
    /// Exactly this; the first and the last word may be part of a longer one.
    Phrase(String, Signs),
}

/// What an entry must be, or must not.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Filter {
    pub(super) by: FilterBy,
    pub(super) not: bool,
}

/// What an entry can be.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum FilterBy {
    Kind(Vec<IndexedKind>),
    /// A commitment in an area that begins like this.
    Area(String),
    /// Names a person one of whose names begins like this.
    Person(String),
    /// In a state, or due, under the number of its filter: of two with the same, either will do.
    State(usize, StateFilter),
    /// Of one of these days.
    Days(RangeInclusive<NaiveDate>),
    /// The same of a week, of which several can be wanted.
    Week(RangeInclusive<NaiveDate>),
}

/// What an entry is, practices and registers by their ids.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum IndexedKind {
    Commitment,
    /// An answer to any practice.
    AnyAnswer,
    Answer(String),
    Item(String),
}

impl IndexedKind {
    /// Whether an entry of the kind `other` is of this one.
    pub(super) fn is(&self, other: &Self) -> bool {
        self == other || (*self == Self::AnyAnswer && matches!(other, Self::Answer(_)))
    }
}

impl Query {
    /// What `text` asks for at `now`. An invalid part asks for nothing, and is among the
    /// [errors](Self::errors).
    pub fn parse(text: &str, catalog: &Catalog, now: Now) -> Self {
        let mut query = Self::default();
        for piece in pieces(text) {
            match piece.name {
                Some(name) => match FILTERS.iter().find(|it| it.eq_ignore_ascii_case(name)) {
                    Some(filter) => {
                        query.add_filter(filter, (piece.value, piece.not), catalog, now);
                    }
                    // A word with a colon at its end is still one.
                    None if piece.value.is_empty() => query.add_term(name, &piece),
                    None => query
                        .errors
                        .push(format!("quote “{name}:” or use {}", FILTERS.join(", "))),
                },
                None => query.add_term(piece.value, &piece),
            }
        }
        query
    }

    /// What in it is invalid, each in a sentence.
    pub fn errors(&self) -> &[String] {
        &self.errors
    }

    /// Whether it asks for nothing, and so for everything.
    pub fn is_blank(&self) -> bool {
        !self.has_terms() && self.filters.is_empty()
    }

    /// Whether it needs the words of entries.
    pub fn has_terms(&self) -> bool {
        !self.wanted.is_empty() || !self.unwanted.is_empty()
    }

    /// Whether words are searched for, so that one entry can fit better than another.
    pub fn has_words(&self) -> bool {
        !self.wanted.is_empty()
    }

    /// The part of `text` to show: all of it, but of one as long as a book only some pages, the first
    /// that match.
    pub fn pages<'t>(&self, text: &'t str) -> &'t str {
        const PAGES: usize = 1 << 14;
        const OVERLAP: usize = 1 << 9;
        let page = |start: usize| {
            let start = text.floor_char_boundary(start);
            &text[start..text.floor_char_boundary(start + PAGES)]
        };
        let mut starts = (0..text.len()).step_by(PAGES - OVERLAP);
        if text.len() <= PAGES {
            return text;
        }
        let found = starts.find(|start| self.first_place(page(*start)).is_some());
        page(found.unwrap_or(0))
    }

    /// The places in `text` that match, first to last; no grapheme is torn.
    pub fn places(&self, text: &str) -> Vec<Range<usize>> {
        let terms = self.wanted.iter();
        joined(text, terms.flat_map(|term| places_of(term, text)).flatten())
    }

    /// The first of the [places](Self::places): the others are not looked for.
    pub fn first_place(&self, text: &str) -> Option<Range<usize>> {
        let firsts = self
            .wanted
            .iter()
            .filter_map(|term| places_of(term, text).next());
        joined(text, firsts.flatten()).into_iter().next()
    }

    /// Adds a filter, as `name:value` does.
    pub fn filter_by(&mut self, name: &str, value: &str, catalog: &Catalog, now: Now) {
        self.add_filter(name, (value, false), catalog, now);
    }

    /// Whether a preset that was never written to stands as the filters say. It has no area, no day
    /// and no people.
    pub fn fits_preset(&self, preset: &Entry, journal: &Journal, catalog: &Catalog) -> bool {
        self.filters.iter().all(|filter| {
            let is_of = |state: &StateFilter| state.is_of(preset, journal, catalog);
            matches!(&filter.by, FilterBy::State(_, state) if is_of(state)) != filter.not
        })
    }

    fn add_term(&mut self, typed: &str, piece: &QueryToken<'_>) {
        let signs = if piece.quoted && has_signs(typed) {
            Signs::Kept
        } else {
            Signs::Dropped
        };
        let text = folded(typed, signs);
        if text.is_empty() {
            return;
        }
        let term = if piece.quoted || piece.not || text.contains(' ') {
            Term::Phrase(text, signs)
        } else {
            Term::Fuzzy(text)
        };
        let count = self.wanted.len() + self.unwanted.len();
        let same = if piece.not {
            &mut self.unwanted
        } else {
            &mut self.wanted
        };
        if same.contains(&term) {
            return;
        }
        if count < MOST_WORDS {
            same.push(term);
            return;
        }
        let error = format!("at most {MOST_WORDS} different words can be searched for");
        if !self.errors.contains(&error) {
            self.errors.push(error);
        }
    }

    fn add_filter(&mut self, name: &str, (value, not): (&str, bool), catalog: &Catalog, now: Now) {
        let value = value.trim();
        // Nothing is asked for yet.
        if value.is_empty() {
            return;
        }
        let by = match name {
            "kind" => kinds(value, catalog).map(FilterBy::Kind),
            "area" => Ok(FilterBy::Area(bare(value))),
            "person" => Ok(FilterBy::Person(bare(value))),
            "state" => {
                let state = StateFilter::in_state(value, catalog, now);
                state.map(|it| FilterBy::State(4, it))
            }
            "is" => StateFilter::named(value, now).map(|it| FilterBy::State(5, it)),
            "due" => StateFilter::due(value, now).map(|it| FilterBy::State(6, it)),
            "week" => week(value, now).map(FilterBy::Week),
            _ => match parse_range(value, now) {
                Ok(days) if name == "since" => Ok(FilterBy::Days(*days.start()..=NaiveDate::MAX)),
                Ok(days) => Ok(FilterBy::Days(NaiveDate::MIN..=*days.end())),
                Err(DayError::NotADay(..)) => Err(format!(
                    "{name}: takes a day or more, like 3w, 1-Oct, last-month or 2026-11"
                )),
                Err(error) => Err(error.to_string()),
            },
        };
        match by {
            Ok(by) => self.filters.push(Filter { by, not }),
            Err(error) => self.errors.push(error),
        }
    }
}

/// Where in `text` a term is found, first to last: of each place, the parts that are in the term.
fn places_of<'t>(term: &Term, text: &'t str) -> Box<dyn Iterator<Item = Vec<Range<usize>>> + 't> {
    match term {
        Term::Fuzzy(word) => Box::new(fuzzy_places(text, word)),
        Term::Phrase(phrase, signs) => {
            let words = Folded::new(text, *signs);
            // What is between the words may be much more than a space.
            let is_space = |it: char| it == ' ' && *signs == Signs::Dropped;
            let is_letter: Vec<bool> = phrase.chars().map(|it| !is_space(it)).collect();
            let found = words.find(phrase).map(|found| {
                let letters = found.zip(&is_letter).filter(|(_, is_letter)| **is_letter);
                letters
                    .filter_map(|(at, _)| words.source(at..at + 1))
                    .collect()
            });
            Box::new(found.collect::<Vec<_>>().into_iter())
        }
    }
}

/// The letters of `text` that a typed word is found by, word by word.
fn fuzzy_places<'t>(text: &'t str, word: &str) -> impl Iterator<Item = Vec<Range<usize>>> + 't {
    let mut matcher = WordMatcher::new(word);
    let mut before = 0;
    text.split_inclusive(' ').filter_map(move |piece| {
        let start = before;
        before += piece.len();
        if !matcher.may_fit_in(piece) {
            return None;
        }
        let words = Folded::new(piece, Signs::Dropped);
        let mut places = Vec::new();
        for (first, word) in words.words() {
            let letters = matcher.positions(word).into_iter();
            let letters = letters.filter_map(|at| words.source(first + at..first + at + 1));
            places.extend(letters.map(|it| start + it.start..start + it.end));
        }
        (!places.is_empty()).then_some(places)
    })
}

fn kinds(value: &str, catalog: &Catalog) -> Result<Vec<IndexedKind>, String> {
    let found = Selection::by_prefix(value, catalog);
    if found.is_empty() {
        return Err(format!(
            "no kind called “{value}”; kind: takes commitment, answer, a list or a practice"
        ));
    }
    let mut kinds = Vec::new();
    for selection in found {
        let items = |id: &String| IndexedKind::Item(id.clone());
        match selection {
            Selection::All => {
                kinds.extend([IndexedKind::Commitment, IndexedKind::AnyAnswer]);
                kinds.extend(catalog.registers().map(|register| items(&register.id)));
            }
            Selection::Commitments => kinds.push(IndexedKind::Commitment),
            Selection::Answers => kinds.push(IndexedKind::AnyAnswer),
            Selection::Practice(practice) => kinds.push(IndexedKind::Answer(practice.id.clone())),
            Selection::Register(_) => {}
        }
        kinds.extend(
            selection
                .registers()
                .iter()
                .map(|register| items(&register.id)),
        );
    }
    Ok(kinds)
}

/// The days of the week that `value` names: a number alone is that of the last week that has it, or
/// of next week, in which much is due already.
fn week(value: &str, now: Now) -> Result<RangeInclusive<NaiveDate>, String> {
    let next = now.week().next();
    let bare = value.trim_start_matches(['w', 'W']);
    let found = if value.eq_ignore_ascii_case("next") || bare.parse() == Ok(next.number()) {
        Ok(Span::Week(next))
    } else {
        parse_span(value, now, Length::Week)
    };
    found
        .map(|span| span.first()..=span.last())
        .map_err(|_| "week: takes this, last, a number like 48, or 2026-W48".to_owned())
}

/// A word, a phrase or a filter, as typed.
#[derive(Clone, Debug, Eq, PartialEq)]
struct QueryToken<'a> {
    /// Where it begins, after the `-` if it has one.
    start: usize,
    /// Whether a `-` is before it.
    not: bool,
    /// The text before its colon.
    name: Option<&'a str>,
    /// The text, without quotes.
    value: &'a str,
    quoted: bool,
    /// Whether it is complete, so that what is typed next is another piece.
    over: bool,
}

/// The pieces of a query, in order. A phrase without its closing quote goes on to the end.
fn pieces(text: &str) -> Vec<QueryToken<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(|it: char| !it.is_whitespace()) {
        let (piece, end) = piece(text, at + start);
        found.push(piece);
        at = end;
    }
    found
}

/// The piece that begins at `start`, and where it ends.
fn piece(text: &str, mut start: usize) -> (QueryToken<'_>, usize) {
    let rest = &text[start..];
    let not = rest
        .strip_prefix('-')
        .is_some_and(|rest| rest.starts_with(|it: char| !it.is_whitespace() && it != '-'));
    if not {
        start += 1;
    }
    let name = name(&text[start..]);
    let value_at = name.map_or(start, |name| start + name.len() + 1);
    let rest = &text[value_at..];
    let opening = rest.chars().next().filter(|it| QUOTES.0.contains(it));
    let (value, end, over) = match opening {
        Some(opening) => {
            let inside = value_at + opening.len_utf8();
            match text[inside..].find(QUOTES.1) {
                Some(length) => {
                    let end = inside + length;
                    let closing = text[end..].chars().next().map_or(0, char::len_utf8);
                    (&text[inside..end], end + closing, true)
                }
                None => (&text[inside..], text.len(), false),
            }
        }
        None => {
            let length = rest.find(char::is_whitespace);
            let end = length.map_or(text.len(), |length| value_at + length);
            (&text[value_at..end], end, length.is_some())
        }
    };
    let piece = QueryToken {
        start,
        not,
        name,
        value,
        quoted: opening.is_some(),
        over,
    };
    (piece, end)
}

/// The text before a colon, if it can be the name of a filter: not in `10:30`, not in an address.
fn name(text: &str) -> Option<&str> {
    let (name, rest) = text.split_once(':')?;
    let is_name = !name.is_empty() && name.chars().all(|it| it.is_ascii_alphabetic());
    (is_name && !rest.starts_with("//")).then_some(name)
}

/// A query whose last filter is completed.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct QueryCompletion {
    pub whole: String,
    /// What is missing after what was typed.
    pub rest: String,
}

/// Completes the filter at the end of `text` with the first of `values` that fits; `None` if none
/// does, or nothing is begun.
pub fn complete(text: &str, values: &[String]) -> Option<QueryCompletion> {
    let piece = last_piece(text)?;
    let Some(name) = piece.name else {
        if piece.quoted || piece.value.len() < 2 {
            return None;
        }
        let lower = piece.value.to_ascii_lowercase();
        let filter = FILTERS.iter().find(|it| it.starts_with(&lower))?;
        let rest = format!("{}:", &filter[lower.len()..]);
        return Some(QueryCompletion {
            whole: format!("{text}{rest}"),
            rest,
        });
    };
    values.iter().find_map(|value| {
        let rest = remainder(value, piece.value)?;
        // In quotes where it would be two pieces otherwise.
        let value = if value.contains(char::is_whitespace) {
            format!("\"{value}\"")
        } else {
            value.clone()
        };
        Some(QueryCompletion {
            whole: format!("{}{name}:{value} ", &text[..piece.start]),
            rest: rest.to_owned(),
        })
    })
}

/// The values of the filter at the end of `text` that begin as typed, the likeliest first, for people
/// in the order given; empty if no filter is being typed.
pub fn filter_values(
    text: &str,
    people: impl FnOnce() -> Vec<String>,
    journal: &Journal,
    catalog: &Catalog,
    now: Now,
) -> Vec<String> {
    const DAYS: [&str; 7] = [
        "last-week",
        "last-month",
        "this-year",
        "last-year",
        "3w",
        "3m",
        "1y",
    ];
    let Some(piece) = last_piece(text) else {
        return Vec::new();
    };
    let name = piece.name.unwrap_or_default().to_ascii_lowercase();
    let mut values: Vec<String> = match name.as_str() {
        "kind" => kind_names(catalog),
        "area" => journal.areas(catalog),
        "person" => people(),
        "state" => StateFilter::states(catalog),
        "is" => StateFilter::NAMES.map(str::to_owned).to_vec(),
        "due" => ["this-week", "next-week", "today", "fri"]
            .map(str::to_owned)
            .to_vec(),
        "since" | "until" => DAYS.map(str::to_owned).to_vec(),
        "week" => {
            let weeks = (2..=53).map(|back| now.week().minus_weeks(back).to_string());
            let near = ["this", "last"].map(str::to_owned);
            near.into_iter().chain(weeks).collect()
        }
        _ => Vec::new(),
    };
    // A value with a quote in it cannot be typed.
    values.retain(|value| !value.contains(['"', '“', '”', '\n']) && begins(value, piece.value));
    values
}

/// What is being typed at the end of a query; `None` after a space.
fn last_piece(text: &str) -> Option<QueryToken<'_>> {
    pieces(text).pop().filter(|piece| !piece.over)
}

fn kind_names(catalog: &Catalog) -> Vec<String> {
    let mut kinds = vec!["commitment".to_owned(), "answer".to_owned()];
    for practice in catalog.practices() {
        let registers = practice.registers.iter().map(|register| &register.singular);
        for name in std::iter::once(&practice.id).chain(registers) {
            if !kinds.contains(name) {
                kinds.push(name.clone());
            }
        }
    }
    kinds
}

fn begins(value: &str, begun: &str) -> bool {
    remainder(value, begun).is_some() || bare(value) == bare(begun)
}

/// What is left of `value` after `begun`; `None` if it begins otherwise, or nothing is left.
fn remainder<'a>(value: &'a str, begun: &str) -> Option<&'a str> {
    if begun.is_empty() {
        return Some(value);
    }
    let ends_in_gap = |text: &str| !text.ends_with(char::is_alphanumeric);
    let wanted = bare(begun);
    let mut ends = value.grapheme_indices(true).map(|(at, _)| at).skip(1);
    let end = ends.find(|end| {
        let before = &value[..*end];
        bare(before) == wanted && ends_in_gap(before) == ends_in_gap(begun)
    });
    Some(&value[end?..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let shown = |piece: &QueryToken<'_>| {
            let not = if piece.not { "not " } else { "" };
            let name = piece.name.map_or(String::new(), |name| format!("{name}="));
            let quote = if piece.quoted { "'" } else { "" };
            let open = if piece.over { "" } else { "…" };
            format!("{not}{name}{quote}{}{quote}{open}", piece.value)
        };
        let found: Vec<String> = pieces(text).iter().map(shown).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn a_query_is_cut_into_words_quotes_and_filters() {
        check("", &[]);
        check("  ", &[]);
        check("one  owner", &["one", "owner…"]);
        check("one owner ", &["one", "owner"]);
        check("\"one owner\"", &["'one owner'"]);
        check("“one owner” „zwei“x", &["'one owner'", "'zwei'", "x…"]);
        check("\"one own", &["'one own'…"]);
        check("\"", &["''…"]);
        check(
            "-draft -\"a b\" -kind:audit",
            &["not draft", "not 'a b'", "not kind=audit…"],
        );
        check("- -- a-b", &["-", "--", "a-b…"]);
        check("kind:problem Week:48 ", &["kind=problem", "Week=48"]);
        check("kind:", &["kind=…"]);
        check("kind: x", &["kind=", "x…"]);
        check("person:\"Ana S", &["person='Ana S'…"]);
        check(
            "10:30 https://x.y :a ü:b",
            &["10:30", "https://x.y", ":a", "ü:b…"],
        );
        check("日本 🚀:x", &["日本", "🚀:x…"]);
    }
}
