//! The program in a real terminal: what is on the screen, and how the terminal is left.
//!
//! Keys go in and the screen is waited for; nothing here sleeps or reads the real clock, and
//! nothing touches the real home. `LEADBY_TRUST=full` asks for the full form, which prints its
//! figures, as in `tests/trust`.
#![cfg(unix)]

mod drafts;
mod editing;
mod leaving;
mod others;
mod processor;
mod starting;
mod stopping;
mod storms;
mod terminal;

use std::io::{self, Write};

use terminal::Terminal;

#[expect(
    clippy::disallowed_methods,
    reason = "the tests are told their form by the environment"
)]
fn is_full() -> bool {
    std::env::var("LEADBY_TRUST").is_ok_and(|form| form == "full")
}

/// Says a figure of the full form past the test harness.
fn say(text: &str) {
    if is_full() {
        let _ = writeln!(io::stdout(), "{text}");
    }
}

/// On a fresh journal, Enter on Home opens the ground, whose first field is the role.
fn start_typing(terminal: &mut Terminal) {
    terminal.wait_until_contains("leadby");
    terminal.write("\r");
    terminal.wait_until_contains("Role");
}
