//! Where a draft goes if the disk of its journal is full or read-only: a private folder in the
//! temporary folder.
//!
//! A folder that belongs to someone else, or that others can open, is neither read nor written.
//! Knows nothing of what is in a draft.

use std::fs::{self, Permissions};
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

use super::disk::{Disk, FOLDER_MODE};
use super::io_error::plain;
use super::replace::with_suffix;

/// The names of these folders begin with this; the rest is random.
const PREFIX: &str = "leadby-drafts-";

/// The path in each of our folders in `temporary` that stands for `journal`: drafts are beside it,
/// as others are beside the journal itself.
pub(super) fn fallback_paths(disk: &dyn Disk, temporary: &Path, journal: &Path) -> Vec<PathBuf> {
    let mut names = disk.list_folder(temporary).unwrap_or_default();
    names.retain(|name| name.as_bytes().starts_with(PREFIX.as_bytes()));
    names.sort();
    names
        .into_iter()
        .map(|name| temporary.join(name))
        .filter(|folder| is_private(folder))
        .map(|folder| path_in(&folder, journal))
        .collect()
}

/// The first of these paths; creates a folder for it if there is none.
///
/// # Errors
/// As the system says.
pub(super) fn claim(disk: &dyn Disk, temporary: &Path, journal: &Path) -> io::Result<PathBuf> {
    if let Some(place) = fallback_paths(disk, temporary, journal).into_iter().next() {
        return Ok(place);
    }
    let made = tempfile::Builder::new()
        .prefix(PREFIX)
        .permissions(Permissions::from_mode(FOLDER_MODE))
        .tempdir_in(temporary);
    let folder = made.map_err(|error| plain(&error))?.keep();
    Ok(path_in(&folder, journal))
}

/// Removes the folder of a removed draft, unless it has others in it.
pub(super) fn remove_folder_of(draft: &Path) {
    let _ = draft.parent().map(fs::remove_dir);
}

/// Journals of the same name differ in the checksums of their paths.
fn path_in(folder: &Path, journal: &Path) -> PathBuf {
    let real = real_path(journal);
    let sum = crc32fast::hash(real.as_os_str().as_bytes());
    let name = real.file_name().unwrap_or_default();
    with_suffix(&folder.join(name), &format!("-{sum:08x}"))
}

/// The path without links as far as it exists, so that a journal has one path however it is opened,
/// and before its folder is created.
fn real_path(journal: &Path) -> PathBuf {
    let path = std::path::absolute(journal).unwrap_or_else(|_| journal.to_owned());
    for there in path.ancestors() {
        if let (Ok(real), Ok(rest)) = (fs::canonicalize(there), path.strip_prefix(there)) {
            // Joining an empty path would add a slash at the end.
            return real.components().chain(rest.components()).collect();
        }
    }
    path
}

fn is_private(folder: &Path) -> bool {
    fs::symlink_metadata(folder).is_ok_and(|metadata| {
        let ours = metadata.uid() == rustix::process::geteuid().as_raw();
        metadata.is_dir() && ours && metadata.mode() & 0o777 & !FOLDER_MODE == 0
    })
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::super::disk::RealDisk;
    use super::*;

    #[test]
    fn a_folder_of_that_name_that_others_can_reach_is_left_alone() {
        let temporary = tempfile::tempdir().expect("a folder");
        let journal = Path::new("/nowhere/journal.jsonl");
        let open = temporary.path().join("leadby-drafts-open");
        fs::create_dir(&open).expect("a folder");
        fs::set_permissions(&open, Permissions::from_mode(0o755)).expect("a mode");
        let elsewhere = tempfile::tempdir().expect("a folder");
        symlink(
            elsewhere.path(),
            temporary.path().join("leadby-drafts-link"),
        )
        .expect("a link");
        let found = || fallback_paths(&RealDisk, temporary.path(), journal);
        assert!(found().is_empty());
        let made = claim(&RealDisk, temporary.path(), journal).expect("a place");
        assert_eq!(found(), std::slice::from_ref(&made));
        let mode = fs::metadata(made.parent().expect("a folder")).expect("it is there");
        assert_eq!(mode.mode() & 0o777, 0o700);
        assert_eq!(
            claim(&RealDisk, temporary.path(), journal).expect("it"),
            made
        );
    }

    #[test]
    fn a_journal_has_one_place_by_whatever_way_it_is_opened() {
        let home = tempfile::tempdir().expect("a folder");
        let folder = Path::new("/");
        let real = home.path().join("deep/journal.jsonl");
        let before = path_in(folder, &real);
        fs::create_dir(home.path().join("deep")).expect("a folder");
        symlink("deep", home.path().join("link")).expect("a link");
        assert_eq!(path_in(folder, &real), before);
        let linked = home.path().join("link/journal.jsonl");
        assert_eq!(path_in(folder, &linked), before);
        fs::File::create(&real).expect("a file");
        assert_eq!(path_in(folder, &linked), before);
        assert_ne!(path_in(folder, &home.path().join("journal.jsonl")), before);
    }
}
