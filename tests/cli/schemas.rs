//! What `--json` prints is what its schema in `assets/schema` describes.

use std::error::Error;
use std::fs;
use std::path::Path;

use jsonschema::{Retrieve, Uri, Validator};
use leadby::calendar::Now;
use leadby::{practice, sample, store};
use serde_json::Value;

use crate::environment::{NOW, TestEnvironment};

/// The folder of the schemas; they refer to each other by file name.
struct Schemas;

impl Retrieve for Schemas {
    fn retrieve(&self, uri: &Uri<String>) -> Result<Value, Box<dyn Error + Send + Sync>> {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/schema");
        let text = fs::read_to_string(format!("{folder}{}", uri.path()))?;
        Ok(serde_json::from_str(&text)?)
    }
}

fn schema(name: &str) -> Validator {
    let uri = format!("schema:///{name}.json");
    let reference = serde_json::json!({ "$ref": uri });
    jsonschema::options()
        .with_retriever(Schemas)
        .build(&reference)
        .expect("a schema")
}

/// Commands that print JSON, each after the name of its schema.
const CALLS: [(&str, &str); 36] = [
    ("entries", "list --json"),
    ("entries", "list skills --json"),
    ("entries", "list commitments --json"),
    ("entries", "list inbox --json"),
    ("entries", "list off --json"),
    ("entries", "search release --json"),
    ("entries", "answers mastery/mark --json"),
    ("trends", "trends --json"),
    ("trends", "trends audit --json"),
    ("trends", "trends mastery --json"),
    ("trends", "trends problem --json"),
    ("trends", "trends communication --json"),
    ("trends", "trends systems --json"),
    ("trends", "trends multiplier --json"),
    ("trends", "trends influence --json"),
    ("trends", "trends mirror --json"),
    ("people", "list people --json"),
    ("entries", "list people/Priya --json"),
    ("entry", "show answer/2026-W48/audit/influence --json"),
    ("history", "history answer/2026-W48/audit/influence --json"),
    ("evidence", "evidence --json"),
    ("status", "status --json"),
    ("review", "review --json"),
    ("review", "review --month last --json"),
    ("review", "review --year --json"),
    ("review", "review --since 6w --json"),
    ("review", "review --month --format json"),
    ("portfolio", "portfolio --format json"),
    ("portfolio", "portfolio --all --format json"),
    ("ladder", "ladder --format json"),
    ("ladder", "ladder --all --format json"),
    ("portfolio-page", "portfolio --for cv --format json"),
    ("portfolio-page", "portfolio --for manager --format json"),
    ("portfolio-page", "portfolio --person Priya --format json"),
    (
        "portfolio-page",
        "portfolio --person Ana --all --format json",
    ),
    ("export", "export json"),
];

#[track_caller]
fn check(environment: &TestEnvironment, is_empty: bool) {
    for (name, call) in CALLS {
        let arguments: Vec<&str> = call.split(' ').collect();
        let called = environment.run(&arguments);
        // What names an entry or a person says on standard error that there is none.
        if is_empty && called.output.is_empty() {
            continue;
        }
        assert!(!called.output.is_empty(), "{call}: {called:?}");
        let printed: Value = serde_json::from_str(&called.output).expect("JSON");
        let schema = schema(name);
        let mistakes = schema.iter_errors(&printed).take(3);
        let mistakes: Vec<String> = mistakes
            .map(|mistake| format!("{mistake} at {}", mistake.instance_path()))
            .collect();
        assert!(mistakes.is_empty(), "{call}: {mistakes:#?}");
    }
}

#[expect(clippy::disallowed_methods, reason = "the user writes this file")]
fn write(path: &Path, text: &str) {
    fs::write(path, text).expect("a file");
}

#[test]
fn what_is_printed_fits_its_schema() {
    let environment = TestEnvironment::new();
    let now = Now::new(NOW.parse().expect("a time"));
    let year = sample::entries(&practice::builtin(), now);
    environment.ok(&["note", "ask Ana about the page"]);
    store::create_journal(&environment.home().join("year.jsonl"), &year).expect("a journal");
    environment.ok(&["import", "year.jsonl", "--yes"]);
    environment.ok(&["note", "ask Priya about the release page"]);
    environment.ok(&["off", "3 Aug to 21 Aug"]);
    environment.ok(&["ladder", "init"]);
    // Evidence comes from a file here.
    let folder = environment.home().join("config/leadby");
    let source = "[[evidence]]\nname = \"done\"\nfile = \"~/done.txt\"\n";
    fs::create_dir_all(&folder).expect("a folder");
    write(&folder.join("config.toml"), source);
    let done = "2026-11-24\tNamed an owner\thttps://example.org/1\nNo day\n";
    write(&environment.home().join("done.txt"), done);
    check(&environment, false);
}

#[test]
fn what_is_printed_of_an_empty_journal_fits_too() {
    check(&TestEnvironment::new(), true);
}

#[test]
fn what_a_schema_does_not_name_is_a_mistake() {
    let environment = TestEnvironment::filled();
    let printed = environment.ok(&["status", "--json"]);
    let mut printed: Value = serde_json::from_str(&printed).expect("JSON");
    assert!(schema("status").is_valid(&printed));
    printed["mood"] = Value::from("good");
    assert!(!schema("status").is_valid(&printed));
}

#[test]
fn every_command_that_prints_json_is_checked() {
    for command in leadby::cli::command().get_subcommands() {
        let has_json = command
            .get_arguments()
            .any(|argument| argument.get_id() == "json");
        let name = command.get_name();
        let is_checked = CALLS
            .iter()
            .any(|(_, call)| call.starts_with(&format!("{name} ")));
        assert!(!has_json || is_checked, "{name} --json has no schema");
    }
}
