//! The items of a list, and all lists.

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};

use crate::app::ClickTarget;
use crate::app::screen::{List, Lists};
use crate::text;
use crate::ui::Canvas;
use crate::ui::widget::{self, Row};

pub(super) fn draw_list(list: &List, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    if list.count() == 0 {
        widget::draw_empty(canvas, area, &list.about, &list.example);
        return;
    }
    let [head, items, detail] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Fill(1),
        Constraint::Length(4),
    ])
    .areas(area);
    let counts = (list.cursor, list.rows.len(), list.count());
    widget::draw_filter(
        canvas,
        head,
        &list.filter,
        Some(list.filter.order.name()),
        counts,
    );
    let rows: Vec<Row> = list
        .rows
        .iter()
        .map(|row| Row {
            sign: if row.closed { "●" } else { "○" },
            style: if row.closed { theme.good } else { theme.quiet },
            lead: String::new(),
            text: row.title.clone(),
            state: row.state.clone(),
        })
        .collect();
    widget::draw_rows(canvas, items, &rows, Some(list.cursor), ClickTarget::Row);
    let Some(row) = list.rows.get(list.cursor) else {
        return;
    };
    let [_, text, next] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Length(2),
        Constraint::Length(1),
    ])
    .areas(detail);
    canvas.draw_text(text, &text::one_line(&row.detail), theme.label);
    if let Some(link) = row.notes.last() {
        let link = text::clip(&text::one_line(link), usize::from(next.width));
        canvas.draw_line(next, Line::styled(link, theme.accent));
    } else if let Some(stage) = &row.next {
        canvas.draw_line(
            next,
            Line::from(vec![
                Span::styled("next: ", theme.quiet),
                Span::styled(stage.clone(), theme.label),
            ]),
        );
    }
}

pub(super) fn draw_lists(lists: &Lists, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let counts = (lists.cursor, lists.sections.len(), lists.count());
    let width = area.width.min(78);
    let head = Rect {
        width,
        height: 1,
        ..area
    };
    widget::draw_filter(canvas, head, &lists.filter, None, counts);
    let inner = Rect {
        y: area.y + 1,
        height: area.height.saturating_sub(1),
        width,
        ..area
    };
    let rows: Vec<Row> = lists
        .sections
        .iter()
        .enumerate()
        .map(|(at, shelf)| Row {
            sign: "·",
            style: theme.quiet,
            // Only the first of several with the same practice names it.
            lead: match at.checked_sub(1).map(|before| &lists.sections[before]) {
                Some(before) if before.practice == shelf.practice => String::new(),
                _ => shelf.practice.clone(),
            },
            text: shelf.name.clone(),
            state: shelf.count_text.clone(),
        })
        .collect();
    widget::draw_rows(canvas, inner, &rows, Some(lists.cursor), ClickTarget::Row);
}
