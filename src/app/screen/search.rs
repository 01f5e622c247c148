//! The search and the timeline: entries found while typing, or all of them week by week.
//!
//! One screen for both: with a query the best matches come first, without one all entries, newest
//! first. Only visible rows are formatted, so that an old journal is as fast as a new one.

mod rows;

pub use rows::{Found, Line, LookBack};

use super::Scene;
use crate::app::editor::Editor;
use crate::app::keys::{Action, Context};
use crate::app::route::{Outcome, Route};
use crate::journal::Id;
use crate::journal::search::{Hit, Query, QueryCompletion, complete, filter_values};

/// How many rows a page has.
const PAGE: usize = 10;

/// The text of the empty screen: what belongs there, and a good example.
pub const EMPTY: (&str, &str) = (
    "Everything you write, week by week, newest first. Type any word to find it.",
    "release kind:problem since:3m finds problems of the last 3 months that mention a release",
);

/// The search or the timeline.
#[derive(Clone, Debug)]
pub struct Search {
    /// The query as typed.
    pub editor: Editor,
    /// Whether the query has the focus.
    pub typing: bool,
    /// Whether it was opened as the search and not as the timeline.
    pub looks: bool,
    /// Whether results are sorted by time, not by match.
    pub by_time: bool,
    /// The chosen row, counted through the weeks in `back` and then the results.
    pub cursor: usize,
    /// The parsed query.
    pub query: Query,
    /// Which parts of it are invalid or find nothing, in sentences.
    pub troubles: Vec<String>,
    /// The possible values of the filter being typed.
    pub values: Vec<String>,
    /// The weeks a week, a quarter and a year ago, if they have entries.
    pub back: Vec<LookBack>,
    /// The number of all entries.
    pub count: usize,
    offer: Option<QueryCompletion>,
    hits: Vec<Hit>,
    /// The age of the search index they come from.
    age: u64,
    /// The weeks of the results; empty if they are sorted by match.
    weeks: Vec<rows::Begun>,
}

impl Search {
    /// Opens the search with the last query.
    pub(super) fn new(scene: Scene<'_>) -> Self {
        let mut editor = Editor::line(&scene.finder.typed());
        // The next typed text replaces it.
        if !editor.is_blank() {
            editor.select_all();
        }
        Self::with(editor, true, scene)
    }

    /// Opens the timeline.
    pub(super) fn timeline(scene: Scene<'_>) -> Self {
        Self::with(Editor::line(""), false, scene)
    }

    fn with(editor: Editor, looks: bool, scene: Scene<'_>) -> Self {
        let mut search = Self {
            editor,
            typing: looks,
            looks,
            by_time: !looks,
            cursor: 0,
            query: Query::default(),
            troubles: Vec::new(),
            values: Vec::new(),
            back: Vec::new(),
            count: 0,
            offer: None,
            hits: Vec::new(),
            age: 0,
            weeks: Vec::new(),
        };
        search.look(scene);
        search
    }

    /// The number of results.
    #[must_use]
    pub fn found(&self) -> usize {
        self.hits.len()
    }

    /// Whether the results are sorted by time.
    #[must_use]
    pub fn is_by_time(&self) -> bool {
        self.by_time || !self.query.has_words()
    }

    /// The completion shown behind the cursor.
    #[must_use]
    pub fn offered(&self) -> Option<&str> {
        let offer = self.offer.as_ref().filter(|_| self.typing)?;
        Some(&offer.rest)
    }

    /// The contexts while the query is typed, the narrowest first.
    pub(super) fn contexts(&self) -> Vec<Context> {
        let begun = self.offered().map(|_| Context::Begun);
        begun
            .into_iter()
            .chain([Context::Search, Context::Anywhere])
            .collect()
    }

    /// Whether an action is available here now.
    pub(super) fn offers(&self, action: Action) -> bool {
        match action {
            Action::Open => !self.hits.is_empty() || !self.back.is_empty(),
            Action::History => self.chosen().is_some(),
            Action::Sort => self.query.has_words(),
            _ => true,
        }
    }

    pub(super) fn refresh(&mut self, scene: Scene<'_>) {
        // Update the index first, which may invalidate the hits.
        scene.look(|_| ());
        let is_same = self.age == scene.finder.age();
        let chosen = is_same.then(|| self.chosen_id(scene)).flatten();
        let cursor = self.cursor;
        self.look(scene);
        let place = chosen.and_then(|id| {
            scene.look(|index| self.hits.iter().position(|hit| *index.id(*hit) == id))
        });
        self.cursor = place.map_or(cursor.min(self.last()), |at| at + self.back.len());
    }

    /// Passes typed or pasted text to the query; returns whether it has the focus.
    pub(in crate::app) fn typed(
        &mut self,
        take: impl FnOnce(&mut Editor) -> bool,
        scene: Scene<'_>,
    ) -> bool {
        if !self.typing {
            return false;
        }
        if take(&mut self.editor) {
            self.look(scene);
        } else {
            self.offer = self.offer_here();
        }
        true
    }

    pub(super) fn act(&mut self, action: Action, scene: Scene<'_>) -> Outcome {
        match action {
            Action::Up => self.cursor = self.cursor.saturating_sub(1),
            Action::Down => self.cursor = (self.cursor + 1).min(self.last()),
            Action::Earlier => self.cursor = self.cursor.saturating_sub(PAGE),
            Action::Later => self.cursor = (self.cursor + PAGE).min(self.last()),
            Action::First => self.cursor = 0,
            Action::Last => self.cursor = self.last(),
            Action::Find => {
                self.typing = true;
                self.offer = self.offer_here();
            }
            Action::Complete => {
                if let Some(offer) = self.offer.take() {
                    self.editor.replace(&offer.whole);
                    self.look(scene);
                }
            }
            Action::Sort => {
                self.by_time = !self.by_time;
                self.look(scene);
            }
            Action::Back => return Outcome::back(),
            Action::Open => {
                if let Some(back) = self.back.get(self.cursor) {
                    self.editor.replace(&format!("week:{}", back.week));
                    self.look(scene);
                } else if let Some(there) =
                    self.chosen_id(scene).and_then(|id| rows::place(&id, scene))
                {
                    return Outcome::then(there);
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

    /// The chosen result.
    fn chosen(&self) -> Option<Hit> {
        let at = self.cursor.checked_sub(self.back.len())?;
        self.hits.get(at).copied()
    }

    fn chosen_id(&self, scene: Scene<'_>) -> Option<Id> {
        let hit = self.chosen()?;
        Some(scene.look(|index| index.id(hit).clone()))
    }

    fn last(&self) -> usize {
        (self.back.len() + self.hits.len()).saturating_sub(1)
    }

    /// Runs the typed query and chooses the first result.
    fn look(&mut self, scene: Scene<'_>) {
        let text = self.editor.text();
        if self.looks {
            scene.finder.keep(&text);
        }
        self.query = Query::parse(&text, scene.catalog, scene.now);
        let by_time = self.is_by_time();
        scene.look(|index| {
            self.count = index.count();
            self.values = filter_values(
                &text,
                &index.people(),
                scene.journal,
                scene.catalog,
                scene.now,
            );
            self.troubles = [self.query.errors(), &index.unmatched(&self.query)].concat();
            self.hits = if by_time {
                index.search(&self.query, scene.journal, scene.catalog)
            } else {
                index.best(&self.query, scene.journal, scene.catalog)
            };
            self.weeks = if by_time {
                rows::weeks(index, &self.hits)
            } else {
                Vec::new()
            };
        });
        self.age = scene.finder.age();
        self.offer = self.offer_here();
        self.back = if self.query.is_blank() {
            rows::look_back(&self.weeks, &self.hits, scene)
        } else {
            Vec::new()
        };
        self.cursor = self.back.len().min(self.last());
    }

    fn offer_here(&self) -> Option<QueryCompletion> {
        let here = self.editor.is_at_end() && !self.editor.has_selection();
        here.then(|| complete(&self.editor.text(), &self.values))
            .flatten()
    }
}
