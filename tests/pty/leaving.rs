//! Every way to end: the terminal is restored, and the sender of a signal sees it.

#![expect(
    clippy::disallowed_methods,
    reason = "the helper reads its journal path"
)]

use std::fs::File;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use leadby::app::keys::KeyTable;
use leadby::calendar::Now;
use leadby::practice;
use leadby::terminal::{self, Clock, ExitReason, Session, TerminalEnvironment};
use rustix::process::Signal;

use super::processor::wait_for_polling;
use super::start_typing;
use super::terminal::{BINARY, Home, Terminal};

#[test]
fn the_terminal_is_restored_after_quitting() {
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
    start_typing(&mut terminal);
    // Before the draft is due: the signal itself saves it.
    terminal.write("release engineer");
    terminal.wait_until_contains("release engineer");
    terminal.signal(signal);
    let status = terminal.wait_until_over_at_once();
    assert_eq!(status.signal(), Some(name), "{status}");
    terminal.assert_given_back();
    home.wait_until_the_draft_contains("release engineer");
}

#[test]
fn the_terminal_is_restored_after_sigterm() {
    check_signal(Signal::TERM, "Terminated");
}

#[test]
fn the_terminal_is_restored_after_sigint() {
    check_signal(Signal::INT, "Interrupt");
}

#[test]
fn the_terminal_is_restored_after_sighup() {
    check_signal(Signal::HUP, "Hangup");
}

#[test]
fn the_terminal_is_restored_after_sigquit() {
    check_signal(Signal::QUIT, "Quit");
}

#[test]
fn the_terminal_is_restored_after_unusual_signals() {
    for (signal, name) in [
        (Signal::USR1, "User defined signal 1"),
        (Signal::USR2, "User defined signal 2"),
        (Signal::ALARM, "Alarm clock"),
        (Signal::ABORT, "Aborted"),
        (Signal::XCPU, "CPU time limit exceeded"),
        (Signal::TRAP, "Trace/breakpoint trap"),
        (Signal::SYS, "Bad system call"),
    ] {
        check_signal(signal, name);
    }
}

#[test]
#[cfg(target_os = "linux")]
fn the_terminal_is_restored_after_real_time_signals() {
    // SIGRTMIN and SIGRTMAX, one between them, and the others without a handler of their own.
    for name in ["RTMIN", "RTMAX", "RTMIN+5", "IO", "PWR", "STKFLT"] {
        let home = Home::new();
        let mut terminal = Terminal::start(&home);
        start_typing(&mut terminal);
        terminal.write("release engineer");
        terminal.wait_until_contains("release engineer");
        let process = terminal.process().as_raw_nonzero();
        let script = format!("kill -s {name} {process} && kill -l {name}");
        let sent = Command::new("bash").args(["-c", &script]).output();
        let number = String::from_utf8(sent.expect("bash starts").stdout).expect("text");
        let number: u32 = number.trim().parse().expect("the number of the signal");
        let status = terminal.wait_until_over_at_once();
        assert_eq!(status.exit_code(), 128 + number, "{name}: {status}");
        terminal.assert_given_back();
        home.wait_until_the_draft_contains("release engineer");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_signal_does_not_wait_for_a_journal_in_use() {
    let home = Home::new();
    let mut terminal = Terminal::start(&home);
    start_typing(&mut terminal);
    let journal = File::create(home.journal()).expect("a journal");
    journal.lock().expect("a lock");
    terminal.write("release engineer");
    terminal.wait_until_contains("release engineer");
    terminal.write("\x13");
    wait_for_polling(terminal.process());
    let asked = Instant::now();
    terminal.signal(Signal::TERM);
    let status = terminal.wait_until_over_at_once();
    assert_eq!(status.signal(), Some("Terminated"), "{status}");
    // Otherwise it would wait two seconds for the other program.
    assert!(asked.elapsed() < Duration::from_secs(1));
    terminal.assert_given_back();
    home.wait_until_the_draft_contains("release engineer");
}

#[test]
#[cfg(target_os = "linux")]
fn a_terminal_that_does_not_read_does_not_hold_up_a_signal() {
    let home = Home::new();
    let mut terminal = Terminal::start(&home);
    start_typing(&mut terminal);
    terminal.write("release engineer");
    terminal.wait_until_contains("release engineer");
    let status = terminal.end_unread(Signal::TERM);
    assert_eq!(status.signal(), Some("Terminated"), "{status}");
    home.wait_until_the_draft_contains("release engineer");
}

#[test]
fn half_an_escape_sequence_does_not_hold_up_a_signal() {
    let home = Home::new();
    let mut terminal = Terminal::start(&home);
    terminal.wait_until_contains("leadby");
    // The start of a paste that never ends, and an incomplete key sequence.
    terminal.write("\x1b[200~words\x1b[");
    terminal.signal(Signal::TERM);
    let status = terminal.wait_until_over();
    assert_eq!(status.signal(), Some("Terminated"), "{status}");
    terminal.assert_given_back();
}

#[test]
fn a_terminal_that_hangs_up_ends_the_program_though_it_ignores_the_signal() {
    let home = Home::new();
    let script = format!("trap '' HUP; exec {BINARY}");
    let mut terminal = Terminal::start_with(&home, &["/bin/sh", "-c", &script]);
    start_typing(&mut terminal);
    terminal.write("release engineer");
    terminal.wait_until_contains("release engineer");
    terminal.hang_up();
    let status = terminal.wait_until_over();
    assert_eq!(status.signal(), Some("Hangup"), "{status}");
    home.wait_until_the_draft_contains("release engineer");
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

/// Once this file exists, [`breaks`] breaks the clock.
const BREAK: &str = "break";

fn breaks() -> Now {
    assert!(!Path::new(BREAK).exists(), "the clock is broken");
    let stamp = "2026-11-24T09:15:00+01:00".parse();
    Now::new(stamp.expect("it is a time"))
}

#[test]
#[ignore = "panics on purpose; run in a terminal by the test below"]
fn panics_on_purpose() {
    let journal = std::env::var("LEADBY_JOURNAL").expect("the journal path is set");
    let ended = terminal::run(Session {
        config: None,
        theme_variable: None,
        journal: journal.into(),
        evidence: Some(Vec::new()),
        ladder: Ok(None),
        catalog: practice::builtin(),
        keys: KeyTable::default(),
        clock: Clock::read_with(breaks),
        editor: "vi".to_owned(),
        open: None,
        warning: None,
        environment: TerminalEnvironment {
            term: Some("xterm".to_owned()),
            ..TerminalEnvironment::default()
        },
    });
    assert_eq!(ended.expect("screens"), ExitReason::Quit);
}

#[test]
fn a_panic_restores_the_terminal_and_keeps_the_text() {
    let home = Home::new();
    let this = std::env::current_exe().expect("this program");
    let this = this.to_str().expect("it is text");
    let helper = [
        "--exact",
        "leaving::panics_on_purpose",
        "--ignored",
        "--nocapture",
    ];
    let mut terminal = Terminal::start_with(&home, &[&[this], &helper[..]].concat());
    start_typing(&mut terminal);
    terminal.write("release engineer");
    terminal.wait_until_contains("release engineer");
    std::fs::File::create(home.path().join(BREAK)).expect("a file");
    terminal.write("s");
    terminal.wait_until_contains("the clock is broken");
    terminal.wait_until_contains("This is a bug in leadby.");
    terminal.wait_until_contains("leadby offers it next time");
    let status = terminal.wait_until_over_at_once();
    assert_eq!(status.exit_code(), 101, "{status}");
    terminal.assert_given_back();
    home.wait_until_the_draft_contains("release engineer");
}
