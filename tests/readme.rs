//! The pages are true: keys, variables, exit codes and commands are the program's.
//!
//! A difference is printed as it should be; this updates the pages:
//! `README=update cargo test --test readme -- --test-threads 1`.

use std::collections::BTreeSet;

use leadby::app::keys::{Action, KeyContext, TABLE};
use leadby::cli;
use leadby::failure::FailureKind;

const README: &str = include_str!("../README.md");

/// The pages that the program writes parts of.
const PAGES: [(&str, &str); 2] = [
    ("assets/guide.md", include_str!("../assets/guide.md")),
    ("assets/keys.md", include_str!("../assets/keys.md")),
];

/// Holds the first table of a section to what it should be, with its head. With `README=update` in the
/// environment, the page is updated instead.
#[track_caller]
fn check(page: &str, heading: &str, expected: &[String]) {
    let (_, text) = PAGES
        .iter()
        .find(|(path, _)| *path == page)
        .expect("it is a page");
    let (_, section) = text
        .split_once(&format!("{heading}\n"))
        .expect("the page has that heading");
    let rows = section.lines().skip_while(|line| !line.starts_with('|'));
    let found: Vec<&str> = rows.take_while(|line| line.starts_with('|')).collect();
    if found == expected {
        return;
    }
    let (found, expected) = (found.join("\n"), expected.join("\n"));
    #[expect(
        clippy::disallowed_methods,
        reason = "a switch for the person who runs the test"
    )]
    let update = std::env::var("README").is_ok_and(|value| value == "update");
    assert!(update, "{page} should say:\n\n{expected}\n");
    let path = format!("{}/{page}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).expect("the page is there");
    #[expect(
        clippy::disallowed_methods,
        reason = "the page is under version control"
    )]
    std::fs::write(path, text.replace(&found, &expected)).expect("the page can be written");
}

#[test]
fn the_keys_match_the_key_table() {
    let mut rows = vec![
        "| where | keys | what | name |".to_owned(),
        "|---|---|---|---|".to_owned(),
    ];
    let mut places: Vec<KeyContext> = Vec::new();
    for binding in TABLE {
        if !places.contains(&binding.context) {
            places.push(binding.context);
        }
    }
    for context in places {
        let mut first = format!("{} `[{}]`", context.help_heading(), context.name());
        for binding in TABLE.iter().filter(|binding| binding.context == context) {
            let name = binding.action.name();
            let (keys, label, name) = match binding.action {
                Action::Practice(1) => (
                    "`1` … `9`".to_owned(),
                    "go to practice",
                    "`practice_1` … `practice_9`".to_owned(),
                ),
                Action::Practice(_) => continue,
                _ => {
                    let names = binding.keys.iter().map(|key| format!("`{}`", key.name()));
                    let names = names.collect::<Vec<String>>().join(" ");
                    (names, binding.label, format!("`{name}`"))
                }
            };
            rows.push(format!("| {first} | {keys} | {label} | {name} |"));
            first.clear();
        }
    }
    check("assets/keys.md", "# Keys", &rows);
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
    check("assets/guide.md", "### Exit codes", &rows);
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
    check("assets/guide.md", "### Environment", &rows);
}

/// Every `leadby` command of a page: code lines, commands inside them, and code in a sentence.
fn calls(page: &'static str) -> Vec<&'static str> {
    let mut calls = Vec::new();
    for (at, part) in page.split("```").enumerate() {
        if at % 2 == 1 {
            let lines = part.lines().skip(1);
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
    let calls: Vec<&str> = [README, PAGES[0].1].into_iter().flat_map(calls).collect();
    assert!(calls.len() > 50, "the examples have moved");
    for call in calls {
        let parsed = cli::command().try_get_matches_from(words(call));
        let shown = parsed.as_ref().is_err_and(|error| !error.use_stderr());
        let complaint = parsed.err().map(|error| error.to_string());
        assert!(complaint.is_none() || shown, "{call}: {complaint:?}");
    }
}
