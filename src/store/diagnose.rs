//! Collects the facts for `leadby doctor` without changing anything.
//!
//! Only states facts; `leadby doctor` says what is wrong and how to fix it.

use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use chrono::TimeDelta;

use super::backup::{SNAPSHOT, Snapshot, ahead_of, backup_folder, snapshots};
use super::copies::{JournalCopy, copies};
use super::disk::{Disk, FILE_MODE, FOLDER_MODE, RealDisk, folder_of};
use super::drafts::{DraftState, draft_states};
use super::io_error::{describe_error, io_failure};
use super::lines;
use super::merge::missing_lines;
use super::rewrite::REWRITE;
use super::{Finding, Store, read_all};
use crate::calendar::{Now, Timestamp};
use crate::failure::Failure;

/// The state a journal is in.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Diagnosis {
    pub path: PathBuf,
    /// Whether the file exists; a journal begins with the first save.
    pub exists: bool,
    /// Its target, if it is a symbolic link.
    pub link: Option<PathBuf>,
    /// Its length in bytes.
    pub bytes: u64,
    /// The number of its lines, including blank ones.
    pub lines: usize,
    /// What is wrong with the other lines.
    pub findings: Vec<Finding>,
    /// Whether the last line has no newline: a save was cut off, or is going on right now.
    pub unfinished: bool,
    /// Whether it is not a journal.
    pub foreign: bool,
    /// The files and folders that others can access, each with its mode.
    pub open_to_others: Vec<(PathBuf, u32)>,
    /// The drafts beside it; empty if all text is saved.
    pub drafts: Vec<DraftState>,
    /// Unfinished files beside it, left by a crash while a snapshot or the journal was rewritten.
    pub leftovers: Vec<PathBuf>,
    /// Other files beside it that have its lines, or may.
    pub copies: Vec<JournalCopy>,
    pub snapshots: Vec<Snapshot>,
    /// Why the snapshots could not be read.
    pub unreadable_snapshots: Option<String>,
    /// The snapshot with the most lines that the journal lacks, and their number: a journal only
    /// grows, so something removed them.
    pub fuller_snapshot: Option<(Snapshot, usize)>,
    /// What is dated more than a day ahead, as the clock is or was wrong.
    pub future_dates: FutureDates,
    /// The file or folder that cannot be written to, and why.
    pub unwritable: Option<(PathBuf, String)>,
    /// leadby's other files beside the journal, which have its text or parts of it.
    pub neighbours: Vec<PathBuf>,
}

/// What is dated in the future.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct FutureDates {
    /// Lines of the journal.
    pub lines: Vec<FutureLine>,
    /// Snapshots, which do not count among the eight that are kept.
    pub snapshots: Vec<Snapshot>,
}

/// A line that is dated in the future.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct FutureLine {
    /// The line's number, from 1.
    pub line: usize,
    /// The time on it.
    pub at: Timestamp,
}

/// Checks the journal at `path`.
pub fn diagnose(path: &Path, now: Now) -> Result<Diagnosis, Failure> {
    diagnose_on(&RealDisk, path, now)
}

/// [`diagnose`] with a given disk for the check of what can be written.
pub fn diagnose_on(disk: &dyn Disk, path: &Path, now: Now) -> Result<Diagnosis, Failure> {
    let not_read = |error| io_failure("the journal", path, "read", error);
    let (store, loaded) = Store::open(path)?;
    let bytes = read_all(&RealDisk, path).map_err(not_read)?;
    let drafts = draft_states(path);
    let content = bytes.as_deref().unwrap_or_default();
    let unfinished = !content.is_empty() && !content.ends_with(b"\n");
    let (snapshots, unreadable_snapshots) = match snapshots(path) {
        Ok(snapshots) => (snapshots, None),
        Err(failure) => (Vec::new(), Some(failure.message().to_owned())),
    };
    let copies = copies(path);
    let (folder, backups) = (folder_of(path), backup_folder(path));
    let mut leftovers = leftovers(folder);
    leftovers.extend(self::leftovers(&backups));
    let neighbours = neighbours(path, &snapshots);
    let mut looked_at = vec![folder.to_owned()];
    looked_at.extend(neighbours.iter().chain(&leftovers).cloned());
    looked_at.extend(copies.iter().map(|copy| copy.path.clone()));
    // A git repository in the same folder may have the journal, too.
    looked_at.extend(Some(folder.join(".git")).filter(|git| git.is_dir()));
    looked_at.extend(exists_at(path));
    looked_at.sort();
    looked_at.dedup();
    let fuller_snapshot = fullest_snapshot(&snapshots, content);
    let ahead = FutureDates {
        lines: lines_ahead(content, now),
        snapshots: ahead_of(&snapshots, now),
    };
    Ok(Diagnosis {
        path: path.to_owned(),
        exists: bytes.is_some(),
        link: fs::read_link(path).ok(),
        bytes: content.len() as u64,
        lines: lines::count(content),
        findings: loaded.findings,
        unfinished,
        foreign: store.is_foreign(),
        open_to_others: looked_at
            .into_iter()
            .filter_map(|path| mode_open_to_others(&path).map(|found| (path, found)))
            .collect(),
        unwritable: unwritable(disk, path),
        leftovers,
        copies,
        drafts,
        snapshots,
        unreadable_snapshots,
        fuller_snapshot,
        future_dates: ahead,
        neighbours,
    })
}

fn exists_at(path: &Path) -> Option<PathBuf> {
    path.exists().then(|| path.to_owned())
}

/// The files beside the journal whose name begins with its own: drafts, the last position, damaged
/// lines, the folder of the snapshots, and the snapshots.
fn neighbours(journal: &Path, snapshots: &[Snapshot]) -> Vec<PathBuf> {
    let name = journal.file_name().unwrap_or_default().as_encoded_bytes();
    let mut found = paths_with_prefixes(folder_of(journal), &[name]);
    found.retain(|path| path != journal);
    found.extend(snapshots.iter().map(|snapshot| snapshot.path.clone()));
    found
}

/// The mode of the file or folder at `path`, if it allows more than leadby sets.
fn mode_open_to_others(path: &Path) -> Option<u32> {
    let found = fs::metadata(path).ok()?;
    let found = Some(found).filter(|found| found.is_file() || found.is_dir())?;
    let mode = found.permissions().mode() & 0o777;
    let ours = if found.is_dir() {
        FOLDER_MODE
    } else {
        FILE_MODE
    };
    (mode & !ours != 0).then_some(mode)
}

/// The snapshot with the most lines that a journal of these bytes lacks.
fn fullest_snapshot(snapshots: &[Snapshot], ours: &[u8]) -> Option<(Snapshot, usize)> {
    let lacking = snapshots.iter().filter_map(|snapshot| {
        let theirs = read_all(&RealDisk, &snapshot.path).ok()??;
        let (missing, _) = missing_lines(&theirs, ours);
        (!missing.is_empty()).then(|| (snapshot.clone(), missing.len()))
    });
    lacking.max_by_key(|(_, lines)| *lines)
}

fn lines_ahead(content: &[u8], now: Now) -> Vec<FutureLine> {
    let until = now.timestamp() + TimeDelta::days(1);
    let lines = (1..).zip(content.split(|byte| *byte == b'\n'));
    let ahead = lines.filter_map(|(line, bytes)| {
        let times = lines::read_one(bytes, line).entries;
        let at = times.into_iter().map(|entry| entry.at).max()?;
        (at > until).then_some(FutureLine { line, at })
    });
    ahead.collect()
}

/// The file or folder that a save needs to write to and cannot: the journal, its folder, or the one
/// in which that must be created.
fn unwritable(disk: &dyn Disk, journal: &Path) -> Option<(PathBuf, String)> {
    let folder = folder_of(journal);
    let there = folder.ancestors().find(|folder| folder.exists());
    let paths = [exists_at(journal), there.map(Path::to_owned)];
    paths.into_iter().flatten().find_map(|path| {
        let error = disk.may_write(&path).err()?;
        Some((path, describe_error(&error)))
    })
}

/// The files in a folder that leadby only creates to rename them at once.
fn leftovers(folder: &Path) -> Vec<PathBuf> {
    paths_with_prefixes(folder, &[REWRITE.as_bytes(), SNAPSHOT.as_bytes()])
}

/// The files in a folder whose names begin in one of these ways.
fn paths_with_prefixes(folder: &Path, ways: &[&[u8]]) -> Vec<PathBuf> {
    let begins = |name: &OsString| {
        let name = name.as_encoded_bytes();
        ways.iter().any(|way| name.starts_with(way))
    };
    let mut names = RealDisk.list_folder(folder).unwrap_or_default();
    names.retain(begins);
    names.sort();
    names.into_iter().map(|name| folder.join(name)).collect()
}
