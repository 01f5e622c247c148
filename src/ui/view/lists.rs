//! The items of a list, and all lists.

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};

use crate::app::screen::{List, Lists, RowList};
use crate::text;
use crate::ui::Canvas;
use crate::ui::widget::{self, Row};

pub(super) fn draw_list(list: &List, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    if list.rows.count() == 0 {
        widget::draw_empty(canvas, area, &list.about, &list.example);
        return;
    }
    let [head, items, detail] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Fill(1),
        Constraint::Length(4),
    ])
    .areas(area);
    let order = list.rows.filter().order.name();
    widget::draw_list_head(canvas, head, &list.rows, Some(order));
    widget::draw_list(canvas, items, &list.rows, |_, row| Row {
        sign: if row.closed { "●" } else { "○" },
        style: if row.closed { theme.good } else { theme.quiet },
        lead: String::new(),
        text: row.title.clone(),
        state: row.state.clone(),
    });
    let Some(row) = list.rows.chosen() else {
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
        let link = text::clip(&text::one_line(&link.text), usize::from(next.width));
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
    let width = area.width.min(78);
    let head = Rect {
        width,
        height: 1,
        ..area
    };
    widget::draw_list_head(canvas, head, &lists.sections, None);
    let inner = Rect {
        y: area.y + 1,
        height: area.height.saturating_sub(1),
        width,
        ..area
    };
    widget::draw_list(canvas, inner, &lists.sections, |at, section| {
        let before = at.checked_sub(1).and_then(|at| lists.sections.get(at));
        Row {
            sign: "·",
            style: theme.quiet,
            // Only the first of several with the same practice names it.
            lead: match before {
                Some(before) if before.practice == section.practice => String::new(),
                _ => section.practice.clone(),
            },
            text: section.name.clone(),
            state: section.count_text.clone(),
        }
    });
}
