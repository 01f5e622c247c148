//! What goes to the temporary folder: a text for an editor or for the user to find, and drafts that
//! cannot be beside the journal, as its disk is full or read-only. Each in a private folder.
//!
//! An editor leaves its own copies beside a file; they are in that folder, too. A folder that belongs
//! to someone else, or that others can open, is neither read nor written. Knows nothing of the
//! content.

use std::fs::{self, File, OpenOptions, Permissions};
use std::io::{self, Write};
use std::os::fd::{AsFd, IntoRawFd};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use tempfile::TempDir;

use super::atomic_write::with_suffix;
use super::disk::{Disk, FILE_MODE, FOLDER_MODE, RealDisk, resolved_path};
use super::encode::text_checksum;
use super::io_error::{describe_error, plain};
use crate::failure::{Failure, FailureKind};

/// The names of these folders begin with this.
const TEXT_PREFIX: &str = "leadby-";

/// The file, while another program may be editing it.
#[derive(Debug)]
pub struct TempFile {
    /// Locked while this program runs, however it ends; `None` if that is not possible.
    claim: Option<File>,
    folder: TempDir,
    path: PathBuf,
    written: Option<SystemTime>,
}

impl TempFile {
    /// Writes `text` to a new file called `name`.
    pub fn new(name: &str, text: impl AsRef<[u8]>) -> Result<Self, Failure> {
        let made = tempfile::Builder::new()
            .prefix(TEXT_PREFIX)
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
                claim: File::open(folder.path())
                    .ok()
                    .filter(|it| it.try_lock().is_ok()),
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

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Its text now.
    pub fn read(&self) -> Result<String, Failure> {
        fs::read_to_string(&self.path).map_err(|error| {
            let reason = match error.kind() {
                io::ErrorKind::NotFound => "the file was removed".to_owned(),
                io::ErrorKind::InvalidData => "it is not UTF-8 text".to_owned(),
                _ => describe_error(&error),
            };
            let message = format!("the text from the editor cannot be read: {reason}");
            Failure::new(FailureKind::Usage, message).with_source(error)
        })
    }

    /// Adds a line at the end.
    pub fn add_line(&self, line: &str) -> io::Result<()> {
        let mut file = OpenOptions::new().append(true).open(&self.path)?;
        file.write_all(format!("{line}\n").as_bytes())
    }

    /// Whether the file was written to or replaced.
    pub fn was_changed(&self) -> bool {
        let now = fs::metadata(&self.path).and_then(|metadata| metadata.modified());
        now.ok() != self.written || self.written.is_none()
    }

    /// Does not remove it in the end, as a program may still be using it. Until this program ends, it
    /// does not count as unsaved.
    pub fn keep_on_drop(&mut self) {
        let text = fs::read(&self.path).ok();
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            let file = File::create(unwritten(&self.path));
            // Without it, the text counts as unsaved.
            let _ = file.and_then(|mut file| file.write_all(text_checksum(&text).as_bytes()));
        }
        self.folder.disable_cleanup(true);
        if let Some(claim) = self.claim.take() {
            // Never closed, so the lock stays.
            let _ = claim.into_raw_fd();
        }
    }

    /// Keeps it for the user to find.
    pub fn into_kept(self) -> PathBuf {
        let _ = self.folder.keep();
        self.path
    }
}

/// The texts in the temporary folder that leadby wrote for this user: what a failed save left, and
/// what is open in an editor.
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
        name.starts_with(TEXT_PREFIX.as_bytes()) && path.is_dir()
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

/// The file with the checksum of a text in which an editor had written nothing yet.
fn unwritten(path: &Path) -> PathBuf {
    path.with_extension("unwritten")
}

/// Whether something was written into one of [`kept_texts`].
pub fn was_written(path: &Path) -> bool {
    let Ok(text) = fs::read(path) else {
        return true;
    };
    let unwritten = fs::read_to_string(unwritten(path));
    !text.is_empty() && !unwritten.is_ok_and(|it| it == text_checksum(&text))
}

/// Those of [`kept_texts`] that no running leadby uses: text that was not saved.
pub fn unsaved_texts() -> Vec<PathBuf> {
    let mut texts = kept_texts();
    texts.retain(|path| {
        let folder = path.parent().map(File::open);
        let is_unused = matches!(folder, Some(Ok(folder)) if folder.try_lock_shared().is_ok());
        is_unused && was_written(path)
    });
    texts
}

/// Whether `input` can be read again by its name: not a pipe, a terminal, or a file without a name.
pub fn can_be_read_again(input: &impl AsFd) -> bool {
    let file = input.as_fd().try_clone_to_owned().map(File::from);
    let metadata = file.and_then(|file| file.metadata());
    metadata.is_ok_and(|metadata| metadata.is_file() && metadata.nlink() > 0)
}

/// The names of these folders begin with this; the rest is random.
const DRAFT_PREFIX: &str = "leadby-drafts-";

/// The path in each of our folders in `temporary` that stands for `journal`: drafts are beside it,
/// as others are beside the journal itself.
pub(super) fn fallback_paths(disk: &dyn Disk, temporary: &Path, journal: &Path) -> Vec<PathBuf> {
    let mut names = disk.list_folder(temporary).unwrap_or_default();
    names.retain(|name| name.as_bytes().starts_with(DRAFT_PREFIX.as_bytes()));
    names.sort();
    names
        .into_iter()
        .map(|name| temporary.join(name))
        .filter(|folder| is_private(folder))
        .map(|folder| path_in(&folder, journal))
        .collect()
}

/// The first of these paths; creates a folder for it if there is none.
pub(super) fn claim(disk: &dyn Disk, temporary: &Path, journal: &Path) -> io::Result<PathBuf> {
    if let Some(place) = fallback_paths(disk, temporary, journal).into_iter().next() {
        return Ok(place);
    }
    let made = tempfile::Builder::new()
        .prefix(DRAFT_PREFIX)
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
    // A journal has one path, however it is opened, and before its folder is created.
    let real = resolved_path(journal);
    let sum = text_checksum(real.as_os_str().as_bytes());
    let name = real.file_name().unwrap_or_default();
    with_suffix(&folder.join(name), &format!("-{sum}"))
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
