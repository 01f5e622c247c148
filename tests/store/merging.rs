//! Two journals become one.

use std::fs;
use std::os::unix::fs::symlink;

use leadby::journal::Journal;
use leadby::store::{Damage, Import, Loaded, conflict_copies};

use super::{answer, home, item, merge, open, read, save};

#[test]
fn a_conflict_copy_is_named_until_it_is_merged() {
    let (home, path) = home();
    let (mut store, _) = open(&path);
    save(&mut store, &mut Journal::default(), &[answer("one")]);
    let same = home.path().join("journal-backup.jsonl");
    fs::copy(&path, &same).expect("a copy");
    let copy = home
        .path()
        .join("journal.sync-conflict-20261124-091502-ABCDEF7.jsonl");
    fs::copy(&path, &copy).expect("a copy");
    let (mut other, loaded) = open(&copy);
    save(
        &mut other,
        &mut Journal::fold(loaded.entries),
        &[item("theirs")],
    );
    fs::write(home.path().join("journal (1).jsonl"), "a poem\n").expect("something else");
    let before = fs::read(&copy).expect("the copy");

    assert_eq!(conflict_copies(&path), std::slice::from_ref(&copy));
    let elsewhere = tempfile::tempdir().expect("a temporary folder");
    let link = elsewhere.path().join("my.jsonl");
    symlink(&path, &link).expect("a link");
    assert_eq!(conflict_copies(&link), std::slice::from_ref(&copy));
    let merged = merge(&mut store, &copy);
    assert_eq!((merged.added, merged.already_there), (1, 1));
    assert_eq!(merged.new.entries.len(), 1);
    assert_eq!(store.refresh().expect("nothing new"), Loaded::default());
    assert!(conflict_copies(&path).is_empty());
    assert_eq!(fs::read(&copy).expect("the copy"), before);
    let merged = merge(&mut store, &copy);
    assert_eq!((merged.added, merged.already_there), (0, 2));
    assert_eq!(read(&path).entries.len(), 2);
}

#[test]
fn lines_of_a_newer_leadby_come_along_and_junk_does_not() {
    let (_home, path) = home();
    let damaged = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/fixtures/format-1/damaged.jsonl"
    );
    let (mut store, _) = open(&path);
    let merged = merge(&mut store, damaged.as_ref());
    let there = read(damaged.as_ref());
    let here = read(&path);
    assert_eq!(
        Journal::fold(here.entries.clone()),
        Journal::fold(there.entries)
    );
    assert_eq!(merged.new.entries, here.entries);
    assert_eq!(merged.added, here.entries.len() + 2);
    let kept: Vec<Damage> = here.findings.into_iter().map(|it| it.damage).collect();
    assert_eq!(
        kept,
        [
            Damage::ChangedOutside,
            Damage::NewerVersion(2),
            Damage::UnknownKind("poem".to_owned()),
            Damage::NotUnderstood("“2026-W54” is not a week".to_owned()),
            Damage::NotUnderstood("its “rev” is not a whole number from 1 on".to_owned()),
        ]
    );
    assert_eq!(merged.unreadable.len(), there.findings.len() - 5);

    let again = merge(&mut store, damaged.as_ref());
    assert_eq!((again.added, again.already_there), (0, merged.added));
    assert!(Import::from_journal(b"roses are red\n".to_vec()).is_none());
}
