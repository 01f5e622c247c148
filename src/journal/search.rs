//! Finding entries by what they say: a small language, and a haystack made ready for it.
//!
//! ```text
//! release ownr -draft "one owner" kind:problem person:ana since:3m
//! ```
//!
//! Words are looked for with letters missing, words in quotes as they stand; a `-` before either, or
//! before a filter, leaves out what it finds. All must hold, but of one kind, area, person or week
//! given twice any. Case and accents make no difference.
//!
//! Pure: knows no clock, no screen and no command, and no practice by name.

mod complete;
mod fit;
mod fold;
mod haystack;
mod lexicon;
mod passages;
mod piece;
mod query;
mod row;
mod sieve;
mod term;

pub use complete::{Offer, offer, values};
pub use fold::key as bare;
pub use haystack::{Haystack, Hit};
pub use passages::{Passage, passages};
pub use query::Query;

#[cfg(test)]
mod tests;
