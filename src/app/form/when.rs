//! Fields that belong to a form only while another one says something: the new day of what moved.

use super::{Form, Input};
use crate::journal::Value;

/// A field belongs to a form while another one says one of these.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct When {
    /// The other field's name.
    pub field: &'static str,
    /// What it says then; empty text before anything is chosen.
    pub says: &'static [&'static str],
}

impl Input {
    /// Shown only while another field says one of these.
    #[must_use]
    pub fn when(mut self, field: &'static str, says: &'static [&'static str]) -> Self {
        self.when = Some(When { field, says });
        self
    }
}

impl Form {
    /// Whether a field belongs to the form as it is filled in now.
    #[must_use]
    pub fn shows(&self, input: &Input) -> bool {
        let Some(When { field, says }) = input.when else {
            return true;
        };
        let said = self.input(field).map(|other| other.control.raw());
        let said = said.as_ref().and_then(Value::text).unwrap_or("");
        says.contains(&said)
    }

    /// The fields that belong to the form now, each with its place among all.
    #[must_use = "an iterator does nothing by itself"]
    pub fn shown(&self) -> impl DoubleEndedIterator<Item = (usize, &Input)> {
        let all = self.inputs.iter().enumerate();
        all.filter(|(_, input)| self.shows(input))
    }
}
