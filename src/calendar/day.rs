//! One day, as text.

use std::ops::Range;

use chrono::{Datelike, NaiveDate, Weekday};

use super::period::{MONTHS, Week};

/// Whether a day is before or after today, if its text does not say.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Direction {
    /// A day something is due: the next one, today included.
    Future,
    /// A new day for something that is due on this one: the next one, unless it is this day itself,
    /// just passed.
    Rescheduled(NaiveDate),
    /// A day past or ahead: the nearest one of a date, week, month or quarter without a year, else as
    /// [`Direction::Future`], but a weekday is the next one, whichever it is.
    Near,
    /// A day on which something happened: the last one, today included.
    Past,
}

/// Reads `2026-12-04` and no other form.
///
/// The form in a journal; chrono also accepts `2026-12-4`, and is slower.
pub fn parse_iso_date(text: &str) -> Option<NaiveDate> {
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

/// "Fri 27 Nov", with the year if it is not the one of `today`.
pub fn short_date(date: NaiveDate, today: NaiveDate) -> String {
    let month = &MONTHS[date.month0() as usize][..3];
    let mut text = format!("{} {} {month}", date.weekday(), date.day());
    if date.year() != today.year() {
        text.push_str(&format!(" {}", date.year()));
    }
    text
}

/// "27 Nov", where the year is near.
pub fn day_and_month(date: NaiveDate) -> String {
    date.format("%-d %b").to_string()
}

/// "27 Nov 2026".
pub fn medium_date(date: NaiveDate) -> String {
    date.format("%-d %b %Y").to_string()
}

/// "27 November 2026".
pub fn long_date(date: NaiveDate) -> String {
    date.format("%-d %B %Y").to_string()
}

/// The day that [`long_date`] wrote.
pub fn parse_long_date(text: &str) -> Option<NaiveDate> {
    let date = NaiveDate::parse_from_str(text, "%d %B %Y").ok();
    date.filter(|date| long_date(*date) == text)
}

/// "Friday 27 November 2026".
pub(super) fn full_date(date: NaiveDate) -> String {
    date.format("%A %-d %B %Y").to_string()
}

/// "Friday".
pub(super) fn weekday_in_full(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Mon => "Monday",
        Weekday::Tue => "Tuesday",
        Weekday::Wed => "Wednesday",
        Weekday::Thu => "Thursday",
        Weekday::Fri => "Friday",
        Weekday::Sat => "Saturday",
        Weekday::Sun => "Sunday",
    }
}

/// `date` as text in a field: [`parse_day`](super::parse_day) reads it back as the same day in this
/// direction.
pub fn editable_date(date: NaiveDate, today: NaiveDate, direction: Direction) -> String {
    let near = is_near(date, today);
    let is_there = match direction {
        Direction::Future => date >= today,
        // No later day with the same text is this near.
        Direction::Rescheduled(due) => date >= today || date == due,
        Direction::Near => true,
        Direction::Past => date <= today,
    };
    match (near, is_there) {
        (true, true) => short_date(date, today),
        // Without its year it would be read as a day on the other side of today.
        (true, false) => short_date(date, NaiveDate::MIN),
        (false, _) => date.to_string(),
    }
}

/// Whether people read a date without its year as this day, not as one a year away.
pub(super) fn is_near(date: NaiveDate, today: NaiveDate) -> bool {
    (date - today).num_days().abs() < 150
}

/// How far away a day is: "today", "in 3 days", "6 weeks ago".
pub fn humanize(date: NaiveDate, today: NaiveDate) -> String {
    let days = (date - today).num_days();
    let distance = match days.unsigned_abs() {
        0 => return "today".to_owned(),
        1 if days > 0 => return "tomorrow".to_owned(),
        1 => return "yesterday".to_owned(),
        days @ 2..=13 => format!("{days} days"),
        days @ 14..=69 => format!("{} weeks", days / 7),
        _ => match date.max(today).years_since(date.min(today)) {
            Some(years @ 2..) => format!("{years} years"),
            _ => format!("{} months", whole_months(date.min(today), date.max(today))),
        },
    };
    if days > 0 {
        format!("in {distance}")
    } else {
        format!("{distance} ago")
    }
}

/// "this week", "last week", "5 weeks ago".
pub fn humanize_week(week: Week, present: Week) -> String {
    let near = week.near_name(present).map(str::to_owned);
    near.unwrap_or_else(|| humanize(week.monday(), present.monday()))
}

/// How many months of the calendar are over from one day to a later one.
fn whole_months(from: NaiveDate, to: NaiveDate) -> i32 {
    let count = |day: NaiveDate| day.year() * 12 + day.month0().cast_signed();
    count(to) - count(from) - i32::from(to.day() < from.day())
}

/// "Fri 27 Nov · in 3 days".
pub fn date_and_distance(date: NaiveDate, today: NaiveDate) -> String {
    format!("{} · {}", short_date(date, today), humanize(date, today))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_day_is_written_in_one_way() {
        let day = |text| parse_iso_date(text).map(|day| day.to_string());
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
    fn days_are_shown_as_text() {
        let day = |text: &str| text.parse::<NaiveDate>().expect("a date");
        let today = day("2026-11-24");
        assert_eq!(
            date_and_distance(day("2026-11-27"), today),
            "Fri 27 Nov · in 3 days"
        );
        assert_eq!(
            date_and_distance(day("2026-11-23"), today),
            "Mon 23 Nov · yesterday"
        );
        assert_eq!(
            date_and_distance(day("2027-01-05"), today),
            "Tue 5 Jan 2027 · in 6 weeks"
        );
        assert_eq!(humanize(day("2028-11-23"), today), "in 23 months");
        let spring = day("2027-04-30");
        assert_eq!(humanize(day("2026-04-02"), spring), "12 months ago");
        assert_eq!(humanize(day("2026-05-01"), spring), "11 months ago");
        assert_eq!(humanize(day("2027-02-18"), spring), "2 months ago");
        assert_eq!(humanize(day("2028-11-24"), today), "in 2 years");
        assert_eq!(humanize(day("9999-12-31"), today), "in 7973 years");
        assert_eq!(humanize(day("2024-11-24"), today), "2 years ago");
        assert_eq!(full_date(day("2026-11-27")), "Friday 27 November 2026");
        let long = long_date(day("2026-11-07"));
        assert_eq!(long, "7 November 2026");
        assert_eq!(parse_long_date(&long), Some(day("2026-11-07")));
        assert_eq!(parse_long_date("7 November 20"), None);
    }
}
