//! The portfolio: reading, including, leaving out, exporting.

use leadby::journal::Inclusion;

use crate::play::{Play, TUESDAY};
use crate::screens::entries;

fn filled() -> Play {
    Play::with(&entries("sample"), TUESDAY)
}

#[test]
fn an_entry_can_be_left_out_and_included_again() {
    let mut play = filled();
    play.size(120, 60)
        .keys("P")
        .shows("Commitments kept ─")
        .shows("─ 16 in, 4 out")
        .shows("▌■ ");
    let portfolio = |play: &Play| match play.model.screen() {
        leadby::app::screen::Screen::Portfolio(portfolio) => portfolio.clone(),
        _ => panic!("not on the portfolio:\n{play}"),
    };
    let (_, piece) = portfolio(&play)
        .chosen()
        .map(|(section, piece)| (section.clone(), piece.clone()))
        .expect("a piece");
    play.keys(" ")
        .shows("Left out. u to undo.")
        .shows("▌□ ")
        .shows("15 in, 5 out");
    let chosen = |play: &Play| play.model.journal().choice_to_change(&piece.id).portfolio;
    assert_eq!(chosen(&play), Some(Inclusion::Exclude));
    play.keys("<Esc>P").shows("15 in, 5 out");
    play.keys(" ").shows("Included.").shows("16 in, 4 out");
    assert_eq!(chosen(&play), Some(Inclusion::Include));
    play.keys("uu").shows("16 in, 4 out");
    assert_eq!(play.model.journal().portfolio_choice(&piece.id), None);
    // The choices made with Space show in the portfolio of all time.
    play.keys("   ").shows("15 in, 5 out");
    let changed = portfolio(&play).portfolio;
    play.keys("<Esc>P");
    assert_eq!(portfolio(&play).portfolio, changed);
    play.keys(" ").shows("16 in, 4 out");
    // What is not evidence comes last, and can still be included.
    let missed = portfolio(&play)
        .pieces()
        .position(|(_, piece)| !piece.is_evidence)
        .expect("one");
    let keys = "<Down>".repeat(missed) + " ";
    play.keys(&keys).shows("Included.").shows("17 in, 3 out");
}

#[test]
fn the_span_can_be_moved_and_made_longer_or_shorter() {
    let mut play = filled();
    play.keys("P").shows("Portfolio · 2026").hides("later");
    play.keys("[")
        .shows("Portfolio · 2025")
        .keys("]")
        .shows("Portfolio · 2026");
    play.keys("]").shows("Portfolio · 2026");
    play.keys("s")
        .shows("Portfolio · All of it")
        .keys("[")
        .shows("All of it");
    play.keys("s").shows("Portfolio · October to December");
    play.keys("[").shows("Portfolio · July to September");
    play.keys("s").shows("Portfolio · 2026");
}

#[test]
fn an_entry_opens_and_escape_returns() {
    let mut play = filled();
    play.keys("P<Enter>")
        .shows("Check in")
        .keys("<Esc>")
        .shows("Portfolio · 2026");
    play.keys("G<Enter>")
        .keys("<Esc>")
        .shows("Portfolio · 2026");
}

#[test]
fn it_exports_to_the_chosen_file_and_asks_before_overwriting() {
    let mut play = filled();
    let folder = tempfile::tempdir().expect("a folder");
    let place = |name: &str| folder.path().join(name);
    play.size(120, 40).keys("Pe").shows("Export to which file?");
    play.shows("leadby-portfolio-2026.html")
        .keys("<Esc>")
        .hides("What shall");
    let name = place("mine.md").display().to_string();
    play.keys("e<C-a><C-k>")
        .paste(&name)
        .keys("<Enter>")
        .shows("Written to");
    let written = std::fs::read_to_string(place("mine.md")).expect("a page");
    assert!(written.starts_with("# Portfolio\n"), "{written}");
    // The same file name again asks first.
    play.keys(" e<C-a><C-k>")
        .paste(&name)
        .keys("<Enter>")
        .shows("Overwrite this file?");
    play.keys("n");
    assert_eq!(
        std::fs::read_to_string(place("mine.md")).expect("a page"),
        written
    );
    play.keys("e<C-a><C-k>")
        .paste(&name)
        .keys("<Enter>y")
        .shows("Written to");
    assert_ne!(
        std::fs::read_to_string(place("mine.md")).expect("a page"),
        written
    );
    // A name without an extension becomes an HTML page.
    let name = place("mine").display().to_string();
    play.keys("e<C-a><C-k>")
        .paste(&name)
        .keys("<Enter>")
        .shows("Written to");
    let page = std::fs::read_to_string(place("mine")).expect("a page");
    assert!(page.starts_with("<!DOCTYPE html>"));
    let name = place("none/mine.html").display().to_string();
    play.keys("e<C-a><C-k>")
        .paste(&name)
        .keys("<Enter>")
        .shows("not written: no such folder");
}

#[test]
fn an_empty_journal_explains_the_portfolio() {
    let mut play = Play::new();
    play.keys("P")
        .shows("What you keep, solve, build and learn")
        .keys(" e<Enter>s[]<Esc>")
        .hides("What you keep, solve, build");
}

#[test]
fn no_figure_is_cut_and_hidden_rows_are_counted() {
    let mut play = filled();
    play.size(80, 24)
        .keys("P")
        .shows("16 of 19 commitments kept")
        .shows("12 of 20 by the day first promised")
        .shows("and 6 more");
    play.size(60, 20)
        .shows("16 of 19 commitments kept")
        .shows("and 7 more");
    play.size(120, 40)
        .shows("9 ")
        .shows("Problems solved")
        .shows("and 2 more");
}
