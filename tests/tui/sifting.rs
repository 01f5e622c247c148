//! Filtering and sorting lists.

use leadby::app::route::Route;
use leadby::app::screen::{ListsSection, Screen};
use leadby::app::{ClickTarget, Msg};

use crate::play::{Play, TUESDAY, item};
use crate::screens::entries;

fn technique_list() -> Play {
    let mut play = Play::new();
    play.others_save(&[
        item("bolts", "Read a query plan"),
        item("bolts", "Äpfel pflücken"),
        item("bolts", "Cut a release"),
    ]);
    play.keys("l/techniques<Enter><Enter>");
    play
}

/// Checks the order of list rows, each found by a word in it.
#[track_caller]
fn order(play: &Play, words: [&str; 3]) {
    let screen = play.screen();
    let places = words.map(|word| {
        screen
            .find(word)
            .unwrap_or_else(|| panic!("{word}\n{play}"))
    });
    assert!(places.is_sorted(), "{play}");
}

#[test]
fn a_filter_narrows_the_list_while_you_type() {
    let mut play = technique_list();
    play.keys("/qU")
        .shows("Read a query plan")
        .hides("Cut a release")
        .shows("1 of 3");
    play.keys("<BS><BS>äp")
        .shows("Äpfel pflücken")
        .hides("query");
    play.keys("x u").hides("query").hides("Äpfel");
    play.keys("<Esc>").shows("query").shows("Cut a release");
}

#[test]
fn an_applied_filter_leaves_the_keys_to_the_list_until_it_is_cleared() {
    let mut play = technique_list();
    play.keys("/cut<Enter><Space>").shows("to learn 24 Nov");
    assert_eq!(play.items("bolts")[2].text("to-learn"), "2026-11-24");
    play.hides("query").keys("<Esc>").shows("query");
    play.keys("<Esc>").shows("Everything you keep");
}

#[test]
fn keys_never_act_on_filtered_out_rows() {
    let mut play = technique_list();
    play.keys("/zzz<Enter>x<Space><Enter>");
    assert_eq!(play.titles("bolts").len(), 3);
}

#[test]
fn pasted_text_goes_into_the_filter() {
    let mut play = technique_list();
    play.keys("/")
        .paste("release")
        .hides("query")
        .shows("Cut a");
}

#[test]
fn the_sort_order_is_shown_and_a_key_changes_it() {
    let mut play = technique_list();
    play.shows("open first");
    order(&play, ["Cut", "Äpfel", "Read"]);
    play.keys("<Space>s").shows("newest first");
    play.keys("s").shows("oldest first");
    play.keys("s").shows("by stage");
    order(&play, ["Äpfel", "Read", "Cut"]);
    play.keys("s").shows("by title");
    order(&play, ["Cut", "Read", "Äpfel"]);
    play.keys("s").shows("open first");
}

#[test]
fn commitments_and_the_lists_screen_can_be_filtered_too() {
    let mut play = Play::with(&entries("sample"), TUESDAY);
    play.keys("m/missed<Enter>").shows("missed").hides("kept");
    play.keys("<Esc>s").shows("newest first").keys("<Esc>");
    play.keys("l/hero").shows("Hero moments").hides("Decisions");
    play.keys("<Enter><Enter>").shows("Hero moments");
}

#[test]
fn a_long_list_shows_the_position() {
    let mut play = Play::with(&entries("sample"), TUESDAY);
    play.keys("m<End>");
    let screen = play.screen();
    let head = screen.lines().nth(1).expect("the head of the list");
    let (at, of) = head.rsplit_once(" of ").expect("a place");
    let of = of.trim_end_matches([' ', '─']);
    assert!(at.ends_with(of), "{head}");
}

#[test]
fn every_list_filters_sorts_deletes_undoes_and_has_a_history() {
    for register in leadby::practice::builtin().registers() {
        let mut play = Play::new();
        play.others_save(&[item(&register.id, "Alpha"), item(&register.id, "Omega")]);
        play.keys("l");
        let Screen::Lists(lists) = play.model.screen() else {
            panic!("{play}");
        };
        let wanted = |shelf: &ListsSection| matches!(&shelf.route, Route::List { register: id, .. } if *id == register.id);
        let place = lists.sections.shown().position(wanted).expect("a list");
        play.keys(&"<Down>".repeat(place)).keys("<Enter>");
        // Keys act only on the row that matches.
        play.keys("/omega<Enter>").shows("Omega").hides("Alpha");
        play.keys("x").shows("Deleted. u to undo.");
        assert_eq!(play.titles(&register.id), ["Alpha"], "{}", register.id);
        play.keys("u");
        assert_eq!(
            play.titles(&register.id),
            ["Alpha", "Omega"],
            "{}",
            register.id
        );
        play.keys("H").shows("3 versions");
        // A click chooses a version.
        play.tell(Msg::Click(ClickTarget::Row(2)));
        let Screen::History(history) = play.model.screen() else {
            panic!("{play}");
        };
        assert_eq!(history.cursor, 2);
        play.keys("<Esc><Esc>");
        play.keys("s").shows("newest first");
    }
}
