//! All answers to one question, and what changed between two of them.

use insta::assert_snapshot;
use leadby::journal::{Answer, Body, Entry, Id, Period, Value};
use leadby::store;

use crate::environment::TestEnvironment;

fn answer(period: Period, practice: &str, step: &str, value: Value) -> Entry {
    Entry::new(
        Id::answer(period, practice, step),
        1,
        "2026-11-20T09:00:00+01:00".parse().expect("an instant"),
        Body::Answer(Answer::new(period, practice, step, value)),
    )
}

fn week(text: &str) -> Period {
    Period::Week(text.parse().expect("a week"))
}

fn year() -> TestEnvironment {
    let text = |words: &str| Value::from(words);
    let list = |marks: [&str; 2]| Value::List(marks.map(str::to_owned).to_vec());
    let home = TestEnvironment::new();
    let folder = home.journal();
    let folder = folder.parent().expect("a folder");
    std::fs::create_dir_all(folder).expect("a folder");
    let entries = [
        answer(
            week("2026-W42"),
            "audit",
            "influence",
            text("The inbox rules"),
        ),
        answer(
            week("2026-W46"),
            "audit",
            "influence",
            text("The release\nsteps \u{1b}[2J"),
        ),
        answer(
            week("2026-W47"),
            "audit",
            "influence",
            text("The release\nnotes"),
        ),
        answer(
            week("2026-W46"),
            "communication",
            "habits",
            list(["clarify-first", "close-loops"]),
        ),
        answer(
            week("2026-W47"),
            "communication",
            "habits",
            list(["clarify-first", "better-questions"]),
        ),
    ];
    store::create_journal(&home.journal(), &entries).expect("a journal");
    home
}

#[test]
fn a_monthly_question_takes_no_week() {
    let empty = TestEnvironment::new();
    let refused = empty.run(&["answer", "month/sentence", "--week", "48", "x"]);
    assert_eq!(refused.code, Some(2), "{refused:?}");
    let said = "is asked every month, not per week";
    assert!(refused.errors.contains(said), "{refused:?}");
}

#[test]
fn all_answers_to_a_question_are_listed_newest_first() {
    assert_snapshot!(year().run(&["answers", "audit/influence"]).seen());
}

#[test]
fn changes_between_two_weeks_are_the_same_in_either_order() {
    let year = year();
    let said =
        |one: &str, other: &str| year.ok(&["answers", "audit/influence", "--diff", one, other]);
    assert_snapshot!(said("2026-W42", "2026-W47"));
    assert_eq!(said("2026-W47", "2026-W42"), said("2026-W42", "2026-W47"));
    assert!(said("2026-W47", "2026-W47").contains("the same"));
    let marks = [
        "answers",
        "communication/habits",
        "--diff",
        "2026-W46",
        "2026-W47",
    ];
    assert_snapshot!("marks", year.ok(&marks));
}

#[test]
fn answers_are_objects_for_a_program() {
    let output = year().ok(&["answers", "audit/influence", "--json"]);
    let read: serde_json::Value = serde_json::from_str(&output).expect("JSON");
    let periods: Vec<&str> = read
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|entry| entry["period"].as_str())
        .collect();
    assert_eq!(periods, ["2026-W47", "2026-W46", "2026-W42"]);
}

#[test]
fn answers_are_lines_for_a_script_as_in_list() {
    let year = year();
    let lines = year.ok(&["answers", "audit/influence", "--plain"]);
    let mut newest_first: Vec<&str> = lines.lines().collect();
    assert_eq!(newest_first.len(), 3);
    assert!(newest_first[0].starts_with("answer/2026-W47/audit/influence\tanswer\t2026-11-20\t"));
    assert!(newest_first[0].ends_with("\tThe release\\nnotes\taudit/influence"));
    let list = year.ok(&["list", "audit", "--plain"]);
    newest_first.sort_unstable();
    let mut listed: Vec<&str> = list.lines().collect();
    listed.sort_unstable();
    assert_eq!(newest_first, listed);
    let clash = year.run(&["answers", "audit/influence", "--plain", "--json"]);
    assert!(clash.seen().contains("--plain does not go with --json"));
    let none = year.run(&["answers", "mastery/mark", "--plain"]);
    assert_eq!((none.code, none.output.as_str()), (Some(1), ""));
}

#[test]
fn a_wrong_question_lists_the_valid_ones() {
    let year = year();
    let seen = [
        &["answers", "audits/influence"][..],
        &["answers", "problem/problems"],
        &["answers", "mastery"],
        &["answers", "mastery/mark"],
        &[
            "answers",
            "audit/influence",
            "--diff",
            "2026-W42",
            "2026-W43",
        ],
        &["answers", "audit/influence", "--diff", "2026-W42", "soon"],
    ]
    .map(|arguments| year.run(arguments).seen());
    assert_snapshot!(seen.join("\n"));
}

#[test]
fn the_marks_of_a_year_are_beside_each_other_with_one_question() {
    let home = TestEnvironment::new();
    for (question, month, marks) in [
        ("mirror/signs", "2026-08", "permission"),
        ("mirror/gap-outcomes", "2026-08", "tasks"),
        ("mirror/signs", "2026-10", "unlock"),
        ("mirror/gap-outcomes", "2026-10", "tasks"),
        ("mirror/signs", "2026-11", "permission,unlock"),
        ("mirror/gap-outcomes", "2026-11", "outcomes"),
        ("mirror/moment", "2026-11", "In the planning round I waited"),
        ("month/sentence", "2026-11", "The month of the new rules"),
    ] {
        home.ok(&["answer", question, "--month", month, marks]);
    }
    assert_snapshot!(home.ok(&["answers", "mirror"]));
    // One question of two: the other is neither marked nor gone.
    let part = TestEnvironment::new();
    for (question, month, marks) in [
        ("mirror/signs", "2026-10", "permission"),
        ("mirror/gap-outcomes", "2026-10", "tasks"),
        ("mirror/gap-outcomes", "2026-11", "tasks"),
    ] {
        part.ok(&["answer", question, "--month", month, marks]);
    }
    let part = part.ok(&["answers", "mirror"]);
    assert!(
        part.contains("November 2026\n  = managing tasks\n\n"),
        "{part}"
    );
    let none = TestEnvironment::new().run(&["answers", "mirror"]);
    assert_eq!(none.code, Some(1), "{none:?}");
    // Scripts, and single questions, as for other practices.
    let wrong = home.run(&["answers", "mirror", "--json"]);
    assert!(wrong.errors.contains("mirror/signs"), "{wrong:?}");
    home.ok(&["answers", "mirror/signs"]);
}
