//! Commands that read: status, list, show, doctor, where.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::Stdio;

use insta::assert_snapshot;

use crate::environment::TestEnvironment;

#[test]
fn status_is_a_page_for_a_person() {
    assert_snapshot!(TestEnvironment::filled().run(&["status"]).seen(), @r"
    Week 48 · Tue 24 Nov · 3 days to Friday

    By Friday
      ! Inbox rules
        inbox · due Fri 20 Nov · 4 days ago · moved twice, first due Fri 6 Nov
      ▸ One owner for every release step
        process · due Fri 27 Nov · in 3 days

    This week
      ▪ 1 Audit          □ 2 Mastery        ■ 3 Problem        □ 4 Next level
      □ 5 Communication  □ 6 Systems        □ 7 Multiplier     □ 8 Influence
      1 of 8 done, next: 1 Audit

    Kept
      1 of 2 kept

    Problems solved 2026
      J F M A M J J A S O N D
      · · · · · · · · · · ■ ·
    ");
}

#[test]
fn status_short_is_one_line_and_fails_when_something_is_due() {
    let filled = TestEnvironment::filled();
    assert_snapshot!(filled.run(&["status", "--short"]).seen(), @r"
    W48 1/8 · ! Inbox rules (Fri 20 Nov) +1
    -- exit code 1 --
    ");
    filled.ok(&["check-in", "bb03", "--let-go"]);
    assert_snapshot!(filled.run(&["status", "--short"]).seen(), @"W48 1/8 · ▸ One owner for every release step (Fri 27 Nov)");
    let friday = filled.at("2026-11-27T08:00:00+01:00");
    assert_snapshot!(friday.run(&["status", "--short"]).seen(), @r"
    W48 1/8 · ! One owner for every release step (Fri 27 Nov)
    -- exit code 1 --
    ");
}

#[test]
fn only_the_page_offers_to_wrap_up_a_month() {
    let offer = "\nNovember is over: leadby walk --plain --month last\n";
    let november = TestEnvironment::filled();
    assert!(!november.ok(&["status"]).contains("is over"));
    let december = november.at("2026-12-01T08:00:00+01:00");
    assert!(december.ok(&["status"]).ends_with(offer));
    assert!(!december.ok(&["status", "--json"]).contains("over\""));
    assert!(
        !december
            .run(&["status", "--short"])
            .seen()
            .contains("November")
    );
    let january = december.at("2027-01-01T08:00:00+01:00");
    assert!(!january.ok(&["status"]).contains("is over"));
}

#[test]
fn status_is_an_object_for_a_program() {
    let output = TestEnvironment::filled().ok(&["status", "--json"]);
    assert_eq!(output.lines().count(), 1);
    let read: serde_json::Value = serde_json::from_str(&output).expect("JSON");
    assert_snapshot!("status_json", format!("{read:#}"));
}

#[test]
fn list_is_a_table_for_a_person() {
    assert_snapshot!(TestEnvironment::filled().run(&["list"]).seen(), @r"
    00aa01  commitment · kept     2026-11-06  Stand-up starts on time
    00aa02  commitment · missed   2026-11-14  Tidy the wiki
    00cc05  problem · solved      2026-11-19  Nobody knows who may restart the build
    00bb03  commitment · overdue  2026-11-20  Inbox rules
    2026-W48/audit/influence      2026-11-24  The release checklist. Nobody owns it.
    00bb04  commitment · open     2026-11-27  One owner for every release step
    ");
}

#[test]
fn list_is_tab_separated_for_a_script() {
    let output = TestEnvironment::filled().ok(&["list", "--plain"]);
    assert!(output.lines().all(|line| line.matches('\t').count() == 5));
    assert_snapshot!(output, @r#"
    0193c0de-0000-7000-8000-00000000aa01	commitment	2026-11-06	kept	Stand-up starts on time	small team
    0193c0de-0000-7000-8000-00000000aa02	commitment	2026-11-14	missed	Tidy the wiki	tools
    0193c0de-0000-7000-8000-00000000cc05	problems	2026-11-19	solved	Nobody knows who may restart the build	
    0193c0de-0000-7000-8000-00000000bb03	commitment	2026-11-20	open	Inbox rules	inbox
    answer/2026-W48/audit/influence	answer	2026-11-24	2026-W48	The release checklist.\nNobody owns it.	audit/influence
    0193c0de-0000-7000-8000-00000000bb04	commitment	2026-11-27	open	One owner for every release step	process
    "#);
}

#[test]
fn list_is_json_for_a_program() {
    assert_snapshot!(
        "list_json",
        TestEnvironment::filled().ok(&["list", "--json"])
    );
}

#[test]
fn list_accepts_every_name_of_a_kind() {
    let filled = TestEnvironment::filled();
    let count = |kind: &str| filled.ok(&["list", kind, "--plain"]).lines().count();
    assert_eq!(count("all"), 6);
    assert_eq!(count("commitments"), 4);
    assert_eq!(count("commitment"), 4);
    assert_eq!(count("problem"), 1);
    assert_eq!(count("Problems"), 1);
    assert_eq!(count("answers"), 1);
    assert_eq!(count("audit"), 1);
    assert_eq!(count("skills"), 11);
}

#[test]
fn list_since_leaves_out_earlier_entries() {
    let filled = TestEnvironment::filled();
    let since = |day: &str| {
        filled
            .ok(&["list", "--plain", "--since", day])
            .lines()
            .count()
    };
    assert_eq!(since("2026-11-06"), 6);
    assert_eq!(since("20 Nov"), 3);
    assert_snapshot!(filled.run(&["list", "--since", "+1m"]).seen(), @"
    -- standard error --
    leadby: no matches.
    -- exit code 1 --
    ");
}

#[test]
fn an_empty_journal_is_reported_as_empty() {
    let empty = TestEnvironment::new();
    assert_snapshot!(empty.run(&["list"]).seen(), @"
    -- standard error --
    leadby: the journal is empty.
      `leadby` opens the screens; `leadby commit TEXT` makes a first commitment
    -- exit code 1 --
    ");
    assert_eq!(empty.run(&["list", "--json"]).output, "[]\n");
}

#[test]
fn show_prints_everything_in_an_entry() {
    let filled = TestEnvironment::filled();
    assert_snapshot!(filled.run(&["show", "bb03"]).seen(), @r"
    Inbox rules
      commitment · overdue
      area     inbox
      due      Fri 20 Nov · 4 days ago
      made     Mon 2 Nov · 3 weeks ago
      dates    moved twice, first due Fri 6 Nov
               Fri 6 Nov to Fri 13 Nov: waiting for Ana
               Fri 13 Nov to Fri 20 Nov

      id       0193c0de-0000-7000-8000-00000000bb03
      version  1, written Tue 24 Nov at 09:15
    ");
    assert_snapshot!(filled.run(&["show", "cc05"]).seen(), @r#"
    Nobody knows who may restart the build
      problem · solved
      What was wrong  Two hours lost,
                          every week ␛[2J␦31m ⟨RLO⟩oops
      What improved   Łódź と 東京 know; back\slash
      spotted         Mon 12 Oct · 6 weeks ago
      solved          Thu 19 Nov · 5 days ago

      id              0193c0de-0000-7000-8000-00000000cc05
      version         1, written Tue 24 Nov at 09:15
    "#);
    assert_snapshot!(filled.run(&["show", "2026-W48/audit/influence"]).seen(), @r"
    What is already within your influence that you don't fully own yet?
      Audit · week 48

      The release checklist.
      Nobody owns it.

      id       answer/2026-W48/audit/influence
      version  1, written Tue 24 Nov at 09:15
    ");
    assert_snapshot!(filled.run(&["show", "systems-thinking"]).seen(), @r"
    Systems thinking
      skill · not started
      Track  Architecture or strategy

      id     item/skills/systems-thinking
    ");
}

#[test]
fn show_json_is_the_object_from_list() {
    let filled = TestEnvironment::filled();
    let shown = filled.ok(&["show", "cc05", "--json"]);
    assert!(filled.ok(&["list", "--json"]).contains(shown.trim_end()));
}

#[test]
fn where_reports_what_exists() {
    assert_snapshot!(TestEnvironment::new().run(&["where"]).seen(), @"
    journal  $HOME/data/leadby/journal.jsonl
             not there yet; the first save creates it
    draft    $HOME/data/leadby/journal.jsonl.draft
             not there; everything typed is saved
    ");
    let filled = TestEnvironment::filled();
    let mut draft = filled.journal().into_os_string();
    draft.push(".draft");
    fs::File::create(draft).expect("a file");
    assert_snapshot!(filled.run(&["where"]).seen(), @"
    journal  $HOME/data/leadby/journal.jsonl
             1.7 kB, 6 entries
    draft    $HOME/data/leadby/journal.jsonl.draft
             0 bytes, text not yet saved
    ");
    let mut elsewhere = filled.command(&["where"]);
    elsewhere.env("LEADBY_JOURNAL", "other.jsonl");
    assert_snapshot!(filled.finish(elsewhere.spawn().expect("a start")).seen(), @"
    journal  $HOME/other.jsonl
             not there yet; the first save creates it
    draft    $HOME/other.jsonl.draft
             not there; everything typed is saved
    ");
    let mut named = filled.command(&["where", "--journal", "third.jsonl"]);
    named.env("LEADBY_JOURNAL", "other.jsonl");
    let named = filled.finish(named.spawn().expect("a start"));
    assert!(
        named.output.starts_with("journal  $HOME/third.jsonl\n"),
        "{named:?}"
    );
}

#[test]
fn reading_creates_no_files() {
    let empty = TestEnvironment::new();
    for arguments in [
        &["list"][..],
        &["status"],
        &["where"],
        &["doctor"],
        &["show", "x"],
        &["check-in", "--kept"],
        &["commit", "x", "--by", "fryday"],
        &["edit", "x", "--set", "better=y"],
        &["man"],
    ] {
        let _ = empty.run(arguments);
    }
    let left = fs::read_dir(empty.home()).expect("the home").count();
    assert_eq!(left, 0);
}

#[test]
fn doctor_finds_no_problem_in_a_sound_journal() {
    assert_snapshot!(TestEnvironment::new().run(&["doctor"]).seen(), @"
    journal  $HOME/data/leadby/journal.jsonl
             not there yet; the first save creates it
    draft    none; everything typed is saved

    All is well.
    ");
    assert_snapshot!(TestEnvironment::filled().run(&["doctor"]).seen(), @r"
    journal  $HOME/data/leadby/journal.jsonl
             1.7 kB, 6 lines, 6 entries
    draft    none; everything typed is saved

    All is well.
    ");
}

#[test]
fn doctor_names_every_bad_line() {
    let filled = TestEnvironment::filled();
    filled.damage(b"{\"v\":9,\"id\":\"x\"}\n\0\0\0\nhello \x1b[2J\n{\"v\":1,\"id\":\"y\",\"rev\":1,\"at\":\"2026-11-24T09:15:02+01:00\",\"kind\":\"po\\u0007em\"}\n{\"v\":1,\"id\":\"z");
    let mode = |mode| fs::Permissions::from_mode(mode);
    fs::set_permissions(filled.journal(), mode(0o644)).expect("to change the mode");
    let copy = filled
        .journal()
        .with_file_name("journal.sync-conflict-20261120-101500-ABCDEFG.jsonl");
    let elsewhere = TestEnvironment::new();
    elsewhere.ok(&["commit", "Written on the other machine"]);
    fs::copy(elsewhere.journal(), &copy).expect("a copy");
    let before = filled.bytes();
    assert_snapshot!(filled.run(&["doctor"]).seen(), @"
    journal  $HOME/data/leadby/journal.jsonl
             1.9 kB, 11 lines, 6 entries
             ! line 7: a newer leadby wrote it, in version 9 of the format
             ! line 8: it cannot be read: only zero bytes, as after a crash
             ! line 9: it cannot be read: it is not JSON, from byte 1 on
             ! line 10: this leadby does not know its kind: po␇em
             ! line 11: it cannot be read: cut off in the middle
    draft    none; everything typed is saved
             ! others on this machine can open $HOME/data/leadby/journal.jsonl (mode 644)
             ! a sync tool left a copy with lines that are not here: $HOME/data/leadby/journal.sync-conflict-20261120-101500-ABCDEFG.jsonl

    What to do
      Lines of a newer leadby are kept as they are; the newer leadby shows them.
      Unreadable lines hide no others and can stay; leadby doctor --repair moves them to a file.
      `chmod 600 $HOME/data/leadby/journal.jsonl` makes it yours alone, if no one else needs it.
      `leadby import $HOME/data/leadby/journal.sync-conflict-20261120-101500-ABCDEFG.jsonl` adds them.
    -- exit code 1 --
    ");
    assert_eq!(filled.bytes(), before);
    assert_eq!(filled.listed("all").len(), 6);
    let said = "leadby: 5 lines of the journal are left out; `leadby doctor` says why.\n";
    assert_eq!(filled.run(&["status"]).errors, said);
    // A line edited by hand counts, and the page itself says so.
    let filled = TestEnvironment::filled();
    let text = String::from_utf8(filled.bytes()).expect("text");
    filled.journal_is(text.replace("Inbox rules", "Inbox rulez").as_bytes());
    let status = filled.ok(&["status"]);
    let need = "1 line of the journal needs a look: run leadby doctor.\n";
    assert!(status.ends_with(need), "{status}");
}

#[test]
fn a_closed_reader_is_not_an_error() {
    let filled = TestEnvironment::filled();
    let text = "a line of some length, many times over\n".repeat(1_500);
    for _ in 0..5 {
        let saved = filled.run_with(&["commit", "-"], text.as_bytes());
        assert_eq!(saved.code, Some(0), "{}", saved.errors);
    }
    for arguments in [
        &["list"][..],
        &["list", "--json"],
        &["list", "--plain"],
        &["--help"],
    ] {
        let mut child = filled.command(arguments).spawn().expect("a start");
        drop(child.stdout.take());
        let done = filled.finish(child);
        assert_eq!((done.code, &*done.errors), (Some(0), ""), "{arguments:?}");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_behind_the_output_is_reported() {
    let filled = TestEnvironment::filled();
    let full = || {
        let full = fs::File::options().write(true).open("/dev/full");
        Stdio::from(full.expect("/dev/full"))
    };
    for arguments in [
        &["list"][..],
        &["status", "--short"],
        &["--help"],
        &["--version"],
        &["man"],
    ] {
        let mut command = filled.command(arguments);
        let done = filled.finish(command.stdout(full()).spawn().expect("a start"));
        assert_eq!(done.code, Some(5), "{arguments:?}");
    }
    let mut command = filled.command(&["commit", "Kept all the same"]);
    let done = filled.finish(command.stdout(full()).spawn().expect("a start"));
    assert_snapshot!(done.seen(), @"
    -- standard error --
    leadby: output could not be written: No space left on device (os error 28).
      your text is saved; only this message was lost
    -- exit code 5 --
    ");
    assert_eq!(filled.listed("commitments").len(), 5);
}

#[test]
fn a_reminder_is_silent_until_something_is_due() {
    let filled = TestEnvironment::filled();
    assert_snapshot!(filled.run(&["remind"]).seen(), @"
    ! Inbox rules · due Fri 20 Nov · 4 days ago · moved twice, first due Fri 6 Nov  (00bb03)
    -- exit code 1 --
    ");
    assert_snapshot!(filled.run(&["remind", "--by", "fri"]).seen(), @"
    ! Inbox rules · due Fri 20 Nov · 4 days ago · moved twice, first due Fri 6 Nov  (00bb03)
    ▸ One owner for every release step · due Fri 27 Nov · in 3 days  (00bb04)
    -- exit code 1 --
    ");
    assert_snapshot!(filled.run(&["remind", "--by", "fryday"]).seen(), @r#"
    -- standard error --
    leadby: “fryday” is not a day; try fri, tomorrow, 2w, "4 Dec" or 2026-12-04.
    -- exit code 2 --
    "#);
    let _ = filled.ok(&["check-in", "bb03", "--kept"]);
    assert_eq!(filled.run(&["remind"]).seen(), "");
    assert_eq!(TestEnvironment::new().run(&["remind"]).seen(), "");
}

#[test]
fn a_list_can_be_narrowed_sorted_and_cut() {
    let filled = TestEnvironment::filled();
    let texts = |options: &[&str]| {
        let plain = filled.run(&[&["list", "--plain"], options].concat());
        let lines = plain.output.lines();
        let text = |line: &str| line.split('\t').nth(4).map(|it| it[..6].to_owned());
        lines.filter_map(text).collect::<Vec<String>>().join(", ")
    };
    assert_eq!(texts(&["--open"]), "Nobody, Inbox , One ow");
    assert_eq!(texts(&["--done"]), "Stand-, Tidy t");
    assert_eq!(texts(&["--state", "kept"]), "Stand-");
    assert_eq!(texts(&["problems", "--state", "solved"]), "Nobody");
    assert_eq!(texts(&["--state", "overdue"]), "Inbox ");
    assert_eq!(texts(&["--area", "small"]), "Stand-");
    assert_eq!(texts(&["--due", "this-week"]), "One ow");
    assert_eq!(texts(&["--due", "20.11."]), "Inbox ");
    assert_eq!(texts(&["--limit", "2"]), "The re, One ow");
    assert_eq!(
        texts(&["commitments", "--sort", "title", "--limit", "2"]),
        "Inbox , One ow"
    );
    assert_eq!(
        texts(&["commitments", "--sort", "newest", "--limit", "1"]),
        "One ow"
    );
    assert_eq!(
        texts(&["commitments", "--sort", "area", "--open"]),
        "Inbox , One ow"
    );
    // Any beginning of a name, or of one of its words, that only one list has.
    for begun in ["prob", "moment", "commit"] {
        let found = filled.run(&["list", begun]);
        assert_ne!(found.code, Some(2), "{begun}: {}", found.errors);
    }
    assert_snapshot!(filled.run(&["list", "s"]).seen(), @"
    -- standard error --
    leadby: “s” can be skills or systems or said.
    -- exit code 2 --
    ");
    assert_snapshot!(filled.run(&["list", "--state", "gone"]).seen(), @"
    -- standard error --
    leadby: no state called “gone”; state: takes open, kept, missed, let-go, to-learn, learned, spotted, solved, documented, communicated, results-shared, not-started, learning, practised, can-teach, closed, decided, planned, built, happened, done, only-you-know, handed-over, raised, constraint-acknowledged, acted, waiting, placed, said.
    -- exit code 2 --
    ");
    assert_snapshot!(filled.run(&["list", "people", "--open"]).seen(), @"
    -- standard error --
    leadby: people have no state, area or due day, and one order.
      `leadby list --person NAME --open` lists what is open with someone
    -- exit code 2 --
    ");
    assert_snapshot!(filled.run(&["list", "--due", "4/12"]).seen(), @"
    -- standard error --
    leadby: “4/12” can be 4 Dec or 12 Apr; write one of these.
    -- exit code 2 --
    ");
    assert_snapshot!(filled.run(&["list", "--area", "moon"]).seen(), @"
    -- standard error --
    leadby: no area begins with “moon”.
    -- exit code 1 --
    ");
}

#[test]
fn presets_that_were_never_written_are_open_and_have_no_day() {
    let new = TestEnvironment::new();
    let presets = new.ok(&["list", "skills"]);
    for options in [&["--open"][..], &["--state", "not-started"]] {
        let listed = new.ok(&[&["list", "skills"], options].concat());
        assert_eq!(listed, presets, "{options:?}");
    }
    for options in [&["--done"][..], &["--state", "learning"], &["--due", "fri"]] {
        let listed = new.run(&[&["list", "skills"], options].concat());
        assert_eq!((listed.code, &*listed.output), (Some(1), ""), "{options:?}");
    }
    let plain = new.ok(&["list", "skills", "--plain", "--limit", "1"]);
    assert!(plain.contains("\tskills\t\t-\t"), "{plain}");
    // What is no preset can be not started as well.
    new.ok(&["add", "skill", "Writing"]);
    let listed = new.ok(&["list", "--state", "not"]);
    assert!(listed.contains("skill · not started"), "{listed}");
}
