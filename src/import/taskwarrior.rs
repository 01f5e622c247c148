//! taskwarrior: `task export`. A task with a due day is a commitment, one that was done is kept.

use chrono::{NaiveDateTime, TimeZone};
use serde_json::Value;

use super::{CommitmentOutcome, Now, Reading, Task, Timestamp, Written, json};

pub(super) fn read(text: &str, now: Now, reading: &mut Reading) {
    for (line, task) in json::read_objects(text, reading) {
        let day = |member: &str| instant(json::text(&task, member), now).map(|at| at.date_naive());
        let status = json::text(&task, "status");
        let notes = task.get("annotations").and_then(Value::as_array);
        let notes = notes.into_iter().flatten();
        let notes: Vec<&str> = notes.map(|note| json::text(note, "description")).collect();
        let description = json::text(&task, "description");
        match status {
            "pending" | "waiting" | "completed" if !description.trim().is_empty() => {}
            "deleted" => {
                reading.leave_out(line, "deleted there");
                continue;
            }
            _ => {
                reading.leave_out(line, "not a task that was open or done");
                continue;
            }
        }
        let written = instant(json::text(&task, "entry"), now).map(|at| Written {
            // Two tasks of one second may say the same.
            key: json::text(&task, "uuid").to_owned(),
            at,
        });
        let tags = json::texts(&task, "tags").map(|tag| format!("#{tag}"));
        let tags: Vec<String> = tags.collect();
        let text = super::joined(description, &notes.join("\n"));
        let is_done = status == "completed";
        let task = Task {
            text: super::joined(&text, &tags.join(" ")),
            area: json::text(&task, "project").to_owned(),
            due: day("due"),
            outcome: is_done.then_some(CommitmentOutcome::Kept),
            done: day("end").filter(|_| is_done),
            ..Task::default()
        };
        reading.task(line, task, written, now.today());
    }
}

/// A time as taskwarrior writes it: `20261204T000000Z`.
fn instant(text: &str, now: Now) -> Option<Timestamp> {
    let at = NaiveDateTime::parse_from_str(text, "%Y%m%dT%H%M%SZ").ok()?;
    Some(now.timestamp().offset().from_utc_datetime(&at))
}
