//! What stands as evidence for the expectations of a career ladder, and where there is none yet.
//!
//! Evidence is what the user tied to an expectation; what its lists could add is only proposed. What
//! is private is neither. Knows no ladder and no practice by name, and no output format.

use chrono::NaiveDate;

use super::evidence::{EvidenceState, commitment_evidence, item_evidence, state_name};
use super::portfolio::{evidence_sentence, item_result};
use super::public_page::attributed;
use crate::journal::{
    CommitmentOutcome, Entry, Id, Item, Journal, PortfolioChoice, without_mention_signs,
};
use crate::ladder::{Expectation, Ladder};
use crate::practice::{Catalog, Practice, Register, TITLE};

/// The expectations of a ladder, each with what stands for it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct LadderStanding {
    /// The ladder's name.
    pub name: String,
    /// The name of the level, if only one is meant.
    pub level: Option<String>,
    /// By level, then by area, in the order of the ladder.
    pub expectations: Vec<ExpectationStanding>,
    /// How many with evidence were left out of them.
    left_out: usize,
}

/// One expectation, and what stands for it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ExpectationStanding {
    pub expectation: Expectation,
    /// The name of its level.
    pub level: String,
    /// The name of its area.
    pub area: String,
    /// What was tied to it, newest first.
    pub tied: Vec<Proof>,
    /// Evidence of its lists that was neither tied to it nor left out, newest first.
    pub proposed: Vec<Proof>,
    /// Evidence of its lists that the user left out, newest first.
    pub refused: Vec<Proof>,
}

/// An entry that stands for an expectation, or could.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Proof {
    pub id: Id,
    /// The id of its register; `None` for a commitment.
    pub register: Option<String>,
    /// In quotation marks and with a name if they are someone else's words.
    pub title: String,
    /// Its stage or outcome on that day, in a word or two; may be empty.
    pub state: String,
    /// What came of it, in numbers or in a sentence, of what was tied; may be empty.
    pub outcome: String,
    /// The day it became evidence, or of its last step on the way there.
    pub day: NaiveDate,
    /// Whether it is evidence, and not on its way there.
    pub is_evidence: bool,
}

/// What an entry is to an expectation.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum ProofState {
    /// The user tied it to it.
    Tied,
    /// One of its lists could add it.
    Proposed,
    /// One of its lists could add it, and the user left it out.
    Refused,
}

/// How much stands for an expectation.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Coverage {
    /// Nothing, and nothing is proposed.
    None,
    /// Nothing yet; something is proposed, or on its way.
    Proposed,
    Evidence,
}

impl LadderStanding {
    /// What stands for the expectations of a level, or of all levels without one.
    pub fn of(ladder: &Ladder, level: Option<&str>, journal: &Journal, catalog: &Catalog) -> Self {
        let candidates = candidates(journal, catalog);
        let levels = ladder
            .levels
            .iter()
            .filter(|it| level.is_none_or(|level| it.id == level));
        let mut expectations = Vec::new();
        for level in levels {
            for area in &ladder.areas {
                let here = |it: &&Expectation| it.level == level.id && it.area == area.id;
                for expectation in ladder.expectations.iter().filter(here) {
                    let mut one = ExpectationStanding {
                        expectation: expectation.clone(),
                        level: level.name.clone(),
                        area: area.name.clone(),
                        tied: Vec::new(),
                        proposed: Vec::new(),
                        refused: Vec::new(),
                    };
                    for candidate in &candidates {
                        if let Some(state) = candidate.state_for(expectation, catalog) {
                            let mut proof = candidate.proof.clone();
                            if state == ProofState::Tied {
                                proof.outcome = candidate.outcome(journal);
                            }
                            one.proofs_in(state).push(proof);
                        }
                    }
                    expectations.push(one);
                }
            }
        }
        Self {
            name: ladder.name.clone(),
            level: level
                .and_then(|level| ladder.level(level))
                .map(|level| level.name.clone()),
            expectations,
            left_out: 0,
        }
    }

    /// The same as a page for others: people are named without the `@`.
    pub fn for_others(mut self) -> Self {
        for one in &mut self.expectations {
            for proof in one.tied.iter_mut().chain(&mut one.proposed) {
                proof.title = without_mention_signs(&proof.title);
                proof.outcome = without_mention_signs(&proof.outcome);
            }
        }
        self
    }

    /// How many expectations have evidence.
    pub fn evidence_count(&self) -> usize {
        let all = self.expectations.iter();
        self.left_out + all.filter(|it| it.coverage() == Coverage::Evidence).count()
    }

    /// How many expectations there are, also those that were left out.
    pub fn expectation_count(&self) -> usize {
        self.expectations.len() + self.left_out
    }

    /// Keeps only the expectations without evidence.
    pub fn retain_gaps(&mut self) {
        self.left_out = self.evidence_count();
        self.expectations
            .retain(|it| it.coverage() != Coverage::Evidence);
    }
}

impl ExpectationStanding {
    pub fn coverage(&self) -> Coverage {
        if self.evidence().next().is_some() {
            Coverage::Evidence
        } else if self.tied.is_empty() && self.proposed.is_empty() {
            Coverage::None
        } else {
            Coverage::Proposed
        }
    }

    /// Everything that stands for it or could, with what it is to it.
    pub fn proofs(&self) -> impl Iterator<Item = (ProofState, &Proof)> {
        let tied = self.tied.iter().map(|proof| (ProofState::Tied, proof));
        let proposed = self.proposed.iter();
        let proposed = proposed.map(|proof| (ProofState::Proposed, proof));
        let refused = self.refused.iter();
        let refused = refused.map(|proof| (ProofState::Refused, proof));
        tied.chain(proposed).chain(refused)
    }

    fn proofs_in(&mut self, state: ProofState) -> &mut Vec<Proof> {
        match state {
            ProofState::Tied => &mut self.tied,
            ProofState::Proposed => &mut self.proposed,
            ProofState::Refused => &mut self.refused,
        }
    }

    /// What was tied to it and is evidence, newest first.
    pub fn evidence(&self) -> impl Iterator<Item = &Proof> {
        self.tied.iter().filter(|proof| proof.is_evidence)
    }

    /// What was tied to it and is on its way.
    pub fn under_way(&self) -> impl Iterator<Item = &Proof> {
        self.tied.iter().filter(|proof| !proof.is_evidence)
    }
}

/// An entry that can stand for expectations.
struct ProofCandidate<'a> {
    /// The practice and the register of an item; `None` for a commitment.
    kept_in: Option<(&'a Practice, &'a Register)>,
    /// What the user chose about it.
    choice: Option<&'a PortfolioChoice>,
    proof: Proof,
}

impl<'a> ProofCandidate<'a> {
    fn new(
        entry: &Entry,
        kept_in: Option<(&'a Practice, &'a Register)>,
        (title, outcome): (&str, &str),
        state: EvidenceState,
        journal: &'a Journal,
    ) -> Self {
        let proof = Proof {
            id: entry.id.clone(),
            register: kept_in.map(|(_, register)| register.id.clone()),
            title: title.to_owned(),
            state: outcome.to_owned(),
            outcome: String::new(),
            day: state.day,
            is_evidence: state.is_evidence,
        };
        Self {
            kept_in,
            choice: journal.ladder_choice_of(&entry.id),
            proof,
        }
    }

    /// What came of it, in numbers or in a sentence; may be empty.
    fn outcome(&self, journal: &Journal) -> String {
        let id = &self.proof.id;
        match self.kept_in {
            Some((_, register)) => journal.item(id).map_or_else(String::new, |item| {
                let (text, number) = item_result(register, item);
                if number.is_empty() { text } else { number }
            }),
            None => {
                let closing = journal.commitment(id).and_then(|it| it.closing.as_ref());
                closing.map_or_else(String::new, |it| evidence_sentence(&it.evidence))
            }
        }
    }

    /// What it is to an expectation; `None` if it has nothing to do with it.
    fn state_for(&self, expectation: &Expectation, catalog: &Catalog) -> Option<ProofState> {
        let id = &expectation.id;
        if self.choice.is_some_and(|choice| choice.ladder.contains(id)) {
            return Some(ProofState::Tied);
        }
        let is_refused = self.choice.is_some_and(|it| it.refused.contains(id));
        let state = if is_refused {
            ProofState::Refused
        } else {
            ProofState::Proposed
        };
        self.is_asked_for_by(expectation, catalog).then_some(state)
    }

    /// Whether it is evidence of a list that the expectation names.
    fn is_asked_for_by(&self, expectation: &Expectation, catalog: &Catalog) -> bool {
        self.proof.is_evidence
            && match self.kept_in {
                None => expectation.takes_commitments(),
                Some((practice, register)) => {
                    expectation.takes_register(register, practice, catalog)
                }
            }
    }
}

/// Everything that can stand for an expectation, newest first; of one day, last written first.
fn candidates<'a>(journal: &'a Journal, catalog: &'a Catalog) -> Vec<ProofCandidate<'a>> {
    let mut all: Vec<ProofCandidate<'a>> = Vec::new();
    for (entry, commitment) in journal.commitments() {
        let closing = commitment.closing.as_ref();
        // What ended without being kept stands for nothing.
        let is_lost = closing.is_some_and(|it| it.how != CommitmentOutcome::Kept);
        if is_lost || journal.is_private(entry, catalog) {
            continue;
        }
        let open = EvidenceState {
            day: commitment.made,
            is_evidence: false,
        };
        let outcome = closing.map_or("made", |closing| closing.how.name());
        let state = commitment_evidence(commitment).unwrap_or(open);
        let title = (commitment.better.as_str(), outcome);
        all.push(ProofCandidate::new(entry, None, title, state, journal));
    }
    for practice in catalog.practices().iter().filter(|it| !it.private) {
        for register in &practice.registers {
            for (entry, item) in journal.items(&register.id) {
                let key = evidence_key(register);
                let state = item_state((&entry.id, item), (register, key), journal);
                let Some(state) = state.filter(|_| !journal.is_private(entry, catalog)) else {
                    continue;
                };
                let kept_in = Some((practice, register));
                let name = state_name(state, item, (register, key.unwrap_or_default()));
                let title = register
                    .field(TITLE)
                    .map(|field| attributed(item.title(), field, item));
                let title = (title.as_deref().unwrap_or_default(), name);
                all.push(ProofCandidate::new(entry, kept_in, title, state, journal));
            }
        }
    }
    all.sort_by(|a, b| (b.proof.day, &b.proof.id).cmp(&(a.proof.day, &a.proof.id)));
    all
}

/// What makes an item of a register evidence; of a list that no portfolio shows, the first stage that
/// closes. `None` without stages.
fn evidence_key(register: &Register) -> Option<&str> {
    let first_closing = register.stages.iter().find(|stage| stage.closes);
    let key = register.portfolio.as_deref();
    key.or(first_closing.map(|stage| stage.id.as_str()))
}

/// The state of an item as evidence; without a key, it is evidence from the day it was written.
fn item_state(
    (id, item): (&Id, &Item),
    (register, key): (&Register, Option<&str>),
    journal: &Journal,
) -> Option<EvidenceState> {
    match key {
        Some(key) => item_evidence((id, item), (register, key), journal, |_| true),
        None => Some(EvidenceState {
            day: journal.first_written_day(id)?,
            is_evidence: true,
        }),
    }
}
