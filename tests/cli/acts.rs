//! Actions on the command line: which day they count for, what is refused, and how to undo them.

use insta::assert_snapshot;

use crate::environment::TestEnvironment;

#[test]
fn a_check_in_records_the_day_it_was_done() {
    let filled = TestEnvironment::filled();
    let future = filled.run(&["check-in", "bb03", "--kept", "--on", "tomorrow"]);
    assert_snapshot!(future.seen(), @"
    -- standard error --
    leadby: Wed 25 Nov is in the future; a check-in takes the day it was done.
    -- exit code 2 --
    ");
    let early = filled.run(&["check-in", "bb03", "--kept", "--on", "1 oct"]);
    assert_snapshot!(early.seen(), @"
    -- standard error --
    leadby: it was made on Mon 2 Nov, so it was not done on Thu 1 Oct.
    -- exit code 2 --
    ");
    let kept = filled.run(&["check-in", "bb03", "--kept", "--on", "fri"]);
    assert_snapshot!(kept.seen(), @"Kept on Fri 20 Nov: Inbox rules · 2 of 3 · 14 days after first date  (0193c0de-0000-7000-8000-00000000bb03)");
    // Better evidence does not change the day, even weeks later.
    let later = filled.at("2026-12-15T09:00:00+01:00");
    later.ok(&["check-in", "bb03", "--kept", "--note", "rules in place"]);
    let listed = later.listed("commitments");
    let kept = listed.iter().find(|entry| entry["better"] == "Inbox rules");
    assert_eq!(kept.expect("it")["closing"]["on"], "2026-11-20");
    let again = later.run(&["check-in", "bb03", "--kept"]);
    assert_snapshot!(again.seen(), @"Nothing changed: it is so already.");
    let mixed = later.run(&["check-in", "bb04", "--moved", "fri", "--on", "fri"]);
    assert_eq!(mixed.code, Some(2));
}

#[test]
fn another_day_is_a_correction_on_the_first_day_and_what_is_no_commitment_is_named() {
    let filled = TestEnvironment::filled();
    filled.ok(&["commit", "Same day", "--by", "27 nov"]);
    let journal = filled.bytes();
    let line = journal
        .trim_ascii_end()
        .rsplit(|byte| *byte == b'\n')
        .next();
    let made: serde_json::Value = serde_json::from_slice(line.expect("a line")).expect("JSON");
    let id = made["id"].as_str().expect("an id");
    let said = filled.ok(&["check-in", id, "--moved", "4 dec"]);
    assert!(
        said.starts_with("Corrected on the day it was made: Same day · due Fri 4 Dec"),
        "{said}"
    );
    let problems = filled.ok(&["list", "problems", "--plain"]);
    let problem = problems.split('\t').next().expect("an id");
    let refused = filled.run(&["check-in", problem, "--kept"]);
    assert_eq!(refused.code, Some(2));
    assert!(
        refused.errors.contains("” is not a commitment"),
        "{refused:?}"
    );
}

#[test]
fn a_commitment_brought_forward_is_not_called_late() {
    let filled = TestEnvironment::filled();
    let moved = filled.run(&["check-in", "bb04", "--moved", "tomorrow"]);
    assert_snapshot!(moved.seen(), @"Moved: One owner for every release step · due Wed 25 Nov · tomorrow · moved earlier, first due Fri 27 Nov  (0193c0de-0000-7000-8000-00000000bb04)");
}

#[test]
fn a_later_stage_is_not_dated_before_an_earlier_one() {
    let filled = TestEnvironment::filled();
    let edited = filled.run(&["edit", "cc05", "--set", "solved=1 oct"]);
    assert_snapshot!(edited.seen(), @"
    -- standard error --
    leadby: “solved” on Thu 1 Oct would be before “spotted” on Mon 12 Oct; change one of the two days.
      `leadby edit ID --set spotted=DAY --set solved=DAY` changes both
    -- exit code 2 --
    ");
    filled.ok(&[
        "edit",
        "cc05",
        "--set",
        "solved=1 oct",
        "--set",
        "spotted=30 sep",
    ]);
    let advanced = filled.run(&["advance", "cc05", "--on", "30 sep"]);
    assert!(
        advanced
            .errors
            .contains("“documented” on Wed 30 Sep would be before “solved” on")
    );
    filled.ok(&["advance", "cc05", "--on", "1 oct"]);
}

#[test]
fn a_stage_is_not_reached_in_the_future() {
    let empty = TestEnvironment::new();
    let tomorrow = empty.run(&["add", "problem", "A", "--set", "solved=tomorrow"]);
    assert_snapshot!(tomorrow.seen(), @"
    -- standard error --
    leadby: Wed 25 Nov is in the future; “solved” takes the day it was reached.
    -- exit code 2 --
    ");
    empty.ok(&["add", "problem", "A", "--set", "spotted=mon"]);
    let edited = empty.run(&["edit", "0", "--set", "solved=2026-12-01"]);
    assert_snapshot!(edited.seen(), @"
    -- standard error --
    leadby: Tue 1 Dec is in the future; “solved” takes the day it was reached.
    -- exit code 2 --
    ");
    assert_eq!(
        empty.run(&["advance", "0", "--on", "tomorrow"]).code,
        Some(2)
    );
    assert_snapshot!(empty.run(&["advance", "0", "--on", "mon"]).seen(), @"Now solved: A  (<id>)");
    assert_eq!(
        empty.listed("problems")[0]["values"]["solved"],
        "2026-11-23"
    );
    assert_snapshot!(empty.run(&["advance", "0", "--back"]).seen(), @"Back to spotted: A  (<id>)");
}

#[test]
fn a_problem_that_went_further_was_solved_and_is_in_a_month() {
    let empty = TestEnvironment::new();
    empty.ok(&[
        "add",
        "problem",
        "Release steps",
        "--set",
        "shared=2026-11-20",
    ]);
    let values = || empty.listed("problems")[0]["values"].to_string();
    assert_eq!(
        values(),
        r#"{"shared":"2026-11-20","solved":"2026-11-20","spotted":"2026-11-20","title":"Release steps"}"#
    );
    empty.ok(&["edit", "0", "--set", "solved="]);
    empty.ok(&["edit", "0", "--set", "title=Steps"]);
    assert!(!values().contains("solved"), "{}", values());
}

#[test]
fn an_emptied_list_is_a_list_as_the_screens_save_it() {
    let empty = TestEnvironment::new();
    let values = || {
        let answers = empty.listed("answers");
        let values = answers.iter().map(|one| one["value"].to_string());
        values.collect::<Vec<_>>().join(" ")
    };
    empty.ok(&["answer", "communication/habits", "1"]);
    empty.ok(&["answer", "audit/influence", "The page"]);
    assert_eq!(values(), r#""The page" ["clarify-first"]"#);
    empty.ok(&["answer", "communication/habits", "--empty"]);
    empty.ok(&["answer", "audit/influence", "--empty"]);
    assert_eq!(values(), r#""" []"#);
}

#[test]
fn a_skill_with_evidence_is_begun() {
    let empty = TestEnvironment::new();
    let is_begun = |home: &TestEnvironment| home.ok(&["list", "skills"]).contains("learning");
    assert!(!is_begun(&empty));
    empty.ok(&["edit", "systems-thinking", "--set", "evidence=Mapped it"]);
    assert!(is_begun(&empty));
    let portfolio = empty.ok(&["portfolio"]);
    assert!(!portfolio.contains("practised"), "{portfolio}");
    // Also by a note that is placed there.
    let other = TestEnvironment::new();
    other.ok(&["note", "Drew the loop"]);
    let note = other.id_of("Drew the loop");
    other.ok(&["place", &note, "--evidence", "systems-thinking"]);
    assert!(is_begun(&other));
}

#[test]
fn an_answer_is_confirmed_as_it_counts_now() {
    let empty = TestEnvironment::new();
    let said = |arguments: &[&str]| {
        let said = empty.ok(&[&["answer"], arguments].concat());
        let said = said.trim_end().rsplit_once("  (");
        said.expect("an id").0.to_owned()
    };
    let habits = said(&["communication/habits", "1,3"]);
    let both = "Answered: Clarified expectations before starting, Reported progress without being…";
    assert_eq!(habits, both);
    assert_eq!(
        said(&["audit/influence", "The", "release", "page"]),
        "Answered: The release page"
    );
    assert_eq!(
        said(&["audit/influence", "B"]),
        "Answered: B · instead of “The release page” · `leadby undo` brings it back"
    );
    assert_eq!(said(&["audit/influence", "last-week", "A"]), "Answered: A");
    assert_eq!(
        said(&["audit/influence", "--week", "last", "A", "C"])
            .split(" · ")
            .next(),
        Some("Answered: A C")
    );
    assert_eq!(
        said(&["audit/influence", "--empty"]),
        "Emptied: Audit · Influence, week 48"
    );
    said(&["month/sentence", "--month", "nov", "Green"]);
    let emptied = said(&["month/sentence", "--month", "nov", "--empty"]);
    assert_eq!(emptied, "Emptied: Month · In one sentence, November");
    let unsure = empty.run(&["answer", "audit/influence", "may", "the", "page"]);
    assert!(
        unsure
            .errors
            .contains("`leadby answer audit/influence \"may the page\"`"),
        "{unsure:?}"
    );
    assert_eq!(unsure.code, Some(2));
}

#[test]
fn a_question_can_be_answered_for_any_week_or_month_that_has_begun() {
    let empty = TestEnvironment::new();
    for call in [
        &["answer", "audit/influence", "2026-W40", "The page"][..],
        &["answer", "audit/influence", "last-week", "The build"],
        &["answer", "audit/influence", "The queue"],
        &["answer", "month/sentence", "2026-10", "Green builds"],
        &["answer", "ground/role", "Staff engineer"],
        &["answer", "mastery/mark", "Competent"],
    ] {
        empty.ok(call);
    }
    let answers = empty.listed("answers");
    let ids: Vec<&str> = answers
        .iter()
        .filter_map(|one| one["id"].as_str())
        .collect();
    for id in [
        "answer/2026-W40/audit/influence",
        "answer/2026-W47/audit/influence",
        "answer/2026-W48/audit/influence",
        "answer/2026-10/month/sentence",
        "answer/ground/role",
        "answer/2026-W48/mastery/mark",
    ] {
        assert!(ids.contains(&id), "{id}: {ids:?}");
    }
    let refused = [
        &["answer", "audit/influence", "2026-W50", "x"][..],
        &["answer", "audit/influence", "2026-11", "x"],
        &["answer", "ground/role", "2026-11", "x"],
        &["answer", "mastery/mark", "brilliant"],
        &["answer", "audit/nothing", "x"],
        &["answer", "audit/influence", " "],
        &["answer", "audit/influence", "--month", "last", "x"],
        &["answer", "evidence2", "x"],
        &["answer", "audit/influence"],
    ];
    let said: Vec<String> = refused.iter().map(|call| empty.run(call).seen()).collect();
    assert_snapshot!(said.join("\n"), @"
    -- standard error --
    leadby: Week 50 has not begun; it begins on Mon 7 Dec.
    -- exit code 2 --

    -- standard error --
    leadby: “2026-11” is longer than a week.
    -- exit code 2 --

    -- standard error --
    leadby: profile is asked once, not per week or month.
      leave out the week or month
    -- exit code 2 --

    -- standard error --
    leadby: “brilliant” is not one of the choices.
      choices: 1 average, 2 competent, 3 exceptional
    -- exit code 2 --

    -- standard error --
    leadby: “audit/nothing” is not a question with answers.
      questions: audit/influence, audit/tolerating, audit/curiosity, audit/routines
    -- exit code 2 --

    -- standard error --
    leadby: the answer is empty, so nothing was saved.
    -- exit code 2 --

    -- standard error --
    leadby: audit is asked every week, not per month.
      --week sets a week
    -- exit code 2 --

    -- standard error --
    leadby: no practice called “evidence2”.
      practices: audit, mastery, problem, next-level, communication, systems, multiplier, influence, profile, mirror, month, inbox, away, names, talk
    -- exit code 2 --

    -- standard error --
    leadby: no text given, and no terminal to edit in.
      run `leadby answer audit/influence TEXT`
    -- exit code 2 --
    ");
    let again = empty.run(&["answer", "ground/role", "Staff engineer"]);
    assert_snapshot!(again.seen(), @"Nothing changed: it is so already.");
}

#[test]
fn last_before_an_answer_is_the_week_before() {
    let empty = TestEnvironment::new();
    empty.ok(&["answer", "audit/influence", "Mine"]);
    let last = empty.ok(&["answer", "audit/influence", "last", "Reviews"]);
    assert!(last.contains("2026-W47"), "{last}");
    assert_eq!(
        empty
            .run(&["answer", "audit/influence", "last", "some", "text"])
            .code,
        Some(2)
    );
    let shown = empty.ok(&["show", "answer/2026-W48/audit/influence"]);
    assert!(shown.contains("Mine"), "{shown}");
}

#[test]
fn an_answer_takes_its_week_or_month_by_option_and_choices_by_number() {
    let empty = TestEnvironment::new();
    for call in [
        &["answer", "audit/curiosity", "--week", "last", "2026-W40"][..],
        &["answer", "curiosity", "--week", "46", "The queue"],
        &["answer", "month", "--month", "sep", "Quiet"],
        &["answer", "mirror/chasing a title", "--month", "last", "1,3"],
        &["answer", "mastery/mark", "--week", "last", "3"],
        &["answer", "profile/areas", "1, onboarding"],
        &["answer", "month", "--month", "aug", "--empty"],
    ] {
        empty.ok(call);
    }
    let answers = empty.listed("answers");
    let value = |id: &str| {
        let found = answers
            .iter()
            .find(|one| one["id"] == format!("answer/{id}"));
        found.map(|one| one["value"].clone()).unwrap_or_default()
    };
    for (id, expected) in [
        ("2026-W47/audit/curiosity", serde_json::json!("2026-W40")),
        ("2026-W46/audit/curiosity", "The queue".into()),
        ("2026-09/month/sentence", "Quiet".into()),
        ("2026-10/mirror/signs", vec!["underused", "unlock"].into()),
        ("2026-W47/mastery/mark", "exceptional".into()),
        ("ground/areas", vec!["inbox", "onboarding"].into()),
        ("2026-08/month/sentence", "".into()),
    ] {
        assert_eq!(value(id), expected, "{id}");
    }
}

#[test]
fn old_names_of_lists_and_practices_still_work() {
    let empty = TestEnvironment::new();
    for list in ["bolt", "open loop", "act", "piece of knowledge"] {
        empty.ok(&["add", list, "By its former name"]);
    }
    for list in ["technique", "follow-up", "assist", "handover"] {
        empty.ok(&["add", list, "By its name"]);
    }
    empty.ok(&["answer", "profile/role", "Staff engineer"]);
    for (command, name, id) in [
        ("list", "techniques", "bolts"),
        ("list", "follow-ups", "loops"),
        ("list", "assists", "acts"),
        ("list", "handovers", "knowledge"),
        ("list", "profile", "ground"),
        ("answers", "profile/role", "ground/role"),
        ("show", "profile/role", "ground/role"),
    ] {
        assert_eq!(empty.ok(&[command, name]), empty.ok(&[command, id]));
    }
    let refused = empty.run(&["add", "assist", "x", "--set", "nothing=x"]);
    assert!(refused.errors.contains("an assist has no"), "{refused:?}");
}

#[test]
fn deleting_letting_go_and_converting_are_reported_and_undone() {
    let filled = TestEnvironment::filled();
    assert_snapshot!(filled.run(&["delete", "bb04"]).seen(), @"Deleted: One owner for every release step  (0193c0de-0000-7000-8000-00000000bb04)");
    assert_snapshot!(filled.run(&["delete", "bb04"]).seen(), @"
    -- standard error --
    leadby: “bb04” was deleted.
      `leadby history 0193c0de-0000-7000-8000-00000000bb04` shows what it said
    -- exit code 1 --
    ");
    filled.ok(&["undo"]);
    assert_snapshot!(filled.run(&["let-go", "bb04"]).seen(), @"Let go: One owner for every release step  (0193c0de-0000-7000-8000-00000000bb04)");
    assert_snapshot!(filled.run(&["let-go", "cc05"]).seen(), @"
    -- standard error --
    leadby: this problem cannot be let go.
    -- exit code 2 --
    ");
    assert_snapshot!(filled.run(&["turn-into", "bb04"]).seen(), @"
    -- standard error --
    leadby: only an item of a list can do that.
    -- exit code 2 --
    ");
    filled.ok(&["add", "hero moment", "Saved the demo"]);
    let bytes = filled.bytes();
    let last = bytes
        .trim_ascii_end()
        .split(|byte| *byte == b'\n')
        .next_back();
    let line: serde_json::Value = serde_json::from_slice(last.expect("a line")).expect("JSON");
    let hero = line["id"].as_str().expect("an id").to_owned();
    filled.ok(&["turn-into", &hero]);
    assert_eq!(
        filled.listed("systems")[0]["values"]["title"],
        "Saved the demo"
    );
    let again = filled.run(&["turn-into", &hero]);
    assert_eq!(again.code, Some(2), "{again:?}");
    assert!(again.errors.contains("already"), "{again:?}");
}

#[test]
fn an_edited_due_day_is_said() {
    let filled = TestEnvironment::filled();
    let said = filled.ok(&["edit", "bb04", "--set", "due=4 Dec"]);
    assert!(said.starts_with("Moved to Fri 4 Dec: "), "{said}");
    let said = filled.ok(&["edit", "bb04", "--set", "area=Slow mail"]);
    assert!(said.starts_with("Changed: "), "{said}");
}
