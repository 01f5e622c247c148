//! Writes a file whole or not at all: beside its place under another name, synced and then renamed.
//! A crash leaves what was there, or the new one.
//!
//! leadby's own files are beside the journal. The file that will replace one of them has a name that
//! the next write uses again (`….new` or `.leadby-…`), so that unfinished ones never pile up, and is
//! locked. A file the user named may be in a folder of others, so its first name is random, and it is
//! never written over another one without permission. Knows nothing of what is in the files.

use std::fs::{self, File, Permissions};
use std::io::{self, BufWriter, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::copy_names::refuse_own_file;
use super::disk::{Disk, FILE_MODE, RealDisk, folder_of};
use super::io_error::{io_failure, not_written, plain};
use crate::failure::{Failure, FailureKind};

/// Whether a file may replace another.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Overwrite {
    /// An existing file stays.
    Never,
    /// An existing file is replaced.
    Yes,
}

impl Overwrite {
    /// Whether a file may be replaced if the user allows it.
    pub fn allowed(is_allowed: bool) -> Self {
        if is_allowed { Self::Yes } else { Self::Never }
    }
}

/// Writes `bytes` to `path`, readable by its owner only. Its folder must exist.
///
/// If `path` is a symbolic link, the file it leads to is written. A file of `journal` is refused.
/// If that fails, what was there is still there.
pub fn write_out(
    journal: &Path,
    path: &Path,
    bytes: &[u8],
    overwrite: Overwrite,
) -> Result<(), Failure> {
    write_out_with(journal, path, overwrite, |out| out.write_all(bytes))
}

/// [`write_out`] with what `fill` writes, for a file too large to keep in memory.
pub fn write_out_with<T>(
    journal: &Path,
    path: &Path,
    overwrite: Overwrite,
    fill: impl FnOnce(&mut dyn Write) -> io::Result<T>,
) -> Result<T, Failure> {
    let written =
        refuse_own_file(journal, path).and_then(|()| write_atomically_with(path, overwrite, fill));
    written.map_err(|error| {
        let (way, hint) = match error.kind() {
            io::ErrorKind::NotFound => (
                "use another path",
                "create the folder first, or use another",
            ),
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => (
                "make some room",
                "make some room on the disk, then try again",
            ),
            _ => ("use another path", "use another path"),
        };
        not_written(FailureKind::Output, path, error, way, hint)
    })
}

/// Creates a private folder; an existing one stays as it is.
pub fn make_folder(path: &Path) -> Result<(), Failure> {
    let made = RealDisk.create_folders(path);
    made.map(drop)
        .map_err(|error| io_failure("the folder", path, "created", error))
}

/// [`write_out`] with the system's own error.
pub(super) fn write_atomically(path: &Path, bytes: &[u8], overwrite: Overwrite) -> io::Result<()> {
    write_atomically_with(path, overwrite, |out| out.write_all(bytes))
}

/// [`write_out_with`] with the system's own error.
fn write_atomically_with<T>(
    path: &Path,
    overwrite: Overwrite,
    fill: impl FnOnce(&mut dyn Write) -> io::Result<T>,
) -> io::Result<T> {
    // Replacing a device or a pipe would take it away from everyone.
    let there = RealDisk.stat(path)?.is_some();
    if there && overwrite == Overwrite::Never {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    let path = if there {
        RealDisk.real_path(path)?
    } else {
        new_file_path(path)?
    };
    let folder = folder_of(&path);
    if !folder.is_dir() {
        let kind = match fs::symlink_metadata(folder) {
            Ok(_) => io::ErrorKind::NotADirectory,
            Err(error) => error.kind(),
        };
        return Err(kind.into());
    }
    let mut file = tempfile::Builder::new()
        .prefix(".leadby-")
        .tempfile_in(folder)
        // The error would name a file that the user does not know.
        .map_err(|error| plain(&error))?;
    file.as_file()
        .set_permissions(Permissions::from_mode(FILE_MODE))?;
    let mut buffer = BufWriter::new(file.as_file_mut());
    let filled = fill(&mut buffer).and_then(|filled| buffer.flush().map(|()| filled));
    drop(buffer);
    let filled = filled.map_err(|error| plain(&error))?;
    file.as_file().sync_data()?;
    let placed = match overwrite {
        Overwrite::Never => file.persist_noclobber(&path),
        Overwrite::Yes => file.persist(&path),
    };
    placed.map_err(|error| error.error)?;
    RealDisk.sync_folder(folder)?;
    Ok(filled)
}

/// The path of a new file, if it can be the name of one.
fn new_file_path(path: &Path) -> io::Result<PathBuf> {
    // A dangling link is there too.
    if fs::symlink_metadata(path).is_ok() {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    let ends_in_a_slash = path.as_os_str().as_encoded_bytes().ends_with(b"/");
    if path.file_name().is_none() || ends_in_a_slash {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    Ok(path.to_owned())
}

/// How often another program that is writing the file is waited for, and how long each time.
const PATIENCE: u32 = 20;
/// How often the lock is tried before it counts as taken: others read a file for a moment, and a
/// signal may interrupt the call.
const TRIES: u32 = 5;
const MOMENT: Duration = Duration::from_millis(5);

/// The path of the journal with this ending.
pub(super) fn with_suffix(journal: &Path, ending: &str) -> PathBuf {
    let mut name = journal.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// The file that will replace the one at `path`.
pub(super) fn replacement_path(path: &Path) -> PathBuf {
    with_suffix(path, ".new")
}

/// Writes `bytes` to `path` in one step, readable by its owner only, by way of the file `next` in
/// the same folder. The folder is not synced yet.
///
/// Returns the locked file: while it is open, other programs see that it is in use.
pub(super) fn replace(
    disk: &dyn Disk,
    path: &Path,
    next: PathBuf,
    bytes: &[u8],
) -> io::Result<File> {
    let replacement = Replacement::open(disk, next)?;
    replacement.put(path, bytes, || Ok(()))?;
    Ok(replacement.file)
}

/// A locked file that will take the name of another one.
pub(super) struct Replacement<'a> {
    disk: &'a dyn Disk,
    pub(super) file: File,
    path: PathBuf,
}

impl<'a> Replacement<'a> {
    /// Opens and locks the file at `path`, creating it if needed; waits while another program has it
    /// locked.
    pub(super) fn open(disk: &'a dyn Disk, path: PathBuf) -> io::Result<Self> {
        for number in 0..PATIENCE {
            if number > 0 {
                disk.wait(MOMENT);
            }
            if let Some(file) = open_locked(disk, &path)? {
                return Ok(Self { disk, file, path });
            }
        }
        Err(io::Error::other("another program is writing it right now"))
    }

    /// [`Replacement::open`] without waiting; `None` if another program has it locked.
    pub(super) fn open_if_free(disk: &'a dyn Disk, path: PathBuf) -> io::Result<Option<Self>> {
        let file = open_locked(disk, &path)?;
        Ok(file.map(|file| Self { disk, file, path }))
    }

    /// Replaces the file at `path` with `bytes` in one step, by renaming this one once the bytes
    /// read back the same and `agree`, called last, succeeds. The folder is not synced yet.
    pub(super) fn put(
        &self,
        path: &Path,
        bytes: &[u8],
        agree: impl FnOnce() -> io::Result<()>,
    ) -> io::Result<()> {
        let (disk, file) = (self.disk, &self.file);
        let write = || {
            disk.truncate(file, 0)?;
            disk.append(file, bytes)?;
            // Without this a power cut could leave the new name on an empty file.
            disk.sync_data(file)?;
            if disk.read_from(file, 0)? != bytes {
                return Err(io::Error::other("what was written reads back differently"));
            }
            agree()?;
            disk.rename(&self.path, path)
        };
        let written = write();
        if written.is_err() {
            // On a full disk it takes room that is needed, and nothing in it was promised.
            let _ = disk.remove(&self.path);
        }
        written
    }
}

/// Opens and locks the file at `path`, creating it if needed; `None` if another program has it
/// locked.
fn open_locked(disk: &dyn Disk, path: &Path) -> io::Result<Option<File>> {
    for _ in 0..PATIENCE {
        let file = disk.open_to_overwrite(path)?;
        if !acquire_lock(disk, &file) {
            return Ok(None);
        }
        if is_at_path(disk, &file, path)? {
            return Ok(Some(file));
        }
        // Another program has renamed or removed it meanwhile.
    }
    Ok(None)
}

/// Tries to lock a file. Without locks on the file system, it always succeeds.
pub(super) fn acquire_lock(disk: &dyn Disk, file: &File) -> bool {
    (0..TRIES).any(|number| {
        if number > 0 {
            disk.wait(MOMENT);
        }
        disk.try_lock(file).unwrap_or(true)
    })
}

/// Whether `path` still leads to this file.
pub(super) fn is_at_path(disk: &dyn Disk, file: &File, path: &Path) -> io::Result<bool> {
    let there = disk.stat(path)?;
    let ours = disk.stat_open(file)?;
    Ok(there.is_some_and(|there| there.identity == ours.identity))
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::{MetadataExt, symlink};

    use super::*;
    use crate::store::disk::names_in;

    /// No journal is there.
    const NOWHERE: &str = "/nowhere/journal.jsonl";

    fn folder() -> tempfile::TempDir {
        tempfile::tempdir().expect("a folder")
    }

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = names_in(folder)
            .expect("a folder")
            .into_iter()
            .map(|name| name.to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_new_file_is_its_owners_alone() {
        let folder = folder();
        let path = folder.path().join("page.html");
        write_out(Path::new(NOWHERE), &path, b"one", Overwrite::Never).expect("a file");
        assert_eq!(fs::read(&path).expect("a file"), b"one");
        let mode = fs::metadata(&path).expect("a file").mode();
        assert_eq!(mode & 0o777, 0o600);
        assert_eq!(names(folder.path()), ["page.html"]);
    }

    #[test]
    fn a_file_that_is_there_is_written_over_only_when_asked() {
        let folder = folder();
        let path = folder.path().join("page.html");
        write_out(Path::new(NOWHERE), &path, b"one", Overwrite::Never).expect("a file");
        let refused =
            write_out(Path::new(NOWHERE), &path, b"two", Overwrite::Never).expect_err("a refusal");
        assert_eq!(refused.kind(), FailureKind::Usage);
        assert_eq!(fs::read(&path).expect("a file"), b"one");
        write_out(Path::new(NOWHERE), &path, b"two", Overwrite::Yes).expect("a file");
        assert_eq!(fs::read(&path).expect("a file"), b"two");
        assert_eq!(names(folder.path()), ["page.html"]);
    }

    #[test]
    fn a_link_is_written_through_and_stays() {
        let folder = folder();
        let (real, link) = (folder.path().join("real"), folder.path().join("link"));
        write_out(Path::new(NOWHERE), &real, b"old", Overwrite::Never).expect("a file");
        symlink(&real, &link).expect("a link");
        write_out(Path::new(NOWHERE), &link, b"x", Overwrite::Never).expect_err("a refusal");
        write_out(Path::new(NOWHERE), &link, b"new", Overwrite::Yes).expect("a file");
        assert_eq!(fs::read(&real).expect("a file"), b"new");
        assert!(fs::symlink_metadata(&link).expect("a link").is_symlink());
        let nowhere = folder.path().join("nowhere");
        symlink(folder.path().join("gone"), &nowhere).expect("a link");
        for overwrite in [Overwrite::Never, Overwrite::Yes] {
            write_out(Path::new(NOWHERE), &nowhere, b"x", overwrite).expect_err("a refusal");
        }
        assert_eq!(names(folder.path()), ["link", "nowhere", "real"]);
    }

    #[test]
    fn a_page_never_replaces_the_journal_or_its_own_files() {
        let (folder, elsewhere) = (folder(), folder());
        let at = |name: &str| folder.path().join(name);
        let journal = at("journal.jsonl");
        write_out(Path::new(NOWHERE), &journal, b"line", Overwrite::Never).expect("a file");
        symlink(&journal, at("link")).expect("a link");
        fs::hard_link(&journal, at("second-name")).expect("a link");
        let linked = elsewhere.path().join("linked.jsonl");
        symlink(&journal, &linked).expect("a link");
        let check = |journal: &Path, path: &Path, is_refused: bool| {
            let written = write_out(journal, path, b"page", Overwrite::Yes);
            assert_eq!(written.is_err(), is_refused, "{}", path.display());
            if let Err(refused) = written {
                assert!(
                    refused.message().contains("belongs to the journal"),
                    "{refused}"
                );
            }
        };
        for name in [
            "journal.jsonl",
            "../{folder}/journal.jsonl",
            "link",
            "second-name",
            "journal.jsonl.draft",
            "journal.jsonl.draft.2",
            "journal.jsonl.imported",
            "journal.jsonl.backups/page.html",
        ] {
            let own = folder.path().file_name().expect("a name").to_string_lossy();
            check(&journal, &at(&name.replace("{folder}", &own)), true);
        }
        check(&linked, &journal, true);
        check(&linked, &linked, true);
        check(&linked, &elsewhere.path().join("linked.jsonl.draft"), true);
        check(&linked, &elsewhere.path().join("page.html"), false);
        check(&journal, &at("journal.jsonl.html"), false);
        assert_eq!(fs::read(&journal).expect("a file"), b"line");
    }

    #[test]
    fn what_is_no_file_is_left_alone() {
        let folder = folder();
        let missing = folder.path().join("none/page.html");
        let inside = folder.path().join("file/page.html");
        let slash = folder.path().join("page/");
        let file = folder.path().join("file");
        write_out(Path::new(NOWHERE), &file, b"", Overwrite::Never).expect("a file");
        for path in [
            folder.path(),
            Path::new("/dev/null"),
            &missing,
            &inside,
            &slash,
        ] {
            let refused =
                write_out(Path::new(NOWHERE), path, b"x", Overwrite::Yes).expect_err("a refusal");
            assert_eq!(refused.kind(), FailureKind::Output, "{refused}");
            assert!(!refused.hints().is_empty(), "{refused}");
        }
        assert_eq!(names(folder.path()), ["file"]);
    }
}
