//! Drafts whose screen is not open: what they belong to, and whether they still matter.
//!
//! Compares them with the journal. Knows no model.

use std::collections::BTreeMap;

use unicode_segmentation::UnicodeSegmentation;

use super::form::FormField;
use super::route::Route;
use super::screen::{Scene, Screen};
use crate::journal::{Body, Entry, Id, Value, period_for};
use crate::store::{About, Draft};

/// The draft of a field on a screen that is not open.
#[derive(Clone, Debug)]
pub(super) struct KeptDraft {
    pub(super) value: Value,
    pub(super) about: Option<About>,
    pub(super) status: KeptDraftStatus,
}

/// Whether a kept draft can still be used.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum KeptDraftStatus {
    /// It can be resumed.
    Waiting,
    /// Its entry was saved, changed or ended since; it is only shown.
    Superseded,
}

#[derive(Clone, Copy, Debug)]
pub struct ShownDraft<'a> {
    /// The name of its screen.
    pub screen: &'a str,
    /// The name of its field there.
    pub field: &'a str,
    pub value: &'a Value,
    /// Whether its entry was saved, changed or ended since.
    pub is_superseded: bool,
}

/// The values of a stored draft, by screen and field.
pub(super) fn kept_drafts_from(draft: &Draft) -> BTreeMap<(String, String), KeptDraft> {
    let mut kept = BTreeMap::new();
    for (name, value) in &draft.values {
        if let Some((screen, field)) = name.split_once('#') {
            let words = KeptDraft {
                value: value.clone(),
                about: draft.about.get(name).cloned(),
                status: KeptDraftStatus::Waiting,
            };
            kept.insert((screen.to_owned(), field.to_owned()), words);
        }
    }
    kept
}

/// Whether a kept draft waits or is superseded; `None` if it has been saved.
pub(super) fn draft_status(
    screen: &str,
    field: &str,
    kept: &KeptDraft,
    scene: Scene<'_>,
) -> Option<KeptDraftStatus> {
    let Some(route) = Route::from_name(screen) else {
        return Some(KeptDraftStatus::Waiting);
    };
    let about = kept.about.as_ref();
    let opened = Screen::open(&route, scene);
    let mut input = opened
        .as_ref()
        .and_then(|screen| screen.state().form())
        .and_then(|form| form.field(field))
        .cloned();
    let is_day = input.as_ref().is_some_and(FormField::is_day);
    // A draft is obsolete once its text or more is saved, and a day alone is not worth showing.
    let superseded = |versions: &[Entry]| {
        let is_saved = is_day
            || versions
                .iter()
                .any(|entry| contains_text(&entry.body, &kept.value));
        (!is_saved).then_some(KeptDraftStatus::Superseded)
    };
    let natural = entry_of_field(&route, field, scene);
    if let Some(about) = about.filter(|about| natural.as_ref() != Some(&about.id)) {
        let versions = scene.journal.versions(&about.id);
        if versions.is_empty() {
            return Some(KeptDraftStatus::Waiting);
        }
        return superseded(versions);
    }
    let (Some(input), Some(id)) = (&mut input, natural) else {
        let edited = route.edited_entry();
        // What was deleted is opened as a new one.
        let ended = edited.is_some_and(|id| scene.journal.current(id).is_some())
            && !matches!(route, Route::Item { .. });
        return Some(if ended {
            KeptDraftStatus::Superseded
        } else {
            KeptDraftStatus::Waiting
        });
    };
    input.control.restore(&kept.value);
    if input.is_saved() {
        return None;
    }
    if is_outdated(about, &id, field, scene) {
        return superseded(scene.journal.current(&id).map_or(&[], std::slice::from_ref));
    }
    Some(KeptDraftStatus::Waiting)
}

/// The id of a field's entry, if the route alone determines it.
fn entry_of_field(route: &Route, field: &str, scene: Scene<'_>) -> Option<Id> {
    match route {
        Route::Page { practice, week, .. } => {
            let practice = scene.catalog.practice(practice)?;
            let step = practice.step(field)?;
            step.answer_kind()?;
            let at = period_for(practice.cadence, *week);
            Some(Id::answer(at, &practice.id, field))
        }
        _ => route.edited_entry().cloned(),
    }
}

/// Whether the journal has changed since the version that the form showed while it was typed in.
fn is_outdated(about: Option<&About>, id: &Id, field: &str, scene: Scene<'_>) -> bool {
    let current = scene.journal.current(id).map(|entry| &entry.body);
    let Some(about) = about else {
        // A draft of an older leadby has no version; only the end of a commitment can be seen.
        return matches!(current, Some(Body::Commitment(commitment)) if !commitment.is_open());
    };
    if scene.journal.revision(id) <= about.rev {
        return false;
    }
    let versions = scene.journal.versions(id);
    let before = versions.iter().rfind(|entry| entry.rev <= about.rev);
    match (before.map(|entry| &entry.body), current) {
        (Some(Body::Item(before)), Some(Body::Item(now))) => {
            before.values.get(field) != now.values.get(field)
        }
        (None, Some(Body::Item(now))) => now.values.contains_key(field),
        (before, now) => before != now,
    }
}

fn contains_text(body: &Body, value: &Value) -> bool {
    let said: Vec<&str> = match body {
        Body::Answer(answer) => answer.value.texts(),
        Body::Item(item) => item.values.values().flat_map(Value::texts).collect(),
        Body::Commitment(commitment) => {
            let why = commitment.moves.iter().map(|step| &*step.why);
            let end = commitment.closing.iter().map(|end| &*end.evidence);
            let words = [&*commitment.better, &*commitment.area];
            words.into_iter().chain(why).chain(end).collect()
        }
        Body::Deleted | Body::Forgotten | Body::Newer | Body::Choice(_) => Vec::new(),
    };
    let holds = |text: &&str| said.iter().any(|said| has_words(said, text.trim()));
    value.texts().iter().all(holds)
}

/// Whether a text has these words in it, and not as parts of others (UAX #29): “ana” is not in
/// “bananas”.
fn has_words(text: &str, words: &str) -> bool {
    let mut found = text.match_indices(words).peekable();
    if found.peek().is_none() {
        return false;
    }
    let bounds: Vec<usize> = text
        .split_word_bound_indices()
        .map(|(at, _)| at)
        .chain([text.len()])
        .collect();
    let is_bound = |at: usize| bounds.binary_search(&at).is_ok();
    found.any(|(at, _)| is_bound(at) && is_bound(at + words.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_never_parts_of_others() {
        assert!(!has_words("Bananas are a separate matter", "ana"));
        assert!(has_words("Asked Ana, and listened.", "Asked Ana"));
        assert!(has_words("責任者に聞いた", "責任"));
        assert!(has_words("", "") && !has_words("", "ana"));
    }
}
