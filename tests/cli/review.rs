//! `review`: a page, one figure per line, an object, and which span is meant.

use insta::assert_snapshot;
use leadby::calendar::{Length, Span};
use leadby::insight::{Figure, Figures};
use leadby::journal::Journal;
use leadby::practice::builtin;
use leadby::store::Store;

use crate::environment::TestEnvironment;

#[test]
fn a_person_reads_a_page() {
    let filled = TestEnvironment::filled();
    assert_snapshot!(filled.run(&["review", "--month"]).seen());
    assert_snapshot!(filled.run(&["review"]).seen());
    let empty = TestEnvironment::new();
    assert_snapshot!(empty.run(&["review", "--quarter", "2026-Q2"]).seen(), @"
    April to June · Wed 1 Apr to Tue 30 Jun

    Nothing written.
    ");
}

#[test]
fn a_program_reads_an_object() {
    let output = TestEnvironment::filled().ok(&["review", "--month", "--json"]);
    assert_eq!(output.lines().count(), 1);
    let read: serde_json::Value = serde_json::from_str(&output).expect("JSON");
    assert_snapshot!("review_json", format!("{read:#}"));
}

#[test]
fn a_page_is_written_to_a_file_in_the_format_of_its_name() {
    let filled = TestEnvironment::filled();
    let said = filled.ok(&["review", "--month", "-o", "november.html"]);
    assert_eq!(said, "The review is in november.html.\n");
    let read = |name: &str| std::fs::read_to_string(filled.home().join(name)).expect("a file");
    assert!(read("november.html").starts_with("<!DOCTYPE html>"));
    let again = filled.run(&["review", "--month", "-o", "november.html"]);
    assert_eq!(again.code, Some(2), "{again:?}");
    filled.ok(&["review", "--week", "-o", "november.html", "--force"]);
    assert!(read("november.html").contains("Week 48 of 2026"));
    filled.ok(&["review", "-o", "week.md"]);
    assert!(read("week.md").starts_with("# Review\n"));
    let printed = filled.ok(&["review", "--format", "md"]);
    assert_eq!(printed, read("week.md"));
    let both = filled.run(&["review", "--json", "--format", "md"]);
    assert_eq!(both.code, Some(2), "{both:?}");
}

/// Checks the span that the arguments select.
#[track_caller]
fn check(arguments: &[&str], expected: &str) {
    let arguments = [&["review", "--plain"], arguments].concat();
    let output = TestEnvironment::filled().ok(&arguments);
    let span = output.lines().find_map(|line| line.strip_prefix("span\t"));
    assert_eq!(span, Some(expected), "{arguments:?}");
}

#[test]
fn a_span_can_be_named_by_itself_a_day_or_a_shorter_span() {
    check(&[], "2026-W48");
    check(&["--week"], "2026-W48");
    check(&["--week", "2026-W40"], "2026-W40");
    check(&["--week", "20 Nov"], "2026-W47");
    check(&["--week", "last week"], "2026-W47");
    check(&["--week", "fri"], "2026-W47");
    check(&["--month", "last-month"], "2026-10");
    check(&["--month", "september"], "2026-09");
    check(&["--since", "september"], "2026-09-01/2026-11-24");
    check(&["--since", "2w"], "2026-11-10/2026-11-24");
    check(&["--month"], "2026-11");
    check(&["--month", "2026-W44"], "2026-11");
    check(&["--month=2025-12"], "2025-12");
    check(&["--quarter", "2026-02"], "2026-Q1");
    check(&["--year", "2026-Q1"], "2026");
    check(&["--year", "1 Feb 2025"], "2025");
    check(&["--since", "1 Nov"], "2026-11-01/2026-11-24");
}

#[test]
fn an_invalid_span_is_refused() {
    let filled = TestEnvironment::filled();
    for arguments in [
        ["review", "--week", "2026-11"],
        ["review", "--month", "soon"],
        ["review", "--week", "2026-W54"],
        ["review", "--year", "--month"],
        ["review", "--json", "--plain"],
    ] {
        let called = filled.run(&arguments);
        assert_eq!(called.code, Some(2), "{arguments:?}");
        assert_eq!(called.output, "", "{arguments:?}");
    }
    assert_snapshot!(filled.run(&["review", "--week", "2026"]).seen());
}

#[test]
fn every_format_shows_the_figures_of_the_journal() {
    let filled = TestEnvironment::filled();
    let entries = Store::open(filled.journal()).expect("a reading").1.entries;
    let journal = Journal::fold(entries);
    let today = "2026-11-24".parse().expect("a day");
    for length in Length::ALL {
        let option = format!("--{}", length.name());
        let figures = Figures::of(&journal, &builtin(), Span::of(length, today), today);
        let plain = filled.ok(&["review", &option, "--plain"]);
        let json = filled.ok(&["review", &option, "--json"]);
        let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
        for figure in Figure::ALL {
            let name = figure.id();
            let value = figures.value_of(*figure);
            let line = plain
                .lines()
                .find_map(|line| line.strip_prefix(&format!("{name}\t")));
            let expected = value.map_or(String::new(), |value| value.to_string());
            assert_eq!(line, Some(expected.as_str()), "{option}: {name}");
            let read = &json["figures"][name];
            assert_eq!(*read, serde_json::json!(value), "{option}: {name}");
        }
    }
    // The record in `status` equals that of every review that ends today.
    let status: serde_json::Value =
        serde_json::from_str(&filled.ok(&["status", "--json"])).expect("JSON");
    let review: serde_json::Value =
        serde_json::from_str(&filled.ok(&["review", "--json"])).expect("JSON");
    for name in ["kept", "missed", "streak", "longest_streak"] {
        assert_eq!(status["record"][name], review["record"][name], "{name}");
    }
}

#[test]
fn a_span_that_has_not_begun_is_refused() {
    let filled = TestEnvironment::filled();
    for (call, said) in [
        (
            "review --month 2026-12 --format md",
            "December has not begun; it begins on Tue 1 Dec",
        ),
        (
            "review --week 2026-W49",
            "Week 49 has not begun; it begins on Mon 30 Nov",
        ),
        (
            "review --year 2030",
            "2030 has not begun; it begins on Tue 1 Jan 2030",
        ),
        (
            "review --since tomorrow",
            "those days begin only on Wed 25 Nov",
        ),
        (
            "portfolio --quarter 2027-Q1",
            "January to March 2027 has not begun; it begins on Fri 1 Jan 2027",
        ),
    ] {
        let called = filled.run(&call.split(' ').collect::<Vec<_>>());
        assert_eq!(called.code, Some(2), "{call}: {called:?}");
        let said = format!("leadby: {said}.");
        assert!(called.errors.starts_with(&said), "{call}: {called:?}");
    }
}

#[test]
fn any_days_are_named_once() {
    let filled = TestEnvironment::filled();
    let first = |call: &[&str]| {
        let page = filled.ok(&[&["review"], call].concat());
        page.lines().next().unwrap_or_default().to_owned()
    };
    let summer = ["--since", "1-jul", "--until", "2026-09"];
    assert_eq!(first(&summer), "Wed 1 Jul to Wed 30 Sep");
    assert_eq!(first(&["--since", "1 sep"]), "Tue 1 Sep to Tue 24 Nov");
    assert_eq!(first(&["--since", "today"]), "Tue 24 Nov");
    let page = filled.ok(&[&["review", "--format", "md"], &summer[..]].concat());
    assert_eq!(
        page.matches("1 July to 30 September 2026").count(),
        1,
        "{page}"
    );
}

#[test]
fn an_unfinished_year_is_compared_up_to_the_same_day_in_leap_years_too() {
    let leap = TestEnvironment::new().at("2028-11-24T12:00:00+01:00");
    let review = leap.ok(&["review", "--year", "--json"]);
    let review: serde_json::Value = serde_json::from_str(&review).expect("JSON");
    assert_eq!(review["before"]["until"], "2027-11-24");
}
