//! The journal: every version of every entry, and what follows from them.
//!
//! The state is the fold of all versions: of each entry the one with the highest
//! [precedence](Entry::precedence) counts, whatever order they came in. Pure and total: knows no
//! clock, no disk and no format, and no practice by name.

mod answers;
mod areas;
mod choice;
mod difference;
mod drawing;
mod entry;
mod figures;
mod improvement;
mod index;
mod insight;
mod looking_back;
mod marks;
mod names;
mod people;
mod recurring;
mod review;
pub mod rules;
pub mod search;
mod selection;
mod stays;
mod suggestion;
mod turns;
mod waiting;

pub use answers::Told;
pub use areas::Area;
pub use choice::{Choice, Standing};
pub use difference::{Difference, Run, Side, difference};
pub use drawing::Drawing;
pub use entry::{
    Answer, Body, Change, Closing, Commitment, Dated, Entry, Head, How, Id, Item, ItemHead, Move,
    Period, Value,
};
pub use figures::{
    AreaFigures, Figure, Figures, PracticeFigures, Record, RegisterFigures, Share, Tally,
};
pub use improvement::{Improvement, improvement};
pub use insight::{MonthBox, Progress, WeekChange, WeekView, period, stage_of};
pub use looking_back::{let_month_go, month_question};
pub use marks::{MonthMark, Since};
pub use names::{Completion, completion, folded, names};
pub use people::{Mention, Person, Place};
pub use review::{Again, Review, Shift, Words};
pub use selection::{Selection, find_register, same_name};
pub use stays::Stay;
pub use suggestion::Suggestion;
pub use turns::{Turn, Turns, said_by, taken_back};
pub use waiting::waiting;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use chrono::NaiveDate;

use self::index::{Index, slot};
use crate::calendar::{Stamp, Week};
use crate::practice::{Catalog, Register};

/// All entries, each with all its versions.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Journal {
    /// The versions of each entry, the one that counts last.
    entries: BTreeMap<Id, Vec<Entry>>,
    /// The weeks in which items of a register were written, by the register's id.
    activity: BTreeMap<String, BTreeSet<Week>>,
    /// Where the versions that count are found.
    index: Index,
    /// The day of the first word in it.
    began: Option<NaiveDate>,
}

impl Journal {
    /// The fold of `entries`, in whatever order they come.
    #[must_use]
    pub fn fold(entries: impl IntoIterator<Item = Entry>) -> Self {
        let mut journal = Self::default();
        for entry in entries {
            journal.absorb(entry);
        }
        journal
    }

    /// Takes in one more version; one that is already there changes nothing.
    pub fn absorb(&mut self, entry: Entry) {
        let versions = self.entries.entry(entry.id.clone()).or_default();
        let place = versions.partition_point(|other| other.precedence(&entry).is_lt());
        // Not `==`: to that, an instant is the same under another offset, and of two such versions
        // the first to come would stay.
        let same = |other: &Entry| other.precedence(&entry).is_eq();
        if versions.get(place).is_some_and(same) {
            return;
        }
        let day = entry.at.date_naive();
        self.began = Some(self.began.map_or(day, |began| began.min(day)));
        if let Body::Item(item) = &entry.body {
            let weeks = slot(&mut self.activity, &item.register);
            weeks.insert(Week::of(entry.at.date_naive()));
        }
        if let (Some(counted), Some(first)) = (versions.last(), first_at(versions)) {
            self.index.take(counted, first);
        }
        if versions.is_empty() {
            // Most entries have one version for ever, and there are many.
            versions.reserve_exact(1);
        }
        versions.insert(place, entry);
        if let (Some(counts), Some(first)) = (versions.last(), first_at(versions)) {
            self.index.put(counts, first);
        }
    }

    /// Whether nothing was ever written.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The version of an entry that counts, unless that is its deletion.
    #[must_use]
    pub fn current(&self, id: &Id) -> Option<&Entry> {
        self.versions(id)
            .last()
            .filter(|entry| entry.body != Body::Deleted)
    }

    /// All versions of an entry, the one that counts last; empty when there is none.
    #[must_use]
    pub fn versions(&self, id: &Id) -> &[Entry] {
        self.entries.get(id).map_or(&[], Vec::as_slice)
    }

    /// The highest revision of an entry, 0 when there is none.
    #[must_use]
    pub fn revision(&self, id: &Id) -> u64 {
        self.versions(id).last().map_or(0, |entry| entry.rev)
    }

    /// Every entry in its current version, in the order of ids, without the deleted ones.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.entries
            .values()
            .filter_map(|versions| versions.last())
            .filter(|entry| entry.body != Body::Deleted)
    }

    /// The ids in a stretch of their order, those of deleted entries too.
    #[must_use = "an iterator does nothing by itself"]
    pub fn ids(&self, between: Range<Id>) -> impl DoubleEndedIterator<Item = &Id> {
        self.entries.range(between).map(|(id, _)| id)
    }

    /// The version of every entry that counts, deletions too, in the order of ids.
    pub fn newest(&self) -> impl Iterator<Item = &Entry> {
        self.entries.values().filter_map(|versions| versions.last())
    }

    /// The day an entry was first written, on the writer's clock.
    #[must_use]
    pub fn written(&self, id: &Id) -> Option<NaiveDate> {
        let first = self.versions(id).iter().min_by_key(|entry| entry.at)?;
        Some(first.at.date_naive())
    }

    /// The day an entry stands under: when a commitment is due, when an item reached its stage or
    /// was first written, when an answer was last written, but within the week or month it is
    /// about.
    #[must_use]
    pub fn day(&self, entry: &Entry, catalog: &Catalog) -> NaiveDate {
        let written = entry.at.date_naive();
        match &entry.body {
            Body::Deleted | Body::Choice(_) => written,
            Body::Commitment(commitment) => commitment.due,
            Body::Answer(answer) => match answer.period {
                Period::Standing => written,
                Period::Month(month) => written.clamp(month.first(), month.last()),
                Period::Week(week) => written.clamp(week.monday(), week.sunday()),
            },
            Body::Item(item) => catalog
                .register(&item.register)
                .and_then(|register| item.day(&stage_of(register, item)?.id))
                .or_else(|| self.written(&entry.id))
                .unwrap_or(written),
        }
    }

    /// The answer to a step in a period.
    #[must_use]
    pub fn answer(&self, period: Period, practice: &str, step: &str) -> Option<&Value> {
        match &self.current(&Id::answer(period, practice, step))?.body {
            Body::Answer(answer) => Some(&answer.value),
            Body::Deleted | Body::Item(_) | Body::Commitment(_) | Body::Choice(_) => None,
        }
    }

    /// All answers to a step, oldest period first.
    #[must_use]
    pub fn answers(&self, practice: &str, step: &str) -> Vec<(Period, &Value)> {
        self.index
            .answers(practice, step)
            .filter_map(|id| self.dated_answer(id))
            .collect()
    }

    /// The last answer to a step before `period` that says something.
    #[must_use]
    pub fn answer_before(
        &self,
        period: Period,
        practice: &str,
        step: &str,
    ) -> Option<(Period, &Value)> {
        self.index
            .answers_before(period, practice, step)
            .rev()
            .filter_map(|id| self.dated_answer(id))
            .find(|(_, value)| !value.is_empty())
    }

    /// The items of a register, oldest first.
    #[must_use]
    pub fn items(&self, register: &str) -> Vec<(&Entry, &Item)> {
        self.index
            .items(register)
            .filter_map(|(id, _, _)| self.kept(id))
            .collect()
    }

    /// The items of a register, those it starts with first, then the others, oldest first.
    #[must_use]
    pub fn rows(&self, register: &Register) -> Vec<(Id, Item)> {
        let mut rows: Vec<(Id, Item)> = Vec::new();
        for preset in &register.presets {
            let id = Id::preset(&register.id, &preset.id);
            if let Some(item) = self.item_or_preset(register, &id) {
                rows.push((id, item));
            }
        }
        for (entry, item) in self.items(&register.id) {
            if !rows.iter().any(|(id, _)| *id == entry.id) {
                rows.push((entry.id.clone(), item.clone()));
            }
        }
        rows
    }

    /// Whether nothing was ever written to an entry, or all of it was taken back.
    #[must_use]
    pub fn is_untouched(&self, id: &Id) -> bool {
        said_by(self.versions(id)).is_none()
    }

    /// An item, or the one the register starts with under that id. One that was deleted is gone.
    #[must_use]
    pub fn item_or_preset(&self, register: &Register, id: &Id) -> Option<Item> {
        if !self.is_untouched(id) {
            return self.item(id).cloned();
        }
        let preset = register
            .presets
            .iter()
            .find(|preset| Id::preset(&register.id, &preset.id) == *id)?;
        let mut item = Item::new(&register.id);
        item.set("title", Value::Text(preset.title.clone()));
        for (field, value) in &preset.values {
            item.set(field, Value::Text(value.clone()));
        }
        Some(item)
    }

    /// An item by its entry's id.
    #[must_use]
    pub fn item(&self, id: &Id) -> Option<&Item> {
        match &self.current(id)?.body {
            Body::Item(item) => Some(item),
            Body::Deleted | Body::Answer(_) | Body::Commitment(_) | Body::Choice(_) => None,
        }
    }

    /// All commitments, the earliest due first.
    #[must_use]
    pub fn commitments(&self) -> Vec<(&Entry, &Commitment)> {
        self.committed(self.index.commitments())
    }

    /// Open commitments, the earliest due first.
    #[must_use]
    pub fn open_commitments(&self) -> Vec<(&Entry, &Commitment)> {
        self.committed(self.index.open())
    }

    /// The commitments that came from an entry, the earliest due first.
    #[must_use]
    pub fn commitments_from(&self, origin: &Id) -> Vec<(&Entry, &Commitment)> {
        self.committed(self.index.commitments_from(origin))
    }

    /// A commitment by its entry's id.
    #[must_use]
    pub fn commitment(&self, id: &Id) -> Option<&Commitment> {
        match &self.current(id)?.body {
            Body::Commitment(commitment) => Some(commitment),
            Body::Deleted | Body::Answer(_) | Body::Item(_) | Body::Choice(_) => None,
        }
    }

    fn committed<'a>(
        &'a self,
        ids: impl Iterator<Item = &'a Id>,
    ) -> Vec<(&'a Entry, &'a Commitment)> {
        ids.filter_map(|id| match self.current(id)? {
            entry @ Entry {
                body: Body::Commitment(commitment),
                ..
            } => Some((entry, commitment)),
            _ => None,
        })
        .collect()
    }

    fn kept(&self, id: &Id) -> Option<(&Entry, &Item)> {
        match self.current(id)? {
            entry @ Entry {
                body: Body::Item(item),
                ..
            } => Some((entry, item)),
            _ => None,
        }
    }

    fn dated_answer(&self, id: &Id) -> Option<(Period, &Value)> {
        match &self.current(id)?.body {
            Body::Answer(answer) => Some((answer.period, &answer.value)),
            Body::Deleted | Body::Item(_) | Body::Commitment(_) | Body::Choice(_) => None,
        }
    }
}

fn first_at(versions: &[Entry]) -> Option<Stamp> {
    versions.iter().map(|entry| entry.at).min()
}

#[cfg(test)]
mod tests;
