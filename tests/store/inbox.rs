//! `inbox.txt`: every line becomes one note, whole and once, whoever writes the file and when.

use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::time::{Duration, SystemTime};

use leadby::journal::rules::{Basis, waiting_notes};
use leadby::journal::{Body, Change, Entry, Id, Journal};
use leadby::practice::builtin;
use leadby::store::{Remnant, SETTLED_AFTER, Store, forget};

use super::{home, merge, now, open, read, save};

/// The system clock while the tests run.
fn seconds() -> i64 {
    let since = SystemTime::UNIX_EPOCH.elapsed().expect("after 1970");
    i64::try_from(since.as_secs()).expect("it fits")
}

fn append(path: &Path, text: &str) {
    let file = OpenOptions::new().create(true).append(true).open(path);
    file.and_then(|mut file| file.write_all(text.as_bytes()))
        .expect("to append");
}

/// Takes in what is new, and returns how many notes that was and what was left alone.
fn take_in(store: &mut Store, journal: &mut Journal) -> (usize, Vec<String>) {
    let read = store.read_inbox(seconds());
    let notes = read.new_notes(journal, &builtin());
    let appended = store.take_in(&notes, now()).expect("a save");
    let count = appended.saved.len();
    journal.insert_all(appended.others.entries.into_iter().chain(appended.saved));
    let left = read.left_alone.iter();
    (count, left.map(|it| it.message().to_owned()).collect())
}

/// The titles of the notes that wait, sorted.
fn waiting(journal: &Journal) -> Vec<String> {
    let basis = Basis {
        journal,
        catalog: &builtin(),
        today: now().today(),
    };
    let notes = waiting_notes(basis).into_iter();
    let mut titles: Vec<String> = notes.map(|(_, note)| note.title().to_owned()).collect();
    titles.sort();
    titles
}

#[test]
fn each_line_is_taken_in_once_and_the_file_stays_as_it_is() {
    let (home, path) = home();
    let inbox = home.path().join("inbox.txt");
    let (mut store, mut journal) = (open(&path).0, Journal::default());
    assert_eq!(take_in(&mut store, &mut journal), (0, vec![]));
    assert!(!path.exists(), "without a note there is nothing to write");

    append(&inbox, "call Ana\r\n\n  read the report  \n");
    assert!(store.inbox_has_changed(seconds()));
    assert_eq!(take_in(&mut store, &mut journal).0, 2);
    assert!(!store.inbox_has_changed(seconds()));
    assert_eq!(take_in(&mut store, &mut journal).0, 0);
    // Another day, the same words, and a new start.
    append(&inbox, "call Ana\n");
    let (mut store, loaded) = open(&path);
    let mut journal = Journal::fold(loaded.entries);
    assert_eq!(take_in(&mut store, &mut journal).0, 1);
    assert_eq!(
        waiting(&journal),
        ["call Ana", "call Ana", "read the report"]
    );
    assert_eq!(
        fs::read_to_string(&inbox).expect("the file"),
        "call Ana\r\n\n  read the report  \ncall Ana\n"
    );
}

#[test]
fn notes_keep_the_order_of_the_file() {
    let (home, path) = home();
    let lines: Vec<String> = (1..40).map(|number| format!("thought {number}")).collect();
    append(&home.path().join("inbox.txt"), &(lines.join("\n") + "\n"));
    let (mut store, mut journal) = (open(&path).0, Journal::default());
    take_in(&mut store, &mut journal);
    let read = Journal::fold(open(&path).1.entries);
    for journal in [journal, read] {
        let notes = journal.items("inbox").into_iter();
        let titles: Vec<&str> = notes.map(|(_, note)| note.title()).collect();
        assert_eq!(titles, lines);
    }
}

#[test]
fn lines_that_are_removed_or_brought_back_are_not_news() {
    let (home, path) = home();
    let inbox = home.path().join("inbox.txt");
    let (mut store, mut journal) = (open(&path).0, Journal::default());
    append(&inbox, "one\ntwo\nthree\n");
    take_in(&mut store, &mut journal);
    // The user tidies the file; then a sync tool brings the old one back, in another order.
    fs::write(&inbox, "three\nfour\n").expect("a tidy file");
    assert_eq!(take_in(&mut store, &mut journal).0, 1);
    fs::remove_file(&inbox).expect("it is there");
    assert_eq!(take_in(&mut store, &mut journal).0, 0);
    fs::write(&inbox, "three\none\ntwo\nfour\n").expect("an old file");
    assert_eq!(take_in(&mut store, &mut journal).0, 0);
    assert_eq!(waiting(&journal), ["four", "one", "three", "two"]);
}

#[test]
fn a_note_that_was_deleted_undone_or_forgotten_does_not_come_back() {
    let (home, path) = home();
    append(
        &home.path().join("inbox.txt"),
        "one\ntwo of several words\n",
    );
    let (mut store, mut journal) = (open(&path).0, Journal::default());
    take_in(&mut store, &mut journal);
    let id = |title: &str, journal: &Journal| -> Id {
        let is_it = |entry: &&Entry| matches!(&entry.body, Body::Item(it) if it.title() == title);
        journal.entries().find(is_it).expect("a note").id.clone()
    };
    let (one, two) = (id("one", &journal), id("two of several words", &journal));
    save(&mut store, &mut journal, &[Change::of(one, Body::Deleted)]);
    let done = forget(&path, &two, true, now()).expect("to forget");
    assert_eq!(done.lines, 1);
    let (mut store, loaded) = open(&path);
    let mut journal = Journal::fold(loaded.entries);
    assert_eq!(take_in(&mut store, &mut journal).0, 0);
    assert_eq!(waiting(&journal), [""; 0]);
    // The words are still in the file, which is the user's, and is named.
    let named = |it: &Remnant| it.path.ends_with("inbox.txt");
    assert!(done.remnants.iter().any(named), "{:?}", done.remnants);
    let words = fs::read_to_string(home.path().join("inbox.txt")).expect("the file");
    assert_eq!(words, "one\ntwo of several words\n");
}

#[test]
fn two_machines_that_take_in_the_same_lines_have_one_note_each() {
    let (one_home, one_path) = home();
    let (other_home, other_path) = home();
    let mut journals = Vec::new();
    for (folder, path) in [(&one_home, &one_path), (&other_home, &other_path)] {
        append(
            &folder.path().join("inbox.txt"),
            "call Ana\ncall Ana\ncall Ben\n",
        );
        let (mut store, mut journal) = (open(path).0, Journal::default());
        assert_eq!(take_in(&mut store, &mut journal).0, 3);
        journals.push(journal);
    }
    // One of them has placed a note before they meet.
    let id = journals[0].entries().next().expect("a note").id.clone();
    let (mut store, loaded) = open(&one_path);
    let mut journal = Journal::fold(loaded.entries);
    let mut note = journal.item(&id).expect("a note").clone();
    note.set_reached("placed", now().today());
    save(
        &mut store,
        &mut journal,
        &[Change::of(id, Body::Item(note))],
    );

    merge(&mut store, &other_path);
    let merged = Journal::fold(read(&one_path).entries);
    assert_eq!(merged.entries().count(), 3);
    assert!(!merged.has_unsettled());
    assert_eq!(waiting(&merged).len(), 2, "a placed note stays placed");
}

#[test]
fn a_last_line_without_its_newline_waits_until_the_file_rests() {
    let (home, path) = home();
    let inbox = home.path().join("inbox.txt");
    let (mut store, mut journal) = (open(&path).0, Journal::default());
    append(&inbox, "whole\nhal");
    assert_eq!(take_in(&mut store, &mut journal).0, 1);
    append(&inbox, "f no more");
    assert_eq!(take_in(&mut store, &mut journal).0, 0);
    assert!(!store.inbox_has_changed(seconds() + SETTLED_AFTER - 10));
    assert!(store.inbox_has_changed(seconds() + SETTLED_AFTER));
    let past = SystemTime::now() - Duration::from_mins(10);
    let file = File::options().append(true).open(&inbox).expect("the file");
    file.set_modified(past).expect("a time");
    assert_eq!(take_in(&mut store, &mut journal).0, 1);
    assert!(!store.inbox_has_changed(seconds()));
    // A shortcut that writes the newline first.
    append(&inbox, "\nthe next\n");
    assert_eq!(take_in(&mut store, &mut journal).0, 1);
    assert_eq!(waiting(&journal), ["half no more", "the next", "whole"]);
    // A file from the future has not rested.
    append(&inbox, "tail");
    let future = SystemTime::now() + Duration::from_mins(150);
    file.set_modified(future).expect("a time");
    assert_eq!(take_in(&mut store, &mut journal).0, 0);
}

#[test]
fn what_is_no_list_of_notes_is_named_and_left_alone() {
    #[track_caller]
    fn check(make: impl FnOnce(&Path), expected: &str) {
        let (home, path) = home();
        make(&home.path().join("inbox.txt"));
        let (mut store, mut journal) = (open(&path).0, Journal::default());
        let (count, left) = take_in(&mut store, &mut journal);
        assert_eq!(count, 0);
        let said = left.first().map_or("", String::as_str);
        assert!(said.contains(expected), "{said:?} says {expected}");
        assert!(
            !store.inbox_has_changed(seconds()),
            "{expected}: asked again"
        );
    }
    check(|path| fs::create_dir(path).expect("a folder"), "a folder");
    check(
        |path| rustix::fs::mkfifoat(rustix::fs::CWD, path, rustix::fs::Mode::RUSR).expect("a pipe"),
        "a named pipe",
    );
    check(
        |path| {
            File::create(path)
                .and_then(|it| it.set_len(1 << 30))
                .expect("a file");
        },
        "larger than 8 MB",
    );
    check(
        |path| symlink("inbox.txt", path).expect("a link"),
        "inbox.txt",
    );
    check(
        |path| fs::write(path, "\u{0}\u{0}\n").expect("a file"),
        "it has zero bytes, as UTF-16 does",
    );
    check(
        |path| symlink("/dev/null", path).expect("a link"),
        "a device",
    );
    check(|path| symlink("nowhere", path).expect("a link"), "");
}

#[test]
fn the_file_is_found_behind_links_and_in_copies_of_a_sync_tool() {
    let (home, path) = home();
    let synced = home.path().join("synced");
    fs::create_dir(&synced).expect("a folder");
    symlink("synced/journal.jsonl", &path).expect("a link");
    let (mut store, mut journal) = (open(&path).0, Journal::default());
    append(&home.path().join("phone.txt"), "through a link\n");
    symlink("phone.txt", home.path().join("inbox.txt")).expect("a link");
    assert_eq!(take_in(&mut store, &mut journal).0, 1);
    append(&synced.join("inbox.txt"), "beside the journal itself\n");
    assert_eq!(take_in(&mut store, &mut journal).0, 1);
    append(
        &synced.join("inbox.sync-conflict-20261124-091502-ABCDEF7.txt"),
        "beside the journal itself\nfrom the other device\n",
    );
    assert_eq!(take_in(&mut store, &mut journal).0, 1);
    assert_eq!(journal.entries().count(), 3);
}

#[test]
fn a_journal_of_that_name_is_not_read_as_notes() {
    let (home, _) = home();
    let path = home.path().join("inbox.txt");
    let (mut store, mut journal) = (open(&path).0, Journal::default());
    save(&mut store, &mut journal, &[super::item("one")]);
    assert_eq!(take_in(&mut store, &mut journal), (0, vec![]));
}

#[test]
fn ten_thousand_lines_are_ten_thousand_notes() {
    let (home, path) = home();
    let lines: String = (0..10_000)
        .map(|number| format!("thought {number}\n"))
        .collect();
    append(&home.path().join("inbox.txt"), &lines);
    let (mut store, mut journal) = (open(&path).0, Journal::default());
    assert_eq!(take_in(&mut store, &mut journal).0, 10_000);
    assert_eq!(take_in(&mut store, &mut journal).0, 0);
    assert_eq!(waiting(&journal).len(), 10_000);
}

#[test]
fn a_line_that_another_program_took_in_meanwhile_is_not_written_again() {
    let (home, path) = home();
    append(&home.path().join("inbox.txt"), "one\n");
    let (mut store, journal) = (open(&path).0, Journal::default());
    let notes = store.read_inbox(seconds()).new_notes(&journal, &builtin());
    let (mut other, mut others) = (open(&path).0, Journal::default());
    assert_eq!(take_in(&mut other, &mut others).0, 1);
    let appended = store.take_in(&notes, now()).expect("no failure");
    assert_eq!(
        (appended.saved.len(), appended.others.entries.len()),
        (0, 1)
    );
    assert_eq!(read(&path).entries.len(), 1);
}
