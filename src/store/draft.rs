//! What a draft file holds, and the note of the place the user left, which looks the same.
//!
//! Knows nothing of what the fields are for, nor of whose draft is whose; see `store::drafts`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde_json::Value as Json;

use super::decode::{Members, object};
use super::disk::{Disk, RealDisk};
use super::replace::{beside, replace};
use super::trouble::trouble;
use super::wire::{VERSION, ValueShape, instant, json, value_shapes};
use super::{About, Draft};
use crate::failure::Failure;
use crate::journal::Id;

#[derive(Serialize)]
struct Shape<'a> {
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

/// Where the draft of a journal lies while there is one; those of further leadbys that are open
/// on it at the same time have a number behind that name.
#[must_use]
pub fn draft_path(journal: &Path) -> PathBuf {
    beside(journal, ".draft")
}

/// The place the user left, if it was noted: a [`Draft`] without words.
#[must_use]
pub fn read_place(journal: &Path) -> Option<Draft> {
    // A place that cannot be read is worth no words: the user starts at Home.
    read(&beside(journal, ".place"))
}

/// Notes the place the user leaves, or forgets it.
///
/// # Errors
/// When it cannot be written; then the one before is still there.
pub fn write_place(journal: &Path, place: Option<&Draft>) -> Result<(), Failure> {
    write_place_on(&RealDisk, journal, place)
}

/// [`write_place`], on another disk than the machine's: one that fails on demand, in tests.
///
/// # Errors
/// When it cannot be written; then the one before is still there.
pub fn write_place_on(
    disk: &dyn Disk,
    journal: &Path,
    place: Option<&Draft>,
) -> Result<(), Failure> {
    let path = beside(journal, ".place");
    let done = match place {
        Some(place) => replace(disk, &path, &encode(place)).map(drop),
        None => disk.remove(&path),
    };
    done.map_err(|error| trouble("the note of where you left", &path, "written", error))
}

fn read(path: &Path) -> Option<Draft> {
    let file = RealDisk.open_to_read(path).ok()??;
    decode(&RealDisk.read_from(&file, 0).ok()?).ok()
}

/// The text of a draft file.
pub(super) fn encode(draft: &Draft) -> String {
    let shape = Shape {
        v: VERSION,
        at: instant(draft.at),
        screen: &draft.screen,
        field: &draft.field,
        cursor: draft.cursor,
        words: value_shapes(&draft.words),
        about: draft.about.iter().map(about_shape).collect(),
    };
    json(&shape) + "\n"
}

/// A draft file read back, or in plain words why it cannot be.
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
        cursor: cursor(object.get("cursor")).ok_or("it does not say where the cursor was")?,
        words: members.values("words")?,
        about: abouts(object.get("about")),
    })
}

fn about_shape<'a>((field, about): (&'a String, &'a About)) -> (&'a str, AboutShape<'a>) {
    let id = about.id.as_str();
    (field, AboutShape { id, rev: about.rev })
}

/// What the words are about, as far as it can be read: it is not to cost the words themselves.
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
