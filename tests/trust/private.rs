//! With any umask, only the owner can read what leadby creates; files that the user opened to
//! others are reported and left unchanged.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

use super::{Home, LIMIT, env_var, finish, helper, start, wait};
use leadby::calendar::Now;
use leadby::store::{Draft, Drafts, Store, write_last_position};

/// Every path below a folder, with its mode.
fn modes(folder: &Path) -> Vec<(PathBuf, bool, u32)> {
    let mut found = Vec::new();
    for file in fs::read_dir(folder).expect("a folder") {
        let path = file.expect("a file").path();
        let it = fs::symlink_metadata(&path).expect("it");
        found.push((path.clone(), it.is_dir(), it.mode() & 0o777));
        if it.is_dir() {
            found.extend(modes(&path));
        }
    }
    found
}

#[track_caller]
fn check_private(folder: &Path) -> usize {
    let found = modes(folder);
    for (path, is_folder, mode) in &found {
        let expected = if *is_folder { 0o700 } else { 0o600 };
        assert_eq!(*mode, expected, "{} has mode {mode:o}", path.display());
    }
    found.len()
}

#[test]
fn with_any_umask_every_file_is_private() {
    check_umask("000");
    check_umask("077");
}

#[track_caller]
fn check_umask(umask: &str) {
    let script = format!("umask {umask}; exec \"$@\"");
    let home = Home::new();
    let journal = home.path().join("a/b/journal.jsonl");
    let journal = journal.to_str().expect("it is text");
    for (now, call) in [
        ("2026-11-24T09:00:00+01:00", &["commit", "x"][..]),
        ("2026-12-01T09:00:00+01:00", &["add", "problem", "y"]),
        ("2026-12-08T09:00:00+01:00", &["check-in", "--kept"]),
    ] {
        let call = [&["--journal", journal], call].concat();
        let mut command = home.shell(&script, &call);
        let called = finish(command.env("LEADBY_NOW", now));
        assert_eq!(called.code, Some(0), "{called:?}");
    }
    let mut command = helper("private::saves_a_draft_with_the_given_umask");
    let child = start(command.env("LEADBY_JOURNAL", journal));
    let output = wait(child, LIMIT).expect("it ends");
    assert!(output.status.success(), "{output:?}");
    // Text from a pipe that cannot be saved.
    let lost = ["--journal", journal, "edit", "nobody", "--set", "value=-"];
    let mut command = home.shell(&format!("echo words | ({script})"), &lost);
    let called = finish(&mut command);
    assert!(
        called.errors.contains("what you wrote is kept in"),
        "{called:?}"
    );
    // The journal, two folders, the snapshot folder with at least one snapshot, the draft, the last
    // position, the text and its folder.
    assert!(check_private(home.path()) >= 9);

    let mut demo = home.shell(&script, &["demo", "--keep"]);
    assert_eq!(finish(&mut demo).code, Some(0));
    check_private(home.path());
}

#[test]
#[ignore = "run by the test above, as the umask applies to a whole process"]
fn saves_a_draft_with_the_given_umask() {
    rustix::process::umask(rustix::fs::Mode::empty());
    let journal = PathBuf::from(env_var("LEADBY_JOURNAL"));
    let draft = Draft {
        at: super::moment().timestamp(),
        screen: "walk/audit".to_owned(),
        field: "influence".to_owned(),
        cursor: (0, 0),
        about: Default::default(),
        values: Default::default(),
    };
    let mut drafts = Drafts::new(&journal);
    drafts.write(&draft).expect("a draft");
    drafts.write(&draft).expect("a draft");
    write_last_position(&journal, Some(&draft)).expect("a place");
    let (mut store, _) = Store::open(&journal).expect("a journal");
    let later = "2027-01-05T09:00:00+01:00".parse().expect("an instant");
    store.make_snapshot(Now::new(later)).expect("a snapshot");
}

#[test]
fn a_wider_mode_is_reported_and_not_changed() {
    let home = Home::new();
    home.ok(&["commit", "x"]);
    fs::set_permissions(home.journal(), fs::Permissions::from_mode(0o664)).expect("a mode");
    fs::set_permissions(home.path(), fs::Permissions::from_mode(0o755)).expect("a mode");
    home.ok(&["commit", "y"]);
    let called = home.run(&["doctor"]);
    assert_eq!(called.code, Some(1), "{called:?}");
    assert!(called.output.contains("(mode 664)"), "{called:?}");
    assert!(called.output.contains("(mode 755)"), "{called:?}");
    let mode = fs::metadata(home.journal()).expect("it").mode() & 0o777;
    assert_eq!(mode, 0o664);
}

#[test]
fn a_wider_mode_of_any_file_beside_the_journal_is_reported() {
    let home = Home::new();
    home.ok(&["commit", "x"]);
    let name = home.journal().display().to_string();
    // A repair's file of damaged lines, an unreadable draft, a conflict copy.
    let beside = [
        format!("{name}.damaged-2026-11-24.jsonl"),
        format!("{name}.draft.damaged-1"),
        name.replace(".jsonl", ".sync-conflict-20261124-091500-ABCDEFG.jsonl"),
    ];
    for path in &beside {
        fs::copy(home.journal(), path).expect("a file beside it");
        fs::set_permissions(path, fs::Permissions::from_mode(0o644)).expect("a mode");
    }
    let called = home.run(&["doctor"]);
    assert_eq!(called.code, Some(1), "{called:?}");
    for path in &beside {
        let said = called
            .output
            .lines()
            .any(|line| line.contains(path) && line.contains("(mode 644)"));
        assert!(said, "{path}: {called:?}");
    }
}
