//! Days as people speak of them: ISO weeks, months, "by Friday", "tomorrow", "4 Dec".
//!
//! Everything is computed from a [`Now`] that somebody hands in; this module never asks the clock.

mod day;
mod direction;
mod parse;
mod period;
mod span;

pub use day::{by_friday, editable, in_words, long, plain_day, relative, short};
pub use direction::Direction;
pub use parse::{DayError, parse_day, parse_span, parse_stretch};
pub use period::{Month, PeriodError, Week};
pub use span::{Length, Quarter, Span, SpanError};

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, Timelike};

/// An instant with the offset from UTC that the user's clock shows, to the second.
pub type Stamp = DateTime<FixedOffset>;

/// The present moment, where the user is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Now(Stamp);

impl Now {
    /// The moment `stamp`, cut to whole seconds.
    #[must_use]
    pub fn new(stamp: Stamp) -> Self {
        Self(stamp.with_nanosecond(0).unwrap_or(stamp))
    }

    /// The instant, as it is written into an entry.
    #[must_use]
    pub fn stamp(self) -> Stamp {
        self.0
    }

    /// Today.
    #[must_use]
    pub fn today(self) -> NaiveDate {
        self.0.date_naive()
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

    /// Seconds until the next midnight, at least one. A change of offset in between makes it
    /// wrong by that change, which whoever waits finds out by looking at the clock again.
    #[must_use]
    pub fn seconds_to_midnight(self) -> u32 {
        (86_400 - self.0.time().num_seconds_from_midnight()).max(1)
    }
}
