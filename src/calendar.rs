//! Days as people name them: ISO weeks, months, "by Friday", "tomorrow", "4 Dec".
//!
//! Everything is computed from the [`Now`] passed in; this module never reads the clock.

mod day;
mod due_day;
mod parse;
mod period;
mod span;

pub use day::{
    Direction, date_and_distance, day_and_month, editable_date, humanize, humanize_week, long_date,
    medium_date, parse_iso_date, parse_long_date, short_date,
};
pub use due_day::{DueDay, next_due_day};
pub use parse::{DayError, parse_day, parse_days, parse_range, parse_span};
pub use period::{Month, PeriodError, Week};
pub use span::{Length, Span, SpanError};

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, Timelike};

/// A time with the UTC offset of the user's clock, to the second.
pub type Timestamp = DateTime<FixedOffset>;

/// The present moment, where the user is, with the day by which something is due there.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Now {
    stamp: Timestamp,
    due_day: DueDay,
}

impl Now {
    /// Cuts `stamp` to whole seconds.
    pub fn new(stamp: Timestamp) -> Self {
        Self {
            stamp: stamp.with_nanosecond(0).unwrap_or(stamp),
            due_day: DueDay::default(),
        }
    }

    /// A moment within the same second, later for a later place: for entries that are saved at once
    /// and have no other order.
    pub fn nth(self, place: u32) -> Self {
        let nanoseconds = place.min(999_999) * 1000;
        self.at(self.stamp.with_nanosecond(nanoseconds))
    }

    /// The same moment with another due day.
    pub fn with_due_day(self, due_day: DueDay) -> Self {
        Self { due_day, ..self }
    }

    /// The day by which something is due.
    pub fn due_day(self) -> DueDay {
        self.due_day
    }

    /// Another moment with the same due day.
    fn at(self, stamp: Option<Timestamp>) -> Self {
        let stamp = stamp.unwrap_or(self.stamp);
        Self { stamp, ..self }
    }

    /// The time, as it is written into an entry.
    pub fn timestamp(self) -> Timestamp {
        self.stamp
    }

    pub fn today(self) -> NaiveDate {
        self.stamp.date_naive()
    }

    /// The same time on another day.
    pub fn on(self, day: NaiveDate) -> Self {
        let days = day - self.today();
        self.at(self.stamp.checked_add_signed(days))
    }

    /// The time of day.
    pub fn time(self) -> NaiveTime {
        self.stamp.time()
    }

    /// The ISO 8601 week of today.
    pub fn week(self) -> Week {
        Week::of(self.today())
    }

    /// The month of today.
    pub fn month(self) -> Month {
        Month::of(self.today())
    }

    /// Seconds until the next midnight, at least one. If the offset changes before then, it is wrong
    /// by that change; the caller must read the clock again.
    pub fn seconds_to_midnight(self) -> u32 {
        (86_400 - self.stamp.time().num_seconds_from_midnight()).max(1)
    }
}
