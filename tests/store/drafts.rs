//! Drafts: unsaved text beside the journal.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use leadby::failure::Failure;
use leadby::journal::{DatedLine, Value};
use leadby::store::{Draft, DraftState, Drafts, diagnose, read_last_position, write_last_position};

use super::{home, now};

fn draft(text: &str) -> Draft {
    let on = NaiveDate::from_ymd_opt(2026, 11, 24).expect("a day");
    let log = DatedLine {
        on,
        text: "\u{1b}[2J".to_owned(),
    };
    let words = BTreeMap::from([
        ("influence".to_owned(), Value::from(text)),
        ("people".to_owned(), Value::List(vec![String::new()])),
        ("log\n".to_owned(), Value::Log(vec![log])),
    ]);
    Draft {
        at: now().timestamp(),
        screen: "walk/audit".to_owned(),
        field: "influence".to_owned(),
        cursor: (3, 17),
        values: words,
        about: BTreeMap::new(),
    }
}

/// The draft that a new program would offer; does not keep it.
fn read_draft(journal: &Path) -> Result<Option<Draft>, Failure> {
    Drafts::new(journal).read()
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
fn a_draft_stays_until_it_is_cleared() {
    let (home, _) = home();
    let path = home.path().join("data/journal.jsonl");
    assert_eq!(read_draft(&path).expect("no draft"), None);
    let mut drafts = Drafts::new(&path);
    drafts.clear().expect("no draft is fine");
    assert!(!home.path().join("data").exists());

    for text in ["", "a\u{0}b\r\n\t🙂\u{202e}", &"x".repeat(60_000)] {
        drafts.write(&draft(text)).expect("a draft");
        drafts.write(&draft(text)).expect("a draft");
        // No other program is offered this draft while it is being typed; after a crash the next
        // one is.
        assert_eq!(read_draft(&path).expect("not ours"), None);
        drop(drafts);
        drafts = Drafts::new(&path);
        assert_eq!(drafts.read().expect("a draft"), Some(draft(text)));
    }
    let mode = |path: &Path| fs::metadata(path).expect("it").permissions().mode() & 0o777;
    assert_eq!(mode(&beside(&path)), 0o600);
    assert_eq!(mode(&home.path().join("data")), 0o700);
    assert_eq!(names(&home.path().join("data")), ["journal.jsonl.draft"]);

    drafts.clear().expect("cleared");
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
        let mut drafts = Drafts::new(&path);
        drafts.clear().expect("it stays");
        assert_eq!(fs::read_to_string(beside(&path)).expect("it"), damage);
        drafts.write(&draft("new")).expect("a draft");
        drop(drafts);
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
fn a_draft_that_cannot_be_saved_says_why() {
    let (_home, path) = home();
    fs::write(&path, "").expect("a file");
    let failure = Drafts::new(&path.join("journal.jsonl")).write(&draft("x"));
    let failure = failure.expect_err("a failure");
    assert!(
        failure
            .message()
            .contains("journal.jsonl.draft cannot be written"),
        "{failure}"
    );
}

#[test]
fn two_programs_on_one_journal_have_a_draft_each() {
    let (home, path) = home();
    let (mut one, mut other) = (Drafts::new(&path), Drafts::new(&path));
    one.write(&draft("one")).expect("a draft");
    other.write(&draft("other")).expect("a draft");
    one.write(&draft("one, longer")).expect("a draft");
    other.write(&draft("other, longer")).expect("a draft");
    let both = ["journal.jsonl.draft", "journal.jsonl.draft.2"];
    assert_eq!(names(home.path()), both);
    let in_use = |state: &DraftState| matches!(state, DraftState::InUse(_));
    let states = diagnose(&path, now()).expect("a diagnosis").drafts;
    assert!(states.len() == 2 && states.iter().all(in_use), "{states:?}");
    assert_eq!(read_draft(&path).expect("both are in use"), None);

    // The second program saves; the first one's text stays.
    other.clear().expect("cleared");
    assert_eq!(names(home.path()), both[..1]);
    other.write(&draft("again")).expect("a draft");

    // Both crash. The next program is offered one draft, and the other stays for the one after.
    drop((one, other));
    let mut third = Drafts::new(&path);
    let mut fourth = Drafts::new(&path);
    let mut offered = [&mut third, &mut fourth].map(|drafts| {
        let draft = drafts.read().expect("a draft").expect("a draft");
        draft.values["influence"].clone()
    });
    offered.sort_by_key(|value| format!("{value:?}"));
    let text = |text: &str| Value::from(text);
    assert_eq!(offered, [text("again"), text("one, longer")]);
    assert_eq!(read_draft(&path).expect("none is left"), None);
    third.clear().expect("cleared");
    fourth.clear().expect("cleared");
    assert_eq!(names(home.path()), [] as [String; 0]);
}

#[test]
fn a_waiting_draft_is_not_overwritten_by_a_program_that_did_not_read_it() {
    let (home, path) = home();
    Drafts::new(&path).write(&draft("waits")).expect("a draft");
    let mut drafts = Drafts::new(&path);
    drafts.write(&draft("new")).expect("a draft");
    drafts.clear().expect("cleared");
    assert_eq!(names(home.path()), ["journal.jsonl.draft"]);
    assert_eq!(read_draft(&path).expect("a draft"), Some(draft("waits")));
}

#[test]
fn a_draft_from_a_crash_before_the_rename_is_found_again() {
    let (home, path) = home();
    let next = path.with_file_name("journal.jsonl.draft.new");
    let later = Draft {
        at: now().timestamp() + chrono::TimeDelta::seconds(2),
        ..draft("newer words")
    };
    for older in [Some("older words"), None] {
        // A complete draft that was not renamed yet.
        Drafts::new(&path).write(&later).expect("a draft");
        fs::rename(beside(&path), &next).expect("a crash");
        if let Some(words) = older {
            let mut drafts = Drafts::new(&path);
            drafts.read().expect("the newer one");
            fs::rename(beside(&path), &next).expect("a crash");
            fs::write(beside(&path), fs::read(&next).expect("it")).expect("a draft");
            let text = fs::read_to_string(&next).expect("it");
            let older = text
                .replace("newer words", words)
                .replace("09:15:04", "09:15:02");
            fs::write(beside(&path), older).expect("a draft");
        }
        let states = diagnose(&path, now()).expect("a diagnosis").drafts;
        assert_eq!(states.len(), if older.is_some() { 2 } else { 1 });
        let mut drafts = Drafts::new(&path);
        assert_eq!(drafts.read().expect("a draft"), Some(later.clone()));
        assert_eq!(names(home.path()), ["journal.jsonl.draft"]);
        drafts.clear().expect("cleared");
    }
    // An incomplete one never replaces the draft before it, and is removed in time.
    Drafts::new(&path).write(&draft("older")).expect("a draft");
    fs::write(&next, "{\"v\":1,\"at\":\"2026-11").expect("half a draft");
    let mut drafts = Drafts::new(&path);
    assert_eq!(drafts.read().expect("a draft"), Some(draft("older")));
    drafts.write(&draft("newest")).expect("a draft");
    assert_eq!(names(home.path()), ["journal.jsonl.draft"]);
}

#[test]
fn what_is_unknown_in_a_draft_costs_no_text() {
    let (_home, path) = home();
    Drafts::new(&path).write(&draft("words")).expect("a draft");
    let text = fs::read_to_string(beside(&path)).expect("it");
    let unknown = text
        .replace("\"words\":{", "\"mood\":[1],\"words\":{")
        .replace("\"text\":", "\"mood\":1,\"text\":");
    assert_eq!(unknown.matches("mood").count(), 2);
    fs::write(beside(&path), unknown).expect("a draft");
    assert_eq!(read_draft(&path).expect("it"), Some(draft("words")));
}

#[test]
fn the_last_position_is_saved_and_cleared() {
    let (_home, path) = home();
    assert_eq!(read_last_position(&path), None);
    let place = Draft {
        values: BTreeMap::new(),
        ..draft("")
    };
    write_last_position(&path, Some(&place)).expect("a place");
    assert_eq!(read_last_position(&path), Some(place));
    write_last_position(&path, None).expect("forgotten");
    write_last_position(&path, None).expect("forgotten already");
    assert_eq!(read_last_position(&path), None);
    fs::write(path.with_file_name("journal.jsonl.place"), "{").expect("half a place");
    assert_eq!(read_last_position(&path), None);
}

#[test]
fn the_draft_on_the_format_page_is_true() {
    let page = include_str!("../../assets/format.md");
    let example = page
        .lines()
        .map(str::trim)
        .find(|line| line.starts_with("{\"v\":1,\"at\""))
        .expect("an example");
    let (_home, path) = home();
    fs::write(beside(&path), example).expect("the example");
    let mut drafts = Drafts::new(&path);
    let read = drafts.read().expect("a draft").expect("a draft");
    drafts.write(&read).expect("a draft");
    let written = fs::read_to_string(beside(&path)).expect("a draft");
    assert_eq!(written.trim_end(), example);
}
