//! Another journal taken in: the union of the lines of both, byte for byte.
//!
//! Knows which lines are worth taking, and nothing of what their entries mean.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use super::disk::{Disk, RealDisk, folder_of};
use super::forget::{forgotten_lines, remove_forgotten};
use super::lines::{self, Place, bare};
use super::trouble::{shown, trouble};
use super::{Finding, Loaded, Store, read_all, wire};
use crate::failure::{Failure, Kind};
use crate::journal::{Body, Entry, Name};

/// What a merge did.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Merged {
    /// What is in the journal now and was not before: from the other file, and what other programs
    /// wrote since the last reading.
    pub new: Loaded,
    /// The lines taken from the other file.
    pub added: usize,
    /// The names of the versions on them.
    pub names: Vec<Name>,
    /// The lines of the other file that the journal had already.
    pub already: usize,
    /// The lines of the other file of entries that were forgotten, which stay out.
    pub forgotten: usize,
    /// What was left in the other file, as it is not a line of a journal.
    pub left: Vec<Finding>,
}

impl Store {
    /// Takes in the lines of the journal at `other` that this one does not have.
    ///
    /// Lines of a newer leadby come along unread. The other file is not changed.
    ///
    /// # Errors
    /// When the other file is missing, cannot be read or is no journal, and when the save fails.
    pub fn merge(&mut self, other: &Path) -> Result<Merged, Failure> {
        self.take_lines(&read_other(&*self.file.disk, other)?)
    }

    /// Puts versions back that were in the journal, in the order given; those that it has are not
    /// written a second time, and what was forgotten stays forgotten.
    ///
    /// # Errors
    /// When the save fails; then none of them is in the journal, or the message says otherwise.
    pub fn put_back(&mut self, entries: &[Entry]) -> Result<Merged, Failure> {
        let lines = entries.iter().map(|entry| wire::encode(entry) + "\n");
        self.take_lines(lines.collect::<String>().as_bytes())
    }

    /// Takes in those of the lines in `theirs` that the journal does not have.
    pub(super) fn take_lines(&mut self, theirs: &[u8]) -> Result<Merged, Failure> {
        let path = self.path().to_owned();
        let not_read = |error| trouble("the journal", &path, "read", error);
        let (others, mut merged) = self.file.append(|_, ours, disk| {
            let ours = disk.read_from(ours, 0).map_err(not_read)?;
            Ok(missing_lines(theirs, &ours))
        })?;
        merged.new.entries.splice(0..0, others.entries);
        merged.new.findings = others.findings;
        merged.new.whole = others.whole;
        let forgets = |entry: &Entry| entry.body == Body::Forgotten;
        if merged.new.entries.iter().any(forgets) {
            // What is forgotten there goes here, too.
            remove_forgotten(&self.file)?;
        }
        Ok(merged)
    }
}

impl Store {
    /// What [`Store::merge`] would do, without doing it.
    ///
    /// # Errors
    /// When a file cannot be read or the other one is no journal.
    pub fn compare(&self, other: &Path) -> Result<Merged, Failure> {
        let theirs = read_other(&*self.file.disk, other)?;
        Ok(missing_lines(&theirs, &self.bytes()?).1)
    }

    pub(super) fn bytes(&self) -> Result<Vec<u8>, Failure> {
        let path = self.path();
        let bytes = read_all(&*self.file.disk, path);
        let bytes = bytes.map_err(|error| trouble("the journal", path, "read", error))?;
        Ok(bytes.unwrap_or_default())
    }
}

/// Copies of the journal that a synchronising program left beside it when two machines wrote at
/// once, and that hold something the journal does not: once merged, a copy is no longer named.
///
/// Known are the names given by Syncthing, Dropbox, Nextcloud, Seafile, iCloud, Google Drive and
/// `OneDrive`.
#[must_use]
pub fn conflict_copies(journal: &Path) -> Vec<PathBuf> {
    copies(journal, true, marks_a_copy)
}

/// Copies of the journal that a synchronising program left beside it and that hold nothing more
/// than the journal does; only those whose names leave no doubt.
#[must_use]
pub fn merged_copies(journal: &Path) -> Vec<PathBuf> {
    copies(journal, false, says_conflict)
}

fn copies(journal: &Path, hold_something: bool, marks: fn(&str) -> bool) -> Vec<PathBuf> {
    let mut copies = copies_beside(journal, marks);
    // They lie where the file lies that is synchronised, and that may be behind a link.
    if let Ok(real) = RealDisk.real_path(journal) {
        copies.extend(copies_beside(&real, marks));
    }
    if !copies.is_empty() {
        let ours = read_all(&RealDisk, journal)
            .ok()
            .flatten()
            .unwrap_or_default();
        copies.retain(|copy| {
            let theirs = read_all(&RealDisk, copy).ok().flatten().unwrap_or_default();
            missing_lines(&theirs, &ours).0.is_empty() != hold_something
        });
    }
    let mut seen = HashSet::new();
    copies.retain(|copy| seen.insert(RealDisk.real_path(copy).ok()));
    copies.sort();
    copies
}

/// The files beside the journal whose names say that they are copies of it.
fn copies_beside(journal: &Path, marks: fn(&str) -> bool) -> Vec<PathBuf> {
    let stem = journal.file_stem().unwrap_or_default().to_string_lossy();
    let folder = folder_of(journal);
    let names = RealDisk.names(folder).unwrap_or_default();
    names
        .into_iter()
        .map(|name| folder.join(name))
        .filter(|path| path.extension() == journal.extension())
        .filter(|path| {
            let name = path.file_stem().unwrap_or_default().to_string_lossy();
            name.strip_prefix(&*stem).is_some_and(marks)
        })
        .collect()
}

/// Whether the words after a file's name say that it is a copy: `.sync-conflict-20261124-…`,
/// ` (Anna's conflicted copy …)`, ` 2`, ` (1)`, `-LAPTOP`.
fn marks_a_copy(rest: &str) -> bool {
    let number = rest.trim_matches([' ', '(', ')']);
    let numbered = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    says_conflict(rest)
        || (rest.starts_with(' ') && numbered)
        || (rest.starts_with('-') && rest.len() > 1)
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
    ];
    words.iter().any(|word| rest.contains(word))
}

fn read_other(disk: &dyn Disk, path: &Path) -> Result<Vec<u8>, Failure> {
    let read = read_all(disk, path);
    let read = read.map_err(|error| trouble("the journal", path, "read", error))?;
    let nothing = Failure::new(
        Kind::Journal,
        format!("nothing was merged: there is no journal at {}", shown(path)),
    );
    let bytes = read.ok_or_else(|| nothing.hint("is the name right?"))?;
    let reading = lines::read(&bytes, Place::WHOLE);
    if lines::begins_like_a_journal(&bytes) || lines::holds_a_journal(&reading.loaded) {
        return Ok(bytes);
    }
    let message = format!(
        "nothing was merged: {} is not a leadby journal",
        shown(path)
    );
    Err(Failure::new(Kind::Journal, message).hint("`leadby import` takes files of other kinds"))
}

/// The lines of `theirs` that `ours` does not have, in their order.
pub(super) fn missing_lines(theirs: &[u8], ours_bytes: &[u8]) -> (Vec<String>, Merged) {
    let ours = ours_bytes.split(|byte| *byte == b'\n').map(bare);
    let mut had: HashSet<String> = ours
        .filter_map(|line| Some(std::str::from_utf8(line).ok()?.to_owned()))
        .collect();
    let forgotten = forgotten_lines([theirs, ours_bytes]);
    let mut taken = Vec::new();
    let mut merged = Merged::default();
    for (index, line) in theirs.split(|byte| *byte == b'\n').map(bare).enumerate() {
        let (texts, left) = lines::texts(line, index + 1);
        merged.left.extend(left);
        for text in texts {
            if forgotten.contains(&text) {
                merged.forgotten += 1;
                continue;
            }
            if had.contains(&text) {
                merged.already += 1;
                continue;
            }
            let found = lines::read_one(text.as_bytes(), index + 1);
            let names = found.entries.iter().map(|entry| entry.lineage.name.clone());
            merged.names.extend(names);
            merged.new.entries.extend(found.entries);
            merged.added += 1;
            taken.push(text.clone());
            had.insert(text);
        }
    }
    (taken, merged)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_of_conflict_copies_are_known() {
        for rest in [
            ".sync-conflict-20261124-091502-ABCDEF7",
            " (Anna's conflicted copy 2026-11-24)",
            " (conflicted copy 2026-11-24 091502)",
            " (In Konflikt stehende Kopie von Anna 2026-11-24)",
            " (copia en conflicto de Ana 2026-11-24)",
            " (Copie en conflit de Anne 2026-11-24)",
            " (copia in conflitto di Anna 2026-11-24)",
            " (cópia em conflito de Ana 2026-11-24)",
            " (Salinan Berkonflik dari Anna 2026-11-24)",
            " (salinan bercanggah Anna 2026-11-24)",
            " (สำเนาที่ขัดแย้งของ Anna 2026-11-24)",
            " (kopia powodująca konflikt, Anna 2026-11-24)",
            " (Annaの競合コピー 2026-11-24)",
            " (SFConflict anna@example.org 2026-11-24-09-15-02)",
            " 2",
            " (1)",
            "-LAPTOP",
        ] {
            assert!(marks_a_copy(rest), "{rest}");
        }
        for rest in ["", "-", " ", "s", "2", " of anna"] {
            assert!(!marks_a_copy(rest), "{rest}");
        }
    }
}
