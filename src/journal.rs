//! The journal: every version of every entry, the rules of what is written, undo, and search.
//!
//! The state is the fold of all versions (`journal/fold.rs`), whatever order they came in. Pure and
//! total: knows no clock, no disk and no format, and no practice by name.

mod answers;
mod commitments;
mod due_shift;
mod effective;
mod entry;
mod fold;
mod index;
mod items;
mod joined_names;
mod ladder_ties;
mod lineage;
mod missing;
mod names;
mod off_days;
mod past_answers;
mod portfolio_choice;
mod privacy;
pub mod rules;
pub mod search;
mod selection;
mod undo;
mod versions;

pub use crate::text::same_name;
pub use answers::{AnswerAt, period_for};
pub use commitments::Record;
pub use due_shift::DueShift;
pub use entry::{
    Answer, Body, Change, Closing, Commitment, CommitmentOutcome, DatedLine, Entry, Id, Item, Move,
    Period, Value,
};
pub use fold::{
    DELETED, Element, EntryKind, FieldValue, LAST_REVISION, NextVersion, TracedVersion, Unsettled,
};
pub use index::{DateCounts, ItemDates};
pub use items::{stage_label, stage_of, stages_reached};
pub use joined_names::JoinedNames;
pub use lineage::{Lineage, Member, OpenFields, UndoTarget, UnknownMembers, VersionName};
pub use names::{
    NameCompletion, complete_mention, complete_name, folded_name, mentions, split_names,
    without_mention_signs,
};
pub use off_days::OffDays;
pub use past_answers::PastAnswer;
pub use portfolio_choice::{Inclusion, PortfolioChoice};
pub use privacy::Privacy;
pub use selection::{Selection, find_practice, find_register};
pub use undo::{AddedVersions, UndoHistory, UndoStep};

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use chrono::NaiveDate;

use self::effective::first_written_at;
use self::index::{Index, Update};
use self::versions::Versions;
use crate::calendar::{Month, Timestamp};
use crate::practice::Catalog;

/// All entries, each with all its versions.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Journal {
    /// The versions of each entry, and what follows from them.
    entries: BTreeMap<Id, Versions>,
    /// The entries with unsettled fields.
    unsettled_ids: BTreeSet<Id>,
    /// The entries of which a newer leadby wrote a version that is not shown.
    newer_ids: BTreeSet<Id>,
    /// Finds entries without reading all of them.
    index: Index,
}

impl Journal {
    /// The fold of `entries`, in any order.
    pub fn fold(entries: impl IntoIterator<Item = Entry>) -> Self {
        let mut journal = Self::default();
        journal.insert_all(entries);
        journal
    }

    /// The fold of a list of any length, whose memory is freed part by part: else the journal would
    /// briefly be in memory almost twice, and that would be its peak.
    pub fn fold_list(mut entries: Vec<Entry>) -> Self {
        const PART: usize = 1 << 14;
        let mut parts = Vec::with_capacity(entries.len() / PART + 1);
        while entries.len() > PART {
            parts.push(entries.split_off(entries.len() - PART));
            entries.shrink_to_fit();
        }
        parts.push(entries);
        Self::fold(parts.into_iter().rev().flatten())
    }

    /// Adds a version; one that is already there changes nothing.
    pub fn insert(&mut self, entry: Entry) {
        self.insert_all([entry]);
    }

    /// Adds versions, in any order.
    pub fn insert_all(&mut self, entries: impl IntoIterator<Item = Entry>) {
        let mut loose = Vec::new();
        let entries = entries.into_iter();
        // For a single new version, comparing it with all others is cheaper than folding them.
        let is_one = entries.size_hint().1.is_some_and(|most| most <= 1);
        for entry in entries {
            self.insert_version(entry, is_one, &mut loose);
        }
        for id in loose {
            if let Some(versions) = self.entries.get_mut(&id) {
                versions.fold();
                for entry in fold::effective_versions(versions.lines()) {
                    self.index.update_written(entry, Update::Add);
                }
                versions.update_index(&mut self.index, Update::Add);
                let (unsettled, newer) = (!versions.unsettled().is_empty(), versions.has_newer());
                for (ids, is_in) in [
                    (&mut self.unsettled_ids, unsettled),
                    (&mut self.newer_ids, newer),
                ] {
                    if is_in {
                        ids.insert(id.clone());
                    } else {
                        ids.remove(&id);
                    }
                }
            }
        }
    }

    /// Adds a version. Most follow the one before them and are indexed at once. If more than that
    /// changes, the entry's id goes to `loose`, and it is folded once all versions are there.
    fn insert_version(&mut self, entry: Entry, is_one: bool, loose: &mut Vec<Id>) {
        let versions = self.entries.entry(entry.id.clone()).or_default();
        if versions.needs_fold() {
            versions.insert(entry);
        } else if versions.is_extended_by(&entry) && (is_one || !versions.has_many()) {
            versions.update_index(&mut self.index, Update::Remove);
            self.index.update_written(&entry, Update::Add);
            versions.push(entry);
            versions.update_index(&mut self.index, Update::Add);
        } else if !versions.contains(&entry) {
            versions.update_index(&mut self.index, Update::Remove);
            for entry in fold::effective_versions(versions.lines()) {
                self.index.update_written(entry, Update::Remove);
            }
            loose.push(entry.id.clone());
            versions.mark_for_fold();
            versions.insert(entry);
        }
    }

    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// An entry as it is now; `None` if it was deleted or never existed.
    pub fn current(&self, id: &Id) -> Option<&Entry> {
        self.entries.get(id)?.current()
    }

    /// All versions of an entry, in ascending order of revision; of a forgotten entry, those made
    /// since.
    pub fn versions(&self, id: &Id) -> &[Entry] {
        self.entries.get(id).map_or(&[], Versions::lines)
    }

    /// The [versions](Self::versions) of an entry, each with what it was made from.
    pub fn traced_versions(&self, id: &Id) -> Vec<TracedVersion<'_>> {
        fold::traced_versions(self.versions(id))
    }

    /// The fields that two versions of an entry say differently, neither having seen the other.
    pub fn unsettled(&self, id: &Id) -> &[Unsettled] {
        // Asked of every row of a list, and of most journals no entry has any.
        if !self.unsettled_ids.contains(id) {
            return &[];
        }
        self.entries.get(id).map_or(&[], Versions::unsettled)
    }

    /// Every entry with unsettled fields, in id order.
    pub fn all_unsettled(&self) -> impl Iterator<Item = (&Entry, &[Unsettled])> {
        self.unsettled_ids
            .iter()
            .filter_map(|id| Some((self.current(id)?, self.unsettled(id))))
    }

    /// Whether any field is unsettled.
    pub fn has_unsettled(&self) -> bool {
        !self.unsettled_ids.is_empty()
    }

    /// Whether a newer leadby wrote a version of an entry that is not shown.
    pub fn has_newer(&self, id: &Id) -> bool {
        self.newer_ids.contains(id)
    }

    /// The highest revision of an entry; 0 if it has none.
    pub fn revision(&self, id: &Id) -> u64 {
        self.entries.get(id).map_or(0, Versions::revision)
    }

    /// The next version of an entry as `change` makes it, still without a name. `batch` has the
    /// versions made in the same save, `others` those that its writer has not seen.
    ///
    /// # Errors
    /// The highest revision of the entry, if no higher one is possible.
    pub fn next_version(
        &self,
        id: &Id,
        change: &Change,
        (batch, others): (&[Entry], &[Entry]),
        at: Timestamp,
    ) -> Result<NextVersion, u64> {
        versions::next_version(self.entries.get(id), id, change, (batch, others), at)
    }

    /// Adds the version that `change` would make, as if it had been written.
    pub fn simulate(&mut self, change: &Change, at: Timestamp) {
        let Some(id) = &change.id else { return };
        if let Ok(mut next) = self.next_version(id, change, (&[], &[]), at) {
            next.lineage.name = VersionName::new(&format!("imagined-{}", next.rev));
            self.insert(next.into_entry(id.clone(), at));
        }
    }

    /// A copy of an entry's versions, to try out more of them.
    fn cloned_versions(&self, id: &Id) -> Versions {
        self.entries.get(id).cloned().unwrap_or_default()
    }

    /// Every entry as it is now, in id order, without deleted ones.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.entries.values().filter_map(Versions::current)
    }

    /// The ids in a range, including those of deleted entries.
    #[must_use = "an iterator does nothing by itself"]
    pub fn ids(&self, between: Range<Id>) -> impl DoubleEndedIterator<Item = &Id> {
        self.entries.range(between).map(|(id, _)| id)
    }

    /// Every entry as it is now, in id order; of a deleted one, its last version.
    pub fn latest_versions(&self) -> impl Iterator<Item = &Entry> {
        self.entries
            .values()
            .filter_map(|versions| versions.current().or_else(|| versions.lines().last()))
    }

    /// The lines that mark an entry as forgotten.
    pub fn forgotten_marks(&self) -> impl Iterator<Item = &Entry> {
        self.entries
            .values()
            .flat_map(Versions::all_lines)
            .filter(|entry| entry.is_forgotten_mark())
    }

    /// Whether an entry was forgotten, and nothing was written to it since.
    pub fn is_forgotten(&self, id: &Id) -> bool {
        let lines = self.entries.get(id).map(Versions::all_lines);
        self.current(id).is_none()
            && lines.is_some_and(|mut lines| lines.any(Entry::is_forgotten_mark))
    }

    /// The day of the first effective version, on the writer's clock; `None` if there is none.
    pub fn first_day(&self) -> Option<NaiveDate> {
        let days = self.index.written.values();
        days.filter_map(|days| Some(*days.first_key_value()?.0))
            .min()
    }

    /// Whether a month ended before anything was written: charts of months do not start with it,
    /// unless something written later belongs there. While the journal is empty, the month of
    /// `today` counts as the first.
    pub fn is_before_first_month(&self, month: Month, today: NaiveDate) -> bool {
        month < Month::of(self.first_day().unwrap_or(today))
    }

    /// The day an entry was first written, on the writer's clock.
    pub fn first_written_day(&self, id: &Id) -> Option<NaiveDate> {
        Some(first_written_at(self.versions(id))?.date_naive())
    }

    /// The day an entry is listed under: when a commitment ended or is due, the first of days off, the
    /// day of a talk, when any other item reached its stage or was first written, when an answer was last written, clamped to the week or
    /// month it is about.
    pub fn listed_day(&self, entry: &Entry, catalog: &Catalog) -> NaiveDate {
        self.day_written(entry, self.written_at(entry), catalog)
    }

    /// [`listed_day`](Self::listed_day), if [`written_at`](Self::written_at) is known.
    fn day_written(&self, entry: &Entry, written_at: Timestamp, catalog: &Catalog) -> NaiveDate {
        let written = written_at.date_naive();
        match &entry.body {
            Body::Deleted | Body::Forgotten | Body::Newer | Body::Choice(_) => written,
            Body::Commitment(commitment) => {
                let ended = commitment.closing.as_ref();
                ended.map_or(commitment.due, |closing| closing.on)
            }
            Body::Answer(answer) => match answer.period {
                Period::Standing => written,
                Period::Month(month) => written.clamp(month.first(), month.last()),
                Period::Week(week) => written.clamp(week.monday(), week.sunday()),
            },
            Body::Item(item) => catalog
                .register(&item.register)
                .and_then(|register| match register.day_field() {
                    Some(field) => item.day(field),
                    None => item.day(&stage_of(register, item)?.id),
                })
                .or_else(|| self.first_written_day(&entry.id))
                .unwrap_or(written),
        }
    }
}

#[cfg(test)]
pub(crate) mod samples;
#[cfg(test)]
mod tests;
