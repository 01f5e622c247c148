//! The folder of the user's own practices: reads its files and writes one.
//!
//! A file that cannot be read is reported and hides no other. Knows nothing of what is in the
//! files.

use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::atomic_write::{Overwrite, write_atomically};
use super::disk::{Disk, RealDisk, names_in};
use super::io_error::{describe_error, display_path};
use crate::failure::{Failure, FailureKind};
use crate::user_file::{FileError, UserFile};

/// Larger than any practice file: the built-in ones have a tenth of this.
const LARGEST: u64 = 1 << 16;

/// More than anyone keeps; beyond it the folder is something else.
const MOST: usize = 100;

/// The user's practice files as they are in their folder.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct PracticeFolder {
    /// Whether the folder exists.
    pub exists: bool,
    /// The files, by name.
    pub files: Vec<UserFile>,
    /// The files that cannot be read.
    pub unread: Vec<FileError>,
}

/// Reads every `*.toml` of a folder except hidden ones; a missing folder is an empty one.
#[must_use]
pub fn read_practices(folder: &Path) -> PracticeFolder {
    let mut read = PracticeFolder {
        exists: true,
        ..PracticeFolder::default()
    };
    let names = match names(folder) {
        Ok(names) => names,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return PracticeFolder::default(),
        Err(error) => {
            let reason = match error.kind() {
                io::ErrorKind::NotADirectory => "it is not a folder".to_owned(),
                _ => describe_error(&error),
            };
            read.unread.push(unread(folder, &reason));
            return read;
        }
    };
    if names.len() > MOST {
        let reason = format!("more than {MOST} practice files; only the first are read");
        read.unread.push(unread(folder, &reason));
    }
    for name in names.iter().take(MOST) {
        match read_practice(&folder.join(name)) {
            Ok(file) => read.files.push(file),
            Err(error) => read.unread.push(error),
        }
    }
    read
}

/// Reads one practice file, through symbolic links; it does not wait for a pipe.
///
/// # Errors
/// When it cannot be read, is too large or is not UTF-8.
pub fn read_practice(path: &Path) -> Result<UserFile, FileError> {
    let file = RealDisk
        .open_to_read(path)
        .map_err(|error| unread(path, &describe_error(&error)))?
        .ok_or_else(|| unread(path, "no such file"))?;
    let mut bytes = Vec::new();
    let taken = file.take(LARGEST + 1).read_to_end(&mut bytes);
    taken.map_err(|error| unread(path, &describe_error(&error)))?;
    if bytes.len() as u64 > LARGEST {
        return Err(unread(path, "it is larger than any practice file"));
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(UserFile {
            path: display_path(path),
            // Some editors add a byte order mark, which is not part of the text.
            text: text
                .strip_prefix('\u{feff}')
                .map_or(text.clone(), str::to_owned),
        }),
        Err(error) => {
            let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
            let line = good.split(|byte| *byte == b'\n').count();
            let mut unread = unread(path, "this is not UTF-8 text");
            unread.line = Some(line);
            Err(unread)
        }
    }
}

/// Writes a practice file to its folder in one step, and returns its path. A missing folder is
/// created.
///
/// # Errors
/// When it cannot be written, or already exists and must not be overwritten.
pub fn write_practice(
    folder: &Path,
    name: &str,
    text: &str,
    overwrite: Overwrite,
) -> Result<PathBuf, Failure> {
    let path = folder.join(name);
    let made = RealDisk.create_folders(folder);
    let written = made.and_then(|_| write_atomically(&path, text.as_bytes(), overwrite));
    written.map_err(|error| {
        let path = display_path(&path);
        if error.kind() == io::ErrorKind::AlreadyExists {
            let message = format!("{path} already exists, and was left as it is");
            return Failure::new(FailureKind::Usage, message).hint("--force overwrites it");
        }
        let message = format!("{path} cannot be written: {}", describe_error(&error));
        Failure::new(FailureKind::Journal, message)
            .hint("LEADBY_PRACTICES sets another folder")
            .with_source(error)
    })?;
    Ok(path)
}

/// The names of the practice files in a folder, in their order.
fn names(folder: &Path) -> io::Result<Vec<std::ffi::OsString>> {
    let mut names = names_in(folder)?;
    names.retain(|name| {
        let hidden = name.as_encoded_bytes().starts_with(b".");
        let ending = Path::new(name).extension();
        !hidden && ending.is_some_and(|ending| ending == "toml")
    });
    names.sort_unstable();
    Ok(names)
}

fn unread(path: &Path, reason: &str) -> FileError {
    FileError {
        file: display_path(path),
        line: None,
        reason: reason.to_owned(),
    }
}
