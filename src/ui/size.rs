//! What changes with the size of the window. Every screen asks here, so that all change together.

use crate::app::WindowSize;

/// The most columns of running text.
pub(super) const TEXT_COLUMNS: u16 = 76;

/// The most columns of a list, so that a state stays near its words.
pub(super) const LIST_COLUMNS: u16 = 100;

/// So many columns or rows.
pub(super) fn cells(count: usize) -> u16 {
    u16::try_from(count).unwrap_or(u16::MAX)
}

impl WindowSize {
    /// Whether there is one column of essentials.
    pub(in crate::ui) fn is_narrow(self) -> bool {
        self.columns < 76
    }

    pub(in crate::ui) fn week_columns(self) -> u16 {
        match self.columns {
            180.. => 3,
            120.. => 2,
            _ => 1,
        }
    }

    /// Whether texts are beside their names, and sums beside their rows.
    pub(in crate::ui) fn has_texts_beside(self) -> bool {
        self.columns >= 180
    }

    /// Whether panels have frames and are side by side.
    pub(in crate::ui) fn has_frames(self) -> bool {
        self.columns >= 100 && self.rows >= 26
    }

    /// Whether there are rows to leave blank, first of all under the header.
    pub(in crate::ui) fn has_blank_rows(self) -> bool {
        self.rows >= 30
    }
}
