//! Other programs change the journal while the screens are open.

use super::start_typing;
use super::terminal::{Home, Terminal};

/// Runs another leadby command.
#[track_caller]
fn meanwhile(home: &Home, arguments: &[&str]) {
    let output = home.command(arguments).output();
    let output = output.expect("the program starts");
    assert!(output.status.success(), "{output:?}");
}

#[test]
#[cfg(target_os = "linux")]
fn changes_by_others_appear_without_a_key() {
    let home = Home::new();
    let terminal = Terminal::start(&home);
    // The file does not exist yet.
    terminal.wait_until_contains("leadby");
    meanwhile(&home, &["commit", "One owner for every release"]);
    terminal.wait_until_contains("One owner for every release");
    // The file is replaced, as sync tools do, and the new one continues.
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
fn saves_by_others_appear_below_text_being_typed() {
    let home = Home::new();
    let mut terminal = Terminal::start(&home);
    terminal.wait_until_contains("leadby");
    meanwhile(&home, &["commit", "Nobody owns the release"]);
    terminal.wait_until_contains("Nobody owns the release");
    // The search text stays, and a new match appears in the list.
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
fn the_next_key_shows_what_another_program_saved() {
    let home = Home::new();
    let mut terminal = Terminal::start(&home);
    start_typing(&mut terminal);
    terminal.write("release engineer");
    terminal.wait_until_contains("release engineer");
    meanwhile(
        &home,
        &["commit", "One owner for every release", "--by", "fri"],
    );
    // The text being typed stays.
    terminal.write(" of");
    terminal.wait_until_contains("release engineer of");
    terminal.write("\x1b");
    terminal.wait_until_contains("One owner for every release");
}

#[test]
fn a_journal_that_replaces_the_open_one_is_read() {
    let home = Home::new();
    let mut terminal = Terminal::start(&home);
    start_typing(&mut terminal);
    terminal.write("release engineer");
    terminal.wait_until_contains("release engineer");
    // As sync tools do it: a new file, then a rename.
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
#[cfg(target_os = "linux")]
fn a_note_in_the_inbox_file_appears_without_a_key() {
    let home = Home::new();
    meanwhile(&home, &["commit", "One owner for every release"]);
    let terminal = Terminal::start(&home);
    terminal.wait_until_contains("One owner for every release");
    let inbox = home.journal().with_file_name("inbox.txt");
    let append = |text: &str| {
        let file = std::fs::File::options()
            .create(true)
            .append(true)
            .open(&inbox);
        let mut file = file.expect("the inbox");
        std::io::Write::write_all(&mut file, text.as_bytes()).expect("a note");
    };
    append("call Ana\n");
    terminal.wait_until_contains("1 note waits in the inbox");
    append("call Be");
    append("n\ncall ");
    terminal.wait_until_contains("2 notes wait in the inbox");
    // A sync tool puts another file in its place.
    let other = inbox.with_extension("new");
    let mut file = std::fs::File::create(&other).expect("a file");
    std::io::Write::write_all(&mut file, b"call Ana\ncall Ben\ncall Eve\n").expect("a note");
    std::fs::rename(&other, &inbox).expect("another name");
    terminal.wait_until_contains("3 notes wait in the inbox");
}
