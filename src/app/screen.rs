//! The screens, each with its own small state.
//!
//! A screen takes actions and answers with an [`Outcome`]; it never sees the model.

pub mod about;
mod acts;
mod check_in;
mod commit;
mod commitments;
mod compare;
mod contexts;
mod forms;
mod guide;
mod history;
mod home;
mod item;
mod list;
mod lists;
mod months;
mod over_time;
mod page;
mod panel;
pub mod people;
mod person;
pub mod portfolio;
mod review;
pub mod search;
mod settle;
mod sift;
mod sifting;
mod stage;
mod story;
mod summary;

pub use check_in::CheckIn;
pub use commit::Commit;
pub use commitments::{CommitmentRow, Commitments};
pub use compare::{AnswerRow, Changed, Compare, Said};
pub use guide::{Guide, GuideStep, MonthProblem, Shows};
pub use history::History;
pub use home::{Due, Home, Strip};
pub use item::Item;
pub use list::{List, Row};
pub use lists::{Lists, Shelf};
pub use months::Months;
pub use over_time::OverTime;
pub use page::Page;
pub use people::{People, PersonRow};
pub use person::{Group, MentionRow, Person};
pub use portfolio::Portfolio;
pub use review::Review;
pub use search::{Found, Line as SearchLine, LookBack, Search};
pub use settle::{Settle, SettleRow};
pub use sift::{Order, Sift};
pub use story::Story;
pub use summary::{Summary, SummaryLine};

use super::finder::Finder;
use super::form::Form;
use super::keys::Action;
use super::route::{Outcome, Route};
use crate::calendar::Now;
use crate::journal::search::SearchIndex;
use crate::journal::{Change, Id, Journal};
use crate::practice::Catalog;

/// What a screen may read.
#[derive(Clone, Copy, Debug)]
pub struct Scene<'a> {
    pub now: Now,
    pub catalog: &'a Catalog,
    pub journal: &'a Journal,
    pub finder: &'a Finder,
}

impl Scene<'_> {
    /// Runs `look` on the search index.
    fn look<T>(self, look: impl FnOnce(&mut SearchIndex) -> T) -> T {
        self.finder.look(self.journal, self.catalog, look)
    }
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
    /// The review of a span.
    Review(Box<Review>),
    /// What was answered and skipped in a week.
    Summary(Summary),
    /// The trends of a practice.
    OverTime(OverTime),
    /// One question and all its answers.
    Compare(Compare),
    /// The wrap-up of a month.
    Guide(Guide),
    /// Every version of one entry.
    History(History),
    /// The fields with two texts from two machines.
    Settle(Settle),
    /// The preview of an item, as others read it.
    Story(Story),
    /// All lists.
    Lists(Lists),
    /// Everyone who is named anywhere.
    People(People),
    /// Evidence for those who decide.
    Portfolio(Portfolio),
    Person(Person),
    /// The search or the timeline.
    Search(Search),
    About,
}

impl Screen {
    /// The screen of a route, or `None` if what it names no longer exists.
    #[must_use]
    pub fn open(route: &Route, scene: Scene<'_>) -> Option<Self> {
        Some(match route {
            Route::Home => Self::Home(Home::new(scene)),
            Route::Page {
                practice,
                week,
                page,
            } => Self::Page(Page::new(practice, *week, *page, scene)?),
            Route::Commit(source) => Self::Commit(Commit::new(source.clone(), scene)?),
            Route::CheckIn(id) => Self::CheckIn(CheckIn::new(id, scene)?),
            Route::Commitments => Self::Commitments(Commitments::new(scene)),
            Route::Months => Self::Months(Months::new(scene)?),
            Route::List { register, month } => Self::List(List::new(register, *month, scene)?),
            Route::Item { register, id } => Self::Item(Item::new(register, id.clone(), scene)?),
            Route::Review(span) => Self::Review(Box::new(Review::new(*span, scene))),
            Route::Summary(week) => Self::Summary(Summary::new(*week, scene)),
            Route::OverTime(practice) => Self::OverTime(OverTime::new(practice, scene)?),
            Route::Compare { practice, step } => {
                Self::Compare(Compare::new(practice, step, scene)?)
            }
            Route::Guide(month) => Self::Guide(Guide::new(*month, scene)),
            Route::History(id) => Self::History(History::new(id, scene)?),
            Route::Settle(only) => Self::Settle(Settle::new(only.as_ref(), scene)),
            Route::Story(id) => Self::Story(Story::new(id, scene)?),
            Route::Lists => Self::Lists(Lists::new(scene)),
            Route::People => Self::People(People::new(scene)),
            Route::Portfolio => Self::Portfolio(Portfolio::new(scene)),
            Route::Person(name) => Self::Person(Person::new(name, scene)),
            Route::Search => Self::Search(Search::new(scene)),
            Route::Timeline => Self::Search(Search::timeline(scene)),
            Route::About => Self::About,
        })
    }

    /// The route that opens it.
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
            Self::Review(review) => Route::Review(review.span),
            Self::Summary(summary) => Route::Summary(summary.week),
            Self::OverTime(over_time) => Route::OverTime(over_time.practice.clone()),
            Self::Compare(compare) => Route::Compare {
                practice: compare.practice.clone(),
                step: compare.step.clone(),
            },
            Self::Guide(guide) => Route::Guide(guide.month),
            Self::History(history) => Route::History(history.id.clone()),
            Self::Settle(settle) => Route::Settle(settle.only.clone()),
            Self::Story(story) => Route::Story(story.id.clone()),
            Self::Lists(_) => Route::Lists,
            Self::People(_) => Route::People,
            Self::Portfolio(_) => Route::Portfolio,
            Self::Person(person) => Route::Person(person.name.clone()),
            Self::Search(search) if search.looks => Route::Search,
            Self::Search(_) => Route::Timeline,
            Self::About => Route::About,
        }
    }

    /// Whether an action is available here now.
    #[must_use]
    pub fn offers(&self, action: Action) -> bool {
        match (self, action) {
            (Self::Person(person), action) => person.offers(action),
            (Self::Review(review), action) => review.offers(action),
            (Self::Portfolio(portfolio), action) => portfolio.offers(action),
            (Self::Search(search), action) => search.offers(action),
            (Self::Compare(compare), action) => compare.offers(action),
            (Self::Settle(settle), action) => settle.offers(action),
            (Self::Page(page), Action::Compare) => page.question().is_some(),
            (Self::History(history), Action::Compare) => history.question.is_some(),
            (Self::OverTime(screen), Action::Compare) => screen.has_questions,
            (Self::Home(home), Action::CheckIn) => home.can_check_in(),
            (Self::Commit(commit), Action::CheckIn) => commit.due.is_some(),
            (Self::Commit(commit), Action::History) => commit.is_change(),
            (Self::Home(home), Action::LookBack | Action::PassOver) => home.month_over.is_some(),
            (Self::Months(months), Action::LookBack) => months.can_look_back,
            (Self::Home(home), Action::Suggestion) => home.suggestion.is_some(),
            (Self::Commitments(list), Action::Origin) => list.has_origin(),
            (Self::List(list), Action::Origin) => {
                list.chosen().is_some_and(|row| row.linked.is_some())
            }
            (Self::Item(item), Action::Origin) => item.linked.is_some(),
            (Self::List(list), Action::Story) => list.is_told && list.chosen().is_some(),
            (Self::Item(item), Action::Story) => item.is_told,
            (_, Action::Become | Action::LetGo) => self.way_on(action).is_some(),
            (Self::Commitments(_), Action::Advance | Action::StepBack | Action::CommitFrom)
            | (Self::Page(_) | Self::CheckIn(_) | Self::Item(_), Action::CheckIn)
            | (Self::Commit(_) | Self::CheckIn(_), Action::CommitFrom)
            | (Self::Commit(_), Action::OverTime | Action::Compare)
            | (Self::People(_), Action::People)
            | (_, Action::Origin | Action::Story) => false,
            (Self::People(people), Action::Open) => !people.rows.is_empty(),
            (Self::Commitments(list), Action::Open | Action::Delete | Action::History) => {
                !list.rows.is_empty()
            }
            (
                Self::List(list),
                Action::Open | Action::Delete | Action::History | Action::CommitFrom,
            ) => !list.rows.is_empty(),
            (Self::List(list), Action::Sort) => list.count() > 1,
            (Self::List(list), Action::Find) => list.count() > 0,
            (Self::Commitments(list), Action::Sort) => list.count() > 1,
            (Self::Commitments(list), Action::Find) => list.count() > 0,
            (Self::People(people), Action::Find) => people.count() > 0,
            (Self::List(list), Action::Advance) => list.can_advance(),
            (Self::List(list), Action::StepBack) => list.can_step_back(),
            (Self::Summary(summary), Action::Later) => summary.has_later,
            (Self::OverTime(screen), Action::Earlier | Action::Left) => screen.has[0],
            (Self::OverTime(screen), Action::Later | Action::Right) => screen.has[1],
            (Self::OverTime(screen), Action::Down) => screen.first + 2 < screen.pictures.len(),
            (Self::Page(page), Action::CommitFrom) => page.entry().is_some(),
            (Self::Item(item), Action::CommitFrom | Action::History) => item.id.is_some(),
            (Self::Commit(commit), Action::PreviousPage) => commit.is_of_a_walk(),
            (Self::Page(page), Action::PreviousPage) => page.page > 1 || page.at > Some(0),
            (Self::Page(page), Action::Advance) => page.can_advance(),
            (Self::Commit(commit), Action::CopyLast) if !commit.answers.is_empty() => true,
            (Self::Commitments(list), Action::Edit) => !list.rows.is_empty(),
            (screen, Action::Edit) => match screen {
                Self::CheckIn(check_in) => !check_in.gone,
                _ => false,
            },
            (screen, Action::UndoHere) => match screen {
                Self::Page(page) => page.can_undo(),
                _ => false,
            },
            (_, Action::CopyLast) => self
                .form()
                .and_then(Form::focused)
                .is_some_and(|input| input.beside_it().is_some()),
            _ => true,
        }
    }

    /// Its form, if it has one.
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

    /// Whether a text field has the focus, so that characters are typed.
    #[must_use]
    pub fn is_written_in(&self) -> bool {
        self.form().is_some_and(Form::is_typing)
            || self.sift().is_some_and(|sift| sift.typing)
            || matches!(self, Self::Search(search) if search.typing)
    }

    /// Runs an action of the key table.
    pub fn act(&mut self, action: Action, scene: Scene<'_>) -> Outcome {
        match self {
            Self::Home(home) => home.act(action, scene),
            Self::Commitments(list) => list.act(action, scene),
            Self::Months(months) => months.act(action, scene),
            Self::List(list) => list.act(action, scene),
            Self::Review(review) => review.act(action, scene),
            Self::Summary(summary) => summary.act(action, scene),
            Self::OverTime(over_time) => over_time.act(action, scene),
            Self::Compare(compare) => compare.act(action, scene),
            Self::Guide(guide) => guide.act(action),
            Self::History(history) => history.act(action),
            Self::Settle(settle) => settle.act(action, scene),
            Self::Story(story) => story.act(action),
            Self::Lists(lists) => lists.act(action),
            Self::People(people) => people.act(action),
            Self::Portfolio(portfolio) => portfolio.act(action, scene),
            Self::Search(search) => search.act(action, scene),
            Self::Person(person) => person.act(action, scene),
            Self::About => match action {
                Action::Back | Action::Open => Outcome::back(),
                _ => Outcome::stay(),
            },
            Self::Page(_) | Self::Commit(_) | Self::CheckIn(_) | Self::Item(_) => {
                self.act_on_form(action, scene)
            }
        }
    }

    /// Updates it from the journal and the clock, and keeps what is being typed.
    pub fn refresh(&mut self, scene: Scene<'_>) {
        match self {
            Self::Home(home) => *home = Home::new(scene),
            Self::Page(page) => page.refresh(scene),
            Self::Commitments(list) => list.refresh(scene),
            Self::Months(months) => months.refresh(scene),
            Self::List(list) => list.refresh(scene),
            Self::Review(review) => review.refresh(scene),
            Self::Summary(summary) => *summary = Summary::new(summary.week, scene),
            Self::OverTime(over_time) => over_time.refresh(scene),
            Self::Compare(compare) => compare.refresh(scene),
            Self::Guide(guide) => guide.refresh(scene),
            Self::History(history) => history.refresh(scene),
            Self::Settle(settle) => settle.refresh(scene),
            Self::Story(story) => story.refresh(scene),
            Self::Lists(lists) => lists.refresh(scene),
            Self::People(people) => people.refresh(scene),
            Self::Portfolio(portfolio) => portfolio.refresh(scene),
            Self::Search(search) => search.refresh(scene),
            Self::Person(person) => person.refresh(scene),
            Self::Item(item) => item.refresh(scene),
            Self::Commit(commit) => commit.refresh(scene),
            Self::CheckIn(check_in) => check_in.refresh(scene),
            Self::About => {}
        }
    }

    /// Updates it when only the portfolio choices of `entries` have changed.
    pub fn choose(&mut self, entries: &[Id], scene: Scene<'_>) {
        match self {
            Self::Portfolio(portfolio) => portfolio.choose(entries, scene),
            _ => self.refresh(scene),
        }
    }

    /// The changes of its form, or `None` if a field is invalid.
    pub fn save(&mut self, scene: Scene<'_>) -> Option<Vec<Change>> {
        match self {
            Self::Page(page) => page.save(scene),
            Self::Commit(commit) => commit.save(scene),
            Self::CheckIn(check_in) => check_in.save(scene).map(|(changes, _)| changes),
            Self::Item(item) => item.save(scene),
            _ => Some(Vec::new()),
        }
    }
}
