//! What came from a private page, through any number of links, is in no output that others may see.

use leadby::calendar::Month;
use leadby::journal::{
    Answer, Body, Commitment, CommitmentOutcome, Entry, Id, Item, Period, Value,
};
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
        better: better.to_owned(),
        area: "process".to_owned(),
        due: day("2026-11-20"),
        made: day("2026-11-02"),
        moves: Vec::new(),
        closing: None,
        origin: Some(Id::new(origin)),
    }
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
    let mirror = Answer {
        period: Period::Month(Month::of(day("2026-11-01"))),
        practice: "mirror".to_owned(),
        step: "growth".to_owned(),
        value: Value::List(vec![SECRET.to_owned()]),
    };
    bodies.push((
        "answer/2026-11/mirror/growth".to_owned(),
        Body::Answer(mirror),
    ));
    let moment = Answer {
        period: Period::Month(Month::of(day("2026-11-01"))),
        practice: "mirror".to_owned(),
        step: "moment".to_owned(),
        value: Value::Text(format!("{SECRET} moment")),
    };
    bodies.push((
        "answer/2026-11/mirror/moment".to_owned(),
        Body::Answer(moment),
    ));
    let entries = bodies.into_iter().map(|(id, body)| Entry {
        id: Id::new(id),
        rev: 1,
        at: NOW.parse().expect("an instant"),
        lineage: Default::default(),
        body,
    });
    entries.collect()
}

fn home(entries: &[Entry]) -> TestEnvironment {
    let environment = TestEnvironment::filled();
    std::fs::remove_file(environment.journal()).expect("it was there");
    store::create_journal(&environment.journal(), entries).expect("a journal");
    environment
}

/// Every output that is meant for others.
const SEEN: [&[&str]; 14] = [
    &["portfolio", "--all"],
    &["portfolio", "--all", "--format", "html"],
    &["portfolio", "--all", "--format", "json"],
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
