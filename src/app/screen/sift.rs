//! Which rows of a list are shown, and in what order: a filter typed as one goes, and a sort.
//!
//! Knows the words of rows, and neither where they come from nor how they are drawn.

use std::cmp::Reverse;

use chrono::NaiveDate;
use crossterm::event::KeyEvent;

use crate::app::editor::Editor;
use crate::app::keys::Action;
use crate::journal::search::RowMatcher;

/// What a list shows of all it has.
#[derive(Clone, Debug)]
pub struct Sift {
    /// The words looked for; empty when everything is shown.
    pub editor: Editor,
    /// Whether the filter has the keys.
    pub typing: bool,
    /// The order of the rows.
    pub order: Order,
}

/// The order of a list's rows.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Order {
    /// As the list comes: what is open before what is over.
    #[default]
    Open,
    /// The latest day first.
    Newest,
    /// The earliest day first.
    Oldest,
    /// By stage, the first one leading.
    Stage,
    /// By title.
    Title,
}

/// What a row is found and put in order by.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Sorted {
    /// The day it stands under.
    pub day: Option<NaiveDate>,
    /// How far its stage is, from 0.
    pub stage: usize,
}

/// A row that can be sifted.
pub(super) trait Grain {
    /// What tells it from the others, also when the list is made anew.
    type Key: PartialEq;
    /// See [`Grain::Key`].
    fn key(&self) -> &Self::Key;
    /// Everything it can be found by.
    fn words(&self) -> String;
    /// Its title.
    fn title(&self) -> &str;
    /// What it is put in order by.
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
    /// Whether something is looked for.
    #[must_use]
    pub fn is_on(&self) -> bool {
        !self.editor.is_blank()
    }

    /// Takes an action that is about the filter or the order; whether it did something.
    pub(super) fn act(&mut self, action: Action) -> bool {
        match action {
            Action::Find => self.typing = true,
            Action::KeepFilter => self.typing = false,
            Action::ClearFilter => self.clear(),
            // The way out of a list leads through all of it.
            Action::Back if self.is_on() => self.clear(),
            Action::Sort => self.order = self.order.next(),
            _ => return false,
        }
        true
    }

    /// Takes a key as typing; whether the filter changed.
    pub(super) fn key(&mut self, key: KeyEvent) -> bool {
        self.typing && self.editor.input(key)
    }

    /// Takes pasted words; whether the filter changed.
    pub(super) fn paste(&mut self, words: &str) -> bool {
        self.typing && self.editor.paste(words)
    }

    /// Those of `all` that are shown, in their order.
    fn of<Row: Grain + Clone>(&self, all: &[Row]) -> Vec<Row> {
        let matcher = RowMatcher::new(&self.editor.text());
        let found = all.iter().filter(|row| matcher.matches(&row.words()));
        let mut rows: Vec<Row> = found.cloned().collect();
        match self.order {
            Order::Open => {}
            // What has no day was never touched, and comes last.
            Order::Newest => rows.sort_by_key(|row| Reverse(row.sorted().day)),
            Order::Oldest => {
                rows.sort_by_key(|row| (row.sorted().day.is_none(), row.sorted().day));
            }
            Order::Stage => rows.sort_by_key(|row| row.sorted().stage),
            Order::Title => rows.sort_by_cached_key(|row| row.title().to_lowercase()),
        }
        rows
    }

    /// Puts those of `all` that are shown into `rows`; the chosen one stays chosen while it is among
    /// them.
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
