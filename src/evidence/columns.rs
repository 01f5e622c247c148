//! One piece of output as columns: a day, a text, a link.

use chrono::{DateTime, NaiveDate, NaiveDateTime};

use super::EvidenceLine;
use crate::calendar::{Now, parse_iso_date};
use crate::text::one_line;

/// One piece of output.
#[derive(Clone, Debug, Default)]
pub(super) struct OutputRow {
    /// When it was, if the output says so.
    pub(super) day: Option<NaiveDate>,
    /// The columns as they were printed: day, text, link, and what else there is.
    pub(super) columns: Vec<String>,
    /// Whether the day is a column of the output, or was added before the text.
    has_day_column: bool,
}

impl OutputRow {
    /// Its columns, where the first is a day in one of the usual forms.
    pub(super) fn new(columns: Vec<String>, now: Now) -> Self {
        Self {
            day: columns.first().and_then(|column| parse_day(column, now)),
            columns,
            has_day_column: true,
        }
    }

    /// Its columns, where the first is this day.
    pub(super) fn on(day: NaiveDate, columns: Vec<String>) -> Self {
        Self {
            day: Some(day),
            columns,
            has_day_column: true,
        }
    }

    /// The line it is shown as; `None` without a text.
    pub(super) fn into_line(self, link: Option<&str>) -> Option<EvidenceLine> {
        let text = clean(self.columns.get(1)?);
        if text.is_empty() {
            return None;
        }
        let link = match link {
            Some(template) => self.fill(template).unwrap_or_default(),
            None => self.columns.get(2).cloned().unwrap_or_default(),
        };
        let link = clean(&link);
        Some(EvidenceLine {
            day: self.day,
            text,
            link: (!link.is_empty()).then_some(link),
        })
    }

    /// The link of a template, where `{1}` is the first column of the output; `None` if it has one that
    /// is not there.
    fn fill(&self, template: &str) -> Option<String> {
        let (mut link, mut rest) = (String::new(), template);
        while let Some((before, after)) = rest.split_once('{') {
            link.push_str(before);
            let number = after.split_once('}').and_then(|(number, rest)| {
                let number = number.parse::<usize>().ok().filter(|it| *it > 0)?;
                Some((number, rest))
            });
            match number {
                Some((number, left)) => {
                    let is_text = number == 1 && !self.has_day_column;
                    let column = self.columns.get(number - usize::from(!is_text))?;
                    link.push_str(column.trim());
                    rest = left;
                }
                None => {
                    link.push('{');
                    rest = after;
                }
            }
        }
        Some(link + rest)
    }
}

/// Lines of text: a day, a text and a link with tabs between them, or without a day.
pub(super) fn read_lines(output: &str, now: Now) -> Vec<OutputRow> {
    let row = |line: &str| {
        let mut columns: Vec<String> = line.split('\t').map(str::to_owned).collect();
        let is_day = |column: &str| {
            column.trim().is_empty() || (column.contains('-') && parse_day(column, now).is_some())
        };
        let has_day_column = columns.len() > 1 && is_day(&columns[0]);
        if !has_day_column {
            columns.insert(0, String::new());
        }
        OutputRow {
            has_day_column,
            ..OutputRow::new(columns, now)
        }
    };
    output.lines().map(row).collect()
}

/// A day, or the day of a time where the user is: `2026-11-24`, `2026-11-24T22:30:00Z`, and the
/// same without the signs between (ISO 8601, basic format).
pub(super) fn parse_day(text: &str, now: Now) -> Option<NaiveDate> {
    let text = text.trim();
    let here = *now.timestamp().offset();
    if let Ok(time) = DateTime::parse_from_rfc3339(text) {
        return Some(time.with_timezone(&here).date_naive());
    }
    if let Some(basic) = text.strip_suffix('Z').filter(|it| is_basic_time(it))
        && let Ok(time) = NaiveDateTime::parse_from_str(basic, "%Y%m%dT%H%M%S")
    {
        return Some(time.and_utc().with_timezone(&here).date_naive());
    }
    let day = text.split(['T', ' ']).next().unwrap_or_default();
    let is_basic = day.len() == 8 && day.bytes().all(|byte| byte.is_ascii_digit());
    if is_basic {
        return NaiveDate::parse_from_str(day, "%Y%m%d").ok();
    }
    parse_iso_date(day)
}

/// Whether a text is a time in the basic format, whose year has four digits: `20261124T223000`.
fn is_basic_time(text: &str) -> bool {
    let is_digit = |(at, byte): (usize, u8)| at == 8 || byte.is_ascii_digit();
    text.len() == 15 && text.bytes().enumerate().all(is_digit)
}

/// Text of another program on one line: colours and links of the terminal are left out, and nothing in
/// it controls one.
pub(super) fn clean(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\u{1b}') {
        plain.push_str(before);
        // ESC [ goes up to a letter or another of these, ESC ] up to BEL or ESC \ (ECMA-48).
        let end = match after.chars().next() {
            Some('[') => {
                let end = after[1..].find(|sign| matches!(sign, '\u{40}'..='\u{7e}'));
                Some(end.map_or(after.len(), |end| end + 2))
            }
            Some(']') => {
                let ends = ["\u{7}", "\u{1b}\\"].into_iter();
                ends.filter_map(|end| Some(after.find(end)? + end.len()))
                    .min()
            }
            _ => None,
        };
        if end.is_none() {
            plain.push('\u{1b}');
        }
        rest = &after[end.unwrap_or(0)..];
    }
    plain.push_str(rest);
    one_line(&plain)
}
