//! The program in a real terminal: what is on the screen, and how the terminal is left.
//!
//! Keys go in and the screen is waited for; nothing here sleeps or reads the real clock, and
//! nothing touches the real home.
#![cfg(unix)]

mod drafts;
mod editing;
mod leaving;
mod others;
mod starting;
mod stopping;
mod storms;
mod terminal;

use terminal::Terminal;

/// On a fresh journal, Enter on Home opens the ground, whose first field is the role.
fn start_typing(terminal: &mut Terminal) {
    terminal.wait_until_contains("leadby");
    terminal.write("\r");
    terminal.wait_until_contains("Role");
}
