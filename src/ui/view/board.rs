//! A register as a board: as many stages side by side as have room, the chosen one among them.

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};

use crate::app::Target;
use crate::app::screen::{Board, Column};
use crate::ui::Canvas;
use crate::ui::widget;
use crate::words;

/// The least columns in which a title can be read.
const LEAST: u16 = 20;

/// Rows a title takes at most.
const TITLE_ROWS: usize = 3;

pub(super) fn draw(board: &Board, canvas: &mut Canvas, area: Rect) {
    if board.is_empty() {
        widget::empty(canvas, area, &board.about, &board.example);
        return;
    }
    let theme = *canvas.theme;
    let count = board.columns.len();
    let fits = usize::from(area.width / LEAST).clamp(1, count);
    let first = (board.column + 1).saturating_sub(fits).min(count - fits);
    let [hint, area] = Layout::vertical([Constraint::Length(1), Constraint::Fill(1)]).areas(area);
    if fits < count {
        let before = if first > 0 { "‹ " } else { "  " };
        let after = if first + fits < count { " ›" } else { "" };
        let said = format!(
            "{before}stages {} to {} of {count}{after}",
            first + 1,
            first + fits
        );
        canvas.line(hint, Line::styled(said, theme.quiet));
    }
    let places = Layout::horizontal(vec![Constraint::Fill(1); fits])
        .spacing(2)
        .split(area);
    let mut number: usize = board.columns[..first]
        .iter()
        .map(|column| column.cards.len())
        .sum();
    let shown = board.columns.iter().enumerate().skip(first);
    for ((at, column), place) in shown.zip(places.iter()) {
        let chosen = (at == board.column).then_some(board.row);
        stage(column, chosen, number, canvas, *place);
        number += column.cards.len();
    }
}

/// One stage; `number` is that of its first item, counted through the board.
fn stage(column: &Column, chosen: Option<usize>, number: usize, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let [name, rule, cards] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Length(1),
        Constraint::Fill(1),
    ])
    .areas(area);
    let style = if chosen.is_some() {
        theme.accent
    } else {
        theme.heading
    };
    let count = column.cards.len();
    let room = usize::from(area.width).saturating_sub(5);
    canvas.line(
        name,
        Line::from(vec![
            Span::styled(words::clip(&words::one_line(&column.name), room), style),
            Span::styled(format!(" {count}"), theme.quiet),
        ]),
    );
    widget::rule(canvas, rule);
    let (sign, sign_style) = if column.closes {
        ("● ", theme.good)
    } else {
        ("○ ", theme.quiet)
    };
    let room = usize::from(area.width).saturating_sub(4);
    let titles: Vec<Vec<String>> = column
        .cards
        .iter()
        .map(|card| words::wrap(&words::one_line(&card.title), room, TITLE_ROWS))
        .collect();
    let first = first_shown(&titles, chosen.unwrap_or(0), usize::from(cards.height));
    let mut rows = cards.rows();
    let mut left = usize::from(cards.height);
    let mut below = count.saturating_sub(first);
    for (at, title) in titles.iter().enumerate().skip(first) {
        let here = chosen == Some(at);
        let style = if here { theme.accent } else { theme.words };
        if left == 0 {
            break;
        }
        below -= 1;
        let cut = (title.len() > left).then(|| {
            let title = words::one_line(&column.cards[at].title);
            words::wrap(&title, room, left)
        });
        let lines = cut.as_ref().unwrap_or(title);
        left -= lines.len();
        for ((line_at, line), row) in lines.iter().enumerate().zip(rows.by_ref()) {
            let (mark, sign) = match (line_at, here) {
                (0, true) => ("› ", sign),
                (0, false) => ("  ", sign),
                _ => ("  ", "  "),
            };
            canvas.line(
                row,
                Line::from(vec![
                    Span::styled(mark, theme.accent),
                    Span::styled(sign, sign_style),
                    Span::styled(line.clone(), style),
                ]),
            );
            canvas.clickable(row, Target::Row(number + at));
        }
    }
    widget::more(canvas, cards, first, below);
}

/// The first title to show so that the chosen one is among those that fit.
fn first_shown(titles: &[Vec<String>], chosen: usize, height: usize) -> usize {
    let mut taken = 0;
    let fitting = titles.iter().take(chosen + 1).rev().take_while(|title| {
        taken += title.len();
        taken <= height
    });
    (chosen + 1).saturating_sub(fitting.count().max(1))
}
