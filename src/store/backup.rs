//! Snapshots of the journal, one a week, in a folder beside it.
//!
//! A snapshot is the journal as it stood before the first save of its week, byte for byte. Making
//! one never keeps a save from happening. Knows nothing of what is in it.

use std::io;
use std::path::{Path, PathBuf};

use super::disk::{Disk, RealDisk, folder_of, is_no_file};
use super::draft::beside;
use super::read_all;
use super::replace::{open_next, put};
use super::trouble::trouble;
use crate::calendar::{Now, Week};
use crate::failure::Failure;

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
#[must_use]
pub fn snapshots(journal: &Path) -> Vec<Snapshot> {
    snapshots_on(&RealDisk, journal).unwrap_or_default()
}

/// [`snapshots`], on any disk, and with its trouble.
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
    weeks.retain(|snapshot| snapshot.week.is_some());
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
