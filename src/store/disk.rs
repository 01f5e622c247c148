//! Every system call the journal file is touched with, behind one trait.
//!
//! The real disk is the trait's default; a test overrides the one call that is to go wrong. Knows
//! nothing of lines or entries.

use std::ffi::{OsStr, OsString};
use std::fmt;
use std::fs::{self, DirBuilder, File, OpenOptions, Permissions, TryLockError};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt, fchown};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rustix::fs::{Access, Dir, Mode, OFlags};
use rustix::io::Errno;

use super::look::{Look, look_from};

/// The mode of what leadby creates: a file only its owner can read.
pub(super) const FILE_MODE: u32 = 0o600;

/// The mode of a folder leadby creates.
pub(super) const FOLDER_MODE: u32 = 0o700;

/// More than a journal ever is; a file beyond it would not fit in memory.
pub(super) const LARGEST: u64 = 1 << 30;

/// A file opened for appending.
#[derive(Debug)]
pub struct Opened {
    /// The file.
    pub file: File,
    /// Whether it was made by this opening.
    pub created: bool,
}

/// What another file would have to have to be as good in a file's place.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Bonds {
    /// How many names it has in its file system.
    pub names: u64,
    /// The user and the group it belongs to.
    pub owner: (u32, u32),
    /// Whether it is mounted by itself, so that its name cannot be given to another.
    pub is_mounted: bool,
}

/// A file too large to be a journal.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("it is larger than any journal")]
pub(super) struct TooLarge;

/// The calls, each as the real disk does it.
pub trait Disk: fmt::Debug + Send {
    /// The file at `path`, through symbolic links; none when nothing is there.
    ///
    /// # Errors
    /// As the system says, and when it is not a regular file.
    fn look_at(&self, path: &Path) -> io::Result<Option<Look>> {
        match fs::metadata(path) {
            Ok(metadata) => look_from(&metadata).map(Some),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// An open file.
    ///
    /// # Errors
    /// As the system says.
    fn look(&self, file: &File) -> io::Result<Look> {
        look_from(&file.metadata()?)
    }

    /// Opens for reading; none when nothing is there.
    ///
    /// # Errors
    /// As the system says, and when it is not a regular file.
    fn open_to_read(&self, path: &Path) -> io::Result<Option<File>> {
        // Looked at before it is opened: opening a device can do something, and a pipe would wait.
        if self.look_at(path)?.is_none() {
            return Ok(None);
        }
        let file = without_waiting(OpenOptions::new().read(true)).open(path)?;
        look_from(&file.metadata()?)?;
        Ok(Some(file))
    }

    /// Opens for reading and appending what was [looked at](Self::look_at): opening a device can do
    /// something. Makes the file, for its owner alone, when nothing is there.
    ///
    /// # Errors
    /// As the system says, and when it is not a regular file.
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
                // The umask can only have taken bits away; this puts the owner's back.
                if let Err(error) = set_own_mode(&file) {
                    let _ = fs::remove_file(&target);
                    return Err(error);
                }
                Ok(Opened {
                    file,
                    created: true,
                })
            }
            // Another program made it in between.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(Opened {
                file: options.create_new(false).open(path)?,
                created: false,
            }),
            Err(error) => Err(error),
        }
    }

    /// Makes the missing folders of a path, and answers which, the outermost first.
    ///
    /// # Errors
    /// As the system says.
    fn make_folders(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
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

    /// The path without symbolic links, of a file that is there.
    ///
    /// # Errors
    /// As the system says.
    fn real_path(&self, path: &Path) -> io::Result<PathBuf> {
        fs::canonicalize(path)
    }

    /// Takes the lock on a file, unless somebody else has it. It is given back by closing.
    ///
    /// # Errors
    /// As the system says.
    fn try_lock(&self, file: &File) -> io::Result<bool> {
        match file.try_lock() {
            Ok(()) => Ok(true),
            Err(TryLockError::WouldBlock) => Ok(false),
            // Some file systems ask somebody else for the lock, and a signal ends the asking.
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Interrupted => {
                Ok(false)
            }
            Err(TryLockError::Error(error)) => Err(error),
        }
    }

    /// Lets a moment pass before the lock is tried again.
    fn wait(&self, moment: Duration) {
        std::thread::sleep(moment);
    }

    /// The bytes from `offset` to the end.
    ///
    /// # Errors
    /// As the system says, and when there are far too many.
    fn read_from(&self, mut file: &File, offset: u64) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        let end = file.seek(SeekFrom::End(0))?;
        file.seek(SeekFrom::Start(offset))?;
        // A file that grows meanwhile only makes the room for its bytes grow as well.
        let room = end.saturating_sub(offset).min(LARGEST) + 1;
        bytes.reserve(usize::try_from(room).unwrap_or_default());
        Calls(self, file)
            .take(LARGEST + 1)
            .read_to_end(&mut bytes)?;
        if bytes.len() as u64 > LARGEST {
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, TooLarge));
        }
        Ok(bytes)
    }

    /// Writes all bytes at the end.
    ///
    /// # Errors
    /// As the system says; some of the bytes may be in the file then.
    fn append(&self, mut file: &File, bytes: &[u8]) -> io::Result<()> {
        // A file system that ignores O_APPEND would write where the last reading ended.
        file.seek(SeekFrom::End(0))?;
        Calls(self, file).write_all(bytes)
    }

    /// Reads some bytes from where the last reading ended: one call, which may give fewer than
    /// there is room for.
    ///
    /// # Errors
    /// As the system says.
    fn read(&self, mut file: &File, bytes: &mut [u8]) -> io::Result<usize> {
        file.read(bytes)
    }

    /// Writes some of the bytes: one call, which may take fewer than it is given.
    ///
    /// # Errors
    /// As the system says.
    fn write(&self, mut file: &File, bytes: &[u8]) -> io::Result<usize> {
        file.write(bytes)
    }

    /// Opens a file that is to take another's place, to read it and to write it from its
    /// beginning; makes it, for its owner alone, when nothing is there.
    ///
    /// # Errors
    /// As the system says, and when it is not a regular file.
    fn open_to_fill(&self, path: &Path) -> io::Result<File> {
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        options.mode(FILE_MODE);
        let flags = OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::NOFOLLOW;
        let file = options
            .custom_flags(flags.bits().cast_signed())
            .open(path)?;
        look_from(&file.metadata()?)?;
        set_own_mode(&file).inspect_err(|_| drop(fs::remove_file(path)))?;
        Ok(file)
    }

    /// Gives a file another name, in one step; what had that name is gone.
    ///
    /// # Errors
    /// As the system says.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    /// Removes a file; none there is fine.
    ///
    /// # Errors
    /// As the system says.
    fn remove(&self, path: &Path) -> io::Result<()> {
        match fs::remove_file(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            result => result,
        }
    }

    /// What lies in a folder, by name.
    ///
    /// # Errors
    /// As the system says; a folder that is not there is empty.
    fn names(&self, folder: &Path) -> io::Result<Vec<OsString>> {
        match names_in(folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
            names => names,
        }
    }

    /// Who may do what with a file.
    ///
    /// # Errors
    /// As the system says.
    fn mode(&self, file: &File) -> io::Result<u32> {
        Ok(file.metadata()?.permissions().mode() & 0o777)
    }

    /// What ties a file to its place.
    ///
    /// # Errors
    /// As the system says.
    fn bonds(&self, file: &File) -> io::Result<Bonds> {
        let metadata = file.metadata()?;
        Ok(Bonds {
            names: metadata.nlink(),
            owner: (metadata.uid(), metadata.gid()),
            is_mounted: is_mounted(file),
        })
    }

    /// Gives a file to a user and a group.
    ///
    /// # Errors
    /// As the system says.
    fn set_owner(&self, file: &File, (user, group): (u32, u32)) -> io::Result<()> {
        fchown(file, Some(user), Some(group))
    }

    /// Sets who may do what with a file.
    ///
    /// # Errors
    /// As the system says.
    fn set_mode(&self, file: &File, mode: u32) -> io::Result<()> {
        file.set_permissions(Permissions::from_mode(mode))
    }

    /// Whether a file or folder may be written to.
    ///
    /// # Errors
    /// As the system says: that it may not, and why.
    fn may_write(&self, path: &Path) -> io::Result<()> {
        Ok(rustix::fs::access(path, Access::WRITE_OK)?)
    }

    /// Cuts a file back to `length`.
    ///
    /// # Errors
    /// As the system says.
    fn truncate(&self, file: &File, length: u64) -> io::Result<()> {
        file.set_len(length)
    }

    /// Waits until the bytes of a file are on the disk.
    ///
    /// # Errors
    /// As the system says; what is on the disk is unknown then, and asking again tells nothing.
    fn sync_data(&self, file: &File) -> io::Result<()> {
        file.sync_data()
    }

    /// Waits until the names in a folder are on the disk.
    ///
    /// # Errors
    /// As the system says. A file system that cannot do this for folders is no error.
    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        match File::open(folder)?.sync_all() {
            Err(error) if is_unsupported(&error) => Ok(()),
            result => result,
        }
    }
}

/// The disk of the machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct RealDisk;

impl Disk for RealDisk {}

/// A file whose every read and write is one call of a disk. What reads or writes all of something
/// through it goes on after a short call and after one that a signal broke off.
pub(super) struct Calls<'a, D: Disk + ?Sized>(pub(super) &'a D, pub(super) &'a File);

impl<D: Disk + ?Sized> Read for Calls<'_, D> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        self.0.read(self.1, bytes)
    }
}

impl<D: Disk + ?Sized> Write for Calls<'_, D> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(self.1, bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What lies in a folder, by name. Not by the standard library's `read_dir`, which panics where the
/// folder cannot be closed afterwards, as on a network drive that is gone.
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

/// The folder a file lies in.
pub(super) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Makes a file its owner's alone. Some file systems have one mode for all, and refuse to be asked.
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

/// Where a link that leads nowhere yet would have the file made; the path itself when it is none.
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
