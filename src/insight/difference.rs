//! What changed between two answers to one question: the words removed, and those added.
//!
//! The difference and one side give the other side back, byte for byte. Knows nothing of how it is
//! shown.

use similar::DiffOp;
use similar::algorithms::{Capture, Compact, Replace, myers};
use unicode_segmentation::UnicodeSegmentation;

use crate::journal::Value;
use crate::practice::FieldKind;
use crate::text::word_count;

/// Above this many words, both sides together, texts are compared by lines: the time grows with
/// the words times the differences.
const MAX_WORDS: usize = 6_000;

/// What changed from one answer to another.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Difference {
    /// Of text: what was removed, added and kept, in reading order.
    Text(Vec<DiffRun>),
    /// Of marks or lists, in the order of the answers.
    List {
        /// Only in the earlier answer.
        removed: Vec<String>,
        /// Only in the later answer.
        added: Vec<String>,
        /// In both.
        unchanged: Vec<String>,
    },
}

/// Some text, and the side it is in.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct DiffRun {
    pub side: DiffSide,
    /// Never empty.
    pub text: String,
}

/// Which of two answers contains a text.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum DiffSide {
    /// Only the earlier one: it was removed.
    Removed,
    /// Only the later one: it was added.
    Added,
    Both,
}

/// What changed from `before` to `after`, two answers to a question of this kind.
///
/// Text is compared word by word, a single choice as a whole, and marks and dated lines as sets.
pub fn difference(kind: &FieldKind, before: &Value, after: &Value) -> Difference {
    match (before, after) {
        (Value::Text(before), Value::Text(after)) => Difference::Text(match kind {
            FieldKind::Scale(_) | FieldKind::Choice(_) | FieldKind::Date | FieldKind::NearDate => {
                replaced_whole(kind.label(before), kind.label(after))
            }
            _ => text_runs(before, after),
        }),
        _ => list_difference(labels_of(kind, before), labels_of(kind, after)),
    }
}

impl Difference {
    /// How many words or marks were removed, and how many were added.
    pub fn counts(&self) -> (usize, usize) {
        match self {
            Self::Text(runs) => {
                let words = |side| {
                    runs.iter()
                        .filter(move |run| run.side == side)
                        .map(|run| word_count(&run.text))
                        .sum()
                };
                (words(DiffSide::Removed), words(DiffSide::Added))
            }
            Self::List { removed, added, .. } => (removed.len(), added.len()),
        }
    }

    /// Whether both answers are the same.
    pub fn is_unchanged(&self) -> bool {
        match self {
            Self::Text(runs) => runs.iter().all(|run| run.side == DiffSide::Both),
            Self::List { removed, added, .. } => removed.is_empty() && added.is_empty(),
        }
    }

    /// Text with what was removed as `[-gone-]` and what was added as `{+come+}`; marks one per
    /// line, after `-`, `+` or a space.
    pub fn with_signs(&self) -> String {
        match self {
            Self::Text(runs) => runs.iter().map(DiffRun::with_signs).collect(),
            Self::List { .. } => self
                .marks()
                .map(|(side, mark)| format!("{} {mark}", side.line_sign()))
                .collect::<Vec<_>>()
                .join("\n"),
        }
    }

    /// The marks of a list, each with its side: removed, added, then unchanged. None for text.
    pub fn marks(&self) -> impl Iterator<Item = (DiffSide, &str)> {
        let lists: [(DiffSide, &[String]); 3] = match self {
            Self::Text(_) => [DiffSide::Removed, DiffSide::Added, DiffSide::Both]
                .map(|side| (side, [].as_slice())),
            Self::List {
                removed,
                added,
                unchanged,
            } => [
                (DiffSide::Removed, removed),
                (DiffSide::Added, added),
                (DiffSide::Both, unchanged),
            ],
        };
        lists
            .into_iter()
            .flat_map(|(side, marks)| marks.iter().map(move |mark| (side, mark.as_str())))
    }
}

impl DiffRun {
    /// The text between the signs of its side.
    pub fn with_signs(&self) -> String {
        let (open, close) = self.side.word_signs();
        format!("{open}{}{close}", self.text)
    }
}

impl DiffSide {
    /// The sign before a mark of this side.
    pub fn line_sign(self) -> &'static str {
        match self {
            Self::Removed => "-",
            Self::Added => "+",
            Self::Both => " ",
        }
    }

    /// The signs around words of this side, as in a word diff by git.
    pub fn word_signs(self) -> (&'static str, &'static str) {
        match self {
            Self::Removed => ("[-", "-]"),
            Self::Added => ("{+", "+}"),
            Self::Both => ("", ""),
        }
    }
}

fn replaced_whole(before: &str, after: &str) -> Vec<DiffRun> {
    if before == after {
        return runs([(DiffSide::Both, before)]);
    }
    runs([(DiffSide::Removed, before), (DiffSide::Added, after)])
}

fn text_runs(before: &str, after: &str) -> Vec<DiffRun> {
    let words = |text| -> Vec<&str> { UnicodeSegmentation::split_word_bounds(text).collect() };
    let (old, new) = (words(before), words(after));
    if old.len() + new.len() <= MAX_WORDS {
        return joined_phrases(diff_pieces(&old, &new));
    }
    let old: Vec<&str> = before.split_inclusive('\n').collect();
    let new: Vec<&str> = after.split_inclusive('\n').collect();
    if old.len() + new.len() <= MAX_WORDS {
        return runs(diff_pieces(&old, &new));
    }
    replaced_whole(before, after)
}

/// The pieces of both sides in reading order, what was removed before what was added.
fn diff_pieces<'a>(old: &[&'a str], new: &[&'a str]) -> Vec<(DiffSide, &'a str)> {
    // As `capture_diff_slices` does it, which would bring every algorithm into the program.
    let mut changes = Compact::new(Replace::new(Capture::new()), old, new);
    let Ok(()) = myers::diff(&mut changes, old, 0..old.len(), new, 0..new.len());
    let mut pieces = Vec::new();
    for op in changes.into_inner().into_inner().into_ops() {
        let (before, after) = (&old[op.old_range()], &new[op.new_range()]);
        if let DiffOp::Equal { .. } = op {
            pieces.extend(before.iter().map(|piece| (DiffSide::Both, *piece)));
        } else {
            pieces.extend(before.iter().map(|piece| (DiffSide::Removed, *piece)));
            pieces.extend(after.iter().map(|piece| (DiffSide::Added, *piece)));
        }
    }
    pieces
}

/// Pieces as runs, where spaces and punctuation between two changes belong to both changes: a
/// phrase that replaces another reads as one change, not as one per word.
fn joined_phrases(pieces: Vec<(DiffSide, &str)>) -> Vec<DiffRun> {
    let mut found: Vec<DiffRun> = Vec::new();
    let (mut gone, mut come, mut between) = (String::new(), String::new(), String::new());
    let settle = |found: &mut Vec<DiffRun>, gone: &mut String, come: &mut String| {
        found.extend(runs([
            (DiffSide::Removed, gone.as_str()),
            (DiffSide::Added, come.as_str()),
        ]));
        gone.clear();
        come.clear();
    };
    for (side, piece) in pieces {
        let changing = !(gone.is_empty() && come.is_empty());
        match side {
            DiffSide::Both if changing && !has_letter_or_digit(piece) => between.push_str(piece),
            DiffSide::Both => {
                settle(&mut found, &mut gone, &mut come);
                between.push_str(piece);
                found.extend(runs([(DiffSide::Both, between.as_str())]));
                between.clear();
            }
            DiffSide::Removed | DiffSide::Added => {
                gone.push_str(&between);
                come.push_str(&between);
                between.clear();
                let side = if side == DiffSide::Removed {
                    &mut gone
                } else {
                    &mut come
                };
                side.push_str(piece);
            }
        }
    }
    settle(&mut found, &mut gone, &mut come);
    found.extend(runs([(DiffSide::Both, between.as_str())]));
    runs(found.iter().map(|run| (run.side, run.text.as_str())))
}

fn has_letter_or_digit(piece: &str) -> bool {
    piece.chars().any(char::is_alphanumeric)
}

/// Pieces as runs: neighbours of one side are merged.
fn runs<'a>(pieces: impl IntoIterator<Item = (DiffSide, &'a str)>) -> Vec<DiffRun> {
    let mut runs: Vec<DiffRun> = Vec::new();
    for (side, piece) in pieces {
        match runs.last_mut() {
            _ if piece.is_empty() => {}
            Some(last) if last.side == side => last.text.push_str(piece),
            _ => runs.push(DiffRun {
                side,
                text: piece.to_owned(),
            }),
        }
    }
    runs
}

fn list_difference(before: Vec<String>, after: Vec<String>) -> Difference {
    let (unchanged, removed): (Vec<_>, Vec<_>) =
        before.into_iter().partition(|mark| after.contains(mark));
    let added = after
        .into_iter()
        .filter(|mark| !unchanged.contains(mark))
        .collect();
    Difference::List {
        removed,
        added,
        unchanged,
    }
}

/// What is marked or listed, by its labels.
fn labels_of(kind: &FieldKind, value: &Value) -> Vec<String> {
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
