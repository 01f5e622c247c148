//! Search and timeline: find entries by their text or by week.

use leadby::app::Msg;
use leadby::app::route::Route;
use leadby::journal::{Answer, Body, Change, Id, Period, Value};
use ratatui::style::Modifier;

use crate::play::{Play, TUESDAY, commitment, item};
use crate::screens::entries;

fn sample() -> Play {
    Play::with(&entries("sample"), TUESDAY)
}

/// Three commitments and a follow-up with Ana.
fn small() -> Play {
    let entries = [
        commitment(
            "One owner for every release step",
            "2026-11-23",
            "2026-11-27",
        ),
        commitment("Inbox rules", "2026-08-24", "2026-08-28"),
        commitment("The owner of the handbook", "2025-11-24", "2025-11-28"),
    ];
    let mut play = Play::with(&entries, TUESDAY);
    let mut change = item("loops", "Say whether June holds");
    if let leadby::journal::Body::Item(item) = &mut change.body {
        item.set(
            "with",
            leadby::journal::Value::Text("Ana Sørensen".to_owned()),
        );
    }
    play.others_save(&[change]);
    play
}

#[test]
fn a_found_answer_opens_with_the_focus_in_its_field() {
    let mut play = Play::new();
    play.keys("1<Tab><Tab>Why we deploy by hand<C-s><Esc><Esc>");
    play.keys("/deploy<Enter>?!")
        .shows("Why we deploy by hand?!");
}

#[test]
fn a_match_opens_and_the_search_is_kept() {
    let mut play = small();
    play.keys("/relese")
        .shows("One owner for every release step")
        .hides("Inbox rules");
    play.shows("best first, 1 of 4").keys("<Enter>");
    assert!(
        matches!(play.model.state().route(), Route::CheckIn(_)),
        "{play}"
    );
    play.keys("<Esc>").shows("1 of 4").keys("<Esc>");
    assert_eq!(play.model.state().route(), Route::Home);
    // The search is kept for next time, and typing replaces it.
    play.keys("/").shows("relese").shows("1 of 4");
    play.keys("inb")
        .shows("inb")
        .hides("relese")
        .shows("Inbox rules");
    play.keys("<Esc>/<Right>ox")
        .shows("inbox")
        .shows("Inbox rules");
}

#[test]
fn every_letter_is_typed_and_none_is_a_command() {
    let mut play = small();
    play.keys("/q:?123 st").shows("q:?123 st");
    play.keys("<Esc>/<BS>").shows("4 of 4");
    play.paste("in\nbox\r\n")
        .shows("in box")
        .shows("Inbox rules");
}

#[test]
fn matches_stand_out_without_colour() {
    let mut play = small();
    play.keys("/ownr");
    let picture = play.picture(leadby::ui::ColorDepth::None);
    let marked = |wanted: Modifier| -> String {
        let cells = picture.cells.content.iter();
        let cells = cells.filter(|cell| cell.modifier.contains(wanted));
        cells.map(ratatui::buffer::Cell::symbol).collect()
    };
    let found = marked(Modifier::UNDERLINED | Modifier::BOLD);
    // In two rows, and in the detail of the selected one.
    assert_eq!(found, "ownrownrownr");
}

#[test]
fn filters_are_completed_by_name_and_value() {
    let mut play = small();
    play.keys("/pe").shows("accept").keys("<Tab>");
    play.shows("person:").shows("Ana Sørensen").keys("<Right>");
    play.shows("person:\"Ana Sørensen\"")
        .shows("1 of 4")
        .shows("Say whether June holds");
    play.keys("<Esc>/<Tab>kind:com")
        .shows("mitment")
        .keys("<Tab>")
        .shows("3 of 4");
    play.keys("since:2").shows("✗ since: takes a day or more");
    play.keys("m").hides("✗").shows("1 of 4");
}

#[test]
fn invalid_filters_are_reported_and_the_rest_is_found() {
    let mut play = small();
    play.keys("/knd:x inbox")
        .shows("quote “knd:” or use kind")
        .shows("Inbox rules");
    play.keys("<Esc>/person:karl")
        .shows("no one called “karl”")
        .shows("No matches. Try fewer");
    play.keys("<Enter><Down><Up><C-o><PgDn>")
        .shows("No matches. Try fewer");
}

#[test]
fn the_weeks_looked_back_at_are_not_quoted_with_private_words() {
    let mut play = small();
    // In the week that is a quarter ago, and longer than its commitment.
    let private = Answer {
        period: Period::Month("2026-08".parse().expect("a month")),
        practice: "mirror".to_owned(),
        step: "moment".to_owned(),
        value: Value::Text("I envied Lena her title".to_owned()),
    };
    let id = Id::answer(private.period, "mirror", "moment");
    play.at("2026-11-30T09:15:00+01:00");
    play.others_save(&[Change::of(id, Body::Answer(private))]);
    play.keys("t").shows("a quarter ago · week 36");
    play.hides("“ I envied");
}

#[test]
fn the_timeline_moves_by_week_and_opens_the_review() {
    let mut play = small();
    play.keys("t").shows("Timeline").shows("newest first");
    play.shows("This week ─")
        .shows("─ 23 Nov to 29 Nov · 2 entries");
    play.shows("a quarter ago · week 35")
        .shows("a year ago · week 48")
        .hides("a week ago");
    play.shows("Week 48 of 2025");
    play.keys("<Up><Up><Enter>")
        .shows("week:2026-W35")
        .shows("1 of 4")
        .hides("a year ago");
    play.keys("<Enter>");
    assert!(
        matches!(play.model.state().route(), Route::CheckIn(_)),
        "{play}"
    );
    play.keys("<Esc><Esc>t").shows("4 of 4");
}

#[test]
fn the_week_before_is_last_week_and_days_off_are_no_words_of_it() {
    let mut play = Play::with(&[], "2026-12-18T09:00:00+01:00");
    play.others_run(&["off", "17 dec to 18 dec"]);
    play.at("2026-12-21T09:00:00+01:00").keys("t");
    play.shows("last week · week 51")
        .hides("“ Off")
        .shows("Thu 17 Dec to Fri 18 Dec");
}

#[test]
fn an_emptied_answer_is_in_no_list() {
    let mut play = Play::new();
    play.others_run(&["answer", "audit/influence", "abc"]);
    play.others_run(&["answer", "audit/influence", "--empty"]);
    play.keys("t").shows("Everything you write");
}

#[test]
fn the_timeline_accepts_the_same_search() {
    let mut play = small();
    play.keys("t/owner")
        .shows("newest first, 2 of 4")
        .shows("Week 48 of 2025");
    play.keys("<C-o>")
        .shows("best first")
        .hides("Week 48 of 2025");
    play.keys("<Esc>");
    assert_eq!(play.model.state().route(), Route::Home);
    // The timeline's filter is not the search's.
    play.keys("/").shows("4 of 4");
}

#[test]
fn keys_move_through_a_week_or_a_practice() {
    let mut play = sample();
    play.keys("tGjH").shows("History").keys("<Esc>");
    let Route::Timeline = play.model.state().route() else {
        panic!("{play}");
    };
    play.keys("<PgDn><PgDn><PgDn>")
        .hides("This week")
        .keys("g")
        .shows("This week");
    play.keys("/kind:mirror<Enter>");
    assert!(
        matches!(play.model.state().route(), Route::Page { practice, .. } if practice == "mirror"),
        "{play}"
    );
}

#[test]
fn new_entries_are_found_and_the_selection_stays() {
    let mut play = small();
    play.keys("/owner<Down>")
        .shows("▌  The owner of the handbook");
    play.others_save(&[item("problems", "Nobody is the owner")]);
    play.shows("3 of 5").shows("▌  The owner of the handbook");
    play.others_forget("Nobody is the owner");
    play.shows("2 of 4").hides("Nobody is the owner");
    play.keys("<Enter><Esc>").shows("2 of 4");
}

#[test]
fn a_click_selects_and_a_second_one_opens() {
    let mut play = small();
    play.keys("/owner")
        .click("The owner of the handbook")
        .shows("▌  The owner of the handbook");
    play.click("The owner of the handbook");
    assert!(
        matches!(play.model.state().route(), Route::CheckIn(_)),
        "{play}"
    );
    play.keys("<Esc>").tell(Msg::Wheel { up: true });
    play.shows("▌  One owner for every release step");
}

#[test]
fn every_entry_of_a_year_opens_on_a_screen() {
    let mut play = sample();
    play.keys("/");
    for word in [
        "kind:commitment",
        "kind:ground",
        "kind:mirror",
        "kind:problem",
        "kind:act",
        "kind:audit",
    ] {
        play.keys(word).keys("<Enter>");
        assert_ne!(play.model.state().route(), Route::Search, "{word}: {play}");
        play.keys("<Esc>");
        assert_eq!(play.model.state().route(), Route::Search, "{word}: {play}");
        play.keys("<Esc>/");
    }
}
