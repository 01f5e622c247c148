//! An export taken in again, and so is a journal: whichever of the two a file is.
//!
//! Tools that change how a document is laid out (`jq`, an editor) do not change what it says: a
//! version whose checksum fits once it is written as leadby writes it is that version, byte for
//! byte. Knows nothing of files but their bytes.

use std::path::Path;

use serde::Deserialize;
use serde_json::error::Category;
use serde_json::value::RawValue;

use super::decode::decode;
use super::disk::RealDisk;
use super::export::{MARK, is_an_export};
use super::lines::{self, Place};
use super::merge::{Merged, missing_lines_telling};
use super::trouble::{shown, unread};
use super::{Store, read_all, wire};
use crate::failure::{Failure, Kind};

/// Versions of entries, read to be taken in.
#[derive(Clone, Debug)]
pub struct Import {
    /// As the lines of a journal.
    lines: Vec<u8>,
    cut_off: Option<String>,
}

/// The document; members it does not know are passed over.
#[derive(Deserialize)]
struct Document<'a> {
    leadby: String,
    v: u64,
    #[serde(borrow)]
    versions: Vec<&'a RawValue>,
}

impl Import {
    /// Reads the export, or the journal, at `path`.
    ///
    /// # Errors
    /// When it is missing or cannot be read, and as [`Import::read`] does.
    pub fn open(path: &Path) -> Result<Self, Failure> {
        let bytes = read_all(&RealDisk, path);
        let bytes = bytes.map_err(|error| unread("nothing was imported: ", path, error))?;
        let missing = || {
            let message = format!("nothing was imported: there is no file at {}", shown(path));
            Failure::new(Kind::Journal, message).hint("check the path")
        };
        Self::read(bytes.ok_or_else(missing)?)
    }

    /// Where an export is cut off, if it is: "line 3, column 80". What was whole before that is read.
    #[must_use]
    pub fn cut_off(&self) -> Option<&str> {
        self.cut_off.as_deref()
    }

    /// The lines of a journal, or of one that was emptied or cut off; none when it is something else.
    #[must_use]
    pub fn of_journal(bytes: Vec<u8>) -> Option<Self> {
        lines::is_a_journal(&bytes).then(|| Self::of(bytes))
    }

    /// How many bytes there are to look at.
    #[must_use]
    pub fn length(&self) -> usize {
        self.lines.len()
    }

    pub(super) fn lines(&self) -> &[u8] {
        &self.lines
    }

    fn of(lines: Vec<u8>) -> Self {
        Self {
            lines,
            cut_off: None,
        }
    }

    /// Reads an export, or a journal.
    ///
    /// # Errors
    /// When it is neither, with the place from which on it makes no sense.
    pub fn read(bytes: Vec<u8>) -> Result<Self, Failure> {
        let refused = |why: &str| {
            let message = format!("nothing was imported: {why}");
            Failure::new(Kind::Usage, message)
                .hint("`leadby export json` makes what can be imported")
        };
        if bytes.trim_ascii().is_empty() {
            return Err(refused("there is nothing in it"));
        }
        if lines::begins_like_a_journal(&bytes) {
            return Ok(Self::of(bytes));
        }
        let text = match std::str::from_utf8(&bytes) {
            Ok(text) => text.trim_start_matches('\u{feff}'),
            Err(_) if holds_a_journal(&bytes) => return Ok(Self::of(bytes)),
            // A character that the end of the file cuts in two; what is before it is text.
            Err(error) if error.error_len().is_none() => {
                let whole = &bytes[..error.valid_up_to()];
                std::str::from_utf8(whole).unwrap_or_default()
            }
            Err(_) if lines::what_else(&bytes) != lines::OTHER => {
                return Err(refused(lines::what_else(&bytes)));
            }
            Err(error) => {
                let line = lines::count(&bytes[..error.valid_up_to()]).max(1);
                return Err(refused(&format!(
                    "it is not UTF-8 text, from line {line} on"
                )));
            }
        };
        let (whole, cut_off);
        let document: Document<'_> = match serde_json::from_str(text) {
            Ok(document) => {
                cut_off = None;
                document
            }
            // A journal with damage at its beginning; of an export, a part is not enough.
            Err(_) if !is_an_export(text) && holds_a_journal(&bytes) => {
                return Ok(Self::of(bytes));
            }
            Err(error) => {
                whole = completed(text).filter(|_| error.classify() == Category::Eof);
                let read = whole.as_deref().map(serde_json::from_str);
                let Some(Ok(document)) = read else {
                    return Err(refused(&unreadable(&error)));
                };
                cut_off = Some(place(&error));
                document
            }
        };
        if document.leadby != MARK {
            return Err(refused(
                "it is something else of leadby than an export of the journal",
            ));
        }
        if document.v > wire::VERSION {
            let newer = format!(
                "it was exported by a newer leadby, in version {} of the format",
                document.v
            );
            return Err(refused(&newer));
        }
        let mut lines = Vec::with_capacity(text.len());
        for version in document.versions {
            lines.extend_from_slice(line(version.get()).as_bytes());
            lines.push(b'\n');
        }
        Ok(Self { lines, cut_off })
    }
}

impl Store {
    /// What [`Store::import`] would do, without doing it; `far` is told how many bytes were looked
    /// at. Findings are numbered by the version, or
    /// by the line of a journal.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn weigh(&self, import: &Import, far: &mut dyn FnMut(usize)) -> Result<Merged, Failure> {
        Ok(missing_lines_telling(&import.lines, &self.bytes()?, far).1)
    }

    /// Takes in the versions that the journal does not have; `far` is told how many bytes were looked
    /// at.
    ///
    /// # Errors
    /// When the save fails; then none of them is in the journal, or the message says otherwise.
    pub fn import(
        &mut self,
        import: &Import,
        far: &mut dyn FnMut(usize),
    ) -> Result<Merged, Failure> {
        self.take_lines_telling(&import.lines, far)
    }
}

/// An export that is cut off, as one of those versions that are whole; none without any.
fn completed(text: &str) -> Option<String> {
    let key = "\"versions\"";
    let list = text.find(key)? + key.len();
    let mut end = list + text[list..].find('[')? + 1;
    let mut is_empty = true;
    loop {
        let rest = &text[end..];
        let next = rest.trim_start_matches([',', ' ', '\n', '\r', '\t']);
        let mut versions = serde_json::Deserializer::from_str(next).into_iter::<&RawValue>();
        let Some(Ok(_)) = versions.next() else {
            break;
        };
        end += rest.len() - next.len() + versions.byte_offset();
        is_empty = false;
    }
    (!is_empty).then(|| format!("{}]}}", &text[..end]))
}

fn place(error: &serde_json::Error) -> String {
    format!("line {}, column {}", error.line(), error.column())
}

/// What is wrong with a text that is no export, with the place where that shows.
fn unreadable(error: &serde_json::Error) -> String {
    let place = place(error);
    match error.classify() {
        Category::Eof => format!("it is cut off at {place}"),
        Category::Data => {
            "it is JSON, but neither an export nor a journal; what list and show print has no \
             earlier versions"
                .to_owned()
        }
        Category::Syntax | Category::Io => format!("it is no JSON at {place}"),
    }
}

fn holds_a_journal(bytes: &[u8]) -> bool {
    lines::holds_a_journal(&lines::read(bytes, Place::WHOLE).loaded)
}

/// The line that a version in an export stood on: of the ways to write it down, the one whose
/// checksum fits. Where none does, somebody changed it, and it is taken as it stands.
fn line(json: &str) -> String {
    let plain = plain(json);
    if wire::is_sound(plain.as_bytes()) {
        return plain;
    }
    let compact = wire::compact(json);
    if wire::is_sound(compact.as_bytes()) {
        return compact;
    }
    let Ok(read) = decode(compact.as_bytes()) else {
        return compact;
    };
    let encoded = wire::encode(&read.entry);
    let said: Option<Checksum> = serde_json::from_str(&compact).ok();
    let fits = said.is_some_and(|said| encoded.ends_with(&format!("\"{}\"}}", said.crc)));
    if fits { encoded } else { compact }
}

#[derive(Deserialize)]
struct Checksum {
    crc: String,
}

/// JSON on one line, with the characters that only an export writes as escapes as they were.
fn plain(json: &str) -> String {
    let mut plain = wire::compact(json);
    for code in (0x202a..=0x202e).chain(0x2066..=0x2069) {
        let escape = format!("\\u{code:04x}");
        if let Some(character) = char::from_u32(code)
            && plain.contains(&escape)
        {
            plain = plain.replace(&escape, &character.to_string());
        }
    }
    plain
}
