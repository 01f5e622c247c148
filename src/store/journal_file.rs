//! Reads the journal file: to its end, and later only what is new.
//!
//! Reading changes nothing. It goes through the calls of a disk, a buffer at a time. Knows lines as
//! bytes and entries, but not what they mean.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::PathBuf;

use memchr::memrchr;

use super::Loaded;
use super::disk::{Disk, DiskFile, FileStat, LARGEST, TooLarge};
use super::io_error::io_failure;
use super::line_filter::LineSkipper;
use super::lines::{self, LineReading, ReadOptions, TailPolicy};
use crate::failure::Failure;

/// Enough bytes of the end of what was read to recognise it; every line ends in its checksum.
const MARK: usize = 64;

/// The file at a path, and how far it has been read.
#[derive(Debug)]
pub(super) struct JournalFile {
    pub(super) path: PathBuf,
    pub(super) disk: Box<dyn Disk>,
    pub(super) read_state: Option<ReadState>,
    /// Folders in which something was created that no save has synced yet.
    pub(super) unconfirmed: Vec<PathBuf>,
}

/// What is known of the file since the last read.
#[derive(Clone, Debug)]
pub(super) struct ReadState {
    pub(super) stat: FileStat,
    /// The number of bytes in the complete lines read.
    bytes_read: u64,
    /// The number of those lines.
    lines: usize,
    /// The last bytes of those lines.
    mark: Vec<u8>,
    /// An unfinished last line that was already reported.
    reported: Vec<u8>,
    /// Whether it is a journal and may be appended to; a photo may not.
    ours: bool,
}

impl JournalFile {
    pub(super) fn new(path: PathBuf, disk: Box<dyn Disk>) -> Self {
        Self {
            path,
            disk,
            read_state: None,
            unconfirmed: Vec::new(),
        }
    }

    /// Whether the file exists and is not a journal.
    pub(super) fn is_foreign(&self) -> bool {
        self.read_state.as_ref().is_some_and(|seen| !seen.ours)
    }

    /// Whether it was there, and nothing is at its path now.
    pub(super) fn is_gone(&self) -> bool {
        self.read_state.is_some() && matches!(self.disk.stat(&self.path), Ok(None))
    }

    /// Reads what is new since the last read, or everything if the file was replaced. Of that, only
    /// what the `skipper` does not skip.
    pub(super) fn read(
        &mut self,
        tail: TailPolicy,
        skipper: Option<&LineSkipper<'_>>,
    ) -> Result<Loaded, Failure> {
        self.read_new(tail, skipper)
            .map_err(|error| io_failure("the journal", &self.path, "read", error))
    }

    fn read_new(
        &mut self,
        tail: TailPolicy,
        skipper: Option<&LineSkipper<'_>>,
    ) -> io::Result<Loaded> {
        // A missing file may be about to be replaced; what was read from it stays known.
        let Some(look) = self.disk.stat(&self.path)? else {
            return Ok(Loaded::default());
        };
        if self
            .read_state
            .as_ref()
            .is_some_and(|seen| seen.stat == look)
        {
            return Ok(Loaded::default());
        }
        match self.disk.open_to_read(&self.path)? {
            Some(file) => self.catch_up(&file, self.disk.stat_open(&file)?, tail, skipper),
            None => Ok(Loaded::default()),
        }
    }

    /// Reads what is new in an open file in this state.
    pub(super) fn catch_up(
        &mut self,
        file: &File,
        look: FileStat,
        tail: TailPolicy,
        skipper: Option<&LineSkipper<'_>>,
    ) -> io::Result<Loaded> {
        let read_to_its_end =
            |seen: &ReadState| seen.stat == look && seen.bytes_read == look.length;
        if self.read_state.as_ref().is_some_and(read_to_its_end) {
            return Ok(Loaded::default());
        }
        let (bytes, start) = match self.continue_after_mark(file, look)? {
            Some(bytes) => (bytes, self.read_state.as_ref()),
            None => (reader(&*self.disk, file, 0)?, None),
        };
        let place = ReadOptions {
            lines: start.map_or(0, |seen| seen.lines),
            reported: start.map_or(&[], |seen| &seen.reported),
            tail,
            skipper,
        };
        let mut reading = LineReading::default();
        let mut ours = start.is_some_and(|seen| seen.ours);
        let mut is_blank = start.is_none();
        let mut mark = start.map_or_else(Vec::new, |seen| seen.mark.clone());
        let mut reported = Vec::new();
        let mut lines = LineReader::new(bytes);
        while let Some(some) = lines.next()? {
            let before = reading.consumed;
            ours |= start.is_none() && before == 0 && lines::first_line_is_journal(some);
            is_blank = is_blank && lines::is_blank(some);
            reading.read_lines(some, place);
            let read = &some[..reading.consumed - before];
            if read.is_empty() {
                if reading.tail_reported {
                    reported = some.to_vec();
                }
                break;
            }
            mark.extend_from_slice(&read[read.len().saturating_sub(MARK)..]);
            mark.drain(..mark.len().saturating_sub(MARK));
        }
        ours |= is_blank || reading.passed > 0 || lines::holds_a_journal(&reading.loaded);
        let mut loaded = reading.loaded;
        loaded.is_complete = start.is_none();
        self.read_state = Some(ReadState {
            stat: look,
            bytes_read: start.map_or(0, |seen| seen.bytes_read) + reading.consumed as u64,
            lines: place.lines + reading.lines,
            mark,
            reported,
            ours,
        });
        Ok(loaded)
    }

    /// The bytes after what was read, if the file is still the one that was read.
    ///
    /// Its inode may be another file's now, or it may have been overwritten in place; so the end of
    /// what was read must still be where it was.
    fn continue_after_mark<'a>(
        &'a self,
        file: &'a File,
        look: FileStat,
    ) -> io::Result<Option<BufReader<DiskFile<'a, dyn Disk>>>> {
        let Some(seen) = &self.read_state else {
            return Ok(None);
        };
        let touched = look.length == seen.stat.length && look.modified != seen.stat.modified;
        if look.identity != seen.stat.identity || look.length < seen.stat.length || touched {
            return Ok(None);
        }
        let start = seen.bytes_read - seen.mark.len() as u64;
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
        let seen = self.read_state.as_ref()?;
        (seen.stat.length == length).then_some(seen.bytes_read < length)
    }

    /// Records our own lines, so that they are not read as someone else's.
    pub(super) fn record_append(&mut self, after: FileStat, bytes: &[u8], lines: usize) {
        let Some(seen) = &mut self.read_state else {
            return;
        };
        let unfinished = after.length - bytes.len() as u64 - seen.bytes_read;
        seen.lines += lines + usize::from(unfinished > 0);
        seen.stat = after;
        seen.bytes_read = after.length;
        seen.mark = bytes[bytes.len().saturating_sub(MARK)..].to_vec();
        seen.reported = Vec::new();
        seen.ours = true;
    }
}

/// The number of bytes read in one call, unless there are fewer.
const BUFFER: usize = 1 << 16;

/// The bytes of a file from `offset` to its end, a buffer at a time. Too many are an error.
pub(super) fn reader<'a>(
    disk: &'a (dyn Disk + 'static),
    mut file: &'a File,
    offset: u64,
) -> io::Result<BufReader<DiskFile<'a, dyn Disk>>> {
    let left = file.seek(SeekFrom::End(0))?.saturating_sub(offset);
    if left > LARGEST {
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, TooLarge));
    }
    file.seek(SeekFrom::Start(offset))?;
    // One more, so that the end shows; a file that grows meanwhile just takes more calls.
    let room = usize::try_from(left + 1).map_or(BUFFER, |room| room.min(BUFFER));
    Ok(BufReader::with_capacity(room, DiskFile(disk, file)))
}

/// Whole lines, as many at a time as are in the buffer, without a copy: a whole file at once would
/// be most of what a start keeps in memory.
pub(super) struct LineReader<R> {
    bytes: BufReader<R>,
    /// How much of the buffer was handed out.
    out: usize,
    /// A line that is longer than the rest of the buffer.
    joined: Vec<u8>,
}

impl<R: Read> LineReader<R> {
    pub(super) fn new(bytes: BufReader<R>) -> Self {
        Self {
            bytes,
            out: 0,
            joined: Vec::new(),
        }
    }

    /// The next lines with their newlines; at the end, a line that has none.
    pub(super) fn next(&mut self) -> io::Result<Option<&[u8]>> {
        self.bytes.consume(std::mem::take(&mut self.out));
        if let Some(end) = memrchr(b'\n', self.bytes.buffer()) {
            self.out = end + 1;
            return Ok(Some(&self.bytes.buffer()[..=end]));
        }
        self.joined.clear();
        self.bytes.read_until(b'\n', &mut self.joined)?;
        Ok((!self.joined.is_empty()).then_some(&self.joined))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        for room in 1..=text.len() + 1 {
            let bytes = BufReader::with_capacity(room, text.as_bytes());
            let mut lines = LineReader::new(bytes);
            let mut read = String::new();
            while let Some(some) = lines.next().expect("it is memory") {
                let some = std::str::from_utf8(some).expect("no line is cut");
                let whole = some.ends_with('\n') || text.ends_with(some);
                assert!(whole && !some.is_empty(), "{room}: {some:?}");
                read.push_str(some);
            }
            assert_eq!(read, text, "{room}");
        }
        let mut lines = LineReader::new(BufReader::with_capacity(8, text.as_bytes()));
        for some in expected {
            let next = lines.next().expect("it is memory");
            assert_eq!(next, Some(some.as_bytes()), "{text:?}");
        }
        assert_eq!(lines.next().expect("it is memory"), None);
    }

    #[test]
    fn lines_come_whole_whatever_the_room_for_them() {
        check("", &[]);
        check("one", &["one"]);
        // The first is joined, as the buffer is still empty; then come all that are in it.
        check("a\nb\nc\ndé\n\nf", &["a\n", "b\nc\n", "dé\n", "\n", "f"]);
        check(
            "longer than the room\nx\n",
            &["longer than the room\n", "x\n"],
        );
    }
}
