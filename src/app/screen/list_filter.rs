//! The filter and the sort order of a list. Knows no rows.

use chrono::{Datelike, NaiveDate};

use crate::app::editor::Editor;
use crate::app::keys::Action;
use crate::journal::search::RowMatcher;

/// Filter and sort order of a list.
#[derive(Clone, Debug)]
pub struct ListFilter {
    /// The typed filter; if empty, everything is shown.
    pub editor: Editor,
    /// Whether the filter has the focus.
    pub is_typing: bool,
    /// The order of the rows.
    pub order: SortOrder,
}

/// The order of a list's rows.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum SortOrder {
    /// The order of the list: open ones before closed ones.
    #[default]
    Open,
    /// Newest first.
    Newest,
    /// Oldest first.
    Oldest,
    /// By stage, the first stage first.
    Stage,
    Title,
}

/// What a row is sorted by.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct SortKey {
    /// The day it is listed under.
    pub day: Option<NaiveDate>,
    /// The position of its stage, from 0.
    pub stage: usize,
}

impl SortKey {
    /// The year it is listed under, in an order by days; in the order of the list only if it has
    /// ended.
    pub(super) fn year_in(&self, order: SortOrder, has_ended: bool) -> Option<i32> {
        let by_day = match order {
            SortOrder::Open => has_ended,
            SortOrder::Newest | SortOrder::Oldest => true,
            SortOrder::Stage | SortOrder::Title => false,
        };
        self.day.filter(|_| by_day).map(|day| day.year())
    }
}

impl Default for ListFilter {
    fn default() -> Self {
        Self {
            editor: Editor::single_line(""),
            is_typing: false,
            order: SortOrder::default(),
        }
    }
}

impl ListFilter {
    /// Whether a filter is set.
    #[must_use]
    pub fn is_active(&self) -> bool {
        !self.editor.is_blank()
    }

    /// Runs an action of the filter or the order; returns whether it was one.
    pub(super) fn act(&mut self, action: Action) -> bool {
        match action {
            Action::Find => self.is_typing = true,
            Action::ApplyFilter => self.is_typing = false,
            Action::ClearFilter => self.clear(),
            // Back clears the filter before it leaves the list.
            Action::Back if self.is_active() => self.clear(),
            Action::Sort => self.order = self.order.next(),
            _ => return false,
        }
        true
    }

    pub(super) fn matcher(&self) -> RowMatcher {
        RowMatcher::new(&self.editor.text())
    }

    fn clear(&mut self) {
        self.is_typing = false;
        self.editor.replace("");
    }
}

impl SortOrder {
    /// Its name, for the head of a list.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Open => "open first",
            Self::Newest => "newest first",
            Self::Oldest => "oldest first",
            Self::Stage => "by stage",
            Self::Title => "by title",
        }
    }

    fn next(self) -> Self {
        match self {
            Self::Open => Self::Newest,
            Self::Newest => Self::Oldest,
            Self::Oldest => Self::Stage,
            Self::Stage => Self::Title,
            Self::Title => Self::Open,
        }
    }
}
