//! Lists of JSON objects, each with the line it begins on.

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use super::{Format, Reading};

/// The entries beside other members, as jrnl, tui-journal and Day One write them.
#[derive(Deserialize)]
struct Document<'a> {
    #[serde(borrow)]
    entries: Vec<&'a RawValue>,
}

/// The objects that [`objects`] finds; none if the text is not JSON, which is noted.
pub(super) fn read_objects(text: &str, reading: &mut Reading) -> Vec<(usize, Value)> {
    objects(text).unwrap_or_else(|error| {
        reading.leave_out(error.line(), error.to_string());
        Vec::new()
    })
}

/// The objects of a list, or of the member `entries` of a document.
fn objects(text: &str) -> Result<Vec<(usize, Value)>, serde_json::Error> {
    let raw: Vec<&RawValue> = if text.trim_start().starts_with('{') {
        serde_json::from_str::<Document<'_>>(text)?.entries
    } else {
        serde_json::from_str(text)?
    };
    let line = |raw: &RawValue| {
        let at = raw.get().as_ptr().addr() - text.as_ptr().addr();
        text[..at].matches('\n').count() + 1
    };
    raw.into_iter()
        .map(|raw| Ok((line(raw), serde_json::from_str(raw.get())?)))
        .collect()
}

/// The format of a document, by the members of its first entry.
pub(super) fn recognize(text: &str) -> Option<Format> {
    let objects = objects(text).ok()?;
    let (_, first) = objects.first()?;
    let has = |member: &str| first.get(member).is_some();
    if has("creationDate") {
        Some(Format::DayOne)
    } else if has("description") && has("status") {
        Some(Format::Taskwarrior)
    } else if has("body") && has("time") {
        Some(Format::Jrnl)
    } else if has("content") && has("date") {
        Some(Format::TuiJournal)
    } else {
        None
    }
}

/// A member's text; empty if it has none.
pub(super) fn text<'a>(object: &'a Value, member: &str) -> &'a str {
    object.get(member).and_then(Value::as_str).unwrap_or("")
}

/// The texts of a list.
pub(super) fn texts<'a>(object: &'a Value, member: &str) -> impl Iterator<Item = &'a str> {
    let list = object.get(member).and_then(Value::as_array);
    list.into_iter().flatten().filter_map(Value::as_str)
}
