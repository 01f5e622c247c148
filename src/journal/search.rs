//! Finding entries by what they say: a small language, and an index for it.
//!
//! ```text
//! release ownr -draft "one owner" kind:problem person:ana since:3m
//! ```
//!
//! Words are found with letters missing, phrases in quotes exactly, signs included; a `-` before
//! either, or before a filter, leaves out what it finds. All must match, but of one kind, area,
//! person, state or week given twice any. Case and accents make no difference.
//!
//! Pure: knows no clock, no screen and no command, and no practice by name.

mod index;
pub(super) mod matcher;
mod passages;
mod query;
mod state_filter;

pub use index::{Hit, SLICE, SearchIndex};
pub use matcher::{RowMatcher, bare};
pub use passages::{Passage, first_passage, passages};
pub use query::{Query, QueryCompletion, complete, filter_values};

#[cfg(test)]
mod tests;
