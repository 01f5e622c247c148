//! The field with the keys, by the kind of its control.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Color, Modifier};
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::rows::draw_arrows;
use crate::app::ClickTarget;
use crate::app::editor::Editor;
use crate::app::form::{ChoicePicker, Control, Log, Panel};
use crate::calendar::{self, Now};
use crate::text;
use crate::ui::Canvas;

/// Draws a control that has the keys, and puts the cursor into it.
pub(super) fn draw(control: &Control, now: Now, canvas: &mut Canvas, area: Rect) {
    match control {
        Control::Text(editor) | Control::Day(editor, _) => draw_text_field(editor, canvas, area),
        Control::Pick(pick) => draw_choices(pick, canvas, area),
        Control::Log(log) => draw_log(log, now, canvas, area),
        Control::Panel(panel) => draw_panel(panel, canvas, area),
    }
}

/// A text field with its cursor.
pub(in crate::ui) fn draw_text_field(editor: &Editor, canvas: &mut Canvas, area: Rect) {
    if area.is_empty() {
        return;
    }
    let widget = editor.widget();
    let buffer = canvas.frame.buffer_mut();
    widget.render(area, buffer);
    buffer.set_style(area, canvas.theme.words);
    show_selection(area, buffer);
    replace_controls(area, buffer);
    if canvas.has_focus {
        canvas
            .frame
            .set_cursor_position(cursor_position(editor, area));
    }
}

/// A completion after the cursor, as much as fits on its line.
pub(super) fn draw_completion(words: &str, control: &Control, canvas: &mut Canvas, area: Rect) {
    if let Some(editor) = control.editor() {
        draw_completion_at(words, editor, canvas, area);
    }
}

/// The same after the cursor of an editor.
pub(in crate::ui) fn draw_completion_at(
    words: &str,
    editor: &Editor,
    canvas: &mut Canvas,
    area: Rect,
) {
    if area.is_empty() {
        return;
    }
    let Position { x, y } = cursor_position(editor, area);
    let rest = Rect::new(x, y, area.right() - x, 1);
    let words = text::clip(&text::escape_controls(words), usize::from(rest.width));
    canvas.draw_line(rest, Line::styled(words, canvas.theme.quiet));
}

/// Where the cursor of a text field is on the screen, once it was drawn.
fn cursor_position(editor: &Editor, area: Rect) -> Position {
    let widget = editor.widget();
    let cursor = widget.screen_cursor();
    let (top, left) = widget.scroll_offset();
    let offset = |at: usize, from: u16| u16::try_from(at).unwrap_or(u16::MAX).saturating_sub(from);
    // The widget adds up the widths of characters; drawn are clusters, which can be narrower.
    let start = widget.screen_to_data(cursor.row, 0).1;
    let (row, at) = editor.cursor();
    let before = widget.lines()[row].chars().skip(start);
    let before: String = before.take(at.saturating_sub(start)).collect();
    let column = if before.is_ascii() {
        cursor.col
    } else {
        text::drawn_width(&before, usize::from(widget.tab_length()))
    };
    Position::new(
        area.x + offset(column, left).min(area.width - 1),
        area.y + offset(cursor.row, top).min(area.height - 1),
    )
}

/// Shows the selection in reverse video, which needs no colour.
fn show_selection(area: Rect, buffer: &mut Buffer) {
    for position in area.positions() {
        let cell = &mut buffer[position];
        if cell.bg != Color::Reset {
            cell.set_bg(Color::Reset);
            cell.modifier.insert(Modifier::REVERSED);
        }
    }
}

/// Replaces what the widget drew of characters that control the terminal: it lets through those
/// that have a width, as line separators do. Of a letter with too many marks, the first remain.
fn replace_controls(area: Rect, buffer: &mut Buffer) {
    for position in area.positions() {
        let cell = &mut buffer[position];
        if text::escape_controls(cell.symbol()) == cell.symbol() {
            continue;
        }
        let first: String = cell.symbol().chars().take(1 + text::MAX_MARKS).collect();
        if text::escape_controls(&first) == first {
            cell.set_symbol(&first);
        } else {
            cell.set_char('␦');
        }
    }
}

fn draw_choices(pick: &ChoicePicker, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let rows = pick.choices.len() + usize::from(pick.own.is_some());
    for (at, place) in visible_rows(canvas, area, rows, pick.cursor) {
        canvas.add_target(place, ClickTarget::Choice(at));
        let here = at == pick.cursor;
        let mark = Span::styled(if here { "› " } else { "  " }, theme.accent);
        let Some(choice) = pick.choices.get(at) else {
            let hint = if pick.many { "others: " } else { "other: " };
            let lead = vec![
                mark,
                Span::styled("  + ", theme.quiet),
                Span::styled(hint, theme.label),
            ];
            if let Some(editor) = &pick.own {
                draw_labelled_field(lead, editor, here, canvas, place);
            }
            continue;
        };
        let on = pick.on.contains(&choice.id);
        let sign = match (pick.many, on) {
            (true, true) => "[x] ",
            (true, false) => "[ ] ",
            (false, true) => "(•) ",
            (false, false) => "( ) ",
        };
        let room = usize::from(area.width).saturating_sub(6);
        let style = match (here, on) {
            (true, _) => theme.accent,
            (false, true) => theme.words,
            (false, false) => theme.label,
        };
        canvas.draw_line(
            place,
            Line::from(vec![
                mark,
                Span::styled(sign, if on { theme.good } else { theme.quiet }),
                Span::styled(text::clip(&text::one_line(&choice.label), room), style),
            ]),
        );
    }
}

fn draw_log(log: &Log, now: Now, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let rows = log.lines.len() + 1;
    for (at, place) in visible_rows(canvas, area, rows, rows - 1) {
        let Some(line) = log.lines.get(at) else {
            let rest = Rect {
                height: area.bottom() - place.y,
                ..place
            };
            draw_labelled_field(
                vec![add_sign(canvas, true)],
                &log.editor,
                true,
                canvas,
                rest,
            );
            continue;
        };
        let day = text::fit(&calendar::short_date(line.on, now.today()), 11);
        let room = usize::from(area.width).saturating_sub(14);
        canvas.draw_line(
            place,
            Line::from(vec![
                Span::styled(format!("  {day} "), theme.quiet),
                Span::styled(text::clip(&text::one_line(&line.text), room), theme.words),
            ]),
        );
    }
}

fn draw_panel(panel: &Panel, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let widest = panel.rows.iter().map(|row| text::width(&row.state)).max();
    let state_room = widest.unwrap_or(0).min(usize::from(area.width) / 2);
    for (at, place) in visible_rows(canvas, area, panel.rows.len() + 1, panel.cursor) {
        canvas.add_target(place, ClickTarget::Choice(at));
        let here = at == panel.cursor;
        let Some(row) = panel.rows.get(at) else {
            draw_labelled_field(
                vec![add_sign(canvas, here)],
                &panel.editor,
                here,
                canvas,
                place,
            );
            continue;
        };
        let room = usize::from(area.width).saturating_sub(state_room + 6);
        let (sign, style) = if row.closed {
            ("● ", theme.good)
        } else {
            ("○ ", theme.quiet)
        };
        let title = text::fit(&text::one_line(&row.title), room);
        let state = text::clip(&row.state, state_room);
        canvas.draw_line(
            place,
            Line::from(vec![
                Span::styled(if here { "› " } else { "  " }, theme.accent),
                Span::styled(sign, style),
                Span::styled(title, if here { theme.accent } else { theme.words }),
                Span::styled(format!("  {state}"), theme.quiet),
            ]),
        );
    }
}

fn add_sign(canvas: &Canvas, here: bool) -> Span<'static> {
    let style = if here {
        canvas.theme.accent
    } else {
        canvas.theme.quiet
    };
    Span::styled("  + ", style)
}

/// A text field after a label; it is only an editor if it has the keys.
fn draw_labelled_field(
    lead: Vec<Span>,
    editor: &Editor,
    here: bool,
    canvas: &mut Canvas,
    area: Rect,
) {
    let used: usize = lead.iter().map(|span| text::width(&span.content)).sum();
    let used = u16::try_from(used).unwrap_or(0);
    canvas.draw_line(Rect { height: 1, ..area }, Line::from(lead));
    let field = Rect {
        x: area.x + used,
        width: area.width.saturating_sub(used),
        ..area
    };
    if here {
        draw_text_field(editor, canvas, field);
    } else {
        let text = text::clip(&text::one_line(&editor.text()), usize::from(field.width));
        canvas.draw_line(field, Line::styled(text, canvas.theme.words));
    }
}

/// The places of those of `rows` that fit into `area`, with the row `kept` in sight; arrows at its
/// edge if there are more.
fn visible_rows(
    canvas: &mut Canvas,
    area: Rect,
    rows: usize,
    kept: usize,
) -> impl Iterator<Item = (usize, Rect)> + use<> {
    let height = usize::from(area.height);
    let first = (kept + 1).saturating_sub(height).min(rows);
    draw_arrows(canvas, area, first, rows.saturating_sub(first + height));
    (first..rows.min(first + height)).zip(area.rows())
}
