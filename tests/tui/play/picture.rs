//! A drawn screen: its cells, its click targets and its text.

use leadby::text;
use leadby::ui::Regions;
use ratatui::buffer::Buffer;
use ratatui::layout::Position;

/// A drawn screen, with the cursor if it is visible.
pub(crate) struct Picture {
    pub(crate) cells: Buffer,
    pub(crate) regions: Regions,
    pub(super) cursor: Option<Position>,
}

impl Picture {
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        for row in 0..self.cells.area.height {
            let mut line = String::new();
            let mut covered = 0;
            for column in 0..self.cells.area.width {
                if covered > 0 {
                    covered -= 1;
                    continue;
                }
                let symbol = self.cells[(column, row)].symbol();
                covered = text::width(symbol).saturating_sub(1);
                let here = self.cursor == Some(Position::new(column, row));
                match (here, symbol.trim().is_empty()) {
                    (true, true) => line.push('█'),
                    (true, false) => line.extend([symbol, "\u{332}"]),
                    (false, _) => line.push_str(symbol),
                }
            }
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text
    }

    /// The column and row where `text` starts.
    pub(super) fn find(&self, text: &str) -> Option<(u16, u16)> {
        (0..self.cells.area.height).find_map(|row| {
            let starts = |column: &u16| {
                let mut rest = text;
                let mut at = *column;
                while !rest.is_empty() {
                    let cell = (at < self.cells.area.width).then(|| self.cells[(at, row)].symbol());
                    match cell.and_then(|symbol| rest.strip_prefix(symbol)) {
                        Some(left) => rest = left,
                        None => return false,
                    }
                    at += 1;
                }
                true
            };
            let column = (0..self.cells.area.width).find(starts)?;
            Some((column, row))
        })
    }
}
