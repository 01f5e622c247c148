//! Every version of one entry, the newest first: what it said otherwise, and when.

use super::Scene;
use super::list::move_cursor;
use crate::app::keys::Action;
use crate::app::route::Outcome;
use crate::journal::Id;
use crate::report::{self, Version};

/// Every version of one entry.
#[derive(Clone, Debug)]
pub struct History {
    /// The entry.
    pub id: Id,
    /// What it is called.
    pub name: String,
    /// Its versions, the newest first.
    pub versions: Vec<Version>,
    /// The chosen one.
    pub cursor: usize,
}

impl History {
    pub(super) fn new(id: &Id, scene: Scene<'_>) -> Option<Self> {
        let entries = scene.journal.versions(id);
        let today = scene.now.today();
        let said = report::last_said(entries).or(entries.last())?;
        Some(Self {
            id: id.clone(),
            name: report::name(said, scene.catalog, today),
            versions: report::versions(entries, scene.catalog, today),
            cursor: 0,
        })
    }

    pub(super) fn refresh(&mut self, scene: Scene<'_>) {
        if let Some(fresh) = Self::new(&self.id, scene) {
            let cursor = self.cursor.min(fresh.versions.len().saturating_sub(1));
            *self = Self { cursor, ..fresh };
        }
    }

    pub(super) fn act(&mut self, action: Action) -> Outcome {
        if let Some(cursor) = move_cursor(action, self.cursor, self.versions.len()) {
            self.cursor = cursor;
            return Outcome::stay();
        }
        match action {
            Action::Back | Action::Open => Outcome::back(),
            _ => Outcome::stay(),
        }
    }
}
