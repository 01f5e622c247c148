//! The union of the journal and a copy of it elsewhere.
//!
//! Knows which lines are in which, and nothing of how a copy is reached.

use super::Store;
use super::forget::{forgotten_line_action, forgotten_lines};
use super::import::Import;
use super::merge::missing_lines;
use super::rewrite::LineAction;
use crate::failure::Failure;

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
    /// The number of unreadable lines of the journal, which stay where they are.
    pub unreadable: usize,
}

impl Union {
    /// Whether the copy needs a change.
    #[must_use]
    pub fn needs_update(&self) -> bool {
        self.added > 0 || self.removed > 0
    }
}

impl Store {
    /// The union of the journal and a copy of it.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn union(&self, copy: &Import) -> Result<Union, Failure> {
        Ok(union(&self.bytes()?, copy.lines()))
    }
}

fn union(ours: &[u8], copy: &[u8]) -> Union {
    let (missing, merged) = missing_lines(ours, copy);
    let mut union = Union {
        bytes: Vec::with_capacity(copy.len() + ours.len()),
        added: missing.len(),
        removed: 0,
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
    use crate::store::wire;

    /// A line of a commitment that says something.
    fn line(id: &str, text: &str) -> String {
        let object = format!(
            "{{\"v\":1,\"id\":\"{id}\",\"rev\":1,\"at\":\"2026-11-24T09:15:02+01:00\",\
             \"kind\":\"commitment\",\"better\":\"{text}\",\"area\":\"\",\"due\":\"2026-11-27\",\
             \"made\":\"2026-11-24\",\"moves\":[]}}"
        );
        let line = wire::add_checksum(&object);
        format!("{line}\n")
    }

    fn forgotten(id: &str) -> String {
        let line = wire::add_checksum(&format!(
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
}
