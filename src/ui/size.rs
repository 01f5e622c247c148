//! What changes with the size of the window. Every screen asks here, so that all change together.

use ratatui::layout::Rect;

/// The most columns of running text.
pub(super) const TEXT_COLUMNS: u16 = 76;

/// The columns and rows of the window.
#[derive(Clone, Copy)]
pub(super) struct Size {
    columns: u16,
    rows: u16,
}

impl Size {
    pub(super) fn of(window: Rect) -> Self {
        Self {
            columns: window.width,
            rows: window.height,
        }
    }

    /// Whether panels have frames and are side by side.
    pub(super) fn has_frames(self) -> bool {
        self.columns >= 100 && self.rows >= 26
    }

    /// Whether there are rows to leave blank, first of all under the header.
    pub(super) fn has_blank_rows(self) -> bool {
        self.rows >= 30
    }
}
