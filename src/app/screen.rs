//! The screens, each with its own small state, and [what a screen is](ScreenState).
//!
//! A screen takes actions and answers with an [`Outcome`]; it never sees the model.

/// The form of a screen: a member of it.
macro_rules! has_form {
    ($form:ident) => {
        fn form(&self) -> Option<&$crate::app::form::Form> {
            Some(&self.$form)
        }

        fn form_mut(&mut self) -> Option<&mut $crate::app::form::Form> {
            Some(&mut self.$form)
        }
    };
}

/// The list of a screen: a member of it.
macro_rules! has_list {
    ($list:ident) => {
        fn list(&self) -> Option<&dyn $crate::app::screen::RowList> {
            Some(&self.$list)
        }

        fn list_mut(&mut self) -> Option<&mut dyn $crate::app::screen::RowList> {
            Some(&mut self.$list)
        }
    };
}

pub mod about;
mod check_in;
mod commit;
mod commitments;
mod compare;
mod entry_page;
mod filtered_list;
mod form_actions;
mod history;
mod home;
mod inbox;
mod item;
mod item_text;
pub mod ladder;
mod last_look;
mod list;
mod lists;
mod month_wrap_up;
mod months;
mod note;
mod page;
mod panel;
pub mod people;
mod person;
pub mod portfolio;
mod preview;
mod review;
mod rule_results;
pub mod search;
mod sections;
mod settle;
mod summary;
mod trends;

pub use about::AboutPage;
pub use check_in::CheckInForm;
pub use commit::CommitForm;
pub use commitments::{CommitmentRow, Commitments};
pub use compare::{Compare, Comparison, DatedAnswer};
pub use entry_page::{EntryPage, LifeSign, LifeStep};
pub(super) use filtered_list::turn_page;
pub use filtered_list::{FilterRow, FilteredList, ListFilter, RowList, SortKey, SortOrder};
pub(super) use form_actions::practice_route;
pub use history::History;
pub use home::{EndedCommitment, Home, LowerPanels, MonthOfHome, OpenCommitment, WalkPractice};
pub use inbox::{InboxPage, NoteRow, Places};
pub use item::ItemForm;
pub use ladder::LadderPage;
pub use last_look::{LastLook, LookRow};
pub use list::{ItemRow, List};
pub use lists::{Lists, ListsSection};
pub use month_wrap_up::{MonthProblem, MonthWrapUp, StepContent, WrapUpStep};
pub use months::{BoxedProblem, MonthBoxes, MonthContent};
pub use note::NoteForm;
pub use page::{PracticePage, RowChange};
pub(super) use page::{WALKS, words_checksum};
pub use people::{People, PersonRow};
pub use person::{MentionHeading, MentionRow, PersonPage};
pub use portfolio::PortfolioPage;
pub use preview::Preview;
pub use review::ReviewPage;
pub use search::{PastWeek, Search, SearchLine, SearchRow};
pub use sections::{SectionLine, Sections};
pub use settle::{SettlePage, SettleRow, SettleText};
pub use summary::{Summary, SummaryLine};
pub use trends::Trends;

use super::ClickTarget;
use super::editor::TextInput;
use super::form::{Form, FormEvent};
use super::keys::{Action, Binding, KeyContext, KeyTable};
use super::route::{Navigation, Outcome, Route};
use super::search_cache::SearchCache;
use super::window::WindowSize;
use crate::calendar::Now;
use crate::journal::search::SearchIndex;
use crate::journal::{Change, Entry, Id, Journal, OffDays};
use crate::ladder::{Ladder, UserLadder};
use crate::practice::Catalog;
use crate::report::PageFormat;
use crate::store::WalkedPages;

/// What a screen may read.
#[derive(Clone, Copy, Debug)]
pub struct Scene<'a> {
    pub now: Now,
    pub catalog: &'a Catalog,
    pub keys: &'a KeyTable,
    pub ladder: &'a UserLadder,
    pub journal: &'a Journal,
    pub search_cache: &'a SearchCache,
    pub walked_pages: &'a WalkedPages,
    pub window: WindowSize,
}

impl<'a> Scene<'a> {
    /// The career ladder, if there is one without mistakes.
    pub(super) fn ladder(self) -> Option<&'a Ladder> {
        self.ladder.as_ref().ok()?.as_ref()
    }

    pub(super) fn off_days(self) -> OffDays {
        OffDays::of(self.journal, self.catalog)
    }

    fn with_index<T>(self, look: impl FnOnce(&mut SearchIndex) -> T) -> T {
        self.search_cache
            .with_index(self.journal, self.catalog, look)
    }
}

/// What a screen is: its name, its keys and what they do.
///
/// Every screen answers for itself, in its own file; nothing else asks which screen it is, except
/// the views. The defaults are those of a screen that is only read, and of its form or list if it
/// has one.
pub trait ScreenState {
    /// The route that opens it.
    fn route(&self) -> Route;

    /// Its name in the header; `None` on Home.
    fn title(&self) -> Option<String>;

    /// What an action of the key table does here, beside moving among rows and leaving a screen
    /// without a form.
    fn run(&mut self, _: Action, _: Scene<'_>) -> Outcome {
        Outcome::stay()
    }

    /// Leaves a screen without a form, or a part of it.
    fn back(&mut self) -> Outcome {
        Outcome::back()
    }

    /// Runs an action of the key table: among its rows, or else here. Says so if a save of its form
    /// replaces text that another program saved meanwhile.
    fn act(&mut self, action: Action, scene: Scene<'_>) -> Outcome {
        if self.list_mut().is_some_and(|list| list.act(action)) {
            return Outcome::stay();
        }
        if let Some((cursor, count)) = self.rows()
            && filtered_list::move_cursor(action, cursor, count)
        {
            return Outcome::stay();
        }
        let form = self.form();
        if form.is_none() && action == Action::Back {
            return self.back();
        }
        let replaced = form.and_then(form_actions::replaced_text_notice);
        let outcome = self.run(action, scene);
        match replaced {
            Some(replaced) if !outcome.changes.is_empty() => {
                // Another screen has another key for it, or none.
                let stays = outcome.navigation == Navigation::Stay;
                let key = scene.keys.key_name(KeyContext::Form, Action::History);
                let key = if stays {
                    format!(", {key}")
                } else {
                    String::new()
                };
                outcome.with_notice(format!("{replaced}{key}."))
            }
            _ => outcome,
        }
    }

    /// Updates it from the journal and the clock, and keeps what is being typed.
    fn refresh(&mut self, scene: Scene<'_>);

    /// Whether [`ScreenState::act`] has something to do for an action now. Not asked for actions
    /// that work on every screen.
    fn is_enabled(&self, action: Action) -> bool {
        match (self.form(), self.list()) {
            (Some(form), _) => form.is_enabled(action),
            (None, Some(list)) => list.is_enabled(action),
            (None, None) => false,
        }
    }

    /// Its own contexts for the key table, the narrowest first; not those of any screen.
    fn own_contexts(&self) -> &'static [KeyContext] {
        &[KeyContext::Reading]
    }

    /// All its contexts, the narrowest first.
    fn contexts(&self) -> Vec<KeyContext> {
        let own = self.own_contexts();
        if let Some(form) = self.form() {
            // No `Browsing` here: a form keeps what is typed.
            let form_contexts = [KeyContext::Form, KeyContext::Anywhere];
            return [&form.contexts(), own, &form_contexts].concat();
        }
        if self.is_typing() {
            return vec![KeyContext::FilterInput, KeyContext::Anywhere];
        }
        browsing(own)
    }

    /// What a binding does here, if not what the table says.
    fn label(&self, binding: &Binding) -> Option<String> {
        match (self.form(), self.list()) {
            (Some(form), _) => form_actions::label(form, self.save_label(), binding),
            (None, Some(list)) => filtered_list::list_label(list, binding),
            (None, None) => None,
        }
    }

    /// What saving its form is called.
    fn save_label(&self) -> &'static str {
        if self.is_deleted() {
            "save as new"
        } else {
            "save"
        }
    }

    fn form(&self) -> Option<&Form> {
        None
    }

    fn form_mut(&mut self) -> Option<&mut Form> {
        None
    }

    /// What follows from a key, an action or a click in its form.
    fn after_form_event(&mut self, event: FormEvent, scene: Scene<'_>) -> Outcome {
        if event == FormEvent::Finished {
            return self.act(Action::Save, scene);
        }
        self.form_mut()
            .map_or_else(Outcome::stay, |form| form_actions::after_event(form, event))
    }

    /// Its list, if it has one that is filtered.
    fn list(&self) -> Option<&dyn RowList> {
        None
    }

    fn list_mut(&mut self) -> Option<&mut dyn RowList> {
        None
    }

    /// Chooses the row of an entry that was just saved or came back; returns whether it has one.
    fn choose_entry(&mut self, _id: &Id) -> bool {
        false
    }

    /// Whether a text field has the focus, so that characters are typed.
    fn is_typing(&self) -> bool {
        self.form().is_some_and(Form::is_typing)
            || self.list().is_some_and(|list| list.filter().is_typing)
    }

    /// Types into the text field that has the focus; `None` if no field can have it.
    fn input(&mut self, input: TextInput<'_>, scene: Scene<'_>) -> Option<Outcome> {
        if let Some(list) = self.list_mut() {
            return list.input(input).then(Outcome::stay);
        }
        form_actions::type_into_form(self, input, scene)
    }

    /// The position of the chosen row and how many there are, if the keys move among rows.
    fn rows(&mut self) -> Option<(&mut usize, usize)> {
        let list = self.list_mut()?;
        let count = list.shown_count();
        Some((list.cursor_mut(), count))
    }

    /// The position of the chosen row, if its rows can be clicked.
    fn cursor_mut(&mut self) -> Option<&mut usize> {
        self.rows().map(|(cursor, _)| cursor)
    }

    /// A click on a row chooses it, or opens it if it is chosen already.
    fn click_row(&mut self, at: usize, scene: Scene<'_>) -> Outcome {
        match self.cursor_mut() {
            Some(cursor) if *cursor == at => return self.act(Action::Open, scene),
            Some(cursor) => *cursor = at,
            None => {}
        }
        Outcome::stay()
    }

    /// A click on a row, or on something else that only this screen knows.
    fn click(&mut self, target: ClickTarget, scene: Scene<'_>) -> Outcome {
        match target {
            ClickTarget::Row(at) => self.click_row(at, scene),
            _ => Outcome::stay(),
        }
    }

    /// Takes the first line of a long text that is really shown, however far it was scrolled.
    fn limit_scroll(&mut self, _: usize) {}

    fn focused_entry(&self, _: Scene<'_>) -> Option<Id> {
        None
    }

    /// The screen that settles the fields with two texts of the focused entry, if it has some.
    fn settle_route(&self, scene: Scene<'_>) -> Option<Route> {
        let id = self.focused_entry(scene)?;
        let unsettled = scene.journal.unsettled(&id);
        (!unsettled.is_empty()).then_some(Route::Settle(Some(id)))
    }

    /// Whether another program deleted the form's entry, so that saving adds a new one.
    fn is_deleted(&self) -> bool {
        self.form().is_some_and(|form| form.is_deleted)
    }

    /// Points the form of a deleted entry to the new entry that it was saved as.
    fn repoint_to(&mut self, _: &Id) {}

    /// Whether what was to do here is done, so that it is left once it is shown again.
    fn is_finished(&self) -> bool {
        false
    }

    /// Whether the walk continues here after a break.
    fn is_walk_position(&self) -> bool {
        false
    }

    /// The changes to save before the program quits; `None` if there are none or a field is
    /// invalid, so that what was typed stays a draft.
    fn save_on_quit(&mut self, _: Scene<'_>) -> Option<Vec<Change>> {
        None
    }

    /// Remembers a version that was written from a row in its form, so that it can be undone there.
    fn record_row_change(&mut self, _row: Id, _entry: &Entry) {}

    /// Removes and returns what was last done to the chosen row in its form.
    fn take_row_change(&mut self) -> Option<RowChange> {
        None
    }

    /// The expectation of the ladder that the first entry it saves stands for.
    fn stands_for(&self) -> Option<String> {
        None
    }

    /// What follows from another size of the window; most screens ask only when they are drawn.
    fn resized(&mut self, _: Scene<'_>) {}

    /// Updates it when only the portfolio choices of `entries` have changed.
    fn refresh_choices(&mut self, _entries: &[Id], scene: Scene<'_>) {
        self.refresh(scene);
    }

    /// The suggested name of the file it is exported to, if the user is asked for one.
    fn export_name(&self) -> Option<String> {
        None
    }

    /// What is exported to a file of this format.
    fn export_text(&self, _: PageFormat, _: Scene<'_>) -> Option<String> {
        None
    }

    /// What to save once it is exported.
    fn change_once_exported(&self, _: Scene<'_>) -> Option<Change> {
        None
    }
}

/// The contexts where no text field has the focus.
fn browsing(own: &[KeyContext]) -> Vec<KeyContext> {
    let any = [
        KeyContext::Closable,
        KeyContext::Browsing,
        KeyContext::Anywhere,
    ];
    [own, &any].concat()
}

macro_rules! screens {
    ($($screen:ident($state:ident),)*) => {
        /// One of the screens; each type says what it is.
        #[derive(Clone, Debug)]
        pub enum Screen {
            $($screen($state),)*
        }

        impl Screen {
            /// What it is, whichever screen it is.
            pub fn state(&self) -> &dyn ScreenState {
                match self {
                    $(Self::$screen(state) => state,)*
                }
            }

            pub fn state_mut(&mut self) -> &mut dyn ScreenState {
                match self {
                    $(Self::$screen(state) => state,)*
                }
            }
        }
    };
}

screens! {
    Home(Home),
    Page(PracticePage),
    Commit(CommitForm),
    CheckIn(CheckInForm),
    Commitments(Commitments),
    Months(MonthBoxes),
    List(List),
    Item(ItemForm),
    Review(ReviewPage),
    Summary(Summary),
    Trends(Trends),
    Compare(Compare),
    MonthWrapUp(MonthWrapUp),
    History(History),
    Settle(SettlePage),
    Preview(Preview),
    Lists(Lists),
    People(People),
    Portfolio(PortfolioPage),
    Ladder(LadderPage),
    LastLook(LastLook),
    Person(PersonPage),
    Inbox(InboxPage),
    Note(NoteForm),
    Search(Search),
    About(AboutPage),
}

impl Screen {
    /// The screen of a route, or `None` if what it names no longer exists.
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
            Route::Item { register, source } => {
                Self::Item(ItemForm::new(register, source.clone(), scene)?)
            }
            Route::Review(span) => Self::Review(ReviewPage::new(*span, scene)),
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
            Route::Ladder => Self::Ladder(LadderPage::new(scene)),
            Route::LastLook(subject, span) => {
                Self::LastLook(LastLook::new(subject.clone(), *span, scene)?)
            }
            Route::Person(name) => Self::Person(PersonPage::new(name, scene)),
            Route::Inbox => Self::Inbox(InboxPage::new(scene)),
            Route::Note => Self::Note(NoteForm::new(scene)?),
            Route::Search => Self::Search(Search::new(scene)),
            Route::Timeline => Self::Search(Search::timeline(scene)),
            Route::About => Self::About(AboutPage),
        })
    }
}
