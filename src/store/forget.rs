//! An entry deleted for good: all its lines removed from the journal, and from the snapshots beside
//! it. A line without text stays and says that it is forgotten, so that no copy brings it back.
//!
//! The only thing in leadby that loses text, and only for a person who names the entry.

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};

use memchr::memmem;

use super::backup::{Snapshot, not_read, snapshots_on};
use super::decode::decode;
use super::disk::{Disk, RealDisk};
use super::file::JournalFile;
use super::lines::{self, bare};
use super::rewrite::{Fate, Rewriting, rewrite};
use super::trouble::trouble;
use super::{read_all, wire};
use crate::calendar::Now;
use crate::failure::Failure;
use crate::journal::{Body, Entry, Id, Journal, LAST_REVISION, Lineage};

/// What the line of a forgotten entry has in it.
const MARK: &[u8] = b"\"forgotten\"";

/// What was taken out.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Forgotten {
    /// The lines taken out of the journal.
    pub lines: usize,
    /// The snapshots something was taken out of.
    pub snapshots: Vec<PathBuf>,
}

/// Takes every line of the entry `id` out of the journal at `path`, and out of its snapshots when
/// that is asked for. All other lines stay byte for byte, damaged ones too.
///
/// # Errors
/// When a file cannot be read or written; the message names it, and those before it are done.
pub fn forget(path: &Path, id: &Id, snapshots_too: bool, now: Now) -> Result<Forgotten, Failure> {
    forget_on(&RealDisk, path, id, snapshots_too, now)
}

/// [`forget`], on another disk than the machine's: one that fails on demand, in tests.
///
/// # Errors
/// When a file cannot be read or written; the message names it, and those before it are done.
pub fn forget_on(
    disk: &(impl Disk + Clone + 'static),
    path: &Path,
    id: &Id,
    snapshots_too: bool,
    now: Now,
) -> Result<Forgotten, Failure> {
    let mut forgotten = Forgotten::default();
    // The snapshots first: should one fail, the entry is still there to be forgotten.
    if snapshots_too {
        let there = snapshots_on(disk, path)
            .map_err(|error| not_read("nothing was changed: ", path, error))?;
        for Snapshot { path, .. } in there {
            let gone = without(disk, (&path, "the snapshot"), id, &forgotten, None)?;
            if !gone.is_empty() {
                forgotten.snapshots.push(path);
            }
        }
    }
    forgotten.lines = without(disk, (path, "the journal"), id, &forgotten, Some(now))?.len();
    Ok(forgotten)
}

/// Removes the entry from one file, after what is `done` already; with a time, the line that says so
/// takes its place.
fn without(
    disk: &(impl Disk + Clone + 'static),
    (path, name): (&Path, &str),
    id: &Id,
    done: &Forgotten,
    now: Option<Now>,
) -> Result<Vec<Vec<u8>>, Failure> {
    let so_far = match done.snapshots.len() {
        0 => "nothing was changed: ".to_owned(),
        1 => "it is taken out of one snapshot, but ".to_owned(),
        more => format!("it is taken out of {more} snapshots, but "),
    };
    let file = Rewriting {
        path,
        name,
        so_far: &so_far,
    };
    let mark = |gone: &[Vec<u8>]| now.map_or_else(Vec::new, |now| mark(gone, id, now));
    rewrite(disk, file, |line| fate(line, id), mark, |_, _| Ok(()))
}

/// The line that says that an entry with these lines is forgotten. It has a revision above theirs,
/// and names none of them: the checksum of a short text betrays it.
fn mark(gone: &[Vec<u8>], id: &Id, now: Now) -> Vec<u8> {
    let read = gone
        .iter()
        .flat_map(|line| lines::read_one(line, 0).entries);
    let revisions = read.filter(|entry| entry.id == *id).map(|entry| entry.rev);
    let highest = revisions.max().unwrap_or(0);
    let entry = Entry {
        id: id.clone(),
        // A highest revision of all would leave none for what is written anew.
        rev: if highest < LAST_REVISION - 1 {
            highest + 1
        } else {
            1
        },
        lineage: Lineage::default(),
        at: now.stamp(),
        body: Body::Forgotten,
    };
    format!("{}\n", wire::encode(&entry)).into_bytes()
}

/// The lines in some files of entries that were forgotten and do not count since.
pub(super) fn forgotten_lines<'a>(files: impl IntoIterator<Item = &'a [u8]>) -> HashSet<String> {
    let mut versions: BTreeMap<Id, Vec<(Entry, String)>> = BTreeMap::new();
    let files: Vec<&[u8]> = files.into_iter().collect();
    let is_mark = |file: &&[u8]| memmem::find(file, MARK).is_some();
    if !files.iter().any(is_mark) {
        return HashSet::new();
    }
    for line in files
        .iter()
        .flat_map(|file| file.split(|byte| *byte == b'\n'))
    {
        for text in lines::texts(line, 0).0 {
            if let Ok(read) = decode(text.as_bytes()) {
                let id = read.entry.id.clone();
                versions.entry(id).or_default().push((read.entry, text));
            }
        }
    }
    let mut forgotten = HashSet::new();
    for versions in versions.into_values() {
        let is_mark = |(entry, _): &(Entry, String)| entry.body == Body::Forgotten;
        if !versions.iter().any(is_mark) {
            continue;
        }
        let counting = Journal::fold(versions.iter().map(|(entry, _)| entry.clone()));
        let counts = |entry: &Entry| counting.versions(&entry.id).contains(entry);
        let gone = versions.into_iter();
        let gone = gone.filter(|(entry, _)| entry.body != Body::Forgotten && !counts(entry));
        forgotten.extend(gone.map(|(_, text)| text));
    }
    forgotten
}

/// Removes the lines of entries that were forgotten elsewhere from a journal.
pub(super) fn remove_forgotten(journal: &JournalFile) -> Result<(), Failure> {
    let (disk, path) = (&*journal.disk, journal.path());
    let not_read = |error| trouble("the journal", path, "read", error);
    let bytes = read_all(disk, path).map_err(not_read)?.unwrap_or_default();
    let forgotten = forgotten_lines([bytes.as_slice()]);
    if forgotten.is_empty() {
        return Ok(());
    }
    let file = Rewriting {
        path,
        name: "the journal",
        so_far: "the lines were added, but what they say is forgotten could not be removed: ",
    };
    let fate = |line: &[u8]| without_forgotten(line, &forgotten);
    rewrite(&RealDisk, file, fate, |_| Vec::new(), |_, _| Ok(())).map(drop)
}

/// What becomes of a line where the lines in `forgotten` go.
pub(super) fn without_forgotten(line: &[u8], forgotten: &HashSet<String>) -> Fate {
    if forgotten.is_empty() {
        return Fate::Stays;
    }
    let is_gone =
        |text: &[u8]| std::str::from_utf8(bare(text)).is_ok_and(|text| forgotten.contains(text));
    let pieces: Vec<&[u8]> = lines::pieces(bare(line)).collect();
    if !pieces.iter().any(|piece| is_gone(piece)) {
        return Fate::Stays;
    }
    let stay = pieces.into_iter().filter(|piece| !is_gone(piece));
    Fate::Goes(stay.map(<[u8]>::to_vec).collect())
}

fn fate(line: &[u8], id: &Id) -> Fate {
    // What says that it is forgotten stays.
    let is_of = |entry: &Entry| entry.id == *id && entry.body != Body::Forgotten;
    let is_it = |piece: &[u8]| matches!(decode(bare(piece)), Ok(read) if is_of(&read.entry));
    if is_it(line) {
        return Fate::Goes(Vec::new());
    }
    // Lines that ran together come apart, so that the others in them stay.
    let holds_it = lines::read_one(line, 0).entries;
    if !holds_it.iter().any(is_of) {
        return Fate::Stays;
    }
    let pieces = lines::pieces(bare(line)).filter(|piece| !is_it(piece));
    Fate::Goes(pieces.map(<[u8]>::to_vec).collect())
}
