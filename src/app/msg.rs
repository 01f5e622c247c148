//! Messages: keys, pasted text, the clock, and the results of effects.

use crossterm::event::KeyEvent;

use super::keys::Action;
use super::route::Route;
use crate::calendar::Now;
use crate::evidence::CommandOutput;
use crate::failure::Failure;
use crate::store::{Appended, Loaded, Merged};

/// Something that happened, for [`super::update`].
#[derive(Debug)]
pub enum Msg {
    Key(KeyEvent),
    Paste(String),
    /// Characters typed faster than they are handled; see [`Model::printable_prefix`](super::Model::printable_prefix).
    Typed(String),
    Click(ClickTarget),
    Wheel {
        up: bool,
    },
    /// The terminal has a new size, in columns and rows.
    Resized(u16, u16),
    /// The first line that a scrolled view can really show, however far it was scrolled.
    Scrolled(usize),
    /// Time has passed: midnight, or a wake-up after sleep.
    Clock(Now),
    /// A save is done: what it wrote, and what other programs wrote meanwhile.
    Saved(Appended),
    /// Removed versions are back in the journal's file.
    LinesRestored(Merged),
    /// An effect has something to tell the user.
    Notice(String),
    /// A page was written to this file.
    Written(String),
    /// A page was not written because the file already exists.
    FileExists {
        /// The path, as typed.
        path: String,
        /// The text of the page.
        text: String,
    },
    /// An effect failed; after a failed save, the effects behind it were dropped.
    Failed(Failure),
    /// The text from the user's editor, for the focused field.
    TextEdited(String),
    /// One of the commands that were to be run has ended; its number is from 0.
    CommandEnded {
        number: usize,
        output: CommandOutput,
    },
    /// Other programs wrote to the journal, or put another file in its place.
    JournalChanged(Loaded),
    /// Nothing is at the journal's path any more.
    JournalGone,
    /// The journal's file is there again.
    JournalBack,
}

#[derive(Clone, Debug, Eq, PartialEq)]
pub enum ClickTarget {
    /// A key named in the footer, or a button.
    Action(Action),
    /// A row of a list, from 0.
    Row(usize),
    /// A week of the year, from 0.
    Week(usize),
    /// What a screen shows that has one of its own.
    Open(Route),
    /// The box of a row, from 0: a click marks it or takes the mark away.
    Mark(usize),
    /// A tab, from 0.
    Tab(usize),
    /// A field of the form, from 0.
    Field(usize),
    /// A place in the text with the keys, from 0: of what is shown of it.
    Text { row: u16, column: u16 },
    /// A line about the field with the keys or its entry, from 0.
    Note(usize),
    /// A choice in the field with the keys, from 0.
    Choice(usize),
    /// A line of the evidence: its source and its number in it, from 0.
    Evidence(usize, usize),
}
