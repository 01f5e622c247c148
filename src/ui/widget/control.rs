//! The field with the keys, by the kind of its control.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Color, Modifier};
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::box_span;
use super::rows::draw_arrows;
use super::weeks::month_names;
use crate::app::ClickTarget;
use crate::app::editor::Editor;
use crate::app::form::{ChoicePicker, Control, FormField, Log, Panel};
use crate::calendar::{self, Now};
use crate::insight::QuestionYear;
use crate::text;
use crate::ui::{Canvas, Theme, cells, sign};

/// How many weeks of marks are behind a choice.
const MARK_WEEKS: usize = 12;

/// Draws a control that has the keys, and puts the cursor into it.
pub(super) fn draw(input: &FormField, now: Now, canvas: &mut Canvas, area: Rect) {
    let field = match &input.control {
        Control::Text(editor) | Control::Day(editor, _) => {
            draw_text_field(editor, canvas, area);
            add_text_target(canvas, area);
            Some(area)
        }
        Control::Pick(pick) => draw_choices(pick, input.past.year.as_ref(), canvas, area),
        Control::Log(log) => draw_log(log, now, canvas, area),
        Control::Panel(panel) => draw_list_rows(panel, Some(panel.cursor), canvas, area),
    };
    if let (Some(name), Some(editor)) = (input.completion(), input.control.editor()) {
        draw_completion(name.suffix, editor, canvas, field.unwrap_or_default());
    }
}

/// A click into a text moves the cursor there.
fn add_text_target(canvas: &mut Canvas, area: Rect) {
    canvas.add_target(area, ClickTarget::Text { row: 0, column: 0 });
}

/// A text field with its cursor, and arrows if it goes on above or below.
pub(in crate::ui) fn draw_text_field(editor: &Editor, canvas: &mut Canvas, area: Rect) {
    if area.is_empty() {
        return;
    }
    let widget = editor.widget();
    let buffer = canvas.frame.buffer_mut();
    widget.render(area, buffer);
    hang_blanks(editor, area, buffer);
    buffer.set_style(area, canvas.theme.words);
    show_selection(area, buffer);
    replace_controls(area, buffer);
    let top = usize::from(widget.scroll_offset().0);
    let end = top + usize::from(area.height);
    let goes_on = widget.screen_to_data(end, 0) > widget.screen_to_data(end - 1, 0);
    draw_arrows(canvas, area, top, usize::from(goes_on));
    if canvas.has_focus {
        let typed_at = cursor_position(editor, area);
        canvas.frame.set_cursor_position(typed_at);
        canvas.regions.text_cursor = Some(typed_at);
    }
}

/// A completion after the cursor, as much as fits on its line.
pub(in crate::ui) fn draw_completion(
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
    let offset = |at: usize, from: u16| cells(at).saturating_sub(from);
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
    let hangs = usize::from(editor.hangs_blank(cursor.row));
    // Before a blank that is not drawn, it is at the end of the full row above.
    let (row, column) = match column.checked_sub(hangs) {
        Some(column) => (cursor.row, column),
        None => (cursor.row.saturating_sub(1), usize::from(area.width)),
    };
    Position::new(
        area.x + offset(column, left).min(area.width - 1),
        area.y + offset(row, top).min(area.height - 1),
    )
}

/// Leaves out the blank that a row begins with behind a full one.
fn hang_blanks(editor: &Editor, area: Rect, buffer: &mut Buffer) {
    let top = usize::from(editor.widget().scroll_offset().0);
    for (at, row) in area.rows().enumerate() {
        if editor.hangs_blank(top + at) {
            for x in row.left()..row.right() - 1 {
                buffer[(x, row.y)] = buffer[(x + 1, row.y)].clone();
            }
            buffer[(row.right() - 1, row.y)].reset();
        }
    }
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

/// A row for each choice; where it was asked in weeks before, with its marks in them, this week
/// last. Returns the text field among them that has the keys.
fn draw_choices(
    pick: &ChoicePicker,
    year: Option<&QuestionYear>,
    canvas: &mut Canvas,
    area: Rect,
) -> Option<Rect> {
    let theme = *canvas.theme;
    let rows = pick.choices.len() + usize::from(pick.own.is_some());
    let lead = text::widest(pick.choices.iter().map(|choice| &choice.label));
    let marks = year.and_then(|year| WeekMarks::new(year, usize::from(area.width), lead + 4));
    let mut area = area;
    if let Some(marks) = &marks
        && usize::from(area.height) > rows
    {
        let months = format!("{}{}", " ".repeat(lead + 4), marks.months());
        canvas.draw_line(area, Line::styled(months, theme.quiet));
        area.y += 1;
        area.height -= 1;
    }
    let mut field = None;
    for (at, place) in visible_rows(canvas, area, rows, pick.cursor) {
        let here = at == pick.cursor;
        let is_choice = at < pick.choices.len();
        if is_choice || !here {
            canvas.add_target(place, ClickTarget::Choice(at));
        }
        if here && is_choice {
            canvas.draw_cursor(place);
        }
        let Some(choice) = pick.choices.get(at) else {
            let hint = if pick.many { "others: " } else { "other: " };
            let lead = vec![
                Span::styled("+ ", theme.quiet),
                Span::styled(hint, theme.label),
            ];
            if let Some(editor) = &pick.own {
                field = draw_labelled_field(lead, editor, here, canvas, down_to_end(place, area));
            }
            continue;
        };
        let on = pick.on.contains(&choice.id);
        let label = text::one_line(&choice.label);
        let style = match (here, on) {
            (true, _) => super::strong(&theme),
            (false, true) => theme.words,
            (false, false) => theme.label,
        };
        let mut spans = vec![box_span(on, &theme), Span::raw(" ")];
        match &marks {
            Some(marks) => {
                spans.push(Span::styled(text::fit(&label, lead + 2), style));
                spans.extend(marks.row(at, on, &theme));
            }
            None => spans.push(Span::styled(label, style)),
        }
        canvas.draw_line(place, Line::from(spans));
    }
    field
}

/// The last weeks of a checklist that fit behind its choices.
struct WeekMarks<'a> {
    year: &'a QuestionYear,
    count: usize,
    /// The columns of a week.
    wide: usize,
}

impl<'a> WeekMarks<'a> {
    /// What fits into `width` columns behind `lead`; `None` if that is too little.
    fn new(year: &'a QuestionYear, width: usize, lead: usize) -> Option<Self> {
        let room = width.saturating_sub(lead);
        // Nothing is behind the last one.
        let wide = if room + 1 >= 2 * MARK_WEEKS { 2 } else { 1 };
        let count = MARK_WEEKS.min(room / wide);
        let is_enough = count * 2 >= MARK_WEEKS && !year.marks.is_empty();
        is_enough.then_some(Self { year, count, wide })
    }

    fn months(&self) -> String {
        let weeks = &self.year.weeks[self.year.weeks.len() - self.count..];
        let places = weeks.iter().enumerate();
        month_names(places.map(|(at, week)| (at * self.wide, *week)))
    }

    /// The marks of a choice; `on` is whether it is marked now.
    fn row(&self, choice: usize, on: bool, theme: &Theme) -> Vec<Span<'static>> {
        let marks = self.year.marks.get(choice).map_or(&[][..], Vec::as_slice);
        let before = marks[marks.len().saturating_sub(self.count)..].split_last();
        let gap = || Span::raw(" ".repeat(self.wide - 1));
        let weeks = before.map_or(&[][..], |(_, before)| before).iter();
        weeks
            .map(|mark| match mark {
                true => Span::styled(sign::DONE, theme.good),
                false => Span::styled(sign::NOTHING, theme.quiet),
            })
            .flat_map(|mark| [mark, gap()])
            .chain([box_span(on, theme)])
            .collect()
    }
}

/// The lines of a log and the text field for a new one, which it returns.
fn draw_log(log: &Log, now: Now, canvas: &mut Canvas, area: Rect) -> Option<Rect> {
    let theme = *canvas.theme;
    let rows = log.lines.len() + 1;
    let mut field = None;
    for (at, place) in visible_rows(canvas, area, rows, rows - 1) {
        let Some(line) = log.lines.get(at) else {
            let sign = vec![Span::styled("+ ", theme.accent)];
            field = draw_labelled_field(sign, &log.editor, true, canvas, down_to_end(place, area));
            continue;
        };
        let day = text::fit(&calendar::short_date(line.on, now.today()), 11);
        canvas.draw_line(
            place,
            Line::from(vec![
                Span::styled(format!("{day} "), theme.quiet),
                Span::styled(text::one_line(&line.text), theme.words),
            ]),
        );
    }
    field
}

/// The items of a list, and with the keys the line for a new one. Returns its text field if that has
/// the keys.
pub(super) fn draw_list_rows(
    list: &Panel,
    cursor: Option<usize>,
    canvas: &mut Canvas,
    area: Rect,
) -> Option<Rect> {
    let theme = *canvas.theme;
    let columns = usize::from(area.width);
    let count = list.rows.len() + usize::from(cursor.is_some());
    let mut field = None;
    for (at, place) in visible_rows(canvas, area, count, cursor.unwrap_or(0)) {
        let here = cursor == Some(at);
        let is_item = at < list.rows.len();
        if cursor.is_some() && (is_item || !here) {
            canvas.add_target(place, ClickTarget::Choice(at));
        }
        if here && is_item {
            canvas.draw_cursor(place);
        }
        let Some(row) = list.rows.get(at) else {
            let style = if here { theme.accent } else { theme.quiet };
            let sign = vec![Span::styled("+ ", style)];
            field = draw_labelled_field(sign, &list.editor, here, canvas, down_to_end(place, area));
            continue;
        };
        let title = text::one_line(&row.title);
        let left = columns.saturating_sub(text::width(&title) + 4);
        let state = text::clip_parts(&row.state, left.max(columns / 2));
        let room = columns.saturating_sub(text::width(&state) + 4);
        let title = text::fit(&title, room);
        let style = if here {
            super::strong(&theme)
        } else {
            theme.words
        };
        canvas.draw_line(
            place,
            Line::from(vec![
                box_span(row.closed, &theme),
                Span::styled(format!(" {title}"), style),
                Span::styled(format!("  {state}"), theme.quiet),
            ]),
        );
    }
    field
}

/// "2 open", for the panel of a list.
pub(super) fn count_text(list: &Panel) -> String {
    match list.rows.iter().filter(|row| !row.closed).count() {
        0 => String::new(),
        open => format!("{open} open"),
    }
}

/// The last row of an area with all that is left below it, for a text of several rows.
fn down_to_end(row: Rect, area: Rect) -> Rect {
    let height = area.bottom() - row.y;
    Rect { height, ..row }
}

/// A text field after a label; it is only an editor if it has the keys, and then its place is
/// returned.
fn draw_labelled_field(
    lead: Vec<Span>,
    editor: &Editor,
    here: bool,
    canvas: &mut Canvas,
    area: Rect,
) -> Option<Rect> {
    let used: usize = lead.iter().map(|span| text::width(&span.content)).sum();
    let used = cells(used).min(area.width);
    canvas.draw_line(Rect { height: 1, ..area }, Line::from(lead));
    let field = Rect {
        x: area.x + used,
        width: area.width.saturating_sub(used),
        ..area
    };
    if here {
        draw_text_field(editor, canvas, field);
        add_text_target(canvas, field);
    } else {
        let text = text::one_line(&editor.text());
        canvas.draw_line(field, Line::styled(text, canvas.theme.words));
    }
    here.then_some(field)
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
