//! The items of a list, and all lists.

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};

use crate::app::Target;
use crate::app::screen::{List, Lists};
use crate::ui::Canvas;
use crate::ui::widget::{self, Row};
use crate::words;

pub(super) fn list(list: &List, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    if list.count() == 0 {
        widget::empty(canvas, area, &list.about, &list.example);
        return;
    }
    let [head, items, detail] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Fill(1),
        Constraint::Length(4),
    ])
    .areas(area);
    let counts = (list.cursor, list.rows.len(), list.count());
    widget::sifted(
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
    widget::rows(canvas, items, &rows, Some(list.cursor), Target::Row);
    let Some(row) = list.rows.get(list.cursor) else {
        return;
    };
    let [_, text, next] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Length(2),
        Constraint::Length(1),
    ])
    .areas(detail);
    canvas.text(text, &words::one_line(&row.detail), theme.label);
    if let Some(link) = row.notes.last() {
        let link = words::clip(&words::one_line(link), usize::from(next.width));
        canvas.line(next, Line::styled(link, theme.accent));
    } else if let Some(stage) = &row.next {
        canvas.line(
            next,
            Line::from(vec![
                Span::styled("next: ", theme.quiet),
                Span::styled(stage.clone(), theme.label),
            ]),
        );
    }
}

pub(super) fn shelves(lists: &Lists, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let counts = (lists.cursor, lists.sections.len(), lists.count());
    let width = area.width.min(78);
    let head = Rect {
        width,
        height: 1,
        ..area
    };
    widget::sifted(canvas, head, &lists.filter, None, counts);
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
    widget::rows(canvas, inner, &rows, Some(lists.cursor), Target::Row);
}
