//! A last look at a page before it leaves: its pieces, the key that takes one out, and the talk it is
//! remembered for.

use leadby::journal::{Body, Inclusion};

use crate::play::{Play, TUESDAY, commitment};
use crate::screens::entries;

fn filled() -> Play {
    let mut play = Play::with(&entries("sample"), TUESDAY);
    play.size(120, 40);
    play
}

/// The days in the list of talks.
fn talks(play: &Play) -> Vec<String> {
    let items = play.model.journal().items("talks").into_iter();
    items.map(|(_, item)| item.text("on").to_owned()).collect()
}

#[test]
fn a_piece_is_taken_out_and_put_back() {
    let mut play = filled();
    play.keys("Pe")
        .shows("Last look · promotion")
        .shows("links are on this page")
        .shows("Platform Engineer II");
    play.keys("jjj").shows("leave out").keys(" ");
    play.shows("Left out. u to undo.").shows("include");
    let choices = |play: &Play| {
        let entries = play.model.journal().entries();
        let choices = entries.filter_map(|entry| match &entry.body {
            Body::Choice(choice) => choice.portfolio,
            _ => None,
        });
        choices.collect::<Vec<Inclusion>>()
    };
    assert_eq!(choices(&play), [Inclusion::Exclude]);
    play.keys(" ").shows("Included. u to undo.");
    assert_eq!(choices(&play), [], "it is where it was");
    play.keys("uu");
    assert_eq!(choices(&play), []);
}

#[test]
fn an_empty_page_says_what_fills_it() {
    let kept = commitment("Every step has an owner", "2026-11-16", "2026-11-20");
    let mut play = Play::with(&[kept], TUESDAY);
    play.keys("ck<C-s>").keys("Pe<Tab><Tab>");
    play.shows("Last look · cv").hides("1 of 0");
    play.shows("This page is empty")
        .shows("Space on the portfolio");
}

#[test]
fn names_are_shortened_and_other_readers_are_a_key_away() {
    let mut play = filled();
    play.keys("Pe").shows("Priya").keys("n").hides("Priya");
    play.shows("no one you know by name").shows("whole names");
    play.keys("n<Tab>")
        .shows("Last look · manager")
        .shows("Priya")
        .hides("■   ");
    // Its days are those since the last talk, as on the command line.
    play.keys("e").shows("leadby-manager-to-2026-11-24");
    play.keys("<C-a><C-k>").paste("agenda.pdf").keys("<Enter>");
    play.shows("No page can be written as .pdf; .html, .md and .json can.");
    play.keys("<Esc>");
    play.keys("<Tab>").shows("Last look · cv");
    play.keys("<Tab>").shows("Last look · promotion");
}

#[test]
fn the_months_and_the_length_are_a_key_away() {
    let mut play = filled();
    play.keys("PeG").hides("quieter nights");
    play.keys("mG").shows("quieter nights");
    play.keys("g").shows("without the months").keys("mG");
    play.hides("quieter nights").keys("g");
    play.shows("First month of a new colleague").keys("p");
    play.hides("First month of a new colleague")
        .hides("the months")
        .shows("all pages");
    play.keys("p").shows("First month of a new colleague");
    play.keys("<Tab>").hides("first page alone");
}

#[test]
fn a_page_for_a_talk_is_remembered_once_it_is_written() {
    let mut play = filled();
    let folder = tempfile::tempdir().expect("a folder");
    let name = folder.path().join("agenda.md").display().to_string();
    play.keys("Pe<Tab>e<C-a><C-k>").paste(&name);
    let before = talks(&play);
    let after = [&before[..], &["2026-11-24".to_owned()]].concat();
    play.keys("<Enter>")
        .shows("Remembered as your last page for a talk");
    assert_eq!(talks(&play), after);
    let written = std::fs::read_to_string(&name).expect("a page");
    assert!(written.starts_with("# For our next talk\n"), "{written}");
    // Once a day is enough.
    play.keys("e<C-a><C-k>")
        .paste(&name)
        .keys("<Enter>y")
        .shows("Written to");
    assert_eq!(talks(&play), after);
    play.keys("u");
    assert_eq!(talks(&play), before);
}

#[test]
fn the_page_about_a_person_is_a_key_away() {
    let mut play = filled();
    play.keys("w/Ana<Enter><Enter>")
        .shows("Ana Sørensen")
        .keys("v");
    play.shows("Last look · Ana Sørensen")
        .shows("Tell Ana which alerts are gone");
    play.keys("e").shows("leadby-with-ana-sørensen.html");
}
