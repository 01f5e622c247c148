//! The size of the window.

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct WindowSize {
    pub columns: u16,
    pub rows: u16,
}

impl WindowSize {
    /// The least that the screens need.
    pub const LEAST: Self = Self {
        columns: 60,
        rows: 20,
    };

    /// Whether no screen fits, so that only the key that quits acts.
    pub fn is_too_small(self) -> bool {
        self.columns < Self::LEAST.columns || self.rows < Self::LEAST.rows
    }

    /// Whether there is room for what was written last, what waits, and the year in figures.
    pub fn has_lower_panels(self) -> bool {
        self.columns >= 100 && self.rows >= 50
    }

    /// How many months are side by side; one below the other they are a list.
    pub fn month_columns(self) -> usize {
        match self.columns {
            150.. => 6,
            100.. => 4,
            76.. => 3,
            _ => 1,
        }
    }
}
