//! What stands beside a field: what was said last time, or other words about the same.

use super::{Control, Input, Step};
use crate::journal::Value;

/// What was said last time, and when.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Last {
    /// When, in words: "last week".
    pub when: String,
    /// The answer.
    pub value: Value,
}

/// Words about what a field is about, beside those in it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Other {
    /// Another program saved them while these were being typed.
    SavedMeanwhile(Value),
    /// Another machine said them of the same field, and both are kept until one is chosen.
    Unsettled(Value),
    /// They were typed before, and the journal went past them.
    OlderDraft(Value),
}

impl Input {
    /// Copies what stands beside it.
    pub(super) fn copy_last(&mut self) -> Step {
        let Some(value) = self.beside_it().cloned() else {
            return Step::Quiet;
        };
        if value.is_empty() && matches!(self.control, Control::Text(_)) {
            return Step::Quiet;
        }
        self.control.take(&value);
        self.wrong = None;
        Step::Typed
    }

    /// What can be copied into it: other words about the same, or what was said last time.
    #[must_use]
    pub fn beside_it(&self) -> Option<&Value> {
        match &self.other {
            Some(
                Other::SavedMeanwhile(value) | Other::Unsettled(value) | Other::OlderDraft(value),
            ) => Some(value),
            None => self.last.as_ref().map(|last| &last.value),
        }
    }
}
