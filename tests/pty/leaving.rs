//! The end, asked for or not: the terminal is given back, and whoever sent a signal sees it.

use rustix::process::Signal;

use super::terminal::{BINARY, Home, Terminal};

#[test]
fn the_terminal_is_given_back_after_quitting() {
    let home = Home::new();
    let mut terminal = Terminal::start(&home);
    terminal.wait_until_contains("leadby");
    terminal.assert_taken();
    terminal.write("q");
    let status = terminal.wait_until_over();
    assert!(status.success(), "{status}");
    terminal.assert_given_back();
}

#[track_caller]
fn check_signal(signal: Signal, name: &str) {
    let home = Home::new();
    let mut terminal = Terminal::start(&home);
    terminal.wait_until_contains("leadby");
    terminal.signal(signal);
    let status = terminal.wait_until_over();
    assert_eq!(status.signal(), Some(name), "{status}");
    terminal.assert_given_back();
}

#[test]
fn the_terminal_is_given_back_after_sigterm() {
    check_signal(Signal::TERM, "Terminated");
}

#[test]
fn the_terminal_is_given_back_after_sigint() {
    check_signal(Signal::INT, "Interrupt");
}

#[test]
fn the_terminal_is_given_back_after_sighup() {
    check_signal(Signal::HUP, "Hangup");
}

#[test]
fn the_terminal_is_given_back_after_sigquit() {
    check_signal(Signal::QUIT, "Quit");
}

#[test]
fn half_an_escape_sequence_does_not_hold_up_a_signal() {
    let home = Home::new();
    let mut terminal = Terminal::start(&home);
    terminal.wait_until_contains("leadby");
    // The beginning of a paste whose end never comes, and a key's sequence cut off.
    terminal.write("\x1b[200~words\x1b[");
    terminal.signal(Signal::TERM);
    let status = terminal.wait_until_over();
    assert_eq!(status.signal(), Some("Terminated"), "{status}");
    terminal.assert_given_back();
}

#[test]
fn a_terminal_that_hangs_up_ends_the_program() {
    let home = Home::new();
    let mut terminal = Terminal::start(&home);
    terminal.wait_until_contains("leadby");
    terminal.hang_up();
    let status = terminal.wait_until_over();
    assert_eq!(status.signal(), Some("Hangup"), "{status}");
}

#[track_caller]
fn check_demo(end: impl FnOnce(&mut Terminal), name: &str) {
    let home = Home::new();
    let mut terminal = Terminal::start_with(&home, &[BINARY, "demo"]);
    terminal.wait_until_contains("leadby");
    let lies = || home.temporary().read_dir().expect("a folder").count();
    assert_eq!(lies(), 1);
    end(&mut terminal);
    let status = terminal.wait_until_over();
    assert_eq!(status.signal(), Some(name), "{status}");
    assert_eq!(lies(), 0);
}

#[test]
fn a_demo_that_is_ended_from_outside_leaves_nothing_behind() {
    check_demo(|terminal| terminal.signal(Signal::TERM), "Terminated");
    check_demo(Terminal::hang_up, "Hangup");
}
