//! One file per screen; each draws the body and nothing else.

mod about;
mod chart;
mod check_in;
mod commitment;
mod compare;
mod evidence;
mod history;
mod home;
mod inbox;
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
use crate::app::Model;
use crate::app::screen::Screen;

/// Draws the body of the screen shown.
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
    // For the screens without panels, which leave a column at the right for arrows.
    let inset = area.inner(Margin::new(1, 0));
    match screen {
        Screen::Home(home) => home::draw(home, model, canvas, area),
        Screen::Page(page) => page::draw(page, model, canvas, area),
        Screen::Item(item) => page::draw_item(item, model, canvas, area),
        Screen::Commit(commit) => commitment::draw_commit(commit, model, canvas, area),
        Screen::CheckIn(check_in) => check_in::draw(check_in, model, canvas, area),
        Screen::Commitments(list) => commitment::draw_all(list, model, canvas, inset),
        Screen::Months(months) => months::draw(months, canvas, inset),
        Screen::List(list) => lists::draw_list(list, canvas, inset),
        Screen::Trends(screen) => trends::draw(screen, model, canvas, inset),
        Screen::Compare(screen) => compare::draw(screen, canvas, inset),
        Screen::MonthWrapUp(guide) => month_wrap_up::draw(guide, canvas, inset),
        Screen::History(screen) => history::draw(screen, canvas, inset),
        Screen::Settle(screen) => settle::draw(screen, canvas, inset),
        Screen::Preview(story) => preview::draw(story, canvas, inset),
        Screen::People(list) => people::draw_people(list, canvas, inset),
        Screen::Portfolio(screen) => portfolio::draw(screen, canvas, inset),
        Screen::Person(person) => people::draw_person(person, canvas, inset),
        Screen::Lists(lists) => lists::draw_lists(lists, canvas, inset),
        Screen::Review(review) => review::draw(review, model, canvas, inset),
        Screen::Summary(summary) => summary::draw(summary, model, canvas, inset),
        Screen::Inbox(screen) => inbox::draw(screen, model, canvas, inset),
        Screen::Note(note) => inbox::draw_note(note, canvas, inset),
        Screen::Search(search) => search::draw(search, model, canvas, inset),
        Screen::About(_) => about::draw(model, canvas, inset),
    }
}
