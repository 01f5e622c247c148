//! Which items of a list its page offers: on the screen and in the plain walk.
//!
//! Pure: the week is passed in.

use crate::calendar::Week;
use crate::journal::{Id, Item, Journal, Period, Value, stage_of};
use crate::practice::{Catalog, FieldKind, Provides, Register};

/// The items of a register that its page lists in a week, oldest first: those that are open, those
/// written in that week, and those in `kept`. Of untouched presets of a track, only those of the tracks
/// the user chose, if any are chosen.
pub fn page_items(
    journal: &Journal,
    catalog: &Catalog,
    register: &Register,
    week: Week,
    kept: &[&Id],
) -> Vec<(Id, Item)> {
    let (tracks, chosen) = tracks(journal, catalog);
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
        let is_on = |tracks: &[&str]| {
            let mut texts = item.values.values().filter_map(Value::as_text);
            texts.any(|text| tracks.contains(&text))
        };
        let is_wanted = || chosen.is_empty() || is_on(&chosen) || !is_on(&tracks);
        (!is_closed || is_recent()) && (!journal.is_untouched(id) || is_wanted())
    });
    items
}

/// All tracks, and those the user chose.
fn tracks<'a>(journal: &'a Journal, catalog: &'a Catalog) -> (Vec<&'a str>, Vec<&'a str>) {
    let Some((practice, step)) = catalog.provider(Provides::Tracks) else {
        return (Vec::new(), Vec::new());
    };
    let all = step.answer_kind().map_or(&[][..], FieldKind::choices);
    let chosen = match journal.answer(Period::Standing, &practice.id, &step.id) {
        Some(Value::List(list)) => list.iter().map(String::as_str).collect(),
        _ => Vec::new(),
    };
    (all.iter().map(|track| track.id.as_str()).collect(), chosen)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::samples::{answered, now};
    use crate::practice::{Preset, builtin};

    #[test]
    fn presets_of_another_track_are_left_out_and_those_of_none_stay() {
        let catalog = builtin();
        let (practice, step) = catalog.provider(Provides::Tracks).expect("it is built in");
        let track = |register: &&Register| register.fields.iter().any(|it| it.id == "track");
        let mut register = catalog
            .registers()
            .find(track)
            .expect("it has tracks")
            .clone();
        register.presets.push(Preset {
            id: "own".to_owned(),
            title: "Own".to_owned(),
            values: std::collections::BTreeMap::new(),
        });
        let chosen = Value::List(vec!["manager".to_owned()]);
        let tracks = answered(Period::Standing, &practice.id, &step.id, chosen);
        let journal = Journal::fold([tracks]);
        let week = now().week();
        let shown = page_items(&journal, &catalog, &register, week, &[]);
        let mut tracks: Vec<&str> = shown.iter().map(|(_, item)| item.text("track")).collect();
        tracks.sort_unstable();
        tracks.dedup();
        assert_eq!(tracks, ["", "manager"]);
    }
}
