//! Pages that the user has walked often enough to know: their introductions and help are folded away.

use super::Scene;
use crate::practice::Practice;
use crate::store::text_checksum;

/// In how many earlier weeks a page was walked before it is familiar.
pub(in crate::app) const WALKS: usize = 3;

/// Whether the page of a practice was walked in three weeks before this one, with the words it has
/// now.
pub(super) fn is_familiar(practice: &Practice, scene: Scene<'_>) -> bool {
    let present = scene.now.week().to_string();
    let page = scene.walked_pages.get(&practice.id);
    page.filter(|page| page.words == words_checksum(practice))
        .is_some_and(|page| page.weeks.iter().filter(|week| **week != present).count() >= WALKS)
}

/// A checksum of the words of a practice that can be folded away.
pub(in crate::app) fn words_checksum(practice: &Practice) -> String {
    let steps = practice.steps.iter();
    let steps = steps.flat_map(|step| [step.prompt.as_str(), step.help.as_str()]);
    let all: Vec<&str> = std::iter::once(practice.intro.as_str())
        .chain(steps)
        .collect();
    text_checksum(&all.join("\n"))
}
