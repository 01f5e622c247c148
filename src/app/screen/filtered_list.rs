//! A list that can be filtered and sorted, and its chosen row.
//!
//! Knows the text of rows, but not where they come from or how they are drawn.

use std::cmp::Reverse;

use chrono::{Datelike, NaiveDate};

use super::sections::Sections;
use crate::app::editor::{Editor, TextInput};
use crate::app::keys::{Action, Binding};
use crate::journal::search::RowMatcher;

/// The rows of a page, in lists and overlays: fewer than most windows show, so that none is passed unseen.
const PAGE: usize = 10;

/// A row that can be filtered and sorted.
pub trait FilterRow {
    /// Identifies the row, also after the list is rebuilt.
    type Key: PartialEq;
    /// What rows have in common that follow each other.
    type Heading: Clone + PartialEq;
    /// See [`FilterRow::Key`].
    fn row_key(&self) -> &Self::Key;
    /// The text that the filter searches.
    fn filter_text(&self) -> String;

    /// The heading it is below in an order; a heading is shown once, above the first of its rows.
    fn heading(&self, _order: SortOrder) -> Option<Self::Heading> {
        None
    }

    /// What it is sorted by in a list with several orders.
    fn sort_key(&self) -> SortKey<'_> {
        SortKey::default()
    }
}

/// The rows of a list, and which of them are shown in which order.
#[derive(Clone, Debug)]
pub struct FilteredList<Row: FilterRow> {
    /// All rows, in the order of the list.
    all: Vec<Row>,
    /// Which of them are shown, in the order they are shown.
    shown: Vec<usize>,
    /// The chosen one of those shown.
    cursor: usize,
    filter: ListFilter,
    /// The headings of those shown. Found once for all frames: a frame pays for the rows it shows
    /// only.
    sections: Sections<Row::Heading>,
}

/// A filtered list, whatever its rows are.
pub trait RowList {
    fn filter(&self) -> &ListFilter;

    /// How many rows there are, shown or not.
    fn count(&self) -> usize;

    fn shown_count(&self) -> usize;

    /// The chosen row, counted through those shown.
    fn cursor(&self) -> usize;

    fn cursor_mut(&mut self) -> &mut usize;

    /// How many lines there are, with the headings.
    fn line_count(&self) -> usize;

    /// Whether an action of any list has something to do now. A list with several orders also has
    /// [`Action::Sort`].
    fn is_enabled(&self, action: Action) -> bool;

    /// Runs an action of the cursor, the filter or the order; returns whether it was one.
    fn act(&mut self, action: Action) -> bool;

    /// Types into the filter; returns whether it has the focus.
    fn input(&mut self, input: TextInput<'_>) -> bool;
}

impl<Row: FilterRow> FilteredList<Row> {
    pub(super) fn new(all: Vec<Row>) -> Self {
        let mut list = Self {
            all,
            shown: Vec::new(),
            cursor: 0,
            filter: ListFilter::default(),
            sections: Sections::of(std::iter::empty()),
        };
        list.show(None);
        list
    }

    /// All rows, shown or not, in the order of the list.
    pub(super) fn all(&self) -> &[Row] {
        &self.all
    }

    pub fn shown(&self) -> impl ExactSizeIterator<Item = &Row> {
        self.shown.iter().map(|at| &self.all[*at])
    }

    /// A row of those shown.
    pub fn get(&self, at: usize) -> Option<&Row> {
        self.shown.get(at).map(|at| &self.all[*at])
    }

    pub fn chosen(&self) -> Option<&Row> {
        self.get(self.cursor)
    }

    /// The rows shown under their headings.
    pub fn sections(&self) -> &Sections<Row::Heading> {
        &self.sections
    }

    /// Puts other rows in the place of these; the chosen one stays chosen if it is still shown.
    pub(super) fn replace(&mut self, all: Vec<Row>) {
        let before = std::mem::replace(&mut self.all, all);
        let chosen = self.shown.get(self.cursor).map(|at| before[*at].row_key());
        let again = self
            .all
            .iter()
            .position(|row| Some(row.row_key()) == chosen);
        self.show(again);
    }

    /// Chooses the row with this key, if it is shown; returns whether it is.
    pub(super) fn choose(&mut self, key: &Row::Key) -> bool {
        let at = self.shown().position(|row| row.row_key() == key);
        self.cursor = at.unwrap_or(self.cursor);
        at.is_some()
    }

    /// Applies the filter and the order; the chosen row stays chosen if it is still shown.
    fn show_again(&mut self) {
        self.show(self.shown.get(self.cursor).copied());
    }

    /// Applies the filter and the order, and chooses a row of all if it is shown.
    fn show(&mut self, chosen: Option<usize>) {
        self.shown = self.filtered();
        self.cursor = kept_cursor(self.shown.iter().copied(), chosen, self.cursor);
        let order = self.filter.order;
        self.sections = Sections::of(self.shown().map(|row| row.heading(order)));
    }

    /// The positions of the rows that the filter shows, sorted.
    fn filtered(&self) -> Vec<usize> {
        let key = |at: &usize| self.all[*at].sort_key();
        let all = 0..self.all.len();
        let mut shown: Vec<usize> = if self.filter.is_active() {
            let matcher = self.filter.matcher();
            all.filter(|at| matcher.matches(&self.all[*at].filter_text()))
                .collect()
        } else {
            all.collect()
        };
        match self.filter.order {
            SortOrder::Open => {}
            // A row without a day was never touched and comes last.
            SortOrder::Newest => shown.sort_by_key(|at| Reverse(key(at).day)),
            SortOrder::Oldest => shown.sort_by_key(|at| (key(at).day.is_none(), key(at).day)),
            SortOrder::Stage => shown.sort_by_key(|at| key(at).stage),
            SortOrder::Title => shown.sort_by_cached_key(|at| key(at).title.to_lowercase()),
        }
        shown
    }
}

impl<Row: FilterRow> RowList for FilteredList<Row> {
    fn filter(&self) -> &ListFilter {
        &self.filter
    }

    fn count(&self) -> usize {
        self.all.len()
    }

    fn shown_count(&self) -> usize {
        self.shown.len()
    }

    fn cursor(&self) -> usize {
        self.cursor
    }

    fn cursor_mut(&mut self) -> &mut usize {
        &mut self.cursor
    }

    fn line_count(&self) -> usize {
        self.sections.lines()
    }

    fn is_enabled(&self, action: Action) -> bool {
        match action {
            Action::Open => self.chosen().is_some(),
            Action::Find => !self.all.is_empty(),
            Action::ApplyFilter | Action::ClearFilter => self.filter.is_typing,
            Action::Earlier | Action::Later => true,
            _ => moves_cursor(action),
        }
    }

    fn act(&mut self, action: Action) -> bool {
        if turn_page(action, &mut self.cursor, self.shown.len()) {
            return true;
        }
        let is_own = self.filter.act(action);
        if is_own {
            self.show_again();
        }
        is_own
    }

    fn input(&mut self, input: TextInput<'_>) -> bool {
        if !self.filter.is_typing {
            return false;
        }
        if self.filter.editor.take(input) {
            self.show_again();
        }
        true
    }
}

#[derive(Clone, Debug)]
pub struct ListFilter {
    /// The typed filter; if empty, everything is shown.
    pub editor: Editor,
    pub is_typing: bool,
    pub order: SortOrder,
}

#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum SortOrder {
    /// The order of the list: open ones before closed ones.
    #[default]
    Open,
    Newest,
    Oldest,
    /// By stage, the first stage first.
    Stage,
    Title,
}

#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct SortKey<'a> {
    pub title: &'a str,
    /// The day it is listed under.
    pub day: Option<NaiveDate>,
    /// The position of its stage, from 0.
    pub stage: usize,
}

impl SortKey<'_> {
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

/// What a binding does in a list, if not what the table says.
pub(super) fn list_label(list: &dyn RowList, binding: &Binding) -> Option<String> {
    let clears = binding.action == Action::Back && list.filter().is_active();
    clears.then(|| "clear filter".to_owned())
}

/// Moves a cursor among `rows`; returns whether the action was one that does.
pub(in crate::app) fn move_cursor(action: Action, cursor: &mut usize, rows: usize) -> bool {
    let last = rows.saturating_sub(1);
    *cursor = match action {
        Action::Up => cursor.saturating_sub(1),
        Action::Down => (*cursor + 1).min(last),
        Action::First => 0,
        Action::Last => last,
        _ => return false,
    };
    true
}

/// The same, and by pages.
pub(in crate::app) fn turn_page(action: Action, cursor: &mut usize, rows: usize) -> bool {
    *cursor = match action {
        Action::Earlier => cursor.saturating_sub(PAGE),
        Action::Later => (*cursor + PAGE).min(rows.saturating_sub(1)),
        _ => return move_cursor(action, cursor, rows),
    };
    true
}

/// Where a cursor belongs after its rows were made anew: at the chosen one, or where it was.
pub(super) fn kept_cursor<T: Copy + PartialEq>(
    rows: impl Iterator<Item = T>,
    chosen: Option<T>,
    cursor: usize,
) -> usize {
    let mut last = 0;
    for (at, row) in rows.enumerate() {
        if Some(row) == chosen {
            return at;
        }
        last = at;
    }
    cursor.min(last)
}

/// Whether an action moves a cursor from where it is.
pub(super) fn can_move(action: Action, cursor: usize, count: usize) -> bool {
    let mut moved = cursor;
    move_cursor(action, &mut moved, count) && moved != cursor
}

/// Whether [`move_cursor`] knows an action.
pub(super) fn moves_cursor(action: Action) -> bool {
    move_cursor(action, &mut 0, 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    struct TestRow(SortKey<'static>);

    impl FilterRow for TestRow {
        type Key = &'static str;
        type Heading = i32;

        fn row_key(&self) -> &&'static str {
            &self.0.title
        }

        fn filter_text(&self) -> String {
            self.0.title.to_owned()
        }

        fn heading(&self, order: SortOrder) -> Option<i32> {
            self.0.year_in(order, false)
        }

        fn sort_key(&self) -> SortKey<'_> {
            self.0
        }
    }

    fn test_row(title: &'static str, day: Option<&str>, stage: usize) -> TestRow {
        let day = day.map(|day| day.parse().expect("a day"));
        TestRow(SortKey { title, day, stage })
    }

    fn test_list() -> FilteredList<TestRow> {
        FilteredList::new(vec![
            test_row("Slow reviews", Some("2026-11-02"), 1),
            test_row("äußere Türen", None, 0),
            test_row("Build queue", Some("2026-11-20"), 2),
            test_row("slow builds", Some("2026-10-01"), 0),
        ])
    }

    fn titles(list: &FilteredList<TestRow>) -> Vec<&str> {
        list.shown().map(|row| row.0.title).collect()
    }

    #[track_caller]
    fn check(filter: &str, order: SortOrder, expected: &[&str]) {
        let mut list = test_list();
        list.act(Action::Find);
        list.input(TextInput::Paste(filter));
        while list.filter.order != order {
            list.act(Action::Sort);
        }
        assert_eq!(titles(&list), expected, "{filter} {order:?}");
    }

    #[test]
    fn every_word_of_the_filter_is_found_in_any_case() {
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
        let mut list = test_list();
        for _ in 0..5 {
            assert!(list.act(Action::Sort));
        }
        assert_eq!(list.filter.order, SortOrder::Open);
    }

    #[test]
    fn the_chosen_row_stays_chosen_while_it_is_shown() {
        let mut list = test_list();
        list.act(Action::Last);
        list.act(Action::Find);
        list.input(TextInput::Paste("slow"));
        assert_eq!(list.chosen().map(|row| row.0.title), Some("slow builds"));
        list.replace(vec![
            test_row("slow builds", None, 0),
            test_row("slow days", None, 0),
        ]);
        assert_eq!(list.chosen().map(|row| row.0.title), Some("slow builds"));
        list.input(TextInput::Paste(" days"));
        assert_eq!(list.chosen().map(|row| row.0.title), Some("slow days"));
        list.act(Action::ClearFilter);
        assert_eq!(list.chosen().map(|row| row.0.title), Some("slow days"));
    }
}
