//! The state of one entry, computed from the set of its versions.
//!
//! Versions name those they were made from. The heads are those that no other was made from. A
//! single head counts as it is. Several are merged field by field: the last versions that say a
//! field count, and if they differ, the field is unsettled. The state depends only on the set of
//! versions, not on their order, and copies change nothing. Total: any file content has a state.
//! `assets/format.md` has the exact rules.
//!
//! ```text
//!  title ── did ──┬── improved ──┬── measure      each version says what differs from the state
//!                 └── solved ────┘                below it; the last one names two and settles both
//! ```

mod ancestry;
mod fields;
mod merge;

use std::collections::BTreeSet;

pub use self::fields::{Element, EntryKind, FieldValue};

use self::ancestry::Ancestry;
use self::merge::{EntryState, Fold};
use super::{Body, Change, Entry, Id, Lineage, OpenFields, UndoTarget, VersionName};
use crate::calendar::Timestamp;
use crate::practice::{INTO_KEY, ORIGIN_KEY};

/// The highest revision a version can have: JSON numbers are exact up to here (RFC 8259).
pub const LAST_REVISION: u64 = 1 << 53;

/// The unsettled field of an entry that was deleted on one side and changed on the other.
pub const DELETED: &str = "deleted";

/// What joins two texts of a field that takes both: each on its own line, or both on one line.
pub(super) const JOINERS: [&str; 2] = ["\n", " / "];

/// A field with several texts, none written after seeing another.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Unsettled {
    /// The field: `values.did`, `due`, or [`DELETED`].
    pub field: String,
    /// Its texts: the shown one, then the latest first; `None` is an emptied field. Empty for
    /// [`DELETED`].
    pub texts: Vec<Option<FieldValue>>,
}

impl Unsettled {
    /// The last of some versions of its entry that says the text at this index.
    pub fn version_with<'a>(&self, at: usize, versions: &'a [Entry]) -> Option<&'a Entry> {
        let text = self.texts.get(at)?.as_ref();
        let says = |entry: &&Entry| fields::entry_fields(entry).get(&self.field) == text;
        versions.iter().rev().find(says)
    }

    /// What settles it if the text at this index counts.
    pub fn change_to_text(&self, entry: &Entry, at: usize) -> Option<Change> {
        let text = self.texts.get(at)?.clone();
        Some(self.change_to(entry, text))
    }

    /// What settles it if all texts of the field count, joined by `between`; `None` if the field
    /// has room for only one, like a day.
    pub fn change_to_all_texts(&self, entry: &Entry, between: &str) -> Option<Change> {
        if self.texts.is_empty() {
            return None;
        }
        let text = joined_texts(&self.field, &self.texts, between)?;
        Some(self.change_to(entry, Some(FieldValue::Text(text))))
    }

    fn change_to(&self, entry: &Entry, text: Option<FieldValue>) -> Change {
        let mut fields = fields::entry_fields(entry);
        match text {
            Some(text) => fields.insert(self.field.clone(), text),
            None => fields.remove(&self.field),
        };
        let (body, unknown) = fields::body_from_fields(fields, entry.at);
        Change {
            settles: vec![self.field.clone()],
            unknown: Some(unknown.unwrap_or_default()),
            ..Change::of(entry.id.clone(), body)
        }
    }
}

/// Whether a field is the id of the entry that another came from.
pub(super) fn is_origin(field: &str) -> bool {
    field == "origin" || field.strip_prefix(fields::VALUES_PREFIX) == Some(ORIGIN_KEY)
}

/// Fields of an id or a number: two of them cannot be joined.
fn is_of_one(field: &str) -> bool {
    let item_field = field.strip_prefix(fields::VALUES_PREFIX);
    is_origin(field) || item_field == Some(INTO_KEY) || field == fields::PLACE
}

/// All texts of a field, joined by `between`; `None` if the field has room for only one.
fn joined_texts(field: &str, texts: &[Option<FieldValue>], between: &str) -> Option<String> {
    // An emptied text adds nothing.
    let is_empty = |text: &&FieldValue| matches!(text, FieldValue::Text(text) if text.is_empty());
    texts
        .iter()
        .flatten()
        .filter(|text| !is_empty(text))
        .map(|text| match text {
            FieldValue::Text(text) if !is_of_one(field) => {
                Some(text.as_str()).filter(|text| crate::calendar::parse_iso_date(text).is_none())
            }
            _ => None,
        })
        .collect::<Option<Vec<&str>>>()
        .map(|texts| texts.join(between))
}

/// The state of an entry with several heads, or with one that does not count as it is.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct MergedState {
    /// The entry as it is shown; `None` if it was deleted.
    pub(super) entry: Option<Entry>,
    pub(super) unsettled: Vec<Unsettled>,
    /// Whether a newer leadby wrote a version that is not understood.
    pub(super) has_newer: bool,
}

/// The next version of an entry before it is written; its line will give it its name.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct NextVersion {
    pub rev: u64,
    pub lineage: Lineage,
    pub body: Body,
}

impl NextVersion {
    /// The version of this entry, written at this time.
    pub fn into_entry(self, id: Id, at: Timestamp) -> Entry {
        Entry {
            id,
            rev: self.rev,
            lineage: self.lineage,
            at,
            body: self.body,
        }
    }
}

/// Splits the versions of a forgotten entry, in ascending order of revision, into those made since,
/// which count, and all others.
pub(super) fn split_forgotten(versions: Vec<Entry>) -> (Vec<Entry>, Vec<Entry>) {
    let (forgotten, rest): (Vec<Entry>, Vec<Entry>) =
        versions.into_iter().partition(Entry::is_forgotten_mark);
    let mut counting: Vec<Entry> = Vec::new();
    let mut aside = Vec::new();
    for entry in rest {
        let names = entry.lineage.after.as_deref().unwrap_or_default();
        let leads_to = |other: &Entry| other.rev < entry.rev && names.contains(&other.lineage.name);
        // A version counts if it was made after all marks, or from one that counts.
        if counting.iter().any(leads_to) || forgotten.iter().all(leads_to) {
            counting.push(entry);
        } else {
            aside.push(entry);
        }
    }
    aside.extend(forgotten);
    (counting, aside)
}

/// The merged state of `versions`, which are in ascending order of revision; `None` if the last one
/// counts as it is.
pub(super) fn merged_state(versions: &[Entry]) -> Option<MergedState> {
    if is_chain(versions) {
        return None;
    }
    let counting: Vec<&Entry> = versions.iter().collect();
    let descent = Ancestry::of(&counting);
    let heads = descent.heads();
    match heads.as_slice() {
        [head] if counts_alone(counting[*head]) => None,
        _ => Some(merge_heads(&counting, descent, &heads)),
    }
}

/// Whether a version counts as it is, if it is the only head.
fn counts_alone(entry: &Entry) -> bool {
    entry.body != Body::Newer && entry.lineage.open.is_empty()
}

/// Whether each version was made from the one before it, which is the ordinary case.
fn is_chain(versions: &[Entry]) -> bool {
    let plain = versions.iter().all(|entry| entry.body != Body::Newer);
    let follows = |pair: &[Entry]| {
        let [before, entry] = pair else { return true };
        before.rev < entry.rev
            && match entry.lineage.after.as_deref() {
                None => true,
                Some([name]) => *name == before.lineage.name,
                Some(_) => false,
            }
    };
    let named_once = |last: &Entry| last.lineage.open.is_empty();
    plain && versions.last().is_none_or(named_once) && versions.windows(2).all(follows)
}

fn merge_heads(counting: &[&Entry], descent: Ancestry, heads: &[usize]) -> MergedState {
    let in_order = |one: &&usize, two: &&usize| counting[**one].cmp_versions(counting[**two]);
    let Some(last) = heads.iter().max_by(in_order).map(|head| counting[*head]) else {
        return MergedState::default();
    };
    let newer = heads.iter().any(|head| counting[*head].body == Body::Newer);
    let fold = Fold::of(counting, descent);
    let EntryState::Exists(state) = fold.state_below_next(None) else {
        return MergedState {
            has_newer: newer,
            ..MergedState::default()
        };
    };
    let mut unsettled = state.unsettled();
    if fold.leave_deletion_open(heads) {
        unsettled.push(Unsettled {
            field: DELETED.to_owned(),
            texts: Vec::new(),
        });
    }
    let (body, unknown) = fields::body_from_fields(state.shown_fields(), last.at);
    let lineage = Lineage {
        unknown,
        name: last.lineage.name.clone(),
        after: None,
        undoes: None,
        open: OpenFields::default(),
    };
    let shown = Entry {
        id: last.id.clone(),
        rev: last.rev,
        lineage,
        at: last.at,
        body,
    };
    MergedState {
        entry: Some(shown),
        unsettled,
        has_newer: newer,
    }
}

/// The next version of an entry, made after all `versions`. It settles the fields it changes and
/// those that the change names, and leaves all others as they are.
pub(super) fn successor(versions: &[Entry], change: &Change, at: Timestamp) -> NextVersion {
    let (state, mut next, deletion_is_open) = state_and_successor(versions, None, at);
    let settles = &change.settles;
    next.body = change.body.clone();
    if let Some(unknown) = &change.unknown {
        next.lineage.unknown = Some(unknown.clone()).filter(|members| !members.is_empty());
    }
    let EntryState::Exists(state) = state else {
        return next;
    };
    if next.body == Body::Deleted {
        next.lineage.unknown = None;
        return next;
    }
    let unsettled = state.unsettled();
    let deleted = deletion_is_open && !settles.iter().any(|field| field == DELETED);
    if unsettled.is_empty() && !deleted {
        return next;
    }
    let said = fields::body_fields(&next.body, next.lineage.unknown.as_deref());
    let shown = state.shown_fields();
    let left = |unsettled: &Unsettled| {
        let field = &unsettled.field;
        !settles.contains(field) && said.get(field) == shown.get(field)
    };
    next.lineage.open = open_fields(unsettled.into_iter().filter(left), deleted);
    next
}

/// The version that undoes the one called `name`: it says what the entry says without it.
pub(super) fn undo_version(versions: &[Entry], name: &VersionName, at: Timestamp) -> NextVersion {
    let (state, mut next, deletion_is_open) = state_and_successor(versions, Some(name), at);
    if let EntryState::Exists(state) = state {
        next.lineage.open = open_fields(state.unsettled().into_iter(), deletion_is_open);
    }
    next.lineage.undoes = Some(Box::new(UndoTarget::Name(name.clone())));
    next
}

fn open_fields(unsettled: impl Iterator<Item = Unsettled>, deleted: bool) -> OpenFields {
    let fields = unsettled.map(|field| field.field.into());
    fields.chain(deleted.then(|| DELETED.into())).collect()
}

/// The state below a version made after all `versions` that undoes the one called `undone`; that
/// version, saying the same; and whether deletion is unsettled below it.
fn state_and_successor(
    versions: &[Entry],
    undone: Option<&VersionName>,
    at: Timestamp,
) -> (EntryState, NextVersion, bool) {
    let made_since;
    let counting: Vec<&Entry> = if versions.iter().any(Entry::is_forgotten_mark) {
        made_since = split_forgotten(versions.to_vec()).0;
        made_since.iter().collect()
    } else {
        versions.iter().collect()
    };
    let descent = Ancestry::of(&counting);
    let heads = descent.readable_heads(&counting);
    let mut after: BTreeSet<VersionName> = heads
        .iter()
        .map(|head| counting[*head].lineage.name.clone())
        .collect();
    if counting.is_empty() {
        // From here on, only versions that name the marks count.
        let forgotten = versions.iter().filter(|entry| entry.is_forgotten_mark());
        after.extend(forgotten.map(|entry| entry.lineage.name.clone()));
    }
    let highest = versions.iter().map(|entry| entry.rev).max().unwrap_or(0);
    let (state, deletion_is_open) = match counting.last() {
        Some(last) if undone.is_none() && is_chain(versions) => (EntryState::of(last), false),
        _ => {
            let fold = Fold::of(&counting, descent);
            (
                fold.state_below_next(undone),
                fold.leaves_deletion_open(undone),
            )
        }
    };
    let (body, unknown) = match &state {
        EntryState::Absent => (Body::Deleted, None),
        EntryState::Exists(state) => {
            let mut shown = state.shown_fields();
            if let [head] = heads.as_slice() {
                fields::restore_order(&mut shown, counting[*head]);
            }
            fields::body_from_fields(shown, at)
        }
    };
    let next = NextVersion {
        lineage: Lineage {
            after: Some(after.into_iter().collect()),
            unknown,
            ..Lineage::default()
        },
        rev: highest.saturating_add(1),
        body,
    };
    (state, next, deletion_is_open)
}

/// The versions of one entry that have content and were not undone.
pub(super) fn not_undone(versions: &[Entry]) -> Vec<&Entry> {
    let says = |entry: &Entry| !entry.lineage.is_undo() && entry.body != Body::Newer;
    if !versions.iter().any(|entry| entry.lineage.is_undo()) {
        return versions.iter().filter(|entry| says(entry)).collect();
    }
    let all: Vec<&Entry> = versions.iter().collect();
    undone_flags(&all)
        .into_iter()
        .zip(versions)
        .filter(|(is_undone, entry)| !is_undone && says(entry))
        .map(|(_, entry)| entry)
        .collect()
}

/// Whether all versions of an entry are effective: nearly always, and cheaper to tell than to list.
pub(super) fn are_all_effective(versions: &[Entry]) -> bool {
    match versions {
        [only] => !only.lineage.is_undo(),
        _ => is_chain(versions) && !versions.iter().any(|entry| entry.lineage.is_undo()),
    }
}

/// The effective versions of one entry: not undone, and not only made to settle which text of two
/// sides counts.
pub(super) fn effective_versions(versions: &[Entry]) -> Vec<&Entry> {
    let mut work = not_undone(versions);
    // In a chain, nothing was ever unsettled.
    if !is_chain(versions) {
        let all: Vec<&Entry> = versions.iter().collect();
        let settling = Fold::of(&all, Ancestry::of(&all)).settling_versions();
        let is_it = |entry: &&Entry| settling.iter().any(|at| std::ptr::eq(all[*at], *entry));
        work.retain(|entry| !is_it(entry));
    }
    work
}

/// For each version, whether it is undone now.
pub(super) fn undone_flags(versions: &[&Entry]) -> Vec<bool> {
    let by_name = Fold::of(versions, Ancestry::of(versions)).undone_flags();
    let by_revision = undone_by_revision(versions);
    by_name
        .into_iter()
        .zip(by_revision)
        .map(|(one, two)| one || two)
        .collect()
}

/// The same for undos in lines from before versions had names, which give a revision.
fn undone_by_revision(versions: &[&Entry]) -> Vec<bool> {
    let mut back = vec![false; versions.len()];
    let is_old = |entry: &&Entry| {
        matches!(
            entry.lineage.undoes.as_deref(),
            Some(UndoTarget::Revision(_))
        )
    };
    if !versions.iter().any(is_old) {
        return back;
    }
    // What each undo undid in the end: an undo of an undo redoes its version.
    let mut acts: Vec<Option<(usize, bool)>> = vec![None; versions.len()];
    for (at, entry) in versions.iter().enumerate() {
        let earlier = &versions[..at];
        let target = match entry.lineage.undoes.as_deref() {
            None => None,
            Some(UndoTarget::Revision(rev)) => earlier.iter().rposition(|other| other.rev == *rev),
            // An undo of such a line, which the fold ignores.
            Some(UndoTarget::Name(name)) => earlier
                .iter()
                .rposition(|other| other.lineage.name == *name)
                .filter(|target| acts[*target].is_some()),
        };
        let Some(target) = target else {
            continue;
        };
        let (version, is_back) = match acts[target] {
            Some((version, is_back)) => (version, !is_back),
            None => (target, true),
        };
        back[version] = is_back;
        acts[at] = Some((version, is_back));
    }
    back
}

/// Whether two bodies say the same, lists in any order.
pub(super) fn have_same_content(one: &Body, two: &Body) -> bool {
    let (one, two) = (
        fields::body_fields(one, None),
        fields::body_fields(two, None),
    );
    one.len() == two.len()
        && one
            .iter()
            .all(|(name, said)| fields::same_value(Some(said), two.get(name)))
}

/// A version with what it was made from.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct TracedVersion<'a> {
    pub entry: &'a Entry,
    /// The indices of the versions it was made from.
    pub parents: Vec<usize>,
    /// What the entry said below it: this version adds only what differs.
    pub base: Body,
    /// The index of the version it undoes.
    pub undoes: Option<usize>,
    /// Whether it is undone, and not redone.
    pub is_undone: bool,
    /// The fields unsettled below it that it leaves with one text.
    pub settles: Vec<String>,
    /// The fields with one text below it that it leaves with several.
    pub opens: Vec<String>,
}

/// The versions of an entry, in ascending order of revision, each with what it was made from.
pub(super) fn traced_versions(versions: &[Entry]) -> Vec<TracedVersion<'_>> {
    let all: Vec<&Entry> = versions.iter().collect();
    let descent = Ancestry::of(&all);
    let is_chain = is_chain(versions);
    let below: Vec<(Body, BTreeSet<String>)> = if is_chain {
        let bodies = versions.iter().map(|entry| entry.body.clone());
        std::iter::once(Body::Deleted)
            .chain(bodies)
            .map(|body| (body, BTreeSet::new()))
            .collect()
    } else {
        Fold::of(&all, Ancestry::of(&all)).states_below()
    };
    let open = |at: usize| -> BTreeSet<String> {
        versions[at]
            .lineage
            .open
            .iter()
            .map(ToString::to_string)
            .collect()
    };
    let parents: Vec<Vec<usize>> = (0..all.len())
        .map(|at| descent.parents(at).to_vec())
        .collect();
    let undone = |at: usize| {
        let is_it = |other: &usize| match versions[at].lineage.undoes.as_deref() {
            Some(UndoTarget::Name(name)) => versions[*other].lineage.name == *name,
            Some(UndoTarget::Revision(rev)) => versions[*other].rev == *rev,
            None => false,
        };
        (0..at).rfind(is_it)
    };
    undone_flags(&all)
        .into_iter()
        .zip(parents)
        .zip(below)
        .enumerate()
        .map(
            |(at, ((taken_back, parents), (below, unsettled)))| TracedVersion {
                entry: all[at],
                settles: unsettled.difference(&open(at)).cloned().collect(),
                opens: open(at).difference(&unsettled).cloned().collect(),
                parents,
                base: below,
                undoes: undone(at),
                is_undone: taken_back && !all[at].lineage.is_undo(),
            },
        )
        .collect()
}
