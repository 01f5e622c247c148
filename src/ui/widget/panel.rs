//! A panel: a title and what is below it, in a frame where the window has room for frames.

use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, BorderType, Borders};

use crate::text;
use crate::ui::Canvas;

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
    /// At the left; cut only if there is no room at all.
    pub(in crate::ui) title: &'a str,
    /// A count or a key at the right, left out if there is no room.
    pub(in crate::ui) right: Vec<Span<'a>>,
    pub(in crate::ui) urgency: Urgency,
}

impl Panel<'_> {
    /// The rows it takes beside those of its content.
    pub(in crate::ui) fn extra_rows(canvas: &Canvas<'_, '_>) -> u16 {
        if canvas.size.has_frames() { 2 } else { 1 }
    }
}

/// Draws a panel over `area`, and returns the area of its content. Text begins in the third column
/// and leaves two at the right, with a frame or without; the column before is for the cursor.
pub(in crate::ui) fn draw_panel(canvas: &mut Canvas, area: Rect, panel: Panel<'_>) -> Rect {
    let theme = *canvas.theme;
    let (rule, heading) = match panel.urgency {
        Urgency::None => (theme.rule, theme.heading),
        Urgency::Focus => (theme.accent, theme.accent),
        Urgency::Due => (theme.due, theme.due.add_modifier(Modifier::BOLD)),
    };
    let has_frames = canvas.size.has_frames();
    let room = usize::from(area.width).saturating_sub(6);
    let title = text::clip(panel.title, room);
    let left = room.saturating_sub(text::width(&title));
    // Without a frame, the line begins and ends where a corner would be.
    let end = || Span::styled(if has_frames { "" } else { "─" }, rule);
    let blank = || Span::raw(" ");
    let title = Line::from(vec![end(), blank(), Span::styled(title, heading), blank()]);
    let mut block = if has_frames {
        Block::bordered().border_type(BorderType::Rounded)
    } else {
        Block::new().borders(Borders::TOP)
    };
    // A style that names no colour has the terminal's own, not the one of the frame below it.
    block = block
        .border_style(rule)
        .title_style(Style::reset())
        .title_top(title);
    let right = Line::from(panel.right);
    if right.width() > 0 && right.width() + 3 <= left {
        let mut spans = vec![blank()];
        spans.extend(right);
        spans.extend([blank(), end()]);
        block = block.title_top(Line::from(spans).right_aligned());
    }
    canvas.frame.render_widget(block, area);
    Rect::new(
        area.x + 2,
        area.y + 1,
        area.width.saturating_sub(4),
        area.height.saturating_sub(Panel::extra_rows(canvas)),
    )
}
