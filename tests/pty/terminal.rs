//! A terminal for tests: a pty with the program in it, and a reader for its screen.
//!
//! Waits end when the screen changes, not after a fixed time; a time-out prints the screen.

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

use super::processor::{ProcessorUse, assert_idle, processor_use};
use super::say;

pub(crate) const BINARY: &str = env!("CARGO_BIN_EXE_leadby");

/// Long enough for a busy machine; passing tests never wait that long.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);
/// The promised limit for ending after a hang-up.
const TO_END: Duration = Duration::from_secs(5);
/// The limit for ending after a signal.
const TO_END_AT_ONCE: Duration = Duration::from_secs(2);
/// The longest time that typed text may be without a draft.
const TO_DRAFT: Duration = Duration::from_secs(2);
/// It may use the processor for one part in this many of that time.
const ONE_IN: u32 = 5;

/// A new home; the journal does not exist yet.
pub(crate) struct Home {
    folder: TempDir,
    changed: Vec<(&'static str, &'static str)>,
}

impl Home {
    pub(crate) fn new() -> Self {
        let home = Self {
            folder: tempfile::tempdir().expect("there is room for a folder"),
            changed: Vec::new(),
        };
        std::fs::create_dir(home.temporary()).expect("there is room for a folder");
        home
    }

    /// Sets one more environment variable.
    pub(crate) fn with(mut self, name: &'static str, value: &'static str) -> Self {
        self.changed.push((name, value));
        self
    }

    pub(crate) fn journal(&self) -> PathBuf {
        self.folder.path().join("journal").join("journal.jsonl")
    }

    /// The home folder, in which programs start.
    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn temporary(&self) -> PathBuf {
        self.folder.path().join("temporary")
    }

    /// The whole environment of the program; it inherits no real variable.
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

    /// Waits until the draft beside the journal contains `words`, up to the promised limit.
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
    status: Receiver<(ExitStatus, Option<ProcessorUse>)>,
    /// Its processor use when it was last asked to end.
    use_before: Cell<Option<ProcessorUse>>,
    over: bool,
}

/// The screen as last read, and the signal that it changed.
struct Seen {
    parser: Mutex<Parser>,
    /// All that the program wrote.
    output: Mutex<Vec<u8>>,
    changed: Condvar,
    /// Locked for each read; holding it stops all reading.
    reading: Mutex<()>,
    /// Asks the reader to close its end after its next read.
    close: AtomicBool,
}

impl Terminal {
    /// Starts the screens on the home's journal.
    pub(crate) fn start(home: &Home) -> Self {
        let journal = home.journal().display().to_string();
        Self::start_with(home, &[BINARY, "--journal", &journal])
    }

    /// Starts another command.
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
            // Waits for its end without reaping it, so that its processor use can still be read.
            let ended = WaitIdOptions::EXITED | WaitIdOptions::NOWAIT;
            let waited = process::waitid(WaitId::Pid(process), ended);
            let used = waited.ok().and_then(|_| processor_use(process));
            tell.send((child.wait().expect("it is our child"), used))
        });
        let seen = Arc::new(Seen {
            parser: Mutex::new(Parser::new(cells(24), cells(80), 0)),
            output: Mutex::new(Vec::new()),
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
            use_before: Cell::new(None),
            over: false,
        }
    }

    pub(crate) fn process(&self) -> Pid {
        self.process
    }

    fn master(&self) -> &dyn MasterPty {
        &**self.master.as_ref().expect("it has not hung up")
    }

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

    /// Types more than the terminal takes at once; the program must read in between.
    pub(crate) fn write_while_read(&mut self, keys: &str) {
        for part in keys.as_bytes().chunks(512) {
            self.write_bytes(part);
        }
    }

    /// Types `keys` and lets the program catch up; returns its exit status if they ended it.
    pub(crate) fn type_and_see(&mut self, keys: &str) -> Option<ExitStatus> {
        self.write(keys);
        // Usually long enough to read them; the rest is read with the next ones.
        let status = self.status.recv_timeout(Duration::from_millis(5)).ok();
        self.over |= status.is_some();
        Some(status?.0)
    }

    /// Waits until the screen contains `words` or the program has ended; returns its exit status then.
    #[track_caller]
    pub(crate) fn wait_until_contains_or_over(&mut self, words: &str) -> Option<ExitStatus> {
        let until = Instant::now() + PATIENCE;
        while !self.contents().contains(words) {
            if let Ok((status, ..)) = self.status.recv_timeout(Duration::from_millis(10)) {
                self.over = true;
                return Some(status);
            }
            assert!(Instant::now() < until, "waited for {words:?}");
        }
        None
    }

    #[track_caller]
    pub(crate) fn wait_until_contains(&self, words: &str) {
        self.wait_until(words, |screen| screen.contents().contains(words));
    }

    /// Waits until the screen `confirm_import`, described by `what`.
    #[track_caller]
    pub(crate) fn wait_until(&self, what: &str, is_wanted: impl Fn(&Screen) -> bool) {
        let parser = self.seen.parser.lock().expect("the reader does not panic");
        let (parser, waited) = self
            .seen
            .changed
            .wait_timeout_while(parser, PATIENCE, |parser| !is_wanted(parser.screen()))
            .expect("the reader does not panic");
        let contents = parser.screen().contents();
        // A failing test must not poison the lock that the reader needs.
        drop(parser);
        assert!(
            !waited.timed_out(),
            "waited for {what:?}, and the screen was\n{contents}"
        );
    }

    /// Waits until the program has written `sequence` this many times.
    #[track_caller]
    pub(crate) fn wait_until_written(&self, sequence: &str, times: usize) {
        self.wait_until(&format!("{sequence:?} {times} times"), |_| {
            self.times_written(sequence) == times
        });
    }

    /// How often the program has written `sequence`.
    pub(crate) fn times_written(&self, sequence: &str) -> usize {
        let output = self.seen.output.lock().expect("the reader does not panic");
        String::from_utf8_lossy(&output).matches(sequence).count()
    }

    /// How many bytes the program has written.
    pub(crate) fn written(&self) -> usize {
        let output = self.seen.output.lock().expect("the reader does not panic");
        output.len()
    }

    /// The first screen, once its last words are there too: it can arrive in parts.
    #[track_caller]
    pub(crate) fn first_screen(&self) -> String {
        self.wait_until("the first screen", |screen| {
            let contents = screen.contents();
            contents.contains("leadby") && contents.trim_end().ends_with("? help")
        });
        self.contents()
    }

    /// The text on the screen.
    pub(crate) fn contents(&self) -> String {
        let parser = self.seen.parser.lock().expect("the reader does not panic");
        parser.screen().contents()
    }

    pub(crate) fn resize(&mut self, columns: u16, rows: u16) {
        let mut parser = self.seen.parser.lock().expect("the reader does not panic");
        // The screen of the reader cannot have size 0.
        parser
            .screen_mut()
            .set_size(cells(rows.max(1)), cells(columns.max(1)));
        drop(parser);
        let master = self.master();
        master.resize(size(columns, rows)).expect("it has a size");
    }

    pub(crate) fn signal(&self, signal: Signal) {
        self.use_before.set(processor_use(self.process));
        process::kill_process(self.process, signal).expect("it runs");
    }

    /// Sends the signal while the output is unread and the terminal is full; returns the exit
    /// status.
    #[track_caller]
    pub(crate) fn end_unread(&mut self, signal: Signal) -> ExitStatus {
        let seen = Arc::clone(&self.seen);
        let unread = seen
            .reading
            .lock()
            .expect("no thread panics while holding it");
        // Each key draws again, until the output is full; later keys stay unread.
        for _ in 0..200 {
            assert!(
                self.type_and_see("\x1b[15~").is_none(),
                "the program has ended"
            );
        }
        assert_idle(self.process);
        self.signal(signal);
        let status = self.wait_until_over_at_once();
        drop(unread);
        assert_eq!(modes(self.master()), self.modes_before);
        status
    }

    pub(crate) fn wait_until_stopped(&self) {
        let options = WaitIdOptions::STOPPED | WaitIdOptions::NOWAIT;
        process::waitid(WaitId::Pid(self.process), options).expect("it is our child");
    }

    /// Resets the modes that escape sequences set, as a shell or another program would.
    pub(crate) fn reset_modes(&self) {
        let mut parser = self.seen.parser.lock().expect("the reader does not panic");
        parser.process(b"\x1b[?2004l\x1b[?1003l\x1b[?1006l\x1b[?1049l\x1b[2Jsomebody else");
    }

    /// Closes the window.
    pub(crate) fn hang_up(&mut self) {
        // The reader has a copy of the terminal's other end and is blocked in it; the frame that
        // follows a resize wakes it.
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
        assert!(!waited.timed_out(), "a resize draws no frame");
        self.use_before.set(processor_use(self.process));
        self.writer = None;
        self.master = None;
    }

    /// Returns the exit status; fails if the program does not end, takes longer than allowed after
    /// a signal, or uses too much processor time meanwhile.
    #[track_caller]
    pub(crate) fn wait_until_over_at_once(&mut self) -> ExitStatus {
        self.wait_for_the_end(TO_END_AT_ONCE)
    }

    /// Returns the exit status; fails if the program does not end or uses too much processor time
    /// meanwhile.
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
            "the program does not end; the screen was\n{}",
            self.contents()
        );
        self.over = true;
        let (status, at_the_end) = ended.expect("just asserted");
        if let (Some(before), Some(after)) = (self.use_before.get(), at_the_end) {
            let worked = after.time.saturating_sub(before.time);
            let took = asked.elapsed();
            say(&format!(
                "leaving: {status}, in {took:.0?}, {worked:?} of it work"
            ));
            assert!(
                worked < time / ONE_IN,
                "{status}: it used the processor for {worked:?}"
            );
        }
        status
    }

    /// Checks that the program has set every terminal mode it needs.
    #[track_caller]
    pub(crate) fn assert_taken(&self) {
        self.wait_until("the modes of the screens", |screen| {
            screen.alternate_screen()
                && screen.bracketed_paste()
                && screen.mouse_protocol_mode() == MouseProtocolMode::AnyMotion
                && screen.mouse_protocol_encoding() == MouseProtocolEncoding::Sgr
        });
        assert_ne!(modes(self.master()), self.modes_before);
    }

    /// Checks that the terminal is as it was at the start.
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
        // A failing test leaves no process running.
        if !self.over {
            let _ = process::kill_process(self.process, Signal::KILL);
        }
    }
}

impl Seen {
    /// Waits for output, and reads it unless reading is stopped.
    fn next(&self, reader: &mut impl Read, bytes: &mut [u8]) -> io::Result<usize> {
        // A failed test must not block the reader.
        drop(self.reading.lock().unwrap_or_else(PoisonError::into_inner));
        reader.read(bytes)
    }

    fn read(&self, mut reader: Box<dyn Read + Send>) {
        let mut bytes = [0; 4096];
        while let Ok(count @ 1..) = self.next(&mut reader, &mut bytes) {
            let mut parser = self
                .parser
                .lock()
                .expect("no thread panics while holding it");
            parser.process(&bytes[..count]);
            self.output
                .lock()
                .expect("no thread panics while holding it")
                .extend_from_slice(&bytes[..count]);
            self.changed.notify_all();
            if self.close.load(Ordering::SeqCst) {
                break;
            }
        }
        drop(reader);
        let _parser = self
            .parser
            .lock()
            .expect("no thread panics while holding it");
        self.close.store(false, Ordering::SeqCst);
        self.changed.notify_all();
    }
}

/// The terminal's modes, as text to compare.
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
