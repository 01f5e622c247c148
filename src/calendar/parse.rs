//! Reads a day or a range of days as people type it.
//!
//! One grammar for every flag, field and filter. The [`Direction`] decides what a text leaves open,
//! like the year of `1 June` or the week of `fri`.

mod date;
mod error;
mod names;

use std::ops::RangeInclusive;

use chrono::{Datelike, Days, Months, NaiveDate, TimeDelta, Weekday};

use self::date::{day_and_month, day_of_month, nearest, resolve_year};
pub use self::error::DayError;
use self::names::{is_year, parse_amount, parse_month, parse_number, parse_ordinal, parse_weekday};
use super::day::{full_date, humanize, is_near, medium_date, short_date};
use super::period::{Month, Week};
use super::span::{Length, Span};
use super::{Direction, Now, next_due_day};

/// What was asked for, with examples, for errors.
const DUE_DAY: &str = "a day; try fri, tomorrow, 2w, 4 Dec or 2026-12-04";
const PAST_DAY: &str = "a day; try fri, yesterday, 3d, 4 Dec or 2026-12-04";
const NEAR_DAY: &str = "a day; try today, mon, 4 Dec or 2026-12-04";
const DAYS: &str =
    "days; try today, this week, fri to tue, 3 to 21 Aug or 2026-12-24 to 2026-12-31";
const RANGE: &str = "a day or a span; try 6w, last-month, W48, 4 Dec or 2026-12-04";
const WEEK: &str = "a week; try last, 48, W48, 2026-W48 or a day in it";
const MONTH: &str = "a month; try last, nov, 2026-11 or a day in it";
const QUARTER: &str = "a quarter; try last, Q3, 2026-Q3 or a day in it";
const YEAR: &str = "a year; try last, 2026 or a day in it";

/// The day that `text` means at `now`.
///
/// It reads, in any case and with hyphens for spaces: `today`, `tomorrow`, `yesterday`; a weekday,
/// alone (the due day ahead is [`next_due_day`]) or after `this`, `next` or `last`; `3d`, `2w`, `1m`, `1y`,
/// also in words, after `+` or `in`, or before `ago`; `2026-12-04`, `4 Dec`, `Fri Dec 4`,
/// `4. December 2026`, `4.12.`, `4.12.2026`, `25/12`; `5th`; `eom` and `end of month`. Ahead, a range
/// for [`parse_range`] is a day too: its last one, or the due day of a week.
///
/// # Errors
/// If it is none of these, a day that does not exist, or two days: `4/12`, and `next fri` while this
/// week's is ahead. Also if the weekday in front of a date is another, and, back, if a date without
/// a year is in the next few months.
pub fn parse_day(text: &str, now: Now, direction: Direction) -> Result<NaiveDate, DayError> {
    let wanted = match direction {
        Direction::Future | Direction::Rescheduled(_) => DUE_DAY,
        Direction::Near => NEAR_DAY,
        Direction::Past => PAST_DAY,
    };
    let read = read_day(text, now, direction, wanted)?;
    if let (ParsedDay::DayAndMonth(day, month, _), Direction::Past) = (&read, direction) {
        refuse_future(text, (*day, *month), now.today())?;
    }
    let days = read.resolve(text, now, direction)?;
    match direction {
        Direction::Near | Direction::Past if days.start() != days.end() => {
            Err(DayError::NotADay(text.trim().to_owned(), wanted))
        }
        _ => Ok(due_day(&days, now)),
    }
}

/// The days that `text` means when looking back from `now`, first and last.
///
/// It reads what [`parse_day`] reads, and: `this` or `last` with `week`, `month`, `quarter` or
/// `year`; `last 3 weeks`; `2026-W48`, `W48`, `2026-11`, the name of a month, `2026-Q3`, `Q3`,
/// `2026`; two of these with `to` between them, as in [`parse_days`]. Without a year it is the last
/// one that has begun.
///
/// # Errors
/// If it is none of these, or a day that does not exist.
pub fn parse_range(text: &str, now: Now) -> Result<RangeInclusive<NaiveDate>, DayError> {
    range_looking_back(text, now, RANGE)
}

/// What is the same in [`parse_days`] and [`parse_range`]: the days from one to the other, the first
/// of which may be a number alone.
fn between(
    (text, from, to): (&str, &str, &str),
    now: Now,
    direction: Direction,
    wanted: &'static str,
) -> Result<RangeInclusive<NaiveDate>, DayError> {
    let read = |text: &str, now: Now, direction: Direction| {
        read_day(text, now, direction, wanted)?.resolve(text, now, direction)
    };
    let not_days = || DayError::NotADay(text.trim().to_owned(), wanted);
    let reversed = || DayError::Reversed(text.trim().to_owned());
    let mut last = *read(to, now, direction)?.end();
    let first = match parse_number(from.trim()).filter(|day| *day <= 31) {
        Some(day) => last.with_day(day).filter(|first| *first <= last),
        None => Some(*read(from, now, direction)?.start()),
    };
    let mut first = first.ok_or_else(not_days)?;
    // "today" is the same day, whatever stands beside it.
    let tomorrow = now.today().succ_opt().map(|day| now.on(day));
    let is_relative = |text: &str| {
        let shifted = tomorrow.and_then(|now| read(text, now, direction).ok());
        let here = read(text, now, direction).ok();
        here.zip(shifted)
            .is_some_and(|(here, shifted)| here.start().succ_opt() == Some(*shifted.start()))
    };
    if last < first && !is_relative(from) && !is_relative(to) {
        // “20 Dec to 3 Jan”, “thu to tue”: as seen from the first day, or, in “Jan to Mar 2025”, from
        // the last.
        let later = *read(to, now.on(first), Direction::Future)?.end();
        if direction == Direction::Near && later - first > HALF_A_YEAR {
            return Err(reversed());
        }
        if first <= later {
            last = later;
        } else {
            first = *read(from, now.on(last), Direction::Past)?.start();
        }
    }
    if last < first {
        return Err(reversed());
    }
    Ok(first..=last)
}

/// The days, first and last, that `text` means at `now` for a time to come or just past.
///
/// It reads what [`parse_range`] reads, and two of these with `to`, `until`, `till`, `..` or a dash
/// between them; the first may be a number alone, as in `3 to 21 Aug`. A date, week, month or quarter
/// without a year is the nearest one; the last day is not before the first.
///
/// # Errors
/// If it is none of these, or a day that does not exist.
pub fn parse_days(text: &str, now: Now) -> Result<RangeInclusive<NaiveDate>, DayError> {
    let Some((from, to)) = split_days(text) else {
        return read_day(text, now, Direction::Near, DAYS)?.resolve(text, now, Direction::Near);
    };
    let days = between((text, from, to), now, Direction::Near, DAYS)?;
    if (*days.end() - *days.start()).num_days() > LONGEST {
        let longest = "three years".to_owned();
        return Err(DayError::TooLong(text.trim().to_owned(), longest));
    }
    Ok(days)
}

/// Two days that would be further apart over the turn of the year are meant as they stand.
const HALF_A_YEAR: TimeDelta = TimeDelta::days(183);

/// The longest time off that can be meant, in days.
const LONGEST: i64 = 3 * 366;

/// The two days of a range.
fn split_days(text: &str) -> Option<(&str, &str)> {
    [" to ", " until ", " till ", " - ", "–", "—", "…", ".."]
        .iter()
        .find_map(|sign| text.split_once(sign))
}

/// The span of this length that `text` means when looking back from `now`.
///
/// It reads what [`parse_range`] reads, if that fits into one span of this length, and `this`,
/// `last` or a number alone.
///
/// # Errors
/// If it is none of these, or longer than that.
pub fn parse_span(text: &str, now: Now, length: Length) -> Result<Span, DayError> {
    let wanted = match length {
        Length::Week => WEEK,
        Length::Month => MONTH,
        Length::Quarter => QUARTER,
        Length::Year => YEAR,
    };
    let text = text.trim();
    let this = Span::of(length, now.today());
    let lower = text.to_lowercase();
    let found = match lower.as_str() {
        "this" => Some(this),
        "last" => Some(this.previous()),
        // A year alone is read as one below, and "5th" as a day.
        lower if length != Length::Year && parse_ordinal(lower).is_none() => parse_number(lower)
            .and_then(|number| span_by_number(length, number, now, Direction::Past)),
        _ => None,
    };
    if let Some(span) = found {
        return Ok(span);
    }
    let (first, last) = match text.parse::<Span>() {
        Ok(span) => (span.first(), span.last()),
        Err(_) => range_looking_back(text, now, wanted)?.into_inner(),
    };
    // A shorter one belongs to the span that contains its last day.
    let span = Span::of(length, last);
    if (last - first) > (span.last() - span.first()) {
        return Err(DayError::TooLong(
            text.to_owned(),
            format!("a {}", length.name()),
        ));
    }
    Ok(span)
}

/// The due day of a range: the last one, or that of a week while it is not over.
fn due_day(days: &RangeInclusive<NaiveDate>, now: Now) -> NaiveDate {
    let week = Week::of(*days.start());
    let due = now.due_day().in_week(week);
    if *days == (week.monday()..=week.sunday()) && due >= now.today() {
        return due;
    }
    *days.end()
}

/// What a text means.
enum ParsedDay {
    /// First and last day.
    Range(RangeInclusive<NaiveDate>),
    /// A day and its month, without a year, and the weekday before it.
    DayAndMonth(u32, u32, Option<Weekday>),
}

impl ParsedDay {
    fn resolve(
        self,
        text: &str,
        now: Now,
        direction: Direction,
    ) -> Result<RangeInclusive<NaiveDate>, DayError> {
        match self {
            Self::Range(days) => Ok(days),
            Self::DayAndMonth(day, month, weekday) => {
                let found = resolve_year(day, month, now.today(), direction);
                let found = found.ok_or_else(|| DayError::NoSuchDay(text.trim().to_owned()))?;
                check_weekday(text, found, weekday)?;
                Ok(found..=found)
            }
        }
    }
}

fn range_looking_back(
    text: &str,
    now: Now,
    wanted: &'static str,
) -> Result<RangeInclusive<NaiveDate>, DayError> {
    match split_days(text) {
        Some((from, to)) => between((text, from, to), now, Direction::Past, wanted),
        None => read_day(text, now, Direction::Past, wanted)?.resolve(text, now, Direction::Past),
    }
}

/// Refuses a date whose weekday is another: one of the two is a mistake.
fn check_weekday(text: &str, day: NaiveDate, weekday: Option<Weekday>) -> Result<(), DayError> {
    if weekday.is_none_or(|weekday| weekday == day.weekday()) {
        return Ok(());
    }
    let (text, day) = (text.trim().to_owned(), full_date(day));
    Err(DayError::AnotherWeekday(text, day))
}

/// Refuses `next fri` and `last mon` if there is one this week, which many mean, too.
fn refuse_two_weeks(text: &str, parts: &[&str], now: Now) -> Result<(), DayError> {
    let today = now.today();
    let days =
        match parts {
            ["next", day] => parse_weekday(day)
                .and_then(|day| Some((after(day, today.succ_opt()?)?, Days::new(7)))),
            ["last", day] => parse_weekday(day)
                .and_then(|day| Some((before(day, today.pred_opt()?)?, Days::new(7)))),
            _ => None,
        };
    let Some((near, week)) = days.filter(|(near, _)| now.week().contains(*near)) else {
        return Ok(());
    };
    let far = if near > today {
        near.checked_add_days(week)
    } else {
        near.checked_sub_days(week)
    };
    let shown = |day: NaiveDate| short_date(day, today);
    let far = far.map_or_else(String::new, shown);
    Err(DayError::Ambiguous(
        text.trim().to_owned(),
        shown(near),
        far,
    ))
}

/// Refuses a date in the next few months: the text means that day, not the one nearly a year ago,
/// and it is still in the future.
fn refuse_future(text: &str, (day, month): (u32, u32), today: NaiveDate) -> Result<(), DayError> {
    let next = resolve_year(day, month, today, Direction::Future);
    let last = resolve_year(day, month, today, Direction::Past);
    match (next, last) {
        (Some(next), Some(last)) if last < today && is_near(next, today) => Err(DayError::NotYet {
            text: text.trim().to_owned(),
            when: humanize(next, today),
            last: medium_date(last),
        }),
        _ => Ok(()),
    }
}

fn read_day(
    text: &str,
    now: Now,
    direction: Direction,
    wanted: &'static str,
) -> Result<ParsedDay, DayError> {
    // Suggested in quotes for the command line, and typed so elsewhere.
    let lower = text.trim().trim_matches('"').to_lowercase();
    // “Fri 27 Nov · in 3 days” is how a day is shown.
    let lower = lower.split(" · ").next().unwrap_or_default();
    let before = ["by ", "on ", "since "];
    let lower = before
        .iter()
        .find_map(|word| lower.strip_prefix(word))
        .unwrap_or(lower)
        .trim();
    let mut parts: Vec<&str> = lower
        .split([' ', '-', '.', ',', '/'])
        .filter(|part| !part.is_empty() && *part != "the")
        .collect();
    refuse_two_weeks(text, &parts, now)?;
    if let Some(days) = read_phrase(lower, &parts, now, direction) {
        return Ok(ParsedDay::Range(days));
    }
    parts.retain(|part| *part != "of");
    let mut weekday = None;
    if parts.len() > 2 {
        weekday = parse_weekday(parts[0]);
    }
    if weekday.is_some() {
        parts.remove(0);
    }
    let date = |year: &str, month, day| {
        let year = parse_number(year).unwrap_or_default().cast_signed();
        let day = NaiveDate::from_ymd_opt(year, month, day)
            .ok_or_else(|| DayError::NoSuchDay(text.trim().to_owned()))?;
        check_weekday(text, day, weekday)?;
        Ok(ParsedDay::Range(day..=day))
    };
    let not_a_day = || DayError::NotADay(text.trim().to_owned(), wanted);
    match *parts.as_slice() {
        [year, month, day] if is_year(year) && lower.contains(['-', '/']) => {
            let (month, day) = parse_number(month)
                .zip(parse_number(day))
                .ok_or_else(not_a_day)?;
            date(year, month, day)
        }
        [first, second] => {
            let (day, month) =
                day_and_month(text, lower, (first, second), "")?.ok_or_else(not_a_day)?;
            Ok(ParsedDay::DayAndMonth(day, month, weekday))
        }
        [first, second, year] if is_year(year) => {
            let (day, month) =
                day_and_month(text, lower, (first, second), year)?.ok_or_else(not_a_day)?;
            date(year, month, day)
        }
        _ => Err(not_a_day()),
    }
}

/// Everything but a day of a month: words, distances, weeks, months, quarters and years.
fn read_phrase(
    lower: &str,
    parts: &[&str],
    now: Now,
    direction: Direction,
) -> Option<RangeInclusive<NaiveDate>> {
    let today = now.today();
    let one = |day: Option<NaiveDate>| day.map(|day| day..=day);
    if let Some(signed) = lower.strip_prefix('+') {
        return one(offset_day(signed.trim(), today, Direction::Future));
    }
    if let Some(signed) = lower.strip_prefix('-') {
        return one(offset_day(signed.trim(), today, Direction::Past));
    }
    // "in -3 days" is neither before nor after today.
    if lower.contains(" -") && parts.len() > 1 && !lower.contains("- ") {
        return None;
    }
    let days = |span: Option<Span>| span.map(|span| span.first()..=span.last());
    match parts {
        ["today"] => one(Some(today)),
        ["tomorrow" | "tmr"] => one(today.succ_opt()),
        ["yesterday"] => one(today.pred_opt()),
        ["day", "after", "tomorrow"] => one(today.checked_add_days(Days::new(2))),
        ["day", "before", "yesterday"] => one(today.checked_sub_days(Days::new(2))),
        ["eow"] => one(end_of(&["week"], now, direction)),
        ["eom"] => one(end_of(&["month"], now, direction)),
        ["eoq"] => one(end_of(&["quarter"], now, direction)),
        ["eoy"] => one(end_of(&["year"], now, direction)),
        ["end", "of", what @ ..] => one(end_of(what, now, direction)),
        ["in", far @ ..] => one(offset_day(&far.join(" "), today, Direction::Future)),
        [far @ .., "from", "now" | "today"] => {
            one(offset_day(&far.join(" "), today, Direction::Future))
        }
        ["last" | "past", far @ ..] if far.len() == 2 && direction == Direction::Past => {
            Some(offset_day(&far.join(" "), today, Direction::Past)?..=today)
        }
        [far @ .., "ago"] => one(offset_day(&far.join(" "), today, Direction::Past)),
        [which @ ("this" | "last" | "next"), what] => {
            let weekday =
                parse_weekday(what).and_then(|day| qualified_weekday(which, day, now, direction));
            one(weekday).or_else(|| days(qualified_span(which, what, now)))
        }
        ["week", week] => days(span_by_number(
            Length::Week,
            parse_number(week)?,
            now,
            direction,
        )),
        ["week", week, "of", year] if is_year(year) => {
            let week = format!("{year}-W{:02}", parse_number(week)?);
            days(week.parse().ok().map(Span::Week))
        }
        [year, part] if is_year(year) && part.starts_with(['w', 'q']) => {
            days(format!("{year}-{}", part.to_uppercase()).parse().ok())
        }
        [year, month] if is_year(year) && lower.contains('-') => {
            let year = parse_number(year)?.cast_signed();
            days(Month::new(year, parse_number(month)?).map(Span::Month))
        }
        [month, year] if is_year(year) && parse_month(month).is_some() => {
            let year = parse_number(year)?.cast_signed();
            days(Month::new(year, parse_month(month)?).map(Span::Month))
        }
        [word] => {
            let lettered = |letter: char| parse_number(word.strip_prefix(letter)?);
            if let Some(weekday) = parse_weekday(word) {
                return one(bare_weekday(weekday, now, direction));
            }
            if let Some(day) = parse_ordinal(word) {
                return one(day_of_month(day, today, direction));
            }
            let span = if is_year(word) {
                Some(Span::Year(parse_number(word)?.cast_signed()))
            } else if let Some(month) = parse_month(word) {
                span_by_number(Length::Month, month, now, direction)
            } else if let Some(week) = lettered('w') {
                span_by_number(Length::Week, week, now, direction)
            } else if let Some(quarter) = lettered('q') {
                span_by_number(Length::Quarter, quarter, now, direction)
            } else {
                None
            };
            days(span).or_else(|| one(offset_day(word, today, direction)))
        }
        [_, _] => one(offset_day(&parts.join(" "), today, direction)),
        _ => None,
    }
}

/// The last day of a range; looking back, the last such day.
fn end_of(what: &[&str], now: Now, direction: Direction) -> Option<NaiveDate> {
    let span = match what {
        [which @ ("this" | "last" | "next"), what] => {
            return qualified_span(which, what, now)
                .map(|span| due_day(&(span.first()..=span.last()), now));
        }
        [what] => qualified_span("this", what, now)?,
        _ => return None,
    };
    match direction {
        Direction::Future | Direction::Near | Direction::Rescheduled(_) => {
            Some(due_day(&(span.first()..=span.last()), now))
        }
        Direction::Past if span.last() <= now.today() => Some(span.last()),
        Direction::Past => Some(span.previous().last()),
    }
}

fn qualified_span(which: &str, what: &str, now: Now) -> Option<Span> {
    let length = Length::ALL.into_iter().find(|one| one.name() == what)?;
    let span = Span::of(length, now.today());
    Some(match which {
        "last" => span.previous(),
        "next" => span.next(),
        _ => span,
    })
}

/// "this fri" is today on a Friday, "next fri" that of next week, "last fri" the one before today.
fn qualified_weekday(
    which: &str,
    weekday: Weekday,
    now: Now,
    direction: Direction,
) -> Option<NaiveDate> {
    let today = now.today();
    match which {
        "next" => {
            let week = now.week().next();
            NaiveDate::from_isoywd_opt(week.year(), week.number(), weekday)
        }
        "last" => before(weekday, today.pred_opt()?),
        _ if direction == Direction::Past => before(weekday, today),
        _ => after(weekday, today),
    }
}

fn bare_weekday(weekday: Weekday, now: Now, direction: Direction) -> Option<NaiveDate> {
    match direction {
        Direction::Past => before(weekday, now.today()),
        Direction::Future | Direction::Rescheduled(_) if weekday == now.due_day().weekday => {
            Some(next_due_day(now))
        }
        Direction::Future | Direction::Near | Direction::Rescheduled(_) => {
            after(weekday, now.today())
        }
    }
}

fn after(weekday: Weekday, day: NaiveDate) -> Option<NaiveDate> {
    let ahead = weekday.days_since(day.weekday());
    day.checked_add_days(Days::new(ahead.into()))
}

fn before(weekday: Weekday, day: NaiveDate) -> Option<NaiveDate> {
    let since = day.weekday().days_since(weekday);
    day.checked_sub_days(Days::new(since.into()))
}

/// A week, month or quarter by its number: ahead the first that is not over, back the last that
/// has begun, and else the nearer of the two.
fn span_by_number(length: Length, number: u32, now: Now, direction: Direction) -> Option<Span> {
    let is_it = |span: &Span| match *span {
        Span::Week(week) => week.number() == number,
        Span::Month(month) => month.number() == number,
        Span::Quarter(first) => first.number().div_ceil(3) == number,
        Span::Year(_) | Span::Days(..) => false,
    };
    let most = match length {
        // Week 53 comes once in five to seven years.
        Length::Week => 53 * 8,
        Length::Month => 12,
        Length::Quarter => 4,
        Length::Year => return None,
    };
    let find = |step: fn(Span) -> Span| {
        std::iter::successors(Some(Span::of(length, now.today())), |span| {
            Some(step(*span))
        })
        .take(most)
        .find(is_it)
    };
    let (ahead, back) = (find(Span::next), find(Span::previous));
    nearest(ahead, back, direction, |span| span.first() - now.today())
}

/// "3d", "3 days", "a week": a distance from today.
fn offset_day(text: &str, today: NaiveDate, direction: Direction) -> Option<NaiveDate> {
    let text = text.trim();
    let (amount, unit) = match text.split_once(' ') {
        Some((amount, unit)) => (parse_amount(amount)?, unit.trim()),
        None => {
            let unit = text.find(|one: char| !one.is_ascii_digit())?;
            let (amount, unit) = text.split_at(unit);
            (parse_number(amount)?, unit)
        }
    };
    let days = |each: u64| {
        let days = Days::new(u64::from(amount) * each);
        match direction {
            Direction::Future | Direction::Near | Direction::Rescheduled(_) => {
                today.checked_add_days(days)
            }
            Direction::Past => today.checked_sub_days(days),
        }
    };
    let months = |each: u32| {
        let months = Months::new(amount.checked_mul(each)?);
        match direction {
            Direction::Future | Direction::Near | Direction::Rescheduled(_) => {
                today.checked_add_months(months)
            }
            Direction::Past => today.checked_sub_months(months),
        }
    };
    match unit {
        "d" | "day" | "days" => days(1),
        "w" | "week" | "weeks" => days(7),
        "m" | "month" | "months" => months(1),
        "y" | "year" | "years" => months(12),
        _ => None,
    }
    .filter(|day| (0..=9999).contains(&day.year()))
}

#[cfg(test)]
mod tests;
