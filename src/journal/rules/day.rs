//! The day on which something was done, as a person says it.

use chrono::NaiveDate;

use crate::calendar::{DayError, Now, parse_stretch};

/// The day that `text` means to someone who says when a thing was done: `fri` is the last Friday.
///
/// # Errors
/// When it names no day, or more than one.
pub fn day_done(text: &str, now: Now) -> Result<NaiveDate, DayError> {
    let days = parse_stretch(text, now)?;
    if days.start() == days.end() {
        return Ok(*days.start());
    }
    Err(DayError::NotADay(text.trim().to_owned()))
}
