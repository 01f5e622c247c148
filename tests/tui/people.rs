//! People: every name you type completes in all practices, and has one page.

use leadby::app::route::Route;

use crate::play::{Play, TUESDAY};
use crate::screens::entries;

/// A follow-up with Ana, entered on the screens.
fn with_a_follow_up() -> Play {
    let mut play = Play::new();
    play.shelf("Follow-ups");
    play.keys("aSay whether June holds<Tab>Ana Sørensen<C-s><Esc><Esc>");
    assert_eq!(play.items("loops")[0].text("with"), "Ana Sørensen");
    play
}

#[test]
fn a_name_from_a_follow_up_completes_in_an_assist_and_its_page_shows_both() {
    let mut play = with_a_follow_up();
    play.shelf("Assists");
    play.keys("aSat beside her first review<Tab>an")
        .shows("accept")
        .shows("Sørensen")
        .keys("<Right>")
        .hides("accept")
        .keys("<C-s><Esc><Esc>");
    assert_eq!(play.items("acts")[0].text("with"), "Ana Sørensen");

    play.keys("w").shows("2 times, 1 open  Tue 24 Nov");
    play.keys("<Enter>")
        .shows("1 thing open between you")
        .shows("Say whether June holds")
        .shows("Sat beside her first review")
        .shows("Communication 1 · Multiplier 1");
    play.keys("<Enter>");
    assert!(
        matches!(play.model.state().route(), Route::Item { register, .. } if register == "loops"),
        "{play}"
    );
    play.keys("<Esc><Space>").shows("Now closed.");
    assert_eq!(
        play.items("loops")[0]
            .day("closed")
            .map(|day| day.to_string()),
        Some("2026-11-24".to_owned())
    );
    play.shows("Follow-ups · closed").hides("between you");
    play.keys("u").shows("1 thing open between you");
}

#[test]
fn typed_text_stays_unless_the_completion_is_accepted() {
    let mut play = with_a_follow_up();
    play.shelf("Assists");
    play.keys("aTaught<Tab>an<Tab><S-Tab>").shows("Sørensen");
    play.keys("<Left>").hides("Sørensen");
    play.keys("<Right>").shows("Sørensen");
    play.keys("<C-s>");
    assert_eq!(play.items("acts")[0].text("with"), "an");
}

#[test]
fn only_the_last_of_several_names_is_completed() {
    let mut play = with_a_follow_up();
    play.shelf("Handovers");
    play.keys("aThe year-end figures<C-s><Enter>today<Tab>Priya & ANA<C-e> and x<BS>a");
    play.hides("accept").keys("<BS><BS><BS><BS><BS><BS><C-s>");
    assert_eq!(
        play.items("knowledge")[0].text("to"),
        "Priya & Ana Sørensen"
    );
    play.keys("<Esc>w").shows("Priya").shows("Ana Sørensen");
}

#[test]
fn names_complete_only_in_fields_for_people() {
    let mut play = with_a_follow_up();
    play.shelf("Follow-ups");
    play.keys("aan").hides("accept");
}

#[test]
fn a_commitment_can_come_from_an_open_item_with_a_person() {
    let mut play = with_a_follow_up();
    play.keys("w<Enter>f").shows("Say whether June holds");
    play.keys("<C-s>");
    assert_eq!(play.commitments()[0].better, "Say whether June holds");
    assert!(play.commitments()[0].origin.is_some());
}

#[test]
fn a_page_of_a_removed_name_says_what_belongs_there() {
    let mut play = with_a_follow_up();
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
    play.keys("<Esc>").shows("Everyone you name is listed here");
    play.keys("<Enter><Space>f<Esc>")
        .shows("Priya")
        .hides("Ana");
}

#[test]
fn people_are_found_while_you_type() {
    let mut play = Play::with(&entries("sample"), TUESDAY);
    play.keys("w").shows("Zoë").keys("/zoe").shows("Zoë");
    play.keys("<Esc>/ruth").hides("Zoë");
    play.keys("<Enter><Enter>")
        .shows("Which of the five incidents")
        .keys("<Esc><Esc>")
        .shows("Zoë");
}

#[test]
fn a_click_opens_a_person_and_their_mentions() {
    let mut play = with_a_follow_up();
    play.keys("w").click("Ana Sørensen");
    assert_eq!(
        play.model.state().route(),
        Route::Person("Ana Sørensen".to_owned())
    );
    play.click("Say whether June");
    assert!(
        matches!(play.model.state().route(), Route::Item { .. }),
        "{play}"
    );
}

#[test]
fn an_at_sign_in_any_text_names_a_person() {
    let mut play = Play::new();
    // A line in a list is enough for who was helped.
    play.keys("7Let @Jonas lead the review<Enter><Esc>");
    play.keys("w").shows("Jonas").shows("1 time");
    // The name is completed as it is known, in a long text too.
    play.keys("<Esc>1Talked to @jo").shows("→ accept");
    play.keys("<Right><C-s>");
    assert_eq!(play.answer("audit", "influence"), "Talked to @Jonas");
    // In a list, it stands behind what is typed, not in the row above.
    play.keys("<Esc>7<S-Tab>Met @jo")
        .shows("+ Met @jon")
        .shows("Let @Jonas lead the review");
    play.keys("<C-u>");
    // A commitment names people too.
    play.keys("<Esc>nAnswer @Jonas the same day<C-s>");
    play.keys("w").shows("3 times").keys("<Enter>");
    play.shows("Let @Jonas lead the review")
        .shows("Answer @Jonas the same day")
        .shows("1 thing open between you");
}

#[test]
fn two_names_are_joined_into_one_person_and_parted_by_undo() {
    let mut play = with_a_follow_up();
    play.keys("7Let @Annie lead the review<Enter><Esc>");
    play.keys("w/ann<Enter><Enter>").shows("Named 1 time");
    // Left without a name, nothing is written.
    play.keys("J<Esc>").shows("Named 1 time");
    play.keys("J").shows("Annie").keys("An").shows("accept");
    play.keys("<Right><Enter>");
    assert_eq!(play.items("aliases")[0].text("person"), "Ana Sørensen");
    play.shows("Also Annie · Named 2 times")
        .shows("Say whether June holds")
        .shows("Let @Annie lead the review");
    play.keys("<Esc><Esc>w")
        .shows("Ana Sørensen")
        .hides("Annie  ");
    // The search finds both by either name.
    play.keys("<Esc>/person:ann").shows("June").shows("@Annie");
    play.keys("<Esc>u");
    play.keys("w").shows("Annie").shows("Ana Sørensen");
}

#[test]
fn a_name_being_joined_is_offered_again_after_a_crash() {
    let mut play = with_a_follow_up();
    play.keys("w<Enter>JAna-Ma");
    play.pause();
    let mut play = play.kill();
    play.shows("✎ Draft, joined name “Ana Sørensen”: “Ana-Ma”");
    play.keys("d").keys("ria<C-s>");
    let names = play.items("aliases");
    assert_eq!(names[0].title(), "Ana Sørensen");
    assert_eq!(names[0].text("person"), "Ana-Maria");
}

#[test]
fn the_search_opens_from_a_person() {
    let mut play = with_a_follow_up();
    play.keys("w<Enter>").shows("/ search").keys("/June");
    assert_eq!(play.model.state().route(), Route::Search);
    play.shows("Say whether June holds").keys("<Esc>");
    assert_eq!(
        play.model.state().route(),
        Route::Person("Ana Sørensen".to_owned())
    );
}
