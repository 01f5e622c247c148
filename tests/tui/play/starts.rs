//! Starting processes from tests. A process that is just starting has a copy of every lock that
//! this one holds, so no lock is taken at that moment.

use std::io::Write;
use std::process::{Command, Output, Stdio};
use std::sync::{PoisonError, RwLock, RwLockReadGuard};

static STARTING: RwLock<()> = RwLock::new(());

/// Blocks other process starts while the guard is held.
pub(super) fn nobody_starts() -> RwLockReadGuard<'static, ()> {
    STARTING.read().unwrap_or_else(PoisonError::into_inner)
}

/// Runs a process to its end.
pub(crate) fn output(command: &mut Command) -> Output {
    fed(command, "")
}

/// Runs a process to its end, with `input` on its standard input.
pub(crate) fn fed(command: &mut Command, input: &str) -> Output {
    let starting = STARTING.write().unwrap_or_else(PoisonError::into_inner);
    let started = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    // It runs now, and its copies of the locks are closed.
    drop(starting);
    let ended = started.and_then(|mut child| {
        if let Some(mut stdin) = child.stdin.take() {
            // A process that ends without reading has said why in its output.
            let _ = stdin.write_all(input.as_bytes());
        }
        child.wait_with_output()
    });
    ended.expect("the program runs")
}
