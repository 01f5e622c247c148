//! Commands that write: commit, check-in, add, edit, demo.

use std::fs;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use insta::assert_snapshot;

use crate::environment::TestEnvironment;

#[test]
fn a_commitment_is_due_by_friday_by_default() {
    let empty = TestEnvironment::new();
    let owner = "One owner for every release step";
    assert_snapshot!(empty.run(&["commit", owner, "--area", "Process"]).seen(), @"Committed: One owner for every release step · due Fri 27 Nov · in 3 days  (<id>)");
    assert_snapshot!(empty.run(&["commit", "日本", "--by", "4 Dec", "--area", "own words"]).seen(), @"Committed: 日本 · due Fri 4 Dec · in 10 days  (<id>)");
    let listed = empty.listed("commitments");
    assert_eq!(listed[0]["area"], "process");
    assert_eq!(listed[0]["due"], "2026-11-27");
    assert_eq!(listed[1]["area"], "own words");
    assert_eq!(listed[1]["due"], "2026-12-04");
}

#[test]
fn a_due_day_in_the_past_is_saved_with_a_remark() {
    let called = TestEnvironment::new().run(&["commit", "Inbox rules", "--by", "20 nov 2026"]);
    assert_eq!(called.code, Some(0));
    assert!(
        called
            .errors
            .starts_with("leadby: saved, but Fri 20 Nov is in the past.\n")
    );
    assert_snapshot!(called.output, @"Committed: Inbox rules · due Fri 20 Nov · 4 days ago  (<id>)");
}

#[test]
fn a_text_comes_from_standard_input_byte_for_byte() {
    let empty = TestEnvironment::new();
    let text = "tab\there \u{1b}[31mred\u{7} e\u{301} 👩‍👩‍👧 שלום \u{202e}x\u{200b} \\n\r\n\n";
    let called = empty.run_with(&["commit", "-"], text.as_bytes());
    assert_snapshot!("text_of_all_sorts", called.seen());
    let listed = empty.listed("commitments");
    assert_eq!(listed[0]["better"], text[..text.len() - 1]);
}

#[test]
fn sixty_thousand_characters_are_kept() {
    let empty = TestEnvironment::new();
    let text: String = "é日🙂\u{202e}\t\u{1}x\\\"\n"
        .chars()
        .cycle()
        .take(60_000)
        .collect();
    let called = empty.run_with(
        &["add", "problem", "Long", "--set", "wrong=-"],
        text.as_bytes(),
    );
    assert_eq!(called.code, Some(0), "{}", called.errors);
    let listed = empty.listed("problems");
    let stripped = text.strip_suffix('\n').unwrap_or(&text);
    assert_eq!(listed[0]["values"]["wrong"], stripped);
    for form in [&["list"][..], &["list", "--plain"], &["show", "7"]] {
        let _ = empty.run(form);
    }
}

#[test]
fn the_same_can_be_promised_again() {
    let filled = TestEnvironment::filled();
    let said = filled.ok(&["check-in", "bb03", "--kept", "--again"]);
    assert!(said.contains("the same again, due Fri 27 Nov"), "{said}");
    let said = filled.ok(&["check-in", "bb03", "--kept", "--again", "4 dec"]);
    // It ended before, and nothing about that changed.
    assert!(said.starts_with("Committed, due Fri 4 Dec: "), "{said}");
    let list = filled.ok(&["list", "commitments", "--plain"]);
    assert_eq!(list.matches("Inbox rules").count(), 3, "{list}");
}

#[test]
fn a_check_in_without_an_id_takes_the_due_one() {
    let filled = TestEnvironment::filled();
    let kept = filled.run(&["check-in", "--kept", "--note", "rules in place"]);
    assert_snapshot!(kept.seen(), @"Kept: Inbox rules · 2 of 3 · 18 days after first date  (0193c0de-0000-7000-8000-00000000bb03)");
    let missed = filled.run(&["check-in", "--missed"]);
    assert_snapshot!(missed.seen(), @"Missed: One owner for every release step  (0193c0de-0000-7000-8000-00000000bb04)");
    let none = filled.run(&["check-in", "--kept"]);
    assert_snapshot!(none.seen(), @r"
    -- standard error --
    leadby: no commitment is open.
      `leadby commit TEXT` makes one, due by Friday
    -- exit code 1 --
    ");
}

#[test]
fn an_ambiguous_check_in_asks_which() {
    let filled = TestEnvironment::filled().at("2026-11-30T08:00:00+01:00");
    assert_snapshot!(filled.run(&["check-in", "--kept"]).seen(), @"
    -- standard error --
    leadby: 2 commitments are due; give the id of one.
      00bb03  Inbox rules
      00bb04  One owner for every release step
    -- exit code 2 --
    ");
    assert_snapshot!(filled.run(&["check-in", "0193", "--kept"]).seen(), @"
    -- standard error --
    leadby: “0193” matches 4 entries; the end of an id tells them apart.
      00aa01  Stand-up starts on time
      00aa02  Tidy the wiki
      00bb03  Inbox rules
      00bb04  One owner for every release step
    -- exit code 2 --
    ");
    assert_snapshot!(filled.run(&["check-in", "ffff", "--kept"]).seen(), @"
    -- standard error --
    leadby: no entry with id “ffff”.
      `leadby list` shows ids; the first or last part is enough
    -- exit code 1 --
    ");
    assert_snapshot!(filled.run(&["check-in", "bb04", "--let-go"]).seen(), @"Let go: One owner for every release step  (0193c0de-0000-7000-8000-00000000bb04)");
}

#[test]
fn a_moved_commitment_keeps_its_first_day() {
    let filled = TestEnvironment::filled();
    let moved = filled.run(&[
        "check-in",
        "bb04",
        "--moved",
        "next week",
        "--note",
        "Ana is ill",
    ]);
    assert_snapshot!(moved.seen(), @"Moved: One owner for every release step · due Fri 4 Dec · in 10 days · moved once, first due Fri 27 Nov  (0193c0de-0000-7000-8000-00000000bb04)");
    assert_snapshot!(filled.run(&["check-in", "bb04", "--moved", "4 dec"]).seen(), @r"
    -- standard error --
    leadby: it is due on Fri 4 Dec already.
    -- exit code 2 --
    ");
    assert_snapshot!(filled.run(&["check-in", "aa01", "--moved", "4 dec"]).seen(), @r"
    -- standard error --
    leadby: it ended on Fri 6 Nov (kept), so it has no day to move.
      `leadby commit TEXT` makes a new one
    -- exit code 2 --
    ");
    assert_snapshot!(filled.run(&["check-in", "bb04", "--moved", "fryday"]).seen(), @r#"
    -- standard error --
    leadby: “fryday” is not a day; try fri, tomorrow, 2w, "4 Dec" or 2026-12-04.
    -- exit code 2 --
    "#);
    let listed = filled.listed("commitments");
    let moved = listed
        .iter()
        .find(|entry| entry["first_due"] == "2026-11-27");
    assert_eq!(moved.expect("it")["moves"][0]["why"], "Ana is ill");
}

#[test]
fn improvement_is_shown_in_per_cent() {
    let empty = TestEnvironment::new();
    empty.ok(&[
        "add",
        "problem",
        "Queue",
        "--set",
        "before=40",
        "--set",
        "after=18",
        "--set",
        "unit=minutes",
    ]);
    let line: serde_json::Value = serde_json::from_slice(&empty.bytes()).expect("one line");
    let shown = empty.ok(&["show", line["id"].as_str().expect("an id")]);
    assert!(shown.contains("40 → 18 minutes · 55 % less"), "{shown}");
}

#[test]
fn an_item_takes_fields_stages_choices_and_dated_lines() {
    let empty = TestEnvironment::new();
    let added = empty.run(&[
        "add",
        "problem",
        "Laptops take four days",
        "--set",
        "In a number=4 days → 1 hour",
        "--set",
        "solved=20 nov",
    ]);
    assert_snapshot!(added.seen(), @"Added problem: Laptops take four days · solved  (<id>)");
    let listed = empty.listed("problems");
    assert_eq!(listed[0]["values"]["measure"], "4 days → 1 hour");
    assert_eq!(listed[0]["values"]["solved"], "2026-11-20");
    assert_eq!(listed[0]["values"]["spotted"], "2026-11-20");
    empty.ok(&[
        "edit",
        "systems-thinking",
        "--set",
        "evidence=mapped the release",
    ]);
    empty.ok(&[
        "edit",
        "systems-thinking",
        "--set",
        "evidence=mapped the sale",
        "--set",
        "learning=today",
    ]);
    assert_snapshot!(empty.ok(&["show", "systems-thinking"]), @r"
    Systems thinking
      skill · learning
      Track     Architecture or strategy
      Evidence  2026-11-24  mapped the release
                2026-11-24  mapped the sale
      learning  Tue 24 Nov · today

      id        item/skills/systems-thinking
      version   2, written Tue 24 Nov at 09:15
    ");
    empty.ok(&[
        "edit",
        "systems-thinking",
        "--set",
        "track=Executive influence",
        "--set",
        "learning=",
    ]);
    let skills = empty.listed("skills");
    let skill = skills
        .iter()
        .find(|entry| entry["rev"] == 3)
        .expect("the skill");
    assert_eq!(skill["values"]["track"], "executive");
    assert_eq!(skill["stage"], serde_json::Value::Null);
}

#[test]
fn every_list_accepts_its_singular_name() {
    let empty = TestEnvironment::new();
    let catalog = leadby::practice::builtin();
    for register in catalog.registers() {
        // Days off need their first day.
        let first: &[&str] = match &register.off {
            Some(_) => &["--set", "first=1 dec"],
            None => &[],
        };
        let add = |name: &str, title: &str| empty.ok(&[&["add", name, title], first].concat());
        add(&register.singular, "Something new");
        assert!(
            empty
                .listed(&register.id)
                .iter()
                .any(|entry| entry["rev"] == 1)
        );
        add(&register.id, "Something else");
    }
    assert_eq!(empty.listed("all").len(), catalog.registers().count() * 2);
}

#[test]
fn an_edit_says_what_it_changed_and_keeps_the_rest() {
    let filled = TestEnvironment::filled();
    assert_snapshot!(filled.run(&["edit", "bb04", "--set", "better=One owner a step"]).seen(), @"Changed: One owner a step  (0193c0de-0000-7000-8000-00000000bb04)");
    assert_snapshot!(filled.run(&["edit", "bb04", "--set", "better=One owner a step"]).seen(), @"Nothing changed: it is so already.");
    filled.ok(&["edit", "bb04", "--set", "due=4 dec", "--set", "area="]);
    assert_snapshot!(filled.run(&["show", "bb04"]).seen(), @r"
    One owner a step
      commitment · open
      due      Fri 4 Dec · in 10 days
      made     Mon 2 Nov · 3 weeks ago
      dates    moved once, first due Fri 27 Nov
               Fri 27 Nov to Fri 4 Dec

      id       0193c0de-0000-7000-8000-00000000bb04
      version  3, written Tue 24 Nov at 09:15
    ");
    let answer = "2026-W48/audit/influence";
    assert_eq!(
        filled
            .run_with(&["edit", answer, "--set", "value=-"], b"The build.\n")
            .code,
        Some(0)
    );
    assert_eq!(filled.listed("answers")[0]["value"], "The build.");
    assert_snapshot!(filled.run(&["edit", answer, "--set", "better=x"]).seen(), @"
    -- standard error --
    leadby: an answer has no “better”.
      fields: value
    -- exit code 2 --
    ");
    assert_snapshot!(filled.run(&["edit", "aa01", "--set", "due=fri"]).seen(), @r"
    -- standard error --
    leadby: it ended on Fri 6 Nov (kept), so it has no day to move.
      `leadby commit TEXT` makes a new one
    -- exit code 2 --
    ");
    assert_snapshot!(filled.run(&["edit", "cc05", "--set", "title="]).seen(), @r"
    -- standard error --
    leadby: a title must say something.
    -- exit code 2 --
    ");
}

#[test]
fn a_due_day_corrected_on_the_same_day_is_not_a_move() {
    let empty = TestEnvironment::new();
    empty.ok(&["commit", "One owner", "--by", "today"]);
    let id = empty.ok(&["list", "--plain"]);
    assert!(id.starts_with("<id>\t"), "{id}");
    empty.ok(&["edit", "0", "--set", "due=fri"]);
    assert_eq!(
        empty.listed("commitments")[0]["moves"],
        serde_json::json!([])
    );
}

#[test]
fn two_programs_that_add_at_once_save_each_entry_once() {
    let empty = TestEnvironment::new();
    std::thread::scope(|scope| {
        for writer in ["a", "b"] {
            let empty = &empty;
            scope.spawn(move || {
                for number in 0..12 {
                    empty.ok(&["add", "problem", &format!("{writer}{number}")]);
                }
            });
        }
    });
    let listed = empty.listed("problems");
    let mut titles: Vec<&str> = listed
        .iter()
        .filter_map(|entry| entry["title"].as_str())
        .collect();
    titles.sort_unstable();
    titles.dedup();
    assert_eq!((listed.len(), titles.len()), (24, 24));
}

#[test]
fn a_demo_that_is_kept_is_private_and_filled() {
    let empty = TestEnvironment::new();
    let path = empty.ok(&["demo", "--keep"]);
    let path = path
        .trim_end()
        .replace("$HOME", &empty.home().to_string_lossy());
    let folder = std::path::Path::new(&path).parent().expect("a folder");
    let mode = fs::metadata(folder)
        .expect("it is there")
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o700);
    assert!(
        !empty
            .ok(&["--journal", &path, "list", "--plain"])
            .is_empty()
    );
    assert_eq!(empty.run(&["--journal", &path, "doctor"]).code, Some(0));
    assert!(empty.bytes().is_empty());
}

#[test]
fn a_demo_without_a_terminal_leaves_nothing_behind() {
    let empty = TestEnvironment::new();
    assert_eq!(empty.run(&["demo"]).code, Some(2));
    assert_eq!(fs::read_dir(empty.home()).expect("the home").count(), 0);
}

#[test]
fn without_a_terminal_no_editor_is_opened() {
    let filled = TestEnvironment::filled();
    let before = filled.bytes();
    assert_snapshot!(filled.run(&["edit", "bb04"]).seen(), @"
    -- standard error --
    leadby: no text given, and no terminal to edit in.
      use `--set FIELD=VALUE`
    -- exit code 2 --
    ");
    assert_snapshot!(filled.run(&["commit"]).seen(), @"
    -- standard error --
    leadby: no text given, and no terminal to edit in.
      run `leadby commit TEXT`
    -- exit code 2 --
    ");
    assert_snapshot!(filled.run(&["add", "problem"]).seen(), @"
    -- standard error --
    leadby: no text given, and no terminal to edit in.
      run `leadby add problem TITLE`
    -- exit code 2 --
    ");
    assert_snapshot!(filled.run(&["check-in", "bb04", "--kept", "--note"]).seen(), @"
    -- standard error --
    leadby: no text given, and no terminal to edit in.
      use `--note TEXT`
    -- exit code 2 --
    ");
    assert_eq!(filled.bytes(), before);
}

/// Pipes `words` into the command, and checks that they are not saved in the journal but in the
/// private file that the message names.
#[track_caller]
fn check_kept(home: &TestEnvironment, arguments: &[&str], words: &[u8]) {
    let before = home.bytes();
    let called = home.run_with(arguments, words);
    assert!(!matches!(called.code, Some(0) | None), "{called:?}");
    let path = called
        .errors
        .lines()
        .find_map(|line| line.strip_prefix("  what you wrote is kept in $HOME/"));
    assert!(path.is_some(), "the text was not kept: {called:?}");
    let path = home.home().join(path.expect("just asserted"));
    assert_eq!(
        fs::read(&path).expect("it is there"),
        words,
        "{arguments:?}"
    );
    let mode = |path: &Path| fs::metadata(path).expect("it").permissions().mode() & 0o777;
    let folder = path.parent().expect("a folder");
    assert_eq!((mode(&path), mode(folder)), (0o600, 0o700));
    assert_eq!(home.bytes(), before);
}

#[test]
fn text_from_a_pipe_that_cannot_be_saved_is_kept() {
    let words = "The release checklist.\r\nŁódź \u{1b}[31m\n\n".as_bytes();
    // The text is fine, but the journal cannot be opened.
    let blocked = TestEnvironment::new();
    fs::create_dir_all(blocked.journal()).expect("a folder");
    for call in [
        &["commit", "-"][..],
        &["add", "problem", "-"],
        &["add", "problem", "Long", "--set", "wrong=-"],
        &["edit", "bb04", "--set", "better=-"],
        &["check-in", "--kept", "--note", "-"],
    ] {
        check_kept(&blocked, call, words);
    }
    // A valid journal, and text that is not UTF-8.
    let filled = TestEnvironment::filled();
    for call in [
        &["add", "problem", "-", "--set", "nonsense=1"][..],
        &["add", "problem", "-", "--set", "wrong=-"],
        &["edit", "bb04", "--set", "better=-", "--set", "due=never"],
        &["edit", "ffff", "--set", "better=-"],
        &["check-in", "aa01", "--moved", "fri", "--note", "-"],
        &["check-in", "bb04", "--moved", "never", "--note", "-"],
        &["commit", "-", "--by", "never"],
        &["add", "nonsense", "-"],
        &["add", "nonsense", "One", "--set", "wrong=-"],
        &["add", "problem", "", "--set", "wrong=-"],
    ] {
        check_kept(&filled, call, words);
    }
    check_kept(&filled, &["commit", "-"], b"Caf\xe9 in another encoding\n");
}

#[test]
fn text_that_is_not_lost_is_not_kept_twice() {
    let filled = TestEnvironment::filled();
    let lies = || fs::read_dir(filled.home()).expect("the home").count();
    let before = lies();
    for (call, words) in [
        // This one is saved.
        (&["commit", "-"][..], "One owner"),
        // This text is empty.
        (&["commit", "-"], " \n"),
    ] {
        let _ = filled.run_with(call, words.as_bytes());
    }
    assert_eq!(lies(), before);
    // The text is in a file that still exists.
    let path = filled.home().join("note.txt");
    let mut file = fs::File::create(&path).expect("a file");
    file.write_all(b"One owner").expect("a file");
    let mut command = filled.command(&["edit", "ffff", "--set", "better=-"]);
    command.stdin(fs::File::open(&path).expect("a file"));
    let called = filled.finish(command.spawn().expect("the program starts"));
    assert_eq!(called.code, Some(1), "{called:?}");
    assert!(!called.errors.contains("kept in"), "{called:?}");
    assert_eq!(lies(), before + 1);
}

#[test]
fn text_that_cannot_be_kept_anywhere_is_printed() {
    let filled = TestEnvironment::filled();
    let mut command = filled.command(&["edit", "ffff", "--set", "better=-"]);
    command.env("TMPDIR", filled.home().join("nowhere"));
    let (input, mut words) = std::io::pipe().expect("a pipe");
    words
        .write_all(b"One owner\nfor every step\n")
        .expect("to write");
    drop(words);
    let child = command.stdin(input).spawn().expect("the program starts");
    assert_snapshot!(filled.finish(child).seen(), @r"
    -- standard error --
    leadby: no entry with id “ffff”.
      `leadby list` shows ids; the first or last part is enough
      a temporary file cannot be created: no such folder, so here is what you wrote:
    One owner
    for every step
    -- exit code 1 --
    ");
}

#[test]
fn the_same_line_of_the_same_day_is_saved_once() {
    let home = TestEnvironment::filled();
    let edit = [
        "edit",
        "systems-thinking",
        "--set",
        "evidence=Talked to Ana",
    ];
    home.ok(&edit);
    let bytes = home.bytes();
    home.ok(&edit);
    assert_eq!(home.bytes(), bytes);
}
