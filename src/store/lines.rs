//! Splits the bytes of a journal into lines; damage to one line hides no other.
//!
//! Knows what is on a line from `store::decode`, and nothing of files.

use memchr::memchr_iter;

use super::decode::{DecodedLine, decode};
use super::encode::OPENING;
use super::line_filter::LineSkipper;
use super::members::{CUT_OFF, ONLY_ZEROS};
use super::{Damage, Finding, Loaded};

const BOM: &[u8] = b"\xef\xbb\xbf";

/// Where in the file some bytes are, how to treat their end, and which lines are needed.
#[derive(Clone, Copy)]
pub(super) struct ReadOptions<'a> {
    /// The number of complete lines before them.
    pub(super) lines: usize,
    /// An unfinished last line that was already reported.
    pub(super) reported: &'a [u8],
    /// Whether an unfinished last line is damage, or may still be being written.
    pub(super) tail: TailPolicy,
    /// Skips lines that are not needed; `None` reads all of them.
    pub(super) skipper: Option<&'a LineSkipper<'a>>,
}

impl ReadOptions<'_> {
    /// All of a file that no program is writing.
    pub(super) const WHOLE: Self = Self {
        lines: 0,
        reported: &[],
        tail: TailPolicy::Truncated,
        skipper: None,
    };
}

/// How to treat a last line without a newline, when its checksum does not prove it complete.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum TailPolicy {
    /// A program may be writing it: wait for its end.
    MayGrow,
    /// No program is, as far as we can know: it is damage.
    Truncated,
}

/// The result of reading lines, one after another.
#[derive(Debug, Default)]
pub(super) struct LineReading {
    pub(super) loaded: Loaded,
    /// The number of complete lines among them.
    pub(super) lines: usize,
    /// The number of lines skipped, as they are not needed.
    pub(super) passed: usize,
    /// The number of bytes in those lines; what follows is the unfinished last line.
    pub(super) consumed: usize,
    /// Whether the unfinished last line was reported, as an entry or a finding.
    pub(super) tail_reported: bool,
    /// Whether nothing can be read, because the file is in UTF-16.
    is_strange: bool,
}

impl LineReading {
    /// Reads the next lines.
    pub(super) fn read_lines(&mut self, bytes: &[u8], place: ReadOptions<'_>) {
        with_ends(bytes).for_each(|piece| self.read_line(piece, place));
    }

    /// Reads the next line with its newline; one without is the last, and `place.tail` says how to
    /// treat it.
    fn read_line(&mut self, piece: &[u8], place: ReadOptions<'_>) {
        let is_first = place.lines == 0 && self.consumed == 0;
        if is_first && (piece.starts_with(b"\xff\xfe") || piece.starts_with(b"\xfe\xff")) {
            let what = "the file is UTF-16 text, but a journal is UTF-8".to_owned();
            self.loaded.findings.push(Finding {
                line: 1,
                damage: Damage::Unreadable(what),
            });
            self.lines = 1;
            self.is_strange = true;
        }
        if self.is_strange {
            self.consumed += piece.len();
            return;
        }
        let line = trim_line(piece);
        let is_whole = piece.ends_with(b"\n");
        if is_whole && place.skipper.is_some_and(|skipper| skipper.can_skip(line)) {
            self.lines += 1;
            self.consumed += piece.len();
            self.passed += 1;
            return;
        }
        let number = place.lines + self.lines + 1;
        let already =
            self.lines == 0 && !place.reported.is_empty() && line == trim_line(place.reported);
        if is_whole {
            self.lines += 1;
            self.consumed += piece.len();
            if !already {
                decode_line(line, number, &mut self.loaded);
            }
        } else if already {
            self.tail_reported = true;
        } else {
            let mut last = Loaded::default();
            decode_line(line, number, &mut last);
            self.tail_reported = place.tail == TailPolicy::Truncated || last.findings.is_empty();
            if self.tail_reported {
                self.loaded.entries.append(&mut last.entries);
                let torn = last.findings.into_iter().map(torn);
                self.loaded.findings.extend(torn);
            }
        }
    }
}

/// Reads whole lines, and an unfinished last one as `place.tail` says.
pub(super) fn read(bytes: &[u8], place: ReadOptions<'_>) -> LineReading {
    let mut reading = LineReading::default();
    reading.read_lines(bytes, place);
    reading
}

/// The lines of some bytes, each with its newline; the last one may have none.
fn with_ends(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut start = 0;
    memchr_iter(b'\n', bytes)
        .map(|at| at + 1)
        .chain((!bytes.ends_with(b"\n")).then_some(bytes.len()))
        .filter_map(move |end| {
            let line = &bytes[std::mem::replace(&mut start, end)..end];
            (!line.is_empty()).then_some(line)
        })
}

/// The content of one line, wherever it is.
pub(super) fn read_one(line: &[u8], number: usize) -> Loaded {
    let mut loaded = Loaded::default();
    decode_line(trim_line(line), number, &mut loaded);
    loaded
}

/// The number of lines of a file, including an unfinished last one.
pub(super) fn count(bytes: &[u8]) -> usize {
    with_ends(bytes).count()
}

/// Whether the first bytes of a file are those of a journal, or of one that was cut off at once.
pub(super) fn begins_like_a_journal(bytes: &[u8]) -> bool {
    let begins = with_ends(bytes).next().is_none_or(first_line_is_journal);
    begins || is_blank(bytes)
}

/// Whether bytes are those of a journal, or of one that was emptied or cut off; damage at its
/// beginning changes nothing.
pub(super) fn is_a_journal(bytes: &[u8]) -> bool {
    begins_like_a_journal(bytes) || holds_a_journal(&read(bytes, ReadOptions::WHOLE).loaded)
}

/// Whether the first line of a file is that of a journal, or of one that was cut off at once.
pub(super) fn first_line_is_journal(line: &[u8]) -> bool {
    let line = line.strip_prefix(BOM).unwrap_or(line);
    line.starts_with(OPENING.as_bytes()) || OPENING.as_bytes().starts_with(line)
}

/// Whether there is only white space and zero bytes.
pub(super) fn is_blank(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(BOM).unwrap_or(bytes);
    bytes
        .iter()
        .all(|byte| *byte == 0 || byte.is_ascii_whitespace())
}

/// The message about bytes that could be anything.
pub(super) const OTHER: &str = "it is not a journal";

/// Says what bytes are that are not a journal.
pub(super) fn describe_foreign(bytes: &[u8]) -> &'static str {
    match bytes {
        [] => "it is empty",
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => "it is UTF-16 text, but a journal is UTF-8",
        // gzip, ZIP, xz, Zstandard, bzip2.
        [0x1f, 0x8b, ..]
        | [b'P', b'K', 3, 4, ..]
        | [0xfd, b'7', b'z', b'X', b'Z', ..]
        | [0x28, 0xb5, 0x2f, 0xfd, ..]
        | [b'B', b'Z', b'h', ..] => "it is compressed; unpack it first",
        _ if is_blank(bytes) => "only blanks or zero bytes, as after a crash",
        _ => OTHER,
    }
}

/// Whether a text begins as an export does, whatever follows.
pub(super) fn is_an_export(text: &str) -> bool {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let inside = text.strip_prefix('{');
    inside.is_some_and(|inside| inside.trim_start().starts_with("\"leadby\""))
}

/// Whether any line read was written by leadby, in whatever version.
pub(super) fn holds_a_journal(loaded: &Loaded) -> bool {
    let ours = |finding: &Finding| !matches!(finding.damage, Damage::Unreadable(_));
    !loaded.entries.is_empty() || loaded.findings.iter().any(ours)
}

/// A line without its newline, and without the byte order mark some editors add to the first.
#[inline]
pub(super) fn trim_line(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    line.strip_prefix(BOM).unwrap_or(line)
}

fn decode_line(line: &[u8], number: usize, loaded: &mut Loaded) {
    if line.trim_ascii().is_empty() {
        return;
    }
    let what = match decode(line) {
        Ok(DecodedLine { entry, damage }) => {
            loaded.entries.push(entry);
            match damage {
                None => return,
                Some(damage) => damage,
            }
        }
        Err(damage) => {
            if matches!(damage, Damage::Unreadable(_)) && rescue(line, loaded) {
                return;
            }
            damage
        }
    };
    loaded.findings.push(Finding {
        line: number,
        damage: what,
    });
}

/// Reads lines that lost the newline between them, or that follow a torn one, as some tools join
/// files. Only those with a matching checksum count. Returns whether nothing else was there.
fn rescue(line: &[u8], loaded: &mut Loaded) -> bool {
    let mut whole = true;
    for piece in split_at_openings(line) {
        match decode(trim_line(piece)) {
            Ok(read) if read.is_sound() => loaded.entries.push(read.entry),
            _ => whole = false,
        }
    }
    whole
}

/// The lines on one line: itself, or the parts if several ran together or follow a torn one. Also
/// what cannot be read of it.
pub(super) fn separate_lines(line: &[u8], number: usize) -> (Vec<String>, Vec<Finding>) {
    let read = read_one(line, number);
    let unreadable = |finding: &Finding| matches!(finding.damage, Damage::Unreadable(_));
    let ran_together = read.entries.len() > 1 || read.findings.iter().any(unreadable);
    let text = |line: &[u8]| std::str::from_utf8(line).ok().map(str::to_owned);
    let texts = if ran_together {
        let is_sound = |piece: &&[u8]| decode(piece).is_ok_and(|read| read.is_sound());
        split_at_openings(line)
            .map(trim_line)
            .filter(is_sound)
            .filter_map(text)
            .collect()
    } else {
        let text = text(trim_line(line)).filter(|line| !line.trim().is_empty());
        text.into_iter().collect()
    };
    (
        texts,
        read.findings.into_iter().filter(unreadable).collect(),
    )
}

/// Whether several lines ran together on one.
pub(super) fn has_several(line: &[u8]) -> bool {
    split_at_openings(line).nth(1).is_some()
}

/// Splits a line before everything that looks like the beginning of one, and at the byte order
/// mark before that.
pub(super) fn split_at_openings(line: &[u8]) -> impl Iterator<Item = &[u8]> {
    let opening = OPENING.as_bytes();
    let mut rest = line;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let next = rest[1..]
            .windows(opening.len())
            .position(|window| window == opening)
            .map_or(rest.len(), |at| at + 1);
        let (piece, after) = rest.split_at(next);
        rest = after;
        let is_last = after.is_empty();
        Some(
            piece
                .strip_suffix(BOM)
                .filter(|_| !is_last)
                .unwrap_or(piece),
        )
    })
}

/// The first thing wrong with a torn last line is that it was cut off, unless it has no text.
fn torn(finding: Finding) -> Finding {
    match finding.damage {
        Damage::Unreadable(what) if what != ONLY_ZEROS => Finding {
            line: finding.line,
            damage: Damage::Unreadable(CUT_OFF.to_owned()),
        },
        _ => finding,
    }
}
