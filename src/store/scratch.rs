//! A text given to another program to be changed: in a file and a folder that only their owner can
//! look into, gone afterwards unless it is to be kept.
//!
//! An editor leaves its own copies beside a file; they are in that folder, too. Knows nothing of what is written.

use std::fs::{self, OpenOptions, Permissions};
use std::io::Write;
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::disk::{FILE_MODE, FOLDER_MODE};
use super::trouble::{reason, shown};
use crate::failure::{Failure, Kind};

/// The text, while somebody is at it.
#[derive(Debug)]
pub struct Scratch {
    folder: TempDir,
    path: PathBuf,
}

impl Scratch {
    /// Puts `text` down under `name`.
    ///
    /// # Errors
    /// When there is no place for it.
    pub fn new(name: &str, text: &str) -> Result<Self, Failure> {
        let made = tempfile::Builder::new()
            .prefix("leadby-")
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
            file.write_all(text.as_bytes())?;
            Ok(Self { folder, path })
        });
        written.map_err(|error| {
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

    /// Leaves it where it is, for somebody to find.
    #[must_use]
    pub fn keep(self) -> PathBuf {
        let _ = self.folder.keep();
        self.path
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::MetadataExt;

    use super::*;

    #[test]
    fn it_is_its_owners_alone_and_gone_unless_it_is_kept() {
        let scratch = Scratch::new("words.txt", "one\n").expect("a file");
        let (path, folder) = (scratch.path().to_owned(), scratch.folder.path().to_owned());
        let mode = |path: &Path| fs::metadata(path).expect("it").mode() & 0o777;
        assert_eq!((mode(&path), mode(&folder)), (0o600, 0o700));
        assert_eq!(scratch.read().expect("text"), "one\n");
        drop(scratch);
        assert!(!folder.exists());

        let kept = Scratch::new("words.txt", "two").expect("a file").keep();
        assert_eq!(fs::read_to_string(&kept).expect("it is there"), "two");
        fs::remove_dir_all(kept.parent().expect("a folder")).expect("it goes");
    }
}
