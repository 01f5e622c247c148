//! What is looked for: the pieces of a query with what they mean.

use std::ops::{Range, RangeInclusive};

use chrono::NaiveDate;

use super::fold::{self, tidied, tokens};
use super::passages::passages;
use super::piece::{Piece, pieces};
use super::term::Term;
use crate::calendar::{Length, Now, Span, parse_span, parse_range};
use crate::journal::{Entry, Selection, Unsettled};
use crate::practice::Catalog;

/// The filters there are.
pub(super) const FILTERS: [&str; 6] = ["kind", "area", "person", "since", "until", "week"];

/// As many words as are looked for at once, so that each key stays quick.
const MOST_WORDS: usize = 32;

/// What is looked for.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Query {
    pub(super) wanted: Vec<Term>,
    pub(super) unwanted: Vec<Term>,
    pub(super) filters: Vec<Filter>,
    /// Words in quotes with signs among them, which must be there as well.
    signed: Vec<Signed>,
    troubles: Vec<String>,
}

/// Words in quotes with signs among them: `"C++"`.
#[derive(Clone, Debug, Eq, PartialEq)]
struct Signed {
    /// As they are compared.
    spelt: String,
    /// Their words alone, by which most entries are passed over; `None` for signs alone.
    term: Option<Term>,
    not: bool,
}

/// What an entry must be, or must not.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Filter {
    pub(super) what: What,
    pub(super) not: bool,
}

/// What an entry can be.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum What {
    Kind(Kinds),
    /// A commitment in an area that begins so.
    Area(String),
    /// Something that names a person one of whose names begins so.
    Person(String),
    /// Something that stands under one of these days.
    Days(RangeInclusive<NaiveDate>),
    /// The same of a week, of which several can be wanted.
    Week(RangeInclusive<NaiveDate>),
}

/// Some of the kinds of entries, practices and registers by their ids.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Kinds {
    pub(super) commitments: bool,
    pub(super) answers: bool,
    pub(super) practices: Vec<String>,
    pub(super) registers: Vec<String>,
}

impl Query {
    /// What `text` asks for at `now`. What in it makes no sense asks for nothing, and is among the
    /// [troubles](Self::troubles).
    #[must_use]
    pub fn parse(text: &str, catalog: &Catalog, now: Now) -> Self {
        let mut query = Self::default();
        for piece in pieces(text) {
            match piece.name {
                Some(name) => match FILTERS.iter().find(|it| it.eq_ignore_ascii_case(name)) {
                    Some(filter) => query.filter(filter, &piece, catalog, now),
                    // A word with a colon at its end is one all the same.
                    None if piece.value.is_empty() => query.term(name, &piece),
                    None => query.troubles.push(format!(
                        "no filter “{name}:”; quote it, or use {}",
                        FILTERS.join(", ")
                    )),
                },
                None => query.term(piece.value, &piece),
            }
        }
        query
    }

    /// What in it made no sense, each in a sentence.
    #[must_use]
    pub fn troubles(&self) -> &[String] {
        &self.troubles
    }

    /// Whether it asks for nothing, and so for everything.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        let is_blank = self.wanted.is_empty() && self.unwanted.is_empty();
        is_blank && self.filters.is_empty() && self.signed.is_empty()
    }

    /// Whether words are looked for, so that one entry can be nearer to them than another.
    #[must_use]
    pub fn has_words(&self) -> bool {
        !self.wanted.is_empty() || self.signed.iter().any(|signed| !signed.not)
    }

    /// Whether signs are looked for, which a [`Haystack`](super::Haystack) does not know: what it
    /// finds is to be looked through with [`Query::has_its_signs`].
    #[must_use]
    pub fn has_signs(&self) -> bool {
        !self.signed.is_empty()
    }

    /// Whether an entry has the words in quotes with all their signs.
    #[must_use]
    pub fn has_its_signs(&self, entry: &Entry, unsettled: &[Unsettled], catalog: &Catalog) -> bool {
        let passages = passages(entry, unsettled, catalog).into_iter();
        let spelt: Vec<String> = passages.map(|it| fold::spelt(&it.text)).collect();
        let has = |signed: &Signed| spelt.iter().any(|text| text.contains(&signed.spelt));
        self.signed.iter().all(|signed| has(signed) != signed.not)
    }

    /// A part of `text` to be shown: all of it, but of one as long as a book some pages, the first
    /// that are looked for among them.
    #[must_use]
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
        let found = starts.find(|start| !self.places(page(*start)).is_empty());
        page(found.unwrap_or(0))
    }

    /// Where in `text` the words stand that are looked for, first to last; no grapheme is torn.
    #[must_use]
    pub fn places(&self, text: &str) -> Vec<Range<usize>> {
        if !self.has_words() {
            return Vec::new();
        }
        let mut places = Vec::new();
        let is_signed = |term: &&Term| {
            let mut signed = self.signed.iter();
            signed.any(|signed| signed.term.as_ref() == Some(term))
        };
        let tokens = tokens(text);
        for term in self.wanted.iter().filter(|term| !is_signed(term)) {
            term.places(&tokens, &mut places);
        }
        for signed in self.signed.iter().filter(|signed| !signed.not) {
            places.extend(fold::places_of(&signed.spelt, text));
        }
        tidied(text, places)
    }

    fn term(&mut self, typed: &str, piece: &Piece<'_>) {
        let words = fold::words(typed);
        let is_near = !piece.quoted && !piece.not;
        let term = (!words.is_empty()).then(|| Term::new(words, is_near));
        if piece.quoted && fold::has_signs(typed) {
            self.signed.push(Signed {
                spelt: fold::spelt(typed.trim()),
                term: term.clone(),
                not: piece.not,
            });
            if piece.not {
                return;
            }
        }
        let Some(term) = term else { return };
        let (wanted, unwanted) = (&mut self.wanted, &mut self.unwanted);
        let same = if piece.not {
            &mut *unwanted
        } else {
            &mut *wanted
        };
        // The same once more changes nothing, and is looked for but once.
        if !same.contains(&term) {
            same.push(term);
        }
        if wanted.len() + unwanted.len() > MOST_WORDS {
            let trouble = format!("it looks for {MOST_WORDS} different words at most");
            if !self.troubles.contains(&trouble) {
                self.troubles.push(trouble);
            }
            self.wanted.truncate(MOST_WORDS);
            self.unwanted.truncate(MOST_WORDS - self.wanted.len());
        }
    }

    fn filter(&mut self, name: &str, piece: &Piece<'_>, catalog: &Catalog, now: Now) {
        let value = piece.value.trim();
        // Nothing is asked for yet.
        if value.is_empty() {
            return;
        }
        let what = match name {
            "kind" => kinds(value, catalog).map(What::Kind),
            "area" => Ok(What::Area(fold::key(value))),
            "person" => Ok(What::Person(fold::key(value))),
            "week" => week(value, now).map(What::Week),
            _ => match parse_range(value, now) {
                Ok(days) if name == "since" => Ok(What::Days(*days.start()..=NaiveDate::MAX)),
                Ok(days) => Ok(What::Days(NaiveDate::MIN..=*days.end())),
                Err(_) => Err(format!(
                    "{name}: takes a day or more, like 3w, 1-Oct, last-month or 2026-11"
                )),
            },
        };
        match what {
            Ok(what) => self.filters.push(Filter {
                what,
                not: piece.not,
            }),
            Err(trouble) => self.troubles.push(trouble),
        }
    }
}

fn kinds(value: &str, catalog: &Catalog) -> Result<Kinds, String> {
    let found = Selection::by_prefix(value, catalog);
    if found.is_empty() {
        return Err(format!(
            "kind: knows no “{value}”; it takes commitment, answer, a list or a practice"
        ));
    }
    let mut kinds = Kinds::default();
    for selection in found {
        match selection {
            Selection::All => {
                kinds.commitments = true;
                kinds.answers = true;
                kinds
                    .registers
                    .extend(catalog.registers().map(|it| it.id.clone()));
            }
            Selection::Commitments => kinds.commitments = true,
            Selection::Answers => kinds.answers = true,
            Selection::Register(register) => kinds.registers.push(register.id.clone()),
            Selection::Practice(practice) => {
                kinds.practices.push(practice.id.clone());
                let registers = practice.registers.iter();
                kinds.registers.extend(registers.map(|it| it.id.clone()));
            }
        }
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
