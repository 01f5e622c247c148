//! Moves damaged lines to a file beside the journal, after a snapshot; none is deleted.
//!
//! Lines of a newer leadby stay where they are, and so does the readable part of a damaged one.

use std::io;
use std::path::{Path, PathBuf};

use super::Damage;
use super::backup;
use super::decode::decode;
use super::disk::{Disk, Opened, RealDisk, folder_of};
use super::io_error::io_failure;
use super::lines::{self, trim_line};
use super::replace::with_suffix;
use super::rewrite::{LineAction, RewriteTarget, rewrite};
use crate::calendar::Now;
use crate::failure::Failure;

/// What a repair did.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Repaired {
    /// How many lines were moved; if 0, nothing was changed.
    pub lines: usize,
    /// The file they are in now.
    pub damaged_file: PathBuf,
    /// The journal as it was before.
    pub snapshot: PathBuf,
}

/// Moves the damaged lines of the journal at `path` to a file beside it.
///
/// # Errors
/// When a file cannot be read or written; then the journal is unchanged, unless the message says
/// otherwise.
pub fn repair(path: &Path, now: Now) -> Result<Repaired, Failure> {
    repair_on(&RealDisk, path, now)
}

/// [`repair`] on a given disk, such as one that fails on demand in tests.
///
/// # Errors
/// When a file cannot be read or written; then the journal is unchanged, unless the message says
/// otherwise.
pub fn repair_on(
    disk: &(impl Disk + Clone + 'static),
    path: &Path,
    now: Now,
) -> Result<Repaired, Failure> {
    let today = now.today();
    let aside = with_suffix(path, &format!(".damaged-{today}.jsonl"));
    let mut snapshot = PathBuf::new();
    let file = RewriteTarget {
        path,
        name: "the journal",
        error_prefix: "nothing was changed: ",
    };
    let gone = rewrite(
        disk,
        file,
        line_action,
        |_| Vec::new(),
        |bytes, gone| {
            snapshot = backup::make_named(disk, path, &format!("{today}-before-repair"), bytes)?;
            let set_aside = append_damaged(disk, &aside, &gone.concat());
            let what = "nothing was changed: the file for damaged lines";
            set_aside.map_err(|error| io_failure(what, &aside, "written", error))
        },
    )?;
    Ok(Repaired {
        lines: gone.len(),
        damaged_file: aside,
        snapshot,
    })
}

fn line_action(line: &[u8]) -> LineAction {
    let read = lines::read_one(line, 0);
    let damaged = |damage: &Damage| matches!(damage, Damage::Unreadable(_));
    if !read.findings.iter().any(|finding| damaged(&finding.damage)) {
        return LineAction::Keep;
    }
    let sound = lines::split_at_openings(trim_line(line))
        .map(trim_line)
        .filter(|piece| matches!(decode(piece), Ok(read) if read.is_sound()));
    LineAction::Remove(sound.map(<[u8]>::to_vec).collect())
}

fn append_damaged(disk: &dyn Disk, path: &Path, lines: &[u8]) -> io::Result<()> {
    disk.stat(path)?;
    let Opened { file, created } = disk.open_to_append(path)?;
    let there = disk.read_from(&file, 0)?;
    let mut bytes = Vec::new();
    if !there.is_empty() && !there.ends_with(b"\n") {
        bytes.push(b'\n');
    }
    bytes.extend_from_slice(lines);
    if !bytes.ends_with(b"\n") {
        bytes.push(b'\n');
    }
    // An earlier repair may have stopped right after this.
    if !there.ends_with(&bytes) {
        let written = disk.append(&file, &bytes);
        if written.is_err() {
            let _ = if created {
                disk.remove(path)
            } else {
                disk.truncate(&file, there.len() as u64)
            };
        }
        written?;
    }
    disk.sync_data(&file)?;
    disk.sync_folder(folder_of(path))
}
