//! Rewrites the journal without some of its lines: the only code that removes bytes.
//!
//! Only for `leadby forget` and `leadby doctor --repair`. Every line that stays is copied byte for
//! byte into a file beside the journal that replaces it in one step; a crash leaves the old file or
//! the new one.
//!
//! A repair moves damaged lines to a file beside the journal, after a snapshot; none is deleted. Lines
//! of a newer leadby stay where they are, and so does the readable part of a damaged one.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use rustix::io::Errno;

use super::atomic_write::{Replacement, with_suffix};
use super::decode::decode;
use super::disk::{Disk, Opened, RealDisk, folder_of};
use super::io_error::{describe_error, io_failure, trouble_with};
use super::journal_file::JournalFile;
use super::lines::{self, trim_line};
use super::{Damage, backup};
use crate::calendar::Now;
use crate::failure::{Failure, FailureKind};
use crate::text::{self, display_path};

/// The names of unfinished files begin with this: a crash may leave one.
pub(super) const REWRITE: &str = ".leadby-rewrite-";

/// What happens to a line.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum LineAction {
    /// It is kept as it is.
    Keep,
    /// It is removed; these lines, parts of it, are kept.
    Remove(Vec<Vec<u8>>),
}

/// A file of lines to rewrite.
#[derive(Clone, Copy, Debug)]
pub(super) struct RewriteTarget<'a> {
    pub(super) path: &'a Path,
    /// What the user calls it: "the journal".
    pub(super) name: &'a str,
    /// How errors begin, to say what was done before: "nothing was changed: ".
    pub(super) error_prefix: &'a str,
}

/// What a replacement could lose, and the hint for that case.
const OWNER: (&str, &str) = ("its owner", "run it as the user who owns the file");
const EXTENDED: (&str, &str) = (
    "its access list or extended attributes",
    "`getfacl FILE` and `getfattr -d FILE` show them; without them it can be replaced",
);
const MODE: (&str, &str) = (
    "its permissions",
    "its file system cannot set permissions; move the journal to another disk first",
);

/// Refuses a file that cannot be replaced: one with a second name, which would keep the lines, and
/// one that is mounted.
pub(super) fn check_replaceable(
    disk: &dyn Disk,
    rewriting: RewriteTarget<'_>,
    file: &File,
) -> Result<(), Failure> {
    let not_read = |error| io_failure(&rewriting.what(), rewriting.path, "read", error);
    let bonds = disk.attributes(file).map_err(not_read)?;
    if bonds.is_mounted {
        return Err(rewriting.mounted());
    }
    if bonds.hard_links > 1 {
        let message = format!(
            "{} has {} names (hard links), and the others would keep the lines",
            rewriting.what_and_path(),
            bonds.hard_links
        );
        let path = text::shell_quote(rewriting.path);
        return Err(Failure::new(FailureKind::Journal, message)
            .hint(format!(
                "`find / -xdev -samefile {path}` shows them; remove the others, then try again"
            ))
            .hint(format!(
                "or make it a separate file: `cp -p {path} {path}.own && mv {path}.own {path}`"
            )));
    }
    Ok(())
}

impl RewriteTarget<'_> {
    /// "nothing was changed: the journal".
    fn what(self) -> String {
        format!("{}{}", self.error_prefix, self.name)
    }

    fn what_and_path(self) -> String {
        format!("{} {}", self.what(), display_path(self.path))
    }

    fn lost(self, (what, hint): (&str, &str), error: io::Error) -> Failure {
        let (file, why) = (self.what_and_path(), describe_error(&error));
        let message = format!("{file} would lose {what}: {why}");
        let failure = Failure::new(FailureKind::Journal, message);
        failure.hint(hint).with_source(error)
    }

    fn mounted(self) -> Failure {
        let message = format!(
            "{} is mounted as a single file, as in a container, and cannot be replaced",
            self.what_and_path()
        );
        Failure::new(FailureKind::Journal, message)
            .hint("mount the folder it is in instead, or run this where the file itself is")
    }
}

/// Rewrites a file without the lines that `fate` removes, and returns those. If there are any, the
/// lines that `added` makes of them are appended.
///
/// `before` is called with all bytes and those lines while the lock is held and before anything is
/// written; if it fails, nothing is.
pub(super) fn rewrite(
    disk: &(impl Disk + Clone + 'static),
    rewriting: RewriteTarget<'_>,
    mut fate: impl FnMut(&[u8]) -> LineAction,
    added: impl FnOnce(&[Vec<u8>]) -> Vec<u8>,
    before: impl FnOnce(&[u8], &[Vec<u8>]) -> Result<(), Failure>,
) -> Result<Vec<Vec<u8>>, Failure> {
    let (path, what) = (rewriting.path, &rewriting.what());
    let not_read = |error| io_failure(what, path, "read", error);
    let not_written = |error| io_failure(what, path, "written", error);
    if disk.stat(path).map_err(not_read)?.is_none() {
        return Ok(Vec::new());
    }
    // A link stays; the file it leads to is rewritten.
    let real = disk.real_path(path).map_err(not_read)?;
    let mut journal = JournalFile::new(real.clone(), Box::new(disk.clone()));
    let locked = journal.lock().map_err(|failure| {
        let message = failure.message();
        let message = message
            .strip_prefix("nothing was saved: ")
            .unwrap_or(message);
        let again = Failure::new(
            failure.kind(),
            format!("{}{message}", rewriting.error_prefix),
        );
        failure
            .hints()
            .iter()
            .fold(again, |told, hint| told.hint(hint.clone()))
    })?;
    let look = disk.stat_open(&locked.file).map_err(not_read)?;
    let bytes = disk.read_from(&locked.file, 0).map_err(not_read)?;
    let (mut kept, mut gone) = (Vec::new(), Vec::new());
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        match fate(line) {
            LineAction::Keep => kept.extend_from_slice(line),
            LineAction::Remove(pieces) => {
                gone.push(line.to_vec());
                for piece in pieces {
                    kept.extend_from_slice(&piece);
                    kept.push(b'\n');
                }
            }
        }
    }
    if gone.is_empty() {
        return Ok(gone);
    }
    check_replaceable(disk, rewriting, &locked.file)?;
    before(&bytes, &gone)?;
    let added = added(&gone);
    if !added.is_empty() && !kept.is_empty() && !kept.ends_with(b"\n") {
        kept.push(b'\n');
    }
    kept.extend(added);
    let file_name = real.file_name().unwrap_or_default().to_string_lossy();
    let next = folder_of(&real).join(format!("{REWRITE}{file_name}"));
    let not_made = |error: io::Error| match error.raw_os_error() {
        // Only a mode that cannot be set is refused like this.
        Some(number) if number == Errno::PERM.raw_os_error() => rewriting.lost(MODE, error),
        // The journal is open already: what refuses is the folder.
        _ => trouble_with(what, path, "written", error, folder_of(&real)),
    };
    let replacement = Replacement::open(disk, next).map_err(not_made)?;
    let file = &replacement.file;
    let (mut overtaken, mut unkept) = (false, None);
    let put = replacement.put(&real, &kept, || {
        keep_attributes(disk, &locked.file, file, &mut unkept)?;
        // leadby respects the lock; an editor or a sync tool may not.
        overtaken = disk.stat(&real)? != Some(look);
        if overtaken {
            return Err(io::ErrorKind::ResourceBusy.into());
        }
        Ok(())
    });
    if overtaken {
        let file = rewriting.what_and_path();
        let message = format!("{file} was changed by another program meanwhile");
        return Err(Failure::new(FailureKind::Busy, message).hint("try again once it is done"));
    }
    put.map_err(|error| match unkept {
        Some(thing) => rewriting.lost(thing, error),
        None if error.kind() == io::ErrorKind::ResourceBusy => rewriting.mounted(),
        None => not_written(error),
    })?;
    // The change cannot be undone at this point, and a failed sync is not retried.
    disk.sync_folder(folder_of(&real)).map_err(|error| {
        let (path, why) = (display_path(path), describe_error(&error));
        let message = format!(
            "the disk did not confirm the change ({why}); {path} may or may not be changed"
        );
        Failure::new(FailureKind::Journal, message)
            .hint("`leadby doctor` shows what is in the journal")
    })?;
    Ok(gone)
}

/// Gives `file` what `old` has beside its bytes; `unkept` is what it could not be given.
fn keep_attributes(
    disk: &dyn Disk,
    old: &File,
    file: &File,
    unkept: &mut Option<(&'static str, &'static str)>,
) -> io::Result<()> {
    let (there, here) = (disk.attributes(old)?, disk.attributes(file)?);
    if there.owner != here.owner {
        let kept = disk.set_owner(file, there.owner);
        kept.inspect_err(|_| *unkept = Some(OWNER))?;
    }
    // Before the mode, which is a part of an access list.
    let extended = disk.extended_attributes(old)?;
    if disk.extended_attributes(file)? != extended {
        let kept = disk.set_extended_attributes(file, &extended);
        kept.inspect_err(|_| *unkept = Some(EXTENDED))?;
    }
    let mode = disk.mode(old)?;
    if disk.mode(file)? != mode {
        let kept = disk.set_mode(file, mode);
        kept.inspect_err(|_| *unkept = Some(MODE))?;
    }
    Ok(())
}

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

/// Moves the damaged lines of the journal at `path` to a file beside it. If that fails, the journal
/// is unchanged, unless the message says otherwise.
pub fn repair(path: &Path, now: Now) -> Result<Repaired, Failure> {
    repair_on(&RealDisk, path, now)
}

/// [`repair`] on a given disk, such as one that fails on demand in tests.
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
