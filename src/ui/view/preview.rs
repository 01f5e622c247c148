//! One item as others read it.

use ratatui::layout::{Margin, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::screen::Preview;
use crate::insight::{PublicPage, PublicValue};
use crate::text;
use crate::ui::widget;
use crate::ui::{Canvas, Theme};

/// The widest line that is easily read.
const MAX_WIDTH: usize = 76;

pub(super) fn draw(screen: &Preview, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let width = usize::from(area.width).min(MAX_WIDTH);
    let lines = page_lines(&screen.page, width, &theme);
    let body = area.inner(Margin::new(0, 1));
    let room = usize::from(body.height);
    let last = lines.len().saturating_sub(room);
    let first = screen.scroll.min(last);
    canvas.set_scroll_offset(first, last);
    let below = lines.len().saturating_sub(first + room);
    canvas.draw_lines(body, lines.into_iter().skip(first));
    if below > 0
        && let Some(row) = area.rows().next_back()
    {
        let more = format!("… {} below", text::counted_noun(below, "line"));
        canvas.draw_line(row, Line::styled(more, theme.quiet));
    }
}

/// An item as others read it, on lines of a width.
pub(super) fn page_lines(page: &PublicPage, width: usize, theme: &Theme) -> Vec<Line<'static>> {
    let title = text::one_line(&page.title);
    let mut lines: Vec<Line> = widget::wrapped_lines(&title, (width, 3), theme.heading).collect();
    if let Some(improved) = &page.improved {
        let words = text::one_line(&improved.describe());
        lines.extend(widget::wrapped_lines(&words, (width, 3), theme.good));
    }
    for (name, said) in &page.sections {
        lines.push(Line::default());
        lines.push(Line::styled(text::one_line(name), theme.label));
        lines.extend(value_lines(said, width, theme.words));
    }
    if !page.stages.is_empty() {
        lines.push(Line::default());
    }
    for reached in &page.stages {
        lines.push(Line::from(vec![
            Span::styled("■ ", theme.good),
            Span::styled(text::one_line(&reached.label), theme.words),
        ]));
        for (name, said) in &reached.fields {
            let said = text::one_line(&said.joined());
            let line = format!("{}: {said}", text::one_line(name));
            let wrapped = text::wrap(&line, width.saturating_sub(2), 4).into_iter();
            lines.extend(wrapped.map(|line| Line::styled(format!("  {line}"), theme.label)));
        }
    }
    if page.sections.is_empty() && page.improved.is_none() {
        lines.push(Line::default());
        let hint = "What others will read about it appears here.";
        lines.push(Line::styled(hint, theme.quiet));
    }
    lines
}

fn value_lines(said: &PublicValue, width: usize, style: Style) -> Vec<Line<'static>> {
    /// More lines than anyone reads on a screen; a file has all of them.
    const MOST: usize = 400;
    let wrapped =
        |line: &String| widget::wrapped_lines(&text::one_line(line), (width, MOST), style);
    match said {
        PublicValue::Prose(text) => widget::prose_lines(text, (width, MOST), style),
        PublicValue::Line(line) | PublicValue::Location(line) => wrapped(line).collect(),
        PublicValue::Lines(lines) => lines.iter().flat_map(wrapped).collect(),
    }
}
