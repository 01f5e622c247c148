//! Takes a line apart into its members, to say what is wrong with it, or to keep what is unknown in
//! it.
//!
//! The known members are then read by the same shape as every line; nearly all lines fit it as they
//! are, which is quicker. Unknown members are kept as they are, so that a later leadby can add some.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Map, Value as Json};

use super::encode::{compact, is_sound};
use super::shape::{LineMembers, NO_REVISION, Reason, VERSION, describe_misfit, quoted};
use super::{Damage, encode};
use crate::journal::{Body, Entry, Member, UnknownMembers};

/// The reason for a line that ends before its object does.
pub(super) const CUT_OFF: &str = "cut off in the middle";

/// The reason for a line of zero bytes.
pub(super) const ONLY_ZEROS: &str = "only zero bytes, as after a crash";

/// The entry on a line with members that this leadby may not know, or what is wrong with it.
pub(super) fn decode_members(line: &[u8]) -> Result<Entry, Damage> {
    let mut known = object(line).map_err(Damage::Unreadable)?;
    match version(&known).map_err(Damage::Unreadable)? {
        VERSION => {}
        newer => return Err(Damage::NewerVersion(newer)),
    }
    let own = match kind(&known).map_err(Damage::Unreadable)? {
        "deleted" | "forgotten" => DELETED,
        "answer" => ANSWER,
        "item" => ITEM,
        "commitment" => COMMITMENT,
        "choice" => CHOICE,
        other => return Err(Damage::UnknownKind(quoted(other))),
    };
    let is_known = |name: &str| COMMON.contains(&name) || own.contains(&name);
    let has_unknown = !known.keys().all(|name| is_known(name));
    let mut has_strangers = false;
    for (name, json) in &mut known {
        has_strangers |= remove_strangers(name, json);
    }
    known.retain(|name, json| is_known(name) && !json.is_null());
    let is_named = ensure_name(&mut known);
    let entry = read_known(&known).and_then(|mut line| line.take_entry());
    let mut entry = entry.map_err(Damage::Unreadable)?;
    if has_unknown {
        let members = unknown(line, is_known).map_err(Damage::Unreadable)?;
        entry.lineage.unknown = Some(Box::new(members));
    }
    if !is_named {
        entry.lineage.name = encode::checksum_name(&encode::encode(&entry));
    }
    if has_strangers && is_sound(line) {
        return Err(Damage::Unreadable(
            "it has something this leadby does not know".to_owned(),
        ));
    }
    Ok(entry)
}

/// What is known of an entry that only a newer leadby understands: no more than its lineage.
pub(super) fn newer_entry(mut known: Map<String, Json>) -> Option<Entry> {
    known.retain(|name, json| match name.as_str() {
        "id" | "rev" | "at" | "crc" => true,
        "after" => is_texts(json),
        _ => false,
    });
    known.insert("v".to_owned(), VERSION.into());
    known.insert("kind".to_owned(), "newer".into());
    ensure_name(&mut known);
    read_known(&known).ok()?.take_entry_as(Body::Newer).ok()
}

/// Whether a line has a name; if not, it gets an empty one.
fn ensure_name(known: &mut Map<String, Json>) -> bool {
    let is_named = known.get("crc").is_some_and(Json::is_string);
    if !is_named {
        known.insert("crc".to_owned(), "".into());
    }
    is_named
}

fn read_known(known: &Map<String, Json>) -> Result<LineMembers<'_>, Reason> {
    let line = LineMembers::deserialize(known);
    line.map_err(|error| describe_type(known).unwrap_or_else(|| describe_misfit(&error)))
}

/// Which of the known members is not of its type.
fn describe_type(known: &Map<String, Json>) -> Option<Reason> {
    if known.get("rev").and_then(Json::as_u64).is_none() {
        return Some(NO_REVISION.to_owned());
    }
    known.iter().find_map(|(name, json)| {
        let (fits, what) = match name.as_str() {
            "v" | "rev" | "value" => (true, ""),
            "place" => (
                u32::deserialize(json).is_ok(),
                "a whole number from 0 to 4294967295",
            ),
            "after" | "open" | "ladder" | "refused" => (is_texts(json), "a list of texts"),
            "undoes" => (json.is_string() || json.is_number(), "a version"),
            "values" | "closing" => (json.is_object(), "an object"),
            "moves" => (json.is_array(), "a list"),
            _ => (json.is_string(), "text"),
        };
        (!fits).then(|| format!("its “{name}” is not {what}"))
    })
}

fn is_texts(json: &Json) -> bool {
    let list = json.as_array();
    list.is_some_and(|list| list.iter().all(Json::is_string))
}

/// Members of every line.
const COMMON: &[&str] = &[
    "v", "id", "rev", "after", "undoes", "open", "at", "kind", "crc",
];

/// Members of each kind.
const DELETED: &[&str] = &[];
const ANSWER: &[&str] = &["week", "month", "practice", "step", "value"];
const ITEM: &[&str] = &["register", "values"];
const COMMITMENT: &[&str] = &[
    "better", "area", "due", "made", "moves", "closing", "origin",
];
const CHOICE: &[&str] = &["entry", "portfolio", "place", "ladder", "refused"];

/// Members of a dated line.
const DATED: &[&str] = &["on", "text"];

/// The unknown members of a line, each as it is written.
fn unknown(line: &[u8], is_known: impl Fn(&str) -> bool) -> Result<UnknownMembers, Reason> {
    let unreadable = |_| "it is not JSON".to_owned();
    let raw: BTreeMap<String, &RawValue> = serde_json::from_slice(line).map_err(unreadable)?;
    let member = |json: &RawValue| {
        let list: Option<Vec<&RawValue>> = serde_json::from_str(json.get()).ok();
        match list {
            Some(list) => Member::List(list.iter().map(|json| compact(json.get())).collect()),
            None => Member::One(compact(json.get())),
        }
    };
    let unknown = raw.into_iter().filter(|(name, _)| !is_known(name));
    Ok(unknown.map(|(name, json)| (name, member(json))).collect())
}

/// Removes what is unknown inside a known member; returns whether there was any, which an edit would
/// lose.
pub(super) fn remove_strangers(name: &str, json: &mut Json) -> bool {
    match name {
        "closing" => keep_only(&["how", "on", "evidence"], [json]),
        "moves" => keep_only(&["on", "from", "to", "why"], elements(json)),
        "value" => keep_only(DATED, elements(json)),
        "values" => {
            let values = json.as_object_mut().into_iter().flatten();
            keep_only(DATED, values.flat_map(|(_, json)| elements(json)))
        }
        _ => false,
    }
}

fn elements(json: &mut Json) -> impl Iterator<Item = &mut Json> {
    json.as_array_mut().into_iter().flatten()
}

/// Removes all other members of the objects among them, and those that are null; returns whether
/// there are others.
fn keep_only<'a>(names: &[&str], values: impl IntoIterator<Item = &'a mut Json>) -> bool {
    let is_known = |name: &str| names.contains(&name);
    let mut has_others = false;
    for members in values.into_iter().filter_map(Json::as_object_mut) {
        has_others |= !members.keys().all(|name| is_known(name));
        members.retain(|name, json| is_known(name) && !json.is_null());
    }
    has_others
}

/// The members of a JSON object, or of the draft file.
pub(super) fn object(line: &[u8]) -> Result<Map<String, Json>, Reason> {
    if line.iter().all(|byte| *byte == 0) {
        return Err(ONLY_ZEROS.to_owned());
    }
    let text = std::str::from_utf8(line).map_err(|_| "it is not UTF-8 text".to_owned())?;
    if is_conflict_marker(text) {
        return Err("a git conflict marker".to_owned());
    }
    match serde_json::from_str(text) {
        Ok(Json::Object(object)) => Ok(object),
        Ok(_) => Err("it is not a JSON object".to_owned()),
        Err(error) if error.is_eof() => Err(CUT_OFF.to_owned()),
        Err(error) if error.to_string().starts_with("recursion limit") => {
            Err("it is nested too deeply".to_owned())
        }
        Err(error) => Err(format!("it is not JSON, from byte {} on", error.column())),
    }
}

/// The version of the format that an object is in.
pub(super) fn version(object: &Map<String, Json>) -> Result<u64, Reason> {
    let version = object.get("v").ok_or("it has no format version")?;
    let whole = version.as_u64().filter(|version| *version >= 1);
    whole.ok_or_else(|| "its format version is invalid".to_owned())
}

fn kind(object: &Map<String, Json>) -> Result<&str, Reason> {
    match object.get("kind") {
        None | Some(Json::Null) => Err("it has no “kind”".to_owned()),
        Some(kind) => kind
            .as_str()
            .ok_or_else(|| "its “kind” is not text".to_owned()),
    }
}

fn is_conflict_marker(text: &str) -> bool {
    let marked = ["<<<<<<< ", "||||||| ", ">>>>>>> "]
        .iter()
        .any(|marker| text.starts_with(marker));
    marked || ["<<<<<<<", "|||||||", "=======", ">>>>>>>"].contains(&text)
}
