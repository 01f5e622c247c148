//! What a version was made from: its name, the versions its writer saw, and what it undoes.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fmt;

/// The name of a version: the checksum at the end of its line, as it is written there.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct VersionName(Repr);

#[derive(Clone, Debug, Eq, Hash, PartialEq)]
enum Repr {
    /// Eight lower-case hexadecimal digits, as at the end of every line that leadby writes.
    Checksum(u32),
    /// What another program wrote in its place.
    Other(Box<str>),
}

/// What a version was made from.
#[derive(Clone, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Lineage {
    pub name: VersionName,
    /// The versions its writer saw; `None` in lines from before versions had names, which follow
    /// the version with the next lower revision.
    pub after: Option<Box<[VersionName]>>,
    /// The version it undoes.
    pub undoes: Option<Box<UndoTarget>>,
    /// The unsettled fields that its writer left unsettled.
    pub open: OpenFields,
    /// Members of its line that this leadby does not know; kept in every later version.
    pub unknown: Option<Box<UnknownMembers>>,
}

/// Names of fields; hardly any version has some.
#[derive(Clone, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[expect(
    clippy::box_collection,
    reason = "one word where there are none, and every version has this"
)]
pub struct OpenFields(Option<Box<Vec<Box<str>>>>);

impl OpenFields {
    /// Whether a field is among them.
    pub fn contains(&self, field: &str) -> bool {
        self.iter().any(|open| **open == *field)
    }
}

impl std::ops::Deref for OpenFields {
    type Target = [Box<str>];

    fn deref(&self) -> &[Box<str>] {
        self.0.as_deref().map_or(&[], Vec::as_slice)
    }
}

impl FromIterator<Box<str>> for OpenFields {
    fn from_iter<Fields: IntoIterator<Item = Box<str>>>(fields: Fields) -> Self {
        let fields: Vec<Box<str>> = fields.into_iter().collect();
        Self((!fields.is_empty()).then(|| Box::new(fields)))
    }
}

/// Unknown members by name.
pub type UnknownMembers = BTreeMap<String, Member>;

/// An unknown member: JSON as it is written, except for white space between its parts.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Member {
    /// Any value but a list.
    One(String),
    /// The elements of a list.
    List(Vec<String>),
}

/// The version that another one undoes.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum UndoTarget {
    Name(VersionName),
    /// By its revision, in lines from before versions had names. The fold ignores it, as such a
    /// line says what was there before.
    Revision(u64),
}

impl VersionName {
    /// The name of a line with this checksum.
    pub fn from_checksum(sum: u32) -> Self {
        Self(Repr::Checksum(sum))
    }

    /// A name as it is written.
    pub fn new(text: &str) -> Self {
        let digits = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        match u32::from_str_radix(text, 16) {
            Ok(sum) if text.len() == 8 && text.bytes().all(digits) => Self::from_checksum(sum),
            _ => Self(Repr::Other(text.into())),
        }
    }
}

impl Default for VersionName {
    fn default() -> Self {
        Self::from_checksum(0)
    }
}

impl fmt::Display for VersionName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Repr::Checksum(sum) => write!(f, "{sum:08x}"),
            Repr::Other(text) => f.write_str(text),
        }
    }
}

/// Compares the bytes of the names.
impl Ord for VersionName {
    fn cmp(&self, other: &Self) -> Ordering {
        match (&self.0, &other.0) {
            (Repr::Checksum(one), Repr::Checksum(two)) => one.cmp(two),
            _ => self.to_string().cmp(&other.to_string()),
        }
    }
}

impl PartialOrd for VersionName {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Lineage {
    /// Whether it only undoes another version.
    pub fn is_undo(&self) -> bool {
        self.undoes.is_some()
    }

    /// The name of the version it undoes.
    pub fn undone_name(&self) -> Option<&VersionName> {
        match self.undoes.as_deref() {
            Some(UndoTarget::Name(name)) => Some(name),
            Some(UndoTarget::Revision(_)) | None => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_what_was_written() {
        for text in [
            "00000000",
            "9f1c02aa",
            "9F1C02AA",
            "+9f1c02a",
            "",
            "9f1c02aaa",
            "x",
        ] {
            assert_eq!(VersionName::new(text).to_string(), text);
        }
        assert!(VersionName::new("0000000f") < VersionName::new("9f1c02aa"));
        assert!(VersionName::new("9F1C02AA") < VersionName::new("9f1c02aa"));
        assert_ne!(VersionName::new("9F1C02AA"), VersionName::new("9f1c02aa"));
    }
}
