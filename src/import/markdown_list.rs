//! Lists in Markdown: each point a note, with the points and lines below it. `[x]` with a day is kept.

use chrono::NaiveDate;

use super::{Now, Reading, Task, Written};
use crate::calendar::parse_iso_date;

/// Whether a line begins a list, or the heading of one.
pub(super) fn is_marked(line: &str) -> bool {
    point(line).is_some() || line.starts_with("# ") || line.starts_with("## ")
}

/// What follows the sign of a point.
fn point(line: &str) -> Option<&str> {
    let sign = ["- ", "* ", "+ "]
        .iter()
        .find_map(|sign| line.strip_prefix(sign));
    sign.or_else(|| {
        let rest = line.trim_start_matches(|it: char| it.is_ascii_digit());
        let rest = rest.strip_prefix(". ").or(rest.strip_prefix(") "));
        rest.filter(|_| line.starts_with(|it: char| it.is_ascii_digit()))
    })
}

pub(super) fn read(text: &str, now: Now, reading: &mut Reading) {
    let mut day = None;
    let mut current: Option<(usize, Option<NaiveDate>, Task)> = None;
    let finish = |current: &mut Option<(usize, Option<NaiveDate>, Task)>, reading: &mut Reading| {
        if let Some((line, day, mut task)) = current.take() {
            task.text.truncate(task.text.trim_end().len());
            let written = day.and_then(|day| Written::local(day, None, now));
            reading.task(line, task, written);
        }
    };
    for (number, line) in (1..).zip(text.lines()) {
        let line = line.trim_start_matches('\u{feff}').trim_end();
        if let Some(text) = point(line) {
            finish(&mut current, reading);
            let task = parse_task(text);
            if task.text.is_empty() {
                reading.leave_out(number, "no text");
            } else {
                current = Some((number, day, task));
            }
        } else if line.starts_with('#') {
            finish(&mut current, reading);
            day = find_day(line.trim_start_matches('#'));
        } else if line.is_empty() {
        } else if let (Some((.., task)), true) = (&mut current, line.starts_with([' ', '\t'])) {
            task.text.push('\n');
            task.text.push_str(line.trim_start());
        } else {
            finish(&mut current, reading);
            reading.leave_out(number, "not in a list");
        }
    }
    finish(&mut current, reading);
}

/// A point: `[x]` before it, `due 2026-12-04` in it, or a calendar sign, as plugins write it.
fn parse_task(text: &str) -> Task {
    let box_of = |sign: &str| text.strip_prefix(sign).map(str::trim_start);
    let done = box_of("[x] ").or(box_of("[X] "));
    let text = done.or(box_of("[ ] ")).unwrap_or(text);
    let mut task = Task::default();
    let mut words: Vec<&str> = Vec::new();
    let mut rest = text.split(' ').peekable();
    while let Some(word) = rest.next() {
        let sign = word.trim_start_matches('(').trim_end_matches(':');
        let slot = match sign.to_lowercase().as_str() {
            "due" | "📅" | "by" => Some(&mut task.due),
            "done" | "✅" => Some(&mut task.done),
            _ => None,
        };
        let next = rest
            .peek()
            .and_then(|next| parse_iso_date(next.trim_end_matches([')', ',', '.'])));
        if let (Some(slot), Some(day)) = (slot, next) {
            *slot = Some(day);
            rest.next();
        } else {
            words.push(word);
        }
    }
    words.join(" ").trim().clone_into(&mut task.text);
    task.is_done = done.is_some();
    task.done = task.done.filter(|_| task.is_done);
    task
}

/// The first day in a heading.
fn find_day(text: &str) -> Option<NaiveDate> {
    text.split([' ', '[', ']', ',']).find_map(parse_iso_date)
}
