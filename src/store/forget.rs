//! An entry destroyed: all its lines taken out of the journal, and of the snapshots beside it.
//!
//! The only thing in leadby that loses words, and only when somebody asks for it by name.

use std::path::{Path, PathBuf};

use super::backup::{Snapshot, not_read, snapshots_on};
use super::decode::decode;
use super::disk::{Disk, RealDisk};
use super::lines::{self, bare};
use super::rewrite::{Fate, Rewriting, rewrite};
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
    forget_on(&RealDisk, path, id, snapshots_too)
}

/// [`forget`], on another disk than the machine's: one that fails on demand, in tests.
///
/// # Errors
/// When a file cannot be read or written; the message names it, and those before it are done.
pub fn forget_on(
    disk: &(impl Disk + Clone + 'static),
    path: &Path,
    id: &Id,
    snapshots_too: bool,
) -> Result<Forgotten, Failure> {
    let mut forgotten = Forgotten::default();
    // The snapshots first: should one fail, the entry is still there to be forgotten.
    if snapshots_too {
        let there = snapshots_on(disk, path)
            .map_err(|error| not_read("nothing was changed: ", path, error))?;
        for Snapshot { path, .. } in there {
            if !without(disk, &path, "the snapshot", id, &forgotten)?.is_empty() {
                forgotten.snapshots.push(path);
            }
        }
    }
    forgotten.lines = without(disk, path, "the journal", id, &forgotten)?.len();
    Ok(forgotten)
}

/// Takes the entry out of one file, after what is `done` already.
fn without(
    disk: &(impl Disk + Clone + 'static),
    path: &Path,
    name: &str,
    id: &Id,
    done: &Forgotten,
) -> Result<Vec<Vec<u8>>, Failure> {
    let so_far = match done.snapshots.len() {
        0 => "nothing was changed: ".to_owned(),
        1 => "it is taken out of one snapshot, but ".to_owned(),
        more => format!("it is taken out of {more} snapshots, but "),
    };
    let file = Rewriting {
        path,
        name,
        so_far: &so_far,
    };
    rewrite(disk, file, |line| fate(line, id), |_, _| Ok(()))
}

fn fate(line: &[u8], id: &Id) -> Fate {
    let is_it = |piece: &[u8]| matches!(decode(bare(piece)), Ok(read) if read.entry.id == *id);
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
