//! The journal on disk, shared with other programs and machines: what must always hold.
//!
//! No test here starts a process: a process that is just starting has a copy of every lock this one
//! holds, so another test would find its journal in use. Tests that need one are in `tests/trust`.

#![expect(
    clippy::disallowed_methods,
    reason = "the tests act as programs that write journals carelessly"
)]

mod drafts;
mod exporting;
mod faults;
mod files;
mod fold;
mod forgetting;
mod format;
mod inbox;
mod keeping;
mod merging;
mod properties;
mod replicas;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use leadby::calendar::Now;
use leadby::failure::FailureKind;
use leadby::journal::{Answer, Body, Change, Entry, Id, Item, Journal, Period, Value};
use leadby::store::{Appended, Damage, Disk, Import, Loaded, Merged, RealDisk, Store};
use tempfile::TempDir;

fn now() -> Now {
    Now::new("2026-11-24T09:15:02+01:00".parse().expect("an instant"))
}

fn home() -> (TempDir, PathBuf) {
    let home = tempfile::tempdir().expect("a temporary folder");
    let path = home.path().join("journal.jsonl");
    (home, path)
}

fn answer(text: &str) -> Change {
    let answer = Answer::new(
        Period::Week(now().week()),
        "audit",
        "influence",
        Value::from(text),
    );
    answer.into_change()
}

fn item(title: &str) -> Change {
    let mut item = Item::new("problems");
    item.set("title", Value::from(title));
    Change::new(Body::Item(item))
}

fn open(path: &Path) -> (Store, Loaded) {
    Store::open_on(path, FastDisk).expect("a reading")
}

/// Saves and folds, as the application does.
fn save(store: &mut Store, journal: &mut Journal, changes: &[Change]) -> Vec<Entry> {
    let appended = store.append(changes, journal, now()).expect("a save");
    let saved = appended.saved.clone();
    absorb(journal, appended);
    saved
}

fn absorb(journal: &mut Journal, appended: Appended) {
    for entry in appended.others.entries.into_iter().chain(appended.saved) {
        journal.insert(entry);
    }
}

/// Adds the lines of another journal, as sync and restore do.
fn merge(store: &mut Store, other: &Path) -> Merged {
    let bytes = fs::read(other).expect("a file");
    let lines = Import::from_journal(bytes).expect("a journal");
    store.import(&lines, &mut |_| ()).expect("a merge")
}

fn read(path: &Path) -> Loaded {
    Store::open(path).expect("a journal").1
}

#[test]
fn no_test_here_starts_a_process() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/store");
    let files = fs::read_dir(folder).expect("these files");
    let starting = files.filter_map(|file| {
        let path = file.expect("a file").path();
        let text = fs::read_to_string(&path).unwrap_or_default();
        text.contains(concat!("process::", "Command"))
            .then_some(path)
    });
    assert_eq!(starting.collect::<Vec<_>>(), Vec::<PathBuf>::new());
    // Nor does `insta`, which asks cargo for this folder unless it is told.
    let settings = concat!(env!("CARGO_MANIFEST_DIR"), "/.cargo/config.toml");
    let settings = fs::read_to_string(settings).expect("cargo's settings");
    assert!(settings.contains("\nINSTA_WORKSPACE_ROOT ="), "{settings}");
}

#[test]
fn saved_entries_are_read_again() {
    let (_home, path) = home();
    let (mut store, loaded) = Store::open(&path).expect("no journal yet");
    assert_eq!(loaded, Loaded::default());
    assert!(!path.exists());

    let mut journal = Journal::default();
    save(
        &mut store,
        &mut journal,
        &[answer("one"), item("a"), item("b")],
    );
    let second = save(&mut store, &mut journal, &[answer("two")]);
    assert_eq!(second[0].rev, 2);
    assert_eq!(store.refresh().expect("nothing new"), Loaded::default());

    let loaded = read(&path);
    assert_eq!(loaded.findings, []);
    assert_eq!(loaded.entries.len(), 4);
    assert_eq!(Journal::fold(loaded.entries), journal);
    let titles: Vec<&str> = journal
        .items("problems")
        .iter()
        .map(|(_, item)| item.title())
        .collect();
    assert_eq!(titles, ["a", "b"]);
}

#[test]
fn two_programs_saving_in_turn_lose_no_entry() {
    let (_home, path) = home();
    let (mut one, _) = open(&path);
    let (mut other, _) = open(&path);
    let (mut ours, mut theirs) = (Journal::default(), Journal::default());
    for turn in 0..10 {
        let saved = save(&mut one, &mut ours, &[answer(&format!("one {turn}"))]);
        assert_eq!(saved[0].rev, 2 * turn + 1);
        let saved = save(&mut other, &mut theirs, &[answer(&format!("other {turn}"))]);
        assert_eq!(saved[0].rev, 2 * turn + 2);
    }
    for entry in one.refresh().expect("the last one").entries {
        ours.insert(entry);
    }
    assert_eq!(ours, theirs);
    assert_eq!(Journal::fold(read(&path).entries), ours);
}

/// A fast disk: it never waits, and does not survive a power cut.
#[derive(Debug)]
struct FastDisk;

impl Disk for FastDisk {
    fn wait(&self, _: std::time::Duration) {
        std::thread::yield_now();
    }

    fn sync_data(&self, _: &fs::File) -> io::Result<()> {
        Ok(())
    }

    fn sync_folder(&self, _: &Path) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_journal_in_use_is_named_with_a_hint() {
    let (_home, path) = home();
    let held = RealDisk.open_to_append(&path).expect("a file").file;
    held.lock().expect("the lock");
    let (mut store, _) = open(&path);
    let failure = store.append(&[answer("x")], &Journal::default(), now());
    let failure = failure.expect_err("busy");
    assert_eq!(failure.kind(), FailureKind::Busy);
    assert!(failure.message().contains("journal.jsonl"), "{failure}");
    assert_eq!(failure.hints().len(), 1);
    drop(held);
    store
        .append(&[answer("x")], &Journal::default(), now())
        .expect("a save");
}

#[test]
fn a_cut_off_last_line_is_set_aside_and_completed_by_the_next_save() {
    let (_home, path) = home();
    let (mut store, _) = open(&path);
    save(
        &mut store,
        &mut Journal::default(),
        &[answer("one"), item("two")],
    );
    let whole = fs::read(&path).expect("the journal");
    let first = whole
        .iter()
        .position(|byte| *byte == b'\n')
        .expect("a line")
        + 1;
    for cut in 0..whole.len() {
        // Deleted and created again: ext4 is slow for a file that is emptied and rewritten.
        fs::remove_file(&path).expect("the journal before");
        fs::write(&path, &whole[..cut]).expect("a torn journal");
        let (mut store, loaded) = open(&path);
        let kept = usize::from(cut + 1 >= first) + usize::from(cut + 1 >= whole.len());
        assert_eq!(loaded.entries.len(), kept, "cut at {cut}");
        let torn = ![0, first - 1, first, whole.len() - 1].contains(&cut);
        assert_eq!(loaded.findings.len(), usize::from(torn), "cut at {cut}");
        let mut journal = Journal::fold(loaded.entries);
        save(&mut store, &mut journal, &[item("three")]);
        let loaded = read(&path);
        assert_eq!(loaded.entries.len(), kept + 1, "cut at {cut}");
        assert_eq!(loaded.findings.len(), usize::from(torn), "cut at {cut}");
    }
}

#[test]
fn a_line_edited_by_hand_is_reported_and_still_read() {
    let (_home, path) = home();
    let (mut store, _) = open(&path);
    save(&mut store, &mut Journal::default(), &[answer("one")]);
    let text = fs::read_to_string(&path).expect("the journal");
    fs::write(&path, text.replace("\"one\"", "\"three\"")).expect("a change by hand");
    let loaded = store.refresh().expect("the change");
    assert_eq!(loaded.findings[0].damage, Damage::ChangedOutside);
    let journal = Journal::fold(loaded.entries);
    let id = Id::answer(Period::Week(now().week()), "audit", "influence");
    assert_eq!(journal.revision(&id), 1);
    let value = journal.answer(Period::Week(now().week()), "audit", "influence");
    assert_eq!(value, Some(&Value::from("three")));
}

#[test]
fn threads_that_save_at_once_lose_no_entry() {
    let (_home, path) = home();
    let worker = |name: &'static str| {
        let path = path.clone();
        move || {
            let (mut store, loaded) = open(&path);
            let mut journal = Journal::fold(loaded.entries);
            for turn in 0..40 {
                let changes = [answer(&format!("{name} {turn}")), item(name)];
                let appended = loop {
                    match store.append(&changes, &journal, now()) {
                        Ok(appended) => break appended,
                        Err(failure) => assert_eq!(failure.kind(), FailureKind::Busy, "{failure}"),
                    }
                };
                absorb(&mut journal, appended);
            }
        }
    };
    std::thread::scope(|scope| {
        scope.spawn(worker("one"));
        scope.spawn(worker("other"));
        scope.spawn(worker("third"));
    });
    let loaded = read(&path);
    assert_eq!(loaded.findings, []);
    assert_eq!(loaded.entries.len(), 240);
    let journal = Journal::fold(loaded.entries);
    let id = Id::answer(Period::Week(now().week()), "audit", "influence");
    let revisions: Vec<u64> = journal
        .versions(&id)
        .iter()
        .map(|entry| entry.rev)
        .collect();
    assert_eq!(revisions, (1..=120).collect::<Vec<u64>>());
    assert_eq!(journal.items("problems").len(), 120);
}

#[test]
fn a_line_still_being_written_is_waited_for() {
    let (_home, path) = home();
    let (mut store, _) = open(&path);
    let saved = save(
        &mut store,
        &mut Journal::default(),
        &[answer("one"), item("two")],
    );
    let whole = fs::read(&path).expect("the journal");
    let first = whole
        .iter()
        .position(|byte| *byte == b'\n')
        .expect("a line")
        + 1;

    fs::write(&path, &whole[..first]).expect("one line");
    let (mut reader, loaded) = open(&path);
    assert_eq!(loaded.entries, saved[..1]);
    fs::write(&path, &whole[..first + 30]).expect("a line half written");
    assert_eq!(reader.refresh().expect("nothing yet"), Loaded::default());
    fs::write(&path, &whole).expect("the whole line");
    let loaded = reader.refresh().expect("the second line");
    assert_eq!(loaded.entries, saved[1..]);
    assert_eq!((loaded.findings, loaded.is_complete), (vec![], false));
}

#[test]
fn a_replaced_journal_is_read_again() {
    let (home, path) = home();
    let (mut store, _) = open(&path);
    let mut journal = Journal::default();
    save(
        &mut store,
        &mut journal,
        &[answer("one"), item("a"), item("b")],
    );
    let lines: Vec<String> = fs::read_to_string(&path)
        .expect("the journal")
        .lines()
        .rev()
        .map(|line| format!("{line}\n"))
        .collect();

    let other = home.path().join("synced");
    fs::write(&other, lines.concat()).expect("another file");
    fs::rename(&other, &path).expect("put in its place");
    let loaded = store.refresh().expect("all of it");
    assert!(loaded.is_complete);
    assert_eq!(loaded.entries.len(), 3);

    fs::write(&path, &lines[0]).expect("a shorter one, in place");
    let loaded = store.refresh().expect("what is left");
    assert!(loaded.is_complete);
    assert_eq!(loaded.entries.len(), 1);

    fs::write(&other, lines[..2].concat()).expect("another file");
    fs::rename(&other, &path).expect("put in its place");
    let saved = save(&mut store, &mut Journal::default(), &[answer("two")]);
    assert_eq!(saved[0].rev, 1);
    assert_eq!(read(&path).entries.len(), 3);
}

#[test]
fn a_journal_that_disappeared_is_not_started_again() {
    let (_home, path) = home();
    let (mut store, _) = open(&path);
    let mut journal = Journal::default();
    save(&mut store, &mut journal, &[answer("one")]);
    fs::remove_file(&path).expect("gone");
    assert_eq!(store.refresh().expect("nothing"), Loaded::default());
    let failure = store.append(&[answer("two")], &journal, now());
    let failure = failure.expect_err("a refusal");
    assert!(failure.message().contains("has disappeared"), "{failure}");
    assert!(!path.exists());
}

#[test]
fn a_save_returns_the_versions_of_other_programs() {
    let (_home, path) = home();
    let (mut one, _) = open(&path);
    let (mut other, _) = open(&path);
    let theirs = save(&mut other, &mut Journal::default(), &[answer("theirs")]);
    let mine = one.append(
        &[answer("mine"), answer("mine again")],
        &Journal::default(),
        now(),
    );
    let Appended { saved, others, .. } = mine.expect("a save");
    assert_eq!(others.entries, theirs);
    assert_eq!([saved[0].rev, saved[1].rev], [2, 3]);
}
