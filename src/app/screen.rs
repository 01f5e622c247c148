//! The screens, each with its own small state.
//!
//! A screen takes actions and answers with an [`Outcome`]; it never sees the model.

pub mod about;
mod check_in;
mod commit;
mod commitments;
mod compare;
mod contexts;
mod filtered_lists;
mod form_actions;
mod history;
mod home;
mod item;
mod item_text;
mod list;
mod list_filter;
mod lists;
mod month_wrap_up;
mod months;
mod page;
mod panel;
pub mod people;
mod person;
pub mod portfolio;
mod preview;
mod review;
mod rule_results;
pub mod search;
mod settle;
mod summary;
mod trends;

pub use check_in::CheckInForm;
pub use commit::CommitForm;
pub use commitments::{CommitmentRow, Commitments};
pub use compare::{AnswerRow, Compare, Comparison, DatedAnswer};
pub use history::History;
pub use home::{Home, OpenCommitment, Strip};
pub use item::ItemForm;
pub use list::{ItemRow, List};
pub use list_filter::{ListFilter, SortOrder};
pub use lists::{Lists, ListsSection};
pub use month_wrap_up::{MonthProblem, MonthWrapUp, StepContent, WrapUpStep};
pub use months::MonthBoxes;
pub use page::PracticePage;
pub use people::{People, PersonRow};
pub use person::{MentionGroup, MentionRow, PersonPage};
pub use portfolio::PortfolioPage;
pub use preview::Preview;
pub use review::ReviewPage;
pub use search::{PastWeek, Search, SearchLine, SearchRow};
pub use settle::{SettlePage, SettleRow};
pub use summary::{Summary, SummaryLine};
pub use trends::Trends;

use super::form::Form;
use super::keys::Action;
use super::route::{Outcome, Route};
use super::search_cache::SearchCache;
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
    pub search_cache: &'a SearchCache,
}

impl Scene<'_> {
    /// Runs `look` on the search index.
    fn with_index<T>(self, look: impl FnOnce(&mut SearchIndex) -> T) -> T {
        self.search_cache
            .with_index(self.journal, self.catalog, look)
    }
}

/// One of the screens.
#[derive(Clone, Debug)]
pub enum Screen {
    /// The week at a glance.
    Home(Home),
    /// A page of a practice.
    Page(PracticePage),
    /// A new commitment.
    Commit(CommitForm),
    /// How a commitment went.
    CheckIn(CheckInForm),
    /// All commitments.
    Commitments(Commitments),
    /// Twelve boxes a year.
    Months(MonthBoxes),
    /// The items of a register.
    List(List),
    /// One item.
    Item(ItemForm),
    /// The review of a span.
    Review(Box<ReviewPage>),
    /// What was answered and skipped in a week.
    Summary(Summary),
    /// The trends of a practice.
    Trends(Trends),
    /// One question and all its answers.
    Compare(Compare),
    /// The wrap-up of a month.
    MonthWrapUp(MonthWrapUp),
    /// Every version of one entry.
    History(History),
    /// The fields with two texts from two machines.
    Settle(SettlePage),
    /// The preview of an item, as others read it.
    Preview(Preview),
    /// All lists.
    Lists(Lists),
    /// Everyone who is named anywhere.
    People(People),
    /// Evidence for those who decide.
    Portfolio(PortfolioPage),
    Person(PersonPage),
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
            } => Self::Page(PracticePage::new(practice, *week, *page, scene)?),
            Route::Commit(source) => Self::Commit(CommitForm::new(source.clone(), scene)?),
            Route::CheckIn(id) => Self::CheckIn(CheckInForm::new(id, scene)?),
            Route::Commitments => Self::Commitments(Commitments::new(scene)),
            Route::Months => Self::Months(MonthBoxes::new(scene)?),
            Route::List { register, month } => Self::List(List::new(register, *month, scene)?),
            Route::Item { register, id } => Self::Item(ItemForm::new(register, id.clone(), scene)?),
            Route::Review(span) => Self::Review(Box::new(ReviewPage::new(*span, scene))),
            Route::Summary(week) => Self::Summary(Summary::new(*week, scene)),
            Route::Trends(practice) => Self::Trends(Trends::new(practice, scene)?),
            Route::Compare { practice, step } => {
                Self::Compare(Compare::new(practice, step, scene)?)
            }
            Route::MonthWrapUp(month) => Self::MonthWrapUp(MonthWrapUp::new(*month, scene)),
            Route::History(id) => Self::History(History::new(id, scene)?),
            Route::Settle(only) => Self::Settle(SettlePage::new(only.as_ref(), scene)),
            Route::Preview(id) => Self::Preview(Preview::new(id, scene)?),
            Route::Lists => Self::Lists(Lists::new(scene)),
            Route::People => Self::People(People::new(scene)),
            Route::Portfolio => Self::Portfolio(PortfolioPage::new(scene)),
            Route::Person(name) => Self::Person(PersonPage::new(name, scene)),
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
            Self::Trends(over_time) => Route::Trends(over_time.practice.clone()),
            Self::Compare(compare) => Route::Compare {
                practice: compare.practice.clone(),
                step: compare.step.clone(),
            },
            Self::MonthWrapUp(guide) => Route::MonthWrapUp(guide.month),
            Self::History(history) => Route::History(history.id.clone()),
            Self::Settle(settle) => Route::Settle(settle.only.clone()),
            Self::Preview(story) => Route::Preview(story.id.clone()),
            Self::Lists(_) => Route::Lists,
            Self::People(_) => Route::People,
            Self::Portfolio(_) => Route::Portfolio,
            Self::Person(person) => Route::Person(person.name.clone()),
            Self::Search(search) if search.is_search => Route::Search,
            Self::Search(_) => Route::Timeline,
            Self::About => Route::About,
        }
    }

    /// Whether an action is available here now.
    #[must_use]
    pub fn is_enabled(&self, action: Action) -> bool {
        match (self, action) {
            (Self::Person(person), action) => person.is_enabled(action),
            (Self::Review(review), action) => review.is_enabled(action),
            (Self::Portfolio(portfolio), action) => portfolio.is_enabled(action),
            (Self::Search(search), action) => search.is_enabled(action),
            (Self::Compare(compare), action) => compare.is_enabled(action),
            (Self::Settle(settle), action) => settle.is_enabled(action),
            (Self::Page(page), Action::Compare) => page.question().is_some(),
            (Self::History(history), Action::Compare) => history.question.is_some(),
            (Self::Trends(screen), Action::Compare) => screen.has_questions,
            (Self::Home(home), Action::CheckIn) => home.can_check_in(),
            (Self::Commit(commit), Action::CheckIn) => commit.due.is_some(),
            (Self::Commit(commit), Action::History) => commit.is_change(),
            (Self::Home(home), Action::WrapUpMonth | Action::DismissMonth) => {
                home.month_to_wrap_up.is_some()
            }
            (Self::Months(months), Action::WrapUpMonth) => months.can_wrap_up,
            (Self::Home(home), Action::Suggestion) => home.suggestion.is_some(),
            (Self::Commitments(list), Action::OpenLinked) => list.has_origin(),
            (Self::List(list), Action::OpenLinked) => {
                list.chosen().is_some_and(|row| row.linked.is_some())
            }
            (Self::Item(item), Action::OpenLinked) => item.linked.is_some(),
            (Self::List(list), Action::Preview) => list.has_preview && list.chosen().is_some(),
            (Self::Item(item), Action::Preview) => item.has_preview,
            (_, Action::Convert | Action::LetGo) => self.next_action_label(action).is_some(),
            (
                Self::Commitments(_),
                Action::Advance | Action::PreviousStage | Action::CommitFrom,
            )
            | (Self::Page(_) | Self::CheckIn(_) | Self::Item(_), Action::CheckIn)
            | (Self::Commit(_) | Self::CheckIn(_), Action::CommitFrom)
            | (Self::Commit(_), Action::Trends | Action::Compare)
            | (Self::People(_), Action::People)
            | (_, Action::OpenLinked | Action::Preview) => false,
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
            (Self::List(list), Action::PreviousStage) => list.can_step_back(),
            (Self::Summary(summary), Action::Later) => summary.has_later,
            (Self::Trends(screen), Action::Earlier | Action::Left) => screen.has_earlier_later[0],
            (Self::Trends(screen), Action::Later | Action::Right) => screen.has_earlier_later[1],
            (Self::Trends(screen), Action::Down) => screen.first + 2 < screen.charts.len(),
            (Self::Page(page), Action::CommitFrom) => page.focused_text_entry().is_some(),
            (Self::Item(item), Action::CommitFrom | Action::History) => item.id.is_some(),
            (Self::Commit(commit), Action::PreviousPage) => commit.is_of_a_walk(),
            (Self::Page(page), Action::PreviousPage) => {
                page.page > 1 || page.walk_position > Some(0)
            }
            (Self::Page(page), Action::Advance) => page.can_advance(),
            (Self::Commit(commit), Action::CopyLast) if !commit.answers.is_empty() => true,
            (Self::Commitments(list), Action::Edit) => !list.rows.is_empty(),
            (screen, Action::Edit) => match screen {
                Self::CheckIn(check_in) => !check_in.is_deleted,
                _ => false,
            },
            (screen, Action::UndoInForm) => match screen {
                Self::Page(page) => page.can_undo(),
                _ => false,
            },
            (_, Action::CopyLast) => self
                .form()
                .and_then(Form::focused)
                .is_some_and(|input| input.copy_source().is_some()),
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
    pub fn is_typing(&self) -> bool {
        self.form().is_some_and(Form::is_typing)
            || self.filter().is_some_and(|sift| sift.is_typing)
            || matches!(self, Self::Search(search) if search.is_typing)
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
            Self::Trends(over_time) => over_time.act(action, scene),
            Self::Compare(compare) => compare.act(action, scene),
            Self::MonthWrapUp(guide) => guide.act(action),
            Self::History(history) => history.act(action),
            Self::Settle(settle) => settle.act(action, scene),
            Self::Preview(story) => story.act(action),
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
            Self::Trends(over_time) => over_time.refresh(scene),
            Self::Compare(compare) => compare.refresh(scene),
            Self::MonthWrapUp(guide) => guide.refresh(scene),
            Self::History(history) => history.refresh(scene),
            Self::Settle(settle) => settle.refresh(scene),
            Self::Preview(story) => story.refresh(scene),
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
    pub fn refresh_choices(&mut self, entries: &[Id], scene: Scene<'_>) {
        match self {
            Self::Portfolio(portfolio) => portfolio.apply_choices(entries, scene),
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
