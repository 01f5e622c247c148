//! Reads `inbox.txt`, the file beside the journal in which other programs leave notes: a phone's
//! shortcut through a sync tool, a mail rule, a script.
//!
//! # Why the file is only read
//! Programs that append to it take no lock. If leadby removed the lines it has taken in, a line that
//! arrives between the reading and the removing would be lost, and so would one that a sync tool
//! brings for the old file; two machines that both remove lines would make a conflict of every
//! note. So leadby never writes to the file, and no crash, full disk or folder without permission
//! can lose a word of it. The user may remove lines at any time: what is in the journal stays there.
//!
//! # Why nothing is taken in twice
//! The id of a note is made from its line alone: a UUID of version 5 (RFC 9562) of the text, and
//! of how often the same text is in the file up to there. Reading the file again, on this machine
//! or another one, gives the same ids, and an id that the journal has ever had is not written
//! again, even if the note was placed, deleted or forgotten since. Two machines that take in the
//! same line write two versions of one entry with the same content, which the fold makes one. The
//! same words written again on another day are the second of their kind, and so another note.
//! A sync tool that brings back lines brings nothing new. Only this is the price: the same words,
//! appended again after the earlier line was removed by hand, count as the earlier line.
//!
//! # Why no half line is taken in
//! A line is taken in once it ends in a newline. Some shortcuts write the newline before each line
//! and none after the last, so a last line without one counts too, once the file has not changed for
//! [`SETTLED_AFTER`] seconds on the system's own clock.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use uuid::Uuid;

use super::copy_names::{NameMatch, candidates};
use super::disk::{Disk, FileStat, folder_of, is_no_file};
use super::io_error::io_failure;
use super::{Appended, Loaded, Store, versions};
use crate::calendar::Now;
use crate::failure::{Failure, FailureKind};
use crate::journal::rules::new_note;
use crate::journal::{Body, Change, Entry, Id, Item, Journal};
use crate::practice::Catalog;
use crate::text::display_path;

/// The name of the file, beside the journal.
pub const INBOX_FILE: &str = "inbox.txt";

/// After how many seconds without a change a last line without a newline counts.
pub const SETTLED_AFTER: i64 = 120;

/// A larger file is not a list of notes: this is a lifetime of them.
const LARGEST_INBOX: u64 = 8 << 20;

/// The namespace of the ids (RFC 9562, section 6.6); it never changes.
const NAMESPACE: Uuid = Uuid::from_u128(0x5d0c_a6f1_7a43_4c0e_9a5e_2f61_0b7c_31d8);

/// What the inbox files contain.
#[derive(Debug, Default)]
pub struct InboxLines {
    lines: Vec<InboxLine>,
    ids: HashSet<Id>,
    /// The files that were read.
    pub files: Vec<PathBuf>,
    /// Why a file, or a line of it, was left alone.
    pub left_alone: Vec<Failure>,
}

#[derive(Clone, Debug, Eq, PartialEq)]
struct InboxLine {
    id: Id,
    text: String,
}

/// The files as they were when they were last read.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct InboxState {
    files: Vec<(PathBuf, Option<FileStat>)>,
    /// Whether a last line waits for its newline.
    tail_waits: bool,
}

impl Store {
    /// Whether the inbox files may have something new at `seconds` of Unix time on the system clock.
    pub fn inbox_has_changed(&self, seconds: i64) -> bool {
        let Some(state) = &self.inbox else {
            return true;
        };
        let disk = &*self.file.disk;
        let differs = |(path, before): &(PathBuf, Option<FileStat>)| {
            let now = disk.stat(path).ok().flatten();
            let settled = now.is_some_and(|now| is_settled(now, seconds));
            now != *before || (state.tail_waits && settled)
        };
        state.files.iter().any(differs)
    }

    /// Reads the inbox files at `seconds` of Unix time on the system clock. Changes nothing.
    pub fn read_inbox(&mut self, seconds: i64) -> InboxLines {
        let disk = &*self.file.disk;
        let mut read = InboxLines::default();
        let mut state = InboxState::default();
        for path in inbox_paths(disk, &self.file.path) {
            match read_file(disk, &path) {
                Ok(None) => state.files.push((path, None)),
                Ok(Some((bytes, stat))) => {
                    let ends = bytes.ends_with(b"\n") || is_settled(stat, seconds);
                    state.tail_waits |= !ends && !bytes.is_empty();
                    state.files.push((path.clone(), Some(stat)));
                    read.add(&path, &bytes, ends);
                    read.files.push(path);
                }
                Err(failure) => {
                    let stat = disk.stat(&path).ok().flatten();
                    state.files.push((path, stat));
                    read.left_alone.push(failure);
                }
            }
        }
        self.inbox = Some(state);
        read
    }

    /// Writes new notes of the inbox files to the journal, as [`InboxLines::new_notes`] gives them,
    /// and returns once they are on the disk. If another program took one of them in meanwhile,
    /// nothing is [saved](Appended::saved), and the others come back.
    pub fn take_in(&mut self, notes: &[Change], now: Now) -> Result<Appended, Failure> {
        if notes.is_empty() {
            return Ok(Appended::default());
        }
        let places = (0..).zip(notes);
        let notes: Vec<(Change, Now)> = places
            .map(|(place, note)| (note.clone(), now.nth(place)))
            .collect();
        self.append_first_versions(&notes, now)
    }

    /// Writes the first versions of entries, each under its own time, and returns once they are on
    /// the disk. If another program wrote one of these entries meanwhile, nothing is
    /// [saved](Appended::saved), and what it wrote comes back.
    pub fn append_first_versions(
        &mut self,
        changes: &[(Change, Now)],
        now: Now,
    ) -> Result<Appended, Failure> {
        let ids: HashSet<&Id> = changes
            .iter()
            .filter_map(|(it, _)| it.id.as_ref())
            .collect();
        let has_none =
            |others: &Loaded| !others.entries.iter().any(|entry| ids.contains(&entry.id));
        self.append_composed(now, has_none, |_| first_versions(changes))
    }

    /// The versions that [`Store::take_in`] would write, for those who only read.
    pub fn preview_notes(notes: &[Change], now: Now) -> Result<Vec<Entry>, Failure> {
        let places = (0..).zip(notes);
        let notes = places.map(|(place, note)| (note.clone(), now.nth(place)));
        Ok(first_versions(&notes.collect::<Vec<_>>())?.1)
    }
}

/// The lines of new entries, and the versions on them. The journal knows no version of any of them,
/// so each depends only on itself.
fn first_versions(changes: &[(Change, Now)]) -> Result<(Vec<String>, Vec<Entry>), Failure> {
    let known = Journal::default();
    let (mut lines, mut saved) = (Vec::new(), Vec::new());
    for (change, now) in changes {
        let (line, entry) = versions(std::slice::from_ref(change), &known, &[], *now)?;
        lines.extend(line);
        saved.extend(entry);
    }
    Ok((lines, saved))
}

impl InboxLines {
    /// How many lines are notes, new or not.
    pub fn line_count(&self) -> usize {
        self.lines.len()
    }

    /// The notes that the journal has never had.
    pub fn new_notes(&self, known: &Journal, catalog: &Catalog) -> Vec<Change> {
        let is_new = |line: &&InboxLine| known.revision(&line.id) == 0;
        self.lines
            .iter()
            .filter(is_new)
            .filter_map(|line| {
                let new = new_note(&line.text, catalog).ok()?;
                let item = Item::with_values(new.register, new.values);
                Some(Change::of(line.id.clone(), Body::Item(item)))
            })
            .collect()
    }

    /// Adds the lines of one file; the last one only if it `ends`.
    fn add(&mut self, path: &Path, bytes: &[u8], ends: bool) {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let mut counts: HashMap<String, usize> = HashMap::new();
        let mut not_text = Vec::new();
        let lines = bytes.split_inclusive(|byte| *byte == b'\n');
        for (number, line) in (1..).zip(lines) {
            if !line.ends_with(b"\n") && !ends {
                break;
            }
            let text = match std::str::from_utf8(line) {
                Err(_) => Err("it is not UTF-8 text"),
                Ok(text) if text.contains('\0') => Err("it has zero bytes, as UTF-16 does"),
                Ok(text) => Ok(text),
            };
            let text = match text {
                Ok(text) => text,
                Err(reason) => {
                    not_text.push((number, reason));
                    continue;
                }
            };
            let text = text.trim();
            if text.is_empty() {
                continue;
            }
            let count = counts.entry(text.to_owned()).or_default();
            *count += 1;
            let id = note_id(text, *count);
            // A copy that a sync tool made has most lines of the original.
            if self.ids.insert(id.clone()) {
                self.lines.push(InboxLine {
                    id,
                    text: text.to_owned(),
                });
            }
        }
        if let Some((first, reason)) = not_text.first() {
            let what = match not_text.len() {
                1 => format!("line {first} of "),
                lines => format!("line {first} and {} more of ", lines - 1),
            };
            let hint = "write it once more, as UTF-8 text";
            self.left_alone.push(left_alone(&what, path, reason, hint));
        }
    }
}

/// The id of the `count`th line with this text.
fn note_id(text: &str, count: usize) -> Id {
    let name = format!("{count}\n{text}");
    let uuid = Uuid::new_v5(&NAMESPACE, name.as_bytes());
    Id::new(uuid.hyphenated().to_string())
}

/// The inbox files of a journal: beside the name it was opened by and, through a link, beside the
/// journal itself; and the copies that a sync tool made of them when two devices wrote at once.
pub(super) fn inbox_paths(disk: &dyn Disk, journal: &Path) -> Vec<PathBuf> {
    let real = disk.real_path(journal).ok();
    let mut paths = Vec::new();
    for journal in std::iter::once(journal).chain(real.as_deref()) {
        let path = folder_of(journal).join(INBOX_FILE);
        if path != *journal && !paths.contains(&path) {
            paths.push(path);
        }
    }
    let copies: Vec<PathBuf> = paths
        .iter()
        .flat_map(|path| candidates(disk, path))
        .filter(|(_, named)| *named == NameMatch::Conflict)
        .map(|(path, _)| path)
        .collect();
    paths.extend(copies);
    paths
}

/// The bytes of a file and its state after they were read; `None` if it does not exist.
fn read_file(disk: &dyn Disk, path: &Path) -> Result<Option<(Vec<u8>, FileStat)>, Failure> {
    let not_read = |error| io_failure("the inbox file", path, "read", error);
    let look = match disk.stat(path) {
        Ok(Some(look)) => look,
        Ok(None) => return Ok(None),
        Err(error) if is_no_file(&error) => {
            let hint = "move it away; inbox.txt is a file with one note per line";
            return Err(left_alone("", path, &error.to_string(), hint));
        }
        Err(error) => return Err(not_read(error)),
    };
    if look.length > LARGEST_INBOX {
        let limit = LARGEST_INBOX >> 20;
        let reason = format!("it is larger than {limit} MB");
        let hint = "remove old lines; what was taken in stays in the journal";
        return Err(left_alone("", path, &reason, hint));
    }
    let Some(file) = disk.open_to_read(path).map_err(not_read)? else {
        return Ok(None);
    };
    let bytes = disk.read_from(&file, 0).map_err(not_read)?;
    let after = disk.stat_open(&file).map_err(not_read)?;
    // What was appended since the read is found the next time.
    let length = bytes.len() as u64;
    Ok(Some((bytes, FileStat { length, ..after })))
}

/// Whether a file has not changed for a while; never if its time is in the future.
fn is_settled(stat: FileStat, seconds: i64) -> bool {
    seconds.saturating_sub(stat.modified.0) >= SETTLED_AFTER
}

/// A file, or the lines of it that `what` names, that no note was taken from.
fn left_alone(what: &str, path: &Path, reason: &str, hint: &str) -> Failure {
    let (path, lead) = (display_path(path), format!("{what}inbox.txt left alone"));
    let message = format!("{what}{path} was left alone: {reason}");
    Failure::new(FailureKind::Journal, message)
        .hint(hint)
        .in_a_row(&lead, reason, None, &path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, ends: bool, expected: &[&str]) {
        let mut read = InboxLines::default();
        read.add(Path::new("inbox.txt"), text.as_bytes(), ends);
        let texts: Vec<&str> = read.lines.iter().map(|line| line.text.as_str()).collect();
        assert_eq!(texts, expected, "{text:?}");
    }

    #[test]
    fn whole_lines_with_words_are_notes() {
        check("", true, &[]);
        check("one\ntwo", false, &["one"]);
        check("one\ntwo", true, &["one", "two"]);
        check("\u{feff}one\r\n\r\n \t\n  two  \n", false, &["one", "two"]);
        check("\none\n\ntwo", true, &["one", "two"]);
    }

    #[test]
    fn the_same_words_twice_are_two_notes_and_their_ids_never_change() {
        let mut read = InboxLines::default();
        let path = Path::new("inbox.txt");
        read.add(path, b"call Ana\nx\ncall Ana\n", true);
        assert_eq!(read.lines.len(), 3);
        let id = read.lines[0].id.to_string();
        assert_eq!(
            id, "db474e5a-408b-5eaa-9dda-2792560054aa",
            "the id of a line is a promise"
        );
        // A copy of the file brings nothing new.
        read.add(path, b"call Ana\ny\n", true);
        assert_eq!(read.lines.len(), 4);
    }

    #[test]
    fn a_line_that_is_not_text_is_named_and_no_note() {
        let mut read = InboxLines::default();
        let path = Path::new("inbox.txt");
        read.add(path, b"caf\xe9\na\0b\nend\n", true);
        read.add(path, b"one\ncaf\xe9\n", true);
        let texts: Vec<&str> = read.lines.iter().map(|line| line.text.as_str()).collect();
        assert_eq!(texts, ["end", "one"]);
        let messages: Vec<&str> = read.left_alone.iter().map(Failure::message).collect();
        assert_eq!(
            messages,
            [
                "line 1 and 1 more of inbox.txt was left alone: it is not UTF-8 text",
                "line 2 of inbox.txt was left alone: it is not UTF-8 text",
            ]
        );
    }
}
