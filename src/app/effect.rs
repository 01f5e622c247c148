//! Effects: things to do outside the model, as data.

use std::time::Duration;

use crate::config::{EvidenceCommand, ThemeName};
use crate::journal::{Change, Entry};
use crate::store::Overwrite;

/// Something for the terminal to do, in order; a failed save drops the ones after it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Effect {
    /// Write these versions to the journal; comes back as [`super::Msg::Saved`] or
    /// [`super::Msg::Failed`].
    Save(Vec<Change>),
    /// Restore these versions, which another program removed from the journal's file; comes back
    /// as [`super::Msg::LinesRestored`] or [`super::Msg::Failed`].
    RestoreLines(Vec<Entry>),
    /// Save the draft within a second.
    DraftSoon,
    DraftNow,
    /// Store the last position, or that there is none.
    SavePosition,
    /// Suspend, as Ctrl+Z in a shell does.
    Suspend,
    /// Redraw everything.
    Repaint,
    /// Send text to the terminal's clipboard. Some terminals ignore this.
    Copy(String),
    /// Write a page to a path; comes back as [`super::Msg::Written`], as
    /// [`super::Msg::FileExists`] if a file is there that must not be overwritten, or as
    /// [`super::Msg::Failed`].
    WriteFile {
        /// The path, as typed.
        path: String,
        text: String,
        overwrite: Overwrite,
    },
    /// Make this the theme of the next start, too; comes back as [`super::Msg::Notice`] or
    /// [`super::Msg::Failed`].
    KeepTheme(ThemeName),
    /// Open a text in the user's editor; comes back as [`super::Msg::TextEdited`],
    /// [`super::Msg::Notice`] if it was not changed, or [`super::Msg::Failed`].
    EditText(String),
    /// Run these commands, each at most this long, instead of those that still run; each comes back
    /// as [`super::Msg::CommandEnded`].
    RunCommands(Vec<(EvidenceCommand, Duration)>),
    /// End the commands that still run.
    StopCommands,
    Quit,
}
