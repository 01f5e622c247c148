//! Days, months and spans written out, for pages that are read on paper and years later.
//!
//! Every year is named, since nobody knows when a page is read.

use chrono::{Datelike, NaiveDate};

use crate::calendar::{Month, Span, Week, long_date};

/// "October to December 2026", or the days up to `until` if it has no name.
pub(super) fn span_title(span: Span, until: NaiveDate) -> String {
    if span.length().is_none() {
        return span_days(span.first(), until);
    }
    // Seen from a year that is never its own, every span includes its year.
    span.label(NaiveDate::MIN)
}

/// "1 October to 24 November 2026", "1 to 24 November 2026".
pub(super) fn span_days(first: NaiveDate, until: NaiveDate) -> String {
    if first == until {
        return long_date(until);
    }
    let from = if Month::of(first) == Month::of(until) {
        "%-d"
    } else if first.year() == until.year() {
        "%-d %B"
    } else {
        "%-d %B %Y"
    };
    format!("{} to {}", first.format(from), long_date(until))
}

/// Labels for the weeks in which a month begins, as many as fit, by position.
pub(super) fn month_labels(weeks: impl Iterator<Item = Week>) -> Vec<(usize, String)> {
    let mut labels: Vec<(usize, Month)> = Vec::new();
    for (at, week) in weeks.enumerate() {
        let month = Month::of(week.thursday());
        if labels.last().is_none_or(|(_, last)| *last != month) {
            labels.push((at, month));
        }
    }
    let every = 1 + labels.len() / 8;
    let labels = labels.into_iter().step_by(every);
    labels
        .map(|(at, month)| (at, month_label(month, false)))
        .collect()
}

/// "Nov 2026".
pub(super) fn short_month(month: Month) -> String {
    format!("{} {}", month_label(month, false), month.year())
}

/// "Nov"; across several years, the year instead of "Jan".
pub(super) fn month_label(month: Month, years: bool) -> String {
    if years && month.number() == 1 {
        return month.year().to_string();
    }
    month.name().chars().take(3).collect()
}
