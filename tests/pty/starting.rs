//! The first screen, and where there can be none.

use super::terminal::{Home, Terminal};

#[test]
fn a_practice_file_that_cannot_be_used_is_said_on_the_first_screen() {
    let home = Home::new().with("LEADBY_PRACTICES", "/dev/null");
    let mut terminal = Terminal::start(&home);
    terminal.wait_until_contains("a practice file is not used: null");
    terminal.write("q");
    assert!(terminal.wait_until_over().success());
}

#[test]
fn a_copy_that_a_synchronising_program_left_is_said_on_the_first_screen() {
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
    terminal.wait_until_contains("a copy beside the journal holds words that are not in it");
    terminal.write("q");
    assert!(terminal.wait_until_over().success());
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
