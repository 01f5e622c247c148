//! One file per screen; each draws the body and nothing else.

mod about;
mod chart;
mod check_in;
mod commitment;
mod compare;
mod entry;
mod evidence;
mod history;
mod home;
mod inbox;
mod ladder;
mod last_look;
mod lists;
mod month_wrap_up;
mod months;
mod overlay;
mod page;
mod people;
mod portfolio;
mod preview;
mod review;
mod search;
mod settle;
mod summary;
mod trends;

pub(super) use evidence::{draw_evidence, evidence_area};
pub(super) use overlay::draw_overlay;

use ratatui::layout::{Margin, Rect};

use super::Canvas;
use super::size::LIST_COLUMNS;
use crate::app::Model;
use crate::app::screen::Screen;

pub(super) fn draw_screen(model: &Model, canvas: &mut Canvas, area: Rect) {
    if let (Screen::Note(note), Some(behind)) = (model.screen(), model.screen_behind()) {
        let (has_focus, regions) = (canvas.has_focus, canvas.regions.clone());
        canvas.has_focus = false;
        draw_one(behind, model, canvas, area);
        // Only the note can be clicked.
        (canvas.has_focus, canvas.regions) = (has_focus, regions);
        inbox::draw_note(note, canvas, area);
    } else {
        draw_one(model.screen(), model, canvas, area);
    }
}

fn draw_one(screen: &Screen, model: &Model, canvas: &mut Canvas, area: Rect) {
    // For the screens without panels: with a column before their rows for the cursor, and one behind
    // them for arrows.
    let rows = area.inner(Margin::new(2, 0));
    let list = Rect {
        width: rows.width.min(LIST_COLUMNS),
        ..rows
    };
    match screen {
        Screen::Home(home) => home::draw(home, model, canvas, area),
        Screen::Page(page) => page::draw(page, model, canvas, area),
        Screen::Item(item) => page::draw_item(item, model, canvas, area),
        Screen::Commit(commit) => commitment::draw_commit(commit, model, canvas, area),
        Screen::CheckIn(check_in) => check_in::draw(check_in, model, canvas, area),
        Screen::Commitments(list) => commitment::draw_all(list, model, canvas, area),
        Screen::Months(months) => months::draw(months, model, canvas, area),
        Screen::List(list) => lists::draw_list(list, model, canvas, area),
        Screen::Trends(screen) => trends::draw(screen, model, canvas, area),
        Screen::Compare(screen) => compare::draw(screen, canvas, area),
        Screen::MonthWrapUp(wrap_up) => month_wrap_up::draw(wrap_up, canvas, rows),
        Screen::History(screen) => history::draw(screen, canvas, area),
        Screen::Settle(screen) => settle::draw(screen, canvas, list),
        Screen::Preview(screen) => preview::draw(screen, canvas, rows),
        Screen::People(list) => people::draw_people(list, model, canvas, area),
        Screen::Portfolio(screen) => portfolio::draw(screen, canvas, area),
        Screen::Ladder(screen) => ladder::draw(screen, model, canvas, area),
        Screen::LastLook(screen) => last_look::draw(screen, canvas, area),
        Screen::Person(person) => people::draw_person(person, model, canvas, area),
        Screen::Lists(lists) => lists::draw_lists(lists, canvas, area),
        Screen::Review(review) => review::draw(review, model, canvas, area),
        Screen::Summary(summary) => summary::draw(summary, model, canvas, rows),
        Screen::Inbox(screen) => inbox::draw(screen, model, canvas, list),
        Screen::Note(note) => inbox::draw_note(note, canvas, rows),
        Screen::Search(search) => search::draw(search, model, canvas, area),
        Screen::About(_) => about::draw(model, canvas, rows),
    }
}
