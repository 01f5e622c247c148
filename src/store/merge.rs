//! Merges another journal: the union of the lines of both, byte for byte, here or in a copy
//! elsewhere.
//!
//! Knows which lines are worth adding, and nothing of what their entries mean or how a copy is
//! reached.

use std::collections::{BTreeSet, HashSet};

use super::forget::{forgotten_line_action, forgotten_lines, remove_forgotten};
use super::io_error::io_failure;
use super::lines::{self, trim_line};
use super::rewrite::LineAction;
use super::{Finding, Loaded, Store, encode, read_all};
use crate::failure::Failure;
use crate::journal::{Entry, Id, VersionName};

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
    /// Adds versions again that were in the journal, in the given order. Those it still has are not
    /// written twice, and what was forgotten stays forgotten. If its file is gone, they are in a
    /// new one. If that fails, none of them is in the journal, unless the message says otherwise.
    pub fn restore(&mut self, entries: &[Entry]) -> Result<Merged, Failure> {
        let lines = entries.iter().map(|entry| encode::encode(entry) + "\n");
        let lines: String = lines.collect();
        if !self.file.is_gone() {
            return self.add_lines(lines.as_bytes(), &mut |_| ());
        }
        // A save would not start a new journal in the place of one that was there.
        let seen = self.file.read_state.take();
        let restored = self.add_lines(lines.as_bytes(), &mut |_| ());
        if restored.is_err() && self.file.read_state.is_none() {
            self.file.read_state = seen;
        }
        restored
    }

    /// Adds the lines in `theirs` that the journal does not have; `far` gets the number of its
    /// bytes done.
    pub(super) fn add_lines(
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
        if merged.new.entries.iter().any(Entry::is_forgotten_mark) {
            // What was forgotten there is removed here, too.
            remove_forgotten(&self.file)?;
        }
        Ok(merged)
    }

    pub(super) fn bytes(&self) -> Result<Vec<u8>, Failure> {
        let path = self.path();
        let bytes = read_all(&*self.file.disk, path)
            .map_err(|error| io_failure("the journal", path, "read", error))?;
        Ok(bytes.unwrap_or_default())
    }
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
    let mut had: HashSet<String> = HashSet::new();
    for line in ours_bytes.split(|byte| *byte == b'\n').map(trim_line) {
        if lines::has_several(line) {
            had.extend(lines::separate_lines(line, 0).0);
        } else if let Ok(line) = std::str::from_utf8(line) {
            had.insert(line.to_owned());
        }
    }
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

/// The copy as it should be: its own lines, followed by those of the journal that it lacks, without
/// the lines of entries forgotten on either side.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Union {
    /// The bytes of the copy.
    pub bytes: Vec<u8>,
    /// The number of lines that it lacked.
    pub added: usize,
    /// The number of its lines of entries forgotten since.
    pub removed: usize,
    /// The forgotten entries on those lines.
    pub forgotten: BTreeSet<Id>,
    /// The number of unreadable lines of the journal, which stay where they are.
    pub unreadable: usize,
}

impl Union {
    /// Whether the copy needs a change.
    pub fn needs_update(&self) -> bool {
        self.added > 0 || self.removed > 0
    }
}

/// The union of a journal and a copy of it.
pub(super) fn union(ours: &[u8], copy: &[u8]) -> Union {
    let (missing, merged) = missing_lines(ours, copy);
    let mut union = Union {
        bytes: Vec::with_capacity(copy.len() + ours.len()),
        added: missing.len(),
        removed: 0,
        forgotten: BTreeSet::new(),
        unreadable: merged.unreadable.len(),
    };
    let forgotten = forgotten_lines([ours, copy]);
    let mut put = |line: &[u8]| {
        union.bytes.extend_from_slice(line);
        if !line.ends_with(b"\n") {
            union.bytes.push(b'\n');
        }
    };
    for line in copy.split_inclusive(|byte| *byte == b'\n') {
        match forgotten_line_action(line, &forgotten) {
            LineAction::Keep => put(line),
            LineAction::Remove(pieces) => {
                union.removed += 1;
                let read = lines::read_one(line, 0).entries.into_iter();
                union.forgotten.extend(read.map(|entry| entry.id));
                for piece in &pieces {
                    put(piece);
                }
            }
        }
    }
    for line in &missing {
        put(line.as_bytes());
    }
    union
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::encode;

    /// A line of a commitment that says something.
    fn line(id: &str, text: &str) -> String {
        let object = format!(
            "{{\"v\":1,\"id\":\"{id}\",\"rev\":1,\"at\":\"2026-11-24T09:15:02+01:00\",\
             \"kind\":\"commitment\",\"better\":\"{text}\",\"area\":\"\",\"due\":\"2026-11-27\",\
             \"made\":\"2026-11-24\",\"moves\":[]}}"
        );
        let line = encode::add_checksum(&object);
        format!("{line}\n")
    }

    fn forgotten(id: &str) -> String {
        let line = encode::add_checksum(&format!(
            "{{\"v\":1,\"id\":\"{id}\",\"rev\":2,\"at\":\"2026-11-25T09:15:02+01:00\",\
             \"kind\":\"forgotten\"}}"
        ));
        format!("{line}\n")
    }

    #[test]
    fn the_copy_keeps_its_lines_and_gets_those_it_lacks() {
        let (one, two) = (line("a", "one"), line("b", "two"));
        // A copy cut off in the middle of a line gets that line whole.
        let torn = &one[..40];
        for (copy, kept) in [("", ""), (&*one, &*one), (torn, &format!("{torn}\n"))] {
            let joined = union(format!("{one}{two}").as_bytes(), copy.as_bytes());
            let lacked = if copy == one {
                &two
            } else {
                &format!("{one}{two}")
            };
            assert_eq!(
                String::from_utf8_lossy(&joined.bytes),
                format!("{kept}{lacked}")
            );
            assert_eq!(joined.added, lacked.lines().count());
        }
        let same = union(one.as_bytes(), format!("{two}{one}").as_bytes());
        assert!(!same.needs_update());
        assert_eq!(same.bytes, format!("{two}{one}").as_bytes());
    }

    #[test]
    fn what_was_forgotten_here_goes_there() {
        let (kept, gone) = (line("a", "kept"), line("b", "gone"));
        let ours = format!("{kept}{}", forgotten("b"));
        let joined = union(ours.as_bytes(), format!("{gone}{kept}").as_bytes());
        assert_eq!((joined.added, joined.removed), (1, 1));
        let text = String::from_utf8_lossy(&joined.bytes).into_owned();
        assert_eq!(text, format!("{kept}{}", forgotten("b")));
        // And what was forgotten there is not sent again.
        let joined = union(format!("{gone}{kept}").as_bytes(), ours.as_bytes());
        assert!(!joined.needs_update(), "{joined:?}");
    }

    #[test]
    fn a_line_that_nobody_can_read_is_not_sent() {
        let ours = format!("no line of a journal\n{}", line("a", "one"));
        let joined = union(ours.as_bytes(), b"");
        assert_eq!((joined.added, joined.unreadable), (1, 1));
    }

    #[test]
    fn lines_that_ran_together_are_there_already() {
        let (one, two) = (line("a", "one"), line("b", "two"));
        for between in ["", "\u{feff}", "\r\u{feff}"] {
            let glued = format!("{}{between}{two}", one.trim_end());
            let read = lines::read(glued.as_bytes(), lines::ReadOptions::WHOLE);
            assert_eq!(read.loaded.entries.len(), 2, "{glued}");
            let lines = format!("{one}{two}");
            for (theirs, ours) in [(&lines, &glued), (&glued, &lines)] {
                let (missing, merged) = missing_lines(theirs.as_bytes(), ours.as_bytes());
                assert_eq!((missing.len(), merged.already_there), (0, 2), "{glued}");
            }
        }
        // A part that does not count alone is not there.
        let torn = format!("{}{two}", one.trim_end().replace("one", "won"));
        let (missing, _) = missing_lines(torn.replace(&two, "\n").as_bytes(), torn.as_bytes());
        assert_eq!(missing.len(), 1, "{torn}");
    }

    #[test]
    fn zero_bytes_at_the_end_are_called_so() {
        let bytes = format!("{}\0\0\0", line("a", "one"));
        let read = lines::read(bytes.as_bytes(), lines::ReadOptions::WHOLE);
        let what = format!("{:?}", read.loaded.findings);
        assert!(what.contains("zero bytes"), "{what}");
    }
}
