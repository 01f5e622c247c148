//! What `leadby doctor` wants to know of a journal, gathered without changing anything.
//!
//! States facts; what is good or bad about them, and how to put it right, is said elsewhere.

use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use super::backup::{SNAPSHOT, Snapshot, backup_folder, snapshots};
use super::disk::{Disk, FILE_MODE, FOLDER_MODE, RealDisk, folder_of};
use super::drafts::{DraftState, draft_states};
use super::lines;
use super::merge::{conflict_copies, merged_copies};
use super::rewrite::REWRITE;
use super::trouble::trouble;
use super::{Finding, Store};
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
    /// Journals beside it that a synchronising program made out of a conflict.
    pub conflict_copies: Vec<PathBuf>,
    /// Those among them that hold nothing the journal does not.
    pub merged_copies: Vec<PathBuf>,
    /// The snapshots of it.
    pub snapshots: Vec<Snapshot>,
    /// Why these could not be read.
    pub unreadable_snapshots: Option<String>,
}

/// Looks the journal at `path` over.
///
/// # Errors
/// When it is there and cannot be read.
pub fn checkup(path: &Path) -> Result<Checkup, Failure> {
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
    let (conflict_copies, merged_copies) = (conflict_copies(path), merged_copies(path));
    let (folder, backups) = (folder_of(path), backup_folder(path));
    let mut files = named_like(path);
    files.extend(snapshots.iter().map(|snapshot| snapshot.path.clone()));
    files.extend(conflict_copies.iter().chain(&merged_copies).cloned());
    files.sort();
    files.dedup();
    let folders = [folder.to_owned(), backups.clone()];
    let looked_at = folders.into_iter().map(|folder| (folder, FOLDER_MODE));
    let looked_at = looked_at.chain(files.into_iter().map(|file| (file, FILE_MODE)));
    let mut leftovers = leftovers(folder);
    leftovers.extend(self::leftovers(&backups));
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
            .filter_map(|(path, mode)| wider(&path, mode).map(|found| (path, found)))
            .collect(),
        leftovers,
        conflict_copies,
        merged_copies,
        drafts,
        snapshots,
        unreadable_snapshots,
    })
}

/// The journal, and the files beside it whose names begin with its own: drafts, the place, what was
/// set aside.
fn named_like(journal: &Path) -> Vec<PathBuf> {
    let name = journal.file_name().unwrap_or_default().as_encoded_bytes();
    let files = begin_with(folder_of(journal), &[name]);
    files.into_iter().filter(|file| file.is_file()).collect()
}

/// The mode of what is at `path`, when it lets anybody do more than `mode` does.
fn wider(path: &Path, mode: u32) -> Option<u32> {
    let found = fs::metadata(path).ok()?.permissions().mode() & 0o777;
    (found & !mode != 0).then_some(found)
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
