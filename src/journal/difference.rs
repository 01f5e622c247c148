//! What changed between two answers to one question: the words that went, and those that came.
//!
//! Taking the difference and one side gives the other side back, byte for byte. Knows nothing of
//! how it is shown.

use similar::{Algorithm, DiffOp, capture_diff_slices};
use unicode_segmentation::UnicodeSegmentation;

use super::Value;
use crate::practice::FieldKind;

/// More words than this, of both sides together, are compared by lines: the time it takes grows
/// with the words times what differs.
const MOST: usize = 6_000;

/// What changed from one answer to another.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Difference {
    /// Of words: what went, came and stayed, in the order it is read in.
    Words(Vec<Run>),
    /// Of what was marked or listed, in the order of the answers.
    Marks {
        /// What only the earlier answer has.
        gone: Vec<String>,
        /// What only the later answer has.
        come: Vec<String>,
        /// What both have.
        stayed: Vec<String>,
    },
}

/// Some text, and which of the two sides it stands in.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Run {
    /// Which side.
    pub side: Side,
    /// The text, never empty.
    pub text: String,
}

/// Which of two answers something stands in.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Side {
    /// In the earlier one only: it went.
    Gone,
    /// In the later one only: it came.
    Come,
    /// In both.
    Both,
}

/// What changed from `before` to `after`, two answers to a question of this kind.
///
/// Words are compared as words, one of several choices as a whole, and marks and dated lines as
/// sets.
#[must_use]
pub fn difference(kind: &FieldKind, before: &Value, after: &Value) -> Difference {
    match (before, after) {
        (Value::Text(before), Value::Text(after)) => Difference::Words(match kind {
            FieldKind::Scale(_) | FieldKind::Choice(_) | FieldKind::Date => {
                whole(kind.label(before), kind.label(after))
            }
            _ => by_words(before, after),
        }),
        _ => marks(listed(kind, before), listed(kind, after)),
    }
}

impl Difference {
    /// How many words or marks went, and how many came.
    #[must_use]
    pub fn counts(&self) -> (usize, usize) {
        match self {
            Self::Words(runs) => {
                let words = |side| {
                    let runs = runs.iter().filter(move |run| run.side == side);
                    runs.map(|run| run.text.unicode_words().count()).sum()
                };
                (words(Side::Gone), words(Side::Come))
            }
            Self::Marks { gone, come, .. } => (gone.len(), come.len()),
        }
    }

    /// Whether both answers say the same.
    #[must_use]
    pub fn is_none(&self) -> bool {
        match self {
            Self::Words(runs) => runs.iter().all(|run| run.side == Side::Both),
            Self::Marks { gone, come, .. } => gone.is_empty() && come.is_empty(),
        }
    }

    /// Words with what went as `[-gone-]` and what came as `{+come+}`; marks one a line, after
    /// `-`, `+` or a blank.
    #[must_use]
    pub fn signed(&self) -> String {
        match self {
            Self::Words(runs) => runs.iter().map(Run::signed).collect(),
            Self::Marks { gone, come, stayed } => {
                let lines = |side: Side, marks: &[String]| -> Vec<String> {
                    let sign = side.sign();
                    marks.iter().map(|mark| format!("{sign} {mark}")).collect()
                };
                let (gone, come) = (lines(Side::Gone, gone), lines(Side::Come, come));
                [gone, come, lines(Side::Both, stayed)].concat().join("\n")
            }
        }
    }
}

impl Run {
    /// The text between the signs of its side.
    #[must_use]
    pub fn signed(&self) -> String {
        let (open, close) = self.side.signs();
        format!("{open}{}{close}", self.text)
    }
}

impl Side {
    /// The sign before a mark of this side.
    #[must_use]
    pub fn sign(self) -> &'static str {
        match self {
            Self::Gone => "-",
            Self::Come => "+",
            Self::Both => " ",
        }
    }

    /// The signs around words of this side, those of a word diff by git.
    #[must_use]
    pub fn signs(self) -> (&'static str, &'static str) {
        match self {
            Self::Gone => ("[-", "-]"),
            Self::Come => ("{+", "+}"),
            Self::Both => ("", ""),
        }
    }
}

fn whole(before: &str, after: &str) -> Vec<Run> {
    if before == after {
        return runs([(Side::Both, before)]);
    }
    runs([(Side::Gone, before), (Side::Come, after)])
}

fn by_words(before: &str, after: &str) -> Vec<Run> {
    let words = |text| -> Vec<&str> { UnicodeSegmentation::split_word_bounds(text).collect() };
    let (old, new) = (words(before), words(after));
    if old.len() + new.len() <= MOST {
        return joined(pieces(&old, &new));
    }
    let old: Vec<&str> = before.split_inclusive('\n').collect();
    let new: Vec<&str> = after.split_inclusive('\n').collect();
    if old.len() + new.len() <= MOST {
        return runs(pieces(&old, &new));
    }
    whole(before, after)
}

/// The pieces of both sides in the order they are read in, what went before what came.
fn pieces<'a>(old: &[&'a str], new: &[&'a str]) -> Vec<(Side, &'a str)> {
    let mut pieces = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, old, new) {
        let (before, after) = (&old[op.old_range()], &new[op.new_range()]);
        if let DiffOp::Equal { .. } = op {
            pieces.extend(before.iter().map(|piece| (Side::Both, *piece)));
        } else {
            pieces.extend(before.iter().map(|piece| (Side::Gone, *piece)));
            pieces.extend(after.iter().map(|piece| (Side::Come, *piece)));
        }
    }
    pieces
}

/// Pieces as runs, where blanks and signs between two changes belong to both changes: a phrase
/// that was put in the place of another reads as one change, not as one a word.
fn joined(pieces: Vec<(Side, &str)>) -> Vec<Run> {
    let mut found: Vec<Run> = Vec::new();
    let (mut gone, mut come, mut between) = (String::new(), String::new(), String::new());
    let settle = |found: &mut Vec<Run>, gone: &mut String, come: &mut String| {
        found.extend(runs([
            (Side::Gone, gone.as_str()),
            (Side::Come, come.as_str()),
        ]));
        gone.clear();
        come.clear();
    };
    for (side, piece) in pieces {
        let changing = !(gone.is_empty() && come.is_empty());
        match side {
            Side::Both if changing && !says_something(piece) => between.push_str(piece),
            Side::Both => {
                settle(&mut found, &mut gone, &mut come);
                between.push_str(piece);
                found.extend(runs([(Side::Both, between.as_str())]));
                between.clear();
            }
            Side::Gone | Side::Come => {
                gone.push_str(&between);
                come.push_str(&between);
                between.clear();
                let side = if side == Side::Gone {
                    &mut gone
                } else {
                    &mut come
                };
                side.push_str(piece);
            }
        }
    }
    settle(&mut found, &mut gone, &mut come);
    found.extend(runs([(Side::Both, between.as_str())]));
    runs(found.iter().map(|run| (run.side, run.text.as_str())))
}

fn says_something(piece: &str) -> bool {
    piece.chars().any(char::is_alphanumeric)
}

/// Pieces as runs: neighbours of one side are one.
fn runs<'a>(pieces: impl IntoIterator<Item = (Side, &'a str)>) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for (side, piece) in pieces {
        match runs.last_mut() {
            _ if piece.is_empty() => {}
            Some(last) if last.side == side => last.text.push_str(piece),
            _ => runs.push(Run {
                side,
                text: piece.to_owned(),
            }),
        }
    }
    runs
}

fn marks(before: Vec<String>, after: Vec<String>) -> Difference {
    let (stayed, gone) = before.into_iter().partition(|mark| after.contains(mark));
    let stayed: Vec<String> = stayed;
    let come = after
        .into_iter()
        .filter(|mark| !stayed.contains(mark))
        .collect();
    Difference::Marks { gone, come, stayed }
}

/// What is marked or listed, as it reads.
fn listed(kind: &FieldKind, value: &Value) -> Vec<String> {
    match value {
        Value::Text(text) => vec![kind.label(text).to_owned()],
        Value::List(list) => list.iter().map(|one| kind.label(one).to_owned()).collect(),
        Value::Log(lines) => lines
            .iter()
            .map(|line| format!("{}  {}", line.on, line.text))
            .collect(),
    }
}

#[cfg(test)]
mod tests;
