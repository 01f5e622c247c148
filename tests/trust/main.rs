//! What a journal must survive in ten years: kills, failing disks, several programs, damage, odd
//! places, odd clocks. What is promised is said in `assets/trust.md`.
//!
//! `cargo test` runs each in a short form. The full form takes minutes, and prints its figures:
//!
//! ```text
//! LEADBY_TRUST=full cargo test --release --test trust --test pty -- --nocapture --test-threads 1
//! ```
//!
//! `LEADBY_TRUST_SEED` repeats the chances of an earlier run.

#![expect(
    clippy::disallowed_methods,
    reason = "the tests play careless programs, and are told their form by the environment"
)]

mod clocks;
mod damage;
mod draft_kills;
mod faults;
mod faulty;
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

/// The program under test.
const BINARY: &str = env!("CARGO_BIN_EXE_leadby");

/// What the program is told the time is, on Tuesday of week 48.
const NOW: &str = "2026-11-24T09:15:02+01:00";

/// No call may take longer, whatever it finds.
const LIMIT: Duration = Duration::from_secs(5);

/// Whether the long form was asked for.
fn is_full() -> bool {
    std::env::var("LEADBY_TRUST").is_ok_and(|form| form == "full")
}

/// One number in the short form, another one in the full form.
fn cases(short: usize, full: usize) -> usize {
    if is_full() { full } else { short }
}

/// Says a figure of the full form past the test harness.
fn say(text: &str) {
    if is_full() {
        let _ = writeln!(io::stdout(), "{text}");
    }
}

/// Chance that can be repeated; says its seed when a test fails.
struct Chance {
    state: u64,
    seed: u64,
}

impl Chance {
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

impl Drop for Chance {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let _ = writeln!(io::stderr(), "LEADBY_TRUST_SEED={}", self.seed);
        }
    }
}

/// A home folder of its own.
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

    /// A home in memory, where the machine has such a place: for tests that do not care what
    /// outlives a power cut, and need not wait for it.
    fn light() -> Self {
        let memory = tempfile::tempdir_in("/dev/shm");
        Self {
            folder: memory
                .or_else(|_| tempfile::tempdir())
                .expect("a temporary folder"),
            now: Some(NOW.to_owned()),
        }
    }

    /// A light home with this in its journal.
    fn with(bytes: &[u8]) -> Self {
        let home = Self::light();
        home.put(bytes);
        home
    }

    /// The same home at another time; none for the machine's.
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

    /// Another file in the journal's place.
    fn put(&self, bytes: &[u8]) {
        let _ = fs::remove_file(self.journal());
        fs::write(self.journal(), bytes).expect("a journal");
    }

    /// An empty snapshot of this week, so that no save makes one: it is no part of the save.
    fn put_snapshot(&self) {
        let folder = self.path().join("journal.jsonl.backups");
        fs::create_dir(&folder).expect("a folder");
        fs::write(folder.join("2026-W48.jsonl"), "").expect("a snapshot");
    }

    /// The program, ready to be called.
    fn command(&self, arguments: &[impl AsRef<OsStr>]) -> Command {
        self.environment(Command::new(BINARY), arguments)
    }

    /// The program called by a shell's script, as `"$@"`.
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

    /// Calls the program.
    #[track_caller]
    fn run(&self, arguments: &[impl AsRef<OsStr>]) -> Called {
        finish(&mut self.command(arguments))
    }

    /// Calls the program and is content with nothing but success.
    #[track_caller]
    fn ok(&self, arguments: &[impl AsRef<OsStr>]) -> String {
        let called = self.run(arguments);
        assert_eq!(called.code, Some(0), "{}", called.errors);
        called.output
    }

    /// The entries as `list --json` writes them.
    #[track_caller]
    fn listed(&self) -> Vec<serde_json::Value> {
        serde_json::from_str(&self.run(&["list", "--json"]).output).expect("JSON")
    }
}

/// What a call printed and how it ended.
#[derive(Debug)]
struct Called {
    output: String,
    errors: String,
    code: Option<i32>,
}

/// Starts it and waits for its end, no longer than is allowed; a panic is a failure.
#[track_caller]
fn finish(command: &mut Command) -> Called {
    let done = wait(start(command), LIMIT);
    assert!(done.is_some(), "{command:?} takes too long");
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

/// A process that is just being started has a copy of every lock this one has. Where that matters,
/// nobody else starts one meanwhile.
static STARTING: RwLock<()> = RwLock::new(());

/// Starts a process.
fn start(command: &mut Command) -> Child {
    let _starting = STARTING.read().unwrap_or_else(PoisonError::into_inner);
    command.spawn().expect("it starts")
}

/// Keeps others from starting a process for as long as it is kept.
fn nobody_starts() -> RwLockWriteGuard<'static, ()> {
    STARTING.write().unwrap_or_else(PoisonError::into_inner)
}

/// Waits for the end of a process; one that does not end is killed.
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

/// Ends a child that was not waited for yet, at once.
fn kill(id: u32) {
    if let Some(process) = Pid::from_raw(id.cast_signed()) {
        let _ = rustix::process::kill_process(process, Signal::KILL);
    }
}

/// Lets this much time pass, and no more than about that.
fn pass(time: Duration) {
    let (_never, tick) = mpsc::channel::<()>();
    let _ = tick.recv_timeout(time);
}

/// A process of this very test program that runs one ignored test.
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

/// What the helper was told.
fn told(name: &str) -> String {
    std::env::var(name).expect("the helper is told")
}

fn moment() -> Now {
    Now::new(NOW.parse().expect("an instant"))
}

fn item(title: &str) -> Change {
    let mut item = Item::new("problems");
    item.set("title", Value::Text(title.to_owned()));
    Change::new(Body::Item(item))
}

fn answer(text: &str) -> Change {
    let answer = Answer {
        period: Period::Week(moment().week()),
        practice: "audit".to_owned(),
        step: "influence".to_owned(),
        value: Value::Text(text.to_owned()),
    };
    answer.into_change()
}

/// The titles of the items on the lines of a journal, one for each line.
fn titles(entries: &[Entry]) -> Vec<&str> {
    let items = entries.iter().filter_map(|entry| match &entry.body {
        Body::Item(item) => Some(item.title()),
        _ => None,
    });
    items.collect()
}

/// A file of this test to be read as standard input.
fn input(home: &Home, text: &str) -> Stdio {
    let path = home.path().join("input");
    fs::write(&path, text).expect("an input");
    Stdio::from(File::open(path).expect("an input"))
}

#[test]
fn the_page_names_tests_that_exist() {
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
