//! The terminal is asked for its colours and never waited for; its answers are never typed.

use std::sync::mpsc;
use std::time::Duration;

use vt100::Color;

use super::start_typing;
use super::terminal::{BINARY, Home, Terminal};

const LIGHT: [&str; 3] = [
    "\x1b]10;rgb:1c1c/1c1c/2020\x1b\\",
    "\x1b]11;rgb:fafa/fafa/f8f8\x1b\\",
    "\x1b[?62;22c",
];

const DARK: &str = "\x1b]10;rgb:e6e6/e6e6/eaea\x07\x1b]11;rgb:1212/1212/1818\x07\x1b[?6c";

/// What a terminal is asked, and how it reports that its colours changed.
const QUESTION: &str = "\x1b]11;?";
const REPORT: &str = "\x1b[?997;1n";

/// A label on a light ground, and on the dark one that is assumed first.
const ON_LIGHT: Color = Color::Rgb(0x51, 0x51, 0x54);
const ON_DARK: Color = Color::Rgb(0xb3, 0xb3, 0xb8);

fn home() -> Home {
    Home::new().with("COLORTERM", "truecolor")
}

/// A pause of the line, as on a slow connection.
fn pause(milliseconds: u64) {
    let (_never, tick) = mpsc::channel::<()>();
    let _ = tick.recv_timeout(Duration::from_millis(milliseconds));
}

#[track_caller]
fn wait_for_label(terminal: &Terminal, color: Color) {
    terminal.wait_until("a label in its colour", |screen| {
        let (rows, columns) = screen.size();
        (0..rows.get()).any(|row| {
            (0..columns.get()).any(|column| {
                screen
                    .cell(row, column)
                    .is_some_and(|cell| cell.has_contents() && cell.fgcolor() == color)
            })
        })
    });
}

#[test]
fn the_screen_is_drawn_before_the_answer_and_once_more_after_it() {
    let home = home();
    let mut terminal = Terminal::start(&home);
    wait_for_label(&terminal, ON_DARK);
    terminal.write(&LIGHT.concat());
    wait_for_label(&terminal, ON_LIGHT);
    terminal.write("q");
    assert!(terminal.wait_until_over().success());
    terminal.assert_given_back();
}

#[test]
fn an_answer_in_pieces_is_no_text_and_no_key() {
    let home = home();
    let mut terminal = Terminal::start(&home);
    start_typing(&mut terminal);
    terminal.write("before ");
    // The Esc of the first one comes alone.
    let answers = LIGHT.concat();
    let (escape, rest) = answers.split_at(1);
    terminal.write(escape);
    for piece in rest.as_bytes().chunks(7) {
        pause(60);
        terminal.write(std::str::from_utf8(piece).expect("it is ASCII"));
    }
    terminal.write("after");
    terminal.wait_until_contains("before after");
    wait_for_label(&terminal, ON_LIGHT);
    terminal.signal(rustix::process::Signal::TERM);
    terminal.wait_until_over();
    terminal.assert_given_back();
}

#[test]
fn an_answer_that_comes_after_the_end_is_not_typed_into_the_shell() {
    let home = home();
    let script = format!(
        "{BINARY} --journal \"$LEADBY_JOURNAL\"; read -t 1 -r line; echo \"typed <$line>\""
    );
    let mut terminal = Terminal::start_with(&home, &["/bin/bash", "-c", &script]);
    terminal.wait_until_contains("leadby");
    terminal.write("q");
    pause(50);
    terminal.write(&LIGHT.concat());
    terminal.wait_until_contains("typed <>");
    terminal.wait_until_over();
}

#[test]
fn a_terminal_that_never_answers_loses_nothing() {
    let home = home();
    let mut terminal = Terminal::start(&home);
    start_typing(&mut terminal);
    terminal.write("a ] and a [ \x1b");
    terminal.wait_until("Home again", |screen| !screen.contents().contains("Role"));
    terminal.write("q");
    assert!(terminal.wait_until_over().success());
    terminal.assert_given_back();
}

#[test]
fn a_theme_is_looked_at_on_the_screen_and_kept_for_the_next_start() {
    const GRUVBOX: Color = Color::Rgb(0xb8, 0xbb, 0x26);
    let home = home();
    let mut terminal = Terminal::start_with(&home, &[BINARY, "demo"]);
    terminal.wait_until_contains("leadby");
    terminal.write("T");
    terminal.wait_until_contains("high-contrast");
    terminal.write("jjjjj");
    wait_for_label(&terminal, GRUVBOX);
    terminal.write("\x1b");
    terminal.wait_until("the colours as before", |screen| {
        !screen.contents().contains("high-contrast")
    });
    wait_for_label(&terminal, ON_DARK);
    terminal.write("Tjjjjj\r");
    terminal.wait_until_contains("Theme: gruvbox.");
    terminal.write("q");
    assert!(terminal.wait_until_over().success());
    let config = home.path().join("config/leadby/config.toml");
    let text = std::fs::read_to_string(config).expect("a config file");
    assert_eq!(text, "theme = \"gruvbox\"\n");
    let mut terminal = Terminal::start_with(&home, &[BINARY, "demo"]);
    wait_for_label(&terminal, GRUVBOX);
    terminal.write("q");
    assert!(terminal.wait_until_over().success());
}

#[test]
fn colours_that_changed_while_the_window_had_no_focus_are_asked_for() {
    let home = home();
    let mut terminal = Terminal::start(&home);
    wait_for_label(&terminal, ON_DARK);
    terminal.write(&LIGHT.concat());
    wait_for_label(&terminal, ON_LIGHT);
    terminal.write("\x1b[O\x1b[I");
    terminal.write(DARK);
    wait_for_label(&terminal, ON_DARK);
    terminal.write("q");
    assert!(terminal.wait_until_over().success());
    terminal.assert_given_back();
}

#[test]
fn colours_that_change_under_an_open_screen_are_asked_for() {
    let home = home();
    let mut terminal = Terminal::start(&home);
    wait_for_label(&terminal, ON_DARK);
    terminal.wait_until_written("\x1b[?2031h", 1);
    terminal.write(&LIGHT.concat());
    wait_for_label(&terminal, ON_LIGHT);
    terminal.wait_until_written(QUESTION, 1);
    terminal.write(REPORT);
    terminal.wait_until_written(QUESTION, 2);
    terminal.write(DARK);
    wait_for_label(&terminal, ON_DARK);
    terminal.write("q");
    assert!(terminal.wait_until_over().success());
    terminal.assert_given_back();
    assert_eq!(terminal.times_written("\x1b[?2031l"), 1);
}

#[test]
fn while_the_shell_has_the_terminal_no_report_is_asked_for() {
    let home = home();
    let script =
        format!("{BINARY} --journal \"$LEADBY_JOURNAL\"; echo shell-has-it; read _; fg >/dev/null");
    let mut terminal = Terminal::start_with(&home, &["/bin/bash", "-mc", &script]);
    terminal.first_screen();
    terminal.write("\x1a");
    terminal.wait_until_contains("shell-has-it");
    assert_eq!(terminal.times_written("\x1b[?2031l"), 1);
    terminal.write("\n");
    terminal.wait_until_written("\x1b[?2031h", 2);
    terminal.first_screen();
    terminal.write("q");
    assert!(terminal.wait_until_over().success());
    assert_eq!(terminal.times_written("\x1b[?2031l"), 2);
}

#[test]
fn a_report_of_changed_colours_is_no_text_and_no_key_however_it_is_cut() {
    let home = home();
    let mut terminal = Terminal::start(&home);
    terminal.write(&LIGHT.concat());
    wait_for_label(&terminal, ON_LIGHT);
    start_typing(&mut terminal);
    let mut typed = String::new();
    let letters = "abcdefghijklmnop".chars();
    // Esc alone is a key, and would leave the form.
    for (cut, letter) in (2..=REPORT.len()).zip(letters) {
        let asked = terminal.times_written(QUESTION);
        let (before, after) = REPORT.split_at(cut);
        terminal.write(before);
        pause(40);
        terminal.write(&format!("{after}{letter}"));
        typed.push(letter);
        terminal.wait_until_contains(&typed);
        terminal.wait_until_written(QUESTION, asked + 1);
        terminal.write(&LIGHT.concat());
    }
    assert!(!terminal.contents().contains("997"));
    terminal.signal(rustix::process::Signal::TERM);
    terminal.wait_until_over();
    terminal.assert_given_back();
}

#[test]
fn the_linux_console_is_asked_for_no_report() {
    let home = home().with("TERM", "linux");
    let mut terminal = Terminal::start(&home);
    terminal.wait_until_contains("leadby");
    terminal.write("q");
    assert!(terminal.wait_until_over().success());
    assert_eq!(terminal.times_written("2031"), 0);
    assert_eq!(terminal.times_written(QUESTION), 0);
}
