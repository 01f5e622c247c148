//! What looks as if it could be clicked can be, and does what it says.

use leadby::app::{ClickTarget, Msg};
use leadby::ui::{ColorDepth, draw_hover};
use ratatui::style::Modifier;

use crate::play::{Picture, Play, TUESDAY};
use crate::screens::{JOURNALS, SCREENS, entries, open};

#[test]
fn every_chosen_row_and_every_key_in_the_footer_has_a_target() {
    for journal in JOURNALS {
        for (screen, keys) in SCREENS {
            let Some(play) = open(journal, screen, keys) else {
                continue;
            };
            for size in [(60, 20), (80, 24), (120, 40)] {
                check(&play, size, &format!("{screen}, {journal}, {size:?}"));
            }
        }
    }
}

#[track_caller]
fn check(play: &Play, size: (u16, u16), place: &str) {
    let picture = play.picture_of(size, ColorDepth::None);
    if size == (80, 24) {
        check_marks(&picture, place);
    }
    let footer = size.1 - 1;
    let cells = |row: u16| (0..size.0).map(move |column| (column, row));
    let blank = |at: &(u16, u16)| picture.cells[*at].symbol().trim().is_empty();
    for (column, row) in cells(footer).filter(|at| !blank(at)) {
        let target = picture.regions.target_at(column, row);
        assert!(
            target.is_some(),
            "{place}, column {column}:\n{}",
            picture.text()
        );
    }
    if play.model.overlay().is_some() {
        return;
    }
    for (column, row) in (0..footer).flat_map(cells) {
        if picture.cells[(column, row)].symbol() == "▌" {
            let target = picture.regions.target_at(column + 1, row);
            assert!(target.is_some(), "{place}, row {row}:\n{}", picture.text());
        }
    }
}

/// Wherever a click does something but move the cursor of a text, the pointer shows it.
#[track_caller]
fn check_marks(picture: &Picture, place: &str) {
    let mut cells = picture.cells.clone();
    let mut seen = Vec::new();
    for at in picture.cells.area.positions() {
        let Some(area) = picture.regions.area_at(at.x, at.y) else {
            continue;
        };
        if seen.contains(&area) {
            continue;
        }
        seen.push(area);
        draw_hover(&picture.regions, (at.x, at.y), &mut cells);
        let is_marked = |at| cells[at].modifier.contains(Modifier::UNDERLINED);
        let mut places = area.positions();
        assert!(
            places.any(is_marked),
            "{place}: no mark in {area}:\n{}",
            picture.text()
        );
    }
}

#[test]
fn a_click_on_a_row_of_the_palette_runs_it() {
    let mut play = Play::with(&entries("sample"), TUESDAY);
    play.keys(":time").click("timeline").shows("newest first");
}

#[test]
fn the_words_of_a_dialog_do_what_they_say() {
    let discard = |play: &mut Play| {
        play.keys("nFewer questions twice<Esc>x").shows("Discard");
    };
    for words in ["y discards it", "y yes"] {
        let mut play = Play::new();
        discard(&mut play);
        play.click(words).shows("Discarded.");
    }
}

#[test]
fn the_wheel_moves_in_the_palette_and_asks_nothing_away() {
    let mut play = Play::with(&entries("sample"), TUESDAY);
    play.keys(":").tell(Msg::Wheel { up: false });
    let first = play.screen();
    assert_ne!(play.tell(Msg::Wheel { up: false }).screen(), first);
    play.keys("<Esc>nFewer<Esc>x")
        .tell(Msg::Wheel { up: false });
    play.shows("Discard this draft?");
}

#[test]
fn a_click_on_a_box_of_the_portfolio_marks_and_on_its_words_chooses() {
    let mut play = Play::with(&entries("sample"), TUESDAY);
    play.size(120, 40).keys("P");
    let before = play.under("■ Six alerts");
    let Some(ClickTarget::Mark(at)) = before else {
        panic!("{before:?}\n{play}");
    };
    play.click("■ Six alerts").shows("Left out.");
    play.click("□ Six alerts").shows("Included.");
    assert_eq!(play.under("Six alerts"), Some(ClickTarget::Row(at)));
}

#[test]
fn the_tabs_of_a_review_can_be_clicked() {
    let mut play = Play::with(&entries("sample"), TUESDAY);
    play.keys("r").click("year").shows("2026 in review");
    play.click("month").shows("November in review");
}

#[test]
fn the_charts_of_a_review_open_their_weeks_and_months() {
    let mut play = Play::with(&entries("sample"), TUESDAY);
    play.size(120, 40).keys("r<Tab><Tab>");
    // Below the bar of a week, and its squares.
    for (text, week) in [("45    46", 45), ("42 43 44", 42)] {
        play.click(text)
            .shows(&format!("Week {week} of 2026, summary"))
            .keys("<Esc>")
            .shows("October to December in review");
    }
    play.click("Aug Sep")
        .shows("August in review")
        .keys("<Esc>");
    play.keys("<Tab>").click("Jun Jul").shows("June in review");
}

#[test]
fn a_row_behind_a_full_one_begins_with_its_words() {
    let mut play = Play::with(&entries("sample"), TUESDAY);
    play.keys("1").shows("whose\n│ they are.");
    play.click("they are.").keys("x").shows("whose\n│ xt");
    // Before the blank, the cursor is at the end of the full row.
    play.keys("<BS><Left>").shows("whose\u{332}\n│ they are.");
}
