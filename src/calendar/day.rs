//! One day: read from what a person types, and said back in words.

use std::ops::Range;

use chrono::{Datelike, Days, Months, NaiveDate, NaiveTime, Weekday};

use super::Now;
use super::period::MONTHS;

/// Why a text is not taken for a day.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum DayError {
    /// It reads like a day that no calendar has.
    #[error("there is no {0}")]
    NoSuchDay(String),
    /// It does not read like a day.
    #[error("“{0}” is not a day I know; try fri, tomorrow, +3d, 4 Dec or 2026-12-04")]
    NotADay(String),
}

/// The Friday that "by Friday" means at `now`: this week's, or next week's from Friday noon on.
#[must_use]
pub fn by_friday(now: Now) -> NaiveDate {
    let friday = now.week().friday();
    let noon = NaiveTime::from_hms_opt(12, 0, 0).unwrap_or_default();
    if now.today() < friday || (now.today() == friday && now.time() < noon) {
        friday
    } else {
        now.week().next().friday()
    }
}

/// The day written `2026-12-04`, and in no other way.
///
/// As it stands in a journal; chrono alone would also take `2026-12-4`, and takes longer.
#[must_use]
pub fn plain_day(text: &str) -> Option<NaiveDate> {
    let number = |at: Range<usize>| {
        let digits = text.get(at)?;
        let plain = digits.bytes().all(|byte| byte.is_ascii_digit());
        plain.then(|| digits.parse::<u16>().ok()).flatten()
    };
    let [_, _, _, _, b'-', _, _, b'-', _, _] = text.as_bytes() else {
        return None;
    };
    let (year, month, day) = (number(0..4)?, number(5..7)?, number(8..10)?);
    NaiveDate::from_ymd_opt(year.into(), month.into(), day.into())
}

/// The day that `text` means at `now`.
///
/// Understood, in any case: `today`, `tomorrow`, `yesterday`; a weekday (the next one, today
/// included; `fri` is [`by_friday`]), with `next` before it for the one of next week; `+3d`, `+2w`,
/// `+1m`; ISO 8601 `2026-12-04`; `4 Dec`, `Fri Dec 4`, `4. December 2026`. A day without a year is
/// the one nearest to today; a weekday in front of a date is not checked.
///
/// # Errors
/// When it is none of these, or a day that does not exist.
pub fn parse_day(text: &str, now: Now) -> Result<NaiveDate, DayError> {
    let today = now.today();
    let lower = text.trim().to_lowercase();
    let lower = lower.strip_prefix("by ").unwrap_or(&lower).trim();
    let not_a_day = || DayError::NotADay(text.trim().to_owned());
    match lower {
        "today" => return Ok(today),
        "tomorrow" | "tmr" => return today.succ_opt().ok_or_else(not_a_day),
        "yesterday" => return today.pred_opt().ok_or_else(not_a_day),
        _ => {}
    }
    if let Some(distance) = lower.strip_prefix('+') {
        return shifted(today, distance).ok_or_else(not_a_day);
    }
    if let Some(weekday) = lower.strip_prefix("next ").and_then(weekday) {
        return NaiveDate::from_isoywd_opt(
            now.week().next().year(),
            now.week().next().number(),
            weekday,
        )
        .ok_or_else(not_a_day);
    }
    if let Some(weekday) = weekday(lower) {
        return coming(weekday, now).ok_or_else(not_a_day);
    }
    let mut parts: Vec<&str> = lower
        .split([' ', '-', '.', ',', '/'])
        .filter(|part| !part.is_empty())
        .collect();
    if parts.len() > 2 && weekday(parts[0]).is_some() {
        parts.remove(0);
    }
    let no_such_day = || DayError::NoSuchDay(text.trim().to_owned());
    match *parts.as_slice() {
        [year, month, day] if year.len() == 4 && lower.contains('-') => {
            match (number(year), number(month), number(day)) {
                (Some(year), Some(month), Some(day)) => {
                    NaiveDate::from_ymd_opt(year.cast_signed(), month, day).ok_or_else(no_such_day)
                }
                _ => Err(not_a_day()),
            }
        }
        [first, second] => {
            let (day, month) = day_and_month(first, second).ok_or_else(not_a_day)?;
            nearest(day, month, today).ok_or_else(no_such_day)
        }
        [first, second, year] if year.len() == 4 => {
            let (day, month) = day_and_month(first, second).ok_or_else(not_a_day)?;
            let year = number(year).ok_or_else(not_a_day)?;
            NaiveDate::from_ymd_opt(year.cast_signed(), month, day).ok_or_else(no_such_day)
        }
        _ => Err(not_a_day()),
    }
}

/// "Fri 27 Nov", with the year when it is not the one of `today`.
#[must_use]
pub fn short(date: NaiveDate, today: NaiveDate) -> String {
    let month = &MONTHS[date.month0() as usize][..3];
    let mut text = format!("{} {} {month}", weekday_name(date), date.day());
    if date.year() != today.year() {
        text.push_str(&format!(" {}", date.year()));
    }
    text
}

/// "Friday 27 November 2026".
#[must_use]
pub fn long(date: NaiveDate) -> String {
    let weekday = match date.weekday() {
        Weekday::Mon => "Monday",
        Weekday::Tue => "Tuesday",
        Weekday::Wed => "Wednesday",
        Weekday::Thu => "Thursday",
        Weekday::Fri => "Friday",
        Weekday::Sat => "Saturday",
        Weekday::Sun => "Sunday",
    };
    let month = MONTHS[date.month0() as usize];
    format!("{weekday} {} {month} {}", date.day(), date.year())
}

/// `date` as it stands in a field to be changed: read back by [`parse_day`] as the same day.
#[must_use]
pub fn editable(date: NaiveDate, today: NaiveDate) -> String {
    if (date - today).num_days().abs() < 150 {
        short(date, today)
    } else {
        date.to_string()
    }
}

/// How far away a day is: "today", "in 3 days", "6 weeks ago".
#[must_use]
pub fn relative(date: NaiveDate, today: NaiveDate) -> String {
    let days = (date - today).num_days();
    let distance = match days.unsigned_abs() {
        0 => return "today".to_owned(),
        1 if days > 0 => return "tomorrow".to_owned(),
        1 => return "yesterday".to_owned(),
        days @ 2..=13 => format!("{days} days"),
        days @ 14..=69 => format!("{} weeks", days / 7),
        days @ 70..=699 => format!("{} months", days / 30),
        days => format!("{} years", days / 365),
    };
    if days > 0 {
        format!("in {distance}")
    } else {
        format!("{distance} ago")
    }
}

/// "Fri 27 Nov · in 3 days".
#[must_use]
pub fn in_words(date: NaiveDate, today: NaiveDate) -> String {
    format!("{} · {}", short(date, today), relative(date, today))
}

fn shifted(today: NaiveDate, distance: &str) -> Option<NaiveDate> {
    let unit = distance.chars().last()?;
    let amount = number(distance.strip_suffix(unit)?.trim())?;
    match unit {
        'd' => today.checked_add_days(Days::new(amount.into())),
        'w' => today.checked_add_days(Days::new(u64::from(amount) * 7)),
        'm' => today.checked_add_months(Months::new(amount)),
        _ => None,
    }
    .filter(|date| date.year() <= 9999)
}

fn coming(weekday: Weekday, now: Now) -> Option<NaiveDate> {
    if weekday == Weekday::Fri {
        return Some(by_friday(now));
    }
    let today = now.today();
    let ahead = weekday.days_since(today.weekday());
    today.checked_add_days(Days::new(ahead.into()))
}

fn nearest(day: u32, month: u32, today: NaiveDate) -> Option<NaiveDate> {
    [today.year() - 1, today.year(), today.year() + 1]
        .into_iter()
        .filter_map(|year| NaiveDate::from_ymd_opt(year, month, day))
        .min_by_key(|date| (*date - today).num_days().abs())
}

fn day_and_month(first: &str, second: &str) -> Option<(u32, u32)> {
    let named = |day: &str, month: &str| Some((number(day)?, month_number(month)?));
    named(first, second).or_else(|| named(second, first))
}

pub(super) fn month_number(text: &str) -> Option<u32> {
    if text.chars().count() < 3 {
        return None;
    }
    let index = MONTHS
        .iter()
        .position(|name| name.to_lowercase().starts_with(text))?;
    u32::try_from(index + 1).ok()
}

pub(super) fn weekday(text: &str) -> Option<Weekday> {
    if text.chars().count() < 2 {
        return None;
    }
    let names = [
        ("monday", Weekday::Mon),
        ("tuesday", Weekday::Tue),
        ("wednesday", Weekday::Wed),
        ("thursday", Weekday::Thu),
        ("friday", Weekday::Fri),
        ("saturday", Weekday::Sat),
        ("sunday", Weekday::Sun),
    ];
    let found = names.into_iter().find(|(name, _)| name.starts_with(text));
    found.map(|(_, weekday)| weekday)
}

fn weekday_name(date: NaiveDate) -> &'static str {
    match date.weekday() {
        Weekday::Mon => "Mon",
        Weekday::Tue => "Tue",
        Weekday::Wed => "Wed",
        Weekday::Thu => "Thu",
        Weekday::Fri => "Fri",
        Weekday::Sat => "Sat",
        Weekday::Sun => "Sun",
    }
}

pub(super) fn number(text: &str) -> Option<u32> {
    let text = ["st", "nd", "rd", "th"]
        .iter()
        .find_map(|ending| text.strip_suffix(ending))
        .unwrap_or(text);
    let plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Now {
        Now::new(text.parse().expect("an instant"))
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let now = at("2026-11-24T09:15:02+01:00");
        let found = match parse_day(text, now) {
            Ok(date) => date.to_string(),
            Err(error) => error.to_string(),
        };
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn a_plain_day_is_written_in_one_way() {
        let day = |text| plain_day(text).map(|day| day.to_string());
        for text in ["2026-12-04", "0000-01-01", "9999-12-31", "2028-02-29"] {
            assert_eq!(day(text).as_deref(), Some(text));
        }
        for text in [
            "",
            "2026-12-4",
            "2026-12-041",
            "+026-12-04",
            "2026-+1-04",
            "2026-02-29",
            "2026-00-01",
            "2026 12 04",
            "２6-12-04",
        ] {
            assert_eq!(day(text), None, "{text}");
        }
    }

    #[test]
    fn days_are_read_as_people_write_them() {
        check("fri", "2026-11-27");
        check("by Friday", "2026-11-27");
        check("next fri", "2026-12-04");
        check("mon", "2026-11-30");
        check("tue", "2026-11-24");
        check("today", "2026-11-24");
        check(" Tomorrow ", "2026-11-25");
        check("+3d", "2026-11-27");
        check("+2w", "2026-12-08");
        check("+1m", "2026-12-24");
        check("2026-12-04", "2026-12-04");
        check("4 Dec", "2026-12-04");
        check("Dec 4th", "2026-12-04");
        check("Fri 27 Nov", "2026-11-27");
        check("4. December 2027", "2027-12-04");
        check("4 jan", "2027-01-04");
        check("20 nov", "2026-11-20");
        check("29 feb 2028", "2028-02-29");
    }

    #[test]
    fn what_makes_no_sense_is_said() {
        check("30 Feb", "there is no 30 Feb");
        check("2026-13-01", "there is no 2026-13-01");
        check("0 Dec", "there is no 0 Dec");
        check(
            "fryday",
            "“fryday” is not a day I know; try fri, tomorrow, +3d, 4 Dec or 2026-12-04",
        );
        for text in [
            "",
            "+",
            "+99999999999d",
            "+3x",
            "4",
            "dezember 4 4 4",
            "2026-12",
            "12/4",
            "🙂",
        ] {
            assert!(
                parse_day(text, at("2026-11-24T09:15:02+01:00")).is_err(),
                "{text}"
            );
        }
    }

    #[test]
    fn by_friday_turns_over_at_noon_on_friday() {
        let friday = |text| by_friday(at(text)).to_string();
        assert_eq!(friday("2026-11-23T00:00:00+01:00"), "2026-11-27");
        assert_eq!(friday("2026-11-27T11:59:59+01:00"), "2026-11-27");
        assert_eq!(friday("2026-11-27T12:00:00+01:00"), "2026-12-04");
        assert_eq!(friday("2026-11-29T23:59:59+01:00"), "2026-12-04");
        assert_eq!(friday("2026-12-31T09:00:00+14:00"), "2027-01-01");
        assert_eq!(friday("2027-01-02T09:00:00+05:45"), "2027-01-08");
    }

    #[test]
    fn a_day_in_a_field_is_read_back_as_itself() {
        let now = at("2026-11-24T09:15:02+01:00");
        for days in 0..1_000 {
            for date in [now.today() + Days::new(days), now.today() - Days::new(days)] {
                assert_eq!(parse_day(&editable(date, now.today()), now), Ok(date));
            }
        }
    }

    #[test]
    fn days_are_said_in_words() {
        let day = |text: &str| text.parse::<NaiveDate>().expect("a date");
        let today = day("2026-11-24");
        assert_eq!(in_words(day("2026-11-27"), today), "Fri 27 Nov · in 3 days");
        assert_eq!(in_words(day("2026-11-23"), today), "Mon 23 Nov · yesterday");
        assert_eq!(
            in_words(day("2027-01-05"), today),
            "Tue 5 Jan 2027 · in 6 weeks"
        );
        assert_eq!(long(day("2026-11-27")), "Friday 27 November 2026");
    }
}
