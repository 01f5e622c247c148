//! The small notes beside the journal: the last position, the names of the lines that imports and
//! syncs added, so that undo knows whose they are, and how often each page was walked.
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
use crate::journal::{AddedVersions, VersionName};

/// Of how many imports the names are kept: further back no one undoes.
const KEPT_IMPORTS: usize = 20;

/// Of how many lines of one sync the names are kept.
const KEPT_RECEIVED: usize = 500;

/// The last position, if it was noted: a [`Draft`] without text.
pub fn read_last_position(journal: &Path) -> Option<Draft> {
    // An unreadable position is not worth an error: the user starts at Home.
    decode(&read_note(journal, ".place")?).ok()
}

/// Notes the last position, or removes the note. If that fails, the previous one is still there.
pub fn write_last_position(journal: &Path, place: Option<&Draft>) -> Result<(), Failure> {
    write_last_position_on(&RealDisk, journal, place)
}

/// [`write_last_position`] on a given disk, such as one that fails on demand in tests.
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
    /// Those that syncs received from other machines.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    received: Vec<String>,
}

/// The versions that others added to the journal; none if that is unknown.
pub fn read_added(journal: &Path) -> AddedVersions {
    let note = read_note(journal, ".imported");
    let note = note.and_then(|note| serde_json::from_slice::<ImportNote>(&note).ok());
    let Some(note) = note.filter(|note| note.v == 1) else {
        return AddedVersions::default();
    };
    let imports = note.earlier.iter().chain([&note.names]);
    AddedVersions {
        imports: imports.map(|names| versions(names).collect()).collect(),
        received: versions(&note.received).collect(),
    }
}

/// Notes the last of them anew. If that fails, the previous note is still there.
pub(super) fn write_added(journal: &Path, mut added: AddedVersions) -> Result<(), Failure> {
    let path = with_suffix(journal, ".imported");
    let texts = |names: HashSet<VersionName>| names.iter().map(VersionName::to_string).collect();
    let last = added.imports.pop().unwrap_or_default();
    let kept = added.imports.len().saturating_sub(KEPT_IMPORTS - 1);
    let earlier = added.imports.split_off(kept);
    let note = ImportNote {
        v: 1,
        names: texts(last),
        earlier: earlier.into_iter().map(texts).collect(),
        received: texts(added.received),
    };
    write_note(&RealDisk, &path, &json(&note))
        .map_err(|error| io_failure("the note of the last import", &path, "written", error))
}

fn versions(names: &[String]) -> impl Iterator<Item = VersionName> {
    names.iter().map(|name| VersionName::new(name))
}

/// Notes the versions that an import added to the journal.
pub fn note_import(journal: &Path, names: &[VersionName]) -> Result<(), Failure> {
    let mut added = read_added(journal);
    added.imports.push(names.iter().cloned().collect());
    write_added(journal, added)
}

/// Notes the versions that the last sync received from other machines.
pub fn note_received(journal: &Path, names: &[VersionName]) -> Result<(), Failure> {
    let mut added = read_added(journal);
    // Further back no one undoes.
    let last = names.len().saturating_sub(KEPT_RECEIVED);
    added.received.extend(names[last..].iter().cloned());
    write_added(journal, added)
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

/// Notes how often the pages were walked. If that fails, the previous note is still there.
pub fn write_walked_pages(journal: &Path, pages: &WalkedPages) -> Result<(), Failure> {
    let path = with_suffix(journal, ".pages");
    write_note(&RealDisk, &path, &json(pages))
        .map_err(|error| io_failure("the note of walked pages", &path, "written", error))
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
