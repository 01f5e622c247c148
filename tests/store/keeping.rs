//! Files kept beside the journal, and the two ways to remove lines from it.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;

use leadby::calendar::Now;
use leadby::journal::{Id, Journal};
use leadby::store::Disk;
use leadby::store::{
    Import, Loaded, RealDisk, Store, backup_folder, create_journal, forget, repair, snapshots,
};

use super::{answer, home, item, merge, now, open, read, save};

fn at(instant: &str) -> Now {
    Now::new(instant.parse().expect("an instant"))
}

fn names(path: &Path) -> Vec<String> {
    let there = snapshots(path).expect("the snapshots");
    there.into_iter().map(|it| it.name).collect()
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path)
        .expect("it is there")
        .permissions()
        .mode()
        & 0o777
}

#[test]
fn the_first_save_of_a_week_keeps_a_snapshot() {
    let (_home, path) = home();
    let save_at = |instant: &str, text: &str| {
        let (mut store, loaded) = open(&path);
        let journal = Journal::fold(loaded.entries);
        let saved = store.append(&[answer(text)], &journal, at(instant));
        assert_eq!(saved.expect("a save").note, None);
    };
    save_at("2026-11-24T09:00:00+01:00", "one");
    assert!(names(&path).is_empty(), "there was nothing to copy");
    let first = fs::read(&path).expect("the journal");
    save_at("2026-11-25T09:00:00+01:00", "two");
    save_at("2026-11-26T09:00:00+01:00", "three");
    assert_eq!(names(&path), ["2026-W48"]);
    let snapshot = &snapshots(&path).expect("the snapshots")[0].path;
    assert_eq!(fs::read(snapshot).expect("the snapshot"), first);
    assert_eq!(
        (mode(snapshot), mode(&backup_folder(&path))),
        (0o600, 0o700)
    );
    for week in 49..=53 {
        save_at(&at_week(2026, week), "later");
    }
    for week in 1..=4 {
        save_at(&at_week(2027, week), "later");
    }
    let names = names(&path);
    assert_eq!(names.len(), 8);
    assert_eq!((&*names[0], &*names[7]), ("2026-W50", "2027-W04"));
}

fn at_week(year: i32, week: u32) -> String {
    let week: leadby::calendar::Week = format!("{year}-W{week:02}").parse().expect("a week");
    format!("{}T09:00:00+01:00", week.monday())
}

#[test]
fn a_failed_snapshot_does_not_stop_a_save() {
    let (_home, path) = home();
    let (mut store, _) = open(&path);
    let mut journal = Journal::default();
    save(&mut store, &mut journal, &[answer("one")]);
    fs::write(backup_folder(&path), "in the way").expect("a file");
    let (mut store, _) = open(&path);
    let appended = store.append(&[answer("two")], &journal, now());
    let note = appended.expect("a save").note.expect("a note");
    assert!(note.text.contains("2026-W48"), "{note:?}");
    assert_eq!(read(&path).entries.len(), 2);
    let appended = store.append(&[answer("three")], &journal, now());
    assert_eq!(appended.expect("a save").note, None, "reported once");
}

/// A journal of damaged and newer lines, some of them of one entry; returns its id.
fn mixed(path: &Path) -> Id {
    let (mut store, _) = open(path);
    let mut journal = Journal::default();
    let saved = save(&mut store, &mut journal, &[item("secret"), answer("kept")]);
    let text = fs::read_to_string(path).expect("the journal");
    let lines: Vec<&str> = text.lines().collect();
    let mut bytes = text.clone().into_bytes();
    bytes.extend_from_slice(b"{\"v\":7,\"id\":\"x\"}\r\n\n<<<<<<< HEAD\n\xff\xfe junk\n");
    // Two lines joined into one, the first of them of the entry.
    bytes.extend_from_slice(format!("{}{}\n", lines[0], lines[1]).as_bytes());
    bytes.extend_from_slice(&lines[1].as_bytes()[..40]);
    fs::write(path, bytes).expect("the mixed journal");
    saved[0].id.clone()
}

#[test]
fn forgetting_leaves_every_other_line_byte_for_byte() {
    let (home, path) = home();
    let id = mixed(&path);
    let before = fs::read(&path).expect("the journal");
    let link = home.path().join("link.jsonl");
    symlink(&path, &link).expect("a link");
    let (mut watching, loaded) = open(&path);
    assert_eq!(loaded.entries.len(), 4);

    let forgotten = forget(&link, &id, false, now()).expect("forgotten");
    assert_eq!(forgotten.lines, 2);
    assert!(fs::symlink_metadata(&link).expect("the link").is_symlink());
    let after = fs::read(&path).expect("the journal");
    assert!(!String::from_utf8_lossy(&after).contains("secret"));
    let lines = |bytes: &[u8]| -> Vec<Vec<u8>> {
        let lines = bytes.split_inclusive(|byte| *byte == b'\n');
        lines.map(<[u8]>::to_vec).collect()
    };
    let (before, after) = (lines(&before), lines(&after));
    assert_eq!(after[..5], before[1..6]);
    assert_eq!(
        after[5], before[1],
        "the other half of the line that ran together"
    );
    assert_eq!(after[6], [&*before[7], b"\n"].concat());
    let mark = String::from_utf8_lossy(&after[7]).into_owned();
    assert!(mark.contains("\"kind\":\"forgotten\""), "{mark}");
    assert_eq!(after.len(), 8);
    assert_eq!(mode(&path), 0o600);

    let loaded = watching.refresh().expect("another file");
    assert!(loaded.is_complete);
    assert!(Journal::fold(loaded.entries).versions(&id).is_empty());
    assert_eq!(forget(&path, &id, false, now()).expect("nothing").lines, 0);
    let left: Vec<String> = fs::read_dir(home.path())
        .expect("the folder")
        .map(|file| {
            file.expect("a file")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .filter(|name| name.starts_with('.'))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn forgetting_waits_for_the_lock_and_reaches_the_snapshots() {
    let (_home, path) = home();
    let (mut store, _) = open(&path);
    let mut journal = Journal::default();
    let id = save(&mut store, &mut journal, &[item("secret")])[0]
        .id
        .clone();
    let (mut store, _) = open(&path);
    save(&mut store, &mut journal, &[answer("one")]);
    assert_eq!(names(&path), ["2026-W48"]);
    let held = RealDisk.open_to_append(&path).expect("a file").file;
    held.lock().expect("the lock");
    let failure = forget(&path, &id, false, now()).expect_err("busy");
    assert_eq!(failure.kind(), leadby::failure::FailureKind::Busy);
    drop(held);
    let forgotten = forget(&path, &id, true, now()).expect("forgotten");
    assert_eq!((forgotten.lines, forgotten.snapshots.len()), (1, 1));
    let snapshot = fs::read_to_string(&forgotten.snapshots[0]).expect("the snapshot");
    assert_eq!(snapshot, "");
    // A program with the old file open writes to the new one.
    save(&mut store, &mut journal, &[answer("two")]);
    assert_eq!(read(&path).entries.len(), 3);
}

#[test]
fn a_forgotten_entry_stays_forgotten_and_can_be_written_again() {
    let (home, path) = home();
    let (mut store, _) = open(&path);
    save(&mut store, &mut Journal::default(), &[answer("secret")]);
    let copy = home.path().join("copy.jsonl");
    fs::copy(&path, &copy).expect("a copy");
    let id = answer("").id.expect("an id");
    forget(&path, &id, false, now()).expect("forgotten");
    // A copy made earlier adds a line and is merged again.
    let (mut other, loaded) = open(&copy);
    save(
        &mut other,
        &mut Journal::fold(loaded.entries),
        &[answer("secret, longer")],
    );
    let (mut store, _) = open(&path);
    merge(&mut store, &copy);
    let mut journal = Journal::fold(read(&path).entries);
    assert!(journal.current(&id).is_none() && journal.versions(&id).is_empty());
    let saved = save(&mut store, &mut journal, &[answer("anew")]);
    assert_eq!(saved[0].lineage.after.as_deref().map(<[_]>::len), Some(1));
    for (path, other) in [(&path, &copy), (&copy, &path)] {
        let (mut one, _) = open(path);
        merge(&mut one, other);
        let journal = Journal::fold(read(path).entries);
        let said = journal.current(&id).map(|entry| entry.body.clone());
        assert_eq!(said, Some(answer("anew").body));
    }
}

#[test]
fn a_repair_sets_damage_aside_and_deletes_nothing() {
    let (_home, path) = home();
    mixed(&path);
    let before = fs::read(&path).expect("the journal");
    let loaded = read(&path);
    let repaired = repair(&path, now()).expect("a repair");
    assert_eq!(repaired.lines, 3);
    assert_eq!(fs::read(&repaired.snapshot).expect("a snapshot"), before);
    assert_eq!(names(&path), ["2026-11-24-before-repair"]);
    let aside = fs::read(&repaired.damaged_file).expect("the lines");
    assert!(aside.starts_with(b"<<<<<<< HEAD\n\xff\xfe junk\n"));
    assert_eq!(mode(&repaired.damaged_file), 0o600);
    let after = read(&path);
    assert_eq!(Journal::fold(after.entries), Journal::fold(loaded.entries));
    assert_eq!(after.findings.len(), 1, "the line of a newer leadby stays");
    assert_eq!(repair(&path, now()).expect("nothing").lines, 0);
    assert_eq!(names(&path).len(), 1);
}

#[test]
fn a_journal_without_its_lost_lines_gets_them_back_from_a_snapshot() {
    let (_home, path) = home();
    let (mut store, _) = open(&path);
    let mut journal = Journal::default();
    save(&mut store, &mut journal, &[item("a"), item("b")]);
    let (mut store, _) = open(&path);
    save(&mut store, &mut journal, &[item("c")]);
    let text = fs::read_to_string(&path).expect("the journal");
    let cut: String = text.split_inclusive('\n').skip(1).collect();
    fs::write(&path, cut).expect("a journal that lost a line");
    let (mut store, _) = Store::open(&path).expect("the journal");
    let snapshot = &snapshots(&path).expect("the snapshots")[0].path;
    let lines = Import::from_journal(fs::read(snapshot).expect("it")).expect("a journal");
    let compared = store.preview_import(&lines, &mut |_| ());
    let compared = compared.expect("a comparison");
    assert_eq!((compared.added, compared.already_there), (1, 1));
    assert_eq!(merge(&mut store, snapshot).added, 1);
    assert_eq!(Journal::fold(read(&path).entries), journal);
}

#[test]
fn no_file_is_created_for_a_missing_journal() {
    let (home, path) = home();
    assert_eq!(
        forget(&path, &Id::new("x"), true, now())
            .expect("nothing")
            .lines,
        0
    );
    assert_eq!(repair(&path, now()).expect("nothing").lines, 0);
    assert_eq!(fs::read_dir(home.path()).expect("the folder").count(), 0);
    create_journal(&path, &[]).expect("an empty journal");
    assert_eq!(
        read(&path),
        Loaded {
            is_complete: true,
            ..Loaded::default()
        }
    );
}
