//! The small notes beside the journal: the last position, the names of the lines that imports added,
//! so that one undo removes all of one, and how often each page was walked.
//!
//! Each is a file that is replaced as a whole, and nothing is lost without it.

use std::collections::{BTreeMap, HashSet};
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::atomic_write::{replace, replacement_path, with_suffix};
use super::disk::{Disk, RealDisk, folder_of};
use super::drafts::{decode, encode};
use super::encode::json;
use super::io_error::io_failure;
use super::{Draft, read_all};
use crate::failure::Failure;
use crate::journal::{Imports, VersionName};

/// Of how many imports the names are kept: further back no one undoes.
const KEPT_IMPORTS: usize = 20;

/// The last position, if it was noted: a [`Draft`] without text.
pub fn read_last_position(journal: &Path) -> Option<Draft> {
    // An unreadable position is not worth an error: the user starts at Home.
    decode(&read_note(journal, ".place")?).ok()
}

/// Notes the last position, or removes the note.
///
/// # Errors
/// When it cannot be written; then the previous one is still there.
pub fn write_last_position(journal: &Path, place: Option<&Draft>) -> Result<(), Failure> {
    write_last_position_on(&RealDisk, journal, place)
}

/// [`write_last_position`] on a given disk, such as one that fails on demand in tests.
///
/// # Errors
/// When it cannot be written; then the previous one is still there.
pub fn write_last_position_on(
    disk: &dyn Disk,
    journal: &Path,
    place: Option<&Draft>,
) -> Result<(), Failure> {
    let path = with_suffix(journal, ".place");
    let done = match place {
        Some(place) => write_note(disk, &path, &encode(place)),
        None => disk.remove(&path),
    };
    done.map_err(|error| io_failure("the note of your last position", &path, "written", error))
}

#[derive(Deserialize, Serialize)]
struct ImportNote {
    v: u64,
    /// Those of the last import.
    names: Vec<String>,
    /// Those of the imports before it, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    earlier: Vec<Vec<String>>,
}

/// Notes the versions that an import added to the journal.
///
/// # Errors
/// When they cannot be written; then the note of the previous imports is still there.
pub fn note_import(journal: &Path, names: &[VersionName]) -> Result<(), Failure> {
    let mut imports = read_imports(journal);
    imports.push(names.iter().cloned().collect());
    write_imports(journal, imports)
}

/// Notes the versions of all imports anew.
///
/// # Errors
/// When they cannot be written; then the previous note is still there.
pub(super) fn write_imports(journal: &Path, mut imports: Imports) -> Result<(), Failure> {
    let path = with_suffix(journal, ".imported");
    let texts = |names: HashSet<VersionName>| names.iter().map(VersionName::to_string).collect();
    let last = imports.pop().unwrap_or_default();
    let earlier = imports.split_off(imports.len().saturating_sub(KEPT_IMPORTS - 1));
    let shape = ImportNote {
        v: 1,
        names: texts(last),
        earlier: earlier.into_iter().map(texts).collect(),
    };
    write_note(&RealDisk, &path, &json(&shape))
        .map_err(|error| io_failure("the note of the last import", &path, "written", error))
}

/// The versions that each of the last imports added; empty if unknown.
pub fn read_imports(journal: &Path) -> Imports {
    let note = read_note(journal, ".imported");
    let shape = note.and_then(|note| serde_json::from_slice::<ImportNote>(&note).ok());
    let Some(shape) = shape.filter(|shape| shape.v == 1) else {
        return Imports::new();
    };
    let imports = shape.earlier.iter().chain([&shape.names]);
    imports
        .map(|names| names.iter().map(|name| VersionName::new(name)).collect())
        .collect()
}

/// The weeks in which a page was walked.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub struct WalkedPage {
    /// A checksum of the page's words then.
    pub words: String,
    /// The last few weeks, oldest first, as `2026-W48`.
    pub weeks: Vec<String>,
}

/// How often pages were walked on this machine, by the id of their practice.
pub type WalkedPages = BTreeMap<String, WalkedPage>;

/// Reads how often the pages were walked; nothing if that is unknown.
pub fn read_walked_pages(journal: &Path) -> WalkedPages {
    let note = read_note(journal, ".pages");
    note.and_then(|note| serde_json::from_slice(&note).ok())
        .unwrap_or_default()
}

/// Notes how often the pages were walked.
///
/// # Errors
/// When it cannot be written; then the previous note is still there.
pub fn write_walked_pages(journal: &Path, pages: &WalkedPages) -> Result<(), Failure> {
    let path = with_suffix(journal, ".pages");
    write_note(&RealDisk, &path, &json(pages))
        .map_err(|error| io_failure("the note of walked pages", &path, "written", error))
}

/// A checksum of a text, to see whether it has changed (CRC-32, IEEE 802.3).
pub fn text_checksum(text: &str) -> String {
    format!("{:08x}", crc32fast::hash(text.as_bytes()))
}

/// The bytes of a note; `None` if it cannot be read.
fn read_note(journal: &Path, ending: &str) -> Option<Vec<u8>> {
    read_all(&RealDisk, &with_suffix(journal, ending)).ok()?
}

/// Replaces a note as a whole.
fn write_note(disk: &dyn Disk, path: &Path, text: &str) -> io::Result<()> {
    disk.create_folders(folder_of(path))?;
    replace(disk, path, replacement_path(path), text.as_bytes()).map(drop)
}
