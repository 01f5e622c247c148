//! A date that does not say everything: without its year, its month, or which number is which.

use chrono::{Datelike, NaiveDate, TimeDelta};

use super::DayError;
use super::names::{parse_month, parse_number};
use crate::calendar::period::{MONTHS, Month};
use crate::calendar::{Direction, Span};

/// A day without a year: the next or the last one, today included.
pub(super) fn resolve_year(
    day: u32,
    month: u32,
    today: NaiveDate,
    direction: Direction,
) -> Option<NaiveDate> {
    let in_year = |year| NaiveDate::from_ymd_opt(year, month, day);
    // A leap day can be eight years away.
    let mut years = 0..=8;
    match direction {
        Direction::Past => years.find_map(|ago| {
            let found = in_year(today.year() - ago)?;
            (found <= today).then_some(found)
        }),
        Direction::Near => {
            let past = resolve_year(day, month, today, Direction::Past);
            let next = resolve_year(day, month, today, Direction::Future);
            let found = past.into_iter().chain(next);
            found.min_by_key(|day| (*day - today).num_days().abs())
        }
        Direction::Future | Direction::Rescheduled(_) => {
            let next = years.find_map(|away| {
                let found = in_year(today.year() + away)?;
                (found >= today).then_some(found)
            })?;
            match direction {
                Direction::Rescheduled(due) if is_day_due(next, due, today) => Some(due),
                _ => Some(next),
            }
        }
    }
}

/// "5th": the next such day of a month, or the last.
pub(super) fn day_of_month(day: u32, today: NaiveDate, direction: Direction) -> Option<NaiveDate> {
    let find = |step: fn(Span) -> Span, fits: fn(&NaiveDate, &NaiveDate) -> bool| {
        let this = Span::Month(Month::of(today));
        let months = std::iter::successors(Some(this), |month| Some(step(*month)));
        // Of two months in a row, one has 31 days, or this one is February.
        let mut found = months
            .take(3)
            .filter_map(|month| month.first().with_day(day));
        found.find(|found| fits(found, &today))
    };
    let ahead = find(Span::next, NaiveDate::ge);
    let back = find(Span::previous, NaiveDate::le);
    nearest(ahead, back, direction, |found| *found - today)
}

/// What lies ahead, what lies back, or the nearer of the two, as the direction says.
pub(super) fn nearest<T>(
    ahead: Option<T>,
    back: Option<T>,
    direction: Direction,
    distance: impl Fn(&T) -> TimeDelta,
) -> Option<T> {
    match direction {
        Direction::Future | Direction::Rescheduled(_) => ahead,
        Direction::Past => back,
        Direction::Near => {
            let both = ahead.into_iter().chain(back);
            both.min_by_key(|found| distance(found).abs())
        }
    }
}

/// A day and its month, as names or as numbers. Of two numbers only a dot tells which is the day; with
/// another sign both ways are tried, and refused if both are dates.
pub(super) fn day_and_month(
    text: &str,
    lower: &str,
    (first, second): (&str, &str),
    year: &str,
) -> Result<Option<(u32, u32)>, DayError> {
    let named = |day: &str, month: &str| Some((parse_number(day)?, parse_month(month)?));
    if let Some(found) = named(first, second).or_else(|| named(second, first)) {
        return Ok(Some(found));
    }
    let Some((first, second)) = parse_number(first).zip(parse_number(second)) else {
        return Ok(None);
    };
    if lower.contains('.') && !lower.contains(['-', '/']) {
        return Ok(Some((first, second)));
    }
    if !lower.contains(['-', '/']) {
        return Ok(None);
    }
    let is_date = |day: u32, month: u32| (1..=31).contains(&day) && (1..=12).contains(&month);
    let written = |day: u32, month: u32| {
        let month = &MONTHS[month as usize - 1][..3];
        format!("{day} {month} {year}").trim_end().to_owned()
    };
    match (is_date(first, second), is_date(second, first)) {
        (true, true) if first != second => {
            let (one, other) = (written(first, second), written(second, first));
            Err(DayError::Ambiguous(text.trim().to_owned(), one, other))
        }
        (true, _) => Ok(Some((first, second))),
        (false, true) => Ok(Some((second, first))),
        (false, false) => Ok(None),
    }
}

/// Whether a date means the day `due`, which has passed, and not the `next` such day.
fn is_day_due(next: NaiveDate, due: NaiveDate, today: NaiveDate) -> bool {
    (next.day(), next.month()) == (due.day(), due.month())
        && due < today
        && today - due < next - today
}
