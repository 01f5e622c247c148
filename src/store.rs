//! The journal on disk: its format, and everything that keeps it from losing a word.
//!
//! Domain types come in and go out; what a line looks like is known here alone. Knows nothing of
//! screens or commands, and never asks the clock.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::calendar::{Now, Stamp};
use crate::failure::Failure;
use crate::journal::{Change, Entry, Journal, Value};

/// The journal file, open for business: knows how much of it has been read.
#[derive(Debug)]
pub struct Store {
    path: PathBuf,
}

/// What a reading of the file found.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Loaded {
    /// The versions read, in the order of their lines.
    pub entries: Vec<Entry>,
    /// What is wrong with some lines.
    pub findings: Vec<Finding>,
}

/// Something the reader noticed about one line.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Finding {
    /// The line's number, from 1.
    pub line: usize,
    /// What is the matter with it.
    pub what: Damage,
}

/// What can be the matter with a line.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Damage {
    /// The checksum does not fit: somebody changed the line. It is still read.
    ChangedOutside,
    /// Written by a newer leadby, in this version of the format. Kept as it is.
    NewerVersion(u64),
    /// A kind of entry this leadby does not know. Kept as it is.
    UnknownKind(String),
    /// Not a line of the journal, for this reason. Kept as it is.
    Unreadable(String),
}

/// What a save did.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Appended {
    /// What was written, with ids, revisions and times.
    pub saved: Vec<Entry>,
    /// What other programs had written since the file was last read.
    pub others: Loaded,
}

/// Words typed and not yet saved, and where they were being typed.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Draft {
    /// When they were put down.
    pub at: Stamp,
    /// The screen, as the screens name themselves.
    pub screen: String,
    /// The field the cursor was in, by its name on that screen.
    pub field: String,
    /// The cursor in that field: line and character, from 0.
    pub cursor: (usize, usize),
    /// The words by field; only those that differ from what is saved.
    pub words: BTreeMap<String, Value>,
}

impl Store {
    /// Reads the journal at `path`. A file that is not there yet is an empty journal.
    ///
    /// # Errors
    /// When it cannot be read, or is not a journal.
    pub fn open(path: impl Into<PathBuf>) -> Result<(Self, Loaded), Failure> {
        let _ = Self { path: path.into() };
        todo!()
    }

    /// Where it lies.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Writes versions and returns once they are on the disk.
    ///
    /// # Errors
    /// When they are not; then none of them is in the journal, or the message says otherwise.
    pub fn append(
        &mut self,
        changes: &[Change],
        known: &Journal,
        now: Now,
    ) -> Result<Appended, Failure> {
        let _ = (changes, known, now);
        todo!()
    }

    /// Reads what other programs appended since.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn refresh(&mut self) -> Result<Loaded, Failure> {
        todo!()
    }
}

/// The draft beside the journal, if there is one.
///
/// # Errors
/// When it is there and cannot be read.
pub fn read_draft(journal: &Path) -> Result<Option<Draft>, Failure> {
    let _ = journal;
    todo!()
}

/// Replaces the draft beside the journal, atomically.
///
/// # Errors
/// When it cannot be written.
pub fn write_draft(journal: &Path, draft: &Draft) -> Result<(), Failure> {
    let _ = (journal, draft);
    todo!()
}

/// Removes the draft beside the journal; none there is fine.
///
/// # Errors
/// When it is there and cannot be removed.
pub fn clear_draft(journal: &Path) -> Result<(), Failure> {
    let _ = journal;
    todo!()
}

/// The place the user left, if it was noted: a [`Draft`] without words.
#[must_use]
pub fn read_place(journal: &Path) -> Option<Draft> {
    let _ = journal;
    todo!()
}

/// Notes the place the user leaves, or forgets it.
///
/// # Errors
/// When it cannot be written.
pub fn write_place(journal: &Path, place: Option<&Draft>) -> Result<(), Failure> {
    let _ = (journal, place);
    todo!()
}

/// Writes a journal of `entries` to a new file at `path`.
///
/// # Errors
/// When there is a file already, or it cannot be written.
pub fn create(path: &Path, entries: &[Entry]) -> Result<(), Failure> {
    let _ = (path, entries);
    todo!()
}
