//! Draws the model. Never changes anything.
//!
//! Every screen has the same three parts: a header with its name, the body, and a footer with the
//! keys that work now. One file per screen in `view`, the shared pieces in `widget`, the signs in
//! `sign`.

mod color;
mod hover;
mod sign;
mod size;
mod theme;
mod view;
mod widget;

pub use hover::draw_hover;
use size::cells;
pub use theme::{Background, ColorDepth, TerminalColors, Theme};

use ratatui::Frame;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Constraint, Layout, Margin, Position, Rect};
use ratatui::style::{Color, Modifier, Style};
use ratatui::text::Line;

use crate::app::keys::{Action, KeyContext, KeyTable};
use crate::app::{ClickTarget, Model, WindowSize};
use crate::calendar::DueDay;

/// What can be clicked, and where; and how far long content is scrolled.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Regions {
    targets: Vec<(Rect, ClickTarget)>,
    scroll_offset: Option<usize>,
    /// Whether long content goes on above and below.
    goes_on: Option<[bool; 2]>,
    cursor: Option<Position>,
    /// Where text is typed.
    text_cursor: Option<Position>,
}

impl Regions {
    /// What is at a column and row, from 0; the topmost of several.
    pub fn target_at(&self, column: u16, row: u16) -> Option<ClickTarget> {
        self.topmost(column, row)
            .map(|(area, target)| match target {
                ClickTarget::Text { .. } => ClickTarget::Text {
                    row: row - area.y,
                    column: column - area.x,
                },
                target => target.clone(),
            })
    }

    /// The area of what can be clicked at a column and row, from 0; `None` in a text, where a click only
    /// moves the cursor.
    pub fn area_at(&self, column: u16, row: u16) -> Option<Rect> {
        self.topmost(column, row)
            .filter(|(_, target)| !matches!(target, ClickTarget::Text { .. }))
            .map(|(area, _)| *area)
    }

    fn topmost(&self, column: u16, row: u16) -> Option<&(Rect, ClickTarget)> {
        let place = Position::new(column, row);
        let mut above_first = self.targets.iter().rev();
        above_first.find(|(area, _)| area.contains(place))
    }

    /// Where text is typed; else where the chosen row or column begins, for the hidden cursor of the
    /// terminal: screen readers follow it.
    pub fn cursor(&self) -> Option<Position> {
        self.text_cursor.or(self.cursor)
    }

    /// The first line shown of long content.
    pub fn scroll_offset(&self) -> Option<usize> {
        self.scroll_offset
    }
}

/// What a view draws with: the frame, the styles, and a note of what can be clicked.
struct Canvas<'a, 'b> {
    frame: &'a mut Frame<'b>,
    theme: &'a Theme,
    keys: &'a KeyTable,
    due_day: DueDay,
    size: WindowSize,
    regions: Regions,
    /// Whether the keys go to what is being drawn, and not to an overlay or a list beside it.
    has_focus: bool,
    /// The panel beside the form or below it, if there is one: to the right edge of the screen.
    panel: Option<Rect>,
}

impl Canvas<'_, '_> {
    /// A line; it ends in `…` if it is cut.
    fn draw_line<'l>(&mut self, area: Rect, line: impl Into<Line<'l>>) {
        if area.is_empty() {
            return;
        }
        let line = line.into();
        let room = usize::from(area.width);
        let is_cut = line.width() > room && crate::text::width(line.to_string().trim_end()) > room;
        self.frame.render_widget(line, area);
        if is_cut {
            let (buffer, row, last) = (self.frame.buffer_mut(), area.y, area.right() - 1);
            let before = last.saturating_sub(1).max(area.x);
            let is_wide = crate::text::width(buffer[(before, row)].symbol()) == 2;
            let end = if is_wide { before } else { last };
            buffer[(end, row)].set_symbol("…");
        }
    }

    /// Lines one below the other, as many as fit.
    fn draw_lines<'l>(&mut self, area: Rect, lines: impl IntoIterator<Item = Line<'l>>) {
        for (line, row) in lines.into_iter().zip(area.rows()) {
            self.draw_line(row, line);
        }
    }

    /// Text on as many rows as there are; it ends in `…` if it is cut.
    fn draw_text(&mut self, area: Rect, text: &str, style: Style) {
        let width = usize::from(area.width);
        let lines = crate::text::wrap(text, width, usize::from(area.height));
        let lines = lines.into_iter().map(|line| Line::styled(line, style));
        self.draw_lines(area, lines);
    }

    /// The cursor before what the keys act on, and its ground; only the ground if they go elsewhere.
    fn draw_cursor(&mut self, area: Rect) {
        let row = Rect {
            x: area.x.saturating_sub(1),
            width: area.width + 1,
            ..area
        };
        self.draw_ground(row);
        if !self.has_focus {
            return;
        }
        let edge = Rect { width: 1, ..row };
        self.draw_line(edge, Line::styled(sign::CURSOR, self.theme.accent));
        self.regions.cursor = Some(Position::new(row.x, row.y));
    }

    /// The ground of what is chosen; what is drawn on it keeps its colours.
    fn draw_ground(&mut self, area: Rect) {
        let ground = Style {
            fg: None,
            ..self.theme.cursor
        };
        self.frame.buffer_mut().set_style(area, ground);
    }

    /// The ground of the column that the keys act on; narrow signs would hide it, so they are in the
    /// accent.
    fn draw_chosen_column(&mut self, area: Rect) {
        self.draw_ground(area);
        self.frame.buffer_mut().set_style(area, self.theme.accent);
        self.regions.cursor = Some(area.as_position());
    }

    fn add_target(&mut self, area: Rect, target: ClickTarget) {
        self.regions.targets.push((area, target));
    }

    fn has_panel(&self) -> bool {
        self.panel.is_some()
    }

    /// What a panel leaves of the area of a form: the rows above it, or the columns beside it, and then
    /// the panel begins in the same row.
    fn form_area(&mut self, area: Rect) -> Rect {
        let Some(panel) = &mut self.panel else {
            return area;
        };
        if panel.x <= area.x {
            let height = area.height.min(panel.y.saturating_sub(area.y));
            return Rect { height, ..area };
        }
        let bottom = panel.bottom();
        panel.y = area.y.min(bottom);
        panel.height = bottom - panel.y;
        let width = area.width.min(panel.x.saturating_sub(area.x + 1));
        Rect { width, ..area }
    }

    /// Notes the first line shown of long content, and the last that can be.
    fn set_scroll_offset(&mut self, first: usize, last: usize) {
        self.regions.scroll_offset = Some(first);
        self.regions.goes_on = Some([first > 0, first < last]);
    }
}

/// Draws the whole screen; returns what on it can be clicked.
pub fn draw(model: &Model, theme: &Theme, frame: &mut Frame) -> Regions {
    let regions = draw_parts(model, theme, frame);
    if theme.cursor.add_modifier.contains(Modifier::REVERSED) {
        reverse_plainly(frame.buffer_mut());
    }
    if theme.plain_signs {
        sign::make_plain(frame.buffer_mut());
    }
    regions
}

/// What is reversed has no hue: each would be a block of its own in the row of the cursor, with the ground
/// as the colour of its words.
fn reverse_plainly(buffer: &mut Buffer) {
    let reversed = |cell: &&mut Cell| cell.modifier.contains(Modifier::REVERSED);
    for cell in buffer.content.iter_mut().filter(reversed) {
        cell.fg = Color::Reset;
        cell.bg = Color::Reset;
    }
}

fn draw_parts(model: &Model, theme: &Theme, frame: &mut Frame) -> Regions {
    let area = frame.area();
    let size = WindowSize {
        columns: area.width,
        rows: area.height,
    };
    let mut canvas = Canvas {
        frame,
        theme,
        keys: model.keys(),
        due_day: model.now().due_day(),
        size,
        regions: Regions::default(),
        has_focus: model.overlay().is_none(),
        panel: None,
    };
    if size.is_too_small() {
        draw_too_small(&mut canvas, area);
        return canvas.regions;
    }
    let [header, _, body, notice, footer] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Length(u16::from(canvas.size.has_blank_rows())),
        Constraint::Fill(1),
        Constraint::Length(1),
        Constraint::Length(1),
    ])
    .areas(area);
    let within = |area: Rect| area.inner(Margin::new(2, 0));
    widget::draw_header(model, &mut canvas, within(header));
    widget::draw_notice(model, &mut canvas, within(notice));
    canvas.panel = view::evidence_area(model, size, body);
    view::draw_screen(model, &mut canvas, body);
    view::draw_evidence(model, &mut canvas);
    if model.overlay().is_some() {
        // What an overlay covers can't be clicked.
        canvas.regions = Regions::default();
    }
    canvas.has_focus = true;
    view::draw_overlay(model, &mut canvas, body);
    widget::draw_footer(model, &mut canvas, within(footer));
    canvas.regions
}

/// What is needed, in a window in which no screen fits.
fn draw_too_small(canvas: &mut Canvas, area: Rect) {
    let text = format!(
        "Window too small. {} quits; your words are safe. leadby needs {} × {}, and this is {} × {}.",
        canvas.keys.key_name(KeyContext::TooSmall, Action::QuitNow),
        WindowSize::LEAST.columns,
        WindowSize::LEAST.rows,
        area.width,
        area.height,
    );
    canvas.draw_text(area, &text, canvas.theme.label);
}
