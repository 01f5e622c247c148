//! Items and their stages, as several screens speak of them.

use super::Scene;
use crate::app::keys::{self, Action, Context};
use crate::calendar;
use crate::journal::{Body, Change, Id, Item, Value, stage_of};
use crate::practice::{Register, Stage};

/// A new item with its title, in the stages it starts with.
pub(super) fn fresh(register: &Register, title: &str, scene: Scene<'_>) -> Item {
    let mut item = Item::new(&register.id);
    item.set("title", Value::Text(title.to_owned()));
    for stage in register.stages.iter().filter(|stage| stage.starts) {
        item.reach(&stage.id, scene.now.today());
    }
    item
}

/// The stage an item is in and since when, in words.
pub(super) fn state(register: &Register, item: &Item, scene: Scene<'_>) -> String {
    match stage_of(register, item) {
        Some(stage) => match item.day(&stage.id) {
            Some(day) => {
                let day = calendar::short(day, scene.now.today());
                let day = day.split_once(' ').map_or(day.as_str(), |(_, date)| date);
                format!("{} {day}", stage.name)
            }
            None => stage.name.clone(),
        },
        None => register.unstaged.clone(),
    }
}

/// The stage an item would go to next; none when it is over and done with.
pub(super) fn next_stage<'a>(register: &'a Register, item: &Item) -> Option<&'a Stage> {
    let reached = register
        .stages
        .iter()
        .rposition(|stage| item.day(&stage.id).is_some());
    if reached.is_some_and(|at| register.stages[at].closes) {
        return None;
    }
    register.stages.get(reached.map_or(0, |at| at + 1))
}

/// The change that takes an item to its next stage today, and what to say about it.
pub(super) fn advanced(register: &str, id: &Id, scene: Scene<'_>) -> Option<(Change, String)> {
    let register = scene.catalog.register(register)?;
    let mut item = scene.journal.item_or_preset(register, id)?;
    let next = next_stage(register, &item)?;
    item.reach(&next.id, scene.now.today());
    let change = Change {
        id: Some(id.clone()),
        body: Body::Item(item),
        undoes: None,
    };
    Some((change, format!("Now {}. {}", next.name, take_back())))
}

/// "u takes it back."
pub(super) fn take_back() -> String {
    format!(
        "{} takes it back.",
        keys::name(Context::Browsing, Action::Undo)
    )
}
