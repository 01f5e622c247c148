//! What goes out: things to be done outside the model, as data.

use crate::journal::{Change, Entry};
use crate::store::Overwrite;

/// Something to be done by the terminal, in order; a failed save drops the ones after it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Effect {
    /// Write these versions to the journal; comes back as [`super::Msg::Saved`] or
    /// [`super::Msg::Failed`].
    Save(Vec<Change>),
    /// Put these versions back into the journal's file, which another program took out of it; comes
    /// back as [`super::Msg::PutBack`] or [`super::Msg::Failed`].
    PutBack(Vec<Entry>),
    /// Put down what is being typed, within a second.
    DraftSoon,
    /// Put down what is being typed, now.
    DraftNow,
    /// Note the place the user leaves, or that there is none to come back to.
    Place,
    /// Stop, as a shell's job control asks.
    Suspend,
    /// Draw everything anew.
    Repaint,
    /// Give words to the clipboard of the terminal, which may take them or not.
    Copy(String),
    /// Put a page into a file of its own, where the program was started; comes back as
    /// [`super::Msg::Written`] or [`super::Msg::Failed`].
    Export {
        /// The name it gets where nothing has it yet.
        name: String,
        /// What is on it.
        text: String,
    },
    /// Put a page where somebody wants it; comes back as [`super::Msg::Written`], or as
    /// [`super::Msg::Occupied`] where a file is there that must not be written over.
    WriteOut {
        /// Where, as it was typed.
        path: String,
        /// What is on it.
        text: String,
        /// Whether it may take the place of a file.
        overwrite: Overwrite,
    },
    /// Leave.
    Quit,
}
