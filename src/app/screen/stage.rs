//! Items and their stages, as several screens speak of them.

use super::Scene;
use crate::app::keys::{self, Action, Context};
use crate::app::route::Route;
use crate::calendar;
use crate::journal::{Body, Change, Id, Item, Period, Value, stage_of};
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

/// The change that takes an item out of the last stage it reached, and what to say about it.
pub(super) fn stepped_back(register: &str, id: &Id, scene: Scene<'_>) -> Option<(Change, String)> {
    let register = scene.catalog.register(register)?;
    let mut item = scene.journal.item_or_preset(register, id)?;
    let last = stage_of(register, &item)?;
    item.set(&last.id, Value::Text(String::new()));
    let now = stage_of(register, &item).map_or(&register.unstaged, |stage| &stage.name);
    let told = if now.is_empty() {
        format!("No longer {}. {}", last.name, take_back())
    } else {
        format!("Back to {now}. {}", take_back())
    };
    let change = Change {
        id: Some(id.clone()),
        body: Body::Item(item),
        undoes: None,
    };
    Some((change, told))
}

/// "u takes it back."
pub(super) fn take_back() -> String {
    format!(
        "{} takes it back.",
        keys::name(Context::Browsing, Action::Undo)
    )
}

/// An item by its id, in whichever register it is.
pub(super) fn item<'a>(id: &Id, scene: Scene<'a>) -> Option<(&'a Register, Item)> {
    if let Some(item) = scene.journal.item(id) {
        return Some((scene.catalog.register(&item.register)?, item.clone()));
    }
    scene.catalog.registers().find_map(|register| {
        let item = scene.journal.item_or_preset(register, id)?;
        Some((register, item))
    })
}

/// Where an entry stands, in words: "Audit · Influence, week 48", "problem “…”".
pub(super) fn place_in_words(id: &Id, scene: Scene<'_>) -> Option<String> {
    if let Some(entry) = scene.journal.current(id)
        && let Body::Answer(answer) = &entry.body
    {
        let practice = scene.catalog.practice(&answer.practice)?;
        let step = practice.step(&answer.step)?;
        let place = format!("{} · {}", practice.name, step.label);
        return Some(match answer.period {
            Period::Week(week) => format!("{place}, week {}", week.number()),
            Period::Month(_) | Period::Standing => place,
        });
    }
    let (register, item) = item(id, scene)?;
    Some(format!("{} “{}”", register.singular, item.title()))
}

/// The screen on which an entry stands.
pub(super) fn place(id: &Id, scene: Scene<'_>) -> Option<Route> {
    if let Some(entry) = scene.journal.current(id)
        && let Body::Answer(answer) = &entry.body
    {
        let Period::Week(week) = answer.period else {
            return None;
        };
        return Some(Route::Page {
            practice: answer.practice.clone(),
            week,
            page: 1,
        });
    }
    let (register, _) = item(id, scene)?;
    Some(Route::Item {
        register: register.id.clone(),
        id: Some(id.clone()),
    })
}

/// What became of an entry: a line for each commitment that came from it.
pub(super) fn became(id: &Id, scene: Scene<'_>) -> Vec<String> {
    let today = scene.now.today();
    scene
        .journal
        .commitments_from(id)
        .into_iter()
        .map(|(_, commitment)| {
            let state = match &commitment.closing {
                Some(closing) => {
                    let day = calendar::short(closing.on, today);
                    format!("{} {day}", closing.how.name())
                }
                None => format!("due {}", calendar::short(commitment.due, today)),
            };
            format!("→ {} · {state}", commitment.better)
        })
        .collect()
}
