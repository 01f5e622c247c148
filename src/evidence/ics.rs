//! The events of a calendar file in a week (RFC 5545).
//!
//! What repeats is repeated by `recurrence`, within the week only. The zones of the file are not read:
//! an event is on the day that is written, and one in UTC where the user is.

use std::collections::HashMap;
use std::ops::RangeInclusive;

use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

use super::columns::{OutputRow, parse_day};
use super::recurrence::{Rule, Start};
use crate::calendar::{Now, Week};

/// How many days may be looked at for all rules of a file together.
const MOST_STEPS: usize = 1_000_000;

/// The events of a week.
#[derive(Debug, Default)]
pub(super) struct Events {
    pub(super) rows: Vec<OutputRow>,
    /// How many more may be in the week, because their rules are not understood.
    pub(super) not_repeated: usize,
}

/// One event while it is read.
#[derive(Debug, Default)]
struct Event {
    start: Option<When>,
    end: Option<When>,
    summary: String,
    url: String,
    uid: String,
    /// Its rule, as it is written.
    rule: Option<String>,
    /// Days besides those of the rule, and days of the rule that it is not on.
    more: Vec<When>,
    except: Vec<When>,
    /// The day of a series that it replaces.
    replaces: Option<When>,
    is_cancelled: bool,
}

/// A day, and a time unless it is about whole days.
#[derive(Clone, Debug)]
struct When {
    /// The day where the user is.
    day: NaiveDate,
    /// The day in the zone it is written in.
    written_day: NaiveDate,
    time: Option<NaiveTime>,
    is_utc: bool,
}

/// The events of a calendar that are in a week.
pub(super) fn read_events(calendar: &str, week: Week, now: Now) -> Events {
    let all = events(calendar, now);
    // The days of each series that other events replace.
    let mut replaced: HashMap<&str, Vec<&When>> = HashMap::new();
    for event in &all {
        if let Some(day) = &event.replaces {
            replaced.entry(&event.uid).or_default().push(day);
        }
    }
    let mut found: Vec<(NaiveDate, Option<NaiveTime>, &Event)> = Vec::new();
    let (mut not_repeated, mut steps) = (0, MOST_STEPS);
    for event in all.iter().filter(|event| !event.is_cancelled) {
        let Some(start) = &event.start else {
            continue;
        };
        let mut add = |begins: NaiveDate| {
            let day = event.day_in(week, begins);
            found.extend(day.map(|day| (day, start.time, event)));
        };
        if event.replaces.is_some() {
            add(start.day);
            continue;
        }
        let others = replaced.get(event.uid.as_str()).into_iter().flatten();
        let others: Vec<&When> = others.copied().chain(&event.except).collect();
        let days = event.days(start, week, now, &mut steps).filter(|days| {
            let left = steps.checked_sub(days.len() * others.len());
            steps = left.unwrap_or(0);
            left.is_some()
        });
        match days {
            Some(days) => {
                let is_left = |(written, day): &(NaiveDate, NaiveDate)| {
                    let is_it = |other: &&When| other.is_day_of(start, *written, *day);
                    !others.iter().any(is_it)
                };
                days.into_iter()
                    .filter(is_left)
                    .for_each(|(_, day)| add(day));
            }
            None if start.day > week.sunday() || event.is_over(start, week, now) => {}
            // Its first day at least is known.
            None if event.day_in(week, start.day).is_some() => add(start.day),
            None => not_repeated += 1,
        }
    }
    found.sort_by_key(|(day, time, _)| (*day, *time));
    let rows = found.into_iter().map(|(day, _, event)| {
        let columns = vec![day.to_string(), event.summary.clone(), event.url.clone()];
        OutputRow::on(day, columns)
    });
    Events {
        rows: rows.collect(),
        not_repeated,
    }
}

/// All events of a calendar.
fn events(calendar: &str, now: Now) -> Vec<Event> {
    let mut all = Vec::new();
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
            "END" if is_event => all.extend(event.take()),
            _ if depth == 0 => {
                if let Some(event) = &mut event {
                    event.set(&name, value, now);
                }
            }
            _ => {}
        }
    }
    all
}

impl Event {
    fn set(&mut self, name: &str, value: &str, now: Now) {
        let list = || value.split(',').filter_map(|it| When::parse(it, now));
        match name {
            "DTSTART" => self.start = When::parse(value, now),
            "DTEND" => self.end = When::parse(value, now),
            "SUMMARY" => self.summary = unescape(value),
            "URL" => value.trim().clone_into(&mut self.url),
            "UID" => value.trim().clone_into(&mut self.uid),
            "STATUS" => self.is_cancelled = value.trim().eq_ignore_ascii_case("CANCELLED"),
            "RRULE" => self.rule = Some(value.to_owned()),
            "RDATE" => self.more.extend(list()),
            "EXDATE" => self.except.extend(list()),
            "RECURRENCE-ID" => self.replaces = When::parse(value, now),
            _ => {}
        }
    }

    /// The days on which it may begin to be in the week, each in its own zone and where the user is;
    /// `None` if its rule is not understood or would take too long.
    fn days(
        &self,
        start: &When,
        week: Week,
        now: Now,
        steps: &mut usize,
    ) -> Option<Vec<(NaiveDate, NaiveDate)>> {
        let length = Days::new(self.length().unsigned_abs());
        // A day more on each side, for another zone.
        let wanted =
            week.monday().checked_sub_days(length)?.pred_opt()?..=week.sunday().succ_opt()?;
        let mut days = match &self.rule {
            Some(rule) => start.repeated(rule, &wanted, now, steps)?,
            None => vec![start.written_day],
        };
        let offset = start.day - start.written_day;
        let more = self.more.iter().map(|day| day.day - offset);
        days.extend(more.filter(|day| wanted.contains(day)));
        days.sort_unstable();
        days.dedup();
        let here = |day: NaiveDate| Some((day, day.checked_add_signed(offset)?));
        Some(days.into_iter().filter_map(here).collect())
    }

    /// Whether its rule ends before the week, whatever else it says.
    fn is_over(&self, start: &When, week: Week, now: Now) -> bool {
        let mut parts = self.rule.iter().flat_map(|rule| rule.split(';'));
        let until = parts.find_map(|part| part.trim().strip_prefix("UNTIL="));
        let until = until.and_then(|until| start.last_moment(until, now));
        until.is_some_and(|until| {
            let last = until.date() + TimeDelta::days(1);
            last < week.monday() && self.day_in(week, last).is_none()
        })
    }

    /// How many days after its first day its last one is.
    fn length(&self) -> i64 {
        let last = |end: &When| {
            // The end is the first moment that is not part of the event.
            let is_midnight = end
                .time
                .is_none_or(|time| !end.is_utc && time == NaiveTime::MIN);
            end.day - TimeDelta::days(i64::from(is_midnight))
        };
        match (&self.start, &self.end) {
            (Some(start), Some(end)) => (last(end) - start.day).num_days().max(0),
            _ => 0,
        }
    }

    /// The day in the week on which an event that begins on a day is shown: the first of those it
    /// takes.
    fn day_in(&self, week: Week, begins: NaiveDate) -> Option<NaiveDate> {
        let last = begins.checked_add_signed(TimeDelta::try_days(self.length())?)?;
        let day = begins.max(week.monday());
        (day <= week.sunday() && day <= last).then_some(day)
    }
}

impl When {
    /// A day or a time: with `Z` in UTC, otherwise where the event is. Of a period, its start.
    fn parse(value: &str, now: Now) -> Option<Self> {
        let written = value.split('/').next().unwrap_or_default().trim();
        let local = written.trim_end_matches('Z');
        let time = local.split_once('T');
        Some(Self {
            day: parse_day(written, now)?,
            written_day: parse_day(local, now)?,
            time: time
                .map(|(_, time)| NaiveTime::parse_from_str(time, "%H%M%S").unwrap_or_default()),
            is_utc: written.ends_with('Z'),
        })
    }

    /// The days in `wanted` on which an event that starts here begins, in its own zone.
    fn repeated(
        &self,
        rule: &str,
        wanted: &RangeInclusive<NaiveDate>,
        now: Now,
        steps: &mut usize,
    ) -> Option<Vec<NaiveDate>> {
        let rule = Rule::parse(rule, |until| self.last_moment(until, now))?;
        let start = Start {
            day: self.written_day,
            time: self.time.unwrap_or_default(),
        };
        rule.days_in(start, wanted, steps)
    }

    /// The last moment that an `UNTIL` names, in the zone of this start: the end of a day, or a time,
    /// which is in UTC for a start in another zone. That zone is taken to be the user's, and an hour is
    /// added, as it may have been summer there.
    fn last_moment(&self, until: &str, now: Now) -> Option<NaiveDateTime> {
        let until = Self::parse(until, now)?;
        let Some(time) = until.time else {
            return until.day.and_hms_opt(23, 59, 59);
        };
        let written = until.written_day.and_time(time);
        let zone = TimeDelta::seconds(now.timestamp().offset().local_minus_utc().into());
        let summer = TimeDelta::hours(1);
        match (self.time.is_some(), until.is_utc, self.is_utc) {
            // All of the day of an event about whole days.
            (false, ..) => until.written_day.and_hms_opt(23, 59, 59),
            (true, true, false) => written.checked_add_signed(zone + summer),
            (true, false, true) => written.checked_sub_signed(zone),
            (true, ..) => Some(written),
        }
    }

    /// Whether it means the occurrence that is on these days of an event that starts at `start`.
    fn is_day_of(&self, start: &Self, written: NaiveDate, day: NaiveDate) -> bool {
        if self.time.is_some() && self.is_utc == start.is_utc {
            self.written_day == written
        } else {
            self.day == day
        }
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
