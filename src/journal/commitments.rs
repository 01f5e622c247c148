//! Commitments: all, those open, how they ended, and the areas they can be about.

use chrono::NaiveDate;

use super::index::Record;
use super::{Change, Commitment, Entry, Id, Journal, Period, Value};
use crate::practice::{Ask, Catalog, Provides};

impl Journal {
    /// All commitments, the earliest due first.
    pub fn commitments(&self) -> Vec<(&Entry, &Commitment)> {
        self.commitment_entries(self.index.commitments())
    }

    /// Commitments that are due on `day` or later, the earliest due first.
    pub fn commitments_due_from(&self, day: NaiveDate) -> Vec<(&Entry, &Commitment)> {
        self.commitment_entries(self.index.commitments_due_from(day))
    }

    /// Open commitments, the earliest due first.
    pub fn open_commitments(&self) -> Vec<(&Entry, &Commitment)> {
        self.commitment_entries(self.index.open())
    }

    /// At most so many of the commitments that ended, the last one first.
    pub fn last_ended_commitments(&self, most: usize) -> Vec<(&Entry, &Commitment)> {
        self.commitment_entries(self.index.ended().take(most))
    }

    /// The commitments that came from an entry, the earliest due first.
    pub fn commitments_from(&self, origin: &Id) -> Vec<(&Entry, &Commitment)> {
        self.commitment_entries(self.index.commitments_from(origin))
    }

    /// A commitment by its entry's id.
    pub fn commitment(&self, id: &Id) -> Option<&Commitment> {
        self.current(id)?.body.as_commitment()
    }

    /// How commitments ended, from the first one up to and including `today`.
    pub fn record(&self, today: NaiveDate) -> Record {
        self.index.record(today)
    }

    /// The same once `changes` are saved.
    pub fn record_after(&self, changes: &[Change], today: NaiveDate) -> Record {
        let mut closings = self.index.closings().clone();
        for change in changes {
            // A new entry has no id yet, and no other has an empty one.
            let id = change.id.clone().unwrap_or_else(|| Id::new(""));
            closings.replace(&id, self.commitment(&id), change.body.as_commitment());
        }
        closings.record(today)
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
