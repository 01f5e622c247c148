//! The folder beside the journal where git keeps what it fetched and will push.
//!
//! It has only copies: without it, the next sync fetches them again. Knows nothing of git except
//! where a bare repository keeps its objects, and what a killed git leaves behind.

use std::fs::{self, File, Permissions};
use std::io::{self, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::atomic_write::with_suffix;
use super::disk::{Disk, FOLDER_MODE, RealDisk, names_in};
use super::io_error::describe_error;
use crate::failure::{Failure, FailureKind};
use crate::text::display_path;

/// How long another sync is waited for: forty times this, two seconds.
const MOMENT: Duration = Duration::from_millis(50);
const PATIENCE: u32 = 40;

/// The parts of a bare repository that can be fetched again; its settings stay.
const COPIES: [&str; 6] = [
    "objects",
    "refs",
    "packed-refs",
    "HEAD",
    "FETCH_HEAD",
    "shallow",
];

/// The folder, locked by one sync at a time.
#[derive(Debug)]
pub struct SyncFolder {
    path: PathBuf,
    /// Open as long as the lock is needed; the system releases it when the program ends.
    _lock: File,
}

impl SyncFolder {
    /// The path of the folder of a journal.
    pub fn of(journal: &Path) -> PathBuf {
        with_suffix(journal, ".sync")
    }

    /// Locks the folder of a journal; `None` if it was never created. It is an error if another
    /// sync is running.
    pub fn lock_existing(journal: &Path) -> Result<Option<Self>, Failure> {
        let path = Self::of(journal);
        match fs::symlink_metadata(&path) {
            Ok(metadata) if metadata.is_dir() => Self::lock(path).map(Some),
            Ok(_) => {
                let message = format!(
                    "nothing was synced: {} is not a folder",
                    display_path(&path)
                );
                let failure = Failure::new(FailureKind::Sync, message);
                Err(failure.hint("rename it, then run `leadby sync init URL`"))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(folder_failure(&path, "read", error)),
        }
    }

    /// Creates the folder if it is missing, for its owner only, and locks it.
    pub fn create(journal: &Path) -> Result<Self, Failure> {
        let path = Self::of(journal);
        let made = RealDisk.create_folders(&path);
        made.map_err(|error| folder_failure(&path, "created", error))?;
        let held = Self::lock_existing(journal)?;
        let gone = || Failure::new(FailureKind::Busy, "the folder was just removed");
        let held = held.ok_or_else(gone)?;
        keep_out(&path).map_err(|error| folder_failure(&path, "written", error))?;
        Ok(held)
    }

    fn lock(path: PathBuf) -> Result<Self, Failure> {
        let opened = fs::set_permissions(&path, Permissions::from_mode(FOLDER_MODE))
            .and_then(|()| File::open(&path));
        let folder = opened.map_err(|error| folder_failure(&path, "opened", error))?;
        for _ in 0..PATIENCE {
            // A file system without locks lets everyone in.
            if RealDisk.try_lock(&folder).unwrap_or(true) {
                sweep(&path);
                return Ok(Self {
                    path,
                    _lock: folder,
                });
            }
            RealDisk.wait(MOMENT);
        }
        let message = "nothing was synced: another `leadby sync` is running";
        Err(Failure::new(FailureKind::Busy, message).hint("wait for it, then run `leadby sync`"))
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Removes every copy; the settings stay.
    pub fn empty(&self) -> Result<(), Failure> {
        for name in COPIES {
            let path = self.path.join(name);
            let removed = match fs::symlink_metadata(&path) {
                Ok(metadata) if metadata.is_dir() => fs::remove_dir_all(&path),
                Ok(_) => fs::remove_file(&path),
                Err(error) => Err(error),
            };
            match removed {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    return Err(folder_failure(&path, "removed", error));
                }
                _ => {}
            }
        }
        Ok(())
    }
}

/// The journal is not concerned, so another place for it would not help.
fn folder_failure(path: &Path, verb: &str, error: io::Error) -> Failure {
    let (path, why) = (display_path(path), describe_error(&error));
    let message = format!("nothing was synced: {path} cannot be {verb}: {why}");
    let failure = Failure::new(FailureKind::Sync, message).with_source(error);
    failure.hint("your journal is intact; `leadby sync` needs this folder beside it")
}

/// Keeps the folder out of a git repository that the journal may be in.
fn keep_out(folder: &Path) -> io::Result<()> {
    File::create(folder.join(".gitignore"))?.write_all(b"*\n")
}

/// Removes what a killed git left: its locks, which would block the next one, and partly fetched
/// files. What cannot be removed is left for git to report.
fn sweep(folder: &Path) {
    for name in names_in(folder).unwrap_or_default() {
        let path = folder.join(&name);
        let name = name.to_string_lossy();
        if fs::symlink_metadata(&path).is_ok_and(|file| file.is_dir()) {
            sweep(&path);
        } else if name.ends_with(".lock") || name.starts_with("tmp_") {
            let _ = fs::remove_file(path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn put(path: &Path) {
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        File::create(path).expect("a file");
    }

    #[test]
    fn it_is_its_owners_alone_and_held_once() {
        let home = tempfile::tempdir().expect("a temporary folder");
        let journal = home.path().join("journal.jsonl");
        assert!(
            SyncFolder::lock_existing(&journal)
                .expect("nothing")
                .is_none()
        );
        let folder = SyncFolder::create(&journal).expect("a folder");
        let mode = fs::metadata(folder.path())
            .expect("it")
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o700);
        let failure = SyncFolder::lock_existing(&journal).expect_err("it is held");
        assert_eq!(failure.kind(), FailureKind::Busy);
        drop(folder);
        let held = SyncFolder::lock_existing(&journal).expect("it is free");
        assert!(held.is_some());

        fs::remove_dir_all(SyncFolder::of(&journal)).expect("it goes");
        File::create(SyncFolder::of(&journal)).expect("a file");
        let failure = SyncFolder::lock_existing(&journal).expect_err("a file");
        assert!(failure.message().contains("is not a folder"), "{failure}");
    }

    #[test]
    fn what_a_killed_git_left_goes_and_so_do_the_copies() {
        let home = tempfile::tempdir().expect("a temporary folder");
        let journal = home.path().join("journal.jsonl");
        let path = SyncFolder::of(&journal);
        for name in ["config", "config.lock", "refs/remotes/origin/main.lock"] {
            put(&path.join(name));
        }
        for name in ["objects/pack/tmp_pack_1", "objects/ab/cdef", "HEAD"] {
            put(&path.join(name));
        }
        let folder = SyncFolder::create(&journal).expect("a folder");
        let there = |name: &str| path.join(name).exists();
        for gone in [
            "config.lock",
            "refs/remotes/origin/main.lock",
            "objects/pack/tmp_pack_1",
        ] {
            assert!(!there(gone), "{gone}");
        }
        assert!(there("config") && there("objects/ab/cdef"));
        folder.empty().expect("it can be emptied");
        assert!(there("config") && !there("objects") && !there("refs") && !there("HEAD"));
    }
}
