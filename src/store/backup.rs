//! Snapshots of the journal, one a week, in a folder beside it.
//!
//! A snapshot is the journal as it stood before the first save of its week, byte for byte. Making
//! one never keeps a save from happening. Knows nothing of what is in it.

use std::io;
use std::path::{Path, PathBuf};

use super::disk::{Disk, RealDisk, folder_of};
use super::look::is_no_file;
use super::read_all;
use super::replace::{beside, open_next, put};
use super::trouble::{shown, trouble};
use crate::calendar::{Now, Week};
use crate::failure::{Failure, Kind};

/// What the names of unfinished files begin with: a crash may leave one.
pub(super) const SNAPSHOT: &str = ".leadby-snapshot-";

/// How many weeks are kept.
const KEPT: usize = 8;

/// One snapshot.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Snapshot {
    /// The file.
    pub path: PathBuf,
    /// What it is called: `2026-W48`, or `2026-11-24-before-repair`.
    pub name: String,
    /// The week before whose first save it was made; none for one made for another reason.
    pub week: Option<Week>,
}

/// The folder that holds the snapshots of a journal.
#[must_use]
pub fn backup_folder(journal: &Path) -> PathBuf {
    beside(journal, ".backups")
}

/// The snapshots of a journal, the oldest first.
///
/// # Errors
/// When their folder is there and cannot be read.
pub fn snapshots(journal: &Path) -> Result<Vec<Snapshot>, Failure> {
    snapshots_on(&RealDisk, journal).map_err(|error| not_read("", journal, error))
}

/// What keeps the snapshots from being read; `so_far` is said before it.
pub(super) fn not_read(so_far: &str, journal: &Path, error: io::Error) -> Failure {
    let folder = backup_folder(journal);
    let what = format!("{so_far}the snapshots in");
    if error.kind() != io::ErrorKind::NotADirectory {
        return trouble(&what, &folder, "read", error);
    }
    let message = format!("{what} {} cannot be read: it is no folder", shown(&folder));
    Failure::new(Kind::Journal, message)
        .hint("give what is there another name; the next snapshot makes the folder")
        .because(error)
}

/// [`snapshots`], on any disk, and with the system's own error.
pub(super) fn snapshots_on(disk: &dyn Disk, journal: &Path) -> io::Result<Vec<Snapshot>> {
    let folder = backup_folder(journal);
    let mut found = Vec::new();
    for file in disk.names(&folder)? {
        let name = file.to_str().and_then(|name| name.strip_suffix(".jsonl"));
        let Some(name) = name.filter(|name| !name.starts_with('.')) else {
            continue;
        };
        let path = folder.join(&file);
        match disk.look_at(&path) {
            Ok(Some(_)) => found.push(Snapshot {
                week: name.parse().ok(),
                name: name.to_owned(),
                path,
            }),
            Ok(None) => {}
            // A folder of that name is nobody's snapshot.
            Err(error) if is_no_file(&error) => {}
            Err(error) => return Err(error),
        }
    }
    found.sort_by_key(|snapshot| (snapshot.week, snapshot.name.clone()));
    Ok(found)
}

/// Whether some snapshot of a journal has anything in it.
pub(super) fn hold_anything(disk: &dyn Disk, journal: &Path) -> bool {
    let snapshots = snapshots_on(disk, journal).unwrap_or_default();
    let length = |snapshot: &Snapshot| Some(disk.look_at(&snapshot.path).ok()??.length);
    snapshots.iter().filter_map(length).any(|length| length > 0)
}

/// The snapshots of weeks that have not begun.
pub(super) fn ahead_of(snapshots: &[Snapshot], now: Now) -> Vec<Snapshot> {
    let is_ahead = |snapshot: &&Snapshot| snapshot.week.is_some_and(|week| week > now.week());
    snapshots.iter().filter(is_ahead).cloned().collect()
}

/// Makes this week's snapshot when it is missing: of `read`, the journal as it stands.
///
/// The only thing done when it is there is to look whether it is.
pub(super) fn weekly(
    disk: &dyn Disk,
    journal: &Path,
    now: Now,
    read: impl FnOnce() -> io::Result<Vec<u8>>,
) -> Result<(), Failure> {
    let path = backup_folder(journal).join(format!("{}.jsonl", now.week()));
    let not_made = |error| trouble("this week's snapshot", &path, "made", error);
    if disk.look_at(&path).map_err(not_made)?.is_some() {
        return Ok(());
    }
    let bytes = read().map_err(not_made)?;
    let mut weeks = snapshots_on(disk, journal).map_err(not_made)?;
    // Those that a wrong clock dated ahead take no one's place, and no one takes theirs.
    weeks.retain(|snapshot| snapshot.week.is_some_and(|week| week <= now.week()));
    let same = match weeks.last() {
        Some(last) => read_all(disk, &last.path).map_err(not_made)?.as_ref() == Some(&bytes),
        None => false,
    };
    if bytes.is_empty() || same {
        return Ok(());
    }
    write(disk, &path, &bytes).map_err(not_made)?;
    // With the new one there are as many as are kept.
    let old = (weeks.len() + 1).saturating_sub(KEPT);
    for snapshot in weeks.iter().take(old) {
        disk.remove(&snapshot.path)
            .map_err(|error| trouble("an old snapshot", &snapshot.path, "removed", error))?;
    }
    Ok(())
}

/// Makes a snapshot of `bytes` for another reason, under the first name that is free. One that
/// holds these bytes already is as good.
pub(super) fn special(
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
            // Whoever made it may not have come as far as confirming its name.
            Ok(Some(_)) => disk.sync_folder(&folder),
            Ok(None) => write(disk, &path, bytes),
            Err(error) => Err(error),
        };
        let what = "nothing was changed: the snapshot";
        made.map_err(|error| trouble(what, &path, "made", error))?;
        return Ok(path);
    }
}

/// Puts `bytes` at `path` in one step, readable by its owner alone.
fn write(disk: &dyn Disk, path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = folder_of(path);
    let made = disk.make_folders(folder)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let next = folder.join(format!("{SNAPSHOT}{name}"));
    let file = open_next(disk, &next)?;
    put(disk, (&file, &next), path, bytes, || Ok(()))?;
    disk.sync_folder(folder)?;
    made.iter()
        .try_for_each(|made| disk.sync_folder(folder_of(made)))
}

#[cfg(test)]
mod tests {
    use std::ffi::OsString;

    use super::*;

    /// A disk on which nobody may list a folder.
    #[derive(Debug)]
    struct Shut;

    impl Disk for Shut {
        fn names(&self, _: &Path) -> io::Result<Vec<OsString>> {
            Err(io::ErrorKind::PermissionDenied.into())
        }
    }

    #[test]
    fn a_folder_that_may_not_be_listed_is_named_with_the_way_out() {
        let journal = Path::new("/no such folder/journal.jsonl");
        let error = snapshots_on(&Shut, journal).expect_err("a refusal");
        let failure = not_read("", journal, error);
        assert_eq!(
            failure.message(),
            "the snapshots in /no such folder/journal.jsonl.backups cannot be read: permission denied"
        );
        // What is not there did not refuse.
        assert_eq!(
            failure.hints(),
            ["see who may read and write it with `ls -ld /`"]
        );
    }
}
