//! Two texts for one field, from two machines: which one counts, and what it is called.

use insta::assert_snapshot;

use crate::environment::TestEnvironment;

/// A commitment changed on this machine at 09:00 and on the other at 10:00.
fn two_texts() -> TestEnvironment {
    let here = TestEnvironment::filled().at("2026-11-24T09:00:00+01:00");
    let there = TestEnvironment::filled().at("2026-11-24T10:00:00+01:00");
    here.ok(&["edit", "bb04", "--set", "better=Written here"]);
    there.ok(&["edit", "bb04", "--set", "better=Written there"]);
    merged(here, &there)
}

/// A commitment deleted on this machine and changed on the other.
fn one_deleted() -> TestEnvironment {
    let here = TestEnvironment::filled().at("2026-11-24T09:00:00+01:00");
    let there = TestEnvironment::filled().at("2026-11-24T10:00:00+01:00");
    here.ok(&["delete", "bb04"]);
    there.ok(&["edit", "bb04", "--set", "area=release"]);
    merged(here, &there)
}

fn merged(here: TestEnvironment, there: &TestEnvironment) -> TestEnvironment {
    let other = there.journal();
    here.ok(&["merge", other.to_str().expect("a name"), "--yes"]);
    here.at("2026-12-08T09:00:00+01:00")
}

/// The output of several commands, in order.
fn printed(here: &TestEnvironment, calls: &[&str]) -> String {
    let print = |call: &&str| {
        let words: Vec<&str> = call.split(' ').collect();
        format!("$ leadby {call}\n{}", here.ok(&words))
    };
    calls.iter().map(print).collect()
}

#[test]
fn the_counting_text_is_named_with_what_undo_does() {
    let calls = [
        "settle bb04",
        "settle bb04 --take 2",
        "undo",
        "settle bb04 --take 1",
        "undo",
        "redo",
        "history bb04",
    ];
    assert_snapshot!(printed(&two_texts(), &calls), @"
    $ leadby settle bb04
    00bb04  Written there
      what better looks like (better)
        1  Written there
        2  Written here
    `leadby settle 00bb04 --take 1` keeps the first text.
    $ leadby settle bb04 --take 2
    Settled: Written here  (0193c0de-0000-7000-8000-00000000bb04)
    $ leadby undo
    Undone: commitment · Written here, of Tue 8 Dec
      Better: Written here → Written there
      What better looks like: unsettled again
    $ leadby settle bb04 --take 1
    Settled: Written there  (0193c0de-0000-7000-8000-00000000bb04)
    $ leadby undo
    Undone: commitment · Written there, of Tue 8 Dec
      What better looks like: unsettled again
    $ leadby redo
    Redone: commitment · Written there, of Tue 8 Dec
      What better looks like: settled
    $ leadby history bb04
    Written there
      commitment
      0193c0de-0000-7000-8000-00000000bb04

      ●   7  Tue 8 Dec at 09:00 · undoes 6
      │      What better looks like: settled
      │
      ●   6  Tue 8 Dec at 09:00 · undoes 5
      │      What better looks like: unsettled again
      │
      ●   5  Tue 8 Dec at 09:00
      │      What better looks like: settled
      │
      ●   4  Tue 8 Dec at 09:00 · undoes 3
      │      Better: Written here → Written there
      │      What better looks like: unsettled again
      │
      ●   3  Tue 8 Dec at 09:00 · undone
      │ │    Better: Written there → Written here
      │ │    What better looks like: settled
      │ │
      │ ● 2  Tue 24 Nov at 10:00
      │ │    Better: One owner for every release step → Written there
      │ │
      ● │ 2  Tue 24 Nov at 09:00
      │      Better: One owner for every release step → Written here
      │
      ●   1  Tue 24 Nov at 09:15
             Better: One owner for every release step
             Area: process
             Due: Fri 27 Nov
             State: open
    ");
}

#[test]
fn an_entry_that_one_side_deleted_can_be_deleted_or_kept() {
    let calls = [
        "settle bb04 --take 1",
        "undo",
        "settle bb04 --take 2",
        "undo",
        "history bb04",
    ];
    assert_snapshot!(printed(&one_deleted(), &calls), @"
    $ leadby settle bb04 --take 1
    Settled: One owner for every release step  (0193c0de-0000-7000-8000-00000000bb04)
    $ leadby undo
    Undone: commitment · One owner for every release step, of Tue 8 Dec
      Deleted on one side, changed on the other: unsettled again
    $ leadby settle bb04 --take 2
    Deleted: One owner for every release step  (0193c0de-0000-7000-8000-00000000bb04)
    $ leadby undo
    Undone: commitment · One owner for every release step, of Tue 8 Dec
      it is restored
    $ leadby history bb04
    One owner for every release step
      commitment
      0193c0de-0000-7000-8000-00000000bb04

      ●   6  Tue 8 Dec at 09:00 · undoes 5
      │      Better: One owner for every release step
      │      Area: release
      │      Due: Fri 27 Nov
      │      State: open
      │      Deleted on one side, changed on the other: unsettled again
      │
      ●   5  Tue 8 Dec at 09:00 · undone
      │      it is deleted
      │
      ●   4  Tue 8 Dec at 09:00 · undoes 3
      │      Deleted on one side, changed on the other: unsettled again
      │
      ●   3  Tue 8 Dec at 09:00 · undone
      │ │    Deleted on one side, changed on the other: settled
      │ │
      │ ● 2  Tue 24 Nov at 10:00
      │ │    Area: process → release
      │ │
      ● │ 2  Tue 24 Nov at 09:00
      │      it is deleted
      │
      ●   1  Tue 24 Nov at 09:15
             Better: One owner for every release step
             Area: process
             Due: Fri 27 Nov
             State: open
    ");
}

#[test]
fn what_the_other_side_settled_is_named() {
    let there = two_texts();
    let here = two_texts().at("2026-12-09T09:00:00+01:00");
    there.ok(&["settle", "bb04", "--take", "2"]);
    let other = there.journal();
    let said = here.ok(&["merge", other.to_str().expect("a name"), "--yes"]);
    assert_snapshot!(said, @"
    new    1 line
           1 entry changed there, and will change here
    both   “Written here” (00bb04) was settled there
    same   8 lines
    Imported: 1 line.
    ");
}

#[test]
fn settling_does_not_count_as_work() {
    let here = TestEnvironment::filled().at("2026-11-24T09:00:00+01:00");
    let there = TestEnvironment::filled().at("2026-11-24T10:00:00+01:00");
    here.ok(&["edit", "cc05", "--set", "did=Wrote it down"]);
    there.ok(&["edit", "cc05", "--set", "did=Asked Ana"]);
    let here = merged(here, &there);
    here.ok(&["settle", "cc05", "--take", "2"]);
    let week = here.ok(&["review", "--plain", "--week"]);
    assert!(week.contains("practices_done\t0"), "{week}");
}

#[test]
fn texts_that_differ_by_a_line_break_do_not_look_the_same() {
    let here = TestEnvironment::filled().at("2026-11-24T09:00:00+01:00");
    let there = TestEnvironment::filled().at("2026-11-24T10:00:00+01:00");
    here.ok(&["edit", "bb04", "--set", "better=one\n\ntwo"]);
    there.ok(&["edit", "bb04", "--set", "better=one\ntwo"]);
    assert_snapshot!(printed(&merged(here, &there), &["settle bb04"]), @"
    $ leadby settle bb04
    00bb04  one two
      what better looks like (better)
        1  one␊two
        2  one␊␊two
    `leadby settle 00bb04 --take 1` keeps the first text.
    ");
}

#[test]
fn a_save_in_place_of_two_texts_says_where_they_are() {
    let here = two_texts();
    let called = here.run(&["edit", "bb04", "--set", "better=CLI new"]);
    assert_snapshot!(called.seen(), @"
    Changed: CLI new  (0193c0de-0000-7000-8000-00000000bb04)
    -- standard error --
    leadby: what better looks like: saved in place of the texts of two machines.
      `leadby history 00bb04` shows them
    ");
    let called = here.run(&["edit", "bb04", "--set", "better=CLI newer"]);
    assert!(!called.seen().contains("two machines"), "{called:?}");
}

#[test]
fn a_member_that_is_not_known_is_settled_too() {
    let home = TestEnvironment::filled();
    home.journal_is(
        br#"{"v":1,"id":"x1","rev":1,"after":[],"at":"2026-11-20T09:00:00+01:00","kind":"item","register":"problems","values":{"title":"one"},"crc":"def3a5a0"}
{"v":1,"id":"x1","rev":2,"after":["def3a5a0"],"at":"2026-11-21T09:00:00+01:00","kind":"item","register":"problems","values":{"title":"one"},"mood":"m2","crc":"178031bc"}
{"v":1,"id":"x1","rev":2,"after":["def3a5a0"],"at":"2026-11-22T09:00:00+01:00","kind":"item","register":"problems","values":{"title":"one"},"mood":"m3","crc":"8dd8e164"}
"#,
    );
    assert!(home.ok(&["settle"]).contains("2  \"m2\""));
    home.ok(&["settle", "x1", "--take", "2"]);
    let bytes = String::from_utf8(home.bytes()).expect("text");
    let last = bytes.lines().last().expect("a line");
    assert!(last.contains(r#""mood":"m2""#), "{last}");
    assert_eq!(home.run(&["settle"]).code, Some(1));
}

#[test]
fn an_id_is_never_two_texts_in_one() {
    let here = TestEnvironment::filled().at("2026-11-24T09:00:00+01:00");
    here.ok(&["note", "Ask Ana"]);
    let note = here.bytes();
    let note = note.trim_ascii().split(|byte| *byte == b'\n').next_back();
    let note: serde_json::Value = serde_json::from_slice(note.expect("a line")).expect("JSON");
    let id = note["id"].as_str().expect("an id");
    let there = TestEnvironment::filled().at("2026-11-24T10:00:00+01:00");
    there.journal_is(&here.bytes());
    here.ok(&["place", id, "--list", "problem"]);
    there.ok(&["place", id, "--commit"]);
    here.ok(&["edit", "cc05", "--set", "did=one"]);
    let here = merged(here, &there);
    let called = here.run(&["settle", id, "--take", "both"]);
    assert_eq!(called.code, Some(2), "{called:?}");
    here.ok(&["settle", id, "--take", "2"]);
}

#[test]
fn an_emptied_answer_adds_no_line() {
    let here = TestEnvironment::filled().at("2026-11-24T09:00:00+01:00");
    here.ok(&["answer", "audit/influence", "one"]);
    let there = TestEnvironment::filled().at("2026-11-24T10:00:00+01:00");
    there.journal_is(&here.bytes());
    here.ok(&["answer", "audit/influence", "--empty"]);
    there.ok(&["answer", "audit/influence", "two"]);
    let here = merged(here, &there);
    here.ok(&["settle", "audit/influence", "--take", "both"]);
    let bytes = String::from_utf8(here.bytes()).expect("text");
    let last = bytes.lines().last().expect("a line");
    assert!(last.contains(r#""value":"two""#), "{last}");
}

#[test]
fn a_choice_is_called_as_the_entry_it_is_about() {
    let here = TestEnvironment::filled().at("2026-11-24T09:00:00+01:00");
    let there = TestEnvironment::filled().at("2026-11-24T10:00:00+01:00");
    here.ok(&["portfolio", "--leave-out", "bb04"]);
    there.ok(&["portfolio", "--first", "bb04"]);
    let here = merged(here, &there);
    for call in [&["settle"][..], &["doctor"]] {
        let said = here.run(call).output;
        assert!(said.contains("One owner for every release step"), "{said}");
    }
}

#[test]
fn a_choice_that_one_side_undid_is_no_deleted_entry() {
    let here = TestEnvironment::filled().at("2026-11-24T09:00:00+01:00");
    here.ok(&["portfolio", "--leave-out", "bb04"]);
    let there = TestEnvironment::new().at("2026-11-24T09:30:00+01:00");
    let mine = here.journal();
    there.ok(&["merge", mine.to_str().expect("a name"), "--yes"]);
    there.ok(&["portfolio", "--first", "bb04"]);
    here.ok(&["undo"]);
    let here = merged(here, &there);
    let said = here.ok(&["settle"]);
    assert!(!said.contains("changed"), "{said}");
    assert_snapshot!(said, @"
    0193c0de-0000-7000-8000-00000000bb04/portfolio  One owner for every release step
      chosen for the portfolio on one side, undone on the other (deleted)
        1  on the first page of the portfolio
        2  undone
    `leadby settle 0193c0de-0000-7000-8000-00000000bb04/portfolio --take 1` keeps the first text.
    ");
    let choice = "choice/0193c0de-0000-7000-8000-00000000bb04/portfolio";
    let settled = here.ok(&["settle", choice, "--take", "2"]);
    assert!(settled.starts_with("Settled: One owner"), "{settled}");
    assert!(here.ok(&["list"]).contains("One owner"));
}

#[test]
fn the_other_text_is_shown_before_it_is_overwritten() {
    let here = TestEnvironment::filled().at("2026-11-24T09:00:00+01:00");
    let there = TestEnvironment::filled().at("2026-11-24T10:00:00+01:00");
    here.ok(&["answer", "audit/influence", "Written here"]);
    there.ok(&["answer", "audit/influence", "Written there"]);
    let here = merged(here, &there);
    let walk = ["walk", "--plain", "audit", "--week", "2026-W48"];
    let walked = here.run_with(&walk, b"").output;
    assert!(walked.contains("≠ also: Written here"), "{walked}");
    let answers = here.ok(&["answers", "audit/influence"]);
    assert!(answers.contains("≠ Written here"), "{answers}");
}

#[test]
fn choices_are_shown_by_their_labels() {
    let here = TestEnvironment::new().at("2026-11-24T09:00:00+01:00");
    let there = TestEnvironment::new().at("2026-11-24T10:00:00+01:00");
    here.ok(&["add", "assist", "Showed the graphs"]);
    let journal = here.journal();
    there.ok(&["import", journal.to_str().expect("a name"), "--yes"]);
    here.ok(&["edit", "0", "--set", "way=peers"]);
    there.ok(&["edit", "0", "--set", "way=coach"]);
    let said = merged(here, &there).ok(&["settle", "0"]);
    assert!(said.contains("1  Coach the new hire"), "{said}");
    assert!(said.contains("2  Help peers succeed"), "{said}");
}

#[test]
fn a_stage_in_place_of_two_days_says_so() {
    let here = TestEnvironment::new().at("2026-11-10T09:00:00+01:00");
    here.ok(&["add", "problem", "Steps without an owner"]);
    let here = here.at("2026-11-24T09:00:00+01:00");
    let there = TestEnvironment::new().at("2026-11-24T10:00:00+01:00");
    let journal = here.journal();
    there.ok(&["import", journal.to_str().expect("a name"), "--yes"]);
    here.ok(&["advance", "0", "--on", "20 Nov"]);
    there.ok(&["advance", "0", "--on", "21 Nov"]);
    let here = merged(here, &there);
    let called = here.run(&["advance", "0", "--back"]);
    assert!(
        called
            .errors
            .contains("saved in place of the texts of two machines"),
        "{called:?}"
    );
    let called = here.run(&["settle", "0", "--take", "1"]);
    assert!(!called.errors.contains("in place of"), "{called:?}");
}
