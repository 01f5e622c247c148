//! Which entries a name selects: `commitments`, `problem`, `audit`.
//!
//! Names match in any case, with spaces, hyphens or underscores, in the singular or plural.
//! Knows no practice by name, but for the former names.

use super::{Body, Entry};
use crate::practice::{Catalog, Practice, Register};
use crate::text::{normalized_name, same_name};

/// Former names of built-in registers that their ids do not give, with these ids.
const FORMER_NAMES: [(&str, &str); 8] = [
    ("absence", "off"),
    ("open loop", "loops"),
    ("open loops", "loops"),
    ("bolts of the craft", "bolts"),
    ("acts that grow others", "acts"),
    ("piece of knowledge", "knowledge"),
    ("pieces of knowledge", "knowledge"),
    ("knowledge to hand on", "knowledge"),
];

/// A part of the journal that can be asked for by name.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Selection<'a> {
    /// Every entry but choices, which have no content of their own.
    All,
    Commitments,
    /// The answers to all practices.
    Answers,
    /// The items of one register.
    Register(&'a Register),
    /// The answers to one practice and the items of its registers.
    Practice(&'a Practice),
}

impl<'a> Selection<'a> {
    /// What `text` names. A register wins over a practice of the same name, as it is narrower.
    pub fn from_name(text: &str, catalog: &'a Catalog) -> Option<Self> {
        let is = |names: [&str; 2]| names.into_iter().any(|name| same_name(name, text));
        if is(["all", "everything"]) {
            return Some(Self::All);
        }
        if is(["commitments", "commitment"]) {
            return Some(Self::Commitments);
        }
        if is(["answers", "answer"]) {
            return Some(Self::Answers);
        }
        if let Some(register) = current_register(text, catalog) {
            return Some(Self::Register(register));
        }
        if let Some(practice) = find_practice(text, catalog) {
            return Some(Self::Practice(practice));
        }
        former_register(text, catalog).map(Self::Register)
    }

    /// What `text` names, or else the only register, or practice, of whose name it begins a word.
    ///
    /// # Errors
    /// With what it may be, if it is several things or none.
    pub fn from_beginning(text: &str, catalog: &'a Catalog) -> Result<Self, Vec<Self>> {
        let found = Self::by_prefix(text, catalog);
        let is_practice = |one: &Self| matches!(one, Self::Practice(_));
        let mut narrow = found.iter().filter(|one| !is_practice(one));
        match (narrow.next(), narrow.next(), found.as_slice()) {
            (Some(only), None, _) | (None, _, [only]) => Ok(*only),
            _ => Err(found),
        }
    }

    /// What `text` names, or else everything of whose name it begins a word.
    pub fn by_prefix(text: &str, catalog: &'a Catalog) -> Vec<Self> {
        if let Some(named) = Self::from_name(text, catalog) {
            return vec![named];
        }
        let bare = normalized_name(text);
        let begins = |names: &[&str]| {
            names.iter().any(|name| {
                let mut words = name.match_indices([' ', '-']);
                let begins =
                    |name: &str| !bare.is_empty() && normalized_name(name).starts_with(&bare);
                begins(name) || words.any(|(at, _)| begins(&name[at..]))
            })
        };
        let mut found = Vec::new();
        if begins(&["commitments"]) {
            found.push(Self::Commitments);
        }
        if begins(&["answers"]) {
            found.push(Self::Answers);
        }
        let registers = catalog.registers();
        found.extend(
            registers
                .filter(|one| begins(&[&one.id, &one.name, &one.singular]))
                .map(Self::Register),
        );
        let practices = catalog.practices().iter();
        found.extend(
            practices
                .filter(|one| begins(&[&one.id, &one.name]))
                .map(Self::Practice),
        );
        found
    }

    /// Every valid name, to list in an error.
    pub fn names(catalog: &'a Catalog) -> Vec<String> {
        let mut names = vec![
            "all".to_owned(),
            "commitments".to_owned(),
            "answers".to_owned(),
        ];
        let registers = catalog.registers().map(Self::Register);
        let practices = catalog.practices().iter().map(Self::Practice);
        for selection in registers.chain(practices) {
            let name = selection.typed_name(catalog);
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }

    /// The name to type for it: the one on the screens if that is one word and means nothing else,
    /// otherwise the id.
    pub fn typed_name(self, catalog: &'a Catalog) -> String {
        let (name, id) = match self {
            Self::All => return "all".to_owned(),
            Self::Commitments => return "commitments".to_owned(),
            Self::Answers => return "answers".to_owned(),
            Self::Register(register) => (&register.name, &register.id),
            Self::Practice(practice) => (&practice.name, &practice.id),
        };
        let word = name.to_lowercase();
        let is_clear =
            !word.contains(char::is_whitespace) && Self::from_name(&word, catalog) == Some(self);
        if is_clear { word } else { id.clone() }
    }

    /// Whether `entry` is in it.
    pub fn contains(&self, entry: &Entry) -> bool {
        match (self, &entry.body) {
            (_, Body::Deleted | Body::Choice(_)) => false,
            (Self::All, _)
            | (Self::Commitments, Body::Commitment(_))
            | (Self::Answers, Body::Answer(_)) => true,
            (Self::Register(register), Body::Item(item)) => item.register == register.id,
            (Self::Practice(practice), Body::Answer(answer)) => answer.practice == practice.id,
            (Self::Practice(practice), Body::Item(item)) => {
                practice.register(&item.register).is_some()
            }
            _ => false,
        }
    }

    /// The registers whose untouched presets are in it: only if they are named.
    pub fn registers(&self) -> &[Register] {
        match self {
            Self::All | Self::Commitments | Self::Answers => &[],
            Self::Register(register) => std::slice::from_ref(*register),
            Self::Practice(practice) => &practice.registers,
        }
    }
}

/// The practice that `text` names by its id or its name.
pub fn find_practice<'a>(text: &str, catalog: &'a Catalog) -> Option<&'a Practice> {
    let practices = catalog.practices();
    practices
        .iter()
        .find(|practice| same_name(&practice.id, text))
        .or_else(|| {
            practices
                .iter()
                .find(|practice| same_name(&practice.name, text))
        })
}

/// The register that `text` names by its id, its name or its singular, or by a former name.
pub fn find_register<'a>(text: &str, catalog: &'a Catalog) -> Option<&'a Register> {
    current_register(text, catalog).or_else(|| former_register(text, catalog))
}

fn current_register<'a>(text: &str, catalog: &'a Catalog) -> Option<&'a Register> {
    catalog
        .registers()
        .find(|register| register.is_called(text))
}

/// Scripts may still use the former names of built-in registers; each also keeps its id without the
/// `s`, like `bolt`.
fn former_register<'a>(text: &str, catalog: &'a Catalog) -> Option<&'a Register> {
    let former = FORMER_NAMES.iter().find(|(name, _)| same_name(name, text));
    catalog.registers().find(|register| {
        let singular = register.id.strip_suffix('s');
        singular.is_some_and(|name| same_name(name, text))
            || former.is_some_and(|(_, id)| *id == register.id)
    })
}
