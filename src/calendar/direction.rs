//! On which side of today a day lies.

/// On which side of today a day lies when its text does not say.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Direction {
    /// A day something is due: the next one, today included.
    Ahead,
    /// A day on which something happened: the last one, today included.
    Back,
}
