//! The journal on disk: its format, and everything that keeps it from losing text. The user's
//! practice files are read here too.
//!
//! Domain types come in and go out; only this module knows what a line looks like. It knows nothing
//! of screens or commands, and never reads the clock.

mod atomic_write;
mod backup;
mod copies;
mod copy_names;
mod decode;
mod diagnose;
mod disk;
mod drafts;
mod encode;
mod extended;
mod forget;
mod ids;
mod import_export;
mod inbox;
mod io_error;
mod journal_file;
mod line_filter;
mod lines;
mod members;
mod merge;
mod notes;
mod rewrite;
mod save;
mod shape;
mod sync_folder;
mod temporary;
mod traces;
mod user_file;

pub use atomic_write::{Overwrite, make_folder, write_out, write_out_with};
pub use backup::{Snapshot, backup_folder, snapshots};
pub use copies::{CopyContent, JournalCopy, conflict_copies, copies};
pub use diagnose::{Diagnosis, FutureDates, FutureLine, diagnose, diagnose_on};
pub use disk::{AbortableDisk, Disk, FileAttributes, FileStat, Opened, RealDisk};
pub use drafts::{DraftLocation, DraftState, Drafts, draft_path};
pub use encode::text_checksum;
pub use extended::ExtendedAttributes;
pub use forget::{Forgotten, Remnant, RemnantReason, forget, forget_on, remnants};
pub use import_export::{Export, Exported, Import};
pub use inbox::{INBOX_FILE, InboxLines, SETTLED_AFTER};
pub use line_filter::LineFilter;
pub use merge::{Merged, Union};
pub use notes::{
    WalkedPage, WalkedPages, note_import, note_received, read_added, read_last_position,
    read_walked_pages, write_last_position, write_last_position_on, write_walked_pages,
};
pub use rewrite::{Repaired, repair, repair_on};
pub use sync_folder::SyncFolder;
pub use temporary::{TempFile, can_be_read_again, kept_texts, unsaved_texts, was_written};
pub use traces::{has_text_of, id_member};
pub use user_file::{
    PracticeFolder, keep_theme, read_at_most, read_practices, read_user_file, remove_user_file,
    write_user_file,
};

use std::collections::BTreeMap;
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};

use self::disk::is_no_file;
use self::ids::IdGenerator;
use self::io_error::io_failure;
use self::journal_file::JournalFile;
use self::line_filter::LineSkipper;
use self::lines::TailPolicy;
use crate::calendar::{Now, Timestamp};
use crate::failure::{Brief, Failure, FailureKind};
use crate::journal::{Change, Entry, Id, Journal, Value};
use crate::text;

/// An open journal file, which knows how much of it has been read.
#[derive(Debug)]
pub struct Store {
    file: JournalFile,
    /// Whether this week's snapshot was already looked for.
    backed_up: bool,
    /// The inbox files as last read.
    inbox: Option<inbox::InboxState>,
}

/// What reading the file found.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Loaded {
    /// The versions read, in the order of their lines.
    pub entries: Vec<Entry>,
    /// What is wrong with some of the lines.
    pub findings: Vec<Finding>,
    /// Whether this is all of the file, and not only what is new: on the first read, and when the
    /// file was replaced or overwritten.
    pub is_complete: bool,
}

impl Loaded {
    /// Whether it brings anything new.
    pub fn has_changes(&self) -> bool {
        self.is_complete || !self.entries.is_empty()
    }
}

/// Something the reader noticed about one line.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Finding {
    /// The line's number, from 1.
    pub line: usize,
    pub damage: Damage,
}

/// What can be wrong with a line.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Damage {
    /// The checksum does not match: something else changed the line. It is still read.
    ChangedOutside,
    /// Written by a newer leadby, in this version of the format. Kept as it is.
    NewerVersion(u64),
    /// A kind of entry this leadby does not know. Kept as it is.
    UnknownKind(String),
    /// Probably written by a newer leadby: the checksum matches, but the line is not understood,
    /// for this reason. Kept as it is.
    NotUnderstood(String),
    /// Not a journal line, for this reason. Kept as it is.
    Unreadable(String),
}

/// What a save did.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Appended {
    /// What was written, with ids, revisions and times.
    pub saved: Vec<Entry>,
    /// What other programs had written since the file was last read.
    pub others: Loaded,
    /// Why this week has no snapshot, although everything was saved.
    pub note: Option<Note>,
}

/// Something that went wrong without stopping what was asked for.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Note {
    /// The sentence.
    pub text: String,
    /// The same for one row of a screen.
    pub brief: Option<Brief>,
}

/// Text typed but not saved, and where it was typed.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Draft {
    /// When this draft was saved.
    pub at: Timestamp,
    /// The screen, by its own name for itself.
    pub screen: String,
    /// The field the cursor was in, by its name on that screen.
    pub field: String,
    /// The cursor in that field: line and character, from 0.
    pub cursor: (usize, usize),
    /// The text by field; only what differs from what is saved.
    pub values: BTreeMap<String, Value>,
    /// The entry each text is about, by field; drafts of earlier versions lack it.
    pub about: BTreeMap<String, About>,
}

/// The entry a draft text is about.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct About {
    /// Its id; for a new entry, the one that saving will give it.
    pub id: Id,
    /// The revision shown in the form; 0 for a new entry.
    pub rev: u64,
}

impl Store {
    /// Reads the journal at `path`. A missing file is an empty journal.
    ///
    /// Neither creates nor changes anything. A file that is not a journal is read too, as findings;
    /// see [`Store::is_foreign`].
    pub fn open(path: impl Into<PathBuf>) -> Result<(Self, Loaded), Failure> {
        Self::open_on(path, RealDisk)
    }

    /// [`Store::open`] on a given disk, such as one that fails on demand in tests.
    pub fn open_on(
        path: impl Into<PathBuf>,
        disk: impl Disk + 'static,
    ) -> Result<(Self, Loaded), Failure> {
        let mut file = JournalFile::new(path.into(), Box::new(disk));
        let loaded = file.read(TailPolicy::Truncated, None)?;
        Ok((Self::from_file(file), loaded))
    }

    /// [`Store::open`] for a caller who needs only some versions, and those that a save at `now` must
    /// know. It takes a fraction of the time.
    ///
    /// Damage in lines that are not needed may not be reported.
    pub fn open_filtered(
        path: impl Into<PathBuf>,
        now: Now,
        filter: LineFilter<'_>,
    ) -> Result<(Self, Loaded), Failure> {
        let mut file = JournalFile::new(path.into(), Box::new(RealDisk));
        let skipper = LineSkipper::new(filter, now);
        let loaded = file.read(TailPolicy::Truncated, Some(&skipper))?;
        Ok((Self::from_file(file), loaded))
    }

    fn from_file(file: JournalFile) -> Self {
        Self {
            file,
            backed_up: false,
            inbox: None,
        }
    }

    pub fn path(&self) -> &Path {
        &self.file.path
    }

    /// Whether the file is not a journal: it can be read, but is never written to.
    pub fn is_foreign(&self) -> bool {
        self.file.is_foreign()
    }

    /// Writes versions and returns once they are on the disk. If that fails, none of them is in the
    /// journal, unless the message says otherwise.
    pub fn append(
        &mut self,
        changes: &[Change],
        known: &Journal,
        now: Now,
    ) -> Result<Appended, Failure> {
        self.append_if(changes, known, now, |_| true)
    }

    /// Writes versions like [`Store::append`], but only if no other program wrote since the journal
    /// was last read: for decisions that depend on all of it. Otherwise nothing is written, and
    /// nothing is [saved](Appended::saved).
    pub fn append_if_unchanged(
        &mut self,
        changes: &[Change],
        known: &Journal,
        now: Now,
    ) -> Result<Appended, Failure> {
        self.append_if(changes, known, now, |others| {
            !others.has_changes() && others.findings.is_empty()
        })
    }

    fn append_if(
        &mut self,
        changes: &[Change],
        known: &Journal,
        now: Now,
        agreed: impl Fn(&Loaded) -> bool,
    ) -> Result<Appended, Failure> {
        if changes.is_empty() {
            return Ok(Appended::default());
        }
        let compose = |others: &[Entry]| versions(changes, known, others, now);
        self.append_composed(now, agreed, compose)
    }

    /// Appends the lines that `compose` makes, with the versions on them, if what others wrote
    /// meanwhile is `agreed` to.
    fn append_composed(
        &mut self,
        now: Now,
        agreed: impl Fn(&Loaded) -> bool,
        compose: impl Fn(&[Entry]) -> Result<(Vec<String>, Vec<Entry>), Failure>,
    ) -> Result<Appended, Failure> {
        let path = self.file.path.clone();
        let mut looked = self.backed_up;
        let mut note = None;
        let (others, saved) = self.file.append(|others, file, disk| {
            if !agreed(others) {
                return Ok(Default::default());
            }
            if !std::mem::replace(&mut looked, true) {
                let made = backup::make_weekly(disk, &path, now, || disk.read_from(file, 0));
                note = made.err().map(|failure| Note {
                    text: failure.to_string(),
                    brief: failure.brief().cloned(),
                });
                // An empty journal beside snapshots with content has lost something.
                let is_empty = disk.stat_open(file).is_ok_and(|look| look.length == 0);
                if is_empty && backup::any_has_content(disk, &path) {
                    note = Some(Note {
                        text: EMPTIED.to_owned(),
                        brief: None,
                    });
                }
            }
            compose(&others.entries)
        })?;
        self.backed_up = looked;
        Ok(Appended {
            saved,
            others,
            note,
        })
    }

    /// The range of ids that [`Store::new_id`] must know.
    pub fn recent_ids(now: Now) -> Range<Id> {
        IdGenerator::recent_range(now)
    }

    /// An id for an entry still being written; it sorts after those that exist.
    pub fn new_id(known: &[Id], others: &[Id], now: Now) -> Id {
        IdGenerator::new(now, known.iter(), others.iter()).id()
    }

    /// Makes this week's snapshot if it is missing, before anything but a save changes the journal.
    pub fn make_snapshot(&mut self, now: Now) -> Result<(), Failure> {
        self.backed_up = true;
        let (path, disk) = (self.path(), &*self.file.disk);
        backup::make_weekly(disk, path, now, || {
            Ok(read_all(disk, path)?.unwrap_or_default())
        })
    }

    /// Whether the file was replaced or changed since it was last read or written. A missing one may be
    /// about to be replaced.
    pub fn has_changed(&self) -> Result<bool, Failure> {
        let found = self.file.disk.stat(self.path());
        let found = found.map_err(|error| io_failure("the journal", self.path(), "read", error))?;
        Ok(found.is_some() && found != self.file.read_state.as_ref().map(|seen| seen.stat))
    }

    /// Whether the file was there, and nothing is at its path now.
    pub fn is_gone(&self) -> bool {
        self.file.is_gone()
    }

    /// Whether what is at its path now is no file.
    pub fn is_replaced(&self) -> bool {
        let found = self.file.disk.stat(self.path());
        self.file.read_state.is_some() && found.is_err_and(|error| is_no_file(&error))
    }

    /// Checks that the file can still be read and written to, if it is there.
    pub fn check_access(&self) -> Result<(), Failure> {
        if self.is_gone() {
            return Ok(());
        }
        let can = self.file.disk.check_access(self.path());
        can.map_err(|error| io_failure("the journal", self.path(), "read and written", error))
    }

    /// Reads what other programs appended since.
    ///
    /// A last line they may still be writing is left for the next time. When the file was replaced
    /// or is shorter, everything is read again.
    pub fn refresh(&mut self) -> Result<Loaded, Failure> {
        self.file.read(TailPolicy::MayGrow, None)
    }
}

/// The note on a save that starts a journal where there was one.
const EMPTIED: &str = "the journal was empty; `leadby restore` lists its snapshots, which are not";

/// All bytes of a file; `None` if it does not exist.
fn read_all(disk: &dyn Disk, path: &Path) -> io::Result<Option<Vec<u8>>> {
    let file = disk.open_to_read(path)?;
    file.map(|file| disk.read_from(&file, 0)).transpose()
}

/// The journal line of an entry, without its newline.
pub fn encode_line(entry: &Entry) -> String {
    encode::encode(entry)
}

/// Writes a journal of `entries` to a new file at `path`, with their ids, revisions and times.
pub fn create_journal(path: &Path, entries: &[Entry]) -> Result<(), Failure> {
    let mut file = JournalFile::new(path.to_owned(), Box::new(RealDisk));
    let lines = entries.iter().map(|entry| Ok(written(entry)?.0));
    file.create(&lines.collect::<Result<Vec<_>, Failure>>()?)
}

/// The lines that `changes` to the `known` journal become, and the versions as those lines will be
/// read again. `others` are in the journal, but the author of the changes has not seen them.
///
/// Each is made from what is known: so if others wrote to the same entry meanwhile, both count.
fn versions(
    changes: &[Change],
    known: &Journal,
    others: &[Entry],
    now: Now,
) -> Result<(Vec<String>, Vec<Entry>), Failure> {
    let ids = others.iter().map(|entry| &entry.id);
    let mut generator = IdGenerator::new(now, known.ids(IdGenerator::recent_range(now)), ids);
    let (mut lines, mut saved) = (Vec::with_capacity(changes.len()), Vec::new());
    for change in changes {
        let id = change.id.clone().unwrap_or_else(|| generator.id());
        let next = known
            .next_version(&id, change, (&saved, others), now.timestamp())
            .map_err(|rev| above_all(&id, rev))?;
        let (line, entry) = written(&next.into_entry(id, now.timestamp()))?;
        lines.push(line);
        saved.push(entry);
    }
    Ok((lines, saved))
}

/// The line of an entry, and the entry as that line will be read again.
///
/// Every line is read back before it is written, so nothing is called saved that the next start
/// could not read.
fn written(entry: &Entry) -> Result<(String, Entry), Failure> {
    let line = encode::encode(entry);
    match decode::decode(line.as_bytes()) {
        Ok(read) if read.damage.is_none() && encode::encode(&read.entry) == line => {
            Ok((line, read.entry))
        }
        _ => {
            let message = format!("nothing was saved: {} cannot be written", entry.id);
            let hint = "keep its dates between the years 0 and 9999";
            Err(Failure::new(FailureKind::Journal, message).hint(hint))
        }
    }
}

/// No revision can follow the highest one.
fn above_all(id: &Id, rev: u64) -> Failure {
    let shown = text::quoted(id.as_str());
    let id = text::shell_quote(id.as_str());
    let message = format!("nothing was saved: a line of {shown} has revision {rev}, the highest");
    Failure::new(FailureKind::Journal, message)
        .hint(format!("`leadby history {id}` shows its versions"))
        .hint(format!("`leadby forget {id}` deletes it for good"))
}
