//! Every call a save makes, failing in every way: the journal is as before or as after, the report
//! is true, and the next save works.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};

use leadby::failure::Failure;
use leadby::journal::{Change, Entry, Journal, Value};
use leadby::store::{
    Disk, Draft, Drafts, Import, Opened, Store, read_last_position, write_last_position_on,
};
use rustix::io::Errno;

use super::faulty::{Faulty, Mode};
use super::{Home, LIMIT, answer, block_starts, cases, helper, item, moment, say, start, wait};

/// Every way to fail; the torn writes end in every line of a save.
const MODES: [Mode; 15] = [
    Mode::Once,
    Mode::FromThenOn,
    Mode::Full,
    Mode::Torn(17),
    Mode::Torn(350),
    Mode::TornForGood(350),
    Mode::Short,
    Mode::Interrupted,
    // Only in the full form.
    Mode::Torn(0),
    Mode::Torn(1),
    Mode::Torn(200),
    Mode::Torn(201),
    Mode::Torn(600),
    Mode::TornForGood(1),
    Mode::TornForGood(200),
];

pub(crate) fn modes() -> &'static [Mode] {
    &MODES[..cases(8, MODES.len())]
}

/// More calls than any save makes, except one byte by byte.
pub(crate) const MAX_CALLS: usize = 100;

/// A kind of save.
struct Kind {
    name: &'static str,
    /// The journal before, or `None` if the file does not exist yet.
    before: Option<&'static [u8]>,
    save: fn(&mut Store, &Journal, &Path) -> Result<(), Failure>,
    /// How many lines it adds.
    adds: usize,
}

fn append(store: &mut Store, known: &Journal, changes: &[Change]) -> Result<(), Failure> {
    store.append(changes, known, moment()).map(drop)
}

/// Adds the lines of another journal, as sync and restore do.
fn merge(store: &mut Store, other: &Path) -> Result<(), Failure> {
    let bytes = fs::read(other).expect("a file");
    let lines = Import::from_journal(bytes).expect("a journal");
    store.import(&lines, &mut |_| ()).map(drop)
}

pub(crate) const LINE: &[u8] =
    b"{\"v\":1,\"id\":\"x\",\"rev\":1,\"at\":\"2026-11-24T09:15:02+01:00\",\
\"kind\":\"deleted\",\"crc\":\"df717d9e\"}\n";

const TORN: &[u8] = b"{\"v\":1,\"id\":\"x\",\"rev\":1,\"at\":\"2026-11-24T09:15:02+01:00\",\
\"kind\":\"deleted\",\"crc\":\"df717d9e\"}\n{\"v\":1,\"id\":\"cut o";

const KINDS: [Kind; 6] = [
    Kind {
        name: "a new file",
        before: None,
        save: |store, known, _| append(store, known, &[item("one")]),
        adds: 1,
    },
    Kind {
        name: "one entry",
        before: Some(LINE),
        save: |store, known, _| append(store, known, &[answer("one")]),
        adds: 1,
    },
    Kind {
        name: "several entries",
        before: Some(LINE),
        save: |store, known, _| append(store, known, &[item("one"), item("two"), answer("three")]),
        adds: 3,
    },
    Kind {
        name: "after a torn line",
        before: Some(TORN),
        save: |store, known, _| append(store, known, &[item("one")]),
        adds: 1,
    },
    Kind {
        name: "a merge",
        before: Some(LINE),
        save: |store, _, other| merge(store, other),
        adds: 2,
    },
    Kind {
        name: "a restored snapshot",
        before: Some(LINE),
        save: |store, _, other| {
            // A failed snapshot must not stop a restore.
            let _ = store.make_snapshot(moment());
            merge(store, other)
        },
        adds: 2,
    },
];

fn lines(path: &Path) -> Vec<Entry> {
    Store::open(path).expect("a journal").1.entries
}

/// Fails one save; returns whether the disk reached the failing call.
fn one_fault(kind: &Kind, mode: Mode, at: usize) -> bool {
    let _no_starts = block_starts();
    let home = Home::in_memory();
    let path = home.journal();
    if let Some(before) = kind.before {
        fs::write(&path, before).expect("a journal");
    }
    home.put_snapshot();
    let other = home.path().join("other.jsonl");
    if kind.name.starts_with("a ") {
        let (mut store, _) = Store::open_on(&other, Faulty::fast()).expect("it");
        append(&mut store, &Journal::default(), &[item("a"), item("b")]).expect("a save");
    }

    let case = format!("{}, {mode:?} at call {at}", kind.name);
    let disk = Faulty::new(mode, usize::MAX);
    let (mut store, loaded) = Store::open_on(&path, disk.clone()).expect("a reading");
    let journal = Journal::fold(loaded.entries.clone());
    let bytes = home.bytes();
    disk.fail_at(at);
    let saved = (kind.save)(&mut store, &journal, &other);
    let reached = disk.has_failed();
    let (syncs, failed) = disk.syncs();
    disk.recover();

    let before = loaded.entries.len();
    let after = lines(&path);
    assert!(
        home.bytes().starts_with(&bytes),
        "{case}: old lines changed"
    );
    assert_eq!(after[..before], loaded.entries, "{case}");
    assert!(syncs <= 1, "{case}: synced {syncs} times");
    match saved {
        Ok(()) => {
            assert_eq!(after.len(), before + kind.adds, "{case}");
            assert_eq!((syncs, failed), (1, 0), "{case}: saved without a sync");
        }
        Err(failure) => {
            let said = failure.message();
            let unsure = said.contains("may or may not be in");
            let nothing = after.len() == before;
            assert!(unsure || nothing, "{case}: {said}, but something was saved");
            assert!(failed == 0 || unsure, "{case}: {said}");
            // If the write cannot be rolled back, complete lines of the save may stay.
            let stuck = matches!(mode, Mode::FromThenOn | Mode::TornForGood(_));
            let whole = nothing || after.len() == before + kind.adds;
            assert!(whole || stuck, "{case}: a part of it was saved");
            let goes_on = matches!(mode, Mode::Short | Mode::Interrupted);
            assert!(!goes_on, "{case}: {said}, which is not a failure");
        }
    }

    let known = Journal::fold(after.clone());
    let next = append(&mut store, &known, &[item("the next")]);
    assert!(next.is_ok(), "{case}: {next:?}");
    assert_eq!(lines(&path).len(), after.len() + 1, "{case}: the next save");
    reached
}

#[test]
fn every_call_of_every_save_may_fail() {
    let mut faults = 0;
    for kind in &KINDS {
        for mode in modes().iter().copied() {
            let mut at = 0;
            while one_fault(kind, mode, at) {
                faults += 1;
                at += 1;
                assert!(at < MAX_CALLS, "{} never ends", kind.name);
            }
            assert!(at > 8, "{} makes only {at} calls", kind.name);
        }
    }
    say(&format!(
        "faults: {faults} failing saves, each as before or as after, the next one works"
    ));
}

fn draft(words: &str) -> Draft {
    Draft {
        at: moment().timestamp(),
        screen: "walk/audit".to_owned(),
        field: "influence".to_owned(),
        cursor: (0, 0),
        about: BTreeMap::new(),
        values: BTreeMap::from([("influence".to_owned(), Value::from(words))]),
    }
}

#[test]
fn every_call_of_a_draft_may_fail() {
    for mode in modes().iter().copied() {
        for replaces in [false, true] {
            for at in 0..MAX_CALLS {
                let _no_starts = block_starts();
                let home = Home::in_memory();
                let case = format!("{mode:?} at call {at}, replaces: {replaces}");
                let disk = Faulty::new(mode, usize::MAX);
                let mut drafts = Drafts::new_on(&home.journal(), disk.clone());
                if replaces {
                    drafts.write(&draft("before")).expect("a draft");
                }
                disk.fail_at(at);
                let written = drafts.write(&draft("after"));
                let reached = disk.has_failed();
                disk.recover();
                drop(drafts);
                let next = || Drafts::new_on(&home.journal(), Faulty::fast());
                let found = next().read().expect("whole or none");
                let before = replaces.then(|| draft("before"));
                match written {
                    Ok(_) => assert_eq!(found, Some(draft("after")), "{case}"),
                    Err(failure) => {
                        let either = found == before || found == Some(draft("after"));
                        assert!(either, "{case}: {failure}: {found:?}");
                    }
                }
                let mut drafts = next();
                drafts.read().expect("whole or none");
                drafts.write(&draft("next")).expect("a draft");
                drop(drafts);
                let found = next().read().expect("a draft");
                assert_eq!(found, Some(draft("next")), "{case}");
                let lies = fs::read_dir(home.path()).expect("the home").count();
                assert_eq!(lies, 1, "{case}: files pile up");
                if !reached {
                    break;
                }
            }
        }
    }
}

#[test]
fn every_call_of_saving_the_last_position_may_fail() {
    for mode in modes().iter().copied() {
        for (before, after) in [
            (None, Some("after")),
            (Some("before"), Some("after")),
            (Some("before"), None),
        ] {
            let mut at = 0;
            while one_place_fault(mode, at, before, after) {
                at += 1;
                assert!(at < MAX_CALLS, "{mode:?} never ends");
            }
            assert!(at > 0, "{mode:?}: nothing failed");
        }
    }
}

/// Fails saving the last position once; returns whether the disk reached the failing call.
fn one_place_fault(mode: Mode, at: usize, before: Option<&str>, after: Option<&str>) -> bool {
    let _no_starts = block_starts();
    let home = Home::in_memory();
    let case = format!("{mode:?} at call {at}, {before:?} to {after:?}");
    let disk = Faulty::new(mode, usize::MAX);
    let (before, after) = (before.map(draft), after.map(draft));
    let note = |place: Option<&Draft>| write_last_position_on(&disk, &home.journal(), place);
    note(before.as_ref()).expect("a place");
    disk.fail_at(at);
    let noted = note(after.as_ref());
    let reached = disk.has_failed();
    disk.recover();
    let found = read_last_position(&home.journal());
    match noted {
        Ok(()) => assert_eq!(found, after, "{case}"),
        Err(failure) => assert!(
            found == before || found == after,
            "{case}: {failure}: {found:?}"
        ),
    }
    let next = draft("next");
    note(Some(&next)).expect("a place");
    assert_eq!(read_last_position(&home.journal()), Some(next), "{case}");
    let lies = fs::read_dir(home.path()).expect("the home").count();
    assert_eq!(lies, 1, "{case}: files pile up");
    reached
}

#[test]
fn a_write_that_the_system_stops_halfway_is_rolled_back() {
    // The file size limit applies to the whole process, so this runs in its own.
    let here = helper("faults::saves_under_a_file_size_limit");
    let mut limited = Command::new("sh");
    limited
        .args(["-c", "trap '' XFSZ; ulimit -f 2; exec \"$0\" \"$@\""])
        .arg(here.get_program())
        .args(here.get_args())
        .stdout(Stdio::piped());
    let done = wait(start(&mut limited), LIMIT).expect("it ends");
    let said = String::from_utf8_lossy(&done.stdout);
    assert!(done.status.success() && said.contains("1 passed"), "{said}");
}

#[test]
#[ignore = "needs a file size limit; run by the test above"]
fn saves_under_a_file_size_limit() {
    let home = Home::in_memory();
    let (mut store, _) = Store::open(home.journal()).expect("no journal yet");
    let known = Journal::default();
    append(&mut store, &known, &[answer("one")]).expect("a save");
    let before = home.bytes();
    let failure = append(&mut store, &known, &[answer(&"long ".repeat(10_000))]);
    let failure = failure.expect_err("a failure");
    assert!(
        failure
            .message()
            .ends_with("the file cannot get any larger"),
        "{failure}"
    );
    assert_eq!(home.bytes(), before);
    append(&mut store, &known, &[answer("short")]).expect("a save");
    assert_eq!(lines(&home.journal()).len(), 2);
}

/// A file system without locks.
#[derive(Debug)]
struct Lockless(Errno);

impl Disk for Lockless {
    fn try_lock(&self, _: &File) -> io::Result<bool> {
        Err(self.0.into())
    }
}

#[test]
fn a_file_system_without_locks_is_refused_with_the_reason() {
    for errno in [Errno::NOLCK, Errno::NOTSUP, Errno::OPNOTSUPP, Errno::NOSYS] {
        let home = Home::with(LINE);
        let (mut store, _) = Store::open_on(home.journal(), Lockless(errno)).expect("a reading");
        let failure = append(&mut store, &Journal::default(), &[item("x")]);
        let failure = failure.expect_err("a refusal");
        let said = failure.message();
        assert!(
            said.starts_with("nothing was saved: the journal "),
            "{said}"
        );
        assert!(said.contains(" cannot be locked: "), "{said}");
        let hints = failure.hints().join("\n");
        assert!(
            hints.contains("keep the journal on a local disk"),
            "{hints}"
        );
        assert_eq!(home.bytes(), LINE);
    }
}

/// A file system that ignores `O_APPEND`.
#[derive(Debug)]
struct Appendless;

impl Disk for Appendless {
    fn open_to_append(&self, path: &Path) -> io::Result<Opened> {
        let file = File::options().read(true).write(true).open(path)?;
        Ok(Opened {
            file,
            created: false,
        })
    }
}

#[test]
fn without_o_append_no_line_is_overwritten() {
    let home = Home::with(LINE);
    let (mut store, _) = Store::open_on(home.journal(), Appendless).expect("a reading");
    for title in ["one", "two"] {
        append(&mut store, &Journal::default(), &[item(title)]).expect("a save");
    }
    assert!(home.bytes().starts_with(LINE));
    assert_eq!(lines(&home.journal()).len(), 3);
}
