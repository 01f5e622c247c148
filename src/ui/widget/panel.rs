//! A panel: a title and what is below it, in a frame where the window has room for frames.

use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, BorderType, Borders};

use crate::app::ClickTarget;
use crate::app::keys::Action;
use crate::text;
use crate::ui::{Canvas, cells};

/// The most urgent thing in a panel gives its frame the colour.
#[derive(Clone, Copy, Eq, PartialEq)]
pub(in crate::ui) enum Urgency {
    None,
    /// The keys go there.
    Focus,
    /// Something in it is due.
    Due,
}

/// What is in the upper line of a panel.
pub(in crate::ui) struct Panel<'a> {
    title: &'a str,
    /// What is at the right: a count or the like, or keys.
    note: String,
    keys: Vec<Span<'a>>,
    urgency: Urgency,
    /// What a click on a part of the right means: the first column of it, and how many there are.
    clicks: Vec<(usize, usize, Action)>,
}

impl<'a> Panel<'a> {
    /// A title at the left, cut only if there is no room at all, and a count or the like at the right,
    /// left out if there is no room.
    pub(in crate::ui) fn new(title: &'a str, note: impl Into<String>) -> Self {
        Self {
            title,
            note: note.into(),
            keys: Vec::new(),
            urgency: Urgency::None,
            clicks: Vec::new(),
        }
    }

    /// With keys at the right.
    pub(in crate::ui) fn with_keys(title: &'a str, keys: Vec<Span<'a>>) -> Self {
        Self {
            keys,
            ..Self::new(title, "")
        }
    }

    /// With a key at the right that can be clicked.
    pub(in crate::ui) fn click(mut self, from: usize, columns: usize, action: Action) -> Self {
        self.clicks.push((from, columns, action));
        self
    }

    /// With the keys going there.
    pub(in crate::ui) fn focus(self) -> Self {
        self.urgency(Urgency::Focus)
    }

    pub(in crate::ui) fn focus_if(self, has_keys: bool) -> Self {
        if has_keys { self.focus() } else { self }
    }

    pub(in crate::ui) fn urgency(self, urgency: Urgency) -> Self {
        Self { urgency, ..self }
    }

    /// The rows it takes beside those of its content.
    pub(in crate::ui) fn extra_rows(canvas: &Canvas<'_, '_>) -> u16 {
        if canvas.size.has_frames() { 2 } else { 1 }
    }

    /// Draws it over `area`, and returns the area of its content. Text begins in the third column and
    /// leaves two at the right, with a frame or without; the column before is for the cursor.
    pub(in crate::ui) fn draw(self, canvas: &mut Canvas, area: Rect) -> Rect {
        let theme = *canvas.theme;
        let (rule, heading) = match self.urgency {
            Urgency::None => (theme.rule, theme.heading),
            Urgency::Focus => (theme.accent, theme.accent),
            Urgency::Due => (theme.due, theme.due.add_modifier(Modifier::BOLD)),
        };
        let has_frames = canvas.size.has_frames();
        let room = usize::from(area.width).saturating_sub(6);
        let title = text::clip(self.title, room);
        let left = room.saturating_sub(text::width(&title));
        // Without a frame, the line begins and ends where a corner would be.
        let end = || Span::styled(if has_frames { "" } else { "─" }, rule);
        let blank = || Span::raw(" ");
        let title = Line::from(vec![end(), blank(), Span::styled(title, heading), blank()]);
        let mut block = rounded_block(rule).title_top(title);
        if !has_frames {
            block = block.borders(Borders::TOP);
        }
        let mut right = self.keys;
        right.push(Span::styled(self.note, theme.quiet));
        let width: usize = right.iter().map(Span::width).sum();
        if width > 0 && width + 3 <= left {
            // A blank and the corner, or the end of the line, are after it.
            let first = usize::from(area.right()).saturating_sub(width + 2);
            for (from, columns, action) in self.clicks {
                let place = Rect {
                    x: cells(first + from),
                    width: cells(columns),
                    height: 1,
                    ..area
                };
                canvas.add_target(place, ClickTarget::Action(action));
            }
            right.insert(0, blank());
            right.extend([blank(), end()]);
            block = block.title_top(Line::from(right).right_aligned());
        }
        canvas.frame.render_widget(block, area);
        Rect::new(
            area.x + 2,
            area.y + 1,
            area.width.saturating_sub(4),
            area.height.saturating_sub(Self::extra_rows(canvas)),
        )
    }
}

pub(in crate::ui) fn rounded_block<'a>(style: Style) -> Block<'a> {
    Block::bordered()
        .border_type(BorderType::Rounded)
        .border_style(style)
        // A title that names no colour has the terminal's own, not the one of the frame below it.
        .title_style(Style::reset())
}
