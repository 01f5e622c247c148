//! Which entries a word on the command line means: `commitments`, `problem`, `audit`.
//!
//! Names are taken in any case, with spaces, hyphens or underscores, in the singular or plural.

use crate::calendar::Now;
use crate::journal::{Body, Entry, Id, Journal};
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

/// The presets of `register` that nobody has written to yet, as entries of revision 0.
#[must_use]
pub fn preset_entries(register: &Register, journal: &Journal, now: Now) -> Vec<Entry> {
    let untouched = register.presets.iter().filter_map(|preset| {
        let id = Id::preset(&register.id, &preset.id);
        if !journal.is_untouched(&id) {
            return None;
        }
        Some(Entry {
            body: Body::Item(journal.item_or_preset(register, &id)?),
            id,
            rev: 0,
            at: now.stamp(),
            undoes: None,
        })
    });
    untouched.collect()
}

/// Whether two names are the same but for case, spaces, hyphens and underscores.
#[must_use]
pub fn same_name(one: &str, other: &str) -> bool {
    let bare = |name: &str| -> String {
        name.chars()
            .filter(|character| !matches!(character, ' ' | '-' | '_'))
            .flat_map(char::to_lowercase)
            .collect()
    };
    bare(one) == bare(other)
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let catalog = samples::catalog();
        let found = match Selection::named(text, &catalog) {
            None => "nothing".to_owned(),
            Some(Selection::Register(register)) => format!("register {}", register.id),
            Some(Selection::Practice(practice)) => format!("practice {}", practice.id),
            Some(other) => format!("{other:?}"),
        };
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn kinds_are_named_in_the_singular_and_plural_in_any_case() {
        check("all", "All");
        check("Commitment", "Commitments");
        check("answers", "Answers");
        check("problem", "register problems");
        check("PROBLEMS", "register problems");
        check("skill", "register skills");
        check("audit", "practice audit");
        check("probs", "nothing");
        check("", "nothing");
    }

    #[test]
    fn a_preset_is_there_until_it_is_written_to() {
        let catalog = samples::catalog();
        let skills = catalog.register("skills").expect("a register");
        let mut journal = samples::journal();
        let presets = preset_entries(skills, &journal, samples::now());
        assert_eq!(presets.len(), 1);
        assert_eq!(presets[0].id.as_str(), "item/skills/systems-thinking");
        let mut written = presets[0].clone();
        written.rev = 1;
        journal.absorb(written);
        assert!(preset_entries(skills, &journal, samples::now()).is_empty());
    }
}
