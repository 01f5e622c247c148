//! The first screen, and starting without a usable terminal.

use super::start_typing;
use super::terminal::{BINARY, Home, Terminal};

#[test]
fn a_bad_practice_file_is_named_on_the_first_screen() {
    let home = Home::new().with("LEADBY_PRACTICES", "/dev/null");
    let mut terminal = Terminal::start(&home);
    terminal.wait_until_contains("a practice file is not used: leadby practices check says why");
    terminal.wait_until_contains("null");
    terminal.write("q");
    assert!(terminal.wait_until_over().success());
}

#[test]
fn a_copy_left_by_a_sync_tool_is_named_on_the_first_screen() {
    let home = Home::new();
    let copy = home
        .journal()
        .with_file_name("journal.sync-conflict-20261124-091502-ABCDEF7.jsonl");
    let copy = copy.to_str().expect("it is text");
    let made = home.command(&["--journal", copy, "commit", "From the other machine"]);
    assert!(
        { made }
            .output()
            .expect("the program starts")
            .status
            .success()
    );
    let mut terminal = Terminal::start(&home);
    terminal.wait_until_contains(
        "a copy beside the journal has more: leadby doctor says how to merge it",
    );
    terminal.write("q");
    assert!(terminal.wait_until_over().success());
}

#[test]
fn without_a_terminal_it_gives_a_hint_and_exits_with_2() {
    let home = Home::new();
    let output = home.command(&[]).output().expect("the program starts");
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    assert!(output.stdout.is_empty(), "{output:?}");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("leadby status"), "{said}");
}

#[test]
fn a_limit_on_open_files_is_reported() {
    let home = Home::new();
    let script = |limit: usize| format!("ulimit -n {limit}; exec {BINARY}");
    let mut terminal = Terminal::start_with(&home, &["/bin/sh", "-c", &script(9)]);
    terminal.wait_until_contains("`ulimit -n 64` is enough");
    assert_eq!(terminal.wait_until_over().exit_code(), 5);
    terminal.assert_given_back();
    let mut terminal = Terminal::start_with(&home, &["/bin/sh", "-c", &script(20)]);
    terminal.wait_until_contains("Lead what is already");
    terminal.write("q");
    assert!(terminal.wait_until_over().success());
}

#[test]
fn on_a_dumb_terminal_it_gives_a_hint_and_exits_with_2() {
    let home = Home::new().with("TERM", "dumb");
    let mut terminal = Terminal::start(&home);
    let status = terminal.wait_until_over();
    assert_eq!(status.exit_code(), 2, "{status}");
    terminal.wait_until_contains(" status`");
    terminal.assert_given_back();
}

#[test]
fn replies_of_the_terminal_are_not_typed_and_alt_with_an_arrow_is_not_escape() {
    let home = Home::new();
    let mut terminal = Terminal::start(&home);
    start_typing(&mut terminal);
    terminal.write("team lead");
    terminal.wait_until_contains("team lead");
    // Late answers to queries from an earlier program.
    terminal.write("\x1b]11;rgb:1e1e/1e1e/2e2e\x07");
    terminal.write("\x1bP>|XTerm(370)\x1b\\");
    terminal.write("s");
    terminal.wait_until_contains("team leads");
    // As the macOS Terminal sends it, and as others do.
    terminal.write("\x1b\x1b[DX");
    terminal.wait_until_contains("team Xleads");
    terminal.write("\x1b[1;3DY");
    terminal.wait_until_contains("team YXleads");
    terminal.signal(rustix::process::Signal::TERM);
    terminal.wait_until_over();
}
