//! What came from a private page, through any number of links, is in no output that others may see.

use leadby::calendar::Month;
use leadby::journal::{
    Answer, Body, Commitment, CommitmentOutcome, DatedLine, Entry, Id, Item, Period, Value,
};
use leadby::practice::{self, Ask, Cadence, FieldKind, Register};
use leadby::store;

use crate::environment::{NOW, TestEnvironment};

/// Must not appear in any output.
const SECRET: &str = "SECRET";

/// Longer than any real chain of links.
const CHAIN: usize = 20;

fn day(text: &str) -> chrono::NaiveDate {
    text.parse().expect("a day")
}

fn commitment(better: &str, origin: &str) -> Commitment {
    Commitment {
        area: "process".to_owned(),
        origin: Some(Id::new(origin)),
        ..Commitment::new(better, day("2026-11-02"), day("2026-11-20"))
    }
}

/// The first version of each entry, by its id.
fn first_versions(bodies: Vec<(String, Body)>) -> Vec<Entry> {
    let entries = bodies
        .into_iter()
        .map(|(id, body)| Entry::new(Id::new(id), 1, NOW.parse().expect("an instant"), body));
    entries.collect()
}

/// A chain of problems, each from the one before, and commitments from the last; the first came
/// from `origin`.
fn entries(origin: Option<&str>) -> Vec<Entry> {
    let mut bodies = Vec::new();
    for at in 0..CHAIN {
        let mut item = Item::new("problems");
        item.set("title", Value::Text(format!("{SECRET} problem {at}")));
        item.set_reached("solved", day("2026-11-19"));
        let from = match at.checked_sub(1) {
            Some(before) => Some(format!("p{before}")),
            None => origin.map(str::to_owned),
        };
        if let Some(from) = from {
            item.set("from", Value::Text(from));
        }
        bodies.push((format!("p{at}"), Body::Item(item)));
    }
    let last = format!("p{}", CHAIN - 1);
    let mut kept = commitment(&format!("{SECRET} kept"), &last);
    kept.close(
        CommitmentOutcome::Kept,
        day("2026-11-20"),
        format!("{SECRET} evidence"),
    );
    bodies.push(("c1".to_owned(), Body::Commitment(kept)));
    let open = commitment(&format!("{SECRET} open"), &last);
    bodies.push(("c2".to_owned(), Body::Commitment(open)));
    let mirror = Answer::new(
        Period::Month(Month::of(day("2026-11-01"))),
        "mirror",
        "growth",
        Value::List(vec![SECRET.to_owned()]),
    );
    bodies.push((
        "answer/2026-11/mirror/growth".to_owned(),
        Body::Answer(mirror),
    ));
    let moment = Answer::new(
        Period::Month(Month::of(day("2026-11-01"))),
        "mirror",
        "moment",
        Value::Text(format!("{SECRET} moment")),
    );
    bodies.push((
        "answer/2026-11/mirror/moment".to_owned(),
        Body::Answer(moment),
    ));
    first_versions(bodies)
}

fn home(entries: &[Entry]) -> TestEnvironment {
    let environment = TestEnvironment::filled();
    std::fs::remove_file(environment.journal()).expect("it was there");
    store::create_journal(&environment.journal(), entries).expect("a journal");
    environment
}

/// Every output that is meant for others.
const SEEN: [&[&str]; 21] = [
    &["portfolio", "--all"],
    &["portfolio", "--all", "--format", "html"],
    &["portfolio", "--all", "--format", "json"],
    &["portfolio", "--all", "--for", "cv"],
    &["portfolio", "--all", "--for", "cv", "--format", "html"],
    &["portfolio", "--all", "--for", "cv", "--format", "json"],
    &["portfolio", "--for", "manager"],
    &["portfolio", "--for", "manager", "--format", "html"],
    &["portfolio", "--for", "manager", "--format", "json"],
    &["portfolio", "--all", "--check"],
    &["export", "md"],
    &["export", "ics", "--all"],
    &["export", "csv", "--table", "commitments"],
    &["export", "csv", "--table", "problems"],
    &["export", "csv", "--table", "answers"],
    &["review", "--month", "--format", "md"],
    &["review", "--year", "--format", "html"],
    &["review", "--quarter", "--format", "json"],
    &["status", "--short"],
    &["status", "--short", "--for", "zsh"],
    &["remind"],
];

#[test]
fn private_pages_stay_hidden_at_any_distance() {
    // The other origin was forgotten, so it could have been private.
    for origin in [
        "answer/2026-11/mirror/growth",
        "answer/2026-10/mirror/growth",
    ] {
        let here = home(&entries(Some(origin)));
        for arguments in SEEN {
            let called = here.run(arguments);
            assert!(!called.output.contains(SECRET), "{arguments:?}: {called:?}");
            assert!(matches!(called.code, Some(0 | 1)), "{arguments:?}");
        }
        assert_eq!(
            here.run(&["status", "--short"]).output,
            "W48 1/8 · ! Fri 20 Nov\n"
        );
        let again = here.ok(&["review", "--month", "--json"]);
        assert!(!again.contains("SECRET evidence"), "{again}");
        for length in ["--month", "--year"] {
            let page = here.ok(&["review", length]);
            assert!(!page.contains("SECRET moment"), "{page}");
        }
        let reminded = here.run(&["remind"]).output;
        assert!(
            reminded.starts_with("! a private commitment · due Fri 20 Nov"),
            "{reminded}"
        );
        assert!(
            here.ok(&["export", "md", "--private"])
                .contains("SECRET open")
        );
    }
}

/// Every page for others, in every format.
fn pages_for_others() -> Vec<Vec<&'static str>> {
    let mut calls = Vec::new();
    for page in [
        &["--for", "promotion"][..],
        &["--for", "manager"],
        &["--for", "cv"],
        &["--person", "Ana"],
    ] {
        for more in [
            &["--format", "md"][..],
            &["--format", "html"],
            &["--format", "json"],
            &["--format", "md", "--initials"],
            &["--check"],
        ] {
            calls.push([&["portfolio", "--all"], page, more].concat());
        }
    }
    calls
}

/// An item with a text in each of its fields, and every stage reached.
fn full_item(register: &Register, words: &str) -> Item {
    let mut item = Item::new(&register.id);
    for field in &register.fields {
        let value = match &field.kind {
            FieldKind::Person => Value::from("Ana"),
            FieldKind::Date | FieldKind::NearDate => Value::from("2026-11-19"),
            FieldKind::Log => Value::Log(vec![DatedLine {
                on: day("2026-11-19"),
                text: words.to_owned(),
            }]),
            FieldKind::Choices(_) | FieldKind::Checklist(_) => Value::List(vec![words.to_owned()]),
            _ => Value::from(words),
        };
        item.set(&field.id, value);
    }
    for stage in &register.stages {
        item.set_reached(&stage.id, day("2026-11-19"));
    }
    item
}

/// A journal with [`SECRET`] in every field that is private: of each private practice, and of an
/// item of every list and two commitments that came from one of its answers.
fn full_of_secrets() -> Vec<Entry> {
    let catalog = practice::builtin();
    let words = format!("{SECRET} 7 with @Ana");
    let mut bodies = Vec::new();
    for practice in catalog.practices().iter().filter(|it| it.private) {
        for step in &practice.steps {
            let period = match practice.cadence {
                Cadence::Monthly => Period::Month(Month::of(day("2026-11-01"))),
                _ => Period::Standing,
            };
            let answer = Answer::new(
                period,
                practice.id.clone(),
                step.id.clone(),
                Value::Text(words.clone()),
            );
            let id = Id::answer(period, &practice.id, &step.id);
            if matches!(step.ask, Ask::Answer(_)) {
                bodies.push((id.to_string(), Body::Answer(answer)));
            }
        }
        for register in &practice.registers {
            let item = full_item(register, &words);
            bodies.push((format!("own-{}", register.id), Body::Item(item)));
        }
    }
    let origin = "answer/2026-11/mirror/signs";
    assert!(bodies.iter().any(|(id, _)| id == origin), "an origin");
    for register in catalog.practices().iter().flat_map(|it| &it.registers) {
        let mut item = full_item(register, &words);
        item.set("from", Value::from(origin));
        bodies.push((format!("from-{}", register.id), Body::Item(item)));
    }
    let mut kept = commitment(&words, "from-problems");
    kept.close(CommitmentOutcome::Kept, day("2026-11-20"), words.clone());
    bodies.push(("kept".to_owned(), Body::Commitment(kept)));
    let open = commitment(&words, "from-problems");
    bodies.push(("open".to_owned(), Body::Commitment(open)));
    let mut shown = Item::new("acts");
    shown.set("title", Value::from("Shown to all"));
    shown.set("with", Value::from("Ana"));
    shown.set_reached("done", day("2026-11-19"));
    bodies.push(("shown".to_owned(), Body::Item(shown)));
    let mut shown = Item::new("problems");
    shown.set("title", Value::from("Also shown to all"));
    shown.set_reached("solved", day("2026-11-19"));
    bodies.push(("solved".to_owned(), Body::Item(shown)));
    first_versions(bodies)
}

#[test]
fn no_word_of_a_private_page_is_on_a_page_for_others() {
    let here = home(&full_of_secrets());
    for call in pages_for_others() {
        let page = here.ok(&call);
        assert!(!page.contains(SECRET), "{call:?}: {page}");
        assert!(page.contains("hown to all"), "{call:?}: {page}");
    }
    for id in ["kept", "open", "from-problems", "own-inbox"] {
        let called = here.run(&["portfolio", "--include", id]);
        assert_eq!(called.code, Some(2), "{called:?}");
    }
    for call in pages_for_others() {
        assert!(!here.ok(&call).contains(SECRET), "{call:?}");
    }
}

#[test]
fn what_another_machine_knows_to_be_private_is_on_no_page() {
    let all = full_of_secrets();
    let (origins, others): (Vec<Entry>, Vec<Entry>) = all
        .into_iter()
        .partition(|entry| matches!(entry.body, Body::Answer(_)));
    let here = home(&others);
    let other = here.home().join("other.jsonl");
    store::create_journal(&other, &origins).expect("a journal");
    for imports in [false, true] {
        if imports {
            here.ok(&["import", "other.jsonl", "--yes"]);
        }
        for call in pages_for_others() {
            let page = here.ok(&call);
            assert!(!page.contains(SECRET), "{imports} {call:?}: {page}");
        }
    }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the user writes this file")]
fn a_practice_made_private_later_is_on_no_page() {
    let here = home(&entries(None));
    here.ok(&["add", "assist", "Shown to all", "--set", "with=Ana"]);
    let folder = here.home().join("config/leadby/practices");
    std::fs::create_dir_all(&folder).expect("a folder");
    let private = "id = \"problem\"\nprivate = true\n";
    for mistake in ["", "titel = \"x\"\n", "name = \n"] {
        std::fs::write(folder.join("mine.toml"), format!("{private}{mistake}")).expect("a file");
        for call in pages_for_others() {
            let called = here.run(&call);
            assert!(
                !called.output.contains(SECRET),
                "{mistake}{call:?}: {called:?}"
            );
        }
    }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the user writes this file")]
fn a_practice_that_is_hidden_later_is_as_public_as_before() {
    let here = home(&entries(None));
    let folder = here.home().join("config/leadby/practices");
    std::fs::create_dir_all(&folder).expect("a folder");
    let pages: [(&[&str], &str); 5] = [
        (&["portfolio", "--all"], "SECRET kept"),
        (&["remind"], "SECRET open"),
        (&["export", "ics", "--all"], "SECRET kept"),
        (&["export", "csv", "--table", "commitments"], "SECRET kept"),
        (&["export", "md"], "SECRET problem 1"),
    ];
    for (private, is_shown) in [("", true), ("private = true\n", false)] {
        let hidden = format!("id = \"problem\"\nhidden = true\n{private}");
        std::fs::write(folder.join("mine.toml"), hidden).expect("a file");
        for (call, text) in pages {
            let called = here.run(call);
            assert_eq!(
                called.output.contains(text),
                is_shown,
                "{call:?}: {called:?}"
            );
        }
    }
}

#[test]
fn other_entries_are_shown_at_any_distance() {
    // A loop, which leadby never writes, must still end.
    for origin in [None, Some("p3"), Some("item/skills/systems-thinking")] {
        let here = home(&entries(origin));
        for arguments in SEEN.iter().filter(|it| !it.contains(&"answers")) {
            let called = here.run(arguments);
            assert!(called.output.contains(SECRET), "{arguments:?}: {called:?}");
        }
        let again = here.ok(&["review", "--month", "--json"]);
        assert!(again.contains("SECRET evidence"), "{again}");
        let short = here.run(&["status", "--short"]).output;
        assert_eq!(short, "W48 1/8 · ! SECRET open (Fri 20 Nov)\n");
        let bare = here.run(&["status", "--short", "--no-words"]).output;
        assert_eq!(bare, "W48 1/8 · ! Fri 20 Nov\n");
    }
}

#[test]
fn status_short_is_a_short_line() {
    let here = TestEnvironment::new();
    for arguments in [&["--for", "tmux"][..], &["--no-words"]] {
        let called = here.run(&[&["status"], arguments].concat());
        assert_eq!(called.code, Some(2), "{called:?}");
    }
}
