//! Which items of a list its page offers: on the screen and in the plain walk.
//!
//! Pure: the week is passed in.

use crate::calendar::Week;
use crate::journal::{Id, Item, Journal, Period, Value, stage_of};
use crate::practice::{Catalog, Provides, Register};

/// The items of a register that its page lists in a week, oldest first: those that are open, those
/// written in that week, and those in `kept`. Of untouched presets, only those of the tracks the
/// user chose, if any are chosen.
#[must_use]
pub fn page_items(
    journal: &Journal,
    catalog: &Catalog,
    register: &Register,
    week: Week,
    kept: &[&Id],
) -> Vec<(Id, Item)> {
    let tracks = chosen_tracks(journal, catalog);
    let mut items = journal.items_with_presets(register);
    items.retain(|(id, item)| {
        let is_closed = stage_of(register, item).is_some_and(|stage| stage.closes);
        let is_recent = || {
            kept.contains(&id)
                || journal
                    .effective_versions(id)
                    .iter()
                    .any(|version| week.contains(version.at.date_naive()))
        };
        let is_on_track =
            |value: &Value| value.as_text().is_some_and(|text| tracks.contains(&text));
        let is_wanted = || tracks.is_empty() || item.values.values().any(is_on_track);
        (!is_closed || is_recent()) && (!journal.is_untouched(id) || is_wanted())
    });
    items
}

fn chosen_tracks<'a>(journal: &'a Journal, catalog: &Catalog) -> Vec<&'a str> {
    let Some((practice, step)) = catalog.provider(Provides::Tracks) else {
        return Vec::new();
    };
    match journal.answer(Period::Standing, &practice.id, &step.id) {
        Some(Value::List(list)) => list.iter().map(String::as_str).collect(),
        _ => Vec::new(),
    }
}
