//! The career ladder: what stands for an expectation is tied and untied, and a gap is made a plan.

use leadby::journal::Id;
use leadby::ladder::EXAMPLES;
use leadby::ui::ColorDepth;

use crate::play::{Play, TUESDAY};
use crate::screens::entries;

fn filled() -> Play {
    Play::with(&entries("sample"), TUESDAY).with_ladder(EXAMPLES[0].text)
}

/// The expectations that an entry is evidence for, and those that it is not.
fn ties(play: &Play, entry: &Id) -> (Vec<String>, Vec<String>) {
    let choice = play.journal().ladder_choice(entry);
    (choice.ladder, choice.refused)
}

#[test]
fn a_ladder_is_shown_with_what_stands_for_it() {
    let mut play = filled();
    play.keys("E");
    insta::assert_snapshot!("ladder-80x24", play.screen());
    for (columns, rows) in [(60, 20), (120, 40), (200, 60)] {
        let name = format!("ladder-{columns}x{rows}");
        let picture = play.picture_of((columns, rows), ColorDepth::None);
        insta::assert_snapshot!(name, picture.text());
    }
    play.size(120, 40).keys("<Down><Enter> <Down>");
    insta::assert_snapshot!("ladder-tied-120x40", play.screen());
}

#[test]
fn without_a_ladder_it_says_how_to_begin() {
    Play::new()
        .keys("E")
        .shows("What your company expects of you")
        .shows("leadby ladder init")
        .keys("<Esc>")
        .hides("leadby ladder");
    Play::new()
        .with_ladder("levels = 1\n")
        .keys("E")
        .shows("is not used until it is fixed")
        .shows("it has no areas");
}

#[test]
fn evidence_is_tied_and_untied_by_a_key() {
    let mut play = filled();
    play.size(120, 40)
        .keys("E<Down>")
        .shows("0 of 7 have evidence")
        .shows("proposed")
        .keys("<Enter> ")
        .shows("Now evidence for it. u to undo.")
        .shows("1 of 7 have evidence");
    let leadby::app::screen::Screen::Ladder(page) = play.model.screen() else {
        panic!("not on the ladder:\n{play}");
    };
    let (_, proof) = page.chosen_proof().expect("a proof");
    let id = proof.id.clone();
    let expected = vec!["lead-problems".to_owned()];
    assert_eq!(ties(&play, &id), (expected.clone(), Vec::new()));
    play.keys(" ")
        .shows("No longer evidence for it.")
        .shows("0 of 7 have evidence")
        .shows("left out");
    assert_eq!(ties(&play, &id), (Vec::new(), expected));
    play.keys("uu")
        .shows("0 of 7 have evidence")
        .hides("left out");
    assert_eq!(ties(&play, &id), (Vec::new(), Vec::new()));
    play.keys("<Esc>")
        .shows("as a problem")
        .keys("<Esc>")
        .hides("as a problem");
}

#[test]
fn a_gap_becomes_a_commitment_that_stands_for_it() {
    let mut play = filled();
    play.keys("EG")
        .shows("nothing yet")
        .keys("f")
        .shows("Expected: Says in money and risk")
        .keys("The outage costs in euros<C-s>")
        .shows("on its way");
    let entries = play.entries();
    let made = entries.iter().rev().find_map(|entry| match &entry.body {
        leadby::journal::Body::Commitment(_) => Some(entry.id.clone()),
        _ => None,
    });
    let made = made.expect("a commitment");
    assert_eq!(ties(&play, &made).0, ["lead-money"]);
    play.keys("<Enter><Enter>k<C-s>").shows("kept");
    play.keys("<Esc>").shows("1 of 7 have evidence");
}

#[test]
fn a_gap_becomes_a_problem_or_a_skill() {
    for (key, register) in [("p", "problems"), ("s", "skills")] {
        let mut play = filled();
        let before = play.titles(register).len();
        play.keys("EG")
            .keys(key)
            .shows("Expected: Says in money and risk")
            .keys("Cost of an outage<C-s>")
            .shows("on its way")
            .shows("Cost of an outage");
        assert_eq!(play.titles(register).len(), before + 1);
    }
}

#[test]
fn an_item_a_commitment_and_a_piece_are_tied_from_where_they_are() {
    for keys in ["{Problems}", "m", "P"] {
        let mut play = filled();
        match keys.strip_prefix('{') {
            Some(shelf) => play.shelf(shelf.trim_end_matches('}')),
            None => play.keys(keys),
        };
        play.keys("+")
            .shows("What is it evidence for?")
            .shows("□ Sets the bar for the craft")
            .keys(" ")
            .shows("■ Sets the bar for the craft");
        let lines = play.lines();
        assert!(
            lines.contains("\"ladder\":[\"lead-craft\"]"),
            "{keys}: {lines}"
        );
        play.keys("<Down> ").shows("■ Finds the problem");
        play.keys("<Up> <Esc>").hides("What is it evidence for?");
        play.keys("+").shows("□ Sets the bar for the craft");
    }
    let mut play = filled();
    play.shelf("Problems")
        .keys("<Enter><A-l>")
        .shows("What is it evidence for?")
        .keys("<Esc>")
        .hides("What is it evidence for?");
    // Nothing is chosen on Home, and without a ladder there is nothing to stand for.
    filled().keys("+").hides("What is it evidence for?");
    Play::with(&entries("sample"), TUESDAY)
        .keys("m+")
        .hides("What is it evidence for?");
}

#[test]
fn what_a_gap_became_is_tied_however_it_is_saved() {
    let mut play = filled();
    play.keys("EGpCost of an outage<C-c>");
    let lines = play.lines();
    assert!(lines.contains("Cost of an outage"), "{lines}");
    assert!(lines.contains("\"ladder\":[\"lead-money\"]"), "{lines}");
}
