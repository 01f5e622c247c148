//! What comes in: keys, words pasted, the clock, and the results of effects.

use crossterm::event::{KeyEvent, MouseEvent};

use crate::calendar::Now;
use crate::failure::Failure;
use crate::journal::Entry;

/// Something that happened; [`super::update`] says what follows from it.
#[derive(Debug)]
pub enum Msg {
    /// A key was pressed.
    Key(KeyEvent),
    /// Text was pasted.
    Paste(String),
    /// The mouse was used.
    Mouse(MouseEvent),
    /// The terminal has a new size, in columns and rows.
    Resized(u16, u16),
    /// Time has passed: midnight, or a wake-up after sleep.
    Clock(Now),
    /// A save is done: what was written, and what others had written meanwhile.
    Saved {
        /// What was asked for, as it now stands in the journal.
        saved: Vec<Entry>,
        /// What other programs wrote since the last reading.
        others: Vec<Entry>,
    },
    /// An effect failed; after a failed save, nothing that was to follow it was done.
    Failed(Failure),
    /// Other programs wrote to the journal.
    Outside(Vec<Entry>),
}
