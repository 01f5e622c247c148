//! What is kept of each entry to find it again.
//!
//! Knows neither what is looked for nor how.

use chrono::NaiveDate;

use crate::journal::Id;

/// One entry.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) id: Id,
    /// When the version that counts was written.
    pub(super) at: i64,
    pub(super) day: NaiveDate,
    /// Where its words begin, how many there are, and how many of them are its head.
    pub(super) words: (u32, u32, u16),
    pub(super) kind: u16,
    pub(super) area: u32,
}

/// What an entry is, practices and registers by their ids.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Kind {
    Commitment,
    Answer(String),
    Item(String),
}

/// Somebody who is named.
#[derive(Clone, Debug)]
pub(super) struct Named {
    pub(super) folded: String,
    /// As it was last written.
    pub(super) name: String,
    pub(super) last: i64,
}
