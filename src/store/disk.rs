//! Every system call on the journal file, behind one trait; what a file looks like from outside; and
//! a disk that gives up waiting for a lock on shutdown.
//!
//! The trait's defaults are the real disk; a test overrides the one call that must fail. Knows
//! nothing of lines or entries.

use std::ffi::{OsStr, OsString};
use std::fmt;
use std::fs::{self, DirBuilder, File, OpenOptions, Permissions, TryLockError};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{
    DirBuilderExt, FileTypeExt, MetadataExt, OpenOptionsExt, PermissionsExt, fchown,
};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rustix::fs::{Access, Dir, Mode, OFlags};
use rustix::io::Errno;

use super::extended::{self, ExtendedAttributes};

/// The mode of a file leadby creates: only its owner can read it.
pub(super) const FILE_MODE: u32 = 0o600;

/// The mode of a folder leadby creates.
pub(super) const FOLDER_MODE: u32 = 0o700;

/// Larger than any journal; a larger file would not fit in memory.
pub(super) const LARGEST: u64 = 1 << 30;

/// A file opened for appending.
#[derive(Debug)]
pub struct Opened {
    pub file: File,
    /// Whether opening it created it.
    pub created: bool,
}

/// What a file must share with the one it replaces.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct FileAttributes {
    /// Its number of names (hard links).
    pub hard_links: u64,
    /// The user and the group it belongs to.
    pub owner: (u32, u32),
    /// Whether it is mounted by itself, so that no other file can take its name.
    pub is_mounted: bool,
}

/// A file too large to be a journal.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("it is larger than any journal")]
pub(super) struct TooLarge;

/// The system calls, each as the real disk does it.
pub trait Disk: fmt::Debug + Send {
    /// The state of the file at `path`, through symbolic links; `None` if it does not exist.
    /// Anything but a regular file is an error.
    fn stat(&self, path: &Path) -> io::Result<Option<FileStat>> {
        match fs::metadata(path) {
            Ok(metadata) => stat_from(&metadata).map(Some),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The state of an open file.
    fn stat_open(&self, file: &File) -> io::Result<FileStat> {
        stat_from(&file.metadata()?)
    }

    /// Checks that the file can be read and written to, without opening it.
    fn check_access(&self, path: &Path) -> io::Result<()> {
        Ok(rustix::fs::access(
            path,
            Access::READ_OK | Access::WRITE_OK,
        )?)
    }

    /// Opens for reading; `None` if the file does not exist. Anything but a regular file is an
    /// error.
    fn open_to_read(&self, path: &Path) -> io::Result<Option<File>> {
        // Checked before it is opened: opening a device can have effects, and a pipe would block.
        if self.stat(path)?.is_none() {
            return Ok(None);
        }
        let file = without_waiting(OpenOptions::new().read(true)).open(path)?;
        stat_from(&file.metadata()?)?;
        Ok(Some(file))
    }

    /// Opens for reading and appending; call [`Self::stat`] first, as opening a device can have
    /// effects. Creates a missing file, for its owner only. Anything but a regular file is an
    /// error.
    fn open_to_append(&self, path: &Path) -> io::Result<Opened> {
        let mut options = OpenOptions::new();
        without_waiting(options.read(true).append(true));
        match options.open(path) {
            Ok(file) => {
                return Ok(Opened {
                    file,
                    created: false,
                });
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
        let target = link_target(path)?;
        let made = options.create_new(true).mode(FILE_MODE).open(&target);
        match made {
            Ok(file) => {
                // The umask can only remove bits; this restores the owner's.
                if let Err(error) = set_own_mode(&file) {
                    let _ = fs::remove_file(&target);
                    return Err(error);
                }
                Ok(Opened {
                    file,
                    created: true,
                })
            }
            // Another program created it in between.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(Opened {
                file: options.create_new(false).open(path)?,
                created: false,
            }),
            Err(error) => Err(error),
        }
    }

    /// Creates the missing folders of a path and returns them, outermost first.
    fn create_folders(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        let missing: Vec<&Path> = folder
            .ancestors()
            .take_while(|folder| !folder.as_os_str().is_empty() && !folder.exists())
            .collect();
        let mut made = Vec::new();
        for folder in missing.into_iter().rev() {
            match DirBuilder::new().mode(FOLDER_MODE).create(folder) {
                Ok(()) => {
                    fs::set_permissions(folder, Permissions::from_mode(FOLDER_MODE))?;
                    made.push(folder.to_owned());
                }
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
        Ok(made)
    }

    /// The path of an existing file without symbolic links.
    fn real_path(&self, path: &Path) -> io::Result<PathBuf> {
        fs::canonicalize(path)
    }

    /// Tries to lock a file. Closing the file releases the lock.
    fn try_lock(&self, file: &File) -> io::Result<bool> {
        match file.try_lock() {
            Ok(()) => Ok(true),
            Err(TryLockError::WouldBlock) => Ok(false),
            // Some file systems ask a server for the lock, and a signal interrupts that.
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Interrupted => {
                Ok(false)
            }
            Err(TryLockError::Error(error)) => Err(error),
        }
    }

    /// Waits a moment before the lock is tried again.
    fn wait(&self, moment: Duration) {
        std::thread::sleep(moment);
    }

    /// The bytes from `offset` to the end. Too many are an error.
    fn read_from(&self, mut file: &File, offset: u64) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        let end = file.seek(SeekFrom::End(0))?;
        file.seek(SeekFrom::Start(offset))?;
        // If the file grows meanwhile, so does the buffer.
        let room = end.saturating_sub(offset).min(LARGEST) + 1;
        bytes.reserve(usize::try_from(room).unwrap_or_default());
        DiskFile(self, file)
            .take(LARGEST + 1)
            .read_to_end(&mut bytes)?;
        if bytes.len() as u64 > LARGEST {
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, TooLarge));
        }
        Ok(bytes)
    }

    /// Writes all bytes at the end. If that fails, some of them may be in the file.
    fn append(&self, mut file: &File, bytes: &[u8]) -> io::Result<()> {
        // A file system that ignores O_APPEND would write where the last read ended.
        file.seek(SeekFrom::End(0))?;
        DiskFile(self, file).write_all(bytes)
    }

    /// Reads some bytes from where the last read ended: one call, which may read fewer than fit.
    fn read(&self, mut file: &File, bytes: &mut [u8]) -> io::Result<usize> {
        file.read(bytes)
    }

    /// Writes some of the bytes: one call, which may write fewer than it is given.
    fn write(&self, mut file: &File, bytes: &[u8]) -> io::Result<usize> {
        file.write(bytes)
    }

    /// Opens a file that will replace another, to read it and write it from the start; creates it,
    /// for its owner only, if it is missing. Anything but a regular file is an error.
    fn open_to_overwrite(&self, path: &Path) -> io::Result<File> {
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        options.mode(FILE_MODE);
        let flags = OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::NOFOLLOW;
        let file = options
            .custom_flags(flags.bits().cast_signed())
            .open(path)?;
        stat_from(&file.metadata()?)?;
        set_own_mode(&file).inspect_err(|_| drop(fs::remove_file(path)))?;
        Ok(file)
    }

    /// Renames a file in one step; a file that had the new name is gone.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    /// Removes a file; a missing one is fine.
    fn remove(&self, path: &Path) -> io::Result<()> {
        match fs::remove_file(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            result => result,
        }
    }

    /// The names in a folder. A missing folder is empty.
    fn list_folder(&self, folder: &Path) -> io::Result<Vec<OsString>> {
        match names_in(folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
            names => names,
        }
    }

    /// The permission bits of a file.
    fn mode(&self, file: &File) -> io::Result<u32> {
        Ok(file.metadata()?.permissions().mode() & 0o777)
    }

    /// What ties a file to its path.
    fn attributes(&self, file: &File) -> io::Result<FileAttributes> {
        let metadata = file.metadata()?;
        Ok(FileAttributes {
            hard_links: metadata.nlink(),
            owner: (metadata.uid(), metadata.gid()),
            is_mounted: is_mounted(file),
        })
    }

    /// Sets the user and the group a file belongs to.
    fn set_owner(&self, file: &File, (user, group): (u32, u32)) -> io::Result<()> {
        fchown(file, Some(user), Some(group))
    }

    /// Sets the permission bits of a file.
    fn set_mode(&self, file: &File, mode: u32) -> io::Result<()> {
        file.set_permissions(Permissions::from_mode(mode))
    }

    /// The extended attributes of a file that a copy must keep: the user's own and its access list
    /// (ACL), by name. None where the file system, or the system, has none.
    fn extended_attributes(&self, file: &File) -> io::Result<ExtendedAttributes> {
        extended::read(file)
    }

    /// Gives a file these extended attributes, and takes away the others that
    /// [`Disk::extended_attributes`] names.
    fn set_extended_attributes(&self, file: &File, kept: &ExtendedAttributes) -> io::Result<()> {
        extended::replace(file, kept)
    }

    /// Checks that a file or folder can be written to.
    fn may_write(&self, path: &Path) -> io::Result<()> {
        Ok(rustix::fs::access(path, Access::WRITE_OK)?)
    }

    /// Truncates a file to `length`.
    fn truncate(&self, file: &File, length: u64) -> io::Result<()> {
        file.set_len(length)
    }

    /// Waits until the bytes of a file are on the disk. If that fails, what is on the disk is
    /// unknown, and a retry tells nothing.
    fn sync_data(&self, file: &File) -> io::Result<()> {
        file.sync_data()
    }

    /// Waits until the names in a folder are on the disk. A file system that cannot sync folders is
    /// not an error.
    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        match File::open(folder)?.sync_all() {
            Err(error) if is_unsupported(&error) => Ok(()),
            result => result,
        }
    }
}

/// The machine's disk.
#[derive(Clone, Copy, Debug, Default)]
pub struct RealDisk;

impl Disk for RealDisk {}

/// A file whose every read and write is one call of a disk. `read_to_end` and `write_all` go on
/// after a short call and after one that a signal interrupted.
pub(super) struct DiskFile<'a, D: Disk + ?Sized>(pub(super) &'a D, pub(super) &'a File);

impl<D: Disk + ?Sized> Read for DiskFile<'_, D> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        self.0.read(self.1, bytes)
    }
}

impl<D: Disk + ?Sized> Write for DiskFile<'_, D> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(self.1, bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The names in a folder. The standard library's `read_dir` panics when the folder cannot be closed
/// afterwards, as on a network drive that is gone.
pub(super) fn names_in(folder: &Path) -> io::Result<Vec<OsString>> {
    let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
    let folder = rustix::fs::open(folder, flags, Mode::empty())?;
    let mut names = Vec::new();
    for entry in Dir::new(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_bytes();
        if !matches!(name, b"." | b"..") {
            names.push(OsStr::from_bytes(name).to_owned());
        }
    }
    Ok(names)
}

/// The path without symbolic links, as far as it exists.
pub(super) fn resolved_path(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    for there in path.ancestors() {
        if let (Ok(real), Ok(rest)) = (fs::canonicalize(there), path.strip_prefix(there)) {
            // Joining an empty path would add a slash at the end.
            return real.components().chain(rest.components()).collect();
        }
    }
    path
}

/// The folder a file is in.
pub(super) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Limits a file to its owner. Some file systems have one mode for all files and refuse this, so it
/// is only tried when needed.
fn set_own_mode(file: &File) -> io::Result<()> {
    if file.metadata()?.permissions().mode() & 0o777 == FILE_MODE {
        return Ok(());
    }
    file.set_permissions(Permissions::from_mode(FILE_MODE))
}

#[cfg(target_os = "linux")]
fn is_mounted(file: &File) -> bool {
    use rustix::fs::{AtFlags, StatxAttributes, StatxFlags};
    let said = rustix::fs::statx(file, "", AtFlags::EMPTY_PATH, StatxFlags::empty());
    said.is_ok_and(|said| said.stx_attributes.contains(StatxAttributes::MOUNT_ROOT))
}

#[cfg(not(target_os = "linux"))]
fn is_mounted(_: &File) -> bool {
    false
}

/// Where a dangling link would create the file; the path itself if it is not a link.
fn link_target(path: &Path) -> io::Result<PathBuf> {
    let mut target = path.to_owned();
    // The system itself gives up after 40 links.
    for _ in 0..40 {
        match fs::read_link(&target) {
            Ok(next) => target = folder_of(&target).join(next),
            Err(_) => return Ok(target),
        }
    }
    Err(Errno::LOOP.into())
}

fn without_waiting(options: &mut OpenOptions) -> &mut OpenOptions {
    options.custom_flags((OFlags::NONBLOCK | OFlags::NOCTTY).bits().cast_signed())
}

fn is_unsupported(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::Unsupported || error.kind() == io::ErrorKind::InvalidInput
}

/// What identifies a file, and the state it was in.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct FileStat {
    /// Its device and its inode there: which file it is, whatever its name.
    pub identity: (u64, u64),
    /// Its length in bytes.
    pub length: u64,
    /// When it was last written, in seconds and nanoseconds.
    pub modified: (i64, i64),
}

/// What is at a path is not a file that can be read and appended to.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("it is {0}")]
pub(super) struct NotAFile(pub(super) &'static str);

/// The state of a file, from the system's metadata. What cannot be read and appended to is an
/// error.
pub(super) fn stat_from(metadata: &fs::Metadata) -> io::Result<FileStat> {
    let kind = metadata.file_type();
    let what = if kind.is_dir() {
        "a folder"
    } else if kind.is_fifo() {
        "a named pipe"
    } else if kind.is_socket() {
        "a socket"
    } else if !kind.is_file() {
        "a device"
    } else {
        return Ok(FileStat {
            identity: (metadata.dev(), metadata.ino()),
            length: metadata.len(),
            modified: (metadata.mtime(), metadata.mtime_nsec()),
        });
    };
    Err(io::Error::new(io::ErrorKind::InvalidInput, NotAFile(what)))
}

/// Whether an error says that the path is not a regular file.
pub(super) fn is_no_file(error: &io::Error) -> bool {
    let inner = error.get_ref();
    inner
        .and_then(|inner| inner.downcast_ref::<NotAFile>())
        .is_some()
}

/// The real disk, and a function that says whether the program is shutting down.
pub struct AbortableDisk<T>(pub T);

impl<T> fmt::Debug for AbortableDisk<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_tuple("AbortableDisk")
            .finish_non_exhaustive()
    }
}

impl<T: Fn() -> bool + Send> Disk for AbortableDisk<T> {
    fn try_lock(&self, file: &File) -> io::Result<bool> {
        let ours = RealDisk.try_lock(file)?;
        if !ours && self.0() {
            return Err(io::Error::other(
                "it is in use, and leadby was asked to end",
            ));
        }
        Ok(ours)
    }
}
