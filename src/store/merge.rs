//! Merges another journal: the union of the lines of both, byte for byte.
//!
//! Knows which lines are worth adding, and nothing of what their entries mean.

use std::collections::HashSet;
use std::path::Path;

use super::disk::Disk;
use super::export::is_an_export;
use super::forget::{forgotten_lines, remove_forgotten};
use super::io_error::{display_path, io_failure, unreadable_input};
use super::lines::{self, trim_line};
use super::{Finding, Loaded, Store, read_all, wire};
use crate::failure::{Failure, FailureKind};
use crate::journal::{Body, Entry, VersionName};
use crate::text;

/// What a merge did.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Merged {
    /// What is in the journal now and was not before: from the other file, and what other programs
    /// wrote since the last read.
    pub new: Loaded,
    /// The number of lines added from the other file.
    pub added: usize,
    /// The names of the versions on those lines.
    pub names: Vec<VersionName>,
    /// The number of its lines that the journal had already.
    pub already_there: usize,
    /// The number of its lines that were left out, as their entries were forgotten.
    pub forgotten: usize,
    /// What was left out, as it is not a journal line.
    pub unreadable: Vec<Finding>,
}

impl Store {
    /// Adds the lines of the journal at `other` that this one does not have.
    ///
    /// Lines of a newer leadby are added unread. The other file is not changed.
    ///
    /// # Errors
    /// When the other file is missing, unreadable or not a journal, and when the save fails.
    pub fn merge(&mut self, other: &Path) -> Result<Merged, Failure> {
        self.add_lines(&read_other(&*self.file.disk, other)?)
    }

    /// Adds versions again that were in the journal, in the given order. Those it still has are not
    /// written twice, and what was forgotten stays forgotten.
    ///
    /// # Errors
    /// When the save fails; then none of them is in the journal, unless the message says otherwise.
    pub fn restore(&mut self, entries: &[Entry]) -> Result<Merged, Failure> {
        let lines = entries.iter().map(|entry| wire::encode(entry) + "\n");
        self.add_lines(lines.collect::<String>().as_bytes())
    }

    /// Adds the lines in `theirs` that the journal does not have.
    pub(super) fn add_lines(&mut self, theirs: &[u8]) -> Result<Merged, Failure> {
        self.add_lines_with_progress(theirs, &mut |_| ())
    }

    /// [`Store::add_lines`], which reports how many bytes of `theirs` are done.
    pub(super) fn add_lines_with_progress(
        &mut self,
        theirs: &[u8],
        far: &mut dyn FnMut(usize),
    ) -> Result<Merged, Failure> {
        let path = self.path().to_owned();
        let not_read = |error| io_failure("the journal", &path, "read", error);
        let (others, mut merged) = self.file.append(|_, ours, disk| {
            let ours = disk.read_from(ours, 0).map_err(not_read)?;
            Ok(missing_lines_with_progress(theirs, &ours, far))
        })?;
        merged.new.entries.splice(0..0, others.entries);
        merged.new.findings = others.findings;
        merged.new.is_complete = others.is_complete;
        let forgets = |entry: &Entry| entry.body == Body::Forgotten;
        if merged.new.entries.iter().any(forgets) {
            // What was forgotten there is removed here, too.
            remove_forgotten(&self.file)?;
        }
        Ok(merged)
    }
}

impl Store {
    /// What [`Store::merge`] would do, without doing it.
    ///
    /// # Errors
    /// When a file cannot be read or the other one is not a journal.
    pub fn preview_merge(&self, other: &Path) -> Result<Merged, Failure> {
        let theirs = read_other(&*self.file.disk, other)?;
        Ok(missing_lines(&theirs, &self.bytes()?).1)
    }

    pub(super) fn bytes(&self) -> Result<Vec<u8>, Failure> {
        let path = self.path();
        let bytes = read_all(&*self.file.disk, path)
            .map_err(|error| io_failure("the journal", path, "read", error))?;
        Ok(bytes.unwrap_or_default())
    }
}

fn read_other(disk: &dyn Disk, path: &Path) -> Result<Vec<u8>, Failure> {
    let bytes = read_all(disk, path)
        .map_err(|error| unreadable_input("nothing was merged: ", path, error))?;
    let nothing = || {
        let message = format!("nothing was merged: no journal at {}", display_path(path));
        Failure::new(FailureKind::Journal, message).hint("check the path")
    };
    let bytes = bytes.ok_or_else(nothing)?;
    if lines::is_a_journal(&bytes) {
        return Ok(bytes);
    }
    let message = format!(
        "nothing was merged: {} is not a leadby journal",
        display_path(path)
    );
    let failure = Failure::new(FailureKind::Journal, message);
    Err(match String::from_utf8_lossy(&bytes) {
        text if is_an_export(&text) => {
            let path = text::shell_quote(path);
            failure.hint(format!("it is an export: `leadby import {path}` adds it"))
        }
        _ => failure.hint(lines::describe_foreign(&bytes)),
    })
}

/// The lines of `theirs` that `ours` does not have, in their order.
pub(super) fn missing_lines(theirs: &[u8], ours: &[u8]) -> (Vec<String>, Merged) {
    missing_lines_with_progress(theirs, ours, &mut |_| ())
}

/// [`missing_lines`], which reports how many bytes of `theirs` are done.
pub(super) fn missing_lines_with_progress(
    theirs: &[u8],
    ours_bytes: &[u8],
    far: &mut dyn FnMut(usize),
) -> (Vec<String>, Merged) {
    let ours = ours_bytes.split(|byte| *byte == b'\n').map(trim_line);
    let mut had: HashSet<String> = ours
        .filter_map(|line| Some(std::str::from_utf8(line).ok()?.to_owned()))
        .collect();
    let forgotten = forgotten_lines([theirs, ours_bytes]);
    let mut taken = Vec::new();
    let mut merged = Merged::default();
    let mut looked_at = 0;
    for (index, line) in theirs.split(|byte| *byte == b'\n').enumerate() {
        looked_at += line.len() + 1;
        far(looked_at);
        let line = trim_line(line);
        // The usual case if two machines sync often.
        let is_here = |line: &str| had.contains(line) && !forgotten.contains(line);
        if std::str::from_utf8(line).is_ok_and(|line| !line.trim().is_empty() && is_here(line)) {
            merged.already_there += 1;
            continue;
        }
        let (texts, left) = lines::separate_lines(line, index + 1);
        merged.unreadable.extend(left);
        for text in texts {
            if forgotten.contains(&text) {
                merged.forgotten += 1;
                continue;
            }
            if had.contains(&text) {
                merged.already_there += 1;
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
