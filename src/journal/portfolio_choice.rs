//! A choice about an entry: whether it is included in the portfolio, and in which place; or what it
//! stands for on the ladder.
//!
//! A choice is an entry of its own, so the entry it is about does not change, and the choice can be
//! undone like anything else. Does not know what is in a portfolio without a choice.

use super::{Body, Change, Id, Journal};

/// A choice about one entry.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct PortfolioChoice {
    /// The entry it is about.
    pub entry: Id,
    /// Whether it is in the portfolio; `None` if that follows from the entry.
    pub portfolio: Option<Inclusion>,
    /// Its place among the others, lowest first; `None` puts it behind them, by its weight.
    pub place: Option<u32>,
    /// The expectations of the ladder that it is evidence for, by id.
    pub ladder: Vec<String>,
    /// The expectations that it is not evidence for, although a list proposes it. One that is in both
    /// lists, as after a merge, has it as evidence.
    pub refused: Vec<String>,
}

/// Whether something is in the portfolio by the user's choice.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Inclusion {
    Include,
    Exclude,
    /// Included, and on the first page.
    First,
}

impl Id {
    /// The id of the choice about an entry, the same on every machine:
    /// `choice/item/skills/systems-thinking/portfolio`.
    pub fn choice(entry: &Id) -> Self {
        Self::new(format!("choice/{entry}/portfolio"))
    }
}

impl PortfolioChoice {
    /// A choice about an entry in which nothing is chosen yet.
    pub fn about(entry: &Id) -> Self {
        Self {
            entry: entry.clone(),
            portfolio: None,
            place: None,
            ladder: Vec::new(),
            refused: Vec::new(),
        }
    }

    /// The change that writes this choice.
    pub fn into_change(self) -> Change {
        Change::of(Id::choice(&self.entry), Body::Choice(self))
    }

    /// "on the first page of the portfolio, place 2", "left out of the portfolio", "evidence for
    /// lead-craft", "no choice".
    pub fn label(&self) -> String {
        let included = self.portfolio.map(|portfolio| portfolio.label().to_owned());
        let place = self.place.map(|place| format!("place {place}"));
        let listed = |lead: &str, ids: &[String]| {
            (!ids.is_empty()).then(|| format!("{lead} {}", ids.join(", ")))
        };
        let ladder = listed("evidence for", &self.ladder);
        let refused = listed("not evidence for", &self.refused);
        let parts = [included, place, ladder, refused];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        if parts.is_empty() {
            return "no choice".to_owned();
        }
        parts.join(", ")
    }
}

impl Inclusion {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Include, Self::Exclude, Self::First];

    /// Its name for a script: `in`, `out` or `first`.
    pub fn id(self) -> &'static str {
        match self {
            Self::Include => "in",
            Self::Exclude => "out",
            Self::First => "first",
        }
    }

    /// "in the portfolio", "left out of the portfolio", "on the first page of the portfolio".
    pub fn label(self) -> &'static str {
        match self {
            Self::Include => "in the portfolio",
            Self::Exclude => "left out of the portfolio",
            Self::First => "on the first page of the portfolio",
        }
    }
}

impl Journal {
    /// The choice about an entry and the portfolio; `None` if there is none.
    pub fn portfolio_choice(&self, entry: &Id) -> Option<&PortfolioChoice> {
        self.choice(&Id::choice(entry))
    }

    /// A choice by its own id.
    pub(super) fn choice(&self, id: &Id) -> Option<&PortfolioChoice> {
        self.current(id)?.body.as_choice()
    }

    /// Whether an entry is in the portfolio by the user's choice; `None` if that follows from it.
    pub fn inclusion(&self, entry: &Id) -> Option<Inclusion> {
        self.portfolio_choice(entry)?.portfolio
    }

    /// The choice about an entry, to be changed; without one, nothing is chosen in it yet.
    pub fn choice_to_change(&self, entry: &Id) -> PortfolioChoice {
        let chosen = self.portfolio_choice(entry).cloned();
        chosen.unwrap_or_else(|| PortfolioChoice::about(entry))
    }

    /// The entry that a choice is about, even if the choice was undone; `None` if the id is not one
    /// of a choice.
    pub fn choice_subject(&self, choice: &Id) -> Option<&Id> {
        let mut versions = self.versions(choice).iter();
        versions.find_map(|version| Some(&version.body.as_choice()?.entry))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::samples::versioned;
    use crate::journal::{Entry, VersionName};

    fn version(rev: u64, at: &str, body: Body) -> Entry {
        Entry::new(
            Id::choice(&Id::new("e")),
            rev,
            at.parse().expect("a time"),
            body,
        )
    }

    #[test]
    fn two_machines_decide_about_one_entry_in_versions_of_one_choice() {
        let choice = |portfolio| PortfolioChoice {
            portfolio: Some(portfolio),
            ..PortfolioChoice::about(&Id::new("e"))
        };
        let change = choice(Inclusion::Exclude).into_change();
        assert_eq!(change.id, Some(Id::choice(&Id::new("e"))));
        let out = version(1, "2026-11-24T09:00:00Z", change.body);
        let into = version(
            1,
            "2026-11-24T10:00:00Z",
            Body::Choice(choice(Inclusion::Include)),
        );
        for entries in [[out.clone(), into.clone()], [into.clone(), out.clone()]] {
            let journal = Journal::fold(entries);
            let chosen = journal.portfolio_choice(&Id::new("e"));
            assert_eq!(chosen, Some(&choice(Inclusion::Include)));
        }
        let mut back = version(2, "2026-11-24T11:00:00Z", Body::Deleted);
        let name = |entry: &mut Entry, name: &str| {
            entry.lineage.name = VersionName::new(name);
            entry.lineage.name.clone()
        };
        let (mut out, mut into) = (out, into);
        let both = [name(&mut out, "out"), name(&mut into, "into")];
        back.lineage.after = Some(both.into());
        let journal = Journal::fold([out, into, back]);
        assert_eq!(journal.portfolio_choice(&Id::new("e")), None);
        let about = journal.choice_subject(&Id::choice(&Id::new("e")));
        assert_eq!(about, Some(&Id::new("e")), "undone, it is still about it");
        assert_eq!(journal.choice_subject(&Id::new("e")), None);
    }

    #[test]
    fn what_is_included_and_its_place_are_merged_field_by_field() {
        let first = |place| {
            Body::Choice(PortfolioChoice {
                portfolio: Some(Inclusion::First),
                place,
                ..PortfolioChoice::about(&Id::new("e"))
            })
        };
        let named = |rev, at, after: &[&str], name: &str, body| {
            versioned(version(rev, at, body), rev, name, after)
        };
        let blank = Journal::default().choice_to_change(&Id::new("e"));
        let moved = PortfolioChoice {
            place: Some(3),
            ..blank.clone()
        };
        let begun = Body::Choice(blank.clone());
        let versions = [
            named(1, "2026-11-24T09:00:00Z", &[], "a", begun),
            named(2, "2026-11-24T10:00:00Z", &["a"], "b", first(None)),
            named(2, "2026-11-24T11:00:00Z", &["a"], "c", Body::Choice(moved)),
        ];
        let journal = Journal::fold(versions);
        let chosen = journal.choice_to_change(&Id::new("e"));
        assert_eq!(Body::Choice(chosen.clone()), first(Some(3)));
        assert_eq!(
            chosen.label(),
            "on the first page of the portfolio, place 3"
        );
        assert!(journal.unsettled(&Id::choice(&Id::new("e"))).is_empty());
        assert_eq!(blank.label(), "no choice");
    }
}
