//! What happens to text when the disk is full, with the real model and store.

use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use rustix::io::Errno;
use tempfile::TempDir;

use super::*;
use crate::app::Setup;
use crate::app::keys::KeyTable;
use crate::journal::{Journal, UndoHistory};
use crate::practice::builtin;
use crate::store::{Disk, Opened, RealDisk};

/// A disk on which nothing can be written beside the journal, or anywhere if `everywhere` is set.
#[derive(Clone, Debug, Default)]
struct FullDisk {
    journal: PathBuf,
    full: Arc<AtomicBool>,
    everywhere: Arc<AtomicBool>,
}

impl FullDisk {
    fn refuses(&self, path: &Path) -> io::Result<()> {
        let beside = path.parent() == self.journal.parent();
        let is_full = |flag: &AtomicBool| flag.load(Ordering::SeqCst);
        if is_full(&self.everywhere) || (beside && is_full(&self.full)) {
            return Err(Errno::NOSPC.into());
        }
        Ok(())
    }
}

impl Disk for FullDisk {
    fn open_to_append(&self, path: &Path) -> io::Result<Opened> {
        self.refuses(path)?;
        RealDisk.open_to_append(path)
    }

    fn open_to_overwrite(&self, path: &Path) -> io::Result<std::fs::File> {
        self.refuses(path)?;
        RealDisk.open_to_overwrite(path)
    }
}

/// The program without its terminal.
struct TestSession {
    home: TempDir,
    disk: FullDisk,
    effects: Effects,
    model: Model,
    now: Now,
}

impl TestSession {
    fn new() -> Self {
        let home = tempfile::tempdir().expect("a folder");
        Self::open(home)
    }

    fn open(home: TempDir) -> Self {
        for folder in ["data", "temporary"] {
            std::fs::create_dir_all(home.path().join(folder)).expect("a folder");
        }
        let journal = home.path().join("data/journal.jsonl");
        let disk = FullDisk {
            journal: journal.clone(),
            ..FullDisk::default()
        };
        let now = Now::new("2026-11-24T09:15:00+01:00".parse().expect("an instant"));
        let (store, loaded) = Store::open_on(&journal, disk.clone()).expect("a reading");
        let mut drafts = Drafts::new_on(&journal, disk.clone())
            .with_fallback_folder(&home.path().join("temporary"));
        let model = Model::new(Setup {
            now,
            catalog: builtin(),
            keys: KeyTable::default(),
            findings: 0,
            undo_history: UndoHistory::recent(&loaded.entries, Default::default()),
            journal: Journal::fold(loaded.entries),
            path: "/home/anna/.local/share/leadby/journal.jsonl".to_owned(),
            draft: drafts.read().expect("a draft or none"),
            last_position: None,
            walked_pages: Default::default(),
            open: None,
        });
        Self {
            effects: Effects::new(store, drafts),
            home,
            disk,
            model,
            now,
        }
    }

    /// Ends as by `kill -9`, and starts again on a disk that works.
    fn killed(self) -> Self {
        let Self { home, effects, .. } = self;
        // The system releases its locks with it.
        drop(effects);
        Self::open(home)
    }

    fn full(self) -> Self {
        self.disk.full.store(true, Ordering::SeqCst);
        self
    }

    fn full_everywhere(self) -> Self {
        self.disk.everywhere.store(true, Ordering::SeqCst);
        self
    }

    fn room(&self) {
        self.disk.full.store(false, Ordering::SeqCst);
        self.disk.everywhere.store(false, Ordering::SeqCst);
    }

    /// Presses a key; whether the program must end.
    fn key(&mut self, code: KeyCode, modifiers: KeyModifiers) -> bool {
        let msg = Msg::Key(KeyEvent::new(code, modifiers));
        self.effects.dispatch(&mut self.model, msg, self.now).quit
    }

    fn control(&mut self, letter: char) -> bool {
        self.key(KeyCode::Char(letter), KeyModifiers::CONTROL)
    }

    fn typed(mut self, keys: &str) -> Self {
        for letter in keys.chars() {
            self.key(KeyCode::Char(letter), KeyModifiers::NONE);
        }
        self
    }

    /// The notice after the draft was due.
    fn after_a_moment(&mut self) -> String {
        if let Some(msg) = self.effects.write_draft(&mut self.model, self.now) {
            self.effects.dispatch(&mut self.model, msg, self.now);
        }
        self.notice()
    }

    fn notice(&self) -> String {
        let notice = self.model.notice();
        notice.map(|notice| notice.text.clone()).unwrap_or_default()
    }

    fn put_down(&mut self) -> Result<Option<PathBuf>, Failure> {
        self.effects.keep_draft(&mut self.model, self.now)
    }

    fn offered_draft(&self) -> Option<String> {
        let words = self.model.kept_draft()?;
        words.value.as_text().map(str::to_owned)
    }

    fn left_in_the_temporary_folder(&self) -> usize {
        let folder = self.home.path().join("temporary").read_dir();
        folder.expect("a folder").count()
    }
}

#[test]
fn words_without_a_place_beside_the_journal_are_offered_from_the_temporary_folder() {
    let mut sitting = TestSession::new().full().typed("nFewer meetings");
    let said = sitting.after_a_moment();
    assert_eq!(
        said,
        "draft kept in the temporary folder: disk full · make some room"
    );
    assert_eq!(sitting.after_a_moment(), said, "it is reported once");
    let mut sitting = sitting.killed();
    assert_eq!(sitting.offered_draft().as_deref(), Some("Fewer meetings"));
    // Once saved, the draft is gone from there.
    sitting = sitting.typed("d");
    sitting.control('s');
    assert_eq!(sitting.offered_draft(), None);
    assert_eq!(sitting.left_in_the_temporary_folder(), 0);
    assert_eq!(sitting.killed().offered_draft(), None);
}

#[test]
fn words_that_leave_for_the_temporary_folder_come_back_when_there_is_room() {
    let mut sitting = TestSession::new().typed("nFewer");
    sitting.after_a_moment();
    let mut sitting = sitting.full().typed(" meetings");
    sitting.after_a_moment();
    assert_eq!(sitting.left_in_the_temporary_folder(), 1);
    // The newer of the two is offered.
    let mut sitting = sitting.killed();
    assert_eq!(sitting.offered_draft().as_deref(), Some("Fewer meetings"));
    sitting = sitting.typed("d!");
    sitting.after_a_moment();
    assert_eq!(sitting.left_in_the_temporary_folder(), 0);
    sitting.control('s');
    assert_eq!(sitting.model.journal().commitments().len(), 1);
    // The rest of the older one is part of what was saved.
    assert_eq!(sitting.killed().offered_draft(), None);
}

#[test]
fn leaving_on_a_full_disk_loses_nothing() {
    // Leaving does not save a commitment, so it works at once.
    let mut sitting = TestSession::new().full().typed("nFewer meetings");
    assert!(sitting.control('c'));
    let place = sitting.put_down().expect("a place").expect("another one");
    assert!(place.starts_with(sitting.home.path().join("temporary")));
    assert_eq!(
        sitting.killed().offered_draft().as_deref(),
        Some("Fewer meetings")
    );
    // On a page, the save fails first and says that the draft is kept.
    let mut sitting = TestSession::new().full().typed("1Own it");
    assert!(!sitting.control('c'));
    let said = "not saved, draft kept: disk full · make some room, then save again";
    assert_eq!(sitting.notice(), said);
    assert!(sitting.control('c'));
    assert_eq!(sitting.killed().offered_draft().as_deref(), Some("Own it"));
    // The same by Ctrl+S first.
    let mut sitting = TestSession::new().full().typed("1Own it");
    assert!(!sitting.control('s'));
    assert_eq!(sitting.notice(), said);
    assert!(sitting.control('c'));
    assert_eq!(sitting.killed().offered_draft().as_deref(), Some("Own it"));
}

#[test]
fn where_nothing_can_be_kept_leaving_says_so_once() {
    let mut sitting = TestSession::new()
        .full_everywhere()
        .typed("nFewer meetings");
    assert_eq!(
        sitting.after_a_moment(),
        "draft not kept: disk full · make some room"
    );
    assert!(!sitting.control('c'));
    let said = "what you typed is not kept: disk full · leave again to discard it";
    assert_eq!(sitting.notice(), said);
    assert!(sitting.control('c'));
    let failure = sitting.put_down().expect_err("no place");
    assert!(
        failure.message().contains("did not work either"),
        "{failure}"
    );
    // No hint that no longer helps; only the text itself.
    assert_eq!(failure.hints(), ["here is what you typed:\nFewer meetings"]);
    assert_eq!(sitting.left_in_the_temporary_folder(), 0);
    // On a page, the failed save says it.
    let mut sitting = TestSession::new().full_everywhere().typed("1Own it");
    assert!(!sitting.control('c'));
    assert_eq!(
        sitting.notice(),
        "neither saved nor kept: disk full · leave again to discard it"
    );
    assert!(sitting.control('c'));
}

#[test]
fn a_warning_that_no_longer_holds_is_given_again() {
    let mut sitting = TestSession::new().full_everywhere().typed("nFewer");
    assert!(!sitting.control('c'));
    sitting.room();
    sitting = sitting.typed(" meetings");
    sitting.after_a_moment();
    sitting = sitting.full_everywhere().typed("!");
    assert!(!sitting.control('c'), "it held before, and not since");
    assert!(sitting.control('c'));
}

#[test]
fn a_place_that_cannot_be_noted_hides_nothing_said_of_words() {
    let mut sitting = TestSession::new().typed("1Own it");
    // The position cannot be noted: a folder has its name.
    let place = sitting.home.path().join("data/journal.jsonl.place");
    std::fs::create_dir(place).expect("a folder");
    sitting = sitting.full();
    sitting.control('c');
    assert!(sitting.notice().starts_with("not saved, draft kept"));
    assert!(sitting.control('c'));
}

#[test]
fn the_draft_is_down_within_a_second_with_room_to_spare() {
    assert!(DRAFT_AFTER <= Duration::from_millis(750));
    let mut sitting = TestSession::new().typed("nFewer");
    let due = sitting.effects.draft_due_in().expect("a draft is due");
    sitting = sitting.typed(" meetings");
    let later = sitting.effects.draft_due_in().expect("a draft is due");
    assert!(later <= due, "who goes on typing does not put it off");
}

#[test]
fn a_folder_in_place_of_the_journal_is_told_once() {
    let mut session = TestSession::new();
    std::fs::create_dir(&session.disk.journal).expect("a folder");
    assert!(session.effects.read_changes().is_some());
    // Its permissions change, and it can be accessed; it is still no journal.
    assert!(session.effects.check_access().is_none());
    assert!(session.effects.read_changes().is_none());
}
