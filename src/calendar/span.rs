//! Spans of days to review: a week, a month, a quarter, a year, or since some day.
//!
//! Knows no clock, and nothing of what happened in a span.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, Days, NaiveDate};

use super::period::{Month, Week, digits};

/// How long a span is.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Length {
    /// Monday to Sunday.
    Week,
    /// A calendar month.
    Month,
    /// Three months, from January, April, July or October.
    Quarter,
    /// January to December.
    Year,
}

/// A range of days, both ends included.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Span {
    Week(Week),
    Month(Month),
    /// Three months, by the first of them; written `2026-Q4`.
    Quarter(Month),
    Year(i32),
    /// From one day to another, both included, in any order.
    Days(NaiveDate, NaiveDate),
}

/// The text is not a span.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("“{0}” is not a span like 2026-W48, 2026-11, 2026-Q4 or 2026")]
pub struct SpanError(String);

impl Length {
    /// Shortest first.
    pub const ALL: [Self; 4] = [Self::Week, Self::Month, Self::Quarter, Self::Year];

    /// "week", "month", "quarter", "year".
    pub fn name(self) -> &'static str {
        match self {
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Year => "year",
        }
    }

    /// The next longer one; a year stays a year.
    pub fn longer(self) -> Self {
        match self {
            Self::Week => Self::Month,
            Self::Month => Self::Quarter,
            Self::Quarter | Self::Year => Self::Year,
        }
    }

    /// The next shorter one; a week stays a week.
    pub fn shorter(self) -> Self {
        match self {
            Self::Week | Self::Month => Self::Week,
            Self::Quarter => Self::Month,
            Self::Year => Self::Quarter,
        }
    }
}

impl Span {
    /// The span of this length that contains `date`.
    pub fn of(length: Length, date: NaiveDate) -> Self {
        match length {
            Length::Week => Self::Week(Week::of(date)),
            Length::Month => Self::Month(Month::of(date)),
            Length::Quarter => {
                let first = Month::new(date.year(), date.month0() / 3 * 3 + 1);
                Self::Quarter(first.unwrap_or(Month::of(date)))
            }
            Length::Year => Self::Year(date.year()),
        }
    }

    /// From `first` to `today`; only today if `first` is later.
    pub fn since(first: NaiveDate, today: NaiveDate) -> Self {
        Self::Days(first.min(today), today)
    }

    /// `None` if it starts and ends on any day.
    pub fn length(self) -> Option<Length> {
        match self {
            Self::Week(_) => Some(Length::Week),
            Self::Month(_) => Some(Length::Month),
            Self::Quarter(_) => Some(Length::Quarter),
            Self::Year(_) => Some(Length::Year),
            Self::Days(..) => None,
        }
    }

    pub fn first(self) -> NaiveDate {
        match self {
            Self::Week(week) => week.monday(),
            Self::Month(month) | Self::Quarter(month) => month.first(),
            Self::Year(year) => Month::new(year, 1).map_or(NaiveDate::MIN, Month::first),
            Self::Days(one, other) => one.min(other),
        }
    }

    pub fn last(self) -> NaiveDate {
        match self {
            Self::Week(week) => week.sunday(),
            Self::Month(month) => month.last(),
            Self::Quarter(first) => first.next().next().last(),
            Self::Year(year) => Month::new(year, 12).map_or(NaiveDate::MAX, Month::last),
            Self::Days(one, other) => one.max(other),
        }
    }

    pub fn contains(self, date: NaiveDate) -> bool {
        self.first() <= date && date <= self.last()
    }

    /// The one before it, of the same length: it ends on the day before this one starts.
    pub fn previous(self) -> Self {
        let before = self.first().pred_opt().unwrap_or(NaiveDate::MIN);
        match self.length() {
            Some(length) => Self::of(length, before),
            None => {
                let days = (self.last() - self.first()).num_days().unsigned_abs();
                let first = before.checked_sub_days(Days::new(days));
                Self::Days(first.unwrap_or(NaiveDate::MIN), before)
            }
        }
    }

    /// The one after it, of the same length: it starts on the day after this one ends.
    pub fn next(self) -> Self {
        let after = self.last().succ_opt().unwrap_or(NaiveDate::MAX);
        match self.length() {
            Some(length) => Self::of(length, after),
            None => {
                let days = (self.last() - self.first()).num_days().unsigned_abs();
                let last = after.checked_add_days(Days::new(days));
                Self::Days(after, last.unwrap_or(NaiveDate::MAX))
            }
        }
    }

    /// The same day of `other` as `date` is of this span, so that an unfinished span is compared fairly:
    /// the same weekday, or the same day of the same of its months, or the last of that month or of
    /// `other` if it is shorter.
    pub fn same_day_in(self, other: Self, date: NaiveDate) -> NaiveDate {
        if date >= self.last() {
            return other.last();
        }
        if !matches!(self, Self::Week(_) | Self::Days(..)) {
            let mut months = self.months().into_iter().zip(other.months());
            let month = months.find(|(month, _)| month.contains(date));
            let month = month.map_or(Month::of(other.last()), |(_, other)| other);
            let day = month.first().with_day(date.day());
            return day.unwrap_or(month.last());
        }
        let days = (date - self.first()).num_days();
        let days = Days::new(u64::try_from(days).unwrap_or(0));
        let day = other.first().checked_add_days(days);
        day.unwrap_or(NaiveDate::MAX).min(other.last())
    }

    /// The weeks that belong to it, oldest first.
    ///
    /// A week belongs to the month, quarter or year of its Thursday, as ISO 8601 assigns it to its
    /// year, so every week belongs to one of each. A span that starts and ends on any day has every
    /// week with a day in it.
    pub fn weeks(self) -> Vec<Week> {
        let (mut week, last) = (Week::of(self.first()), Week::of(self.last()));
        let mut weeks = Vec::new();
        while week <= last {
            if self.length().is_none() || self.contains(week.thursday()) {
                weeks.push(week);
            }
            // At the end of the calendar the last week has no next.
            if week.next() <= week {
                break;
            }
            week = week.next();
        }
        weeks
    }

    /// The months that have a day in it, oldest first.
    pub fn months(self) -> Vec<Month> {
        let first = Month::of(self.first());
        let mut months = vec![Month::of(self.last())];
        while let Some(month) = months.last().copied()
            && first < month
        {
            months.push(month.previous());
        }
        months.reverse();
        months
    }

    /// "Week 48", "November", "October to December", "2026", with the year if it is not that of
    /// `today`; "Since 1 Sep" for one that starts on any day.
    pub fn label(self, today: NaiveDate) -> String {
        let year = |year: i32| {
            if year == today.year() {
                String::new()
            } else {
                format!(" {year}")
            }
        };
        match self {
            Self::Week(week) => week.label(Week::of(today)),
            Self::Month(month) => format!("{}{}", month.name(), year(month.year())),
            Self::Quarter(first) => {
                let (last, year) = (Month::of(self.last()), year(first.year()));
                format!("{} to {}{year}", first.name(), last.name())
            }
            Self::Year(year) => year.to_string(),
            Self::Days(..) if self.last() == today => {
                format!("Since {}", super::short_date(self.first(), today))
            }
            Self::Days(..) => format!(
                "{} to {}",
                super::short_date(self.first(), today),
                super::short_date(self.last(), today)
            ),
        }
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Week(week) => week.fmt(f),
            Self::Month(month) => month.fmt(f),
            Self::Quarter(first) => {
                let number = first.number().div_ceil(3);
                write!(f, "{:04}-Q{number}", first.year())
            }
            Self::Year(year) => write!(f, "{year:04}"),
            // An interval as ISO 8601 writes it.
            Self::Days(..) => write!(f, "{}/{}", self.first(), self.last()),
        }
    }
}

impl FromStr for Span {
    type Err = SpanError;

    /// Reads what [`fmt::Display`] writes.
    fn from_str(text: &str) -> Result<Self, SpanError> {
        let quarter = || {
            let (year, number) = text.split_once("-Q")?;
            let number = ["1", "2", "3", "4"].iter().position(|one| *one == number)?;
            let first = u32::try_from(number).ok()? * 3 + 1;
            Month::new(digits(year, 4)?.cast_signed(), first).map(Self::Quarter)
        };
        let days = || {
            let (first, last) = text.split_once('/')?;
            Some(Self::Days(first.parse().ok()?, last.parse().ok()?))
        };
        let week = text.parse().map(Self::Week);
        week.or_else(|_| text.parse().map(Self::Month))
            .ok()
            .or_else(quarter)
            .or_else(|| digits(text, 4).map(|year| Self::Year(year.cast_signed())))
            .or_else(days)
            .ok_or_else(|| SpanError(text.to_owned()))
    }
}

#[cfg(test)]
mod tests;
