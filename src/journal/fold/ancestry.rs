//! Which version was made from which: a graph without cycles, as versions are only made from
//! versions of a lower revision.

use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use crate::journal::{Body, Entry, VersionName};

/// The versions of one entry, in ascending order of revision, with what each was made from.
///
/// They are arranged in lines: each version descends from all before it on its line, so what a
/// version descends from is the beginning of some lines. An entry with few branches has few lines,
/// however many versions it has.
#[derive(Debug)]
pub(super) struct Ancestry {
    /// For each version, those it was made from directly.
    parents: Vec<Vec<usize>>,
    /// For each version, its line and its position on it.
    positions: Vec<(usize, usize)>,
    /// For each version, how much of the other lines it descends from, by line. Usually the same as
    /// for the version before it on its line.
    other_lines: Vec<Rc<[(usize, usize)]>>,
}

/// Some versions of an entry.
#[derive(Clone, Copy, Debug)]
pub(super) enum VersionSet {
    All,
    /// Those that one descends from.
    AncestorsOf(usize),
}

/// All ancestors of some versions: how much of each line.
#[derive(Debug, Default)]
pub(super) struct Ancestors(BTreeMap<usize, usize>);

impl Ancestors {
    fn add(&mut self, line: usize, length: usize) {
        let covered = self.0.entry(line).or_default();
        *covered = length.max(*covered);
    }
}

impl Ancestry {
    /// The descent of `versions`, which are in ascending order of revision.
    pub(super) fn of(versions: &[&Entry]) -> Self {
        let mut by_name: HashMap<&VersionName, Vec<usize>> = HashMap::new();
        for (at, entry) in versions.iter().enumerate() {
            by_name.entry(&entry.lineage.name).or_default().push(at);
        }
        let mut descent = Self {
            parents: Vec::with_capacity(versions.len()),
            positions: Vec::with_capacity(versions.len()),
            other_lines: Vec::with_capacity(versions.len()),
        };
        let mut lines: Vec<usize> = Vec::new();
        for (at, entry) in versions.iter().enumerate() {
            let mut from: Vec<usize> = match &entry.lineage.after {
                Some(names) => names
                    .iter()
                    .filter_map(|name| by_name.get(name))
                    .flatten()
                    .copied()
                    .filter(|parent| versions[*parent].rev < entry.rev)
                    .collect(),
                None => implied_parent(&versions[..at], entry).into_iter().collect(),
            };
            from.sort_unstable();
            from.dedup();
            descent.push_version(from, &mut lines);
        }
        descent
    }

    /// Puts the next version on a line; `lines` has the length of each.
    fn push_version(&mut self, from: Vec<usize>, lines: &mut Vec<usize>) {
        let follows = |(line, place): (usize, usize)| lines[line] == place + 1;
        let (place, others) = match from.as_slice() {
            [parent] if follows(self.positions[*parent]) => {
                let (line, place) = self.positions[*parent];
                ((line, place + 1), Rc::clone(&self.other_lines[*parent]))
            }
            parents => {
                let mut below = Ancestors::default();
                for parent in parents {
                    let (line, place) = self.positions[*parent];
                    below.add(line, place + 1);
                    self.add_ancestors(*parent, &mut below);
                }
                let goes_on = below
                    .0
                    .iter()
                    .find(|(line, length)| lines[**line] == **length);
                let place = goes_on.map_or((lines.len(), 0), |(line, length)| (*line, *length));
                below.0.remove(&place.0);
                (place, below.0.into_iter().collect())
            }
        };
        if place.0 == lines.len() {
            lines.push(0);
        }
        lines[place.0] += 1;
        self.parents.push(from);
        self.positions.push(place);
        self.other_lines.push(others);
    }

    fn add_ancestors(&self, at: usize, cover: &mut Ancestors) {
        let (line, place) = self.positions[at];
        if place > 0 {
            cover.add(line, place);
        }
        for (line, length) in &*self.other_lines[at] {
            cover.add(*line, *length);
        }
    }

    /// The versions that one was made from directly.
    pub(super) fn parents(&self, at: usize) -> &[usize] {
        &self.parents[at]
    }

    /// Whether one version descends from another.
    pub(super) fn is_ancestor(&self, from: usize, to: usize) -> bool {
        let ((line, place), (own, below)) = (self.positions[from], self.positions[to]);
        if line == own {
            return place < below;
        }
        let others = &self.other_lines[to];
        let found = others.binary_search_by_key(&line, |(line, _)| *line);
        found.is_ok_and(|at| place < others[at].1)
    }

    /// Whether a version is in a set.
    pub(super) fn contains(&self, set: VersionSet, at: usize) -> bool {
        match set {
            VersionSet::All => true,
            VersionSet::AncestorsOf(to) => self.is_ancestor(at, to),
        }
    }

    /// The versions in a set, in their order.
    pub(super) fn members(&self, set: VersionSet) -> impl Iterator<Item = usize> + '_ {
        let end = match set {
            VersionSet::All => self.positions.len(),
            // Nothing is below a version without parents, and there can be many of them.
            VersionSet::AncestorsOf(to) if self.parents[to].is_empty() => 0,
            VersionSet::AncestorsOf(to) => to,
        };
        (0..end).filter(move |at| self.contains(set, *at))
    }

    /// All ancestors of some versions.
    pub(super) fn ancestors_of(&self, versions: impl IntoIterator<Item = usize>) -> Ancestors {
        let mut cover = Ancestors::default();
        for at in versions {
            self.add_ancestors(at, &mut cover);
        }
        cover
    }

    /// Whether a version is one of these ancestors.
    pub(super) fn is_among(&self, at: usize, cover: &Ancestors) -> bool {
        let (line, place) = self.positions[at];
        cover.0.get(&line).is_some_and(|length| place < *length)
    }

    /// The versions that no other was made from.
    pub(super) fn heads(&self) -> Vec<usize> {
        let mut is_head = vec![true; self.parents.len()];
        for parent in self.parents.iter().flatten() {
            is_head[*parent] = false;
        }
        (0..is_head.len()).filter(|at| is_head[*at]).collect()
    }

    /// The heads among the readable versions, looking through the others.
    pub(super) fn readable_heads(&self, versions: &[&Entry]) -> Vec<usize> {
        let readable = |at: &usize| versions[*at].body != Body::Newer;
        let all: Vec<usize> = (0..versions.len()).filter(readable).collect();
        let below = self.ancestors_of(all.iter().copied());
        let is_head = |at: &usize| !self.is_among(*at, &below);
        all.into_iter().filter(is_head).collect()
    }
}

/// The version that one without `after` follows: of those with the next lower revision, the last
/// one not written later, or else the first.
fn implied_parent(versions: &[&Entry], entry: &Entry) -> Option<usize> {
    let end = versions.partition_point(|other| other.rev < entry.rev);
    let rev = versions[..end].last()?.rev;
    let start = versions.partition_point(|other| other.rev < rev);
    let earlier = versions[start..end].partition_point(|other| other.at <= entry.at);
    Some(start + earlier.saturating_sub(1))
}
