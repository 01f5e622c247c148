//! Home: the weeks of its year, and what can be clicked on it.

use chrono::Weekday;
use leadby::app::keys::Action;
use leadby::app::route::{ItemSource, Route};
use leadby::app::{ClickTarget, Msg};
use leadby::calendar::DueDay;

use crate::play::{Play, TUESDAY};
use crate::screens::{SCREENS, entries, go};

#[test]
fn the_first_year_names_the_month_it_begins_in() {
    let first = |at| Play::with(&[], at);
    first("2026-10-05T09:00:00+02:00").shows("Oct  Nov  Dec ");
    // Not where only its last weeks are left.
    first("2026-11-24T09:00:00+01:00").shows("           Dec   Jan");
}

#[test]
fn the_key_for_a_week_off_is_labelled_for_the_week_it_acts_on() {
    let mut play = Play::with(&entries("sample"), TUESDAY);
    play.size(200, 60);
    play.keys("0:week ")
        .shows("week back on")
        .keys("<Esc><Left>");
    play.keys(":week ").hides("week back on").keys("<Esc>");
    play.keys("0:week ").shows("week back on");
}

#[test]
fn a_week_of_the_year_is_chosen_and_opened_from_home() {
    let mut play = Play::with(&entries("sample"), TUESDAY);
    play.hides("this week").shows("⏎ what is due, then");
    play.keys("<Left><Left>");
    play.shows("Week 46 · Mon 9 Nov to Sun 15 Nov · 6 of 8");
    // The key of the walk opens the week.
    play.shows("⏎ open week").hides("⏎ what is due");
    play.shows("Esc this week").keys("<Right>").shows("Week 47");
    play.keys("<Enter>").shows("Week 47 of 2026, summary");
    // It is still chosen, and what worked before still does.
    play.keys("<Esc>").shows("Week 47 ·").keys("l");
    play.shows("Everything you keep").keys("<Esc>");
    play.keys("<Right>").hides("Week 47 ·").keys("<Right>");
    play.keys("<Left><Esc>").hides("Week 47 ·").keys("<Enter>");
    assert!(matches!(play.model.state().route(), Route::CheckIn(_)));
}

#[test]
fn where_the_open_commitments_leave_rows_the_last_ended_ones_are_shown() {
    let mut play = Play::with(&entries("sample"), TUESDAY);
    play.size(200, 60);
    play.shows("✓ The department's figures come with a sentence that says what to do");
    play.shows("✓ Both on-call teams agree on who is paged for what");
    play.click("✓ Both on-call");
    assert!(matches!(play.model.state().route(), Route::CheckIn(_)));
    // They never take a row from what is open.
    let mut play = Play::with(&entries("sample"), TUESDAY);
    play.size(200, 60);
    for number in 0..4 {
        play.keys(&format!("nPromise {number}<C-s>"));
    }
    for number in 0..4 {
        play.shows(&format!("Promise {number}"));
    }
}

/// Everything on Home that can be clicked opens what it shows.
#[test]
fn everything_on_home_that_looks_clickable_is() {
    for size in [(60, 20), (80, 24), (120, 40), (200, 60)] {
        let mut play = Play::with(&entries("sample"), TUESDAY);
        play.size(size.0, size.1);
        let opened = |play: &mut Play, texts: &[&str], route: &dyn Fn(&Route) -> bool| {
            for text in texts {
                play.click(text);
                let state = play.model.state().route();
                assert!(route(&state), "{text} opens {state:?} at {size:?}");
                play.keys("<Esc>");
            }
        };
        let due = ["No rule files", "●━", "how did it go?", "One owner"];
        opened(&mut play, &due, &|route| matches!(route, Route::CheckIn(_)));
        opened(&mut play, &["4 Next level"], &|route| {
            matches!(route, Route::Page { .. })
        });
        if size.0 >= 100 {
            opened(&mut play, &["⏎ what is due"], &|route| {
                matches!(route, Route::CheckIn(_))
            });
            opened(&mut play, &["17 of 21"], &|route| {
                *route == Route::Commitments
            });
            opened(&mut play, &["Problems"], &|route| *route == Route::Months);
            opened(&mut play, &["Six alerts for", "Release steps"], &|route| {
                matches!(route, Route::List { month: Some(_), .. })
            });
            opened(&mut play, &["The status round. I"], &|route| {
                matches!(route, Route::Page { .. })
            });
        }
        for (key, action) in [("→ a week", Action::Right), ("← →", Action::Left)] {
            let target = play.under(key);
            assert_eq!(target, Some(ClickTarget::Action(action)), "{size:?}");
        }
        if size.1 >= 50 {
            opened(&mut play, &["t timeline"], &|route| {
                *route == Route::Timeline
            });
            opened(&mut play, &["Confidence line", "Inês (Lisbon"], &|route| {
                matches!(
                    route,
                    Route::Item {
                        source: ItemSource::Existing(_),
                        ..
                    }
                )
            });
            opened(&mut play, &["2026 in figures"], &|route| {
                *route == Route::Portfolio
            });
        }
        // A week is chosen by a click, and opened by the next one.
        let week = play.under("Sep").expect("a week");
        play.tell(Msg::Click(week.clone()))
            .shows("⏎ open")
            .shows("Week 36");
        let target = play.under("⏎ open");
        assert_eq!(target, Some(ClickTarget::Action(Action::Open)), "{size:?}");
        play.tell(Msg::Click(week))
            .shows("Week 36 of 2026, summary");
    }
}

#[test]
fn another_due_day_is_on_every_screen() {
    let thursday = DueDay {
        weekday: Weekday::Thu,
        until_hour: 12,
    };
    Play::new().with_due_day(thursday).hides("Friday");
    let sample = entries("sample");
    for (screen, keys) in SCREENS {
        let mut play = Play::with(&sample, TUESDAY).with_due_day(thursday);
        go(&mut play, keys);
        let shown = play.size(120, 60).screen();
        // The sample's own words name Fridays.
        let is_ours = |line: &&str| line.contains("y Friday") || line.contains("to Friday");
        let ours = shown.lines().find(is_ours);
        assert_eq!(ours, None, "{screen}");
    }
    let mut play = Play::new().with_due_day(thursday);
    play.keys("n").shows("By Thursday").keys("One owner<C-s>");
    assert_eq!(play.commitments()[0].due.to_string(), "2026-11-26");
    play.shows("By Thursday");
    play.keys("paMail<C-s><Enter><F1>");
    play.size(120, 60).shows("by Thursday");
}
