//! What is no longer in a journal that was: the versions that another program took out of its file.

use super::versions::Versions;
use super::{Body, Entry, Journal, fold};

impl Journal {
    /// The versions of this journal that `now` does not have, the oldest first: what is to be put
    /// back where it was not taken out on purpose.
    ///
    /// What was forgotten since stays away, and the line that says that something was forgotten is
    /// among them. A line changed by hand is still there, and one of a newer leadby is not known
    /// well enough to be written again.
    #[must_use]
    pub fn missing_from(&self, now: &Self) -> Vec<Entry> {
        let mut missing = Vec::new();
        for (id, versions) in &self.entries {
            let there: Vec<&Entry> = now
                .entries
                .get(id)
                .into_iter()
                .flat_map(Versions::all)
                .collect();
            let is_there = |entry: &Entry| there.iter().any(|other| is_same(entry, other));
            let is_known = |entry: &&Entry| entry.body != Body::Newer && !is_there(entry);
            let mut gone: Vec<Entry> = versions.all().filter(is_known).cloned().collect();
            if gone.is_empty() {
                continue;
            }
            let all: Vec<Entry> = there.into_iter().chain(&gone).cloned().collect();
            if all.iter().any(is_mark) {
                let (counting, _) = fold::parted(all);
                gone.retain(|entry| is_mark(entry) || counting.contains(entry));
            }
            missing.append(&mut gone);
        }
        missing.sort_by(|one, two| one.at.cmp(&two.at).then(one.rev.cmp(&two.rev)));
        missing
    }
}

fn is_mark(entry: &Entry) -> bool {
    entry.body == Body::Forgotten
}

/// Whether two lines are the same version, of which one may have been changed by hand: then its
/// name is the old one, or it has none.
fn is_same(one: &Entry, other: &Entry) -> bool {
    one.rev == other.rev && (one.lineage.name == other.lineage.name || one.at == other.at)
}
