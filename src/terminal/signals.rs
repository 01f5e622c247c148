//! Signals, turned into something the one poll can wait for.
//!
//! The handlers only write a byte; what a signal means is decided in the loop, never here.

use std::io;
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use signal_hook::consts::{
    SIGABRT, SIGALRM, SIGCONT, SIGHUP, SIGINT, SIGPROF, SIGQUIT, SIGTERM, SIGTSTP, SIGUSR1,
    SIGUSR2, SIGVTALRM, SIGWINCH, SIGXCPU, SIGXFSZ,
};
use signal_hook::flag;
use signal_hook::iterator::backend::SignalDelivery;
use signal_hook::iterator::exfiltrator::SignalOnly;

/// The signals that ask the program to end, and those that would end it without being asked: it has
/// a terminal to give back first.
const ENDING: [i32; 11] = [
    SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGABRT, SIGALRM, SIGPROF, SIGUSR1, SIGUSR2, SIGVTALRM,
    SIGXCPU,
];

/// From here on a write beyond the size that files may have (`ulimit -f`) fails like any other,
/// instead of ending the program in the middle of it. Programs started from here are as before.
///
/// # Errors
/// When the system has no such signal.
pub fn fail_writes_instead() -> io::Result<()> {
    // A handler, as one that is ignored stays ignored in a program that is started.
    flag::register(SIGXFSZ, Arc::new(AtomicBool::new(false))).map(drop)
}

/// What a signal asks for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Signal {
    /// To end, by this number.
    End(i32),
    /// To stop until further notice, as Ctrl-Z does at a shell.
    Stop,
    /// To go on: somebody else may have used the terminal meanwhile.
    Continue,
    /// To look at the window's size.
    Resize,
}

/// The signals that have come and were not yet looked at.
pub(super) struct Signals {
    delivery: SignalDelivery<UnixStream, SignalOnly>,
    over: Arc<AtomicBool>,
}

impl Signals {
    /// From here on signals wait to be looked at. `ending` is set with the first one that asks for
    /// the end and stays so: nothing else is waited for then.
    pub(super) fn listen(ending: &Arc<AtomicBool>) -> io::Result<Self> {
        let over = Arc::new(AtomicBool::new(false));
        for signal in ENDING {
            // Handlers cannot be taken off again, only silenced; with this one a signal that
            // comes after the screens are gone does what it does to any other program.
            flag::register_conditional_default(signal, Arc::clone(&over))?;
            flag::register(signal, Arc::clone(ending))?;
        }
        let (read, write) = UnixStream::pair()?;
        let watched = ENDING.into_iter().chain([SIGTSTP, SIGCONT, SIGWINCH]);
        let delivery = SignalDelivery::with_pipe(read, write, SignalOnly, watched)?;
        Ok(Self { delivery, over })
    }

    /// Takes what has come.
    pub(super) fn take(&mut self) -> Vec<Signal> {
        let pending = self.delivery.pending();
        pending
            .filter_map(|signal| match signal {
                SIGTSTP => Some(Signal::Stop),
                SIGCONT => Some(Signal::Continue),
                SIGWINCH => Some(Signal::Resize),
                signal if ENDING.contains(&signal) => Some(Signal::End(signal)),
                _ => None,
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
