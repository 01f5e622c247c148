//! The names that were joined: which names and spellings are one person, and what they go by.
//!
//! A list of the practices says that it is about names; knows it by that alone. What was written
//! stays as it is: everything that counts, lists or finds people asks here.

use super::{Entry, Journal, folded_name, split_names};
use crate::practice::Catalog;

/// The names that were joined.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct JoinedNames {
    /// The names of each person with several, the one they go by first. No name is in two of them,
    /// so joins in a chain or a circle end in one person.
    people: Vec<Vec<String>>,
}

impl JoinedNames {
    /// Those that a journal joins, in the order they were written: two people become one, who goes
    /// by the name of the one that was named as such; if they are one already, that name changes.
    pub fn of(journal: &Journal, catalog: &Catalog) -> Self {
        Self::of_entries(journal, catalog, |_| true)
    }

    /// Those that others may see: what is private joins none.
    pub fn public(journal: &Journal, catalog: &Catalog) -> Self {
        Self::of_entries(journal, catalog, |entry| {
            !journal.is_private(entry, catalog)
        })
    }

    fn of_entries(journal: &Journal, catalog: &Catalog, counts: impl Fn(&Entry) -> bool) -> Self {
        let mut joined = Self::default();
        if let Some((register, field)) = catalog.joined_names() {
            let items = journal.items(&register.id).into_iter();
            for (_, item) in items.filter(|(entry, _)| counts(entry)) {
                for name in split_names(item.text(field)).take(1) {
                    for other in split_names(item.title()) {
                        joined.join(&other, &name);
                    }
                }
            }
        }
        joined
    }

    fn join(&mut self, other: &str, name: &str) {
        let mut names = self.take(name);
        match names.iter().position(|one| is_same(one, other)) {
            Some(_) => {
                names.retain(|one| !is_same(one, name));
                names.insert(0, name.to_owned());
            }
            None => names.append(&mut self.take(other)),
        }
        self.people.push(names);
    }

    /// Removes and returns the names of a person.
    fn take(&mut self, name: &str) -> Vec<String> {
        let is_it = |names: &Vec<String>| names.iter().any(|one| is_same(one, name));
        match self.people.iter().position(is_it) {
            Some(at) => self.people.swap_remove(at),
            None => vec![name.to_owned()],
        }
    }

    /// The names of the person called `name`, the one they go by first; empty if it is their only
    /// one.
    pub fn names_of(&self, name: &str) -> &[String] {
        let mut people = self.people.iter();
        let names = people.find(|names| names.iter().any(|one| is_same(one, name)));
        names.map_or(&[], Vec::as_slice)
    }

    /// The name that the person called `name` goes by.
    pub fn main_name<'a>(&'a self, name: &'a str) -> &'a str {
        self.names_of(name).first().map_or(name, String::as_str)
    }

    /// Every name that was joined.
    #[must_use = "an iterator does nothing by itself"]
    pub fn all(&self) -> impl Iterator<Item = &String> {
        self.people.iter().flatten()
    }
}

fn is_same(one: &str, other: &str) -> bool {
    one == other || folded_name(one) == folded_name(other)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn joined(joins: &[(&str, &str)]) -> JoinedNames {
        let mut joined = JoinedNames::default();
        for (other, name) in joins {
            joined.join(other, name);
        }
        joined
    }

    #[track_caller]
    fn check(joins: &[(&str, &str)], expected: &[(&str, &str)]) {
        let joined = joined(joins);
        for (name, goes_by) in expected {
            assert_eq!(joined.main_name(name), *goes_by, "{name}: {joins:?}");
        }
    }

    #[test]
    fn joined_names_are_one_person() {
        check(&[], &[("Ana", "Ana")]);
        check(
            &[("Lukas", "Łukasz")],
            &[("LUKAS", "Łukasz"), ("łukasz", "Łukasz"), ("Ana", "Ana")],
        );
        // Chains, whichever end was written first.
        let all = [("A", "C"), ("B", "C"), ("C", "C")];
        check(&[("A", "B"), ("B", "C")], &all);
        check(&[("B", "C"), ("A", "B")], &all);
        // Two machines that join one name differently make all three one person.
        check(&[("A", "B"), ("A", "C")], &all);
        // The other way round later, and a circle.
        check(&[("A", "B"), ("B", "A")], &[("A", "A"), ("B", "A")]);
        check(
            &[("A", "B"), ("B", "C"), ("C", "A")],
            &[("A", "A"), ("C", "A")],
        );
        check(&[("A", "a"), ("A", "A")], &[("a", "A")]);
    }

    proptest! {
        #[test]
        fn every_name_is_of_one_person_whatever_is_joined(
            joins in prop::collection::vec(("[A-Fa-f]", "[A-Fa-f]"), 0..20),
        ) {
            let joins: Vec<(&str, &str)> = joins.iter().map(|(a, b)| (&**a, &**b)).collect();
            let joined = joined(&joins);
            for (other, name) in &joins {
                prop_assert_eq!(joined.main_name(other), joined.main_name(name));
                let goes_by = joined.main_name(name);
                prop_assert_eq!(joined.main_name(goes_by), goes_by);
            }
            let mut all: Vec<String> = joined.all().map(|name| folded_name(name)).collect();
            let count = all.len();
            all.sort();
            all.dedup();
            prop_assert_eq!(all.len(), count);
        }
    }
}
