//! The promise: version 1 of the format stays readable for ever.

use std::path::{Path, PathBuf};

use leadby::journal::{Body, Entry, Id, Journal, Period, Value};
use leadby::store::{Store, create_journal, encode_line};

use super::properties::named;
use super::{home, read};

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures/format-1")
        .join(name)
}

fn said(entry: &Entry) -> String {
    format!(
        "{} rev {} at {}: {:?}",
        entry.id,
        entry.rev,
        entry.at.to_rfc3339(),
        entry.body
    )
}

#[test]
fn a_journal_of_version_1_always_folds_the_same_way() {
    let loaded = read(&fixture("journal.jsonl"));
    assert_eq!(loaded.findings, []);
    assert_eq!(loaded.entries.len(), 21);
    let journal = Journal::fold(loaded.entries);
    let current: Vec<String> = journal.entries().map(said).collect();
    insta::assert_snapshot!(current.join("\n"));
    let deleted = Id::new("01a20c9f-6374-7e55-8f00-7c3f4d5e6f70");
    assert_eq!(journal.current(&deleted), None);
    assert_eq!(
        journal.versions(&deleted).last().map(|entry| &entry.body),
        Some(&Body::Deleted)
    );
    let areas = journal.answer(Period::Standing, "ground", "areas");
    assert!(areas.is_some_and(Value::is_empty));
}

#[test]
fn damaged_lines_of_version_1_hide_no_others() {
    let loaded = read(&fixture("damaged.jsonl"));
    let findings = loaded.findings.iter();
    let findings = findings.map(|it| format!("line {}: {:?}", it.line, it.damage));
    let findings: Vec<String> = findings.collect();
    let entries: Vec<String> = loaded.entries.iter().map(said).collect();
    insta::assert_snapshot!(format!("{}\n\n{}", findings.join("\n"), entries.join("\n")));
}

#[test]
fn version_1_is_written_as_it_was_read() {
    let path = fixture("journal.jsonl");
    let text = std::fs::read_to_string(&path).expect("the fixture");
    let entries = read(&path).entries;
    let changed: Vec<usize> = (1..)
        .zip(text.lines().zip(&entries))
        .filter(|(_, (there, entry))| *there != encode_line(entry))
        .map(|(number, _)| number)
        .collect();
    // As another program may write them: other field order, Z as offset. A member from a later
    // version stays.
    assert_eq!(changed, [6, 13]);
}

#[test]
fn a_journal_can_be_created_from_entries_but_not_over_a_file() {
    let (_home, path) = home();
    let entries = read(&fixture("journal.jsonl")).entries.into_iter();
    let entries: Vec<Entry> = entries.map(named).collect();
    create_journal(&path, &entries).expect("a new file");
    assert_eq!(read(&path).entries, entries);
    let failure = create_journal(&path, &entries).expect_err("a refusal");
    assert!(failure.message().contains("already exists"), "{failure}");
    assert_eq!(read(&path).entries, entries);
}

#[test]
fn every_line_on_the_format_page_is_true() {
    let page = include_str!("../../assets/format.md");
    let lines: Vec<&str> = page
        .lines()
        .map(str::trim)
        .filter(|line| line.starts_with("{\"v\":1,\"id\"") && line.contains("\"crc\":"))
        .collect();
    assert!(lines.len() >= 8, "the page has examples");
    let (_home, path) = home();
    for example in lines {
        std::fs::write(&path, format!("{example}\n")).expect("one line");
        let (_, loaded) = Store::open(&path).expect("one line");
        assert_eq!(loaded.findings, [], "{example}");
        assert_eq!(encode_line(&loaded.entries[0]), example);
    }
}
