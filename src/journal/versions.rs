//! All versions of one entry, and which of them count.

use std::collections::{BTreeSet, HashSet};

use super::effective::first_written_at;
use super::fold::{self, LAST_REVISION, MergedState, NextVersion, Unsettled};
use super::index::{Index, Update};
use super::{Body, Change, Entry, Id, VersionName};
use crate::calendar::Timestamp;

/// From this many versions on, an entry is folded once for all new ones, not once for each.
const MANY_VERSIONS: usize = 16;

/// The versions of one entry.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Versions {
    /// Those that can count, in ascending order of revision.
    lines: Vec<Entry>,
    /// What only few entries need; without it, the last line counts as it is.
    extra: Option<Box<Extra>>,
}

#[derive(Clone, Debug, Default, Eq, PartialEq)]
struct Extra {
    /// Whether there are lines that are not folded yet.
    needs_fold: bool,
    /// The merged state, if the last line does not count as it is.
    merged: Option<MergedState>,
    /// If the entry was forgotten: the lines that mark it, and those that do not count since.
    excluded: Vec<Entry>,
}

impl Versions {
    /// The versions that can count, in ascending order of revision.
    pub(super) fn lines(&self) -> &[Entry] {
        &self.lines
    }

    /// The entry as it is now; `None` if it was deleted.
    pub(super) fn current(&self) -> Option<&Entry> {
        match self.merged() {
            Some(merged) => merged.entry.as_ref(),
            None => {
                let last = self.lines.last();
                last.filter(|entry| entry.body != Body::Deleted)
            }
        }
    }

    fn merged(&self) -> Option<&MergedState> {
        self.extra.as_deref()?.merged.as_ref()
    }

    pub(super) fn unsettled(&self) -> &[Unsettled] {
        self.merged().map_or(&[], |merged| &merged.unsettled)
    }

    pub(super) fn has_newer(&self) -> bool {
        self.merged().is_some_and(|merged| merged.has_newer)
    }

    pub(super) fn revision(&self) -> u64 {
        self.all_lines().map(|entry| entry.rev).max().unwrap_or(0)
    }

    pub(super) fn needs_fold(&self) -> bool {
        self.extra.as_deref().is_some_and(|more| more.needs_fold)
    }

    pub(super) fn mark_for_fold(&mut self) {
        self.extra.get_or_insert_default().needs_fold = true;
    }

    /// Whether a version is there already.
    pub(super) fn contains(&self, entry: &Entry) -> bool {
        self.all_lines().any(|other| is_same_version(other, entry))
    }

    /// Whether a version was made from the last one and both count as they are.
    pub(super) fn is_extended_by(&self, entry: &Entry) -> bool {
        let plain = !matches!(entry.body, Body::Forgotten | Body::Newer);
        let lineage = &entry.lineage;
        if self.extra.is_some() || !plain || lineage.is_undo() || !lineage.open.is_empty() {
            return false;
        }
        match (self.lines.last(), lineage.after.as_deref()) {
            (None, _) => true,
            (Some(last), None) => last.rev < entry.rev,
            (Some(last), Some([name])) => last.rev < entry.rev && last.lineage.name == *name,
            (Some(_), Some(_)) => false,
        }
    }

    /// Adds a version that was made from the last one.
    pub(super) fn push(&mut self, entry: Entry) {
        if self.lines.is_empty() {
            // Most entries only ever have one version, and there are many entries.
            self.lines.reserve_exact(1);
        }
        self.lines.push(entry);
    }

    /// Adds a version to fold later; it may be there already.
    pub(super) fn insert(&mut self, entry: Entry) {
        self.lines.push(entry);
    }

    /// Whether there are too many to fold all of them for each new one.
    pub(super) fn has_many(&self) -> bool {
        self.lines.len() >= MANY_VERSIONS
    }

    /// Computes the state anew, after versions were inserted.
    pub(super) fn fold(&mut self) {
        let mut more = self.extra.take().map_or_else(Extra::default, |more| *more);
        self.lines.append(&mut more.excluded);
        sort_by_revision(&mut self.lines);
        self.lines.dedup_by(|one, two| is_same_version(one, two));
        if self.lines.iter().any(Entry::is_forgotten_mark) {
            let all = std::mem::take(&mut self.lines);
            (self.lines, more.excluded) = fold::split_forgotten(all);
        }
        more.merged = fold::merged_state(&self.lines);
        more.needs_fold = false;
        let is_plain = more.merged.is_none() && more.excluded.is_empty();
        self.extra = (!is_plain).then(|| Box::new(more));
    }

    /// Adds what the entry says now to the index, or removes it.
    pub(super) fn update_index(&self, index: &mut Index, update: Update) {
        if let (Some(entry), Some(first)) = (self.current(), first_written_at(&self.lines)) {
            index.update(entry, first, update);
        }
    }

    /// What the entry says without one of its versions, and whether that differs from what it says
    /// now.
    pub(super) fn body_without(&self, name: &VersionName) -> (Body, bool) {
        let Some(last) = self.lines.last() else {
            return (Body::Deleted, false);
        };
        if !self.lines.iter().any(|entry| entry.lineage.name == *name) {
            return (Body::Deleted, false);
        }
        let next = fold::undo_version(&self.lines, name, last.at);
        let (body, open) = match self.current() {
            Some(entry) => (&entry.body, self.unsettled()),
            None => (&Body::Deleted, &[][..]),
        };
        let open: BTreeSet<&str> = open.iter().map(|field| field.field.as_str()).collect();
        let opens: BTreeSet<&str> = next.lineage.open.iter().map(|field| &**field).collect();
        let differs = !fold::have_same_content(&next.body, body)
            || open != opens
            || (next.body == Body::Deleted && self.touches_without(name));
        (next.body, differs)
    }

    /// Whether the entry says something else than without the versions called so, and without what was
    /// made from them, which repeats what they say.
    pub(super) fn is_changed_by(&self, names: &HashSet<VersionName>) -> bool {
        let mut left_out: HashSet<&VersionName> = names.iter().collect();
        let mut lines: Vec<&Entry> = self.all_lines().collect();
        lines.sort_by_key(|entry| entry.rev);
        lines.retain(|entry| {
            let lineage = &entry.lineage;
            let mut parents = lineage.after.iter().flatten();
            let is_left_out =
                left_out.contains(&lineage.name) || parents.any(|parent| left_out.contains(parent));
            if is_left_out {
                left_out.insert(&lineage.name);
            }
            !is_left_out
        });
        let mut without = Self {
            lines: lines.into_iter().cloned().collect(),
            extra: None,
        };
        without.fold();
        let same_body = match (self.current(), without.current()) {
            (Some(now), Some(then)) => fold::have_same_content(&now.body, &then.body),
            (now, then) => now.is_none() && then.is_none(),
        };
        !same_body || self.unsettled() != without.unsettled()
    }

    /// Whether an entry that does not exist would count as untouched without one of its versions, and
    /// does not now, or the other way round: a preset that was deleted is offered again.
    fn touches_without(&self, name: &VersionName) -> bool {
        let mut without = Self {
            lines: self.lines.clone(),
            extra: None,
        };
        without.simulate_undo(name, &VersionName::new("without"));
        let is_untouched = |lines: &[Entry]| fold::not_undone(lines).is_empty();
        is_untouched(&self.lines) != is_untouched(&without.lines)
    }

    /// Adds the version that undoes the one called `undone`, as if it had been written.
    pub(super) fn simulate_undo(&mut self, undone: &VersionName, name: &VersionName) {
        let Some(last) = self.lines.last() else {
            return;
        };
        let (id, at) = (last.id.clone(), last.at);
        let mut next = fold::undo_version(&self.lines, undone, at);
        next.lineage.name = name.clone();
        self.lines.push(next.into_entry(id, at));
        self.fold();
    }

    /// All lines, including forgotten ones and the marks of forgetting.
    pub(super) fn all_lines(&self) -> impl Iterator<Item = &Entry> {
        let aside = self.extra.as_deref().map_or(&[][..], |more| &more.excluded);
        self.lines.iter().chain(aside)
    }
}

/// The next version of an entry with these `versions`, after the `batch` of the same save. `others`
/// are versions that its writer has not seen.
pub(super) fn next_version(
    versions: Option<&Versions>,
    id: &Id,
    change: &Change,
    (batch, others): (&[Entry], &[Entry]),
    at: Timestamp,
) -> Result<NextVersion, u64> {
    let known = versions.into_iter().flat_map(Versions::all_lines);
    let batch = batch.iter().filter(|entry| entry.id == *id);
    let mut seen: Vec<Entry> = known.chain(batch).cloned().collect();
    sort_by_revision(&mut seen);
    let next = match &change.undoes {
        Some(name) => fold::undo_version(&seen, name, at),
        None => fold::successor(&seen, change, at),
    };
    let highest = others
        .iter()
        .filter(|entry| entry.id == *id)
        .map(|entry| entry.rev)
        .max()
        .unwrap_or(0)
        .max(next.rev.saturating_sub(1));
    if highest >= LAST_REVISION {
        return Err(highest);
    }
    Ok(NextVersion {
        rev: highest + 1,
        ..next
    })
}

fn sort_by_revision(lines: &mut [Entry]) {
    lines.sort_by(|one, two| one.rev.cmp(&two.rev).then_with(|| one.cmp_versions(two)));
}

/// Not `==`, which ignores the offset of a time.
fn is_same_version(one: &Entry, two: &Entry) -> bool {
    one.rev == two.rev && one.cmp_versions(two).is_eq()
}
