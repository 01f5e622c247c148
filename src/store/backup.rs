//! Snapshots of the journal, one a week, in a folder beside it.
//!
//! A snapshot is the journal before the first save of its week, byte for byte. Making one never
//! stops a save. Knows nothing of what is in it.

use std::io;
use std::path::{Path, PathBuf};

use super::atomic_write::{replace, with_suffix};
use super::disk::{Disk, RealDisk, folder_of, is_no_file};
use super::io_error::io_failure;
use super::read_all;
use crate::calendar::{Now, Week};
use crate::failure::{Failure, FailureKind};
use crate::text::display_path;

/// The names of unfinished files begin with this: a crash may leave one.
pub(super) const SNAPSHOT: &str = ".leadby-snapshot-";

/// How many weekly snapshots are kept.
const KEPT: usize = 8;

#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Snapshot {
    pub path: PathBuf,
    /// For example `2026-W48`, or `2026-11-24-before-repair`.
    pub name: String,
    /// The week before whose first save it was made; `None` if it was made for another reason.
    pub week: Option<Week>,
}

/// The folder with the snapshots of a journal.
pub fn backup_folder(journal: &Path) -> PathBuf {
    with_suffix(journal, ".backups")
}

/// The snapshots of a journal, oldest first.
pub fn snapshots(journal: &Path) -> Result<Vec<Snapshot>, Failure> {
    snapshots_on(&RealDisk, journal).map_err(|error| not_read("", journal, error))
}

/// Why the snapshots cannot be read; the message begins with `so_far`.
pub(super) fn not_read(so_far: &str, journal: &Path, error: io::Error) -> Failure {
    let folder = backup_folder(journal);
    let what = format!("{so_far}the snapshots in");
    if error.kind() != io::ErrorKind::NotADirectory {
        return io_failure(&what, &folder, "read", error);
    }
    let message = format!(
        "{what} {} cannot be read: it is not a folder",
        display_path(&folder)
    );
    Failure::new(FailureKind::Journal, message)
        .hint("rename it; the next snapshot creates the folder")
        .with_source(error)
}

/// [`snapshots`] on any disk, with the system's own error.
pub(super) fn snapshots_on(disk: &dyn Disk, journal: &Path) -> io::Result<Vec<Snapshot>> {
    let folder = backup_folder(journal);
    let mut found = Vec::new();
    for file in disk.list_folder(&folder)? {
        let name = file.to_str().and_then(|name| name.strip_suffix(".jsonl"));
        let Some(name) = name.filter(|name| !name.starts_with('.')) else {
            continue;
        };
        let path = folder.join(&file);
        match disk.stat(&path) {
            Ok(Some(_)) => found.push(Snapshot {
                week: name.parse().ok(),
                name: name.to_owned(),
                path,
            }),
            Ok(None) => {}
            // A folder of that name is not a snapshot.
            Err(error) if is_no_file(&error) => {}
            Err(error) => return Err(error),
        }
    }
    found.sort_by_key(|snapshot| (snapshot.week, snapshot.name.clone()));
    Ok(found)
}

/// Whether any snapshot of a journal has content.
pub(super) fn any_has_content(disk: &dyn Disk, journal: &Path) -> bool {
    let snapshots = snapshots_on(disk, journal).unwrap_or_default();
    let length = |snapshot: &Snapshot| Some(disk.stat(&snapshot.path).ok()??.length);
    snapshots.iter().filter_map(length).any(|length| length > 0)
}

/// The snapshots of future weeks.
pub(super) fn ahead_of(snapshots: &[Snapshot], now: Now) -> Vec<Snapshot> {
    let is_ahead = |snapshot: &&Snapshot| snapshot.week.is_some_and(|week| week > now.week());
    snapshots.iter().filter(is_ahead).cloned().collect()
}

/// Makes this week's snapshot if it is missing: of `read`, the journal as it is.
///
/// If it exists, only that is checked.
pub(super) fn make_weekly(
    disk: &dyn Disk,
    journal: &Path,
    now: Now,
    read: impl FnOnce() -> io::Result<Vec<u8>>,
) -> Result<(), Failure> {
    let path = backup_folder(journal).join(format!("{}.jsonl", now.week()));
    let not_made = |error| io_failure("this week's snapshot", &path, "made", error);
    if disk.stat(&path).map_err(not_made)?.is_some() {
        return Ok(());
    }
    let bytes = read().map_err(not_made)?;
    let mut weeks = snapshots_on(disk, journal).map_err(not_made)?;
    // Snapshots that a wrong clock dated ahead do not count, and are not removed.
    weeks.retain(|snapshot| snapshot.week.is_some_and(|week| week <= now.week()));
    let same = match weeks.last() {
        Some(last) => read_all(disk, &last.path).map_err(not_made)?.as_ref() == Some(&bytes),
        None => false,
    };
    if bytes.is_empty() || same {
        return Ok(());
    }
    write(disk, &path, &bytes).map_err(not_made)?;
    // The new one counts among those that are kept.
    let old = (weeks.len() + 1).saturating_sub(KEPT);
    for snapshot in weeks.iter().take(old) {
        disk.remove(&snapshot.path)
            .map_err(|error| io_failure("an old snapshot", &snapshot.path, "removed", error))?;
    }
    Ok(())
}

/// Makes a snapshot of `bytes` for another reason, under the first free name. One that has these
/// bytes already is as good.
pub(super) fn make_named(
    disk: &dyn Disk,
    journal: &Path,
    name: &str,
    bytes: &[u8],
) -> Result<PathBuf, Failure> {
    let folder = backup_folder(journal);
    let mut number = 1;
    loop {
        let path = match number {
            1 => folder.join(format!("{name}.jsonl")),
            _ => folder.join(format!("{name}-{number}.jsonl")),
        };
        let made = match read_all(disk, &path) {
            Ok(Some(there)) if there != bytes => {
                number += 1;
                continue;
            }
            // The program that made it may not have synced its name.
            Ok(Some(_)) => disk.sync_folder(&folder),
            Ok(None) => write(disk, &path, bytes),
            Err(error) => Err(error),
        };
        let what = "nothing was changed: the snapshot";
        made.map_err(|error| io_failure(what, &path, "made", error))?;
        return Ok(path);
    }
}

/// Writes `bytes` to `path` in one step, readable by its owner only.
fn write(disk: &dyn Disk, path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = folder_of(path);
    let made = disk.create_folders(folder)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let next = folder.join(format!("{SNAPSHOT}{name}"));
    let _locked = replace(disk, path, next, bytes)?;
    disk.sync_folder(folder)?;
    made.iter()
        .try_for_each(|made| disk.sync_folder(folder_of(made)))
}

#[cfg(test)]
mod tests {
    use std::ffi::OsString;

    use super::*;

    /// A disk on which no folder can be listed.
    #[derive(Debug)]
    struct UnlistableDisk;

    impl Disk for UnlistableDisk {
        fn list_folder(&self, _: &Path) -> io::Result<Vec<OsString>> {
            Err(io::ErrorKind::PermissionDenied.into())
        }
    }

    #[test]
    fn a_folder_that_may_not_be_listed_is_named_with_the_way_out() {
        let journal = Path::new("/no such folder/journal.jsonl");
        let error = snapshots_on(&UnlistableDisk, journal).expect_err("a refusal");
        let failure = not_read("", journal, error);
        assert_eq!(
            failure.message(),
            "the snapshots in /no such folder/journal.jsonl.backups cannot be read: permission denied"
        );
        // A missing folder is not what refused.
        assert_eq!(
            failure.hints(),
            ["see who may read and write it with `ls -ld /`"]
        );
    }
}
