//! One file per screen; each draws the body and nothing else.

mod about;
mod commitment;
mod compare;
mod guide;
mod history;
mod home;
mod lists;
mod months;
mod over_time;
mod overlay;
mod page;
mod people;
mod picture;
mod portfolio;
mod review;
mod search;
mod settle;
mod story;
mod summary;

pub(super) use overlay::overlay;

use ratatui::layout::Rect;

use super::Canvas;
use crate::app::Model;
use crate::app::screen::Screen;

/// Draws the body of the screen shown.
pub(super) fn screen(model: &Model, canvas: &mut Canvas, area: Rect) {
    match model.screen() {
        Screen::Home(home) => home::draw(home, model, canvas, area),
        Screen::Page(page) => page::draw(page, model, canvas, area),
        Screen::Item(item) => page::item(item, model, canvas, area),
        Screen::Commit(commit) => commitment::commit(commit, model, canvas, area),
        Screen::CheckIn(check_in) => commitment::check_in(check_in, model, canvas, area),
        Screen::Commitments(list) => commitment::all(list, model, canvas, area),
        Screen::Months(months) => months::draw(months, canvas, area),
        Screen::List(list) => lists::list(list, canvas, area),
        Screen::OverTime(screen) => over_time::draw(screen, model, canvas, area),
        Screen::Compare(screen) => compare::draw(screen, canvas, area),
        Screen::Guide(guide) => guide::draw(guide, canvas, area),
        Screen::History(screen) => history::draw(screen, canvas, area),
        Screen::Settle(screen) => settle::draw(screen, canvas, area),
        Screen::Story(story) => story::draw(story, canvas, area),
        Screen::People(list) => people::all(list, canvas, area),
        Screen::Portfolio(screen) => portfolio::draw(screen, canvas, area),
        Screen::Person(person) => people::one(person, canvas, area),
        Screen::Lists(lists) => lists::shelves(lists, canvas, area),
        Screen::Review(review) => review::draw(review, model, canvas, area),
        Screen::Summary(summary) => summary::draw(summary, model, canvas, area),
        Screen::Search(search) => search::draw(search, model, canvas, area),
        Screen::About => about::draw(model, canvas, area),
    }
}
