//! The whole journal as one JSON document, to keep as a copy or import elsewhere.
//!
//! Every version of every entry is in it, undone and deleted ones too, each with the members it has
//! on its line; `assets/format.md` promises the shape. Knows nothing of where the document goes.

use std::fmt::Write as _;
use std::io;

use super::forget::forgotten_lines;
use super::lines::{self, trim_line};
use super::{Finding, Store, wire};
use crate::calendar::Now;
use crate::failure::Failure;

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
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn export(&self, now: Now) -> Result<Export, Failure> {
        Ok(Export {
            bytes: self.bytes()?,
            at: wire::instant(now.timestamp()),
        })
    }
}

impl Export {
    /// Writes the document, one version per line.
    ///
    /// # Errors
    /// As `out` says.
    pub fn write(&self, out: &mut dyn io::Write) -> io::Result<Exported> {
        let (mark, version, at) = (MARK, wire::VERSION, &self.at);
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

/// Whether a text begins as an export does, whatever follows.
pub(super) fn is_an_export(text: &str) -> bool {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let inside = text.strip_prefix('{');
    inside.is_some_and(|inside| inside.trim_start().starts_with("\"leadby\""))
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
