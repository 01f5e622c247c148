//! The format of a draft file, and of the note of the last position, which looks the same.
//!
//! Knows nothing of what the fields mean or which program a draft belongs to; see `store::drafts`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde_json::Value as Json;

use super::disk::{Disk, RealDisk};
use super::io_error::io_failure;
use super::members::{Members, object};
use super::replace::{replace, with_suffix};
use super::wire::{VERSION, ValueShape, instant, json, value_shapes};
use super::{About, Draft};
use crate::failure::Failure;
use crate::journal::Id;

#[derive(Serialize)]
struct DraftShape<'a> {
    v: u64,
    at: String,
    screen: &'a str,
    field: &'a str,
    cursor: (usize, usize),
    words: BTreeMap<&'a str, ValueShape<'a>>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    about: BTreeMap<&'a str, AboutShape<'a>>,
}

#[derive(Serialize)]
struct AboutShape<'a> {
    id: &'a str,
    rev: u64,
}

/// The draft file of a journal; further programs that have it open at the same time add a number to
/// that name.
#[must_use]
pub fn draft_path(journal: &Path) -> PathBuf {
    with_suffix(journal, ".draft")
}

/// The last position, if it was noted: a [`Draft`] without text.
#[must_use]
pub fn read_last_position(journal: &Path) -> Option<Draft> {
    // An unreadable position is not worth an error: the user starts at Home.
    read(&with_suffix(journal, ".place"))
}

/// Notes the last position, or removes the note.
///
/// # Errors
/// When it cannot be written; then the previous one is still there.
pub fn write_last_position(journal: &Path, place: Option<&Draft>) -> Result<(), Failure> {
    write_last_position_on(&RealDisk, journal, place)
}

/// [`write_last_position`] on a given disk, such as one that fails on demand in tests.
///
/// # Errors
/// When it cannot be written; then the previous one is still there.
pub fn write_last_position_on(
    disk: &dyn Disk,
    journal: &Path,
    place: Option<&Draft>,
) -> Result<(), Failure> {
    let path = with_suffix(journal, ".place");
    let done = match place {
        Some(place) => replace(disk, &path, &encode(place)).map(drop),
        None => disk.remove(&path),
    };
    done.map_err(|error| io_failure("the note of your last position", &path, "written", error))
}

fn read(path: &Path) -> Option<Draft> {
    let file = RealDisk.open_to_read(path).ok()??;
    decode(&RealDisk.read_from(&file, 0).ok()?).ok()
}

/// The text of a draft file.
pub(super) fn encode(draft: &Draft) -> String {
    let shape = DraftShape {
        v: VERSION,
        at: instant(draft.at),
        screen: &draft.screen,
        field: &draft.field,
        cursor: draft.cursor,
        words: value_shapes(&draft.values),
        about: draft.about.iter().map(about_shape).collect(),
    };
    json(&shape) + "\n"
}

/// Reads a draft file, or says in plain words why it cannot.
pub(super) fn decode(bytes: &[u8]) -> Result<Draft, String> {
    let object = object(bytes)?;
    let members = Members(&object);
    if members.version()? != VERSION {
        return Err("it was written by a newer leadby".to_owned());
    }
    Ok(Draft {
        at: members.instant("at")?,
        screen: members.text("screen")?.to_owned(),
        field: members.text("field")?.to_owned(),
        cursor: cursor(object.get("cursor")).ok_or("it has no cursor position")?,
        values: members.values("words")?,
        about: abouts(object.get("about")),
    })
}

fn about_shape<'a>((field, about): (&'a String, &'a About)) -> (&'a str, AboutShape<'a>) {
    let id = about.id.as_str();
    (field, AboutShape { id, rev: about.rev })
}

/// What the texts are about, as far as it can be read: an error here must not cost the texts.
fn abouts(json: Option<&Json>) -> BTreeMap<String, About> {
    let about = |json: &Json| {
        let id = Id::new(json.get("id")?.as_str()?);
        let rev = json.get("rev")?.as_u64()?;
        Some(About { id, rev })
    };
    let all = json.and_then(Json::as_object).into_iter().flatten();
    all.filter_map(|(field, json)| Some((field.clone(), about(json)?)))
        .collect()
}

fn cursor(json: Option<&Json>) -> Option<(usize, usize)> {
    let number = |json: &Json| usize::try_from(json.as_u64()?).ok();
    match json?.as_array()?.as_slice() {
        [line, character] => Some((number(line)?, number(character)?)),
        _ => None,
    }
}
