//! Processes that tests start. One that is just being started has a copy of every lock that this
//! one has, so nobody takes a lock in that instant.

use std::io::Write;
use std::process::{Command, Output, Stdio};
use std::sync::{PoisonError, RwLock, RwLockReadGuard};

static STARTING: RwLock<()> = RwLock::new(());

/// Keeps others from starting a process for as long as it is kept.
pub(super) fn nobody_starts() -> RwLockReadGuard<'static, ()> {
    STARTING.read().unwrap_or_else(PoisonError::into_inner)
}

/// What a process printed and how it ended.
pub(crate) fn output(command: &mut Command) -> Output {
    fed(command, "")
}

/// The same of one that is told something on its standard input.
pub(crate) fn fed(command: &mut Command, input: &str) -> Output {
    let starting = STARTING.write().unwrap_or_else(PoisonError::into_inner);
    let started = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    // It runs, and the copies are closed.
    drop(starting);
    let ended = started.and_then(|mut child| {
        if let Some(mut stdin) = child.stdin.take() {
            // One that ends without reading has said why.
            let _ = stdin.write_all(input.as_bytes());
        }
        child.wait_with_output()
    });
    ended.expect("the program runs")
}
