//! What `leadby doctor` wants to know of a journal, gathered without changing anything.
//!
//! States facts; what is good or bad about them, and how to put it right, is said elsewhere.

use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use chrono::TimeDelta;

use super::backup::{SNAPSHOT, Snapshot, ahead_of, backup_folder, snapshots};
use super::copies::{Copy, copies};
use super::disk::{Disk, FILE_MODE, FOLDER_MODE, RealDisk, folder_of};
use super::drafts::{DraftState, draft_states};
use super::lines;
use super::merge::missing_lines;
use super::rewrite::REWRITE;
use super::trouble::{reason, trouble};
use super::{Finding, Store, read_all};
use crate::calendar::{Now, Stamp};
use crate::failure::Failure;

/// The state a journal is in.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Checkup {
    /// Where it lies.
    pub path: PathBuf,
    /// Whether a file is there at all; a journal begins with the first save.
    pub exists: bool,
    /// Where its symbolic link leads, when it is one.
    pub link: Option<PathBuf>,
    /// Its length in bytes.
    pub bytes: u64,
    /// Its lines, blank ones too.
    pub lines: usize,
    /// The versions that could be read.
    pub versions: usize,
    /// What is the matter with the other lines.
    pub findings: Vec<Finding>,
    /// Whether the last line has no end: a save was cut off, or is going on right now.
    pub unfinished: bool,
    /// Whether it is something else than a journal.
    pub foreign: bool,
    /// The files and folders others can get at, each with its mode.
    pub open_to_others: Vec<(PathBuf, u32)>,
    /// The drafts beside it; none when everything that was typed is saved.
    pub drafts: Vec<DraftState>,
    /// Unfinished files that a crash left beside it, in the middle of writing a snapshot or of
    /// writing the journal anew.
    pub leftovers: Vec<PathBuf>,
    /// Other files beside it that hold its lines, or may.
    pub copies: Vec<Copy>,
    /// The snapshots of it.
    pub snapshots: Vec<Snapshot>,
    /// Why these could not be read.
    pub unreadable_snapshots: Option<String>,
    /// The snapshot with the most lines that the journal lacks, and how many those are: a journal
    /// only grows, so something took them.
    pub fuller_snapshot: Option<(Snapshot, usize)>,
    /// What is dated more than a day ahead, by a clock that is wrong or was.
    pub ahead: Ahead,
    /// The file or folder that cannot be written to, and why.
    pub unwritable: Option<(PathBuf, String)>,
    /// What else of leadby's there is beside the journal: files that hold its words, or parts of it.
    pub neighbours: Vec<PathBuf>,
}

/// What is dated ahead of the present moment.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Ahead {
    /// Lines of the journal.
    pub lines: Vec<LineAhead>,
    /// Snapshots, which are none of the eight that are kept.
    pub snapshots: Vec<Snapshot>,
}

/// A line that is dated ahead.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct LineAhead {
    /// Its number, from 1.
    pub line: usize,
    /// The time on it.
    pub at: Stamp,
}

/// Looks the journal at `path` over.
///
/// # Errors
/// When it is there and cannot be read.
pub fn checkup(path: &Path, now: Now) -> Result<Checkup, Failure> {
    checkup_on(&RealDisk, path, now)
}

/// [`checkup`], on another disk than the machine's, as far as it is about what can be written.
///
/// # Errors
/// When the journal is there and cannot be read.
pub fn checkup_on(disk: &dyn Disk, path: &Path, now: Now) -> Result<Checkup, Failure> {
    let not_read = |error| trouble("the journal", path, "read", error);
    let (store, loaded) = Store::open(path)?;
    let bytes = match RealDisk.open_to_read(path).map_err(not_read)? {
        Some(file) => Some(RealDisk.read_from(&file, 0).map_err(not_read)?),
        None => None,
    };
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
    // A repository in the same folder holds the journal, too, where it is in one.
    looked_at.extend(Some(folder.join(".git")).filter(|git| git.is_dir()));
    looked_at.extend(exists_at(path));
    looked_at.sort();
    looked_at.dedup();
    let fuller_snapshot = fuller(&snapshots, content);
    let ahead = Ahead {
        lines: lines_ahead(content, now),
        snapshots: ahead_of(&snapshots, now),
    };
    Ok(Checkup {
        path: path.to_owned(),
        exists: bytes.is_some(),
        link: fs::read_link(path).ok(),
        bytes: content.len() as u64,
        lines: lines::count(content),
        versions: loaded.entries.len(),
        findings: loaded.findings,
        unfinished,
        foreign: store.is_foreign(),
        open_to_others: looked_at
            .into_iter()
            .filter_map(|path| wider(&path).map(|found| (path, found)))
            .collect(),
        unwritable: unwritable(disk, path),
        leftovers,
        copies,
        drafts,
        snapshots,
        unreadable_snapshots,
        fuller_snapshot,
        ahead,
        neighbours,
    })
}

fn exists_at(path: &Path) -> Option<PathBuf> {
    path.exists().then(|| path.to_owned())
}

/// What lies beside the journal with a name that begins with its own: drafts, the place, what was
/// set aside, the folder of the snapshots, and those.
fn neighbours(journal: &Path, snapshots: &[Snapshot]) -> Vec<PathBuf> {
    let name = journal.file_name().unwrap_or_default().as_encoded_bytes();
    let mut found = begin_with(folder_of(journal), &[name]);
    found.retain(|path| path != journal);
    found.extend(snapshots.iter().map(|snapshot| snapshot.path.clone()));
    found
}

/// The mode of what is at `path`, when it lets anybody do more than leadby has it.
fn wider(path: &Path) -> Option<u32> {
    let found = fs::metadata(path).ok()?;
    let mode = found.permissions().mode() & 0o777;
    let ours = if found.is_dir() {
        FOLDER_MODE
    } else {
        FILE_MODE
    };
    (mode & !ours != 0).then_some(mode)
}

/// The snapshot with the most lines that a journal of these bytes lacks.
fn fuller(snapshots: &[Snapshot], ours: &[u8]) -> Option<(Snapshot, usize)> {
    let lacking = snapshots.iter().filter_map(|snapshot| {
        let theirs = read_all(&RealDisk, &snapshot.path).ok()??;
        let (missing, _) = missing_lines(&theirs, ours);
        (!missing.is_empty()).then(|| (snapshot.clone(), missing.len()))
    });
    lacking.max_by_key(|(_, lines)| *lines)
}

fn lines_ahead(content: &[u8], now: Now) -> Vec<LineAhead> {
    let until = now.stamp() + TimeDelta::days(1);
    let lines = (1..).zip(content.split(|byte| *byte == b'\n'));
    let ahead = lines.filter_map(|(line, bytes)| {
        let times = lines::read_one(bytes, line).entries;
        let at = times.into_iter().map(|entry| entry.at).max()?;
        (at > until).then_some(LineAhead { line, at })
    });
    ahead.collect()
}

/// The file or folder that a save would have to write to and cannot: the journal, its folder, or
/// where that would have to be made.
fn unwritable(disk: &dyn Disk, journal: &Path) -> Option<(PathBuf, String)> {
    let folder = folder_of(journal);
    let there = folder.ancestors().find(|folder| folder.exists());
    let paths = [exists_at(journal), there.map(Path::to_owned)];
    paths.into_iter().flatten().find_map(|path| {
        let error = disk.may_write(&path).err()?;
        Some((path, reason(&error)))
    })
}

/// The files in a folder that leadby makes only to give them another name at once.
fn leftovers(folder: &Path) -> Vec<PathBuf> {
    begin_with(folder, &[REWRITE.as_bytes(), SNAPSHOT.as_bytes()])
}

/// What lies in a folder whose name begins in one of these ways.
fn begin_with(folder: &Path, ways: &[&[u8]]) -> Vec<PathBuf> {
    let begins = |name: &OsString| {
        let name = name.as_encoded_bytes();
        ways.iter().any(|way| name.starts_with(way))
    };
    let mut names = RealDisk.names(folder).unwrap_or_default();
    names.retain(begins);
    names.sort();
    names.into_iter().map(|name| folder.join(name)).collect()
}
