//! Whether a day is before or after today.

use chrono::NaiveDate;

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
