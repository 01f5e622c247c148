//! Pieces that several screens share.

mod control;
mod form;
mod frame;
mod groups;
mod rows;

pub(super) use control::{draw_completion_at, draw_text_field};
pub(super) use form::{form, draw_form_alone, gone, pair};
pub(super) use frame::{footer, header, notice, rule};
pub(super) use groups::{Part, visible_lines, parts};
pub(super) use rows::{Row, without_arrow_column, columns, empty, more, rows, sifted};

use ratatui::style::Style;

use super::Theme;
use crate::calendar;
use crate::journal::{Commitment, How, MonthBox, Progress};
use crate::report;

pub(super) fn sign(progress: Progress) -> &'static str {
    match progress {
        Progress::NotYet => "○",
        Progress::Half => "◐",
        Progress::Done => "●",
    }
}

pub(super) fn progress_style(progress: Progress, theme: &Theme) -> Style {
    match progress {
        Progress::NotYet => theme.quiet,
        Progress::Half => theme.accent,
        Progress::Done => theme.good,
    }
}

/// The sign and style of a month's box.
pub(super) fn month_sign(month: MonthBox, theme: &Theme) -> (&'static str, Style) {
    match month {
        MonthBox::Solved(_) => ("■", theme.good),
        MonthBox::UnderWay => ("◧", theme.accent),
        MonthBox::Empty => ("□", theme.label),
        MonthBox::Before | MonthBox::Ahead => ("·", theme.quiet),
    }
}

pub(super) fn commitment_sign(
    commitment: &Commitment,
    today: chrono::NaiveDate,
    theme: &Theme,
) -> (&'static str, Style) {
    match commitment.closing.as_ref().map(|closing| closing.how) {
        Some(How::Kept) => ("✓", theme.good),
        Some(How::Missed) => ("✗", theme.quiet),
        Some(How::LetGo) => ("–", theme.quiet),
        None if commitment.due <= today => ("!", theme.due),
        None => ("▸", theme.accent),
    }
}

/// When a commitment is due, or how it ended; and that it was moved, and from when.
pub(super) fn commitment_state(commitment: &Commitment, today: chrono::NaiveDate) -> String {
    let day = commitment_day(commitment, today);
    match report::moved(commitment, today) {
        Some(moved) => format!("{day} · {moved}"),
        None => day,
    }
}

/// When a commitment is due, or how it ended.
pub(super) fn commitment_day(commitment: &Commitment, today: chrono::NaiveDate) -> String {
    match &commitment.closing {
        Some(closing) => format!(
            "{} {}",
            closing.how.name(),
            calendar::short(closing.on, today)
        ),
        None if commitment.due < today => {
            format!("overdue since {}", calendar::short(commitment.due, today))
        }
        None => format!("due {}", calendar::in_words(commitment.due, today)),
    }
}
