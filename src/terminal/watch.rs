//! Notices changes to the journal file, and to `inbox.txt` beside it, by other programs when they
//! happen.
//!
//! Only says that something changed; the store finds out what. If the system sends no notices (on
//! macOS, or on a network drive about other machines), the next wake-up checks anyway.

use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::path::{Path, PathBuf};

use crate::store::INBOX_FILE;

/// A watch on one journal, also through links.
pub(super) struct Watch {
    notes: Option<OwnedFd>,
    journal: PathBuf,
    /// The journal's path, and the one without links; a new file at either is ours.
    paths: Vec<PathBuf>,
    /// The system's number for the watched file.
    file: Option<i32>,
    /// The inbox files beside the journal, and the system's numbers for those that exist.
    inbox_paths: Vec<PathBuf>,
    inbox_files: Vec<i32>,
    /// Whether the path may lead to another file.
    stale: bool,
    /// Whether the permissions of the file may have changed.
    touched: bool,
}

impl Watch {
    /// A watch on `journal`, started by [`Watch::watch_current_file`].
    pub(super) fn new(journal: &Path) -> Self {
        Self {
            notes: system::open(),
            journal: journal.to_owned(),
            paths: Vec::new(),
            file: None,
            inbox_paths: Vec::new(),
            inbox_files: Vec::new(),
            stale: true,
            touched: false,
        }
    }

    /// What becomes readable when the journal or a file beside it changes, if anything does.
    pub(super) fn notes(&self) -> Option<BorrowedFd<'_>> {
        self.notes.as_ref().map(AsFd::as_fd)
    }

    /// Watches the file that the path leads to. True if it is a new one: there was no notice of
    /// what was written to it before.
    pub(super) fn watch_current_file(&mut self) -> bool {
        let Some(notes) = self.notes.as_ref().filter(|_| self.stale) else {
            return false;
        };
        self.paths = vec![self.journal.clone()];
        self.paths.extend(self.journal.canonicalize());
        let beside = self
            .paths
            .iter()
            .map(|path| path.with_file_name(INBOX_FILE));
        self.inbox_paths = beside.collect();
        let file = system::watch(notes, &self.paths);
        self.inbox_files = system::watch_files(notes, &self.inbox_paths);
        // A missing file is looked for again before the next wait.
        self.stale = file.is_none();
        let before = std::mem::replace(&mut self.file, file);
        file.is_some() && file != before
    }

    /// Reads the notices; whether any of them is about the journal, and not only a file beside it.
    pub(super) fn drain_events(&mut self) -> bool {
        let Some(notes) = &self.notes else {
            return false;
        };
        let files: Vec<i32> = self
            .file
            .into_iter()
            .chain(self.inbox_files.clone())
            .collect();
        let paths = [self.paths.as_slice(), self.inbox_paths.as_slice()].concat();
        let seen = system::read(notes, &files, &paths);
        self.stale |= seen.replaced;
        self.touched |= seen.touched;
        seen.written || seen.replaced || seen.touched
    }

    /// Whether the permissions of the file may have changed since [`Watch::take_touched`].
    pub(super) fn is_touched(&self) -> bool {
        self.touched
    }

    /// Whether the permissions of the file may have changed since the last call.
    pub(super) fn take_touched(&mut self) -> bool {
        std::mem::take(&mut self.touched)
    }
}

/// What the notices say.
#[derive(Clone, Copy, Debug, Default)]
struct Seen {
    written: bool,
    /// One may have been replaced, moved or removed.
    replaced: bool,
    /// The permissions of one may have changed.
    touched: bool,
}

#[cfg(target_os = "linux")]
mod system {
    use std::ffi::OsStr;
    use std::mem::MaybeUninit;
    use std::os::fd::OwnedFd;
    use std::os::unix::ffi::OsStrExt;
    use std::path::{Path, PathBuf};

    use rustix::fs::inotify::{self, CreateFlags, ReadFlags, Reader, WatchFlags};
    use rustix::io::Errno;

    use super::Seen;

    /// Notices about a watched file or folder itself.
    const ITSELF: WatchFlags = WatchFlags::DELETE_SELF.union(WatchFlags::MOVE_SELF);

    pub(super) fn open() -> Option<OwnedFd> {
        inotify::init(CreateFlags::NONBLOCK | CreateFlags::CLOEXEC).ok()
    }

    /// Watches the file for writes, and its folders only for names: other writes in them do not
    /// wake the program. The folders around them can be moved, too.
    pub(super) fn watch(notes: &OwnedFd, paths: &[PathBuf]) -> Option<i32> {
        let came = WatchFlags::CREATE | WatchFlags::MOVED_TO;
        let names = came | WatchFlags::DELETE | WatchFlags::MOVED_FROM;
        for path in paths {
            let folder = path.parent().filter(|it| !it.as_os_str().is_empty());
            let folder = folder.unwrap_or(Path::new("."));
            let _ = inotify::add_watch(notes, folder, names | ITSELF);
            for around in folder.ancestors().skip(1).filter(|it| it.is_absolute()) {
                let _ = inotify::add_watch(notes, around, ITSELF | WatchFlags::MASK_ADD);
            }
        }
        let file = WatchFlags::MODIFY | WatchFlags::ATTRIB | ITSELF;
        inotify::add_watch(notes, paths.first()?, file).ok()
    }

    /// Watches those of the files that exist for writes.
    pub(super) fn watch_files(notes: &OwnedFd, files: &[PathBuf]) -> Vec<i32> {
        let files = files.iter();
        files
            .filter_map(|file| inotify::add_watch(notes, file, WatchFlags::MODIFY).ok())
            .collect()
    }

    /// What happened to the files since the last call.
    pub(super) fn read(notes: &OwnedFd, files: &[i32], paths: &[PathBuf]) -> Seen {
        let mut seen = Seen::default();
        let itself = ReadFlags::DELETE_SELF | ReadFlags::MOVE_SELF;
        let ours = |name: &[u8]| {
            let name = Some(OsStr::from_bytes(name));
            paths.iter().any(|path| path.file_name() == name)
        };
        let mut room = [MaybeUninit::uninit(); 4096];
        let mut reader = Reader::new(notes, &mut room);
        loop {
            match reader.next() {
                Ok(note) => match note.file_name() {
                    Some(name) => seen.replaced |= ours(name.to_bytes()),
                    // About no file: notices were lost, which could be any.
                    None if note.wd() < 0 => seen.replaced = true,
                    None if note.events().intersects(itself) => seen.replaced = true,
                    None if note.events().contains(ReadFlags::ATTRIB) => {
                        seen.touched |= files.contains(&note.wd());
                    }
                    None => seen.written |= files.contains(&note.wd()),
                },
                Err(Errno::INTR) => {}
                Err(_) => return seen,
            }
        }
    }
}

#[cfg(not(target_os = "linux"))]
mod system {
    use std::os::fd::OwnedFd;
    use std::path::PathBuf;

    pub(super) fn open() -> Option<OwnedFd> {
        None
    }

    pub(super) fn watch(_: &OwnedFd, _: &[PathBuf]) -> Option<i32> {
        None
    }

    pub(super) fn watch_files(_: &OwnedFd, _: &[PathBuf]) -> Vec<i32> {
        Vec::new()
    }

    pub(super) fn read(_: &OwnedFd, _: &[i32], _: &[PathBuf]) -> super::Seen {
        super::Seen::default()
    }
}

#[cfg(target_os = "linux")]
#[expect(
    clippy::disallowed_methods,
    reason = "the tests play careless programs"
)]
#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    /// A folder, and a watch on the journal of that name in it, started if it exists.
    fn watched(name: &str, make: impl FnOnce(&Path)) -> (tempfile::TempDir, PathBuf, Watch) {
        let folder = tempfile::tempdir().expect("a folder");
        make(folder.path());
        let journal = folder.path().join(name);
        let mut watch = Watch::new(&journal);
        assert_eq!(watch.watch_current_file(), journal.exists());
        assert!(!watch.drain_events() && !watch.watch_current_file());
        (folder, journal, watch)
    }

    fn journal(folder: &Path) {
        fs::write(folder.join("journal"), "1").expect("a file");
    }

    #[test]
    fn what_is_written_to_the_file_is_heeded_once() {
        let (_folder, journal, mut watch) = watched("journal", journal);
        fs::write(&journal, "12").expect("a file");
        assert!(watch.drain_events());
        assert!(!watch.drain_events(), "a notice is not given twice");
        assert!(!watch.watch_current_file(), "it is the same file");
    }

    #[test]
    fn what_is_done_beside_it_is_not() {
        let (folder, _, mut watch) = watched("journal", journal);
        let draft = folder.path().join("journal.draft");
        fs::write(folder.path().join("journal.draft.new"), "words").expect("a file");
        fs::rename(folder.path().join("journal.draft.new"), draft).expect("another name");
        assert!(!watch.drain_events());
    }

    #[test]
    fn a_file_put_in_its_place_is_watched_from_then_on() {
        let (folder, journal, mut watch) = watched("journal", journal);
        let other = folder.path().join("other");
        fs::write(&other, "2").expect("a file");
        fs::rename(&other, &journal).expect("another name");
        assert!(watch.drain_events());
        assert!(watch.watch_current_file());
        fs::write(&journal, "23").expect("a file");
        assert!(watch.drain_events());
    }

    #[test]
    fn a_journal_that_is_not_there_yet_is_watched_once_it_is() {
        let (folder, _, mut watch) = watched("deep/journal", |_| ());
        fs::create_dir(folder.path().join("deep")).expect("a folder");
        journal(&folder.path().join("deep"));
        assert!(watch.watch_current_file());
    }

    #[test]
    fn a_file_or_folder_that_is_taken_away_is_noticed() {
        let (_folder, path, mut watch) = watched("journal", journal);
        fs::remove_file(&path).expect("the file");
        assert!(watch.drain_events() && !watch.watch_current_file());
        let deep = |folder: &Path| {
            fs::create_dir_all(folder.join("a/b")).expect("folders");
            journal(&folder.join("a/b"));
        };
        for moved in ["a/b/journal", "a/b", "a"] {
            let (folder, _, mut watch) = watched("a/b/journal", deep);
            let elsewhere = folder.path().join("elsewhere");
            fs::rename(folder.path().join(moved), &elsewhere).expect("another name");
            assert!(watch.drain_events(), "{moved}");
            assert!(!watch.watch_current_file(), "{moved}");
            // Back again, it is watched again.
            fs::rename(&elsewhere, folder.path().join(moved)).expect("the old name");
            assert!(watch.watch_current_file(), "{moved}");
        }
    }

    #[test]
    fn permissions_that_change_are_noticed_once() {
        let (_folder, journal, mut watch) = watched("journal", journal);
        assert!(!watch.take_touched());
        fs::set_permissions(&journal, PermissionsExt::from_mode(0o400)).expect("a mode");
        assert!(watch.drain_events());
        assert!(watch.take_touched() && !watch.take_touched());
    }

    #[test]
    fn behind_a_link_the_file_and_its_replacement_are_watched() {
        let (folder, link, mut watch) = watched("link", |folder| {
            fs::create_dir(folder.join("synced")).expect("a folder");
            journal(&folder.join("synced"));
            symlink("synced/journal", folder.join("link")).expect("a link");
        });
        let real = folder.path().join("synced").join("journal");
        fs::write(&real, "12").expect("a file");
        assert!(watch.drain_events());
        fs::write(folder.path().join("synced").join("other"), "2").expect("a file");
        assert!(!watch.drain_events());
        fs::rename(folder.path().join("synced").join("other"), &real).expect("another name");
        assert!(watch.drain_events() && watch.watch_current_file());
        // The same when the link changes its target.
        journal(folder.path());
        fs::remove_file(&link).expect("the link");
        symlink("journal", &link).expect("a link");
        assert!(watch.drain_events() && watch.watch_current_file());
    }
}
