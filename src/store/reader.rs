//! Reads a file through the calls of a disk: a buffer at a time, or whole lines.
//!
//! Knows nothing of what is on a line.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};

use memchr::memrchr;

use super::disk::{Disk, DiskFile, LARGEST, TooLarge};

/// The number of bytes read in one call, unless there are fewer.
const BUFFER: usize = 1 << 16;

/// The bytes of a file from `offset` to its end, a buffer at a time.
///
/// # Errors
/// As the system says, and when there are too many.
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
    ///
    /// # Errors
    /// As the system says.
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
