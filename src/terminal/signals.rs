//! Turns signals into something the one poll can wait for.
//!
//! The handlers only write a byte; the event loop decides what a signal means.

use std::io;
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use signal_hook::consts::{
    SIGABRT, SIGALRM, SIGCHLD, SIGCONT, SIGHUP, SIGINT, SIGPROF, SIGQUIT, SIGSYS, SIGTERM, SIGTRAP,
    SIGTSTP, SIGUSR1, SIGUSR2, SIGVTALRM, SIGWINCH, SIGXCPU, SIGXFSZ,
};
use signal_hook::flag;
use signal_hook::iterator::backend::SignalDelivery;
use signal_hook::iterator::exfiltrator::SignalOnly;

/// The signals that ask the program to end, and others that would end it: the terminal must be
/// restored first. Not those that a fault in the program raises: it could not go on.
const ENDING: [i32; 13] = [
    SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGABRT, SIGALRM, SIGPROF, SIGSYS, SIGTRAP, SIGUSR1, SIGUSR2,
    SIGVTALRM, SIGXCPU,
];

/// More of them, whose default effect cannot be brought back: the program ends with the exit code
/// that a shell shows for the signal. SIGIO, SIGPWR, SIGSTKFLT and the real-time signals of Linux.
#[cfg(target_os = "linux")]
fn ending_by_code() -> impl Iterator<Item = i32> {
    use rustix::process::Signal as Known;

    let known = [Known::IO, Known::POWER, Known::STKFLT];
    known.map(Known::as_raw).into_iter().chain(32..=64)
}

#[cfg(not(target_os = "linux"))]
fn ending_by_code() -> impl Iterator<Item = i32> {
    std::iter::empty()
}

/// The exit code for a signal that the program cannot end by; `None` for the others.
pub(super) fn exit_code(signal: i32) -> Option<u8> {
    let signal = ending_by_code().find(|it| *it == signal)?;
    u8::try_from(128 + signal).ok()
}

/// Makes a write beyond the allowed file size (`ulimit -f`) fail like any other, instead of ending
/// the program in the middle of it. Programs started by this one are not affected.
pub fn make_oversized_writes_fail() -> io::Result<()> {
    // A handler, because an ignored signal would stay ignored in child programs.
    flag::register(SIGXFSZ, Arc::new(AtomicBool::new(false))).map(drop)
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Signal {
    /// To end, by the signal of this number.
    End(i32),
    /// To stop, as Ctrl-Z does in a shell.
    Stop,
    /// To continue: another program may have used the terminal meanwhile.
    Continue,
    /// To check the window's size.
    Resize,
}

/// The signals that arrived and were not handled yet.
pub(super) struct Signals {
    delivery: SignalDelivery<UnixStream, SignalOnly>,
    ending: Arc<AtomicBool>,
    over: Arc<AtomicBool>,
}

impl Signals {
    /// Starts to collect signals. `ending` is set by the first one that asks for the end, and stays
    /// set: nothing else is waited for then.
    pub(super) fn listen(ending: &Arc<AtomicBool>) -> io::Result<Self> {
        let over = Arc::new(AtomicBool::new(false));
        for signal in ENDING {
            // Handlers cannot be removed, only silenced; with this one, a signal after the screens
            // are closed has its default effect.
            flag::register_conditional_default(signal, Arc::clone(&over))?;
            flag::register(signal, Arc::clone(ending))?;
        }
        let (read, write) = UnixStream::pair()?;
        let watched = ENDING
            .into_iter()
            .chain([SIGTSTP, SIGCONT, SIGWINCH, SIGCHLD]);
        let delivery = SignalDelivery::with_pipe(read, write, SignalOnly, watched)?;
        Ok(Self {
            delivery,
            ending: Arc::clone(ending),
            over,
        })
    }

    /// Also collects the signals of [`ending_by_code`]. Apart from the others, because it takes a
    /// millisecond for which the first frame does not have to wait.
    pub(super) fn listen_to_rare(&mut self) -> io::Result<()> {
        for signal in ending_by_code() {
            // The C library keeps some for itself, and refuses them.
            let over = Arc::clone(&self.over);
            if flag::register_conditional_shutdown(signal, 128 + signal, over).is_ok() {
                flag::register(signal, Arc::clone(&self.ending))?;
                self.delivery.handle().add_signal(signal)?;
            }
        }
        Ok(())
    }

    /// Returns the signals that arrived; the end of a child only wakes the program.
    pub(super) fn take_pending(&mut self) -> Vec<Signal> {
        let pending = self.delivery.pending();
        pending
            .filter_map(|signal| match signal {
                SIGTSTP => Some(Signal::Stop),
                SIGCONT => Some(Signal::Continue),
                SIGWINCH => Some(Signal::Resize),
                SIGCHLD => None,
                signal => Some(Signal::End(signal)),
            })
            .collect()
    }
}

impl AsFd for Signals {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.delivery.get_read().as_fd()
    }
}

impl Drop for Signals {
    fn drop(&mut self) {
        self.over.store(true, Ordering::SeqCst);
        self.delivery.handle().close();
    }
}
