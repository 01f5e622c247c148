//! Which version was made from which: a graph without circles, since a version is only ever made
//! from versions of a lower revision.

use std::collections::HashMap;

use crate::journal::{Body, Entry, Name};

/// The versions of one entry, in rising order of their revisions, with what each was made from.
#[derive(Debug)]
pub(super) struct Descent {
    /// Of each version, those it was made from at once.
    parents: Vec<Vec<usize>>,
    /// Of each version, all it descends from.
    ancestors: Vec<Set>,
}

/// A set of versions, by their places.
#[derive(Clone, Debug, Default)]
pub(super) struct Set(Vec<u64>);

impl Set {
    fn none_of(versions: usize) -> Self {
        Self(vec![0; versions.div_ceil(64)])
    }

    pub(super) fn all_of(versions: usize) -> Self {
        let mut all = Self::none_of(versions);
        (0..versions).for_each(|at| all.insert(at));
        all
    }

    pub(super) fn has(&self, at: usize) -> bool {
        self.0
            .get(at / 64)
            .is_some_and(|bits| bits >> (at % 64) & 1 == 1)
    }

    pub(super) fn insert(&mut self, at: usize) {
        self.0[at / 64] |= 1 << (at % 64);
    }

    fn unite(&mut self, other: &Self) {
        for (bits, more) in self.0.iter_mut().zip(&other.0) {
            *bits |= more;
        }
    }

    /// Its members, in rising order.
    pub(super) fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        let bits = |(place, bits): (usize, &u64)| {
            let bits = *bits;
            (0..64)
                .filter(move |at| bits >> at & 1 == 1)
                .map(move |at| place * 64 + at)
        };
        self.0.iter().enumerate().flat_map(bits)
    }
}

impl Descent {
    /// The descent of `versions`, which stand in rising order of their revisions.
    pub(super) fn of(versions: &[&Entry]) -> Self {
        let mut by_name: HashMap<&Name, Vec<usize>> = HashMap::new();
        for (at, entry) in versions.iter().enumerate() {
            by_name.entry(&entry.lineage.name).or_default().push(at);
        }
        let mut parents = Vec::with_capacity(versions.len());
        let mut ancestors: Vec<Set> = Vec::with_capacity(versions.len());
        for (at, entry) in versions.iter().enumerate() {
            let mut from: Vec<usize> = match &entry.lineage.after {
                Some(names) => names
                    .iter()
                    .filter_map(|name| by_name.get(name))
                    .flatten()
                    .copied()
                    .filter(|parent| versions[*parent].rev < entry.rev)
                    .collect(),
                None => before(&versions[..at], entry).into_iter().collect(),
            };
            from.sort_unstable();
            from.dedup();
            let mut all = Set::none_of(versions.len());
            for parent in &from {
                all.insert(*parent);
                all.unite(&ancestors[*parent]);
            }
            parents.push(from);
            ancestors.push(all);
        }
        Self { parents, ancestors }
    }

    /// The versions one was made from at once.
    pub(super) fn parents(&self, at: usize) -> &[usize] {
        &self.parents[at]
    }

    /// All versions one descends from.
    pub(super) fn ancestors(&self, at: usize) -> &Set {
        &self.ancestors[at]
    }

    /// Whether one version descends from another.
    pub(super) fn descends(&self, from: usize, to: usize) -> bool {
        self.ancestors[to].has(from)
    }

    /// The versions that no other was made from.
    pub(super) fn heads(&self) -> Vec<usize> {
        let mut is_head = vec![true; self.parents.len()];
        for parent in self.parents.iter().flatten() {
            is_head[*parent] = false;
        }
        (0..is_head.len()).filter(|at| is_head[*at]).collect()
    }

    /// The same of those that can be read, looking through the others.
    pub(super) fn readable_heads(&self, versions: &[&Entry]) -> Vec<usize> {
        let readable = |at: &usize| versions[*at].body != Body::Newer;
        let all: Vec<usize> = (0..versions.len()).filter(readable).collect();
        let mut is_head = vec![true; versions.len()];
        for at in &all {
            self.ancestors[*at]
                .iter()
                .for_each(|below| is_head[below] = false);
        }
        all.into_iter().filter(|at| is_head[*at]).collect()
    }
}

/// The version that one without names comes after: of those with the next lower revision the last
/// that was not written later, or else the first.
fn before(versions: &[&Entry], entry: &Entry) -> Option<usize> {
    let end = versions.partition_point(|other| other.rev < entry.rev);
    let rev = versions[..end].last()?.rev;
    let start = versions.partition_point(|other| other.rev < rev);
    let earlier = versions[start..end].partition_point(|other| other.at <= entry.at);
    Some(start + earlier.saturating_sub(1))
}
