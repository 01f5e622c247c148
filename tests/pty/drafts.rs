//! Words being typed, whatever becomes of the program.

use rustix::process::Signal;

use super::start_typing;
use super::terminal::{Home, Terminal};

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
