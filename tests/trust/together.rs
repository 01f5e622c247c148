//! Several programs that save at once, one that reads, and one that replaces the journal: each
//! entry is there, once.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::Child;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use leadby::failure::FailureKind;
use leadby::journal::Journal;
use leadby::store::{Disk, RealDisk, Store};

use super::{Home, cases, env_var, helper, item, moment, say, start, titles, wait};

/// Long enough for ten thousand saves.
const LONG: Duration = Duration::from_mins(30);

#[test]
#[ignore = "started several times by the test below"]
fn saves_again_and_again() {
    let (journal, name) = (env_var("LEADBY_JOURNAL"), env_var("LEADBY_TRUST_NAME"));
    let saves: usize = env_var("LEADBY_TRUST_SAVES").parse().expect("a number");
    let (mut store, loaded) = Store::open(&*journal).expect("a journal");
    let mut known = Journal::fold(loaded.entries);
    for number in 0..saves {
        let change = [item(&format!("{name} {number}"))];
        let appended = loop {
            match store.append(&change, &known, moment()) {
                Ok(appended) => break appended,
                // The journal may be in use for longer than a program waits; then nothing was
                // saved.
                Err(failure) => assert_eq!(failure.kind(), FailureKind::Busy, "{failure}"),
            }
        };
        for entry in appended.others.entries.into_iter().chain(appended.saved) {
            known.insert(entry);
        }
    }
}

/// Reads new lines until all are done, as open screens do; returns every title it received.
fn follow(path: &Path, done: &AtomicBool) -> Vec<String> {
    let (mut store, loaded) = Store::open(path).expect("a journal");
    let mut seen: Vec<String> = Vec::new();
    let mut last = loaded;
    loop {
        assert_eq!(last.findings, [], "a half-finished save was seen");
        if last.is_complete {
            seen.clear();
        }
        seen.extend(titles(&last.entries).into_iter().map(str::to_owned));
        let over = done.load(Ordering::SeqCst);
        last = store.refresh().expect("a reading");
        if over && last.entries.is_empty() {
            return seen;
        }
        std::thread::yield_now();
    }
}

fn check_together(writers: usize, saves: usize) {
    let home = Home::new();
    let began = Instant::now();
    let done = AtomicBool::new(false);
    let followed = std::thread::scope(|scope| {
        let reader = scope.spawn(|| follow(&home.journal(), &done));
        let children: Vec<Child> = (0..writers)
            .map(|writer| {
                let mut command = helper("together::saves_again_and_again");
                command
                    .env("LEADBY_JOURNAL", home.journal())
                    .env("LEADBY_TRUST_NAME", format!("writer {writer}"))
                    .env("LEADBY_TRUST_SAVES", saves.to_string());
                start(&mut command)
            })
            .collect();
        for child in children {
            let output = wait(child, LONG).expect("it ends");
            assert!(output.status.success(), "{output:?}");
        }
        done.store(true, Ordering::SeqCst);
        reader.join().expect("the reader")
    });
    let (_, loaded) = Store::open(home.journal()).expect("a journal");
    assert_eq!(loaded.findings, []);
    let expected: BTreeSet<String> = (0..writers)
        .flat_map(|writer| (0..saves).map(move |number| format!("writer {writer} {number}")))
        .collect();
    for found in [
        followed,
        titles(&loaded.entries)
            .into_iter()
            .map(str::to_owned)
            .collect(),
    ] {
        assert_eq!(found.len(), expected.len());
        assert_eq!(found.into_iter().collect::<BTreeSet<String>>(), expected);
    }
    say(&format!(
        "together: {writers} processes × {saves} saves and a reader, each entry there once and \
         read once; {} s",
        began.elapsed().as_secs()
    ));
}

#[test]
fn two_processes_that_save_at_once_lose_nothing() {
    check_together(2, cases(150, 10_000));
}

#[test]
fn four_processes_that_save_at_once_lose_nothing() {
    check_together(4, cases(60, 1_000));
}

#[test]
fn commands_called_at_once_save_each_entry_once() {
    let home = Home::new();
    let calls = cases(15, 250);
    std::thread::scope(|scope| {
        for writer in 0..4 {
            let home = &home;
            scope.spawn(move || {
                for number in 0..calls {
                    home.ok(&["add", "problem", &format!("{writer} {number}")]);
                }
            });
        }
    });
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    for entry in home.listed() {
        *times.entry(entry["title"].to_string()).or_default() += 1;
    }
    assert_eq!(times.len(), 4 * calls);
    assert!(times.values().all(|times| *times == 1), "{times:?}");
}

/// A disk on which, at the given call, the journal is replaced by a copy with one more line, as
/// editors and sync tools do.
#[derive(Debug)]
struct Replacing {
    path: PathBuf,
    at: usize,
    calls: Arc<AtomicUsize>,
}

impl Replacing {
    fn turn(&self) {
        if self.calls.fetch_add(1, Ordering::SeqCst) != self.at {
            return;
        }
        let other = self.path.with_extension("other");
        fs::copy(&self.path, &other).expect("a copy");
        let (mut store, loaded) = Store::open(&other).expect("a journal");
        let known = Journal::fold(loaded.entries);
        store
            .append(&[item("theirs")], &known, moment())
            .expect("a save");
        fs::rename(&other, &self.path).expect("another file");
    }
}

impl Disk for Replacing {
    fn try_lock(&self, file: &File) -> io::Result<bool> {
        self.turn();
        let locked = RealDisk.try_lock(file);
        self.turn();
        locked
    }

    fn read_from(&self, file: &File, offset: u64) -> io::Result<Vec<u8>> {
        self.turn();
        RealDisk.read_from(file, offset)
    }

    fn append(&self, file: &File, bytes: &[u8]) -> io::Result<()> {
        self.turn();
        RealDisk.append(file, bytes)?;
        self.turn();
        Ok(())
    }

    fn sync_data(&self, _: &File) -> io::Result<()> {
        self.turn();
        Ok(())
    }
}

#[test]
fn a_journal_replaced_in_the_middle_of_a_save_loses_nothing() {
    for at in 0.. {
        let home = Home::new();
        let path = home.journal();
        let (mut store, _) = Store::open(&path).expect("no journal yet");
        store
            .append(&[item("before")], &Journal::default(), moment())
            .expect("a save");
        let calls = Arc::new(AtomicUsize::new(0));
        let disk = Replacing {
            path: path.clone(),
            at: at + 1,
            calls: Arc::clone(&calls),
        };
        let (mut store, loaded) = Store::open_on(&path, disk).expect("a journal");
        let known = Journal::fold(loaded.entries);
        calls.store(1, Ordering::SeqCst);
        let saved = store.append(&[item("ours")], &known, moment());
        saved.expect("a save");
        let replaced = calls.load(Ordering::SeqCst) > at + 1;
        let (_, loaded) = Store::open(&path).expect("a journal");
        let mut found = titles(&loaded.entries);
        found.sort_unstable();
        let expected: &[&str] = if replaced {
            &["before", "ours", "theirs"]
        } else {
            &["before", "ours"]
        };
        assert_eq!(found, expected, "call {at}");
        assert_eq!(loaded.findings, []);
        if !replaced {
            assert!(at > 3, "only {at} calls were seen");
            return;
        }
    }
}
