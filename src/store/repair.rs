//! Damaged lines set aside in a file beside the journal, after a snapshot; none is deleted.
//!
//! Lines of a newer leadby stay where they are, and so does what can still be read of a damaged one.

use std::fs::{OpenOptions, Permissions};
use std::io::Write;
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use super::Damage;
use super::backup;
use super::decode::decode;
use super::disk::{Disk, FILE_MODE, RealDisk, folder_of};
use super::draft::beside;
use super::lines::{self, bare};
use super::rewrite::{Fate, rewrite};
use super::trouble::trouble;
use crate::calendar::Now;
use crate::failure::Failure;

/// What a repair did.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Repaired {
    /// How many lines were set aside; with none, nothing was changed.
    pub lines: usize,
    /// The file they are in now.
    pub aside: PathBuf,
    /// The journal as it was before.
    pub snapshot: PathBuf,
}

/// Sets the damaged lines of the journal at `path` aside.
///
/// # Errors
/// When a file cannot be read or written; then the journal is as it was.
pub fn repair(path: &Path, now: Now) -> Result<Repaired, Failure> {
    let today = now.today();
    let aside = beside(path, &format!(".damaged-{today}.jsonl"));
    let mut snapshot = PathBuf::new();
    let gone = rewrite(path, fate, |bytes, gone| {
        snapshot = backup::special(path, &format!("{today}-before-repair"), bytes)?;
        set_aside(&aside, gone)
    })?;
    Ok(Repaired {
        lines: gone.len(),
        aside,
        snapshot,
    })
}

fn fate(line: &[u8]) -> Fate {
    let read = lines::read_one(line, 0);
    let damaged = |damage: &Damage| matches!(damage, Damage::Unreadable(_));
    if !read.findings.iter().any(|finding| damaged(&finding.what)) {
        return Fate::Stays;
    }
    let sound = lines::pieces(bare(line))
        .map(bare)
        .filter(|piece| matches!(decode(piece), Ok((_, true))));
    Fate::Goes(sound.map(<[u8]>::to_vec).collect())
}

fn set_aside(path: &Path, lines: &[Vec<u8>]) -> Result<(), Failure> {
    let mut options = OpenOptions::new();
    options.create(true).append(true).mode(FILE_MODE);
    let written = options.open(path).and_then(|mut file| {
        file.set_permissions(Permissions::from_mode(FILE_MODE))?;
        let mut bytes = lines.concat();
        if !bytes.ends_with(b"\n") {
            bytes.push(b'\n');
        }
        file.write_all(&bytes)?;
        file.sync_all()?;
        RealDisk.sync_folder(folder_of(path))
    });
    let what = "nothing was changed: the file for damaged lines";
    written.map_err(|error| trouble(what, path, "written", error))
}
