//! What this is, who the idea comes from, and where the journal is.

use ratatui::layout::Rect;
use ratatui::text::Line;

use crate::app::Model;
use crate::app::screen::about::QUOTATION;
use crate::text;
use crate::ui::Canvas;
use crate::ui::size::TEXT_COLUMNS;

pub(super) fn draw(model: &Model, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let (line, source) = QUOTATION;
    let path = text::one_line(model.path());
    let parts = [
        (
            format!("leadby {}", env!("CARGO_PKG_VERSION")),
            theme.accent,
        ),
        (
            "A journal for leading what is already in your hands.".to_owned(),
            theme.words,
        ),
        (
            format!(
                "Eight practices a week, one thing led better by {}, one problem a month.",
                model.now().due_day().name()
            ),
            theme.label,
        ),
        (String::new(), theme.label),
        (line.to_owned(), theme.words),
        (source.to_owned(), theme.quiet),
        (String::new(), theme.label),
        ("Your journal".to_owned(), theme.heading),
        (path, theme.words),
        (
            "One line per version of an entry. It never leaves this machine by itself.".to_owned(),
            theme.label,
        ),
        (String::new(), theme.label),
        (
            "MIT licence. leadby --help lists every command.".to_owned(),
            theme.quiet,
        ),
    ];
    let width = usize::from(area.width.min(TEXT_COLUMNS));
    let lines = parts.into_iter().flat_map(|(text, style)| {
        let lines = if text.is_empty() {
            vec![text]
        } else {
            text::wrap(&text, width, 3)
        };
        lines.into_iter().map(move |line| Line::styled(line, style))
    });
    for (line, row) in lines.zip(area.rows().skip(1)) {
        canvas.draw_line(row, line);
    }
}
