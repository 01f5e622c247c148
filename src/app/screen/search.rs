//! The search and the timeline: entries found while typing, or all of them week by week.
//!
//! One screen for both: with a query the best matches come first, without one all entries, newest
//! first. Only visible rows are formatted, so that an old journal is as fast as a new one.

mod rows;

pub use rows::{PastWeek, SearchLine, SearchRow};

use super::filtered_list::{moves_cursor, turn_page};
use super::item_text::entry_screen;
use super::sections::Sections;
use super::{Scene, ScreenState, browsing};
use crate::app::editor::{Editor, TextInput};
use crate::app::keys::{Action, KeyContext};
use crate::app::route::{Navigation, Outcome, Route};
use crate::calendar::Week;
use crate::journal::Id;
use crate::journal::search::{Hit, Query, QueryCompletion, complete, filter_values};

/// The text of the empty screen: what belongs there, and a good example.
pub const EMPTY: (&str, &str) = (
    "Everything you write, week by week, newest first.",
    "release kind:problem since:3m finds problems of the last 3 months that mention a release",
);

/// The search or the timeline.
#[derive(Clone, Debug)]
pub struct Search {
    /// The query as typed.
    pub editor: Editor,
    /// Whether the query has the focus.
    pub is_typing: bool,
    /// Whether it was opened as the search and not as the timeline.
    pub is_search: bool,
    /// Whether results are sorted by time, not by match.
    pub by_time: bool,
    /// The chosen row, counted through the weeks in `back` and then the results.
    pub cursor: usize,
    pub query: Query,
    /// Which parts of it are invalid or find nothing, in sentences.
    pub troubles: Vec<String>,
    /// The possible values of the filter being typed.
    pub values: Vec<String>,
    /// The weeks a week, a quarter and a year ago, if they have entries.
    pub past_weeks: Vec<PastWeek>,
    pub count: usize,
    completion: Option<QueryCompletion>,
    hits: Vec<Hit>,
    /// The age of the search index they come from.
    age: u64,
    /// The weeks of the results, which have none if they are sorted by match.
    weeks: Sections<Week>,
}

impl Search {
    /// Opens the search with the last query.
    pub(super) fn new(scene: Scene<'_>) -> Self {
        let mut editor = Editor::single_line(&scene.search_cache.last_query());
        // The next typed text replaces it.
        if !editor.is_blank() {
            editor.select_all();
        }
        Self::open_with(editor, true, scene)
    }

    pub(super) fn timeline(scene: Scene<'_>) -> Self {
        Self::open_with(Editor::single_line(""), false, scene)
    }

    fn open_with(editor: Editor, looks: bool, scene: Scene<'_>) -> Self {
        let mut search = Self {
            editor,
            is_typing: looks,
            is_search: looks,
            by_time: !looks,
            cursor: 0,
            query: Query::default(),
            troubles: Vec::new(),
            values: Vec::new(),
            past_weeks: Vec::new(),
            count: 0,
            completion: None,
            hits: Vec::new(),
            age: 0,
            weeks: Sections::of(std::iter::empty()),
        };
        search.run_query(scene);
        search
    }

    pub fn hit_count(&self) -> usize {
        self.hits.len()
    }

    /// Whether the results are sorted by time.
    pub fn is_by_time(&self) -> bool {
        self.by_time || !self.query.has_words()
    }

    /// The completion shown behind the cursor.
    pub fn completion_text(&self) -> Option<&str> {
        let offer = self.completion.as_ref().filter(|_| self.is_typing)?;
        Some(&offer.rest)
    }

    fn chosen(&self) -> Option<Hit> {
        let at = self.cursor.checked_sub(self.past_weeks.len())?;
        self.hits.get(at).copied()
    }

    pub fn chosen_id(&self, scene: Scene<'_>) -> Option<Id> {
        let hit = self.chosen()?;
        Some(scene.with_index(|index| index.id(hit).clone()))
    }

    fn row_count(&self) -> usize {
        self.past_weeks.len() + self.hits.len()
    }

    /// Runs the typed query and chooses the first result.
    fn run_query(&mut self, scene: Scene<'_>) {
        let text = self.editor.text();
        if self.is_search {
            scene.search_cache.remember_query(&text);
        }
        self.query = Query::parse(&text, scene.catalog, scene.now);
        let by_time = self.is_by_time();
        let (journal, catalog) = (scene.journal, scene.catalog);
        let people = || scene.search_cache.names(journal, catalog).to_vec();
        self.values = filter_values(&text, people, journal, catalog, scene.now);
        scene.with_index(|index| {
            self.count = index.count();
            let unmatched = index.unmatched(&self.query, journal, catalog);
            self.troubles = [self.query.errors(), &unmatched].concat();
            self.hits = if by_time {
                index.search(&self.query, scene.journal, scene.catalog)
            } else {
                index.best(&self.query, scene.journal, scene.catalog)
            };
            self.weeks = if by_time {
                rows::week_sections(index, &self.hits)
            } else {
                Sections::of(self.hits.iter().map(|_| None))
            };
        });
        self.age = scene.search_cache.index_age();
        self.completion = self.completion_here();
        self.past_weeks = if self.query.is_blank() {
            rows::past_weeks(&self.weeks, &self.hits, scene)
        } else {
            Vec::new()
        };
        self.cursor = self
            .past_weeks
            .len()
            .min(self.row_count().saturating_sub(1));
    }

    fn completion_here(&self) -> Option<QueryCompletion> {
        let here = self.editor.is_at_end() && !self.editor.has_selection();
        here.then(|| complete(&self.editor.text(), &self.values))
            .flatten()
    }
}

impl ScreenState for Search {
    fn route(&self) -> Route {
        if self.is_search {
            Route::Search
        } else {
            Route::Timeline
        }
    }

    fn title(&self) -> Option<String> {
        let name = if self.is_search { "Search" } else { "Timeline" };
        Some(name.to_owned())
    }

    fn run(&mut self, action: Action, scene: Scene<'_>) -> Outcome {
        let rows = self.row_count();
        match action {
            _ if turn_page(action, &mut self.cursor, rows) => {}
            Action::Find => {
                self.is_typing = true;
                self.completion = self.completion_here();
            }
            Action::Complete => {
                if let Some(offer) = self.completion.take() {
                    self.editor.replace(&offer.whole);
                    self.run_query(scene);
                }
            }
            Action::Sort => {
                self.by_time = !self.by_time;
                self.run_query(scene);
            }
            Action::Open => {
                if let Some(back) = self.past_weeks.get(self.cursor) {
                    self.editor.replace(&format!("week:{}", back.week));
                    self.run_query(scene);
                } else if let Some(id) = self.chosen_id(scene) {
                    // Without a screen of its own, its versions.
                    let there = entry_screen(&id, scene);
                    return Outcome::navigate(
                        there.unwrap_or(Navigation::Open(Route::History(id))),
                    );
                }
            }
            Action::History => {
                if let Some(id) = self.chosen_id(scene) {
                    return Outcome::open(Route::History(id));
                }
            }
            _ => {}
        }
        Outcome::stay()
    }

    fn refresh(&mut self, scene: Scene<'_>) {
        // Update the index first, which may invalidate the hits.
        scene.with_index(|_| ());
        let is_same = self.age == scene.search_cache.index_age();
        let chosen = is_same.then(|| self.chosen_id(scene)).flatten();
        let cursor = self.cursor;
        self.run_query(scene);
        let place = chosen.and_then(|id| {
            scene.with_index(|index| self.hits.iter().position(|hit| *index.id(*hit) == id))
        });
        self.cursor = place.map_or(cursor.min(self.row_count().saturating_sub(1)), |at| {
            at + self.past_weeks.len()
        });
    }

    fn is_enabled(&self, action: Action) -> bool {
        match action {
            Action::Open => !self.hits.is_empty() || !self.past_weeks.is_empty(),
            Action::History => self.chosen().is_some(),
            Action::Sort => self.query.has_words(),
            Action::Complete => self.completion.is_some(),
            Action::Find => !self.is_typing,
            Action::Earlier | Action::Later => true,
            _ => moves_cursor(action),
        }
    }

    fn own_contexts(&self) -> &'static [KeyContext] {
        &[KeyContext::Timeline, KeyContext::List]
    }

    fn rows(&mut self) -> Option<(&mut usize, usize)> {
        let count = self.row_count();
        Some((&mut self.cursor, count))
    }

    fn is_typing(&self) -> bool {
        self.is_typing
    }

    fn contexts(&self) -> Vec<KeyContext> {
        if !self.is_typing {
            return browsing(self.own_contexts());
        }
        let completion = self.completion_text().map(|_| KeyContext::QueryCompletion);
        completion
            .into_iter()
            .chain([KeyContext::Search, KeyContext::Anywhere])
            .collect()
    }

    fn input(&mut self, input: TextInput<'_>, scene: Scene<'_>) -> Option<Outcome> {
        if !self.is_typing {
            return None;
        }
        if self.editor.take(input) {
            self.run_query(scene);
        } else {
            self.completion = self.completion_here();
        }
        Some(Outcome::stay())
    }
}
