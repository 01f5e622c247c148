//! All commitments: open ones first, then how the others ended.

use super::item_text::{entry_screen, place_text};
use super::list::move_cursor;
use super::list_filter::{FilterRow, ListFilter, SortKey};
use super::{Scene, rule_results};
use crate::app::keys::Action;
use crate::app::route::{CommitSource, Outcome, Route};
use crate::journal::rules::Act;
use crate::journal::{Commitment, CommitmentOutcome, Id};
use crate::report;

/// All commitments.
#[derive(Clone, Debug)]
pub struct Commitments {
    pub rows: Vec<CommitmentRow>,
    /// The chosen row.
    pub cursor: usize,
    /// The filter and the order.
    pub filter: ListFilter,
    /// Open ones by due day, then the others, newest first.
    all: Vec<CommitmentRow>,
}

/// A commitment in a list.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct CommitmentRow {
    pub id: Id,
    pub commitment: Commitment,
    /// What it came from, in words.
    pub origin: Option<String>,
    /// The sign of two texts, if it was changed on two machines.
    pub sign: &'static str,
    /// The day it is due or ended; by stage, open ones come before kept, missed and let go.
    sort_key: SortKey,
}

impl CommitmentRow {
    fn new(id: Id, commitment: Commitment, scene: Scene<'_>) -> Self {
        let origin = commitment.origin.as_ref();
        let closing = commitment.closing.as_ref();
        let sorted = SortKey {
            day: Some(closing.map_or(commitment.due, |closing| closing.on)),
            stage: closing.map_or(0, |closing| match closing.how {
                CommitmentOutcome::Kept => 1,
                CommitmentOutcome::Missed => 2,
                CommitmentOutcome::LetGo => 3,
            }),
        };
        Self {
            origin: origin.and_then(|origin| place_text(origin, scene)),
            sign: report::unsettled_sign(&id, scene.journal),
            id,
            commitment,
            sort_key: sorted,
        }
    }
}

impl FilterRow for CommitmentRow {
    type Key = Id;

    fn row_key(&self) -> &Id {
        &self.id
    }

    fn filter_text(&self) -> String {
        let Commitment {
            better,
            area,
            closing,
            ..
        } = &self.commitment;
        let (state, evidence) = match closing {
            Some(closing) => (closing.how.name(), closing.evidence.as_str()),
            None => ("open", ""),
        };
        format!("{better} {area} {state} {evidence}")
    }

    fn title(&self) -> &str {
        &self.commitment.better
    }

    fn sort_key(&self) -> &SortKey {
        &self.sort_key
    }
}

impl Commitments {
    pub(super) fn new(scene: Scene<'_>) -> Self {
        let all = all(scene);
        Self {
            rows: all.clone(),
            cursor: 0,
            filter: ListFilter::default(),
            all,
        }
    }

    /// How many there are, shown or not.
    #[must_use]
    pub fn count(&self) -> usize {
        self.all.len()
    }

    /// Whether the chosen one came from an entry.
    #[must_use]
    pub fn has_origin(&self) -> bool {
        self.rows
            .get(self.cursor)
            .is_some_and(|row| row.commitment.origin.is_some())
    }

    pub(super) fn refresh(&mut self, scene: Scene<'_>) {
        self.all = all(scene);
        self.apply_filter();
    }

    /// Applies the filter; the chosen row stays chosen if it is still shown.
    pub(super) fn apply_filter(&mut self) {
        self.filter
            .apply(&self.all, &mut self.rows, &mut self.cursor);
    }

    pub(super) fn act(&mut self, action: Action, scene: Scene<'_>) -> Outcome {
        if self.filter.act(action) {
            self.apply_filter();
            return Outcome::stay();
        }
        match action {
            Action::Back => return Outcome::back(),
            Action::Add => return Outcome::open(Route::Commit(CommitSource::Blank)),
            _ => {}
        }
        if let Some(cursor) = move_cursor(action, self.cursor, self.rows.len()) {
            self.cursor = cursor;
            return Outcome::stay();
        }
        let Some(CommitmentRow { id, commitment, .. }) = self.rows.get(self.cursor) else {
            return Outcome::stay();
        };
        match action {
            Action::OpenLinked => {
                let origin = commitment.origin.as_ref();
                match origin.and_then(|origin| entry_screen(origin, scene)) {
                    Some(there) => Outcome::navigate(there),
                    None => Outcome::stay(),
                }
            }
            Action::History => Outcome::open(Route::History(id.clone())),
            Action::Open => Outcome::open(Route::CheckIn(id.clone())),
            Action::Edit => Outcome::open(Route::Commit(CommitSource::Existing(id.clone()))),
            Action::Delete => rule_results::outcome(&Act::Delete(id.clone()), scene),
            _ => Outcome::stay(),
        }
    }
}

/// Open ones by due day, then the others, newest first.
fn all(scene: Scene<'_>) -> Vec<CommitmentRow> {
    let (mut open, mut ended): (Vec<_>, Vec<_>) = scene
        .journal
        .commitments()
        .into_iter()
        .map(|(entry, commitment)| (entry.id.clone(), commitment.clone()))
        .partition(|(_, commitment)| commitment.is_open());
    ended.reverse();
    open.append(&mut ended);
    open.into_iter()
        .map(|(id, commitment)| CommitmentRow::new(id, commitment, scene))
        .collect()
}
