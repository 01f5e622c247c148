//! todo.txt: `x 2026-11-06 2026-11-01 Text +project @context due:2026-11-06`.

use chrono::NaiveDate;

use super::{CommitmentOutcome, Now, Reading, Task, Written, full_date};
use crate::calendar::parse_iso_date;

/// Whether a line begins as only todo.txt does.
pub(super) fn is_marked(line: &str) -> bool {
    let marked = |rest: &str| {
        rest.split(' ')
            .next()
            .is_some_and(|it| parse_iso_date(it).is_some())
    };
    line.strip_prefix("x ").is_some_and(marked) || priority(line).is_some() || marked(line)
}

/// What follows a priority: `(A) `.
fn priority(line: &str) -> Option<&str> {
    let (letter, rest) = line.strip_prefix('(')?.split_once(") ")?;
    let is_letter = letter.len() == 1 && letter.chars().all(|it| it.is_ascii_uppercase());
    is_letter.then_some(rest)
}

pub(super) fn read(text: &str, now: Now, reading: &mut Reading) {
    for (number, line) in (1..).zip(text.lines()) {
        let line = line.trim();
        if line.is_empty() {
            continue;
        }
        let (is_done, rest) = match line.strip_prefix("x ") {
            Some(rest) => (true, rest),
            None => (false, line),
        };
        let rest = priority(rest).unwrap_or(rest);
        let (first, rest) = leading_day(rest);
        let (second, rest) = leading_day(rest);
        let (done, written) = if is_done {
            (first, second)
        } else {
            (None, first)
        };
        let mut task = Task {
            outcome: is_done.then_some(CommitmentOutcome::Kept),
            done,
            ..Task::default()
        };
        let (mut words, mut unclear) = (Vec::new(), Vec::new());
        for word in rest.split_whitespace() {
            if let Some(due) = word.strip_prefix("due:").filter(|it| !it.is_empty()) {
                task.due = full_date(due, now);
                if task.due.is_none() {
                    unclear.push(due);
                    words.push(word);
                }
            } else if let Some(project) = word.strip_prefix('+')
                && task.area.is_empty()
                && !project.is_empty()
            {
                project.clone_into(&mut task.area);
            } else {
                words.push(word);
            }
        }
        task.text = words.join(" ");
        if task.text.is_empty() {
            reading.leave_out(number, "no text");
            continue;
        }
        for due in unclear {
            task.not_understood(number, "due", due);
        }
        let written = written.and_then(|day| Written::local(day, None, now));
        reading.task(number, task, written, now.today());
    }
}

/// The day that a text begins with, and the rest.
fn leading_day(text: &str) -> (Option<NaiveDate>, &str) {
    let (word, rest) = text.split_once(' ').unwrap_or((text, ""));
    match parse_iso_date(word) {
        Some(day) => (Some(day), rest.trim_start()),
        None => (None, text),
    }
}
