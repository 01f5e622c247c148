//! What can be taken back, and what of that can be put back, as far as the journal reaches.
//!
//! Nothing is ever unwritten: taking a version back writes another one that says what stood before
//! it, and names it ([`Entry::undoes`]); putting it back takes that one back in turn. So both
//! outlive the program, and this is no more than the journal read once more, in the order in which
//! its lines were written. Total: lines may be missing, doubled or in the wrong order, as merging
//! leaves them; what does not fit is passed over.

use std::collections::{HashMap, HashSet};

use super::versions::Versions;
use super::{Body, Change, Entry, Id, Journal, Name, Period, Undoes};
use crate::calendar::Stamp;

/// How many versions [`Turns::recent`] looks at.
const RECENT: usize = 500;

/// The versions that stand, and those that were taken back and could be put back.
#[derive(Clone, Debug, Default)]
pub struct Turns {
    /// Versions that say something new and were not taken back, the latest last.
    standing: Vec<Made>,
    /// Those taken back since the last new one, each with the version that did so, the latest last.
    undone: Vec<(Made, Version)>,
    /// What the last version was about, while more of the same save may follow.
    page: Option<Page>,
    /// The versions that came by one import, which are taken back as one.
    imported: HashSet<Name>,
    /// Whether the last version is one of them.
    of_import: bool,
    saves: u64,
}

/// One version to be taken back or put back.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Turn {
    /// The version it is about.
    pub name: Name,
    /// What does it, once it is saved.
    pub change: Change,
}

/// A version of some entry, by its name and by its revision.
#[derive(Clone, Debug, Eq, PartialEq)]
struct Version {
    name: Name,
    rev: u64,
}

/// A version that says something new.
#[derive(Clone, Debug, Eq, PartialEq)]
struct Made {
    id: Id,
    version: Version,
    /// The version that made it stand: itself, or the last one that put it back.
    by: Version,
    /// The same for the answers of one page, which are saved at once.
    save: u64,
}

#[derive(Clone, Debug, Eq, PartialEq)]
struct Page {
    at: Stamp,
    practice: String,
    period: Period,
}

impl Turns {
    /// What follows from `entries` in the order in which they were written.
    /// The `imported` ones among them, which came at once, are taken back at once.
    pub fn replay<'a>(
        entries: impl IntoIterator<Item = &'a Entry>,
        imported: HashSet<Name>,
    ) -> Self {
        let mut turns = Self {
            imported,
            ..Self::default()
        };
        let mut seen = HashSet::new();
        for entry in entries {
            if seen.insert((&entry.id, entry.rev, &entry.lineage)) {
                turns.take(entry);
            }
        }
        turns
    }

    /// What follows from the last of `entries`: as far back as anybody at the screens goes.
    #[must_use]
    pub fn recent(entries: &[Entry], imported: HashSet<Name>) -> Self {
        let is_imported = |entry: &Entry| imported.contains(&entry.lineage.name);
        let import = entries.iter().position(is_imported);
        let recent = entries.len().saturating_sub(RECENT);
        let start = import.map_or(recent, |import| import.min(recent));
        Self::replay(&entries[start..], imported)
    }

    /// The versions that came by the last import.
    #[must_use]
    pub fn imported(&self) -> HashSet<Name> {
        self.imported.clone()
    }

    /// Takes in one more version, which was not taken in before.
    pub fn take(&mut self, entry: &Entry) {
        if matches!(entry.body, Body::Forgotten | Body::Newer) {
            return;
        }
        let Some(undoes) = &entry.lineage.undoes else {
            return self.made(entry);
        };
        self.page = None;
        let is_it = |id: &Id, version: &Version| *id == entry.id && version.is(undoes);
        let place = |of: fn(&Made) -> &Version| {
            let mut standing = self.standing.iter();
            standing.rposition(|made| is_it(&made.id, of(made)))
        };
        let standing = place(|made| &made.by).or_else(|| place(|made| &made.version));
        let mut undone = self.undone.iter();
        let undone = undone.rposition(|(made, undo)| is_it(&made.id, undo));
        let forth = undone.map(|place| self.undone.remove(place).0);
        if let Some(place) = standing {
            let made = self.standing.remove(place);
            self.undone.push((made, Version::of(entry)));
        }
        if let Some(made) = forth {
            let by = Version::of(entry);
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
    /// A version without which the entry would say the same, because a later one says otherwise, is
    /// passed over.
    #[must_use]
    pub fn to_undo(&self, journal: &Journal, most: usize) -> Vec<Vec<Turn>> {
        let mut imagined = Imagined::new(journal);
        let turns = self.standing.iter().rev();
        let turns = turns.filter_map(|made| Some((made, imagined.turn(made, &made.by.name)?)));
        saves(turns, most)
    }

    /// What can be put back, the latest taken back first and at most so many saves.
    #[must_use]
    pub fn to_redo(&self, journal: &Journal, most: usize) -> Vec<Vec<Turn>> {
        let mut imagined = Imagined::new(journal);
        let turns = self.undone.iter().rev();
        let turns = turns.filter_map(|(made, undo)| {
            let turn = imagined.turn(made, &undo.name)?;
            Some((made, turn))
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
            _ => None,
        };
        let of_this_save = self.standing.iter().rev();
        let mut of_this_save = of_this_save.take_while(|made| made.save == self.saves);
        let goes_on = page.is_some() && page == self.page;
        let again = of_this_save.any(|made| made.id == entry.id);
        let of_import = self.imported.contains(&entry.lineage.name);
        let same_import = of_import && self.of_import;
        if !same_import && (of_import || self.of_import || !goes_on || again) {
            self.saves += 1;
        }
        self.of_import = of_import;
        self.page = page;
        self.standing.push(Made {
            id: entry.id.clone(),
            version: Version::of(entry),
            by: Version::of(entry),
            save: self.saves,
        });
        self.undone.clear();
    }
}

impl Version {
    fn of(entry: &Entry) -> Self {
        Self {
            name: entry.lineage.name.clone(),
            rev: entry.rev,
        }
    }

    /// Whether it is the one that is taken back.
    fn is(&self, undoes: &Undoes) -> bool {
        match undoes {
            Undoes::Name(name) => self.name == *name,
            Undoes::Revision(rev) => self.rev == *rev,
        }
    }
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

/// The entries as they would be once some turns are done.
struct Imagined<'a> {
    journal: &'a Journal,
    changed: HashMap<Id, Versions>,
    done: usize,
}

impl<'a> Imagined<'a> {
    fn new(journal: &'a Journal) -> Self {
        Self {
            journal,
            changed: HashMap::new(),
            done: 0,
        }
    }

    /// What takes back the version of an entry called `name`; `None` where that changes nothing.
    fn turn(&mut self, made: &Made, name: &Name) -> Option<Turn> {
        let versions = self.changed.entry(made.id.clone());
        let versions = versions.or_insert_with(|| self.journal.entry_versions(&made.id));
        let (body, differs) = versions.without(name);
        if !differs {
            return None;
        }
        self.done += 1;
        versions.imagine(name, &Name::new(&format!("imagined-{}", self.done)));
        Some(Turn {
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
