//! Draft files: their format, and which one belongs to which program, when several have one journal
//! open.
//!
//! `journal.jsonl.draft` belongs to the first, `journal.jsonl.draft.2` to the second, and so on.
//! Each program keeps its draft locked, and the lock ends with the program however it ends. So an
//! unlocked draft is what a crash left, and is offered to the next program. A draft that cannot be
//! beside the journal goes to the temporary folder, under the same rules. Knows nothing of what the
//! fields mean.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value as Json;

use super::atomic_write::{
    Replacement, acquire_lock, is_at_path, replace, replacement_path, with_suffix,
};
use super::disk::{Disk, RealDisk, folder_of};
use super::encode::json;
use super::io_error::{describe_error, io_failure};
use super::members::{object, remove_strangers, version};
use super::shape::{JsonValues, VERSION, describe_misfit, instant, json_values, parse_instant};
use super::{About, Draft, temporary};
use crate::failure::{Failure, FailureKind};
use crate::journal::Id;
use crate::text::display_path;

/// More programs than anyone has open at once.
const MOST: usize = 1000;

/// The drafts of a journal, including our own.
#[derive(Debug)]
pub struct Drafts {
    journal: PathBuf,
    disk: Box<dyn Disk>,
    /// The folder for drafts that cannot be beside the journal.
    temporary: Option<PathBuf>,
    /// Ours beside the journal.
    own: Option<OwnDraft>,
    /// Ours in the temporary folder.
    fallback: Option<OwnDraft>,
}

/// Where a draft was saved.
#[derive(Debug)]
pub enum DraftLocation {
    BesideJournal,
    /// In the temporary folder, in this file, for this reason.
    TemporaryFolder(PathBuf, Failure),
}

#[derive(Clone, Debug, Eq, PartialEq)]
pub enum DraftState {
    /// It has unsaved text, and is offered the next time leadby starts.
    Waiting(PathBuf),
    /// A running leadby is using it.
    InUse(PathBuf),
    /// It cannot be read, for this reason.
    Unreadable(PathBuf, String),
}

impl DraftState {
    pub fn path(&self) -> &PathBuf {
        match self {
            Self::Waiting(path) | Self::InUse(path) | Self::Unreadable(path, _) => path,
        }
    }
}

#[derive(Debug)]
struct OwnDraft {
    path: PathBuf,
    /// Kept open for its lock.
    file: File,
}

/// The content of a draft file that no program uses.
struct FreeDraft {
    file: File,
    draft: Result<Draft, String>,
}

impl Drafts {
    /// The drafts beside `journal`; no file is touched yet.
    pub fn new(journal: &Path) -> Self {
        Self::new_on(journal, RealDisk)
    }

    /// [`Drafts::new`] on a given disk, such as one that fails on demand in tests.
    pub fn new_on(journal: &Path, disk: impl Disk + 'static) -> Self {
        Self {
            journal: journal.to_owned(),
            disk: Box::new(disk),
            temporary: None,
            own: None,
            fallback: None,
        }
    }

    /// Adds a folder for drafts that cannot be beside the journal: they go to a private folder
    /// inside it, where the next start finds them.
    pub fn with_fallback_folder(mut self, temporary: &Path) -> Self {
        self.temporary = Some(temporary.to_owned());
        self
    }

    /// The newest draft that no other program uses, which is ours from now on.
    ///
    /// Any others wait for the next program. A draft that cannot be read is an error, and is kept:
    /// [`Drafts::write`] renames it first.
    pub fn read(&mut self) -> Result<Option<Draft>, Failure> {
        let mut newest: Option<(Draft, OwnDraft)> = None;
        let mut trouble = None;
        let bases = self
            .temporary
            .iter()
            .flat_map(|folder| temporary::fallback_paths(&*self.disk, folder, &self.journal))
            // A spare draft is newer: it is there because writing beside the journal failed.
            .chain([self.journal.clone()]);
        for path in bases.flat_map(|base| draft_paths(&base)) {
            match self.take_over(&path) {
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
                if own.path.parent() == draft_path(&self.journal).parent() {
                    self.own = Some(own);
                } else {
                    self.fallback = Some(own);
                }
                Ok(Some(draft))
            }
            (None, Some(failure)) => Err(failure),
            (None, None) => Ok(None),
        }
    }

    /// Replaces our draft, atomically; without one, uses the first free name. An unreadable draft
    /// there is renamed to `….draft.damaged-1` and so on. If the draft cannot be written beside the
    /// journal, it goes to the temporary folder until it can. If it cannot be written there either,
    /// the previous one is still there.
    pub fn write(&mut self, draft: &Draft) -> Result<DraftLocation, Failure> {
        let text = encode(draft);
        let mut own = self.own.take();
        let written = self.write_beside(&self.journal, &mut own, &text);
        let path = own
            .as_ref()
            .map_or_else(|| draft_path(&self.journal), |own| own.path.clone());
        self.own = own;
        let Err(error) = written else {
            self.clear_spare();
            return Ok(DraftLocation::BesideJournal);
        };
        let failure = io_failure("the draft", &path, "written", error);
        let Some(temporary) = &self.temporary else {
            return Err(failure);
        };
        let folder = display_path(temporary);
        let mut spare = self.fallback.take();
        let base = temporary::claim(&*self.disk, temporary, &self.journal);
        let written = base.and_then(|base| {
            let written = self.write_beside(&base, &mut spare, &text);
            if written.is_err() && spare.is_none() {
                temporary::remove_folder_of(&base);
            }
            written
        });
        self.fallback = spare;
        match (written, &self.fallback) {
            (Ok(()), Some(spare)) => {
                Ok(DraftLocation::TemporaryFolder(spare.path.clone(), failure))
            }
            (Ok(()), None) => Err(failure),
            (Err(error), _) => {
                let reason = describe_error(&error);
                Err(failure.with_addition(&format!("{folder} did not work either: {reason}")))
            }
        }
    }

    /// Whether a draft is ours.
    pub fn has_own(&self) -> bool {
        self.own.is_some() || self.fallback.is_some()
    }

    /// Removes our draft, if any. Other drafts stay.
    pub fn clear(&mut self) -> Result<(), Failure> {
        self.clear_spare();
        if let Some(own) = &self.own {
            let removed = self.remove(own);
            removed.map_err(|error| io_failure("the draft", &own.path, "removed", error))?;
        }
        self.own = None;
        Ok(())
    }

    /// Removes our draft in the temporary folder, and its folder.
    fn clear_spare(&mut self) {
        if let Some(spare) = self.fallback.take()
            && self.remove(&spare).is_ok()
        {
            temporary::remove_folder_of(&spare.path);
        }
    }

    fn remove(&self, own: &OwnDraft) -> io::Result<()> {
        if self.is_at_its_path(own)? {
            self.disk.remove(&own.path)?;
        }
        Ok(())
    }

    /// Replaces `own` with `text`, or uses the first free name beside `base`.
    fn write_beside(&self, base: &Path, own: &mut Option<OwnDraft>, text: &str) -> io::Result<()> {
        match own {
            Some(own) if self.is_at_its_path(own)? => {
                self.disk.create_folders(folder_of(&own.path))?;
                let next = replacement_path(&own.path);
                own.file = replace(&*self.disk, &own.path, next, text.as_bytes())?;
                Ok(())
            }
            _ => {
                *own = None;
                self.claim_free_path(base, own, text)
            }
        }
    }

    /// Whether our file is still the one at its path.
    fn is_at_its_path(&self, own: &OwnDraft) -> io::Result<bool> {
        is_at_path(&*self.disk, &own.file, &own.path)
    }

    /// The draft at `path`, if no other program uses it.
    fn take_over(&self, path: &Path) -> Result<Option<(Draft, OwnDraft)>, Failure> {
        let not_read = |error| {
            let failure = io_failure("the draft", path, "read", error);
            failure.hint(KEPT)
        };
        let found = match self.open_if_free(path).map_err(not_read)? {
            Availability::InUse => return Ok(None),
            Availability::Missing => None,
            Availability::Free(found) => Some(found),
        };
        // A crash between writing the next draft and renaming it leaves that file, with newer text.
        let next = match self.open_if_free(&replacement_path(path)) {
            Ok(Availability::Free(next)) => next.draft.ok().map(|draft| (draft, next.file)),
            _ => None,
        };
        let there = found.as_ref().and_then(|found| found.draft.as_ref().ok());
        if let Some((draft, file)) = next
            && there.is_none_or(|there| there.at <= draft.at)
        {
            if found.is_some() && there.is_none() {
                self.rename_damaged(path).map_err(not_read)?;
            }
            let renamed = self.disk.rename(&replacement_path(path), path);
            renamed.map_err(not_read)?;
            let path = path.to_owned();
            return Ok(Some((draft, OwnDraft { path, file })));
        }
        match found {
            None => Ok(None),
            Some(FreeDraft {
                file,
                draft: Ok(draft),
            }) => {
                let path = path.to_owned();
                Ok(Some((draft, OwnDraft { path, file })))
            }
            Some(FreeDraft {
                draft: Err(reason), ..
            }) => {
                let message = format!("the draft {} cannot be read: {reason}", display_path(path));
                Err(Failure::new(FailureKind::Journal, message).hint(KEPT))
            }
        }
    }

    /// The file at `path`, locked.
    fn open_if_free(&self, path: &Path) -> io::Result<Availability> {
        let disk = &*self.disk;
        let Some(file) = disk.open_to_read(path)? else {
            return Ok(Availability::Missing);
        };
        if !acquire_lock(disk, &file) || !is_at_path(disk, &file, path)? {
            return Ok(Availability::InUse);
        }
        let draft = decode(&disk.read_from(&file, 0)?);
        Ok(Availability::Free(FreeDraft { file, draft }))
    }

    /// Finds the first free name beside `base`, and writes there.
    fn claim_free_path(
        &self,
        base: &Path,
        own: &mut Option<OwnDraft>,
        text: &str,
    ) -> io::Result<()> {
        let disk = &*self.disk;
        let made = disk.create_folders(folder_of(base))?;
        for number in 1..MOST {
            let path = numbered_path(base, number);
            match self.open_if_free(&path)? {
                // Another program uses it, or it waits to be offered.
                Availability::InUse | Availability::Free(FreeDraft { draft: Ok(_), .. }) => {
                    continue;
                }
                Availability::Free(FreeDraft { draft: Err(_), .. }) => {
                    self.rename_damaged(&path)?;
                }
                Availability::Missing => {}
            }
            let next = replacement_path(&path);
            let Some(replacement) = Replacement::open_if_free(disk, next.clone())? else {
                continue;
            };
            if decode(&disk.read_from(&replacement.file, 0)?).is_ok() {
                continue;
            }
            if disk.stat(&path)?.is_some() {
                // Another program was faster; our file is of no use.
                disk.remove(&next)?;
                continue;
            }
            replacement.put(&path, text.as_bytes(), || Ok(()))?;
            let file = replacement.file;
            *own = Some(OwnDraft { path, file });
            let folders = made.iter().map(|made| folder_of(made));
            return std::iter::once(folder_of(base))
                .chain(folders)
                .try_for_each(|folder| disk.sync_folder(folder));
        }
        Err(io::Error::other("there are too many drafts beside it"))
    }

    fn rename_damaged(&self, path: &Path) -> io::Result<()> {
        let free = (1..MOST)
            .map(|number| with_suffix(path, &format!(".damaged-{number}")))
            .find(|aside| fs::symlink_metadata(aside).is_err());
        let none = || io::Error::other("there are a thousand damaged drafts beside it");
        self.disk.rename(path, &free.ok_or_else(none)?)
    }
}

const KEPT: &str = "it is kept; the next draft renames it";

/// Whether we may use a file.
enum Availability {
    /// It does not exist.
    Missing,
    /// Another program uses it.
    InUse,
    /// It is free; we have locked it.
    Free(FreeDraft),
}

/// The state of all drafts of a journal, also of those in the temporary folder. Changes nothing.
pub(super) fn draft_states(journal: &Path) -> Vec<DraftState> {
    let next = |path: PathBuf| [path.clone(), replacement_path(&path)];
    let temporary = tempfile::env::temp_dir();
    let mut bases = temporary::fallback_paths(&RealDisk, &temporary, journal);
    bases.insert(0, journal.to_owned());
    bases
        .iter()
        .flat_map(|base| draft_paths(base))
        .flat_map(next)
        .filter_map(draft_state)
        .collect()
}

fn draft_state(path: PathBuf) -> Option<DraftState> {
    let read = || -> io::Result<Option<(bool, Vec<u8>)>> {
        let Some(file) = RealDisk.open_to_read(&path)? else {
            return Ok(None);
        };
        // A shared lock lets other readers look at the same time.
        let in_use = matches!(file.try_lock_shared(), Err(fs::TryLockError::WouldBlock));
        Ok(Some((in_use, RealDisk.read_from(&file, 0)?)))
    };
    match read() {
        Ok(None) => None,
        Ok(Some((true, _))) => Some(DraftState::InUse(path)),
        Ok(Some((false, bytes))) => Some(match decode(&bytes) {
            Ok(_) => DraftState::Waiting(path),
            Err(reason) => {
                let message = format!("the draft {} cannot be read: {reason}", display_path(&path));
                DraftState::Unreadable(path, message)
            }
        }),
        Err(error) => {
            let failure = io_failure("the draft", &path, "read", error);
            Some(DraftState::Unreadable(path, failure.message().to_owned()))
        }
    }
}

/// The path of the draft of this number.
fn numbered_path(journal: &Path, number: usize) -> PathBuf {
    match number {
        1 => draft_path(journal),
        _ => with_suffix(journal, &format!(".draft.{number}")),
    }
}

/// The paths at which there is a draft, in order.
fn draft_paths(journal: &Path) -> Vec<PathBuf> {
    let first = draft_path(journal);
    let first = first.file_name().unwrap_or_default().as_encoded_bytes();
    let names = RealDisk.list_folder(folder_of(journal)).unwrap_or_default();
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
        .map(|number| numbered_path(journal, number))
        .collect()
}

/// The draft file; unknown members are ignored.
#[derive(Deserialize, Serialize)]
struct DraftFile<'a> {
    v: u64,
    at: Cow<'a, str>,
    screen: Cow<'a, str>,
    field: Cow<'a, str>,
    cursor: (usize, usize),
    words: JsonValues<'a>,
    #[serde(
        default,
        deserialize_with = "abouts",
        skip_serializing_if = "BTreeMap::is_empty"
    )]
    about: BTreeMap<Cow<'a, str>, JsonAbout<'a>>,
}

#[derive(Deserialize, Serialize)]
struct JsonAbout<'a> {
    id: Cow<'a, str>,
    rev: u64,
}

/// The draft file of a journal; further programs that have it open at the same time add a number to
/// that name.
pub fn draft_path(journal: &Path) -> PathBuf {
    with_suffix(journal, ".draft")
}

/// The text of a draft file.
pub(super) fn encode(draft: &Draft) -> String {
    let about = draft.about.iter().map(|(field, about)| {
        let id = about.id.as_str().into();
        (field.into(), JsonAbout { id, rev: about.rev })
    });
    let file = DraftFile {
        v: VERSION,
        at: instant(draft.at).into(),
        screen: (&draft.screen).into(),
        field: (&draft.field).into(),
        cursor: draft.cursor,
        words: json_values(&draft.values),
        about: about.collect(),
    };
    json(&file) + "\n"
}

/// Reads a draft file, or says in plain words why it cannot.
pub(super) fn decode(bytes: &[u8]) -> Result<Draft, String> {
    let mut object = object(bytes)?;
    if version(&object)? != VERSION {
        return Err("it was written by a newer leadby".to_owned());
    }
    if let Some(words) = object.get_mut("words") {
        remove_strangers("values", words);
    }
    let file = DraftFile::deserialize(Json::Object(object));
    let file = file.map_err(|error| describe_misfit(&error))?;
    let words = file.words.into_iter();
    let about = file.about.into_iter().map(|(field, about)| {
        let id = Id::new(about.id);
        (field.into_owned(), About { id, rev: about.rev })
    });
    Ok(Draft {
        at: parse_instant(&file.at)?,
        screen: file.screen.into_owned(),
        field: file.field.into_owned(),
        cursor: file.cursor,
        values: words
            .map(|(name, value)| (name.into_owned(), value.0.into_owned()))
            .collect(),
        about: about.collect(),
    })
}

/// What the texts are about, as far as it can be read: an error here must not cost the texts.
fn abouts<'de, 'a, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<BTreeMap<Cow<'a, str>, JsonAbout<'a>>, D::Error> {
    let all = Json::deserialize(deserializer)?;
    let all = all.as_object().into_iter().flatten();
    let read = all.filter_map(|(field, json)| {
        let about = JsonAbout::deserialize(json.clone()).ok()?;
        Some((field.clone().into(), about))
    });
    Ok(read.collect())
}
