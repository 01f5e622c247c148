//! Other files beside the journal that hold its lines: what synchronising programs leave when two
//! machines wrote at once, and copies that someone made.
//!
//! A copy is called superfluous only when it was read to its end and every line of it is here. Knows
//! names and lines; nothing of what entries mean.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};

use super::disk::{Disk, RealDisk, folder_of};
use super::lines::{self, Place};
use super::look::is_no_file;
use super::merge::missing_lines;
use super::read_all;
use super::trouble::reason;

/// As much of a file as is looked at before it is believed to be a journal and read as a whole.
const BEGINNING: usize = 1 << 16;

/// A file beside the journal that is a copy of it, or looks like one.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Copy {
    /// The file.
    pub path: PathBuf,
    /// Whether its name says that a synchronising program made it; otherwise its lines alone do.
    pub is_conflict: bool,
    /// What is in it.
    pub content: CopyContent,
}

/// What a copy holds, against the journal.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum CopyContent {
    /// It was read to its end, and every line of it is in the journal.
    Known,
    /// Lines that the journal lacks.
    Missing {
        /// How many.
        lines: usize,
        /// Whether it has lines of the journal as well; another journal may have none.
        shares: bool,
    },
    /// It could not be read, or not all of it, for this reason; it may hold text that is nowhere else.
    Unread(String),
}

/// What a name says of a file beside the journal.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Named {
    /// A synchronising program made it.
    Conflict,
    /// It may be a copy, or anything.
    Alike,
}

/// The copies of the journal beside it, and where it is if it is a link.
#[must_use]
pub fn copies(journal: &Path) -> Vec<Copy> {
    copies_on(&RealDisk, journal)
}

fn copies_on(disk: &dyn Disk, journal: &Path) -> Vec<Copy> {
    let ours = || read_all(disk, journal).ok().flatten().unwrap_or_default();
    let mut bytes = None;
    let found = candidates(disk, journal).into_iter();
    let copies = found.filter_map(|(path, named)| {
        let ours = bytes.get_or_insert_with(ours);
        Some(Copy {
            content: content(disk, &path, named, ours)?,
            is_conflict: named == Named::Conflict,
            path,
        })
    });
    copies.collect()
}

/// Copies of the journal with lines that it lacks: from a synchronising program, or with some of its
/// own lines beside them. Once merged, a copy is no longer named.
#[must_use]
pub fn conflict_copies(journal: &Path) -> Vec<PathBuf> {
    let is_of_it = |copy: &Copy| match copy.content {
        CopyContent::Missing { shares, .. } => shares || copy.is_conflict,
        _ => false,
    };
    let copies = copies(journal).into_iter().filter(is_of_it);
    copies.map(|copy| copy.path).collect()
}

/// The files whose names make them copies, or possible ones; never the journal itself.
pub(super) fn candidate_paths(disk: &dyn Disk, journal: &Path) -> Vec<PathBuf> {
    let found = candidates(disk, journal).into_iter();
    found.map(|(path, _)| path).collect()
}

fn candidates(disk: &dyn Disk, journal: &Path) -> Vec<(PathBuf, Named)> {
    let mut found = named_like(disk, journal);
    // They are where the file is that is synchronised, and that may be behind a link.
    if let Ok(real) = disk.real_path(journal) {
        found.extend(named_like(disk, &real));
    }
    let identity = |path: &Path| Some(disk.look_at(path).ok()??.identity);
    let ours = identity(journal);
    // A second name of the journal is no copy.
    found.retain(|(path, _)| ours.is_none() || identity(path) != ours);
    let mut seen = HashSet::new();
    found.retain(|(path, _)| {
        let real = disk.real_path(path);
        seen.insert(real.unwrap_or_else(|_| path.clone()))
    });
    found.sort_by(|a, b| a.0.cmp(&b.0));
    found
}

fn named_like(disk: &dyn Disk, journal: &Path) -> Vec<(PathBuf, Named)> {
    let folder = folder_of(journal);
    let names = disk.names(folder).unwrap_or_default().into_iter();
    let found = names.filter_map(|name| {
        let named = named(journal.file_name()?, &name)?;
        Some((folder.join(name), named))
    });
    found.collect()
}

/// What a copy holds; none for something else that is only called alike.
fn content(disk: &dyn Disk, path: &Path, named: Named, ours: &[u8]) -> Option<CopyContent> {
    let is_conflict = named == Named::Conflict;
    let read = || -> io::Result<Option<Vec<u8>>> {
        let Some(file) = disk.open_to_read(path)? else {
            return Ok(None);
        };
        let mut beginning = vec![0; BEGINNING];
        let length = disk.read(&file, &mut beginning)?;
        if !is_a_journal(&beginning[..length]) {
            beginning.truncate(length);
            return Ok(Some(beginning));
        }
        disk.read_from(&file, 0).map(Some)
    };
    let bytes = match read() {
        Ok(Some(bytes)) => bytes,
        Ok(None) => return None,
        Err(error) if is_no_file(&error) && !is_conflict => return None,
        Err(error) => return Some(CopyContent::Unread(reason(&error))),
    };
    if !is_a_journal(&bytes) {
        let unread = || CopyContent::Unread(lines::what_else(&bytes).to_owned());
        return is_conflict.then(unread);
    }
    let (missing, merged) = missing_lines(&bytes, ours);
    let lines = missing.len();
    Some(match merged.left.first() {
        _ if lines > 0 => CopyContent::Missing {
            lines,
            shares: merged.already > 0,
        },
        Some(left) => CopyContent::Unread(format!("line {} of it is damaged", left.line)),
        None => CopyContent::Known,
    })
}

fn is_a_journal(bytes: &[u8]) -> bool {
    if lines::is_blank(bytes) {
        return false;
    }
    lines::begins_like_a_journal(bytes)
        || lines::holds_a_journal(&lines::read(bytes, Place::WHOLE).loaded)
}

/// What the name of a file says, beside a journal of that name; none for what has to do with
/// something else, or is ours.
fn named(journal: &OsStr, name: &OsStr) -> Option<Named> {
    let (journal, name) = (journal.to_string_lossy(), name.to_string_lossy());
    let (stem, ending) = match journal.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() => (stem, format!(".{ending}")),
        _ => (&*journal, String::new()),
    };
    if name == journal {
        return None;
    }
    if let Some(rest) = name.strip_prefix(&*journal) {
        if OURS.iter().any(|ours| rest.starts_with(ours)) {
            return None;
        }
        // rclone names it like this, and others do where a name has no ending.
        if says_conflict(rest) || rest.starts_with("..path") {
            return Some(Named::Conflict);
        }
    }
    let body = name.strip_suffix(&ending)?;
    if let Some(rest) = body.strip_prefix(stem) {
        let is_conflict = says_conflict(rest) || is_numbered(rest);
        return Some(if is_conflict {
            Named::Conflict
        } else {
            Named::Alike
        });
    }
    // `Copy of journal.jsonl`, in whatever language.
    let is_of = body.strip_suffix(stem)?.ends_with(' ');
    is_of.then_some(Named::Alike)
}

/// What the names of leadby's own files have behind the journal's.
const OURS: [&str; 5] = [".draft", ".place", ".imported", ".damaged-", ".backups"];

/// ` 2`, ` (1)`: as iCloud and Google Drive name the second of two.
fn is_numbered(rest: &str) -> bool {
    let number = rest.trim_matches([' ', '(', ')']);
    rest.starts_with([' ', '('])
        && !number.is_empty()
        && number.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether the words after a file's name speak of a conflict, in the languages in which
/// synchronising programs do.
fn says_conflict(rest: &str) -> bool {
    let rest = rest.to_lowercase();
    let words = [
        "conflict",
        "konflik",
        "conflit",
        "конфликт",
        "конфлікт",
        "競合",
        "冲突",
        "衝突",
        "충돌",
        "çakış",
        "ristirii",
        "ütköz",
        "bercanggah",
        "ขัดแย้ง",
        "modstridende",
        "motstridende",
        "متعارض",
        "xung đột",
    ];
    words.iter().any(|word| rest.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, expected: Option<Named>) {
        let said = named(OsStr::new("journal.jsonl"), OsStr::new(name));
        assert_eq!(said, expected, "{name}");
    }

    #[test]
    fn the_names_of_conflict_copies_are_known() {
        for rest in [
            ".sync-conflict-20261124-091502-ABCDEF7",
            " (Anna's conflicted copy 2026-11-24)",
            " (conflicted copy 2026-11-24 091502)",
            "_conflict-20261124-091502",
            "_NAS_Nov-24-091502-2026_Conflict",
            " [conflicted]",
            " [Conflict]",
            ".Conflict",
            ".conflict1",
            " (Case Conflict)",
            " (# Conflict copy from 2026-11-24)",
            " (In Konflikt stehende Kopie von Anna 2026-11-24)",
            " (Annas modstridende kopi 2026-11-24)",
            " (copia en conflicto de Ana 2026-11-24)",
            " (Copie en conflit de Anne 2026-11-24)",
            " (copia in conflitto di Anna 2026-11-24)",
            " (cópia em conflito de Ana 2026-11-24)",
            " (Salinan Berkonflik dari Anna 2026-11-24)",
            " (salinan bercanggah Anna 2026-11-24)",
            " (สำเนาที่ขัดแย้งของ Anna 2026-11-24)",
            " (kopia powodująca konflikt, Anna 2026-11-24)",
            " (Annaの競合コピー 2026-11-24)",
            "(来自Anna的冲突)",
            " (SFConflict anna@example.org 2026-11-24-09-15-02)",
            " 2",
            " (1)",
            "(1)",
        ] {
            check(&format!("journal{rest}.jsonl"), Some(Named::Conflict));
        }
        check("journal.jsonl.conflict1", Some(Named::Conflict));
        check("journal.jsonl..path2", Some(Named::Conflict));
        check("journal.jsonl (conflicted copy)", Some(Named::Conflict));
        for name in [
            "journal-LAPTOP",
            "journal copy",
            "journal2",
            "Copy of journal",
        ] {
            check(&format!("{name}.jsonl"), Some(Named::Alike));
        }
        for name in [
            "journal.jsonl",
            "journal.json",
            "my.jsonl",
            "journal.jsonl.draft",
            "journal.jsonl.damaged-2026-11-24.jsonl",
            "journal.jsonl.backups",
            "journal.jsonl~",
        ] {
            check(name, None);
        }
    }
}
