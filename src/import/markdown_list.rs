//! Lists in Markdown: each point a note, with the points and lines below it. `[x]` with a day is kept,
//! also without the sign of a point.

use chrono::NaiveDate;

use super::{CommitmentOutcome, Now, Reading, Task, Written, full_date};

/// What begins a task.
const BOXES: [&str; 3] = ["[ ] ", "[x] ", "[X] "];

/// Whether a line begins a list, or the heading of one.
pub(super) fn is_marked(line: &str) -> bool {
    point(line).is_some() || line.starts_with("# ") || line.starts_with("## ")
}

/// What follows the sign of a point.
fn point(line: &str) -> Option<&str> {
    let sign = ["- ", "* ", "+ "]
        .iter()
        .find_map(|sign| line.strip_prefix(sign));
    let is_box = BOXES.iter().any(|sign| line.starts_with(sign));
    sign.or(is_box.then_some(line)).or_else(|| {
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
            reading.task(line, task, written, now.today());
        }
    };
    for (number, line) in (1..).zip(text.lines()) {
        let line = line.trim_end();
        if let Some(text) = point(line) {
            finish(&mut current, reading);
            let (mut task, unclear) = parse_task(text, now);
            if task.text.is_empty() {
                reading.leave_out(number, "no text");
            } else {
                for (name, value) in unclear {
                    task.not_understood(number, name, value);
                }
                current = Some((number, day, task));
            }
        } else if line.starts_with('#') {
            finish(&mut current, reading);
            day = find_day(line.trim_start_matches('#'), now);
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

/// A point: `[x]` before it, `due 2026-12-04` in it, or a calendar sign, as plugins write it. Also
/// which days, by the word before them, are not certain.
fn parse_task(text: &str, now: Now) -> (Task, Vec<(&str, &str)>) {
    let [open, done, also_done] = BOXES.map(|sign| text.strip_prefix(sign).map(str::trim_start));
    let done = done.or(also_done);
    let text = done.or(open).unwrap_or(text);
    let mut task = Task::default();
    let (mut words, mut unclear) = (Vec::new(), Vec::new());
    let mut rest = text.split(' ').peekable();
    while let Some(word) = rest.next() {
        let sign = word.trim_start_matches('(').trim_end_matches(':');
        let slot = match sign.to_lowercase().as_str() {
            "due" | "📅" | "by" => Some(&mut task.due),
            "done" | "✅" => Some(&mut task.done),
            _ => None,
        };
        let has_slot = slot.is_some();
        let next = rest
            .peek()
            .map_or("", |next| next.trim_end_matches([')', ',', '.']));
        if let (Some(slot), Some(day)) = (slot, full_date(next, now)) {
            *slot = Some(day);
            rest.next();
            continue;
        }
        // Not "by 2 people".
        let is_dated =
            next.starts_with(|it: char| it.is_ascii_digit()) && next.contains(['/', '.', '-']);
        if has_slot && is_dated {
            unclear.push((sign, next));
        }
        words.push(word);
    }
    words.join(" ").trim().clone_into(&mut task.text);
    task.outcome = done.map(|_| CommitmentOutcome::Kept);
    task.done = task.done.filter(|_| done.is_some());
    (task, unclear)
}

/// The first day in a heading.
fn find_day(text: &str, now: Now) -> Option<NaiveDate> {
    let mut words = text.split([' ', '[', ']', ',']);
    words.find_map(|word| full_date(word, now))
}
