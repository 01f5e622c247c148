//! Routes and outcomes: all that screens know about navigation.

use super::Effect;
use crate::calendar::{Month, Span, Week};
use crate::insight::PageSubject;
use crate::journal::{Change, Id};

#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Route {
    /// The week at a glance.
    Home,
    Page {
        /// The practice's id.
        practice: String,
        /// The week its answers are for.
        week: Week,
        /// Which of its pages, from 1.
        page: u32,
    },
    /// A commitment to make or change.
    Commit(CommitSource),
    CheckIn(Id),
    Commitments,
    /// Twelve boxes a year.
    Months,
    /// The items of a register, or those of one month.
    List {
        /// The register's id.
        register: String,
        /// The month, if only one is shown.
        month: Option<Month>,
    },
    Item {
        /// The register's id; empty for a joined name, of which there is one list.
        register: String,
        source: ItemSource,
    },
    Review(Span),
    /// What was answered and skipped in a week.
    Summary(Week),
    Trends(String),
    /// One question and all its answers.
    Compare {
        /// The practice's id.
        practice: String,
        /// The step's id.
        step: String,
    },
    MonthWrapUp(Month),
    /// Every version of one entry.
    History(Id),
    /// The fields with two texts from two machines: of one entry, or of all.
    Settle(Option<Id>),
    /// The preview of an item, as others read it.
    Preview(Id),
    Lists,
    /// Everyone who is named anywhere.
    People,
    /// Evidence for those who decide.
    Portfolio,
    Ladder,
    /// A last look at a page for others, of these days.
    LastLook(PageSubject, Span),
    /// One person, by name in any spelling.
    Person(String),
    /// The notes that wait in the inbox.
    Inbox,
    /// A note being caught.
    Note,
    /// The search, with the last query.
    Search,
    /// Every entry by time.
    Timeline,
    About,
}

/// Where a new commitment comes from.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum CommitSource {
    /// From nothing in particular.
    Blank,
    /// From the walk, after a practice in a week.
    Walk(String, Week),
    /// From an answer or an item.
    Entry(Id),
    /// It already exists and is being changed.
    Existing(Id),
    /// From an expectation of the ladder, by its id.
    Expectation(String),
}

impl CommitSource {
    /// The commitment being changed, if it already exists.
    pub fn existing(&self) -> Option<&Id> {
        match self {
            Self::Existing(id) => Some(id),
            _ => None,
        }
    }
}

#[derive(Clone, Debug, Eq, PartialEq)]
pub enum ItemSource {
    /// It is new, from nothing in particular.
    New,
    /// It already exists and is being changed.
    Existing(Id),
    /// It is new and is to stand for an expectation of the ladder, by its id.
    For(String),
    /// It is a new joined name: another name of the person who is asked for.
    Joining(String),
}

impl ItemSource {
    /// The item being changed, if it already exists.
    pub fn existing(&self) -> Option<&Id> {
        match self {
            Self::Existing(id) => Some(id),
            Self::New | Self::For(_) | Self::Joining(_) => None,
        }
    }
}

#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Outcome {
    /// Versions to save first; if that fails, nothing else happens.
    pub changes: Vec<Change>,
    pub navigation: Navigation,
    /// Something to tell the user.
    pub notice: Option<String>,
    /// Whether the notice also names the key that undoes what was saved.
    pub offers_undo: bool,
    /// The row of a list in a form that the last of `changes` belongs to.
    pub row: Option<Id>,
    /// An effect outside the model; a draft that changed is one, too.
    pub effect: Option<Effect>,
}

#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub enum Navigation {
    #[default]
    Stay,
    /// To another screen, with this one behind it.
    Open(Route),
    /// The same, with one of its fields focused.
    OpenAt(Route, String),
    /// To another screen, which replaces this one.
    Replace(Route),
    /// To the item that was just saved, with this screen behind it.
    OpenSaved,
    /// To the next commitment that is due; after the last one on with the walk that asked for them,
    /// or to the screen behind this one.
    NextDue,
    /// To the screen behind this one.
    Back,
    /// Out of the program.
    Quit,
}

impl Outcome {
    pub fn stay() -> Self {
        Self::default()
    }

    /// Opens another screen, with this one behind it.
    pub fn open(route: Route) -> Self {
        Self::navigate(Navigation::Open(route))
    }

    pub fn open_if(route: Option<Route>) -> Self {
        Self::navigate_if(route.map(Navigation::Open))
    }

    /// Goes to the screen behind this one.
    pub fn back() -> Self {
        Self::navigate(Navigation::Back)
    }

    pub fn navigate(then: Navigation) -> Self {
        Self {
            navigation: then,
            ..Self::default()
        }
    }

    /// Stays if there is nowhere to go.
    pub fn navigate_if(then: Option<Navigation>) -> Self {
        then.map_or_else(Self::stay, Self::navigate)
    }

    /// What happens once `changes` are saved; stays if there are none because a field is invalid.
    pub(super) fn once_saved(changes: Option<Vec<Change>>, then: impl FnOnce() -> Self) -> Self {
        changes.map_or_else(Self::stay, |changes| then().saving(changes))
    }

    /// Goes elsewhere once its versions are saved; stays if there are none.
    pub fn then(self, navigation: Navigation) -> Self {
        if self.changes.is_empty() {
            return self;
        }
        Self { navigation, ..self }
    }

    /// Also tells the user something.
    pub fn with_notice(mut self, notice: impl Into<String>) -> Self {
        self.notice = Some(notice.into());
        self.offers_undo = false;
        self
    }

    /// Saves versions and says so, with the key that undoes it.
    pub fn saving_undoable(self, changes: Vec<Change>, notice: impl Into<String>) -> Self {
        Self {
            offers_undo: !changes.is_empty(),
            ..self.saving(changes).with_notice(notice)
        }
    }

    pub fn with_effect(mut self, effect: Effect) -> Self {
        self.effect = Some(effect);
        self
    }

    /// Saves more versions, before its own.
    pub fn saving_before(mut self, mut changes: Vec<Change>) -> Self {
        changes.append(&mut self.changes);
        self.changes = changes;
        self
    }

    /// Names the row of a list in a form that the last version belongs to.
    pub fn for_row(mut self, row: Option<Id>) -> Self {
        self.row = row.filter(|_| !self.changes.is_empty());
        self
    }

    /// Saves versions first.
    pub fn saving(mut self, changes: Vec<Change>) -> Self {
        self.changes = changes;
        self
    }
}

impl Route {
    /// The entry that its form changes, if that is the same for all fields.
    pub fn edited_entry(&self) -> Option<&Id> {
        match self {
            Self::CheckIn(id) => Some(id),
            Self::Commit(source) => source.existing(),
            Self::Item { source, .. } => source.existing(),
            _ => None,
        }
    }

    /// A page of a practice, from 1.
    pub fn page(practice: &str, week: Week, page: u32) -> Self {
        Self::Page {
            practice: practice.to_owned(),
            week,
            page,
        }
    }

    /// The items of a register, or those of one month.
    pub fn list(register: &str, month: Option<Month>) -> Self {
        Self::List {
            register: register.to_owned(),
            month,
        }
    }

    /// All answers to a question.
    pub fn compare(practice: &str, step: &str) -> Self {
        Self::Compare {
            practice: practice.to_owned(),
            step: step.to_owned(),
        }
    }

    pub fn item(register: &str, id: &Id) -> Self {
        Self::item_from(register, ItemSource::Existing(id.clone()))
    }

    pub fn new_item(register: &str) -> Self {
        Self::item_from(register, ItemSource::New)
    }

    /// An item of a register, wherever it comes from.
    pub fn item_from(register: &str, source: ItemSource) -> Self {
        Self::Item {
            register: register.to_owned(),
            source,
        }
    }

    /// The name of a screen with a form, for drafts on disk; `None` for the others.
    pub fn name(&self) -> Option<String> {
        Some(match self {
            Self::Page {
                practice,
                week,
                page,
            } => format!("page/{practice}/{week}/{page}"),
            Self::Commit(CommitSource::Blank) => "commit".to_owned(),
            Self::Commit(CommitSource::Walk(practice, week)) => format!("commit/{practice}/{week}"),
            Self::Commit(CommitSource::Entry(id)) => format!("commit-from/{id}"),
            Self::Commit(CommitSource::Existing(id)) => format!("commitment/{id}"),
            Self::Commit(CommitSource::Expectation(id)) => format!("commit-for/{id}"),
            Self::CheckIn(id) => format!("check-in/{id}"),
            Self::Note => "note".to_owned(),
            Self::Item { register, source } => match source {
                ItemSource::New => format!("new/{register}"),
                ItemSource::Existing(id) => format!("item/{register}/{id}"),
                ItemSource::For(expectation) => format!("new-for/{register}/{expectation}"),
                ItemSource::Joining(name) => format!("join/{name}"),
            },
            _ => return None,
        })
    }

    pub fn from_name(name: &str) -> Option<Self> {
        let (kind, rest) = name.split_once('/').unwrap_or((name, ""));
        Some(match kind {
            "page" => {
                let mut parts = rest.split('/');
                Self::Page {
                    practice: parts.next()?.to_owned(),
                    week: parts.next()?.parse().ok()?,
                    page: parts.next()?.parse().ok()?,
                }
            }
            "commit" if rest.is_empty() => Self::Commit(CommitSource::Blank),
            "commit" => {
                let (practice, week) = rest.split_once('/')?;
                Self::Commit(CommitSource::Walk(practice.to_owned(), week.parse().ok()?))
            }
            "commit-from" => Self::Commit(CommitSource::Entry(Id::new(rest))),
            "commitment" => Self::Commit(CommitSource::Existing(Id::new(rest))),
            "commit-for" => Self::Commit(CommitSource::Expectation(rest.to_owned())),
            "note" if rest.is_empty() => Self::Note,
            "check-in" => Self::CheckIn(Id::new(rest)),
            "new" => Self::new_item(rest),
            "item" => {
                let (register, id) = rest.split_once('/')?;
                Self::item(register, &Id::new(id))
            }
            "new-for" => {
                let (register, expectation) = rest.split_once('/')?;
                Self::item_from(register, ItemSource::For(expectation.to_owned()))
            }
            "join" => Self::item_from("", ItemSource::Joining(rest.to_owned())),
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_screen_is_found_again_by_its_name() {
        let week: Week = "2026-W48".parse().expect("a week");
        for route in [
            Route::Page {
                practice: "audit".into(),
                week,
                page: 2,
            },
            Route::Commit(CommitSource::Blank),
            Route::Commit(CommitSource::Walk("audit".into(), week)),
            Route::Commit(CommitSource::Entry(Id::new("item/skills/a"))),
            Route::Commit(CommitSource::Existing(Id::new("0192"))),
            Route::CheckIn(Id::new("0192")),
            Route::Note,
            Route::new_item("problems"),
            Route::item("skills", &Id::new("item/skills/a")),
            Route::item_from("", ItemSource::Joining("Ana/Bo".into())),
            Route::Commit(CommitSource::Expectation("lead/craft".into())),
            Route::item_from("problems", ItemSource::For("lead/craft".into())),
        ] {
            let name = route.name().expect("a name");
            assert_eq!(Route::from_name(&name), Some(route));
        }
        for name in ["", "page/", "page/audit/x/1", "nowhere/1", "item/x"] {
            assert_eq!(Route::from_name(name), None, "{name}");
        }
    }
}
