//! The history of one entry.

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};

use crate::app::Target;
use crate::app::screen::History;
use crate::ui::Canvas;
use crate::ui::widget::{self, Row};
use crate::words;

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
    let versions = words::count(screen.versions.len(), "version");
    let room = usize::from(area.width).saturating_sub(words::width(&versions) + 4);
    canvas.line(
        name,
        Line::from(vec![
            Span::styled(
                words::clip(&words::one_line(&screen.name), room),
                theme.heading,
            ),
            Span::styled(format!(" · {versions}"), theme.quiet),
        ]),
    );
    let rows: Vec<Row> = screen
        .versions
        .iter()
        .map(|version| Row {
            sign: if version.taken_back { "–" } else { "·" },
            style: theme.quiet,
            lead: format!("{}{}", version.rails.head, version.when),
            text: version.changes.first().cloned().unwrap_or_default(),
            state: version.mark.clone(),
        })
        .collect();
    widget::rows(canvas, list, &rows, Some(screen.cursor), Target::Row);
    let Some(version) = screen.versions.get(screen.cursor) else {
        return;
    };
    let room = usize::from(detail.width);
    let lines = version
        .changes
        .iter()
        .flat_map(|change| words::wrap(change, room, 3));
    for (line, row) in lines.zip(detail.rows().skip(1)) {
        canvas.line(row, Line::styled(line, theme.words));
    }
}
