//! Odd files in place of the journal, its draft or a file to merge: they are named, in time, and
//! left unchanged.

use std::fs;
use std::os::unix::fs::{FileTypeExt, PermissionsExt, symlink};
use std::os::unix::net::UnixListener;
use std::path::Path;
use std::process::Command;

use super::{Home, LIMIT, answer, finish, moment, start, wait};
use leadby::journal::Journal;
use leadby::store::Store;

/// One command of each kind that reads or writes a journal.
const CALLS: [&[&str]; 9] = [
    &["list"],
    &["list", "--json"],
    &["status"],
    &["show", "x"],
    &["where"],
    &["doctor"],
    &["commit", "x"],
    &["add", "problem", "x"],
    &["check-in", "--kept"],
];

fn make_pipe(path: &Path) {
    let mut command = Command::new("mkfifo");
    let made = wait(start(command.arg(path)), LIMIT).expect("it ends");
    assert!(made.status.success(), "{made:?}");
}

#[track_caller]
fn check(home: &Home, path: &Path, reason: &str) {
    let journal = path.to_str().expect("it is text");
    for call in CALLS {
        let arguments = [&["--journal", journal], call].concat();
        let called = home.run(&arguments);
        assert_eq!(called.code, Some(3), "{journal} {call:?} {called:?}");
        assert!(
            called.errors.contains(reason),
            "{journal} {call:?} {called:?}"
        );
    }
    let merge = home.run(&["merge", journal]);
    assert!(matches!(merge.code, Some(2 | 3)), "{journal} {merge:?}");
    assert!(merge.errors.contains(reason), "{journal} {merge:?}");
}

#[test]
fn a_path_that_is_not_a_file_is_named_in_time_and_left_unchanged() {
    let home = Home::new();
    let place = |name: &str| home.path().join(name);
    fs::create_dir(place("folder")).expect("a folder");
    check(&home, &place("folder"), "it is a folder");

    make_pipe(&place("pipe"));
    check(&home, &place("pipe"), "it is a named pipe");

    let _socket = UnixListener::bind(place("socket")).expect("a socket");
    check(&home, &place("socket"), "it is a socket");

    symlink("circle-2", place("circle")).expect("a link");
    symlink("circle", place("circle-2")).expect("a link");
    check(&home, &place("circle"), "its symbolic links form a loop");

    for device in ["/dev/zero", "/dev/null", "/dev/full", "/dev/urandom"] {
        check(&home, Path::new(device), "it is a device");
    }
    fs::write(place("file"), "").expect("a file");
    check(
        &home,
        &place("file/journal.jsonl"),
        "part of its path is not a folder",
    );
    assert!(
        fs::metadata(place("pipe"))
            .expect("it")
            .file_type()
            .is_fifo()
    );
    assert!(
        fs::metadata(place("socket"))
            .expect("it")
            .file_type()
            .is_socket()
    );
}

#[test]
fn an_unreadable_file_is_named_with_its_reason() {
    let home = Home::with(b"");
    fs::set_permissions(home.journal(), fs::Permissions::from_mode(0o000)).expect("a mode");
    if fs::read(home.journal()).is_ok() {
        // Root may read everything.
        return;
    }
    check(&home, &home.journal(), "permission denied");
}

#[test]
fn a_draft_that_is_not_a_file_does_not_block_the_journal() {
    for beside in ["draft", "draft.new", "place", "place.new", "backups"] {
        let home = Home::new();
        let path = home.path().join(format!("journal.jsonl.{beside}"));
        make_pipe(&path);
        home.ok(&["commit", "x"]);
        home.ok(&["commit", "y"]);
        for call in [&["doctor"][..], &["where"], &["status"]] {
            let called = home.run(call);
            assert!(
                matches!(called.code, Some(0 | 1)),
                "{beside} {call:?} {called:?}"
            );
        }
        assert_eq!(home.listed().len(), 2);
        assert!(fs::metadata(&path).expect("it").file_type().is_fifo());
    }
}

#[test]
fn a_linked_journal_is_written_through_and_its_draft_is_beside_the_link() {
    let home = Home::new();
    let (folder, link) = (home.path().join("synced"), home.journal());
    fs::create_dir(&folder).expect("a folder");
    symlink("synced/journal.jsonl", &link).expect("a link that leads nowhere yet");
    home.ok(&["commit", "x"]);
    home.ok(&["commit", "y"]);
    assert!(fs::symlink_metadata(&link).expect("it").is_symlink());
    let (_, loaded) = Store::open(folder.join("journal.jsonl")).expect("a journal");
    assert_eq!(loaded.entries.len(), 2);
    let said = home.ok(&["where"]);
    let draft = home.path().join("journal.jsonl.draft");
    assert!(said.contains(&*draft.to_string_lossy()), "{said}");
    let beside: Vec<_> = fs::read_dir(&folder).expect("it").collect();
    assert_eq!(beside.len(), 1, "{beside:?}");
}

#[test]
fn a_read_only_folder_is_reported_and_loses_no_text() {
    let home = Home::new();
    let called = home.run(&["commit", "x", "--journal", "/proc/self/journal.jsonl"]);
    assert_eq!(called.code, Some(3), "{called:?}");
    // A file size limit stops the write halfway, like a full disk.
    home.ok(&["commit", "before"]);
    let before = home.bytes();
    let long = "x".repeat(9_000);
    let mut limited = home.shell("trap '' XFSZ; ulimit -f 8; exec \"$@\"", &["commit", &long]);
    let called = finish(&mut limited);
    assert_eq!(called.code, Some(3), "{called:?}");
    assert!(called.errors.contains("nothing was saved"), "{called:?}");
    assert_eq!(home.bytes(), before);
    let (mut store, loaded) = Store::open(home.journal()).expect("a journal");
    let known = Journal::fold(loaded.entries);
    store
        .append(&[answer("after")], &known, moment())
        .expect("a save");
}

#[test]
fn files_left_by_a_crash_are_named_and_harmless() {
    let home = Home::new();
    home.ok(&["commit", "x"]);
    let lies = [
        ".leadby-rewrite-x1y2z3",
        "journal.jsonl.backups/.leadby-snapshot-x1y2z3",
        "journal.jsonl.draft.new",
    ];
    fs::create_dir_all(home.path().join("journal.jsonl.backups")).expect("a folder");
    for name in lies {
        fs::write(home.path().join(name), "{\"v\":1,\"at").expect("a file");
    }
    let called = home.run(&["doctor"]);
    assert_eq!(called.code, Some(1), "{called:?}");
    for name in lies {
        assert!(called.output.contains(name), "{name} {called:?}");
    }
    home.ok(&["commit", "y"]);
    assert_eq!(home.listed().len(), 2);
}
