//! Takes the values of a TOML table key by key, so that each mistake has its position.

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

use crate::user_file::Mistake;

/// A table of the file whose keys are taken off one by one.
pub(super) struct Table<'a> {
    /// Its position in the file.
    pub(super) at: usize,
    values: DeTable<'a>,
}

/// A value and its position in the file.
pub(super) type Positioned<T> = (usize, T);

impl<'a> Table<'a> {
    /// The table in a value.
    pub(super) fn new(value: Spanned<DeValue<'a>>) -> Result<Self, Mistake> {
        let at = value.span().start;
        match value.into_inner() {
            DeValue::Table(values) => Ok(Self { at, values }),
            _ => Err(Mistake::at(at, "this is not a table")),
        }
    }

    /// Takes the value of a key, if it is there.
    pub(super) fn take<T: DeserializeOwned>(
        &mut self,
        key: &str,
    ) -> Result<Option<Positioned<T>>, Mistake> {
        let Some(value) = self.values.remove(key) else {
            return Ok(None);
        };
        let at = value.span().start;
        let named = |mistake: Mistake| mistake.with_context(|reason| format!("`{key}`: {reason}"));
        match deserialize(value) {
            Ok(value) => Ok(Some((at, value))),
            Err(mistake) => Err(named(mistake).or_at(at)),
        }
    }

    /// A key that was not taken, and its position.
    pub(super) fn first_left(&self) -> Option<Positioned<String>> {
        let (key, _) = self.values.iter().next()?;
        Some((key.span().start, key.get_ref().to_string()))
    }
}

/// The value as a type.
pub(super) fn deserialize<T: DeserializeOwned>(value: Spanned<DeValue<'_>>) -> Result<T, Mistake> {
    T::deserialize(ValueDeserializer::from(value)).map_err(Mistake::from)
}
