//! The program in a real terminal: what the screen shows, and the terminal's state afterwards.
//!
//! Tests type keys and wait for the screen; they never sleep, read the real clock or touch the real
//! home. `LEADBY_TRUST=full` runs the full form, which prints its figures, as in `tests/trust`.
#![cfg(unix)]

mod colors;
mod completing;
mod drafts;
mod editing;
mod leaving;
mod others;
mod pointer;
mod processor;
mod starting;
mod stopping;
mod storms;
mod terminal;

use std::io::{self, Write};

use terminal::Terminal;

#[expect(
    clippy::disallowed_methods,
    reason = "the environment selects the form of the tests"
)]
fn is_full() -> bool {
    std::env::var("LEADBY_TRUST").is_ok_and(|form| form == "full")
}

/// Prints a figure of the full form past the test harness.
fn say(text: &str) {
    if is_full() {
        let _ = writeln!(io::stdout(), "{text}");
    }
}

/// On a new journal, Enter on Home opens the profile, whose first field is the role.
fn start_typing(terminal: &mut Terminal) {
    terminal.wait_until_contains("leadby");
    terminal.write("\r");
    terminal.wait_until_contains("Role");
}
