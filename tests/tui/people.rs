//! People: a name typed anywhere completes everywhere, and has one page across all practices.

use leadby::app::route::Route;

use crate::play::{Play, TUESDAY};
use crate::screens::entries;

/// A loop with Ana, as it is written at the screens.
fn with_a_loop() -> Play {
    let mut play = Play::new();
    play.shelf("Open loops");
    play.keys("aSay whether June holds<Tab>Ana Sørensen<C-s><Esc><Esc>");
    assert_eq!(play.items("loops")[0].text("with"), "Ana Sørensen");
    play
}

#[test]
fn a_name_of_a_loop_completes_in_an_act_and_its_page_shows_both() {
    let mut play = with_a_loop();
    play.shelf("Acts that grow");
    play.keys("aSat beside her first review<Tab>an")
        .shows("take the name")
        .shows("Sørensen")
        .keys("<Right>")
        .hides("take the name")
        .keys("<C-s><Esc><Esc>");
    assert_eq!(play.items("acts")[0].text("with"), "Ana Sørensen");

    play.keys("w").shows("1 open · 2 times · last Tue 24 Nov");
    play.keys("<Enter>")
        .shows("1 thing open between you")
        .shows("Say whether June holds")
        .shows("Sat beside her first review")
        .shows("Communication 1 · Multiplier 1");
    play.keys("<Enter>");
    assert!(
        matches!(play.model.screen().route(), Route::Item { register, .. } if register == "loops"),
        "{play}"
    );
    play.keys("<Esc><Space>").shows("Now closed.");
    assert_eq!(
        play.items("loops")[0]
            .day("closed")
            .map(|day| day.to_string()),
        Some("2026-11-24".to_owned())
    );
    play.shows("Open loops · closed").hides("between you");
    play.keys("u").shows("1 thing open between you");
}

#[test]
fn what_was_typed_stays_without_the_key_for_it() {
    let mut play = with_a_loop();
    play.shelf("Acts that grow");
    play.keys("aTaught<Tab>an<Tab><S-Tab>").shows("Sørensen");
    play.keys("<Left>").hides("Sørensen");
    play.keys("<Right>").shows("Sørensen");
    play.keys("<C-s>");
    assert_eq!(play.items("acts")[0].text("with"), "an");
}

#[test]
fn only_the_last_of_several_names_is_completed() {
    let mut play = with_a_loop();
    play.shelf("Knowledge to hand on");
    play.keys("aThe year-end figures<C-s><Enter>today<Tab>Priya & ANA<C-e> and x<BS>a");
    play.hides("take the name")
        .keys("<BS><BS><BS><BS><BS><BS><C-s>");
    assert_eq!(
        play.items("knowledge")[0].text("to"),
        "Priya & Ana Sørensen"
    );
    play.keys("<Esc>w").shows("Priya").shows("Ana Sørensen");
}

#[test]
fn nobody_is_offered_where_no_people_are_asked_for() {
    let mut play = with_a_loop();
    play.shelf("Open loops");
    play.keys("aan").hides("take the name");
}

#[test]
fn a_commitment_comes_from_what_is_open_with_somebody() {
    let mut play = with_a_loop();
    play.keys("w<Enter>f").shows("Say whether June holds");
    play.keys("<C-s>");
    assert_eq!(play.commitments()[0].better, "Say whether June holds");
    assert!(play.commitments()[0].origin.is_some());
}

#[test]
fn a_page_whose_name_is_gone_says_what_belongs_there() {
    let mut play = with_a_loop();
    play.keys("w<Enter><Enter><Tab>");
    play.keys("<C-s>")
        .shows("between you")
        .keys("x")
        .shows("between you");
    play.keys("<Enter>");
    let mut item = play.items("loops")[0].clone();
    item.set("with", leadby::journal::Value::Text("Priya".to_owned()));
    let id = play.journal().items("loops")[0].0.id.clone();
    play.others_save(&[leadby::journal::Change::of(
        id,
        leadby::journal::Body::Item(item),
    )]);
    play.keys("<Esc>").shows("Everybody you name gathers here");
    play.keys("<Enter><Space>f<Esc>")
        .shows("Priya")
        .hides("Ana");
}

#[test]
fn people_are_found_as_one_types() {
    let mut play = Play::with(&entries("sample"), TUESDAY);
    play.keys("w").shows("Zoë").keys("/zoe").shows("Zoë");
    play.keys("<Esc>/ruth").hides("Zoë");
    play.keys("<Enter><Enter>")
        .shows("Which of the five incidents")
        .keys("<Esc><Esc>")
        .shows("Zoë");
}

#[test]
fn a_click_opens_a_person_and_what_names_them() {
    let mut play = with_a_loop();
    play.keys("w").click("Ana Sørensen");
    assert_eq!(
        play.model.screen().route(),
        Route::Person("Ana Sørensen".to_owned())
    );
    play.click("Say whether June");
    assert!(
        matches!(play.model.screen().route(), Route::Item { .. }),
        "{play}"
    );
}
