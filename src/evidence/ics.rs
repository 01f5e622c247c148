//! The events of a calendar file in a week (RFC 5545).
//!
//! What repeats is repeated by `recurrence`, within the week only. An event is on the day that is
//! written, and one in UTC where the user is. The zones of the file say only which instance of a series
//! a moment in UTC is.

mod zones;

use std::collections::HashMap;
use std::ops::RangeInclusive;

use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike};

use super::columns::{OutputRow, parse_day};
use super::recurrence::{Rule, Start};
use crate::calendar::{Now, Week};
use zones::{Zones, read_zones};

/// How many days may be looked at for all rules of a file together.
const MOST_STEPS: usize = 1_000_000;

/// The events of a week.
#[derive(Debug, Default)]
pub(super) struct Events {
    pub(super) rows: Vec<OutputRow>,
    /// How many more may be in the week, because their rules are not understood.
    pub(super) not_repeated: usize,
    /// How many of these are only on their first day for that reason.
    pub(super) first_only: usize,
}

/// One event while it is read.
#[derive(Debug, Default)]
struct Event {
    start: Option<When>,
    end: Option<When>,
    /// How long it takes, if it has no end.
    duration: Option<TimeDelta>,
    summary: String,
    url: String,
    uid: String,
    /// Its rules, as they are written; more than one are not understood.
    rules: Vec<String>,
    /// Whether it repeats in another way that is not understood.
    is_unknown: bool,
    /// Days besides those of the rule, and days of the rule that it is not on.
    more: Vec<When>,
    except: Vec<When>,
    /// The day of a series that it replaces; if it is unknown how it repeats, with all that follow.
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
    /// Whether it is the first moment of a day where the user is.
    is_midnight: bool,
    /// The name of its zone, of a start.
    zone: Option<String>,
}

const DAY: i64 = 24 * 3600;
const LAST_SECOND: NaiveTime = NaiveTime::from_hms_opt(23, 59, 59).expect("a time of day");

/// How far ahead of UTC a zone can be, in seconds.
const OFFSETS: RangeInclusive<i64> = -12 * 3600..=14 * 3600;

/// The events of a calendar that are in a week.
pub(super) fn read_events(calendar: &str, week: Week, now: Now) -> Result<Events, String> {
    let lines = unfold(calendar);
    let begins = |line: &String| {
        let line = line.trim().to_ascii_uppercase();
        matches!(&*line, "BEGIN:VCALENDAR" | "BEGIN:VEVENT")
    };
    if !calendar.trim().is_empty() && !lines.iter().any(begins) {
        return Err("it is not a calendar: no line BEGIN:VCALENDAR".to_owned());
    }
    let (all, zones) = (events(&lines, now), read_zones(&lines, week));
    // The days of each series that other events replace.
    let mut replaced: HashMap<&str, Vec<(&When, bool)>> = HashMap::new();
    for event in &all {
        if let Some(day) = &event.replaces {
            let others = replaced.entry(&event.uid).or_default();
            others.push((day, event.is_unknown));
        }
    }
    let mut found: Vec<(NaiveDate, Option<NaiveTime>, &Event)> = Vec::new();
    let (mut read, mut steps) = (Events::default(), MOST_STEPS);
    for event in all.iter().filter(|event| !event.is_cancelled) {
        let Some(start) = &event.start else {
            continue;
        };
        let mut add = |begins: NaiveDate| {
            let day = event.day_in(week, begins);
            found.extend(day.map(|day| (day, start.time, event)));
        };
        if event.replaces.is_some() && !event.is_unknown {
            add(start.day);
            continue;
        }
        let others = replaced.get(event.uid.as_str()).into_iter().flatten();
        let except = event.except.iter().map(|day| (day, false));
        let others: Vec<(NaiveDate, bool)> = others
            .copied()
            .chain(except)
            .map(|(day, and_later)| (day.written_for(start, &zones, now), and_later))
            .collect();
        let days = event.days(start, week, &zones, now, &mut steps);
        let days = days.filter(|days| {
            let left = steps.checked_sub(days.len() * others.len());
            steps = left.unwrap_or(0);
            left.is_some()
        });
        match days {
            Some(days) => {
                let is_left = |(written, _): &(NaiveDate, NaiveDate)| {
                    !others
                        .iter()
                        .any(|(day, and_later)| day == written || (*and_later && day < written))
                };
                days.into_iter()
                    .filter(is_left)
                    .for_each(|(_, day)| add(day));
            }
            None if start.day > week.sunday() || event.is_over(start, week, &zones, now) => {}
            // Its first day at least is known.
            None if event.day_in(week, start.day).is_some() => {
                add(start.day);
                read.first_only += 1;
            }
            None => read.not_repeated += 1,
        }
    }
    found.sort_by_key(|(day, time, _)| (*day, *time));
    let rows = found.into_iter().map(|(day, _, event)| {
        let columns = vec![day.to_string(), event.summary.clone(), event.url.clone()];
        OutputRow::on(day, columns)
    });
    read.rows = rows.collect();
    Ok(read)
}

/// All events of a calendar.
fn events(lines: &[String], now: Now) -> Vec<Event> {
    let mut all = Vec::new();
    let mut event: Option<Event> = None;
    // Alarms are inside events, and have a SUMMARY of their own.
    let mut depth = 0_usize;
    for property in lines.iter().filter_map(|line| Property::read(line)) {
        let is_event = property.value.trim().eq_ignore_ascii_case("VEVENT");
        match property.name.as_str() {
            "BEGIN" if event.is_none() && is_event => {
                (event, depth) = (Some(Event::default()), 0);
            }
            "BEGIN" => depth += 1,
            "END" if depth > 0 => depth -= 1,
            "END" if is_event => all.extend(event.take().map(|event| event.with_end(now))),
            _ if depth == 0 => {
                if let Some(event) = &mut event {
                    event.set(&property, now);
                }
            }
            _ => {}
        }
    }
    all
}

impl Event {
    fn set(&mut self, property: &Property<'_>, now: Now) {
        let value = property.value;
        let list = || value.split(',').filter_map(|it| When::parse(it, now));
        match property.name.as_str() {
            "DTSTART" => {
                let zone = property.parameter("TZID").map(str::to_owned);
                self.start = When::parse(value, now).map(|when| When { zone, ..when });
            }
            "DTEND" => self.end = When::parse(value, now),
            "DURATION" => self.duration = duration(value),
            "SUMMARY" => self.summary = unescape(value),
            "URL" => value.trim().clone_into(&mut self.url),
            "UID" => value.trim().clone_into(&mut self.uid),
            "STATUS" => self.is_cancelled = value.trim().eq_ignore_ascii_case("CANCELLED"),
            "RRULE" => self.rules.push(value.to_owned()),
            "RDATE" => self.more.extend(list()),
            "EXDATE" => self.except.extend(list()),
            "EXRULE" => self.is_unknown = true,
            "RECURRENCE-ID" => {
                self.replaces = When::parse(value, now);
                self.is_unknown |= property.parameter("RANGE").is_some();
            }
            _ => {}
        }
    }

    /// The event with an end, if it says how long it takes.
    fn with_end(mut self, now: Now) -> Self {
        if let (Some(start), None, Some(duration)) = (&self.start, &self.end, self.duration) {
            self.end = start.plus(duration, now);
        }
        self
    }

    /// The days on which it may begin to be in the week, each in its own zone and where the user is;
    /// `None` if its rule is not understood or would take too long.
    fn days(
        &self,
        start: &When,
        week: Week,
        zones: &Zones,
        now: Now,
        steps: &mut usize,
    ) -> Option<Vec<(NaiveDate, NaiveDate)>> {
        if self.is_unknown {
            return None;
        }
        let length = Days::new(self.length().unsigned_abs());
        // A day more on each side, for another zone.
        let wanted =
            week.monday().checked_sub_days(length)?.pred_opt()?..=week.sunday().succ_opt()?;
        let mut days = match &self.rules[..] {
            [] => vec![start.written_day],
            [rule] => {
                let rule = Rule::parse(rule, |until| start.last_moment(until, zones, now))?;
                let first = Start {
                    day: start.written_day,
                    time: start.time.unwrap_or_default(),
                };
                rule.days_in(first, &wanted, steps)?
            }
            _ => return None,
        };
        let offset = start.day - start.written_day;
        let more = self.more.iter().map(|day| {
            let in_zone = start.local_time(day, zones, now).map(|it| it.date());
            in_zone.unwrap_or(day.day - offset)
        });
        days.extend(more.filter(|day| wanted.contains(day)));
        days.sort_unstable();
        days.dedup();
        let here = |day: NaiveDate| Some((day, day.checked_add_signed(offset)?));
        Some(days.into_iter().filter_map(here).collect())
    }

    /// Whether its rules end before the week, whatever else they say.
    fn is_over(&self, start: &When, week: Week, zones: &Zones, now: Now) -> bool {
        let ends_before = |rule: &String| {
            let mut parts = rule.split(';');
            let until = parts.find_map(|part| part.trim().strip_prefix("UNTIL="));
            let until = until.and_then(|until| start.last_moment(until, zones, now));
            until.is_some_and(|until| {
                let last = until.date() + TimeDelta::days(1);
                last < week.monday() && self.day_in(week, last).is_none()
            })
        };
        !self.rules.is_empty() && self.rules.iter().all(ends_before)
    }

    /// How many days after its first day its last one is.
    fn length(&self) -> i64 {
        let last = |end: &When| {
            // The end is the first moment that is not part of the event.
            end.day - TimeDelta::days(i64::from(end.is_midnight))
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
        let time =
            time.map(|(_, time)| NaiveTime::parse_from_str(time, "%H%M%S").unwrap_or_default());
        let is_utc = written.ends_with('Z');
        let here = *now.timestamp().offset();
        Some(Self {
            day: parse_day(written, now)?,
            written_day: parse_day(local, now)?,
            is_midnight: time.is_none_or(|time| {
                let time = if is_utc { time + here } else { time };
                time == NaiveTime::MIN
            }),
            time,
            is_utc,
            zone: None,
        })
    }

    /// What it says, wherever that is.
    fn written(&self) -> NaiveDateTime {
        self.written_day.and_time(self.time.unwrap_or_default())
    }

    /// The end of what begins here.
    fn plus(&self, duration: TimeDelta, now: Now) -> Option<Self> {
        let end = self.written().checked_add_signed(duration)?;
        let format = match (self.time, self.is_utc) {
            (None, _) => "%Y%m%d",
            (Some(_), false) => "%Y%m%dT%H%M%S",
            (Some(_), true) => "%Y%m%dT%H%M%SZ",
        };
        Self::parse(&end.format(format).to_string(), now)
    }

    /// A moment in UTC in the zone of this start; `None` for what is not in UTC, or for a start without
    /// another zone.
    ///
    /// What the file does not say of the zone follows from what the moment is: one of the series, at its
    /// time of day, and no zone is more than 14 hours ahead. Of two that can be meant, it is in the zone
    /// that is nearer to the user's.
    fn local_time(&self, moment: &Self, zones: &Zones, now: Now) -> Option<NaiveDateTime> {
        let (zone, time) = (self.zone.as_ref()?, self.time?);
        if !moment.is_utc || self.is_utc {
            return None;
        }
        let utc = moment.written();
        if let Some(offset) = zones.get(zone).and_then(|zone| zone.offset_at(utc)) {
            return utc.checked_add_signed(offset);
        }
        // A series whose end is such a second ends with a day.
        let is_end_of_day = utc.second() == 59 && time.second() != 59;
        let time = if is_end_of_day { LAST_SECOND } else { time };
        let ahead = (time - utc.time()).num_seconds().rem_euclid(DAY);
        let here = i64::from(now.timestamp().offset().local_minus_utc());
        let offsets = [ahead, ahead - DAY].into_iter();
        let offsets = offsets.filter(|offset| OFFSETS.contains(offset));
        let offset = offsets.min_by_key(|offset| (offset - here).abs())?;
        utc.checked_add_signed(TimeDelta::seconds(offset))
    }

    /// The last moment that an `UNTIL` names, in the zone of this start: the end of a day, or a time,
    /// which is in UTC for a start in another zone. A zone without a name is taken to be the user's, and
    /// an hour is added, as it may have been summer there.
    fn last_moment(&self, until: &str, zones: &Zones, now: Now) -> Option<NaiveDateTime> {
        let until = Self::parse(until, now)?;
        if until.time.is_none() {
            return until.day.and_hms_opt(23, 59, 59);
        }
        if let Some(moment) = self.local_time(&until, zones, now) {
            return Some(moment);
        }
        let written = until.written();
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

    /// The day in the zone of an event that starts at `start` of the occurrence that this means.
    fn written_for(&self, start: &Self, zones: &Zones, now: Now) -> NaiveDate {
        match start.local_time(self, zones, now) {
            Some(moment) => moment.date(),
            None if self.time.is_some() && self.is_utc == start.is_utc => self.written_day,
            None => self.day - (start.day - start.written_day),
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

/// A content line.
struct Property<'a> {
    name: String,
    /// As they are written: `TZID=Europe/Zurich;VALUE=DATE`.
    parameters: &'a str,
    value: &'a str,
}

impl<'a> Property<'a> {
    /// The parts of a line; a colon in quotes is part of a parameter.
    fn read(line: &'a str) -> Option<Self> {
        let mut is_quoted = false;
        let colon = line.char_indices().find_map(|(at, sign)| {
            is_quoted ^= sign == '"';
            (sign == ':' && !is_quoted).then_some(at)
        })?;
        let (head, value) = (&line[..colon], &line[colon + 1..]);
        let (name, parameters) = head.split_once(';').unwrap_or((head, ""));
        Some(Self {
            name: name.trim().to_ascii_uppercase(),
            parameters,
            value,
        })
    }

    fn parameter(&self, name: &str) -> Option<&'a str> {
        let mut parameters = self
            .parameters
            .split(';')
            .filter_map(|it| it.split_once('='));
        let found = parameters.find(|(other, _)| other.trim().eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.trim().trim_matches('"'))
    }
}

/// How long something takes (section 3.3.6): `P7W`, `P1DT2H30M`, `-PT15M`.
fn duration(value: &str) -> Option<TimeDelta> {
    let value = value.trim();
    let later = value.strip_prefix('+').unwrap_or(value);
    let (direction, units) = match later.strip_prefix('-') {
        Some(units) => (-1, units),
        None => (1, later),
    };
    let (mut seconds, mut number) = (0_i64, None::<i64>);
    for sign in units.strip_prefix('P')?.chars() {
        if let Some(digit) = sign.to_digit(10) {
            let tens = number.unwrap_or(0).checked_mul(10)?;
            number = Some(tens.checked_add(digit.into())?);
            continue;
        }
        let unit = match sign {
            'T' if number.is_none() => continue,
            'W' => 7 * DAY,
            'D' => DAY,
            'H' => 3600,
            'M' => 60,
            'S' => 1,
            _ => return None,
        };
        seconds = seconds.checked_add(number.take()?.checked_mul(unit)?)?;
    }
    TimeDelta::try_seconds(direction * seconds)
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
