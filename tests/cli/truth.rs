//! Messages about the journal and the files beside it are true, and every path in a suggested
//! command is exact.
#![expect(
    clippy::disallowed_methods,
    reason = "the tests create what other programs leave beside a journal"
)]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

use insta::assert_snapshot;

use crate::environment::TestEnvironment;

fn beside(filled: &TestEnvironment, name: &str, bytes: impl AsRef<[u8]>) {
    let path = filled.journal().with_file_name(name);
    fs::write(&path, bytes).expect("a file");
    fs::set_permissions(path, fs::Permissions::from_mode(0o600)).expect("a mode");
}

/// A journal with one line that the others lack.
fn other() -> Vec<u8> {
    let other = TestEnvironment::new();
    other.ok(&["commit", "ONLY HERE"]);
    other.bytes()
}

#[test]
fn doctor_calls_a_copy_superfluous_only_when_it_read_all_of_it_and_all_of_it_is_here() {
    let filled = TestEnvironment::filled();
    let (ours, other) = (filled.bytes(), other());
    let utf_16: Vec<u8> = String::from_utf8(other.clone())
        .expect("text")
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    beside(
        &filled,
        "journal (conflicted copy torn).jsonl",
        &other[..150],
    );
    beside(
        &filled,
        "journal (conflicted copy utf16).jsonl",
        [b"\xff\xfe".as_slice(), &utf_16].concat(),
    );
    beside(&filled, "journal (conflicted copy empty).jsonl", "");
    beside(&filled, "journal (conflicted copy poem).jsonl", "a poem\n");
    beside(
        &filled,
        "journal (conflicted copy gz).jsonl",
        b"\x1f\x8b\x08\0",
    );
    beside(&filled, "journal (conflicted copy same).jsonl", &ours);
    beside(
        &filled,
        "journal (conflicted copy junk).jsonl",
        [ours.as_slice(), b"junk ONLY HERE\n"].concat(),
    );
    let folder = filled.journal().with_file_name("journal (1).jsonl");
    fs::create_dir(&folder).expect("a folder");
    fs::set_permissions(folder, fs::Permissions::from_mode(0o700)).expect("a mode");
    // A similar name, but not a journal.
    beside(&filled, "journal-of-a-cat.jsonl", "meow\n");
    beside(&filled, "Copy of journal.jsonl", &other);
    beside(&filled, "journal-LAPTOP.jsonl", &ours);
    assert_snapshot!(filled.run(&["doctor"]).seen(), @"
    journal  $HOME/data/leadby/journal.jsonl
             1.7 kB, 6 lines, 6 entries
    draft    none; everything typed is saved
             ! another journal beside it has lines that are not here: $HOME/data/leadby/Copy of journal.jsonl
    copy     $HOME/data/leadby/journal (1).jsonl
             ! it cannot be read: it is a folder; leave it
    copy     $HOME/data/leadby/journal (conflicted copy empty).jsonl
             ! it cannot be read: it is empty; leave it
    copy     $HOME/data/leadby/journal (conflicted copy gz).jsonl
             ! it cannot be read: it is compressed; unpack it first; leave it
    copy     $HOME/data/leadby/journal (conflicted copy junk).jsonl
             ! it cannot be read: line 7 of it is damaged; leave it
    copy     $HOME/data/leadby/journal (conflicted copy poem).jsonl
             ! it cannot be read: it is not a journal; leave it
    copy     $HOME/data/leadby/journal (conflicted copy same).jsonl
             every line of it is in the journal; it may be removed
    copy     $HOME/data/leadby/journal (conflicted copy torn).jsonl
             ! it cannot be read: line 1 of it is damaged; leave it
    copy     $HOME/data/leadby/journal (conflicted copy utf16).jsonl
             ! it cannot be read: it is UTF-16 text, but a journal is UTF-8; leave it
    copy     $HOME/data/leadby/journal-LAPTOP.jsonl
             every line of it is in the journal

    What to do
      `leadby import '$HOME/data/leadby/Copy of journal.jsonl'` adds them, if they belong here.
      An unreadable copy may have text that is nowhere else: keep it, and look into it with an editor.
    -- exit code 1 --
    ");
}

#[test]
fn doctor_does_not_read_a_large_file_that_is_not_a_journal() {
    let filled = TestEnvironment::filled();
    for name in ["journal-film.jsonl", "journal (2).jsonl"] {
        let path = filled.journal().with_file_name(name);
        let file = fs::File::create(path).expect("a file");
        fs::write(filled.journal().with_file_name(name), "film").expect("its beginning");
        file.set_len(1 << 40).expect("a hole");
    }
    let seen = filled.run(&["doctor"]).seen();
    assert!(seen.contains("it is not a journal; leave it"), "{seen}");
    assert!(!seen.contains("film"), "{seen}");
}

#[test]
fn a_hard_link_to_the_journal_is_not_a_copy() {
    let filled = TestEnvironment::filled();
    let second = filled.journal().with_file_name("journal (1).jsonl");
    fs::hard_link(filled.journal(), second).expect("a second name");
    let seen = filled.ok(&["doctor"]);
    assert!(!seen.contains("removed"), "{seen}");
}

#[test]
fn an_empty_or_missing_journal_beside_fuller_snapshots_is_named() {
    let filled = TestEnvironment::filled();
    filled.ok(&["commit", "this week"]);
    filled.journal_is(b"");
    assert_snapshot!(filled.run(&["doctor"]).seen(), @"
    journal  $HOME/data/leadby/journal.jsonl
             0 bytes, 0 lines, 0 entries
    draft    none; everything typed is saved
    backups  1 snapshot; leadby restore lists them
             ! the journal is empty, and the snapshot 2026-W48 has 6 lines that it lacks

    What to do
      `leadby restore 2026-W48` shows what would come back; with --yes it brings it back.
    -- exit code 1 --
    ");
    fs::remove_file(filled.journal()).expect("it goes");
    let seen = filled.run(&["doctor"]).seen();
    assert!(
        seen.contains("! the journal is missing, and the snapshot 2026-W48 has 6 lines"),
        "{seen}"
    );
    // Starting a new journal says what was there before.
    let begun = filled.run(&["commit", "anew"]);
    assert!(
        begun
            .errors
            .contains("the journal was empty; `leadby restore` lists its snapshots, which are not"),
        "{begun:?}"
    );
    let seen = filled.run(&["doctor"]).seen();
    assert!(
        seen.contains("! the journal got shorter: the snapshot"),
        "{seen}"
    );
    filled.ok(&["restore", "2026-W48", "--yes"]);
    assert_eq!(filled.run(&["doctor"]).code, Some(0));
    // Forgotten entries are not reported as missing.
    filled.ok(&["forget", "bb03", "--yes"]);
    assert_eq!(filled.run(&["doctor"]).code, Some(0));
}

#[test]
fn entries_that_a_wrong_clock_dated_ahead_are_named() {
    let filled = TestEnvironment::filled().at("2028-01-01T09:00:00+01:00");
    filled.ok(&["commit", "from a wrong clock"]);
    let filled = filled.at(crate::environment::NOW);
    assert_snapshot!(filled.run(&["doctor"]).seen(), @"
    journal  $HOME/data/leadby/journal.jsonl
             2.0 kB, 7 lines, 7 entries
    draft    none; everything typed is saved
    backups  1 snapshot; leadby restore lists them
             ! line 7: it is dated Sat 1 Jan 2028, in the future
             ! a snapshot of a future week: $HOME/data/leadby/journal.jsonl.backups/2027-W52.jsonl

    What to do
      A line dated ahead comes from a wrong clock, there or here. It counts; where two machines changed the same text it wins, until `leadby edit` or `leadby settle` decides otherwise.
      Snapshots dated ahead come from a wrong clock, and stay until you remove them.
    -- exit code 1 --
    ");
}

#[test]
fn a_snapshot_dated_ahead_replaces_no_other() {
    let filled = TestEnvironment::filled();
    let folder = filled.journal().with_file_name("journal.jsonl.backups");
    fs::create_dir(&folder).expect("a folder");
    for year in 2090..2098 {
        fs::write(folder.join(format!("{year}-W01.jsonl")), "x\n").expect("a snapshot");
    }
    let weeks = ["2026-11-24", "2026-12-01", "2026-12-08"];
    let mut filled = filled;
    for day in weeks {
        filled = filled.at(&format!("{day}T09:00:00+01:00"));
        filled.ok(&["commit", day]);
    }
    let listed = filled.ok(&["restore"]);
    for week in ["2026-W48", "2026-W49", "2026-W50", "2090-W01", "2097-W01"] {
        assert!(listed.contains(week), "{listed}");
    }
}

#[test]
fn a_snapshot_that_is_no_journal_is_named_and_adds_nothing() {
    let filled = TestEnvironment::filled();
    let folder = filled.journal().with_file_name("journal.jsonl.backups");
    fs::create_dir(&folder).expect("a folder");
    fs::write(folder.join("2026-W48.jsonl"), "roses are red\n").expect("a poem");
    assert_snapshot!(filled.run(&["restore", "2026-W48", "--yes"]).seen(), @"
    -- standard error --
    leadby: $HOME/data/leadby/journal.jsonl.backups/2026-W48.jsonl is not a leadby journal.
    -- exit code 3 --
    ");
}

#[test]
fn files_of_ours_that_others_read_or_git_tracks_are_named() {
    let filled = TestEnvironment::filled();
    filled.ok(&["commit", "one"]);
    filled.damage(b"junk\n");
    filled.ok(&["doctor", "--repair"]);
    let folder = filled.journal().with_file_name("");
    let git = |arguments: &[&str]| {
        let mut git = Command::new("git");
        git.arg("-C").arg(&folder).args(arguments);
        git.env_clear()
            .env("PATH", "/usr/bin:/bin")
            .env("HOME", filled.home());
        assert!(git.output().expect("git").status.success());
    };
    git(&["init", "-q"]);
    git(&["add", "-A"]);
    let open = fs::Permissions::from_mode(0o644);
    let aside = filled
        .journal()
        .with_file_name("journal.jsonl.damaged-2026-11-24.jsonl");
    fs::set_permissions(aside, open).expect("a mode");
    assert_snapshot!(filled.run(&["doctor"]).seen(), @"
    journal  $HOME/data/leadby/journal.jsonl
             2.0 kB, 7 lines, 7 entries
    draft    none; everything typed is saved
    backups  2 snapshots; leadby restore lists them
             ! others on this machine can open $HOME/data/leadby/.git (mode 755)
             ! others on this machine can open $HOME/data/leadby/journal.jsonl.damaged-2026-11-24.jsonl (mode 644)
             ! a git repository tracks $HOME/data/leadby/journal.jsonl, and may send it anywhere
             ! a git repository tracks $HOME/data/leadby/journal.jsonl.backups/2026-11-24-before-repair.jsonl, and may send it anywhere
             ! a git repository tracks $HOME/data/leadby/journal.jsonl.backups/2026-W48.jsonl, and may send it anywhere
             ! a git repository tracks $HOME/data/leadby/journal.jsonl.damaged-2026-11-24.jsonl, and may send it anywhere

    What to do
      `chmod 700 $HOME/data/leadby/.git` makes it yours alone, if no one else needs it.
      `chmod 600 $HOME/data/leadby/journal.jsonl.damaged-2026-11-24.jsonl` makes it yours alone, if no one else needs it.
      `git -C $HOME/data/leadby rm --cached journal.jsonl` removes it from the next commit; the file stays.
      `git -C $HOME/data/leadby rm --cached journal.jsonl.backups/2026-11-24-before-repair.jsonl` removes it from the next commit; the file stays.
      `git -C $HOME/data/leadby rm --cached journal.jsonl.backups/2026-W48.jsonl` removes it from the next commit; the file stays.
      `git -C $HOME/data/leadby rm --cached journal.jsonl.damaged-2026-11-24.jsonl` removes it from the next commit; the file stays.
    -- exit code 1 --
    ");
}

#[test]
fn a_linked_journal_that_git_tracks_is_named_by_its_own_place() {
    let home = TestEnvironment::new();
    home.ok(&["commit", "one"]);
    let folder = home.home().join("notes");
    fs::create_dir(&folder).expect("a folder");
    fs::rename(home.journal(), folder.join("mine.jsonl")).expect("to move it");
    std::os::unix::fs::symlink(folder.join("mine.jsonl"), home.journal()).expect("a link");
    for arguments in [&["init", "-q"][..], &["add", "-A"]] {
        let mut git = Command::new("git");
        git.arg("-C").arg(&folder).args(arguments);
        git.env_clear().env("PATH", "/usr/bin:/bin");
        git.env("HOME", home.home());
        assert!(git.output().expect("git").status.success());
    }
    let said = home.run(&["doctor"]).output;
    let named = "a git repository tracks $HOME/notes/mine.jsonl, and may send it anywhere";
    assert!(said.contains(named), "{said}");
    assert!(
        said.contains("`git -C $HOME/notes rm --cached mine.jsonl`"),
        "{said}"
    );
}

#[test]
fn skipped_lines_are_reported_on_standard_error() {
    let filled = TestEnvironment::filled();
    filled.damage(b"junk\n{\"v\":9,\"id\":\"x\"}\n");
    let said = "leadby: 2 lines of the journal are left out; `leadby doctor` says why.\n";
    let calls: [&[&str]; 12] = [
        &["list"],
        &["list", "--plain"],
        &["list", "--json"],
        &["search", "wiki"],
        &["status"],
        &["status", "--json"],
        &["review"],
        &["portfolio"],
        &["export", "md"],
        &["export", "ics"],
        &["export", "csv", "--table", "commitments"],
        &["show", "aa02"],
    ];
    for call in calls {
        let called = filled.run(call);
        assert!(called.errors.contains(said), "{call:?} {called:?}");
        assert!(!called.output.contains("left out;"), "{call:?} {called:?}");
    }
    // With every prompt it would be noise.
    assert_eq!(filled.run(&["status", "--short"]).errors, "");
    assert_eq!(filled.run(&["remind"]).errors, "");
    let copied = filled.run(&["export", "json"]).errors;
    assert!(copied.contains("1 line unreadable"), "{copied}");
}

#[test]
fn a_tilde_at_the_start_of_a_path_is_the_home_folder() {
    let filled = TestEnvironment::filled();
    let home = filled.home();
    fs::copy(filled.journal(), home.join("x.jsonl")).expect("a copy");
    let where_is = filled.ok(&["--journal", "~/x.jsonl", "where"]);
    let path = "$HOME/x.jsonl";
    assert!(where_is.contains(path), "{where_is}");
    let called = filled
        .command(&["where"])
        .env("LEADBY_JOURNAL", "~/x.jsonl")
        .output()
        .expect("it runs");
    let shown = String::from_utf8_lossy(&called.stdout).into_owned();
    assert!(shown.contains(&home.join("x.jsonl").display().to_string()));
    filled.ok(&["export", "json", "-o", "~/out.json"]);
    filled.ok(&["portfolio", "--all", "-o", "~/out.md"]);
    assert!(home.join("out.json").exists() && home.join("out.md").exists());
    filled.ok(&["import", "~/out.json", "--yes"]);
    filled.ok(&["merge", "~/x.jsonl", "--yes"]);
    fs::write(home.join("own.toml"), "id = 1").expect("a file");
    let checked = filled.run(&["practices", "check", "~/own.toml"]).output;
    assert!(!checked.contains('~'), "{checked}");
    // A relative path is shown as an absolute one.
    for call in ["where", "doctor"] {
        let called = filled.run(&["--journal", "x.jsonl", call]);
        assert!(called.output.contains(path), "{called:?}");
    }
}

#[test]
fn a_path_in_a_suggested_command_is_exact() {
    let there = TestEnvironment::filled();
    for name in [
        "a  b.jsonl",
        "a\tb.jsonl",
        "a\nb.jsonl",
        "-x.jsonl",
        "Anna's.jsonl",
    ] {
        let here = TestEnvironment::new();
        here.ok(&["commit", "mine"]);
        fs::copy(there.journal(), here.home().join(name)).expect("a copy");
        let journal = here.journal();
        let journal = journal.to_str().expect("text");
        let refused = here
            .run(&["--journal", journal, "merge", "--", name])
            .errors;
        let command = refused.split('`').nth(1).expect("a command");
        let command = command.replacen("leadby", env!("CARGO_BIN_EXE_leadby"), 1);
        let mut shell = Command::new("bash");
        let typed = shell
            .args(["-c", &command])
            .env_clear()
            .env("HOME", here.home());
        let typed = typed.current_dir(here.home());
        let typed = typed.output().expect("bash");
        assert!(typed.status.success(), "{command}: {typed:?}");
        assert_eq!(here.listed("all").len(), 7, "{command}");
    }
}

#[test]
fn a_command_in_a_hint_is_for_the_journal_in_use() {
    let filled = TestEnvironment::filled();
    fs::rename(filled.journal(), filled.home().join("j.jsonl")).expect("a journal");
    for arguments in [
        &["answer", "audit/influence", "B second"][..],
        &["answer", "audit/influence", "B first"],
        &["commit", "late", "--by", "2026-11-01"],
        &["show", "nothing"],
        &["list", "--person", "Nobody"],
        &["check-in", "nothing", "--kept"],
    ] {
        let seen = filled.run(&[&["--journal", "j.jsonl"], arguments].concat());
        let text = seen.seen();
        assert!(
            !text.replace("`leadby --journal", "").contains("`leadby"),
            "{text}"
        );
    }
}

#[test]
fn a_value_that_starts_with_a_dash_is_text() {
    let filled = TestEnvironment::new();
    filled.ok(&["commit", "- one owner", "--area", "-3 things"]);
    filled.ok(&["check-in", "--kept", "--note", "-3 days"]);
    filled.ok(&["add", "problem", "--by the way"]);
    filled.ok(&["search", "- one", "owner"]);
    filled.ok(&["search", "--json", "- one"]);
    filled.ok(&["answer", "audit/influence", "w47", "-3 people"]);
    let listed = filled.ok(&["list", "--json"]);
    for words in [
        "\"- one owner\"",
        "\"-3 things\"",
        "\"-3 days\"",
        "\"--by the way\"",
    ] {
        assert!(listed.contains(words), "{words}: {listed}");
    }
    // A wrong option is not taken as text.
    for call in [
        &["commit", "--ares", "x"][..],
        &["commit", "-x"],
        &["commit", "x", "--ares=y z"],
        &["check-in", "--note", "--kpt"],
        &["search", "- one", "--ares"],
    ] {
        assert_eq!(filled.run(call).code, Some(2), "{call:?}");
    }
    assert_eq!(filled.listed("all").len(), 3);
}

#[test]
fn a_byte_order_mark_is_not_part_of_the_text() {
    let filled = TestEnvironment::new();
    let called = filled.run_with(&["commit", "-"], b"\xef\xbb\xbfhello");
    assert_eq!(called.code, Some(0), "{called:?}");
    let called = filled.run_with(&["walk", "--plain"], b"\xef\xbb\xbfanswered\n\n");
    assert_eq!(called.code, Some(0), "{called:?}");
    let listed = filled.ok(&["list", "--json"]);
    assert!(listed.contains("\"hello\""), "{listed}");
    assert!(!String::from_utf8_lossy(&filled.bytes()).contains('\u{feff}'));
}

#[test]
fn the_complete_versions_of_a_cut_off_export_are_imported() {
    let filled = TestEnvironment::filled();
    let export = filled.ok(&["export", "json"]);
    let lines: Vec<&str> = export.lines().collect();
    let cut = lines[..4].join("\n") + &lines[4][..40];
    for text in [cut.clone(), lines[..4].join("\n"), format!("{cut}é")] {
        let here = TestEnvironment::new();
        let bytes = text.as_bytes();
        let bytes = &bytes[..bytes.len() - usize::from(text.ends_with('é'))];
        let called = here.run_with(&["import", "-", "--yes"], bytes);
        assert_eq!(called.code, Some(0), "{called:?}");
        assert!(
            called.errors.contains("the export is cut off at line"),
            "{called:?}"
        );
        assert_eq!(here.listed("all").len(), 3);
    }
    let here = TestEnvironment::new();
    let called = here.run_with(&["import", "-", "--yes"], lines[0].as_bytes());
    assert_eq!(called.code, Some(2), "{called:?}");
}

#[test]
fn a_file_that_cannot_be_merged_is_not_called_the_journal() {
    let filled = TestEnvironment::filled();
    let export = filled.home().join("it's.json");
    filled.ok(&["export", "json", "-o", export.to_str().expect("text")]);
    fs::write(filled.home().join("j.gz"), b"\x1f\x8b\x08\0\0").expect("a file");
    let said = |file: &str| filled.run(&["merge", file, "--yes"]).errors;
    assert_snapshot!(said("/dev/zero"), @"
    leadby: nothing was imported: /dev/zero cannot be read: it is a device.
      `leadby import -` reads standard input
    ");
    assert_snapshot!(said("it's.json"), @"");
    assert_snapshot!(said("j.gz"), @"
    leadby: nothing was imported: it is compressed; unpack it first.
      `leadby import --help` lists what it reads
    ");
    assert_snapshot!(filled.run(&["import", "j.gz"]).errors, @"
    leadby: nothing was imported: it is compressed; unpack it first.
      `leadby import --help` lists what it reads
    ");
}
