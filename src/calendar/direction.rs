//! On which side of today a day lies.

use chrono::NaiveDate;

/// On which side of today a day lies when its text does not say.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Direction {
    /// A day something is due: the next one, today included.
    Ahead,
    /// Another day for something that is due on this one: the next one, unless it is the day it is
    /// due that has just passed.
    Another(NaiveDate),
    /// A day on which something happened: the last one, today included.
    Back,
}
