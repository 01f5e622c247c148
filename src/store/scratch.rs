//! A text given to another program to be changed, or kept for somebody to find: in a file and a folder
//! that only their owner can look into, gone afterwards unless it is to be kept.
//!
//! An editor leaves its own copies beside a file; they are in that folder, too. Knows nothing of what is written.

use std::fs::{self, File, OpenOptions, Permissions};
use std::io::Write;
use std::os::fd::AsFd;
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use tempfile::TempDir;

use super::disk::{Disk, FILE_MODE, FOLDER_MODE, RealDisk};
use super::trouble::{plain, reason, shown};
use crate::failure::{Failure, Kind};

/// What the names of these folders begin with.
const PREFIX: &str = "leadby-";

/// The text, while somebody is at it.
#[derive(Debug)]
pub struct Scratch {
    folder: TempDir,
    path: PathBuf,
    written: Option<SystemTime>,
}

impl Scratch {
    /// Puts `text` down under `name`.
    ///
    /// # Errors
    /// When there is no place for it.
    pub fn new(name: &str, text: impl AsRef<[u8]>) -> Result<Self, Failure> {
        let made = tempfile::Builder::new()
            .prefix(PREFIX)
            .permissions(Permissions::from_mode(FOLDER_MODE))
            .tempdir();
        let written = made.and_then(|folder| {
            let path = folder.path().join(name);
            let mut options = OpenOptions::new();
            let mut file = options
                .write(true)
                .create_new(true)
                .mode(FILE_MODE)
                .open(&path)?;
            file.write_all(text.as_ref())?;
            // A moment earlier, as clocks of files are coarse and a program may write at once.
            let written = file.metadata()?.modified().ok();
            let written = written.and_then(|at| at.checked_sub(Duration::from_secs(1)));
            let written = written.filter(|at| file.set_modified(*at).is_ok());
            Ok(Self {
                folder,
                path,
                written,
            })
        });
        written.map_err(|error| {
            let error = plain(&error);
            let message = format!("there is no place for a temporary file: {}", reason(&error));
            let failure = Failure::new(Kind::Output, message);
            failure
                .hint("TMPDIR names another folder for it")
                .because(error)
        })
    }

    /// Where it lies.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What it says now.
    ///
    /// # Errors
    /// When it cannot be read, or is no text any more.
    pub fn read(&self) -> Result<String, Failure> {
        fs::read_to_string(&self.path).map_err(|error| {
            let message = format!("{} cannot be read: {}", shown(&self.path), reason(&error));
            Failure::new(Kind::Output, message).because(error)
        })
    }

    /// Whether somebody wrote to it, or put another file in its place.
    #[must_use]
    pub fn is_touched(&self) -> bool {
        let now = fs::metadata(&self.path).and_then(|metadata| metadata.modified());
        now.ok() != self.written || self.written.is_none()
    }

    /// Leaves it where it is in the end, as somebody may still be at it.
    pub fn leave(&mut self) {
        self.folder.disable_cleanup(true);
    }

    /// Leaves it where it is, for somebody to find.
    #[must_use]
    pub fn keep(self) -> PathBuf {
        let _ = self.folder.keep();
        self.path
    }
}

/// The texts in the temporary folder that leadby put there and that belong to this user: what a save
/// that failed left, and what is in an editor at this moment.
#[must_use]
pub fn kept_words() -> Vec<PathBuf> {
    let temporary = tempfile::env::temp_dir();
    let ours = rustix::process::geteuid().as_raw();
    let is_ours = |path: &PathBuf| {
        fs::symlink_metadata(path).is_ok_and(|it| it.uid() == ours && (it.is_file() || it.is_dir()))
    };
    let inside = |folder: &Path| {
        let names = RealDisk.names(folder).unwrap_or_default();
        let paths = names.into_iter().map(|name| folder.join(name));
        paths.filter(is_ours).collect::<Vec<_>>()
    };
    let is_a_scratch = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().as_encoded_bytes();
        name.starts_with(PREFIX.as_bytes()) && path.is_dir()
    };
    let folders = inside(&temporary).into_iter().filter(is_a_scratch);
    let mut words: Vec<PathBuf> = folders.flat_map(|folder| inside(&folder)).collect();
    words.retain(|path| path.extension().is_some_and(|it| it == "txt" || it == "md"));
    words.sort();
    words
}

/// Whether what was read from `input` can be read again, by its name: not what came by a pipe, was
/// typed, or lies in a file that has no name any more.
#[must_use]
pub fn can_be_read_again(input: &impl AsFd) -> bool {
    let file = input.as_fd().try_clone_to_owned().map(File::from);
    let metadata = file.and_then(|file| file.metadata());
    metadata.is_ok_and(|metadata| metadata.is_file() && metadata.nlink() > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_its_owners_alone_and_gone_unless_it_is_kept() {
        let scratch = Scratch::new("words.txt", "one\n").expect("a file");
        let (path, folder) = (scratch.path().to_owned(), scratch.folder.path().to_owned());
        let mode = |path: &Path| fs::metadata(path).expect("it").mode() & 0o777;
        assert_eq!((mode(&path), mode(&folder)), (0o600, 0o700));
        assert_eq!(scratch.read().expect("text"), "one\n");
        assert!(!scratch.is_touched());
        drop(scratch);
        assert!(!folder.exists());

        let kept = Scratch::new("words.txt", "two").expect("a file").keep();
        assert_eq!(fs::read_to_string(&kept).expect("it is there"), "two");
        fs::remove_dir_all(kept.parent().expect("a folder")).expect("it goes");
    }

    #[test]
    fn what_has_no_name_cannot_be_read_again() {
        let scratch = Scratch::new("words.txt", "one").expect("a file");
        let file = File::open(scratch.path()).expect("it is there");
        assert!(can_be_read_again(&file));
        // As a shell gives the words after <<<.
        drop(scratch);
        assert!(!can_be_read_again(&file));
        let (pipe, _other_end) = std::io::pipe().expect("a pipe");
        assert!(!can_be_read_again(&pipe));
    }
}
