//! Fields with two texts, side by side.

use ratatui::layout::Constraint::{Fill, Length, Ratio};
use ratatui::layout::{Layout, Rect};
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};

use crate::app::keys::{Action, KeyContext};
use crate::app::screen::{SettlePage, SettleRow};
use crate::text;
use crate::ui::widget::{self, Row};
use crate::ui::{Canvas, cells};

pub(super) fn draw(screen: &SettlePage, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let wanted = cells(screen.rows.len());
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
    let title = Line::styled(text::one_line(&row.label), theme.heading);
    canvas.draw_line(name, title);
    draw_texts(row, screen.first_line(), canvas, texts);
}

/// The texts of a field side by side, from a line on.
fn draw_texts(row: &SettleRow, first: Option<usize>, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let count = u32::try_from(row.texts.len()).unwrap_or(1).max(1);
    let columns = Layout::horizontal(vec![Ratio(1, count); row.texts.len()])
        .spacing(2)
        .split(area);
    let other = theme.words.add_modifier(Modifier::UNDERLINED);
    let wrapped: Vec<Vec<Line>> = row
        .texts
        .iter()
        .zip(columns.iter())
        .map(|(text, column)| {
            // Underlined words tell nothing where all are.
            let has_shared = text.pieces.iter().any(|(is_shared, _)| *is_shared);
            let pieces = text.pieces.iter().map(|(is_shared, piece)| {
                let is_other = has_shared && !is_shared;
                (piece.as_str(), if is_other { other } else { theme.words })
            });
            widget::wrapped_pieces(pieces, (usize::from(column.width), usize::MAX), theme.words)
        })
        .collect();
    let (longest, room) = (
        wrapped.iter().map(Vec::len).max().unwrap_or_default(),
        usize::from(area.height.saturating_sub(1)),
    );
    // Where they differ, as both may be one text that went on.
    let first = first.unwrap_or_else(|| same_lines(&wrapped));
    let last = longest.saturating_sub(room);
    let first = first.min(last);
    canvas.set_scroll_offset(first, last);
    let texts = (1..).zip(&row.texts).zip(wrapped);
    for (((number, text), lines), column) in texts.zip(columns.iter()) {
        let [head, body] = Layout::vertical([Length(1), Fill(1)]).areas(*column);
        let shown = if number == 1 { "shown now" } else { "" };
        let said = [shown, &text.written]
            .into_iter()
            .filter(|said| !said.is_empty());
        let note = format!(" {}", said.collect::<Vec<_>>().join(" · "));
        let key = canvas
            .keys
            .key_name(KeyContext::Settle, Action::Take(number));
        canvas.draw_line(
            head,
            Line::from(vec![
                Span::styled(key, theme.accent),
                Span::styled(note, theme.quiet),
            ]),
        );
        let lines = lines.into_iter().skip(first);
        canvas.draw_lines(body, lines);
        widget::draw_scroll_bar(canvas, area.right(), body, first, longest);
    }
}

/// How many lines at the beginning are the same in all texts, but for the last of them.
fn same_lines(texts: &[Vec<Line<'_>>]) -> usize {
    let Some((one, others)) = texts.split_first() else {
        return 0;
    };
    let text = |line: &Line<'_>| line.to_string();
    let is_same = |(at, line): &(usize, &Line<'_>)| {
        let same = others.iter().map(|other| other.get(*at).map(text));
        same.into_iter().all(|other| other == Some(text(line)))
    };
    let same = one.iter().enumerate().take_while(is_same).count();
    same.saturating_sub(1)
}
