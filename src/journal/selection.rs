//! Which entries a word means: `commitments`, `problem`, `audit`.
//!
//! Names are taken in any case, with spaces, hyphens or underscores, in the singular or plural.
//! Knows no practice by name.

use super::{Body, Entry};
use crate::practice::{Catalog, Practice, Register};

/// A part of the journal that can be asked for by name.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Selection<'a> {
    /// Every entry but choices, which say nothing of their own.
    All,
    /// The commitments.
    Commitments,
    /// The answers to all practices.
    Answers,
    /// The items of one register.
    Register(&'a Register),
    /// The answers to one practice and the items of its registers.
    Practice(&'a Practice),
}

impl<'a> Selection<'a> {
    /// What `text` names. A register goes before a practice of the same name, being the narrower
    /// of the two.
    #[must_use]
    pub fn named(text: &str, catalog: &'a Catalog) -> Option<Self> {
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
        if let Some(register) = find_register(text, catalog) {
            return Some(Self::Register(register));
        }
        catalog
            .practices()
            .iter()
            .find(|practice| same_name(&practice.id, text) || same_name(&practice.name, text))
            .map(Self::Practice)
    }

    /// What `text` names, or else all that it is the beginning of a name of.
    #[must_use]
    pub fn begun(text: &str, catalog: &'a Catalog) -> Vec<Self> {
        if let Some(named) = Self::named(text, catalog) {
            return vec![named];
        }
        let bare = bare(text);
        let begins = |names: &[&str]| names.iter().any(|name| self::bare(name).starts_with(&bare));
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

    /// Every name there is, for whoever used another.
    #[must_use]
    pub fn names(catalog: &Catalog) -> Vec<String> {
        let mut names = vec![
            "all".to_owned(),
            "commitments".to_owned(),
            "answers".to_owned(),
        ];
        let registers = catalog.registers().map(|register| &register.id);
        let practices = catalog.practices().iter().map(|practice| &practice.id);
        for name in registers.chain(practices) {
            if !names.contains(name) {
                names.push(name.clone());
            }
        }
        names
    }

    /// Whether `entry` is part of it.
    #[must_use]
    pub fn holds(&self, entry: &Entry) -> bool {
        match (self, &entry.body) {
            (_, Body::Deleted | Body::Choice(_)) => false,
            (Self::All, _)
            | (Self::Commitments, Body::Commitment(_))
            | (Self::Answers, Body::Answer(_)) => true,
            (Self::Register(register), Body::Item(item)) => item.register == register.id,
            (Self::Practice(practice), Body::Answer(answer)) => answer.practice == practice.id,
            (Self::Practice(practice), Body::Item(item)) => practice
                .registers
                .iter()
                .any(|register| register.id == item.register),
            _ => false,
        }
    }

    /// The registers whose untouched presets belong in it: those it was asked for by name.
    #[must_use]
    pub fn registers(&self) -> &[Register] {
        match self {
            Self::All | Self::Commitments | Self::Answers => &[],
            Self::Register(register) => std::slice::from_ref(*register),
            Self::Practice(practice) => &practice.registers,
        }
    }
}

/// The register that `text` names by its id, its name or its singular.
#[must_use]
pub fn find_register<'a>(text: &str, catalog: &'a Catalog) -> Option<&'a Register> {
    catalog.registers().find(|register| {
        let plural = format!("{}s", register.singular);
        [&register.id, &register.name, &register.singular, &plural]
            .into_iter()
            .any(|name| same_name(name, text))
    })
}

/// Whether two names are the same but for case, spaces, hyphens and underscores.
#[must_use]
pub fn same_name(one: &str, other: &str) -> bool {
    bare(one) == bare(other)
}

/// A name without what it may be written with or without.
fn bare(name: &str) -> String {
    name.chars()
        .filter(|character| !matches!(character, ' ' | '-' | '_'))
        .flat_map(char::to_lowercase)
        .collect()
}
