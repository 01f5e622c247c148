//! A filter that was begun, made whole: its name, or what it can be asked for.

use unicode_segmentation::UnicodeSegmentation;

use super::fold;
use super::haystack::Haystack;
use super::piece::{Piece, pieces};
use super::query::FILTERS;
use crate::calendar::Now;
use crate::journal::Journal;
use crate::practice::Catalog;

/// What a query becomes when what is offered is taken.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Offer {
    /// The whole query.
    pub whole: String,
    /// What is missing behind what was typed.
    pub rest: String,
}

/// The filter at the end of `text`, made whole; none where nothing is begun, or nothing begins so.
#[must_use]
pub fn offer(text: &str, values: &[String]) -> Option<Offer> {
    let piece = last(text)?;
    let Some(name) = piece.name else {
        if piece.quoted || piece.value.len() < 2 {
            return None;
        }
        let lower = piece.value.to_ascii_lowercase();
        let filter = FILTERS.iter().find(|it| it.starts_with(&lower))?;
        let rest = format!("{}:", &filter[lower.len()..]);
        return Some(Offer {
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
        Some(Offer {
            whole: format!("{}{name}:{value} ", &text[..piece.start]),
            rest: rest.to_owned(),
        })
    })
}

/// What the filter at the end of `text` can be asked for that begins as it does, what is likeliest
/// first; empty where no filter is being typed.
#[must_use]
pub fn values(
    text: &str,
    haystack: &Haystack,
    journal: &Journal,
    catalog: &Catalog,
    now: Now,
) -> Vec<String> {
    let Some(piece) = last(text) else {
        return Vec::new();
    };
    let name = piece.name.unwrap_or_default().to_ascii_lowercase();
    let mut values: Vec<String> = match name.as_str() {
        "kind" => kinds(catalog),
        "area" => journal.areas(catalog),
        "person" => haystack.people().into_iter().map(str::to_owned).collect(),
        "since" | "until" => [
            "last-week",
            "last-month",
            "this-year",
            "last-year",
            "3w",
            "3m",
            "1y",
        ]
        .map(str::to_owned)
        .to_vec(),
        "week" => {
            let weeks = (2..=53).map(|back| now.week().minus_weeks(back).to_string());
            ["this", "last"]
                .map(str::to_owned)
                .into_iter()
                .chain(weeks)
                .collect()
        }
        _ => Vec::new(),
    };
    // A value with a quote in it cannot be written.
    values.retain(|value| !value.contains(['"', '“', '”', '\n']) && begins(value, piece.value));
    values
}

/// What is being typed at the end of a query; none behind a space.
fn last(text: &str) -> Option<Piece<'_>> {
    pieces(text).pop().filter(|piece| !piece.over)
}

fn kinds(catalog: &Catalog) -> Vec<String> {
    let mut kinds = vec!["commitment".to_owned(), "answer".to_owned()];
    let practices = catalog.practices().iter();
    for name in practices.flat_map(|practice| {
        let registers = practice.registers.iter().map(|register| &register.singular);
        std::iter::once(&practice.id).chain(registers)
    }) {
        if !kinds.contains(name) {
            kinds.push(name.clone());
        }
    }
    kinds
}

fn begins(value: &str, begun: &str) -> bool {
    remainder(value, begun).is_some() || fold::key(value) == fold::key(begun)
}

/// What is left of `value` behind `begun`; none when it begins otherwise, or nothing is left.
fn remainder<'a>(value: &'a str, begun: &str) -> Option<&'a str> {
    if begun.is_empty() {
        return Some(value);
    }
    let ends_in_gap = |text: &str| !text.ends_with(char::is_alphanumeric);
    let key = fold::key(begun);
    let mut ends = value.grapheme_indices(true).map(|(at, _)| at).skip(1);
    let end = ends.find(|end| {
        let before = &value[..*end];
        fold::key(before) == key && ends_in_gap(before) == ends_in_gap(begun)
    });
    Some(&value[end?..])
}
