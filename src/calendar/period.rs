//! Weeks and months as values to write, read, compare and step through.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

/// A week by ISO 8601: it starts on Monday and belongs to the year of its Thursday.
/// Written `2026-W48`.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Week {
    year: i32,
    number: u32,
}

/// A calendar month, written `2026-11`.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Month {
    year: i32,
    number: u32,
}

/// The text is not a week or month of the years 0 to 9999.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("“{0}” is not a week like 2026-W48 or a month like 2026-11")]
pub struct PeriodError(String);

impl Week {
    /// The week that contains `date`.
    pub fn of(date: NaiveDate) -> Self {
        let week = date.iso_week();
        Self {
            year: week.year(),
            number: week.week(),
        }
    }

    /// The year of its Thursday.
    pub fn year(self) -> i32 {
        self.year
    }

    /// Its number, 1 to 53.
    pub fn number(self) -> u32 {
        self.number
    }

    /// Its first day.
    pub fn monday(self) -> NaiveDate {
        self.day(Weekday::Mon)
    }

    /// The day that decides its year.
    pub fn thursday(self) -> NaiveDate {
        self.day(Weekday::Thu)
    }

    /// Its last working day.
    pub fn friday(self) -> NaiveDate {
        self.day(Weekday::Fri)
    }

    /// Its last day.
    pub fn sunday(self) -> NaiveDate {
        self.day(Weekday::Sun)
    }

    pub fn contains(self, date: NaiveDate) -> bool {
        Self::of(date) == self
    }

    /// The week `weeks` before it, or the earliest one if that is out of range.
    pub fn minus_weeks(self, weeks: u32) -> Self {
        let days = Days::new(u64::from(weeks) * 7);
        Self::of(
            self.monday()
                .checked_sub_days(days)
                .unwrap_or(NaiveDate::MIN),
        )
    }

    pub fn next(self) -> Self {
        let monday = self.monday().checked_add_days(Days::new(7));
        Self::of(monday.unwrap_or(NaiveDate::MAX))
    }

    /// "Week 36, last week", as seen from the week `present`; `None` for that week itself.
    pub fn relative_label(self, present: Self) -> Option<String> {
        let weeks = (self.monday() - present.monday()).num_days() / 7;
        let distance = match (self.near_name(present), weeks) {
            (_, 0) => return None,
            (Some(near), _) => near.to_owned(),
            (None, weeks) if weeks < 0 => format!("{} weeks ago", -weeks),
            (None, weeks) => format!("in {weeks} weeks"),
        };
        Some(format!("{}, {distance}", self.label(present)))
    }

    /// "Week 48", "Week 53 of 2026", as seen from the week `present`.
    pub fn label(self, present: Self) -> String {
        if self.year == present.year {
            format!("Week {}", self.number)
        } else {
            format!("Week {} of {}", self.number, self.year)
        }
    }

    /// "this week", "last week" or "next week", as seen from the week `present`; `None` for others.
    pub fn near_name(self, present: Self) -> Option<&'static str> {
        match self {
            week if week == present => Some("this week"),
            week if week.next() == present => Some("last week"),
            week if week == present.next() => Some("next week"),
            _ => None,
        }
    }

    pub(super) fn day(self, weekday: Weekday) -> NaiveDate {
        NaiveDate::from_isoywd_opt(self.year, self.number, weekday).unwrap_or(NaiveDate::MAX)
    }
}

impl Month {
    /// The month that contains `date`.
    pub fn of(date: NaiveDate) -> Self {
        Self {
            year: date.year(),
            number: date.month(),
        }
    }

    /// Month `number` (1 to 12) of `year`.
    pub fn new(year: i32, number: u32) -> Option<Self> {
        NaiveDate::from_ymd_opt(year, number, 1).map(Self::of)
    }

    pub fn year(self) -> i32 {
        self.year
    }

    /// Its number, 1 to 12.
    pub fn number(self) -> u32 {
        self.number
    }

    pub fn first(self) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.year, self.number, 1).unwrap_or(NaiveDate::MIN)
    }

    pub fn last(self) -> NaiveDate {
        self.first()
            .checked_add_months(Months::new(1))
            .and_then(|first| first.pred_opt())
            .unwrap_or(NaiveDate::MAX)
    }

    pub fn contains(self, date: NaiveDate) -> bool {
        Self::of(date) == self
    }

    /// The month before it.
    pub fn previous(self) -> Self {
        let first = self.first().checked_sub_months(Months::new(1));
        Self::of(first.unwrap_or(NaiveDate::MIN))
    }

    /// The month after it.
    pub fn next(self) -> Self {
        let first = self.first().checked_add_months(Months::new(1));
        Self::of(first.unwrap_or(NaiveDate::MAX))
    }

    /// Its first week; a week belongs to the month of its Thursday.
    pub fn first_week(self) -> Week {
        self.previous().last_week().next()
    }

    /// Its last week; a week belongs to the month of its Thursday.
    pub fn last_week(self) -> Week {
        let week = Week::of(self.last());
        if self.contains(week.thursday()) {
            week
        } else {
            week.minus_weeks(1)
        }
    }

    /// "November".
    pub fn name(self) -> &'static str {
        MONTHS[(self.number as usize).saturating_sub(1) % 12]
    }

    /// "November 2026".
    pub fn full_name(self) -> String {
        format!("{} {}", self.name(), self.year)
    }
}

/// The months in English, January first.
pub(super) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

impl fmt::Display for Week {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-W{:02}", self.year, self.number)
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.number)
    }
}

impl FromStr for Week {
    type Err = PeriodError;

    fn from_str(text: &str) -> Result<Self, PeriodError> {
        let error = || PeriodError(text.to_owned());
        let (year, number) = text.split_once("-W").ok_or_else(error)?;
        let year = digits(year, 4).ok_or_else(error)?;
        let number = digits(number, 2).ok_or_else(error)?;
        NaiveDate::from_isoywd_opt(year.cast_signed(), number, Weekday::Mon)
            .map(Self::of)
            .ok_or_else(error)
    }
}

impl FromStr for Month {
    type Err = PeriodError;

    fn from_str(text: &str) -> Result<Self, PeriodError> {
        let error = || PeriodError(text.to_owned());
        let (year, number) = text.split_once('-').ok_or_else(error)?;
        let year = digits(year, 4).ok_or_else(error)?;
        let number = digits(number, 2).ok_or_else(error)?;
        Self::new(year.cast_signed(), number).ok_or_else(error)
    }
}

/// The number in a text of exactly `length` digits.
pub(super) fn digits(text: &str, length: usize) -> Option<u32> {
    let plain = text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    #[test]
    fn the_last_days_of_2026_and_the_first_of_2027_are_week_53() {
        for day in ["2026-12-28", "2026-12-31", "2027-01-01", "2027-01-03"] {
            assert_eq!(Week::of(date(day)).to_string(), "2026-W53");
        }
        assert_eq!(Week::of(date("2027-01-04")).to_string(), "2027-W01");
        assert_eq!(
            Week::of(date("2027-01-04")).minus_weeks(1).to_string(),
            "2026-W53"
        );
    }

    #[test]
    fn another_week_is_called_by_its_number_and_distance() {
        let week = |text: &str| text.parse::<Week>().expect("a week");
        let beside = |one: &str, present: &str| week(one).relative_label(week(present));
        assert_eq!(beside("2026-W37", "2026-W37"), None);
        for (one, present, expected) in [
            ("2026-W36", "2026-W37", "Week 36, last week"),
            ("2026-W38", "2026-W37", "Week 38, next week"),
            ("2026-W53", "2027-W01", "Week 53 of 2026, last week"),
            ("2026-W30", "2026-W37", "Week 30, 7 weeks ago"),
            ("2026-W39", "2026-W37", "Week 39, in 2 weeks"),
        ] {
            assert_eq!(beside(one, present).as_deref(), Some(expected));
        }
    }

    #[test]
    fn a_week_is_read_as_it_is_written() {
        let mut week: Week = "1969-W50".parse().expect("a week");
        for _ in 0..7_000 {
            assert_eq!(week.to_string().parse(), Ok(week));
            assert!(week.contains(week.friday()));
            assert_eq!(week.next().minus_weeks(1), week);
            week = week.next();
        }
    }

    #[test]
    fn what_is_not_a_week_is_refused() {
        for text in [
            "",
            "2026-W54",
            "2025-W53",
            "2026-W00",
            "2026-w01",
            "26-W01",
            "2026-W1",
            "２０２６-W01",
        ] {
            assert!(text.parse::<Week>().is_err(), "{text}");
        }
        for text in ["", "2026-13", "2026-00", "2026-1", "-026-01"] {
            assert!(text.parse::<Month>().is_err(), "{text}");
        }
    }

    #[test]
    fn months_know_their_ends() {
        let february: Month = "2028-02".parse().expect("a month");
        assert_eq!(february.last(), date("2028-02-29"));
        assert_eq!(february.previous().to_string(), "2028-01");
        assert_eq!(february.previous().previous().to_string(), "2027-12");
        assert_eq!(february.name(), "February");
    }

    #[test]
    fn the_last_week_of_a_month_is_that_of_its_last_thursday() {
        for (month, week) in [
            ("2026-11", "2026-W48"),
            ("2026-12", "2026-W53"),
            ("2027-01", "2027-W04"),
            ("2027-03", "2027-W12"),
        ] {
            let month: Month = month.parse().expect("a month");
            assert_eq!(month.last_week().to_string(), week);
            assert!(month.contains(month.last_week().thursday()));
            assert!(!month.contains(month.last_week().next().thursday()));
        }
    }
}
