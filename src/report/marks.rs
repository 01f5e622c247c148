//! The marks of a monthly practice over a year, month against month, with what was written then and
//! the question that follows.
//!
//! For the user alone: it includes private practices.

use chrono::NaiveDate;

use super::hanging_lines;
use crate::calendar::Month;
use crate::insight::{
    ChartData, MarkChange, MarkWeight, NextQuestion, chart_data, month_marks, month_words,
    next_question,
};
use crate::journal::Journal;
use crate::practice::{Catalog, ChartKind, Practice};
use crate::text::{fit, one_line, width};

/// Why a question is asked: "in 5 of 8 months: managing tasks".
pub fn mark_reason(question: &NextQuestion) -> String {
    let mark = one_line(&question.mark);
    match question.weight {
        MarkWeight::Often { of: 1, .. } => mark,
        MarkWeight::Often { months, of } => format!("in {months} of {of} months: {mark}"),
        MarkWeight::CameBack { months, of } => {
            format!("back again, in {months} of {of} months: {mark}")
        }
    }
}

/// The marks of a practice in the last twelve months; every line ends in a newline. `None` if the
/// practice has no chart of marks, or no answer yet.
pub fn year_of_marks(
    journal: &Journal,
    catalog: &Catalog,
    practice: &Practice,
    today: NaiveDate,
) -> Option<String> {
    let mut charts = practice.charts.iter();
    let chart = charts.find(|chart| chart.kind == ChartKind::Marks)?;
    let drawing = chart_data(journal, catalog, practice, chart, today)?;
    let ChartData::Marks { months, rows } = drawing else {
        return None;
    };
    let is_answered = |marks: &Vec<Option<bool>>| marks.iter().any(Option::is_some);
    if !rows.iter().any(|(_, marks)| is_answered(marks)) {
        return None;
    }
    let mut lines = vec![one_line(&practice.title)];
    lines.extend(mark_table(&months, &rows));
    for month in months.iter().rev() {
        lines.extend(month_lines(journal, catalog, practice, *month));
    }
    if let Some(question) = next_question(journal, practice, today) {
        lines.extend(question_lines(&question));
    }
    lines.push(String::new());
    Some(lines.join("\n"))
}

/// The question for the next month below a blank line, and why it is asked.
pub(super) fn question_lines(question: &NextQuestion) -> [String; 3] {
    let month = question.month.name();
    [
        String::new(),
        format!("For {month}: {}", one_line(&question.text)),
        format!("  {}", mark_reason(question)),
    ]
}

/// A row for each mark, a column for each month, under its first letter.
fn mark_table(months: &[Month], rows: &[(String, Vec<Option<bool>>)]) -> Vec<String> {
    let names: Vec<String> = rows.iter().map(|(name, _)| one_line(name)).collect();
    let widest = names.iter().map(|name| width(name)).max().unwrap_or(0);
    let letters = months.iter().map(|month| &month.name()[..1]);
    let letters: Vec<&str> = letters.collect();
    let mut lines = vec![
        String::new(),
        format!("  {}  {}", " ".repeat(widest), letters.join(" ")),
    ];
    for (name, (_, marks)) in names.iter().zip(rows) {
        let signs = marks.iter().map(|mark| match mark {
            Some(true) => "▪",
            Some(false) => "·",
            None => " ",
        });
        let signs: Vec<&str> = signs.collect();
        let row = format!("  {}  {}", fit(name, widest), signs.join(" "));
        lines.push(row.trim_end().to_owned());
    }
    lines
}

/// A month beside the one before it, and what was written in it; nothing if it is empty.
fn month_lines(
    journal: &Journal,
    catalog: &Catalog,
    practice: &Practice,
    month: Month,
) -> Vec<String> {
    let marks = month_marks(journal, practice, month);
    let words = month_words(journal, catalog, practice, month);
    if marks.is_empty() && words.is_empty() {
        return Vec::new();
    }
    let mut lines = vec![String::new(), month.full_name()];
    for mark in marks {
        let sign = match mark.change {
            MarkChange::Uncompared => "▪",
            MarkChange::New => "+",
            MarkChange::Unchanged => "=",
            MarkChange::Removed => "-",
        };
        lines.push(format!("  {sign} {}", one_line(&mark.label)));
    }
    for (label, text) in words {
        let lead = format!("  {}: ", one_line(&label));
        lines.extend(hanging_lines(&lead, &text, "    "));
    }
    lines
}
