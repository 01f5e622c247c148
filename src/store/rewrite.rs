//! The journal written anew without some of its lines: the one thing that takes bytes away.
//!
//! For `leadby forget` and `leadby doctor --repair` alone. Every line that stays is written byte for
//! byte as it stood, into a file beside the journal that takes its place in one step; a crash leaves
//! the old file or the new one. Knows nothing of what lines mean.

use std::fs::{self, Permissions};
use std::io::{self, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use super::disk::{Disk, FILE_MODE, RealDisk, folder_of};
use super::file::JournalFile;
use super::trouble::{shown, trouble};
use crate::failure::{Failure, Kind};

/// What becomes of a line.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Fate {
    /// It stays as it is.
    Stays,
    /// It goes; these lines, parts of it, stay.
    Goes(Vec<Vec<u8>>),
}

/// Writes the journal at `path` anew without the lines that `fate` lets go, and answers those.
///
/// `before` is called with them once the lock is held and before anything is written; when it
/// fails, nothing is.
pub(super) fn rewrite(
    path: &Path,
    mut fate: impl FnMut(&[u8]) -> Fate,
    before: impl FnOnce(&[u8], &[Vec<u8>]) -> Result<(), Failure>,
) -> Result<Vec<Vec<u8>>, Failure> {
    let not_read = |error| trouble("nothing was changed: the journal", path, "read", error);
    let not_written = |error| trouble("nothing was changed: the journal", path, "written", error);
    if RealDisk.look_at(path).map_err(not_read)?.is_none() {
        return Ok(Vec::new());
    }
    // A link keeps leading where it led; what it leads to is written anew.
    let real = RealDisk.real_path(path).map_err(not_read)?;
    let mut journal = JournalFile::new(real.clone(), Box::new(RealDisk));
    let locked = journal.lock()?;
    let look = RealDisk.look(&locked.file).map_err(not_read)?;
    let bytes = RealDisk.read_from(&locked.file, 0).map_err(not_read)?;
    let (mut kept, mut gone) = (Vec::new(), Vec::new());
    let (mut stay, mut parts) = (0, 0);
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        match fate(line) {
            Fate::Stays => {
                stay += 1;
                kept.extend_from_slice(line);
            }
            Fate::Goes(pieces) => {
                gone.push(line.to_vec());
                for piece in pieces {
                    parts += 1;
                    kept.extend_from_slice(&piece);
                    kept.push(b'\n');
                }
            }
        }
    }
    if gone.is_empty() {
        return Ok(gone);
    }
    before(&bytes, &gone)?;
    let mut file = tempfile::Builder::new()
        .prefix(".leadby-rewrite-")
        .tempfile_in(folder_of(&real))
        .map_err(not_written)?;
    let mode = fs::metadata(&real).map_err(not_read)?.permissions().mode() & 0o777;
    let written = file
        .as_file()
        .set_permissions(Permissions::from_mode(FILE_MODE))
        .and_then(|()| file.write_all(&kept))
        .and_then(|()| file.as_file().set_permissions(Permissions::from_mode(mode)))
        .and_then(|()| file.as_file().sync_all());
    written.map_err(not_written)?;
    let again = fs::read(file.path()).map_err(not_written)?;
    let lines = |bytes: &[u8]| bytes.split_inclusive(|byte| *byte == b'\n').count();
    if again != kept || lines(&again) != stay + parts || lines(&bytes) != stay + gone.len() {
        let error = io::Error::other("what was written does not read the same");
        return Err(not_written(error));
    }
    // Others respect the lock; an editor or a synchronising program may not.
    let now = RealDisk.look_at(&real).map_err(not_read)?;
    if now.is_none_or(|now| now != look) {
        let message = format!(
            "nothing was changed: another program wrote to {} in between",
            shown(path)
        );
        return Err(Failure::new(Kind::Busy, message).hint("try again once it is done"));
    }
    file.persist(&real)
        .map_err(|error| not_written(error.error))?;
    RealDisk.sync_folder(folder_of(&real)).map_err(|error| {
        trouble(
            "the disk did not confirm the change: the journal",
            path,
            "synced",
            error,
        )
    })?;
    Ok(gone)
}
