//! Days and entries for tests, and a practice: a garden, where problems are weeds and beds are dug.

use chrono::NaiveDate;

use super::{Answer, Body, Entry, Id, Period, Value, VersionName};
use crate::calendar::Now;
use crate::practice::{Catalog, parse};

const PRACTICE: &str = r#"
id = "garden"
order = 1
name = "Garden"
title = "The garden"
intro = "What grows."
cadence = "weekly"

[[steps]]
id = "weeds"
label = "Weeds"
prompt = "What do you put up with?"
kind = "prose"
suggests = true

[[steps]]
id = "sky"
label = "Sky"
prompt = "What is the weather?"
kind = "prose"

[[steps]]
id = "beds"
label = "Beds"
prompt = "What grows?"
register = "beds"

[[registers]]
id = "beds"
name = "Beds"
singular = "bed"
about = "What grows."
example = "Beans"
unstaged = "planned"
monthly = "dug"
stale-weeks = 6
ages = true
becomes = { register = "walls", field = "wall" }
fields = [
    { id = "title", label = "Bed", kind = "line" },
    { id = "wall", label = "Wall", kind = "line" },
    { id = "notes", label = "Notes", kind = "prose" },
]
stages = [
    { id = "dug", name = "dug", starts = true },
    { id = "picked", name = "picked", closes = true },
    { id = "dropped", name = "dropped", closes = true },
]
presets = [{ id = "beans", title = "Beans" }]

[[registers]]
id = "walls"
name = "Walls"
singular = "wall"
about = "What stands."
example = "South"
fields = [{ id = "title", label = "Wall", kind = "line" }]
"#;

/// Only the garden.
pub(crate) fn catalog() -> Catalog {
    Catalog::new(vec![parse("garden.toml", PRACTICE).expect("a practice")])
}

/// The Tuesday of most tests.
pub(crate) fn now() -> Now {
    Now::new("2026-11-24T09:15:02+01:00".parse().expect("an instant"))
}

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

pub(crate) fn week(text: &str) -> Period {
    Period::Week(text.parse().expect("a week"))
}

pub(crate) fn month(text: &str) -> Period {
    Period::Month(text.parse().expect("a month"))
}

/// The first version of an entry, written [`now`].
pub(crate) fn entry(id: &str, body: Body) -> Entry {
    Entry::new(Id::new(id), 1, now().timestamp(), body)
}

/// The first version of an entry, written on that day.
pub(crate) fn entry_on(id: &str, day: &str, body: Body) -> Entry {
    let at = format!("{day}T09:15:02+01:00");
    Entry::new(Id::new(id), 1, at.parse().expect("an instant"), body)
}

/// The first version of an answer, written [`now`].
pub(crate) fn answered(
    period: Period,
    practice: &str,
    step: &str,
    value: impl Into<Value>,
) -> Entry {
    let answer = Answer::new(period, practice, step, value.into());
    let id = Id::answer(period, practice, step);
    entry(id.as_str(), Body::Answer(answer))
}

/// The entry as the version `name`, made from those in `after`.
pub(crate) fn versioned(mut entry: Entry, rev: u64, name: &str, after: &[&str]) -> Entry {
    entry.rev = rev;
    entry.lineage.name = VersionName::new(name);
    entry.lineage.after = Some(after.iter().map(|name| VersionName::new(name)).collect());
    entry
}
