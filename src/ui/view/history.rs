//! The history of one entry.

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};

use crate::app::ClickTarget;
use crate::app::screen::History;
use crate::text;
use crate::ui::Canvas;
use crate::ui::widget::{self, Row};

pub(super) fn draw(screen: &History, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let [_, name, _, list, detail] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Length(1),
        Constraint::Length(1),
        Constraint::Fill(1),
        Constraint::Length(area.height / 3),
    ])
    .areas(area);
    let versions = text::counted_noun(screen.versions.len(), "version");
    let room = usize::from(area.width).saturating_sub(text::width(&versions) + 4);
    canvas.draw_line(
        name,
        Line::from(vec![
            Span::styled(
                text::clip(&text::one_line(&screen.name), room),
                theme.heading,
            ),
            Span::styled(format!(" · {versions}"), theme.quiet),
        ]),
    );
    let rows: Vec<Row> = screen
        .versions
        .iter()
        .map(|version| Row {
            sign: if version.is_undone { "–" } else { "·" },
            style: theme.quiet,
            lead: format!("{}{}", version.graph.head, version.when),
            text: version.changes.first().cloned().unwrap_or_default(),
            state: version.undo_label.clone(),
        })
        .collect();
    widget::draw_rows(canvas, list, &rows, Some(screen.cursor), ClickTarget::Row);
    let Some(version) = screen.versions.get(screen.cursor) else {
        return;
    };
    let room = usize::from(detail.width);
    let lines = version
        .changes
        .iter()
        .flat_map(|change| text::wrap(change, room, 3));
    for (line, row) in lines.zip(detail.rows().skip(1)) {
        canvas.draw_line(row, Line::styled(line, theme.words));
    }
}
