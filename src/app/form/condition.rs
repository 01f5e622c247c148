//! Fields that are shown only for certain values of other ones: the new day of what moved, and what
//! is asked once an item has reached a stage.

use super::{Form, FormField};
use crate::journal::Value;

/// When a field is shown.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum ShowCondition {
    /// While another field has one of these values; empty text before anything is chosen.
    OneOf {
        field: &'static str,
        values: &'static [&'static str],
    },
    /// Once one of these fields has a value, or this one has, or all fields are shown.
    AnyOf(Vec<String>),
}

impl FormField {
    /// Shown only while another field has one of these values.
    pub fn shown_when(mut self, field: &'static str, values: &'static [&'static str]) -> Self {
        self.condition = Some(ShowCondition::OneOf { field, values });
        self
    }

    /// Shown only once one of these fields has a value; always if there are none.
    pub fn shown_after(mut self, fields: Vec<String>) -> Self {
        self.condition = (!fields.is_empty()).then_some(ShowCondition::AnyOf(fields));
        self
    }
}

impl Form {
    /// Whether a field is shown for the present values.
    pub fn is_shown(&self, field: &FormField) -> bool {
        match &field.condition {
            None => true,
            Some(ShowCondition::OneOf { field, values }) => {
                let said = self.field(field).map(|other| other.control.raw());
                values.contains(&said.as_ref().and_then(Value::as_text).unwrap_or(""))
            }
            Some(ShowCondition::AnyOf(fields)) => {
                let has_value =
                    |field: &FormField| !field.control.raw().is_empty() || !field.saved.is_empty();
                let others = fields.iter().filter_map(|name| self.field(name));
                self.shows_all || has_value(field) || others.into_iter().any(has_value)
            }
        }
    }

    /// Whether fields of later stages are hidden.
    pub(super) fn has_later_fields(&self) -> bool {
        let is_later =
            |field: &&FormField| matches!(field.condition, Some(ShowCondition::AnyOf(_)));
        let mut later = self.fields.iter().filter(is_later);
        later.any(|field| !self.is_shown(field))
    }

    /// The fields shown now, each with its index among all.
    #[must_use = "an iterator does nothing by itself"]
    pub fn visible_fields(&self) -> impl DoubleEndedIterator<Item = (usize, &FormField)> {
        self.fields
            .iter()
            .enumerate()
            .filter(|(_, field)| self.is_shown(field))
    }
}
