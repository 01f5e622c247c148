//! Reads the journal file: to its end, and later only what is new.
//!
//! Reading changes nothing. Knows lines as bytes and entries, but not what they mean.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};

use super::Loaded;
use super::disk::{Calls, Disk};
use super::lines::{self, Place, Reading, Tail, Wanted};
use super::look::Look;
use super::reader::{Lines, reader};
use super::trouble::trouble;
use crate::failure::Failure;

/// Enough bytes of the end of what was read to recognise it; every line ends in its checksum.
const MARK: usize = 64;

/// The file at a path, and how far it has been read.
#[derive(Debug)]
pub(super) struct JournalFile {
    pub(super) path: PathBuf,
    pub(super) disk: Box<dyn Disk>,
    pub(super) seen: Option<Seen>,
    /// Folders in which something was created that no save has synced yet.
    pub(super) unconfirmed: Vec<PathBuf>,
}

/// What is known of the file since the last read.
#[derive(Clone, Debug)]
pub(super) struct Seen {
    pub(super) look: Look,
    /// The number of bytes in the complete lines read.
    read: u64,
    /// The number of those lines.
    lines: usize,
    /// The last bytes of those lines.
    mark: Vec<u8>,
    /// An unfinished last line that was already reported.
    told: Vec<u8>,
    /// Whether it is a journal and may be appended to; a photo may not.
    ours: bool,
}

impl JournalFile {
    pub(super) fn new(path: PathBuf, disk: Box<dyn Disk>) -> Self {
        Self {
            path,
            disk,
            seen: None,
            unconfirmed: Vec::new(),
        }
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Whether the file exists and is not a journal.
    pub(super) fn is_foreign(&self) -> bool {
        self.seen.as_ref().is_some_and(|seen| !seen.ours)
    }

    /// Whether it changed since it was read. A missing one may be about to be replaced.
    pub(super) fn is_behind(&self) -> Result<bool, Failure> {
        let look = self
            .disk
            .look_at(&self.path)
            .map_err(|error| trouble("the journal", &self.path, "read", error))?;
        Ok(look.is_some() && look != self.seen.as_ref().map(|seen| seen.look))
    }

    /// Reads what is new since the last read, or everything if the file was replaced. Of that, only
    /// the `wanted` versions, unless that is `None`.
    pub(super) fn read(
        &mut self,
        tail: Tail,
        wanted: Option<Wanted<'_>>,
    ) -> Result<Loaded, Failure> {
        self.read_new(tail, wanted)
            .map_err(|error| trouble("the journal", &self.path, "read", error))
    }

    fn read_new(&mut self, tail: Tail, wanted: Option<Wanted<'_>>) -> io::Result<Loaded> {
        // A missing file may be about to be replaced; what was read from it stays known.
        let Some(look) = self.disk.look_at(&self.path)? else {
            return Ok(Loaded::default());
        };
        if self.seen.as_ref().is_some_and(|seen| seen.look == look) {
            return Ok(Loaded::default());
        }
        match self.disk.open_to_read(&self.path)? {
            Some(file) => self.catch_up(&file, self.disk.look(&file)?, tail, wanted),
            None => Ok(Loaded::default()),
        }
    }

    /// Reads what is new in an open file in this state.
    pub(super) fn catch_up(
        &mut self,
        file: &File,
        look: Look,
        tail: Tail,
        wanted: Option<Wanted<'_>>,
    ) -> io::Result<Loaded> {
        let read_to_its_end = |seen: &Seen| seen.look == look && seen.read == look.length;
        if self.seen.as_ref().is_some_and(read_to_its_end) {
            return Ok(Loaded::default());
        }
        let (bytes, start) = match self.continued(file, look)? {
            Some(bytes) => (bytes, self.seen.as_ref()),
            None => (reader(&*self.disk, file, 0)?, None),
        };
        let place = Place {
            lines: start.map_or(0, |seen| seen.lines),
            told: start.map_or(&[], |seen| &seen.told),
            tail,
            wanted,
        };
        let mut reading = Reading::default();
        let mut ours = start.is_some_and(|seen| seen.ours);
        let mut is_blank = start.is_none();
        let mut mark = start.map_or_else(Vec::new, |seen| seen.mark.clone());
        let mut told = Vec::new();
        let mut lines = Lines::new(bytes);
        while let Some(some) = lines.next()? {
            let before = reading.consumed;
            ours |= start.is_none() && before == 0 && lines::opens_a_journal(some);
            is_blank = is_blank && lines::is_blank(some);
            reading.take_all(some, place);
            let read = &some[..reading.consumed - before];
            if read.is_empty() {
                if reading.told {
                    told = some.to_vec();
                }
                break;
            }
            mark.extend_from_slice(&read[read.len().saturating_sub(MARK)..]);
            mark.drain(..mark.len().saturating_sub(MARK));
        }
        ours |= is_blank || reading.passed > 0 || lines::holds_a_journal(&reading.loaded);
        let mut loaded = reading.loaded;
        loaded.whole = start.is_none();
        self.seen = Some(Seen {
            look,
            read: start.map_or(0, |seen| seen.read) + reading.consumed as u64,
            lines: place.lines + reading.lines,
            mark,
            told,
            ours,
        });
        Ok(loaded)
    }

    /// The bytes after what was read, if the file is still the one that was read.
    ///
    /// Its inode may be another file's now, or it may have been overwritten in place; so the end of
    /// what was read must still be where it was.
    fn continued<'a>(
        &'a self,
        file: &'a File,
        look: Look,
    ) -> io::Result<Option<BufReader<Calls<'a, dyn Disk>>>> {
        let Some(seen) = &self.seen else {
            return Ok(None);
        };
        let touched = look.length == seen.look.length && look.modified != seen.look.modified;
        if look.identity != seen.look.identity || look.length < seen.look.length || touched {
            return Ok(None);
        }
        let start = seen.read - seen.mark.len() as u64;
        let mut bytes = reader(&*self.disk, file, start)?;
        let mut mark = Vec::new();
        bytes
            .by_ref()
            .take(seen.mark.len() as u64)
            .read_to_end(&mut mark)?;
        Ok((mark == seen.mark).then_some(bytes))
    }

    /// Whether a file of this length has an unfinished last line, if it was read to that end.
    pub(super) fn unfinished_at(&self, length: u64) -> Option<bool> {
        let seen = self.seen.as_ref()?;
        (seen.look.length == length).then_some(seen.read < length)
    }

    /// Records our own lines, so that they are not read as someone else's.
    pub(super) fn note(&mut self, after: Look, bytes: &[u8], lines: usize) {
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
}
