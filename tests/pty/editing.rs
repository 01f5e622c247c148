//! Texts written in the user's editor: the result is saved, and no text is lost if it cannot be.

use std::fs;
use std::io::Write;

use super::terminal::{BINARY, Home, Terminal};

fn committed(editor: &'static str) -> Home {
    let home = Home::new().with("EDITOR", editor);
    meanwhile(
        &home,
        &["commit", "One owner for every step", "--area", "process"],
    );
    home
}

fn meanwhile(home: &Home, call: &[&str]) -> String {
    let output = home.command(call).output().expect("the program starts");
    String::from_utf8(output.stdout).expect("it is text")
}

/// Runs the program in a terminal until it shows `said` and ends with `code`.
#[track_caller]
fn check(home: &Home, call: &[&str], said: &str, code: u32) {
    let mut terminal = Terminal::start_with(home, &[&[BINARY], call].concat());
    terminal.wait_until_contains(said);
    let status = terminal.wait_until_over();
    assert_eq!(status.exit_code(), code, "{}", terminal.contents());
}

/// The only commitment, as JSON, by its shortest id.
fn commitment(home: &Home) -> String {
    meanwhile(home, &["list", "commitments", "--json"])
}

fn id(home: &Home) -> String {
    let listed = meanwhile(home, &["list", "commitments", "--plain"]);
    listed.split('\t').next().expect("an id").to_owned()
}

/// The files in the folder for temporary files.
fn kept(home: &Home) -> Vec<String> {
    let mut kept = Vec::new();
    for folder in fs::read_dir(home.temporary()).expect("a folder") {
        let files = fs::read_dir(folder.expect("it").path()).expect("a folder");
        kept.extend(
            files.map(|file| fs::read_to_string(file.expect("it").path()).expect("it is text")),
        );
    }
    kept
}

#[test]
fn an_editor_that_is_closed_with_nothing_written_leaves_nothing_unsaved() {
    let home = committed("true");
    for call in [&["note"][..], &["add", "problem"], &["edit", &id(&home)]] {
        let mut terminal = Terminal::start_with(&home, &[&[BINARY], call].concat());
        terminal.wait_until_contains("with nothing written");
        terminal.wait_until_over();
    }
    let terminal = Terminal::start(&home);
    terminal.wait_until_contains("One owner for every step");
    let shown = terminal.contents();
    assert!(!shown.contains("unsaved text"), "{shown}");
    let checked = meanwhile(&home, &["doctor"]);
    assert!(!checked.contains(".txt"), "{checked}");
}

#[test]
fn a_text_changed_in_the_editor_is_saved() {
    // With arguments and quotes, as in real settings.
    let home = committed("sed -i -e 's/every step/all steps/'");
    check(
        &home,
        &["edit", &id(&home)],
        "Changed: One owner for all steps",
        0,
    );
    let listed = commitment(&home);
    assert!(
        listed.contains("\"rev\":2") && listed.contains("\"area\":\"process\""),
        "{listed}"
    );
    // There is nothing left to change.
    check(&home, &["edit", &id(&home)], "Nothing changed", 0);
    assert!(commitment(&home).contains("\"rev\":2"));
    assert_eq!(kept(&home), Vec::<String>::new());
}

#[test]
fn what_was_saved_meanwhile_stays_beside_what_was_written() {
    let home = Home::new();
    meanwhile(&home, &["answer", "audit/influence", "first"]);
    let script = home.path().join("editor");
    let text = format!(
        "#!/bin/sh\n'{BINARY}' answer audit/influence elsewhere >/dev/null\nprintf mine > \"$1\"\n"
    );
    let file = fs::File::create(&script);
    file.and_then(|mut file| file.write_all(text.as_bytes()))
        .expect("a script");
    let mut mode = fs::metadata(&script).expect("it").permissions();
    std::os::unix::fs::PermissionsExt::set_mode(&mut mode, 0o755);
    fs::set_permissions(&script, mode).expect("a mode");
    let home = home.with("EDITOR", script.to_str().expect("a name").to_owned().leak());
    check(
        &home,
        &["answer", "audit/influence"],
        "saved beside what another program wrote meanwhile",
        0,
    );
    let settled = meanwhile(&home, &["settle"]);
    assert!(
        settled.contains("mine") && settled.contains("elsewhere"),
        "{settled}"
    );
}

#[test]
fn an_emptied_text_changes_nothing() {
    let home = committed("cp /dev/null");
    check(
        &home,
        &["edit", &id(&home)],
        "the text is empty, so nothing was changed",
        2,
    );
    assert!(commitment(&home).contains("\"rev\":1"));
}

#[test]
fn text_that_cannot_be_saved_is_kept_in_a_file() {
    let home = committed("sed -i s/2026-11-27/fryday/");
    check(&home, &["edit", &id(&home)], "what you wrote is kept in", 2);
    assert!(kept(&home)[0].contains("fryday"), "{:?}", kept(&home));

    // The journal disappears meanwhile.
    let home = committed("rm \"$LEADBY_JOURNAL\"; mkdir \"$LEADBY_JOURNAL\"; sed -i s/step/stair/");
    check(&home, &["edit", &id(&home)], "what you wrote is kept in", 3);
    assert!(kept(&home)[0].contains("stair"), "{:?}", kept(&home));
}

#[test]
fn an_editor_that_fails_saves_nothing_and_loses_nothing() {
    let home = committed("false");
    check(&home, &["edit", &id(&home)], "(false) failed", 2);
    assert_eq!(kept(&home), Vec::<String>::new());
    let home = committed("nowhere/editor");
    check(
        &home,
        &["edit", &id(&home)],
        "VISUAL or EDITOR sets another one",
        2,
    );
    let home = committed("f() { echo words > \"$1\"; false; }; f");
    check(&home, &["edit", &id(&home)], "what you wrote is kept in", 2);
    assert_eq!(kept(&home), ["words\n"]);
    assert!(commitment(&home).contains("\"rev\":1"));
}

#[test]
fn a_key_that_interrupts_the_editor_does_not_end_the_program_under_it() {
    let home =
        committed("f() { trap : INT; echo ready; read line; sed -i s/step/stair/ \"$1\"; }; f");
    let mut terminal = Terminal::start_with(&home, &[BINARY, "edit", &id(&home)]);
    terminal.wait_until_contains("ready");
    terminal.write("\x03");
    terminal.wait_until_contains("^C");
    terminal.write("\n");
    terminal.wait_until_contains("Changed: One owner for every stair");
    assert!(terminal.wait_until_over().success());
}

#[test]
fn a_missing_text_opens_the_editor() {
    let home = Home::new().with("VISUAL", "f() { printf 'two\\nlines\\n\\n' > \"$1\"; }; f");
    let home = home.with("EDITOR", "false");
    check(&home, &["commit"], "Committed: two lines", 0);
    assert!(commitment(&home).contains("\"better\":\"two\\nlines\""));
    check(
        &home,
        &["check-in", "--kept", "--note"],
        "Kept: two lines",
        0,
    );
    assert!(commitment(&home).contains("\"evidence\":\"two\\nlines\""));

    let home = Home::new().with("EDITOR", "cp /dev/null");
    check(
        &home,
        &["commit"],
        "the commitment is empty, so nothing was saved",
        2,
    );
}

#[test]
fn an_editor_that_does_not_wait_gets_a_hint_and_its_file_stays() {
    // An editor with its own window: it leaves a child process, which writes later.
    let home = Home::new().with("EDITOR", "true");
    let mut terminal = Terminal::start_with(&home, &[BINARY, "commit"]);
    terminal.wait_until_contains("closed at once with nothing written");
    terminal.wait_until_contains("EDITOR=\"code --wait\"");
    terminal.wait_until_contains("the commitment is empty, so nothing was saved");
    assert_eq!(terminal.wait_until_over().exit_code(), 2);
    assert_eq!(kept(&home), [""]);
    // An editor that wrote the file, even empty, did run.
    let home = Home::new().with("EDITOR", "cp /dev/null");
    check(&home, &["commit"], "the commitment is empty", 2);
    assert_eq!(kept(&home), [""; 0]);
}

#[test]
fn a_blank_editor_setting_is_ignored() {
    let home = Home::new().with("VISUAL", "   ");
    let home = home.with("EDITOR", "printf 'two lines' >");
    check(&home, &["commit"], "Committed: two lines", 0);
}

#[test]
fn a_new_item_is_written_in_the_editor_field_by_field() {
    let home = Home::new().with(
        "EDITOR",
        "sed -i -e '/^.title/a Nobody knows who may restart the build' -e '/^.wrong/a Two hours lost'",
    );
    check(
        &home,
        &["add", "problem"],
        "Added problem: Nobody knows who may",
        0,
    );
    let listed = meanwhile(&home, &["list", "problems", "--json"]);
    assert!(listed.contains("\"wrong\":\"Two hours lost\""), "{listed}");
    let home = Home::new().with("EDITOR", "true");
    check(&home, &["add", "problem"], "nothing was added", 2);
}

/// On the first field of a new journal, with text in it, after the key that opens the editor.
fn field_in_editor(editor: &'static str) -> (Home, Terminal) {
    let home = Home::new().with("EDITOR", editor);
    let mut terminal = Terminal::start(&home);
    super::start_typing(&mut terminal);
    terminal.write("release engineer");
    terminal.wait_until_contains("release engineer");
    terminal.write("\x1b[24~");
    (home, terminal)
}

#[test]
fn a_field_is_edited_in_the_editor_and_the_screen_comes_back() {
    let (_home, mut terminal) = field_in_editor("sed -i 's/engineer/manager/'");
    terminal.wait_until_contains("release manager");
    // Typing goes on in the same field, and undoing it brings the old text back.
    terminal.write("!");
    terminal.wait_until_contains("release manager!");
}

#[test]
fn an_editor_that_writes_nothing_useful_changes_no_field() {
    for (editor, said) in [
        ("sleep 2.1; true", "Nothing was changed."),
        ("true", "closed at once"),
        ("false", "the editor (false) failed"),
        ("cp /dev/null", "The editor left no text"),
        ("nowhere/editor", "failed"),
        ("rm", "cannot be read: the file was removed"),
        (
            "f() { rm \"$1\"; mkdir \"$1\"; }; f",
            "cannot be read: it is a folder",
        ),
        (
            "printf '\\377\\376' >",
            "cannot be read: it is not UTF-8 text",
        ),
    ] {
        let (_home, terminal) = field_in_editor(editor);
        terminal.wait_until_contains(said);
        terminal.wait_until_contains("release engineer");
    }
    let (home, terminal) = field_in_editor("printf '\\377\\376' >");
    terminal.wait_until_contains("cannot be read");
    terminal.wait_until_contains("release engineer");
    let folders = fs::read_dir(home.temporary()).expect("a folder");
    let files = folders.flat_map(|it| fs::read_dir(it.expect("it").path()).expect("a folder"));
    let kept: Vec<Vec<u8>> = files
        .map(|file| fs::read(file.expect("it").path()).expect("a file"))
        .collect();
    assert!(kept.contains(&vec![0xff, 0xfe]), "{kept:?}");
}

#[test]
fn a_key_that_interrupts_the_editor_does_not_end_the_screens() {
    // An interrupted `read` gives up in some shells; without the loop the line might reach the form.
    let (_home, mut terminal) = field_in_editor(
        "f() { trap : INT; echo ready; until read line; do :; done; \
         sed -i s/engineer/lead/ \"$1\"; }; f",
    );
    terminal.wait_until_contains("ready");
    terminal.write("\x03");
    terminal.wait_until_contains("^C");
    terminal.write("\n");
    terminal.wait_until_contains("release lead");
    terminal.write("!");
    terminal.wait_until_contains("release lead!");
}
