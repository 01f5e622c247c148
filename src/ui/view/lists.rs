//! The items of a list, and all lists.

use ratatui::layout::{Margin, Rect};
use ratatui::text::Line;

use super::entry;
use crate::app::Model;
use crate::app::screen::{List, Lists, RowList};
use crate::ui::Canvas;
use crate::ui::sign;
use crate::ui::widget::{self, Row, draw_list_panel, draw_page, split_filtered};

pub(super) fn draw_list(list: &List, model: &Model, canvas: &mut Canvas, area: Rect) {
    if list.rows.count() == 0 {
        let area = area.inner(Margin::new(2, 0));
        widget::draw_empty(canvas, area, &list.about, &list.example);
        return;
    }
    let theme = *canvas.theme;
    let [left, page] = split_filtered(canvas, area, &list.rows);
    let order = list.rows.filter().order.name();
    let rows = draw_list_panel(canvas, left, &list.name, &list.rows, Some(order));
    widget::draw_list(canvas, rows, &list.rows, |row| {
        let item = &row.item;
        let (sign, style, words) = if item.closed {
            (sign::DONE, theme.good, theme.words)
        } else {
            (sign::OPEN, theme.label, widget::strong(&theme))
        };
        Row::new(sign, style)
            .words(&item.title, words)
            .state(&item.state, theme.quiet)
    });
    if let Some(row) = list.rows.chosen() {
        entry::draw(&row.item.id, model, canvas, page, |_, _| Vec::new());
    }
}

pub(super) fn draw_lists(lists: &Lists, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let [left, page] = split_filtered(canvas, area, &lists.sections);
    let rows = draw_list_panel(canvas, left, "Lists", &lists.sections, None);
    widget::draw_list(canvas, rows, &lists.sections, |section| {
        Row::new(" ", theme.quiet)
            .words(&section.name, theme.words)
            .state(&section.count_text, theme.quiet)
    });
    let Some(section) = lists.sections.chosen() else {
        return;
    };
    let count = &section.count_text;
    draw_page(canvas, page, &section.name, count, |canvas, width| {
        let theme = canvas.theme;
        let about = widget::wrapped_lines(&section.about, (width, 6), theme.label);
        let mut lines: Vec<Line> = about.collect();
        lines.push(Line::default());
        let first = section.first.iter();
        lines.extend(first.map(|title| {
            let row = Row::new(" ", theme.quiet).words(title, theme.words);
            row.line(width)
        }));
        lines
    });
}
