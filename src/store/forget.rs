//! An entry destroyed: all its lines taken out of the journal, and of the snapshots beside it.
//!
//! The only thing in leadby that loses words, and only when somebody asks for it by name.

use std::path::{Path, PathBuf};

use super::backup::snapshots;
use super::decode::decode;
use super::lines::{self, bare};
use super::rewrite::{Fate, rewrite};
use crate::failure::Failure;
use crate::journal::Id;

/// What was taken out.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Forgotten {
    /// The lines taken out of the journal.
    pub lines: usize,
    /// The snapshots something was taken out of.
    pub snapshots: Vec<PathBuf>,
}

/// Takes every line of the entry `id` out of the journal at `path`, and out of its snapshots when
/// that is asked for. All other lines stay byte for byte, damaged ones too.
///
/// # Errors
/// When a file cannot be read or written; the message names it, and those before it are done.
pub fn forget(path: &Path, id: &Id, snapshots_too: bool) -> Result<Forgotten, Failure> {
    let without = |file: &Path| rewrite(file, |line| fate(line, id), |_, _| Ok(()));
    let mut forgotten = Forgotten::default();
    // The snapshots first: should one fail, the entry is still there to be forgotten.
    if snapshots_too {
        for snapshot in snapshots(path) {
            if !without(&snapshot.path)?.is_empty() {
                forgotten.snapshots.push(snapshot.path);
            }
        }
    }
    forgotten.lines = without(path)?.len();
    Ok(forgotten)
}

fn fate(line: &[u8], id: &Id) -> Fate {
    let is_it = |piece: &[u8]| matches!(decode(bare(piece)), Ok((entry, _)) if entry.id == *id);
    if is_it(line) {
        return Fate::Goes(Vec::new());
    }
    // Lines that ran together come apart, so that the others in them stay.
    let holds_it = lines::read_one(line, 0).entries;
    if !holds_it.iter().any(|entry| entry.id == *id) {
        return Fate::Stays;
    }
    let pieces = lines::pieces(bare(line)).filter(|piece| !is_it(piece));
    Fate::Goes(pieces.map(<[u8]>::to_vec).collect())
}
