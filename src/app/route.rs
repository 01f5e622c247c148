//! Where one can be, and what a screen asks for: both below the screens, which know only these.

use super::Effect;
use crate::calendar::{Month, Span, Week};
use crate::journal::{Change, Id};

/// A screen to go to.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Route {
    /// The week at a glance.
    Home,
    /// A page of a practice, for a week.
    Page {
        /// The practice's id.
        practice: String,
        /// The week its answers are for.
        week: Week,
        /// Which of its pages, from 1.
        page: u32,
    },
    /// A commitment to be made or changed.
    Commit(Source),
    /// How a commitment went.
    CheckIn(Id),
    /// All commitments.
    Commitments,
    /// Twelve boxes a year.
    Months,
    /// The items of a register, or of one month of it.
    List {
        /// The register's id.
        register: String,
        /// The month, when only one is wanted.
        month: Option<Month>,
    },
    /// One item.
    Item {
        /// The register's id.
        register: String,
        /// Which; a new one when none.
        id: Option<Id>,
    },
    /// A span looked back on.
    Review(Span),
    /// What was answered in a week, and what was not.
    Summary(Week),
    /// A practice over time.
    OverTime(String),
    /// One question and all its answers.
    Compare {
        /// The practice's id.
        practice: String,
        /// The step's id.
        step: String,
    },
    /// Looking back on a month.
    Guide(Month),
    /// Every version of one entry.
    History(Id),
    /// The fields that two machines said differently: of one entry, or of all.
    Settle(Option<Id>),
    /// One item as it is told to others.
    Story(Id),
    /// Everything that is kept.
    Lists,
    /// Everybody who is named anywhere.
    People,
    /// What stands before whoever decides.
    Portfolio,
    /// One of them, by a name in whatever spelling.
    Person(String),
    /// What was last looked for, to look for more.
    Search,
    /// Everything as time went.
    Timeline,
    /// What this is.
    About,
}

/// Where a new commitment comes from.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Source {
    /// From nowhere in particular.
    Alone,
    /// From the walk, after a practice, in a week.
    Walk(String, Week),
    /// From an answer or an item.
    Entry(Id),
    /// It is there already, and is to be changed.
    Changed(Id),
}

/// What a screen asks for.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Outcome {
    /// Versions to write first; when that fails, nothing else happens.
    pub changes: Vec<Change>,
    /// What then.
    pub then: Then,
    /// Something to tell the user.
    pub notice: Option<String>,
    /// Whether words were typed that are not saved yet.
    pub typed: bool,
    /// Whether those words must be put down at once.
    pub moved: bool,
    /// The row of a list in a form that the last of `changes` is about.
    pub row: Option<Id>,
    /// Something to be done outside, beside the saving.
    pub effect: Option<Effect>,
}

/// Where to go.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub enum Then {
    /// Nowhere.
    #[default]
    Stay,
    /// To another screen, this one staying behind it.
    Open(Route),
    /// The same, with the keys in one of its fields.
    OpenAt(Route, String),
    /// To another screen in the place of this one.
    Replace(Route),
    /// To the item that was just written, this screen staying behind it.
    OpenSaved,
    /// To the screen behind this one.
    Back,
    /// Out of the program.
    Quit,
}

impl Outcome {
    /// Nothing happens.
    #[must_use]
    pub fn stay() -> Self {
        Self::default()
    }

    /// Another screen, this one staying behind it.
    #[must_use]
    pub fn open(route: Route) -> Self {
        Self::then(Then::Open(route))
    }

    /// The screen behind this one.
    #[must_use]
    pub fn back() -> Self {
        Self::then(Then::Back)
    }

    /// Somewhere.
    #[must_use]
    pub fn then(then: Then) -> Self {
        Self {
            then,
            ..Self::default()
        }
    }

    /// Something to tell the user.
    #[must_use]
    pub fn telling(mut self, notice: impl Into<String>) -> Self {
        self.notice = Some(notice.into());
        self
    }

    /// Something to be done outside.
    #[must_use]
    pub fn causing(mut self, effect: Effect) -> Self {
        self.effect = Some(effect);
        self
    }

    /// More versions to write, before its own.
    #[must_use]
    pub fn saving_first(mut self, mut changes: Vec<Change>) -> Self {
        changes.append(&mut self.changes);
        self.changes = changes;
        self
    }

    /// The row of a list in a form that the last of the versions is about.
    #[must_use]
    pub fn of_row(mut self, row: Option<Id>) -> Self {
        self.row = row.filter(|_| !self.changes.is_empty());
        self
    }

    /// Versions to write first.
    #[must_use]
    pub fn saving(mut self, changes: Vec<Change>) -> Self {
        self.changes = changes;
        self
    }
}

impl Route {
    /// The name of a screen that words are typed on, the same in every run; none for the others.
    #[must_use]
    pub fn name(&self) -> Option<String> {
        Some(match self {
            Self::Page {
                practice,
                week,
                page,
            } => format!("page/{practice}/{week}/{page}"),
            Self::Commit(Source::Alone) => "commit".to_owned(),
            Self::Commit(Source::Walk(practice, week)) => format!("commit/{practice}/{week}"),
            Self::Commit(Source::Entry(id)) => format!("commit-from/{id}"),
            Self::Commit(Source::Changed(id)) => format!("commitment/{id}"),
            Self::CheckIn(id) => format!("check-in/{id}"),
            Self::Item { register, id: None } => format!("new/{register}"),
            Self::Item {
                register,
                id: Some(id),
            } => format!("item/{register}/{id}"),
            Self::Home
            | Self::Commitments
            | Self::Months
            | Self::List { .. }
            | Self::Review(_)
            | Self::Summary(_)
            | Self::OverTime(_)
            | Self::Compare { .. }
            | Self::Guide(_)
            | Self::History(_)
            | Self::Settle(_)
            | Self::Story(_)
            | Self::Lists
            | Self::People
            | Self::Portfolio
            | Self::Person(_)
            | Self::Search
            | Self::Timeline
            | Self::About => return None,
        })
    }

    /// The screen with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
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
            "commit" if rest.is_empty() => Self::Commit(Source::Alone),
            "commit" => {
                let (practice, week) = rest.split_once('/')?;
                Self::Commit(Source::Walk(practice.to_owned(), week.parse().ok()?))
            }
            "commit-from" => Self::Commit(Source::Entry(Id::new(rest))),
            "commitment" => Self::Commit(Source::Changed(Id::new(rest))),
            "check-in" => Self::CheckIn(Id::new(rest)),
            "new" => Self::Item {
                register: rest.to_owned(),
                id: None,
            },
            "item" => {
                let (register, id) = rest.split_once('/')?;
                Self::Item {
                    register: register.to_owned(),
                    id: Some(Id::new(id)),
                }
            }
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
            Route::Commit(Source::Alone),
            Route::Commit(Source::Walk("audit".into(), week)),
            Route::Commit(Source::Entry(Id::new("item/skills/a"))),
            Route::Commit(Source::Changed(Id::new("0192"))),
            Route::CheckIn(Id::new("0192")),
            Route::Item {
                register: "problems".into(),
                id: None,
            },
            Route::Item {
                register: "skills".into(),
                id: Some(Id::new("item/skills/a")),
            },
        ] {
            let name = route.name().expect("a name");
            assert_eq!(Route::named(&name), Some(route));
        }
        for name in ["", "page/", "page/audit/x/1", "nowhere/1", "item/x"] {
            assert_eq!(Route::named(name), None, "{name}");
        }
    }
}
