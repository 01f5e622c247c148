//! Finds entries without reading all of them.
//!
//! Derived from the versions that count and kept beside them; contains nothing that they do not.

mod closings;
mod date_counts;

use std::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use self::closings::Closings;
pub use self::closings::Record;
pub use self::date_counts::DateCounts;
use super::{Answer, Body, Closing, Commitment, Entry, Id, Item, Period};
use crate::calendar::Timestamp;
use crate::practice::{ORIGIN_KEY, Register, Stage};

/// The fields of an item that hold a day, in order.
type DateFields = Box<[Box<str>]>;

/// The ids of all entries, in the orders they are needed in.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Index {
    /// Answers that say something, by practice and step, oldest period first.
    answers: BTreeMap<String, BTreeMap<String, BTreeSet<(Period, Id)>>>,
    /// Items by register, first written first, each with its days.
    items: BTreeMap<String, BTreeMap<(Timestamp, Id), ItemDates>>,
    /// The same items counted, by register and by the fields that hold a day.
    date_counts: BTreeMap<String, BTreeMap<DateFields, DateCounts>>,
    /// Commitments, earliest due first, and within one day earliest made first.
    commitments: BTreeSet<(NaiveDate, NaiveDate, Id)>,
    /// The open ones among them.
    open_commitments: BTreeSet<(NaiveDate, NaiveDate, Id)>,
    /// How the others ended.
    closings: Closings,
    /// Items by the entry they came from, first written first.
    items_from: BTreeMap<String, BTreeSet<(Timestamp, Id)>>,
    /// Commitments by the entry they came from, in the same order.
    commitments_from: BTreeMap<String, BTreeSet<(NaiveDate, NaiveDate, Id)>>,
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
    /// Whether a step has an answer in a period that says something.
    pub(super) fn has_answer(&self, period: Period, practice: &str, step: &str) -> bool {
        let Some(answers) = self.step_answers(practice, step) else {
            return false;
        };
        let of_period = answers.range((period, Id::new(""))..);
        // A hostile line may say that it is one, under the id of something else.
        of_period
            .take_while(|(of, _)| *of == period)
            .any(|(_, id)| *id == Id::answer(period, practice, step))
    }

    /// The answers to a step that say something, oldest period first.
    pub(super) fn answers(
        &self,
        practice: &str,
        step: &str,
    ) -> impl DoubleEndedIterator<Item = &Id> {
        self.step_answers(practice, step)
            .into_iter()
            .flatten()
            .map(|(_, id)| id)
    }

    /// Those for periods before this one.
    pub(super) fn answers_before(
        &self,
        period: Period,
        practice: &str,
        step: &str,
    ) -> impl DoubleEndedIterator<Item = &Id> {
        // No id is empty, so this sorts before all answers of the period.
        let end = (period, Id::new(""));
        self.step_answers(practice, step)
            .into_iter()
            .flat_map(move |answers| answers.range(..end.clone()))
            .map(|(_, id)| id)
    }

    /// The items of a register, first written first, each with its days and the time it was first
    /// written.
    pub(super) fn items(
        &self,
        register: &str,
    ) -> impl Iterator<Item = (&Id, &ItemDates, Timestamp)> {
        self.items
            .get(register)
            .into_iter()
            .flatten()
            .map(|((first, id), days)| (id, days, *first))
    }

    /// The items of a register, grouped by the fields that hold a day: few groups, however many
    /// items there are.
    pub(super) fn date_counts(&self, register: &str) -> impl Iterator<Item = &DateCounts> {
        let counts = self.date_counts.get(register);
        counts.into_iter().flat_map(BTreeMap::values)
    }

    /// Commitments, earliest due first.
    pub(super) fn commitments(&self) -> impl Iterator<Item = &Id> {
        self.commitments.iter().map(|(_, _, id)| id)
    }

    /// Commitments that are due on `day` or later, earliest due first.
    pub(super) fn commitments_due_from(&self, day: NaiveDate) -> impl Iterator<Item = &Id> {
        let first = (day, NaiveDate::MIN, Id::new(""));
        self.commitments.range(first..).map(|(_, _, id)| id)
    }

    /// Open commitments, earliest due first.
    pub(super) fn open(&self) -> impl Iterator<Item = &Id> {
        self.open_commitments.iter().map(|(_, _, id)| id)
    }

    /// Commitments that ended, last to first.
    pub(super) fn ended(&self) -> impl Iterator<Item = &Id> {
        self.closings.newest_first()
    }

    /// How commitments ended.
    pub(super) fn closings(&self) -> &Closings {
        &self.closings
    }

    /// How commitments ended, up to and including `day`.
    pub(super) fn record(&self, day: NaiveDate) -> Record {
        self.closings.record(day)
    }

    /// The items that came from an entry, first written first.
    pub(super) fn items_from(&self, origin: &Id) -> impl Iterator<Item = &Id> {
        let items = self.items_from.get(origin.as_str());
        items.into_iter().flatten().map(|(_, id)| id)
    }

    /// The commitments that came from an entry, earliest due first.
    pub(super) fn commitments_from(&self, origin: &Id) -> impl Iterator<Item = &Id> {
        let commitments = self.commitments_from.get(origin.as_str());
        commitments.into_iter().flatten().map(|(_, _, id)| id)
    }

    /// Adds the version of an entry that counts. `first` is when the entry was first written.
    pub(super) fn insert(&mut self, entry: &Entry, first: Timestamp) {
        let id = entry.id.clone();
        match &entry.body {
            // A choice is found by its id.
            Body::Deleted | Body::Forgotten | Body::Newer | Body::Choice(_) => {}
            Body::Answer(answer) if answer.value.is_empty() => {}
            Body::Answer(answer) => {
                let practice = entry_or_default(&mut self.answers, &answer.practice);
                entry_or_default(practice, &answer.step).insert((answer.period, id));
            }
            Body::Item(item) => {
                let origin = item.text(ORIGIN_KEY);
                if !origin.is_empty() {
                    entry_or_default(&mut self.items_from, origin).insert((first, id.clone()));
                }
                let days = ItemDates::of(item);
                let counts = entry_or_default(&mut self.date_counts, &item.register);
                counts
                    .entry(days.fields())
                    .or_default()
                    .insert(&days, first);
                entry_or_default(&mut self.items, &item.register).insert((first, id), days);
            }
            Body::Commitment(commitment) => {
                let Commitment { due, made, .. } = *commitment;
                if let Some(origin) = &commitment.origin {
                    let from = entry_or_default(&mut self.commitments_from, origin.as_str());
                    from.insert((due, made, id.clone()));
                }
                self.commitments.insert((due, made, id.clone()));
                match commitment.closing {
                    None => {
                        self.open_commitments.insert((due, made, id));
                    }
                    Some(Closing { on, how, .. }) => self.closings.insert((on, due, id, how)),
                }
            }
        }
    }

    /// Removes what was added with the same arguments.
    pub(super) fn remove(&mut self, entry: &Entry, first: Timestamp) {
        let id = entry.id.clone();
        match &entry.body {
            // A choice is found by its id.
            Body::Deleted | Body::Forgotten | Body::Newer | Body::Choice(_) => {}
            Body::Answer(Answer {
                period,
                practice,
                step,
                ..
            }) => {
                remove_from(
                    &mut self.answers,
                    practice.as_str(),
                    BTreeMap::is_empty,
                    |steps| {
                        remove_from(steps, step.as_str(), BTreeSet::is_empty, |answers| {
                            answers.remove(&(*period, id));
                        });
                    },
                );
            }
            Body::Item(item) => {
                let key = (first, id);
                let origin = item.text(ORIGIN_KEY);
                remove_from(&mut self.items_from, origin, BTreeSet::is_empty, |items| {
                    items.remove(&key);
                });
                let register = item.register.as_str();
                remove_from(&mut self.items, register, BTreeMap::is_empty, |items| {
                    items.remove(&key);
                });
                let days = ItemDates::of(item);
                remove_from(
                    &mut self.date_counts,
                    register,
                    BTreeMap::is_empty,
                    |counts| {
                        remove_from(counts, &*days.fields(), DateCounts::is_empty, |counts| {
                            counts.remove(&days, first);
                        });
                    },
                );
            }
            Body::Commitment(commitment) => {
                let Commitment { due, made, .. } = *commitment;
                if let Some(Closing { on, how, .. }) = commitment.closing {
                    self.closings.remove(&(on, due, id.clone(), how));
                }
                let key = (due, made, id);
                if let Some(origin) = &commitment.origin {
                    let from = &mut self.commitments_from;
                    remove_from(from, origin.as_str(), BTreeSet::is_empty, |from| {
                        from.remove(&key);
                    });
                }
                self.open_commitments.remove(&key);
                self.commitments.remove(&key);
            }
        }
    }

    fn step_answers(&self, practice: &str, step: &str) -> Option<&BTreeSet<(Period, Id)>> {
        self.answers.get(practice)?.get(step)
    }
}

/// The value at `name`, added if missing; allocates the key only then.
pub(super) fn entry_or_default<'a, T: Default>(
    map: &'a mut BTreeMap<String, T>,
    name: &str,
) -> &'a mut T {
    if !map.contains_key(name) {
        map.insert(name.to_owned(), T::default());
    }
    map.get_mut(name).expect("it was added if it was missing")
}

/// Subtracts one, and removes the key at 0, so that equal journals are equal.
pub(super) fn subtract_one<Key: Ord>(counts: &mut BTreeMap<Key, usize>, key: &Key) {
    if let Some(count) = counts.get_mut(key) {
        *count -= 1;
        if *count == 0 {
            counts.remove(key);
        }
    }
}

/// Removes something from the value at `name`, and the name too once the value is empty, so that
/// equal journals have equal indexes.
fn remove_from<Name: Borrow<Key> + Ord, Key: Ord + ?Sized, T>(
    map: &mut BTreeMap<Name, T>,
    name: &Key,
    is_empty: fn(&T) -> bool,
    take: impl FnOnce(&mut T),
) {
    if let Some(inside) = map.get_mut(name) {
        take(inside);
        if is_empty(inside) {
            map.remove(name);
        }
    }
}
