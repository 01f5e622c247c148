//! Commands that undo, redo and show earlier versions: undo, redo, history.

use insta::assert_snapshot;

use crate::environment::TestEnvironment;

#[test]
fn the_last_change_is_undone_and_redone() {
    let filled = TestEnvironment::filled();
    filled.ok(&["check-in", "bb03", "--kept", "--note", "rules in place"]);
    assert_snapshot!(filled.run(&["undo"]).seen(), @"
    Undone: commitment · Inbox rules, of Tue 24 Nov
      State: kept → open
      On: Tue 24 Nov → nothing
      Evidence: rules in place → nothing
    ");
    assert_snapshot!(filled.run(&["history", "bb03"]).seen(), @"
    Inbox rules
      commitment
      0193c0de-0000-7000-8000-00000000bb03

      3  Tue 24 Nov at 09:15 · undoes 2
         State: kept → open
         On: Tue 24 Nov → nothing
         Evidence: rules in place → nothing

      2  Tue 24 Nov at 09:15 · undone
         State: open → kept
         On: Tue 24 Nov
         Evidence: rules in place

      1  Tue 24 Nov at 09:15
         Better: Inbox rules
         Area: inbox
         Due: Fri 20 Nov
         Moved: Fri 6 Nov to Fri 13 Nov: waiting for Ana
         Moved: Fri 13 Nov to Fri 20 Nov
         State: open
    ");
    assert_snapshot!(filled.run(&["redo"]).seen(), @"
    Redone: commitment · Inbox rules, of Tue 24 Nov
      State: open → kept
      On: Tue 24 Nov
      Evidence: rules in place
    ");
    let shown = filled.ok(&["show", "bb03"]);
    assert!(shown.contains("commitment · kept"), "{shown}");
    assert_snapshot!(filled.run(&["redo"]).seen(), @"
    -- standard error --
    leadby: nothing to redo.
      what was undone can be redone until something new is written
    -- exit code 1 --
    ");
    assert_snapshot!(filled.run(&["history", "bb03", "--json"]).seen(), @r#"
    [
    {"id":"0193c0de-0000-7000-8000-00000000bb03","kind":"commitment","rev":4,"at":"2026-11-24T09:15:02+01:00","name":"f21de909","after":["aa3bd57d"],"undoes":"aa3bd57d","taken_back":false,"better":"Inbox rules","area":"inbox","due":"2026-11-20","first_due":"2026-11-06","made":"2026-11-02","state":"kept","moves":[{"from":"2026-11-06","on":"2026-11-06","to":"2026-11-13","why":"waiting for Ana"},{"from":"2026-11-13","on":"2026-11-13","to":"2026-11-20","why":""}],"closing":{"evidence":"rules in place","how":"kept","on":"2026-11-24"},"origin":null},
    {"id":"0193c0de-0000-7000-8000-00000000bb03","kind":"commitment","rev":3,"at":"2026-11-24T09:15:02+01:00","name":"aa3bd57d","after":["580a6dcc"],"undoes":"580a6dcc","taken_back":false,"better":"Inbox rules","area":"inbox","due":"2026-11-20","first_due":"2026-11-06","made":"2026-11-02","state":"open","moves":[{"from":"2026-11-06","on":"2026-11-06","to":"2026-11-13","why":"waiting for Ana"},{"from":"2026-11-13","on":"2026-11-13","to":"2026-11-20","why":""}],"closing":null,"origin":null},
    {"id":"0193c0de-0000-7000-8000-00000000bb03","kind":"commitment","rev":2,"at":"2026-11-24T09:15:02+01:00","name":"580a6dcc","after":["dac13ad3"],"undoes":null,"taken_back":false,"better":"Inbox rules","area":"inbox","due":"2026-11-20","first_due":"2026-11-06","made":"2026-11-02","state":"kept","moves":[{"from":"2026-11-06","on":"2026-11-06","to":"2026-11-13","why":"waiting for Ana"},{"from":"2026-11-13","on":"2026-11-13","to":"2026-11-20","why":""}],"closing":{"evidence":"rules in place","how":"kept","on":"2026-11-24"},"origin":null},
    {"id":"0193c0de-0000-7000-8000-00000000bb03","kind":"commitment","rev":1,"at":"2026-11-24T09:15:02+01:00","name":"dac13ad3","after":[],"undoes":null,"taken_back":false,"better":"Inbox rules","area":"inbox","due":"2026-11-20","first_due":"2026-11-06","made":"2026-11-02","state":"open","moves":[{"from":"2026-11-06","on":"2026-11-06","to":"2026-11-13","why":"waiting for Ana"},{"from":"2026-11-13","on":"2026-11-13","to":"2026-11-20","why":""}],"closing":null,"origin":null}
    ]
    "#);
}

#[test]
fn a_new_entry_is_gone_after_undo() {
    let empty = TestEnvironment::new();
    empty.ok(&["add", "problem", "Laptops take four days"]);
    empty.ok(&["commit", "One owner"]);
    assert_snapshot!(empty.run(&["undo", "--list"]).seen(), @"
    Tue 24 Nov at 09:15: commitment · One owner
      it is removed
    Tue 24 Nov at 09:15: problem · Laptops take four days
      it is removed
    ");
    assert_snapshot!(empty.run(&["undo"]).seen(), @"
    Undone: commitment · One owner, of Tue 24 Nov
      it is removed
    ");
    assert_eq!(empty.run(&["list", "commitments"]).code, Some(1));
    assert_snapshot!(empty.run(&["redo", "--list"]).seen(), @"
    Tue 24 Nov at 09:15: commitment · One owner
      it is restored
    ");
    assert_snapshot!(empty.run(&["redo"]).seen(), @"
    Redone: commitment · One owner, of Tue 24 Nov
      it is restored
    ");
    empty.ok(&["undo"]);
    empty.ok(&["undo"]);
    assert_snapshot!(empty.run(&["undo"]).seen(), @"
    -- standard error --
    leadby: nothing to undo.
    -- exit code 1 --
    ");
    let written = empty.bytes();
    let _ = empty.run(&["undo"]);
    assert_eq!(empty.bytes(), written);
}

#[test]
fn undo_restores_a_built_in_skill() {
    let empty = TestEnvironment::new();
    let before = empty.ok(&["list", "skills", "--json"]);
    empty.ok(&["edit", "systems-thinking", "--set", "learning=today"]);
    assert_snapshot!(empty.run(&["undo"]).seen(), @"
    Undone: skill · Systems thinking, of Tue 24 Nov
      it is removed
    ");
    assert_eq!(empty.ok(&["list", "skills", "--json"]), before);
    empty.ok(&["redo"]);
    assert_snapshot!(empty.run(&["history", "systems-thinking"]).seen(), @"
    Systems thinking
      skill
      item/skills/systems-thinking

      3  Tue 24 Nov at 09:15 · undoes 2
         Skill: Systems thinking
         Track: Architecture or strategy
         Learning: Tue 24 Nov

      2  Tue 24 Nov at 09:15 · undoes 1
         it is removed

      1  Tue 24 Nov at 09:15
         Skill: Systems thinking
         Track: Architecture or strategy
         Learning: Tue 24 Nov
    ");
}

#[test]
fn a_built_in_skill_that_was_deleted_is_offered_again_after_undo() {
    let empty = TestEnvironment::new();
    empty.ok(&["answer", "audit/influence", "mine"]);
    let before = empty.ok(&["list", "skills", "--json"]);
    empty.ok(&["delete", "systems-thinking"]);
    let deleted = empty.ok(&["list", "skills", "--json"]);
    assert_ne!(deleted, before);
    assert_snapshot!(empty.run(&["undo"]).seen(), @"
    Undone: skill · Systems thinking, of Tue 24 Nov
      it is restored
    ");
    assert_eq!(empty.ok(&["list", "skills", "--json"]), before);
    assert_eq!(empty.listed("answers").len(), 1);
    assert_snapshot!(empty.run(&["redo"]).seen(), @"
    Redone: skill · Systems thinking, of Tue 24 Nov
      it is deleted
    ");
    assert_eq!(empty.ok(&["list", "skills", "--json"]), deleted);
}

#[test]
fn what_one_machine_deletes_and_undoes_is_no_quarrel() {
    let empty = TestEnvironment::new();
    empty.ok(&["answer", "audit/influence", "first"]);
    empty.ok(&["delete", "answer/2026-W48/audit/influence"]);
    empty.ok(&["answer", "audit/influence", "second"]);
    empty.ok(&["undo"]);
    assert_snapshot!(empty.run(&["undo"]).seen(), @"
    Undone: answer · Audit · week 48 · first, of Tue 24 Nov
      it is restored
    ");
    assert_eq!(empty.listed("answers")[0]["value"], "first");
    assert_snapshot!(empty.run(&["settle"]).seen(), @"
    -- standard error --
    leadby: nothing to settle.
    -- exit code 1 --
    ");
}

#[test]
fn what_another_machine_undid_is_imported_and_undone_with_the_rest() {
    let here = TestEnvironment::new();
    here.ok(&["add", "problem", "Release steps"]);
    let there = TestEnvironment::new();
    there.ok(&["note", "begun"]);
    there.journal_is(&here.bytes());
    there.ok(&["undo"]);
    there.ok(&["answer", "audit/influence", "a slip"]);
    there.ok(&["undo"]);
    here.ok(&["commit", "Mine"]);
    let file = there.journal();
    here.ok(&["import", file.to_str().expect("a name"), "--yes"]);
    let state = || -> Vec<String> {
        let listed = here.listed("all").into_iter();
        listed
            .map(|entry| format!("{} {}", entry["kind"], entry["rev"] == 1))
            .collect()
    };
    let merged = state();
    assert_eq!(merged.len(), 1);
    here.ok(&["undo"]);
    assert_eq!(state().len(), 2, "the problem is back, and the slip is not");
    here.ok(&["redo"]);
    assert_eq!(state(), merged);
}

#[test]
fn a_long_text_shows_the_changed_part() {
    let filled = TestEnvironment::filled();
    let text = "A checklist that everybody who releases goes through, step by step, and ";
    filled.ok(&["edit", "bb04", "--set", &format!("better={text}signs")]);
    filled.ok(&["edit", "bb04", "--set", &format!("better={text}dates")]);
    assert_snapshot!(filled.run(&["undo"]).seen(), @"
    Undone: commitment · A checklist that everybody who releases goes through, step by step, and…, of Tue 24 Nov
      Better: …dates → …signs
    ");
    assert_snapshot!(filled.run(&["history", "nothing"]).seen(), @"
    -- standard error --
    leadby: no entry with id “nothing”.
      `leadby list` shows ids; the first or last part is enough
    -- exit code 1 --
    ");
}

#[test]
fn a_move_or_a_dated_line_that_is_added_is_told_alone() {
    let home = TestEnvironment::filled();
    home.ok(&[
        "check-in",
        "bb03",
        "--moved",
        "4 dec",
        "--note",
        "Ana is away",
    ]);
    home.ok(&["check-in", "bb03", "--moved", "1 dec"]);
    home.ok(&["undo"]);
    let history = home.ok(&["history", "bb03"]);
    let told: Vec<&str> = history.lines().skip(3).collect();
    assert_snapshot!(told.join("\n"), @"
    4  Tue 24 Nov at 09:15 · undoes 3
       Due: Tue 1 Dec → Fri 4 Dec
       Moved: Fri 4 Dec to Tue 1 Dec → nothing

    3  Tue 24 Nov at 09:15 · undone
       Due: Fri 4 Dec → Tue 1 Dec
       Moved: Fri 4 Dec to Tue 1 Dec

    2  Tue 24 Nov at 09:15
       Due: Fri 20 Nov → Fri 4 Dec
       Moved: Fri 20 Nov to Fri 4 Dec: Ana is away

    1  Tue 24 Nov at 09:15
       Better: Inbox rules
       Area: inbox
       Due: Fri 20 Nov
       Moved: Fri 6 Nov to Fri 13 Nov: waiting for Ana
       Moved: Fri 13 Nov to Fri 20 Nov
       State: open
    ");
    let skill = "skills/systems-thinking";
    for line in ["Drew the loop", "Drew it again"] {
        home.ok(&["edit", skill, "--set", &format!("evidence={line}")]);
    }
    let history = home.ok(&["history", skill]);
    let told: Vec<&str> = history.lines().skip(4).collect();
    assert_snapshot!(told.join("\n"), @"
    2  Tue 24 Nov at 09:15
       Evidence: 2026-11-24 Drew it again

    1  Tue 24 Nov at 09:15
       Skill: Systems thinking
       Track: Architecture or strategy
       Evidence: 2026-11-24 Drew the loop
       Learning: Tue 24 Nov
    ");
}

#[test]
fn what_is_added_is_named_as_it_is_called_there() {
    let here = TestEnvironment::new();
    here.ok(&[
        "add",
        "hero",
        "Saved the night",
        "--set",
        "system=Release checklist",
    ]);
    let hero = here.ok(&["list", "hero"]);
    let hero = hero.split(' ').next().expect("an id");
    let said = here.ok(&["turn-into", hero]);
    assert!(
        said.starts_with("Also added as a system: Release checklist"),
        "{said}"
    );
}
