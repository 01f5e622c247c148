//! What queries mean, what they find, and what always holds whatever is written and typed.

use chrono::NaiveDate;
use proptest::prelude::*;

use super::*;
use crate::calendar::{Now, Week};
use crate::journal::{
    Answer, Body, Commitment, Dated, Entry, How, Id, Item, Journal, Period, Value,
};
use crate::practice::{self, Catalog};

fn now() -> Now {
    Now::new("2026-11-24T09:15:02+01:00".parse().expect("an instant"))
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn entry(id: &str, on: &str, body: Body) -> Entry {
    Entry {
        id: Id::new(id),
        rev: 1,
        undoes: None,
        at: format!("{on}T09:00:00+01:00").parse().expect("an instant"),
        body,
    }
}

fn commitment(id: &str, due: &str, better: &str, area: &str) -> Entry {
    let body = Body::Commitment(Commitment {
        better: better.to_owned(),
        area: area.to_owned(),
        due: day(due),
        made: day(due),
        moves: Vec::new(),
        closing: None,
        origin: None,
    });
    entry(id, due, body)
}

fn item(id: &str, on: &str, register: &str, values: &[(&str, &str)]) -> Entry {
    let mut item = Item::new(register);
    for (field, text) in values {
        item.set(field, Value::Text((*text).to_owned()));
    }
    entry(id, on, Body::Item(item))
}

fn answer(week: &str, on: &str, practice: &str, step: &str, text: &str) -> Entry {
    let period = Period::Week(week.parse::<Week>().expect("a week"));
    let body = Body::Answer(Answer {
        period,
        practice: practice.to_owned(),
        step: step.to_owned(),
        value: Value::Text(text.to_owned()),
    });
    entry(Id::answer(period, practice, step).as_str(), on, body)
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
            How::Kept,
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
        let line = |text: &str| Dated {
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
    assert_eq!(query.troubles(), [""; 0], "{text}");
    let mut haystack = Haystack::new(&journal, &catalog);
    let hits = haystack.best(&query);
    let found: Vec<&str> = hits.iter().map(|hit| haystack.id(*hit).as_str()).collect();
    assert_eq!(found, expected, "{text}");
}

#[track_caller]
fn check_trouble(text: &str, expected: &str) {
    let (journal, catalog) = (journal(), practice::builtin());
    let query = Query::parse(text, &catalog, now());
    let haystack = Haystack::new(&journal, &catalog);
    let troubles = [query.troubles(), &haystack.troubles(&query)].concat();
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
        "“knd:” is no filter; there are kind, area, person, since, until, week",
    );
    check_trouble(
        "kind:xyz",
        "kind: knows no “xyz”; it takes commitment, answer, a list or a practice",
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
    check_trouble(
        "person:karl",
        "nobody called “karl” is named in the journal",
    );
    check_trouble("area:moon", "no area begins with “moon”");
    let (journal, catalog) = (journal(), practice::builtin());
    let mut haystack = Haystack::new(&journal, &catalog);
    let query = Query::parse("knd:problem rules since:soon", &catalog, now());
    assert_eq!(haystack.search(&query).len(), 1);
    assert_eq!(query.troubles().len(), 2);
}

#[track_caller]
fn check_places(query: &str, text: &str, expected: &str) {
    let query = Query::parse(query, &practice::builtin(), now());
    let mut shown = String::new();
    let mut last = 0;
    for place in query.places(text) {
        shown.push_str(&text[last..place.start]);
        shown.push('[');
        shown.push_str(&text[place.clone()]);
        shown.push(']');
        last = place.end;
    }
    shown.push_str(&text[last..]);
    assert_eq!(shown, expected);
}

#[test]
fn the_places_are_those_of_what_was_typed() {
    check_places(
        "rel own",
        "One Owner, one release",
        "One [Own]er, one [rel]ease",
    );
    check_places("mtg", "A Meeting", "A [M]ee[t]in[g]");
    check_places(
        "\"one owner\"",
        "One — owner: one. Owner",
        "[One] — [owner]: [one]. [Owner]",
    );
    check_places("\"an\"", "banana", "b[anan]a");
    check_places("strasse", "die Straße", "die [Straße]");
    check_places("zoe", "Zoe\u{301}!", "[Zoe\u{301}]!");
    check_places("👩‍👩‍👧", "a 👩‍👩‍👧 b", "a [👩‍👩‍👧] b");
    check_places("責任", "一人責任者", "一人[責任]者");
    check_places("שלום", "אשלום!", "א[שלום]!");
    check_places("-own kind:audit", "owner audit", "owner audit");
    check_places("", "owner", "owner");
}

#[track_caller]
fn check_offer(text: &str, expected: Option<(&str, &str)>) {
    let (journal, catalog) = (journal(), practice::builtin());
    let haystack = Haystack::new(&journal, &catalog);
    let values = values(text, &haystack, &journal, &catalog, now());
    let offer = offer(text, &values);
    let found = offer
        .as_ref()
        .map(|it| (it.whole.as_str(), it.rest.as_str()));
    assert_eq!(found, expected, "{text}");
}

#[test]
fn a_filter_that_was_begun_is_made_whole() {
    check_offer("ki", Some(("kind:", "nd:")));
    check_offer("release -PE", Some(("release -PErson:", "rson:")));
    check_offer("kind:", Some(("kind:commitment ", "commitment")));
    check_offer("kind:prob", Some(("kind:problem ", "lem")));
    check_offer("-kind:Aud", Some(("-kind:audit ", "it")));
    check_offer(
        "x person:an",
        Some(("x person:\"Ana Sørensen\" ", "a Sørensen")),
    );
    check_offer(
        "person:\"ana s",
        Some(("person:\"Ana Sørensen\" ", "ørensen")),
    );
    check_offer(
        "person:\"ana ",
        Some(("person:\"Ana Sørensen\" ", "Sørensen")),
    );
    check_offer("person:zo", Some(("person:Zoe\u{301} ", "e\u{301}")));
    check_offer("area:pro", Some(("area:process ", "cess")));
    check_offer("since:last-", Some(("since:last-week ", "week")));
    check_offer("week:", Some(("week:this ", "this")));
    check_offer("week:2026-W4", Some(("week:2026-W46 ", "6")));
    for text in [
        "",
        "k",
        "ki ",
        "kind:audit ",
        "kind:xyz",
        "\"ki",
        "person:\"Ana Sørensen\"",
        "zz",
    ] {
        check_offer(text, None);
    }
}

#[test]
fn whoever_was_mentioned_last_is_offered_first() {
    let (journal, catalog) = (journal(), practice::builtin());
    let haystack = Haystack::new(&journal, &catalog);
    assert_eq!(haystack.people(), ["Ana Sørensen", "Priya", "Zoe\u{301}"]);
}

/// Words of many scripts, some of which are the beginnings of others.
fn text() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        "[a-d]{1,5}",
        "[ÄöüßéŁ]{1,3}",
        "[責任者一]{1,4}",
        "[שלום]{1,3}",
        Just("👩‍👩‍👧".to_owned()),
        Just("e\u{301}a".to_owned()),
        Just("don't, v1.2—x".to_owned()),
        "\\PC{1,4}",
    ];
    prop::collection::vec(word, 0..6).prop_map(|words| words.join(" "))
}

fn some_journal() -> impl Strategy<Value = Vec<Entry>> {
    let one = (0..12_u32, 1..4_u64, 0..4_u32, text(), text());
    prop::collection::vec(one, 1..16).prop_map(|entries| {
        let entries = entries.into_iter();
        let entry = |(id, rev, kind, one, other): (u32, u64, u32, String, String)| {
            let on = format!("2026-11-{:02}", id + 1);
            let name = format!("id{id}");
            let mut entry = match kind {
                0 => commitment(&name, &on, &one, &other),
                1 => item(
                    &name,
                    &on,
                    "problems",
                    &[("title", &one), ("wrong", &other)],
                ),
                2 => answer("2026-W47", &on, "audit", "influence", &one),
                _ => entry(&name, &on, Body::Deleted),
            };
            entry.rev = rev;
            entry
        };
        entries.map(entry).collect()
    })
}

fn ids(haystack: &mut Haystack, text: &str, catalog: &Catalog) -> Vec<(Id, u32)> {
    let hits = haystack.best(&Query::parse(text, catalog, now()));
    let found = hits
        .iter()
        .map(|hit| (haystack.id(*hit).clone(), hit.score));
    found.collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn an_entry_is_found_by_each_of_its_own_words(entries in some_journal()) {
        let catalog = practice::builtin();
        let journal = Journal::fold(entries);
        let mut haystack = Haystack::new(&journal, &catalog);
        for entry in journal.entries() {
            for passage in passages(entry, &catalog) {
                for word in passage.text.split_whitespace() {
                    let quoted = format!("\"{}\"", word.replace(['"', '“', '”', '„'], " "));
                    let found = ids(&mut haystack, &quoted, &catalog);
                    prop_assert!(found.iter().any(|(id, _)| *id == entry.id), "{quoted}");
                    let query = Query::parse(&quoted, &catalog, now());
                    if query.has_words() {
                        prop_assert!(!query.places(&passage.text).is_empty(), "{quoted}");
                    }
                }
            }
        }
    }

    #[test]
    fn what_was_renewed_finds_what_a_new_one_finds(
        before in some_journal(),
        after in some_journal(),
        queries in prop::collection::vec(text(), 1..4),
    ) {
        let catalog = practice::builtin();
        let mut journal = Journal::fold(before);
        let mut renewed = Haystack::new(&journal, &catalog);
        for entry in after {
            let id = entry.id.clone();
            journal.absorb(entry);
            renewed.renew(&id, &journal, &catalog);
        }
        let mut fresh = Haystack::new(&journal, &catalog);
        prop_assert_eq!(renewed.count(), fresh.count());
        for query in queries.iter().map(String::as_str).chain(["", "kind:problem", "a"]) {
            prop_assert_eq!(ids(&mut renewed, query, &catalog), ids(&mut fresh, query, &catalog));
        }
    }

    #[test]
    fn typing_on_finds_what_looking_afresh_finds(entries in some_journal(), typed in text()) {
        let catalog = practice::builtin();
        let journal = Journal::fold(entries);
        let mut typing = Haystack::new(&journal, &catalog);
        for (end, _) in typed.char_indices() {
            let mut fresh = Haystack::new(&journal, &catalog);
            let found = ids(&mut typing, &typed[..end], &catalog);
            prop_assert_eq!(&found, &ids(&mut fresh, &typed[..end], &catalog));
            // The best first, and of the same the newest.
            prop_assert!(found.is_sorted_by(|(_, one), (_, other)| one >= other));
        }
    }

    #[test]
    fn no_query_and_no_text_is_too_much(query in "\\PC{0,24}", text in "\\PC{0,40}") {
        let query = Query::parse(&query, &practice::builtin(), now());
        let mut last = 0;
        for place in query.places(&text) {
            prop_assert!(place.start >= last && place.start < place.end);
            prop_assert!(text.get(place.clone()).is_some());
            last = place.end;
        }
    }
}

#[test]
fn the_haystack_is_not_much_larger_than_the_text() {
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
        .flat_map(|entry| passages(entry, &catalog))
        .map(|passage| passage.text.len())
        .sum();
    let size = Haystack::new(&journal, &catalog).size();
    assert!(size < text + text / 10, "{size} bytes for {text} of text");
}
