//! What a journal must survive in ten years: kills, failing disks, several programs, damage, odd
//! files, odd clocks. The promises are in `assets/trust.md`.
//!
//! `cargo test` runs a short form of each test. The full form takes minutes and prints its figures:
//!
//! ```text
//! LEADBY_TRUST=full cargo test --release --test trust --test pty -- --nocapture --test-threads 1
//! ```
//!
//! `LEADBY_TRUST_SEED` repeats the random choices of an earlier run.

#![expect(
    clippy::disallowed_methods,
    reason = "the tests act as careless programs; the environment selects their form"
)]

mod clocks;
mod damage;
mod draft_kills;
mod faults;
mod faulty;
mod inbox;
mod kills;
mod mutants;
mod pipes;
mod places;
mod private;
mod rewriting;
mod syncing;
mod together;
mod words;

use std::ffi::OsStr;
use std::fs::{self, File};
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io::{self, Write};
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::{PoisonError, RwLock, RwLockWriteGuard, mpsc};
use std::time::Duration;

use leadby::calendar::Now;
use leadby::journal::{Answer, Body, Change, Entry, Item, Period, Value};
use rustix::process::{Pid, Signal};
use tempfile::TempDir;

const BINARY: &str = env!("CARGO_BIN_EXE_leadby");

/// The program's clock: Tuesday of week 48.
const NOW: &str = "2026-11-24T09:15:02+01:00";

/// The longest time that any command may take.
const LIMIT: Duration = Duration::from_secs(5);

fn is_full() -> bool {
    std::env::var("LEADBY_TRUST").is_ok_and(|form| form == "full")
}

/// `short`, or `full` in the full form.
fn cases(short: usize, full: usize) -> usize {
    if is_full() { full } else { short }
}

/// Prints a figure of the full form past the test harness.
fn say(text: &str) {
    if is_full() {
        let _ = writeln!(io::stdout(), "{text}");
    }
}

/// Repeatable random choices; a failing test prints the seed.
struct Random {
    state: u64,
    seed: u64,
}

impl Random {
    fn new() -> Self {
        let given = std::env::var("LEADBY_TRUST_SEED").ok();
        let given = given.and_then(|seed| seed.parse().ok());
        let seed = given.unwrap_or_else(|| {
            if is_full() {
                RandomState::new().build_hasher().finish() >> 32
            } else {
                20_261_124
            }
        });
        Self { state: seed, seed }
    }

    /// `SplitMix64`.
    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`.
    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end.max(1) as u64).expect("it is below a usize")
    }
}

impl Drop for Random {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let _ = writeln!(io::stderr(), "LEADBY_TRUST_SEED={}", self.seed);
        }
    }
}

struct Home {
    folder: TempDir,
    now: Option<String>,
}

impl Home {
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().expect("a temporary folder"),
            now: Some(NOW.to_owned()),
        }
    }

    /// A home in memory if the machine has such a place: for tests that need not survive a power
    /// cut, nor wait for the disk.
    fn in_memory() -> Self {
        let memory = tempfile::tempdir_in("/dev/shm");
        Self {
            folder: memory
                .or_else(|_| tempfile::tempdir())
                .expect("a temporary folder"),
            now: Some(NOW.to_owned()),
        }
    }

    /// A home in memory with this in its journal.
    fn with(bytes: &[u8]) -> Self {
        let home = Self::in_memory();
        home.put(bytes);
        home
    }

    /// The same home at another time; `None` for the machine's clock.
    fn at(mut self, now: Option<&str>) -> Self {
        self.now = now.map(str::to_owned);
        self
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn journal(&self) -> PathBuf {
        self.path().join("journal.jsonl")
    }

    fn bytes(&self) -> Vec<u8> {
        fs::read(self.journal()).unwrap_or_default()
    }

    /// Replaces the journal with a new file.
    fn put(&self, bytes: &[u8]) {
        let _ = fs::remove_file(self.journal());
        fs::write(self.journal(), bytes).expect("a journal");
    }

    /// An empty snapshot for this week, so that a save does not make one.
    fn put_snapshot(&self) {
        let folder = self.path().join("journal.jsonl.backups");
        fs::create_dir(&folder).expect("a folder");
        fs::write(folder.join("2026-W48.jsonl"), "").expect("a snapshot");
    }

    fn command(&self, arguments: &[impl AsRef<OsStr>]) -> Command {
        self.environment(Command::new(BINARY), arguments)
    }

    /// The program run by a shell script, as `"$@"`.
    fn shell(&self, script: &str, arguments: &[impl AsRef<OsStr>]) -> Command {
        let mut shell = Command::new("/bin/sh");
        shell.args(["-c", script, "sh", BINARY]);
        self.environment(shell, arguments)
    }

    fn environment(&self, mut command: Command, arguments: &[impl AsRef<OsStr>]) -> Command {
        command
            .args(arguments)
            .env_clear()
            .env("PATH", "/usr/bin:/bin")
            .env("HOME", self.path())
            .env("XDG_CONFIG_HOME", self.path().join("config"))
            .env("TMPDIR", self.path())
            .env("LEADBY_JOURNAL", self.journal())
            .envs(self.now.iter().map(|now| ("LEADBY_NOW", now)))
            .current_dir(self.path())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    #[track_caller]
    fn run(&self, arguments: &[impl AsRef<OsStr>]) -> Called {
        finish(&mut self.command(arguments))
    }

    /// Runs the program and fails unless it succeeds.
    #[track_caller]
    fn ok(&self, arguments: &[impl AsRef<OsStr>]) -> String {
        let called = self.run(arguments);
        assert_eq!(called.code, Some(0), "{}", called.errors);
        called.output
    }

    /// The entries from `list --json`.
    #[track_caller]
    fn listed(&self) -> Vec<serde_json::Value> {
        serde_json::from_str(&self.run(&["list", "--json"]).output).expect("JSON")
    }
}

/// The output and exit code of a run.
#[derive(Debug)]
struct Called {
    output: String,
    errors: String,
    code: Option<i32>,
}

/// Runs it to its end, within the limit; a panic is a failure.
#[track_caller]
fn finish(command: &mut Command) -> Called {
    let done = wait(start(command), LIMIT);
    assert!(done.is_some(), "{command:?} took too long");
    let done = done.expect("just asserted");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("the program prints UTF-8");
    let called = Called {
        output: text(done.stdout),
        errors: text(done.stderr),
        code: done.status.code(),
    };
    let ended = done.status.signal().is_none() && !called.errors.contains("panicked");
    assert!(ended, "{command:?}: {called:?}");
    called
}

/// A process that is just starting has a copy of every lock this one holds. Where that matters,
/// this blocks other starts meanwhile.
static STARTING: RwLock<()> = RwLock::new(());

fn start(command: &mut Command) -> Child {
    let _starting = STARTING.read().unwrap_or_else(PoisonError::into_inner);
    command.spawn().expect("it starts")
}

/// Blocks other process starts while the guard is held.
fn block_starts() -> RwLockWriteGuard<'static, ()> {
    STARTING.write().unwrap_or_else(PoisonError::into_inner)
}

/// Waits for a process to end; kills it after the limit.
fn wait(child: Child, limit: Duration) -> Option<Output> {
    let id = child.id();
    let (tell, told) = mpsc::channel();
    let waiter = std::thread::spawn(move || tell.send(child.wait_with_output()));
    let done = told.recv_timeout(limit).ok();
    if done.is_none() {
        kill(id);
    }
    let _ = waiter.join();
    done.map(|output| output.expect("its output"))
}

/// Kills a child that was not waited for yet.
fn kill(id: u32) {
    if let Some(process) = Pid::from_raw(id.cast_signed()) {
        let _ = rustix::process::kill_process(process, Signal::KILL);
    }
}

/// Waits for about this much time.
fn pass(time: Duration) {
    let (_never, tick) = mpsc::channel::<()>();
    let _ = tick.recv_timeout(time);
}

/// Runs one ignored test in a process of this test program.
fn helper(test: &str) -> Command {
    let this = std::env::current_exe().expect("this program");
    let mut command = Command::new(this);
    command
        .args(["--exact", test, "--ignored", "--nocapture"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// A variable passed to the helper process.
fn env_var(name: &str) -> String {
    std::env::var(name).expect("the variable is set for the helper")
}

fn moment() -> Now {
    Now::new(NOW.parse().expect("an instant"))
}

fn item(title: &str) -> Change {
    let mut item = Item::new("problems");
    item.set("title", Value::from(title));
    Change::new(Body::Item(item))
}

fn answer(text: &str) -> Change {
    let answer = Answer::new(
        Period::Week(moment().week()),
        "audit",
        "influence",
        Value::from(text),
    );
    answer.into_change()
}

/// The titles of the items in a journal, one per line.
fn titles(entries: &[Entry]) -> Vec<&str> {
    let items = entries.iter().filter_map(|entry| match &entry.body {
        Body::Item(item) => Some(item.title()),
        _ => None,
    });
    items.collect()
}

/// A file with this text, as standard input.
fn input(home: &Home, text: &str) -> Stdio {
    let path = home.path().join("input");
    fs::write(&path, text).expect("an input");
    Stdio::from(File::open(path).expect("an input"))
}

#[test]
fn every_test_named_on_the_trust_page_exists() {
    let page = include_str!("../../assets/trust.md");
    let tests = concat!(env!("CARGO_MANIFEST_DIR"), "/tests");
    let mut missing = Vec::new();
    let mut named = 0;
    for name in page.split('`').filter(|name| name.contains("::")) {
        let mut parts: Vec<&str> = name.split("::").collect();
        let test = parts.pop().expect("a part");
        if test == "…" {
            continue;
        }
        named += 1;
        let file = match parts.as_slice() {
            ["architecture"] => "architecture.rs".to_owned(),
            [file] => format!("trust/{file}.rs"),
            parts => format!("{}.rs", parts.join("/")),
        };
        let text = fs::read_to_string(Path::new(tests).join(&file)).unwrap_or_default();
        if !text.contains(&format!("fn {test}(")) {
            missing.push(name);
        }
    }
    assert!(missing.is_empty() && named > 20, "{missing:?}");
}
