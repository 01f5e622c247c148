//! Lends the terminal to another program, such as an editor.
//!
//! Knows nothing about that program.

use std::io;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use signal_hook::consts::{SIGINT, SIGQUIT};
use signal_hook::flag;

/// Runs `job`, in which another program has the terminal: a key that interrupts that program
/// reaches both, and must not end this one.
///
/// Afterwards such a key works as before. The other program inherits nothing of this.
///
/// # Errors
/// As `job` says, and when the signals cannot be caught.
pub fn lend<T>(job: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
    let over = Arc::new(AtomicBool::new(false));
    for signal in [SIGINT, SIGQUIT] {
        flag::register_conditional_default(signal, Arc::clone(&over))?;
    }
    let done = job();
    over.store(true, std::sync::atomic::Ordering::SeqCst);
    done
}
