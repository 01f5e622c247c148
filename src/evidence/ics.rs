//! The events of a calendar file in a week (RFC 5545).
//!
//! Repeating events are counted and not repeated: that needs the time zones of the file.

use chrono::{Days, NaiveDate, NaiveTime};

use super::columns::{OutputRow, parse_day};
use crate::calendar::{Now, Week};

/// The events of a week.
#[derive(Debug, Default)]
pub(super) struct Events {
    pub(super) rows: Vec<OutputRow>,
    /// How many more may be in the week, because they repeat.
    pub(super) not_repeated: usize,
}

/// One event while it is read.
#[derive(Debug, Default)]
struct Event {
    start: Option<When>,
    end: Option<When>,
    summary: String,
    url: String,
    repeats: bool,
    /// The last day of its repetitions.
    until: Option<NaiveDate>,
    is_cancelled: bool,
}

/// A day, and a time unless it is about whole days.
#[derive(Clone, Debug)]
struct When {
    day: NaiveDate,
    /// The value as it is written, to sort by.
    written: String,
    ends_at_midnight: bool,
}

/// The events of a calendar that are in a week.
pub(super) fn read_events(calendar: &str, week: Week, now: Now) -> Events {
    let mut found: Vec<(NaiveDate, String, Event)> = Vec::new();
    let mut not_repeated = 0;
    let mut event: Option<Event> = None;
    // Alarms are inside events, and have a SUMMARY of their own.
    let mut depth = 0_usize;
    for line in unfold(calendar) {
        let Some((name, value)) = property(&line) else {
            continue;
        };
        let is_event = value.trim().eq_ignore_ascii_case("VEVENT");
        match name.as_str() {
            "BEGIN" if event.is_none() && is_event => {
                (event, depth) = (Some(Event::default()), 0);
            }
            "BEGIN" => depth += 1,
            "END" if depth > 0 => depth -= 1,
            "END" if is_event => {
                let Some(event) = event.take().filter(|event| !event.is_cancelled) else {
                    continue;
                };
                match event.day_in(week) {
                    Some(day) => {
                        let written = event.start.as_ref().map(|when| when.written.clone());
                        found.push((day, written.unwrap_or_default(), event));
                    }
                    None if event.may_repeat_in(week) => not_repeated += 1,
                    None => {}
                }
            }
            _ if depth == 0 => {
                if let Some(event) = &mut event {
                    event.set(&name, value, now);
                }
            }
            _ => {}
        }
    }
    found.sort_by(|one, other| (one.0, &one.1).cmp(&(other.0, &other.1)));
    let rows = found.into_iter().map(|(day, _, event)| OutputRow {
        day: Some(day),
        columns: vec![day.to_string(), event.summary, event.url],
    });
    Events {
        rows: rows.collect(),
        not_repeated,
    }
}

impl Event {
    fn set(&mut self, name: &str, value: &str, now: Now) {
        match name {
            "DTSTART" => self.start = When::parse(value, now),
            "DTEND" => self.end = When::parse(value, now),
            "SUMMARY" => self.summary = unescape(value),
            "URL" => value.trim().clone_into(&mut self.url),
            "STATUS" => self.is_cancelled = value.trim().eq_ignore_ascii_case("CANCELLED"),
            "RRULE" => {
                self.repeats = true;
                let until = value
                    .split(';')
                    .find_map(|part| part.trim().strip_prefix("UNTIL="));
                self.until = until.and_then(|until| parse_day(until, now));
            }
            "RDATE" => self.repeats = true,
            _ => {}
        }
    }

    /// Its day, or the first of its days in the week.
    fn day_in(&self, week: Week) -> Option<NaiveDate> {
        let first = self.start.as_ref()?.day;
        let last = match &self.end {
            // The end is the first moment that is not part of the event.
            Some(end) if end.ends_at_midnight => end.day.checked_sub_days(Days::new(1))?,
            Some(end) => end.day,
            None => first,
        };
        let day = first.max(week.monday());
        (day <= week.sunday() && day <= last.max(first)).then_some(day)
    }

    fn may_repeat_in(&self, week: Week) -> bool {
        let has_begun = self
            .start
            .as_ref()
            .is_some_and(|start| start.day < week.monday());
        self.repeats && has_begun && self.until.is_none_or(|until| until >= week.monday())
    }
}

impl When {
    /// A day or a time: with `Z` in UTC, otherwise where the event is.
    fn parse(value: &str, now: Now) -> Option<Self> {
        let written = value.trim().to_owned();
        let time = written.trim_end_matches('Z').split_once('T');
        let time = time.map(|(_, time)| NaiveTime::parse_from_str(time, "%H%M%S"));
        let ends_at_midnight = match time {
            None => true,
            Some(time) => !written.ends_with('Z') && time == Ok(NaiveTime::MIN),
        };
        Some(Self {
            day: parse_day(&written, now)?,
            written,
            ends_at_midnight,
        })
    }
}

/// The content lines: one that begins with a space or a tab continues the one before (section 3.1).
fn unfold(calendar: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for line in calendar.split('\n') {
        let line = line.strip_suffix('\r').unwrap_or(line);
        match (line.strip_prefix([' ', '\t']), lines.last_mut()) {
            (Some(rest), Some(last)) => last.push_str(rest),
            _ => lines.push(line.to_owned()),
        }
    }
    lines
}

/// Name and value of a content line, without its parameters; a colon in quotes is part of a parameter.
fn property(line: &str) -> Option<(String, &str)> {
    let mut is_quoted = false;
    let colon = line.char_indices().find_map(|(at, sign)| {
        is_quoted ^= sign == '"';
        (sign == ':' && !is_quoted).then_some(at)
    })?;
    let (head, value) = (&line[..colon], &line[colon + 1..]);
    let name = head.split(';').next().unwrap_or_default();
    Some((name.trim().to_ascii_uppercase(), value))
}

/// A text with its escapes replaced (section 3.3.11).
fn unescape(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    let mut signs = value.chars();
    while let Some(sign) = signs.next() {
        match sign {
            '\\' => match signs.next() {
                Some('n' | 'N') => text.push('\n'),
                Some(other) => text.push(other),
                None => {}
            },
            _ => text.push(sign),
        }
    }
    text
}
