//! What each version says, and what counts of it; only used if versions were made side by side.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use super::ancestry::{Ancestry, VersionSet};
use super::fields::{
    Element, FieldContent, FieldStatement, FieldValue, Fields, element_set, entry_fields,
    same_value,
};
use super::{Body, Entry, Unsettled};

/// Several versions of one entry, and what each says.
pub(super) struct Fold<'a> {
    versions: &'a [&'a Entry],
    descent: Ancestry,
    /// The rank of each version in the total order.
    ranks: Vec<usize>,
    statements: Vec<Statement>,
    /// The versions that undo others.
    undo_versions: Vec<usize>,
    /// For each version, what is said last of undone versions in it and what it descends from: an
    /// entry that was undone and redone many times has very many such words.
    last_words: Vec<Rc<UndoWords>>,
    by_name: HashMap<&'a super::VersionName, Vec<usize>>,
}

pub(super) enum EntryState {
    Absent,
    Exists(FieldTexts),
}

/// The fields of an entry that exists, each with its texts.
#[derive(Default)]
pub(super) struct FieldTexts(BTreeMap<String, Vec<Option<FieldValue>>>);

/// What one version says that the state below it does not.
#[derive(Default)]
struct Statement {
    /// The fields in which it differs.
    fields: BTreeMap<String, FieldStatement>,
    /// What it does to the entry as a whole, if anything.
    existence: Option<Existence>,
    /// Whether it is a deletion, or leaves deletion unsettled.
    leaves_deletion_open: bool,
    /// The versions it undoes or redoes.
    undo_effects: BTreeMap<usize, UndoEffect>,
    /// The versions that are undone below it.
    undone_below: BTreeSet<usize>,
}

/// What one version does to the entry as a whole.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Existence {
    /// Nothing exists below it, so it starts the entry.
    Created,
    /// It deletes what exists below it.
    Deleted,
    /// It keeps what was deleted on one side and changed on another.
    Restored,
}

/// What an undo says about a version.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum UndoEffect {
    Undone,
    Redone,
}

/// The versions that were undone, each with the last words about it and who says them.
type UndoWords = BTreeMap<usize, Vec<(usize, UndoEffect)>>;

impl EntryState {
    /// The state if one version counts as it is.
    pub(super) fn of(entry: &Entry) -> Self {
        if entry.body == Body::Deleted {
            return Self::Absent;
        }
        let said = entry_fields(entry).into_iter();
        Self::Exists(FieldTexts(
            said.map(|(name, value)| (name, vec![Some(value)]))
                .collect(),
        ))
    }
}

impl FieldTexts {
    /// The shown text of each field.
    pub(super) fn shown_fields(&self) -> Fields {
        let shown = self.0.iter().filter_map(|(name, texts)| {
            let shown = texts.first()?.clone()?;
            Some((name.clone(), shown))
        });
        shown.collect()
    }

    /// The fields with several texts.
    pub(super) fn unsettled(&self) -> Vec<Unsettled> {
        let several = self.0.iter().filter(|(_, texts)| texts.len() > 1);
        let unsettled = several.map(|(name, texts)| Unsettled {
            field: name.clone(),
            texts: texts.clone(),
        });
        unsettled.collect()
    }

    fn texts_of(&self, field: &str) -> &[Option<FieldValue>] {
        self.0.get(field).map_or(&[], Vec::as_slice)
    }
}

impl<'a> Fold<'a> {
    /// What each of `versions` says, which are in ascending order of revision.
    pub(super) fn of(versions: &'a [&'a Entry], descent: Ancestry) -> Self {
        let mut places: Vec<usize> = (0..versions.len()).collect();
        places.sort_by(|one, two| versions[*one].cmp_versions(versions[*two]));
        let mut order = vec![0; versions.len()];
        for (place, at) in places.into_iter().enumerate() {
            order[at] = place;
        }
        let mut by_name: HashMap<&super::VersionName, Vec<usize>> = HashMap::new();
        for (at, entry) in versions.iter().enumerate() {
            by_name.entry(&entry.lineage.name).or_default().push(at);
        }
        let mut fold = Self {
            versions,
            descent,
            ranks: order,
            statements: Vec::with_capacity(versions.len()),
            undo_versions: Vec::new(),
            last_words: Vec::with_capacity(versions.len()),
            by_name,
        };
        for at in 0..versions.len() {
            let said = fold.statement_of(at);
            let mut words = fold.last_words_in(VersionSet::AncestorsOf(at));
            if !said.undo_effects.is_empty() {
                fold.undo_versions.push(at);
                let own = said.undo_effects.iter();
                Rc::make_mut(&mut words).extend(own.map(|(of, word)| (*of, vec![(at, *word)])));
            }
            fold.last_words.push(words);
            fold.statements.push(said);
        }
        fold
    }

    /// The state below a version made after all of them that undoes the one called `undone`.
    pub(super) fn state_below_next(&self, undone: Option<&super::VersionName>) -> EntryState {
        let words = undone.map_or_else(BTreeMap::new, |name| self.words(VersionSet::All, name));
        self.state_of(VersionSet::All, &words)
    }

    /// Whether deletion is unsettled below a version made after all of them that undoes the one
    /// called `undone`.
    pub(super) fn leaves_deletion_open(&self, undone: Option<&super::VersionName>) -> bool {
        let words = undone.map_or_else(BTreeMap::new, |name| self.words(VersionSet::All, name));
        if words.is_empty() {
            return self.leave_deletion_open(&self.descent.readable_heads(self.versions));
        }
        self.undoing_leaves_deletion_open(VersionSet::All, &words)
    }

    /// Whether one of these versions is a deletion, or leaves deletion unsettled.
    pub(super) fn leave_deletion_open(&self, versions: &[usize]) -> bool {
        let mut versions = versions.iter();
        versions.any(|at| self.statements[*at].leaves_deletion_open)
    }

    /// Whether deletion is unsettled below a version made after a set of them whose undo says
    /// `words`: the last that count decide.
    fn undoing_leaves_deletion_open(
        &self,
        set: VersionSet,
        words: &BTreeMap<usize, UndoEffect>,
    ) -> bool {
        let back = self.undone_in(set, words);
        // An undo says nothing itself.
        let counts =
            |at: &usize| !back.contains(at) && self.statements[*at].undo_effects.is_empty();
        let live: Vec<usize> = self.descent.members(set).filter(counts).collect();
        let below = self.descent.ancestors_of(live.iter().copied());
        let is_last = |at: &usize| !self.descent.is_among(*at, &below);
        let mut last = live.iter().copied().filter(is_last);
        // A deletion is open if someone changed what it deletes without seeing it.
        let is_beside =
            |deletion: usize, at: usize| at != deletion && !self.descent.is_ancestor(at, deletion);
        last.any(|at| match self.versions[at].body {
            Body::Deleted => live
                .iter()
                .any(|other| is_beside(at, *other) && self.statements[*other].has_content()),
            _ => self.statements[at].leaves_deletion_open,
        })
    }

    /// For each version, the state below it and the fields unsettled there; for an undo, with the
    /// version it undoes.
    pub(super) fn states_below(&self) -> Vec<(Body, BTreeSet<String>)> {
        let below = |at: usize| match self.state_of(VersionSet::AncestorsOf(at), &BTreeMap::new()) {
            EntryState::Absent => (Body::Deleted, BTreeSet::new()),
            EntryState::Exists(there) => {
                let mut unsettled: BTreeSet<String> = there
                    .unsettled()
                    .into_iter()
                    .map(|unsettled| unsettled.field)
                    .collect();
                if self.has_deleted_parent(at) {
                    unsettled.insert(super::DELETED.to_owned());
                }
                let body =
                    super::fields::body_from_fields(there.shown_fields(), self.versions[at].at).0;
                (body, unsettled)
            }
        };
        (0..self.versions.len()).map(below).collect()
    }

    /// Whether a version was made from one that is a deletion, or leaves deletion unsettled.
    fn has_deleted_parent(&self, at: usize) -> bool {
        self.leave_deletion_open(self.descent.parents(at))
    }

    /// The versions that only settle which of the texts below them counts.
    pub(super) fn settling_versions(&self) -> Vec<usize> {
        let only_settles = |at: &usize| self.only_settles(*at);
        (0..self.versions.len()).filter(only_settles).collect()
    }

    fn only_settles(&self, at: usize) -> bool {
        let said = &self.statements[at];
        if said.existence == Some(Existence::Deleted) {
            return self.has_deleted_parent(at);
        }
        if said.fields.is_empty() {
            return said.existence == Some(Existence::Restored);
        }
        if !self.may_settle(at) {
            return false;
        }
        let EntryState::Exists(below) =
            self.state_of(VersionSet::AncestorsOf(at), &BTreeMap::new())
        else {
            return false;
        };
        let now = entry_fields(self.versions[at]);
        said.fields.keys().all(|name| {
            let (texts, text) = (below.texts_of(name), now.get(name));
            let is_all = |between: &&str| match (super::joined_texts(name, texts, between), text) {
                (Some(all), Some(FieldValue::Text(text))) => all == *text,
                _ => false,
            };
            texts.len() > 1
                && (texts.iter().any(|one| same_value(one.as_ref(), text))
                    || super::JOINERS.iter().any(is_all))
        })
    }

    /// Whether something may be unsettled below a version: it was made from several, or from one
    /// that left something open or is an undo.
    fn may_settle(&self, at: usize) -> bool {
        let parents = self.descent.parents(at);
        let leaves_open = |parent: &usize| {
            let lineage = &self.versions[*parent].lineage;
            !lineage.open.is_empty() || lineage.is_undo()
        };
        parents.len() > 1 || parents.iter().any(leaves_open)
    }

    pub(super) fn undone_flags(&self) -> Vec<bool> {
        let back = self.undone_in(VersionSet::All, &BTreeMap::new());
        (0..self.versions.len())
            .map(|at| back.contains(&at))
            .collect()
    }

    /// What a version with this set below it says by undoing the one called `name`: that this one
    /// is undone, and if it is an undo itself, the opposite of what it said.
    fn words(&self, below: VersionSet, name: &super::VersionName) -> BTreeMap<usize, UndoEffect> {
        let mut words = BTreeMap::new();
        for at in self.by_name.get(name).into_iter().flatten().copied() {
            if self.descent.contains(below, at) {
                let opposite = |word: &UndoEffect| match word {
                    UndoEffect::Undone => UndoEffect::Redone,
                    UndoEffect::Redone => UndoEffect::Undone,
                };
                let said = self.statements[at].undo_effects.iter();
                words.extend(said.map(|(of, word)| (*of, opposite(word))));
                words.insert(at, UndoEffect::Undone);
            }
        }
        words
    }

    fn statement_of(&self, at: usize) -> Statement {
        let entry = self.versions[at];
        let below = VersionSet::AncestorsOf(at);
        if entry.body == Body::Newer {
            return Statement::default();
        }
        let words = match entry.lineage.undone_name() {
            Some(name) => self.words(below, name),
            None => BTreeMap::new(),
        };
        let mut said = Statement {
            undone_below: self.undone_in(below, &words),
            ..Statement::default()
        };
        let state = self
            .plain_parent_state(at)
            .unwrap_or_else(|| self.state_of(below, &words));
        let deletion_is_open = if words.is_empty() {
            self.has_deleted_parent(at)
        } else {
            self.undoing_leaves_deletion_open(below, &words)
        };
        said.undo_effects = words;
        said.leaves_deletion_open = entry.body == Body::Deleted;
        let EntryState::Exists(there) = state else {
            if entry.body != Body::Deleted {
                said.existence = Some(Existence::Created);
                let all = entry_fields(entry).into_iter();
                said.fields = all
                    .map(|(name, value)| (name, FieldStatement::of(None, Some(&value))))
                    .collect();
            }
            return said;
        };
        if entry.body == Body::Deleted {
            said.existence = Some(Existence::Deleted);
            return said;
        }
        let open = |field: &str| entry.lineage.open.contains(field);
        // A field that is not unsettled has no part in `open`.
        said.leaves_deletion_open = deletion_is_open && open(super::DELETED);
        let restores = deletion_is_open && !open(super::DELETED) && said.undo_effects.is_empty();
        said.existence = restores.then_some(Existence::Restored);
        let now = entry_fields(entry);
        let names: BTreeSet<&String> = now.keys().chain(there.0.keys()).collect();
        for name in names {
            let texts = there.texts_of(name);
            let before = texts.first().and_then(Option::as_ref);
            let value = now.get(name);
            let says = if texts.len() > 1 {
                !(open(name) && texts.iter().any(|text| same_value(text.as_ref(), value)))
            } else {
                !same_value(before, value)
            };
            if says {
                let mut field = FieldStatement::of(before, value);
                if texts.len() > 1 {
                    // Naming an unsettled list says all its elements.
                    let all = value.map(element_set).unwrap_or_default();
                    field.added = all.into_iter().cloned().collect();
                    for text in texts.iter().flatten() {
                        let gone = element_set(text).into_iter().cloned();
                        field
                            .removed
                            .extend(gone.filter(|element| !field.added.contains(element)));
                    }
                }
                said.fields.insert(name.clone(), field);
            }
        }
        said
    }

    /// The state below a version, if it has one parent and that one counts as it is.
    fn plain_parent_state(&self, at: usize) -> Option<EntryState> {
        let [parent] = self.descent.parents(at) else {
            return None;
        };
        let (entry, parent) = (self.versions[at], self.versions[*parent]);
        let open = &entry.lineage.open;
        let plain = super::counts_alone(parent) && open.is_empty();
        if !plain || entry.lineage.undone_name().is_some() {
            return None;
        }
        Some(EntryState::of(parent))
    }

    /// The last words about the undone versions in a set.
    fn last_words_in(&self, set: VersionSet) -> Rc<UndoWords> {
        let heads = match set {
            VersionSet::AncestorsOf(at) => self.descent.parents(at).to_vec(),
            VersionSet::All => self.descent.heads(),
        };
        if let [head] = heads.as_slice() {
            return Rc::clone(&self.last_words[*head]);
        }
        let mut all = UndoWords::new();
        let undoing = self.undo_versions.iter().copied();
        for at in undoing.filter(|at| self.descent.contains(set, *at)) {
            for (of, word) in &self.statements[at].undo_effects {
                all.entry(*of).or_default().push((at, *word));
            }
        }
        for words in all.values_mut() {
            *words = self.latest_only(words);
        }
        Rc::new(all)
    }

    /// The versions of a set that are undone; `own` is what a version made after all of them says.
    fn undone_in(&self, set: VersionSet, own: &BTreeMap<usize, UndoEffect>) -> BTreeSet<usize> {
        let mut away: BTreeSet<usize> = BTreeSet::new();
        for (of, words) in &*self.last_words_in(set) {
            let is_undone = words.iter().all(|(_, word)| *word == UndoEffect::Undone);
            if is_undone && !own.contains_key(of) {
                away.insert(*of);
            }
        }
        away.extend(
            own.iter()
                .filter(|(_, word)| **word == UndoEffect::Undone)
                .map(|(of, _)| *of),
        );
        // A change beats the undo of what it was made from. Latest first, since what counts above
        // decides what counts below.
        for began in away.clone().into_iter().rev() {
            let holds_it = |at: usize| {
                let said = &self.statements[at];
                self.descent.is_ancestor(began, at)
                    && !away.contains(&at)
                    && said.has_content()
                    && !said.undone_below.contains(&began)
            };
            if self.has_done(began, Existence::Created) && self.descent.members(set).any(holds_it) {
                away.remove(&began);
            }
        }
        away
    }

    /// The state of a set of versions; `own` is what a version made after all of them says.
    fn state_of(&self, set: VersionSet, own: &BTreeMap<usize, UndoEffect>) -> EntryState {
        let back = self.undone_in(set, own);
        let members = self.descent.members(set);
        let live: Vec<usize> = members.filter(|at| !back.contains(at)).collect();
        let says = |at: &&usize| {
            !self.statements[**at].fields.is_empty() || self.has_done(**at, Existence::Restored)
        };
        let saying: Vec<usize> = live.iter().filter(says).copied().collect();
        let below = |done: Existence| {
            let those = live.iter().filter(|at| self.has_done(**at, done));
            self.descent.ancestors_of(those.copied())
        };
        let (deleted, begun_anew) = (below(Existence::Deleted), below(Existence::Created));
        let is_deleted = |at: &usize| self.descent.is_among(*at, &deleted);
        if saying.iter().all(is_deleted) {
            return EntryState::Absent;
        }
        let mut by_field: BTreeMap<&str, Vec<(usize, &FieldStatement)>> = BTreeMap::new();
        for at in saying {
            if self.descent.is_among(at, &begun_anew) {
                continue;
            }
            for (name, field) in &self.statements[at].fields {
                by_field.entry(name).or_default().push((at, field));
            }
        }
        let there = by_field
            .into_iter()
            .map(|(name, said)| (name.to_owned(), self.field_texts(name, &said)));
        EntryState::Exists(FieldTexts(there.collect()))
    }

    fn has_done(&self, at: usize, done: Existence) -> bool {
        self.statements[at].existence == Some(done)
    }

    /// The texts of one field that count, the shown one first.
    fn field_texts(
        &self,
        name: &str,
        said: &[(usize, &FieldStatement)],
    ) -> Vec<Option<FieldValue>> {
        let mut is_there = false;
        let last = self.latest_only(said);
        let mut texts: BTreeMap<Option<FieldValue>, usize> = BTreeMap::new();
        let mut list = None;
        for (at, field) in last {
            let order = self.ranks[at];
            match &field.content {
                FieldContent::Text(text) => {
                    let place = texts.entry(text.clone()).or_default();
                    *place = order.max(*place);
                }
                FieldContent::List => {
                    is_there |= field.is_set;
                    list = Some(list.map_or(order, |place: usize| place.max(order)));
                }
            }
        }
        if let Some(order) = list {
            // Beside a list, an emptied field does not count: the elements decide.
            texts.remove(&None);
            let list = self.list_elements(name, said);
            // An empty list is an answer too, if a version says so.
            let is_there = !list.is_empty() || is_there;
            texts.insert(is_there.then_some(FieldValue::List(list)), order);
        }
        let mut texts: Vec<(Option<FieldValue>, usize)> = texts.into_iter().collect();
        texts.sort_by(|(_, one), (_, two)| two.cmp(one));
        texts.into_iter().map(|(text, _)| text).collect()
    }

    /// The elements of a list: each is in it if one of the last versions about it adds it.
    fn list_elements(&self, name: &str, said: &[(usize, &FieldStatement)]) -> Vec<Element> {
        let mut words: BTreeMap<&Element, Vec<(usize, bool)>> = BTreeMap::new();
        for (at, field) in said {
            for element in &field.added {
                words.entry(element).or_default().push((*at, true));
            }
            for element in &field.removed {
                words.entry(element).or_default().push((*at, false));
            }
        }
        let mut there: Vec<(Option<chrono::NaiveDate>, usize, usize, &Element)> = Vec::new();
        for (element, words) in words {
            let last = self.latest_only(&words);
            let putting = last.into_iter().filter(|(_, put)| *put);
            let earliest = putting.map(|(at, _)| at).min_by_key(|at| self.ranks[*at]);
            if let Some(at) = earliest {
                let place = self.element_position(at, name, element);
                there.push((element.day(), self.ranks[at], place, element));
            }
        }
        there.sort();
        there
            .into_iter()
            .map(|(.., element)| element.clone())
            .collect()
    }

    /// The position of an element in a list of one version.
    fn element_position(&self, at: usize, name: &str, element: &Element) -> usize {
        match entry_fields(self.versions[at]).get(name) {
            Some(FieldValue::List(list)) => list.iter().position(|other| other == element),
            _ => None,
        }
        .unwrap_or(0)
    }

    /// Those from which no other descends.
    fn latest_only<T: Copy>(&self, said: &[(usize, T)]) -> Vec<(usize, T)> {
        if let [only] = said {
            return vec![*only];
        }
        let below = self.descent.ancestors_of(said.iter().map(|(at, _)| *at));
        let is_last = |(at, _): &&(usize, T)| !self.descent.is_among(*at, &below);
        said.iter().filter(is_last).copied().collect()
    }
}

impl Statement {
    fn has_content(&self) -> bool {
        let deletes_or_restores = self
            .existence
            .is_some_and(|done| done != Existence::Created);
        !self.fields.is_empty() || deletes_or_restores
    }
}
