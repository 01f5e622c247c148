//! Org: headings. One with a deadline is a commitment, DONE is kept; any other is a note.
//! What became of a task that is closed with another word is [`Ending`]'s rule.
//!
//! A heading has one keyword. TODO, DONE and CANCELLED are always one, others if a line `#+TODO:` of the file
//! says so. NEXT and WAITING are often set outside the file: with a day they are one, without they
//! stay in the text.

use chrono::NaiveDate;

use super::ending::Ending;
use super::{CommitmentOutcome, Now, Reading, Task, Written, joined};
use crate::calendar::parse_iso_date;

/// A heading and the lines below it.
#[derive(Default)]
struct Heading {
    line: usize,
    level: usize,
    keyword: Option<Keyword>,
    title: String,
    body: String,
    due: Option<NaiveDate>,
    done: Option<NaiveDate>,
    written: Option<NaiveDate>,
    /// The lines whose days are not understood.
    unclear: Vec<(usize, String)>,
}

#[derive(Clone, Debug)]
struct Keyword {
    word: String,
    state: State,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum State {
    Open,
    /// Open, if it is a keyword at all.
    Guessed,
    Closed(Ending),
}

const DONE: State = State::Closed(Ending::As(CommitmentOutcome::Kept));

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
    let keywords = keywords(text);
    let mut heading: Option<Heading> = None;
    // The day of the heading of a diary, by its level.
    let mut diary: Option<(usize, NaiveDate)> = None;
    for (number, line) in (1..).zip(text.lines()) {
        if let Some(mut next) = parse_heading(line, &keywords) {
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
            Some(heading) => {
                if let Some(unclear) = heading.add_line(line) {
                    heading.unclear.push((number, unclear.to_owned()));
                }
            }
            None if line.trim().is_empty() || line.starts_with('#') => {}
            None => reading.leave_out(number, "before the first heading"),
        }
    }
    if let Some(last) = heading {
        finish(&last, 0, now, reading);
    }
}

/// The keywords of a file, its own ones first.
fn keywords(text: &str) -> Vec<Keyword> {
    let keyword = |word: &str, state| Keyword {
        // "DONE(d!)" is DONE with its key.
        word: word.split('(').next().unwrap_or_default().to_owned(),
        state,
    };
    let mut keywords = Vec::new();
    for line in text.lines() {
        let setting = line.split_once(':').filter(|(name, _)| {
            ["#+TODO", "#+SEQ_TODO", "#+TYP_TODO"]
                .iter()
                .any(|it| name.eq_ignore_ascii_case(it))
        });
        let Some((_, words)) = setting else { continue };
        // Without a bar, the last one is that of what is finished.
        let (open, finished) = words
            .split_once('|')
            .or_else(|| words.trim().rsplit_once(' '))
            .unwrap_or((words, ""));
        keywords.extend(open.split_whitespace().map(|it| keyword(it, State::Open)));
        keywords.extend(finished.split_whitespace().map(|it| {
            let keyword = keyword(it, DONE);
            let ending = Ending::of(&keyword.word);
            let state = ending.map_or(DONE, State::Closed);
            Keyword { state, ..keyword }
        }));
    }
    for (word, state) in [
        ("TODO", State::Open),
        ("DONE", DONE),
        ("CANCELLED", State::Closed(Ending::Dropped)),
        ("CANCELED", State::Closed(Ending::Dropped)),
        ("NEXT", State::Guessed),
        ("WAITING", State::Guessed),
    ] {
        keywords.push(keyword(word, state));
    }
    keywords
}

fn parse_heading(line: &str, keywords: &[Keyword]) -> Option<Heading> {
    let title = line.trim_start_matches('*');
    let level = line.len() - title.len();
    let mut title = title.strip_prefix(' ').filter(|_| level > 0)?.trim();
    let mut heading = Heading {
        level,
        ..Heading::default()
    };
    let first = title.split_once(' ');
    let keyword = first.and_then(|(first, rest)| {
        let keyword = keywords.iter().find(|it| it.word == first)?;
        Some((keyword, rest.trim_start()))
    });
    if let Some((keyword, rest)) = keyword {
        heading.keyword = Some(keyword.clone());
        title = rest;
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
    fn state(&self) -> Option<State> {
        self.keyword.as_ref().map(|it| it.state)
    }

    fn outcome(&self) -> Option<CommitmentOutcome> {
        match self.state() {
            Some(State::Closed(Ending::As(outcome))) => Some(outcome),
            _ => None,
        }
    }

    /// Adds a line below the heading, and returns it if the days in it are not understood.
    fn add_line<'a>(&mut self, line: &'a str) -> Option<&'a str> {
        let trimmed = line.trim();
        let day = |keyword: &str| {
            let (_, rest) = trimmed.split_once(keyword)?;
            parse_iso_date(rest.trim_start().get(1..11)?)
        };
        let planned = ["DEADLINE:", "SCHEDULED:", "CLOSED:"]
            .into_iter()
            .filter(|keyword| trimmed.contains(keyword));
        if planned.clone().any(|keyword| trimmed.starts_with(keyword)) {
            self.due = day("DEADLINE:").or(day("SCHEDULED:")).or(self.due);
            self.done = day("CLOSED:")
                .filter(|_| self.outcome().is_some())
                .or(self.done);
            if planned.into_iter().any(|keyword| day(keyword).is_none()) {
                self.push_line(line);
                return Some(trimmed);
            }
        } else if let Some(created) = day(":CREATED:") {
            self.written = Some(created);
        } else if trimmed.starts_with('[') && trimmed.ends_with(']') && self.body.is_empty() {
            // The time of a capture.
            match trimmed.get(1..11).and_then(parse_iso_date) {
                Some(created) => self.written = Some(created),
                None => self.body.push_str(trimmed),
            }
        } else if !(trimmed.starts_with(':') && trimmed.ends_with(':')) {
            self.push_line(line);
        }
        None
    }

    fn push_line(&mut self, line: &str) {
        self.body.push_str(line.trim_end());
        self.body.push('\n');
    }
}

/// Adds a heading as what it is; one that only groups those below it is none.
fn finish(heading: &Heading, next_level: usize, now: Now, reading: &mut Reading) {
    let mut title = heading.title.clone();
    let mut is_task = heading.keyword.is_some();
    if let Some(Keyword { word, .. }) = heading.keyword.as_ref()
        && heading.state() == Some(State::Guessed)
        && heading.due.is_none()
    {
        title = format!("{word} {title}");
        is_task = false;
    }
    let text = joined(&title, &textwrap::dedent(&heading.body));
    let groups = next_level > heading.level && heading.body.trim().is_empty() && !is_task;
    if text.is_empty() || groups {
        return;
    }
    if heading.state() == Some(State::Closed(Ending::Dropped)) {
        return reading.leave_out_dropped(heading.line);
    }
    let written = heading
        .written
        .and_then(|day| Written::local(day, None, now));
    let mut task = Task {
        text,
        due: heading.due,
        outcome: heading.outcome(),
        done: heading.done,
        ..Task::default()
    };
    for (line, unclear) in &heading.unclear {
        task.not_understood(*line, "day", unclear);
    }
    reading.task(heading.line, task, written, now.today());
}

fn is_weekday(text: &str) -> bool {
    text.parse::<chrono::Weekday>().is_ok()
}
