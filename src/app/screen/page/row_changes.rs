//! The rows of the lists on a page: what can be done to one, and undone there.

use super::PracticePage;
use crate::app::form::{Control, PanelRow};
use crate::app::route::Outcome;
use crate::app::screen::{Scene, rule_results};
use crate::journal::rules::{Act, Advance};
use crate::journal::{Entry, Id, VersionName};

/// A version that was written from a row of a list.
#[derive(Clone, Debug)]
pub(in crate::app) struct RowChange {
    /// The item of the row.
    pub(super) row: Id,
    /// The entry written; another one if the row was converted.
    pub(in crate::app) id: Id,
    pub(in crate::app) name: VersionName,
}

impl PracticePage {
    /// Whether the chosen item of a panel has a next stage.
    pub(in crate::app::screen) fn can_advance(&self) -> bool {
        self.chosen_row().is_some_and(|(_, row)| row.has_next_stage)
    }

    /// Takes the chosen item of a panel to its next stage, today.
    pub(in crate::app::screen) fn advance(&mut self, scene: Scene<'_>) -> Outcome {
        let Some((_, row)) = self.chosen_row() else {
            return Outcome::stay();
        };
        let id = row.id.clone();
        let row = Some(id.clone());
        let after =
            rule_results::outcome(&Act::Advance(Advance { id, on: None }), scene).for_row(row);
        match self.save(scene) {
            Some(changes) => after.saving_before(changes),
            None => Outcome::stay(),
        }
    }

    /// Remembers a version written from a row, so that it can be undone there.
    pub(in crate::app) fn record_row_change(&mut self, row: Id, entry: &Entry) {
        self.done.push(RowChange {
            row,
            id: entry.id.clone(),
            name: entry.lineage.name.clone(),
        });
    }

    /// Whether something was done here to the chosen row.
    pub(in crate::app::screen) fn can_undo(&self) -> bool {
        let chosen = self.chosen_row().map(|(_, row)| &row.id);
        self.done.iter().any(|done| Some(&done.row) == chosen)
    }

    /// Removes and returns what was last done here to the chosen row.
    pub(in crate::app) fn take_row_change(&mut self) -> Option<RowChange> {
        let chosen = self.chosen_row()?.1.id.clone();
        let last = self.done.iter().rposition(|done| done.row == chosen)?;
        Some(self.done.remove(last))
    }

    /// The chosen item of a panel, with the id of its register.
    pub(in crate::app::screen) fn chosen_row(&self) -> Option<(&str, &PanelRow)> {
        match &self.form.focused()?.control {
            Control::Panel(panel) => {
                let row = panel.rows.get(panel.cursor)?;
                Some((&panel.register, row))
            }
            _ => None,
        }
    }
}
