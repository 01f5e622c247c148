//! Words not yet saved, beside the journal.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use leadby::journal::{Dated, Value};
use leadby::store::{Draft, clear_draft, read_draft, read_place, write_draft, write_place};

use super::{home, now};

fn draft(text: &str) -> Draft {
    let on = NaiveDate::from_ymd_opt(2026, 11, 24).expect("a day");
    let log = Dated {
        on,
        text: "\u{1b}[2J".to_owned(),
    };
    let words = BTreeMap::from([
        ("influence".to_owned(), Value::Text(text.to_owned())),
        ("people".to_owned(), Value::List(vec![String::new()])),
        ("log\n".to_owned(), Value::Log(vec![log])),
    ]);
    Draft {
        at: now().stamp(),
        screen: "walk/audit".to_owned(),
        field: "influence".to_owned(),
        cursor: (3, 17),
        words,
    }
}

fn names(folder: &Path) -> Vec<String> {
    let files = fs::read_dir(folder).expect("the folder");
    let name = |file: std::io::Result<fs::DirEntry>| file.expect("a file").file_name();
    let mut names: Vec<String> = files
        .map(|file| name(file).to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

fn beside(journal: &Path) -> PathBuf {
    journal.with_file_name("journal.jsonl.draft")
}

#[test]
fn a_draft_is_there_until_it_is_cleared() {
    let (home, _) = home();
    let path = home.path().join("data/journal.jsonl");
    assert_eq!(read_draft(&path).expect("no draft"), None);
    clear_draft(&path).expect("no draft is fine");
    assert!(!home.path().join("data").exists());

    for text in ["", "a\u{0}b\r\n\t🙂\u{202e}", &"x".repeat(60_000)] {
        write_draft(&path, &draft(text)).expect("a draft");
        assert_eq!(read_draft(&path).expect("a draft"), Some(draft(text)));
    }
    let mode = |path: &Path| fs::metadata(path).expect("it").permissions().mode() & 0o777;
    assert_eq!(mode(&beside(&path)), 0o600);
    assert_eq!(mode(&home.path().join("data")), 0o700);
    assert_eq!(names(&home.path().join("data")), ["journal.jsonl.draft"]);

    clear_draft(&path).expect("cleared");
    assert_eq!(read_draft(&path).expect("no draft"), None);
    assert!(!path.exists());
}

#[test]
fn a_damaged_draft_is_named_and_never_lost() {
    let (home, path) = home();
    for damage in [
        "",
        "{",
        "{\"v\":2}",
        "\0\0\0",
        "not json",
        "{\"v\":1,\"at\":\"today\"}",
    ] {
        fs::write(beside(&path), damage).expect("a damaged draft");
        let failure = read_draft(&path).expect_err("a failure");
        assert!(
            failure.message().contains("journal.jsonl.draft"),
            "{failure}"
        );
        clear_draft(&path).expect("it stays");
        assert_eq!(fs::read_to_string(beside(&path)).expect("it"), damage);
        write_draft(&path, &draft("new")).expect("a draft");
        assert_eq!(read_draft(&path).expect("a draft"), Some(draft("new")));
    }
    let aside: Vec<String> = (1..=6)
        .map(|n| format!("journal.jsonl.draft.damaged-{n}"))
        .collect();
    assert_eq!(names(home.path())[1..], aside);
    let third = fs::read_to_string(home.path().join(&aside[2])).expect("the third");
    assert_eq!(third, "{\"v\":2}");
}

#[test]
fn a_draft_that_cannot_be_written_says_why() {
    let (_home, path) = home();
    fs::write(&path, "").expect("a file");
    let failure = write_draft(&path.join("journal.jsonl"), &draft("x")).expect_err("a failure");
    assert!(
        failure
            .message()
            .contains("journal.jsonl.draft cannot be written"),
        "{failure}"
    );
}

#[test]
fn a_place_is_remembered_and_forgotten() {
    let (_home, path) = home();
    assert_eq!(read_place(&path), None);
    let place = Draft {
        words: BTreeMap::new(),
        ..draft("")
    };
    write_place(&path, Some(&place)).expect("a place");
    assert_eq!(read_place(&path), Some(place));
    write_place(&path, None).expect("forgotten");
    write_place(&path, None).expect("forgotten already");
    assert_eq!(read_place(&path), None);
    fs::write(path.with_file_name("journal.jsonl.place"), "{").expect("half a place");
    assert_eq!(read_place(&path), None);
}

#[test]
fn the_draft_of_the_format_page_is_true() {
    let page = include_str!("../../assets/format.md");
    let example = page
        .lines()
        .map(str::trim)
        .find(|line| line.starts_with("{\"v\":1,\"at\""))
        .expect("an example");
    let (_home, path) = home();
    fs::write(beside(&path), example).expect("the example");
    let read = read_draft(&path).expect("a draft").expect("a draft");
    write_draft(&path, &read).expect("a draft");
    let written = fs::read_to_string(beside(&path)).expect("a draft");
    assert_eq!(written.trim_end(), example);
}
