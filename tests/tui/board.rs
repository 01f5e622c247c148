//! A register as a board of its stages.

use leadby::app::route::Route;

use crate::play::{Play, TUESDAY, item};
use crate::screens::entries;

fn board() -> Play {
    let mut play = Play::new();
    play.others_save(&[item("systems", "Checklist"), item("systems", "Template")]);
    play.keys("l/systems<Enter><Enter>b");
    assert_eq!(
        play.model.screen().route(),
        Route::Board("systems".to_owned()),
        "{play}"
    );
    play
}

fn days(play: &Play, at: usize) -> [String; 2] {
    let items = play.items("systems");
    ["planned", "built"].map(|stage| items[at].text(stage).to_owned())
}

#[test]
fn an_item_goes_on_and_back_and_keeps_the_keys() {
    let mut play = board();
    let today = || "2026-11-24".to_owned();
    play.keys("<Space>").shows("Now planned.").keys("<Space>");
    assert_eq!(days(&play, 1), [today(), today()]);
    // It is over and done with.
    let before = play.entries().len();
    play.keys("<Space>");
    assert_eq!(play.entries().len(), before);
    play.keys("<BS>").shows("Back to planned.");
    assert_eq!(days(&play, 1), [today(), String::new()]);
    play.keys("<BS>").shows("No longer planned.").keys("<BS>");
    assert_eq!(days(&play, 1), [String::new(), String::new()]);
    play.keys("u");
    assert_eq!(days(&play, 1), [today(), String::new()]);
    assert_eq!(days(&play, 0), [String::new(), String::new()]);
}

#[test]
fn the_arrows_choose_a_stage_and_an_item() {
    let mut play = board();
    play.keys("<Space><Left><Enter>").shows("Checklist");
    play.keys("<Esc><Right><Right><Enter><Left><Down><Up><Enter>");
    play.shows("Template");
    play.keys("<Esc><Esc>").shows("open first");
}

#[test]
fn a_click_chooses_an_item_and_another_one_opens_it() {
    let mut play = board();
    play.click("Checklist").click("Checklist");
    assert!(matches!(play.model.screen().route(), Route::Item { .. }));
}

#[test]
fn a_wide_board_shows_every_stage_and_a_narrow_one_says_which() {
    let mut play = Play::with(&entries("sample"), TUESDAY);
    play.keys("l/problems<Enter><Enter>b").size(120, 40);
    for stage in ["spotted", "documented", "results shared"] {
        play.shows(stage);
    }
    play.size(60, 20)
        .shows(" of 5")
        .keys("<Right><Right><Right><Right>");
    play.shows("results shared").hides("spotted");
}

#[test]
fn what_has_no_stages_has_no_board() {
    let mut play = Play::new();
    play.keys("mb");
    assert_eq!(play.model.screen().route(), Route::Commitments);
}
