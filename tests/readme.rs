//! The README is true: its screen, keys, commands and exit codes are the program's.
//!
//! A difference is printed as it should be; this updates the README:
//! `README=update cargo test --test readme -- --test-threads 1`.

use std::collections::BTreeSet;

use leadby::app::keys::{Action, KeyContext, TABLE};
use leadby::app::{Model, Setup};
use leadby::calendar::Now;
use leadby::failure::FailureKind;
use leadby::journal::{Journal, UndoHistory};
use leadby::ui::{self, Background, ColorDepth, Theme};
use leadby::{cli, practice, sample};
use ratatui::Terminal;
use ratatui::backend::TestBackend;

const README: &str = include_str!("../README.md");

/// The README between a line and the next line `end`, both excluded.
#[track_caller]
fn between(start: &str, end: &str) -> &'static str {
    let (_, rest) = README
        .split_once(&format!("\n{start}\n"))
        .expect("the README has that heading");
    rest.split_once(&format!("\n{end}"))
        .map_or(rest, |(inside, _)| inside)
}

/// The first table of a section, with its head.
#[track_caller]
fn table(heading: &str) -> String {
    let rows = between(heading, "#").lines();
    let rows: Vec<&str> = rows.filter(|line| line.starts_with('|')).collect();
    rows.join("\n")
}

/// With `README=update` in the environment, the README is updated instead.
#[track_caller]
fn check(found: &str, expected: &str) {
    #[expect(
        clippy::disallowed_methods,
        reason = "a switch for the person who runs the test"
    )]
    let update = std::env::var("README").is_ok_and(|value| value == "update");
    if update && found.trim() != expected.trim() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
        let text = std::fs::read_to_string(path).expect("the README is there");
        let mended = text.replace(found.trim(), expected.trim());
        #[expect(
            clippy::disallowed_methods,
            reason = "the README is under version control"
        )]
        std::fs::write(path, mended).expect("the README can be written");
        return;
    }
    assert!(
        found.trim() == expected.trim(),
        "the README should say:\n\n{expected}\n"
    );
}

/// The time that the README gives for its picture.
fn now() -> Now {
    let (_, rest) = README
        .split_once("LEADBY_NOW=")
        .expect("the README names the time");
    let instant = rest.split('`').next().unwrap_or_default();
    Now::new(instant.parse().expect("it is an instant"))
}

#[test]
fn the_screen_matches_the_demo() {
    let (now, catalog) = (now(), practice::builtin());
    let journal = Journal::fold(sample::entries(&catalog, now));
    let model = Model::new(Setup {
        now,
        catalog,
        undo_history: UndoHistory::default(),
        journal,
        findings: 0,
        path: String::new(),
        draft: None,
        last_position: None,
        walked_pages: Default::default(),
        open: None,
    });
    let theme = Theme::new(ColorDepth::None, Background::Dark);
    let mut terminal = Terminal::new(TestBackend::new(80, 24)).expect("it is memory");
    terminal
        .draw(|frame| {
            ui::draw(&model, &theme, frame);
        })
        .expect("it is memory");
    let screen = terminal.backend().to_string();
    // The backend puts quotes around each row.
    let rows: Vec<&str> = screen
        .lines()
        .map(|row| row.trim_matches('"').trim_end())
        .collect();
    check(between("```text", "```"), &rows.join("\n"));
}

#[test]
fn the_keys_match_the_key_table() {
    let mut rows = vec![
        "| where | keys | what |".to_owned(),
        "|---|---|---|".to_owned(),
    ];
    let mut places: Vec<KeyContext> = Vec::new();
    for binding in TABLE {
        if !places.contains(&binding.context) {
            places.push(binding.context);
        }
    }
    for context in places {
        let mut first = context.help_heading();
        for binding in TABLE.iter().filter(|binding| binding.context == context) {
            let (keys, label) = match binding.action {
                Action::Practice(1) => ("`1` … `9`".to_owned(), "go to practice"),
                Action::Practice(_) => continue,
                _ => {
                    let names = binding.keys.iter().map(|key| format!("`{}`", key.name()));
                    (names.collect::<Vec<String>>().join(" "), binding.label)
                }
            };
            rows.push(format!("| {first} | {keys} | {label} |"));
            first = "";
        }
    }
    check(&table("## Keys"), &rows.join("\n"));
}

/// The lines of a paragraph in `--help`, each as a word and its meaning.
fn explained(heading: &str) -> Vec<(String, String)> {
    let help = cli::command()
        .get_after_help()
        .map(ToString::to_string)
        .unwrap_or_default();
    let paragraph = help
        .split("\n\n")
        .find_map(|paragraph| paragraph.strip_prefix(heading).map(str::to_owned));
    let paragraph = paragraph.expect("--help has that paragraph");
    let lines = paragraph
        .lines()
        .filter_map(|line| line.trim().split_once("  "));
    lines
        .map(|(word, meaning)| (word.trim().to_owned(), meaning.trim().to_owned()))
        .collect()
}

#[test]
fn the_exit_codes_match_the_help_and_the_failures() {
    let codes = explained("Exit codes:");
    let mut rows = vec!["| code | meaning |".to_owned(), "|---|---|".to_owned()];
    rows.extend(
        codes
            .iter()
            .map(|(code, meaning)| format!("| {code} | {meaning} |")),
    );
    check(&table("### Exit codes"), &rows.join("\n"));
    let kinds = [
        FailureKind::NotFound,
        FailureKind::Usage,
        FailureKind::Journal,
        FailureKind::Busy,
        FailureKind::Output,
        FailureKind::Sync,
    ];
    let mut known: BTreeSet<String> = kinds.map(|kind| kind.exit_code().to_string()).into();
    known.insert("0".to_owned());
    let said: BTreeSet<String> = codes.into_iter().map(|(code, _)| code).collect();
    assert_eq!(said, known);
}

#[test]
fn the_environment_matches_the_help() {
    let mut rows = vec!["| variable | meaning |".to_owned(), "|---|---|".to_owned()];
    rows.extend(
        explained("Environment:")
            .iter()
            .map(|(name, meaning)| format!("| `{name}` | {meaning} |")),
    );
    check(&table("### Environment"), &rows.join("\n"));
}

/// Every `leadby` command in the README: code lines, commands inside them, and code in a sentence.
fn calls() -> Vec<&'static str> {
    let mut calls = Vec::new();
    for (at, part) in README.split("```").enumerate() {
        if at % 2 == 1 {
            let is_picture = part.starts_with("text\n");
            let lines = part.lines().skip(1).filter(|_| !is_picture);
            calls.extend(lines.filter_map(|line| {
                let start = line.find("leadby ")?;
                let (before, call) = line.split_at(start);
                (before.is_empty() || before.ends_with([' ', '('])).then_some(call)
            }));
        } else {
            let spans = part.split('`').skip(1).step_by(2);
            calls.extend(spans.filter(|span| *span == "leadby" || span.starts_with("leadby ")));
        }
    }
    calls
}

/// The arguments of a command as a shell splits them, up to the first shell operator.
fn words(call: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = None::<String>;
    let mut quote = None;
    for character in call.chars() {
        match (character, quote) {
            (open, Some(until)) if open == until => quote = None,
            ('"' | '\'', None) => {
                quote = Some(character);
                word.get_or_insert_default();
            }
            ('|' | '>' | '<' | ')' | '#' | '&' | ';', None) => break,
            (' ', None) => words.extend(word.take()),
            (other, _) => word.get_or_insert_default().push(other),
        }
    }
    words.extend(word);
    words
}

#[test]
fn every_command_is_valid() {
    let calls = calls();
    assert!(calls.len() > 10, "the examples have moved");
    for call in calls {
        let parsed = cli::command().try_get_matches_from(words(call));
        let shown = parsed.as_ref().is_err_and(|error| !error.use_stderr());
        let complaint = parsed.err().map(|error| error.to_string());
        assert!(complaint.is_none() || shown, "{call}: {complaint:?}");
    }
}
