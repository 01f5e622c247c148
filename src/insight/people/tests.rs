//! One person in several spellings, with entries in any order.

use super::*;
use crate::journal::samples::entry_on;
use crate::journal::{Answer, Body, Period, Value};
use crate::practice::parse;

const PRACTICE: &str = r#"
    id = "talk"
    order = 1
    name = "Talk"
    title = "Talk"
    intro = "Speak."
    cadence = "weekly"
    [[steps]]
    id = "thanks"
    label = "Thanks"
    prompt = "Who did you thank?"
    kind = "person"
    [[steps]]
    id = "loops"
    label = "Loops"
    prompt = "Who waits?"
    register = "loops"
    [[registers]]
    id = "loops"
    name = "Loops"
    singular = "loop"
    about = "What waits."
    example = "Dates."
    fields = [
        { id = "title", label = "Loop", kind = "line" },
        { id = "with", label = "With", kind = "person" },
        { id = "told", label = "Told", kind = "person", stage = "closed" },
    ]
    stages = [
        { id = "open", name = "open", starts = true },
        { id = "closed", name = "closed", closes = true },
    ]
    [[registers]]
    id = "names"
    name = "Names"
    singular = "name"
    about = "Names."
    example = "Al"
    joins = "person"
    fields = [
        { id = "title", label = "Name", kind = "line" },
        { id = "person", label = "Person", kind = "person" },
    ]
"#;

fn catalog() -> Catalog {
    Catalog::new(vec![parse("talk", PRACTICE).expect("a practice")])
}

fn entry(id: &str, rev: u64, on: &str, body: Body) -> Entry {
    Entry {
        rev,
        ..entry_on(id, on, body)
    }
}

fn follow_up(id: &str, at: &str, fields: &[(&str, &str)]) -> Entry {
    let item = Item::of_texts("loops", fields.iter().copied());
    entry(id, 1, at, Body::Item(item))
}

fn entries() -> Vec<Entry> {
    let answer = Answer::new(
        Period::Week("2026-W47".parse().expect("a week")),
        "talk",
        "thanks",
        Value::from("priya"),
    );
    vec![
        follow_up(
            "a",
            "2026-11-02",
            &[
                ("title", "Dates"),
                ("with", "ana, Priya & ANA"),
                ("open", "2026-11-02"),
            ],
        ),
        follow_up(
            "b",
            "2026-11-09",
            &[
                ("title", "Costs"),
                ("with", "Priya"),
                ("told", "Ana"),
                ("open", "2026-11-03"),
                ("closed", "2026-11-12"),
            ],
        ),
        follow_up("c", "2026-11-05", &[("title", "No one")]),
        entry(
            "answer/2026-W47/talk/thanks",
            1,
            "2026-11-18",
            Body::Answer(answer),
        ),
    ]
}

fn described_people(journal: &Journal) -> Vec<String> {
    let catalog = catalog();
    let people = people(journal, &catalog);
    let described = people.iter().map(|person| {
        let mentions: Vec<String> = person
            .mentions
            .iter()
            .map(|mention| {
                let sign = if mention.open { "○" } else { "●" };
                format!("{sign}{} {}", mention.entry.id, mention.day)
            })
            .collect();
        format!("{}: {}", person.name, mentions.join(", "))
    });
    described.collect()
}

#[test]
fn one_person_is_found_under_every_spelling() {
    let journal = Journal::fold(entries());
    assert_eq!(
        described_people(&journal),
        [
            "priya: ●answer/2026-W47/talk/thanks 2026-11-18, ●b 2026-11-12, ○a 2026-11-02",
            "Ana: ●b 2026-11-12, ○a 2026-11-02",
        ]
    );
    let catalog = catalog();
    let ana = person(&journal, " aNA", &catalog).expect("she is named");
    assert_eq!((ana.name.as_str(), ana.open_count()), ("Ana", 1));
    assert_eq!(ana.by_practice()[0].1, 2);
    assert_eq!(person(&journal, "Zoë", &catalog), None);
}

/// That `title` is another name of `person`.
fn joined(id: &str, at: &str, title: &str, person: &str) -> Entry {
    let item = Item::of_texts("names", [("title", title), ("person", person)]);
    entry(id, 1, at, Body::Item(item))
}

#[test]
fn joined_names_are_one_person_and_what_was_written_stays() {
    let mut all = entries();
    all.push(joined("n", "2026-11-19", "priya", "Ana Sørensen"));
    all.push(joined("m", "2026-11-20", "ANA", "Ana Sørensen"));
    all.push(follow_up("d", "2026-11-21", &[("title", "Told @Priya so")]));
    let journal = Journal::fold(all.clone());
    assert_eq!(
        described_people(&journal),
        [
            "Ana Sørensen: ○d 2026-11-21, ●answer/2026-W47/talk/thanks 2026-11-18, \
             ●b 2026-11-12, ●b 2026-11-12, ○a 2026-11-02"
        ]
    );
    let catalog = catalog();
    let one = person(&journal, "ana", &catalog).expect("she is named");
    assert_eq!(one.other_names, ["priya", "ANA"]);
    assert_eq!(journal.items("loops")[0].1.text("with"), "ana, Priya & ANA");
    // Undone, they are two people again.
    all.push(entry("n", 2, "2026-11-22", Body::Deleted));
    let journal = Journal::fold(all);
    assert_eq!(described_people(&journal).len(), 2);
}

#[test]
fn the_order_of_the_entries_does_not_matter() {
    let mut forwards = entries();
    let mut backwards = entries();
    // Two machines join one name with two others.
    let joins = [
        joined("n", "2026-11-19", "priya", "Ana"),
        joined("m", "2026-11-19", "Priya", "Priya Rao"),
    ];
    forwards.extend(joins.clone());
    backwards.extend(joins);
    backwards.reverse();
    assert_eq!(described_people(&Journal::fold(forwards.clone())).len(), 1);
    assert_eq!(
        described_people(&Journal::fold(forwards)),
        described_people(&Journal::fold(backwards))
    );
}

#[test]
fn deleted_entries_name_no_one() {
    let mut all = entries();
    for id in ["a", "b", "answer/2026-W47/talk/thanks"] {
        all.push(entry(id, 2, "2026-11-20", Body::Deleted));
    }
    assert!(described_people(&Journal::fold(all)).is_empty());
}

#[test]
fn an_at_sign_counts_as_the_field_does_and_once_in_an_item() {
    let practice = PRACTICE.replace(
        "example = \"Dates.\"",
        "example = \"Dates.\"\n    helps = \"with\"",
    );
    let catalog = Catalog::new(vec![parse("talk", &practice).expect("a practice")]);
    let journal = Journal::fold([
        follow_up(
            "a",
            "2026-11-02",
            &[("title", "Asked @ana and @Priya"), ("with", "Ana Sørensen")],
        ),
        follow_up(
            "b",
            "2026-11-03",
            &[("title", "Showed @ana sørensen the list")],
        ),
        follow_up("c", "2026-11-04", &[("title", "Mailed ana@example.org")]),
    ]);
    let helped = helped(&journal, &catalog, |_| true);
    let expected = [("Ana Sørensen", 2), ("ana", 1), ("Priya", 1)];
    let mut named: Vec<(&str, usize)> = helped
        .iter()
        .map(|(name, times)| (&**name, *times))
        .collect();
    named.sort_by_key(|(name, times)| (Reverse(*times), name.to_lowercase()));
    assert_eq!(named, expected);
}
