//! A disk that fails at one chosen call, in every way a disk can.

use std::ffi::OsString;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use leadby::store::{Disk, ExtendedAttributes, FileAttributes, FileStat, Opened, RealDisk};
use rustix::io::Errno;

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Mode {
    /// Only at this call.
    Once,
    /// At this call and all later ones.
    FromThenOn,
    /// The disk is full: from this call on every write fails, and all else works.
    Full,
    /// The first write from this call on stops after this many bytes.
    Torn(usize),
    /// The same, and every later call fails.
    TornForGood(usize),
    /// From this call on, every read and write moves one byte at a time, which is not a failure.
    Short,
    /// From this call on, a signal interrupts every third call, which is not a failure either if
    /// the call can be repeated.
    Interrupted,
}

/// The disk, with counts of the calls it received.
#[derive(Clone, Debug)]
pub(crate) struct Faulty(Arc<State>);

#[derive(Debug)]
struct State {
    mode: Mode,
    at: AtomicUsize,
    calls: AtomicUsize,
    syncs: AtomicUsize,
    failed_syncs: AtomicUsize,
    tear: AtomicUsize,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Call {
    Read,
    Write,
    Lock,
    Other,
}

impl Faulty {
    /// A disk that fails at call `at`, counted from 0.
    pub(crate) fn new(mode: Mode, at: usize) -> Self {
        Self(Arc::new(State {
            mode,
            at: AtomicUsize::new(at),
            calls: AtomicUsize::new(0),
            syncs: AtomicUsize::new(0),
            failed_syncs: AtomicUsize::new(0),
            tear: AtomicUsize::new(0),
        }))
    }

    /// Whether the failing call was reached.
    pub(crate) fn has_failed(&self) -> bool {
        self.0.calls.load(Ordering::SeqCst) > self.0.at.load(Ordering::SeqCst)
    }

    /// A fast working disk, for tests that need not survive a power cut.
    pub(crate) fn fast() -> Self {
        Self::new(Mode::Once, usize::MAX)
    }

    /// Fails at call `at`, counted from here.
    pub(crate) fn fail_at(&self, at: usize) {
        self.0.calls.store(0, Ordering::SeqCst);
        self.0.syncs.store(0, Ordering::SeqCst);
        self.0.at.store(at, Ordering::SeqCst);
    }

    pub(crate) fn recover(&self) {
        self.0.at.store(usize::MAX, Ordering::SeqCst);
    }

    /// How often data was to be synced to the disk, and how often that failed.
    pub(crate) fn syncs(&self) -> (usize, usize) {
        let count = |counter: &AtomicUsize| counter.load(Ordering::SeqCst);
        (count(&self.0.syncs), count(&self.0.failed_syncs))
    }

    /// Counts a call; returns the error that it must end with.
    fn turn(&self, call: Call) -> io::Result<()> {
        let number = self.0.calls.fetch_add(1, Ordering::SeqCst);
        let Some(since) = number.checked_sub(self.0.at.load(Ordering::SeqCst)) else {
            return Ok(());
        };
        let asked_again = matches!(call, Call::Read | Call::Write | Call::Lock);
        match self.0.mode {
            Mode::Once if since == 0 => Err(Errno::IO.into()),
            Mode::FromThenOn => Err(Errno::IO.into()),
            Mode::TornForGood(_) if self.0.tear.load(Ordering::SeqCst) > 0 => Err(Errno::IO.into()),
            Mode::Full if call == Call::Write => Err(Errno::NOSPC.into()),
            Mode::Interrupted if asked_again && since % 3 == 0 => Err(Errno::INTR.into()),
            _ => Ok(()),
        }
    }

    /// How many of `length` bytes go into one call.
    fn part(&self, length: usize) -> usize {
        let short = self.0.mode == Mode::Short && self.has_failed();
        if short { length.min(1) } else { length }
    }
}

impl Disk for Faulty {
    fn stat(&self, path: &Path) -> io::Result<Option<FileStat>> {
        self.turn(Call::Other)?;
        RealDisk.stat(path)
    }

    fn stat_open(&self, file: &File) -> io::Result<FileStat> {
        self.turn(Call::Other)?;
        RealDisk.stat_open(file)
    }

    fn open_to_read(&self, path: &Path) -> io::Result<Option<File>> {
        self.turn(Call::Other)?;
        RealDisk.open_to_read(path)
    }

    fn open_to_append(&self, path: &Path) -> io::Result<Opened> {
        self.turn(Call::Other)?;
        RealDisk.open_to_append(path)
    }

    fn open_to_overwrite(&self, path: &Path) -> io::Result<File> {
        self.turn(Call::Other)?;
        RealDisk.open_to_overwrite(path)
    }

    fn create_folders(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        self.turn(Call::Other)?;
        RealDisk.create_folders(folder)
    }

    fn real_path(&self, path: &Path) -> io::Result<PathBuf> {
        self.turn(Call::Other)?;
        RealDisk.real_path(path)
    }

    fn try_lock(&self, file: &File) -> io::Result<bool> {
        match self.turn(Call::Lock) {
            // As the real disk treats it.
            Err(error) if error.kind() == io::ErrorKind::Interrupted => Ok(false),
            Err(error) => Err(error),
            Ok(()) => RealDisk.try_lock(file),
        }
    }

    fn wait(&self, moment: Duration) {
        // Real time, because a process that another test starts briefly has a copy of every lock.
        RealDisk.wait(moment.min(Duration::from_millis(5)));
    }

    fn read(&self, file: &File, bytes: &mut [u8]) -> io::Result<usize> {
        self.turn(Call::Read)?;
        let part = self.part(bytes.len());
        RealDisk.read(file, &mut bytes[..part])
    }

    fn write(&self, file: &File, bytes: &[u8]) -> io::Result<usize> {
        if let Mode::Torn(after) | Mode::TornForGood(after) = self.0.mode
            && self.0.calls.load(Ordering::SeqCst) >= self.0.at.load(Ordering::SeqCst)
        {
            // First a short write, then the failure.
            let tear = self.0.tear.fetch_add(1, Ordering::SeqCst);
            if tear == 0 && after > 0 {
                return RealDisk.write(file, &bytes[..after.min(bytes.len())]);
            }
            if tear <= 1 {
                self.0.tear.store(2, Ordering::SeqCst);
                return Err(Errno::IO.into());
            }
        }
        self.turn(Call::Write)?;
        RealDisk.write(file, &bytes[..self.part(bytes.len())])
    }

    fn truncate(&self, file: &File, length: u64) -> io::Result<()> {
        self.turn(Call::Other)?;
        RealDisk.truncate(file, length)
    }

    fn sync_data(&self, _: &File) -> io::Result<()> {
        self.0.syncs.fetch_add(1, Ordering::SeqCst);
        self.turn(Call::Other).inspect_err(|_| {
            self.0.failed_syncs.fetch_add(1, Ordering::SeqCst);
        })
    }

    fn sync_folder(&self, _: &Path) -> io::Result<()> {
        self.turn(Call::Other)
    }

    fn list_folder(&self, folder: &Path) -> io::Result<Vec<OsString>> {
        self.turn(Call::Other)?;
        RealDisk.list_folder(folder)
    }

    fn attributes(&self, file: &File) -> io::Result<FileAttributes> {
        self.turn(Call::Other)?;
        RealDisk.attributes(file)
    }

    fn set_owner(&self, file: &File, owner: (u32, u32)) -> io::Result<()> {
        self.turn(Call::Other)?;
        RealDisk.set_owner(file, owner)
    }

    fn extended_attributes(&self, file: &File) -> io::Result<ExtendedAttributes> {
        self.turn(Call::Other)?;
        RealDisk.extended_attributes(file)
    }

    fn set_extended_attributes(&self, file: &File, kept: &ExtendedAttributes) -> io::Result<()> {
        self.turn(Call::Other)?;
        RealDisk.set_extended_attributes(file, kept)
    }

    fn mode(&self, file: &File) -> io::Result<u32> {
        self.turn(Call::Other)?;
        RealDisk.mode(file)
    }

    fn set_mode(&self, file: &File, mode: u32) -> io::Result<()> {
        self.turn(Call::Other)?;
        RealDisk.set_mode(file, mode)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.turn(Call::Other)?;
        RealDisk.rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.turn(Call::Other)?;
        RealDisk.remove(path)
    }
}
