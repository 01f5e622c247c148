//! Files that the user writes, such as practices and settings: reads and writes one, reads a folder of
//! practices, and changes a setting in the config file.
//!
//! A file that cannot be read is reported and hides no other. Knows nothing of what is in practices.

use std::ffi::OsString;
use std::fmt;
use std::io::{self, Read};
use std::path::Path;

use super::atomic_write::{Overwrite, write_atomically};
use super::copy_names::refuse_own_file;
use super::disk::{Disk, RealDisk, folder_of, names_in};
use super::io_error::{describe_error, not_written};
use crate::config::{Config, ThemeName};
use crate::failure::{Failure, FailureKind};
use crate::text::display_path;
use crate::user_file::{FileError, UserFile};

/// Larger than any such file: the built-in practices have a tenth of this.
const LARGEST: u64 = 1 << 16;

/// Reads a user's file, through symbolic links; it does not wait for a pipe.
pub fn read_user_file(path: &Path) -> Result<UserFile, FileError> {
    let bytes = read_at_most(path, LARGEST).map_err(|reason| unread(path, &reason))?;
    match String::from_utf8(bytes) {
        Ok(text) => Ok(UserFile {
            path: display_path(path),
            // Some editors add a byte order mark, which is not part of the text.
            text: text.strip_prefix('\u{feff}').unwrap_or(&text).to_owned(),
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

/// Reads a file, through symbolic links; it does not wait for a pipe. The error is the reason in
/// words.
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
pub fn remove_user_file(path: &Path) -> Result<(), Failure> {
    RealDisk.remove(path).map_err(|error| {
        let reason = describe_error(&error);
        let message = format!("{} cannot be removed: {reason}", display_path(path));
        Failure::new(FailureKind::Journal, message)
    })
}

/// Writes a user's file in one step. A missing folder is created. `hint` says what to do if it
/// cannot be written. A file of `journal` is refused, and a text that is too large to be read
/// again.
pub fn write_user_file(
    journal: &Path,
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
    let made = |()| RealDisk.create_folders(folder_of(path));
    let made = refuse_own_file(journal, path).and_then(made);
    let written = made.and_then(|_| write_atomically(path, text.as_bytes(), overwrite));
    written.map_err(|error| not_written(FailureKind::Journal, path, error, hint, hint))
}

fn unread(path: &Path, reason: &str) -> FileError {
    FileError {
        file: display_path(path),
        line: None,
        reason: reason.to_owned(),
    }
}

/// More than anyone keeps; beyond it the folder is something else.
const MOST_PRACTICES: usize = 100;

/// The user's practice files as they are in their folder.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct PracticeFolder {
    pub exists: bool,
    /// The files, by name.
    pub files: Vec<UserFile>,
    /// The files that cannot be read.
    pub unread: Vec<FileError>,
}

/// Reads every `*.toml` of a folder except hidden ones; a missing folder is an empty one.
pub fn read_practices(folder: &Path) -> PracticeFolder {
    let mut read = PracticeFolder {
        exists: true,
        ..PracticeFolder::default()
    };
    let names = match practice_names(folder) {
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
    if names.len() > MOST_PRACTICES {
        let reason = format!("more than {MOST_PRACTICES} practice files; only the first are read");
        read.unread.push(unread(folder, &reason));
    }
    for name in names.iter().take(MOST_PRACTICES) {
        match read_user_file(&folder.join(name)) {
            Ok(file) => read.files.push(file),
            Err(error) => read.unread.push(error),
        }
    }
    read
}

/// The names of the practice files in a folder, in their order.
fn practice_names(folder: &Path) -> io::Result<Vec<OsString>> {
    let mut names = names_in(folder)?;
    names.retain(|name| {
        let hidden = name.as_encoded_bytes().starts_with(b".");
        let ending = Path::new(name).extension();
        !hidden && ending.is_some_and(|ending| ending == "toml")
    });
    names.sort_unstable();
    Ok(names)
}

/// Makes a theme the one of the next start, and returns what to say of it. A missing file is created.
/// One with mistakes stays as it is. `variable` goes before the file.
pub fn keep_theme(
    journal: &Path,
    path: Option<&Path>,
    theme: ThemeName,
    variable: Option<&str>,
) -> Result<String, Failure> {
    const ANOTHER_FILE: &str = "LEADBY_CONFIG sets another file";
    let Some(path) = path else {
        let message = "no home folder to keep settings in";
        return Err(Failure::new(FailureKind::Usage, message).hint(ANOTHER_FILE));
    };
    let mistaken = |mistake: &dyn fmt::Display| {
        let message = format!("the theme was not kept: {mistake}");
        Failure::new(FailureKind::Usage, message).hint("`leadby config check` lists every mistake")
    };
    let file = if path.exists() {
        read_user_file(path).map_err(|unread| mistaken(&unread))?
    } else {
        UserFile {
            path: display_path(path),
            text: String::new(),
        }
    };
    let text = Config::with_theme(&file, theme)
        .map_err(|mistakes| mistaken(mistakes.first().expect("a failure has a mistake")))?;
    write_user_file(journal, path, &text, Overwrite::Yes, ANOTHER_FILE)?;
    let kept = format!("Theme: {}.", theme.name());
    Ok(match variable {
        Some(variable) => format!("{kept} {variable} is set, and goes before it."),
        None => kept,
    })
}
