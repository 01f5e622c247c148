//! The day on which something was done, as a person says it.

use chrono::{Datelike, NaiveDate};

use crate::calendar::{DayError, Now, parse_stretch};

/// The day that `text` means to someone who says when a thing was done: `fri` is the last Friday.
///
/// # Errors
/// When it names no day, or more than one.
pub fn day_done(text: &str, now: Now) -> Result<NaiveDate, DayError> {
    let days = parse_stretch(text, now)?;
    if days.start() != days.end() {
        return Err(DayError::NotADay(text.trim().to_owned()));
    }
    let day = *days.start();
    if day > now.today() && is_yearless(text.trim()) {
        let year_before = day.with_year(day.year() - 1);
        return Ok(year_before.unwrap_or(day));
    }
    Ok(day)
}

/// Whether a day is named as a date without a year: `1 Jan` is the last one that was.
fn is_yearless(text: &str) -> bool {
    let digits = text.split(|character: char| !character.is_ascii_digit());
    let longest = digits.map(str::len).max().unwrap_or(0);
    !text.starts_with('+') && (1..=2).contains(&longest)
}
