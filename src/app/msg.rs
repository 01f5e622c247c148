//! What comes in: keys, words pasted, the clock, and the results of effects.

use crossterm::event::KeyEvent;

use super::keys::Action;
use crate::calendar::Now;
use crate::failure::Failure;
use crate::store::{Appended, Loaded, Merged};

/// Something that happened; [`super::update`] says what follows from it.
#[derive(Debug)]
pub enum Msg {
    /// A key was pressed.
    Key(KeyEvent),
    /// Text was pasted.
    Paste(String),
    /// Characters typed faster than they were taken; see [`Model::run`](super::Model::run).
    Typed(String),
    /// Something on the screen was clicked.
    Click(Target),
    /// The mouse wheel was turned: up, or else down.
    Wheel {
        /// Whether it was turned up.
        up: bool,
    },
    /// The terminal has a new size, in columns and rows.
    Resized(u16, u16),
    /// What is longer than its place is shown from this line on, however far it was scrolled.
    Scrolled(usize),
    /// Time has passed: midnight, or a wake-up after sleep.
    Clock(Now),
    /// A save is done: what was written, and what others had written meanwhile.
    Saved(Appended),
    /// Versions are back in the journal's file: what is new in it.
    PutBack(Merged),
    /// Something came of an effect that is worth telling.
    Told(String),
    /// A page was written to this file.
    Written(String),
    /// A page was not written, as there is a file at this place already.
    Occupied {
        /// Where, as it was typed.
        path: String,
        /// What was to be on it.
        text: String,
    },
    /// An effect failed; after a failed save, nothing that was to follow it was done.
    Failed(Failure),
    /// Other programs wrote to the journal, or put another file in its place.
    Outside(Loaded),
}

/// Something that can be clicked.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Target {
    /// A key named in the footer, or a button.
    Action(Action),
    /// A row of a list, from 0.
    Row(usize),
    /// A field of the form, from 0.
    Field(usize),
    /// A choice in the field with the keys, from 0.
    Choice(usize),
}
