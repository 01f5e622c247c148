//! The preview of an item: opened from any screen, copied, exported.

use leadby::app::route::Route;
use leadby::journal::{Body, Change, Value};

use crate::play::{Play, item};

/// A problem with most fields filled in, and a private note.
fn problem() -> Change {
    let mut change = item("problems", "The build breaks on Mondays");
    let Body::Item(problem) = &mut change.body else {
        unreachable!("it was made as an item");
    };
    for (field, words) in [
        ("wrong", "Nobody \u{1b}[2J owned it.\n# Twice a week."),
        ("did", "Wrote down who does."),
        ("before", "40"),
        ("after", "18"),
        ("unit", "minutes"),
        ("to", "Priya, Noor"),
        ("where", "https://wiki.example/build"),
        ("spotted", "2026-11-02"),
        ("solved", "2026-11-16"),
        ("communicated", "2026-11-18"),
        ("shared", "2026-11-20"),
    ] {
        problem.set(field, Value::Text(words.to_owned()));
    }
    change
}

fn play() -> Play {
    let mut play = Play::new();
    play.others_save(&[problem()]);
    play
}

#[track_caller]
fn is_open(play: &Play) {
    assert!(
        matches!(play.model.state().route(), Route::Preview(_)),
        "{play}"
    );
}

#[test]
fn a_problem_has_a_preview_for_others() {
    let mut play = play();
    play.shelf("Problems").keys("v");
    is_open(&play);
    insta::assert_snapshot!(play.screen());
    play.keys("<Esc>v");
    is_open(&play);
    play.keys("q<Enter><F3>");
    is_open(&play);
}

#[test]
fn a_copy_is_the_preview_in_markdown_without_control_characters() {
    let mut play = play();
    play.shelf("Problems").keys("vy").shows("clipboard");
    let copied = play.copied.as_deref().expect("a copy");
    assert!(copied.starts_with("# The build breaks on Mondays\n\n**40 → 18 minutes · 55 % less**"));
    assert!(
        copied.contains("Nobody ␛\\[2J owned it.  \n\\# Twice a week."),
        "{copied}"
    );
    assert!(copied.contains("- communicated, 18 November 2026. Told to: Priya, Noor"));
    assert!(
        copied
            .contains("- results shared, 20 November 2026. Results: <https://wiki.example/build>")
    );
}

#[test]
fn an_export_overwrites_no_file() {
    let mut play = play();
    play.shelf("Problems").keys("ve");
    play.shows("Export to which file?").keys("<Enter>");
    play.shows("Written to")
        .shows("/the-build-breaks-on-mondays.md");
    play.keys("e<Enter>").shows("Overwrite this file?");
    play.keys("ne<C-u>mondays.html<Enter>")
        .shows("Written to")
        .shows("/mondays.html");
}

#[test]
fn unsaved_text_is_on_the_preview() {
    let mut play = play();
    play.shelf("Problems").keys("<Enter>");
    // The first empty field has the focus: what improved.
    play.keys("Nobody waits any more<F3>y");
    is_open(&play);
    play.shows("Nobody waits any more").shows("What improved");
    assert_eq!(
        play.items("problems")[0].text("improved"),
        "Nobody waits any more"
    );
}

#[test]
fn complaints_have_no_preview() {
    let mut play = Play::new();
    play.others_save(&[item("complaints", "The lift again")]);
    play.shelf("Complaints").keys("v");
    assert!(matches!(play.model.state().route(), Route::List { .. }));
    play.keys("<Enter><F3>");
    assert!(matches!(play.model.state().route(), Route::Item { .. }));
    play.hides("preview");
}

#[test]
fn a_long_preview_can_be_read_to_its_end() {
    let mut long = problem();
    if let Body::Item(problem) = &mut long.body {
        let lines: Vec<String> = (1..60).map(|line| format!("line {line}.")).collect();
        problem.set("did", Value::Text(lines.join("\n")));
    }
    let mut play = Play::new();
    play.others_save(&[long]);
    play.shelf("Problems").keys("v").shows("lines below");
    play.keys("<Down>").hides("The build breaks on Mondays\n");
    play.keys(&"<PgDn>".repeat(40))
        .shows("results shared")
        .hides("below");
    // At the end of the page, the first key back moves it, on a screen of any height.
    for height in [24, 40] {
        play.size(80, height).keys(&"<PgDn>".repeat(40)).look();
        play.hides("below").keys("<Up>").shows("… 1 line below");
    }
}
