//! Every call that removes lines from the journal or copies it, failing in every way: each file is
//! as before or as after, the report is true, no confusing file is left, and the next attempt
//! works.

use std::cell::Cell;
use std::fs;
use std::path::PathBuf;

use leadby::journal::{Id, Journal};
use leadby::store::{Store, backup_folder, forget_on, repair_on, snapshots};

use super::faults::{LINE, MAX_CALLS, modes};
use super::faulty::{Faulty, Mode};
use super::{Home, block_starts, item, moment, say};

/// A journal with an entry to forget, one to keep, a newer line and damage; and the first entry's
/// id.
fn mixed() -> (Vec<u8>, Id) {
    let home = Home::in_memory();
    let (mut store, _) = Store::open_on(home.journal(), Faulty::fast()).expect("a reading");
    let both = [item("secret"), item("kept")];
    let appended = store.append(&both, &Journal::default(), moment());
    let id = appended.expect("a save").saved[0].id.clone();
    let mut bytes = home.bytes();
    bytes.extend_from_slice(
        b"{\"v\":7,\"id\":\"x\"}\r\n<<<<<<< HEAD\n\xff\xfe junk\n\n{\"v\":1,\"id\":\"cu",
    );
    (bytes, id)
}

fn home(bytes: &[u8]) -> Home {
    let home = Home::in_memory();
    fs::write(home.journal(), bytes).expect("a journal");
    home
}

fn old_snapshot(home: &Home) -> PathBuf {
    backup_folder(&home.journal()).join("2026-W47.jsonl")
}

/// The other files beside the journal and among its snapshots.
fn others(home: &Home) -> Vec<String> {
    let names = |folder: PathBuf| {
        let files = fs::read_dir(folder).into_iter().flatten();
        files.map(|file| file.expect("it").file_name().into_string().expect("text"))
    };
    let all = names(home.path().to_owned()).chain(names(backup_folder(&home.journal())));
    let known = ["journal.jsonl", "journal.jsonl.backups"];
    all.filter(|name| !known.contains(&name.as_str())).collect()
}

/// Runs `attempt` with every kind of failure at every call it makes.
fn every_fault(name: &str, attempt: impl Fn(&Fault)) {
    let mut faults = 0;
    for mode in modes().iter().copied() {
        let mut at = 0;
        loop {
            let _no_starts = block_starts();
            let fault = Fault::new(mode, at);
            attempt(&fault);
            if !fault.has_failed.get() {
                break;
            }
            at += 1;
            assert!(at < 3 * MAX_CALLS, "{name} never ends");
        }
        assert!(at > 8, "{name} makes only {at} calls");
        faults += at;
    }
    say(&format!(
        "{name}: {faults} failing calls, each file as before or as after"
    ));
}

/// The fault to cause.
struct Fault {
    disk: Faulty,
    mode: Mode,
    at: usize,
    has_failed: Cell<bool>,
    case: String,
}

impl Fault {
    fn new(mode: Mode, at: usize) -> Self {
        Self {
            disk: Faulty::new(mode, usize::MAX),
            mode,
            at,
            has_failed: Cell::new(false),
            case: format!("{mode:?} at call {at}"),
        }
    }

    /// Runs `call` on the failing disk; afterwards the disk works again.
    fn during<T>(&self, call: impl FnOnce() -> T) -> T {
        self.disk.fail_at(self.at);
        let done = call();
        self.has_failed.set(self.disk.has_failed());
        self.disk.recover();
        done
    }

    /// Whether it must stay unnoticed.
    fn is_none(&self) -> bool {
        matches!(self.mode, Mode::Short | Mode::Interrupted)
    }

    /// Whether changes cannot be rolled back after it.
    fn is_for_good(&self) -> bool {
        matches!(self.mode, Mode::FromThenOn | Mode::TornForGood(_))
    }
}

/// Checks that the next save works as usual.
#[track_caller]
fn next_save(home: &Home, case: &str) {
    let (mut store, loaded) = Store::open_on(home.journal(), Faulty::fast()).expect("a reading");
    let before = loaded.entries.len();
    let saved = store.append(&[item("the next")], &Journal::default(), moment());
    assert!(saved.is_ok(), "{case}: {saved:?}");
    let (_, loaded) = Store::open(home.journal()).expect("a reading");
    assert_eq!(loaded.entries.len(), before + 1, "{case}");
}

#[test]
fn every_call_of_a_forgetting_may_fail() {
    let (before, id) = mixed();
    let with_snapshot = || {
        let home = home(&before);
        fs::create_dir(backup_folder(&home.journal())).expect("a folder");
        fs::write(old_snapshot(&home), &before).expect("a snapshot");
        home
    };
    let clean = with_snapshot();
    forget_on(&Faulty::fast(), &clean.journal(), &id, true, moment()).expect("forgotten");
    // The journal keeps a line about what is forgotten; the snapshot does not need it.
    let after = clean.bytes();
    let shorter = fs::read(old_snapshot(&clean)).expect("a snapshot");
    for bytes in [&after, &shorter] {
        assert!(!String::from_utf8_lossy(bytes).contains("secret"));
    }

    every_fault("forget", |fault| {
        let (disk, case) = (&fault.disk, &fault.case);
        let home = with_snapshot();
        let state = || {
            let snapshot = fs::read(old_snapshot(&home)).expect("a snapshot");
            let known = |bytes: Vec<u8>| match bytes {
                bytes if bytes == before => false,
                bytes if bytes == after || bytes == shorter => true,
                _ => panic!("{case}: a third state"),
            };
            (known(snapshot), known(home.bytes()))
        };
        let done = fault.during(|| forget_on(disk, &home.journal(), &id, true, moment()));
        match done {
            Ok(_) => assert_eq!(state(), (true, true), "{case}"),
            Err(failure) => {
                let said = failure.message();
                assert!(!fault.is_none(), "{case}: {said}, which is not a failure");
                match state() {
                    _ if said.contains("may or may not be changed") => {}
                    (false, false) => assert!(said.starts_with("nothing was"), "{case}: {said}"),
                    (true, false) => {
                        let partly = said.starts_with("it was removed from one snapshot, but ");
                        assert!(partly, "{case}: {said}");
                    }
                    other => panic!("{case}: {other:?}, and said was: {said}"),
                }
            }
        }
        forget_on(disk, &home.journal(), &id, true, moment()).expect("forgotten");
        assert_eq!(state(), (true, true), "{case}");
        assert_eq!(others(&home), ["2026-W47.jsonl"], "{case}");
        next_save(&home, case);
    });
}

#[test]
fn every_call_of_a_repair_may_fail() {
    let (before, _) = mixed();
    let clean = home(&before);
    let repaired = repair_on(&Faulty::fast(), &clean.journal(), moment()).expect("repaired");
    let after = clean.bytes();
    let name = repaired
        .damaged_file
        .file_name()
        .expect("a name")
        .to_owned();
    let aside_after = fs::read(&repaired.damaged_file).expect("lines");
    assert_eq!(
        (repaired.lines, aside_after.len() + after.len()),
        (3, before.len() + 1)
    );

    every_fault("repair", |fault| {
        let (disk, case) = (&fault.disk, &fault.case);
        let home = home(&before);
        let aside = || fs::read(home.path().join(&name)).unwrap_or_default();
        let done = fault.during(|| repair_on(disk, &home.journal(), moment()));
        let bytes = home.bytes();
        assert!(bytes == before || bytes == after, "{case}: a third state");
        match &done {
            Ok(_) => assert!(bytes == after, "{case}"),
            Err(failure) => {
                let said = failure.message();
                assert!(!fault.is_none(), "{case}: {said}, which is not a failure");
                let unsure = said.contains("may or may not be changed");
                let nothing = said.starts_with("nothing was") && bytes == before;
                assert!(unsure || nothing, "{case}: {said}");
            }
        }
        if bytes == after {
            assert!(aside() == aside_after, "{case}: {:?}", aside());
        }
        let again = repair_on(disk, &home.journal(), moment());
        assert!(again.is_ok(), "{case}: {again:?}");
        assert_eq!(home.bytes(), after, "{case}");
        // If the write could not be rolled back, the torn lines come before the complete ones.
        let aside = aside();
        assert!(
            aside == aside_after || fault.is_for_good() && aside.ends_with(&aside_after),
            "{case}"
        );
        let snapshots = snapshots(&home.journal()).expect("the snapshots");
        assert_eq!(snapshots.len(), 1, "{case}");
        assert_eq!(fs::read(&snapshots[0].path).expect("it"), before, "{case}");
        assert_eq!(others(&home).len(), 2, "{case}: {:?}", others(&home));
        next_save(&home, case);
    });
}

#[test]
fn every_call_of_a_snapshot_may_fail_without_stopping_a_save() {
    let folder = |home: &Home| backup_folder(&home.journal());
    every_fault("snapshot", |fault| {
        let case = &fault.case;
        let home = home(LINE);
        fs::create_dir(folder(&home)).expect("a folder");
        for week in 40..48 {
            let path = folder(&home).join(format!("2026-W{week}.jsonl"));
            fs::write(path, "{\"v\":1,\"id\":\"old\"").expect("a snapshot");
        }
        let made = || {
            let made = fs::read(folder(&home).join("2026-W48.jsonl")).ok();
            assert!(made.as_deref().is_none_or(|made| made == LINE), "{case}");
            made.is_some()
        };
        let opened = Store::open_on(home.journal(), fault.disk.clone());
        let (mut store, _) = opened.expect("a reading");
        let known = Journal::default();
        let done = fault.during(|| store.append(&[item("one")], &known, moment()));
        let weeks = snapshots(&home.journal()).expect("the snapshots").len();
        let saved = fs::read(home.journal()).expect("a journal").len() > LINE.len();
        match done {
            Ok(appended) => {
                assert!(saved, "{case}");
                match appended.note {
                    None => assert!(made() && weeks == 8, "{case}: {weeks}"),
                    Some(note) => {
                        assert!(!fault.is_none(), "{case}: {note:?}, which is not a failure");
                        let kept =
                            note.text.starts_with("an old snapshot ") && made() && weeks == 9;
                        let none = note.text.starts_with("this week's snapshot ") && weeks >= 8;
                        assert!(kept || none, "{case}: {note:?}, {weeks}");
                    }
                }
            }
            Err(failure) => {
                let said = failure.message();
                assert!(!fault.is_none(), "{case}: {said}, which is not a failure");
                assert!(
                    !saved || said.contains("may or may not be in"),
                    "{case}: {said}"
                );
                // A snapshot that fails once must not make a save fail.
                let snapshot = said.contains("snapshot");
                assert!(!snapshot, "{case}: {said}");
            }
        }
        next_save(&home, case);
        let left = others(&home);
        let weeks = left.iter().all(|name| name.starts_with("2026-W"));
        assert!(weeks && (8..=9).contains(&left.len()), "{case}: {left:?}");
    });
}
