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

/// Writes a commitment, opens the screens and types; returns the bytes of the journal.
#[cfg(target_os = "linux")]
fn typing_beside_one_line(home: &Home) -> (Terminal, Vec<u8>) {
    meanwhile(home, &["commit", "One owner for every release"]);
    let bytes = std::fs::read(home.journal()).expect("a journal");
    let mut terminal = Terminal::start(home);
    terminal.wait_until_contains("One owner for every release");
    terminal.write("nA map of the al");
    terminal.wait_until_contains("A map of the al");
    (terminal, bytes)
}

#[test]
#[cfg(target_os = "linux")]
fn a_journal_that_is_taken_away_is_reported_at_once_and_can_be_restored() {
    /// The folder of the journal, which is not the whole home.
    fn folder(home: &Home) -> std::path::PathBuf {
        let journal = home.journal();
        journal.parent().expect("a folder").to_owned()
    }
    type Attack = fn(&Home);
    let attacks: [(&str, Attack); 4] = [
        ("deleted", |home| {
            std::fs::remove_file(home.journal()).expect("the file");
        }),
        ("its folder deleted", |home| {
            std::fs::remove_dir_all(folder(home)).expect("the folder");
        }),
        ("its folder moved", |home| {
            let elsewhere = home.path().join("elsewhere");
            std::fs::rename(folder(home), elsewhere).expect("another name");
        }),
        ("replaced by a link to nothing", |home| {
            std::fs::remove_file(home.journal()).expect("the file");
            let target = home.path().join("no such file");
            std::os::unix::fs::symlink(target, home.journal()).expect("a link");
        }),
    ];
    for (name, attack) in attacks {
        let home = Home::new();
        let (mut terminal, bytes) = typing_beside_one_line(&home);
        attack(&home);
        // Without a key.
        terminal.wait_until_contains("the journal is gone · F9 restores its line");
        terminal.write("arms\x1b[20~");
        terminal.wait_until_contains("1 line is back in the journal");
        terminal.wait_until_contains("A map of the alarms");
        assert_eq!(std::fs::read(home.journal()).ok(), Some(bytes), "{name}");
        // What is typed can be saved.
        terminal.write("\x13");
        terminal.wait_until_contains("2 open");
        terminal.write("q");
        assert!(terminal.wait_until_over().success(), "{name}");
        let journal = std::fs::read_to_string(home.journal()).expect("a journal");
        assert_eq!(journal.lines().count(), 2, "{name}");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_journal_that_comes_back_is_as_it_was() {
    let home = Home::new();
    let (mut terminal, bytes) = typing_beside_one_line(&home);
    let elsewhere = home.path().join("elsewhere");
    std::fs::rename(home.journal(), &elsewhere).expect("another name");
    terminal.wait_until_contains("the journal is gone");
    std::fs::rename(&elsewhere, home.journal()).expect("the old name");
    terminal.wait_until_contains("The journal is back.");
    terminal.write("arms\x13");
    terminal.wait_until_contains("2 open");
    let journal = std::fs::read(home.journal()).expect("a journal");
    assert!(journal.starts_with(&bytes));
    // The moment between two names of a file that is replaced is no reason to speak.
    std::fs::rename(home.journal(), &elsewhere).expect("another name");
    std::fs::rename(&elsewhere, home.journal()).expect("the old name");
    meanwhile(&home, &["commit", "Inbox rules"]);
    terminal.wait_until_contains("Inbox rules");
    assert!(!terminal.contents().contains("gone"));
}

#[test]
#[cfg(target_os = "linux")]
fn leaving_asks_once_before_the_lines_of_a_journal_that_is_gone_are_lost() {
    let home = Home::new();
    meanwhile(&home, &["commit", "One owner for every release"]);
    let bytes = std::fs::read(home.journal()).expect("a journal");
    let mut terminal = Terminal::start(&home);
    terminal.wait_until_contains("One owner for every release");
    std::fs::remove_file(home.journal()).expect("the file");
    terminal.wait_until_contains("the journal is gone · F9");
    terminal.write("q");
    terminal.wait_until_contains("leave again to discard them");
    terminal.write("\x1b[20~");
    terminal.wait_until_contains("1 line is back in the journal");
    assert_eq!(std::fs::read(home.journal()).ok(), Some(bytes));
    std::fs::remove_file(home.journal()).expect("the file");
    terminal.wait_until_contains("the journal is gone · F9");
    terminal.write("q");
    terminal.wait_until_contains("leave again to discard them");
    terminal.write("q");
    assert!(terminal.wait_until_over().success());
    assert!(!home.journal().exists());
}

#[test]
#[cfg(target_os = "linux")]
fn leaving_asks_once_before_the_lines_of_an_emptied_journal_are_lost() {
    let home = Home::new();
    meanwhile(&home, &["commit", "One owner for every release"]);
    let mut terminal = Terminal::start(&home);
    terminal.wait_until_contains("One owner for every release");
    std::fs::File::create(home.journal()).expect("an empty file");
    terminal.wait_until_contains("F9 restores");
    terminal.write("q");
    terminal.wait_until_contains("leave again to discard them");
    terminal.write("\x1b[20~");
    terminal.wait_until_contains("1 line is back in the journal");
    terminal.write("q");
    assert!(terminal.wait_until_over().success());
}

#[test]
#[cfg(target_os = "linux")]
fn a_folder_in_place_of_the_journal_is_reported_at_once() {
    let home = Home::new();
    let (mut terminal, bytes) = typing_beside_one_line(&home);
    std::fs::remove_file(home.journal()).expect("the file");
    std::fs::create_dir(home.journal()).expect("a folder");
    terminal.wait_until_contains("it is a folder");
    terminal.write("\x03");
    terminal.wait_until_contains("leave again to discard them");
    // Once that is away, the lines can be restored.
    std::fs::remove_dir(home.journal()).expect("the folder");
    terminal.wait_until_contains("F9 restores its line");
    terminal.write("\x1b[20~");
    terminal.wait_until_contains("1 line is back in the journal");
    assert_eq!(std::fs::read(home.journal()).ok(), Some(bytes));
}

#[test]
#[cfg(target_os = "linux")]
fn permissions_that_are_taken_away_are_reported_at_once() {
    use std::os::unix::fs::PermissionsExt;

    if rustix::process::geteuid().is_root() {
        println!("For root nothing is forbidden, so it is not tested.");
        return;
    }
    let home = Home::new();
    let (terminal, bytes) = typing_beside_one_line(&home);
    let mode = std::fs::Permissions::from_mode;
    std::fs::set_permissions(home.journal(), mode(0)).expect("a mode");
    terminal.wait_until_contains("permission denied");
    std::fs::set_permissions(home.journal(), mode(0o600)).expect("a mode");
    assert_eq!(std::fs::read(home.journal()).ok(), Some(bytes));
}

#[test]
#[cfg(target_os = "linux")]
fn a_command_for_evidence_cannot_write_onto_the_screen() {
    let home = Home::new();
    let folder = home.path().join("config/leadby");
    std::fs::create_dir_all(&folder).expect("a folder");
    let script = "printf PASSPHRASE > /dev/tty; echo never";
    let config = format!("[[evidence]]\nname = \"vpn\"\nshell = \"{script}\"\ntimeout = 1\n");
    let mut file = std::fs::File::create(folder.join("config.toml")).expect("a file");
    std::io::Write::write_all(&mut file, config.as_bytes()).expect("there is room");
    let mut terminal = Terminal::start(&home);
    terminal.wait_until_contains("leadby");
    start_typing(&mut terminal);
    terminal.write("\u{1b}e");
    terminal.wait_until_contains("took longer");
    assert!(!terminal.contents().contains("PASSPHRASE"));
    assert_eq!(terminal.times_written("PASSPHRASE"), 0);
}
