//! The draft and the place: two small files beside the journal, each replaced as a whole.
//!
//! A crash leaves the old one or the new one, never half of one. Knows nothing of what the fields
//! are for.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs::{self, Permissions};
use std::io::{self, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde_json::Value as Json;

use super::Draft;
use super::decode::{Members, object};
use super::disk::{Disk, FILE_MODE, RealDisk, folder_of};
use super::trouble::{shown, trouble};
use super::wire::{VERSION, ValueShape, instant, json, value_shapes};
use crate::failure::{Failure, Kind};

#[derive(Serialize)]
struct Shape<'a> {
    v: u64,
    at: String,
    screen: &'a str,
    field: &'a str,
    cursor: (usize, usize),
    words: BTreeMap<&'a str, ValueShape<'a>>,
}

/// Where the draft of a journal lies while there is one.
#[must_use]
pub fn draft_path(journal: &Path) -> PathBuf {
    beside(journal, ".draft")
}

/// The draft beside the journal, if there is one.
///
/// # Errors
/// When it is there and cannot be read. It is kept: [`write_draft`] sets it aside first.
pub fn read_draft(journal: &Path) -> Result<Option<Draft>, Failure> {
    let path = beside(journal, ".draft");
    let kept = "it is kept as it is; the next draft sets it aside under another name";
    match read(&path) {
        Ok(draft) => Ok(draft),
        Err(Unread::System(error)) => Err(trouble("the draft", &path, "read", error).hint(kept)),
        Err(Unread::Strange(reason)) => {
            let message = format!("the draft {} cannot be read: {reason}", shown(&path));
            Err(Failure::new(Kind::Journal, message).hint(kept))
        }
    }
}

/// Replaces the draft beside the journal, atomically. One that cannot be read is set aside first,
/// as `….draft.damaged-1` and so on.
///
/// # Errors
/// When it cannot be written.
pub fn write_draft(journal: &Path, draft: &Draft) -> Result<(), Failure> {
    let path = beside(journal, ".draft");
    let written = set_aside_if_damaged(&path).and_then(|()| replace(&path, &encode(draft)));
    written.map_err(|error| trouble("the draft", &path, "written", error))
}

/// Removes the draft beside the journal; none there is fine. One that cannot be read stays.
///
/// # Errors
/// When it is there and cannot be removed.
pub fn clear_draft(journal: &Path) -> Result<(), Failure> {
    let path = beside(journal, ".draft");
    if matches!(read(&path), Ok(Some(_))) {
        remove(&path).map_err(|error| trouble("the draft", &path, "removed", error))?;
    }
    Ok(())
}

/// The place the user left, if it was noted: a [`Draft`] without words.
#[must_use]
pub fn read_place(journal: &Path) -> Option<Draft> {
    // A place that cannot be read is worth no words: the user starts at Home.
    read(&beside(journal, ".place")).ok().flatten()
}

/// Notes the place the user leaves, or forgets it.
///
/// # Errors
/// When it cannot be written.
pub fn write_place(journal: &Path, place: Option<&Draft>) -> Result<(), Failure> {
    let path = beside(journal, ".place");
    let done = match place {
        Some(place) => replace(&path, &encode(place)),
        None => remove(&path),
    };
    done.map_err(|error| trouble("the note of where you left", &path, "written", error))
}

/// The file with this ending beside the journal.
pub(super) fn beside(journal: &Path, ending: &str) -> PathBuf {
    let mut name = journal.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

enum Unread {
    System(io::Error),
    Strange(String),
}

fn read(path: &Path) -> Result<Option<Draft>, Unread> {
    let file = RealDisk.open_to_read(path).map_err(Unread::System)?;
    let Some(file) = file else {
        return Ok(None);
    };
    let bytes = RealDisk.read_from(&file, 0).map_err(Unread::System)?;
    decode(&bytes).map(Some).map_err(Unread::Strange)
}

fn encode(draft: &Draft) -> String {
    let shape = Shape {
        v: VERSION,
        at: instant(draft.at),
        screen: &draft.screen,
        field: &draft.field,
        cursor: draft.cursor,
        words: value_shapes(&draft.words),
    };
    json(&shape) + "\n"
}

fn decode(bytes: &[u8]) -> Result<Draft, String> {
    let object = object(bytes)?;
    let members = Members(&object);
    if members.version()? != VERSION {
        return Err("it was written by a newer leadby".to_owned());
    }
    Ok(Draft {
        at: members.instant("at")?,
        screen: members.text("screen")?.to_owned(),
        field: members.text("field")?.to_owned(),
        cursor: cursor(object.get("cursor")).ok_or("it does not say where the cursor was")?,
        words: members.values("words")?,
    })
}

fn cursor(json: Option<&Json>) -> Option<(usize, usize)> {
    let number = |json: &Json| usize::try_from(json.as_u64()?).ok();
    match json?.as_array()?.as_slice() {
        [line, character] => Some((number(line)?, number(character)?)),
        _ => None,
    }
}

fn set_aside_if_damaged(path: &Path) -> io::Result<()> {
    if read(path).is_ok() {
        return Ok(());
    }
    for number in 1..1000 {
        let mut aside: OsString = path.as_os_str().to_owned();
        aside.push(format!(".damaged-{number}"));
        if fs::symlink_metadata(&aside).is_err() {
            return fs::rename(path, &aside);
        }
    }
    Err(io::Error::other(
        "a thousand damaged drafts lie beside it already",
    ))
}

/// Puts `text` at `path` in one step, readable by its owner alone.
fn replace(path: &Path, text: &str) -> io::Result<()> {
    let folder = folder_of(path);
    RealDisk.make_folders(folder)?;
    let mut file = tempfile::Builder::new()
        .prefix(".leadby-draft-")
        .tempfile_in(folder)?;
    file.as_file()
        .set_permissions(Permissions::from_mode(FILE_MODE))?;
    file.write_all(text.as_bytes())?;
    // Without this a power cut could leave the new name on an empty file.
    file.as_file().sync_data()?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}

fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        result => result,
    }
}
