//! `inbox.txt` while everything fails: the disk, the program, and other programs that append.

use std::collections::BTreeMap;
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::process::Stdio;

use leadby::journal::{Entry, Journal};
use leadby::practice::builtin;
use leadby::store::Store;

use super::faults::{LINE, MAX_CALLS, modes};
use super::faulty::{Faulty, Mode};
use super::{
    Home, LIMIT, Random, block_starts, cases, kill, moment, pass, say, start, titles, wait,
};

const NOTES: &str = "call Ana\nread the report\ncall Ana\n";

fn entries(home: &Home) -> Vec<Entry> {
    Store::open(home.journal()).expect("a journal").1.entries
}

/// How often each title is in the journal, as entries.
fn counted(home: &Home) -> BTreeMap<String, usize> {
    let journal = Journal::fold(entries(home));
    let all: Vec<Entry> = journal.entries().cloned().collect();
    let mut counts = BTreeMap::new();
    for title in titles(&all) {
        *counts.entry(title.to_owned()).or_default() += 1;
    }
    counts
}

/// Fails one intake; returns whether the disk reached the failing call.
fn one_fault(mode: Mode, at: usize) -> bool {
    let _no_starts = block_starts();
    let home = Home::with(LINE);
    home.put_snapshot();
    let inbox = home.path().join("inbox.txt");
    fs::write(&inbox, NOTES).expect("notes");
    let case = format!("{mode:?} at call {at}");
    let disk = Faulty::new(mode, usize::MAX);
    let (mut store, loaded) = Store::open_on(home.journal(), disk.clone()).expect("a reading");
    let known = Journal::fold(loaded.entries);
    disk.fail_at(at);
    let read = store.read_inbox(0);
    let notes = read.new_notes(&known, &builtin());
    let saved = store.take_in(&notes, moment());
    let reached = disk.has_failed();
    disk.recover();

    let there = entries(&home).len() - 1;
    let is_said = !read.left_alone.is_empty() || saved.is_err();
    assert!(there == 3 || is_said || notes.is_empty(), "{case}: {there}");
    if let Ok(appended) = &saved {
        assert_eq!(appended.saved.len(), there, "{case}");
    }
    assert!(home.bytes().starts_with(LINE), "{case}: old lines changed");

    // The next start takes in what is missing, and no word of the file was touched.
    let (mut store, loaded) = Store::open_on(home.journal(), Faulty::fast()).expect("a reading");
    let known = Journal::fold(loaded.entries);
    let notes = store.read_inbox(0).new_notes(&known, &builtin());
    store.take_in(&notes, moment()).expect("a save");
    let counts = counted(&home);
    assert_eq!(counts.get("call Ana"), Some(&2), "{case}");
    assert_eq!(counts.get("read the report"), Some(&1), "{case}");
    assert_eq!(fs::read_to_string(&inbox).expect("notes"), NOTES, "{case}");
    reached
}

#[test]
fn every_call_of_taking_in_notes_may_fail() {
    let mut faults = 0;
    for mode in modes().iter().copied() {
        let mut at = 0;
        while one_fault(mode, at) {
            faults += 1;
            at += 1;
            assert!(at < MAX_CALLS, "{mode:?} never ends");
        }
    }
    say(&format!(
        "inbox faults: {faults} failures, every line taken in once by the next start"
    ));
}

#[test]
fn a_kill_at_any_instant_takes_no_note_in_twice_and_loses_none() {
    let mut random = Random::new();
    let home = Home::in_memory();
    let inbox = home.path().join("inbox.txt");
    let kills = cases(15, 400);
    let mut written = String::new();
    for number in 0..kills {
        let line = format!("thought {number}\n");
        let mut file = OpenOptions::new()
            .create(true)
            .append(true)
            .open(&inbox)
            .expect("the inbox");
        file.write_all(line.as_bytes()).expect("a line");
        written.push_str(&line);
        let child = start(&mut home.command(&["commit", "one thing"]));
        pass(std::time::Duration::from_micros(
            u64::try_from(random.below(9_000)).expect("it is small"),
        ));
        kill(child.id());
        wait(child, LIMIT);
    }
    home.ok(&["commit", "the last thing"]);
    let counts = counted(&home);
    for number in 0..kills {
        let title = format!("thought {number}");
        assert_eq!(counts.get(&title), Some(&1), "{title}");
    }
    assert_eq!(fs::read_to_string(&inbox).expect("notes"), written);
    say(&format!("inbox kills: {kills}, every note there once"));
}

#[test]
fn lines_appended_at_any_instant_are_taken_in_whole() {
    let home = Home::in_memory();
    let lines = cases(150, 2_000);
    // An appender that keeps the file open and writes each line in two pieces, and one that opens it
    // for every line.
    let script = format!(
        "exec 3>>inbox.txt; i=0; while [ $i -lt {lines} ]; do printf 'first half of %s' $i >&3; \
         printf ' and the second\\n' >&3; i=$((i+1)); done"
    );
    let mut appender = std::process::Command::new("/bin/sh");
    appender
        .args(["-c", &script])
        .current_dir(home.path())
        .stdin(Stdio::null());
    let appender = start(&mut appender);
    for number in 0..cases(12, 60) {
        home.ok(&["note", &format!("mine {number}")]);
        home.ok(&["commit", &format!("thing {number}")]);
        home.ok(&["list", "inbox", "--json"]);
    }
    assert!(wait(appender, LIMIT * 6).is_some_and(|it| it.status.success()));
    home.ok(&["commit", "the last"]);
    let counts = counted(&home);
    for number in 0..lines {
        let title = format!("first half of {number} and the second");
        assert_eq!(counts.get(&title), Some(&1), "{title}");
    }
    let halves = counts
        .keys()
        .filter(|it| it.starts_with("first") && !it.ends_with("second"));
    assert_eq!(halves.count(), 0);
}

#[test]
fn where_nothing_can_be_written_notes_are_still_shown() {
    let home = Home::in_memory();
    home.ok(&["commit", "one thing"]);
    fs::write(home.path().join("inbox.txt"), "call Ana\n").expect("a note");
    let before = home.bytes();
    assert!(home.ok(&["list", "inbox"]).contains("call Ana"));
    assert!(home.ok(&["status"]).contains("1 note waits"));
    assert_eq!(home.bytes(), before, "reading alters nothing");
}
