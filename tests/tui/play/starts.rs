//! Starting processes from tests.

use std::io::Write;
use std::process::{Command, Output, Stdio};

/// Runs a process to its end.
pub(crate) fn output(command: &mut Command) -> Output {
    fed(command, "")
}

/// Runs a process to its end, with `input` on its standard input.
pub(crate) fn fed(command: &mut Command, input: &str) -> Output {
    let started = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let ended = started.and_then(|mut child| {
        if let Some(mut stdin) = child.stdin.take() {
            // A process that ends without reading has said why in its output.
            let _ = stdin.write_all(input.as_bytes());
        }
        child.wait_with_output()
    });
    ended.expect("the program runs")
}
