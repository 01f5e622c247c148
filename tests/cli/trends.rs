//! What the screens draw over weeks and months, in words: `leadby trends`.

use insta::assert_snapshot;
use leadby::calendar::Now;
use leadby::insight::{ChartData, chart_data};
use leadby::journal::Journal;
use leadby::{practice, sample, store};

use crate::environment::{NOW, TestEnvironment};

/// A home with a year of the sample journal.
fn year() -> TestEnvironment {
    let environment = TestEnvironment::new();
    let now = Now::new(NOW.parse().expect("a time"));
    let entries = sample::entries(&practice::builtin(), now);
    let folder = environment.journal();
    let folder = folder.parent().expect("a folder");
    std::fs::create_dir_all(folder).expect("a folder");
    store::create_journal(&environment.journal(), &entries).expect("a journal");
    environment
}

#[test]
fn every_chart_is_told_in_words() {
    let home = year();
    let practices = ["audit", "mastery", "problem", "communication", "systems"];
    let others = ["multiplier", "influence", "mirror"];
    let told = practices.into_iter().chain(others).map(|name| {
        let page = home.ok(&["trends", name]);
        // Enough of each to see how it reads.
        let lines: Vec<&str> = page.lines().take(40).collect();
        lines.join("\n")
    });
    assert_snapshot!(told.collect::<Vec<_>>().join("\n\n----\n\n"));
}

#[test]
fn the_last_year_is_told_week_by_week() {
    let page = year().ok(&["trends"]);
    let lines: Vec<&str> = page.lines().take(20).collect();
    assert_snapshot!(lines.join("\n"));
}

#[test]
fn the_present_week_is_there_if_the_first_entry_is_of_a_later_one() {
    let home = TestEnvironment::new();
    home.ok(&["commit", "Hand over", "--by", "27 nov"]);
    let page = home.at("2026-11-17T09:00:00+01:00").ok(&["trends"]);
    assert!(page.starts_with("This week\n\n2026-W47"), "{page}");
}

#[test]
fn each_chart_of_the_screens_is_in_the_output() {
    let home = year();
    let catalog = practice::builtin();
    let (_, loaded) = store::Store::open(home.journal()).expect("a journal");
    let journal = Journal::fold(loaded.entries);
    let now = Now::new(NOW.parse().expect("a time"));
    let has_charts = |practice: &&practice::Practice| !practice.charts.is_empty();
    for practice in catalog.practices().iter().filter(has_charts) {
        let said = home.run(&["trends", &practice.id]);
        let object = home.ok(&["trends", &practice.id, "--json"]);
        let object: serde_json::Value = serde_json::from_str(&object).expect("JSON");
        let charts = object["charts"].as_array().expect("charts");
        assert_eq!(charts.len(), practice.charts.len(), "{}", practice.id);
        for (chart, json) in practice.charts.iter().zip(charts) {
            assert!(said.output.contains(&chart.title), "{said:?}");
            assert_eq!(json["title"], chart.title.as_str());
            let data = chart_data(&journal, &catalog, practice, chart, now.today());
            if let Some(ChartData::Weeks(weeks)) = data {
                let all = json["weeks"].as_array().expect("weeks").iter();
                let texts: Vec<&str> = all.filter_map(|it| it["text"].as_str()).collect();
                let drawn: Vec<&str> = weeks.iter().map(|(_, text)| text.as_str()).collect();
                assert_eq!(texts, drawn);
            }
        }
    }
}

#[test]
fn what_has_no_charts_says_where_its_text_is() {
    let home = year();
    assert_snapshot!(home.run(&["trends", "month"]).seen(), @"
    -- standard error --
    leadby: month has no charts.
      `leadby list month` shows what was written
    -- exit code 1 --
    ");
    let wrong = home.run(&["trends", "nothing"]);
    assert_eq!(wrong.code, Some(2), "{wrong:?}");
}

#[test]
fn an_empty_journal_has_one_week() {
    let home = TestEnvironment::new();
    assert_eq!(home.ok(&["trends"]), "This week\n\n2026-W48  0 of 8 done\n");
    let page = home.ok(&["trends", "problem"]);
    assert!(
        page.contains("October  before the journal\n  November  empty\n"),
        "{page}"
    );
    let page = home.ok(&["trends", "multiplier"]);
    assert!(page.contains("People helped\n  none yet\n"), "{page}");
}

#[test]
fn who_was_helped_is_the_same_in_the_review_and_the_trends() {
    let home = TestEnvironment::new();
    home.ok(&["add", "assist", "Taught @Jonas"]);
    home.ok(&["add", "assist", "Showed @jonas more", "--set", "with=Ana"]);
    let review = home.ok(&["review", "--week", "--json"]);
    let review: serde_json::Value = serde_json::from_str(&review).expect("JSON");
    assert_eq!(review["figures"]["people_helped"], 2, "{review}");
    let page = home.ok(&["trends", "multiplier"]);
    assert!(page.contains("Jonas  2 times, last on"), "{page}");
    assert!(page.contains("Ana  1 time, last on"), "{page}");
}

#[test]
fn only_weeks_that_asked_for_a_habit_are_counted() {
    let home = TestEnvironment::new();
    let habits = |home: &TestEnvironment| {
        let object = home.ok(&["trends", "communication", "--json"]);
        let object: serde_json::Value = serde_json::from_str(&object).expect("JSON");
        let charts = object["charts"].as_array().expect("charts");
        let grid = charts.iter().find(|chart| chart["kind"] == "grid");
        grid.expect("a grid")["weeks"].clone()
    };
    let first = home.ok(&["trends", "communication"]);
    assert!(first.contains("  0 of 1 week\n"), "{first}");
    assert_eq!(habits(&home), serde_json::json!(["2026-W48"]));
    home.ok(&["commit", "One owner"]);
    home.ok(&["off", "30 nov to 4 dec"]);
    let home = home.at("2026-12-08T09:00:00+01:00");
    let page = home.ok(&["trends", "communication"]);
    assert!(page.contains("  0 of 2 weeks\n"), "{page}");
    assert_eq!(habits(&home), serde_json::json!(["2026-W48", "2026-W50"]));
    let off = TestEnvironment::new();
    off.ok(&["off", "this week"]);
    let page = off.ok(&["trends", "communication"]);
    assert!(!page.contains(" of 0"), "{page}");
}
