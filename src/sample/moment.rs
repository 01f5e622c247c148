//! A time counted back from the present: `w3 tue 08:40`, `m2 14 21:00`.
//!
//! Knows the calendar, and nothing of what happens at that time.

use chrono::{Datelike, Days, NaiveDate, NaiveTime, Weekday};
use serde::Deserialize;

use crate::calendar::{Now, Timestamp};

/// A time relative to "now".
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq)]
#[serde(try_from = "String")]
pub(super) struct Moment {
    day: MomentDay,
    time: NaiveTime,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum MomentDay {
    /// A weekday, `back` weeks ago.
    Week { back: u32, weekday: Weekday },
    /// A day of a month, `back` months ago.
    Month { back: u32, day: u32 },
}

impl Moment {
    /// The day it is. A day of a month on a weekend becomes the Friday before.
    pub(super) fn day(self, now: Now) -> NaiveDate {
        match self.day {
            MomentDay::Week { back, weekday } => {
                let days = Days::new(weekday.num_days_from_monday().into());
                let monday = now.week().minus_weeks(back).monday();
                monday.checked_add_days(days).unwrap_or(monday)
            }
            MomentDay::Month { back, day } => {
                let month = (0..back).fold(now.month(), |month, _| month.previous());
                let date = month.first().with_day(day).unwrap_or(month.last());
                let late = date.weekday().num_days_from_monday().saturating_sub(4);
                date.checked_sub_days(Days::new(late.into()))
                    .unwrap_or(date)
            }
        }
    }

    /// The time, where the user is; `now` itself if it would be later.
    pub(super) fn timestamp(self, now: Now) -> Timestamp {
        let local = self.day(now).and_time(self.time);
        let stamp = local.and_local_timezone(*now.timestamp().offset()).single();
        stamp.map_or(now.timestamp(), |stamp| stamp.min(now.timestamp()))
    }
}

impl TryFrom<String> for Moment {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        parse_moment(&text).ok_or_else(|| format!("“{text}” is not a time like “w3 tue 08:40”"))
    }
}

fn parse_moment(text: &str) -> Option<Moment> {
    let mut words = text.split(' ');
    let (unit, back) = words.next()?.split_at_checked(1)?;
    let back = back.parse().ok()?;
    let day = words.next()?;
    let day = match unit {
        "w" => MomentDay::Week {
            back,
            weekday: day.parse().ok()?,
        },
        "m" => MomentDay::Month {
            back,
            // Early enough for every month, late enough for the Friday before to be in it.
            day: day.parse().ok().filter(|day| (3..=28).contains(day))?,
        },
        _ => return None,
    };
    let time = match words.next() {
        Some(time) => NaiveTime::parse_from_str(time, "%H:%M").ok()?,
        None => NaiveTime::from_hms_opt(9, 0, 0)?,
    };
    words.next().is_none().then_some(Moment { day, time })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let now = Now::new("2026-12-01T10:30:00+01:00".parse().expect("a stamp"));
        let moment = Moment::try_from(text.to_owned()).expect("a moment");
        assert_eq!(moment.timestamp(now).to_rfc3339(), expected);
    }

    #[test]
    fn weeks_and_months_are_counted_back_from_now() {
        check("w1 tue 08:40", "2026-11-24T08:40:00+01:00");
        check("w0 mon", "2026-11-30T09:00:00+01:00");
        check("m0 3 09:00", "2026-12-01T10:30:00+01:00");
        check("m1 12 14:00", "2026-11-12T14:00:00+01:00");
        check("m10 28 14:00", "2026-02-27T14:00:00+01:00");
    }

    #[test]
    fn what_would_be_later_than_now_is_now() {
        check("w0 tue 10:31", "2026-12-01T10:30:00+01:00");
        check("w0 fri", "2026-12-01T10:30:00+01:00");
    }

    #[test]
    fn a_day_of_a_month_is_never_on_a_weekend() {
        check("m1 28 09:00", "2026-11-27T09:00:00+01:00");
        check("m4 9 09:00", "2026-08-07T09:00:00+01:00");
    }

    #[test]
    fn what_is_not_a_time_is_refused() {
        for text in [
            "",
            "w",
            "w1",
            "x1 tue",
            "m1 1",
            "m1 29",
            "w1 tue 25:00",
            "w1 tue 8:00 x",
        ] {
            assert!(Moment::try_from(text.to_owned()).is_err(), "{text}");
        }
    }
}
