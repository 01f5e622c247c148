//! Deletes an entry for good: all its lines in the journal and in the snapshots beside it. A line
//! without text stays and says that it is forgotten, so that no copy brings it back.
//!
//! The only thing in leadby that loses text, and only for a person who names the entry.

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};

use memchr::memmem;

use super::backup::{not_read, snapshots_on};
use super::decode::decode;
use super::disk::{Disk, RealDisk};
use super::drafts::{DraftState, draft_states};
use super::io_error::io_failure;
use super::journal_file::JournalFile;
use super::lines::{self, trim_line};
use super::notes::{read_added, write_added};
use super::rewrite::{LineAction, RewriteTarget, check_replaceable, rewrite};
use super::traces::{self, EntryTraces, FileKind};
use super::{encode, read_all};
use crate::calendar::Now;
use crate::failure::Failure;
use crate::journal::{Body, Entry, Id, Journal, LAST_REVISION, Lineage, VersionName};

/// The line of a forgotten entry contains this.
const MARK: &[u8] = b"\"forgotten\"";

/// What was removed, and what is still there.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Forgotten {
    /// The number of lines removed from the journal.
    pub lines: usize,
    /// The snapshots from which something was removed.
    pub snapshots: Vec<PathBuf>,
    /// The other files from which something was removed, or that were deleted.
    pub others: Vec<PathBuf>,
    /// The files that still contain the entry or some of its text, or may.
    pub remnants: Vec<Remnant>,
    /// The folders beside the journal that were not looked into.
    pub unseen: Vec<PathBuf>,
}

/// A file that still contains something of a forgotten entry.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Remnant {
    pub path: PathBuf,
    pub reason: RemnantReason,
}

/// Why a file still contains something of a forgotten entry.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum RemnantReason {
    /// The user asked to remove it from the journal only.
    NotAsked,
    /// It has words of the entry, and may have text that is nowhere else.
    MayHaveOtherText,
    /// It could not be read or written, for this reason.
    Inaccessible(String),
}

/// Removes every line of the entry `id` from the journal at `path` and, if asked, from the files
/// beside it. All other lines stay byte for byte, damaged ones too, unless they are remains of the
/// entry.
///
/// Beside the journal are its snapshots, files of damaged lines, copies, unfinished files, the last
/// position, and drafts. A draft about something else is only reported. If one of them cannot be
/// read or written, or would lose its owner or permissions, the message names it, and those before
/// it are done.
pub fn forget(path: &Path, id: &Id, snapshots_too: bool, now: Now) -> Result<Forgotten, Failure> {
    forget_on(&RealDisk, path, id, snapshots_too, now)
}

/// [`forget`] on a given disk, such as one that fails on demand in tests.
pub fn forget_on(
    disk: &(impl Disk + Clone + 'static),
    path: &Path,
    id: &Id,
    everywhere: bool,
    now: Now,
) -> Result<Forgotten, Failure> {
    let mut forgotten = Forgotten::default();
    check_on(disk, path)?;
    let journals = traces::paths(disk, path);
    let mut files = traces::files(disk, &journals, &mut Vec::new());
    let trace = trace_in(disk, path, &files, id);
    // The files beside it first: if something fails, the entry is still there to be forgotten.
    if everywhere {
        let snapshots = snapshots_on(disk, path)
            .map_err(|error| not_read("nothing was changed: ", path, error))?;
        files.extend(snapshots.into_iter().map(|snapshot| snapshot.path));
        files.sort();
        files.dedup();
        for file in &files {
            let is_snapshot = traces::is_snapshot(&journals, file);
            let gone = remove_from_file(disk, &journals, file, &trace, &forgotten);
            match gone {
                Ok(true) if is_snapshot => forgotten.snapshots.push(file.clone()),
                Ok(true) => forgotten.others.push(file.clone()),
                Err(failure) if is_snapshot => return Err(failure),
                // It is reported below.
                Ok(false) | Err(_) => {}
            }
        }
    }
    let gone = rewrite_without(
        disk,
        (path, "the journal"),
        &trace,
        &forgotten,
        Some((id, now)),
    )?;
    forgotten.lines = gone.len();
    forget_import(path, &gone, id);
    (forgotten.remnants, forgotten.unseen) = find_remnants(disk, &journals, &trace, everywhere);
    Ok(forgotten)
}

/// The files beside the journal at `path` that still have something of the entry `id`, which was
/// forgotten on another machine.
pub fn remnants(path: &Path, id: &Id) -> Vec<Remnant> {
    let journals = traces::paths(&RealDisk, path);
    let files = traces::files(&RealDisk, &journals, &mut Vec::new());
    let trace = trace_in(&RealDisk, path, &files, id);
    find_remnants(&RealDisk, &journals, &trace, false).0
}

/// The traces of an entry in the journal and the files beside it.
fn trace_in(disk: &dyn Disk, path: &Path, files: &[PathBuf], id: &Id) -> EntryTraces {
    let read = |file: &PathBuf| traces::read(disk, file)?.ok();
    let mut held = vec![read(&path.to_owned()).unwrap_or_default()];
    held.extend(files.iter().filter_map(read));
    EntryTraces::new(id, &held)
}

/// Refuses, before anything is changed, a journal that cannot be replaced.
fn check_on(disk: &dyn Disk, path: &Path) -> Result<(), Failure> {
    let so_far = "nothing was changed: ";
    let file = RewriteTarget {
        path,
        name: "the journal",
        error_prefix: so_far,
    };
    let not_read = |error| io_failure("nothing was changed: the journal", path, "read", error);
    match disk.open_to_read(path).map_err(not_read)? {
        Some(open) => check_replaceable(disk, file, &open),
        None => Ok(()),
    }
}

/// Removes the entry from a file beside the journal; whether it was there.
fn remove_from_file(
    disk: &(impl Disk + Clone + 'static),
    journals: &[PathBuf],
    file: &Path,
    trace: &EntryTraces,
    done: &Forgotten,
) -> Result<bool, Failure> {
    let bytes = traces::read(disk, file).and_then(Result::ok);
    let sort = bytes
        .as_ref()
        .map(|bytes| traces::file_kind(journals, file, bytes));
    let is_in = |sort| {
        bytes
            .as_ref()
            .is_some_and(|bytes| trace.is_found_in(bytes, sort))
    };
    let goes = match sort {
        Some(FileKind::Disposable) => is_in(FileKind::Disposable),
        Some(FileKind::MayHaveText) => {
            is_in(FileKind::MayHaveText) && is_unused_draft(journals, file, trace)
        }
        // A snapshot that cannot be read is an error with its name.
        Some(FileKind::Lines) | None if traces::is_snapshot(journals, file) => {
            let gone = rewrite_without(disk, (file, "the snapshot"), trace, done, None)?;
            return Ok(!gone.is_empty());
        }
        Some(FileKind::Lines) if is_in(FileKind::Lines) => {
            let gone = rewrite_without(disk, (file, "the file"), trace, done, None)?;
            return Ok(!gone.is_empty());
        }
        Some(FileKind::Lines) | None => false,
    };
    if goes {
        let removed = disk.remove(file);
        removed.map_err(|error| io_failure("the file", file, "removed", error))?;
    }
    Ok(goes)
}

/// Whether a file is a draft about this entry only that no program has open.
fn is_unused_draft(journals: &[PathBuf], file: &Path, trace: &EntryTraces) -> bool {
    let waits = DraftState::Waiting(file.to_owned());
    journals
        .iter()
        .any(|journal| draft_states(journal).contains(&waits))
        && traces::read(&RealDisk, file)
            .and_then(Result::ok)
            .is_some_and(|bytes| trace.is_draft_of(&bytes))
}

/// The files that still contain something of the entry, and the folders that were not looked into.
fn find_remnants(
    disk: &dyn Disk,
    journals: &[PathBuf],
    trace: &EntryTraces,
    everywhere: bool,
) -> (Vec<Remnant>, Vec<PathBuf>) {
    let mut unlisted = Vec::new();
    let files = traces::files(disk, journals, &mut unlisted).into_iter();
    let still = files.filter_map(|path| {
        let why = match traces::read(disk, &path)? {
            Err(reason) => RemnantReason::Inaccessible(reason),
            Ok(bytes) => {
                let sort = traces::file_kind(journals, &path, &bytes);
                let is_asked = everywhere
                    || sort == FileKind::MayHaveText && !is_unused_draft(journals, &path, trace);
                match trace.is_found_in(&bytes, sort) {
                    false => return None,
                    true if is_asked => RemnantReason::MayHaveOtherText,
                    true => RemnantReason::NotAsked,
                }
            }
        };
        Some(Remnant { path, reason: why })
    });
    let mut still: Vec<Remnant> = still.collect();
    let others = traces::strangers(disk, journals, trace);
    let unread = |(path, reason)| Remnant {
        path,
        reason: RemnantReason::Inaccessible(reason),
    };
    still.extend(others.files.into_iter().map(|(path, why)| Remnant {
        path,
        reason: why.map_or(RemnantReason::MayHaveOtherText, RemnantReason::Inaccessible),
    }));
    still.extend(unlisted.into_iter().map(unread));
    (still, others.folders)
}

/// Forgets that the lines were imported: the checksum of a short text reveals it.
fn forget_import(journal: &Path, gone: &[Vec<u8>], id: &Id) {
    let before = read_added(journal);
    let read = gone
        .iter()
        .flat_map(|line| lines::read_one(line, 0).entries);
    let own: Vec<_> = read.filter(|entry| entry.id == *id).collect();
    let is_other = |name: &VersionName| !own.iter().any(|entry| entry.lineage.name == *name);
    let mut added = before.clone();
    for names in &mut added.imports {
        names.retain(is_other);
    }
    added.received.retain(is_other);
    if added != before {
        // Without the note, undo handles one change at a time.
        let _ = write_added(journal, added);
    }
}

/// Removes the entry from one file, after what is `done` already; with `marked`, a line that says
/// so is added.
fn rewrite_without(
    disk: &(impl Disk + Clone + 'static),
    (path, name): (&Path, &str),
    trace: &EntryTraces,
    done: &Forgotten,
    marked: Option<(&Id, Now)>,
) -> Result<Vec<Vec<u8>>, Failure> {
    let so_far = match (done.snapshots.len(), done.others.len()) {
        (0, 0) => "nothing was changed: ".to_owned(),
        (1, 0) => "it was removed from one snapshot, but ".to_owned(),
        (more, 0) => format!("it was removed from {more} snapshots, but "),
        (some, more) => format!("it was removed from {} files, but ", some + more),
    };
    let file = RewriteTarget {
        path,
        name,
        error_prefix: &so_far,
    };
    let mark =
        |gone: &[Vec<u8>]| marked.map_or_else(Vec::new, |(id, now)| forgotten_line(gone, id, now));
    rewrite(
        disk,
        file,
        |line| trace.line_action(line),
        mark,
        |_, _| Ok(()),
    )
}

/// The line that says that an entry with these lines is forgotten. It has a revision above theirs,
/// and does not name them: the checksum of a short text reveals it.
fn forgotten_line(gone: &[Vec<u8>], id: &Id, now: Now) -> Vec<u8> {
    let read = gone
        .iter()
        .flat_map(|line| lines::read_one(line, 0).entries);
    let revisions = read.filter(|entry| entry.id == *id).map(|entry| entry.rev);
    let highest = revisions.max().unwrap_or(0);
    let entry = Entry {
        id: id.clone(),
        // The last possible revision would leave none for later versions.
        rev: if highest < LAST_REVISION - 1 {
            highest + 1
        } else {
            1
        },
        lineage: Lineage::default(),
        at: now.timestamp(),
        body: Body::Forgotten,
    };
    format!("{}\n", encode::encode(&entry)).into_bytes()
}

/// The lines in some files that no longer count, as their entries were forgotten.
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
        for text in lines::separate_lines(line, 0).0 {
            if let Ok(read) = decode(text.as_bytes()) {
                let id = read.entry.id.clone();
                versions.entry(id).or_default().push((read.entry, text));
            }
        }
    }
    let mut forgotten = HashSet::new();
    for versions in versions.into_values() {
        if !versions.iter().any(|(entry, _)| entry.is_forgotten_mark()) {
            continue;
        }
        let counting = Journal::fold(versions.iter().map(|(entry, _)| entry.clone()));
        let counts = |entry: &Entry| counting.versions(&entry.id).contains(entry);
        let gone = versions
            .into_iter()
            .filter(|(entry, _)| !entry.is_forgotten_mark() && !counts(entry))
            .map(|(_, text)| text);
        forgotten.extend(gone);
    }
    forgotten
}

/// Removes the lines of entries that were forgotten elsewhere from a journal.
pub(super) fn remove_forgotten(journal: &JournalFile) -> Result<(), Failure> {
    let (disk, path) = (&*journal.disk, journal.path.as_path());
    let not_read = |error| io_failure("the journal", path, "read", error);
    let bytes = read_all(disk, path).map_err(not_read)?.unwrap_or_default();
    let forgotten = forgotten_lines([bytes.as_slice()]);
    if forgotten.is_empty() {
        return Ok(());
    }
    let file = RewriteTarget {
        path,
        name: "the journal",
        error_prefix: "the lines were added, but the entries they forget could not be removed: ",
    };
    let fate = |line: &[u8]| forgotten_line_action(line, &forgotten);
    rewrite(&RealDisk, file, fate, |_| Vec::new(), |_, _| Ok(())).map(drop)
}

/// What happens to a line if the lines in `forgotten` are removed.
pub(super) fn forgotten_line_action(line: &[u8], forgotten: &HashSet<String>) -> LineAction {
    if forgotten.is_empty() {
        return LineAction::Keep;
    }
    let is_gone = |text: &[u8]| {
        std::str::from_utf8(trim_line(text)).is_ok_and(|text| forgotten.contains(text))
    };
    let pieces: Vec<&[u8]> = lines::split_at_openings(trim_line(line)).collect();
    if !pieces.iter().any(|piece| is_gone(piece)) {
        return LineAction::Keep;
    }
    let stay = pieces.into_iter().filter(|piece| !is_gone(piece));
    LineAction::Remove(stay.map(<[u8]>::to_vec).collect())
}
