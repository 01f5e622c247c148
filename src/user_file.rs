//! A TOML file that the user writes, and what is wrong in it: the line and the reason.
//!
//! Knows texts and positions in them; not what a practice or a setting is, and no disk.

mod table;

use std::fmt;

pub use table::{Positioned, Table, deserialize, unknown_key};

/// A file that the user wrote.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct UserFile {
    /// The path as it is shown.
    pub path: String,
    pub text: String,
}

impl UserFile {
    /// The line of a byte of the text, from 1.
    pub fn line_at(&self, at: usize) -> usize {
        line_of(&self.text, at)
    }

    /// The mistakes as errors of this file, in the order of its lines.
    pub fn errors(&self, mut mistakes: Vec<Mistake>) -> impl Iterator<Item = FileError> {
        mistakes.sort_by_key(Mistake::position);
        mistakes
            .into_iter()
            .map(|mistake| mistake.in_file(&self.path, &self.text))
    }
}

/// What is wrong with a user's file.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct FileError {
    /// The file, as the caller named it.
    pub file: String,
    /// The line, from 1, if known.
    pub line: Option<usize>,
    /// What was found and what was expected.
    pub reason: String,
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}: line {line}: {}", self.file, self.reason),
            None => write!(f, "{}: {}", self.file, self.reason),
        }
    }
}

impl std::error::Error for FileError {}

/// A mistake at a byte of the text, before lines are counted.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Mistake {
    at: Option<usize>,
    pub reason: String,
}

impl Mistake {
    /// A mistake at this byte of the text.
    pub fn at(at: usize, reason: impl Into<String>) -> Self {
        Self {
            at: Some(at),
            reason: reason.into(),
        }
    }

    /// Sets its position, unless it already has a closer one.
    pub fn or_at(mut self, at: usize) -> Self {
        self.at.get_or_insert(at);
        self
    }

    /// Adds context to the reason.
    pub fn with_context(mut self, say: impl FnOnce(&str) -> String) -> Self {
        self.reason = say(&self.reason);
        self
    }

    /// Its byte in the text, if known.
    pub fn position(&self) -> Option<usize> {
        self.at
    }

    /// The mistake in this file, whose content is `text`. A position beyond it is in the built-in
    /// file below, and has no line in this one.
    pub fn in_file(self, file: &str, text: &str) -> FileError {
        let at = self.at.filter(|at| *at <= text.len());
        FileError {
            file: file.to_owned(),
            line: at.map(|at| line_of(text, at)),
            reason: self.reason,
        }
    }
}

impl From<String> for Mistake {
    fn from(reason: String) -> Self {
        Self { at: None, reason }
    }
}

impl From<toml::de::Error> for Mistake {
    /// The parser says types and sequences; people write numbers and lists.
    fn from(error: toml::de::Error) -> Self {
        const PLAIN: [(&str, &str); 10] = [
            ("wanted string or table", "expected a text in quotes"),
            ("unknown field", "unknown key"),
            ("missing field", "missing key"),
            ("unknown variant", "unknown value"),
            ("expected u32", "expected a whole number from 0"),
            ("expected i64", "expected a whole number"),
            ("expected a sequence", "expected a list in [ ]"),
            ("expected a boolean", "expected true or false"),
            ("expected a string", "expected a text in quotes"),
            ("invalid value: integer", "invalid value: whole number"),
        ];
        let mut reason = error.message().to_owned();
        for (technical, plain) in PLAIN {
            reason = reason.replace(technical, plain);
        }
        let wrong_type = reason.strip_prefix("invalid type: ");
        if let Some((found, wanted)) = wrong_type.and_then(|it| it.split_once(", expected ")) {
            reason = format!("expected {wanted}, not {}", name_of_value(found));
        }
        Self {
            at: error.span().map(|span| span.start),
            reason,
        }
    }
}

/// What stands in the place of another value: "the text "last"", "a list".
/// The line of a byte of the text, from 1.
fn line_of(text: &str, at: usize) -> usize {
    text.get(..at).unwrap_or(text).matches('\n').count() + 1
}

fn name_of_value(found: &str) -> String {
    const NAMES: [(&str, &str); 6] = [
        ("string ", "the text "),
        ("integer ", "the number "),
        ("floating point ", "the number "),
        ("boolean ", ""),
        ("sequence", "a list"),
        ("map", "a table"),
    ];
    let name = NAMES.iter().find_map(|(technical, plain)| {
        let value = found.strip_prefix(technical)?;
        Some(format!("{plain}{value}"))
    });
    let name = name.unwrap_or_else(|| found.to_owned());
    name.trim_end_matches(" as i128").to_owned()
}

/// The value, or its mistake among the others.
pub fn note<T>(read: Result<T, Mistake>, mistakes: &mut Vec<Mistake>) -> Option<T> {
    read.map_err(|mistake| mistakes.push(mistake)).ok()
}

/// A basic string of TOML (1.0, section String).
pub fn toml_string(text: &str) -> String {
    let mut quoted = String::from('"');
    for character in text.chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            control if control.is_control() => {
                quoted.push_str(&format!("\\u{:04X}", u32::from(control)));
            }
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}
