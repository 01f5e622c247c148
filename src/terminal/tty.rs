//! The terminal as a device: its modes, its size, and bytes to it.
//!
//! Knows nothing of frames or keys. It can undo all its changes from anywhere, even in a panic, and
//! never waits forever.

use std::io::{self, Write};
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::os::unix::net::UnixStream;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec};
use rustix::fs::{Mode, OFlags};
use rustix::io::Errno;
use rustix::termios::{self, LocalModes, OptionalActions, QueueSelector, Termios};
use rustix::{event, process, stdio};

use super::reports::Reports;

/// The alternate screen, empty; no line break after the last column, where a sign may be wider for the
/// terminal than for leadby; brackets around pastes; word when the window gets the focus, as the
/// terminal may have changed its colours meanwhile.
const ENTER: &[u8] = b"\x1b[?1049h\x1b[2J\x1b[?7l\x1b[?2004h\x1b[?1004h";

/// Buttons and wheel of the mouse, every movement where the terminal knows those, and coordinates beyond
/// 223. Where the pointer only crosses what is marked already, or nothing, a movement draws and writes
/// nothing.
const ENABLE_MOUSE: &[u8] = b"\x1b[?1000h\x1b[?1003h\x1b[?1006h";

/// Word when the colours of the terminal change.
const ENABLE_REPORTS: &[u8] = b"\x1b[?2031h";
const DISABLE_REPORTS: &[u8] = b"\x1b[?2031l";

/// What [`ENTER`] and [`ENABLE_MOUSE`] set, undone, last first; also the cursor and the colours of the
/// frames, and a frame that was cut off in the middle.
const LEAVE: &[u8] =
    b"\x1b[?2026l\x1b[?1006l\x1b[?1003l\x1b[?1000l\x1b[?1004l\x1b[?2004l\x1b[?7h\x1b[0m\x1b[?25h\x1b[?1049l";

/// How many bytes are passed on at a time, as many as crossterm reads at a time.
const INTAKE: usize = 1_024;

/// How long an Esc may be the start of a key that a slow line cuts in two, as it is in other programs.
const ESCAPE_WAIT: Duration = Duration::from_millis(30);

/// How long to wait for a terminal that does not read, once the program was asked to end.
const PATIENCE: Duration = Duration::from_millis(500);
/// How long an answer takes at most, unless the line is very slow.
const ROUND_TRIP: Duration = Duration::from_millis(300);
/// How long to wait for it at a time after other signals came, which are not handled here.
const MOMENT: Duration = Duration::from_millis(100);

/// The terminal the program runs in.
pub(super) struct Tty {
    /// Its modes when the program started.
    modes: Termios,
    /// Standard input as the program found it.
    original_stdin: OwnedFd,
    /// The same terminal opened again as non-blocking, so that no read can block the event loop. The
    /// flag belongs to the file description shared with the shell, so setting it on the inherited one
    /// would leave it set after a kill. `None` if it cannot be opened again.
    input: Option<OwnedFd>,
    /// What replaces standard input while the program has the terminal, and where its bytes are put:
    /// those of the terminal without its [`Reports`], which crossterm does not understand. Neither end
    /// blocks, since crossterm reads until it has a whole escape sequence.
    intake: (UnixStream, UnixStream),
    /// The same for standard output: a terminal that does not read cannot block the event loop.
    output: OwnedFd,
    /// Readable while signals wait to be handled.
    signals: OwnedFd,
    /// Whether a signal asked for the end.
    ending: Arc<AtomicBool>,
    entered: AtomicBool,
    /// Until when an answer of the terminal may be on its way.
    answer_due: Mutex<Option<Instant>>,
    features: Features,
}

/// What a terminal is asked for beside its screen.
#[derive(Clone, Copy, Debug)]
pub(super) struct Features {
    /// Clicks, the wheel and the pointer.
    pub(super) mouse: bool,
    /// Word when its colours change.
    pub(super) reports: bool,
}

/// Whether standard input and output are both a terminal.
pub(super) fn is_terminal() -> bool {
    termios::isatty(stdio::stdin()) && termios::isatty(stdio::stdout())
}

impl Tty {
    /// The terminal, with nothing changed yet.
    pub(super) fn open(
        signals: OwnedFd,
        ending: Arc<AtomicBool>,
        features: Features,
    ) -> io::Result<Self> {
        let output = match reopen_nonblocking(stdio::stdout()) {
            Some(output) => output,
            None => duplicate(stdio::stdout())?,
        };
        let intake = UnixStream::pair()?;
        intake.0.set_nonblocking(true)?;
        intake.1.set_nonblocking(true)?;
        Ok(Self {
            modes: termios::tcgetattr(stdio::stdin())?,
            original_stdin: duplicate(stdio::stdin())?,
            input: reopen_nonblocking(stdio::stdin()),
            intake,
            output,
            signals,
            ending,
            entered: AtomicBool::new(false),
            answer_due: Mutex::new(None),
            features,
        })
    }

    /// Takes over the terminal. A second call does everything again: after a stop another program
    /// may have changed the modes.
    pub(super) fn enter(&self) -> io::Result<()> {
        self.entered.store(true, Ordering::SeqCst);
        let mut raw = self.modes.clone();
        raw.make_raw();
        // What runs beside the screens cannot write onto them: it is stopped instead.
        raw.local_modes.insert(LocalModes::TOSTOP);
        termios::tcsetattr(self, OptionalActions::Now, &raw)?;
        // crossterm chooses standard input when it first looks, and only if that is a terminal.
        crossterm::event::poll(Duration::ZERO)?;
        stdio::dup2_stdin(&self.intake.0)?;
        let Features { mouse, reports } = self.features;
        let on = |is_wanted: bool, sequence| if is_wanted { sequence } else { &b""[..] };
        self.write(&[ENTER, on(reports, ENABLE_REPORTS), on(mouse, ENABLE_MOUSE)].concat())
    }

    /// Restores the terminal, unless that is done already. Errors are ignored: the caller has
    /// something more important to report.
    pub(super) fn leave(&self) {
        if !self.entered.swap(false, Ordering::SeqCst) {
            return;
        }
        let reports = if self.features.reports {
            DISABLE_REPORTS
        } else {
            b""
        };
        // One write, as each may have to wait.
        let _ = self.write(&[reports, LEAVE].concat());
        if self
            .expect_answer(None)
            .is_some_and(|due| due > Instant::now())
        {
            self.discard_answers();
        }
        // Setting modes from the background would stop the process while it ends.
        if self.is_in_foreground() {
            let _ = termios::tcsetattr(self, OptionalActions::Now, &self.modes);
        }
        let _ = stdio::dup2_stdin(&self.original_stdin);
    }

    fn is_in_foreground(&self) -> bool {
        termios::tcgetpgrp(self).is_ok_and(|group| group == process::getpgrp())
    }

    /// Waits up to `time` for bytes of the terminal, and puts them where crossterm reads, without the
    /// reports; returns whether crossterm has something to read. Nothing is added while it has not read the last.
    pub(super) fn pass_on(&self, reports: &mut Reports, time: Duration) -> io::Result<bool> {
        let end = Instant::now() + time;
        let mut bytes = [0; INTAKE];
        let left_over = loop {
            let left = end.saturating_duration_since(Instant::now());
            let mut fds = [
                PollFd::new(&self.intake.0, PollFlags::IN),
                PollFd::new(self, PollFlags::IN),
            ];
            let came = wait_until_ready(&mut fds, Some(left))?;
            if !fds[0].revents().is_empty() {
                return Ok(true);
            }
            if fds[1].revents().contains(PollFlags::IN) {
                match rustix::io::read(self, &mut bytes) {
                    Ok(0) => break None,
                    Ok(count) => {
                        let bytes_read = &bytes[..count];
                        let more = count == bytes.len()
                            || (bytes_read.ends_with(b"\x1b") && self.comes_within(ESCAPE_WAIT)?);
                        break Some(reports.remove_from(bytes_read, more));
                    }
                    Err(Errno::INTR | Errno::AGAIN) => {}
                    Err(error) => return Err(error.into()),
                }
            }
            if !came || left.is_zero() || hung_up(fds[1].revents()) {
                break None;
            }
        };
        let others = left_over.or_else(|| reports.give_up().map(|key| vec![key]));
        let Some(others) = others else {
            return Ok(false);
        };
        // There is room for it, as crossterm has read everything before.
        (&self.intake.1).write_all(&others)?;
        Ok(true)
    }

    /// Whether another byte comes within this time.
    fn comes_within(&self, time: Duration) -> io::Result<bool> {
        wait_until_ready(&mut [PollFd::new(self, PollFlags::IN)], Some(time))
    }

    /// Where crossterm reads what was passed on.
    pub(super) fn passed_on(&self) -> BorrowedFd<'_> {
        self.intake.0.as_fd()
    }

    /// Sets until when an answer may come, `None` once all have come; returns what held before.
    pub(super) fn expect_answer(&self, due: Option<Instant>) -> Option<Instant> {
        let mut before = self
            .answer_due
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        std::mem::replace(&mut before, due)
    }

    /// Before another program has the terminal: drops answers that are still on their way, which
    /// would be typed into it. The attributes (`ESC [ ? … c`) come last.
    pub(super) fn discard_answers(&self) {
        if self
            .expect_answer(None)
            .is_none_or(|due| due < Instant::now())
        {
            return;
        }
        let end = Instant::now() + ROUND_TRIP;
        let mut come = Vec::new();
        let mut buffer = [0; 256];
        while !come.windows(3).any(|bytes| bytes == b"\x1b[?") || !come.ends_with(b"c") {
            let left = end.saturating_duration_since(Instant::now());
            let mut fds = [PollFd::new(self, PollFlags::IN)];
            if !matches!(wait_until_ready(&mut fds, Some(left)), Ok(true)) {
                return;
            }
            if !fds[0].revents().contains(PollFlags::IN) {
                continue;
            }
            match rustix::io::read(self, &mut buffer) {
                Ok(0) => return,
                Ok(count) => come.extend_from_slice(&buffer[..count]),
                Err(Errno::INTR | Errno::AGAIN) => {}
                Err(_) => return,
            }
        }
    }

    /// Takes back that a signal asked for the end.
    pub(super) fn forget_end(&self) {
        self.ending.store(false, Ordering::SeqCst);
    }

    /// Drops what was typed and not read yet: after an end in the middle of a paste, the rest would
    /// run as shell commands.
    pub(super) fn discard_typeahead(&self) {
        if self.is_in_foreground() {
            let _ = termios::tcflush(&self.original_stdin, QueueSelector::IFlush);
        }
    }

    /// Columns and rows; 0 and 0 if the terminal does not say.
    pub(super) fn size(&self) -> (u16, u16) {
        // Not crossterm's: on a closed terminal it would start `tput`.
        termios::tcgetwinsize(&self.output).map_or((0, 0), |size| (size.ws_col, size.ws_row))
    }

    /// Whether the terminal has hung up.
    pub(super) fn is_gone(&self) -> bool {
        let mut fds = [PollFd::new(&self.original_stdin, PollFlags::empty())];
        let at_once = Timespec::default();
        event::poll(&mut fds, Some(&at_once)).is_ok() && hung_up(fds[0].revents())
    }

    /// Writes all of `bytes`, and waits for a terminal that is slow to read, unless the program was
    /// asked to end.
    pub(super) fn write(&self, mut bytes: &[u8]) -> io::Result<()> {
        while !bytes.is_empty() {
            match rustix::io::write(&self.output, bytes) {
                Ok(written) => bytes = &bytes[written..],
                Err(Errno::INTR) => {}
                Err(Errno::AGAIN) => self.wait_for_room()?,
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    fn wait_for_room(&self) -> io::Result<()> {
        let mut signalled = false;
        loop {
            let ending = self.ending.load(Ordering::SeqCst);
            let mut fds = vec![PollFd::new(&self.output, PollFlags::OUT)];
            if !signalled {
                fds.push(PollFd::new(&self.signals, PollFlags::IN));
            }
            let time = match (ending, signalled) {
                (true, _) => Some(PATIENCE),
                (false, true) => Some(MOMENT),
                (false, false) => None,
            };
            wait_until_ready(&mut fds, time)?;
            if !fds[0].revents().is_empty() {
                return Ok(());
            }
            if ending && signalled {
                return Err(io::ErrorKind::TimedOut.into());
            }
            signalled = true;
        }
    }
}

impl AsFd for Tty {
    /// What to poll for keys and for a hang-up.
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.input.as_ref().unwrap_or(&self.original_stdin).as_fd()
    }
}

impl Drop for Tty {
    fn drop(&mut self) {
        self.leave();
    }
}

/// Whether poll's answer says that a terminal is gone.
pub(super) fn hung_up(revents: PollFlags) -> bool {
    revents.intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL)
}

/// Waits until one of `fds` is ready; false if the time runs out first. A signal counts as ready:
/// the caller checks signals next.
pub(super) fn wait_until_ready(fds: &mut [PollFd<'_>], time: Option<Duration>) -> io::Result<bool> {
    // A wait too long for the system is a wait forever.
    let time = time.and_then(|time| Timespec::try_from(time).ok());
    match event::poll(fds, time.as_ref()) {
        Ok(ready) => Ok(ready > 0),
        Err(Errno::INTR) => Ok(true),
        Err(error) => Err(error.into()),
    }
}

/// Whether a shell would take over if this process stopped. Without one, in the process group of
/// the session leader, stopping would leave a dead window.
pub(super) fn can_stop() -> bool {
    process::getsid(None).is_ok_and(|session| session != process::getpgrp())
}

/// The terminal of `fd`, opened again as non-blocking. `None` if it may not be opened, as in
/// another user's terminal after `su`; then the given one must do.
fn reopen_nonblocking(fd: BorrowedFd<'_>) -> Option<OwnedFd> {
    let flags = OFlags::RDWR | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
    let name = termios::ttyname(fd, Vec::new()).ok()?;
    let open = |path: &std::ffi::CStr| rustix::fs::open(path, flags, Mode::empty()).ok();
    open(&name).or_else(|| {
        // macOS cannot poll /dev/tty.
        let ours = cfg!(target_os = "linux") && termios::tcgetpgrp(fd).is_ok();
        if ours { open(c"/dev/tty") } else { None }
    })
}

fn duplicate(fd: BorrowedFd<'_>) -> io::Result<OwnedFd> {
    Ok(rustix::io::fcntl_dupfd_cloexec(fd, 3)?)
}
