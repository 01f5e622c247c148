//! The index finds what reading every entry finds, in whatever order the versions come.

use std::cmp::Reverse;

use super::*;
use crate::calendar::Timestamp;
use crate::journal::samples::{answered, entry_on, month, versioned};
use crate::practice::{self, Catalog, ORIGIN_KEY};

fn entry(id: &str, rev: u64, day: u32, body: Body) -> Entry {
    let entry = entry_on(id, &format!("2026-11-{day:02}"), body);
    Entry { rev, ..entry }
}

fn week(number: u32) -> Period {
    samples::week(&format!("2026-W{number}"))
}

fn answer(period: Period, words: &str) -> Body {
    Body::Answer(Answer::new(
        period,
        "audit",
        "influence",
        Value::from(words),
    ))
}

fn item(register: &str, title: &str) -> Body {
    Body::Item(Item::of_texts(register, [("title", title)]))
}

fn from(origin: &str, body: Body) -> Body {
    let origin = Id::new(origin);
    match body {
        Body::Item(mut item) => {
            item.set(ORIGIN_KEY, Value::Text(origin.to_string()));
            Body::Item(item)
        }
        Body::Commitment(mut commitment) => {
            commitment.origin = Some(origin);
            Body::Commitment(commitment)
        }
        other => other,
    }
}

fn commitment(due: u32, how: Option<(CommitmentOutcome, u32)>) -> Body {
    let day = |day| NaiveDate::from_ymd_opt(2026, 11, day).expect("a day");
    let mut commitment = Commitment::new("x", day(1), day(due));
    if let Some((how, on)) = how {
        commitment.close(how, day(on), "");
    }
    Body::Commitment(commitment)
}

/// Versions that change everything the index uses: kind, register, days and existence.
fn versions() -> Vec<Entry> {
    vec![
        entry("answer/1", 1, 2, answer(week(45), "first")),
        entry("answer/2", 1, 9, answer(week(46), "")),
        entry("answer/2", 2, 9, answer(week(46), "second")),
        entry("answer/3", 1, 16, answer(week(47), " ")),
        entry("answer/4", 1, 16, answer(month("2026-11"), "of the month")),
        entry("answer/5", 1, 17, answer(Period::Standing, "for good")),
        entry("answer/6", 1, 18, answer(week(44), "gone")),
        entry("answer/6", 2, 19, Body::Deleted),
        entry("item/a", 1, 5, item("problems", "a")),
        entry("item/b", 1, 4, item("problems", "b")),
        // Written first, although its revision is higher.
        entry("item/a", 2, 3, item("problems", "a, edited")),
        entry("item/c", 1, 2, item("problems", "c")),
        entry("item/c", 2, 8, item("skills", "c, elsewhere")),
        entry("item/d", 1, 2, item("skills", "d")),
        entry("item/d", 2, 3, Body::Deleted),
        entry("item/d", 3, 4, item("skills", "d, back")),
        entry("who/a", 1, 1, commitment(20, None)),
        entry("who/a", 2, 6, commitment(13, None)),
        entry("who/b", 1, 1, commitment(13, None)),
        entry(
            "who/b",
            2,
            14,
            commitment(13, Some((CommitmentOutcome::Missed, 14))),
        ),
        entry(
            "who/b",
            3,
            15,
            commitment(13, Some((CommitmentOutcome::Kept, 13))),
        ),
        entry(
            "who/c",
            1,
            2,
            commitment(6, Some((CommitmentOutcome::LetGo, 7))),
        ),
        entry(
            "who/d",
            1,
            2,
            commitment(6, Some((CommitmentOutcome::Missed, 8))),
        ),
        entry(
            "who/e",
            1,
            2,
            commitment(6, Some((CommitmentOutcome::Kept, 9))),
        ),
        entry("who/e", 2, 10, Body::Deleted),
        entry("who/f", 1, 2, commitment(7, None)),
        entry("who/f", 2, 11, item("problems", "f, of another kind")),
        entry("item/e", 1, 12, from("answer/2", item("problems", "e"))),
        entry("item/f", 1, 11, from("answer/2", item("skills", "f"))),
        entry("item/f", 2, 12, from("answer/2", item("problems", "f"))),
        entry("item/g", 1, 12, from("answer/2", item("skills", "g"))),
        entry("item/g", 2, 13, from("answer/3", item("skills", "g"))),
        entry("item/h", 1, 12, from("answer/6", item("skills", "h"))),
        entry("item/h", 2, 13, item("skills", "h, of its own")),
        entry("who/g", 1, 10, from("answer/2", commitment(20, None))),
        entry("who/h", 1, 10, from("answer/2", commitment(20, None))),
        entry("who/h", 2, 11, from("answer/2", commitment(13, None))),
        entry("who/i", 1, 10, from("item/a", commitment(20, None))),
        entry("who/i", 2, 11, Body::Deleted),
    ]
}

/// The same in many orders: rotated, reversed, and every nth one first.
fn orders(entries: &[Entry]) -> Vec<Vec<Entry>> {
    let mut orders = Vec::new();
    for turn in 0..entries.len() {
        let mut turned = entries.to_vec();
        turned.rotate_left(turn);
        orders.push(turned.clone());
        turned.reverse();
        orders.push(turned.clone());
        let stride = turn + 2;
        let picked = (0..stride).flat_map(|from| turned.iter().skip(from).step_by(stride).cloned());
        orders.push(picked.collect());
    }
    orders
}

fn check_against_every_entry(journal: &Journal, catalog: &Catalog) {
    let commitments: Vec<&Id> = journal
        .commitments()
        .iter()
        .map(|(entry, _)| &entry.id)
        .collect();
    let mut seen: Vec<(NaiveDate, NaiveDate, &Id)> = journal
        .entries()
        .filter_map(|entry| match &entry.body {
            Body::Commitment(commitment) => Some((commitment.due, commitment.made, &entry.id)),
            _ => None,
        })
        .collect();
    seen.sort();
    let seen: Vec<&Id> = seen.into_iter().map(|(_, _, id)| id).collect();
    assert_eq!(commitments, seen);
    check_last_ended(journal);
    for register in catalog.registers() {
        let mut seen: Vec<(Option<Timestamp>, &Id)> = journal
            .entries()
            .filter(|entry| matches!(&entry.body, Body::Item(item) if item.register == register.id))
            .map(|entry| {
                let written = journal.versions(&entry.id).iter().map(|entry| entry.at);
                (written.min(), &entry.id)
            })
            .collect();
        seen.sort();
        let seen: Vec<&Id> = seen.into_iter().map(|(_, id)| id).collect();
        let items: Vec<&Id> = journal
            .items(&register.id)
            .into_iter()
            .map(|(entry, _)| &entry.id)
            .collect();
        assert_eq!(items, seen, "{}", register.id);
    }
    for origin in journal.latest_versions().map(|entry| &entry.id) {
        check_items_and_commitments_from(origin, journal, catalog);
    }
    for practice in catalog.practices() {
        for step in &practice.steps {
            let mut seen: Vec<(Period, &Id)> = journal
                .entries()
                .filter_map(|entry| match &entry.body {
                    Body::Answer(answer)
                        if answer.practice == practice.id
                            && answer.step == step.id
                            && !answer.value.is_empty() =>
                    {
                        Some((answer.period, &entry.id))
                    }
                    _ => None,
                })
                .collect();
            seen.sort();
            let seen: Vec<Period> = seen.into_iter().map(|(period, _)| period).collect();
            let found: Vec<Period> = journal
                .answers(&practice.id, &step.id)
                .into_iter()
                .map(|(period, _)| period)
                .collect();
            assert_eq!(found, seen, "{}/{}", practice.id, step.id);
        }
    }
}

/// Compares the commitments that ended with a search through all.
#[track_caller]
fn check_last_ended(journal: &Journal) {
    let mut ended = journal.commitments();
    ended.retain(|(_, commitment)| commitment.closing.is_some());
    ended.sort_by_key(|(entry, commitment)| {
        let on = commitment.closing.as_ref().map(|closing| closing.on);
        Reverse((on, commitment.due, &entry.id))
    });
    assert_eq!(journal.last_ended_commitments(usize::MAX), ended);
    ended.truncate(2);
    assert_eq!(journal.last_ended_commitments(2), ended);
}

/// Compares what came from an entry with a search through all entries of its kind.
#[track_caller]
fn check_items_and_commitments_from(origin: &Id, journal: &Journal, catalog: &Catalog) {
    let mut commitments = journal.commitments();
    commitments.retain(|(_, commitment)| commitment.origin.as_ref() == Some(origin));
    assert_eq!(journal.commitments_from(origin), commitments, "{origin}");
    for register in catalog.registers() {
        let mut items = journal.items(&register.id);
        items.retain(|(_, item)| item.text(ORIGIN_KEY) == origin.as_str());
        assert_eq!(journal.items_from(&register.id, origin), items, "{origin}");
    }
}

#[test]
fn the_index_is_the_same_in_whatever_order_the_versions_come() {
    let catalog = practice::builtin();
    let versions = versions();
    let journal = Journal::fold(versions.clone());
    check_against_every_entry(&journal, &catalog);
    for order in orders(&versions) {
        // Equal in the index too, which is a part of it.
        assert_eq!(Journal::fold(order), journal);
    }
}

#[test]
fn half_a_journal_finds_what_it_has() {
    let catalog = practice::builtin();
    for order in orders(&versions()) {
        let mut journal = Journal::default();
        for version in order {
            journal.insert(version);
            check_against_every_entry(&journal, &catalog);
        }
    }
}

#[test]
fn the_last_answer_before_a_week_is_one_that_says_something() {
    let journal = Journal::fold(versions());
    let before = |number: u32| {
        let answer = journal.answer_before(week(number), "audit", "influence");
        answer.and_then(|(_, value)| value.as_text())
    };
    assert_eq!(before(48), Some("second"));
    assert_eq!(before(46), Some("first"));
    // Answers for a month or for good sort before every week.
    assert_eq!(before(45), Some("of the month"));
}

#[test]
fn an_answer_is_known_without_reading_it() {
    let of = |number: u32, text| answered(week(number), "audit", "influence", text);
    // The last one is an answer under the id of another.
    let journal = Journal::fold([
        of(45, "said"),
        of(46, " "),
        entry("answer/1", 1, 2, answer(week(47), "elsewhere")),
    ]);
    for number in 44..=48 {
        let read = journal.answer(week(number), "audit", "influence");
        let says = read.is_some_and(|value| !value.is_empty());
        let known = journal.has_answer(week(number), "audit", "influence");
        assert_eq!(known, says, "{number}");
        assert_eq!(known, number == 45, "{number}");
    }
}

#[test]
fn the_record_counts_what_ended_by_that_day() {
    let journal = Journal::fold(versions());
    let on = |day| journal.record(NaiveDate::from_ymd_opt(2026, 11, day).expect("a day"));
    assert_eq!((on(7).kept, on(7).missed), (0, 0));
    assert_eq!((on(8).kept, on(8).missed), (0, 1));
    assert_eq!((on(30).kept, on(30).missed, on(30).streak), (1, 1, 1));
    let open = journal.open_commitments();
    let open: Vec<&str> = open.iter().map(|(entry, _)| entry.id.as_str()).collect();
    assert_eq!(open, ["who/a", "who/h", "who/g"]);
}

#[test]
fn the_record_after_a_change_is_that_of_the_journal_which_has_it() {
    let journal = Journal::fold(versions());
    let today = NaiveDate::from_ymd_opt(2026, 11, 30).expect("a day");
    for (of, commitment) in journal.commitments() {
        for how in CommitmentOutcome::ALL {
            for day in 5..=15 {
                let mut ended = commitment.clone();
                let on = NaiveDate::from_ymd_opt(2026, 11, day).expect("a day");
                ended.close(how, on, "");
                let body = Body::Commitment(ended);
                let change = Change::of(of.id.clone(), body.clone());
                let mut after = journal.clone();
                after.insert(entry(of.id.as_str(), 9, 20, body));
                assert_eq!(journal.record_after(&[change], today), after.record(today));
            }
        }
    }
    assert_eq!(journal.record_after(&[], today), journal.record(today));
}

#[test]
fn a_list_of_any_length_folds_to_the_same_whichever_way() {
    let body = |number: u32| item("problems", &format!("Problem {number}"));
    let entries: Vec<Entry> = (0..40_000)
        .map(|number| {
            entry(
                &format!("p{}", number % 20_000),
                1 + u64::from(number),
                2,
                body(number),
            )
        })
        .collect();
    assert_eq!(Journal::fold_list(entries.clone()), Journal::fold(entries));
    assert_eq!(Journal::fold_list(Vec::new()), Journal::default());
}

#[test]
fn many_versions_are_one_entry_in_whatever_order_and_however_often_they_come() {
    let version = |number: u32| {
        entry(
            "p",
            u64::from(number),
            2,
            item("problems", &number.to_string()),
        )
    };
    let journal = Journal::fold((1..=5_000).map(version));
    let backwards = Journal::fold((1..=5_000).rev().chain(1..=5_000).map(version));
    assert_eq!(journal, backwards);
    let mut one_by_one = Journal::fold((1..=4_990).map(version));
    (4_980..=5_000).for_each(|number| one_by_one.insert(version(number)));
    assert_eq!(journal, one_by_one);
    assert_eq!(journal.versions(&Id::new("p")).len(), 5_000);
    assert_eq!(journal.item(&Id::new("p")).map(Item::title), Some("5000"));
}

/// A version called `name`, made from others.
fn made_from(after: &[&str], name: &str, (rev, title): (u64, &str)) -> Entry {
    versioned(
        entry("p", rev, 2, item("problems", title)),
        rev,
        name,
        after,
    )
}

#[test]
fn many_versions_side_by_side_are_many_texts_and_take_no_time() {
    let sides = (0..20_000).map(|at| made_from(&[], &format!("{at:08x}"), (1, &format!("T{at}"))));
    let journal = Journal::fold(sides);
    let unsettled = journal.unsettled(&Id::new("p"));
    assert_eq!(unsettled[0].field, "values.title");
    assert_eq!(unsettled[0].texts.len(), 20_000);
}

#[test]
fn two_branches_of_any_length_end_in_two_texts() {
    let branch = |side: &'static str| {
        (1..=10_000_u64).map(move |rev| {
            let name = |rev: u64| format!("{side}{rev}");
            let before = if rev == 1 {
                Vec::new()
            } else {
                vec![name(rev - 1)]
            };
            let before: Vec<&str> = before.iter().map(String::as_str).collect();
            made_from(&before, &name(rev), (rev, &name(rev)))
        })
    };
    let both = branch("a").chain(branch("b"));
    let mut journal = Journal::fold(both);
    let texts = |journal: &Journal| {
        journal
            .unsettled(&Id::new("p"))
            .first()
            .map_or(0, |unsettled| unsettled.texts.len())
    };
    assert_eq!(texts(&journal), 2);
    journal.insert(made_from(&["a10000", "b10000"], "c", (10_001, "settled")));
    assert_eq!(texts(&journal), 0);
    assert_eq!(
        journal.item(&Id::new("p")).map(Item::title),
        Some("settled")
    );
}

#[test]
fn an_entry_is_private_if_one_of_its_unsettled_origins_may_be() {
    let catalog = crate::practice::builtin();
    let version = |name: &str, rev: u64, origin: &str| {
        let mut version = made_from(if rev == 1 { &[] } else { &["1"] }, name, (rev, "T"));
        version.body = from(origin, version.body);
        version
    };
    let open = entry("open", 1, 2, item("problems", "O"));
    for origins in [["open", "nowhere"], ["nowhere", "open"]] {
        let sides = [("2a", origins[0]), ("2b", origins[1])];
        let sides = sides.map(|(name, origin)| version(name, 2, origin));
        let first = version("1", 1, "open");
        let all = [vec![open.clone(), first], sides.to_vec()].concat();
        let journal = Journal::fold(all);
        let shown = journal.current(&Id::new("p")).expect("it");
        assert!(journal.is_private(shown, &catalog), "{origins:?}");
    }
}
