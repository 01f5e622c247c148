//! What an entry stands for on the career ladder: a choice about it, in an entry of its own.
//!
//! Knows expectations only as ids; what they say, and whether there are any, is elsewhere.

use super::{Body, Change, Id, Journal, PortfolioChoice};

impl Id {
    /// The id of the choice about what an entry stands for: `choice/item/skills/delegation/ladder`.
    pub fn ladder_choice(entry: &Self) -> Self {
        Self::new(format!("choice/{entry}/ladder"))
    }
}

impl PortfolioChoice {
    /// The same, and the entry is evidence for an expectation.
    pub fn with(mut self, expectation: &str) -> Self {
        self.refused.retain(|id| id != expectation);
        if !self.ladder.iter().any(|id| id == expectation) {
            self.ladder.push(expectation.to_owned());
        }
        self
    }

    /// The same, and the entry is not evidence for an expectation, even if its list proposes it.
    pub fn without(mut self, expectation: &str) -> Self {
        self.ladder.retain(|id| id != expectation);
        if !self.refused.iter().any(|id| id == expectation) {
            self.refused.push(expectation.to_owned());
        }
        self
    }

    /// The change that writes it as the choice about the ladder.
    pub fn into_ladder_change(self) -> Change {
        Change::of(Id::ladder_choice(&self.entry), Body::Choice(self))
    }
}

impl Journal {
    /// What was chosen about an entry and the ladder; `None` if nothing was.
    pub fn ladder_choice_of(&self, entry: &Id) -> Option<&PortfolioChoice> {
        self.choice(&Id::ladder_choice(entry))
    }

    /// The same, to be changed.
    pub fn ladder_choice(&self, entry: &Id) -> PortfolioChoice {
        let chosen = self.ladder_choice_of(entry).cloned();
        chosen.unwrap_or_else(|| PortfolioChoice::about(entry))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::Entry;
    use crate::journal::samples::{entry, versioned};

    /// A version of the choice about the entry `e`, with its name and those it was made from.
    fn version(name: &str, after: &[&str], choice: PortfolioChoice) -> Entry {
        let change = choice.into_ladder_change();
        let id = change.id.expect("an id");
        let rev = 1 + u64::from(!after.is_empty());
        versioned(entry(id.as_str(), change.body), rev, name, after)
    }

    fn ties(journal: &Journal) -> (Vec<String>, Vec<String>) {
        let choice = journal.ladder_choice(&Id::new("e"));
        (choice.ladder, choice.refused)
    }

    #[test]
    fn what_two_machines_tie_is_united() {
        let blank = PortfolioChoice::about(&Id::new("e"));
        let first = blank.with("craft");
        let one = version("b", &["a"], first.clone().with("people"));
        let other = version("c", &["a"], first.clone().without("craft").with("money"));
        let first = version("a", &[], first);
        for versions in [
            [first.clone(), one.clone(), other.clone()],
            [other, first, one],
        ] {
            let journal = Journal::fold(versions);
            let (mut tied, refused) = ties(&journal);
            tied.sort();
            assert_eq!(tied, ["money", "people"]);
            assert_eq!(refused, ["craft"]);
            let choice = Id::ladder_choice(&Id::new("e"));
            assert!(journal.unsettled(&choice).is_empty());
            assert_eq!(journal.choice_subject(&choice), Some(&Id::new("e")));
        }
    }

    #[test]
    fn tying_again_changes_nothing_and_untying_stays_out() {
        let tied = PortfolioChoice::about(&Id::new("e")).with("craft");
        assert_eq!(tied.clone().with("craft"), tied);
        let untied = tied.clone().without("craft");
        assert_eq!((untied.ladder.len(), untied.refused.len()), (0, 1));
        assert_eq!(untied.with("craft"), tied);
        assert_eq!(ties(&Journal::default()), (Vec::new(), Vec::new()));
    }
}
