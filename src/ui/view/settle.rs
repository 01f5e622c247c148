//! Fields with two texts, side by side.

use ratatui::layout::Constraint::{Fill, Length, Ratio};
use ratatui::layout::{Layout, Rect};
use ratatui::text::{Line, Span};

use crate::app::screen::SettlePage;
use crate::text;
use crate::ui::Canvas;
use crate::ui::widget::{self, Row};

pub(super) fn draw(screen: &SettlePage, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let wanted = u16::try_from(screen.rows.len()).unwrap_or(area.height);
    let [_, intro, _, list, _, name, _, texts] = Layout::vertical([
        Length(1),
        Length(2),
        Length(1),
        Length(wanted.min(area.height / 3)),
        Length(1),
        Length(1),
        Length(1),
        Fill(1),
    ])
    .areas(area);
    canvas.draw_text(
        intro,
        "Two machines wrote these before a sync. Both texts are kept; the first one counts until you \
         choose.",
        theme.quiet,
    );
    widget::draw_rows(canvas, list, &screen.rows, Some(screen.cursor), |row| {
        Row::new("≠", theme.due)
            .words(&row.entry, theme.words)
            .state(&row.label, theme.label)
    });
    let Some(row) = screen.chosen() else {
        canvas.draw_text(texts, "All settled.", theme.words);
        return;
    };
    let title = text::clip(&text::one_line(&row.label), usize::from(name.width));
    canvas.draw_line(name, Line::styled(title, theme.heading));
    let count = u32::try_from(row.texts.len()).unwrap_or(1).max(1);
    let columns = Layout::horizontal(vec![Ratio(1, count); row.texts.len()])
        .spacing(2)
        .split(texts);
    for ((number, text), column) in (1..).zip(&row.texts).zip(columns.iter()) {
        let [head, body] = Layout::vertical([Length(1), Fill(1)]).areas(*column);
        let note = if number == 1 { " shown now" } else { "" };
        canvas.draw_line(
            head,
            Line::from(vec![
                Span::styled(number.to_string(), theme.accent),
                Span::styled(note, theme.quiet),
            ]),
        );
        canvas.draw_text(body, text, theme.words);
    }
}
