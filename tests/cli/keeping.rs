//! Commands that keep the journal intact: forget, merge, restore, doctor --repair.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use insta::assert_snapshot;

use crate::environment::TestEnvironment;

/// A note that was placed as a problem, and the ids of both.
fn placed_note(here: &TestEnvironment) -> [String; 2] {
    let newest = |list: &str| {
        let listed = here.ok(&["list", list]);
        listed.split(' ').next().expect("an id").to_owned()
    };
    here.ok(&["note", "Secret salary of Ben"]);
    let note = newest("inbox");
    here.ok(&["place", &note, "--list", "problem"]);
    [note, newest("problem")]
}

#[test]
fn forgetting_names_what_may_have_the_same_words() {
    let here = TestEnvironment::new();
    let kept = |kind: &str, id: &str| {
        format!("  kept: {kind} · Secret salary of Ben; `leadby forget {id}` deletes it too\n")
    };
    let [note, problem] = placed_note(&here);
    let said = here.ok(&["forget", &note, "--yes"]);
    assert!(said.contains(&kept("problem", &problem)), "{said}");
    let shown = here.ok(&["show", &problem]);
    assert!(
        shown.contains("came from  an entry that was forgotten"),
        "{shown}"
    );
    here.ok(&["undo", "--yes"]);
    let [note, problem] = placed_note(&here);
    let said = here.ok(&["forget", &problem, "--yes"]);
    assert!(said.contains(&kept("note", &note)), "{said}");
}

#[test]
fn forgetting_names_what_goes_and_needs_a_yes() {
    let filled = TestEnvironment::filled();
    filled.ok(&["check-in", "bb03", "--kept"]);
    let before = filled.bytes();
    assert_snapshot!(filled.run(&["forget", "bb03"]).seen(), @"
    commitment · Inbox rules
      2 versions, 0193c0de-0000-7000-8000-00000000bb03
    -- standard error --
    leadby: nothing was changed: no terminal to ask on.
      `leadby forget bb03 --yes` skips the question
    -- exit code 2 --
    ");
    assert_eq!(filled.bytes(), before);
    assert_snapshot!(filled.run(&["forget", "bb03", "--yes"]).seen(), @"
    commitment · Inbox rules
      2 versions, 0193c0de-0000-7000-8000-00000000bb03
    Forgotten: 2 lines.
    Still in 1 snapshot.
    `leadby forget 0193c0de-0000-7000-8000-00000000bb03 --backups` removes it from these too.
    Other machines and your own backups may still have it; it stays forgotten here, and it is gone there once they merge or sync with this journal.
    ");
    assert!(!String::from_utf8_lossy(&filled.bytes()).contains("Inbox rules"));
    assert_snapshot!(filled.run(&["forget", "bb03", "--yes"]).seen(), @"
    -- standard error --
    leadby: no entry with id “bb03”.
      `leadby list` shows ids; the first or last part is enough
    -- exit code 1 --
    ");
    assert_snapshot!(filled.run(&["forget", "bb03", "--yes", "--backups"]).seen(), @"
    an entry that was forgotten here, 0193c0de-0000-7000-8000-00000000bb03
      also in 1 snapshot and other files beside the journal, if they have it
    Removed from 1 snapshot.
    Other machines and your own backups may still have it; it stays forgotten here, and it is gone there once they merge or sync with this journal.
    ");
    filled.ok(&["commit", "Inbox rules"]);
    filled.ok(&["undo"]);
    filled.damage(b"junk\n");
    assert_snapshot!(filled.run(&["forget", "aa02", "--yes", "--backups"]).seen(), @"
    commitment · Tidy the wiki
      1 version, 0193c0de-0000-7000-8000-00000000aa02
      also in 1 snapshot and other files beside the journal, if they have it
    Forgotten: 1 line.
    Also removed from 1 snapshot.
    Note: 1 line could not be read, and may still have some of it.
    Other machines and your own backups may still have it; it stays forgotten here, and it is gone there once they merge or sync with this journal.
    ");
}

#[test]
fn only_files_that_backups_removes_it_from_are_before_the_line_that_says_so() {
    let filled = TestEnvironment::filled();
    filled.ok(&["check-in", "bb03", "--kept"]);
    let export = filled.journal().with_file_name("exp.json");
    let export = export.to_str().expect("a name");
    filled.ok(&["export", "json", "-o", export]);
    let said = filled.ok(&["forget", "bb03", "--yes"]);
    let lines: Vec<&str> = said.lines().map(str::trim_start).collect();
    let at = |start: &str| lines.iter().position(|it| it.starts_with(start));
    let snapshots = at("Still in 1 snapshot.").expect("the snapshots");
    assert!(lines[snapshots + 1].contains("--backups"), "{said}");
    let export = lines.iter().position(|it| it.contains("exp.json"));
    assert_eq!(export, Some(snapshots + 2), "{said}");
}

#[test]
fn entries_forgotten_on_one_side_are_named_before_they_go_on_the_other() {
    let (here, there) = (TestEnvironment::filled(), TestEnvironment::filled());
    there.ok(&["forget", "bb03", "--yes"]);
    here.ok(&["forget", "aa02", "--yes"]);
    let file = there.journal().to_str().expect("a name").to_owned();
    assert_snapshot!(here.ok(&["merge", &file, "--yes"]), @"
    new    1 line
    gone   “Inbox rules” (00bb03) was forgotten there; its text is removed here too
    same   4 lines
    out    1 line of entries that were forgotten
    Imported: 1 line.
    Still in 1 snapshot.
    `leadby forget 0193c0de-0000-7000-8000-00000000bb03 --backups` removes it from these too.
    ");
    let after = String::from_utf8(here.bytes()).expect("text");
    assert!(!after.contains("Inbox rules") && !after.contains("Tidy the wiki"));
}

#[test]
fn no_command_is_named_that_deletes_what_was_written_anew() {
    let here = TestEnvironment::new().at("2026-11-24T09:00:00+01:00");
    here.ok(&["answer", "audit/influence", "old"]);
    let there = TestEnvironment::filled().at("2026-12-01T09:00:00+01:00");
    there.journal_is(&here.bytes());
    let here = here.at("2026-12-01T09:00:00+01:00");
    here.ok(&["note", "So that there is a snapshot"]);
    there.ok(&["forget", "2026-W48/audit/influence", "--yes"]);
    there.ok(&["answer", "audit/influence", "2026-W48", "anew"]);
    let file = there.journal().to_str().expect("a name").to_owned();
    let said = here.ok(&["import", &file, "--yes"]);
    assert!(said.contains("Still in 1 snapshot."), "{said}");
    assert!(!said.contains("--backups"), "{said}");
    assert_eq!(here.listed("answers")[0]["value"], "anew");
}

#[test]
fn another_journal_is_counted_before_it_is_merged() {
    let (here, there) = (TestEnvironment::filled(), TestEnvironment::filled());
    there.ok(&["commit", "From the other machine"]);
    there.ok(&["check-in", "bb04", "--kept", "--note", "there"]);
    there.ok(&["check-in", "bb03", "--kept"]);
    here.ok(&["check-in", "bb03", "--missed"]);
    here.ok(&["check-in", "bb03", "--let-go"]);
    there.damage(b"<<<<<<< HEAD\n");
    let copy = here
        .journal()
        .with_file_name("journal (conflicted copy).jsonl");
    fs::copy(there.journal(), &copy).expect("a copy");
    let file = copy.to_str().expect("a name");
    assert_snapshot!(here.run(&["doctor"]).seen(), @"
    journal  $HOME/data/leadby/journal.jsonl
             2.6 kB, 8 lines, 6 entries
    draft    none; everything typed is saved
    backups  1 snapshot; leadby restore lists them
             ! a sync tool left a copy with lines that are not here: $HOME/data/leadby/journal (conflicted copy).jsonl

    What to do
      `leadby import '$HOME/data/leadby/journal (conflicted copy).jsonl'` adds them.
    -- exit code 1 --
    ");
    let before = here.bytes();
    assert_snapshot!(here.run(&["merge", file]).seen(), @"
    new    3 lines
           1 entry not in this journal yet
           2 entries changed there, and will change here
    both   “Inbox rules” (00bb03), changed on both sides: how it went
           `leadby settle` shows both texts, and how to settle them
    same   6 lines
    left   1 line there, unreadable
    -- standard error --
    leadby: nothing was changed: no terminal to ask on.
      `leadby merge '$HOME/data/leadby/journal (conflicted copy).jsonl' --yes` skips the question
    -- exit code 2 --
    ");
    assert_eq!(here.bytes(), before);
    assert_snapshot!(here.run(&["merge", file, "--yes"]).seen(), @"
    new    3 lines
           1 entry not in this journal yet
           2 entries changed there, and will change here
    both   “Inbox rules” (00bb03), changed on both sides: how it went
           `leadby settle` shows both texts, and how to settle them
    same   6 lines
    left   1 line there, unreadable
    Imported: 3 lines.
    ");
    assert!(here.bytes().starts_with(&before));
    assert_snapshot!(here.run(&["merge", file, "--yes"]).seen(), @"
    new    nothing; all of it is here already
    same   9 lines
    left   1 line there, unreadable
    ");
    assert_snapshot!(here.run(&["doctor"]).seen(), @"
    journal  $HOME/data/leadby/journal.jsonl
             3.6 kB, 11 lines, 7 entries
    draft    none; everything typed is saved
    backups  1 snapshot; leadby restore lists them
    copy     $HOME/data/leadby/journal (conflicted copy).jsonl
             ! it cannot be read: line 10 of it is damaged; leave it
             ! “Inbox rules” (00bb03), changed on both sides: how it went

    What to do
      An unreadable copy may have text that is nowhere else: keep it, and look into it with an editor.
      `leadby settle` shows both texts, and how to settle them.
    -- exit code 1 --
    ");
    assert_snapshot!(here.run(&["merge", "nowhere.jsonl"]).seen(), @"
    -- standard error --
    leadby: nothing was imported: no file at nowhere.jsonl.
      check the path
    -- exit code 2 --
    ");
}

#[test]
fn a_snapshot_restores_missing_lines() {
    let filled = TestEnvironment::filled();
    assert_snapshot!(filled.run(&["restore"]).seen(), @"
    -- standard error --
    leadby: no snapshot yet.
      the first save of a week creates one, of what was there before
    -- exit code 1 --
    ");
    filled.ok(&["commit", "Something of this week"]);
    let filled = filled.at("2026-12-01T09:00:00+01:00");
    filled.ok(&["check-in", "bb04", "--kept"]);
    let text = String::from_utf8(filled.bytes()).expect("text");
    let lost: String = text.split_inclusive('\n').skip(2).collect();
    fs::remove_file(filled.journal()).expect("the journal");
    filled.journal_is(lost.as_bytes());
    assert_snapshot!(filled.run(&["restore"]).seen(), @r"
    2026-W49  week of Mon 30 Nov · 7 lines, 7 entries, 2 lines the journal lacks
    2026-W48  week of Mon 23 Nov · 6 lines, 6 entries, 2 lines the journal lacks
    ");
    assert_snapshot!(filled.run(&["restore", "2026-W48"]).seen(), @r"
    new    2 lines
           2 entries not in this journal yet
    same   4 lines

    `leadby restore 2026-W48 --yes` brings back what is new.
    ");
    assert_eq!(filled.bytes(), lost.as_bytes());
    assert_snapshot!(filled.run(&["restore", "2026-w48", "--yes"]).seen(), @r"
    new    2 lines
           2 entries not in this journal yet
    same   4 lines
    Restored: 2 lines.
    ");
    assert!(filled.bytes().starts_with(lost.as_bytes()));
    assert_snapshot!(filled.run(&["restore", "2026-W49", "--yes"]).seen(), @r"
    new    nothing; all of it is here already
    same   7 lines
    ");
    assert_snapshot!(filled.run(&["restore", "2025-W01"]).seen(), @"
    -- standard error --
    leadby: no snapshot called “2025-W01”.
      snapshots: 2026-W48, 2026-W49
    -- exit code 1 --
    ");
}

#[test]
fn unreadable_snapshots_are_not_called_missing() {
    let filled = TestEnvironment::filled();
    let folder = filled.journal().with_file_name("journal.jsonl.backups");
    // A path that no user can list, not even root.
    let file = fs::File::create(&folder).expect("a file");
    let private = fs::Permissions::from_mode(0o600);
    file.set_permissions(private).expect("a mode");
    let said = "leadby: the snapshots in $HOME/data/leadby/journal.jsonl.backups cannot be read: it is not a folder.
  rename it; the next snapshot creates the folder
";
    for call in [
        &["restore"][..],
        &["restore", "2026-W48"],
        &["restore", "2026-W48", "--yes"],
    ] {
        let called = filled.run(call);
        assert_eq!((called.code, &*called.errors), (Some(3), said), "{call:?}");
    }
    let before = filled.bytes();
    let called = filled.run(&["forget", "aa02", "--backups", "--yes"]);
    assert_eq!((called.code, &*called.errors), (Some(3), said));
    assert_eq!(filled.bytes(), before);
    assert_snapshot!(filled.run(&["doctor"]).seen(), @"
    journal  $HOME/data/leadby/journal.jsonl
             1.7 kB, 6 lines, 6 entries
    draft    none; everything typed is saved
    backups  unreadable
             ! the snapshots in $HOME/data/leadby/journal.jsonl.backups cannot be read: it is not a folder

    What to do
      `leadby restore` says what to do about the snapshot folder.
    -- exit code 1 --
    ");
    let forgotten = filled.ok(&["forget", "aa02", "--yes"]);
    assert!(
        forgotten.contains(
            "Perhaps still in $HOME/data/leadby/journal.jsonl.backups: it is not a folder."
        ),
        "{forgotten}"
    );
}

#[test]
fn a_repair_says_where_it_moved_the_damage() {
    let filled = TestEnvironment::filled();
    assert_snapshot!(filled.run(&["doctor", "--repair"]).seen(), @"
    Nothing had to be moved.

    journal  $HOME/data/leadby/journal.jsonl
             1.7 kB, 6 lines, 6 entries
    draft    none; everything typed is saved

    All is well.
    ");
    filled.damage(b"<<<<<<< HEAD\n=======\n>>>>>>> theirs\n{\"v\":2,\"id\":\"x\"}\ntorn");
    assert_snapshot!(filled.run(&["doctor"]).seen(), @"
    journal  $HOME/data/leadby/journal.jsonl
             1.8 kB, 11 lines, 6 entries
             ! line 7: it cannot be read: a git conflict marker
             ! line 8: it cannot be read: a git conflict marker
             ! line 9: it cannot be read: a git conflict marker
             ! line 10: a newer leadby wrote it, in version 2 of the format
             ! line 11: it cannot be read: cut off in the middle
    draft    none; everything typed is saved

    What to do
      The lines git puts around a conflict are harmless, and the lines of both sides count: leadby doctor --repair moves the marks out; then commit the journal.
      Lines of a newer leadby are kept as they are; the newer leadby shows them.
      Unreadable lines hide no others and can stay; leadby doctor --repair moves them to a file.
    -- exit code 1 --
    ");
    assert_snapshot!(filled.run(&["doctor", "--repair"]).seen(), @"
    Moved: 4 lines, now in $HOME/data/leadby/journal.jsonl.damaged-2026-11-24.jsonl.
    The journal as it was: $HOME/data/leadby/journal.jsonl.backups/2026-11-24-before-repair.jsonl.

    journal  $HOME/data/leadby/journal.jsonl
             1.8 kB, 7 lines, 6 entries
             ! line 7: a newer leadby wrote it, in version 2 of the format
    draft    none; everything typed is saved
    backups  1 snapshot; leadby restore lists them

    What to do
      Lines of a newer leadby are kept as they are; the newer leadby shows them.
    -- exit code 1 --
    ");
}
