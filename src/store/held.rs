//! The journal held on to while another program, git, puts another file in its place.
//!
//! What was in the old file, up to what somebody still appended to it, is in the new one after.

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions, Permissions};
use std::io::{self, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use super::Store;
use super::disk::{Disk, FILE_MODE, FOLDER_MODE, RealDisk, folder_of};
use super::lines::bare;
use super::trouble::trouble;
use crate::calendar::Now;
use crate::failure::Failure;

/// The journal's file as it is now, whatever takes its place.
#[derive(Debug)]
pub struct Held {
    path: PathBuf,
    file: File,
    private: bool,
}

impl Held {
    /// Holds on to the journal at `path`.
    ///
    /// # Errors
    /// When it is not there or cannot be read.
    pub fn take(path: &Path) -> Result<Self, Failure> {
        let opened = RealDisk.open_to_read(path).and_then(|file| {
            let file = file.ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))?;
            let mode = file.metadata()?.permissions().mode() & 0o777;
            Ok((file, mode & !FILE_MODE == 0))
        });
        let (file, private) =
            opened.map_err(|error| trouble("the journal", path, "read", error))?;
        Ok(Self {
            path: path.to_owned(),
            file,
            private,
        })
    }

    /// Its lines, without the blank ones.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn lines(&self) -> Result<BTreeSet<Vec<u8>>, Failure> {
        let bytes = self.bytes()?;
        let lines = bytes.split(|byte| *byte == b'\n').map(bare);
        let lines = lines.filter(|line| !line.trim_ascii().is_empty());
        Ok(lines.map(<[u8]>::to_vec).collect())
    }

    /// Whether a line end is the last thing in it, so that nothing is glued to its last line.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn ends_with_a_line(&self) -> Result<bool, Failure> {
        let bytes = self.bytes()?;
        Ok(bytes.is_empty() || bytes.ends_with(b"\n"))
    }

    /// Sees to it that the file in its place has its lines and its mode.
    ///
    /// # Errors
    /// When the new file cannot be read or written.
    pub fn put_back(self, now: Now) -> Result<(), Failure> {
        if self.private && self.path.exists() {
            make_private(&self.path)?;
        }
        let bytes = self.bytes()?;
        let (mut store, _) = Store::open(&self.path)?;
        if store.lacks(&bytes)? {
            store.back_up(now)?;
            store.take_lines(&bytes)?;
        }
        Ok(())
    }

    fn bytes(&self) -> Result<Vec<u8>, Failure> {
        let bytes = RealDisk.read_from(&self.file, 0);
        bytes.map_err(|error| trouble("the journal", &self.path, "read", error))
    }
}

/// Adds a line to a small file of another program, which is made when it is not there.
///
/// # Errors
/// When it cannot be read or written.
pub fn add_line(path: &Path, line: &str) -> Result<(), Failure> {
    let added = RealDisk.make_folders(folder_of(path)).and_then(|_| {
        let before = match fs::read(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
            read => read?,
        };
        let gap = !before.is_empty() && !before.ends_with(b"\n");
        let text = format!("{}{line}\n", if gap { "\n" } else { "" });
        let mut file = OpenOptions::new().create(true).append(true).open(path)?;
        file.write_all(text.as_bytes())
    });
    added.map_err(|error| trouble("nothing was changed:", path, "written", error))
}

/// Takes everybody else's rights away from a file or folder.
///
/// # Errors
/// When it is not there, or belongs to somebody else.
pub fn make_private(path: &Path) -> Result<(), Failure> {
    let changed = fs::metadata(path).and_then(|metadata| {
        let mode = if metadata.is_dir() {
            FOLDER_MODE
        } else {
            FILE_MODE
        };
        fs::set_permissions(path, Permissions::from_mode(mode))
    });
    changed.map_err(|error| trouble("the mode of", path, "changed", error))
}
