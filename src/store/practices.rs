//! The folder of the user's own practices.
//!
//! A file that cannot be read is reported and hides no other. Knows nothing of what is in the
//! files.

use std::io;
use std::path::Path;

use super::disk::names_in;
use super::io_error::describe_error;
use super::user_file::{read_user_file, unread};
use crate::user_file::{FileError, UserFile};

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
        match read_user_file(&folder.join(name)) {
            Ok(file) => read.files.push(file),
            Err(error) => read.unread.push(error),
        }
    }
    read
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
