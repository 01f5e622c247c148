//! A text handed to another program to edit, or kept for the user to find: in a private file and
//! folder, removed afterwards unless it must be kept.
//!
//! An editor leaves its own copies beside a file; they are in that folder, too. Knows nothing of
//! the content.

use std::fs::{self, File, OpenOptions, Permissions};
use std::io::Write;
use std::os::fd::AsFd;
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use tempfile::TempDir;

use super::disk::{Disk, FILE_MODE, FOLDER_MODE, RealDisk};
use super::io_error::{describe_error, display_path, plain};
use crate::failure::{Failure, FailureKind};

/// The names of these folders begin with this.
const PREFIX: &str = "leadby-";

/// The file, while another program may be editing it.
#[derive(Debug)]
pub struct TempFile {
    folder: TempDir,
    path: PathBuf,
    written: Option<SystemTime>,
}

impl TempFile {
    /// Writes `text` to a new file called `name`.
    ///
    /// # Errors
    /// When it cannot be created.
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
            // A moment earlier, as file times are coarse and a program may write at once.
            let written = file
                .metadata()?
                .modified()
                .ok()
                .and_then(|at| at.checked_sub(Duration::from_secs(1)))
                .filter(|at| file.set_modified(*at).is_ok());
            Ok(Self {
                folder,
                path,
                written,
            })
        });
        written.map_err(|error| {
            let error = plain(&error);
            let message = format!(
                "a temporary file cannot be created: {}",
                describe_error(&error)
            );
            let failure = Failure::new(FailureKind::Output, message);
            failure
                .hint("TMPDIR sets another folder for it")
                .with_source(error)
        })
    }

    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Its text now.
    ///
    /// # Errors
    /// When it cannot be read or is no longer text.
    pub fn read(&self) -> Result<String, Failure> {
        fs::read_to_string(&self.path).map_err(|error| {
            let message = format!(
                "{} cannot be read: {}",
                display_path(&self.path),
                describe_error(&error)
            );
            Failure::new(FailureKind::Output, message).with_source(error)
        })
    }

    /// Whether the file was written to or replaced.
    #[must_use]
    pub fn was_changed(&self) -> bool {
        let now = fs::metadata(&self.path).and_then(|metadata| metadata.modified());
        now.ok() != self.written || self.written.is_none()
    }

    /// Does not remove it in the end, as a program may still be using it.
    pub fn keep_on_drop(&mut self) {
        self.folder.disable_cleanup(true);
    }

    /// Keeps it for the user to find.
    #[must_use]
    pub fn into_kept(self) -> PathBuf {
        let _ = self.folder.keep();
        self.path
    }
}

/// The texts in the temporary folder that leadby wrote for this user: what a failed save left, and
/// what is open in an editor.
#[must_use]
pub fn kept_texts() -> Vec<PathBuf> {
    let temporary = tempfile::env::temp_dir();
    let ours = rustix::process::geteuid().as_raw();
    let is_ours = |path: &PathBuf| {
        fs::symlink_metadata(path)
            .is_ok_and(|found| found.uid() == ours && (found.is_file() || found.is_dir()))
    };
    let inside = |folder: &Path| {
        let names = RealDisk.list_folder(folder).unwrap_or_default();
        names
            .into_iter()
            .map(|name| folder.join(name))
            .filter(is_ours)
            .collect::<Vec<_>>()
    };
    let is_a_scratch = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().as_encoded_bytes();
        name.starts_with(PREFIX.as_bytes()) && path.is_dir()
    };
    let folders = inside(&temporary).into_iter().filter(is_a_scratch);
    let mut words: Vec<PathBuf> = folders.flat_map(|folder| inside(&folder)).collect();
    words.retain(|path| {
        path.extension()
            .is_some_and(|ending| ending == "txt" || ending == "md")
    });
    words.sort();
    words
}

/// Whether `input` can be read again by its name: not a pipe, a terminal, or a file without a name.
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
        let scratch = TempFile::new("words.txt", "one\n").expect("a file");
        let (path, folder) = (scratch.path().to_owned(), scratch.folder.path().to_owned());
        let mode = |path: &Path| fs::metadata(path).expect("it").mode() & 0o777;
        assert_eq!((mode(&path), mode(&folder)), (0o600, 0o700));
        assert_eq!(scratch.read().expect("text"), "one\n");
        assert!(!scratch.was_changed());
        drop(scratch);
        assert!(!folder.exists());

        let kept = TempFile::new("words.txt", "two")
            .expect("a file")
            .into_kept();
        assert_eq!(fs::read_to_string(&kept).expect("it is there"), "two");
        fs::remove_dir_all(kept.parent().expect("a folder")).expect("it goes");
    }

    #[test]
    fn what_has_no_name_cannot_be_read_again() {
        let scratch = TempFile::new("words.txt", "one").expect("a file");
        let file = File::open(scratch.path()).expect("it is there");
        assert!(can_be_read_again(&file));
        // As a shell passes the text after <<<.
        drop(scratch);
        assert!(!can_be_read_again(&file));
        let (pipe, _other_end) = std::io::pipe().expect("a pipe");
        assert!(!can_be_read_again(&pipe));
    }
}
