//! Rewrites the journal without some of its lines: the only code that removes bytes.
//!
//! Only for `leadby forget` and `leadby doctor --repair`. Every line that stays is copied byte for
//! byte into a file beside the journal that replaces it in one step; a crash leaves the old file or
//! the new one. Knows nothing of what lines mean.

use std::fs::File;
use std::io;
use std::path::Path;

use rustix::io::Errno;

use super::disk::{Disk, folder_of};
use super::file::JournalFile;
use super::io_error::{describe_error, display_path, io_failure, trouble_with};
use super::replace::{open_replacement, write_and_rename};
use crate::failure::{Failure, FailureKind};
use crate::text;

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
    /// The file.
    pub(super) path: &'a Path,
    /// What the user calls it: "the journal".
    pub(super) name: &'a str,
    /// How errors begin, to say what was done before: "nothing was changed: ".
    pub(super) error_prefix: &'a str,
}

/// What a replacement could lose, and the hint for that case.
const OWNER: (&str, &str) = ("its owner", "run it as the user who owns the file");
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
    let RewriteTarget {
        path,
        name,
        error_prefix: so_far,
    } = rewriting;
    let not_read = |error| io_failure(&format!("{so_far}{name}"), path, "read", error);
    let bonds = disk.attributes(file).map_err(not_read)?;
    if bonds.is_mounted {
        return Err(mounted(rewriting));
    }
    if bonds.hard_links > 1 {
        let message = format!(
            "{so_far}{name} {} has {} names (hard links), and the others would keep the lines",
            display_path(path),
            bonds.hard_links
        );
        let path = text::shell_quote(path);
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

fn lost(
    RewriteTarget {
        path,
        name,
        error_prefix: so_far,
    }: RewriteTarget<'_>,
    (what, hint): (&str, &str),
    error: io::Error,
) -> Failure {
    let (path, why) = (display_path(path), describe_error(&error));
    let message = format!("{so_far}{name} {path} would lose {what}: {why}");
    let failure = Failure::new(FailureKind::Journal, message);
    failure.hint(hint).with_source(error)
}

fn mounted(
    RewriteTarget {
        path,
        name,
        error_prefix: so_far,
    }: RewriteTarget<'_>,
) -> Failure {
    let message = format!(
        "{so_far}{name} {} is mounted as a single file, as in a container, and cannot be replaced",
        display_path(path)
    );
    Failure::new(FailureKind::Journal, message)
        .hint("mount the folder it is in instead, or run this where the file itself is")
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
    let RewriteTarget {
        path,
        name,
        error_prefix: so_far,
    } = rewriting;
    let what = &format!("{so_far}{name}");
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
        let again = Failure::new(failure.kind(), format!("{so_far}{message}"));
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
        Some(number) if number == Errno::PERM.raw_os_error() => lost(rewriting, MODE, error),
        // The journal is open already: what refuses is the folder.
        _ => trouble_with(what, path, "written", error, folder_of(&real)),
    };
    let file = open_replacement(disk, &next).map_err(not_made)?;
    let (mut overtaken, mut unkept) = (false, None);
    let put = write_and_rename(disk, (&file, &next), &real, &kept, || {
        let (there, here) = (disk.attributes(&locked.file)?, disk.attributes(&file)?);
        if there.owner != here.owner {
            let kept = disk.set_owner(&file, there.owner);
            kept.inspect_err(|_| unkept = Some(OWNER))?;
        }
        let mode = disk.mode(&locked.file)?;
        if disk.mode(&file)? != mode {
            let kept = disk.set_mode(&file, mode);
            kept.inspect_err(|_| unkept = Some(MODE))?;
        }
        // leadby respects the lock; an editor or a sync tool may not.
        overtaken = disk.stat(&real)? != Some(look);
        if overtaken {
            return Err(io::ErrorKind::ResourceBusy.into());
        }
        Ok(())
    });
    if overtaken {
        let path = display_path(path);
        let message = format!("{what} {path} was changed by another program meanwhile");
        return Err(Failure::new(FailureKind::Busy, message).hint("try again once it is done"));
    }
    put.map_err(|error| match unkept {
        Some(thing) => lost(rewriting, thing, error),
        None if error.kind() == io::ErrorKind::ResourceBusy => mounted(rewriting),
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
