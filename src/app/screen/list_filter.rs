//! Filter and sort order of a list.
//!
//! Knows the text of rows, but not where they come from or how they are drawn.

use std::cmp::Reverse;

use chrono::NaiveDate;
use crossterm::event::KeyEvent;

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

/// A row that can be filtered and sorted.
pub(super) trait FilterRow {
    /// Identifies the row, also after the list is rebuilt.
    type Key: PartialEq;
    /// See [`FilterRow::Key`].
    fn row_key(&self) -> &Self::Key;
    /// The text that the filter searches.
    fn filter_text(&self) -> String;
    fn title(&self) -> &str;
    fn sort_key(&self) -> &SortKey;
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

    /// Takes a key as typing; returns whether the filter changed.
    pub(super) fn type_key(&mut self, key: KeyEvent) -> bool {
        self.is_typing && self.editor.input(key)
    }

    /// Takes pasted text; returns whether the filter changed.
    pub(super) fn paste(&mut self, words: &str) -> bool {
        self.is_typing && self.editor.paste(words)
    }

    /// The rows of `all` that are shown, sorted.
    fn filtered<Row: FilterRow + Clone>(&self, all: &[Row]) -> Vec<Row> {
        let matcher = RowMatcher::new(&self.editor.text());
        let mut rows: Vec<Row> = all
            .iter()
            .filter(|row| matcher.matches(&row.filter_text()))
            .cloned()
            .collect();
        match self.order {
            SortOrder::Open => {}
            // A row without a day was never touched and comes last.
            SortOrder::Newest => rows.sort_by_key(|row| Reverse(row.sort_key().day)),
            SortOrder::Oldest => {
                rows.sort_by_key(|row| (row.sort_key().day.is_none(), row.sort_key().day));
            }
            SortOrder::Stage => rows.sort_by_key(|row| row.sort_key().stage),
            SortOrder::Title => rows.sort_by_cached_key(|row| row.title().to_lowercase()),
        }
        rows
    }

    /// Filters `all` into `rows`; the chosen row stays chosen if it is still shown.
    pub(super) fn apply<Row: FilterRow + Clone>(
        &self,
        all: &[Row],
        rows: &mut Vec<Row>,
        cursor: &mut usize,
    ) {
        let sifted = self.filtered(all);
        let chosen = rows.get(*cursor).map(FilterRow::row_key);
        *cursor = sifted
            .iter()
            .position(|row| Some(row.row_key()) == chosen)
            .unwrap_or((*cursor).min(sifted.len().saturating_sub(1)));
        *rows = sifted;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Clone)]
    struct TestRow(&'static str, SortKey);

    impl FilterRow for TestRow {
        type Key = &'static str;

        fn row_key(&self) -> &&'static str {
            &self.0
        }

        fn filter_text(&self) -> String {
            self.0.to_owned()
        }

        fn title(&self) -> &str {
            self.0
        }

        fn sort_key(&self) -> &SortKey {
            &self.1
        }
    }

    fn test_row(title: &'static str, day: Option<&str>, stage: usize) -> TestRow {
        let day = day.map(|day| day.parse().expect("a day"));
        TestRow(title, SortKey { day, stage })
    }

    #[track_caller]
    fn check(filter: &str, order: SortOrder, expected: &[&str]) {
        let all = [
            test_row("Slow reviews", Some("2026-11-02"), 1),
            test_row("äußere Türen", None, 0),
            test_row("Build queue", Some("2026-11-20"), 2),
            test_row("slow builds", Some("2026-10-01"), 0),
        ];
        let sift = ListFilter {
            editor: Editor::single_line(filter),
            is_typing: false,
            order,
        };
        let titles: Vec<&str> = sift.filtered(&all).iter().map(|row| row.0).collect();
        assert_eq!(titles, expected, "{filter} {order:?}");
    }

    #[test]
    fn every_word_looked_for_is_found_in_any_case() {
        check("SLOW", SortOrder::Open, &["Slow reviews", "slow builds"]);
        check("build slow", SortOrder::Open, &["slow builds"]);
        check("TÜR", SortOrder::Open, &["äußere Türen"]);
        check("turen aussere", SortOrder::Open, &["äußere Türen"]);
        check("revews", SortOrder::Open, &["Slow reviews"]);
        check("nothing", SortOrder::Open, &[]);
    }

    #[test]
    fn rows_come_by_day_by_stage_or_by_title() {
        check(
            "",
            SortOrder::Newest,
            &["Build queue", "Slow reviews", "slow builds", "äußere Türen"],
        );
        check(
            "",
            SortOrder::Oldest,
            &["slow builds", "Slow reviews", "Build queue", "äußere Türen"],
        );
        check(
            "",
            SortOrder::Stage,
            &["äußere Türen", "slow builds", "Slow reviews", "Build queue"],
        );
        check(
            "",
            SortOrder::Title,
            &["Build queue", "slow builds", "Slow reviews", "äußere Türen"],
        );
    }

    #[test]
    fn the_order_goes_round() {
        let mut sift = ListFilter::default();
        for _ in 0..5 {
            assert!(sift.act(Action::Sort));
        }
        assert_eq!(sift.order, SortOrder::Open);
    }
}
