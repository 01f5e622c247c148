//! Which week a page of the walk belongs to, across midnight and a weekend.

use leadby::app::route::Route;
use leadby::journal::Period;
use leadby::store::{self, WalkedPage};

use crate::play::{Play, TUESDAY, commitment};
use crate::screens::entries;

const SUNDAY: &str = "2026-11-22T23:50:00+01:00";
const MONDAY: &str = "2026-11-23T08:00:00+01:00";

fn route(play: &Play) -> String {
    play.model.state().route().name().unwrap_or_default()
}

/// The weeks that have an answer to a step, with its text.
fn answers(play: &Play, practice: &str, step: &str) -> Vec<String> {
    let journal = play.journal();
    let answers = journal.answers(practice, step).into_iter();
    let answers = answers.map(|(period, value)| match period {
        Period::Week(week) => format!("{week} {}", value.as_text().unwrap_or("")),
        other => format!("{other:?}"),
    });
    answers.collect()
}

#[test]
fn a_draft_from_last_week_is_saved_there_before_this_weeks_walk() {
    let mut play = Play::with(&[], SUNDAY);
    play.keys("1").keys("Half a thought");
    play.pause();
    let mut play = play.kill();
    play.at(MONDAY);
    let mut play = play.kill();
    play.shows("✎ Draft, Audit · Week 47, last week: “Half a");
    play.keys("d").shows("Audit · 1 of 8 · Week 47, last week");
    play.keys("<C-s>");
    assert_eq!(
        answers(&play, "audit", "influence"),
        ["2026-W47 Half a thought"]
    );
    // The commitment page belongs to the present: it is made on Monday, for this Friday.
    play.shows("By Friday · Week 48").shows("Fri 27 Nov");
    play.keys("<C-s>");
    assert_eq!(route(&play), "page/audit/2026-W48/1");
    play.shows("Audit · 1 of 8 · Week 48").hides("last week ");
    play.keys("This week's<C-s><C-s>");
    assert_eq!(route(&play), "page/mastery/2026-W48/1");
    assert_eq!(
        answers(&play, "audit", "influence"),
        ["2026-W47 Half a thought", "2026-W48 This week's"]
    );
}

#[test]
fn a_page_open_over_midnight_stays_in_its_week_but_the_next_one_does_not() {
    let mut play = Play::with(&[], SUNDAY);
    play.keys("8").shows("Week 47").hides("last week");
    play.keys("Trains are late");
    play.at("2026-11-23T00:10:00+01:00");
    play.shows("Week 47, last week").shows("Trains are late");
    play.keys("<Esc><Enter>");
    assert_eq!(play.titles("complaints"), ["Trains are late"]);
    // The last position is in last week, so this week's walk starts at its first page.
    assert_eq!(route(&play), "page/audit/2026-W48/1");
}

#[test]
fn the_next_question_of_a_practice_opens_in_the_new_week() {
    let mut play = Play::with(&[], SUNDAY);
    play.keys("2<Space><Tab>Nobody called");
    play.at(MONDAY).keys("<C-s>");
    assert_eq!(route(&play), "page/audit/2026-W48/1");
    assert_eq!(
        answers(&play, "mastery", "evidence"),
        ["2026-W47 Nobody called"]
    );
    // Midnight within the week changes nothing.
    play.at("2026-11-24T00:10:00+01:00").keys("<C-s>");
    assert!(matches!(play.model.state().route(), Route::Commit(_)));
}

#[test]
fn last_week_means_the_week_before_today_not_before_the_page() {
    let mut play = Play::with(&[], "2026-11-13T09:00:00+01:00");
    play.keys("1Before<C-s><Esc>");
    play.at(SUNDAY).keys("1");
    play.shows("Last week");
    play.at(MONDAY).shows("Week 46 · 2 weeks ago");
}

#[test]
fn mastery_names_the_core_function() {
    let mut play = Play::new();
    play.keys("2")
        .shows("Best in the building at your core function");
    play.hides("core function: ").keys("<Esc>");
    play.keys("g<C-s>Reliable releases<C-s><Esc>2");
    play.shows("Best in the building at your core function: Reliable releases");
}

#[test]
fn an_introduction_is_folded_away_after_the_third_walk() {
    let mut play = Play::new();
    let intro = "A few quiet minutes";
    for (day, is_shown) in [
        ("2026-11-24T09:15:00+01:00", true),
        ("2026-11-25T09:15:00+01:00", true),
        ("2026-12-01T09:15:00+01:00", true),
        ("2026-12-08T09:15:00+01:00", true),
        ("2026-12-15T09:15:00+01:00", false),
        ("2026-12-16T09:15:00+01:00", false),
    ] {
        play.at(day).keys("1");
        let has_intro = play.screen().contains(intro);
        assert_eq!(has_intro, is_shown, "{day}\n{play}");
        play.keys("<Esc>");
    }
    // It is still known after a restart, and the help has it.
    let mut play = play.restart();
    play.keys("1").hides(intro).keys("<F1>").shows(intro);
}

#[test]
fn an_introduction_comes_back_when_its_words_change() {
    let words = "deadbeef".to_owned();
    let weeks = ["2026-W40", "2026-W41", "2026-W42"].map(str::to_owned);
    let page = WalkedPage {
        words,
        weeks: weeks.to_vec(),
    };
    let play = Play::new();
    let pages = [("audit".to_owned(), page)].into();
    store::write_walked_pages(&play.path(), &pages).expect("a note");
    let mut play = play.restart();
    play.keys("1").shows("A few quiet minutes");
}

#[test]
fn the_chosen_week_is_marked_as_off() {
    let mut play = Play::with(&[commitment("Owners", "2026-10-05", "2026-11-20")], MONDAY);
    play.keys("<Left>0").shows("Off: Mon 16 Nov to Sun 22 Nov");
    play.keys("0").hides("Off: Mon 16 Nov");
    play.keys("<Esc>0").shows("Off: Mon 23 Nov to Sun 29 Nov");
}

#[test]
fn a_week_says_what_was_due_in_it_and_is_compared_only_with_one_of_the_journal() {
    let mut play = Play::with(&[commitment("Owners", "2026-11-10", "2026-11-20")], MONDAY);
    play.keys("<Left><Enter>")
        .shows("Week 47 of 2026, summary")
        .shows("Owners");
    // The first week of a journal has none before it.
    let mut first = Play::with(&[], MONDAY);
    first.keys("7Taught Ana<Enter><C-s><C-s><Esc><Esc>8<C-s>");
    first.hides("Practices done: 0");
}

#[test]
fn what_was_due_on_a_day_off_is_in_the_week_of_the_first_day_back() {
    let entries = [commitment("Answer faster", "2026-07-20", "2026-08-07")];
    let mut play = Play::with(&entries, "2026-07-20T09:00:00+02:00");
    play.others_run(&["off", "3 aug to 21 aug"]);
    play.at("2026-08-24T09:00:00+02:00")
        .shows("Mon 24 ◎ today")
        .keys("c")
        .hides("weeks late")
        .keys("<Esc>");
    play.at("2026-09-08T09:00:00+02:00")
        .keys("<Left><Left><Enter>");
    play.shows("Week 35 of 2026, summary")
        .shows("Answer faster")
        .keys("[[[")
        .shows("Week 32 of 2026, summary")
        .hides("Answer faster");
}

#[test]
fn a_month_has_its_column_from_its_first_day_on() {
    let mut play = Play::with(&[], "2026-10-05T09:00:00+02:00");
    play.others_run(&["add", "problem", "Old one"]);
    play.size(80, 24);
    play.at("2026-11-30T09:00:00+01:00").hides("Dec");
    play.at("2027-01-02T09:00:00+01:00").shows("Jan");
}

#[test]
fn in_a_small_window_a_week_cuts_words_before_days() {
    let mut play = Play::with(&entries("sample"), TUESDAY);
    play.size(60, 20).keys("rs");
    play.shows("overdue since Fri 20 Nov")
        .shows("due Fri 27 Nov");
    play.shows("Mastery: competent →").shows("exceptional");
}
