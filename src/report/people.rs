//! People one per line: as a table, with tabs, and as JSON.
//!
//! # The plain form
//! Five columns, one tab between them: name, times mentioned, how many of those are open, the day
//! of the last, and how often each practice names them as `communication=2,multiplier=1`. Inside a
//! column as in the plain form of entries.
//!
//! # JSON
//! One object per person: `name`, `mentions` (ids of entries, newest first), `open` (those of
//! them that are open), `last` (a day), `practices` (times by the practice's id).

use chrono::NaiveDate;
use serde_json::{Map, Value as Json, json};

use super::json::json_object;
use super::list::escape_column;
use crate::calendar;
use crate::insight::{Mention, Person};
use crate::text::{self, counted_noun};

/// A person in the plain form, without the newline at its end.
pub fn people_plain(person: &Person<'_>) -> String {
    let practices: Vec<String> = person
        .by_practice()
        .into_iter()
        .map(|(practice, times)| format!("{}={times}", practice.id))
        .collect();
    [
        escape_column(&person.name),
        person.mentions.len().to_string(),
        person.open_count().to_string(),
        person.last_mentioned().to_string(),
        practices.join(","),
    ]
    .join("\t")
}

/// A person as one line of JSON.
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
    json_object(&[
        ("name", json!(person.name)),
        ("mentions", json!(ids(|_| true))),
        ("open", json!(ids(|mention| mention.open))),
        ("last", json!(person.last_mentioned().to_string())),
        ("practices", Json::Object(practices)),
    ])
}

/// People as a table: name, times mentioned, day of the last, what is open. Each row is cut to
/// `columns`, if given.
pub fn people_table(
    people: &[Person<'_>],
    today: NaiveDate,
    columns: Option<usize>,
) -> Vec<String> {
    let most = columns.map_or(usize::MAX, |columns| columns * 2 / 5);
    let cells = |person: &Person<'_>| {
        let last = calendar::short_date(person.last_mentioned(), today);
        [
            text::one_line(&person.name),
            counted_noun(person.mentions.len(), "time"),
            format!("last {last}"),
        ]
    };
    let cells: Vec<[String; 3]> = people.iter().map(cells).collect();
    let width = |at: usize| {
        let widths = cells.iter().map(|row| text::width(&row[at]));
        widths.max().unwrap_or(0).min(most)
    };
    let widths = [0, 1, 2].map(width);
    let lines = people.iter().zip(&cells).map(|(person, cells)| {
        let mut fitted: Vec<String> = cells
            .iter()
            .zip(widths)
            .map(|(cell, width)| text::fit(cell, width))
            .collect();
        if person.open_count() > 0 {
            fitted.push(format!("{} open", person.open_count()));
        }
        let line = fitted.join("  ");
        let line = line.trim_end();
        columns.map_or_else(|| line.to_owned(), |columns| text::clip(line, columns))
    });
    lines.collect()
}
