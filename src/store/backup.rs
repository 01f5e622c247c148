//! Snapshots of the journal, one a week, in a folder beside it.
//!
//! A snapshot is the journal as it stood before the first save of its week, byte for byte. Making
//! one never keeps a save from happening. Knows nothing of what is in it.

use std::fs::{self, Permissions};
use std::io::{self, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use super::disk::{Disk, FILE_MODE, RealDisk};
use super::draft::beside;
use super::trouble::trouble;
use crate::calendar::{Now, Week};
use crate::failure::Failure;

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
    let Ok(files) = fs::read_dir(backup_folder(journal)) else {
        return Vec::new();
    };
    let mut found: Vec<Snapshot> = files
        .filter_map(|file| {
            let path = file.ok()?.path();
            let name = path.file_name()?.to_str()?.strip_suffix(".jsonl")?;
            let hidden = name.starts_with('.');
            (!hidden && path.is_file()).then(|| Snapshot {
                week: name.parse().ok(),
                name: name.to_owned(),
                path: path.clone(),
            })
        })
        .collect();
    found.sort_by_key(|snapshot| (snapshot.week, snapshot.name.clone()));
    found
}

/// Makes this week's snapshot when it is missing: of `read`, the journal as it stands.
///
/// The only thing done when it is there is to look whether it is.
pub(super) fn weekly(
    journal: &Path,
    now: Now,
    read: impl FnOnce() -> io::Result<Vec<u8>>,
) -> Result<(), Failure> {
    let path = backup_folder(journal).join(format!("{}.jsonl", now.week()));
    let not_made = |error| trouble("this week's snapshot", &path, "made", error);
    if path.exists() {
        return Ok(());
    }
    let bytes = read().map_err(not_made)?;
    let all = snapshots(journal);
    let last = all.iter().rfind(|snapshot| snapshot.week.is_some());
    let same = last.is_some_and(|last| fs::read(&last.path).is_ok_and(|there| there == bytes));
    if bytes.is_empty() || same {
        return Ok(());
    }
    write(&path, &bytes).map_err(not_made)?;
    let weeks = snapshots(journal);
    let weeks: Vec<Snapshot> = weeks.into_iter().filter(|it| it.week.is_some()).collect();
    let old = weeks.len().saturating_sub(KEPT);
    for snapshot in weeks.iter().take(old).filter(|old| old.path != path) {
        fs::remove_file(&snapshot.path)
            .map_err(|error| trouble("an old snapshot", &snapshot.path, "removed", error))?;
    }
    Ok(())
}

/// Makes a snapshot of `bytes` for another reason, under the first name that is free.
pub(super) fn special(journal: &Path, name: &str, bytes: &[u8]) -> Result<PathBuf, Failure> {
    let folder = backup_folder(journal);
    let numbered = (2..).map(|number| format!("{name}-{number}"));
    let mut names = std::iter::once(name.to_owned()).chain(numbered);
    let free = names.find(|name| !folder.join(format!("{name}.jsonl")).exists());
    let path = folder.join(format!("{}.jsonl", free.unwrap_or_default()));
    write(&path, bytes)
        .map_err(|error| trouble("nothing was changed: the snapshot", &path, "made", error))?;
    Ok(path)
}

/// Puts `bytes` at `path` in one step, readable by its owner alone.
fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = super::disk::folder_of(path);
    let made = RealDisk.make_folders(folder)?;
    let mut file = tempfile::Builder::new()
        .prefix(".leadby-snapshot-")
        .tempfile_in(folder)?;
    file.as_file()
        .set_permissions(Permissions::from_mode(FILE_MODE))?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| error.error)?;
    RealDisk.sync_folder(folder)?;
    made.iter()
        .try_for_each(|made| RealDisk.sync_folder(super::disk::folder_of(made)))
}
