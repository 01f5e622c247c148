//! The first run and the weekly walk.

use leadby::app::route::Route;
use leadby::journal::{Period, Value};

use crate::play::{Play, TUESDAY};
use crate::screens::entries;

/// The practice whose page is open, or an empty text.
fn page(play: &Play) -> String {
    match play.model.state().route() {
        Route::Page { practice, page, .. } => format!("{practice} {page}"),
        other => format!("{other:?}"),
    }
}

#[test]
fn the_first_run_has_three_short_steps_and_continues_into_the_walk() {
    let mut play = Play::new();
    play.shows("Lead what is already").keys("<Enter>");
    assert_eq!(page(&play), "ground 1");
    play.keys("Platform engineer<Tab>Releases<C-s>");
    assert_eq!(page(&play), "ground 2");
    play.keys("Deploys nobody notices<Tab><Space><Down><Space><C-s>");
    assert_eq!(page(&play), "ground 3");
    play.keys("<Space><Down><Down><Space><C-s>");
    assert_eq!(page(&play), "audit 1");

    let journal = play.journal();
    let said = |step| journal.answer(Period::Standing, "ground", step).cloned();
    let list = |all: &[&str]| Value::List(all.iter().map(|one| (*one).to_owned()).collect());
    assert_eq!(said("role"), Some(Value::Text("Platform engineer".into())));
    assert_eq!(
        said("core"),
        Some(Value::Text("Deploys nobody notices".into()))
    );
    assert_eq!(said("tracks"), Some(list(&["manager", "architecture"])));
    assert_eq!(said("areas"), Some(list(&["inbox", "process"])));
    assert_eq!(play.titles("responsibilities"), ["Releases"]);
}

#[test]
fn every_step_of_the_first_run_can_be_skipped() {
    let mut play = Play::new();
    play.keys("<Enter><C-s><C-s><C-s>");
    assert_eq!(page(&play), "audit 1");
    assert_eq!(play.entries(), []);
    assert!(!play.has_draft());
}

#[test]
fn the_page_keys_treat_the_commitment_as_a_page_of_the_walk() {
    let mut play = Play::new();
    play.keys("<Enter><PgDn><PgDn><PgDn><C-n>");
    assert!(page(&play).starts_with("Commit"), "{}", page(&play));
    play.keys("<PgDn>");
    assert_eq!(page(&play), "mastery 1");
    play.keys("<C-p>");
    assert_eq!(page(&play), "audit 1");

    // An unfinished one is not saved, and not lost on the way back.
    play.keys("<PgDn>One owner<PgUp>");
    assert_eq!(page(&play), "audit 1");
    assert_eq!(play.journal().commitments().len(), 0);
    play.keys("<C-n>").shows("One owner");
}

#[test]
fn the_first_run_continues_at_the_last_position() {
    let mut play = Play::new();
    play.keys("<Enter>Plat<C-s><Esc><Enter>");
    assert_eq!(page(&play), "ground 2");
    play.keys("<C-s><C-s>");
    assert_eq!(page(&play), "audit 1");
}

#[test]
fn a_whole_walk_is_saved_in_the_journal() {
    let mut play = Play::new();
    play.keys("1");
    play.keys(
        "I own the page<Enter>and the meeting<Tab>Slow tests<Tab>Support mail<Tab>Mondays<Tab>",
    );
    play.shows("One area, led better by Friday.");
    play.keys("Every step has an owner<Tab><Tab><Down><Down><Enter><C-s>");
    assert_eq!(page(&play), "mastery 1");
    play.keys("<Down><Enter>Nobody called<Tab>Canary releases<C-s>");
    assert_eq!(page(&play), "problem 1");
    play.keys("Laptops take four days<C-s>");
    assert_eq!(page(&play), "next-level 1");
    play.keys("Writing so that people decide<C-s>");
    assert_eq!(page(&play), "communication 1");
    play.keys("<Space><Down><Down><Space><Tab>Tell Ana<Tab>We use queues<C-s>");
    assert_eq!(page(&play), "systems 1");
    play.keys("A release checklist<Tab>Saved the demo<C-s>");
    assert_eq!(page(&play), "multiplier 1");
    play.keys("Let Sam lead<Tab>The phone numbers<C-s>");
    assert_eq!(page(&play), "influence 1");
    play.keys("Plans change<C-s>");
    play.shows("17 of 17 answered")
        .shows("Every step has an owner");

    assert_eq!(
        play.answer("audit", "influence"),
        "I own the page\nand the meeting"
    );
    assert_eq!(play.answer("audit", "tolerating"), "Slow tests");
    assert_eq!(play.answer("audit", "curiosity"), "Support mail");
    assert_eq!(play.answer("audit", "routines"), "Mondays");
    assert_eq!(play.answer("mastery", "mark"), "competent");
    assert_eq!(play.answer("mastery", "evidence"), "Nobody called");
    assert_eq!(
        play.answer("communication", "habits"),
        "clarify-first,report-progress"
    );
    for (register, title) in [
        ("bolts", "Canary releases"),
        ("problems", "Laptops take four days"),
        ("skills", "Writing so that people decide"),
        ("loops", "Tell Ana"),
        ("decisions", "We use queues"),
        ("systems", "A release checklist"),
        ("heroes", "Saved the demo"),
        ("acts", "Let Sam lead"),
        ("knowledge", "The phone numbers"),
        ("complaints", "Plans change"),
    ] {
        assert_eq!(play.titles(register), [title], "{register}");
    }
    let [commitment] = &play.commitments()[..] else {
        panic!("one commitment");
    };
    assert_eq!(commitment.area, "process");
    assert_eq!(commitment.better, "Every step has an owner");
    assert_eq!(commitment.due.to_string(), "2026-11-27");
    // Own words have no origin.
    assert_eq!(commitment.origin, None);

    assert!(!play.has_draft());
    play.keys("<Enter>").shows("all eight are done");
}

#[test]
fn everything_can_be_skipped() {
    let mut play = Play::new();
    play.keys("1<C-s><C-s><C-s><C-s><C-s><C-s><C-s><C-s><C-s>");
    play.shows("0 of 17 answered");
    assert_eq!(play.entries(), []);
}

#[test]
fn the_pages_can_be_walked_backwards() {
    let mut play = Play::new();
    play.keys("3").keys("<PgUp>");
    assert_eq!(page(&play), "mastery 1");
    play.keys("<C-p>");
    assert_eq!(page(&play), "audit 1");
    play.keys("<PgUp>");
    assert_eq!(page(&play), "audit 1");
}

#[test]
fn the_last_answer_can_be_copied_into_the_same_question() {
    let mut play = Play::with(&entries("empty"), "2026-11-17T09:00:00+01:00");
    play.keys("1The page I wrote<C-s><Esc>");
    play.at(TUESDAY)
        .keys("1")
        .shows("Last week")
        .keys("<C-l> again<C-s>");
    assert_eq!(play.answer("audit", "influence"), "The page I wrote again");
    play.keys("<Esc>").keys("2<Esc>");
    // Inserted below the existing text, never replacing it.
    play.at("2026-12-01T09:00:00+01:00").keys("1Mine<C-l><C-s>");
    let said = play.answer("audit", "influence");
    assert_eq!(said, "Mine\nThe page I wrote again");
}

#[test]
fn a_digit_opens_a_practice_unless_it_is_typed() {
    let mut play = Play::new();
    for (digit, practice) in [("2", "mastery 1"), ("5", "communication 1")] {
        play.keys(digit);
        assert_eq!(page(&play), practice);
        play.keys("<Esc>");
    }
    play.keys("1");
    assert_eq!(page(&play), "audit 1");
    play.keys("24 mails");
    assert_eq!(page(&play), "audit 1");
    play.keys("<Esc>");
    assert_eq!(play.answer("audit", "influence"), "24 mails");
    // Digits do not open a practice from choices either.
    play.keys("2<Tab>Words<S-Tab>7");
    assert_eq!(page(&play), "mastery 1");
    play.keys("<F4>multiplier<Enter>");
    assert_eq!(page(&play), "multiplier 1");
    assert_eq!(play.answer("mastery", "evidence"), "Words");
}

#[test]
fn enter_adds_a_line_to_a_list_and_opens_a_row() {
    let mut play = Play::new();
    // Enter adds it and waits for the next one; Enter on its row opens it.
    play.keys("3Laptops take days<Enter>")
        .shows("Laptops take days");
    play.keys("<Up><Enter>Everyone new waited<C-s>");
    assert_eq!(page(&play), "problem 1");
    let item = &play.items("problems")[0];
    assert_eq!(item.text("wrong"), "Everyone new waited");
    assert_eq!(
        item.day("spotted").map(|day| day.to_string()).as_deref(),
        Some("2026-11-24")
    );
    play.keys("<Up><Enter>")
        .shows("Solved")
        .hides("What you did");
    play.keys("<Esc><Up><Space>").shows("solved 24 Nov");
    play.keys("<Esc>").size(120, 34).shows("── one ╮");
}

#[test]
fn the_sample_year_continues_in_its_current_week() {
    let mut play = Play::with(&entries("sample"), TUESDAY);
    play.shows("what is due, then 4").keys("<Enter>");
    assert!(matches!(play.model.state().route(), Route::CheckIn(_)));
    play.keys("<C-s>").shows("Still open.");
    assert_eq!(page(&play), "next-level 1");
}

#[test]
fn queued_keys_have_the_same_effect_as_single_keys() {
    // The text of a page, its day, a list filter, the search field, the palette.
    let places = ["<Enter>", "n", "n<Tab><Tab>", "l/", "/", ":", "r", "?", ""];
    for place in places {
        for words in ["4 Dec", "audit", "a b é 語 👍", "Q: mixed; 1-2"] {
            let play = || {
                let mut play = Play::with(&entries("sample"), TUESDAY);
                play.keys(place);
                play
            };
            let (mut one, mut together) = (play(), play());
            one.keys(words);
            together.at_once(words);
            assert_eq!(one.screen(), together.screen(), "{words} at {place}");
            assert_eq!(
                one.model.draft(),
                together.model.draft(),
                "{words} at {place}"
            );
        }
    }
}

#[test]
fn the_summary_ends_with_all_that_is_promised() {
    let entry = crate::play::commitment("Every step has an owner", "2026-11-09", "2026-11-13");
    let mut play = Play::with(&[entry], TUESDAY);
    play.keys("<Enter><C-s>").keys(&"<C-s>".repeat(9));
    play.shows("summary").shows("Every step has an owner");
}
