//! All commitments: the open ones first, then how the others ended.

use super::Scene;
use super::list::move_cursor;
use super::stage::{place, take_back};
use crate::app::keys::Action;
use crate::app::route::{Outcome, Route, Source};
use crate::journal::{Body, Change, Commitment, Id};

/// All commitments.
#[derive(Clone, Debug)]
pub struct Commitments {
    /// Open ones, the earliest due first; then the others, the latest first.
    pub rows: Vec<(Id, Commitment)>,
    /// The chosen row.
    pub cursor: usize,
}

impl Commitments {
    pub(super) fn new(scene: Scene<'_>) -> Self {
        let mut all: Vec<(Id, Commitment)> = scene
            .journal
            .commitments()
            .into_iter()
            .map(|(entry, commitment)| (entry.id.clone(), commitment.clone()))
            .collect();
        let (mut open, mut ended): (Vec<_>, Vec<_>) = all
            .drain(..)
            .partition(|(_, commitment)| commitment.is_open());
        ended.reverse();
        open.append(&mut ended);
        Self {
            rows: open,
            cursor: 0,
        }
    }

    /// Whether the chosen one came from somewhere.
    #[must_use]
    pub fn has_origin(&self) -> bool {
        self.rows
            .get(self.cursor)
            .is_some_and(|(_, commitment)| commitment.origin.is_some())
    }

    pub(super) fn refresh(&mut self, scene: Scene<'_>) {
        let chosen = self.rows.get(self.cursor).map(|(id, _)| id.clone());
        let cursor = self.cursor;
        *self = Self::new(scene);
        self.cursor = self
            .rows
            .iter()
            .position(|(id, _)| Some(id) == chosen.as_ref())
            .unwrap_or(cursor.min(self.rows.len().saturating_sub(1)));
    }

    pub(super) fn act(&mut self, action: Action, scene: Scene<'_>) -> Outcome {
        match action {
            Action::Back => return Outcome::back(),
            Action::Add => return Outcome::open(Route::Commit(Source::Alone)),
            _ => {}
        }
        if let Some(cursor) = move_cursor(action, self.cursor, self.rows.len()) {
            self.cursor = cursor;
            return Outcome::stay();
        }
        let Some((id, commitment)) = self.rows.get(self.cursor) else {
            return Outcome::stay();
        };
        match action {
            Action::Origin => {
                let origin = commitment.origin.as_ref();
                match origin.and_then(|origin| place(origin, scene)) {
                    Some(route) => Outcome::open(route),
                    None => Outcome::stay(),
                }
            }
            Action::History => Outcome::open(Route::History(id.clone())),
            Action::Open => Outcome::open(Route::CheckIn(id.clone())),
            Action::Delete => Outcome::stay()
                .saving(vec![Change {
                    id: Some(id.clone()),
                    body: Body::Deleted,
                    undoes: None,
                }])
                .telling(format!("Deleted. {}", take_back())),
            _ => Outcome::stay(),
        }
    }
}
