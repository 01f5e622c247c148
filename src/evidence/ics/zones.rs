//! The time zones that a calendar file brings along (RFC 5545, section 3.6.5).
//!
//! A zone is read around a week only: what is far from it is an hour off at worst, and decides nothing.

use std::collections::HashMap;

use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

use super::Property;
use crate::calendar::Week;
use crate::evidence::recurrence::{Rule, Start};

/// How many days may be looked at for the rules of all zones together.
const MOST_STEPS: usize = 1_000_000;

/// The zones of a file by their names.
pub(super) type Zones = HashMap<String, Zone>;

/// The offsets of a zone, each with the moment in UTC from which it counts, the earliest first.
#[derive(Debug, Default)]
pub(super) struct Zone(Vec<(NaiveDateTime, TimeDelta)>);

impl Zone {
    /// How far it is ahead of UTC at a moment in UTC.
    pub(super) fn offset_at(&self, utc: NaiveDateTime) -> Option<TimeDelta> {
        let next = self.0.partition_point(|(from, _)| *from <= utc);
        let (_, offset) = self.0.get(next.saturating_sub(1))?;
        Some(*offset)
    }
}

/// Summer or standard time, while it is read.
#[derive(Debug, Default)]
struct Observance {
    /// Its first moments, by the clocks before.
    starts: Vec<NaiveDateTime>,
    from: TimeDelta,
    to: TimeDelta,
    rule: Option<String>,
}

/// The zones in the lines of a calendar, with their offsets around the week.
pub(super) fn read_zones(lines: &[String], week: Week) -> Zones {
    let mut zones = Zones::new();
    let (mut name, mut zone, mut observance) = (String::new(), Zone::default(), None);
    let mut steps = MOST_STEPS;
    for property in lines.iter().filter_map(|line| Property::read(line)) {
        let value = property.value.trim();
        match (&*property.name, &*value.to_ascii_uppercase()) {
            ("BEGIN", "VTIMEZONE") => (name, zone) = (String::new(), Zone::default()),
            ("BEGIN", "STANDARD" | "DAYLIGHT") => observance = Some(Observance::default()),
            ("END", "STANDARD" | "DAYLIGHT") => {
                let read = observance.take().unwrap_or_default();
                zone.0.extend(read.offsets(week, &mut steps));
            }
            ("END", "VTIMEZONE") => {
                zone.0.sort_unstable();
                zones.insert(std::mem::take(&mut name), std::mem::take(&mut zone));
            }
            ("TZID", _) => value.clone_into(&mut name),
            _ => {
                if let Some(observance) = &mut observance {
                    observance.set(&property.name, value);
                }
            }
        }
    }
    zones
}

impl Observance {
    fn set(&mut self, name: &str, value: &str) {
        match name {
            "DTSTART" => self.starts.splice(0..0, moment(value)).for_each(drop),
            "RDATE" => self.starts.extend(value.split(',').filter_map(moment)),
            "TZOFFSETFROM" => self.from = offset(value).unwrap_or_default(),
            "TZOFFSETTO" => self.to = offset(value).unwrap_or_default(),
            "RRULE" => self.rule = Some(value.to_owned()),
            _ => {}
        }
    }

    /// When it begins in the years around the week, in UTC.
    fn offsets(&self, week: Week, steps: &mut usize) -> Vec<(NaiveDateTime, TimeDelta)> {
        let mut starts = self.starts.clone();
        starts.extend(self.repeated(week, steps).unwrap_or_default());
        let in_utc = starts
            .iter()
            .filter_map(|start| start.checked_sub_signed(self.from));
        in_utc.map(|from| (from, self.to)).collect()
    }

    fn repeated(&self, week: Week, steps: &mut usize) -> Option<Vec<NaiveDateTime>> {
        let start = self.starts.first()?;
        let until = |until: &str| match until.strip_suffix('Z') {
            Some(utc) => moment(utc)?.checked_add_signed(self.from),
            None => moment(until).or_else(|| day(until)?.and_hms_opt(23, 59, 59)),
        };
        let rule = Rule::parse(self.rule.as_ref()?, until)?;
        let first = Start {
            day: start.date(),
            time: start.time(),
        };
        let wanted = week.monday().checked_sub_days(Days::new(2 * 366))?
            ..=week.sunday().checked_add_days(Days::new(366))?;
        let days = rule.days_in(first, &wanted, steps)?;
        Some(
            days.into_iter()
                .map(|day| day.and_time(start.time()))
                .collect(),
        )
    }
}

/// A time by a clock: `20071104T020000`.
fn moment(value: &str) -> Option<NaiveDateTime> {
    let (date, time) = value.trim().split_once('T')?;
    Some(day(date)?.and_time(NaiveTime::parse_from_str(time, "%H%M%S").ok()?))
}

/// A day with a year of four digits.
fn day(value: &str) -> Option<NaiveDate> {
    let is_plain = value.len() == 8 && value.bytes().all(|byte| byte.is_ascii_digit());
    is_plain.then(|| NaiveDate::parse_from_str(value, "%Y%m%d").ok())?
}

/// An offset from UTC: `-0800`, `+053000`.
fn offset(value: &str) -> Option<TimeDelta> {
    let (sign, digits) = value.split_at_checked(1)?;
    let time = NaiveTime::parse_from_str(&format!("{digits:0<6}"), "%H%M%S").ok()?;
    let ahead = time - NaiveTime::MIN;
    match sign {
        "+" => Some(ahead),
        "-" => Some(-ahead),
        _ => None,
    }
}
