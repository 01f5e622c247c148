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
}

impl OutputRow {
    /// Its columns, where the first is a day in one of the usual forms.
    pub(super) fn new(columns: Vec<String>, now: Now) -> Self {
        Self {
            day: columns.first().and_then(|column| parse_day(column, now)),
            columns,
        }
    }

    /// The line it is shown as; `None` without a text. In the template of a link, `{1}` is the first
    /// column.
    pub(super) fn into_line(self, link: Option<&str>) -> Option<EvidenceLine> {
        let text = clean(self.columns.get(1)?);
        if text.is_empty() {
            return None;
        }
        let link = match link {
            Some(template) => {
                let numbered = self.columns.iter().enumerate();
                numbered.fold(template.to_owned(), |link, (at, column)| {
                    link.replace(&format!("{{{}}}", at + 1), column.trim())
                })
            }
            None => self.columns.get(2).cloned().unwrap_or_default(),
        };
        let link = clean(&link);
        Some(EvidenceLine {
            day: self.day,
            text,
            link: (!link.is_empty()).then_some(link),
        })
    }
}

/// Lines of text: a day, a text and a link with tabs between them, or without a day.
pub(super) fn read_lines(output: &str, now: Now) -> Vec<OutputRow> {
    let row = |line: &str| {
        let mut columns: Vec<String> = line.split('\t').map(str::to_owned).collect();
        let is_day = |column: &String| column.contains('-') && parse_day(column, now).is_some();
        if columns.len() < 2 || !is_day(&columns[0]) {
            columns.insert(0, String::new());
        }
        OutputRow::new(columns, now)
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

/// Text of another program on one line: colours are left out, and nothing in it controls a terminal.
fn clean(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    // A control sequence begins with ESC [ and ends with a letter or another of these (ECMA-48).
    while let Some((before, after)) = rest.split_once("\u{1b}[") {
        plain.push_str(before);
        let end = after.find(|sign| matches!(sign, '\u{40}'..='\u{7e}'));
        rest = end.map_or("", |end| &after[end + 1..]);
    }
    plain.push_str(rest);
    one_line(&plain)
}
