//! What changes with the size of the window. Every screen asks here, so that all change together.

use ratatui::layout::Rect;

use crate::app::WindowSize;

/// The most columns of running text.
pub(super) const TEXT_COLUMNS: u16 = 76;

/// The most columns of a list, so that a state stays near its words.
pub(super) const LIST_COLUMNS: u16 = 100;

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

    /// See [`WindowSize::month_columns`].
    pub(super) fn month_columns(self) -> usize {
        let (columns, rows) = (self.columns, self.rows);
        WindowSize { columns, rows }.month_columns()
    }

    /// Whether there is one column of essentials.
    pub(super) fn is_narrow(self) -> bool {
        self.columns < 76
    }

    /// The columns of a week in a year of weeks.
    pub(super) fn week_columns(self) -> u16 {
        match self.columns {
            180.. => 3,
            120.. => 2,
            _ => 1,
        }
    }

    /// Whether texts are beside their names, and sums beside their rows.
    pub(super) fn has_texts_beside(self) -> bool {
        self.columns >= 180
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
