//! What makes no sense is said in one sentence with a way out, and saves nothing.

use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::os::unix::ffi::OsStrExt;

use insta::assert_snapshot;

use crate::environment::TestEnvironment;

#[test]
fn days_that_make_no_sense_are_refused() {
    let empty = TestEnvironment::new();
    assert_snapshot!(empty.run(&["commit", "x", "--by", "fryday"]).seen(), @r"
    -- standard error --
    leadby: “fryday” is not a day; try fri, tomorrow, 2w, 4 Dec or 2026-12-04.
    -- exit code 2 --
    ");
    assert_snapshot!(empty.run(&["commit", "x", "--by", "30 Feb"]).seen(), @r"
    -- standard error --
    leadby: there is no 30 Feb.
    -- exit code 2 --
    ");
    assert_snapshot!(empty.run(&["add", "problem", "x", "--set", "solved=soon\u{1b}[2J"]).seen(), @r"
    -- standard error --
    leadby: “soon␛[2J” is not a day; try fri, yesterday, 3d, 4 Dec or 2026-12-04.
    -- exit code 2 --
    ");
    assert_snapshot!(empty.run(&["list", "--since", ""]).seen(), @r"
    -- standard error --
    leadby: “” is not a day or a span; try 6w, last-month, W48, 4 Dec or 2026-12-04.
    -- exit code 2 --
    ");
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
fn names_that_are_not_known_are_answered_with_those_that_are() {
    let filled = TestEnvironment::filled();
    assert_snapshot!(filled.run(&["add", "probs", "x"]).seen(), @r"
    -- standard error --
    leadby: “probs” is no list of yours.
      yours are: bolt, problem, skill, open loop, decision, system, hero moment, act, piece of knowledge, complaint, responsibility
    -- exit code 2 --
    ");
    assert_snapshot!(filled.run(&["add", "commitment", "x"]).seen(), @r"
    -- standard error --
    leadby: “commitment” is no list of yours.
      `leadby commit TEXT` makes a commitment
    -- exit code 2 --
    ");
    assert_snapshot!(filled.run(&["add", "problem", "x", "--set", "colour=red"]).seen(), @r"
    -- standard error --
    leadby: a problem has no “colour”.
      it has: title, wrong, did, improved, measure, to, where, before, after, unit
      it reaches, each on a day: spotted, solved, documented, communicated, shared
    -- exit code 2 --
    ");
    assert_snapshot!(filled.run(&["add", "problem", "x", "--set", "colour"]).seen(), @r#"
    -- standard error --
    error: invalid value 'colour' for '--set <FIELD=VALUE>': it takes field=value, as in measure="4 days → 1 hour"

    For more information, try '--help'.
    -- exit code 2 --
    "#);
    assert_snapshot!(filled.run(&["add", "assist", "x", "--set", "way=shout"]).seen(), @r"
    -- standard error --
    leadby: “shout” is not one of the choices.
      choices: teach, document, coach, peers
    -- exit code 2 --
    ");
    assert_snapshot!(filled.run(&["add", "skill", "systems Thinking"]).seen(), @r"
    -- standard error --
    leadby: “systems Thinking” is on that list already.
      `leadby edit item/skills/systems-thinking --set FIELD=VALUE` changes it
    -- exit code 2 --
    ");
    assert_snapshot!(filled.run(&["list", "probs"]).seen(), @r"
    -- standard error --
    leadby: “probs” is nothing that can be listed.
      these can: all, commitments, answers, bolts, problems, skills, loops, decisions, systems, heroes, acts, knowledge, complaints, responsibilities, audit, mastery, problem, next-level, communication, multiplier, influence, ground, mirror, month, people
    -- exit code 2 --
    ");
    assert_snapshot!(filled.run(&["show", "nope"]).seen(), @r"
    -- standard error --
    leadby: nothing has the id “nope”.
      `leadby list` shows the ids; the beginning or the end of one is enough
    -- exit code 1 --
    ");
    assert_snapshot!(filled.run(&["show", ""]).seen(), @r"
    -- standard error --
    leadby: the id is empty.
      `leadby list` shows the ids; the beginning or the end of one is enough
    -- exit code 2 --
    ");
    assert_snapshot!(filled.run(&["edit", "bb04", "--set", "colour=red"]).seen(), @r"
    -- standard error --
    leadby: a commitment has no “colour”.
      it has: better, area, due
    -- exit code 2 --
    ");
    assert_snapshot!(filled.run(&["frobnicate\u{1b}[2J"]).seen(), @r"
    -- standard error --
    error: unrecognized subcommand 'frobnicate'

    Usage: leadby [OPTIONS] [COMMAND]

    For more information, try '--help'.
    -- exit code 2 --
    ");
    assert_snapshot!(filled.run(&["check-in", "--kept", "--missed"]).seen(), @r"
    -- standard error --
    error: the argument '--kept' cannot be used with '--missed'

    Usage: leadby check-in <--kept|--missed|--moved <WHEN>|--let-go> [ID]

    For more information, try '--help'.
    -- exit code 2 --
    ");
    assert_snapshot!(filled.run(&["check-in"]).seen(), @r"
    -- standard error --
    error: the following required arguments were not provided:
      <--kept|--missed|--moved <WHEN>|--let-go>

    Usage: leadby check-in <--kept|--missed|--moved <WHEN>|--let-go> [ID]

    For more information, try '--help'.
    -- exit code 2 --
    ");
}

#[test]
fn standard_input_must_be_text_and_stands_for_one_text() {
    let empty = TestEnvironment::new();
    // The folder in which it is kept has a name by chance.
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
    assert_snapshot!(seen(&["add", "problem", "-", "--set", "wrong=-"], b"x"), @r"
    -- standard error --
    leadby: standard input can stand for one text only, and two are -.
      what you wrote is kept in $HOME/<folder>/words.txt
    -- exit code 2 --
    ");
    assert!(empty.bytes().is_empty());
}

#[test]
fn the_clock_of_the_environment_must_be_an_instant() {
    let empty = TestEnvironment::new().at("tomorrow \u{9b}2J");
    assert_snapshot!(empty.run(&["list"]).seen(), @r"
    -- standard error --
    leadby: LEADBY_NOW is “tomorrow ␦2J”, which is no instant.
      it is written like 2026-11-24T09:15:00+01:00; without it, the clock is asked
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
      for a file in it, say --journal $HOME/folder/journal.jsonl
    -- exit code 3 --
    ");
    assert_snapshot!(empty.run(&["commit", "x", "--journal", "folder"]).seen(), @"
    -- standard error --
    leadby: the journal $HOME/folder cannot be read: it is a folder.
      for a file in it, say --journal $HOME/folder/journal.jsonl
    -- exit code 3 --
    ");
    assert_snapshot!(empty.run(&["commit", "x", "--journal", "/proc/none/j"]).seen(), @r"
    -- standard error --
    leadby: the journal /proc/none/j cannot be written: there is no such folder.
      choose another place with --journal PATH or LEADBY_JOURNAL
    -- exit code 3 --
    ");
    assert_snapshot!(empty.run(&["list", "--journal", ""]).seen(), @r"
    -- standard error --
    error: a value is required for '--journal <PATH>' but none was supplied

    For more information, try '--help'.
    -- exit code 2 --
    ");
}

#[test]
fn a_photo_is_no_journal_and_stays_as_it_is() {
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
    leadby: $HOME/photo.jpg is no leadby journal, and is left as it is.
      name another file with --journal PATH or LEADBY_JOURNAL
      `leadby doctor` says what it looks like
    -- exit code 3 --
    ");
    assert_snapshot!(empty.run(&["--journal", "photo.jpg", "doctor"]).seen(), @"
    journal  $HOME/photo.jpg
             40.0 kB, 158 lines, 0 entries
             ! this file is no leadby journal; leadby never writes to it
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
fn a_path_may_be_anything_and_words_must_be_text() {
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
    journal  $HOME/j� ␛[2J.jsonl
             214 bytes, 1 entry
    draft    $HOME/j� ␛[2J.jsonl.draft
             not there; everything typed is saved
    ");
    let arguments = [OsStr::new("commit"), OsStr::from_bytes(b"caf\xe9")];
    assert_snapshot!(empty.run(&arguments).seen(), @"
    -- standard error --
    error: invalid UTF-8 was detected in one or more arguments

    Usage: leadby commit [OPTIONS] [TEXT]

    For more information, try '--help'.
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
    // Without a home folder the system's list of users still knows one; nothing is made there.
    let done = empty.finish(homeless.spawn().expect("a start"));
    assert!(matches!(done.code, Some(0 | 2)), "{done:?}");
}
