//! Updates a form while someone types in it: typed text stays, everything else follows the
//! journal.

use super::{Control, Form, FormField, OtherText, Panel};
use crate::journal::{Change, Id};
use crate::store::About;

impl Form {
    /// Copies what is being typed from `old`, an earlier state of the same form.
    pub fn carry_over(&mut self, old: Self) {
        self.shows_all = old.shows_all;
        let focused = old.focused().map(|field| field.name.clone());
        for field in old.fields {
            if let Some(new) = self.fields.iter_mut().find(|new| new.name == field.name) {
                new.carry_over(field);
            }
        }
        let same = |field: &FormField| Some(&field.name) == focused.as_ref();
        if let Some(at) = self.fields.iter().position(same) {
            self.focus = at;
        }
    }

    /// Makes all fields belong to this version of one entry.
    pub fn set_entry(&mut self, id: &Id, rev: u64) {
        for field in &mut self.fields {
            let id = id.clone();
            field.entry = Some(About { id, rev });
        }
    }

    /// After the entry was deleted: saving now starts a new one.
    pub fn start_new_entry(&mut self) {
        self.is_deleted = true;
        for field in &mut self.fields {
            field.entry.take_if(|about| about.rev > 0);
        }
    }

    /// Gives ids to typed text whose entry has none: one for all fields of the form, and one for
    /// each of its lists.
    pub fn assign_ids(&mut self, mut new_id: impl FnMut() -> Id) {
        let lacks = |field: &FormField| field.is_changed() && field.entry.is_none();
        if self
            .fields
            .iter()
            .any(|field| !field.is_list() && lacks(field))
        {
            let id = self.new_entry_id().unwrap_or_else(&mut new_id);
            for field in self.fields.iter_mut().filter(|field| !field.is_list()) {
                let id = id.clone();
                field.entry.get_or_insert(About { id, rev: 0 });
            }
        }
        for field in &mut self.fields {
            if field.is_list() && lacks(field) {
                field.entry = Some(About {
                    id: new_id(),
                    rev: 0,
                });
            }
        }
    }

    /// Gives the new entry in `changes` the id that its draft has, so that it is never saved twice.
    pub fn with_draft_id(&self, mut changes: Vec<Change>) -> Vec<Change> {
        if let Some(new) = changes.iter_mut().find(|change| change.id.is_none()) {
            new.id = self.new_entry_id();
        }
        changes
    }

    /// The id of the new entry that the text starts, once it has one.
    pub fn new_entry_id(&self) -> Option<Id> {
        let fields = self.fields.iter().filter(|field| !field.is_list());
        let mut abouts = fields.filter_map(|field| field.entry.as_ref());
        let about = abouts.find(|about| about.rev == 0)?;
        Some(about.id.clone())
    }
}

impl FormField {
    /// Whether it adds to a list.
    pub(in crate::app) fn is_list(&self) -> bool {
        matches!(self.control, Control::Panel(_))
    }

    fn carry_over(&mut self, old: Self) {
        let is_changed = old.is_changed();
        self.error = old.error;
        if is_changed && self.entry.is_none() {
            self.entry = old.entry;
        }
        let is_saved = self.saved == old.control.raw();
        // A suggestion follows the day; no program has saved it.
        let is_new = self.entry.as_ref().is_none_or(|entry| entry.rev == 0);
        let was_saved = self.saved != old.saved && !self.is_suggested && !is_new;
        self.other_text = if is_changed && !is_saved && was_saved {
            Some(OtherText::SavedMeanwhile(self.saved.clone()))
        } else {
            let still = |other: &OtherText| match other {
                OtherText::SavedMeanwhile(_) => is_changed && !is_saved,
                OtherText::OlderDraft(_) => !is_saved,
                // The new form knows whether it still is.
                OtherText::Unsettled(_) => false,
            };
            old.other_text.filter(still).or(self.other_text.take())
        };
        self.control.carry_over(old.control, is_changed);
    }
}

impl Control {
    /// Takes over the typed text of `old`, or its cursor if nothing is typed.
    fn carry_over(&mut self, old: Self, is_changed: bool) {
        match (self, old) {
            (Self::Panel(new), Self::Panel(old)) => new.carry_over(old, is_changed),
            (Self::Log(new), Self::Log(old)) if is_changed => new.editor = old.editor,
            (Self::Pick(new), Self::Pick(old)) if !is_changed && new.value() != old.value() => {
                new.cursor = old.cursor.min(new.choices.len());
            }
            (Self::Pick(new), Self::Pick(mut old)) => {
                old.choices.clone_from(&new.choices);
                old.cursor = old.cursor.min(old.choices.len());
                *new = old;
            }
            // The old editor has the cursor and the typing undo.
            (new @ (Self::Text(_) | Self::Day(..)), old @ (Self::Text(_) | Self::Day(..)))
                if is_changed || new.raw() == old.raw() =>
            {
                *new = old;
            }
            _ => {}
        }
    }
}

impl Panel {
    fn carry_over(&mut self, old: Self, is_changed: bool) {
        if is_changed {
            self.editor = old.editor;
        }
        let chosen = old.rows.get(old.cursor).map(|row| &row.id);
        self.cursor = match chosen {
            None => self.rows.len(),
            Some(id) => {
                let at = self.rows.iter().position(|row| row.id == *id);
                let last = self.rows.len().saturating_sub(1);
                at.unwrap_or(old.cursor.min(last))
            }
        };
    }
}
