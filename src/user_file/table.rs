//! Takes the values of a TOML table key by key, so that each mistake has its position.

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

use super::Mistake;

/// A table of the file whose keys are taken off one by one.
pub struct Table<'a> {
    /// Its position in the file.
    pub at: usize,
    values: DeTable<'a>,
}

/// A value and its position in the file.
pub type Positioned<T> = (usize, T);

impl<'a> Table<'a> {
    /// The table in a value.
    pub fn new(value: Spanned<DeValue<'a>>) -> Result<Self, Mistake> {
        let at = value.span().start;
        match value.into_inner() {
            DeValue::Table(values) => Ok(Self { at, values }),
            _ => Err(Mistake::at(at, "this is not a table")),
        }
    }

    /// The table that a whole file is.
    pub fn parse(text: &'a str) -> Result<Self, Mistake> {
        let values = DeTable::parse(text)?.into_inner();
        Ok(Self { at: 0, values })
    }

    /// Takes the tables of a list, `[[key]]` above each; none if there is no such key.
    pub fn take_tables(&mut self, key: &str) -> Result<Vec<Self>, Mistake> {
        let Some(value) = self.values.remove(key) else {
            return Ok(Vec::new());
        };
        let at = value.span().start;
        let DeValue::Array(list) = value.into_inner() else {
            let reason = format!("`{key}` is a list: write [[{key}]] above each of them");
            return Err(Mistake::at(at, reason));
        };
        list.into_iter().map(Self::new).collect()
    }

    /// Takes the value of a key, if it is there.
    pub fn take<T: DeserializeOwned>(
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

    /// The keys that were not taken, and their positions.
    pub fn left(&self) -> impl Iterator<Item = Positioned<String>> {
        let keys = self.values.iter();
        keys.map(|(key, _)| (key.span().start, key.get_ref().to_string()))
    }
}

/// The value as a type.
pub fn deserialize<T: DeserializeOwned>(value: Spanned<DeValue<'_>>) -> Result<T, Mistake> {
    T::deserialize(ValueDeserializer::from(value)).map_err(Mistake::from)
}

/// "unknown key `them`; keys here: theme, mouse".
pub fn unknown_key(key: &str, known: &[&str]) -> String {
    format!("unknown key `{key}`; keys here: {}", known.join(", "))
}
