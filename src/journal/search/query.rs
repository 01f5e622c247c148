//! What is looked for: the pieces of a query with what they mean.

use std::ops::{Range, RangeInclusive};

use chrono::NaiveDate;

use super::fold::{self, tidied, tokens};
use super::piece::{Piece, pieces};
use super::term::Term;
use crate::calendar::{Length, Now, Span, parse_span, parse_stretch};
use crate::journal::Selection;
use crate::practice::Catalog;

/// The filters there are.
pub(super) const FILTERS: [&str; 6] = ["kind", "area", "person", "since", "until", "week"];

/// What is looked for.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Query {
    pub(super) wanted: Vec<Term>,
    pub(super) unwanted: Vec<Term>,
    pub(super) filters: Vec<Filter>,
    troubles: Vec<String>,
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
                        "“{name}:” is no filter; there are {}",
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
        self.wanted.is_empty() && self.unwanted.is_empty() && self.filters.is_empty()
    }

    /// Whether words are looked for, so that one entry can be nearer to them than another.
    #[must_use]
    pub fn has_words(&self) -> bool {
        !self.wanted.is_empty()
    }

    /// Where in `text` the words stand that are looked for, first to last; no grapheme is torn.
    #[must_use]
    pub fn places(&self, text: &str) -> Vec<Range<usize>> {
        if self.wanted.is_empty() {
            return Vec::new();
        }
        let tokens = tokens(text);
        let mut places = Vec::new();
        for term in &self.wanted {
            term.places(&tokens, &mut places);
        }
        tidied(text, places)
    }

    fn term(&mut self, words: &str, piece: &Piece<'_>) {
        let words = fold::words(words);
        if words.is_empty() {
            return;
        }
        let is_near = !piece.quoted && !piece.not;
        let term = Term::new(words, is_near);
        if piece.not {
            self.unwanted.push(term);
        } else {
            self.wanted.push(term);
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
            _ => match parse_stretch(value, now) {
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
    let found = Selection::begun(value, catalog);
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
