//! Days as people name them: ISO weeks, months, "by Friday", "tomorrow", "4 Dec".
//!
//! Everything is computed from the [`Now`] passed in; this module never reads the clock.

mod day;
mod direction;
mod parse;
mod period;
mod span;

pub use day::{
    by_friday, date_and_distance, editable_date, humanize, long_date, parse_iso_date, short_date,
};
pub use direction::Direction;
pub use parse::{DayError, parse_day, parse_days, parse_range, parse_span};
pub use period::{Month, PeriodError, Week};
pub use span::{Length, Quarter, Span, SpanError};

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, Timelike};

/// A time with the UTC offset of the user's clock, to the second.
pub type Timestamp = DateTime<FixedOffset>;

/// The present moment, where the user is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Now(Timestamp);

impl Now {
    /// Cuts `stamp` to whole seconds.
    #[must_use]
    pub fn new(stamp: Timestamp) -> Self {
        Self(stamp.with_nanosecond(0).unwrap_or(stamp))
    }

    /// A moment within the same second, later for a later place: for entries that are saved at once
    /// and have no other order.
    #[must_use]
    pub fn nth(self, place: u32) -> Self {
        let nanoseconds = place.min(999_999) * 1000;
        Self(self.0.with_nanosecond(nanoseconds).unwrap_or(self.0))
    }

    /// The time, as it is written into an entry.
    #[must_use]
    pub fn timestamp(self) -> Timestamp {
        self.0
    }

    #[must_use]
    pub fn today(self) -> NaiveDate {
        self.0.date_naive()
    }

    /// The same time on another day.
    #[must_use]
    pub fn on(self, day: NaiveDate) -> Self {
        let days = day - self.today();
        Self(self.0.checked_add_signed(days).unwrap_or(self.0))
    }

    /// The time of day.
    #[must_use]
    pub fn time(self) -> NaiveTime {
        self.0.time()
    }

    /// The ISO 8601 week of today.
    #[must_use]
    pub fn week(self) -> Week {
        Week::of(self.today())
    }

    /// The month of today.
    #[must_use]
    pub fn month(self) -> Month {
        Month::of(self.today())
    }

    /// Seconds until the next midnight, at least one. If the offset changes before then, it is wrong
    /// by that change; the caller must read the clock again.
    #[must_use]
    pub fn seconds_to_midnight(self) -> u32 {
        (86_400 - self.0.time().num_seconds_from_midnight()).max(1)
    }
}
