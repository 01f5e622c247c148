//! jrnl: its text file, `[2026-10-05 08:30] Title`, and `jrnl --format json`.

use chrono::{NaiveDate, NaiveTime};

use super::{Now, Reading, Written, joined, json, time_of_day};
use crate::calendar::parse_iso_date;

/// The day, time and title of a line that begins an entry.
pub(super) fn heading(line: &str) -> Option<(NaiveDate, Option<NaiveTime>, &str)> {
    let (when, title) = line.strip_prefix('[')?.split_once(']')?;
    let (day, time) = when.split_once(' ').unwrap_or((when, ""));
    let day = NaiveDate::parse_from_str(day, "%Y-%m-%d").ok()?;
    let parsed = time_of_day(time);
    (time.is_empty() || parsed.is_some()).then_some((day, parsed, title.trim()))
}

/// The brackets that a line begins with, if there is a day in them.
fn day_in_brackets(line: &str) -> Option<&str> {
    let end = line.find(']')?;
    let day = line[..end].strip_prefix('[')?.split(' ').next()?;
    parse_iso_date(day).map(|_| &line[..=end])
}

pub(super) fn read(text: &str, now: Now, reading: &mut Reading) {
    if text.trim_start().starts_with('{') {
        return read_json(text, now, reading);
    }
    let mut entry: Option<(usize, Option<Written>, String)> = None;
    for (number, line) in (1..).zip(text.lines()) {
        if let Some((day, time, title)) = heading(line) {
            if let Some((line, written, text)) = entry.take() {
                reading.note(line, text.trim_end().to_owned(), written);
            }
            // A star at the end of the title marks a favourite.
            let title = title.strip_suffix(" *").unwrap_or(title);
            entry = Some((number, Written::local(day, time, now), title.to_owned()));
        } else if let Some((.., text)) = &mut entry {
            if let Some(when) = day_in_brackets(line) {
                let what = format!("{when} is not a time, so it stays in the text before it");
                reading.not_understood.push((number, what));
            }
            text.push('\n');
            text.push_str(line);
        } else if !line.trim().is_empty() {
            match line.split_once(']') {
                Some((when, _)) if when.starts_with('[') => {
                    reading.leave_out(number, format!("{when}] is not a day"));
                }
                _ => reading.leave_out(number, "before the first day in brackets"),
            }
        }
    }
    if let Some((line, written, text)) = entry {
        reading.note(line, text.trim_end().to_owned(), written);
    }
}

fn read_json(text: &str, now: Now, reading: &mut Reading) {
    for (line, entry) in json::read_objects(text, reading) {
        let when = format!(
            "[{} {}]",
            json::text(&entry, "date"),
            json::text(&entry, "time")
        );
        let Some((day, time, _)) = heading(&when) else {
            reading.leave_out(line, "no day");
            continue;
        };
        let text = joined(json::text(&entry, "title"), json::text(&entry, "body"));
        reading.note(line, text, Written::local(day, time, now));
    }
}
