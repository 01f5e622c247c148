//! A stretch of days as somebody names it who looks back: `last month`, `2026-11`, `3w`, `1 Oct`.

use std::ops::RangeInclusive;

use chrono::{Datelike, Days, Months, NaiveDate};

use super::day::{month_number, number, weekday};
use super::{DayError, Month, Now, Week, parse_day};

/// The days that `text` means to somebody who looks back from `now`, first and last.
///
/// Understood, in any case: `this` or `last` with `week`, `month` or `year`, with a space or a
/// hyphen between; `2026-W48`, `2026-11`, `2026`; the name of a month, the last one that has begun;
/// `3d`, `3w`, `3m`, `1y` for the day that long ago; a weekday, the last one up to today; and every
/// day that [`parse_day`] takes.
///
/// # Errors
/// When it is none of these, or a day that does not exist.
pub fn parse_stretch(text: &str, now: Now) -> Result<RangeInclusive<NaiveDate>, DayError> {
    let today = now.today();
    let lower = text.trim().to_lowercase();
    if let Some((which, what)) = lower.split_once([' ', '-'])
        && let Some(stretch) = named(which, what.trim(), now)
    {
        return Ok(stretch);
    }
    if let Ok(week) = text.trim().parse::<Week>() {
        return Ok(week.monday()..=week.sunday());
    }
    if let Ok(month) = text.trim().parse::<Month>() {
        return Ok(of_month(month));
    }
    if lower.len() == 4
        && let Some(year) = number(&lower).and_then(|year| of_year(year.cast_signed()))
    {
        return Ok(year);
    }
    if let Some(month) = month_number(&lower) {
        let this_year = Month::new(today.year(), month).filter(|month| month.first() <= today);
        let month = this_year.or_else(|| Month::new(today.year() - 1, month));
        return month.map(of_month).ok_or_else(|| not_a_day(text));
    }
    let one = |day: NaiveDate| day..=day;
    if let Some(weekday) = weekday(&lower) {
        let since = today.weekday().days_since(weekday);
        let day = today.checked_sub_days(Days::new(since.into()));
        return day.map(one).ok_or_else(|| not_a_day(text));
    }
    if let Some(day) = ago(&lower, today) {
        return Ok(one(day));
    }
    parse_day(text, now).map(one)
}

fn named(which: &str, what: &str, now: Now) -> Option<RangeInclusive<NaiveDate>> {
    let back = match which {
        "this" => 0,
        "last" => 1,
        _ => return None,
    };
    Some(match what {
        "week" => {
            let week = now.week().back(back);
            week.monday()..=week.sunday()
        }
        "month" if back == 0 => of_month(now.month()),
        "month" => of_month(now.month().back()),
        "year" => of_year(now.today().year() - back.cast_signed())?,
        _ => return None,
    })
}

fn of_month(month: Month) -> RangeInclusive<NaiveDate> {
    month.first()..=month.last()
}

fn of_year(year: i32) -> Option<RangeInclusive<NaiveDate>> {
    Some(NaiveDate::from_ymd_opt(year, 1, 1)?..=NaiveDate::from_ymd_opt(year, 12, 31)?)
}

fn ago(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    let text = text.strip_suffix("ago").unwrap_or(text).trim();
    let unit = text.chars().last()?;
    let amount = number(text.strip_suffix(unit)?.trim())?;
    match unit {
        'd' => today.checked_sub_days(Days::new(amount.into())),
        'w' => today.checked_sub_days(Days::new(u64::from(amount) * 7)),
        'm' => today.checked_sub_months(Months::new(amount)),
        'y' => today.checked_sub_months(Months::new(amount.checked_mul(12)?)),
        _ => None,
    }
    .filter(|day| day.year() >= 0)
}

fn not_a_day(text: &str) -> DayError {
    DayError::NotADay(text.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let now = Now::new("2026-11-24T09:15:02+01:00".parse().expect("an instant"));
        let found = match parse_stretch(text, now) {
            Ok(days) if days.start() == days.end() => days.start().to_string(),
            Ok(days) => format!("{} to {}", days.start(), days.end()),
            Err(_) => "nothing".to_owned(),
        };
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn stretches_are_named_as_one_looks_back() {
        check("this week", "2026-11-23 to 2026-11-29");
        check("Last-Week", "2026-11-16 to 2026-11-22");
        check("last month", "2026-10-01 to 2026-10-31");
        check("this year", "2026-01-01 to 2026-12-31");
        check("2026-W01", "2025-12-29 to 2026-01-04");
        check("2026-02", "2026-02-01 to 2026-02-28");
        check("2025", "2025-01-01 to 2025-12-31");
        check("nov", "2026-11-01 to 2026-11-30");
        check("December", "2025-12-01 to 2025-12-31");
        check("3d", "2026-11-21");
        check("2w ago", "2026-11-10");
        check("3m", "2026-08-24");
        check("1y", "2025-11-24");
        check("fri", "2026-11-20");
        check("tuesday", "2026-11-24");
        check("1 Oct", "2026-10-01");
        check("yesterday", "2026-11-23");
    }

    #[test]
    fn what_names_no_days_is_said() {
        for text in [
            "",
            "last",
            "last time",
            "9999999999w",
            "4294967295y",
            "0000-00",
            "2026-W60",
            "日",
            "-",
            "w",
            "30 Feb",
        ] {
            check(text, "nothing");
        }
    }
}
