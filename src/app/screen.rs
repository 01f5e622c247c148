//! The screens: each its small state, told apart here.
//!
//! A screen takes actions and answers with an [`Outcome`]; it never sees the model it lives in.

pub mod about;
mod check_in;
mod commit;
mod commitments;
mod here;
mod home;
mod item;
mod list;
mod lists;
mod months;
mod over_time;
mod page;
mod sift;
mod stage;
mod summary;

pub use check_in::CheckIn;
pub use commit::Commit;
pub use commitments::{CommitmentRow, Commitments};
pub use home::{Due, Home, Strip};
pub use item::Item;
pub use list::{List, Row};
pub use lists::{Lists, Shelf};
pub use months::Months;
pub use over_time::OverTime;
pub use page::Page;
pub use sift::{Order, Sift};
pub use summary::{Summary, SummaryLine};

use super::form::{Form, Step};
use super::keys::Action;
use super::route::{Outcome, Route, Source, Then};
use crate::calendar::Now;
use crate::journal::{Change, Journal};
use crate::practice::Catalog;

/// What a screen may look at.
#[derive(Clone, Copy, Debug)]
pub struct Scene<'a> {
    /// The present moment.
    pub now: Now,
    /// The practices.
    pub catalog: &'a Catalog,
    /// The journal.
    pub journal: &'a Journal,
}

/// One of the screens.
#[derive(Clone, Debug)]
pub enum Screen {
    /// The week at a glance.
    Home(Home),
    /// A page of a practice.
    Page(Page),
    /// A new commitment.
    Commit(Commit),
    /// How a commitment went.
    CheckIn(CheckIn),
    /// All commitments.
    Commitments(Commitments),
    /// Twelve boxes a year.
    Months(Months),
    /// The items of a register.
    List(List),
    /// One item.
    Item(Item),
    /// A week in review.
    Summary(Summary),
    /// A practice over time.
    OverTime(OverTime),
    /// Everything that is kept.
    Lists(Lists),
    /// What this is.
    About,
}

impl Screen {
    /// The screen of a route; none when what it names is not there any more.
    #[must_use]
    pub fn open(route: &Route, scene: Scene<'_>) -> Option<Self> {
        Some(match route {
            Route::Home => Self::Home(Home::new(scene)),
            Route::Page {
                practice,
                week,
                page,
            } => Self::Page(Page::new(practice, *week, *page, scene)?),
            Route::Commit(source) => Self::Commit(Commit::new(source.clone(), scene)),
            Route::CheckIn(id) => Self::CheckIn(CheckIn::new(id, scene)?),
            Route::Commitments => Self::Commitments(Commitments::new(scene)),
            Route::Months => Self::Months(Months::new(scene)?),
            Route::List { register, month } => Self::List(List::new(register, *month, scene)?),
            Route::Item { register, id } => Self::Item(Item::new(register, id.clone(), scene)?),
            Route::Summary(week) => Self::Summary(Summary::new(*week, scene)),
            Route::OverTime(practice) => Self::OverTime(OverTime::new(practice, scene)?),
            Route::Lists => Self::Lists(Lists::new(scene)),
            Route::About => Self::About,
        })
    }

    /// How one gets to it.
    #[must_use]
    pub fn route(&self) -> Route {
        match self {
            Self::Home(_) => Route::Home,
            Self::Page(page) => page.route(),
            Self::Commit(commit) => Route::Commit(commit.source.clone()),
            Self::CheckIn(check_in) => Route::CheckIn(check_in.id.clone()),
            Self::Commitments(_) => Route::Commitments,
            Self::Months(_) => Route::Months,
            Self::List(list) => Route::List {
                register: list.register.clone(),
                month: list.month,
            },
            Self::Item(item) => Route::Item {
                register: item.register.clone(),
                id: item.id.clone(),
            },
            Self::Summary(summary) => Route::Summary(summary.week),
            Self::OverTime(over_time) => Route::OverTime(over_time.practice.clone()),
            Self::Lists(_) => Route::Lists,
            Self::About => Route::About,
        }
    }

    /// Its form, if it takes words.
    #[must_use]
    pub fn form(&self) -> Option<&Form> {
        match self {
            Self::Page(page) => Some(&page.form),
            Self::Commit(commit) => Some(&commit.form),
            Self::CheckIn(check_in) => Some(&check_in.form),
            Self::Item(item) => Some(&item.form),
            _ => None,
        }
    }

    /// See [`Screen::form`].
    pub fn form_mut(&mut self) -> Option<&mut Form> {
        match self {
            Self::Page(page) => Some(&mut page.form),
            Self::Commit(commit) => Some(&mut commit.form),
            Self::CheckIn(check_in) => Some(&mut check_in.form),
            Self::Item(item) => Some(&mut item.form),
            _ => None,
        }
    }

    /// Takes an action of the key table.
    pub fn act(&mut self, action: Action, scene: Scene<'_>) -> Outcome {
        match self {
            Self::Home(home) => home.act(action, scene),
            Self::Commitments(list) => list.act(action, scene),
            Self::Months(months) => months.act(action, scene),
            Self::List(list) => list.act(action, scene),
            Self::Summary(summary) => summary.act(action, scene),
            Self::OverTime(over_time) => over_time.act(action, scene),
            Self::Lists(lists) => lists.act(action),
            Self::About => match action {
                Action::Back | Action::Open => Outcome::back(),
                _ => Outcome::stay(),
            },
            Self::Page(_) | Self::Commit(_) | Self::CheckIn(_) | Self::Item(_) => {
                self.act_on_form(action, scene)
            }
        }
    }

    /// Takes what a form did with a key.
    pub fn stepped(&mut self, step: Step, scene: Scene<'_>) -> Outcome {
        let outcome = |typed, moved| Outcome {
            typed,
            moved,
            ..Outcome::default()
        };
        if let (Self::Item(item), Step::Typed | Step::Moved) = (&mut *self, step) {
            item.typed(scene);
        }
        match step {
            Step::Quiet => Outcome::stay(),
            Step::Typed => outcome(true, false),
            Step::Moved => outcome(false, true),
            Step::Past => match self {
                Self::Page(_) => self.act_on_form(Action::Save, scene),
                _ => {
                    if let Some(form) = self.form_mut() {
                        form.focus = 0;
                    }
                    outcome(false, true)
                }
            },
            Step::Before => match self {
                Self::Page(_) => self.act_on_form(Action::PreviousPage, scene),
                _ => {
                    if let Some(form) = self.form_mut() {
                        form.focus = form.inputs.len().saturating_sub(1);
                    }
                    outcome(false, true)
                }
            },
            Step::Chosen => match self {
                Self::Page(page) => page.chosen(scene),
                _ => Outcome::stay(),
            },
        }
    }

    /// Brings it up to date with the journal and the clock, keeping what is being typed.
    pub fn refresh(&mut self, scene: Scene<'_>) {
        match self {
            Self::Home(home) => *home = Home::new(scene),
            Self::Page(page) => page.refresh(scene),
            Self::Commitments(list) => list.refresh(scene),
            Self::Months(months) => months.refresh(scene),
            Self::List(list) => list.refresh(scene),
            Self::Summary(summary) => *summary = Summary::new(summary.week, scene),
            Self::OverTime(over_time) => over_time.refresh(scene),
            Self::Lists(lists) => lists.refresh(scene),
            Self::Commit(_) | Self::CheckIn(_) | Self::Item(_) | Self::About => {}
        }
    }

    /// What its form says, to be written; nothing when a field makes no sense.
    pub fn save(&mut self, scene: Scene<'_>) -> Option<Vec<Change>> {
        match self {
            Self::Page(page) => page.save(scene),
            Self::Commit(commit) => commit.save(scene),
            Self::CheckIn(check_in) => check_in.save(scene),
            Self::Item(item) => item.save(scene),
            _ => Some(Vec::new()),
        }
    }

    /// Saves, and makes a commitment of the answer or item that has the keys.
    fn commit_from(&mut self, scene: Scene<'_>) -> Outcome {
        let id = match self {
            Self::Page(page) => page.entry(),
            Self::Item(item) => item.id.clone(),
            _ => None,
        };
        match (id, self.save(scene)) {
            (Some(id), Some(changes)) => {
                Outcome::open(Route::Commit(Source::Entry(id))).saving(changes)
            }
            _ => Outcome::stay(),
        }
    }

    fn act_on_form(&mut self, action: Action, scene: Scene<'_>) -> Outcome {
        let kept = "Your words are kept, not saved yet.";
        match action {
            Action::Save => {
                let Some(changes) = self.save(scene) else {
                    return Outcome::stay();
                };
                let then = match self {
                    Self::Page(page) => Then::Replace(page.next(scene)),
                    Self::Commit(commit) => commit.next(scene),
                    _ => Then::Back,
                };
                let notice = match self {
                    Self::CheckIn(check_in) => Some(check_in.reply(scene.now)),
                    _ => None,
                };
                Outcome {
                    changes,
                    then,
                    notice,
                    ..Outcome::default()
                }
            }
            Action::PreviousPage => {
                let Some(changes) = self.save(scene) else {
                    return Outcome::stay();
                };
                match self {
                    Self::Page(page) => match page.previous(scene) {
                        Some(route) => Outcome::then(Then::Replace(route)).saving(changes),
                        None => Outcome::stay().saving(changes),
                    },
                    _ => Outcome::stay(),
                }
            }
            Action::Back => match self {
                Self::Page(_) | Self::Item(_) => match self.save(scene) {
                    Some(changes) => Outcome::back().saving(changes),
                    None => Outcome::back().telling(kept),
                },
                _ => {
                    let typed = self.form().is_some_and(|form| !form.words().is_empty());
                    if typed {
                        Outcome::back().telling(kept)
                    } else {
                        Outcome::back()
                    }
                }
            },
            Action::Practice(number) => {
                let Some(practice) = scene.catalog.walk().nth(number.saturating_sub(1)) else {
                    return Outcome::stay();
                };
                let route = Route::Page {
                    practice: practice.id.clone(),
                    week: scene.now.week(),
                    page: 1,
                };
                match self.save(scene) {
                    Some(changes) => Outcome::then(Then::Replace(route)).saving(changes),
                    None => Outcome::stay(),
                }
            }
            Action::CommitFrom => self.commit_from(scene),
            Action::OverTime => match self {
                Self::Page(page) => Outcome::open(Route::OverTime(page.practice.clone())),
                _ => Outcome::stay(),
            },
            Action::Advance => match self {
                Self::Page(page) => page.advance(scene),
                _ => Outcome::stay(),
            },
            other => {
                let step = self.form_mut().map_or(Step::Quiet, |form| form.act(other));
                self.stepped(step, scene)
            }
        }
    }
}
