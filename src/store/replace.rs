//! A file replaced as a whole: the next one is written beside it and takes its name.
//!
//! A crash leaves the old one or the new one under the name, and at most one unfinished file beside
//! it, `….new` or `.leadby-…`, which the next writing takes over: none of them pile up. Knows nothing of what is in
//! the files.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::disk::{Disk, folder_of};

/// How often somebody who writes the file at this moment is waited for, and how long each time.
const PATIENCE: u32 = 20;
/// How often the lock is tried before somebody is believed to have it: others look at a file for a
/// moment, and a signal may break the asking off.
const TRIES: u32 = 5;
const MOMENT: Duration = Duration::from_millis(5);

/// The file with this ending beside the journal.
pub(super) fn beside(journal: &Path, ending: &str) -> PathBuf {
    let mut name = journal.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// The file that is to take the place of the one at `path`.
pub(super) fn next_of(path: &Path) -> PathBuf {
    beside(path, ".new")
}

/// Puts `text` at `path` in one step, readable by its owner alone.
///
/// Answers the file, with the lock on it: as long as it is kept open, others can see that somebody
/// has it.
pub(super) fn replace(disk: &dyn Disk, path: &Path, text: &str) -> io::Result<File> {
    disk.make_folders(folder_of(path))?;
    let file = open_next(disk, &next_of(path))?;
    fill(disk, &file, path, text)?;
    Ok(file)
}

/// Fills the locked next file of `path` and gives it that name.
pub(super) fn fill(disk: &dyn Disk, file: &File, path: &Path, text: &str) -> io::Result<()> {
    put(disk, (file, &next_of(path)), path, text.as_bytes(), || {
        Ok(())
    })
}

/// Puts `bytes` at `path` in one step by way of the locked file `next`, once they read the same as
/// they were to be written and `agree` does, which is asked last. The folder is not confirmed yet.
pub(super) fn put(
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
            return Err(io::Error::other("what was written does not read the same"));
        }
        agree()?;
        disk.rename(next, path)
    };
    let written = write();
    if written.is_err() {
        // On a full disk it takes room that is needed, and it says nothing that was promised.
        let _ = disk.remove(next);
    }
    written
}

/// Opens a file that is to take another's place, with the lock on it; waits for whoever has it.
pub(super) fn open_next(disk: &dyn Disk, next: &Path) -> io::Result<File> {
    for number in 0..PATIENCE {
        if number > 0 {
            disk.wait(MOMENT);
        }
        if let Some(file) = open_locked(disk, next)? {
            return Ok(file);
        }
    }
    Err(io::Error::other(
        "another program is writing it at this moment",
    ))
}

/// Opens the file at `path`, made when nothing is there, with the lock on it; none when somebody
/// else has it.
pub(super) fn open_locked(disk: &dyn Disk, path: &Path) -> io::Result<Option<File>> {
    for _ in 0..PATIENCE {
        let file = disk.open_to_fill(path)?;
        if !locks(disk, &file) {
            return Ok(None);
        }
        if stands_at(disk, &file, path)? {
            return Ok(Some(file));
        }
        // Whoever had it has given it its name meanwhile, or has removed it.
    }
    Ok(None)
}

/// Whether the lock is ours now. Where there are no locks, everything is.
pub(super) fn locks(disk: &dyn Disk, file: &File) -> bool {
    (0..TRIES).any(|number| {
        if number > 0 {
            disk.wait(MOMENT);
        }
        disk.try_lock(file).unwrap_or(true)
    })
}

/// Whether `path` still leads to this very file.
pub(super) fn stands_at(disk: &dyn Disk, file: &File, path: &Path) -> io::Result<bool> {
    let there = disk.look_at(path)?;
    let ours = disk.look(file)?;
    Ok(there.is_some_and(|there| there.identity == ours.identity))
}
