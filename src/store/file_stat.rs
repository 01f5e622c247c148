//! A file seen from outside: which one it is, its length and its time.
//!
//! Knows nothing of what is in it.

use std::fs;
use std::io;
use std::os::unix::fs::{FileTypeExt, MetadataExt};

/// What identifies a file, and the state it was in.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct FileStat {
    /// Its device and its inode there: which file it is, whatever its name.
    pub identity: (u64, u64),
    /// Its length in bytes.
    pub length: u64,
    /// When it was last written, in seconds and nanoseconds.
    pub modified: (i64, i64),
}

/// What is at a path is not a file that can be read and appended to.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("it is {0}")]
pub(super) struct NotAFile(pub(super) &'static str);

/// The state of a file, from the system's metadata.
///
/// # Errors
/// When it is not a file that can be read and appended to.
pub(super) fn stat_from(metadata: &fs::Metadata) -> io::Result<FileStat> {
    let kind = metadata.file_type();
    let what = if kind.is_dir() {
        "a folder"
    } else if kind.is_fifo() {
        "a named pipe"
    } else if kind.is_socket() {
        "a socket"
    } else if !kind.is_file() {
        "a device"
    } else {
        return Ok(FileStat {
            identity: (metadata.dev(), metadata.ino()),
            length: metadata.len(),
            modified: (metadata.mtime(), metadata.mtime_nsec()),
        });
    };
    Err(io::Error::new(io::ErrorKind::InvalidInput, NotAFile(what)))
}

/// Whether an error says that the path is not a regular file.
pub(super) fn is_no_file(error: &io::Error) -> bool {
    let inner = error.get_ref();
    inner
        .and_then(|inner| inner.downcast_ref::<NotAFile>())
        .is_some()
}
