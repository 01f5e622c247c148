//! Writes the cells of a frame as bytes, in an order that is safe for signs of two columns.
//!
//! Terminals disagree about how wide some emoji are, such as a heart with U+FE0F. ratatui blanks the
//! second column after the sign and takes the cursor to be there, so where the sign takes two columns
//! the rest of the row would be shifted, and a blank over its half would remove it. Here the blank is
//! written first, and after the sign the cursor is always moved. ratatui has mended this
//! (ratatui/ratatui#2686), but not released it. It still leaves out the blank where the sign before took
//! two columns as well, of which a narrower sign leaves half.

use std::borrow::Cow;
use std::io::{self, Write};

use ratatui::backend::{Backend, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::{Cell, CellWidth};
use ratatui::layout::{Position, Size};

/// ratatui's backend, with the order of cells changed.
pub(super) struct CellWriter<W: Write>(CrosstermBackend<W>);

impl<W: Write> CellWriter<W> {
    pub(super) fn new(output: W) -> Self {
        Self(CrosstermBackend::new(output))
    }
}

impl<W: Write> Backend for CellWriter<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let mut content = content.peekable();
        let mut cells: Vec<(u16, u16, Cow<'a, Cell>)> = Vec::new();
        while let Some((x, y, sign)) = content.next() {
            if sign.cell_width() > 1 {
                let blank = content.next_if(|next| (next.0, next.1) == (x + 1, y));
                let blank = blank.map(|(_, _, blank)| Cow::Borrowed(blank));
                let is_unsure = sign.symbol().chars().nth(1).is_some();
                let added = || {
                    let mut blank = sign.clone();
                    blank.set_symbol(" ");
                    Cow::Owned(blank)
                };
                let blank = blank.or_else(|| is_unsure.then(added));
                cells.extend(blank.map(|blank| (x + 1, y, blank)));
            }
            cells.push((x, y, Cow::Borrowed(sign)));
        }
        self.0
            .draw(cells.iter().map(|(x, y, cell)| (*x, *y, &**cell)))
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.0.hide_cursor()
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.0.show_cursor()
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        self.0.get_cursor_position()
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.0.set_cursor_position(position)
    }

    fn clear(&mut self) -> io::Result<()> {
        self.0.clear()
    }

    fn clear_region(&mut self, region: ClearType) -> io::Result<()> {
        self.0.clear_region(region)
    }

    fn size(&self) -> io::Result<Size> {
        self.0.size()
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        self.0.window_size()
    }

    fn flush(&mut self) -> io::Result<()> {
        Write::flush(&mut self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    /// The bytes that change a row into another, without styles.
    fn bytes(before: &str, after: &str) -> String {
        let row = |text: &str| {
            let mut buffer = Buffer::empty(Rect::new(0, 0, 8, 1));
            buffer.set_string(0, 0, text, Style::new());
            buffer
        };
        let mut bytes = Vec::new();
        let mut writer = CellWriter::new(&mut bytes);
        let (before, after) = (row(before), row(after));
        let changes = before.diff(&after);
        writer
            .draw(changes.into_iter())
            .expect("memory can be written to");
        let bytes = String::from_utf8(bytes).expect("it is UTF-8");
        bytes.replace("\x1b[39m\x1b[49m\x1b[59m\x1b[0m", "")
    }

    #[test]
    fn a_sign_of_two_columns_is_written_after_its_blank_and_the_cursor_is_moved_behind_it() {
        for sign in ["❤️", "⚠️", "✔️", "☀️", "🏳️‍🌈"] {
            assert_eq!(
                bytes("abcdef", &format!("{sign}cdxf")),
                format!("\x1b[1;2H \x1b[1;1H{sign}\x1b[1;5Hx"),
                "{sign}"
            );
            // The row is shifted nowhere when the sign changes, comes or goes.
            assert_eq!(
                bytes("number", &format!("{sign} one")),
                format!("\x1b[1;2H \x1b[1;1H{sign}\x1b[1;3H one"),
                "{sign}"
            );
        }
    }

    #[test]
    fn nothing_of_a_sign_of_two_columns_is_left_beside_another() {
        for (before, after) in [("🇩🇪 one", "❤️ one"), ("日本", "கொ本"), ("", "🇩🇪")]
        {
            let sign = after.trim_end_matches([' ', 'o', 'n', 'e', '本']);
            assert_eq!(
                bytes(before, after),
                format!("\x1b[1;2H \x1b[1;1H{sign}"),
                "{after}"
            );
        }
    }

    #[test]
    fn other_signs_are_written_as_ever() {
        for (after, expected) in [("日本", "\x1b[1;1H日\x1b[1;3H本"), ("ab", "\x1b[1;1Hab")] {
            assert_eq!(bytes("", after), expected);
        }
    }
}
