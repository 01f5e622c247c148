//! Text being typed, however the program ends.

use rustix::process::Signal;

use super::start_typing;
use super::terminal::{BINARY, Home, Terminal};

#[test]
fn text_being_typed_survives_kill_9() {
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
fn lines_typed_without_the_screens_survive_a_signal() {
    for signal in [Signal::KILL, Signal::TERM, Signal::INT, Signal::HUP] {
        let home = Home::new();
        let walk = [BINARY, "walk", "--plain", "audit"];
        let mut terminal = Terminal::start_with(&home, &walk);
        terminal.wait_until_contains("> ");
        terminal.write("release engineer\rof two teams\r");
        terminal.wait_until("three prompts", |screen| {
            screen.contents().matches("> ").count() == 3
        });
        terminal.signal(signal);
        terminal.wait_until_over();
        let terminal = Terminal::start(&home);
        terminal.wait_until_contains("unsaved text is kept");
        let folder = std::fs::read_dir(home.temporary())
            .expect("a folder")
            .next();
        let path = folder
            .expect("a folder")
            .expect("it")
            .path()
            .join("answer.txt");
        let kept = std::fs::read_to_string(path).expect("the lines");
        assert_eq!(kept, "release engineer\nof two teams\n", "{signal:?}");
    }
}

#[test]
fn text_being_typed_survives_sigterm() {
    let home = Home::new();
    let mut terminal = Terminal::start(&home);
    start_typing(&mut terminal);
    terminal.write("release engineer");
    terminal.wait_until_contains("release engineer");
    // Before the draft is due: the signal itself saves it.
    terminal.signal(Signal::TERM);
    let status = terminal.wait_until_over();
    assert_eq!(status.signal(), Some("Terminated"), "{status}");
    terminal.assert_given_back();
    let terminal = Terminal::start(&home);
    terminal.wait_until_contains("release engineer");
}

#[test]
fn text_that_a_signal_cannot_save_is_printed() {
    let home = Home::new().with("TMPDIR", "/proc");
    let mut terminal = typed_without_a_place(&home);
    terminal.signal(Signal::TERM);
    let status = terminal.wait_until_over();
    assert_eq!(status.signal(), Some("Terminated"), "{status}");
    terminal.wait_until_contains("the draft");
    terminal.wait_until_contains("it is a folder");
    // Only the text itself can be kept.
    terminal.wait_until_contains("here is what you typed:");
    terminal.wait_until_contains("release engineer");
    terminal.assert_given_back();
}

/// A terminal with typed text, on a journal beside which no draft can be saved.
#[track_caller]
fn typed_without_a_place(home: &Home) -> Terminal {
    let mut terminal = Terminal::start(home);
    start_typing(&mut terminal);
    let mut draft = home.journal().into_os_string();
    draft.push(".draft");
    std::fs::create_dir(draft).expect("a folder");
    terminal.write("release engineer");
    terminal.wait_until_contains("release engineer");
    terminal
}

/// Types where no draft can be saved, ends the program, and checks that the text is offered again.
#[track_caller]
fn check_offered(end: impl FnOnce(&mut Terminal)) {
    let home = Home::new();
    let mut terminal = typed_without_a_place(&home);
    end(&mut terminal);
    terminal.wait_until_over();
    let terminal = Terminal::start(&home);
    terminal.wait_until_contains("release engineer");
}

#[test]
fn text_without_room_beside_the_journal_survives_every_end() {
    check_offered(|terminal| terminal.signal(Signal::TERM));
    check_offered(Terminal::hang_up);
    check_offered(|terminal| {
        terminal.wait_until_contains("kept in the temporary folder");
        terminal.signal(Signal::KILL);
    });
}

#[test]
fn a_limit_on_the_size_of_files_leaves_the_terminal_as_it_was() {
    let home = Home::new();
    let journal = home.journal().display().to_string();
    let script = format!("ulimit -f 0; exec {BINARY} --journal {journal}");
    let mut terminal = Terminal::start_with(&home, &["/bin/sh", "-c", &script]);
    start_typing(&mut terminal);
    terminal.write("release engineer");
    terminal.wait_until_contains("draft not kept: file size limit");
    // The first key shows that the text will be lost; the second one quits anyway.
    terminal.write("\x03");
    terminal.wait_until_contains("neither saved nor kept");
    terminal.write("\x03");
    let status = terminal.wait_until_over();
    assert_eq!(status.exit_code(), 3, "{status}");
    terminal.assert_given_back();
    terminal.wait_until_contains("here is what you typed:");
    terminal.wait_until_contains("release engineer");
}

#[test]
fn text_being_typed_survives_a_hang_up() {
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
    // The second program is not offered what is being typed in the first.
    let mut other = Terminal::start(&home);
    start_typing(&mut other);
    assert!(!other.contents().contains("release engineer"));
    other.write("team lead");
    other.wait_until_contains("team lead");
    other.signal(Signal::TERM);
    other.wait_until_over();
    one.signal(Signal::KILL);
    one.wait_until_over();
    // Both drafts have the same time, as the clock is fixed; then the first path is offered first.
    let mut first = Terminal::start(&home);
    first.wait_until_contains("release engineer");
    let mut second = Terminal::start(&home);
    second.wait_until_contains("team lead");
    for terminal in [&mut first, &mut second] {
        terminal.signal(Signal::TERM);
        terminal.wait_until_over();
    }
}
