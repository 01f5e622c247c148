//! The rows of the lists on a page: what can be done to one, and undone there.

use super::PracticePage;
use crate::app::form::{Control, PanelRow};
use crate::app::keys::Action;
use crate::app::route::Outcome;
use crate::app::screen::{Scene, rule_results};
use crate::journal::rules::Act;
use crate::journal::{Entry, Id, VersionName};

/// A version that was written from a row of a list.
#[derive(Clone, Debug)]
pub struct RowChange {
    /// The item of the row.
    pub(super) row: Id,
    /// The entry written; another one if the row was converted.
    pub(in crate::app) id: Id,
    pub(in crate::app) name: VersionName,
}

impl RowChange {
    pub(super) fn new(row: Id, entry: &Entry) -> Self {
        Self {
            row,
            id: entry.id.clone(),
            name: entry.lineage.name.clone(),
        }
    }
}

impl PracticePage {
    /// Whether the chosen item of a panel has a next stage.
    pub(super) fn can_advance(&self) -> bool {
        self.chosen_row().is_some_and(|row| row.has_next_stage)
    }

    /// The label of letting the chosen item of a panel go or converting it, if it can be done.
    pub(super) fn row_label(&self, action: Action) -> Option<String> {
        self.chosen_row()?.action_label(action)
    }

    /// Saves the answers, then does something to the chosen item of a panel.
    pub(super) fn act_on_row(&mut self, scene: Scene<'_>, act: impl FnOnce(Id) -> Act) -> Outcome {
        let Some(row) = self.chosen_row() else {
            return Outcome::stay();
        };
        let id = row.id.clone();
        let after = rule_results::outcome(&act(id.clone()), scene).for_row(Some(id));
        let changes = self.save(scene);
        changes.map_or_else(Outcome::stay, |changes| after.saving_before(changes))
    }

    /// Whether something was done here to the chosen row.
    pub(super) fn can_undo(&self) -> bool {
        let chosen = self.chosen_row().map(|row| &row.id);
        self.done.iter().any(|done| Some(&done.row) == chosen)
    }

    /// The chosen item of a panel.
    pub(super) fn chosen_row(&self) -> Option<&PanelRow> {
        match &self.form.focused()?.control {
            Control::Panel(panel) => panel.rows.get(panel.cursor),
            _ => None,
        }
    }
}
