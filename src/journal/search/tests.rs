//! What queries mean, and what they find.

use super::*;
use crate::calendar::Week;
use crate::journal::samples::{day, entry_on, now};
use crate::journal::{
    Answer, Body, Commitment, CommitmentOutcome, DatedLine, Entry, Id, Item, Journal, Period, Value,
};
use crate::practice;

mod chance;
mod typing;

fn commitment(id: &str, due: &str, better: &str, area: &str) -> Entry {
    let body = Body::Commitment(Commitment {
        area: area.to_owned(),
        ..Commitment::new(better, day(due), day(due))
    });
    entry_on(id, due, body)
}

fn item(id: &str, on: &str, register: &str, values: &[(&str, &str)]) -> Entry {
    let item = Item::of_texts(register, values.iter().copied());
    entry_on(id, on, Body::Item(item))
}

fn answer(week: &str, on: &str, practice: &str, step: &str, text: &str) -> Entry {
    let period = Period::Week(week.parse::<Week>().expect("a week"));
    let body = Body::Answer(Answer::new(period, practice, step, Value::from(text)));
    entry_on(Id::answer(period, practice, step).as_str(), on, body)
}

fn journal() -> Journal {
    let mut kept = commitment("inbox", "2026-10-30", "Two rules for the inbox", "inbox");
    if let Body::Commitment(commitment) = &mut kept.body {
        commitment.move_to(
            day("2026-11-06"),
            day("2026-10-30"),
            "waiting for the mail team",
        );
        commitment.close(
            CommitmentOutcome::Kept,
            day("2026-11-05"),
            "Straße and Łódź both answer in a day",
        );
    }
    let mut log = item(
        "loop",
        "2026-09-01",
        "loops",
        &[
            ("title", "Tell them whether June holds"),
            ("with", "Ana Sørensen, Priya"),
        ],
    );
    if let Body::Item(item) = &mut log.body {
        let line = |text: &str| DatedLine {
            on: day("2026-09-02"),
            text: text.to_owned(),
        };
        item.set(
            "notes",
            Value::Log(vec![line("asked twice"), line("no reply yet")]),
        );
    }
    Journal::fold([
        commitment(
            "owner",
            "2026-11-27",
            "One owner for every release step",
            "process",
        ),
        kept,
        log,
        item(
            "problem",
            "2026-11-03",
            "problems",
            &[
                ("title", "Nobody owned the release"),
                ("wrong", "責任者が一人もいない"),
            ],
        ),
        item(
            "act",
            "2025-03-04",
            "acts",
            &[("title", "Taught שלום 👩‍👩‍👧"), ("with", "Zoe\u{301}")],
        ),
        answer(
            "2026-W12",
            "2026-11-20",
            "audit",
            "influence",
            "The release of the owner's guide",
        ),
    ])
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let (journal, catalog) = (journal(), practice::builtin());
    let query = Query::parse(text, &catalog, now());
    assert_eq!(query.errors(), [""; 0], "{text}");
    let mut index = SearchIndex::new(&journal, &catalog);
    let hits = index.best(&query, &journal, &catalog);
    let found: Vec<&str> = hits.iter().map(|hit| index.id(*hit).as_str()).collect();
    assert_eq!(found, expected, "{text}");
}

#[track_caller]
fn check_trouble(text: &str, expected: &str) {
    let (journal, catalog) = (journal(), practice::builtin());
    let query = Query::parse(text, &catalog, now());
    let index = SearchIndex::new(&journal, &catalog);
    let troubles = [query.errors(), &index.unmatched(&query, &journal, &catalog)].concat();
    assert_eq!(troubles.join("; "), expected, "{text}");
}

const ALL: [&str; 6] = [
    "owner",
    "inbox",
    "problem",
    "loop",
    "answer/2026-W12/audit/influence",
    "act",
];

#[test]
fn what_asks_for_nothing_finds_everything_the_newest_first() {
    for text in ["", "  ", "-", "\"\"", "— …", "kind:", "person: -area:"] {
        check(text, &ALL);
    }
}

#[test]
fn words_are_found_in_every_part_of_an_entry() {
    check("rules", &["inbox"]);
    check("mail", &["inbox"]);
    check("answer", &["inbox"]);
    check("june", &["loop"]);
    check("twice", &["loop"]);
    check("taught", &["act"]);
    check("guide", &["answer/2026-W12/audit/influence"]);
    check("process", &["owner"]);
}

#[test]
fn letters_may_be_missing_and_all_words_must_be_there() {
    check(
        "relese",
        &["owner", "problem", "answer/2026-W12/audit/influence"],
    );
    check("nbdy", &["problem"]);
    check("ownr evry", &["owner"]);
    check("evry ownr", &["owner"]);
    check("owner inbox", &[]);
}

#[test]
fn what_fits_better_comes_first_and_of_the_same_the_newer() {
    check(
        "own",
        &["owner", "problem", "answer/2026-W12/audit/influence"],
    );
    check("owned", &["problem"]);
    check(
        "release",
        &["owner", "problem", "answer/2026-W12/audit/influence"],
    );
}

#[test]
fn words_in_quotes_are_found_as_they_stand() {
    check("\"release step\"", &["owner"]);
    check("\"RELEASE  STEP\"", &["owner"]);
    check("\"lease st\"", &["owner"]);
    check("\"step release\"", &[]);
    check("\"relese\"", &[]);
    check("“one owner for every release”", &["owner"]);
    check("\"owner's guide\"", &["answer/2026-W12/audit/influence"]);
    // Not from one field into the next.
    check("\"step process\"", &[]);
    check(
        "\"own",
        &["owner", "problem", "answer/2026-W12/audit/influence"],
    );
}

#[test]
fn case_accents_and_scripts_make_no_difference() {
    check("strasse", &["inbox"]);
    check("STRASSE lodz", &["inbox"]);
    check("Łódź", &["inbox"]);
    check("責任者", &["problem"]);
    check("一人", &["problem"]);
    check("\"一人も\"", &["problem"]);
    check("שלום", &["act"]);
    check("👩‍👩‍👧", &["act"]);
    check("zoé", &["act"]);
}

#[test]
fn a_minus_leaves_out_what_it_finds() {
    check(
        "release -nobody",
        &["owner", "answer/2026-W12/audit/influence"],
    );
    check(
        "release -\"every release\"",
        &["problem", "answer/2026-W12/audit/influence"],
    );
    check("release -kind:commitment -kind:audit", &["problem"]);
    // What is left out is so as it stands, not with letters missing.
    check(
        "release -nbdy",
        &["owner", "problem", "answer/2026-W12/audit/influence"],
    );
    check("-person:priya kind:communication", &[]);
    check("-week:48 kind:commitment", &["inbox"]);
}

#[test]
fn filters_narrow_and_the_same_one_twice_widens() {
    check("kind:commitment", &["owner", "inbox"]);
    check("kind:Problems", &["problem"]);
    check("kind:prob", &["problem"]);
    check("kind:answer", &["answer/2026-W12/audit/influence"]);
    check(
        "kind:audit kind:act",
        &["answer/2026-W12/audit/influence", "act"],
    );
    check("kind:multiplier", &["act"]);
    check("kind:commitment rules", &["inbox"]);
    check("area:PROC", &["owner"]);
    check("area:inbox area:process", &["owner", "inbox"]);
    check("person:ana", &["loop"]);
    check("person:sorensen", &["loop"]);
    check("person:\"ana sø\"", &["loop"]);
    check("person:zoe person:priya", &["loop", "act"]);
    check("kind:act person:ana", &[]);
}

#[test]
fn a_person_is_found_by_an_at_sign_and_by_every_name_that_was_joined() {
    let mut journal = journal();
    journal.insert_all([
        commitment(
            "mark",
            "2026-11-28",
            "Answer @Jonas and @Zoe\u{301} daily",
            "",
        ),
        item(
            "join",
            "2026-11-24",
            "aliases",
            &[("title", "Zoe\u{301}"), ("person", "Sofia Lima")],
        ),
    ]);
    let catalog = practice::builtin();
    let check = |text: &str, expected: &[&str]| {
        let query = Query::parse(text, &catalog, now());
        let mut index = SearchIndex::new(&journal, &catalog);
        let hits = index.search(&query, &journal, &catalog);
        let found: Vec<&str> = hits.iter().map(|hit| index.id(*hit).as_str()).collect();
        assert_eq!(found, expected, "{text}");
        let unmatched = index.unmatched(&query, &journal, &catalog);
        assert_eq!(unmatched.is_empty(), !expected.is_empty(), "{text}");
    };
    check("person:jonas", &["mark"]);
    check("person:zoe", &["mark", "act"]);
    check("person:sofia", &["mark", "act"]);
    check("person:lima -person:jonas", &["act"]);
    check("person:zo\u{eb}x", &[]);
}

#[test]
fn a_whole_name_is_that_person_and_a_beginning_is_all_who_are_called_so() {
    let named = |id, name| item(id, "2026-11-24", "acts", &[("title", "x"), ("with", name)]);
    let journal = Journal::fold([
        named("a", "Ana"),
        named("b", "Anastasia"),
        named("c", "Ana Berg"),
        named("d", "Priya, ANA"),
        commitment("e", "2026-11-24", "Answer @Tom daily", ""),
        commitment("f", "2026-11-24", "Answer @Tommy daily", ""),
    ]);
    let catalog = practice::builtin();
    let check = |text: &str, expected: &[&str]| {
        let query = Query::parse(text, &catalog, now());
        let mut index = SearchIndex::new(&journal, &catalog);
        let hits = index.search(&query, &journal, &catalog);
        let mut found: Vec<&str> = hits.iter().map(|hit| index.id(*hit).as_str()).collect();
        found.sort_unstable();
        assert_eq!(found, expected, "{text}");
    };
    check("person:ana", &["a", "d"]);
    check("person:\"ana b\"", &["c"]);
    check("person:an", &["a", "b", "c", "d"]);
    check("person:tom", &["e"]);
    check("person:to", &["e", "f"]);
}

#[test]
fn days_are_those_an_entry_stands_under() {
    check("since:1-Nov", &["owner", "inbox", "problem"]);
    check("since:\"3 Nov\" until:2026-11-06", &["inbox", "problem"]);
    check("until:2025", &["act"]);
    check("week:48", &["owner"]);
    check("week:this", &["owner"]);
    check("week:45", &["inbox", "problem"]);
    check("week:2026-W12", &["answer/2026-W12/audit/influence"]);
    check(
        "week:48 week:w12",
        &["owner", "answer/2026-W12/audit/influence"],
    );
    check("since:last-month until:last-month", &[]);
}

#[test]
fn what_makes_no_sense_is_said_and_the_rest_looked_for() {
    check_trouble("release", "");
    check_trouble("note: see 10:30 https://x.y", "");
    check_trouble(
        "knd:problem",
        "quote “knd:” or use kind, area, person, state, is, due, since, until, week",
    );
    check_trouble(
        "kind:xyz",
        "no kind called “xyz”; kind: takes commitment, answer, a list or a practice",
    );
    check_trouble(
        "week:99",
        "week: takes this, last, a number like 48, or 2026-W48",
    );
    check_trouble(
        "week:nov",
        "week: takes this, last, a number like 48, or 2026-W48",
    );
    check_trouble(
        "since:soon",
        "since: takes a day or more, like 3w, 1-Oct, last-month or 2026-11",
    );
    check_trouble("person:karl", "no one called “karl” in the journal");
    check_trouble("area:moon", "no area begins with “moon”");
    let (journal, catalog) = (journal(), practice::builtin());
    let mut index = SearchIndex::new(&journal, &catalog);
    let query = Query::parse("knd:problem rules since:soon", &catalog, now());
    assert_eq!(index.search(&query, &journal, &catalog).len(), 1);
    assert_eq!(query.errors().len(), 2);
}

#[test]
fn signs_in_quotes_are_looked_for_as_they_stand() {
    let catalog = practice::builtin();
    let texts = [
        "the cat",
        "C++ at 10:30",
        "c and c#",
        "don’t – stop",
        "50 %",
        "a:b",
    ];
    let items = texts.iter().enumerate().map(|(at, text)| {
        item(
            &format!("{at}"),
            "2026-11-03",
            "problems",
            &[("title", text)],
        )
    });
    let journal = Journal::fold(items);
    let mut index = SearchIndex::new(&journal, &catalog);
    let mut check = |text: &str, expected: &[usize], marked: &str| {
        let query = Query::parse(text, &catalog, now());
        assert_eq!(query.errors(), [""; 0], "{text}");
        let hits = index.best(&query, &journal, &catalog);
        let mut found: Vec<usize> = hits
            .iter()
            .filter_map(|hit| index.id(*hit).as_str().parse().ok())
            .collect();
        found.sort_unstable();
        assert_eq!(found, expected, "{text}");
        let text = expected.first().map_or("", |at| texts[*at]);
        let places = query.places(text).into_iter().map(|place| &text[place]);
        assert_eq!(places.collect::<Vec<_>>().join("|"), marked, "{text}");
    };
    check("\"C++\"", &[1], "C++");
    check("\"c\"", &[0, 1, 2], "c");
    check("\"c#\"", &[2], "c#");
    check("\"10:30\"", &[1], "10:30");
    check("\"a:b\"", &[5], "a:b");
    check("\"don't - stop\"", &[3], "don’t – stop");
    check("\"++\"", &[1], "++");
    check("\" %\"", &[4], "%");
    check("\"C++\" cat", &[], "");
    check("-\"C++\" -\"50 %\"", &[0, 2, 3, 5], "");
}

#[test]
fn the_same_word_again_is_looked_for_once_and_too_many_are_said() {
    let catalog = practice::builtin();
    let same = "owner \"owner\" ".repeat(200);
    let query = Query::parse(&same, &catalog, now());
    assert_eq!((query.wanted.len(), query.errors().len()), (2, 0));
    let different: Vec<String> = (0..400).map(|at| format!("word{at}")).collect();
    let query = Query::parse(&different.join(" "), &catalog, now());
    assert_eq!(query.wanted.len(), 32);
    assert_eq!(
        query.errors(),
        ["at most 32 different words can be searched for"]
    );
}

#[test]
fn of_a_text_as_long_as_a_book_only_pages_are_looked_at() {
    let catalog = practice::builtin();
    let book = format!(
        "{}needle {}",
        "für ".repeat(1_000_000),
        "für ".repeat(1_000_000)
    );
    let query = Query::parse("needle", &catalog, now());
    let pages = query.pages(&book);
    assert!(pages.len() <= 1 << 14 && pages.contains("needle"));
    let query = Query::parse("für", &catalog, now());
    assert!(book.starts_with(query.pages(&book)));
    assert_eq!(query.pages("short"), "short");
}

#[test]
fn the_index_is_not_much_larger_than_the_text() {
    let catalog = practice::builtin();
    let words = [
        "release", "owner", "every", "because", "meeting", "step", "agreed", "without",
    ];
    let entries = (0..2_000_usize).map(|at| {
        let text: Vec<&str> = (0..30)
            .map(|word| words[(at + word * word) % words.len()])
            .collect();
        item(
            &format!("id{at}"),
            "2026-11-03",
            "problems",
            &[("title", &text.join(" "))],
        )
    });
    let journal = Journal::fold(entries);
    let text: usize = journal
        .entries()
        .flat_map(|entry| passages(entry, &[], &catalog))
        .map(|passage| passage.text.len())
        .sum();
    let mut index = SearchIndex::new(&journal, &catalog);
    index.prepare(&journal, &catalog, usize::MAX);
    let size = index.size();
    assert!(size < text + text / 10, "{size} bytes for {text} of text");
}
