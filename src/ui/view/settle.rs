//! Fields with two texts, side by side.

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};

use crate::app::Target;
use crate::app::screen::Settle;
use crate::ui::Canvas;
use crate::ui::widget::{self, Row};
use crate::words;

pub(super) fn draw(screen: &Settle, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let wanted = u16::try_from(screen.rows.len()).unwrap_or(area.height);
    let [_, intro, _, list, _, name, _, texts] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Length(2),
        Constraint::Length(1),
        Constraint::Length(wanted.min(area.height / 3)),
        Constraint::Length(1),
        Constraint::Length(1),
        Constraint::Length(1),
        Constraint::Fill(1),
    ])
    .areas(area);
    canvas.text(
        intro,
        "Two machines wrote these before a sync. Both texts are kept; the first one counts until you \
         choose.",
        theme.quiet,
    );
    let rows: Vec<Row> = screen
        .rows
        .iter()
        .map(|row| Row {
            sign: "≠",
            style: theme.due,
            lead: row.label.clone(),
            text: words::one_line(&row.entry),
            state: String::new(),
        })
        .collect();
    widget::rows(canvas, list, &rows, Some(screen.cursor), Target::Row);
    let Some(row) = screen.chosen() else {
        canvas.text(texts, "All settled.", theme.words);
        return;
    };
    let title = words::clip(&words::one_line(&row.label), usize::from(name.width));
    canvas.line(name, Line::styled(title, theme.heading));
    let count = u32::try_from(row.texts.len()).unwrap_or(1).max(1);
    let columns = Layout::horizontal(vec![Constraint::Ratio(1, count); row.texts.len()])
        .spacing(2)
        .split(texts);
    for ((number, text), column) in (1..).zip(&row.texts).zip(columns.iter()) {
        let [head, body] =
            Layout::vertical([Constraint::Length(1), Constraint::Fill(1)]).areas(*column);
        let note = if number == 1 { " shown now" } else { "" };
        canvas.line(
            head,
            Line::from(vec![
                Span::styled(number.to_string(), theme.accent),
                Span::styled(note, theme.quiet),
            ]),
        );
        canvas.text(body, text, theme.words);
    }
}
