//! One item as others read it.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::app::screen::Story;
use crate::report::Said;
use crate::ui::{Canvas, Theme};
use crate::words;

/// The widest line that is easily read.
const WIDEST: usize = 76;

pub(super) fn draw(screen: &Story, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let width = usize::from(area.width).min(WIDEST);
    let lines = lines(screen, width, &theme);
    let body = Rect {
        y: area.y + 1,
        height: area.height.saturating_sub(2),
        ..area
    };
    let room = usize::from(body.height);
    let first = screen.scroll.min(lines.len().saturating_sub(room));
    canvas.scrolled(first);
    let below = lines.len().saturating_sub(first + room);
    for (line, row) in lines.into_iter().skip(first).zip(body.rows()) {
        canvas.line(row, line);
    }
    if below > 0 {
        let row = Rect {
            y: area.bottom().saturating_sub(1),
            height: 1,
            ..area
        };
        let more = format!("… {} below", words::count(below, "line"));
        canvas.line(row, Line::styled(more, theme.quiet));
    }
}

fn lines(screen: &Story, width: usize, theme: &Theme) -> Vec<Line<'static>> {
    let told = &screen.story;
    let title = words::wrap(&words::one_line(&told.title), width, 3).into_iter();
    let mut lines: Vec<Line> = title.map(|it| Line::styled(it, theme.heading)).collect();
    if let Some(improved) = &told.improved {
        let words = words::clip(&words::one_line(&improved.words()), width);
        lines.push(Line::styled(words, theme.good));
    }
    for (name, said) in &told.sections {
        lines.push(Line::default());
        lines.push(Line::styled(words::one_line(name), theme.label));
        lines.extend(
            text(said, width)
                .into_iter()
                .map(|line| Line::styled(line, theme.words)),
        );
    }
    if !told.stages.is_empty() {
        lines.push(Line::default());
    }
    for reached in &told.stages {
        lines.push(Line::from(vec![
            Span::styled("● ", theme.good),
            Span::styled(words::one_line(&reached.when), theme.words),
        ]));
        for (name, said) in &reached.with {
            let said = text(said, usize::MAX).join(" ");
            let line = format!("{}: {said}", words::one_line(name));
            let wrapped = words::wrap(&line, width.saturating_sub(2), 4).into_iter();
            lines.extend(wrapped.map(|line| Line::styled(format!("  {line}"), theme.label)));
        }
    }
    if told.sections.is_empty() && told.improved.is_none() {
        lines.push(Line::default());
        let hint = "What others will read about it appears here.";
        lines.push(Line::styled(hint, theme.quiet));
    }
    lines
}

fn text(said: &Said, width: usize) -> Vec<String> {
    /// More lines than anyone reads on a screen; a file has all of them.
    const MOST: usize = 400;
    match said {
        Said::Prose(text) => words::wrap(text, width, MOST),
        Said::Line(line) | Said::Place(line) => words::wrap(&words::one_line(line), width, MOST),
        Said::Lines(lines) => lines
            .iter()
            .flat_map(|line| words::wrap(&words::one_line(line), width, MOST))
            .collect(),
    }
}
