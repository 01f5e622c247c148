//! Notes: caught by command or in `inbox.txt`, listed, counted and placed.

use std::fs;
use std::io::Write;

use insta::assert_snapshot;

use crate::environment::{Called, TestEnvironment};

/// Writes `inbox.txt` beside the journal.
fn put(environment: &TestEnvironment, text: &str) {
    let path = environment.journal().with_file_name("inbox.txt");
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    let file = fs::File::create(path);
    file.and_then(|mut file| file.write_all(text.as_bytes()))
        .expect("a file");
}

/// The id of the note with this title.
fn note(environment: &TestEnvironment, title: &str) -> String {
    let mut command = environment.command(&["list", "inbox", "--plain"]);
    let done = command.output().expect("the program starts");
    let lines = String::from_utf8(done.stdout).expect("text");
    let rows = lines
        .lines()
        .map(|line| line.split('\t').collect::<Vec<_>>());
    let note = rows.into_iter().find(|columns| columns[4] == title);
    note.expect("the note")[0].to_owned()
}

#[test]
fn a_thought_is_one_command() {
    let new = TestEnvironment::new();
    let seen = [
        new.run(&["note", "ask", "Ana", "about", "the page"]),
        new.run_with(&["note", "-"], b"first line\nand the rest\n"),
        new.run(&["add", "- what", "if"]),
        new.run(&["add", "problm", "Slow builds"]),
        new.run(&["note", " "]),
        new.run(&["note"]),
        new.run(&["add", "problm", "Slow builds", "--set", "wrong=x"]),
    ];
    let seen = seen
        .iter()
        .map(Called::seen)
        .collect::<Vec<_>>()
        .join("\n\n");
    assert_snapshot!("a_thought_is_one_command", seen);
    let notes = new.listed("inbox");
    assert_eq!(notes[1]["values"]["rest"], "and the rest");
}

#[test]
fn a_list_takes_words_without_quotes() {
    let new = TestEnvironment::new();
    new.ok(&["add", "problem", "Laptops", "take", "four", "days"]);
    assert_eq!(new.listed("problems")[0]["title"], "Laptops take four days");
    assert!(new.run(&["list", "inbox"]).code == Some(1));
}

#[test]
fn lines_of_the_file_are_shown_before_they_are_written() {
    let filled = TestEnvironment::filled();
    put(&filled, "call Ana\ncall Ben\nhalf a li");
    let before = filled.bytes();
    assert_snapshot!("lines_of_the_file", filled.run(&["list", "inbox"]).seen());
    assert!(
        filled
            .ok(&["status"])
            .ends_with("2 notes wait in the inbox: leadby list inbox\n")
    );
    assert!(filled.ok(&["status", "--json"]).contains("\"inbox\":2"));
    assert_eq!(filled.bytes(), before, "reading alters nothing");
    filled.ok(&["commit", "One owner"]);
    let lines = String::from_utf8(filled.bytes()).expect("text");
    assert_eq!(lines.matches("call A").count(), 1);
    assert_eq!(filled.listed("inbox").len(), 2);
    // The note was not what the user did last.
    assert!(filled.ok(&["undo"]).contains("One owner"));
    assert_eq!(filled.listed("inbox").len(), 2);
}

#[test]
fn the_doctor_says_what_is_in_the_file() {
    let filled = TestEnvironment::filled();
    let said = |file: &str| {
        put(&filled, file);
        let said = filled.run(&["doctor"]).output;
        let rows = said.lines().skip_while(|line| !line.starts_with("inbox"));
        rows.take(3).collect::<Vec<_>>().join("\n")
    };
    let new = said("call Ana\ncall Ben\n");
    filled.ok(&["commit", "One owner"]);
    let all = [
        new,
        said("call Ana\ncall Ben\n"),
        said("call Ana\ncall Ben\ncall Cem\n"),
        said("a\0b\n"),
        said(""),
    ];
    assert_snapshot!(all.join("\n--\n"), @"
    inbox    $HOME/data/leadby/inbox.txt
             2 notes; the next save takes in 2

    --
    inbox    $HOME/data/leadby/inbox.txt
             2 notes, all in the journal

    --
    inbox    $HOME/data/leadby/inbox.txt
             3 notes; the next save takes in 1

    --
    inbox    $HOME/data/leadby/inbox.txt
             no notes
             ! line 1 of $HOME/data/leadby/inbox.txt was left alone: it has zero bytes, as UTF-16 does
    --
    inbox    $HOME/data/leadby/inbox.txt
             no notes
    ");
}

#[test]
fn a_list_of_two_words_needs_no_quotes() {
    let empty = TestEnvironment::new();
    let added = empty.ok(&["add", "hero", "moment", "Saved", "the", "release"]);
    assert!(
        added.starts_with("Added hero moment: Saved the release"),
        "{added}"
    );
}

#[test]
fn a_note_at_the_check_in_stands_beside_what_was_noted_as_evidence() {
    let home = TestEnvironment::filled();
    home.ok(&["note", "Ana asked"]);
    home.ok(&["place", &note(&home, "Ana asked"), "--evidence", "bb04"]);
    let shown = home.ok(&["show", "bb04"]);
    assert!(shown.contains("noted    Ana asked"), "{shown}");
    let check_in = |line: &str| {
        home.ok(&["check-in", "bb04", "--kept", "--note", line]);
        home.ok(&["show", "bb04", "--json"])
    };
    let shown = check_in("The table is on the wall");
    let both = "\"evidence\":\"Ana asked; The table is on the wall\"";
    assert!(shown.replace(": ", ":").contains(both), "{shown}");
    // Later words replace what it says then.
    let shown = check_in("Both");
    assert!(
        shown.replace(": ", ":").contains("\"evidence\":\"Both\""),
        "{shown}"
    );
}

#[test]
fn a_note_is_placed_in_every_kind_of_place_and_undo_takes_back_both() {
    let filled = TestEnvironment::filled();
    put(&filled, "one\ntwo\nthree\nfour\nfive\nsix\n");
    let ways: [(&str, &[&str]); 6] = [
        ("one", &["--answer", "mastery/evidence"]),
        ("two", &["--list", "problem"]),
        ("three", &["--commit", "--by", "4 dec", "--area", "process"]),
        ("four", &["--evidence", "bb03"]),
        ("five", &["--evidence", "skills/resource-planning"]),
        ("six", &["--let-go"]),
    ];
    for (title, place) in ways {
        let id = note(&filled, title);
        let call = [&["place", &id], place].concat();
        let before = filled.listed("all");
        filled.ok(&call);
        let waiting = filled.run(&["list", "inbox"]).output;
        assert!(!waiting.contains(title), "{waiting}");
        let placed = filled.listed("all");
        filled.ok(&["undo"]);
        let without = |entries: Vec<serde_json::Value>| -> Vec<serde_json::Value> {
            let mut entries = entries;
            for entry in &mut entries {
                let members = entry.as_object_mut().expect("an object");
                members.remove("rev");
                members.remove("at");
            }
            entries
        };
        assert_eq!(without(filled.listed("all")), without(before), "{title}");
        filled.ok(&["redo"]);
        assert_eq!(without(filled.listed("all")), without(placed), "{title}");
    }
    assert_eq!(filled.run(&["list", "inbox"]).code, Some(1));
    assert_snapshot!(
        "placed_notes",
        filled.run(&["list", "inbox", "--all"]).seen()
    );
}

#[test]
fn the_plain_walk_asks_about_each_note_first() {
    let new = TestEnvironment::new();
    put(&new, "call Ana\n");
    assert_snapshot!(
        "plain_walk",
        new.run_with(&["walk", "--plain"], b"x\n2\n\n2\n2\n").seen()
    );
    assert_eq!(new.listed("problems")[0]["title"], "call Ana");
    // An empty line leaves it where it is, and so does the end of the input.
    new.ok(&["note", "call Ben"]);
    for input in [&b"\n"[..], b"1\n", b""] {
        let _ = new.run_with(&["walk", "--plain"], input);
        assert_eq!(new.listed("inbox").len(), 1);
    }
}

#[test]
fn evidence_noted_before_the_check_in_is_part_of_it() {
    let filled = TestEnvironment::filled();
    put(&filled, "all six steps have a name\nAna said so\n");
    for title in ["all six steps have a name", "Ana said so"] {
        filled.ok(&["place", &note(&filled, title), "--evidence", "bb03"]);
    }
    filled.ok(&["check-in", "bb03", "--kept"]);
    let shown = filled.ok(&["show", "bb03"]);
    assert!(shown.contains("all six steps have a name"), "{shown}");
    assert!(shown.contains("Ana said so"), "{shown}");
}

#[test]
fn what_cannot_be_placed_is_said() {
    let filled = TestEnvironment::filled();
    filled.ok(&["note", "call Ana"]);
    let id = note(&filled, "call Ana");
    for place in [
        &["--answer", "mastery/mark"][..],
        &["--answer", "audit"],
        &["--list", "nothing"],
        &["--evidence", "aa02"],
        &["--let-go", "--commit"],
        &["--list", "problem", "--by", "fri"],
        &["--let-go", "--area", "process"],
        &[],
    ] {
        let called = filled.run(&[&["place", &id], place].concat());
        assert_eq!(called.code, Some(2), "{place:?}: {}", called.errors);
    }
    let called = filled.run(&["place", "bb03", "--let-go"]);
    assert!(
        called.errors.contains("is not a note that waits"),
        "{}",
        called.errors
    );
    assert_eq!(filled.listed("inbox").len(), 1);
}

#[test]
fn a_note_is_private_and_what_it_became_is_not() {
    let filled = TestEnvironment::filled();
    filled.ok(&["note", "a sharp remark"]);
    filled.ok(&["note", "Slow reviews"]);
    filled.ok(&["note", "One owner"]);
    filled.ok(&["note", "Ben reviews at a snail's pace"]);
    let id = note(&filled, "Ben reviews at a snail's pace");
    filled.ok(&["commit", "Reviews within a day", "--from", &id]);
    filled.ok(&["place", &note(&filled, "Slow reviews"), "--list", "problem"]);
    filled.ok(&["place", &note(&filled, "One owner"), "--commit"]);
    let page = filled.ok(&["export", "md"]) + &filled.ok(&["portfolio", "--since", "2026-01-01"]);
    assert!(
        !page.contains("snail") && page.contains("Reviews within a day"),
        "{page}"
    );
    let path = filled.home().join("tables");
    filled.ok(&["export", "csv", "-o", path.to_str().expect("text")]);
    let table = fs::read_to_string(path.join("commitments.csv")).expect("a table");
    assert!(
        !table.contains(&id) && table.contains("Reviews within"),
        "{table}"
    );
    assert!(!page.contains("a sharp remark"), "{page}");
    assert!(
        page.contains("Slow reviews") && page.contains("One owner"),
        "{page}"
    );
    assert!(
        filled
            .ok(&["export", "md", "--private"])
            .contains("a sharp remark")
    );
}

#[test]
fn a_file_that_is_no_list_of_notes_stops_nothing() {
    let filled = TestEnvironment::filled();
    let path = filled.journal().with_file_name("inbox.txt");
    fs::create_dir(&path).expect("a folder");
    let called = filled.run(&["list", "commitments"]);
    assert!(called.errors.contains("a folder"), "{}", called.errors);
    filled.ok(&["commit", "One owner"]);
    filled.ok(&["note", "call Ana"]);
}

#[test]
fn a_note_of_the_file_that_is_shown_can_be_forgotten() {
    let filled = TestEnvironment::filled();
    put(&filled, "call Ana\n");
    let id = note(&filled, "call Ana");
    filled.ok(&["forget", &id, "--yes"]);
    assert!(!filled.ok(&["list", "all"]).contains("call Ana"));
    let journal = String::from_utf8(filled.bytes()).expect("text");
    assert!(!journal.contains("call Ana"));
}

#[test]
fn notes_of_one_reading_are_in_the_order_of_the_file() {
    let new = TestEnvironment::new();
    let lines = ["1 first", "2 second", "3 third", "4 fourth", "5 fifth"];
    put(&new, &format!("{}\n", lines.join("\n")));
    new.ok(&["commit", "One owner"]);
    let listed = new.listed("inbox");
    let titles: Vec<&str> = listed
        .iter()
        .filter_map(|it| it["title"].as_str())
        .collect();
    assert_eq!(titles, lines);
}
