//! What appears beside a field: earlier answers, or another text for the same field.

use super::{Control, FormEvent, FormField};
use crate::insight::QuestionYear;
use crate::journal::{Id, Value};

/// An earlier answer, and when it was given.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct LastAnswer {
    /// For example "last week".
    pub when: String,
    pub value: Value,
    /// What came of it.
    pub notes: Vec<FieldNote>,
}

/// The answers before the previous one.
#[derive(Clone, Debug, Default)]
pub struct PastAnswers {
    /// One of some weeks ago.
    pub earlier: Option<LastAnswer>,
    pub year: Option<QuestionYear>,
}

/// A line about an entry: what came of it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct FieldNote {
    pub text: String,
    /// The entry that it names, to be opened.
    pub opens: Option<Id>,
}

impl From<String> for FieldNote {
    fn from(text: String) -> Self {
        Self { text, opens: None }
    }
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
        self.control.fill_from(&value);
        self.error = None;
        FormEvent::Edited
    }

    /// What can be copied into it: another text, or else the previous answer.
    pub fn copy_source(&self) -> Option<&Value> {
        let value = match &self.other_text {
            Some(
                OtherText::SavedMeanwhile(value)
                | OtherText::Unsettled(value)
                | OtherText::OlderDraft(value),
            ) => value,
            None => &self.last_answer.as_ref()?.value,
        };
        // Text is added to what is there, and of none there is nothing to add.
        let adds_nothing = value.is_empty() && matches!(self.control, Control::Text(_));
        (!adds_nothing).then_some(value)
    }
}
