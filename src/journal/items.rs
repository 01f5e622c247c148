//! Items: those of a register, the stage one is in, and what came from an entry.
//!
//! Presets are items too, even before anything is written to them.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use chrono::NaiveDate;

use super::index::{DateCounts, ItemDates};
use super::privacy::origin;
use super::{Body, Entry, Id, Item, Journal, Value};
use crate::calendar::Timestamp;
use crate::practice::{INTO_KEY, Preset, Register, Stage, TITLE};

impl Journal {
    /// The items of a register, oldest first.
    pub fn items(&self, register: &str) -> Vec<(&Entry, &Item)> {
        self.dated_items(register)
            .filter_map(|(id, _, _)| self.item_entry(id))
            .collect()
    }

    /// The items of a register that came from an entry, first written first.
    pub fn items_from(&self, register: &str, origin: &Id) -> Vec<(&Entry, &Item)> {
        let items = self.index.items_from.get(origin.as_str());
        items
            .into_iter()
            .flatten()
            .filter_map(|(_, id)| self.item_entry(id))
            .filter(|(_, item)| item.register == register)
            .collect()
    }

    /// What has, or may have, the words of an entry: the one it came from, those that came from it, and
    /// the notes that were placed in it.
    pub fn linked_entries(&self, entry: &Entry) -> Vec<&Entry> {
        let came_from = origin(entry);
        let is_linked = |other: &&Entry| match &other.body {
            // It has no words.
            Body::Choice(_) => false,
            Body::Item(item) if item.text(INTO_KEY) == entry.id.as_str() => true,
            _ => origin(other).as_ref() == Some(&entry.id) || came_from.as_ref() == Some(&other.id),
        };
        self.entries().filter(is_linked).collect()
    }

    /// The items of a register, first written first, each with its days and the time it was first
    /// written: enough to choose some without reading the others.
    #[must_use = "an iterator does nothing by itself"]
    pub fn dated_items(
        &self,
        register: &str,
    ) -> impl Iterator<Item = (&Id, &ItemDates, Timestamp)> {
        let items = self.index.items.get(register);
        let items = items.into_iter().flatten();
        items.map(|((first, id), days)| (id, days, *first))
    }

    /// The items of a register, counted by their days.
    #[must_use = "an iterator does nothing by itself"]
    pub fn date_counts(&self, register: &str) -> impl Iterator<Item = &DateCounts> {
        let counts = self.index.date_counts.get(register);
        counts.into_iter().flat_map(BTreeMap::values)
    }

    /// Whether an item of a register was written or changed on any of these days.
    pub fn has_item_written_on(&self, register: &str, days: RangeInclusive<NaiveDate>) -> bool {
        let written = self.index.written.get(register);
        written.is_some_and(|it| !days.is_empty() && it.range(days).next().is_some())
    }

    /// The items of a register: its presets first, then the others, oldest first.
    pub fn items_with_presets(&self, register: &Register) -> Vec<(Id, Item)> {
        let mut rows: Vec<(Id, Item)> = Vec::new();
        for preset in &register.presets {
            let id = Id::preset(&register.id, &preset.id);
            if let Some(item) = self.item_or_preset(register, &id) {
                rows.push((id, item));
            }
        }
        let presets = rows.len();
        for (entry, item) in self.items(&register.id) {
            if !rows[..presets].iter().any(|(id, _)| *id == entry.id) {
                rows.push((entry.id.clone(), item.clone()));
            }
        }
        rows
    }

    /// Whether nothing was ever written to an entry, or all of it was undone.
    pub fn is_untouched(&self, id: &Id) -> bool {
        self.current(id).is_none() && self.effective_versions(id).is_empty()
    }

    /// An item, or the untouched preset with that id; `None` if it was deleted.
    pub fn item_or_preset(&self, register: &Register, id: &Id) -> Option<Item> {
        if !self.is_untouched(id) {
            return self.item(id).cloned();
        }
        let mut presets = register.presets.iter();
        let preset = presets.find(|preset| Id::preset(&register.id, &preset.id) == *id)?;
        Some(Item::of_preset(&register.id, preset))
    }

    /// An item by its entry's id.
    pub fn item(&self, id: &Id) -> Option<&Item> {
        self.current(id)?.body.as_item()
    }

    /// An item with its entry; `None` if it was deleted, or is something else.
    pub fn item_entry(&self, id: &Id) -> Option<(&Entry, &Item)> {
        let entry = self.current(id)?;
        Some((entry, entry.body.as_item()?))
    }
}

impl Item {
    /// What a preset of `register` says before anything is written to it.
    pub fn of_preset(register: &str, preset: &Preset) -> Self {
        let mut item = Self::new(register);
        item.set(TITLE, Value::Text(preset.title.clone()));
        for (field, value) in &preset.values {
            item.set(field, Value::Text(value.clone()));
        }
        item
    }
}

/// For each stage of a register, whether an item has reached it: one can be skipped.
pub fn stages_reached(register: &Register, item: &Item) -> Vec<bool> {
    let stages = register.stages.iter();
    stages.map(|stage| item.day(&stage.id).is_some()).collect()
}

/// What the stage of an item is called: its name, or what an item without one is called. May be empty.
pub fn stage_label<'a>(register: &'a Register, item: &Item) -> &'a str {
    stage_of(register, item).map_or(&register.unstaged, |stage| &stage.name)
}

/// The stage an item is in: the last one in order that it has reached.
pub fn stage_of<'a>(register: &'a Register, item: &Item) -> Option<&'a Stage> {
    register
        .stages
        .iter()
        .rfind(|stage| item.day(&stage.id).is_some())
}
