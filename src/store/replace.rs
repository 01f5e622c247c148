//! Replaces a file as a whole: the next one is written beside it and takes its name.
//!
//! A crash leaves the old one or the new one under the name, and at most one unfinished file beside
//! it, `….new` or `.leadby-…`, which the next write reuses, so they never pile up. Knows nothing of
//! what is in the files.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::disk::{Disk, folder_of};

/// How often another program that is writing the file is waited for, and how long each time.
const PATIENCE: u32 = 20;
/// How often the lock is tried before it counts as taken: others read a file for a moment, and a
/// signal may interrupt the call.
const TRIES: u32 = 5;
const MOMENT: Duration = Duration::from_millis(5);

/// The path of the journal with this ending.
pub(super) fn with_suffix(journal: &Path, ending: &str) -> PathBuf {
    let mut name = journal.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// The file that will replace the one at `path`.
pub(super) fn replacement_path(path: &Path) -> PathBuf {
    with_suffix(path, ".new")
}

/// Replaces the file at `path` with `text` in one step, readable by its owner only.
///
/// Returns the locked file: while it is open, other programs see that it is in use.
pub(super) fn replace(disk: &dyn Disk, path: &Path, text: &str) -> io::Result<File> {
    disk.create_folders(folder_of(path))?;
    let file = open_replacement(disk, &replacement_path(path))?;
    fill(disk, &file, path, text)?;
    Ok(file)
}

/// Fills the locked next file of `path` and renames it.
pub(super) fn fill(disk: &dyn Disk, file: &File, path: &Path, text: &str) -> io::Result<()> {
    write_and_rename(
        disk,
        (file, &replacement_path(path)),
        path,
        text.as_bytes(),
        || Ok(()),
    )
}

/// Replaces the file at `path` with `bytes` in one step, by renaming the locked file `next` once
/// the bytes read back the same and `agree`, called last, succeeds. The folder is not synced yet.
pub(super) fn write_and_rename(
    disk: &dyn Disk,
    (file, next): (&File, &Path),
    path: &Path,
    bytes: &[u8],
    agree: impl FnOnce() -> io::Result<()>,
) -> io::Result<()> {
    let write = || {
        disk.truncate(file, 0)?;
        disk.append(file, bytes)?;
        // Without this a power cut could leave the new name on an empty file.
        disk.sync_data(file)?;
        if disk.read_from(file, 0)? != bytes {
            return Err(io::Error::other("what was written reads back differently"));
        }
        agree()?;
        disk.rename(next, path)
    };
    let written = write();
    if written.is_err() {
        // On a full disk it takes room that is needed, and nothing in it was promised.
        let _ = disk.remove(next);
    }
    written
}

/// Opens and locks a file that will replace another; waits while another program has it locked.
pub(super) fn open_replacement(disk: &dyn Disk, next: &Path) -> io::Result<File> {
    for number in 0..PATIENCE {
        if number > 0 {
            disk.wait(MOMENT);
        }
        if let Some(file) = open_locked(disk, next)? {
            return Ok(file);
        }
    }
    Err(io::Error::other("another program is writing it right now"))
}

/// Opens and locks the file at `path`, creating it if needed; `None` if another program has it
/// locked.
pub(super) fn open_locked(disk: &dyn Disk, path: &Path) -> io::Result<Option<File>> {
    for _ in 0..PATIENCE {
        let file = disk.open_to_overwrite(path)?;
        if !acquire_lock(disk, &file) {
            return Ok(None);
        }
        if is_at_path(disk, &file, path)? {
            return Ok(Some(file));
        }
        // Another program has renamed or removed it meanwhile.
    }
    Ok(None)
}

/// Tries to lock a file. Without locks on the file system, it always succeeds.
pub(super) fn acquire_lock(disk: &dyn Disk, file: &File) -> bool {
    (0..TRIES).any(|number| {
        if number > 0 {
            disk.wait(MOMENT);
        }
        disk.try_lock(file).unwrap_or(true)
    })
}

/// Whether `path` still leads to this file.
pub(super) fn is_at_path(disk: &dyn Disk, file: &File, path: &Path) -> io::Result<bool> {
    let there = disk.stat(path)?;
    let ours = disk.stat_open(file)?;
    Ok(there.is_some_and(|there| there.identity == ours.identity))
}
