//! The portfolio on the command line: dates, format and output file.

use std::os::unix::fs::PermissionsExt;

use insta::assert_snapshot;

use crate::environment::TestEnvironment;

#[test]
fn this_year_is_printed_as_markdown() {
    let page = TestEnvironment::filled().ok(&["portfolio", "--year"]);
    assert_eq!(page, TestEnvironment::filled().ok(&["portfolio"]));
    let first: Vec<&str> = page.lines().take_while(|line| *line != "---").collect();
    assert_snapshot!("the_first_page", first.join("\n"));
    let one = TestEnvironment::filled().ok(&["portfolio", "--pages", "1"]);
    assert_eq!(one.trim_end(), first.join("\n").trim_end());
    // The journal has one month, so there is no table of months.
    assert!(!page.contains("## Month by month"));
    assert!(page.contains("Two hours lost,") && !page.contains(['\u{1b}', '\u{9b}', '\u{202e}']));
}

#[test]
fn the_dates_can_be_chosen() {
    let filled = TestEnvironment::filled();
    let span = |arguments: &[&str]| {
        let page = filled.ok(&[&["portfolio", "--format", "json"], arguments].concat());
        let page: serde_json::Value = serde_json::from_str(&page).expect("JSON");
        let sections = page["sections"].as_array().expect("sections").iter();
        let mut commitments = sections.filter(|it| it["register"].is_null());
        let entries = &commitments.next().expect("commitments")["entries"];
        let kept = entries.as_array().map_or(0, Vec::len);
        let (span, first, until) = (&page["span"], &page["first"], &page["until"]);
        format!("{span}: {first} to {until}, {kept} kept").replace('"', "")
    };
    assert_eq!(
        span(&["--quarter"]),
        "2026-Q4: 2026-11-06 to 2026-11-24, 1 kept"
    );
    assert_eq!(
        span(&["--quarter", "2026-Q4"]),
        "2026-Q4: 2026-11-06 to 2026-11-24, 1 kept"
    );
    assert_eq!(
        span(&["--year", "2026"]),
        "2026: 2026-11-06 to 2026-11-24, 1 kept"
    );
    assert_eq!(
        span(&["--since", "2026-11-07"]),
        "2026-11-07/2026-11-24: 2026-11-14 to 2026-11-24, 0 kept"
    );
    assert_eq!(
        span(&["--all"]),
        "2026-11-06/2026-11-24: 2026-11-06 to 2026-11-24, 1 kept"
    );
    let nothing = filled.run(&["portfolio", "--year", "2025"]);
    assert_eq!(nothing.code, Some(1));
    assert_snapshot!(nothing.seen(), @"
    -- standard error --
    leadby: this portfolio is empty.
      what you keep, solve, build and learn appears by itself
      --all covers every day
    -- exit code 1 --
    ");
    assert_snapshot!(filled.run(&["portfolio", "--quarter", "Q5"]).seen(), @r#"
    -- standard error --
    leadby: “Q5” is not a quarter; try last, Q3, 2026-Q3 or a day in it.
    -- exit code 2 --
    "#);
    assert_eq!(span(&["--quarter", "q4"]), span(&["--quarter"]));
    assert_eq!(
        span(&["--month", "nov"]),
        "2026-11: 2026-11-06 to 2026-11-24, 1 kept"
    );
    assert_eq!(filled.run(&["portfolio", "--year", "--all"]).code, Some(2));
}

#[test]
fn a_file_is_private_and_is_overwritten_only_when_asked() {
    let filled = TestEnvironment::filled();
    let path = filled.home().join("mine.html");
    let name = path.to_str().expect("a name");
    filled.ok(&["portfolio", "-o", name]);
    let written = std::fs::read_to_string(&path).expect("a page");
    assert!(written.starts_with("<!DOCTYPE html>\n<html lang=\"en\">"));
    assert_eq!(written, filled.ok(&["portfolio", "--format", "html"]));
    let mode = path.metadata().expect("a file").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let refused = filled.run(&["portfolio", "-o", name, "--format", "md"]);
    assert_eq!(refused.code, Some(2));
    assert!(
        refused.errors.contains("--force overwrites it"),
        "{}",
        refused.errors
    );
    assert_eq!(std::fs::read_to_string(&path).expect("a page"), written);
    filled.ok(&["portfolio", "-o", name, "--format", "md", "--force"]);
    let written = std::fs::read_to_string(&path).expect("a page");
    assert!(written.starts_with("# Portfolio\n"));
    let nowhere = filled.home().join("none/mine.md");
    let nowhere = filled.run(&["portfolio", "-o", nowhere.to_str().expect("a name")]);
    assert_eq!(nowhere.code, Some(5));
}

#[test]
fn an_empty_journal_has_no_portfolio_and_creates_no_file() {
    let empty = TestEnvironment::new();
    let path = empty.home().join("mine.md");
    let called = empty.run(&["portfolio", "-o", path.to_str().expect("a name")]);
    assert_eq!(called.code, Some(1));
    assert!(!path.exists());
    assert_snapshot!(called.seen(), @"
    -- standard error --
    leadby: this portfolio is empty.
      what you keep, solve, build and learn appears by itself
      --all covers every day
    -- exit code 1 --
    ");
}

#[test]
fn a_mistyped_year_does_not_make_a_page_of_two_thousand_years() {
    let here = TestEnvironment::filled();
    let _ = here.ok(&["check-in", "bb04", "--kept"]);
    let problem = "{\"v\":1,\"id\":\"p\",\"rev\":1,\"at\":\"2026-11-24T09:15:02+01:00\",\"kind\":\"item\",\"register\":\"problems\",\"values\":{\"solved\":\"0206-11-03\",\"title\":\"P\"}}\n";
    here.damage(problem.as_bytes());
    let answer = "{\"v\":1,\"id\":\"a\",\"rev\":1,\"at\":\"0001-01-05T09:15:02+00:00\",\"kind\":\"answer\",\"week\":\"0001-W01\",\"practice\":\"mastery\",\"step\":\"work\",\"value\":\"good\"}\n";
    here.damage(answer.as_bytes());
    for format in ["md", "html", "json"] {
        let page = here.ok(&["portfolio", "--all", "--format", format]);
        assert!(page.len() < 60_000, "{format}: {} bytes", page.len());
        assert!(page.contains("206"), "{page}");
    }
}

#[test]
fn the_first_page_and_the_order_are_chosen_by_line() {
    let here = TestEnvironment::filled();
    let results = || -> Vec<String> {
        let page = here.ok(&["portfolio", "--format", "json"]);
        let page: serde_json::Value = serde_json::from_str(&page).expect("JSON");
        let results = page["results"].as_array().expect("results").iter();
        results.map(|it| it["title"].to_string()).collect()
    };
    let id = |list: &str, at: usize| {
        here.listed(list)[at]["id"]
            .as_str()
            .expect("an id")
            .to_owned()
    };
    let before = results();
    assert_eq!(before.len(), 2, "{before:?}");
    let problem = id("problems", 0);
    assert!(
        here.ok(&["portfolio", "--down", &problem])
            .starts_with("Moved: ")
    );
    assert_eq!(results(), [before[1].clone(), before[0].clone()]);
    let again = here.ok(&["portfolio", "--down", &problem]);
    assert_eq!(again, "Nothing changed: it is so already.\n");
    assert!(
        here.ok(&["portfolio", "--up", &problem])
            .starts_with("Moved: ")
    );
    assert_eq!(results(), before);
    here.ok(&["portfolio", "--leave-out", &problem]);
    let refused = here.run(&["portfolio", "--up", &problem]);
    assert_eq!(refused.code, Some(2), "{refused:?}");
    assert!(refused.errors.contains("is not on the page"), "{refused:?}");
    here.ok(&["undo", "--yes"]);
    let off = here.ok(&["portfolio", "--include", &problem]);
    assert!(off.starts_with("Off the first page: "), "{off}");
    assert!(off.contains(&format!("({problem})")), "{off}");
    assert_eq!(results(), [before[1].clone()]);
    let on = here.ok(&["portfolio", "--first", &problem]);
    assert!(on.starts_with("On the first page: "), "{on}");
    assert_eq!(results().len(), 2);
    here.ok(&["undo"]);
    assert_eq!(results().len(), 1);
    let again = here.ok(&["portfolio", "--include", &problem]);
    assert_eq!(again, "Nothing changed: it is so already.\n");
}

#[test]
fn the_months_are_told_only_when_asked() {
    let here = TestEnvironment::filled();
    here.ok(&["answer", "month/sentence", "A *quiet* month."]);
    assert!(!here.ok(&["portfolio"]).contains("quiet"));
    let page = here.ok(&["portfolio", "--sentences"]);
    assert!(page.contains("- Nov 2026: A *quiet* month."), "{page}");
    assert!(
        here.ok(&["portfolio", "--sentences", "--format", "html"])
            .contains("A <em>quiet</em> month.")
    );
}
