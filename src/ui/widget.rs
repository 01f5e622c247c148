//! Pieces that several screens share.

mod control;
mod days;
mod form;
mod frame;
mod panel;
mod prose;
mod rows;
mod weeks;

pub(super) use control::{draw_completion, draw_text_field};
pub(super) use days::days_line;
pub(super) use form::{
    FormView, Side, about_lines, draw_deleted_note, draw_pair, note_line, side_width, text_columns,
};
pub(super) use frame::{draw_footer, draw_header, draw_notice};
pub(super) use panel::{Panel, Urgency, rounded_block};
pub(super) use prose::{prose_lines, wrapped_pieces};
pub(super) use rows::{
    ListLine, Row, clip_spans, draw_about, draw_empty, draw_list, draw_list_lines, draw_list_panel,
    draw_page, draw_query, draw_rows, draw_scroll_bar, draw_sections, split_columns,
    split_filtered, split_list,
};

use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

use super::{Canvas, Theme, sign};
use crate::app::ClickTarget;
use crate::app::keys::{Action, KeyContext};
use crate::calendar;
use crate::insight::{MonthBox, Progress};
use crate::journal::{Commitment, CommitmentOutcome, OffDays};
use crate::report;
use crate::text;

/// A text on at most `rows` lines of `columns`, all in one style.
pub(super) fn wrapped_lines(
    words: &str,
    (columns, rows): (usize, usize),
    style: Style,
) -> impl Iterator<Item = Line<'static>> + use<> {
    let lines = text::wrap(words, columns, rows).into_iter();
    lines.map(move |line| Line::styled(line, style))
}

/// Lines behind a sign in the first.
pub(super) fn signed_lines(
    (sign, sign_style): (&'static str, Style),
    lines: Vec<String>,
    style: Style,
) -> impl Iterator<Item = Line<'static>> {
    lines.into_iter().enumerate().map(move |(at, line)| {
        let lead = if at == 0 { sign } else { " " };
        Line::from(vec![
            Span::styled(format!("{lead} "), sign_style),
            Span::styled(line, style),
        ])
    })
}

/// What better looks like, on at most `rows` lines of `columns`, and the state of a commitment, on
/// two: its words are cut before its days.
pub(super) fn commitment_lines(
    commitment: &Commitment,
    today: chrono::NaiveDate,
    off: &OffDays,
    (columns, rows): (usize, usize),
    theme: &Theme,
) -> impl Iterator<Item = Line<'static>> + use<> {
    let room = columns.saturating_sub(2);
    let sign = commitment_sign(commitment, today, off, theme);
    let better = text::wrap(&text::one_line(&commitment.better), room, rows);
    let state = text::wrap(&commitment_state(commitment, today, off), room, 2);
    let better = signed_lines(sign, better, theme.words);
    better.chain(signed_lines((" ", theme.quiet), state, theme.quiet))
}

/// How many of `all` lines are shown in `room` rows: if not all fit, the last row counts the others.
pub(super) fn shown_count(all: usize, room: usize) -> usize {
    if all > room {
        room.saturating_sub(1)
    } else {
        all
    }
}

/// "and 3 more", if there are more.
pub(super) fn more_line(count: usize, theme: &Theme) -> Option<Line<'static>> {
    (count > 0).then(|| Line::styled(format!("and {count} more"), theme.quiet))
}

/// A key and what it does, for the upper line of a panel.
pub(super) fn key_hint(key: String, does: &str, theme: &Theme) -> Vec<Span<'static>> {
    vec![
        Span::styled(key, theme.accent),
        Span::styled(format!(" {does}"), theme.quiet),
    ]
}

/// What can be done, one below the other: a key, what it does, and a click that does the same.
pub(super) fn draw_offers(
    offers: &[(Action, &str)],
    context: KeyContext,
    indent: &str,
    canvas: &mut Canvas,
    rows: impl Iterator<Item = Rect>,
) {
    let theme = *canvas.theme;
    for ((action, what), row) in offers.iter().zip(rows) {
        let key = canvas.keys.key_name(context, *action);
        let line = Line::from(vec![
            Span::styled(format!("{indent}{key} "), theme.accent),
            Span::styled(canvas.due_day.named_in(what), theme.label),
        ]);
        canvas.draw_line(row, line);
        canvas.add_target(row, ClickTarget::Action(*action));
    }
}

/// The sign and style of a box, filled if it is on.
pub(super) fn box_mark(is_on: bool, theme: &Theme) -> (&'static str, Style) {
    if is_on {
        (sign::DONE, theme.good)
    } else {
        (sign::OPEN, theme.quiet)
    }
}

/// The sign and style of a practice, or of what is to be done in a month.
pub(super) fn progress_mark(progress: Progress, theme: &Theme) -> (&'static str, Style) {
    match progress {
        Progress::NotStarted => (sign::OPEN, theme.quiet),
        Progress::Partial => (sign::BEGUN, theme.begun),
        Progress::Done => (sign::DONE, theme.good),
    }
}

/// The user's own text where it is open or chosen.
pub(super) fn strong(theme: &Theme) -> Style {
    theme.words.add_modifier(Modifier::BOLD)
}

/// How much of a whole, as a bar of some columns.
pub(super) fn bar(part: usize, whole: usize, columns: usize, theme: &Theme) -> [Span<'static>; 2] {
    let full = (part * columns + whole / 2).checked_div(whole).unwrap_or(0);
    let full = full.min(columns);
    [
        Span::styled(sign::BAR.repeat(full), theme.good),
        Span::styled(sign::BAR_EMPTY.repeat(columns - full), theme.rule),
    ]
}

/// A square for each stage of an item, filled if it was reached.
pub(super) fn stage_squares(reached: &[bool], theme: &Theme) -> Vec<Span<'static>> {
    reached.iter().map(|on| box_span(*on, theme)).collect()
}

pub(super) fn box_span(is_on: bool, theme: &Theme) -> Span<'static> {
    let (sign, style) = box_mark(is_on, theme);
    Span::styled(sign, style)
}

pub(super) fn month_sign(month: MonthBox, theme: &Theme) -> (&'static str, Style) {
    match month {
        MonthBox::Solved(_) => (sign::DONE, theme.good),
        MonthBox::UnderWay => (sign::BEGUN, theme.begun),
        MonthBox::Open => (sign::OPEN, theme.label),
        MonthBox::Off => (sign::OFF, theme.quiet),
        MonthBox::Empty | MonthBox::BeforeJournal | MonthBox::Future => {
            (sign::NOTHING, theme.quiet)
        }
    }
}

pub(super) fn commitment_sign(
    commitment: &Commitment,
    today: chrono::NaiveDate,
    off: &OffDays,
    theme: &Theme,
) -> (&'static str, Style) {
    match commitment.closing.as_ref() {
        Some(closing) => outcome_sign(closing.how, theme),
        None => open_sign(off.is_due(commitment, today), theme),
    }
}

pub(super) fn open_sign(is_due: bool, theme: &Theme) -> (&'static str, Style) {
    if is_due {
        (sign::DUE, theme.due)
    } else {
        (sign::PROMISE, theme.accent)
    }
}

pub(super) fn outcome_sign(how: CommitmentOutcome, theme: &Theme) -> (&'static str, Style) {
    match how {
        CommitmentOutcome::Kept => (sign::KEPT, theme.good),
        CommitmentOutcome::Missed => (sign::MISSED, theme.wrong),
        CommitmentOutcome::LetGo => (sign::LET_GO, theme.quiet),
    }
}

/// When a commitment is due, or how it ended; and that it was moved, and from when.
pub(super) fn commitment_state(
    commitment: &Commitment,
    today: chrono::NaiveDate,
    off: &OffDays,
) -> String {
    let day = commitment_day(commitment, today, off);
    match report::due_history(commitment, off, today) {
        Some(moved) => format!("{day} · {moved}"),
        None => day,
    }
}

/// When a commitment is due, or how it ended.
pub(super) fn commitment_day(
    commitment: &Commitment,
    today: chrono::NaiveDate,
    off: &OffDays,
) -> String {
    match &commitment.closing {
        Some(closing) => format!(
            "{} {}",
            closing.how.name(),
            calendar::short_date(closing.on, today)
        ),
        None if off.is_overdue(commitment, today) => {
            let since = calendar::short_date(off.due_day(commitment), today);
            format!("overdue since {since}")
        }
        None => {
            let due = calendar::date_and_distance(off.due_day(commitment), today);
            format!("due {due}")
        }
    }
}

/// How many of each fit, given one to each in turn.
pub(super) fn share_rows(wanted: &[usize], mut room: usize) -> Vec<usize> {
    let mut shares = vec![0; wanted.len()];
    while room > 0 && *shares != *wanted {
        for (share, wanted) in shares.iter_mut().zip(wanted) {
            if *share < *wanted && room > 0 {
                *share += 1;
                room -= 1;
            }
        }
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn room_goes_to_each_in_turn_and_none_is_left_unused() {
        assert_eq!(share_rows(&[6, 4, 1, 0], 7), [3, 3, 1, 0]);
        assert_eq!(share_rows(&[2, 1], 9), [2, 1]);
        assert_eq!(share_rows(&[5, 5, 5], 2), [1, 1, 0]);
        assert_eq!(share_rows(&[], 3), [0; 0]);
    }
}
