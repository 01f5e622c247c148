//! Fields that are shown only for certain values of another one: the new day of what moved.

use super::{Form, FormField};
use crate::journal::Value;

/// Shows a field while another one has one of these values.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct ShowCondition {
    /// The other field's name.
    pub field: &'static str,
    /// Its values for that; empty text before anything is chosen.
    pub says: &'static [&'static str],
}

impl FormField {
    /// Shown only while another field has one of these values.
    #[must_use]
    pub fn shown_when(mut self, field: &'static str, says: &'static [&'static str]) -> Self {
        self.condition = Some(ShowCondition { field, says });
        self
    }
}

impl Form {
    /// Whether a field is shown for the present values.
    #[must_use]
    pub fn is_shown(&self, input: &FormField) -> bool {
        let Some(ShowCondition { field, says }) = input.condition else {
            return true;
        };
        let said = self.field(field).map(|other| other.control.raw());
        says.contains(&said.as_ref().and_then(Value::as_text).unwrap_or(""))
    }

    /// The fields shown now, each with its index among all.
    #[must_use = "an iterator does nothing by itself"]
    pub fn visible_fields(&self) -> impl DoubleEndedIterator<Item = (usize, &FormField)> {
        self.fields
            .iter()
            .enumerate()
            .filter(|(_, input)| self.is_shown(input))
    }
}
