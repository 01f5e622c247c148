//! People one a line: as a table, with tabs, and as JSON.
//!
//! # The plain form
//! Five columns, one tab between them: name, times mentioned, how many of those are open, the day
//! of the last, and how often each practice names them as `communication=2,multiplier=1`. Inside a
//! column as in [`super::plain`].
//!
//! # JSON
//! One object a person: `name`, `mentions` (ids of entries, the latest first), `open` (those of
//! them that are open), `last` (a day), `practices` (times by the practice's id).

use chrono::NaiveDate;
use serde_json::{Map, Value as Json, json};

use super::json::object;
use super::list::column;
use crate::calendar;
use crate::journal::{Mention, Person};
use crate::words::{self, count};

/// Somebody in the plain form, without the line feed at its end.
#[must_use]
pub fn people_plain(person: &Person<'_>) -> String {
    let practices = person.by_practice().into_iter();
    let practices: Vec<String> = practices
        .map(|(practice, times)| format!("{}={times}", practice.id))
        .collect();
    [
        column(&person.name),
        person.mentions.len().to_string(),
        person.open().to_string(),
        person.last().to_string(),
        practices.join(","),
    ]
    .join("\t")
}

/// Somebody as one line of JSON.
#[must_use]
pub fn people_json(person: &Person<'_>) -> String {
    let ids = |wanted: fn(&&Mention<'_>) -> bool| -> Vec<&str> {
        let mentions = person.mentions.iter().filter(wanted);
        mentions.map(|mention| mention.entry.id.as_str()).collect()
    };
    let practices: Map<String, Json> = person
        .by_practice()
        .into_iter()
        .map(|(practice, times)| (practice.id.clone(), json!(times)))
        .collect();
    object(&[
        ("name", json!(person.name)),
        ("mentions", json!(ids(|_| true))),
        ("open", json!(ids(|mention| mention.open))),
        ("last", json!(person.last().to_string())),
        ("practices", Json::Object(practices)),
    ])
}

/// People as a table: name, times mentioned, day of the last, what is open. Each row is cut to
/// `columns` where they are given.
#[must_use]
pub fn people_table(
    people: &[Person<'_>],
    today: NaiveDate,
    columns: Option<usize>,
) -> Vec<String> {
    let most = columns.map_or(usize::MAX, |columns| columns * 2 / 5);
    let names = people.iter().map(|person| words::one_line(&person.name));
    let names: Vec<String> = names.collect();
    let widest = names.iter().map(|name| words::width(name)).max();
    let width = widest.unwrap_or(0).min(most);
    let lines = people.iter().zip(&names).map(|(person, name)| {
        let times = count(person.mentions.len(), "time");
        let last = calendar::short(person.last(), today);
        let mut line = format!(
            "{}  {}  {}",
            words::fit(name, width),
            words::fit(&times, 8),
            words::fit(&last, 15)
        );
        if person.open() > 0 {
            line.push_str(&format!("  {} open", person.open()));
        }
        let line = line.trim_end();
        columns.map_or_else(|| line.to_owned(), |columns| words::clip(line, columns))
    });
    lines.collect()
}
