//! Finds entries without reading all of them.
//!
//! Derived from the versions that count and kept beside them; contains nothing that they do not.

mod date_counts;

use std::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

pub use self::date_counts::DateCounts;
use super::{Body, Closing, Commitment, CommitmentOutcome, Entry, Id, Item, Period};
use crate::calendar::Timestamp;
use crate::practice::{ORIGIN_KEY, Register, Stage};

/// The fields of an item that hold a day, in order.
pub(super) type DateFields = Box<[Box<str>]>;

/// How often each day counts; never 0.
pub(super) type DayCounts = BTreeMap<NaiveDate, usize>;

/// The ids of all entries, in the orders they are needed in, and the days they were written on.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Index {
    /// Answers that say something, by practice and step, oldest period first.
    pub(super) answers: BTreeMap<String, BTreeMap<String, BTreeSet<(Period, Id)>>>,
    /// Items by register, first written first, each with its days.
    pub(super) items: BTreeMap<String, BTreeMap<(Timestamp, Id), ItemDates>>,
    /// The same items counted, by register and by the fields that hold a day: few groups, however
    /// many items there are.
    pub(super) date_counts: BTreeMap<String, BTreeMap<DateFields, DateCounts>>,
    /// Commitments, earliest due first, and within one day earliest made first.
    pub(super) commitments: BTreeSet<(NaiveDate, NaiveDate, Id)>,
    /// The open ones among them.
    pub(super) open_commitments: BTreeSet<(NaiveDate, NaiveDate, Id)>,
    /// The others, first to last; within one day by due date.
    pub(super) ended_commitments: BTreeSet<ClosedCommitment>,
    /// Items by the entry they came from, first written first.
    pub(super) items_from: BTreeMap<String, BTreeSet<(Timestamp, Id)>>,
    /// Commitments by the entry they came from, earliest due first.
    pub(super) commitments_from: BTreeMap<String, BTreeSet<(NaiveDate, NaiveDate, Id)>>,
    /// The days on which effective versions were written, by the register of the item, and under ""
    /// for what is not an item.
    pub(super) written: BTreeMap<String, DayCounts>,
}

/// The day on which a commitment ended, the day it was due, its id, and how it ended.
pub(super) type ClosedCommitment = (NaiveDate, NaiveDate, Id, CommitmentOutcome);

/// Whether something is added to the index, or what was added the same way is removed.
#[derive(Clone, Copy)]
pub(super) enum Update {
    Add,
    Remove,
}

/// The days in an item, by field or stage: enough to tell its month without reading it.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct ItemDates(Box<[(Box<str>, NaiveDate)]>);

impl ItemDates {
    fn of(item: &Item) -> Self {
        let fields = item.values.keys();
        let days = fields.filter_map(|field| Some((field.as_str().into(), item.day(field)?)));
        Self(days.collect())
    }

    /// The fields that hold a day.
    fn fields(&self) -> DateFields {
        self.0.iter().map(|(field, _)| field.clone()).collect()
    }

    /// The same as [`stage_of`](super::stage_of).
    pub fn stage<'a>(&self, register: &'a Register) -> Option<&'a Stage> {
        let mut stages = register.stages.iter();
        stages.rfind(|stage| self.day(&stage.id).is_some())
    }

    /// The same as [`Item::day`].
    pub fn day(&self, field: &str) -> Option<NaiveDate> {
        let (_, day) = self.0.iter().find(|(name, _)| **name == *field)?;
        Some(*day)
    }
}

impl Index {
    /// Adds the version of an entry that counts, or removes it. `first` is when the entry was first
    /// written.
    pub(super) fn update(&mut self, entry: &Entry, first: Timestamp, update: Update) {
        let id = entry.id.clone();
        match &entry.body {
            // A choice is found by its id.
            Body::Deleted | Body::Forgotten | Body::Newer | Body::Choice(_) => {}
            Body::Answer(answer) if answer.value.is_empty() => {}
            Body::Answer(answer) => {
                update_at(&mut self.answers, &answer.practice, update, |steps| {
                    update_at(steps, &answer.step, update, |answers| {
                        update_set(answers, (answer.period, id), update);
                    });
                });
            }
            Body::Item(item) => self.update_item(item, (first, id), update),
            Body::Commitment(commitment) => {
                let Commitment { due, made, .. } = *commitment;
                let key = (due, made, id.clone());
                if let Some(origin) = &commitment.origin {
                    update_at(
                        &mut self.commitments_from,
                        origin.as_str(),
                        update,
                        |from| {
                            update_set(from, key.clone(), update);
                        },
                    );
                }
                update_set(&mut self.commitments, key.clone(), update);
                match ended(&id, commitment) {
                    Some(ended) => update_set(&mut self.ended_commitments, ended, update),
                    None => update_set(&mut self.open_commitments, key, update),
                }
            }
        }
    }

    fn update_item(&mut self, item: &Item, key: (Timestamp, Id), update: Update) {
        let days = ItemDates::of(item);
        let origin = item.text(ORIGIN_KEY);
        if !origin.is_empty() {
            update_at(&mut self.items_from, origin, update, |items| {
                update_set(items, key.clone(), update);
            });
        }
        update_at(
            &mut self.date_counts,
            item.register.as_str(),
            update,
            |groups| {
                update_at(groups, &*days.fields(), update, |counts| {
                    counts.update(&days, key.0, update);
                });
            },
        );
        update_at(
            &mut self.items,
            item.register.as_str(),
            update,
            |items| match update {
                Update::Add => drop(items.insert(key, days)),
                Update::Remove => drop(items.remove(&key)),
            },
        );
    }

    /// Counts the day an effective version was written on, or removes it.
    pub(super) fn update_written(&mut self, version: &Entry, update: Update) {
        let register = version.body.as_item().map_or("", |item| &item.register);
        update_at(&mut self.written, register, update, |days| {
            update_count(days, version.at.date_naive(), update);
        });
    }
}

/// How a commitment ended; `None` if it is open.
pub(super) fn ended(id: &Id, commitment: &Commitment) -> Option<ClosedCommitment> {
    let Closing { on, how, .. } = commitment.closing.as_ref()?;
    Some((*on, commitment.due, id.clone(), *how))
}

/// Adds to the value at `name`, or removes from it; an empty value is not kept, so that equal journals
/// have equal indexes.
fn update_at<Name, Key, T>(
    map: &mut BTreeMap<Name, T>,
    name: &Key,
    update: Update,
    change: impl FnOnce(&mut T),
) where
    Name: Borrow<Key> + for<'a> From<&'a Key> + Ord,
    Key: Ord + ?Sized,
    T: Default + PartialEq,
{
    match (map.get_mut(name), update) {
        (Some(value), Update::Add) => change(value),
        (None, Update::Add) => {
            let mut value = T::default();
            change(&mut value);
            map.insert(name.into(), value);
        }
        (Some(value), Update::Remove) => {
            change(value);
            if *value == T::default() {
                map.remove(name);
            }
        }
        (None, Update::Remove) => {}
    }
}

pub(super) fn update_set<T: Ord>(set: &mut BTreeSet<T>, value: T, update: Update) {
    match update {
        Update::Add => set.insert(value),
        Update::Remove => set.remove(&value),
    };
}

fn update_count(days: &mut DayCounts, day: NaiveDate, update: Update) {
    let count = days.entry(day).or_default();
    *count = match update {
        Update::Add => *count + 1,
        Update::Remove => count.saturating_sub(1),
    };
    if *count == 0 {
        days.remove(&day);
    }
}
