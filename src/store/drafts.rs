//! Which draft file belongs to whom, when several leadbys are open on one journal.
//!
//! `journal.jsonl.draft` is the first one's, `journal.jsonl.draft.2` the second one's, and so on.
//! Whoever has one keeps a lock on it, which ends with the program however that ends. So a draft
//! nobody has a lock on is what a crash left, and is offered to the next who looks. Knows nothing of
//! what is in a draft but when it was put down.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use super::Draft;
use super::disk::{Disk, RealDisk, folder_of};
use super::draft::{decode, draft_path, encode};
use super::replace::{beside, fill, locks, next_of, open_locked, replace, stands_at};
use super::trouble::{shown, trouble};
use crate::failure::{Failure, Kind};

/// More leadbys than anybody has open at once.
const MOST: usize = 1000;

/// The drafts beside a journal, and the one among them that is ours.
#[derive(Debug)]
pub struct Drafts {
    journal: PathBuf,
    disk: Box<dyn Disk>,
    own: Option<Own>,
}

/// How it stands with one draft.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum DraftState {
    /// It holds words not yet saved, and is offered to the next leadby that is opened.
    Waiting(PathBuf),
    /// A leadby that is open at this moment has it.
    InUse(PathBuf),
    /// It cannot be read, for this reason.
    Unreadable(PathBuf, String),
}

impl DraftState {
    /// The file it is about.
    #[must_use]
    pub fn path(&self) -> &PathBuf {
        match self {
            Self::Waiting(path) | Self::InUse(path) | Self::Unreadable(path, _) => path,
        }
    }
}

#[derive(Debug)]
struct Own {
    path: PathBuf,
    /// Kept open for its lock.
    file: File,
}

/// What was found in a file that nobody has.
struct Found {
    file: File,
    draft: Result<Draft, String>,
}

impl Drafts {
    /// The drafts beside `journal`; touches nothing.
    #[must_use]
    pub fn new(journal: &Path) -> Self {
        Self::on(journal, RealDisk)
    }

    /// [`Drafts::new`], on another disk than the machine's: one that fails on demand, in tests.
    #[must_use]
    pub fn on(journal: &Path, disk: impl Disk + 'static) -> Self {
        Self {
            journal: journal.to_owned(),
            disk: Box::new(disk),
            own: None,
        }
    }

    /// The newest draft that nobody has, which is ours from now on; none when there is none.
    ///
    /// Others, if there are any, wait for the next who looks.
    ///
    /// # Errors
    /// When one is there and cannot be read. It is kept: [`Drafts::write`] sets it aside first.
    pub fn read(&mut self) -> Result<Option<Draft>, Failure> {
        let mut newest: Option<(Draft, Own)> = None;
        let mut trouble = None;
        for path in places(&self.journal) {
            match self.take(&path) {
                Ok(Some((draft, own))) => {
                    if newest.as_ref().is_none_or(|(other, _)| other.at < draft.at) {
                        newest = Some((draft, own));
                    }
                }
                Ok(None) => {}
                Err(failure) => trouble = trouble.or(Some(failure)),
            }
        }
        match (newest, trouble) {
            (Some((draft, own)), _) => {
                self.own = Some(own);
                Ok(Some(draft))
            }
            (None, Some(failure)) => Err(failure),
            (None, None) => Ok(None),
        }
    }

    /// Replaces our draft, atomically; without one, takes the first place nobody has. What cannot
    /// be read there is set aside, as `….draft.damaged-1` and so on.
    ///
    /// # Errors
    /// When it cannot be written; then the one before is still there.
    pub fn write(&mut self, draft: &Draft) -> Result<(), Failure> {
        let text = encode(draft);
        let path = match &self.own {
            Some(own) => own.path.clone(),
            None => draft_path(&self.journal),
        };
        let written = self.still_own().and_then(|still_own| {
            if !still_own {
                self.own = None;
                return self.claim(&text);
            }
            let file = replace(&*self.disk, &path, &text)?;
            let path = path.clone();
            self.own = Some(Own { path, file });
            Ok(())
        });
        written.map_err(|error| trouble("the draft", &path, "written", error))
    }

    /// Removes our draft; none is fine. Those of others, and those nobody has, stay.
    ///
    /// # Errors
    /// When it is there and cannot be removed.
    pub fn clear(&mut self) -> Result<(), Failure> {
        if let Some(Own { path, .. }) = &self.own {
            let removed = self.still_own().and_then(|still_own| {
                if still_own {
                    self.disk.remove(path)
                } else {
                    Ok(())
                }
            });
            removed.map_err(|error| trouble("the draft", path, "removed", error))?;
        }
        self.own = None;
        Ok(())
    }

    /// Whether there is one of ours, and nobody has put another file in its place.
    fn still_own(&self) -> io::Result<bool> {
        match &self.own {
            Some(own) => stands_at(&*self.disk, &own.file, &own.path),
            None => Ok(false),
        }
    }

    /// The draft at `path`, when there is one that nobody has.
    fn take(&self, path: &Path) -> Result<Option<(Draft, Own)>, Failure> {
        let not_read = |error| {
            let failure = trouble("the draft", path, "read", error);
            failure.hint(KEPT)
        };
        let found = match self.find(path).map_err(not_read)? {
            Taken::No => return Ok(None),
            Taken::Gone => None,
            Taken::Yes(found) => Some(found),
        };
        // A crash between the writing of the next one and its renaming left it there, with the
        // newer words.
        let next = match self.find(&next_of(path)) {
            Ok(Taken::Yes(next)) => next.draft.ok().map(|draft| (draft, next.file)),
            _ => None,
        };
        let there = found.as_ref().and_then(|found| found.draft.as_ref().ok());
        if let Some((draft, file)) = next
            && there.is_none_or(|there| there.at <= draft.at)
        {
            if found.is_some() && there.is_none() {
                self.set_aside(path).map_err(not_read)?;
            }
            let renamed = self.disk.rename(&next_of(path), path);
            renamed.map_err(not_read)?;
            let path = path.to_owned();
            return Ok(Some((draft, Own { path, file })));
        }
        match found {
            None => Ok(None),
            Some(Found {
                file,
                draft: Ok(draft),
            }) => {
                let path = path.to_owned();
                Ok(Some((draft, Own { path, file })))
            }
            Some(Found {
                draft: Err(reason), ..
            }) => {
                let message = format!("the draft {} cannot be read: {reason}", shown(path));
                Err(Failure::new(Kind::Journal, message).hint(KEPT))
            }
        }
    }

    /// The file at `path`, with the lock on it.
    fn find(&self, path: &Path) -> io::Result<Taken> {
        let disk = &*self.disk;
        let Some(file) = disk.open_to_read(path)? else {
            return Ok(Taken::Gone);
        };
        if !locks(disk, &file) || !stands_at(disk, &file, path)? {
            return Ok(Taken::No);
        }
        let draft = decode(&disk.read_from(&file, 0)?);
        Ok(Taken::Yes(Found { file, draft }))
    }

    /// Takes the first place that nobody has, and writes there.
    fn claim(&mut self, text: &str) -> io::Result<()> {
        let disk = &*self.disk;
        let made = disk.make_folders(folder_of(&self.journal))?;
        for number in 1..MOST {
            let path = place(&self.journal, number);
            match self.find(&path)? {
                // Somebody has it, or it waits to be offered.
                Taken::No | Taken::Yes(Found { draft: Ok(_), .. }) => continue,
                Taken::Yes(Found { draft: Err(_), .. }) => self.set_aside(&path)?,
                Taken::Gone => {}
            }
            let next = next_of(&path);
            let Some(file) = open_locked(disk, &next)? else {
                continue;
            };
            if decode(&disk.read_from(&file, 0)?).is_ok() {
                continue;
            }
            if disk.look_at(&path)?.is_some() {
                // Somebody was faster; what we have made is of no use.
                disk.remove(&next)?;
                continue;
            }
            fill(disk, &file, &path, text)?;
            self.own = Some(Own { path, file });
            let folders = made.iter().map(|made| folder_of(made));
            return std::iter::once(folder_of(&self.journal))
                .chain(folders)
                .try_for_each(|folder| disk.sync_folder(folder));
        }
        Err(io::Error::other("too many drafts lie beside it already"))
    }

    fn set_aside(&self, path: &Path) -> io::Result<()> {
        let free = (1..MOST)
            .map(|number| beside(path, &format!(".damaged-{number}")))
            .find(|aside| fs::symlink_metadata(aside).is_err());
        let none = || io::Error::other("a thousand damaged drafts lie beside it already");
        self.disk.rename(path, &free.ok_or_else(none)?)
    }
}

const KEPT: &str = "it is kept as it is; the next draft sets it aside under another name";

/// Whether a file is ours to take.
enum Taken {
    /// Nothing is there.
    Gone,
    /// Somebody else has it.
    No,
    /// Nobody else does; the lock is ours.
    Yes(Found),
}

/// How it stands with the drafts beside a journal. Changes nothing.
pub(super) fn draft_states(journal: &Path) -> Vec<DraftState> {
    let next = |path: PathBuf| [path.clone(), next_of(&path)];
    let files = places(journal).into_iter().flat_map(next);
    files.filter_map(draft_state).collect()
}

fn draft_state(path: PathBuf) -> Option<DraftState> {
    let read = || -> io::Result<Option<(bool, Vec<u8>)>> {
        let Some(file) = RealDisk.open_to_read(&path)? else {
            return Ok(None);
        };
        // A shared lock keeps nobody who only looks from looking, too.
        let in_use = matches!(file.try_lock_shared(), Err(fs::TryLockError::WouldBlock));
        Ok(Some((in_use, RealDisk.read_from(&file, 0)?)))
    };
    match read() {
        Ok(None) => None,
        Ok(Some((true, _))) => Some(DraftState::InUse(path)),
        Ok(Some((false, bytes))) => Some(match decode(&bytes) {
            Ok(_) => DraftState::Waiting(path),
            Err(reason) => {
                let message = format!("the draft {} cannot be read: {reason}", shown(&path));
                DraftState::Unreadable(path, message)
            }
        }),
        Err(error) => {
            let failure = trouble("the draft", &path, "read", error);
            Some(DraftState::Unreadable(path, failure.message().to_owned()))
        }
    }
}

/// Where the draft of this number lies.
fn place(journal: &Path, number: usize) -> PathBuf {
    match number {
        1 => draft_path(journal),
        _ => beside(journal, &format!(".draft.{number}")),
    }
}

/// The places where something lies, the first one first.
fn places(journal: &Path) -> Vec<PathBuf> {
    let first = draft_path(journal);
    let first = first.file_name().unwrap_or_default().as_encoded_bytes();
    let names = RealDisk.names(folder_of(journal)).unwrap_or_default();
    let number = |name: OsString| -> Option<usize> {
        let rest = name.as_encoded_bytes().strip_prefix(first)?;
        let rest = rest.strip_suffix(b".new").unwrap_or(rest);
        if rest.is_empty() {
            return Some(1);
        }
        let number = std::str::from_utf8(rest.strip_prefix(b".")?).ok()?;
        number
            .parse()
            .ok()
            .filter(|number| (2..MOST).contains(number))
    };
    let mut numbers: Vec<usize> = names.into_iter().filter_map(number).collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers
        .into_iter()
        .map(|number| place(journal, number))
        .collect()
}
