//! Imports an export or a journal, whichever a file is, and writes the export.
//!
//! An export is the whole journal as one JSON document: every version of every entry is in it, undone
//! and deleted ones too, each with the members it has on its line; `assets/format.md` promises the
//! shape. Tools that change how a document is laid out (`jq`, an editor) do not change what it says:
//! a version whose checksum fits once it is written as leadby writes it is that version, byte for
//! byte. Knows nothing of files but their bytes.

use std::fmt::Write as _;
use std::io;
use std::path::Path;

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::error::Category;
use serde_json::value::RawValue;

use super::decode::decode;
use super::disk::RealDisk;
use super::forget::forgotten_lines;
use super::io_error::unreadable_input;
use super::lines::{self, trim_line};
use super::merge::{self, Merged, Union, missing_lines_with_progress};
use super::shape::{VERSION, instant};
use super::{Finding, Store, encode, read_all};
use crate::calendar::Now;
use crate::failure::{Failure, FailureKind};
use crate::import::begins_like_json;
use crate::journal::Entry;
use crate::text::display_path;

/// Versions of entries, ready to import.
#[derive(Clone, Debug)]
pub struct Import {
    /// The versions as journal lines.
    lines: Vec<u8>,
    cut_off: Option<String>,
}

/// The document; unknown members are ignored.
#[derive(Deserialize)]
struct ExportDocument<'a> {
    leadby: String,
    v: u64,
    #[serde(borrow)]
    versions: Vec<&'a RawValue>,
}

impl Import {
    /// The bytes of a file to import.
    pub fn read_file(path: &Path) -> Result<Vec<u8>, Failure> {
        let bytes = read_all(&RealDisk, path)
            .map_err(|error| unreadable_input("nothing was imported: ", path, error))?;
        bytes.ok_or_else(|| {
            let message = format!("nothing was imported: no file at {}", display_path(path));
            Failure::new(FailureKind::Usage, message).hint("check the path")
        })
    }

    /// Where an export is cut off, if it is: "line 3, column 80". Complete versions before that are
    /// read.
    pub fn cut_off(&self) -> Option<&str> {
        self.cut_off.as_deref()
    }

    /// The lines of a journal, also of one that was emptied or cut off; `None` if it is not a
    /// journal.
    pub fn from_journal(bytes: Vec<u8>) -> Option<Self> {
        lines::is_a_journal(&bytes).then(|| Self::of(bytes))
    }

    /// Its versions of entries.
    pub fn entries(&self) -> Vec<Entry> {
        lines::read(&self.lines, lines::ReadOptions::WHOLE)
            .loaded
            .entries
    }

    /// The number of bytes to go through.
    pub fn length(&self) -> usize {
        self.lines.len()
    }

    fn of(lines: Vec<u8>) -> Self {
        Self {
            lines,
            cut_off: None,
        }
    }

    /// Reads an export, or a journal. If it is neither, the failure says where that shows.
    pub fn read(bytes: Vec<u8>) -> Result<Self, Failure> {
        let refused = |why: &str| {
            let message = format!("nothing was imported: {why}");
            Failure::new(FailureKind::Usage, message)
                .hint("`leadby import --help` lists what it reads")
        };
        if bytes.trim_ascii().is_empty() {
            return Err(refused("it is empty"));
        }
        if lines::begins_like_a_journal(&bytes) {
            return Ok(Self::of(bytes));
        }
        let text = match std::str::from_utf8(&bytes) {
            Ok(text) => text.trim_start_matches('\u{feff}'),
            Err(_) if lines::is_a_journal(&bytes) => return Ok(Self::of(bytes)),
            // The end of the file cuts a character in two; what is before it is text.
            Err(error) if error.error_len().is_none() => {
                let whole = &bytes[..error.valid_up_to()];
                std::str::from_utf8(whole).unwrap_or_default()
            }
            Err(_) if lines::describe_foreign(&bytes) != lines::OTHER => {
                return Err(refused(lines::describe_foreign(&bytes)));
            }
            Err(error) => {
                let line = lines::count(&bytes[..error.valid_up_to()]).max(1);
                return Err(refused(&format!(
                    "it is not UTF-8 text, from line {line} on"
                )));
            }
        };
        let (whole, cut_off);
        let document: ExportDocument<'_> = match serde_json::from_str(text) {
            Ok(document) => {
                cut_off = None;
                document
            }
            // A journal with a damaged beginning; part of an export is not enough.
            Err(_) if !lines::is_an_export(text) && lines::is_a_journal(&bytes) => {
                return Ok(Self::of(bytes));
            }
            Err(_) if !text.trim_start().starts_with(['{', '[']) || is_bracketed_text(text) => {
                return Err(refused("what it is was not recognised")
                    .hint("`--from NAME` sets its format: todo.txt, jrnl, org, csv or markdown"));
            }
            Err(error) => {
                whole = completed(text).filter(|_| error.classify() == Category::Eof);
                let read = whole.as_deref().map(serde_json::from_str);
                let Some(Ok(document)) = read else {
                    return Err(refused(&describe_json_error(text, &error)));
                };
                cut_off = Some(place(&error));
                document
            }
        };
        if document.leadby != MARK {
            return Err(refused("it is a leadby file, but not a journal export"));
        }
        if document.v > VERSION {
            let newer = format!(
                "it was exported by a newer leadby, in version {} of the format",
                document.v
            );
            let message = format!("nothing was imported: {newer}");
            return Err(Failure::new(FailureKind::Usage, message).hint("update leadby first"));
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
    /// What [`Store::import`] would do, without doing it; `far` gets the number of bytes done.
    /// Findings are numbered by version, or by line of a journal.
    pub fn preview_import(
        &self,
        import: &Import,
        far: &mut dyn FnMut(usize),
    ) -> Result<Merged, Failure> {
        Ok(missing_lines_with_progress(&import.lines, &self.bytes()?, far).1)
    }

    /// Adds the versions that the journal does not have; `far` gets the number of bytes done. If
    /// that fails, none of them is in the journal, unless the message says otherwise.
    pub fn import(
        &mut self,
        import: &Import,
        far: &mut dyn FnMut(usize),
    ) -> Result<Merged, Failure> {
        self.add_lines(&import.lines, far)
    }

    /// The union of the journal and a copy of it.
    pub fn union(&self, copy: &Import) -> Result<Union, Failure> {
        Ok(merge::union(&self.bytes()?, &copy.lines))
    }
}

/// Whether a text that begins with a bracket is not JSON: `[A page](…)`, `[ ] a task`.
fn is_bracketed_text(text: &str) -> bool {
    !begins_like_json(text) && serde_json::from_str::<IgnoredAny>(text).is_err()
}

/// A cut-off export, completed to one of its complete versions; `None` if it has none.
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

/// What is wrong with a text that is not an export, and where that shows.
fn describe_json_error(text: &str, error: &serde_json::Error) -> String {
    let place = place(error);
    match error.classify() {
        Category::Eof => format!("it is cut off at {place}"),
        Category::Data if serde_json::from_str::<IgnoredAny>(text).is_ok() => {
            "it is JSON, but not an export or a journal; output of list and show has no history"
                .to_owned()
        }
        Category::Syntax | Category::Data | Category::Io => format!("it is not JSON at {place}"),
    }
}

/// The journal line of a version in an export: of the ways to write it, the one whose checksum
/// matches. If none does, it was changed, and is used as it is.
fn line(json: &str) -> String {
    let plain = plain(json);
    if encode::is_sound(plain.as_bytes()) {
        return plain;
    }
    let compact = encode::compact(json);
    if encode::is_sound(compact.as_bytes()) {
        return compact;
    }
    let Ok(read) = decode(compact.as_bytes()) else {
        return compact;
    };
    let encoded = encode::encode(&read.entry);
    let said: Option<Checksum> = serde_json::from_str(&compact).ok();
    let fits = said.is_some_and(|said| encoded.ends_with(&format!("\"{}\"}}", said.crc)));
    if fits { encoded } else { compact }
}

#[derive(Deserialize)]
struct Checksum {
    crc: String,
}

/// JSON on one line, without the escapes that only an export has.
fn plain(json: &str) -> String {
    let mut plain = encode::compact(json);
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

/// The value that tells an export from any other document.
pub(super) const MARK: &str = "journal";

/// What an export contains.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Exported {
    /// The number of versions of entries.
    pub versions: usize,
    /// The journal lines that are not in it, as they cannot be read.
    pub unreadable: Vec<Finding>,
}

/// The lines of a journal, ready to export.
#[derive(Debug)]
pub struct Export {
    bytes: Vec<u8>,
    /// The time of the export.
    at: String,
}

impl Store {
    /// Reads the whole journal, to export it.
    pub fn export(&self, now: Now) -> Result<Export, Failure> {
        Ok(Export {
            bytes: self.bytes()?,
            at: instant(now.timestamp()),
        })
    }
}

impl Export {
    /// Writes the document, one version per line.
    pub fn write(&self, out: &mut dyn io::Write) -> io::Result<Exported> {
        let (mark, version, at) = (MARK, VERSION, &self.at);
        write!(
            out,
            "{{\"leadby\":\"{mark}\",\"v\":{version},\"exported\":\"{at}\",\"versions\":["
        )?;
        let mut exported = Exported::default();
        let forgotten = forgotten_lines([self.bytes.as_slice()]);
        for (index, line) in self
            .bytes
            .split(|byte| *byte == b'\n')
            .map(trim_line)
            .enumerate()
        {
            let (texts, left) = lines::separate_lines(line, index + 1);
            exported.unreadable.extend(left);
            for text in texts.iter().filter(|text| !forgotten.contains(*text)) {
                let comma = if exported.versions == 0 { "" } else { "," };
                write!(out, "{comma}\n{}", escape_unsafe(text))?;
                exported.versions += 1;
            }
        }
        out.write_all(b"\n]}\n")?;
        Ok(exported)
    }
}

/// JSON that escapes what controls a terminal or changes the direction of text. The journal's own
/// lines already escape the former.
fn escape_unsafe(json: &str) -> String {
    let mut harmless = String::with_capacity(json.len());
    for character in json.chars() {
        match character {
            // Below U+0020, JSON only allows white space, and only between members.
            '\0'..'\u{20}' => harmless.push(' '),
            '\u{7f}'..='\u{9f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
                let _ = write!(harmless, "\\u{:04x}", u32::from(character));
            }
            _ => harmless.push(character),
        }
    }
    harmless
}
