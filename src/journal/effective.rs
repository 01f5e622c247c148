//! Which versions of an entry are effective: those that say something new and were not undone.
//!
//! Undo and redo write versions too, but they do not count as work, and neither does a version that
//! only settles which of two texts counts. When an entry was written or touched is decided only
//! here; nothing else uses the times of versions.

use chrono::NaiveDate;

use super::fold;
use super::{Entry, Id, Journal};
use crate::calendar::Timestamp;
use crate::practice::Catalog;

impl Journal {
    /// The effective versions of an entry, latest last: without those that undo, redo or only
    /// settle another, and without those that were undone and not redone.
    pub fn effective_versions(&self, id: &Id) -> Vec<&Entry> {
        fold::effective_versions(self.versions(id))
    }

    /// When what an entry says was written: after an undo, a redo or a settlement, the time of the
    /// last effective version.
    pub fn written_at(&self, entry: &Entry) -> Timestamp {
        if fold::are_all_effective(self.versions(&entry.id)) {
            return entry.at;
        }
        self.effective_versions(&entry.id)
            .into_iter()
            .map(|version| version.at)
            .max()
            .unwrap_or(entry.at)
    }

    /// Every entry with its [day](Self::listed_day) and when it was [written](Self::written_at), in the order of
    /// ids: for all of them much faster than one by one.
    #[must_use = "an iterator does nothing by itself"]
    pub fn entries_dated<'a>(
        &'a self,
        catalog: &Catalog,
    ) -> impl Iterator<Item = (NaiveDate, Timestamp, &'a Entry)> {
        self.entries.values().filter_map(|versions| {
            let entry = versions.current()?;
            let written_at = if fold::are_all_effective(versions.lines()) {
                entry.at
            } else {
                self.written_at(entry)
            };
            Some((
                self.day_written(entry, written_at, catalog),
                written_at,
                entry,
            ))
        })
    }
}

/// When the first effective version of an entry was written, or else its first version.
pub(super) fn first_written_at(versions: &[Entry]) -> Option<Timestamp> {
    if fold::are_all_effective(versions) {
        return versions.iter().map(|entry| entry.at).min();
    }
    fold::effective_versions(versions)
        .into_iter()
        .map(|entry| entry.at)
        .min()
        .or_else(|| versions.iter().map(|entry| entry.at).min())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use chrono::Datelike;

    use super::*;
    use crate::journal::samples::{entry_on, versioned};
    use crate::journal::{Body, Item, UndoTarget};

    /// Versions of one item by day, each with the revision it undoes; `expected` are the days of
    /// the effective ones.
    #[track_caller]
    fn check(versions: &[(u32, Option<u64>)], expected: &[u32]) {
        let entries = versions.iter().zip(1..).map(|((day, undoes), rev)| {
            let item = Item::of_texts("problems", [("title", "P")]);
            let mut entry = entry_on("p", &format!("2026-11-{day:02}"), Body::Item(item));
            entry.rev = rev;
            entry.lineage.undoes = undoes.map(|rev| UndoTarget::Revision(rev).into());
            entry
        });
        let journal = Journal::fold(entries);
        let standing = journal.effective_versions(&Id::new("p"));
        let days: Vec<u32> = standing.iter().map(|entry| entry.at.day()).collect();
        assert_eq!(days, expected);
    }

    /// A version of an item that says `text`, or deletes it if `None`, made from those in `after`.
    fn version(name: &str, rev: u64, day: u32, after: &[&str], text: Option<&str>) -> Entry {
        let item = text.map(|text| Body::Item(Item::of_texts("problems", [("did", text)])));
        let on = format!("2026-11-{day:02}");
        let entry = entry_on("p", &on, item.unwrap_or(Body::Deleted));
        versioned(entry, rev, name, after)
    }

    /// Two sides wrote on the 3rd and the 4th, and a version after both says `last` on the 9th;
    /// `expected` are the days that count as work.
    #[track_caller]
    fn check_pair(sides: [Option<&str>; 2], last: Option<&str>, expected: &[u32]) {
        let [here, there] = sides;
        let entries = [
            version("a", 1, 2, &[], Some("A")),
            version("b", 2, 3, &["a"], here),
            version("c", 2, 4, &["a"], there),
            version("d", 3, 9, &["b", "c"], last),
        ];
        let whole = Journal::fold(entries.clone());
        let standing = whole.effective_versions(&Id::new("p"));
        let days: Vec<u32> = standing.iter().map(|entry| entry.at.day()).collect();
        assert_eq!(days, expected, "{sides:?} {last:?}");
        let written = whole.index.written.values().flat_map(BTreeMap::keys);
        let mut written: Vec<u32> = written.map(Datelike::day).collect();
        written.sort_unstable();
        assert_eq!(written, expected, "{sides:?} {last:?}");
        if let Some(entry) = whole.current(&Id::new("p")) {
            assert_eq!(Some(&whole.written_at(entry).day()), expected.last());
        }
        for entry in entries.iter().rev() {
            let mut one_by_one = Journal::default();
            let others = entries.iter().filter(|other| *other != entry);
            others
                .chain([entry])
                .for_each(|entry| one_by_one.insert(entry.clone()));
            assert_eq!(one_by_one, whole);
        }
    }

    #[test]
    fn settling_which_of_two_texts_counts_is_not_work() {
        let pair = [Some("B"), Some("C")];
        for said in ["B", "C", "C / B", "C\nB"] {
            check_pair(pair, Some(said), &[2, 3, 4]);
        }
        // A new text is work.
        check_pair(pair, Some("D"), &[2, 3, 4, 9]);
        check_pair(pair, None, &[2, 3, 4, 9]);
        // Settling whether it is deleted is not.
        let deleted = [None, Some("C")];
        check_pair(deleted, Some("C"), &[2, 3, 4]);
        check_pair(deleted, None, &[2, 3, 4]);
        check_pair(deleted, Some("D"), &[2, 3, 4, 9]);
    }

    #[test]
    fn an_undo_is_not_effective_and_neither_is_what_it_undid() {
        check(&[(2, None), (3, None)], &[2, 3]);
        check(&[(2, None), (3, None), (4, Some(2))], &[2]);
        check(&[(2, None), (3, Some(1))], &[]);
        // Redone: the old version is effective again, on its own day.
        check(&[(2, None), (3, None), (4, Some(2)), (5, Some(3))], &[2, 3]);
        check(&[(2, None), (3, Some(1)), (4, Some(2)), (5, Some(3))], &[]);
        check(&[(2, None), (3, Some(1)), (9, None)], &[9]);
    }
}
