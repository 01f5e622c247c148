//! Files that the user writes, such as practices and settings: reads and writes one.
//!
//! Knows nothing of what is in them.

use std::io::{self, Read};
use std::path::Path;

use super::atomic_write::{Overwrite, write_atomically};
use super::disk::{Disk, RealDisk};
use super::io_error::{describe_error, display_path};
use crate::failure::{Failure, FailureKind};
use crate::user_file::{FileError, UserFile};

/// Larger than any such file: the built-in practices have a tenth of this.
const LARGEST: u64 = 1 << 16;

/// Reads a user's file, through symbolic links; it does not wait for a pipe.
///
/// # Errors
/// When it cannot be read, is too large or is not UTF-8.
pub fn read_user_file(path: &Path) -> Result<UserFile, FileError> {
    let bytes = read_at_most(path, LARGEST).map_err(|reason| unread(path, &reason))?;
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

/// Reads a file, through symbolic links; it does not wait for a pipe.
///
/// # Errors
/// Why it cannot be read, or that it is larger than `most` bytes.
pub fn read_at_most(path: &Path, most: u64) -> Result<Vec<u8>, String> {
    let file = RealDisk
        .open_to_read(path)
        .map_err(|error| describe_error(&error))?
        .ok_or("no such file")?;
    let mut bytes = Vec::new();
    let taken = file.take(most + 1).read_to_end(&mut bytes);
    taken.map_err(|error| describe_error(&error))?;
    if bytes.len() as u64 > most {
        return Err(format!("it is larger than {} kB", most / 1024));
    }
    Ok(bytes)
}

/// Removes a file that [`write_user_file`] wrote; a missing one is fine.
///
/// # Errors
/// When it cannot be removed.
pub fn remove_user_file(path: &Path) -> Result<(), Failure> {
    RealDisk.remove(path).map_err(|error| {
        let reason = describe_error(&error);
        let message = format!("{} cannot be removed: {reason}", display_path(path));
        Failure::new(FailureKind::Journal, message)
    })
}

/// Writes a user's file in one step. A missing folder is created. `hint` says what to do if it
/// cannot be written.
///
/// # Errors
/// When it cannot be written, would be too large to be read again, or already exists and must not be
/// overwritten.
pub fn write_user_file(
    path: &Path,
    text: &str,
    overwrite: Overwrite,
    hint: &str,
) -> Result<(), Failure> {
    if text.len() as u64 > LARGEST {
        let (path, most) = (display_path(path), LARGEST / 1024);
        let message = format!("{path} was not written: it would be larger than {most} kB");
        return Err(Failure::new(FailureKind::Usage, message));
    }
    let made = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => RealDisk.create_folders(folder).map(drop),
        _ => Ok(()),
    };
    let written = made.and_then(|()| write_atomically(path, text.as_bytes(), overwrite));
    written.map_err(|error| {
        let path = display_path(path);
        if error.kind() == io::ErrorKind::AlreadyExists {
            let message = format!("{path} already exists, and was left as it is");
            return Failure::new(FailureKind::Usage, message).hint("--force overwrites it");
        }
        let message = format!("{path} cannot be written: {}", describe_error(&error));
        Failure::new(FailureKind::Journal, message)
            .hint(hint)
            .with_source(error)
    })
}

pub(super) fn unread(path: &Path, reason: &str) -> FileError {
    FileError {
        file: display_path(path),
        line: None,
        reason: reason.to_owned(),
    }
}
