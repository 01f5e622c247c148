//! Signals, turned into something the one poll can wait for.
//!
//! The handlers only write a byte; what a signal means is decided in the loop, never here.

use std::io;
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::iterator::backend::SignalDelivery;
use signal_hook::iterator::exfiltrator::SignalOnly;
use signal_hook::{flag, low_level};

/// The signals that ask the program to end.
const ENDING: [i32; 4] = [SIGTERM, SIGINT, SIGHUP, SIGQUIT];

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
    /// From here on signals wait to be looked at. The second value becomes readable with the first
    /// signal that asks for the end and stays so: it interrupts a write to a terminal that does
    /// not read.
    pub(super) fn listen() -> io::Result<(Self, UnixStream)> {
        let over = Arc::new(AtomicBool::new(false));
        let (ending, write_end) = UnixStream::pair()?;
        for signal in ENDING {
            // Handlers cannot be taken off again, only silenced; with this one a signal that
            // comes after the screens are gone does what it does to any other program.
            flag::register_conditional_default(signal, Arc::clone(&over))?;
            low_level::pipe::register(signal, write_end.try_clone()?)?;
        }
        let (read, write) = UnixStream::pair()?;
        let watched = ENDING.into_iter().chain([SIGTSTP, SIGCONT, SIGWINCH]);
        let delivery = SignalDelivery::with_pipe(read, write, SignalOnly, watched)?;
        Ok((Self { delivery, over }, ending))
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
