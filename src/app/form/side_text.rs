//! What appears beside a field: the previous answer, or another text for the same field.

use super::{Control, FormEvent, FormField};
use crate::journal::Value;

/// The previous answer, and when it was given.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct LastAnswer {
    /// For example "last week".
    pub when: String,
    pub value: Value,
}

/// Another text for a field, beside the one in it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum OtherText {
    /// Another program saved it while this one was being typed.
    SavedMeanwhile(Value),
    /// It comes from another machine; both are kept until one is chosen.
    Unsettled(Value),
    /// An older draft that the journal has superseded.
    OlderDraft(Value),
}

impl FormField {
    /// Copies what appears beside it.
    pub(super) fn copy_last(&mut self) -> FormEvent {
        let Some(value) = self.copy_source().cloned() else {
            return FormEvent::Unchanged;
        };
        if value.is_empty() && matches!(self.control, Control::Text(_)) {
            return FormEvent::Unchanged;
        }
        self.control.fill_from(&value);
        self.error = None;
        FormEvent::Edited
    }

    /// What can be copied into it: another text, or else the previous answer.
    #[must_use]
    pub fn copy_source(&self) -> Option<&Value> {
        match &self.other_text {
            Some(
                OtherText::SavedMeanwhile(value)
                | OtherText::Unsettled(value)
                | OtherText::OlderDraft(value),
            ) => Some(value),
            None => self.last_answer.as_ref().map(|last| &last.value),
        }
    }
}
