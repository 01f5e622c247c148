//! A terminal for tests: a pty with the program in it, and somebody who reads the screen.
//!
//! Waits end when the screen changes, not after a while; on a time-out the screen is printed.

use std::cell::Cell;
use std::io::{self, Read, Write};
use std::num::NonZeroU16;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};
use rustix::process::{self, Pid, Signal, WaitId, WaitIdOptions};
use tempfile::TempDir;
use vt100::{MouseProtocolEncoding, MouseProtocolMode, Parser, Screen};

use super::processor::{Taken, rests, taken};
use super::say;

/// The program under test.
pub(crate) const BINARY: &str = env!("CARGO_BIN_EXE_leadby");

/// Long enough for a busy machine; a test that passes never waits that long.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);
/// How long a program may take to end, as promised for the terminal that hangs up.
const TO_END: Duration = Duration::from_secs(5);
/// The same for one that is sent a signal.
const TO_END_AT_ONCE: Duration = Duration::from_secs(2);
/// How long typed words may be without a draft.
const TO_DRAFT: Duration = Duration::from_secs(2);
/// It may work for one part in so many of the time it has to end.
const ONE_IN: u32 = 5;

/// A home of its own, with an empty journal to be.
pub(crate) struct Home {
    folder: TempDir,
    changed: Vec<(&'static str, &'static str)>,
}

impl Home {
    /// An empty home.
    pub(crate) fn new() -> Self {
        let home = Self {
            folder: tempfile::tempdir().expect("there is room for a folder"),
            changed: Vec::new(),
        };
        std::fs::create_dir(home.temporary()).expect("there is room for a folder");
        home
    }

    /// The same with another value in the environment.
    pub(crate) fn with(mut self, name: &'static str, value: &'static str) -> Self {
        self.changed.push((name, value));
        self
    }

    /// The journal file.
    pub(crate) fn journal(&self) -> PathBuf {
        self.folder.path().join("journal").join("journal.jsonl")
    }

    /// The folder itself, in which programs start.
    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The folder for temporary files.
    pub(crate) fn temporary(&self) -> PathBuf {
        self.folder.path().join("temporary")
    }

    /// The whole environment of the program; nothing of the real one comes in.
    fn environment(&self) -> Vec<(&'static str, String)> {
        let folder = self.folder.path().display().to_string();
        let mut environment = vec![
            ("HOME", folder.clone()),
            ("XDG_DATA_HOME", format!("{folder}/data")),
            ("XDG_CONFIG_HOME", format!("{folder}/config")),
            ("LEADBY_JOURNAL", self.journal().display().to_string()),
            ("TMPDIR", self.temporary().display().to_string()),
            ("LEADBY_NOW", "2026-11-24T09:15:00+01:00".to_owned()),
            ("TERM", "xterm-256color".to_owned()),
            ("LANG", "C.UTF-8".to_owned()),
            ("PATH", "/usr/bin:/bin".to_owned()),
        ];
        for (name, value) in &self.changed {
            environment.retain(|(other, _)| other != name);
            environment.push((name, (*value).to_owned()));
        }
        environment
    }

    /// The program with `arguments`, without a terminal.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(BINARY);
        command
            .args(arguments)
            .env_clear()
            .envs(self.environment())
            .stdin(Stdio::null());
        command
    }

    /// Waits until the draft beside the journal holds `words`, no longer than was promised.
    #[track_caller]
    pub(crate) fn wait_until_the_draft_contains(&self, words: &str) {
        let mut draft = self.journal().into_os_string();
        draft.push(".draft");
        let deadline = Instant::now() + TO_DRAFT;
        let (_never, tick) = mpsc::channel::<()>();
        loop {
            let text = std::fs::read_to_string(&draft).unwrap_or_default();
            if text.contains(words) {
                return;
            }
            assert!(Instant::now() < deadline, "the draft is {text:?}");
            let _ = tick.recv_timeout(Duration::from_millis(20));
        }
    }
}

/// The program in a terminal of 80 by 24.
pub(crate) struct Terminal {
    master: Option<Box<dyn MasterPty + Send>>,
    writer: Option<Box<dyn Write + Send>>,
    seen: Arc<Seen>,
    modes_before: String,
    process: Pid,
    status: Receiver<(ExitStatus, Option<Taken>)>,
    /// What it had taken of the processor when it was last told to end.
    told: Cell<Option<Taken>>,
    over: bool,
}

/// The screen as last read, and who is to be told when it changes.
struct Seen {
    parser: Mutex<Parser>,
    changed: Condvar,
    /// Taken for each reading; who keeps it keeps everything from being read.
    reading: Mutex<()>,
    /// The reader is to close its end with the next thing it reads.
    close: AtomicBool,
}

impl Terminal {
    /// The program on the home's journal.
    pub(crate) fn start(home: &Home) -> Self {
        let journal = home.journal().display().to_string();
        Self::start_with(home, &[BINARY, "--journal", &journal])
    }

    /// Another command.
    pub(crate) fn start_with(home: &Home, command: &[&str]) -> Self {
        let folder = home
            .journal()
            .parent()
            .expect("it is in a folder")
            .to_owned();
        std::fs::create_dir_all(folder).expect("there is room for a folder");
        let pair = native_pty_system()
            .openpty(size(80, 24))
            .expect("the system has terminals");
        let mut builder = CommandBuilder::new(command[0]);
        builder.args(&command[1..]);
        builder.env_clear();
        for (name, value) in home.environment() {
            builder.env(name, value);
        }
        builder.cwd(home.folder.path());
        let modes_before = modes(&*pair.master);
        let mut child = pair
            .slave
            .spawn_command(builder)
            .expect("the program starts");
        drop(pair.slave);
        let id = child.process_id().expect("it has an id").cast_signed();
        let process = Pid::from_raw(id).expect("it is not 0");
        let (tell, status) = mpsc::channel();
        thread::spawn(move || {
            // Its end without taking note of it, so that what it has taken is still to be asked.
            let ended = WaitIdOptions::EXITED | WaitIdOptions::NOWAIT;
            let waited = process::waitid(WaitId::Pid(process), ended);
            let taken = waited.ok().and_then(|_| taken(process));
            tell.send((child.wait().expect("it is our child"), taken))
        });
        let seen = Arc::new(Seen {
            parser: Mutex::new(Parser::new(cells(24), cells(80), 0)),
            changed: Condvar::new(),
            reading: Mutex::new(()),
            close: AtomicBool::new(false),
        });
        let reader = pair.master.try_clone_reader().expect("it can be read");
        let reader_sees = Arc::clone(&seen);
        thread::spawn(move || reader_sees.read(reader));
        Self {
            master: Some(pair.master),
            writer: None,
            seen,
            modes_before,
            process,
            status,
            told: Cell::new(None),
            over: false,
        }
    }

    /// The program.
    pub(crate) fn process(&self) -> Pid {
        self.process
    }

    fn master(&self) -> &dyn MasterPty {
        &**self.master.as_ref().expect("it has not hung up")
    }

    /// Types `keys`.
    pub(crate) fn write(&mut self, keys: &str) {
        self.write_bytes(keys.as_bytes());
    }

    fn write_bytes(&mut self, keys: &[u8]) {
        if self.writer.is_none() {
            self.writer = Some(self.master().take_writer().expect("it can be written to"));
        }
        let writer = self.writer.as_mut().expect("it was just made");
        writer.write_all(keys).expect("keys arrive");
        writer.flush().expect("keys arrive");
    }

    /// Types more than the terminal takes at once; the program must read meanwhile.
    pub(crate) fn write_while_read(&mut self, keys: &str) {
        for part in keys.as_bytes().chunks(512) {
            self.write_bytes(part);
        }
    }

    /// Types `keys` and lets the program come as far as they are; its end, when they ended it.
    pub(crate) fn type_and_see(&mut self, keys: &str) -> Option<ExitStatus> {
        self.write(keys);
        // Enough for it to have read them; what it has not is read with the next ones.
        let status = self.status.recv_timeout(Duration::from_millis(5)).ok();
        self.over |= status.is_some();
        Some(status?.0)
    }

    /// Waits until the screen shows `words` somewhere.
    #[track_caller]
    pub(crate) fn wait_until_contains(&self, words: &str) {
        self.wait_until(words, |screen| screen.contents().contains(words));
    }

    /// Waits until the screen `is_wanted`; `what` says it in words.
    #[track_caller]
    pub(crate) fn wait_until(&self, what: &str, is_wanted: impl Fn(&Screen) -> bool) {
        let parser = self.seen.parser.lock().expect("the reader does not panic");
        let (parser, waited) = self
            .seen
            .changed
            .wait_timeout_while(parser, PATIENCE, |parser| !is_wanted(parser.screen()))
            .expect("the reader does not panic");
        let contents = parser.screen().contents();
        // What the reader needs must not be lost with a test that fails.
        drop(parser);
        assert!(
            !waited.timed_out(),
            "waited for {what:?}, and the screen was\n{contents}"
        );
    }

    /// What the screen shows.
    pub(crate) fn contents(&self) -> String {
        let parser = self.seen.parser.lock().expect("the reader does not panic");
        parser.screen().contents()
    }

    /// Gives the window another size.
    pub(crate) fn resize(&mut self, columns: u16, rows: u16) {
        let mut parser = self.seen.parser.lock().expect("the reader does not panic");
        // The one who reads has no screen of no size.
        parser
            .screen_mut()
            .set_size(cells(rows.max(1)), cells(columns.max(1)));
        drop(parser);
        let master = self.master();
        master.resize(size(columns, rows)).expect("it has a size");
    }

    /// Sends a signal to the program.
    pub(crate) fn signal(&self, signal: Signal) {
        self.told.set(taken(self.process));
        process::kill_process(self.process, signal).expect("it runs");
    }

    /// Tells the program to end while nobody reads what it draws, and it can draw no more; how it
    /// ended.
    #[track_caller]
    pub(crate) fn end_unread(&mut self, signal: Signal) -> ExitStatus {
        let seen = Arc::clone(&self.seen);
        let unread = seen.reading.lock().expect("nobody panics holding it");
        // Drawn anew for each of these keys, until there is no more room; then the keys lie there.
        for _ in 0..200 {
            assert!(self.type_and_see("\x1b[15~").is_none(), "it is over");
        }
        rests(self.process);
        self.signal(signal);
        let status = self.wait_until_over_at_once();
        drop(unread);
        assert_eq!(modes(self.master()), self.modes_before);
        status
    }

    /// Waits until the program has stopped.
    pub(crate) fn wait_until_stopped(&self) {
        let options = WaitIdOptions::STOPPED | WaitIdOptions::NOWAIT;
        process::waitid(WaitId::Pid(self.process), options).expect("it is our child");
    }

    /// Forgets the modes that escape sequences set, as a shell or another program would.
    pub(crate) fn lose_modes(&self) {
        let mut parser = self.seen.parser.lock().expect("the reader does not panic");
        parser.process(b"\x1b[?2004l\x1b[?1000l\x1b[?1006l\x1b[?1049l\x1b[2Jsomebody else");
    }

    /// Closes the window.
    pub(crate) fn hang_up(&mut self) {
        // The reader holds a copy of the terminal's other end and sleeps in it; the frame that
        // follows a new size wakes it.
        self.seen.close.store(true, Ordering::SeqCst);
        self.resize(70, 20);
        let parser = self.seen.parser.lock().expect("the reader does not panic");
        let closed = |seen: &Seen| !seen.close.load(Ordering::SeqCst);
        let (parser, waited) = self
            .seen
            .changed
            .wait_timeout_while(parser, PATIENCE, |_| !closed(&self.seen))
            .expect("the reader does not panic");
        drop(parser);
        assert!(!waited.timed_out(), "a new size draws no frame");
        self.told.set(taken(self.process));
        self.writer = None;
        self.master = None;
    }

    /// How the program ended; fails when it does not, needs longer than after a signal, or works
    /// more meanwhile than somebody who only leaves.
    #[track_caller]
    pub(crate) fn wait_until_over_at_once(&mut self) -> ExitStatus {
        self.wait_for_the_end(TO_END_AT_ONCE)
    }

    /// How the program ended; fails when it does not, or works more meanwhile.
    #[track_caller]
    pub(crate) fn wait_until_over(&mut self) -> ExitStatus {
        self.wait_for_the_end(TO_END)
    }

    #[track_caller]
    fn wait_for_the_end(&mut self, time: Duration) -> ExitStatus {
        let asked = Instant::now();
        let ended = self.status.recv_timeout(time);
        assert!(
            ended.is_ok(),
            "it does not end; the screen was\n{}",
            self.contents()
        );
        self.over = true;
        let (status, at_the_end) = ended.expect("just asserted");
        if let (Some(before), Some(after)) = (self.told.get(), at_the_end) {
            let worked = after.time.saturating_sub(before.time);
            let took = asked.elapsed();
            say(&format!(
                "leaving: {status}, in {took:.0?}, {worked:?} of it work"
            ));
            assert!(worked < time / ONE_IN, "{status}: it worked for {worked:?}");
        }
        status
    }

    /// The program has the terminal, with everything it needs of it.
    #[track_caller]
    pub(crate) fn assert_taken(&self) {
        self.wait_until("the modes of the screens", |screen| {
            screen.alternate_screen()
                && screen.bracketed_paste()
                && screen.mouse_protocol_mode() == MouseProtocolMode::PressRelease
                && screen.mouse_protocol_encoding() == MouseProtocolEncoding::Sgr
        });
        assert_ne!(modes(self.master()), self.modes_before);
    }

    /// The terminal is as it was.
    #[track_caller]
    pub(crate) fn assert_given_back(&self) {
        self.wait_until("the modes of before", |screen| {
            !screen.alternate_screen()
                && !screen.bracketed_paste()
                && !screen.hide_cursor()
                && screen.mouse_protocol_mode() == MouseProtocolMode::None
                && screen.mouse_protocol_encoding() == MouseProtocolEncoding::Default
        });
        assert_eq!(modes(self.master()), self.modes_before);
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // A test that fails leaves nothing running.
        if !self.over {
            let _ = process::kill_process(self.process, Signal::KILL);
        }
    }
}

impl Seen {
    /// Waits until there is something, and reads it when nothing keeps it from that.
    fn next(&self, reader: &mut impl Read, bytes: &mut [u8]) -> io::Result<usize> {
        // A test that failed keeps nobody from reading.
        drop(self.reading.lock().unwrap_or_else(PoisonError::into_inner));
        reader.read(bytes)
    }

    fn read(&self, mut reader: Box<dyn Read + Send>) {
        let mut bytes = [0; 4096];
        while let Ok(count @ 1..) = self.next(&mut reader, &mut bytes) {
            let mut parser = self.parser.lock().expect("nobody panics holding it");
            parser.process(&bytes[..count]);
            self.changed.notify_all();
            if self.close.load(Ordering::SeqCst) {
                break;
            }
        }
        drop(reader);
        let _parser = self.parser.lock().expect("nobody panics holding it");
        self.close.store(false, Ordering::SeqCst);
        self.changed.notify_all();
    }
}

/// The terminal's modes, to be compared.
fn modes(master: &dyn MasterPty) -> String {
    format!("{:?}", master.get_termios().expect("it is a terminal"))
}

fn size(cols: u16, rows: u16) -> PtySize {
    PtySize {
        rows,
        cols,
        pixel_width: 0,
        pixel_height: 0,
    }
}

fn cells(number: u16) -> NonZeroU16 {
    NonZeroU16::new(number).expect("a screen has cells")
}
