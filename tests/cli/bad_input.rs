//! Invalid input: one sentence with a hint, and nothing saved.

use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::os::unix::ffi::OsStrExt;

use insta::assert_snapshot;

use crate::environment::TestEnvironment;

#[test]
fn a_day_that_is_only_begun_commits_to_nothing() {
    let empty = TestEnvironment::new();
    let refused = empty.run(&["commit", "x", "--by", "5th", "Jan"]);
    assert_snapshot!(refused.seen(), @r#"
    -- standard error --
    leadby: “5th” is only part of the day; put it in quotes.
      --by "5th Jan"
    -- exit code 2 --
    "#);
    assert_eq!(empty.bytes(), b"");
}

#[test]
fn invalid_days_are_refused() {
    let empty = TestEnvironment::new();
    assert_snapshot!(empty.run(&["commit", "x", "--by", "fryday"]).seen(), @r#"
    -- standard error --
    leadby: “fryday” is not a day; try fri, tomorrow, 2w, "4 Dec" or 2026-12-04.
    -- exit code 2 --
    "#);
    assert_snapshot!(empty.run(&["commit", "x", "--by", "30 Feb"]).seen(), @"
    -- standard error --
    leadby: no such day: 30 Feb.
    -- exit code 2 --
    ");
    assert_snapshot!(empty.run(&["add", "problem", "x", "--set", "solved=soon\u{1b}[2J"]).seen(), @r#"
    -- standard error --
    leadby: “soon␛[2J” is not a day; try fri, yesterday, 3d, "4 Dec" or 2026-12-04.
    -- exit code 2 --
    "#);
    assert_snapshot!(empty.run(&["list", "--since", ""]).seen(), @r#"
    -- standard error --
    leadby: “” is not a day or a span; try 6w, last-month, W48, "4 Dec" or 2026-12-04.
    -- exit code 2 --
    "#);
    assert!(empty.bytes().is_empty());
}

#[test]
fn empty_texts_are_refused() {
    let empty = TestEnvironment::new();
    assert_snapshot!(empty.run(&["commit", " \n"]).seen(), @r"
    -- standard error --
    leadby: the commitment is empty, so nothing was saved.
    -- exit code 2 --
    ");
    assert_snapshot!(empty.run_with(&["commit", "-"], b"\n").seen(), @r"
    -- standard error --
    leadby: the commitment is empty, so nothing was saved.
    -- exit code 2 --
    ");
    assert_snapshot!(empty.run(&["add", "problem", ""]).seen(), @r"
    -- standard error --
    leadby: the title is empty, so nothing was saved.
    -- exit code 2 --
    ");
    assert!(empty.bytes().is_empty());
}

#[test]
fn unknown_names_are_answered_with_the_known_ones() {
    let filled = TestEnvironment::filled();
    assert_snapshot!(filled.run(&["add", "probs", "x", "--set", "wrong=y"]).seen(), @"
    -- standard error --
    leadby: no list called “probs”.
      lists: technique, problem, skill, follow-up, decision, system, hero moment, assist, handover, complaint, responsibility, note, day off, joined name, quote, talk
    -- exit code 2 --
    ");
    assert_snapshot!(filled.run(&["add", "commitment", "x"]).seen(), @"
    -- standard error --
    leadby: no list called “commitment”.
      `leadby commit TEXT` makes a commitment
    -- exit code 2 --
    ");
    assert_snapshot!(filled.run(&["add", "problem", "x", "--set", "colour=red"]).seen(), @"
    -- standard error --
    leadby: a problem has no “colour”.
      fields: title, wrong, did, improved, measure, to, where, before, after, unit
      stages, each with a day: spotted, solved, documented, communicated, shared
    -- exit code 2 --
    ");
    assert_snapshot!(filled.run(&["add", "problem", "x", "--set", "colour"]).seen(), @r#"
    -- standard error --
    leadby: “colour” does not fit --set FIELD=VALUE: it takes field=value, as in measure="4 days → 1 hour".
      `leadby add --help` shows what it takes
    -- exit code 2 --
    "#);
    assert_snapshot!(filled.run(&["add", "assist", "x", "--set", "way=shout"]).seen(), @r"
    -- standard error --
    leadby: “shout” is not one of the choices.
      choices: 1 Teach others, 2 Document what you know, 3 Coach the new hire, 4 Help peers succeed
    -- exit code 2 --
    ");
    assert_snapshot!(filled.run(&["add", "skill", "systems Thinking"]).seen(), @r"
    -- standard error --
    leadby: “systems Thinking” is on that list already.
      `leadby edit item/skills/systems-thinking --set FIELD=VALUE` changes it
    -- exit code 2 --
    ");
    let place = filled.run(&["place"]).errors;
    let needs = "`leadby place` needs ID and one of --answer QUESTION, --list LIST, --commit, \
                 --evidence ID or --let-go.";
    assert!(place.contains(needs), "{place}");
    assert_snapshot!(filled.run(&["list", "probs"]).seen(), @"
    -- standard error --
    leadby: nothing called “probs” to list.
      names: all, commitments, answers, techniques, problems, skills, follow-ups, decisions, systems, heroes, assists, handovers, complaints, responsibilities, inbox, off, aliases, said, talks, audit, mastery, problem, next-level, communication, multiplier, influence, profile, mirror, month, away, names, talk, people
    -- exit code 2 --
    ");
    assert_snapshot!(filled.run(&["show", "nope"]).seen(), @"
    -- standard error --
    leadby: no entry with id “nope”.
      `leadby list` shows ids; the first or last part is enough
    -- exit code 1 --
    ");
    assert_snapshot!(filled.run(&["show", ""]).seen(), @"
    -- standard error --
    leadby: the id is empty.
      `leadby list` shows ids; the first or last part is enough
    -- exit code 2 --
    ");
    assert_snapshot!(filled.run(&["edit", "bb04", "--set", "colour=red"]).seen(), @"
    -- standard error --
    leadby: a commitment has no “colour”.
      fields: better, area, due
    -- exit code 2 --
    ");
    assert_snapshot!(filled.run(&["frobnicate\u{1b}[2J"]).seen(), @"
    -- standard error --
    leadby: no command called “frobnicate␛[2J”.
      `leadby --help` lists the commands
    -- exit code 2 --
    ");
    assert_snapshot!(filled.run(&["ladder", "nosuch"]).seen(), @r"
    -- standard error --
    leadby: `leadby ladder` has no command called “nosuch”.
      `leadby ladder --help` lists them
    -- exit code 2 --
    ");
    assert_snapshot!(filled.run(&["ladder", "untei", "x"]).seen(), @r"
    -- standard error --
    leadby: `leadby ladder` has no command called “untei”.
      did you mean `leadby ladder untie`?
    -- exit code 2 --
    ");
    assert_snapshot!(filled.run(&["check-in", "--kept", "--missed"]).seen(), @r"
    -- standard error --
    leadby: --kept does not go with --missed.
      `leadby check-in --help` shows what it takes
    -- exit code 2 --
    ");
    assert_snapshot!(filled.run(&["check-in"]).seen(), @r"
    -- standard error --
    leadby: `leadby check-in` needs --kept, --missed, --moved WHEN or --let-go.
      `leadby check-in --help` shows what it takes
    -- exit code 2 --
    ");
}

#[test]
fn standard_input_must_be_text_and_can_be_read_only_once() {
    let empty = TestEnvironment::new();
    // The folder it is kept in has a random name.
    let seen = |arguments: &[&str], input| {
        let seen = empty.run_with(arguments, input).seen();
        let (before, name) = seen.split_once("$HOME/leadby-").expect("it is kept");
        let (_, after) = name.split_once('/').expect("a folder");
        format!("{before}$HOME/<folder>/{after}")
    };
    assert_snapshot!(seen(&["commit", "-"], b"caf\xe9"), @r"
    -- standard error --
    leadby: standard input is not UTF-8 text.
      nothing was saved
      what you wrote is kept in $HOME/<folder>/words.txt
    -- exit code 2 --
    ");
    assert_snapshot!(seen(&["add", "problem", "-", "--set", "wrong=-"], b"x"), @"
    -- standard error --
    leadby: only one value can be read from standard input (-).
      what you wrote is kept in $HOME/<folder>/words.txt
    -- exit code 2 --
    ");
    assert!(empty.bytes().is_empty());
}

#[test]
fn the_clock_in_the_environment_must_be_a_time() {
    let empty = TestEnvironment::new().at("tomorrow \u{9b}2J");
    assert_snapshot!(empty.run(&["list"]).seen(), @"
    -- standard error --
    leadby: LEADBY_NOW is “tomorrow ␦2J”, which is not a time.
      write it like 2026-11-24T09:15:00+01:00; unset, the clock is used
    -- exit code 2 --
    ");
}

#[test]
fn a_journal_that_is_a_folder_is_named() {
    let empty = TestEnvironment::new();
    fs::create_dir(empty.home().join("folder")).expect("a folder");
    assert_snapshot!(empty.run(&["list", "--journal", "folder"]).seen(), @"
    -- standard error --
    leadby: the journal $HOME/folder cannot be read: it is a folder.
      for a file in it, use --journal $HOME/folder/journal.jsonl
    -- exit code 3 --
    ");
    assert_snapshot!(empty.run(&["commit", "x", "--journal", "folder"]).seen(), @"
    -- standard error --
    leadby: the journal $HOME/folder cannot be read: it is a folder.
      for a file in it, use --journal $HOME/folder/journal.jsonl
    -- exit code 3 --
    ");
    assert_snapshot!(empty.run(&["commit", "x", "--journal", "/proc/none/j"]).seen(), @"
    -- standard error --
    leadby: the journal /proc/none/j cannot be written: no such folder.
      choose another place with --journal PATH or LEADBY_JOURNAL
    -- exit code 3 --
    ");
    assert_snapshot!(empty.run(&["list", "--journal", ""]).seen(), @r"
    -- standard error --
    leadby: --journal PATH is missing its value.
      `leadby list --help` shows what it takes
    -- exit code 2 --
    ");
}

#[test]
fn a_photo_is_not_a_journal_and_stays_unchanged() {
    let empty = TestEnvironment::new();
    let photo = empty.home().join("photo.jpg");
    let bytes: Vec<u8> = b"\xff\xd8\xff\xe0\0\x10JFIF\0"
        .iter()
        .copied()
        .chain((0..40_000_u32).map(|number| (number.wrapping_mul(2_654_435_761) >> 24) as u8))
        .collect();
    let file = fs::File::create(&photo);
    file.and_then(|mut file| file.write_all(&bytes))
        .expect("a photo");
    for arguments in [
        &["list"][..],
        &["status"],
        &["commit", "x"],
        &["where"],
        &["add", "assist", "x"],
    ] {
        let arguments = [&["--journal", "photo.jpg"], arguments].concat();
        assert_eq!(empty.run(&arguments).code, Some(3), "{arguments:?}");
    }
    assert_snapshot!(empty.run(&["--journal", "photo.jpg", "commit", "x"]).seen(), @"
    -- standard error --
    leadby: $HOME/photo.jpg is not a leadby journal and stays as it is.
      name another file with --journal PATH or LEADBY_JOURNAL
      `leadby --journal $HOME/photo.jpg doctor` shows what it looks like
    -- exit code 3 --
    ");
    assert_snapshot!(empty.run(&["--journal", "photo.jpg", "doctor"]).seen(), @"
    journal  $HOME/photo.jpg
             40.0 kB, 158 lines, 0 entries
             ! this file is not a leadby journal; leadby never writes to it
    draft    none; everything typed is saved

    What to do
      Name another file with --journal PATH or LEADBY_JOURNAL.
    -- exit code 1 --
    ");
    assert_eq!(fs::read(&photo).expect("the photo"), bytes);
}

#[test]
fn a_damaged_line_hides_no_other_and_is_kept() {
    let filled = TestEnvironment::filled();
    filled.damage(b"not a line\n");
    let before = filled.bytes();
    filled.ok(&["commit", "Another one"]);
    assert_eq!(filled.listed("all").len(), 7);
    assert_eq!(filled.bytes()[..before.len()], before);
}

#[test]
fn a_path_may_have_any_bytes_and_arguments_must_be_text() {
    let empty = TestEnvironment::new();
    let strange = OsStr::from_bytes(b"j\xff\n\x1b[2J.jsonl");
    let arguments = [
        OsStr::new("--journal"),
        strange,
        OsStr::new("commit"),
        OsStr::new("x"),
    ];
    assert_eq!(empty.run(&arguments).code, Some(0));
    assert!(empty.home().join(strange).exists());
    let arguments = [OsStr::new("--journal"), strange, OsStr::new("where")];
    assert_snapshot!(empty.run(&arguments).seen(), @"
    journal  $HOME/j�␊␛[2J.jsonl
             214 bytes, 1 entry
    draft    $HOME/j�␊␛[2J.jsonl.draft
             not there; everything typed is saved
    ");
    let arguments = [OsStr::new("commit"), OsStr::from_bytes(b"caf\xe9")];
    assert_snapshot!(empty.run(&arguments).seen(), @"
    -- standard error --
    leadby: invalid UTF-8 was detected in one or more arguments.
      `leadby commit --help` shows what it takes
    -- exit code 2 --
    ");
}

#[test]
fn the_screens_need_a_terminal() {
    let empty = TestEnvironment::new();
    assert_eq!(empty.run(&[] as &[&str]).code, Some(2));
    assert_eq!(empty.run(&["walk"]).code, Some(2));
    let mut homeless = empty.command(&["where"]);
    homeless.env_remove("HOME").env_remove("XDG_DATA_HOME");
    // Without HOME the system's user list still gives a home folder; nothing is created there.
    let done = empty.finish(homeless.spawn().expect("a start"));
    assert!(matches!(done.code, Some(0 | 2)), "{done:?}");
}

#[test]
fn what_is_guessed_gets_a_tip_that_helps() {
    let filled = TestEnvironment::filled();
    for (call, tip) in [
        (
            &["done"][..],
            "`leadby check-in --kept` says that a commitment was kept",
        ),
        (
            &["log"],
            "`leadby list --limit 20` shows the latest entries",
        ),
        (&["next"], "`leadby list --open`"),
        (&["month"], "`leadby review`"),
        (&["problems"], "`leadby add problem TITLE` adds one"),
        (&["commitments"], "`leadby commit TEXT` makes one"),
        (&["audit"], "`leadby walk --plain audit` asks it"),
        (&["portfolo"], "did you mean `leadby portfolio`?"),
        (&["review", "month"], "did you mean --month?"),
        (&["list", "--opne"], "did you mean --open?"),
        (&["portfolio", "--html"], "--format html"),
        (
            &["export", "csv", "--format", "x"],
            "the format is the first word",
        ),
        (
            &["show", "release"],
            "00bb04  One owner for every release step",
        ),
    ] {
        let called = filled.run(call);
        assert_ne!(called.code, Some(0), "{call:?}");
        assert!(called.errors.contains(tip), "{call:?}: {}", called.errors);
    }
    // What another name says is what it does.
    for (one, other) in [("ls", "list"), ("today", "status"), ("find", "search")] {
        let (one, other) = (
            filled.run(&[one, "--json", "owner"]),
            filled.run(&[other, "--json", "owner"]),
        );
        assert_eq!(one.output, other.output);
    }
    assert_eq!(filled.ok(&["ls"]), filled.ok(&["list"]));
    assert_eq!(filled.ok(&["today"]), filled.ok(&["status"]));
    filled.ok(&["rm", "aa02"]);
    filled.ok(&["commit", "Two", "words", "-", "or", "more", "--by", "fri"]);
    assert!(filled.ok(&["list"]).contains("Two words - or more"));
    filled.ok(&["add", "hero", "Ana", "ran", "it"]);
    assert!(filled.ok(&["list", "hero"]).contains("Ana ran it"));
}

#[test]
fn quiet_prints_nothing_and_colour_is_a_choice() {
    let filled = TestEnvironment::filled();
    for call in [
        &["list", "--quiet"][..],
        &["-q", "status"],
        &["note", "a thought", "-q"],
        &["check-in", "bb04", "--kept", "--quiet"],
    ] {
        let called = filled.run(call);
        assert_eq!(
            (called.output.as_str(), called.errors.as_str()),
            ("", ""),
            "{call:?}"
        );
        assert_eq!(called.code, Some(0));
    }
    for export in [&["-q", "export", "json"][..], &["-q", "portfolio"]] {
        assert!(!filled.ok(export).is_empty(), "{export:?}");
    }
    assert_eq!(filled.run(&["list", "meteor", "-q"]).code, Some(2));
    assert_eq!(filled.run(&["walk", "--plain", "-q"]).code, Some(2));
    let coloured = |choice: &str| {
        let mut command = filled.command(&["search", "owner", "--color", choice]);
        let output = command.output().expect("the program ends");
        String::from_utf8_lossy(&output.stdout).contains('\u{1b}')
    };
    assert!(coloured("always"));
    assert!(!coloured("never") && !coloured("auto"));
    assert_eq!(filled.run(&["list", "--color", "pink"]).code, Some(2));
}

#[test]
fn no_text_is_lost_to_a_second_one_of_the_same_field() {
    let empty = TestEnvironment::new();
    assert_snapshot!(empty.run(&["add", "problem", "One", "--set", "title=Two"]).seen(), @"
    -- standard error --
    leadby: “title” is given twice.
      nothing was saved; give it once, with all its text
    -- exit code 2 --
    ");
    for [one, two] in [
        ["wrong=One", "wrong=Two"],
        ["wrong=One", "What was wrong=Two"],
    ] {
        let refused = empty.run(&["add", "problem", "x", "--set", one, "--set", two]);
        assert_eq!(refused.code, Some(2), "{refused:?}");
    }
    assert!(empty.bytes().is_empty());
    let filled = TestEnvironment::filled();
    let refused = filled.run(&["edit", "bb04", "--set", "better=One", "--set", "Better=Two"]);
    assert!(refused.seen().contains("“Better” is given twice"));
    // A dated list gets one line more for each.
    empty.ok(&[
        "add",
        "skill",
        "x",
        "--set",
        "evidence=One",
        "--set",
        "evidence=Two",
    ]);
    let written = String::from_utf8(empty.bytes()).expect("UTF-8");
    assert!(
        written.contains("One") && written.contains("Two"),
        "{written}"
    );
}

#[test]
fn a_title_of_one_letter_is_no_end_of_the_lists_name() {
    let empty = TestEnvironment::new();
    let said = empty.ok(&["add", "system", "S"]);
    assert!(said.starts_with("Added system: S"), "{said}");
}

#[test]
fn a_text_that_begins_with_a_hyphen_is_told_how() {
    let home = TestEnvironment::new();
    let called = home.run(&["note", "-x"]);
    let hint = "`leadby note -- -x` takes it as text";
    assert!(called.errors.contains(hint), "{called:?}");
    home.ok(&["note", "--", "-x"]);
    let called = home.run(&["list", "-x"]);
    assert!(!called.errors.contains(" -- "), "{called:?}");
}
