//! What can be taken back, and what of that can be put back, as far as the journal reaches.
//!
//! Nothing is ever unwritten: taking a version back writes another one that says what stood before
//! it, and names it ([`Entry::undoes`]); putting it back takes that one back in turn. So both
//! outlive the program, and this is no more than the journal read once more, in the order in which
//! its lines were written. Total: lines may be missing, doubled or in the wrong order, as merging
//! leaves them; what does not fit is passed over.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::{Body, Change, Entry, Id, Journal, Period};
use crate::calendar::Stamp;

/// How many versions [`Turns::recent`] looks at.
const RECENT: usize = 500;

/// The versions that stand, and those that were taken back and could be put back.
#[derive(Clone, Debug, Default)]
pub struct Turns {
    /// Versions that say something new and were not taken back, the latest last.
    standing: Vec<Made>,
    /// Those taken back since the last new one, each with the version that did so, the latest last.
    undone: Vec<(Made, u64)>,
    /// What the last version was about, while more of the same save may follow.
    page: Option<Page>,
    saves: u64,
}

/// One version to be taken back or put back.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Turn {
    /// The version it is about.
    pub rev: u64,
    /// What does it, once it is saved.
    pub change: Change,
}

/// A version that says something new.
#[derive(Clone, Debug, Eq, PartialEq)]
struct Made {
    id: Id,
    rev: u64,
    /// The version that made it stand: itself, or the last one that put it back.
    by: u64,
    /// The same for the answers of one page, which are saved at once.
    save: u64,
}

/// What a version did that takes another one back; the number is that of the new one at the
/// beginning of the chain.
#[derive(Clone, Copy, Debug)]
enum Act {
    TookBack(u64),
    PutBack(u64),
}

#[derive(Clone, Debug, Eq, PartialEq)]
struct Page {
    at: Stamp,
    practice: String,
    period: Period,
}

impl Turns {
    /// What follows from `entries` in the order in which they were written.
    pub fn replay<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> Self {
        let mut turns = Self::default();
        let mut seen = HashSet::new();
        for entry in entries {
            if seen.insert((&entry.id, entry.rev, entry.undoes)) {
                turns.take(entry);
            }
        }
        turns
    }

    /// What follows from the last of `entries`: as far back as anybody at the screens goes.
    #[must_use]
    pub fn recent(entries: &[Entry]) -> Self {
        Self::replay(&entries[entries.len().saturating_sub(RECENT)..])
    }

    /// Takes in one more version, which was not taken in before.
    pub fn take(&mut self, entry: &Entry) {
        let Some(target) = target(entry) else {
            return self.made(entry);
        };
        self.page = None;
        // Two machines may have given the same number to a new version and to one that takes back;
        // what follows either of them is the same, so both are looked for.
        let by = |made: &Made| made.id == entry.id && made.by == target;
        let itself = |made: &Made| made.id == entry.id && made.rev == target;
        let standing = self.standing.iter().rposition(by);
        let standing = standing.or_else(|| self.standing.iter().rposition(itself));
        let undone = self.undone.iter();
        let undone = undone
            .enumerate()
            .rfind(|(_, (made, undo))| made.id == entry.id && *undo == target)
            .map(|(place, _)| place);
        let forth = undone.map(|place| self.undone.remove(place).0);
        if let Some(place) = standing {
            let made = self.standing.remove(place);
            self.undone.push((made, entry.rev));
        }
        if let Some(made) = forth {
            let by = entry.rev;
            self.standing.push(Made { by, ..made });
        }
    }

    /// Whether there is anything that could be taken back.
    #[must_use]
    pub fn can_undo(&self) -> bool {
        !self.standing.is_empty()
    }

    /// Whether there is anything that could be put back.
    #[must_use]
    pub fn can_redo(&self) -> bool {
        !self.undone.is_empty()
    }

    /// What can be taken back, the latest first and at most so many saves: the answers of a page
    /// were saved at once and are taken back at once, everything else is one version each.
    ///
    /// Versions that do not count, because another machine wrote a newer one, are passed over.
    #[must_use]
    pub fn to_undo(&self, journal: &Journal, most: usize) -> Vec<Vec<Turn>> {
        let mut says = Says::new(journal);
        let turns = self.standing.iter().rev().filter_map(|made| {
            if says.now(&made.id) != Some(made.rev) {
                return None;
            }
            Some((made, says.turn(made, made.by)))
        });
        saves(turns, most)
    }

    /// What can be put back, the latest taken back first and at most so many saves.
    #[must_use]
    pub fn to_redo(&self, journal: &Journal, most: usize) -> Vec<Vec<Turn>> {
        let mut says = Says::new(journal);
        let turns = self.undone.iter().rev().filter_map(|(made, undo)| {
            let versions = journal.versions(&made.id);
            let it = versions.iter().rfind(|entry| entry.rev == *undo)?;
            if says.now(&made.id) != new_version(versions, Some(it)) {
                return None;
            }
            Some((made, says.turn(made, *undo)))
        });
        saves(turns, most)
    }

    fn made(&mut self, entry: &Entry) {
        let page = match &entry.body {
            Body::Answer(answer) => Some(Page {
                at: entry.at,
                practice: answer.practice.clone(),
                period: answer.period,
            }),
            Body::Deleted | Body::Item(_) | Body::Commitment(_) | Body::Choice(_) => None,
        };
        let of_this_save = self.standing.iter().rev();
        let mut of_this_save = of_this_save.take_while(|made| made.save == self.saves);
        let goes_on = page.is_some() && page == self.page;
        if !goes_on || of_this_save.any(|made| made.id == entry.id) {
            self.saves += 1;
        }
        self.page = page;
        self.standing.push(Made {
            id: entry.id.clone(),
            rev: entry.rev,
            by: entry.rev,
            save: self.saves,
        });
        self.undone.clear();
    }
}

/// The revisions of `versions`, all those of one entry, that were taken back and not put back.
#[must_use]
pub fn taken_back(versions: &[Entry]) -> BTreeSet<u64> {
    let mut acts: HashMap<u64, Act> = HashMap::new();
    let mut back = BTreeSet::new();
    for entry in versions {
        let Some(target) = target(entry) else {
            continue;
        };
        let act = match acts.get(&target) {
            None => Act::TookBack(target),
            Some(Act::TookBack(rev)) => Act::PutBack(*rev),
            Some(Act::PutBack(rev)) => Act::TookBack(*rev),
        };
        match act {
            Act::TookBack(rev) => back.insert(rev),
            Act::PutBack(rev) => back.remove(&rev),
        };
        acts.insert(entry.rev, act);
    }
    back
}

/// The version that says what an entry says now: the one that counts, or the one it leads back to
/// where that takes others back. None for an entry that was taken back altogether, as if it had
/// never been written.
#[must_use]
pub fn said_by(versions: &[Entry]) -> Option<u64> {
    new_version(versions, versions.last())
}

/// The version that `entry` takes back, where that makes sense.
fn target(entry: &Entry) -> Option<u64> {
    entry.undoes.filter(|undoes| *undoes < entry.rev)
}

fn new_version<'a>(versions: &'a [Entry], mut at: Option<&'a Entry>) -> Option<u64> {
    loop {
        let entry = at?;
        match target(entry) {
            None => return Some(entry.rev),
            // Always a lower revision, so this ends.
            Some(undone) => at = before(versions, undone),
        }
    }
}

/// The version that counted before `rev` was written.
fn before(versions: &[Entry], rev: u64) -> Option<&Entry> {
    let place = versions.partition_point(|entry| entry.rev < rev);
    versions[..place].last()
}

/// Turns of the same save together.
fn saves<'a>(turns: impl Iterator<Item = (&'a Made, Turn)>, most: usize) -> Vec<Vec<Turn>> {
    let mut saves: Vec<Vec<Turn>> = Vec::new();
    let mut last = None;
    for (made, turn) in turns {
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

/// Which version says what each entry says, and would say once some turns are done.
struct Says<'a> {
    journal: &'a Journal,
    after: HashMap<&'a Id, Option<u64>>,
}

impl<'a> Says<'a> {
    fn new(journal: &'a Journal) -> Self {
        Self {
            journal,
            after: HashMap::new(),
        }
    }

    fn now(&mut self, id: &'a Id) -> Option<u64> {
        let journal = self.journal;
        *self
            .after
            .entry(id)
            .or_insert_with(|| said_by(journal.versions(id)))
    }

    /// What takes back the version `undoes` of the entry, after which it says what it said before.
    fn turn(&mut self, made: &'a Made, undoes: u64) -> Turn {
        let versions = self.journal.versions(&made.id);
        let before = before(versions, undoes);
        self.after.insert(&made.id, new_version(versions, before));
        Turn {
            rev: made.rev,
            change: Change {
                id: Some(made.id.clone()),
                undoes: Some(undoes),
                body: before.map_or(Body::Deleted, |entry| entry.body.clone()),
            },
        }
    }
}

#[cfg(test)]
mod tests;
