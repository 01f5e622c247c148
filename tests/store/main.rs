//! The journal on disk as other programs and other machines treat it: what must hold whatever
//! happens to the file.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};

use leadby::calendar::Now;
use leadby::failure::Kind;
use leadby::journal::{Answer, Body, Change, Entry, Id, Item, Journal, Period, Value};
use leadby::store::{self, Damage, Disk, Loaded, RealDisk, Store};
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
    let answer = Answer {
        period: Period::Week(now().week()),
        practice: "audit".to_owned(),
        step: "influence".to_owned(),
        value: Value::Text(text.to_owned()),
    };
    answer.change()
}

fn item(title: &str) -> Change {
    let mut item = Item::new("problems");
    item.set("title", Value::Text(title.to_owned()));
    Change {
        id: None,
        body: Body::Item(item),
    }
}

/// Saves and folds as the application does.
fn save(store: &mut Store, journal: &mut Journal, changes: &[Change]) -> Vec<Entry> {
    let appended = store.append(changes, journal, now()).expect("a save");
    for entry in appended
        .others
        .entries
        .into_iter()
        .chain(appended.saved.clone())
    {
        journal.absorb(entry);
    }
    appended.saved
}

fn read(path: &Path) -> Loaded {
    Store::open(path).expect("a journal").1
}

fn mode(path: &Path) -> u32 {
    let metadata = fs::metadata(path).expect("a file");
    metadata.permissions().mode() & 0o777
}

#[track_caller]
fn refused(path: &Path) -> String {
    let mut store = Store::open(path).expect("a reading").0;
    let failure = store.append(&[answer("x")], &Journal::default(), now());
    failure.expect_err("a refusal").message().to_owned()
}

#[test]
fn what_was_saved_is_read_again() {
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
fn folders_and_files_are_the_owners_alone() {
    let (home, _) = home();
    let path = home.path().join("data/leadby/journal.jsonl");
    let (mut store, _) = Store::open(&path).expect("no journal yet");
    assert!(!home.path().join("data").exists());
    save(&mut store, &mut Journal::default(), &[answer("x")]);
    assert_eq!(mode(&path), 0o600);
    assert_eq!(mode(&home.path().join("data/leadby")), 0o700);
    assert_eq!(mode(&home.path().join("data")), 0o700);
}

#[test]
fn a_photo_is_refused_and_left_alone() {
    let (_home, path) = home();
    let photo = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\n{ \"v\": 1 }\n";
    fs::write(&path, photo).expect("a photo");
    let message = refused(&path);
    assert!(message.contains("is not a leadby journal"), "{message}");
    assert_eq!(fs::read(&path).expect("the photo"), photo);
}

#[test]
fn a_symlinked_journal_is_written_through() {
    let (home, path) = home();
    let target = home.path().join("synced.jsonl");
    symlink("synced.jsonl", &path).expect("a link that leads nowhere yet");
    let (mut store, _) = Store::open(&path).expect("no journal yet");
    save(&mut store, &mut Journal::default(), &[answer("x")]);
    assert!(fs::symlink_metadata(&path).expect("the link").is_symlink());
    assert_eq!(read(&target).entries.len(), 1);
    assert_eq!(mode(&target), 0o600);
}

#[test]
fn two_programs_that_save_in_turn_lose_nothing() {
    let (_home, path) = home();
    let (mut one, _) = Store::open(&path).expect("no journal yet");
    let (mut other, _) = Store::open(&path).expect("no journal yet");
    let (mut ours, mut theirs) = (Journal::default(), Journal::default());
    for turn in 0..10 {
        let saved = save(&mut one, &mut ours, &[answer(&format!("one {turn}"))]);
        assert_eq!(saved[0].rev, 2 * turn + 1);
        let saved = save(&mut other, &mut theirs, &[answer(&format!("other {turn}"))]);
        assert_eq!(saved[0].rev, 2 * turn + 2);
    }
    for entry in one.refresh().expect("the last one").entries {
        ours.absorb(entry);
    }
    assert_eq!(ours, theirs);
    assert_eq!(Journal::fold(read(&path).entries), ours);
}

/// A disk that does not let time pass.
#[derive(Debug)]
struct Patient;

impl Disk for Patient {
    fn wait(&self, _: std::time::Duration) {}
}

#[test]
fn a_busy_journal_is_named_with_the_way_out() {
    let (_home, path) = home();
    let held = RealDisk.open_to_append(&path).expect("a file").file;
    held.lock().expect("the lock");
    let (mut store, _) = Store::open_on(&path, Patient).expect("an empty journal");
    let failure = store.append(&[answer("x")], &Journal::default(), now());
    let failure = failure.expect_err("busy");
    assert_eq!(failure.kind(), Kind::Busy);
    assert!(failure.message().contains("journal.jsonl"), "{failure}");
    assert_eq!(failure.hints().len(), 1);
    drop(held);
    store
        .append(&[answer("x")], &Journal::default(), now())
        .expect("a save");
}

#[test]
fn a_torn_last_line_is_set_aside_and_healed_by_the_next_save() {
    let (_home, path) = home();
    let (mut store, _) = Store::open(&path).expect("no journal yet");
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
        fs::write(&path, &whole[..cut]).expect("a torn journal");
        let (mut store, loaded) = Store::open(&path).expect("a torn journal");
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
fn a_line_changed_by_hand_is_noticed_and_still_read() {
    let (_home, path) = home();
    let (mut store, _) = Store::open(&path).expect("no journal yet");
    save(&mut store, &mut Journal::default(), &[answer("one")]);
    let text = fs::read_to_string(&path).expect("the journal");
    fs::write(&path, text.replace("\"one\"", "\"three\"")).expect("a change by hand");
    let loaded = store.refresh().expect("the change");
    assert_eq!(loaded.findings[0].what, Damage::ChangedOutside);
    let journal = Journal::fold(loaded.entries);
    let id = Id::answer(Period::Week(now().week()), "audit", "influence");
    assert_eq!(journal.revision(&id), 1);
    let value = journal.answer(Period::Week(now().week()), "audit", "influence");
    assert_eq!(value, Some(&Value::Text("three".to_owned())));
}
