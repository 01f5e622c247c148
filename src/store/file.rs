//! The journal file: read to its end, and only ever appended to.
//!
//! A crash at any moment leaves every line that was saved, and at most one unfinished line at the
//! end, which the next save closes off. Knows lines as bytes and entries; not what they mean.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::Loaded;
use super::disk::{Disk, Look, Opened, folder_of};
use super::lines::{self, Place, Tail};
use super::trouble::{reason, shown, trouble};
use crate::failure::{Failure, Kind};

/// How long a busy journal is waited for: a hundred times this, two seconds.
const MOMENT: Duration = Duration::from_millis(20);
const PATIENCE: u32 = 100;

/// Enough of the end of what was read to know it again; every line ends in its checksum.
const MARK: usize = 64;

/// The file at a path, and how far it has been read.
#[derive(Debug)]
pub(super) struct JournalFile {
    path: PathBuf,
    disk: Box<dyn Disk>,
    seen: Option<Seen>,
}

/// What is known of the file since it was last read.
#[derive(Debug)]
struct Seen {
    /// How it stood.
    look: Look,
    /// The bytes of the complete lines read.
    read: u64,
    /// Those lines.
    lines: usize,
    /// The last bytes of them.
    mark: Vec<u8>,
    /// An unfinished last line that was told about.
    told: Vec<u8>,
    /// Whether it may be appended to: somebody's photo may not.
    ours: bool,
}

/// The file locked, and what stands in it.
struct Locked {
    file: File,
    created: bool,
    folders: Vec<PathBuf>,
}

impl JournalFile {
    pub(super) fn new(path: PathBuf, disk: Box<dyn Disk>) -> Self {
        Self {
            path,
            disk,
            seen: None,
        }
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Whether the file is there and is something else than a journal.
    pub(super) fn is_foreign(&self) -> bool {
        self.seen.as_ref().is_some_and(|seen| !seen.ours)
    }

    /// Reads what is new since the last reading; everything when the file is another one by now.
    pub(super) fn read(&mut self, tail: Tail) -> Result<Loaded, Failure> {
        let not_read = |path: &Path, error| trouble("the journal", path, "read", error);
        let look = self.disk.look_at(&self.path);
        let look = look.map_err(|error| not_read(&self.path, error))?;
        // A file that is gone may be about to be replaced; what was read from it stays known.
        let Some(look) = look else {
            return Ok(Loaded::default());
        };
        if self.seen.as_ref().is_some_and(|seen| seen.look == look) {
            return Ok(Loaded::default());
        }
        let file = self.disk.open_to_read(&self.path);
        match file.map_err(|error| not_read(&self.path, error))? {
            Some(file) => self
                .catch_up(&file, tail)
                .map_err(|error| not_read(&self.path, error)),
            None => Ok(Loaded::default()),
        }
    }

    /// Appends the lines that `compose` makes of what others appended meanwhile, and answers that
    /// and the lines once they are on the disk.
    pub(super) fn append<T>(
        &mut self,
        compose: impl FnOnce(&Loaded) -> Result<(Vec<String>, T), Failure>,
    ) -> Result<(Loaded, T), Failure> {
        let locked = self.lock()?;
        let others = self
            .catch_up(&locked.file, Tail::Torn)
            .map_err(|error| trouble("the journal", &self.path, "read", error))?;
        if self.is_foreign() {
            return Err(self.not_a_journal());
        }
        let (lines, result) = compose(&others)?;
        if !lines.is_empty() {
            self.write(&locked, &lines)?;
        }
        Ok((others, result))
    }

    /// Makes the file with these lines; it must not be there.
    pub(super) fn create(&mut self, lines: &[String]) -> Result<(), Failure> {
        let locked = self.lock()?;
        if !locked.created {
            let message = format!("there is a file at {} already", shown(&self.path));
            return Err(Failure::new(Kind::Journal, message).hint("choose another name"));
        }
        self.write(&locked, lines)
    }

    fn lock(&self) -> Result<Locked, Failure> {
        let not_opened = |error| trouble("the journal", &self.path, "written", error);
        let mut created = false;
        let mut folders = Vec::new();
        let mut tries = 0;
        loop {
            let missing = self.disk.look_at(&self.path).map_err(not_opened)?.is_none();
            if missing && self.seen.is_some() {
                return Err(self.gone());
            }
            if missing {
                let made = self.disk.make_folders(folder_of(&self.path));
                folders.extend(made.map_err(not_opened)?);
            }
            let opened = self.disk.open_to_append(&self.path);
            let Opened { file, created: new } = opened.map_err(not_opened)?;
            created |= new;
            while !self.try_lock(&file)? {
                tries += 1;
                if tries >= PATIENCE {
                    return Err(self.busy());
                }
                self.disk.wait(MOMENT);
            }
            // While we waited for the lock, the file may have been replaced by another.
            let ours = self.disk.look(&file).map_err(not_opened)?;
            let there = self.disk.look_at(&self.path).map_err(not_opened)?;
            if there.is_some_and(|there| there.identity == ours.identity) {
                return Ok(Locked {
                    file,
                    created,
                    folders,
                });
            }
            tries += 1;
            if tries >= PATIENCE {
                return Err(self.busy());
            }
        }
    }

    fn try_lock(&self, file: &File) -> Result<bool, Failure> {
        self.disk
            .try_lock(file)
            .map_err(|error| trouble("the journal", &self.path, "locked", error))
    }

    fn catch_up(&mut self, file: &File, tail: Tail) -> io::Result<Loaded> {
        let look = self.disk.look(file)?;
        let (bytes, start) = match self.continued(file, look)? {
            Some(bytes) => (bytes, self.seen.take()),
            None => (self.disk.read_from(file, 0)?, None),
        };
        let place = Place {
            lines: start.as_ref().map_or(0, |seen| seen.lines),
            told: start.as_ref().map_or(&[], |seen| &seen.told),
            tail,
        };
        let reading = lines::read(&bytes, place);
        let ours = match &start {
            Some(seen) => seen.ours,
            None => lines::begins_like_a_journal(&bytes),
        };
        let (complete, rest) = bytes.split_at(reading.consumed);
        let mut mark = start
            .as_ref()
            .map_or_else(Vec::new, |seen| seen.mark.clone());
        mark.extend_from_slice(&complete[complete.len().saturating_sub(MARK)..]);
        mark.drain(..mark.len().saturating_sub(MARK));
        let read = start.as_ref().map_or(0, |seen| seen.read) + reading.consumed as u64;
        self.seen = Some(Seen {
            look,
            read,
            lines: place.lines + reading.lines,
            mark,
            told: if reading.told {
                rest.to_vec()
            } else {
                Vec::new()
            },
            ours: ours || lines::holds_a_journal(&reading.loaded),
        });
        Ok(reading.loaded)
    }

    /// The bytes after what was read, when the file is still the one that was read.
    ///
    /// Its number may have been given to another file, or it may have been written over in place;
    /// so the end of what was read must still stand where it stood.
    fn continued(&self, file: &File, look: Look) -> io::Result<Option<Vec<u8>>> {
        let Some(seen) = &self.seen else {
            return Ok(None);
        };
        let touched = look.length == seen.look.length && look.modified != seen.look.modified;
        if look.identity != seen.look.identity || look.length < seen.look.length || touched {
            return Ok(None);
        }
        let mut bytes = self
            .disk
            .read_from(file, seen.read - seen.mark.len() as u64)?;
        if !bytes.starts_with(&seen.mark) {
            return Ok(None);
        }
        Ok(Some(bytes.split_off(seen.mark.len())))
    }

    fn write(&mut self, locked: &Locked, lines: &[String]) -> Result<(), Failure> {
        let not_written = |error| trouble("the journal", &self.path, "written", error);
        let file = &locked.file;
        let before = self.disk.look(file).map_err(not_written)?.length;
        let mut bytes = Vec::new();
        if self.ends_in_the_middle(file, before).map_err(not_written)? {
            bytes.push(b'\n');
        }
        for line in lines {
            bytes.extend_from_slice(line.as_bytes());
            bytes.push(b'\n');
        }
        if let Err(error) = self.disk.append(file, &bytes) {
            return Err(self.take_back(file, before, &bytes, error));
        }
        let after = self.disk.look(file).map_err(|error| self.unsure(&error))?;
        if after.length != before + bytes.len() as u64 {
            // Somebody without regard for the lock wrote too; are our lines there all the same?
            let there = self.disk.read_from(file, before.min(after.length));
            let there = there.map_err(|error| self.unsure(&error))?;
            if !there.windows(bytes.len()).any(|window| window == bytes) {
                return Err(self.overwritten());
            }
        }
        self.sync(locked).map_err(|error| self.unsure(&error))?;
        if after.length == before + bytes.len() as u64 {
            self.note(after, &bytes, lines.len());
        }
        Ok(())
    }

    fn ends_in_the_middle(&self, file: &File, length: u64) -> io::Result<bool> {
        let Some(last) = length.checked_sub(1) else {
            return Ok(false);
        };
        Ok(self.disk.read_from(file, last)? != b"\n")
    }

    fn sync(&self, locked: &Locked) -> io::Result<()> {
        self.disk.sync_data(&locked.file)?;
        if locked.created {
            self.disk.sync_folder(folder_of(&self.path))?;
        }
        for folder in &locked.folders {
            self.disk.sync_folder(folder_of(folder))?;
        }
        Ok(())
    }

    /// Takes note of our own lines, so that they are not read as somebody else's.
    fn note(&mut self, after: Look, bytes: &[u8], lines: usize) {
        let Some(seen) = &mut self.seen else {
            return;
        };
        let unfinished = after.length - bytes.len() as u64 - seen.read;
        seen.lines += lines + usize::from(unfinished > 0);
        seen.look = after;
        seen.read = after.length;
        seen.mark = bytes[bytes.len().saturating_sub(MARK)..].to_vec();
        seen.told = Vec::new();
        seen.ours = true;
    }

    /// Undoes a write that failed, when nobody else wrote behind it.
    fn take_back(&self, file: &File, before: u64, bytes: &[u8], error: io::Error) -> Failure {
        let part = self.disk.read_from(file, before);
        let undone = part.and_then(|part| {
            if bytes.starts_with(&part) {
                self.disk.truncate(file, before)
            } else {
                Err(io::Error::other("others wrote behind it"))
            }
        });
        if undone.is_ok() {
            let failure = trouble(
                "nothing was saved: the journal",
                &self.path,
                "written",
                error,
            );
            return failure;
        }
        self.unsure(&error)
    }

    fn unsure(&self, error: &io::Error) -> Failure {
        let message = format!(
            "the disk did not confirm the save ({}); it may or may not be in {}",
            reason(error),
            shown(&self.path)
        );
        Failure::new(Kind::Journal, message)
            .hint("copy what you typed to a safe place, and see to the disk")
            .hint("`leadby doctor` says what is in the journal")
    }

    fn overwritten(&self) -> Failure {
        let message = format!(
            "the save is not at the end of {}: the file system does not append, or another \
             program wrote over it",
            shown(&self.path)
        );
        Failure::new(Kind::Journal, message)
            .hint("keep the journal on a local disk: --journal PATH or LEADBY_JOURNAL")
            .hint("`leadby doctor` says what is in the journal")
    }

    fn busy(&self) -> Failure {
        let message = format!(
            "nothing was saved: another program holds the journal {}",
            shown(&self.path)
        );
        Failure::new(Kind::Busy, message)
            .hint("end that program, or wait until it is done, then save again")
    }

    fn gone(&self) -> Failure {
        let message = format!(
            "nothing was saved: the journal {} was there before and is gone now",
            shown(&self.path)
        );
        Failure::new(Kind::Journal, message)
            .hint("put it back where it was, then save again")
            .hint("to begin a new one there, start leadby again")
    }

    fn not_a_journal(&self) -> Failure {
        let message = format!(
            "{} is not a leadby journal, so nothing was written to it",
            shown(&self.path)
        );
        Failure::new(Kind::Journal, message)
            .hint("choose another file with --journal PATH or LEADBY_JOURNAL")
    }
}
