//! Versions missing from a journal, because another program removed them from its file.

use super::versions::Versions;
use super::{Body, Entry, Journal, fold};

impl Journal {
    /// The versions of this journal that `now` does not have, oldest first: they must be restored,
    /// unless they were removed on purpose.
    ///
    /// Versions forgotten since are left out, but the lines that mark them as forgotten are not. A
    /// line edited by hand is not missing, and one of a newer leadby is not understood well enough
    /// to be written again.
    pub fn missing_from(&self, now: &Self) -> Vec<Entry> {
        let mut missing = Vec::new();
        for (id, versions) in &self.entries {
            let there: Vec<&Entry> = now
                .entries
                .get(id)
                .into_iter()
                .flat_map(Versions::all_lines)
                .collect();
            let is_there = |entry: &Entry| there.iter().any(|other| is_same_line(entry, other));
            let is_known = |entry: &&Entry| entry.body != Body::Newer && !is_there(entry);
            let mut gone: Vec<Entry> = versions.all_lines().filter(is_known).cloned().collect();
            if gone.is_empty() {
                continue;
            }
            let all: Vec<Entry> = there.into_iter().chain(&gone).cloned().collect();
            if all.iter().any(Entry::is_forgotten_mark) {
                let (counting, _) = fold::split_forgotten(all);
                gone.retain(|entry| entry.is_forgotten_mark() || counting.contains(entry));
            }
            missing.append(&mut gone);
        }
        missing.sort_by(|one, two| one.at.cmp(&two.at).then(one.rev.cmp(&two.rev)));
        missing
    }
}

/// Whether two lines are the same version, even if one was edited by hand: then it has the old
/// name, or none.
fn is_same_line(one: &Entry, other: &Entry) -> bool {
    one.rev == other.rev && (one.lineage.name == other.lineage.name || one.at == other.at)
}
