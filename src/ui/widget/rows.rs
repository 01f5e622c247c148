//! A list of rows with a chosen one, and the text of an empty list.

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::ClickTarget;
use crate::app::screen::{FilterRow, FilteredList, RowList};
use crate::text;
use crate::ui::Canvas;

/// One row: a sign, a text, and a state at the right.
#[derive(Clone)]
pub(in crate::ui) struct Row {
    pub(in crate::ui) sign: &'static str,
    pub(in crate::ui) style: Style,
    /// In its own column before the text; may be empty.
    pub(in crate::ui) lead: String,
    pub(in crate::ui) text: String,
    pub(in crate::ui) state: String,
}

/// How many rows a list has, which is chosen, and how wide the columns beside their texts are.
#[derive(Clone, Copy)]
struct ListShape {
    count: usize,
    cursor: Option<usize>,
    side_widths: (usize, usize),
}

/// The rows that fit, the chosen one among them; `target` says what a click on one means.
pub(in crate::ui) fn draw_rows(
    canvas: &mut Canvas,
    area: Rect,
    rows: &[Row],
    cursor: Option<usize>,
    target: impl Fn(usize) -> ClickTarget,
) {
    let widest = |column: fn(&Row) -> &str| {
        let widths = rows.iter().map(|row| text::width(column(row)));
        widths.max().unwrap_or(0)
    };
    let shape = ListShape {
        count: rows.len(),
        cursor,
        side_widths: (widest(|row| &row.lead), widest(|row| &row.state)),
    };
    draw_visible(canvas, area, shape, |at| rows.get(at).cloned(), target);
}

/// The rows of a filtered list that fit, the chosen one among them; `row` makes one from its
/// position and what is shown there. Rows out of sight are not made.
pub(in crate::ui) fn draw_list<Shown: FilterRow>(
    canvas: &mut Canvas,
    area: Rect,
    list: &FilteredList<Shown>,
    row: impl Fn(usize, &Shown) -> Row,
) {
    let shape = ListShape {
        count: list.shown_count(),
        cursor: Some(list.cursor()),
        side_widths: list.side_widths(),
    };
    let row = |at| list.get(at).map(|shown| row(at, shown));
    draw_visible(canvas, area, shape, row, ClickTarget::Row);
}

fn draw_visible(
    canvas: &mut Canvas,
    area: Rect,
    shape: ListShape,
    row: impl Fn(usize) -> Option<Row>,
    target: impl Fn(usize) -> ClickTarget,
) {
    let ListShape {
        count,
        cursor,
        side_widths: (lead_width, state_width),
    } = shape;
    let height = usize::from(area.height);
    let first = cursor.map_or(0, |cursor| (cursor + 1).saturating_sub(height));
    let edge = area;
    let area = without_arrow_column(area, count);
    let state_room = state_width.min(usize::from(area.width) * 3 / 5);
    let lead_room = if lead_width > 0 { lead_width + 2 } else { 0 };
    let text_room = usize::from(area.width).saturating_sub(state_room + lead_room + 6);
    let visible = (first..count).take(height);
    for (at, row) in visible.filter_map(|at| Some((at, row(at)?))) {
        let y = area.y + u16::try_from(at - first).unwrap_or(0);
        let chosen = cursor == Some(at);
        let style = if chosen {
            canvas.theme.accent
        } else {
            canvas.theme.words
        };
        let text_room = if row.state.is_empty() {
            text_room + state_room + 2
        } else {
            text_room
        };
        let line = Line::from(vec![
            Span::styled(if chosen { "› " } else { "  " }, canvas.theme.accent),
            Span::styled(format!("{} ", row.sign), row.style),
            Span::styled(
                text::fit(&text::one_line(&row.lead), lead_room),
                canvas.theme.label,
            ),
            Span::styled(text::fit(&text::one_line(&row.text), text_room), style),
            Span::raw("  "),
            Span::styled(
                text::clip(&text::one_line(&row.state), state_room),
                canvas.theme.quiet,
            ),
        ]);
        let place = Rect::new(area.x, y, area.width, 1);
        canvas.draw_line(place, line);
        canvas.add_target(place, target(at));
    }
    draw_arrows(canvas, edge, first, count.saturating_sub(first + height));
}

/// The area of a list's rows: if it goes on above or below, without the column of the arrows.
pub(in crate::ui) fn without_arrow_column(area: Rect, rows: usize) -> Rect {
    let arrows = u16::from(rows > usize::from(area.height));
    Rect {
        width: area.width.saturating_sub(arrows),
        ..area
    }
}

/// Arrows at the edge of a list that goes on above or below.
pub(in crate::ui) fn draw_arrows(canvas: &mut Canvas, area: Rect, above: usize, below: usize) {
    let style = canvas.theme.accent;
    let edge = Rect {
        x: area.right(),
        width: 1,
        height: 1,
        ..area
    };
    if above > 0 {
        canvas.draw_line(edge, Line::styled("↑", style));
    }
    if below > 0 {
        let y = area.bottom().saturating_sub(1);
        canvas.draw_line(Rect { y, ..edge }, Line::styled("↓", style));
    }
}

/// The head of a list: the filter, how many rows it leaves, the order, and which row is chosen.
pub(in crate::ui) fn draw_list_head(
    canvas: &mut Canvas,
    area: Rect,
    list: &dyn RowList,
    order: Option<&str>,
) {
    let filter = list.filter();
    let shown = list.shown_count();
    let theme = *canvas.theme;
    let place = if shown > 1 {
        format!("{} of {shown}", list.cursor() + 1)
    } else {
        String::new()
    };
    let width = u16::try_from(text::width(&place) + 2).unwrap_or(0);
    let [left, right] =
        Layout::horizontal([Constraint::Fill(1), Constraint::Length(width)]).areas(area);
    canvas.draw_line(right, Line::styled(format!("  {place}"), theme.quiet));
    let mut said = Vec::new();
    if filter.is_active() {
        said.push(format!("{shown} of {}", list.count()));
    }
    said.extend(order.map(str::to_owned));
    let said = said.join(" · ");
    if !filter.is_typing && !filter.is_active() {
        canvas.draw_line(left, Line::styled(format!("  {said}"), theme.quiet));
        return;
    }
    let said = format!("  {said}");
    let [lead, field, rest] = Layout::horizontal([
        Constraint::Length(2),
        Constraint::Length(24),
        Constraint::Fill(1),
    ])
    .areas(left);
    canvas.draw_line(lead, Line::styled("/", theme.accent));
    if filter.is_typing {
        super::draw_text_field(&filter.editor, canvas, field);
    } else {
        let text = text::clip(
            &text::one_line(&filter.editor.text()),
            usize::from(field.width),
        );
        canvas.draw_line(field, Line::styled(text, theme.words));
    }
    canvas.draw_line(rest, Line::styled(said, theme.quiet));
}

/// The text of an empty list: what belongs there, and a good example.
pub(in crate::ui) fn draw_empty(canvas: &mut Canvas, area: Rect, about: &str, example: &str) {
    let [_, above, below] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Length(3),
        Constraint::Fill(1),
    ])
    .areas(area);
    canvas.draw_text(above, about, canvas.theme.label);
    canvas.draw_text(
        below,
        &format!("For example: {example}"),
        canvas.theme.quiet,
    );
}

/// Two columns with a gap, the left one `left` columns wide.
pub(in crate::ui) fn split_columns(area: Rect, left: u16) -> [Rect; 2] {
    let [left, _, right] = Layout::horizontal([
        Constraint::Length(left),
        Constraint::Length(2),
        Constraint::Fill(1),
    ])
    .areas(area);
    [left, right]
}
