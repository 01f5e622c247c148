//! Draws frames on the terminal: what changed since the last one, in one write.
//!
//! Does not know the model; it gets a function that draws.

use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;
use std::sync::Arc;

use crossterm::cursor::MoveTo;
use crossterm::queue;
use crossterm::terminal::{BeginSynchronizedUpdate, Clear, ClearType, EndSynchronizedUpdate};
use ratatui::buffer::{Buffer, CellDiffOption};
use ratatui::layout::{Position, Rect};
use ratatui::{Frame, Terminal, TerminalOptions, Viewport};

use super::backend::CellWriter;
use super::tty::Tty;
use crate::text;

pub(super) struct Renderer {
    tty: Arc<Tty>,
    frames: Terminal<CellWriter<FrameBuffer>>,
    page: FrameBuffer,
    size: (u16, u16),
    /// The cells of the last frame in which parts of an emoji may be drawn.
    parts: Vec<usize>,
}

impl Renderer {
    /// The screen of `tty`, empty.
    pub(super) fn new(tty: Arc<Tty>) -> io::Result<Self> {
        let page = FrameBuffer::default();
        let size = tty.size();
        let frames = frames(&page, size)?;
        Ok(Self {
            tty,
            frames,
            page,
            size,
            parts: Vec::new(),
        })
    }

    /// Draws a frame; only what differs from the last one is sent.
    ///
    /// Where `paint` returns a place, the cursor stands there, hidden: screen readers follow it.
    pub(super) fn draw(
        &mut self,
        paint: impl FnOnce(&mut Frame<'_>) -> Option<Position>,
    ) -> io::Result<()> {
        // A frame abandoned by an error must not precede this one.
        self.page.take_bytes();
        queue!(self.page, BeginSynchronizedUpdate)?;
        let parts = &mut self.parts;
        let mut chosen = None;
        self.frames.draw(|frame| {
            chosen = paint(frame);
            cover(frame.buffer_mut(), parts);
        })?;
        if let Some(Position { x, y }) = chosen {
            queue!(self.page, MoveTo(x, y))?;
        }
        queue!(self.page, EndSynchronizedUpdate)?;
        self.tty.write(&self.page.take_bytes())
    }

    /// Forgets what the terminal shows, so that the next frame is drawn in full.
    pub(super) fn invalidate(&mut self) -> io::Result<()> {
        // Not ratatui's `clear`: it asks the terminal for the cursor and waits for the answer.
        self.frames = frames(&self.page, self.size)?;
        let mut clear = Vec::new();
        queue!(clear, Clear(ClearType::All))?;
        self.tty.write(&clear)
    }

    /// Reads the terminal's size, and returns it if it changed. The next frame is always drawn in
    /// full: a window made small and large again has lost what it showed.
    pub(super) fn update_size(&mut self) -> io::Result<Option<(u16, u16)>> {
        let before = std::mem::replace(&mut self.size, self.tty.size());
        self.invalidate()?;
        Ok((self.size != before).then_some(self.size))
    }
}

/// Redraws, in this frame and the next, the cells where a terminal may have drawn part of an emoji
/// made of several, such as a flag or a family. To ratatui the emoji only covers its own columns,
/// so a part drawn beside it, or left when it goes, would stay on later screens.
fn cover(buffer: &mut Buffer, parts: &mut Vec<usize>) {
    let mut rewrite = std::mem::take(parts);
    let columns = usize::from(buffer.area.width).max(1);
    for (at, cell) in buffer.content.iter().enumerate() {
        let symbol = cell.symbol();
        // A single character is never longer than this.
        if symbol.len() <= 4 {
            continue;
        }
        let is_drawn = |part: &char| text::width(part.encode_utf8(&mut [0; 4])) > 0;
        let drawn = symbol.chars().filter(is_drawn).count();
        if drawn > 1 {
            // Drawn separately, each may take two columns.
            let end = (at + drawn * 2).min(at - at % columns + columns);
            parts.extend(at + 1..end);
        }
    }
    rewrite.extend_from_slice(parts);
    for at in rewrite {
        if let Some(cell) = buffer.content.get_mut(at) {
            cell.set_diff_option(CellDiffOption::AlwaysUpdate);
        }
    }
}

/// The size is passed in: asking crossterm would open the terminal again for every frame.
fn frames(
    page: &FrameBuffer,
    (columns, rows): (u16, u16),
) -> io::Result<Terminal<CellWriter<FrameBuffer>>> {
    let viewport = Viewport::Fixed(Rect::new(0, 0, columns, rows));
    let backend = CellWriter::new(page.clone());
    Terminal::with_options(backend, TerminalOptions { viewport })
}

/// The bytes of a frame, collected until it is complete: ratatui flushes several times per frame.
#[derive(Clone, Debug, Default)]
struct FrameBuffer(Rc<RefCell<Vec<u8>>>);

impl FrameBuffer {
    fn take_bytes(&self) -> Vec<u8> {
        std::mem::take(&mut self.0.borrow_mut())
    }
}

impl Write for FrameBuffer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::style::Style;

    /// The cells written for a frame with `line`, after one with `before`.
    fn written(before: &str, line: &str) -> Vec<(u16, String)> {
        let mut parts = Vec::new();
        let mut frame = |line: &str| {
            let mut buffer = Buffer::empty(Rect::new(0, 0, 14, 1));
            buffer.set_string(0, 0, line, Style::new());
            cover(&mut buffer, &mut parts);
            buffer
        };
        let (before, after) = (frame(before), frame(line));
        before
            .diff(&after)
            .into_iter()
            .map(|(column, _, cell)| (column, cell.symbol().to_owned()))
            .collect()
    }

    #[track_caller]
    fn check(before: &str, line: &str, expected: &[(u16, &str)]) {
        let written = written(before, line);
        let written: Vec<(u16, &str)> = written
            .iter()
            .map(|(column, symbol)| (*column, symbol.as_str()))
            .collect();
        assert_eq!(written, expected, "{before:?} → {line:?}");
    }

    #[test]
    fn what_a_terminal_may_draw_beside_a_sign_is_written_over_at_once() {
        // A terminal without flags shows two letters.
        check("", "🇩🇪", &[(0, "🇩🇪"), (2, " "), (3, " ")]);
        check("🇩🇪", "🇩🇪", &[(2, " "), (3, " ")]);
        let family = "👨‍👩‍👧";
        check(
            "",
            &format!("{family}a"),
            &[(0, family), (2, "a"), (3, " "), (4, " "), (5, " ")],
        );
        // At the end of a row, no cells are left.
        let last = format!("{}{family}", " ".repeat(12));
        check("", &last, &[(12, family)]);
    }

    #[test]
    fn no_part_of_a_sign_stays_when_it_goes() {
        check("🇩🇪", "", &[(0, " "), (1, " "), (2, " "), (3, " ")]);
        check("🇩🇪", "a🇪", &[(0, "a"), (1, "🇪"), (2, " "), (3, " ")]);
        check("🇩🇪", "日本", &[(0, "日"), (2, "本")]);
    }

    #[test]
    fn what_every_terminal_draws_alike_is_written_once() {
        for line in ["plain", "日本語", "é̂ and ü", "á̂̃̄", "שלום", "🎉"] {
            assert_eq!(written(line, line), [], "{line}");
        }
    }
}
