//! The program in a real terminal: what is on the screen, and how the terminal is left.
//!
//! Keys go in and the screen is waited for; nothing here sleeps or reads the real clock, and
//! nothing touches the real home.
#![cfg(unix)]

#[path = "pty/editing.rs"]
mod editing;
mod terminal;

use rustix::process::Signal;

use terminal::{BINARY, Home, Terminal};

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

#[test]
fn every_size_is_drawn_and_the_first_one_again() {
    let home = Home::new();
    let mut terminal = Terminal::start(&home);
    terminal.wait_until_contains("leadby");
    let first = terminal.contents();
    for (columns, rows) in [(20, 5), (1, 1), (0, 0), (500, 200)] {
        terminal.resize(columns, rows);
    }
    terminal.resize(80, 24);
    terminal.wait_until("the first screen again", |screen| {
        screen.contents() == first
    });
    terminal.write("q");
    assert!(terminal.wait_until_over().success());
    terminal.assert_given_back();
}

#[test]
fn after_a_stop_the_terminal_is_taken_again() {
    let home = Home::new();
    let mut terminal = Terminal::start(&home);
    terminal.wait_until_contains("leadby");
    let first = terminal.contents();
    terminal.signal(Signal::STOP);
    terminal.wait_until_stopped();
    terminal.lose_modes();
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
fn control_z_gives_the_terminal_to_the_shell_and_takes_it_back() {
    let home = Home::new();
    // A shell with job control; what it writes shows whose turn it is.
    let script = format!(
        "{BINARY} --journal \"$LEADBY_JOURNAL\"; echo shell-has-it; stty -a; read _; fg >/dev/null; \
         echo over"
    );
    let mut terminal = Terminal::start_with(&home, &["/bin/bash", "-mc", &script]);
    terminal.wait_until_contains("leadby");
    let first = terminal.contents();
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
fn control_z_without_a_shell_to_come_back_to_does_nothing() {
    let home = Home::new();
    let mut terminal = Terminal::start(&home);
    terminal.wait_until_contains("leadby");
    terminal.write("\x1a");
    terminal.write("q");
    assert!(terminal.wait_until_over().success());
    terminal.assert_given_back();
}

/// Has another program of ours do this meanwhile.
#[track_caller]
fn meanwhile(home: &Home, arguments: &[&str]) {
    let output = home.command(arguments).output();
    let output = output.expect("the program starts");
    assert!(output.status.success(), "{output:?}");
}

#[test]
#[cfg(target_os = "linux")]
fn what_others_do_to_the_journal_is_on_the_screen_without_a_key() {
    let home = Home::new();
    let terminal = Terminal::start(&home);
    // The file is not there yet.
    terminal.wait_until_contains("leadby");
    meanwhile(&home, &["commit", "One owner for every release"]);
    terminal.wait_until_contains("One owner for every release");
    // Another file in its place, as a synchronising program does it; and that one goes on.
    let other = home.journal().with_extension("other");
    let path = other.to_str().expect("it is text");
    meanwhile(&home, &["--journal", path, "commit", "Inbox rules"]);
    std::fs::rename(&other, home.journal()).expect("another name");
    terminal.wait_until("the other journal", |screen| {
        let contents = screen.contents();
        contents.contains("Inbox rules") && !contents.contains("One owner")
    });
    meanwhile(&home, &["commit", "A map of the alarms"]);
    terminal.wait_until_contains("A map of the alarms");
}

#[test]
#[cfg(target_os = "linux")]
fn what_others_save_comes_under_words_half_typed() {
    let home = Home::new();
    let mut terminal = Terminal::start(&home);
    terminal.wait_until_contains("leadby");
    meanwhile(&home, &["commit", "Nobody owns the release"]);
    terminal.wait_until_contains("Nobody owns the release");
    // What is looked for stays in its field, and what it fits comes to the list.
    terminal.write("m/rele");
    terminal.wait_until_contains("/ rele");
    meanwhile(&home, &["commit", "The release notes are guessed"]);
    meanwhile(&home, &["commit", "Alarms that mean nothing"]);
    terminal.wait_until_contains("The release notes are guessed");
    assert!(!terminal.contents().contains("Alarms that mean nothing"));
    terminal.write("ase not");
    terminal.wait_until("the one it fits", |screen| {
        let contents = screen.contents();
        contents.contains("/ release not") && !contents.contains("Nobody owns the release")
    });
}

#[test]
fn what_another_program_saves_is_there_with_the_next_key() {
    let home = Home::new();
    let mut terminal = Terminal::start(&home);
    start_typing(&mut terminal);
    terminal.write("release engineer");
    terminal.wait_until_contains("release engineer");
    meanwhile(
        &home,
        &["commit", "One owner for every release", "--by", "fri"],
    );
    // What is being typed stays.
    terminal.write(" of");
    terminal.wait_until_contains("release engineer of");
    terminal.write("\x1b");
    terminal.wait_until_contains("One owner for every release");
}

#[test]
fn a_practice_file_that_cannot_be_used_is_said_on_the_first_screen() {
    let home = Home::new().with("LEADBY_PRACTICES", "/dev/null");
    let mut terminal = Terminal::start(&home);
    terminal.wait_until_contains("a practice file is not used: null");
    terminal.write("q");
    assert!(terminal.wait_until_over().success());
}

#[test]
fn the_screens_ask_in_german_when_they_are_told_to() {
    let home = Home::new().with("LANG", "de_DE.UTF-8");
    let mut terminal = Terminal::start(&home);
    terminal.wait_until_contains("Wie könnte der Raum");
    terminal.write("q");
    assert!(terminal.wait_until_over().success());
}

#[test]
fn a_journal_put_in_the_place_of_the_open_one_is_taken_in() {
    let home = Home::new();
    let mut terminal = Terminal::start(&home);
    start_typing(&mut terminal);
    terminal.write("release engineer");
    terminal.wait_until_contains("release engineer");
    // As a synchronising program does it: another file, and then the name.
    let other = home.journal().with_extension("other");
    let path = other.to_str().expect("it is text");
    meanwhile(
        &home,
        &["--journal", path, "commit", "One owner for every release"],
    );
    std::fs::rename(&other, home.journal()).expect("another name");
    terminal.write(" of");
    terminal.wait_until_contains("release engineer of");
    terminal.write("\x1b");
    terminal.wait_until_contains("One owner for every release");
}

#[test]
fn without_a_terminal_it_says_what_works_and_ends_with_2() {
    let home = Home::new();
    let output = home.command(&[]).output().expect("the program starts");
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    assert!(output.stdout.is_empty(), "{output:?}");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("leadby status"), "{said}");
}

#[test]
fn on_a_dumb_terminal_it_says_what_works_and_ends_with_2() {
    let home = Home::new().with("TERM", "dumb");
    let mut terminal = Terminal::start(&home);
    let status = terminal.wait_until_over();
    assert_eq!(status.exit_code(), 2, "{status}");
    terminal.wait_until_contains("leadby status");
    terminal.assert_given_back();
}

/// On a fresh journal, Enter on Home opens the ground, whose first field is the role.
fn start_typing(terminal: &mut Terminal) {
    terminal.wait_until_contains("leadby");
    terminal.write("\r");
    terminal.wait_until_contains("Role");
}

#[test]
fn words_being_typed_survive_kill_9() {
    let home = Home::new();
    let mut terminal = Terminal::start(&home);
    start_typing(&mut terminal);
    terminal.write("release engineer");
    terminal.wait_until_contains("release engineer");
    home.wait_until_the_draft_contains("release engineer");
    terminal.signal(Signal::KILL);
    terminal.wait_until_over();
    let terminal = Terminal::start(&home);
    terminal.wait_until_contains("release engineer");
}

#[test]
fn words_being_typed_survive_sigterm() {
    let home = Home::new();
    let mut terminal = Terminal::start(&home);
    start_typing(&mut terminal);
    terminal.write("release engineer");
    terminal.wait_until_contains("release engineer");
    // Before the time of the draft has come: the signal itself puts it down.
    terminal.signal(Signal::TERM);
    let status = terminal.wait_until_over();
    assert_eq!(status.signal(), Some("Terminated"), "{status}");
    terminal.assert_given_back();
    let terminal = Terminal::start(&home);
    terminal.wait_until_contains("release engineer");
}

#[test]
fn words_that_a_signal_leaves_no_place_for_are_spoken_of() {
    let home = Home::new();
    let mut terminal = Terminal::start(&home);
    start_typing(&mut terminal);
    let mut draft = home.journal().into_os_string();
    draft.push(".draft");
    std::fs::create_dir(draft).expect("a folder");
    terminal.write("release engineer");
    terminal.wait_until_contains("release engineer");
    terminal.signal(Signal::TERM);
    let status = terminal.wait_until_over();
    assert_eq!(status.signal(), Some("Terminated"), "{status}");
    terminal.wait_until_contains("the draft");
    terminal.wait_until_contains("it is a folder");
    terminal.assert_given_back();
}

#[test]
fn words_being_typed_survive_a_hang_up() {
    let home = Home::new();
    let mut terminal = Terminal::start(&home);
    start_typing(&mut terminal);
    terminal.write("release engineer");
    terminal.wait_until_contains("release engineer");
    terminal.hang_up();
    terminal.wait_until_over();
    let terminal = Terminal::start(&home);
    terminal.wait_until_contains("release engineer");
}

#[test]
fn two_programs_on_one_journal_keep_what_is_typed_in_each() {
    let home = Home::new();
    let mut one = Terminal::start(&home);
    start_typing(&mut one);
    one.write("release engineer");
    home.wait_until_the_draft_contains("release engineer");
    // The second one is not offered what is being typed in the first one.
    let mut other = Terminal::start(&home);
    start_typing(&mut other);
    assert!(!other.contents().contains("release engineer"));
    other.write("team lead");
    other.wait_until_contains("team lead");
    other.signal(Signal::TERM);
    other.wait_until_over();
    one.signal(Signal::KILL);
    one.wait_until_over();
    // Both were put down at the same moment of a clock that stands still; then the first place is
    // offered first.
    let mut first = Terminal::start(&home);
    first.wait_until_contains("release engineer");
    let mut second = Terminal::start(&home);
    second.wait_until_contains("team lead");
    for terminal in [&mut first, &mut second] {
        terminal.signal(Signal::TERM);
        terminal.wait_until_over();
    }
}
