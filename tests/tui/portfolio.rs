//! The portfolio: reading, including, leaving out, exporting.

use leadby::app::screen::{PortfolioPage, Screen};
use leadby::insight::Piece;
use leadby::journal::{Id, Inclusion, Period, Value};

use crate::play::{Play, TUESDAY};
use crate::screens::entries;

fn filled() -> Play {
    Play::with(&entries("sample"), TUESDAY)
}

fn page(play: &Play) -> PortfolioPage {
    match play.model.screen() {
        Screen::Portfolio(page) => page.clone(),
        _ => panic!("not on the portfolio:\n{play}"),
    }
}

fn chosen(play: &Play) -> Piece {
    page(play).chosen().expect("a piece").1.clone()
}

#[test]
fn an_entry_can_be_left_out_and_included_again() {
    let mut play = filled();
    play.size(120, 60)
        .keys("P")
        .shows("First page ─")
        .shows("─ 5 of 5")
        .shows("▌■ ");
    let piece = chosen(&play);
    let choice = |play: &Play| play.model.journal().choice_to_change(&piece.id).portfolio;
    play.keys(" ").shows("Left out. u to undo.").shows("▌□ ");
    assert_eq!(chosen(&play).id, piece.id, "the cursor follows it");
    assert_eq!(choice(&play), Some(Inclusion::Exclude));
    play.keys(" ").shows("Included.").shows("▌■ ");
    assert_eq!(choice(&play), None);
    play.shows("─ 5 of 5").keys("uu").shows("─ 5 of 5");
    assert_eq!(play.model.journal().portfolio_choice(&piece.id), None);
    assert_eq!(chosen(&play).id, piece.id);
    // The choices made with Space show in the portfolio of all time.
    play.keys("   ").shows("Left out.");
    let changed = page(&play).portfolio;
    play.keys("<Esc>P");
    assert_eq!(page(&play).portfolio, changed);
    // What is not evidence comes last, and can still be included.
    let missed = page(&play)
        .pieces()
        .position(|(_, piece)| !piece.is_evidence && !piece.is_on_its_way())
        .expect("one");
    let keys = "<Down>".repeat(missed) + " ";
    play.keys(&keys).shows("Included.");
}

#[test]
fn a_star_puts_an_entry_on_the_first_page_and_takes_it_off() {
    let mut play = filled();
    play.size(120, 40).keys("P").shows("Results");
    let outside = page(&play).groups[0].pieces.len();
    play.keys(&"<Down>".repeat(outside));
    let piece = chosen(&play);
    play.keys("*")
        .shows("On the first page. u to undo.")
        .shows("─ 5 of 5");
    assert_eq!(chosen(&play).id, piece.id, "the cursor follows it");
    assert!(page(&play).is_chosen_first());
    // What was there without a choice stays there.
    play.keys(&"<Down>".repeat(5))
        .keys("*")
        .shows("has 5 already");
    play.keys("<Home>*")
        .shows("Off the first page.")
        .shows("─ 4 of 5");
    // One undo takes all back that one key did.
    play.keys("uu").shows("─ 5 of 5");
    assert!(!page(&play).portfolio.is_on_first_page(&piece.id));
}

#[test]
fn entries_are_moved_and_the_order_is_remembered() {
    let mut play = filled();
    play.size(120, 40).keys("P");
    let order = |play: &Play| -> Vec<Id> {
        let page = page(play);
        page.pieces().map(|(_, piece)| piece.id.clone()).collect()
    };
    let before = order(&play);
    play.keys("J").shows("Moved.");
    let mut moved = before.clone();
    moved.swap(0, 1);
    assert_eq!(order(&play), moved);
    assert_eq!(chosen(&play).id, before[0], "the cursor follows it");
    play.keys("<Esc>P");
    assert_eq!(order(&play), moved);
    play.keys("j<A-Up>").shows("Moved.");
    assert_eq!(order(&play), before);
    // Nothing is above the first one.
    play.keys("K");
    assert_eq!(order(&play), before);
}

#[test]
fn the_name_and_the_summary_are_written_from_here() {
    let mut play = Play::new();
    play.keys("Py")
        .shows("Summary")
        .keys("Ana Example<Tab>I made releases dull.<C-s><Esc>");
    let journal = play.model.journal();
    let said = |step| journal.answer(Period::Standing, "talk", step).cloned();
    assert_eq!(said("name"), Some(Value::Text("Ana Example".to_owned())));
    assert!(said("summary").is_some());
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
        .hides("First page")
        .keys("<Esc>")
        .shows("Portfolio · 2026");
    play.keys("G<Enter>")
        .shows("Check in")
        .keys("<Esc>")
        .shows("Portfolio · 2026");
}

#[test]
fn it_exports_to_the_chosen_file_and_asks_before_overwriting() {
    let mut play = filled();
    let folder = tempfile::tempdir().expect("a folder");
    let place = |name: &str| folder.path().join(name);
    play.size(120, 40)
        .keys("Pee")
        .shows("Export to which file?");
    play.shows("leadby-portfolio-2026.html")
        .keys("<Esc>")
        .hides("What shall");
    let name = place("mine.md").display().to_string();
    play.keys("e<C-a><C-k>")
        .paste(&name)
        .keys("<Enter>")
        .shows("Written to");
    let written = std::fs::read_to_string(place("mine.md")).expect("a page");
    assert!(written.starts_with("# Maren Aas\n"), "{written}");
    // The same file name again asks first.
    play.keys("jjj e<C-a><C-k>")
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
        .shows("Problems solved 9")
        .shows("Systems built 6")
        .shows("more");
    play.size(60, 20).shows("Problems solved 9").shows("more");
    play.size(120, 40)
        .shows("16 ")
        .shows("Assists")
        .shows("more");
}
