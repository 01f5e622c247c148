//! Frames on the terminal: what changed since the last one, in one write.
//!
//! Knows no model; it is handed a function that draws.

use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;
use std::sync::Arc;

use crossterm::queue;
use crossterm::terminal::{BeginSynchronizedUpdate, Clear, ClearType, EndSynchronizedUpdate};
use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;
use ratatui::{Frame, Terminal, TerminalOptions, Viewport};

use super::tty::Tty;

/// What the terminal shows.
pub(super) struct Screen {
    tty: Arc<Tty>,
    frames: Terminal<CrosstermBackend<Page>>,
    page: Page,
    size: (u16, u16),
}

impl Screen {
    /// The screen of `tty`, empty.
    pub(super) fn new(tty: Arc<Tty>) -> io::Result<Self> {
        let page = Page::default();
        let size = tty.size();
        let frames = frames(&page, size)?;
        Ok(Self {
            tty,
            frames,
            page,
            size,
        })
    }

    /// Draws a frame; only what differs from the last one is sent.
    pub(super) fn draw(&mut self, paint: impl FnOnce(&mut Frame<'_>)) -> io::Result<()> {
        // A frame abandoned by an error must not come before this one.
        self.page.take();
        queue!(self.page, BeginSynchronizedUpdate)?;
        self.frames.draw(paint)?;
        queue!(self.page, EndSynchronizedUpdate)?;
        self.tty.write(&self.page.take())
    }

    /// Forgets what the terminal shows, so that the next frame is drawn whole.
    pub(super) fn forget(&mut self) -> io::Result<()> {
        // Not ratatui's `clear`: it asks the terminal for the cursor and waits for the answer.
        self.frames = frames(&self.page, self.size)?;
        let mut clear = Vec::new();
        queue!(clear, Clear(ClearType::All))?;
        self.tty.write(&clear)
    }

    /// Takes on the terminal's size, and says it if it is another one. The next frame is drawn
    /// whole even if not: a window made small and large again has lost what it showed.
    pub(super) fn measure(&mut self) -> io::Result<Option<(u16, u16)>> {
        let before = std::mem::replace(&mut self.size, self.tty.size());
        self.forget()?;
        Ok((self.size != before).then_some(self.size))
    }
}

/// The size is told, not asked for: asking crossterm opens the terminal anew for every frame.
fn frames(
    page: &Page,
    (columns, rows): (u16, u16),
) -> io::Result<Terminal<CrosstermBackend<Page>>> {
    let viewport = Viewport::Fixed(Rect::new(0, 0, columns, rows));
    let backend = CrosstermBackend::new(page.clone());
    Terminal::with_options(backend, TerminalOptions { viewport })
}

/// The bytes of a frame, gathered until it is complete: ratatui flushes several times a frame.
#[derive(Clone, Debug, Default)]
struct Page(Rc<RefCell<Vec<u8>>>);

impl Page {
    fn take(&self) -> Vec<u8> {
        std::mem::take(&mut self.0.borrow_mut())
    }
}

impl Write for Page {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
