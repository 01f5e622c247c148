//! The twelve months, and what is in them.

use ratatui::layout::Constraint::{Fill, Length};
use ratatui::layout::{Layout, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::home_key;
use crate::app::keys::Action;
use crate::app::screen::{Home, MonthOfHome};
use crate::app::{ClickTarget, Model};
use crate::calendar::Month;
use crate::insight::MonthBox;
use crate::report;
use crate::text;
use crate::ui::widget::{Panel, month_sign, stage_squares};
use crate::ui::{Canvas, Theme, sign};

/// The least rows of a month with its words.
const WORDS_ROWS: u16 = 4;

/// The rows of a month that has all the room it needs.
const MONTH_ROWS: u16 = 5;

/// From how many months on they are listed.
const LIST_ROWS: usize = 7;

/// The least columns of a month with its words.
const WORDS_COLUMNS: u16 = 16;

/// How many rows twelve months with their words take in a panel that wide, with its frame.
pub(super) fn rows_with_words(width: u16) -> u16 {
    12 / across(width.saturating_sub(4)) * MONTH_ROWS + 2
}

/// How many months with their words are side by side.
fn across(width: u16) -> u16 {
    if width >= 6 * WORDS_COLUMNS { 6 } else { 4 }
}

pub(super) fn draw(home: &Home, model: &Model, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let present = model.now().month();
    let months: Vec<&MonthOfHome> = home.months_of(present.year()).collect();
    let solved: usize = months.iter().map(|month| solved(month.state)).sum();
    let said = match solved {
        0 => "none yet".to_owned(),
        count => report::spell_number(count),
    };
    let title = format!("{} {}", home.boxes_of, present.year());
    canvas.add_target(area, ClickTarget::Action(Action::Problems));
    let inner = Panel::new(&title, said).draw(canvas, area);
    let open = |month| ClickTarget::Open(home.month_route(month));
    let across = across(inner.width);
    let down = 12 / across;
    if inner.height >= down * WORDS_ROWS && inner.width >= across * WORDS_COLUMNS {
        let (wide, high) = (inner.width / across, inner.height / down);
        for (at, month) in (0..).zip(&months) {
            let place = Rect::new(
                inner.x + at % across * wide,
                inner.y + at / across * high,
                wide - 2,
                high.min(MONTH_ROWS),
            );
            draw_month_with_words(month, present, canvas, place);
            canvas.add_target(place, open(month.month));
        }
        return;
    }
    let begun = months.iter().filter(|month| month.month <= present).count();
    let rows = usize::from(inner.height);
    if rows >= begun && begun >= LIST_ROWS {
        for (month, row) in months.iter().zip(inner.rows()) {
            let line = month_line(month, present, usize::from(row.width), &theme);
            canvas.draw_line(row, line);
            canvas.add_target(row, open(month.month));
        }
        return;
    }
    let wide = (inner.width / 12).min(5);
    for (at, month) in (0..).zip(&months) {
        let place = Rect::new(inner.x + at * wide, inner.y, wide, 2.min(inner.height));
        draw_month(month, present, canvas, place);
        canvas.add_target(place, open(month.month));
    }
    let [_, below] = Layout::vertical([Length(3), Fill(1)]).areas(inner);
    draw_this_month(home, present, canvas, below);
}

/// The row of the year that shows what was solved, below the first week of each month.
pub(super) fn draw_solved_row(
    home: &Home,
    canvas: &mut Canvas,
    row: Rect,
    columns: impl Iterator<Item = (Month, u16)>,
) {
    let theme = *canvas.theme;
    for (month, x) in columns {
        let shown = home.months.iter().find(|shown| shown.month == month);
        // Blank, as the weeks above it are.
        if let Some(shown) = shown.filter(|it| it.state != MonthBox::BeforeJournal) {
            let (sign, style) = box_mark(shown, &theme);
            let count = solved(shown.state).clamp(1, 3);
            let place = Rect::new(x, row.y, 3.min(row.right().saturating_sub(x)), 1);
            canvas.draw_line(place, Line::styled(sign.repeat(count), style));
        }
    }
}

fn solved(month: MonthBox) -> usize {
    match month {
        MonthBox::Solved(count) => count,
        _ => 0,
    }
}

fn box_mark(month: &MonthOfHome, theme: &Theme) -> (&'static str, Style) {
    match month.state {
        MonthBox::UnderWay => (sign::BEGUN, theme.good),
        MonthBox::Open => (sign::OPEN, theme.accent),
        other => month_sign(other, theme),
    }
}

/// A month with the stages and the words of what is in it, in one row.
fn month_line(month: &MonthOfHome, present: Month, room: usize, theme: &Theme) -> Line<'static> {
    let mut spans = vec![name(month, present, theme), Span::raw("  ")];
    let Some(item) = &month.item else {
        let (sign, style) = box_mark(month, theme);
        spans.push(Span::styled(sign, style));
        return Line::from(spans);
    };
    let more = match solved(month.state) {
        0 | 1 => String::new(),
        solved => format!("  +{}", solved - 1),
    };
    spans.extend(stage_squares(&item.reached, theme));
    let left = room.saturating_sub(7 + item.reached.len() + text::width(&more));
    let title = text::clip(&text::one_line(&item.title), left);
    spans.push(Span::styled(format!("  {title}"), theme.words));
    spans.push(Span::styled(more, theme.quiet));
    Line::from(spans)
}

fn name(month: &MonthOfHome, present: Month, theme: &Theme) -> Span<'static> {
    let style = if month.month == present {
        theme.accent
    } else {
        theme.label
    };
    Span::styled(&month.month.name()[..3], style)
}

fn draw_month(month: &MonthOfHome, present: Month, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let (sign, style) = box_mark(month, &theme);
    let count = solved(month.state).clamp(1, 3);
    let lines = [
        Line::from(name(month, present, &theme)),
        Line::styled(sign.repeat(count), style),
    ];
    canvas.draw_lines(area, lines);
}

/// A month with the stages and the words of what is in it.
fn draw_month_with_words(month: &MonthOfHome, present: Month, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let mut head = vec![name(month, present, &theme), Span::raw(" ")];
    match &month.item {
        Some(item) => head.extend(stage_squares(&item.reached, &theme)),
        None => {
            let (sign, style) = box_mark(month, &theme);
            head.push(Span::styled(sign, style));
        }
    }
    let more = solved(month.state).saturating_sub(1);
    if more > 0 {
        head.push(Span::styled(format!(" +{more}"), theme.quiet));
    }
    let [head_row, words] = Layout::vertical([Length(1), Fill(1)]).areas(area);
    canvas.draw_line(head_row, Line::from(head));
    if let Some(item) = &month.item {
        canvas.draw_text(words, &text::one_line(&item.title), theme.words);
    }
}

fn draw_this_month(home: &Home, present: Month, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let month = home.months.iter().find(|month| month.month == present);
    let lead = "This month  ";
    let indent = || Span::raw(" ".repeat(lead.len()));
    if let Some(item) = month.and_then(|month| month.item.as_ref()) {
        let first = vec![
            Span::styled(lead, theme.label),
            Span::styled(text::one_line(&item.title), theme.words),
        ];
        let mut second = vec![indent()];
        second.extend(stage_squares(&item.reached, &theme));
        let mut stage = format!(" {}", item.stage.as_deref().unwrap_or_default());
        if let Some(next) = &item.next {
            stage.push_str(&format!(", next: {next}"));
        }
        second.push(Span::styled(stage, theme.quiet));
        for (line, row) in [first, second].into_iter().zip(area.rows()) {
            canvas.draw_line(row, Line::from(line));
            let list = home.month_route(present);
            canvas.add_target(row, ClickTarget::Open(list));
        }
    }
}

/// What was put up with, when it was written or how often it came up, and the key that uses it.
pub(super) fn suggestion_line(home: &Home, room: usize, canvas: &Canvas) -> Line<'static> {
    let theme = canvas.theme;
    let Some(suggestion) = &home.suggestion else {
        return Line::styled("A small one counts.", theme.quiet);
    };
    let when = match suggestion.weeks {
        Some(weeks) => format!("in {weeks} of your last 8 weeks"),
        None => format!("from week {}", suggestion.week.number()),
    };
    let key = home_key(Action::Suggestion, canvas.keys);
    let words = text::one_line(&suggestion.text);
    let keys = text::width(&key) + text::width(" use it") + 2;
    let end = format!(" {when} · ");
    // The words matter most.
    let has_room = text::width(&words) + text::width(&end) + keys <= room;
    let end = if has_room { end } else { "  ".to_owned() };
    let left = room.saturating_sub(text::width(&end) + keys);
    let words = text::clip(&words, left);
    Line::from(vec![
        Span::styled(format!("“{words}”"), theme.words),
        Span::styled(end, theme.quiet),
        Span::styled(key, theme.accent),
        Span::styled(" use it", theme.label),
    ])
}
