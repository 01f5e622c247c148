//! The state of one entry as it follows from the set of its versions.
//!
//! Versions name those they were made from. Those that no other was made from are the heads; one
//! head counts as it is, and nothing here is asked. Several are joined field by field: of each field
//! the last versions that say it count, and where these differ the field is unsettled. The state is
//! a function of the set of versions: their order has no part in it, and a copy changes nothing.
//! Total: whatever a file holds, there is a state. `assets/format.md` has the rules to the letter.
//!
//! ```text
//!  title ── did ──┬── improved ──┬── measure      each version says what differs from the state
//!                 └── solved ────┘                below it; the last one names two and settles both
//! ```

mod descent;
mod fields;
mod said;

use std::collections::BTreeSet;

pub use self::fields::{Element, FieldValue, Kind};

use self::descent::Descent;
use self::said::{Fold, State};
use super::{Body, Entry, Lineage, Name, Open, Undoes};
use crate::calendar::Stamp;

/// The highest revision a version can have: JSON numbers are exact up to here (RFC 8259).
pub const LAST_REVISION: u64 = 1 << 53;

/// The field that is unsettled where an entry was deleted on one side and changed on the other.
pub const DELETED: &str = "deleted";

/// What stands between two texts of a field that takes both: each on a line of its own, or one after
/// the other.
pub(super) const BETWEEN: [&str; 2] = ["\n", " / "];

/// A field with several texts, of which none was made with the others in view.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Unsettled {
    /// The field: `values.did`, `due`, or [`DELETED`].
    pub field: String,
    /// Its texts, the one that is shown first, then the latest first; `None` is an emptied field.
    /// Empty for [`DELETED`].
    pub texts: Vec<Option<FieldValue>>,
}

impl Unsettled {
    /// What the entry says if the text at this place counts.
    #[must_use]
    pub fn taking(&self, entry: &Entry, at: usize) -> Option<Body> {
        let text = self.texts.get(at)?.clone();
        Some(self.saying(entry, text))
    }

    /// What the entry says if all texts of the field count, with `between` between two of them;
    /// `None` where no field can say several, as a day cannot.
    #[must_use]
    pub fn taking_all(&self, entry: &Entry, between: &str) -> Option<Body> {
        if self.texts.is_empty() {
            return None;
        }
        let text = all_of(&self.field, &self.texts, between)?;
        Some(self.saying(entry, Some(FieldValue::Text(text))))
    }

    fn saying(&self, entry: &Entry, text: Option<FieldValue>) -> Body {
        let mut fields = fields::fields(entry);
        match text {
            Some(text) => fields.insert(self.field.clone(), text),
            None => fields.remove(&self.field),
        };
        fields::body(fields, entry.at).0
    }
}

/// All texts of a field, with `between` between two of them; `None` where no field can say several.
fn all_of(field: &str, texts: &[Option<FieldValue>], between: &str) -> Option<String> {
    let texts = texts.iter().flatten().map(|text| match text {
        // A day is a text, too, and two of them are none.
        FieldValue::Text(text) if !matches!(field, "due" | "made" | "origin") => {
            Some(text.as_str()).filter(|text| crate::calendar::plain_day(text).is_none())
        }
        _ => None,
    });
    Some(texts.collect::<Option<Vec<&str>>>()?.join(between))
}

/// What counts of an entry with several heads, or with one that says less than all.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Joined {
    /// What is shown; `None` where the entry is not there.
    pub(super) shown: Option<Entry>,
    /// The fields that are unsettled.
    pub(super) unsettled: Vec<Unsettled>,
    /// Whether a newer leadby wrote a version that is not understood.
    pub(super) newer: bool,
}

/// What the next version of an entry is made from.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Next {
    /// What it says, with its lineage; the name is still missing.
    pub(super) rev: u64,
    pub(super) lineage: Lineage,
    pub(super) body: Body,
    /// Whether it is unsettled below it whether the entry is deleted.
    leaves_deleted: bool,
}

/// The versions of an entry that was forgotten, in rising order of their revisions: those that
/// count, which were made since, and all others.
pub(super) fn parted(versions: Vec<Entry>) -> (Vec<Entry>, Vec<Entry>) {
    let is_forgotten = |entry: &Entry| entry.body == Body::Forgotten;
    let (forgotten, rest): (Vec<Entry>, Vec<Entry>) = versions.into_iter().partition(is_forgotten);
    let mut counting: Vec<Entry> = Vec::new();
    let mut aside = Vec::new();
    for entry in rest {
        let names = entry.lineage.after.as_deref().unwrap_or_default();
        let leads_to = |other: &Entry| other.rev < entry.rev && names.contains(&other.lineage.name);
        // Whatever counts was made after all of them, and so is what is made from it.
        if counting.iter().any(leads_to) || forgotten.iter().all(leads_to) {
            counting.push(entry);
        } else {
            aside.push(entry);
        }
    }
    aside.extend(forgotten);
    (counting, aside)
}

/// What counts, where that is not simply the last of the versions, which are in the order of their
/// revisions.
pub(super) fn joined(versions: &[Entry]) -> Option<Joined> {
    if is_chain(versions) {
        return None;
    }
    let counting: Vec<&Entry> = versions.iter().collect();
    let descent = Descent::of(&counting);
    let heads = descent.heads();
    match heads.as_slice() {
        [head] if stands_alone(counting[*head]) => None,
        _ => Some(join(&counting, descent, &heads)),
    }
}

/// Whether a version counts as it is, if it is the only head.
fn stands_alone(entry: &Entry) -> bool {
    entry.body != Body::Newer && entry.lineage.open.is_empty()
}

/// Whether a head is a deletion, or left it open whether the entry is deleted.
fn leaves_deleted(head: &Entry) -> bool {
    head.body == Body::Deleted || head.lineage.open.has(DELETED)
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

fn join(counting: &[&Entry], descent: Descent, heads: &[usize]) -> Joined {
    let in_order = |one: &&usize, two: &&usize| counting[**one].in_order(counting[**two]);
    let Some(last) = heads.iter().max_by(in_order).map(|head| counting[*head]) else {
        return Joined::default();
    };
    let newer = heads.iter().any(|head| counting[*head].body == Body::Newer);
    let State::There(state) = Fold::of(counting, descent).whole() else {
        return Joined {
            newer,
            ..Joined::default()
        };
    };
    let mut unsettled = state.unsettled();
    if heads.iter().any(|head| leaves_deleted(counting[*head])) {
        unsettled.push(Unsettled {
            field: DELETED.to_owned(),
            texts: Vec::new(),
        });
    }
    let (body, unknown) = fields::body(state.shown(), last.at);
    let lineage = Lineage {
        unknown,
        name: last.lineage.name.clone(),
        after: None,
        undoes: None,
        open: Open::default(),
    };
    let shown = Entry {
        id: last.id.clone(),
        rev: last.rev,
        lineage,
        at: last.at,
        body,
    };
    Joined {
        shown: Some(shown),
        unsettled,
        newer,
    }
}

/// The next version of an entry: `body`, made with all `versions` in view, which settles the fields
/// it changes and those in `settles` and leaves all others as they are.
pub(super) fn next(versions: &[Entry], body: Body, settles: &[String], at: Stamp) -> Next {
    let (state, mut next) = following(versions, None, at);
    next.body = body;
    let State::There(state) = state else {
        return next;
    };
    if next.body == Body::Deleted {
        next.lineage.unknown = None;
        return next;
    }
    let unsettled = state.unsettled();
    let deleted = next.leaves_deleted && !settles.iter().any(|field| field == DELETED);
    if unsettled.is_empty() && !deleted {
        return next;
    }
    let said = fields::said(&next.body, next.lineage.unknown.as_deref());
    let shown = state.shown();
    let left = |unsettled: &Unsettled| {
        let field = &unsettled.field;
        !settles.contains(field) && said.get(field) == shown.get(field)
    };
    next.lineage.open = open(unsettled.into_iter().filter(left), deleted);
    next
}

/// The version that takes back the one called `name`: it says what is there without that one.
pub(super) fn undoing(versions: &[Entry], name: &Name, at: Stamp) -> Next {
    let (state, mut next) = following(versions, Some(name), at);
    if let State::There(state) = state {
        next.lineage.open = open(state.unsettled().into_iter(), next.leaves_deleted);
    }
    next.lineage.undoes = Some(Box::new(Undoes::Name(name.clone())));
    next
}

fn open(unsettled: impl Iterator<Item = Unsettled>, deleted: bool) -> Open {
    let fields = unsettled.map(|field| field.field.into());
    fields.chain(deleted.then(|| DELETED.into())).collect()
}

/// What is there below a version made with all `versions` in view that takes back the one called
/// `undone`, and that version, saying the same.
fn following(versions: &[Entry], undone: Option<&Name>, at: Stamp) -> (State, Next) {
    let is_forgotten = |entry: &Entry| entry.body == Body::Forgotten;
    let made_since;
    let counting: Vec<&Entry> = if versions.iter().any(is_forgotten) {
        made_since = parted(versions.to_vec()).0;
        made_since.iter().collect()
    } else {
        versions.iter().collect()
    };
    let descent = Descent::of(&counting);
    let mut after: BTreeSet<Name> = descent
        .readable_heads(&counting)
        .into_iter()
        .map(|head| counting[head].lineage.name.clone())
        .collect();
    if counting.is_empty() {
        // Only what names those that forgot it counts from there on.
        let forgotten = versions.iter().filter(|entry| is_forgotten(entry));
        after.extend(forgotten.map(|entry| entry.lineage.name.clone()));
    }
    let highest = versions.iter().map(|entry| entry.rev).max().unwrap_or(0);
    let heads = descent.readable_heads(&counting);
    let (state, leaves_deleted) = match counting.last() {
        Some(last) if undone.is_none() && is_chain(versions) => (State::of(last), false),
        _ => {
            let fold = Fold::of(&counting, descent);
            (fold.below_all(undone), fold.leaves_deleted(undone))
        }
    };
    let (body, unknown) = match &state {
        State::Gone => (Body::Deleted, None),
        State::There(state) => {
            let mut shown = state.shown();
            if let [head] = heads.as_slice() {
                fields::keep_order(&mut shown, counting[*head]);
            }
            fields::body(shown, at)
        }
    };
    let next = Next {
        lineage: Lineage {
            after: Some(after.into_iter().collect()),
            unknown,
            ..Lineage::default()
        },
        rev: highest.saturating_add(1),
        body,
        leaves_deleted,
    };
    (state, next)
}

/// The versions of one entry that say something and were not taken back.
pub(super) fn standing(versions: &[Entry]) -> Vec<&Entry> {
    let says = |entry: &Entry| !entry.lineage.is_undo() && entry.body != Body::Newer;
    if !versions.iter().any(|entry| entry.lineage.is_undo()) {
        return versions.iter().filter(|entry| says(entry)).collect();
    }
    let all: Vec<&Entry> = versions.iter().collect();
    let stands = taken_back(&all).into_iter().zip(versions);
    let stands = stands.filter(|(back, entry)| !back && says(entry));
    stands.map(|(_, entry)| entry).collect()
}

/// Whether all versions of an entry are [work](work): hardly any is not, and there are many entries.
pub(super) fn are_all_work(versions: &[Entry]) -> bool {
    match versions {
        [only] => !only.lineage.is_undo(),
        _ => is_chain(versions) && !versions.iter().any(|entry| entry.lineage.is_undo()),
    }
}

/// The versions of one entry that [stand](standing) and with which a person wrote something: not
/// those that only say which of the texts of two sides counts.
pub(super) fn work(versions: &[Entry]) -> Vec<&Entry> {
    let mut work = standing(versions);
    // Where each was made from the one before it, nothing was ever unsettled.
    if !is_chain(versions) {
        let all: Vec<&Entry> = versions.iter().collect();
        let settling = Fold::of(&all, Descent::of(&all)).settling();
        let is_it = |entry: &&Entry| settling.iter().any(|at| std::ptr::eq(all[*at], *entry));
        work.retain(|entry| !is_it(entry));
    }
    work
}

/// Of each version, whether it is taken back now.
pub(super) fn taken_back(versions: &[&Entry]) -> Vec<bool> {
    let by_name = Fold::of(versions, Descent::of(versions)).taken_back();
    let by_revision = taken_back_by_revision(versions);
    by_name
        .into_iter()
        .zip(by_revision)
        .map(|(one, two)| one || two)
        .collect()
}

/// Those taken back by lines from before versions had names, which say the revision they take back.
fn taken_back_by_revision(versions: &[&Entry]) -> Vec<bool> {
    let mut back = vec![false; versions.len()];
    let is_old =
        |entry: &&Entry| matches!(entry.lineage.undoes.as_deref(), Some(Undoes::Revision(_)));
    if !versions.iter().any(is_old) {
        return back;
    }
    // What each undo took back, in the end: an undo of an undo puts its version back.
    let mut acts: Vec<Option<(usize, bool)>> = vec![None; versions.len()];
    for (at, entry) in versions.iter().enumerate() {
        let earlier = &versions[..at];
        let target = match entry.lineage.undoes.as_deref() {
            None => None,
            Some(Undoes::Revision(rev)) => earlier.iter().rposition(|other| other.rev == *rev),
            // An undo of such a line, which says nothing that the fold knows of.
            Some(Undoes::Name(name)) => earlier
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

/// Whether two texts of an entry say the same, lists in whatever order.
pub(super) fn say_the_same(one: &Body, two: &Body) -> bool {
    let (one, two) = (fields::said(one, None), fields::said(two, None));
    one.len() == two.len()
        && one
            .iter()
            .all(|(name, said)| said::same(Some(said), two.get(name)))
}

/// A version with what it was made from.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Traced<'a> {
    /// The version.
    pub entry: &'a Entry,
    /// The places of the versions it was made from, in the order of all of them.
    pub parents: Vec<usize>,
    /// What was there below it: what it says otherwise, it says itself.
    pub below: Body,
    /// The place of the version it takes back.
    pub undoes: Option<usize>,
    /// Whether it is taken back, and not put back.
    pub taken_back: bool,
    /// The fields that were unsettled below it, and that it leaves with one text.
    pub settles: Vec<String>,
    /// The fields that it leaves with several texts, and that had one below it.
    pub opens: Vec<String>,
}

/// The versions of an entry, in rising order of their revisions, each with what it was made from.
pub(super) fn traced(versions: &[Entry]) -> Vec<Traced<'_>> {
    let all: Vec<&Entry> = versions.iter().collect();
    let descent = Descent::of(&all);
    let is_chain = is_chain(versions);
    let below: Vec<(Body, BTreeSet<String>)> = if is_chain {
        let bodies = versions.iter().map(|entry| entry.body.clone());
        let below = std::iter::once(Body::Deleted).chain(bodies);
        below.map(|body| (body, BTreeSet::new())).collect()
    } else {
        Fold::of(&all, Descent::of(&all)).below_each()
    };
    let open = |at: usize| -> BTreeSet<String> {
        let open = versions[at].lineage.open.iter();
        open.map(ToString::to_string).collect()
    };
    let parents: Vec<Vec<usize>> = (0..all.len())
        .map(|at| descent.parents(at).to_vec())
        .collect();
    let undone = |at: usize| {
        let is_it = |other: &usize| match versions[at].lineage.undoes.as_deref() {
            Some(Undoes::Name(name)) => versions[*other].lineage.name == *name,
            Some(Undoes::Revision(rev)) => versions[*other].rev == *rev,
            None => false,
        };
        (0..at).rfind(is_it)
    };
    let traced = taken_back(&all).into_iter().zip(parents).zip(below);
    traced
        .enumerate()
        .map(|(at, ((taken_back, parents), (below, unsettled)))| Traced {
            entry: all[at],
            settles: unsettled.difference(&open(at)).cloned().collect(),
            opens: open(at).difference(&unsettled).cloned().collect(),
            parents,
            below,
            undoes: undone(at),
            taken_back: taken_back && !all[at].lineage.is_undo(),
        })
        .collect()
}
