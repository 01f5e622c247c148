//! The folder beside the journal in which git keeps what it fetched and what it is to push.
//!
//! It holds copies alone: without it, the next synchronisation fetches them again. Knows nothing of
//! git but where a bare repository keeps its objects, and what it leaves behind when it is killed.

use std::fs::{self, File, Permissions};
use std::io::{self, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::disk::{Disk, FOLDER_MODE, RealDisk, names_in};
use super::replace::beside;
use super::trouble::{shown, trouble};
use crate::failure::{Failure, Kind};

/// How long another synchronisation is waited for: forty times this, two seconds.
const MOMENT: Duration = Duration::from_millis(50);
const PATIENCE: u32 = 40;

/// What of a bare repository can be fetched again; its settings stay.
const COPIES: [&str; 6] = [
    "objects",
    "refs",
    "packed-refs",
    "HEAD",
    "FETCH_HEAD",
    "shallow",
];

/// The folder, held by one synchronisation at a time.
#[derive(Debug)]
pub struct SyncFolder {
    path: PathBuf,
    /// Open for as long as the lock on it is wanted; the system gives it back when the program ends.
    _lock: File,
}

impl SyncFolder {
    /// Where it lies for a journal.
    #[must_use]
    pub fn of(journal: &Path) -> PathBuf {
        beside(journal, ".sync")
    }

    /// Takes hold of the folder of a journal; none when it was never made.
    ///
    /// # Errors
    /// When another synchronisation is at work, and when it is no folder or cannot be read.
    pub fn hold(journal: &Path) -> Result<Option<Self>, Failure> {
        let path = Self::of(journal);
        match fs::symlink_metadata(&path) {
            Ok(metadata) if metadata.is_dir() => Self::lock(path).map(Some),
            Ok(_) => {
                let message = format!(
                    "{} is no folder, and nothing was synchronised",
                    shown(&path)
                );
                let failure = Failure::new(Kind::Journal, message);
                Err(failure.hint("give what is there another name, then `leadby sync init URL`"))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(trouble("the folder", &path, "read", error)),
        }
    }

    /// Makes the folder where it is missing, for its owner alone, and takes hold of it.
    ///
    /// # Errors
    /// When it cannot be made, and as [`SyncFolder::hold`].
    pub fn make(journal: &Path) -> Result<Self, Failure> {
        let path = Self::of(journal);
        let made = RealDisk.make_folders(&path);
        made.map_err(|error| trouble("the folder", &path, "made", error))?;
        let held = Self::hold(journal)?;
        let gone = || Failure::new(Kind::Busy, "the folder was removed at this moment");
        let held = held.ok_or_else(gone)?;
        keep_out(&path).map_err(|error| trouble("the folder", &path, "written", error))?;
        Ok(held)
    }

    fn lock(path: PathBuf) -> Result<Self, Failure> {
        let opened = fs::set_permissions(&path, Permissions::from_mode(FOLDER_MODE))
            .and_then(|()| File::open(&path));
        let folder = opened.map_err(|error| trouble("the folder", &path, "opened", error))?;
        for _ in 0..PATIENCE {
            // A file system without locks keeps nobody out.
            if RealDisk.try_lock(&folder).unwrap_or(true) {
                sweep(&path);
                return Ok(Self {
                    path,
                    _lock: folder,
                });
            }
            RealDisk.wait(MOMENT);
        }
        let message = "nothing was synchronised: another `leadby sync` is at work";
        Err(Failure::new(Kind::Busy, message).hint("wait until it is done, then `leadby sync`"))
    }

    /// Where it lies.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Removes every copy; the settings stay.
    ///
    /// # Errors
    /// When something of it cannot be removed.
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
                    return Err(trouble("the copy", &path, "removed", error));
                }
                _ => {}
            }
        }
        Ok(())
    }
}

/// Keeps the folder out of a git repository that somebody may have the journal in.
fn keep_out(folder: &Path) -> io::Result<()> {
    File::create(folder.join(".gitignore"))?.write_all(b"*\n")
}

/// Removes what a git that was killed has left: its locks, which would keep the next one out, and
/// half of what it fetched. What cannot be removed is left for git to speak of.
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
        assert!(SyncFolder::hold(&journal).expect("nothing").is_none());
        let folder = SyncFolder::make(&journal).expect("a folder");
        let mode = fs::metadata(folder.path())
            .expect("it")
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o700);
        let failure = SyncFolder::hold(&journal).expect_err("it is held");
        assert_eq!(failure.kind(), Kind::Busy);
        drop(folder);
        let held = SyncFolder::hold(&journal).expect("it is free");
        assert!(held.is_some());

        fs::remove_dir_all(SyncFolder::of(&journal)).expect("it goes");
        File::create(SyncFolder::of(&journal)).expect("a file");
        let failure = SyncFolder::hold(&journal).expect_err("a file");
        assert!(failure.message().contains("is no folder"), "{failure}");
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
        let folder = SyncFolder::make(&journal).expect("a folder");
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
