//! What this is, who the idea comes from, and where the journal is.

use ratatui::layout::Constraint::{Fill, Length};
use ratatui::layout::{Layout, Rect};
use ratatui::text::Line;

use crate::app::Model;
use crate::app::screen::about::QUOTATION;
use crate::text;
use crate::ui::Canvas;
use crate::ui::size::TEXT_COLUMNS;
use crate::ui::widget;

pub(super) fn draw(model: &Model, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let (line, source) = QUOTATION;
    let path = text::one_line(model.path());
    let version = format!("leadby {}", env!("CARGO_PKG_VERSION"));
    let practices = format!(
        "Eight practices a week, one thing led better by {}, one problem a month.",
        model.now().due_day().name()
    );
    let parts = [
        (&*version, theme.accent),
        (
            "A journal for leading what is already in your hands.",
            theme.words,
        ),
        (&practices, theme.label),
        ("", theme.label),
        (line, theme.words),
        (source, theme.quiet),
        ("", theme.label),
        ("Your journal", theme.heading),
        (&path, theme.words),
        (
            "One line per version of an entry. It never leaves this machine by itself.",
            theme.label,
        ),
        ("", theme.label),
        (
            "MIT licence. leadby --help lists every command.",
            theme.quiet,
        ),
    ];
    let width = usize::from(area.width.min(TEXT_COLUMNS));
    let lines = parts.into_iter().flat_map(|(text, style)| {
        let blank = text.is_empty().then(Line::default);
        blank
            .into_iter()
            .chain(widget::wrapped_lines(text, (width, 3), style))
    });
    let [_, body] = Layout::vertical([Length(1), Fill(1)]).areas(area);
    canvas.draw_lines(body, lines);
}
