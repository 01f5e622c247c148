//! Reads the names of months and weekdays, and numbers.

use chrono::Weekday;

use crate::calendar::day::weekday_in_full;
use crate::calendar::period::MONTHS;

pub(super) fn parse_month(text: &str) -> Option<u32> {
    if text.chars().count() < 3 {
        return None;
    }
    let index = MONTHS
        .iter()
        .position(|name| name.to_lowercase().starts_with(text))?;
    u32::try_from(index + 1).ok()
}

pub(super) fn parse_weekday(text: &str) -> Option<Weekday> {
    if text.chars().count() < 2 {
        return None;
    }
    let mut weekdays = (0..7).filter_map(|day| Weekday::try_from(day).ok());
    weekdays.find(|day| weekday_in_full(*day).to_lowercase().starts_with(text))
}

pub(super) fn is_year(text: &str) -> bool {
    text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// "5th": the day of a month, with its ending.
pub(super) fn parse_ordinal(text: &str) -> Option<u32> {
    let number = parse_number(text)?;
    (text.ends_with(char::is_alphabetic) && (1..=31).contains(&number)).then_some(number)
}

/// A number in figures, or up to twelve in words.
pub(super) fn parse_amount(text: &str) -> Option<u32> {
    let words = [
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
        "twelve",
    ];
    let spelled = (1..).zip(words).find(|(_, word)| *word == text);
    let spelled = spelled.map(|(number, _)| number);
    let one = matches!(text, "a" | "an").then_some(1);
    spelled.or(one).or_else(|| parse_number(text))
}

pub(super) fn parse_number(text: &str) -> Option<u32> {
    let text = ["st", "nd", "rd", "th"]
        .iter()
        .find_map(|ending| text.strip_suffix(ending))
        .unwrap_or(text);
    let plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}
