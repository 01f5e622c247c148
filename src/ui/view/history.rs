//! The history of one entry.

use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::app::screen::History;
use crate::text;
use crate::ui::widget::{self, Panel, Row, draw_page, split_list};
use crate::ui::{Canvas, sign};

pub(super) fn draw(screen: &History, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let [left, page] = split_list(canvas, area, screen.versions.len());
    let versions = text::counted_noun(screen.versions.len(), "version");
    let name = text::capitalized(&text::one_line(&screen.name));
    let list = Panel::new(&name, versions).focus().draw(canvas, left);
    let cursor = Some(screen.cursor);
    widget::draw_rows(canvas, list, &screen.versions, cursor, |version| {
        let first = version.changes.first().map_or("", String::as_str);
        let row = if version.is_undone {
            Row::new(sign::LET_GO, theme.quiet)
        } else {
            Row::new(" ", Style::new())
        };
        row.words(&version.graph.head, theme.quiet)
            .words(first, theme.words)
            .state(&version.undo_label, theme.label)
            .state(&version.when, theme.quiet)
    });
    let Some(version) = screen.versions.get(screen.cursor) else {
        return;
    };
    let label = &version.undo_label;
    draw_page(canvas, page, &version.when, label, |canvas, width| {
        let changes = version.changes.iter();
        let style = canvas.theme.words;
        changes
            .flat_map(|change| widget::wrapped_lines(change, (width, 12), style))
            .collect()
    });
}
