//! Which versions of an entry stand: those that say something and were not undone.
//!
//! An undo and a redo are versions too, but no work: whatever asks when an entry was written or
//! touched asks here, and nowhere else looks at the times of versions.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::fold::standing;
use super::index::slot;
use super::{Body, Entry, Id, Journal};
use crate::calendar::{Stamp, Week};

impl Journal {
    /// The versions of an entry that stand, the latest last: without those that undo or redo
    /// another, and without those that were undone and not redone.
    #[must_use]
    pub fn standing(&self, id: &Id) -> Vec<&Entry> {
        standing(self.versions(id))
    }

    /// When what an entry says was written: for an undo or a redo, the last version that stands.
    #[must_use]
    pub fn said_at(&self, entry: &Entry) -> Stamp {
        if !has_undone(self.versions(&entry.id)) {
            return entry.at;
        }
        let standing = self.standing(&entry.id).into_iter();
        standing.map(|entry| entry.at).max().unwrap_or(entry.at)
    }
}

/// Whether any of these versions undoes another. Hardly any does, and there are many entries.
fn has_undone(versions: &[Entry]) -> bool {
    versions.iter().any(|entry| entry.lineage.is_undo())
}

/// When an entry was first written; where nothing stands, when its first version was.
pub(super) fn first_at(versions: &[Entry]) -> Option<Stamp> {
    if !has_undone(versions) {
        return versions.iter().map(|entry| entry.at).min();
    }
    let standing = standing(versions);
    let first = standing.into_iter().map(|entry| entry.at).min();
    first.or_else(|| versions.iter().map(|entry| entry.at).min())
}

pub(super) fn note_writing(
    activity: &mut BTreeMap<String, BTreeMap<Week, usize>>,
    written: &mut BTreeMap<NaiveDate, usize>,
    entry: &Entry,
) {
    let day = entry.at.date_naive();
    *written.entry(day).or_default() += 1;
    if let Body::Item(item) = &entry.body {
        let weeks = slot(activity, &item.register);
        *weeks.entry(Week::of(day)).or_default() += 1;
    }
}

pub(super) fn forget_writing(
    activity: &mut BTreeMap<String, BTreeMap<Week, usize>>,
    written: &mut BTreeMap<NaiveDate, usize>,
    entry: &Entry,
) {
    let day = entry.at.date_naive();
    take_one(written, &day);
    if let Body::Item(item) = &entry.body
        && let Some(weeks) = activity.get_mut(&item.register)
    {
        take_one(weeks, &Week::of(day));
        if weeks.is_empty() {
            activity.remove(&item.register);
        }
    }
}

/// Takes one away; where none is left the key goes too, so that equal journals are equal.
fn take_one<Key: Ord>(counts: &mut BTreeMap<Key, usize>, key: &Key) {
    if let Some(count) = counts.get_mut(key) {
        *count -= 1;
        if *count == 0 {
            counts.remove(key);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::{Body, Item, Lineage, Undoes, Value};

    /// Versions of one item by day, each with the revision it takes back; the days of those that
    /// stand.
    #[track_caller]
    fn check(versions: &[(u32, Option<u64>)], expected: &[u32]) {
        let entries = versions.iter().zip(1..).map(|((day, undoes), rev)| {
            let mut item = Item::new("problems");
            item.set("title", Value::Text("P".to_owned()));
            let at = format!("2026-11-{day:02}T09:15:02+01:00");
            Entry {
                id: Id::new("p"),
                rev,
                lineage: Lineage {
                    undoes: undoes.map(|rev| Undoes::Revision(rev).into()),
                    ..Lineage::default()
                },
                at: at.parse().expect("an instant"),
                body: Body::Item(item),
            }
        });
        let journal = Journal::fold(entries);
        let standing = journal.standing(&Id::new("p"));
        let days = standing.iter().map(|entry| entry.at.format("%-d"));
        let days: Vec<u32> = days
            .map(|day| day.to_string().parse().expect("a number"))
            .collect();
        assert_eq!(days, expected);
    }

    #[test]
    fn an_undo_is_no_version_that_stands_nor_is_what_it_took_back() {
        check(&[(2, None), (3, None)], &[2, 3]);
        check(&[(2, None), (3, None), (4, Some(2))], &[2]);
        check(&[(2, None), (3, Some(1))], &[]);
        // Redone: the old version stands again, on its own day.
        check(&[(2, None), (3, None), (4, Some(2)), (5, Some(3))], &[2, 3]);
        check(&[(2, None), (3, Some(1)), (4, Some(2)), (5, Some(3))], &[]);
        check(&[(2, None), (3, Some(1)), (9, None)], &[9]);
    }
}
