//! Stop and continue: the terminal is given to the other program meanwhile, and taken again.

use rustix::process::{Pid, Signal};

use super::processor::assert_idle;
use super::terminal::{BINARY, Home, Terminal};

#[test]
fn after_a_stop_the_terminal_is_taken_again() {
    let home = Home::new();
    let mut terminal = Terminal::start(&home);
    let first = terminal.first_screen();
    terminal.signal(Signal::STOP);
    terminal.wait_until_stopped();
    terminal.reset_modes();
    terminal.signal(Signal::CONT);
    terminal.wait_until("the first screen again", |screen| {
        screen.contents() == first && screen.bracketed_paste()
    });
    terminal.assert_taken();
    terminal.write("q");
    assert!(terminal.wait_until_over().success());
    terminal.assert_given_back();
}

#[test]
fn control_z_gives_the_terminal_to_the_shell_and_back() {
    let home = Home::new();
    // A shell with job control; its output shows which one has the terminal.
    let script = format!(
        "{BINARY} --journal \"$LEADBY_JOURNAL\"; echo shell-has-it; stty -a; read _; fg >/dev/null; \
         echo over"
    );
    let mut terminal = Terminal::start_with(&home, &["/bin/bash", "-mc", &script]);
    let first = terminal.first_screen();
    terminal.write("\x1a");
    terminal.wait_until_contains("shell-has-it");
    terminal.wait_until_contains(" icanon");
    terminal.assert_given_back();
    terminal.write("\n");
    terminal.wait_until("the first screen again", |screen| {
        screen.contents() == first
    });
    terminal.assert_taken();
    terminal.write("q");
    assert!(terminal.wait_until_over().success());
    terminal.assert_given_back();
}

#[test]
fn control_z_without_a_shell_does_nothing() {
    let home = Home::new();
    let mut terminal = Terminal::start(&home);
    terminal.wait_until_contains("leadby");
    terminal.write("\x1a");
    terminal.write("q");
    assert!(terminal.wait_until_over().success());
    terminal.assert_given_back();
}

#[test]
#[cfg(target_os = "linux")]
fn in_the_background_it_waits_idle() {
    let home = Home::new();
    let script = format!(
        "{BINARY} --journal \"$LEADBY_JOURNAL\"; echo \"job $(jobs -p) stopped\"; read _; bg; \
         echo behind; read _; fg >/dev/null; echo over"
    );
    let mut terminal = Terminal::start_with(&home, &["/bin/bash", "-mc", &script]);
    let first = terminal.first_screen();
    terminal.write("\x1a");
    terminal.wait_until_contains(" stopped");
    let job = terminal.contents();
    let job = job
        .split_once("job ")
        .and_then(|(_, rest)| rest.split_once(' '));
    let job = job.and_then(|(number, _)| number.parse().ok());
    let job = job.and_then(Pid::from_raw).expect("a job has a number");
    assert_idle(job);
    terminal.write("\n");
    terminal.wait_until_contains("behind");
    assert_idle(job);
    terminal.assert_given_back();
    terminal.write("\n");
    terminal.wait_until("the first screen again", |screen| {
        screen.contents() == first
    });
    terminal.write("q");
    assert!(terminal.wait_until_over().success());
    terminal.assert_given_back();
}
