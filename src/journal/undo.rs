//! The undo history: what can be undone, and what of that can be redone.
//!
//! Nothing is ever erased: undoing a version writes another one that names it and says what was
//! there before it; redoing it undoes that one in turn. So both outlive the program, and the
//! history is just the journal read again, in the order its lines were written. Total: lines may be
//! missing, duplicated or out of order, as merging leaves them; what does not fit is skipped.
//!
//! ```text
//! line written    a1      a2         undo of a2    undo of that undo
//! can be undone   a1      a1, a2     a1            a1, a2
//! can be redone                      a2
//! ```

use std::collections::{HashMap, HashSet};

use super::privacy::origin;
use super::versions::Versions;
use super::{Body, Change, Entry, Id, Inclusion, Item, Journal, Period, UndoTarget, VersionName};
use crate::calendar::Timestamp;
use crate::practice::INTO_KEY;

/// How many of the last versions a recent history reads.
const RECENT_VERSIONS: usize = 500;

/// The versions that can be undone, and those that can be redone.
#[derive(Clone, Debug, Default)]
pub struct UndoHistory {
    /// Versions that say something new and were not undone, latest last.
    effective: Vec<HistoryEntry>,
    /// Those undone since the last new one, latest last.
    undone: Vec<UndoneEntry>,
    /// The page of the last version, while more of the same save may follow.
    page: Option<AnsweredPage>,
    /// The last new version, while another of the same save may follow.
    last: Option<LastVersion>,
    /// Items that are a title and two days, as their last versions have them.
    two_days: HashMap<Id, Item>,
    added: AddedVersions,
    /// Of which import the last version is, by its place among them.
    last_import: Option<usize>,
    save_count: u64,
}

/// The versions that others added to the journal.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct AddedVersions {
    /// Those of each import, oldest first: those of one are undone together.
    pub imports: Vec<HashSet<VersionName>>,
    /// Those that came from other machines by a sync.
    pub received: HashSet<VersionName>,
}

/// One version to undo or redo.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct UndoStep {
    /// The version it is about.
    pub name: VersionName,
    /// The change that does it, once saved.
    pub change: Change,
}

impl UndoStep {
    /// The version it is about.
    pub fn version<'a>(&self, journal: &'a Journal) -> Option<&'a Entry> {
        let versions = journal.versions(self.change.id.as_ref()?);
        versions
            .iter()
            .find(|entry| entry.lineage.name == self.name)
    }
}

/// A version of some entry, by its name and by its revision.
#[derive(Clone, Debug, Eq, PartialEq)]
struct VersionRef {
    name: VersionName,
    rev: u64,
}

/// A version that says something new.
#[derive(Clone, Debug, Eq, PartialEq)]
struct HistoryEntry {
    id: Id,
    version: VersionRef,
    /// The version that made it effective: itself, or the last one that redid it.
    effective_by: VersionRef,
    /// The number of its save; the answers of a page are saved at once.
    save: u64,
    /// The import that added it, by its place among them.
    import: Option<usize>,
}

/// A version that was undone.
#[derive(Clone, Debug, Eq, PartialEq)]
struct UndoneEntry {
    made: HistoryEntry,
    /// The version that undid it.
    by: VersionRef,
    /// Whether it came undone, from another machine: only who undid it can redo it.
    came_undone: bool,
}

/// What tells whether the next version was saved with this one.
#[derive(Clone, Debug, Eq, PartialEq)]
struct LastVersion {
    at: Timestamp,
    id: Id,
    rev: u64,
    /// The entry it came from.
    origin: Option<Id>,
    name: Option<EntryName>,
    is_choice: bool,
    /// The list of days off of which it takes out some, or of new days off, which take others' place.
    freed: Option<String>,
}

/// The words of a commitment, or the register and the title of an item.
type EntryName = (Option<String>, String);

#[derive(Clone, Debug, Eq, PartialEq)]
struct AnsweredPage {
    at: Timestamp,
    practice: String,
    period: Period,
}

impl UndoHistory {
    /// The history of `entries`, in the order they were written. Those of one import came at once and
    /// are undone at once.
    pub fn replay<'a>(entries: impl IntoIterator<Item = &'a Entry>, added: AddedVersions) -> Self {
        let mut turns = Self {
            added,
            ..Self::default()
        };
        let mut seen = HashSet::new();
        for entry in entries {
            if seen.insert((&entry.id, entry.rev, &entry.lineage)) {
                turns.record(entry);
            }
        }
        turns
    }

    /// The history of the last of `entries`: further back than anyone goes on the screens.
    pub fn recent(entries: &[Entry], added: AddedVersions) -> Self {
        let last = added.imports.last();
        let is_imported =
            |entry: &Entry| last.is_some_and(|last| last.contains(&entry.lineage.name));
        let import = entries.iter().position(is_imported);
        let recent = entries.len().saturating_sub(RECENT_VERSIONS);
        let start = import.map_or(recent, |import| import.min(recent));
        Self::replay(&entries[start..], added)
    }

    pub fn added(&self) -> &AddedVersions {
        &self.added
    }

    /// The import that added a version, by its place among them.
    fn import_of(&self, entry: &Entry) -> Option<usize> {
        let name = &entry.lineage.name;
        self.added
            .imports
            .iter()
            .rposition(|names| names.contains(name))
    }

    /// Adds a version that is not in it yet.
    pub fn record(&mut self, entry: &Entry) {
        if matches!(entry.body, Body::Forgotten | Body::Newer) {
            return;
        }
        // A line that was taken from inbox.txt is not something the user did.
        let import = self.import_of(entry);
        if entry.rev == 1 && entry.id.is_of_words() && import.is_none() {
            return;
        }
        // What the other side undid of what was here before is a change of the import, as any other.
        let undoes = entry.lineage.undoes.as_ref();
        let undoes =
            undoes.filter(|undoes| import.is_none() || self.is_of(import, &entry.id, undoes));
        let Some(undoes) = undoes else {
            self.record_new(entry, import);
            return self.remember_item(entry);
        };
        self.remember_item(entry);
        self.page = None;
        self.last = None;
        let is_it = |id: &Id, version: &VersionRef| *id == entry.id && version.matches(undoes);
        let place = |of: fn(&HistoryEntry) -> &VersionRef| {
            self.effective
                .iter()
                .rposition(|made| is_it(&made.id, of(made)))
        };
        let standing = place(|made| &made.effective_by).or_else(|| place(|made| &made.version));
        let undone = self
            .undone
            .iter()
            .rposition(|undone| is_it(&undone.made.id, &undone.by));
        let forth = undone.map(|place| self.undone.remove(place).made);
        if let Some(place) = standing {
            self.undone.push(UndoneEntry {
                made: self.effective.remove(place),
                by: VersionRef::of(entry),
                came_undone: import.is_some() || self.is_received(&entry.lineage.name),
            });
        }
        if let Some(made) = forth {
            let by = VersionRef::of(entry);
            self.effective.push(HistoryEntry {
                effective_by: by,
                ..made
            });
        }
    }

    /// Whether what is undone here, a version or an undo, came with this import.
    fn is_of(&self, import: Option<usize>, id: &Id, undoes: &UndoTarget) -> bool {
        let is_it = |made: &HistoryEntry, version: &VersionRef| {
            made.import == import && made.id == *id && version.matches(undoes)
        };
        let mut effective = self.effective.iter();
        effective.any(|made| is_it(made, &made.effective_by))
            || self.undone.iter().any(|it| is_it(&it.made, &it.by))
    }

    pub fn can_undo(&self) -> bool {
        !self.effective.is_empty()
    }

    pub fn can_redo(&self) -> bool {
        self.undone.iter().any(|undone| !undone.came_undone)
    }

    /// What can be undone, latest first, and at most `most` saves. What was saved at once is undone
    /// at once: the answers of a page, a note and its place, a check-in and the same again, days off
    /// that became two, the choices of one key in the portfolio. Everything else is one version each.
    ///
    /// A version is skipped if the entry would say the same without it, because a later one
    /// replaced what it says.
    pub fn undoable(&self, journal: &Journal, most: usize) -> Vec<Vec<UndoStep>> {
        let made = self.effective.iter().rev();
        let versions = made.map(|made| (made, &made.effective_by.name));
        self.steps_by_save(versions, journal, most)
    }

    /// Whether some of these steps delete what an import added.
    pub fn undoes_import(&self, steps: &[UndoStep]) -> bool {
        let is_imported = |name: &VersionName| {
            let mut made = self.effective.iter();
            made.any(|made| made.import.is_some() && made.effective_by.name == *name)
        };
        steps.iter().any(|UndoStep { change, .. }| {
            change.body == Body::Deleted && change.undoes.as_ref().is_some_and(is_imported)
        })
    }

    /// Whether some of these steps undo what came from another machine by a sync.
    pub fn undoes_received(&self, steps: &[UndoStep]) -> bool {
        let mut undone = steps.iter().filter_map(|step| step.change.undoes.as_ref());
        undone.any(|name| self.is_received(name))
    }

    fn is_received(&self, name: &VersionName) -> bool {
        self.added.received.contains(name)
    }

    /// What can be redone, the last undone first, and at most `most` saves.
    pub fn redoable(&self, journal: &Journal, most: usize) -> Vec<Vec<UndoStep>> {
        let undone = self.undone.iter().rev().filter(|it| !it.came_undone);
        let undos = undone.map(|undone| (&undone.made, &undone.by.name));
        self.steps_by_save(undos, journal, most)
    }

    /// The steps that undo these versions, each with the one it is about, grouped by save. An entry
    /// that an import left as it was has none.
    fn steps_by_save<'a>(
        &self,
        versions: impl Iterator<Item = (&'a HistoryEntry, &'a VersionName)>,
        journal: &Journal,
        most: usize,
    ) -> Vec<Vec<UndoStep>> {
        let mut imagined = Simulation::new(journal);
        let mut unchanged: HashMap<(usize, &Id), bool> = HashMap::new();
        let mut saves: Vec<Vec<UndoStep>> = Vec::new();
        let mut last = None;
        for (made, name) in versions {
            let names = made
                .import
                .and_then(|at| Some((at, self.added.imports.get(at)?)));
            if let Some((at, names)) = names
                && names.contains(name)
                && *unchanged
                    .entry((at, &made.id))
                    .or_insert_with(|| !imagined.is_changed_by(names, &made.id))
            {
                continue;
            }
            let Some(turn) = imagined.step(made, name) else {
                continue;
            };
            if last == Some(made.save)
                && let Some(save) = saves.last_mut()
            {
                save.push(turn);
                continue;
            }
            if saves.len() == most {
                break;
            }
            last = Some(made.save);
            saves.push(vec![turn]);
        }
        saves
    }

    fn record_new(&mut self, entry: &Entry, import: Option<usize>) {
        let page = entry.body.as_answer().map(|answer| AnsweredPage {
            at: entry.at,
            practice: answer.practice.clone(),
            period: answer.period,
        });
        let goes_on = page.is_some() && page == self.page;
        let again = self
            .effective
            .iter()
            .rev()
            .take_while(|made| made.save == self.save_count)
            .any(|made| made.id == entry.id);
        let same_import = import.is_some() && import == self.last_import;
        let last = self.last.take();
        let last = last.filter(|last| last.at == entry.at);
        let last_was_choice = last.as_ref().is_some_and(|last| last.is_choice);
        let mut freed = self.freed_days(entry);
        let is_with_last = last.is_some_and(|last| {
            let is_half = last.is_repeated_by(entry);
            if is_half {
                freed.clone_from(&last.freed);
            }
            is_half || last.has_note(entry) || (freed.is_some() && freed == last.freed)
        });
        self.last = Some(LastVersion {
            freed: freed.or_else(|| new_days_off(entry)),
            ..LastVersion::of(entry)
        });
        let is_chosen_with_last = last_was_choice && is_chosen_with_others(entry);
        let goes_on = ((goes_on || is_chosen_with_last) && !again) || is_with_last;
        if !same_import && (import.is_some() || self.last_import.is_some() || !goes_on) {
            self.save_count += 1;
        }
        self.last_import = import;
        self.page = page;
        self.effective.push(HistoryEntry {
            id: entry.id.clone(),
            version: VersionRef::of(entry),
            effective_by: VersionRef::of(entry),
            save: self.save_count,
            import,
        });
        // What came from elsewhere does not end what can be redone here.
        if !self.is_received(&entry.lineage.name) {
            self.undone.retain(|undone| undone.came_undone);
        }
    }

    fn remember_item(&mut self, entry: &Entry) {
        match &entry.body {
            Body::Item(item) if has_two_days(item) => {
                self.two_days.insert(entry.id.clone(), item.clone());
            }
            _ => {
                self.two_days.remove(&entry.id);
            }
        }
    }

    /// The list of an item that is a title and two days, if a version deletes it or changes only
    /// these: coming back early takes days out of several such items at once.
    fn freed_days(&self, entry: &Entry) -> Option<String> {
        let before = self.two_days.get(&entry.id)?;
        let frees = match &entry.body {
            Body::Deleted => true,
            Body::Item(item) => {
                has_two_days(item) && item.title() == before.title() && item.values != before.values
            }
            _ => false,
        };
        frees.then(|| before.register.clone())
    }
}

/// The list of new days off.
fn new_days_off(entry: &Entry) -> Option<String> {
    let item = entry.body.as_item().filter(|_| entry.rev == 1)?;
    has_two_days(item).then(|| item.register.clone())
}

/// Whether an item is nothing but a title and two days, as days off are.
fn has_two_days(item: &Item) -> bool {
    let days = item.values.keys().filter(|field| item.day(field).is_some());
    days.count() == 2 && item.values.len() == 3
}

impl LastVersion {
    fn of(entry: &Entry) -> Self {
        Self {
            at: entry.at,
            id: entry.id.clone(),
            rev: entry.rev,
            origin: origin(entry),
            name: entry_name(entry),
            is_choice: matches!(entry.body, Body::Choice(_)),
            freed: None,
        }
    }

    /// Whether `entry` is the note that was placed in this version.
    fn has_note(&self, entry: &Entry) -> bool {
        let into = entry.body.as_item().map_or("", |item| item.text(INTO_KEY));
        !into.is_empty() && (self.origin.as_ref() == Some(&entry.id) || self.id.as_str() == into)
    }

    /// Whether `entry` is new and says the same once more: a commitment that is made again when it
    /// has ended, or the second half of days off that became two.
    fn is_repeated_by(&self, entry: &Entry) -> bool {
        self.rev > 1 && entry.rev == 1 && self.name.is_some() && self.name == entry_name(entry)
    }
}

/// Whether an entry is a choice that one key makes of several entries: what is on the first page of a
/// portfolio, and in which order.
fn is_chosen_with_others(entry: &Entry) -> bool {
    let choice = entry.body.as_choice();
    choice.is_some_and(|it| it.portfolio == Some(Inclusion::First) || it.place.is_some())
}

fn entry_name(entry: &Entry) -> Option<EntryName> {
    match &entry.body {
        Body::Commitment(commitment) => Some((None, commitment.better.clone())),
        Body::Item(item) => Some((Some(item.register.clone()), item.title().to_owned())),
        _ => None,
    }
}

impl VersionRef {
    fn of(entry: &Entry) -> Self {
        Self {
            name: entry.lineage.name.clone(),
            rev: entry.rev,
        }
    }

    /// Whether it is the version that is undone.
    fn matches(&self, undoes: &UndoTarget) -> bool {
        match undoes {
            UndoTarget::Name(name) => self.name == *name,
            UndoTarget::Revision(rev) => self.rev == *rev,
        }
    }
}

/// The entries as they would be after some steps.
struct Simulation<'a> {
    journal: &'a Journal,
    simulated: HashMap<Id, Versions>,
    step_count: usize,
}

impl<'a> Simulation<'a> {
    fn new(journal: &'a Journal) -> Self {
        Self {
            journal,
            simulated: HashMap::new(),
            step_count: 0,
        }
    }

    fn versions(&mut self, id: &Id) -> &mut Versions {
        self.simulated
            .entry(id.clone())
            .or_insert_with(|| self.journal.cloned_versions(id))
    }

    /// Whether an entry says something else than without the versions called so.
    fn is_changed_by(&mut self, names: &HashSet<VersionName>, id: &Id) -> bool {
        self.versions(id).is_changed_by(names)
    }

    /// The step that undoes the version called `name`; `None` if that changes nothing.
    fn step(&mut self, made: &HistoryEntry, name: &VersionName) -> Option<UndoStep> {
        let versions = self.versions(&made.id);
        let (body, differs) = versions.body_without(name);
        if !differs {
            return None;
        }
        self.step_count += 1;
        let undo = VersionName::new(&format!("imagined-{}", self.step_count));
        self.versions(&made.id).simulate_undo(name, &undo);
        Some(UndoStep {
            name: made.version.name.clone(),
            change: Change {
                undoes: Some(name.clone()),
                ..Change::of(made.id.clone(), body)
            },
        })
    }
}

#[cfg(test)]
mod tests;
