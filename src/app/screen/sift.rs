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
pub struct Sift {
    /// The typed filter; if empty, everything is shown.
    pub editor: Editor,
    /// Whether the filter has the focus.
    pub typing: bool,
    /// The order of the rows.
    pub order: Order,
}

/// The order of a list's rows.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Order {
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
pub struct Sorted {
    /// The day it is listed under.
    pub day: Option<NaiveDate>,
    /// The position of its stage, from 0.
    pub stage: usize,
}

/// A row that can be filtered and sorted.
pub(super) trait Grain {
    /// Identifies the row, also after the list is rebuilt.
    type Key: PartialEq;
    /// See [`Grain::Key`].
    fn key(&self) -> &Self::Key;
    /// The text that the filter searches.
    fn words(&self) -> String;
    fn title(&self) -> &str;
    fn sorted(&self) -> &Sorted;
}

impl Default for Sift {
    fn default() -> Self {
        Self {
            editor: Editor::line(""),
            typing: false,
            order: Order::default(),
        }
    }
}

impl Sift {
    /// Whether a filter is set.
    #[must_use]
    pub fn is_on(&self) -> bool {
        !self.editor.is_blank()
    }

    /// Runs an action of the filter or the order; returns whether it was one.
    pub(super) fn act(&mut self, action: Action) -> bool {
        match action {
            Action::Find => self.typing = true,
            Action::KeepFilter => self.typing = false,
            Action::ClearFilter => self.clear(),
            // Back clears the filter before it leaves the list.
            Action::Back if self.is_on() => self.clear(),
            Action::Sort => self.order = self.order.next(),
            _ => return false,
        }
        true
    }

    /// Takes a key as typing; returns whether the filter changed.
    pub(super) fn key(&mut self, key: KeyEvent) -> bool {
        self.typing && self.editor.input(key)
    }

    /// Takes pasted text; returns whether the filter changed.
    pub(super) fn paste(&mut self, words: &str) -> bool {
        self.typing && self.editor.paste(words)
    }

    /// The rows of `all` that are shown, sorted.
    fn of<Row: Grain + Clone>(&self, all: &[Row]) -> Vec<Row> {
        let matcher = RowMatcher::new(&self.editor.text());
        let found = all.iter().filter(|row| matcher.matches(&row.words()));
        let mut rows: Vec<Row> = found.cloned().collect();
        match self.order {
            Order::Open => {}
            // A row without a day was never touched and comes last.
            Order::Newest => rows.sort_by_key(|row| Reverse(row.sorted().day)),
            Order::Oldest => {
                rows.sort_by_key(|row| (row.sorted().day.is_none(), row.sorted().day));
            }
            Order::Stage => rows.sort_by_key(|row| row.sorted().stage),
            Order::Title => rows.sort_by_cached_key(|row| row.title().to_lowercase()),
        }
        rows
    }

    /// Filters `all` into `rows`; the chosen row stays chosen if it is still shown.
    pub(super) fn choose<Row: Grain + Clone>(
        &self,
        all: &[Row],
        rows: &mut Vec<Row>,
        cursor: &mut usize,
    ) {
        let sifted = self.of(all);
        let chosen = rows.get(*cursor).map(Grain::key);
        *cursor = sifted
            .iter()
            .position(|row| Some(row.key()) == chosen)
            .unwrap_or((*cursor).min(sifted.len().saturating_sub(1)));
        *rows = sifted;
    }

    fn clear(&mut self) {
        self.typing = false;
        self.editor.replace("");
    }
}

impl Order {
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
    struct Told(&'static str, Sorted);

    impl Grain for Told {
        type Key = &'static str;

        fn key(&self) -> &&'static str {
            &self.0
        }

        fn words(&self) -> String {
            self.0.to_owned()
        }

        fn title(&self) -> &str {
            self.0
        }

        fn sorted(&self) -> &Sorted {
            &self.1
        }
    }

    fn told(title: &'static str, day: Option<&str>, stage: usize) -> Told {
        let day = day.map(|day| day.parse().expect("a day"));
        Told(title, Sorted { day, stage })
    }

    #[track_caller]
    fn check(filter: &str, order: Order, expected: &[&str]) {
        let all = [
            told("Slow reviews", Some("2026-11-02"), 1),
            told("äußere Türen", None, 0),
            told("Build queue", Some("2026-11-20"), 2),
            told("slow builds", Some("2026-10-01"), 0),
        ];
        let sift = Sift {
            editor: Editor::line(filter),
            typing: false,
            order,
        };
        let titles: Vec<&str> = sift.of(&all).iter().map(|row| row.0).collect();
        assert_eq!(titles, expected, "{filter} {order:?}");
    }

    #[test]
    fn every_word_looked_for_is_found_in_any_case() {
        check("SLOW", Order::Open, &["Slow reviews", "slow builds"]);
        check("build slow", Order::Open, &["slow builds"]);
        check("TÜR", Order::Open, &["äußere Türen"]);
        check("turen aussere", Order::Open, &["äußere Türen"]);
        check("revews", Order::Open, &["Slow reviews"]);
        check("nothing", Order::Open, &[]);
    }

    #[test]
    fn rows_come_by_day_by_stage_or_by_title() {
        check(
            "",
            Order::Newest,
            &["Build queue", "Slow reviews", "slow builds", "äußere Türen"],
        );
        check(
            "",
            Order::Oldest,
            &["slow builds", "Slow reviews", "Build queue", "äußere Türen"],
        );
        check(
            "",
            Order::Stage,
            &["äußere Türen", "slow builds", "Slow reviews", "Build queue"],
        );
        check(
            "",
            Order::Title,
            &["Build queue", "slow builds", "Slow reviews", "äußere Türen"],
        );
    }

    #[test]
    fn the_order_goes_round() {
        let mut sift = Sift::default();
        for _ in 0..5 {
            assert!(sift.act(Action::Sort));
        }
        assert_eq!(sift.order, Order::Open);
    }
}
