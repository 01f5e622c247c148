//! A list of rows with a chosen one, and the page about it: beside the list where panels have frames,
//! else directly below its rows.

use std::borrow::Cow;

use ratatui::layout::Constraint::{Fill, Length};
use ratatui::layout::{Layout, Rect};
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

use super::panel::Panel;
use crate::app::ClickTarget;
use crate::app::editor::Editor;
use crate::app::screen::{FilterRow, FilteredList, RowList, SectionLine, Sections};
use crate::text;
use crate::ui::size::LIST_COLUMNS;
use crate::ui::{Canvas, cells, sign};

/// The columns that the words of a row have at least, before its state is cut.
fn least_words(columns: usize) -> usize {
    (columns / 2).min(30)
}

/// One row of a list: a sign or a key, words, and at the right edge the state it is in.
#[derive(Debug, Default)]
pub(in crate::ui) struct Row {
    sign: Span<'static>,
    words: Vec<Span<'static>>,
    state: Vec<Span<'static>>,
    /// What a click on its sign means, if it is a box.
    mark: Option<ClickTarget>,
}

impl Row {
    pub(in crate::ui) fn new(sign: impl Into<Cow<'static, str>>, style: Style) -> Self {
        Self {
            sign: Span::styled(sign, style),
            ..Self::default()
        }
    }

    /// Makes its sign a box that can be clicked.
    pub(in crate::ui) fn mark(mut self, target: ClickTarget) -> Self {
        self.mark = Some(target);
        self
    }

    /// Adds words, made safe to show.
    pub(in crate::ui) fn words(mut self, words: &str, style: Style) -> Self {
        self.words.push(Span::styled(text::one_line(words), style));
        self
    }

    /// Adds words that are safe to show.
    pub(in crate::ui) fn spans(mut self, words: impl IntoIterator<Item = Span<'static>>) -> Self {
        self.words.extend(words);
        self
    }

    /// Adds a part of its state, made safe to show.
    pub(in crate::ui) fn state(self, state: &str, style: Style) -> Self {
        self.day(state, 0, style)
    }

    /// Adds a part of its state that is at least so many columns wide, as days are, so that they line
    /// up.
    pub(in crate::ui) fn day(mut self, day: &str, columns: usize, style: Style) -> Self {
        if day.is_empty() {
            return self;
        }
        if !self.state.is_empty() {
            self.state.push(Span::raw("  "));
        }
        let day = text::one_line(day);
        let missing = columns.saturating_sub(text::width(&day));
        let day = " ".repeat(missing) + &day;
        self.state.push(Span::styled(day, style));
        self
    }

    /// The row in `columns`; of words and state, words keep more.
    pub(in crate::ui) fn line(self, columns: usize) -> Line<'static> {
        let least = spans_width(&self.words).min(least_words(columns));
        let columns = columns.saturating_sub(self.sign.width() + 1);
        let state = shorten_first(self.state, columns.saturating_sub(least + 2));
        let room = room_for_words(spans_width(&state), columns);
        let words = clip_spans(self.words, room);
        let missing = columns.saturating_sub(spans_width(&words) + spans_width(&state));
        let mut spans = vec![self.sign, Span::raw(" ")];
        spans.extend(words);
        spans.push(Span::raw(" ".repeat(missing)));
        spans.extend(state);
        Line::from(spans)
    }

    /// The columns for its words beside its state.
    pub(in crate::ui) fn room(&self, columns: usize) -> usize {
        let least = least_words(columns);
        let columns = columns.saturating_sub(self.sign.width() + 1);
        let state = spans_width(&self.state).min(columns.saturating_sub(least + 2));
        room_for_words(state, columns)
    }

    fn into_chosen(mut self) -> Self {
        for span in &mut self.words {
            span.style = span.style.add_modifier(Modifier::BOLD);
        }
        self
    }
}

fn room_for_words(state: usize, columns: usize) -> usize {
    let gap = if state > 0 { 2 } else { 0 };
    columns.saturating_sub(gap + state)
}

/// Spans in at most `columns`; the first ones are cut before the last, which is a day or a count.
fn shorten_first(mut spans: Vec<Span<'static>>, columns: usize) -> Vec<Span<'static>> {
    let mut over = spans_width(&spans).saturating_sub(columns);
    for span in &mut spans {
        let width = span.width();
        span.content = text::clip_parts(&span.content, width.saturating_sub(over)).into();
        // Half of a wide character cannot stay, so more may go than was wanted.
        over = over.saturating_sub(width - span.width());
    }
    spans
}

fn spans_width(spans: &[Span<'_>]) -> usize {
    spans.iter().map(Span::width).sum()
}

/// Spans in at most `columns`, with a `…` where something is missing.
pub(in crate::ui) fn clip_spans(spans: Vec<Span<'static>>, columns: usize) -> Vec<Span<'static>> {
    if spans_width(&spans) <= columns {
        return spans;
    }
    let mut left = columns;
    let mut kept = Vec::new();
    for span in spans {
        match left.checked_sub(span.width()) {
            Some(rest) if rest > 0 => left = rest,
            _ => {
                // More than fits, so that it ends in the sign.
                let cut = text::clip(&format!("{}  ", span.content), left);
                kept.push(Span::styled(cut, span.style));
                break;
            }
        }
        kept.push(span);
    }
    kept
}

pub(in crate::ui) enum ListLine {
    Gap,
    /// What the rows below have in common, and a count or the like at the right.
    Heading(Span<'static>, String),
    /// A row, and what a click on it means.
    Row(ClickTarget, Row),
}

/// The lines that fit, the chosen one among them, and a scroll bar if some do not. Lines out of sight
/// are not made.
pub(in crate::ui) fn draw_list_lines(
    canvas: &mut Canvas,
    area: Rect,
    count: usize,
    chosen: Option<usize>,
    line: impl Fn(usize) -> Option<ListLine>,
) {
    let height = usize::from(area.height);
    let first = chosen.map_or(0, |chosen| (chosen + 1).saturating_sub(height));
    let columns = usize::from(area.width);
    for (at, place) in (first..count).zip(area.rows()) {
        match line(at) {
            None | Some(ListLine::Gap) => {}
            Some(ListLine::Heading(name, right)) => {
                let line = heading_line(&name, &right, columns, canvas.theme.rule);
                canvas.draw_line(place, line.patch_style(canvas.theme.quiet));
            }
            Some(ListLine::Row(target, mut row)) => {
                // Up to the frame.
                let wide = Rect {
                    width: place.width + 1,
                    ..place
                };
                if chosen == Some(at) {
                    canvas.draw_cursor(wide);
                    if canvas.has_focus {
                        row = row.into_chosen();
                    }
                }
                canvas.add_target(wide, target);
                if let Some(mark) = row.mark.take() {
                    canvas.add_target(Rect { width: 2, ..place }, mark);
                }
                canvas.draw_line(place, row.line(columns));
            }
        }
    }
    draw_scroll_bar(canvas, area.right() + 1, area, first, count);
}

/// A name, a rule, and what is at its right end.
fn heading_line(name: &Span<'static>, right: &str, columns: usize, rule: Style) -> Line<'static> {
    let right = if right.is_empty() {
        String::new()
    } else {
        format!(" {right}")
    };
    let room = columns.saturating_sub(text::width(&right));
    let name = Span::styled(text::clip(&name.content, room), name.style);
    let rest = room.saturating_sub(name.width() + 1);
    Line::from(vec![
        name,
        Span::raw(" "),
        Span::styled("─".repeat(rest), rule),
        Span::raw(right),
    ])
}

/// The rows of a list without a filter; `row` makes the one of an item.
pub(in crate::ui) fn draw_rows<Item>(
    canvas: &mut Canvas,
    area: Rect,
    items: &[Item],
    cursor: Option<usize>,
    row: impl Fn(&Item) -> Row,
) {
    draw_list_lines(canvas, area, items.len(), cursor, |at| {
        Some(ListLine::Row(ClickTarget::Row(at), row(items.get(at)?)))
    });
}

/// The rows of a filtered list under their headings; `row` makes one from its position and what is
/// shown there.
pub(in crate::ui) fn draw_list<Shown: FilterRow>(
    canvas: &mut Canvas,
    area: Rect,
    list: &FilteredList<Shown>,
    row: impl Fn(&Shown) -> Row,
) where
    Shown::Heading: ToString,
{
    let style = canvas.theme.quiet;
    if list.chosen().is_none() {
        // The lists that have no row at all say so themselves.
        let text = format!("No matches among {}.", list.count());
        return canvas.draw_text(area, &text, canvas.theme.label);
    }
    let heading = |heading: Shown::Heading| {
        let heading = Span::styled(heading.to_string(), style);
        (heading, String::new())
    };
    let (sections, cursor) = (list.sections(), list.cursor());
    draw_sections(canvas, area, sections, cursor, heading, |at| {
        list.get(at).map(&row)
    });
}

/// Rows under headings; `heading` says what is at the two ends of one, `row` makes a row from its
/// position.
pub(in crate::ui) fn draw_sections<Heading: Clone + PartialEq>(
    canvas: &mut Canvas,
    area: Rect,
    sections: &Sections<Heading>,
    cursor: usize,
    heading: impl Fn(Heading) -> (Span<'static>, String),
    row: impl Fn(usize) -> Option<Row>,
) {
    let chosen = Some(sections.line_of(cursor));
    draw_list_lines(canvas, area, sections.lines(), chosen, |at| {
        Some(match sections.line(at)? {
            SectionLine::Gap => ListLine::Gap,
            SectionLine::Heading(it, _) => {
                let (name, right) = heading(it);
                ListLine::Heading(name, right)
            }
            SectionLine::Row(at) => ListLine::Row(ClickTarget::Row(at), row(at)?),
        })
    });
}

/// The thumb of a scroll bar in a column beside `area`, if of `count` lines not all are in sight.
pub(in crate::ui) fn draw_scroll_bar(
    canvas: &mut Canvas,
    column: u16,
    area: Rect,
    first: usize,
    count: usize,
) {
    let height = usize::from(area.height);
    if count <= height || height == 0 {
        return;
    }
    let thumb = (height * height / count).max(1);
    let last = count - height;
    let top = (first.min(last) * (height - thumb) + last / 2) / last;
    for row in area.rows().skip(top).take(thumb) {
        let place = Rect {
            x: column,
            width: 1,
            ..row
        };
        canvas.draw_line(place, Line::styled(sign::SCROLL, canvas.theme.accent));
    }
}

/// Arrows at the edge of a field that goes on above or below.
pub(super) fn draw_arrows(canvas: &mut Canvas, area: Rect, above: usize, below: usize) {
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

/// The areas of a list of `lines` and of the page about its chosen row.
pub(in crate::ui) fn split_list(canvas: &Canvas, area: Rect, lines: usize) -> [Rect; 2] {
    if canvas.size.has_frames() {
        let width = (area.width * 3 / 5).min(LIST_COLUMNS + 4);
        let [list, _, page] = Layout::horizontal([Length(width), Length(1), Fill(1)]).areas(area);
        return [list, page];
    }
    let least = (area.height * 2 / 5).max(5);
    let wanted = cells(lines + 1);
    let height = wanted.min(area.height.saturating_sub(least));
    Layout::vertical([Length(height), Fill(1)]).areas(area)
}

/// See [`split_list`]; the filter has a row of its own.
pub(in crate::ui) fn split_filtered(canvas: &Canvas, area: Rect, list: &dyn RowList) -> [Rect; 2] {
    let filter = list.filter();
    let row = usize::from(filter.is_typing || filter.is_active());
    split_list(canvas, area, list.line_count() + row)
}

/// The panel of a list: its name, its order and which row is chosen; the filter in its first row once
/// there is one. Returns the area of the rows.
pub(in crate::ui) fn draw_list_panel(
    canvas: &mut Canvas,
    area: Rect,
    name: &str,
    list: &dyn RowList,
    order: Option<&str>,
) -> Rect {
    let theme = *canvas.theme;
    let (filter, shown) = (list.filter(), list.shown_count());
    let mut said: Vec<String> = order.map(str::to_owned).into_iter().collect();
    if shown > 1 {
        said.push(format!("{} of {shown}", list.cursor() + 1));
    }
    let inner = Panel::new(name, said.join(", ")).focus().draw(canvas, area);
    if !filter.is_typing && !filter.is_active() {
        return inner;
    }
    let [row, rows] = Layout::vertical([Length(1), Fill(1)]).areas(inner);
    let found = format!("  {shown} of {}", list.count());
    let columns = cells(text::width(&found));
    let [query, right] = Layout::horizontal([Fill(1), Length(columns)]).areas(row);
    draw_query(&filter.editor, filter.is_typing, canvas, query);
    canvas.draw_line(right, Line::styled(found, theme.quiet));
    rows
}

/// A filter or a query, with the cursor while it is typed. Returns the area of its text.
pub(in crate::ui) fn draw_query(
    editor: &Editor,
    is_typing: bool,
    canvas: &mut Canvas,
    area: Rect,
) -> Rect {
    let theme = *canvas.theme;
    let [lead, field] = Layout::horizontal([Length(2), Fill(1)]).areas(area);
    canvas.draw_line(lead, Line::styled("/", theme.accent));
    if is_typing {
        super::draw_text_field(editor, canvas, field);
    } else {
        let text = text::one_line(&editor.text());
        canvas.draw_line(field, Line::styled(text, theme.words));
    }
    field
}

/// The page about the chosen row. Below a list it has no blank lines, as there is little room.
pub(in crate::ui) fn draw_page(
    canvas: &mut Canvas,
    area: Rect,
    title: &str,
    right: &str,
    lines: impl FnOnce(&Canvas, usize) -> Vec<Line<'static>>,
) {
    let has_frames = canvas.size.has_frames();
    let inner = Panel::new(title, right).draw(canvas, area);
    let width = inner.width.min(crate::ui::size::TEXT_COLUMNS);
    let mut lines = lines(canvas, usize::from(width));
    if has_frames {
        lines.insert(0, Line::default());
    } else {
        lines.retain(|line| line.width() > 0);
    }
    let height = usize::from(inner.height);
    if lines.len() > height
        && let Some(last) = height.checked_sub(1)
    {
        lines[last] = Line::styled("…", canvas.theme.quiet);
    }
    canvas.draw_lines(inner, lines);
}

/// The text of an empty list: what belongs there, and a good example.
pub(in crate::ui) fn draw_empty(canvas: &mut Canvas, area: Rect, about: &str, example: &str) {
    let below = draw_about(canvas, area, about);
    canvas.draw_text(
        below,
        &format!("For example: {example}"),
        canvas.theme.quiet,
    );
}

/// What belongs on an empty screen; returns the area of what is said below it.
pub(in crate::ui) fn draw_about(canvas: &mut Canvas, area: Rect, about: &str) -> Rect {
    const MOST: usize = 4;
    let rows = text::wrap(about, usize::from(area.width), MOST).len();
    let rows = Length(cells(rows));
    let [_, above, _, below] = Layout::vertical([Length(1), rows, Length(1), Fill(1)]).areas(area);
    canvas.draw_text(above, about, canvas.theme.label);
    below
}

/// Two columns with a gap, the left one `left` columns wide.
pub(in crate::ui) fn split_columns(area: Rect, left: u16) -> [Rect; 2] {
    let [left, _, right] = Layout::horizontal([Length(left), Length(2), Fill(1)]).areas(area);
    [left, right]
}
