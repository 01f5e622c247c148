//! Other files beside the journal with its lines: what sync tools leave when two machines wrote at
//! once, and copies that someone made.
//!
//! A copy is only called superfluous after it was read to its end and every line of it is here.
//! Knows names and lines, and nothing of what entries mean.

use std::cell::LazyCell;
use std::io;
use std::path::{Path, PathBuf};

use super::copy_names::{NameMatch, candidates};
use super::disk::{Disk, RealDisk, is_no_file};
use super::io_error::describe_error;
use super::lines;
use super::merge::missing_lines;
use super::read_all;

/// How much of a file is checked before it counts as a journal and is read as a whole.
const BEGINNING: usize = 1 << 16;

/// A file beside the journal that is a copy of it, or looks like one.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct JournalCopy {
    pub path: PathBuf,
    /// Whether its name says that a sync tool made it; if not, only its lines show that it is a
    /// copy.
    pub is_conflict: bool,
    pub content: CopyContent,
}

/// What a copy contains, compared with the journal.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum CopyContent {
    /// It was read to its end, and every line of it is in the journal.
    NothingMissing,
    /// It has lines that the journal lacks.
    Missing {
        /// Whether it has lines of the journal as well; a different journal has none.
        shares: bool,
    },
    /// It could not be read, or not all of it, for this reason; it may have text that is nowhere
    /// else.
    Unread(String),
}

/// The copies of the journal beside it, and beside its target if it is a link.
pub fn copies(journal: &Path) -> Vec<JournalCopy> {
    let read = || read_all(&RealDisk, journal).ok().flatten();
    let ours = LazyCell::new(|| read().unwrap_or_default());
    let found = candidates(&RealDisk, journal).into_iter();
    let copies = found.filter_map(|(path, named)| {
        Some(JournalCopy {
            content: compare_with(&path, named, &ours)?,
            is_conflict: named == NameMatch::Conflict,
            path,
        })
    });
    copies.collect()
}

/// Copies of the journal with lines that it lacks: made by a sync tool, or with some of its own
/// lines as well. A merged copy is no longer one of them.
pub fn conflict_copies(journal: &Path) -> Vec<PathBuf> {
    let is_of_it = |copy: &JournalCopy| match copy.content {
        CopyContent::Missing { shares } => shares || copy.is_conflict,
        _ => false,
    };
    copies(journal)
        .into_iter()
        .filter(is_of_it)
        .map(|copy| copy.path)
        .collect()
}

/// What a copy contains; `None` for another file that only has a similar name.
fn compare_with(path: &Path, named: NameMatch, ours: &[u8]) -> Option<CopyContent> {
    let is_conflict = named == NameMatch::Conflict;
    let read = || -> io::Result<Option<Vec<u8>>> {
        let Some(file) = RealDisk.open_to_read(path)? else {
            return Ok(None);
        };
        let mut beginning = vec![0; BEGINNING];
        let length = RealDisk.read(&file, &mut beginning)?;
        if !is_a_journal(&beginning[..length]) {
            beginning.truncate(length);
            return Ok(Some(beginning));
        }
        RealDisk.read_from(&file, 0).map(Some)
    };
    let bytes = match read() {
        Ok(Some(bytes)) => bytes,
        Ok(None) => return None,
        Err(error) if is_no_file(&error) && !is_conflict => return None,
        Err(error) => return Some(CopyContent::Unread(describe_error(&error))),
    };
    if !is_a_journal(&bytes) {
        let unread = || CopyContent::Unread(lines::describe_foreign(&bytes).to_owned());
        return is_conflict.then(unread);
    }
    let (missing, merged) = missing_lines(&bytes, ours);
    Some(match merged.unreadable.first() {
        _ if !missing.is_empty() => CopyContent::Missing {
            shares: merged.already_there > 0,
        },
        Some(left) => CopyContent::Unread(format!("line {} of it is damaged", left.line)),
        None => CopyContent::NothingMissing,
    })
}

fn is_a_journal(bytes: &[u8]) -> bool {
    !lines::is_blank(bytes) && lines::is_a_journal(bytes)
}
