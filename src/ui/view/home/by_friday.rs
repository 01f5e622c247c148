//! By Friday: every open commitment with its days, and how the others went.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::home_key;
use crate::app::keys::Action;
use crate::app::route::Route;
use crate::app::screen::{Home, OpenCommitment};
use crate::app::{ClickTarget, Model};
use crate::journal::{Id, OffDays};
use crate::report;
use crate::text;
use crate::ui::size::LIST_COLUMNS;
use crate::ui::widget::{self, Panel, Row, Urgency};
use crate::ui::{Canvas, Theme, cells, sign};

/// How much is shown of each commitment, the most first.
#[derive(Clone, Copy, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Detail {
    /// A blank row between them.
    Spacious,
    /// All of its words, its days, and the question of what is due.
    Whole,
    /// A row of words and its days.
    Brief,
    Row,
}

/// Least columns of an area's name to recognise it.
const MIN_AREA: usize = 5;

/// The rows of its content: those of the commitments, and of the record where it has a row.
pub(super) fn content_rows(home: &Home, canvas: &Canvas, width: u16, detail: Detail) -> u16 {
    let width = width.saturating_sub(4).min(LIST_COLUMNS);
    // Days change no number of rows.
    let off = &OffDays::default();
    let blocks = blocks(home, canvas, width, detail, (home.week.monday(), off));
    let lines: usize = blocks.iter().map(Vec::len).sum();
    let blanks = if detail == Detail::Spacious {
        blocks.len().saturating_sub(1)
    } else {
        0
    };
    let record = match (has_record_row(home, canvas), detail) {
        (true, Detail::Spacious) => 2,
        (true, _) => 1,
        (false, _) => 0,
    };
    cells(lines.max(1) + blanks + record)
}

/// The rows without which one that is due would be left out: one each, one that counts the others, and
/// that of the record.
pub(super) fn least_rows(home: &Home, canvas: &Canvas) -> u16 {
    let due = home.open.iter().filter(|open| open.is_due()).count();
    let others = usize::from(home.open.len() > due);
    let rows = (due + others).max(1) + usize::from(has_record_row(home, canvas));
    cells(rows)
}

fn has_record_row(home: &Home, canvas: &Canvas) -> bool {
    canvas.size.has_frames() && home.record.kept + home.record.missed > 0
}

pub(super) fn draw(home: &Home, model: &Model, canvas: &mut Canvas, area: Rect, detail: Detail) {
    let theme = *canvas.theme;
    let due = home.open.iter().filter(|open| open.is_due()).count();
    let title = canvas.due_day.title();
    let mut note = counts(home.open.len(), due);
    let record = report::record_text(home.record).unwrap_or_default();
    let used = text::width(&title) + text::width(&note) + text::width(&record);
    if !has_record_row(home, canvas) && !record.is_empty() && used + 14 <= usize::from(area.width) {
        let between = if home.open.is_empty() { "" } else { " · " };
        note = format!("{note}{between}{record}");
    }
    let urgency = if due > 0 { Urgency::Due } else { Urgency::None };
    let panel = Panel::new(&title, note).urgency(urgency);
    let mut inner = panel.draw(canvas, area);
    if has_record_row(home, canvas) {
        inner.height = inner.height.saturating_sub(1);
        let row = Rect {
            y: inner.bottom(),
            height: 1,
            ..inner
        };
        draw_record(home, canvas, row);
    }
    inner.width = inner.width.min(LIST_COLUMNS);
    if home.open.is_empty() {
        let key = home_key(Action::Commit, canvas.keys);
        let line = Line::from(vec![
            Span::styled("Nothing open. ", theme.label),
            Span::styled(key, theme.accent),
            Span::styled(" new commitment", theme.label),
        ]);
        let row = Rect { height: 1, ..inner };
        canvas.draw_line(row, line);
        canvas.add_target(row, ClickTarget::Action(Action::Commit));
        draw_ended(home, model, canvas, below(inner, 2));
        return;
    }
    draw_blocks(home, model, canvas, inner, detail);
}

fn draw_blocks(home: &Home, model: &Model, canvas: &mut Canvas, area: Rect, detail: Detail) {
    let theme = *canvas.theme;
    let (today, off) = (model.now().today(), model.off_days());
    let blocks = blocks(home, canvas, area.width, detail, (today, &off));
    let all: usize = blocks.iter().map(Vec::len).sum();
    // What does not fit is counted in the last row.
    let room = if all > usize::from(area.height) {
        area.height.saturating_sub(1)
    } else {
        area.height
    };
    let mut y = area.y;
    let mut shown = 0;
    for (open, lines) in home.open.iter().zip(blocks) {
        let height = cells(lines.len());
        if y + height > area.y + room {
            break;
        }
        let whole = Rect { y, height, ..area };
        canvas.add_target(whole, check_in(&open.id));
        canvas.draw_lines(whole, lines);
        y += height + u16::from(detail == Detail::Spacious);
        shown += 1;
    }
    let hidden = &home.open[shown..];
    if hidden.is_empty() {
        let blank = u16::from(detail != Detail::Spacious);
        draw_ended(home, model, canvas, below(area, y + blank - area.y));
        return;
    }
    let style = if hidden.iter().any(OpenCommitment::is_due) {
        theme.due
    } else {
        theme.label
    };
    let row = Rect {
        y: area.y + room,
        height: 1,
        ..area
    };
    let line = Line::from(vec![
        Span::styled(format!("+ {} more  ", hidden.len()), style),
        Span::styled(home_key(Action::Commitments, canvas.keys), theme.accent),
        Span::styled(" all", theme.label),
    ]);
    canvas.draw_line(row, line);
    canvas.add_target(row, ClickTarget::Action(Action::Commitments));
}

/// What is left of an area below its first rows.
fn below(area: Rect, rows: u16) -> Rect {
    let rows = rows.min(area.height);
    Rect {
        y: area.y + rows,
        height: area.height - rows,
        ..area
    }
}

/// The commitments that ended last, in rows that are left, with a blank one before the record.
fn draw_ended(home: &Home, model: &Model, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let blank = usize::from(has_record_row(home, canvas));
    let rows = usize::from(area.height).saturating_sub(blank);
    for (ended, row) in home.ended.iter().zip(area.rows()).take(rows) {
        let (sign, style) = widget::outcome_sign(ended.how, &theme);
        let day = crate::calendar::short_date(ended.on, model.now().today());
        let line = Row::new(sign, style).words(&ended.better, theme.label);
        let line = line.state(&day, theme.quiet).line(usize::from(row.width));
        canvas.draw_line(row, line);
        canvas.add_target(row, check_in(&ended.id));
    }
}

/// How a commitment went, or is to go.
fn check_in(id: &Id) -> ClickTarget {
    ClickTarget::Open(Route::CheckIn(id.clone()))
}

/// "3 open, 1 of them due".
fn counts(open: usize, due: usize) -> String {
    match (open, due) {
        (0, _) => String::new(),
        (open, 0) => format!("{open} open"),
        (open, due) if open == due => format!("{due} due"),
        (open, due) => format!("{open} open, {due} of them due"),
    }
}

/// The rows of each open commitment.
fn blocks(
    home: &Home,
    canvas: &Canvas,
    width: u16,
    detail: Detail,
    (today, off): (chrono::NaiveDate, &OffDays),
) -> Vec<Vec<Line<'static>>> {
    let theme = canvas.theme;
    let room = usize::from(width).saturating_sub(2);
    let block = |(at, open): (usize, &OpenCommitment)| {
        let mut lines = match detail {
            Detail::Row => vec![single_row(open, today, room, theme)],
            Detail::Brief => words(open, room, 1, theme),
            Detail::Whole | Detail::Spacious => words(open, room, 2, theme),
        };
        if detail != Detail::Row {
            lines.push(days(open, today, off, room, theme));
        }
        if at == 0 && open.is_due() && detail <= Detail::Whole {
            lines.push(Line::from(vec![
                Span::styled(
                    format!("  {}", home_key(Action::CheckIn, canvas.keys)),
                    theme.accent,
                ),
                Span::styled(" how did it go?", theme.label),
            ]));
        }
        lines
    };
    home.open.iter().enumerate().map(block).collect()
}

/// The words in up to `rows`, with the area behind them where there is room for both.
fn words(open: &OpenCommitment, room: usize, rows: usize, theme: &Theme) -> Vec<Line<'static>> {
    let better = text::wrap(&text::one_line(&open.commitment.better), room, rows);
    let sign = widget::open_sign(open.is_due(), theme);
    let better = widget::signed_lines(sign, better, widget::strong(theme));
    let mut lines: Vec<Line> = better.collect();
    let area = text::one_line(&open.commitment.area);
    if let Some(last) = lines.last_mut() {
        let left = (room + 2).saturating_sub(last.width() + 2);
        if !area.is_empty() && left >= text::width(&area).min(MIN_AREA) {
            let area = text::clip(&area, left);
            let gap = " ".repeat(room + 2 - last.width() - text::width(&area));
            last.push_span(Span::styled(format!("{gap}{area}"), theme.quiet));
        }
    }
    lines
}

/// The line of its days; in words if there is no room for that.
fn days(
    open: &OpenCommitment,
    today: chrono::NaiveDate,
    off: &OffDays,
    room: usize,
    theme: &Theme,
) -> Line<'static> {
    let line = widget::days_line(&open.commitment, today, off, room, theme);
    let mut line = line.unwrap_or_else(|| {
        let style = if open.is_due() {
            theme.due
        } else {
            theme.quiet
        };
        Line::styled(text::clip(&state(open, today, off), room), style)
    });
    line.spans.insert(0, Span::raw("  "));
    line
}

/// When it is due, then since when.
fn state(open: &OpenCommitment, today: chrono::NaiveDate, off: &OffDays) -> String {
    let day = crate::calendar::short_date(open.due, today);
    let mut state = if open.due < today {
        format!("since {day}")
    } else {
        crate::calendar::date_and_distance(open.due, today)
    };
    if let Some(moved) = report::due_history(&open.commitment, off, today) {
        state = format!("{state} · {moved}");
    }
    state
}

/// A commitment in one row: its words, and its day at the right.
fn single_row(
    open: &OpenCommitment,
    today: chrono::NaiveDate,
    room: usize,
    theme: &Theme,
) -> Line<'static> {
    let (sign, style) = widget::open_sign(open.is_due(), theme);
    let day = crate::calendar::short_date(open.due, today);
    let day_style = if open.is_due() {
        theme.due
    } else {
        theme.quiet
    };
    let row = Row::new(sign, style).words(&open.commitment.better, widget::strong(theme));
    row.state(&day, day_style).line(room + 2)
}

/// The record as a bar, with the streak at the right.
fn draw_record(home: &Home, canvas: &mut Canvas, row: Rect) {
    let theme = *canvas.theme;
    let record = home.record;
    let ended = record.kept + record.missed;
    let streak = report::in_a_row(record.streak);
    let streak = streak.map_or_else(String::new, |streak| format!("  {streak}"));
    let kept = format!(" of {ended} kept  ");
    let number = record.kept.to_string();
    let used = 2 + text::width(&number) + text::width(&kept) + text::width(&streak);
    let bar = usize::from(row.width).saturating_sub(used).min(40);
    let mut spans = vec![
        Span::styled(format!("{} ", sign::KEPT), theme.good),
        Span::styled(number, widget::strong(&theme)),
        Span::styled(kept, theme.label),
    ];
    spans.extend(widget::bar(record.kept, ended, bar, &theme));
    spans.push(Span::styled(streak, theme.good));
    canvas.draw_line(row, Line::from(spans));
    canvas.add_target(row, ClickTarget::Action(Action::Commitments));
}
