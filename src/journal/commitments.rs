//! Commitments: all, those open, how they ended, and the areas they can be about.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::index::{ClosedCommitment, Update, ended, update_set};
use super::{Change, Commitment, CommitmentOutcome, Entry, Id, Journal, Period, Value};
use crate::practice::{Ask, Catalog, Provides};

/// How commitments ended, from the first one on. Those let go count as neither kept nor missed.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Record {
    pub kept: usize,
    pub missed: usize,
    /// How many of the last ones were kept without a miss in between.
    pub streak: usize,
    /// The most that were ever kept without a miss in between.
    pub longest_streak: usize,
}

impl Journal {
    /// All commitments, the earliest due first.
    pub fn commitments(&self) -> Vec<(&Entry, &Commitment)> {
        self.commitment_entries(self.index.commitments.iter().map(|(_, _, id)| id))
    }

    /// Commitments that are due on `day` or later, the earliest due first.
    pub fn commitments_due_from(&self, day: NaiveDate) -> Vec<(&Entry, &Commitment)> {
        let due = self
            .index
            .commitments
            .range((day, NaiveDate::MIN, Id::new(""))..);
        self.commitment_entries(due.map(|(_, _, id)| id))
    }

    /// Open commitments, the earliest due first.
    pub fn open_commitments(&self) -> Vec<(&Entry, &Commitment)> {
        self.commitment_entries(self.index.open_commitments.iter().map(|(_, _, id)| id))
    }

    /// At most so many of the commitments that ended, the last one first; within one day the one due
    /// last.
    pub fn last_ended_commitments(&self, most: usize) -> Vec<(&Entry, &Commitment)> {
        let ended = self.index.ended_commitments.iter().rev();
        self.commitment_entries(ended.map(|(_, _, id, _)| id).take(most))
    }

    /// The commitments that came from an entry, the earliest due first.
    pub fn commitments_from(&self, origin: &Id) -> Vec<(&Entry, &Commitment)> {
        let from = self.index.commitments_from.get(origin.as_str());
        self.commitment_entries(from.into_iter().flatten().map(|(_, _, id)| id))
    }

    /// A commitment by its entry's id.
    pub fn commitment(&self, id: &Id) -> Option<&Commitment> {
        self.current(id)?.body.as_commitment()
    }

    /// How commitments ended, from the first one up to and including `today`.
    pub fn record(&self, today: NaiveDate) -> Record {
        Record::of(&self.index.ended_commitments, today)
    }

    /// The same once `changes` are saved.
    pub fn record_after(&self, changes: &[Change], today: NaiveDate) -> Record {
        let mut all = self.index.ended_commitments.clone();
        for change in changes {
            // A new entry has no id yet, and no other has an empty one.
            let id = change.id.clone().unwrap_or_else(|| Id::new(""));
            let versions = [
                (self.commitment(&id), Update::Remove),
                (change.body.as_commitment(), Update::Add),
            ];
            for (commitment, update) in versions {
                if let Some(ended) = commitment.and_then(|it| ended(&id, it)) {
                    update_set(&mut all, ended, update);
                }
            }
        }
        Record::of(&all, today)
    }

    /// The areas a commitment can be about, by label: the user's own, or else all choices; then
    /// those of earlier commitments.
    pub fn areas(&self, catalog: &Catalog) -> Vec<String> {
        let mut areas = Vec::new();
        if let Some((practice, step)) = catalog.provider(Provides::Areas)
            && let Ask::Answer(kind) = &step.ask
        {
            match self.answer(Period::Standing, &practice.id, &step.id) {
                Some(Value::List(list)) if !list.is_empty() => {
                    areas.extend(list.iter().map(|area| kind.label(area).to_owned()));
                }
                _ => areas.extend(kind.choices().iter().map(|choice| choice.label.clone())),
            }
        }
        for (_, commitment) in self.commitments() {
            if !commitment.area.is_empty() && !areas.contains(&commitment.area) {
                areas.push(commitment.area.clone());
            }
        }
        areas
    }

    fn commitment_entries<'a>(
        &'a self,
        ids: impl Iterator<Item = &'a Id>,
    ) -> Vec<(&'a Entry, &'a Commitment)> {
        let entries = ids.filter_map(|id| self.current(id));
        entries
            .filter_map(|entry| Some((entry, entry.body.as_commitment()?)))
            .collect()
    }
}

impl Record {
    /// How those of `all` ended that did so up to and including `today`.
    fn of(all: &BTreeSet<ClosedCommitment>, today: NaiveDate) -> Self {
        let mut record = Self::default();
        for (_, _, _, how) in all.iter().take_while(|(on, ..)| *on <= today) {
            match how {
                CommitmentOutcome::Kept => {
                    record.kept += 1;
                    record.streak += 1;
                    record.longest_streak = record.longest_streak.max(record.streak);
                }
                CommitmentOutcome::Missed => {
                    record.missed += 1;
                    record.streak = 0;
                }
                CommitmentOutcome::LetGo => {}
            }
        }
        record
    }
}
