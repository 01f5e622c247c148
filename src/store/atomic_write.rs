//! Writes a file where the user wants it: whole or not at all, and never over another one without
//! permission.
//!
//! It is written beside its place under a temporary name, synced and then renamed, so a crash
//! leaves what was there, and at most a hidden `.leadby-…` file. Knows nothing of what is in it.

use std::fs::{self, Permissions};
use std::io::{self, BufWriter, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use super::disk::{Disk, FILE_MODE, RealDisk, folder_of};
use super::io_error::{describe_error, display_path, io_failure, plain};
use crate::failure::{Brief, Failure, FailureKind};

/// Whether a file may replace another.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Overwrite {
    /// An existing file stays.
    Never,
    /// An existing file is replaced.
    Yes,
}

/// Writes `bytes` to `path`, readable by its owner only. Its folder must exist.
///
/// If `path` is a symbolic link, the file it leads to is written.
///
/// # Errors
/// When a file exists that must not be overwritten, `path` is not a file, or it cannot be written.
/// What was there is still there then.
pub fn write_out(path: &Path, bytes: &[u8], overwrite: Overwrite) -> Result<(), Failure> {
    write_out_with(path, overwrite, |out| out.write_all(bytes))
}

/// [`write_out`] with what `fill` writes, for a file too large to keep in memory.
///
/// # Errors
/// As [`write_out`], and those of `fill`.
pub fn write_out_with<T>(
    path: &Path,
    overwrite: Overwrite,
    fill: impl FnOnce(&mut dyn Write) -> io::Result<T>,
) -> Result<T, Failure> {
    write_atomically_with(path, overwrite, fill).map_err(|error| {
        let path = display_path(path);
        if error.kind() == io::ErrorKind::AlreadyExists {
            let message = format!("{path} already exists, and was left as it is");
            return Failure::new(FailureKind::Usage, message).hint("--force overwrites it");
        }
        let message = format!("{path} cannot be written: {}", describe_error(&error));
        let way = match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "make some room",
            _ => "use another path",
        };
        let failure = Failure::new(FailureKind::Output, message).with_brief(Brief {
            lead: "not written".to_owned(),
            reason: describe_error(&error),
            hint: Some(way.to_owned()),
            path,
        });
        let failure = match error.kind() {
            io::ErrorKind::NotFound => failure.hint("create the folder first, or use another"),
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                failure.hint("make some room on the disk, then try again")
            }
            _ => failure.hint("use another path"),
        };
        failure.with_source(error)
    })
}

/// Creates a private folder; an existing one stays as it is.
///
/// # Errors
/// When it cannot be created.
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

#[cfg(test)]
mod tests {
    use std::os::unix::fs::{MetadataExt, symlink};

    use super::*;
    use crate::store::disk::names_in;

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
        write_out(&path, b"one", Overwrite::Never).expect("a file");
        assert_eq!(fs::read(&path).expect("a file"), b"one");
        let mode = fs::metadata(&path).expect("a file").mode();
        assert_eq!(mode & 0o777, 0o600);
        assert_eq!(names(folder.path()), ["page.html"]);
    }

    #[test]
    fn a_file_that_is_there_is_written_over_only_when_asked() {
        let folder = folder();
        let path = folder.path().join("page.html");
        write_out(&path, b"one", Overwrite::Never).expect("a file");
        let refused = write_out(&path, b"two", Overwrite::Never).expect_err("a refusal");
        assert_eq!(refused.kind(), FailureKind::Usage);
        assert_eq!(fs::read(&path).expect("a file"), b"one");
        write_out(&path, b"two", Overwrite::Yes).expect("a file");
        assert_eq!(fs::read(&path).expect("a file"), b"two");
        assert_eq!(names(folder.path()), ["page.html"]);
    }

    #[test]
    fn a_link_is_written_through_and_stays() {
        let folder = folder();
        let (real, link) = (folder.path().join("real"), folder.path().join("link"));
        write_out(&real, b"old", Overwrite::Never).expect("a file");
        symlink(&real, &link).expect("a link");
        write_out(&link, b"x", Overwrite::Never).expect_err("a refusal");
        write_out(&link, b"new", Overwrite::Yes).expect("a file");
        assert_eq!(fs::read(&real).expect("a file"), b"new");
        assert!(fs::symlink_metadata(&link).expect("a link").is_symlink());
        let nowhere = folder.path().join("nowhere");
        symlink(folder.path().join("gone"), &nowhere).expect("a link");
        for overwrite in [Overwrite::Never, Overwrite::Yes] {
            write_out(&nowhere, b"x", overwrite).expect_err("a refusal");
        }
        assert_eq!(names(folder.path()), ["link", "nowhere", "real"]);
    }

    #[test]
    fn what_is_no_file_is_left_alone() {
        let folder = folder();
        let missing = folder.path().join("none/page.html");
        let inside = folder.path().join("file/page.html");
        let slash = folder.path().join("page/");
        let file = folder.path().join("file");
        write_out(&file, b"", Overwrite::Never).expect("a file");
        for path in [
            folder.path(),
            Path::new("/dev/null"),
            &missing,
            &inside,
            &slash,
        ] {
            let refused = write_out(path, b"x", Overwrite::Yes).expect_err("a refusal");
            assert_eq!(refused.kind(), FailureKind::Output, "{refused}");
            assert!(!refused.hints().is_empty(), "{refused}");
        }
        assert_eq!(names(folder.path()), ["file"]);
    }
}
