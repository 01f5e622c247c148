//! Tests of what changed between two answers.

use proptest::prelude::*;

use super::*;
use crate::journal::DatedLine;
use crate::practice::{Choice, Options};

fn text(words: &str) -> Value {
    Value::from(words)
}

fn list(marks: &[&str]) -> Value {
    Value::List(marks.iter().map(|mark| (*mark).to_owned()).collect())
}

fn choices() -> Vec<Choice> {
    [("a", "average"), ("b", "competent"), ("c", "exceptional")]
        .map(|(id, label)| Choice::new(id, label))
        .to_vec()
}

#[track_caller]
fn check(before: &str, after: &str, expected: &str) {
    let difference = difference(&FieldKind::Prose, &text(before), &text(after));
    assert_eq!(difference.with_signs(), expected);
    assert_eq!(difference.is_unchanged(), before == after);
}

#[test]
fn words_that_went_and_came_stand_where_they_stood() {
    check("the same", "the same", "the same");
    check(
        "I own half of it.",
        "I own all of it.",
        "I own [-half-]{+all+} of it.",
    );
    check("Ask Ana", "Ask Ana first", "Ask Ana{+ first+}");
    check("", "new", "{+new+}");
    check("gone", "", "[-gone-]");
}

#[test]
fn a_phrase_in_the_place_of_another_reads_as_one_change() {
    check(
        "We read the list aloud.",
        "We skip a meeting aloud.",
        "We [-read the list-]{+skip a meeting+} aloud.",
    );
    check(
        "Two mornings, without meetings.",
        "Two evenings, with tea.",
        "Two [-mornings, without meetings-]{+evenings, with tea+}.",
    );
}

#[test]
fn words_of_every_script_are_split_where_they_end() {
    check("日本へ行く", "日本に行く", "日本[-へ-]{+に+}行く");
    check(
        "cafe\u{301} noir",
        "cafe\u{301} blanc",
        "cafe\u{301} [-noir-]{+blanc+}",
    );
    check("👩‍👩‍👧 family", "👩‍👩‍👦 family", "[-👩‍👩‍👧-]{+👩‍👩‍👦+} family");
}

#[test]
fn a_degree_or_a_choice_changes_as_a_whole() {
    let scale = FieldKind::Scale(choices());
    let change = difference(&scale, &text("a"), &text("b"));
    assert_eq!(change.with_signs(), "[-average-]{+competent+}");
    let same = difference(&scale, &text("b"), &text("b"));
    assert_eq!(
        (same.with_signs().as_str(), same.is_unchanged()),
        ("competent", true)
    );
    let choice = FieldKind::Choice(Options {
        choices: choices(),
        open: true,
    });
    let own = difference(&choice, &text("c"), &text("very good"));
    assert_eq!(own.with_signs(), "[-exceptional-]{+very good+}");
}

#[test]
fn marks_and_dated_lines_change_as_sets() {
    let kind = FieldKind::Checklist(choices());
    let change = difference(&kind, &list(&["a", "b"]), &list(&["c", "b"]));
    assert_eq!(change.with_signs(), "- average\n+ exceptional\n  competent");
    assert_eq!(change.counts(), (1, 1));
    let moved = difference(&kind, &list(&["a", "b"]), &list(&["b", "a"]));
    assert!(moved.is_unchanged(), "another order is not a difference");

    let log = |lines: &[&str]| {
        Value::Log(
            lines
                .iter()
                .map(|line| DatedLine {
                    on: "2026-11-24".parse().expect("a day"),
                    text: (*line).to_owned(),
                })
                .collect(),
        )
    };
    let change = difference(&FieldKind::Log, &log(&["one"]), &log(&["one", "two"]));
    assert_eq!(change.with_signs(), "+ 2026-11-24  two\n  2026-11-24  one");
}

#[test]
fn words_are_counted_and_signs_are_not() {
    let change = difference(
        &FieldKind::Prose,
        &text("one, two!"),
        &text("three; four: five?"),
    );
    assert_eq!(change.counts(), (2, 3));
}

#[test]
fn a_book_is_compared_by_lines_and_one_endless_line_as_a_whole() {
    let book: Vec<String> = (0..1_200).map(|at| format!("one two three {at}")).collect();
    let mut other = book.clone();
    other[600] = "a line of its own".to_owned();
    check(
        &book.join("\n"),
        &other.join("\n"),
        &book.join("\n").replace(
            "one two three 600\n",
            "[-one two three 600\n-]{+a line of its own\n+}",
        ),
    );
    let (before, after) = ("word ".repeat(4_000), "word ".repeat(4_001));
    check(&before, &after, &format!("[-{before}-]{{+{after}+}}"));
}

/// The text of one side.
fn text_of_side(runs: &[DiffRun], wanted: DiffSide) -> String {
    runs.iter()
        .filter(|run| run.side == wanted || run.side == DiffSide::Both)
        .map(|run| run.text.as_str())
        .collect()
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => prop::collection::vec(prop::sample::select(vec![
            "the", "list", "read", "日本", "👩‍👩‍👧", " ", "  ", "\n", ", ", ".", "e\u{301}",
        ]), 0..40).prop_map(|words| words.concat()),
        1 => any::<String>(),
    ]
}

proptest! {
    #[test]
    fn both_sides_are_had_back_from_the_difference(before in any_text(), after in any_text()) {
        let change = difference(&FieldKind::Prose, &text(&before), &text(&after));
        prop_assert_eq!(change.is_unchanged(), before == after);
        let Difference::Text(runs) = change else {
            return Err(TestCaseError::fail("prose is compared by words"));
        };
        prop_assert_eq!(text_of_side(&runs, DiffSide::Removed), before);
        prop_assert_eq!(text_of_side(&runs, DiffSide::Added), after);
        for pair in runs.windows(2) {
            prop_assert_ne!(pair[0].side, pair[1].side);
        }
        prop_assert!(runs.iter().all(|run| !run.text.is_empty()));
    }

    #[test]
    fn marks_are_had_back_from_the_difference(
        before in prop::collection::btree_set("[a-f]", 0..6),
        after in prop::collection::btree_set("[a-f]", 0..6),
    ) {
        let kind = FieldKind::Choices(Options { choices: Vec::new(), open: true });
        let value = |marks: &std::collections::BTreeSet<String>| {
            Value::List(marks.iter().cloned().collect())
        };
        let change = difference(&kind, &value(&before), &value(&after));
        let Difference::List { removed, added, unchanged } = change else {
            return Err(TestCaseError::fail("marks are compared as sets"));
        };
        let with = |marks: Vec<String>| -> std::collections::BTreeSet<String> {
            marks.into_iter().chain(unchanged.iter().cloned()).collect()
        };
        prop_assert_eq!(with(removed), before);
        prop_assert_eq!(with(added), after);
    }
}
