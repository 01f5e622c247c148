//! Which day something counts for, and which day a text means.

use crate::environment::TestEnvironment;

/// Runs the program at a fixed time on this day.
#[track_caller]
fn on(here: TestEnvironment, day: &str, arguments: &[&str]) -> (TestEnvironment, String) {
    let here = here.at(&format!("{day}T09:00:00+01:00"));
    let output = here.ok(arguments);
    (here, output)
}

#[track_caller]
fn only(here: &TestEnvironment, list: &str) -> String {
    assert_eq!(here.listed(list).len(), 1);
    only_of(
        here,
        if list == "commitments" {
            "commitment"
        } else {
            "item"
        },
    )
}

/// The id of the last entry of a kind, from its line in the journal.
#[track_caller]
fn only_of(here: &TestEnvironment, kind: &str) -> String {
    // This environment hides ids in output.
    let bytes = here.bytes();
    let lines = String::from_utf8_lossy(&bytes);
    let lines = lines.lines().rev();
    let lines = lines.map(|line| serde_json::from_str(line).expect("JSON"));
    let mut lines = lines.filter(|line: &serde_json::Value| line["kind"] == kind);
    let last = lines.next().expect("a line");
    last["id"].as_str().expect("an id").to_owned()
}

/// A figure from `review --plain`.
#[track_caller]
fn figure(here: &TestEnvironment, span: &[&str], name: &str) -> String {
    let output = here.ok(&[&["review", "--plain"], span].concat());
    let mut lines = output.lines();
    let found = lines.find_map(|line| line.strip_prefix(name)?.strip_prefix('\t'));
    found.expect("a figure of that name").to_owned()
}

#[test]
fn kept_three_months_late_is_not_by_the_first_date() {
    let here = TestEnvironment::new();
    let (here, _) = on(here, "2026-09-01", &["commit", "Late one", "--by", "4 Sep"]);
    // Not checking in does not help: the first date has passed, open or not.
    let here = here.at("2026-10-01T09:00:00+01:00");
    assert_eq!(figure(&here, &["--year"], "first_dates"), "1");
    assert_eq!(figure(&here, &["--year"], "first_date_rate"), "0");
    let (here, _) = on(
        here,
        "2026-12-04",
        &["check-in", "--kept", "--note", "finally"],
    );
    assert_eq!(figure(&here, &["--year"], "kept"), "1");
    assert_eq!(figure(&here, &["--year"], "kept_by_first_date"), "0");
    assert_eq!(figure(&here, &["--year"], "kept_late"), "1");
    assert_eq!(figure(&here, &["--year"], "kept_after_moving"), "0");
    assert_eq!(figure(&here, &["--year"], "first_date_rate"), "0");
    // A page for others does not mention what was late.
    let (_, page) = on(here, "2026-12-04", &["portfolio"]);
    assert!(page.contains("finally · kept 4 December 2026"), "{page}");
    assert!(
        !page.to_lowercase().contains("by the day first promised"),
        "{page}"
    );
}

#[test]
fn undo_does_not_count_as_work() {
    let here = TestEnvironment::new();
    let (here, _) = on(here, "2026-11-17", &["add", "problem", "P"]);
    let id = only(&here, "problems");
    let (here, _) = on(here, "2026-11-18", &["edit", &id, "--set", "did=x"]);
    let (here, _) = on(here, "2026-11-24", &["undo"]);
    let (here, short) = on(here, "2026-11-24", &["status", "--short"]);
    assert!(short.starts_with("W48 0/8"), "{short}");
    assert_eq!(figure(&here, &["--week"], "practices_done"), "0");
    assert_eq!(figure(&here, &["--week", "47"], "practices_done"), "1");
    // Redo is not work either; what it restores counts where it was written.
    let (here, _) = on(here, "2026-12-01", &["redo"]);
    assert_eq!(figure(&here, &["--week"], "practices_done"), "0");
    // With everything undone, the journal counts as empty.
    let (here, _) = on(here, "2026-12-08", &["undo"]);
    let (here, _) = on(here, "2026-12-08", &["undo"]);
    assert_eq!(figure(&here, &["--week", "47"], "practices_done"), "0");
    assert_eq!(figure(&here, &["--year"], "weeks"), "1");
}

#[test]
fn a_solution_fills_no_earlier_week_and_no_week_away() {
    let here = TestEnvironment::new();
    let (here, _) = on(here, "2026-08-03", &["add", "problem", "P"]);
    let id = only(&here, "problems");
    let solved = ["edit", &id, "--set", "solved=today"];
    let (here, _) = on(here, "2026-08-27", &solved);
    let done = |week: &str| figure(&here, &["--week", week], "practices_done");
    for (week, expected) in [
        ("2026-W32", "1"),
        ("2026-W33", "0"),
        ("2026-W34", "0"),
        ("2026-W35", "1"),
    ] {
        assert_eq!(done(week), expected, "{week}");
    }
    // There is no week before the first entry.
    assert_eq!(
        figure(&here, &["--week", "2026-W31"], "practices_asked"),
        "0"
    );
    assert_eq!(
        figure(&here, &["--month", "2026-08"], "problems_solved"),
        "1"
    );
}

#[test]
fn the_portfolio_of_a_year_begins_with_the_journal() {
    let here = TestEnvironment::new();
    let (here, _) = on(here, "2026-07-01", &["commit", "First"]);
    let (here, _) = on(here, "2026-07-03", &["check-in", "--kept"]);
    let (here, page) = on(here, "2026-11-24", &["portfolio"]);
    assert!(
        page.contains("| | kept |\n|---|---:|\n| Jul 2026 | 1 |\n"),
        "{page}"
    );
    assert!(!page.contains("Jun 2026"), "{page}");
    // A date in an earlier month adds that month.
    let (here, _) = on(
        here,
        "2026-11-24",
        &["add", "problem", "P", "--set", "solved=1 May"],
    );
    let (_, page) = on(here, "2026-11-24", &["portfolio"]);
    assert!(page.contains("| | kept | solved |"), "{page}");
    assert!(page.contains("| May 2026 | 0 | 1 |"), "{page}");
    assert!(page.contains("| Jun 2026 | 0 | 0 |"), "{page}");
    assert!(!page.contains("Apr 2026"), "{page}");
}

#[test]
fn a_due_day_is_read_forwards_and_a_past_day_backwards() {
    let here = TestEnvironment::new();
    let (here, _) = on(here, "2026-11-24", &["commit", "x", "--by", "1 june"]);
    assert_eq!(here.listed("commitments")[0]["due"], "2027-06-01");
    let here = TestEnvironment::new();
    for (by, due) in [
        ("in 2 weeks", "2026-12-08"),
        ("2w", "2026-12-08"),
        ("end of month", "2026-11-30"),
        ("4.12.", "2026-12-04"),
        ("2026-W50", "2026-12-11"),
        ("this fri", "2026-11-27"),
    ] {
        here.ok(&["commit", by, "--by", by]);
        let listed = here.listed("commitments");
        let made = listed.iter().find(|it| it["better"] == by).expect("it");
        assert_eq!(made["due"], due, "{by}");
    }
    here.ok(&["add", "problem", "P", "--set", "solved=1 dec 2025"]);
    assert_eq!(here.listed("problems")[0]["values"]["solved"], "2025-12-01");
}

#[test]
fn a_date_just_ahead_is_not_taken_as_last_year() {
    let here = TestEnvironment::new();
    let (here, _) = on(here, "2026-11-20", &["add", "problem", "P"]);
    let (here, _) = on(here, "2026-11-20", &["commit", "x", "--by", "20 Nov"]);
    let here = here.at("2026-11-23T09:00:00+01:00");
    let problem = only_of(&here, "item");
    let before = here.bytes();
    for arguments in [
        &["advance", &problem, "--on", "24 Nov"][..],
        &["edit", &problem, "--set", "solved=24 nov"],
        &["add", "problem", "Q", "--set", "solved=24.11."],
        &["check-in", "--kept", "--on", "Tue 24 Nov"],
    ] {
        let refused = here.run(arguments);
        assert_eq!(refused.code, Some(2), "{refused:?}");
        let said = &refused.errors;
        assert!(
            said.contains("is tomorrow; give a day up to today"),
            "{said}"
        );
        assert!(said.contains("or write \"24 Nov 2025\""), "{said}");
    }
    assert_eq!(here.bytes(), before);
    // The suggested form works, and so does a past day of this month.
    here.ok(&["advance", &problem, "--on", "23 Nov"]);
}

#[test]
fn moving_to_the_same_day_does_not_move_to_next_year() {
    let here = TestEnvironment::new();
    let (here, _) = on(here, "2026-11-16", &["commit", "x", "--by", "20 Nov"]);
    let here = here.at("2026-11-23T09:00:00+01:00");
    let before = here.bytes();
    let refused = here.run(&["check-in", "--moved", "20 Nov"]);
    let said = &refused.errors;
    assert!(said.contains("it is due on Fri 20 Nov already"), "{said}");
    let id = only(&here, "commitments");
    here.ok(&["edit", &id, "--set", "due=20 Nov"]);
    assert_eq!(here.bytes(), before);
    let past = here.run(&["edit", &id, "--set", "due=19 Nov 2026"]);
    let said = &past.errors;
    assert!(
        said.contains("saved, but Thu 19 Nov is in the past"),
        "{said}"
    );
    let said = here.ok(&["check-in", "--moved", "20 Nov 2027"]);
    assert!(said.contains("due Sat 20 Nov 2027"), "{said}");
}

#[test]
fn ended_items_appear_under_the_day_they_were_done() {
    let here = TestEnvironment::new();
    let (here, _) = on(
        here,
        "2026-09-01",
        &["commit", "Kept late", "--by", "4 Sep"],
    );
    let (here, _) = on(here, "2026-09-01", &["commit", "Early", "--by", "27 Nov"]);
    let early = only_of(&here, "commitment");
    let (here, _) = on(here, "2026-09-02", &["check-in", &early, "--kept"]);
    let (here, _) = on(here, "2026-11-20", &["commit", "Open", "--by", "27 Nov"]);
    let late = here.listed("commitments");
    let late = late.iter().find(|it| it["better"] == "Kept late");
    let late = late.expect("it")["id"].as_str().expect("an id").to_owned();
    let (here, _) = on(here, "2026-11-23", &["check-in", &late, "--kept"]);
    let (here, list) = on(
        here,
        "2026-11-24",
        &["list", "--since", "20 Nov", "--plain"],
    );
    let names: Vec<&str> = ["Kept late", "Early", "Open"]
        .into_iter()
        .filter(|name| list.contains(name))
        .collect();
    assert_eq!(names, ["Kept late", "Open"], "{list}");
    let (_, found) = on(here, "2026-11-24", &["search", "kept", "since:3d"]);
    assert!(found.contains("Kept late"), "{found}");
}

#[test]
fn a_day_brought_forward_is_not_late() {
    let here = TestEnvironment::new();
    here.ok(&["commit", "x", "--by", "4 Dec"]);
    // On the day it was made, another day would only correct it.
    let here = here.at("2026-11-25T09:15:00+01:00");
    let said = here.ok(&["check-in", "--moved", "27 Nov"]);
    assert!(
        said.contains("moved earlier, first due Fri 4 Dec"),
        "{said}"
    );
    assert_eq!(figure(&here, &[], "moved"), "0");
    assert!(
        here.ok(&["status"])
            .contains("moved earlier, first due Fri 4 Dec")
    );
}

#[test]
fn what_looks_back_takes_the_same_days_in_every_command() {
    let here = TestEnvironment::filled();
    let commands = [
        &["list"][..],
        &["list", "people"],
        &["search", "owner"],
        &["answers", "audit/influence"],
        &["export", "md"],
        &["export", "csv", "--table", "commitments"],
        &["review"],
        &["portfolio"],
    ];
    let days = [
        &["--since", "6w"][..],
        &["--since", "last-month"],
        &["--since", "2026-W40", "--until", "last-week"],
        &["--since", "oct", "--until", "fri"],
        &["--until", "yesterday"],
        &["--since", "last 3 weeks"],
        &["--week"],
        &["--week", "47"],
        &["--month", "last"],
        &["--quarter", "q3"],
        &["--year", "last-year"],
    ];
    for command in commands {
        for days in days {
            let called = here.run(&[command, days].concat());
            assert!(
                matches!(called.code, Some(0 | 1)),
                "{command:?} {days:?}: {called:?}"
            );
        }
        for (days, said) in [
            (&["--week", "soon"][..], "try last, 48, W48, 2026-W48"),
            (&["--since", "4/12"], "can be \"4 Dec\" or \"12 Apr\""),
            (
                &["--since", "oct", "--until", "sep"],
                "--until is before --since",
            ),
            (&["--week", "--month"], "--week does not go with --month"),
        ] {
            let called = here.run(&[command, days].concat());
            assert_eq!(called.code, Some(2), "{command:?} {days:?}");
            assert!(called.errors.contains(said), "{}", called.errors);
        }
    }
    let listed = |days: &[&str]| here.run(&[&["list", "--plain"], days].concat()).output;
    assert_eq!(listed(&["--week", "46"]).lines().count(), 1);
    assert_eq!(
        listed(&["--since", "6 nov", "--until", "13 nov"])
            .lines()
            .count(),
        1
    );
    assert_eq!(
        listed(&["--until", "2026-11-14"]),
        listed(&["--since", "2026", "--until", "14 nov"])
    );
    let span = |arguments: &[&str]| figure(&here, arguments, "span");
    assert_eq!(span(&["--week", "48"]), "2026-W48");
    assert_eq!(span(&["--week", "W47"]), "2026-W47");
    assert_eq!(span(&["--week", "last"]), "2026-W47");
    assert_eq!(span(&["--month", "last"]), "2026-10");
    assert_eq!(span(&["--quarter", "last-quarter"]), "2026-Q3");
    assert_eq!(span(&["--quarter", "q3"]), "2026-Q3");
    let refused = here.run(&["review", "--week", "soon"]);
    assert!(
        refused.errors.contains("try last, 48, W48, 2026-W48"),
        "{}",
        refused.errors
    );
}

#[test]
fn a_week_away_shows_neither_area_nor_streak() {
    let here = TestEnvironment::new();
    let (here, _) = on(
        here,
        "2026-07-20",
        &["commit", "x", "--area", "inbox", "--by", "31 Jul"],
    );
    let here = here.at("2026-08-24T09:00:00+01:00");
    let page = here.ok(&["review", "--week", "2026-W33"]);
    assert!(!page.contains("inbox"), "{page}");
    assert!(!page.contains("in a row"), "{page}");
    assert_eq!(figure(&here, &["--week", "2026-W33"], "open"), "1");
}

#[test]
fn what_has_a_future_date_is_in_no_box_yet() {
    let later = TestEnvironment::new().at("2026-11-30T09:00:00+01:00");
    later.ok(&["add", "problem", "Mail", "--set", "solved=today"]);
    let here = later.at("2026-11-24T09:00:00+01:00");
    let status = here.ok(&["status", "--json"]);
    let status: serde_json::Value = serde_json::from_str(&status).expect("JSON");
    assert_eq!(status["months"]["boxes"][10]["box"], "empty", "{status}");
    let back = here.at("2026-11-30T09:00:00+01:00");
    assert!(back.ok(&["status", "--json"]).contains("\"solved\":1"));
}

#[test]
fn completion_offers_spans_that_the_argument_reads() {
    let home = TestEnvironment::new();
    let offered = |words: &[&str]| {
        let mut command = home.command(&[&["--", "leadby"], words].concat());
        command.env("LEADBY_COMPLETE", "bash");
        command.env("_CLAP_COMPLETE_INDEX", words.len().to_string());
        command.env("_CLAP_COMPLETE_COMP_TYPE", "9");
        let done = home.finish(command.spawn().expect("the program starts"));
        done.output.lines().map(str::to_owned).collect::<Vec<_>>()
    };
    for (words, offers, others) in [
        (&["off", ""][..], "next-week", &["4w", "3m"][..]),
        (&["list", "--due", ""], "next-week", &["4w", "3m"]),
        (&["review", "--since", ""], "4w", &["tomorrow", "next-week"]),
        // And the names of programs and practices.
        (&["import", "--from", "t"], "todo.txt", &["talk/show"]),
        (&["answer", "pro"], "profile/role", &["ground/role"]),
        (&["walk", "--plain", "pro"], "profile", &[]),
    ] {
        let offered = offered(words);
        let has = |word: &&str| offered.iter().any(|it| it == word);
        assert!(has(&offers), "{words:?}: {offered:?}");
        assert!(!others.iter().any(has), "{words:?}: {offered:?}");
    }
}
