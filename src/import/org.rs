//! Org: headings. One with a deadline is a commitment, DONE is kept; any other is a note.

use chrono::NaiveDate;

use super::{Now, Reading, Task, Written, joined};
use crate::calendar::parse_iso_date;

/// A heading and the lines below it.
#[derive(Default)]
struct Heading {
    line: usize,
    level: usize,
    is_task: bool,
    is_done: bool,
    title: String,
    body: String,
    due: Option<NaiveDate>,
    done: Option<NaiveDate>,
    written: Option<NaiveDate>,
}

/// Whether a text has a keyword, a planning line or a drawer as Org writes them.
pub(super) fn is_marked(text: &str) -> bool {
    let mut lines = text.lines();
    lines.any(|line| {
        let trimmed = line.trim_start();
        line.starts_with("#+")
            || line.starts_with("* TODO ")
            || line.starts_with("* DONE ")
            || line.starts_with("** ")
            || trimmed == ":PROPERTIES:"
            || ["DEADLINE: <", "SCHEDULED: <", "CLOSED: ["]
                .iter()
                .any(|it| trimmed.starts_with(it))
    })
}

pub(super) fn read(text: &str, now: Now, reading: &mut Reading) {
    let mut heading: Option<Heading> = None;
    // The day of the heading of a diary, by its level.
    let mut diary: Option<(usize, NaiveDate)> = None;
    for (number, line) in (1..).zip(text.lines()) {
        if let Some(mut next) = parse_heading(line) {
            if let Some(before) = heading.take() {
                finish(&before, next.level, now, reading);
            }
            if diary.is_some_and(|(level, _)| next.level <= level) {
                diary = None;
            }
            if let Some(day) = next.title.split(' ').next().and_then(parse_iso_date) {
                diary = Some((next.level, day));
                next.written = Some(day);
                next.title = String::from(next.title[10..].trim());
                // The name of its weekday, which Org writes there.
                if is_weekday(&next.title) {
                    next.title.clear();
                }
            }
            next.written = next.written.or(diary.map(|(_, day)| day));
            next.line = number;
            heading = Some(next);
            continue;
        }
        match &mut heading {
            Some(heading) => heading.add_line(line),
            None if line.trim().is_empty() || line.starts_with('#') => {}
            None => reading.leave_out(number, "before the first heading"),
        }
    }
    if let Some(last) = heading {
        finish(&last, 0, now, reading);
    }
}

fn parse_heading(line: &str) -> Option<Heading> {
    let title = line.trim_start_matches('*');
    let level = line.len() - title.len();
    let mut title = title.strip_prefix(' ').filter(|_| level > 0)?.trim();
    let mut heading = Heading {
        level,
        ..Heading::default()
    };
    for (keyword, is_done) in [
        ("TODO", false),
        ("NEXT", false),
        ("WAITING", false),
        ("DONE", true),
    ] {
        if let Some(rest) = title
            .strip_prefix(keyword)
            .filter(|rest| rest.starts_with(' '))
        {
            heading.is_task = true;
            title = rest.trim_start();
            heading.is_done = is_done;
        }
    }
    if let Some(rest) = title
        .strip_prefix("[#")
        .and_then(|rest| rest.split_once("] "))
    {
        title = rest.1;
    }
    // Tags at the end, as words.
    let (words, tags) = match title.rsplit_once(' ') {
        Some((words, tags)) if tags.len() > 2 && tags.starts_with(':') && tags.ends_with(':') => {
            (words.trim_end(), tags)
        }
        _ => (title, ""),
    };
    let tags = tags.split(':').filter(|tag| !tag.is_empty());
    words.clone_into(&mut heading.title);
    for tag in tags {
        heading.title.push_str(&format!(" #{tag}"));
    }
    Some(heading)
}

impl Heading {
    fn add_line(&mut self, line: &str) {
        let trimmed = line.trim();
        let day = |keyword: &str| {
            let (_, rest) = trimmed.split_once(keyword)?;
            parse_iso_date(rest.trim_start().get(1..11)?)
        };
        if trimmed.starts_with("DEADLINE:")
            || trimmed.starts_with("SCHEDULED:")
            || trimmed.starts_with("CLOSED:")
        {
            self.due = day("DEADLINE:").or(day("SCHEDULED:")).or(self.due);
            self.done = day("CLOSED:").filter(|_| self.is_done).or(self.done);
        } else if let Some(created) = day(":CREATED:") {
            self.written = Some(created);
        } else if trimmed.starts_with('[') && trimmed.ends_with(']') && self.body.is_empty() {
            // The time of a capture.
            match trimmed.get(1..11).and_then(parse_iso_date) {
                Some(created) => self.written = Some(created),
                None => self.body.push_str(trimmed),
            }
        } else if !(trimmed.starts_with(':') && trimmed.ends_with(':')) {
            self.body.push_str(line.trim_end());
            self.body.push('\n');
        }
    }
}

/// Adds a heading as what it is; one that only groups those below it is none.
fn finish(heading: &Heading, next_level: usize, now: Now, reading: &mut Reading) {
    let text = joined(&heading.title, &textwrap::dedent(&heading.body));
    let groups = next_level > heading.level && heading.body.trim().is_empty() && !heading.is_task;
    if text.is_empty() || groups {
        return;
    }
    let written = heading
        .written
        .and_then(|day| Written::local(day, None, now));
    let task = Task {
        text,
        due: heading.due,
        is_done: heading.is_done,
        done: heading.done,
        ..Task::default()
    };
    reading.task(heading.line, task, written);
}

fn is_weekday(text: &str) -> bool {
    text.parse::<chrono::Weekday>().is_ok()
}
