//! Word of what other programs do to the journal's file, at the moment they do it.
//!
//! Only says that it is time to look; what there is to see, the store finds out. Where the system
//! gives no such word (macOS; a network drive, about what other machines do), the next wake-up
//! looks all the same.

use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::path::{Path, PathBuf};

/// A watch over one journal, wherever its name leads.
pub(super) struct Watch {
    notes: Option<OwnedFd>,
    journal: PathBuf,
    /// The journal's path, and the one without links; what comes to either name is ours.
    paths: Vec<PathBuf>,
    /// The file that is watched, as the system numbers it.
    file: Option<i32>,
    /// Whether the name may lead to another file by now.
    stale: bool,
}

impl Watch {
    /// A watch over `journal`, begun with [`Watch::renew`].
    pub(super) fn new(journal: &Path) -> Self {
        Self {
            notes: system::open(),
            journal: journal.to_owned(),
            paths: Vec::new(),
            file: None,
            stale: true,
        }
    }

    /// What becomes readable when something is done to the journal or beside it, if anything does.
    pub(super) fn notes(&self) -> Option<BorrowedFd<'_>> {
        self.notes.as_ref().map(AsFd::as_fd)
    }

    /// Watches the file that the name leads to. True when it is another one than before: what was
    /// written to it until now, nobody gave word of.
    pub(super) fn renew(&mut self) -> bool {
        let Some(notes) = self.notes.as_ref().filter(|_| self.stale) else {
            return false;
        };
        self.paths = vec![self.journal.clone()];
        self.paths.extend(self.journal.canonicalize());
        let file = system::watch(notes, &self.paths);
        // One that is not there yet is looked for again before the next wait.
        self.stale = file.is_none();
        let before = std::mem::replace(&mut self.file, file);
        file.is_some() && file != before
    }

    /// Takes the word that was given; whether any of it is about the journal, and not only about
    /// what lies beside it.
    pub(super) fn heed(&mut self) -> bool {
        let Some(notes) = &self.notes else {
            return false;
        };
        let (written, replaced) = system::read(notes, self.file, &self.paths);
        self.stale |= replaced;
        written || replaced
    }
}

#[cfg(target_os = "linux")]
mod system {
    use std::ffi::OsStr;
    use std::mem::MaybeUninit;
    use std::os::fd::OwnedFd;
    use std::os::unix::ffi::OsStrExt;
    use std::path::{Path, PathBuf};

    use rustix::fs::inotify::{self, CreateFlags, Reader, WatchFlags};
    use rustix::io::Errno;

    pub(super) fn open() -> Option<OwnedFd> {
        inotify::init(CreateFlags::NONBLOCK | CreateFlags::CLOEXEC).ok()
    }

    /// Watches the file for writes, and its folders only for names that come: whatever else is
    /// written in them all day wakes nobody.
    pub(super) fn watch(notes: &OwnedFd, paths: &[PathBuf]) -> Option<i32> {
        let names = WatchFlags::CREATE | WatchFlags::MOVED_TO;
        for path in paths {
            let folder = path.parent().filter(|it| !it.as_os_str().is_empty());
            let _ = inotify::add_watch(notes, folder.unwrap_or(Path::new(".")), names);
        }
        inotify::add_watch(notes, paths.first()?, WatchFlags::MODIFY).ok()
    }

    /// Whether the file was written to, and whether another one may have taken its place.
    pub(super) fn read(notes: &OwnedFd, file: Option<i32>, paths: &[PathBuf]) -> (bool, bool) {
        let (mut written, mut replaced) = (false, false);
        let ours = |name: &[u8]| {
            let name = Some(OsStr::from_bytes(name));
            paths.iter().any(|path| path.file_name() == name)
        };
        let mut room = [MaybeUninit::uninit(); 4096];
        let mut reader = Reader::new(notes, &mut room);
        loop {
            match reader.next() {
                Ok(note) => match note.file_name() {
                    Some(name) => replaced |= ours(name.to_bytes()),
                    // Of no file: some word was lost, and it may have been any.
                    None if note.wd() < 0 => replaced = true,
                    None => written |= Some(note.wd()) == file,
                },
                Err(Errno::INTR) => {}
                Err(_) => return (written, replaced),
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

    pub(super) fn read(_: &OwnedFd, _: Option<i32>, _: &[PathBuf]) -> (bool, bool) {
        (false, false)
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
    use std::os::unix::fs::symlink;

    use super::*;

    /// A folder, and a watch over the journal of that name in it, begun if it is there.
    fn watched(name: &str, make: impl FnOnce(&Path)) -> (tempfile::TempDir, PathBuf, Watch) {
        let folder = tempfile::tempdir().expect("a folder");
        make(folder.path());
        let journal = folder.path().join(name);
        let mut watch = Watch::new(&journal);
        assert_eq!(watch.renew(), journal.exists());
        assert!(!watch.heed() && !watch.renew());
        (folder, journal, watch)
    }

    fn journal(folder: &Path) {
        fs::write(folder.join("journal"), "1").expect("a file");
    }

    #[test]
    fn what_is_written_to_the_file_is_heeded_once() {
        let (_folder, journal, mut watch) = watched("journal", journal);
        fs::write(&journal, "12").expect("a file");
        assert!(watch.heed());
        assert!(!watch.heed(), "the same word is not given twice");
        assert!(!watch.renew(), "it is the same file");
    }

    #[test]
    fn what_is_done_beside_it_is_not() {
        let (folder, _, mut watch) = watched("journal", journal);
        let draft = folder.path().join("journal.draft");
        fs::write(folder.path().join("journal.draft.new"), "words").expect("a file");
        fs::rename(folder.path().join("journal.draft.new"), draft).expect("another name");
        assert!(!watch.heed());
    }

    #[test]
    fn a_file_put_in_its_place_is_watched_from_then_on() {
        let (folder, journal, mut watch) = watched("journal", journal);
        let other = folder.path().join("other");
        fs::write(&other, "2").expect("a file");
        fs::rename(&other, &journal).expect("another name");
        assert!(watch.heed());
        assert!(watch.renew());
        fs::write(&journal, "23").expect("a file");
        assert!(watch.heed());
    }

    #[test]
    fn a_journal_that_is_not_there_yet_is_watched_once_it_is() {
        let (folder, _, mut watch) = watched("deep/journal", |_| ());
        fs::create_dir(folder.path().join("deep")).expect("a folder");
        journal(&folder.path().join("deep"));
        assert!(watch.renew());
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
        assert!(watch.heed());
        fs::write(folder.path().join("synced").join("other"), "2").expect("a file");
        assert!(!watch.heed());
        fs::rename(folder.path().join("synced").join("other"), &real).expect("another name");
        assert!(watch.heed() && watch.renew());
        // And when the link is made to lead elsewhere.
        journal(folder.path());
        fs::remove_file(&link).expect("the link");
        symlink("journal", &link).expect("a link");
        assert!(watch.heed() && watch.renew());
    }
}
