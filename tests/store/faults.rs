//! A disk that fails during a save: the report matches the disk.

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use leadby::failure::{Failure, FailureKind};
use leadby::journal::Journal;
use leadby::store::{Disk, RealDisk, Store};

use super::{answer, home, item, now, open, read, save};

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Fault {
    /// The disk is full after some bytes.
    Full(usize),
    /// The same, and the file cannot be truncated either.
    FullAndStuck(usize),
    /// The bytes are written, and the disk does not confirm it.
    Unsynced,
    /// The bytes are written, and the disk does not confirm the folder.
    UnsyncedFolder,
    /// The bytes go to the start of the file, as if `O_APPEND` did nothing.
    NotAppended,
    /// Another program appends without the lock, right after us.
    Careless,
}

#[derive(Debug)]
struct FaultyDisk(Fault);

impl Disk for FaultyDisk {
    fn append(&self, mut file: &File, bytes: &[u8]) -> io::Result<()> {
        match self.0 {
            Fault::Full(after) | Fault::FullAndStuck(after) => {
                RealDisk.append(file, &bytes[..after.min(bytes.len())])?;
                Err(io::ErrorKind::StorageFull.into())
            }
            Fault::NotAppended => Ok(()),
            Fault::Careless => {
                RealDisk.append(file, bytes)?;
                file.write_all(b"{\"v\":1,")
            }
            Fault::Unsynced | Fault::UnsyncedFolder => RealDisk.append(file, bytes),
        }
    }

    fn truncate(&self, file: &File, length: u64) -> io::Result<()> {
        match self.0 {
            Fault::FullAndStuck(_) => Err(io::ErrorKind::PermissionDenied.into()),
            _ => RealDisk.truncate(file, length),
        }
    }

    fn sync_data(&self, file: &File) -> io::Result<()> {
        match self.0 {
            Fault::Unsynced => Err(rustix::io::Errno::IO.into()),
            _ => RealDisk.sync_data(file),
        }
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        match self.0 {
            Fault::UnsyncedFolder => Err(rustix::io::Errno::IO.into()),
            _ => RealDisk.sync_folder(folder),
        }
    }
}

/// Saves on a failing disk over one existing line; returns the failure, and how many lines can be
/// read afterwards.
fn fail(fault: Fault) -> (Failure, usize) {
    let (_home, path) = home();
    let (mut store, _) = open(&path);
    save(&mut store, &mut Journal::default(), &[answer("one")]);
    let (mut store, loaded) = Store::open_on(&path, FaultyDisk(fault)).expect("one line");
    let journal = Journal::fold(loaded.entries);

    // Our failure must not hide lines of another program from the reader.
    let (mut other, _) = open(&path);
    save(&mut other, &mut journal.clone(), &[item("theirs")]);
    let failure = store.append(&[answer("two"), item("three")], &journal, now());
    let failure = failure.expect_err("a failure");
    assert_eq!(failure.kind(), FailureKind::Journal);
    let found = store.refresh().expect("a reading").entries.len();
    let all = read(&path).entries.len();
    assert!(found + 1 >= all, "{found} of {all} were found again");

    // On a working disk, the next save loses nothing.
    save(&mut other, &mut journal.clone(), &[item("four")]);
    assert_eq!(read(&path).entries.len(), all + 1);
    (failure, all)
}

#[test]
fn a_full_disk_leaves_no_part_of_the_save() {
    for after in [0, 1, 30, 250, 100_000] {
        let (failure, lines) = fail(Fault::Full(after));
        assert_eq!(lines, 2);
        let message = failure.message();
        assert!(
            message.starts_with("nothing was saved: the journal "),
            "{message}"
        );
        assert!(message.ends_with("the disk is full"), "{message}");
        assert_eq!(
            failure.hints(),
            ["make some room on the disk, then save again"]
        );
    }
}

#[test]
fn a_save_that_cannot_be_rolled_back_is_not_called_unsaved() {
    for after in [0, 30, 100_000] {
        let (failure, lines) = fail(Fault::FullAndStuck(after));
        assert!(
            failure.message().contains("may or may not be in"),
            "{failure}"
        );
        assert_eq!(lines, if after == 100_000 { 4 } else { 2 });
    }
}

#[test]
fn an_unconfirmed_save_is_not_called_saved() {
    let (failure, lines) = fail(Fault::Unsynced);
    let message = failure.message();
    assert!(
        message.starts_with("the disk did not confirm the save"),
        "{message}"
    );
    assert!(message.contains("may or may not be in"), "{message}");
    assert_eq!(lines, 4);
}

#[test]
fn a_new_file_counts_as_saved_once_its_folder_is_confirmed() {
    let (_home, path) = home();
    let disk = FaultyDisk(Fault::UnsyncedFolder);
    let (mut store, _) = Store::open_on(&path, disk).expect("no journal yet");
    let failure = store.append(&[answer("one")], &Journal::default(), now());
    let failure = failure.expect_err("an unconfirmed save");
    assert!(
        failure.message().contains("may or may not be in"),
        "{failure}"
    );
    // The folder of an existing file needs no confirmation.
    store
        .append(&[answer("two")], &Journal::default(), now())
        .expect("a save");
}

#[test]
fn a_file_system_that_does_not_append_is_detected() {
    let (failure, lines) = fail(Fault::NotAppended);
    assert!(failure.message().contains("does not append"), "{failure}");
    assert_eq!(lines, 2);
}

#[test]
fn a_program_that_writes_without_the_lock_does_not_undo_a_save() {
    let (_home, path) = home();
    let disk = FaultyDisk(Fault::Careless);
    let (mut store, _) = Store::open_on(&path, disk).expect("no journal yet");
    let mut journal = Journal::default();
    save(&mut store, &mut journal, &[answer("one")]);
    save(&mut store, &mut journal, &[answer("two")]);
    assert_eq!(Journal::fold(read(&path).entries), journal);
}

/// A disk whose first write fails, and that counts the folders it is asked to confirm.
#[derive(Debug, Default)]
struct SlowStarter {
    writes: AtomicUsize,
    folders: Arc<AtomicUsize>,
}

impl Disk for SlowStarter {
    fn append(&self, file: &File, bytes: &[u8]) -> io::Result<()> {
        match self.writes.fetch_add(1, Ordering::Relaxed) {
            0 => Err(io::ErrorKind::StorageFull.into()),
            _ => RealDisk.append(file, bytes),
        }
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.folders.fetch_add(1, Ordering::Relaxed);
        RealDisk.sync_folder(folder)
    }
}

#[test]
fn the_next_save_confirms_a_file_that_a_failed_save_created() {
    let (home, _) = home();
    let path = home.path().join("data/leadby/journal.jsonl");
    let disk = SlowStarter::default();
    let folders = Arc::clone(&disk.folders);
    let (mut store, _) = Store::open_on(&path, disk).expect("no journal yet");
    let mut journal = Journal::default();
    let failure = store.append(&[answer("one")], &journal, now());
    failure.expect_err("a full disk");
    assert_eq!(folders.load(Ordering::Relaxed), 0);
    save(&mut store, &mut journal, &[answer("one")]);
    assert_eq!(folders.load(Ordering::Relaxed), 3);
    save(&mut store, &mut journal, &[answer("two")]);
    assert_eq!(folders.load(Ordering::Relaxed), 3);
}
