//! Where things are found without looking at every entry.
//!
//! Made from the versions that count and kept beside them; says nothing that they do not say.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::{Answer, Body, Closing, Commitment, Entry, How, Id, Item, Period};
use crate::calendar::Stamp;

/// The ids of all that is there, in the orders in which it is asked for.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Index {
    /// Answers by practice and step, the oldest period first.
    answers: BTreeMap<String, BTreeMap<String, BTreeSet<(Period, Id)>>>,
    /// Items by register, the first written first, each with the days in it.
    items: BTreeMap<String, BTreeMap<(Stamp, Id), Days>>,
    /// Commitments, the earliest due first, and of one day the earliest made.
    commitments: BTreeSet<(NaiveDate, NaiveDate, Id)>,
    /// Those among them that are open.
    open: BTreeSet<(NaiveDate, NaiveDate, Id)>,
    /// How the others ended, first to last; of one day in the order they were due in.
    endings: BTreeSet<(NaiveDate, NaiveDate, Id, How)>,
}

/// The days an item names, by field or stage: enough to tell its month without looking at it.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Days(Vec<(Box<str>, NaiveDate)>);

impl Days {
    fn of(item: &Item) -> Self {
        let fields = item.values.keys();
        let days = fields.filter_map(|field| Some((field.as_str().into(), item.day(field)?)));
        Self(days.collect())
    }

    /// The same as [`Item::day`].
    pub(super) fn day(&self, field: &str) -> Option<NaiveDate> {
        let (_, day) = self.0.iter().find(|(name, _)| **name == *field)?;
        Some(*day)
    }
}

impl Index {
    /// The answers to a step, the oldest period first.
    pub(super) fn answers(
        &self,
        practice: &str,
        step: &str,
    ) -> impl DoubleEndedIterator<Item = &Id> {
        self.answered(practice, step)
            .into_iter()
            .flatten()
            .map(|(_, id)| id)
    }

    /// Those for a period before this one.
    pub(super) fn answers_before(
        &self,
        period: Period,
        practice: &str,
        step: &str,
    ) -> impl DoubleEndedIterator<Item = &Id> {
        // No id is empty, so this stands before all of the period.
        let end = (period, Id::new(""));
        self.answered(practice, step)
            .into_iter()
            .flat_map(move |answers| answers.range(..end.clone()))
            .map(|(_, id)| id)
    }

    /// The items of a register, the first written first, each with the days in it and when it was
    /// first written.
    pub(super) fn items(&self, register: &str) -> impl Iterator<Item = (&Id, &Days, Stamp)> {
        let items = self.items.get(register);
        let items = items.into_iter().flatten();
        items.map(|((first, id), days)| (id, days, *first))
    }

    /// Commitments, the earliest due first.
    pub(super) fn commitments(&self) -> impl Iterator<Item = &Id> {
        self.commitments.iter().map(|(_, _, id)| id)
    }

    /// Open commitments, the earliest due first.
    pub(super) fn open(&self) -> impl Iterator<Item = &Id> {
        self.open.iter().map(|(_, _, id)| id)
    }

    /// How commitments ended, and on which day, first to last.
    pub(super) fn endings(&self) -> impl DoubleEndedIterator<Item = (NaiveDate, How)> {
        self.endings.iter().map(|(on, _, _, how)| (*on, *how))
    }

    /// Puts the version of an entry that counts where it is looked for. `first` is when the entry
    /// was first written.
    pub(super) fn put(&mut self, entry: &Entry, first: Stamp) {
        let id = entry.id.clone();
        match &entry.body {
            // A choice is looked for by its id.
            Body::Deleted | Body::Choice(_) => {}
            Body::Answer(answer) => {
                let practice = slot(&mut self.answers, &answer.practice);
                slot(practice, &answer.step).insert((answer.period, id));
            }
            Body::Item(item) => {
                slot(&mut self.items, &item.register).insert((first, id), Days::of(item));
            }
            Body::Commitment(commitment) => {
                let Commitment { due, made, .. } = *commitment;
                self.commitments.insert((due, made, id.clone()));
                match commitment.closing {
                    None => self.open.insert((due, made, id)),
                    Some(Closing { on, how, .. }) => self.endings.insert((on, due, id, how)),
                };
            }
        }
    }

    /// Takes away what [`Index::put`] put there.
    pub(super) fn take(&mut self, entry: &Entry, first: Stamp) {
        let id = entry.id.clone();
        match &entry.body {
            // A choice is looked for by its id.
            Body::Deleted | Body::Choice(_) => {}
            Body::Answer(Answer {
                period,
                practice,
                step,
                ..
            }) => {
                within(&mut self.answers, practice, BTreeMap::is_empty, |steps| {
                    within(steps, step, BTreeSet::is_empty, |answers| {
                        answers.remove(&(*period, id));
                    });
                });
            }
            Body::Item(item) => within(
                &mut self.items,
                &item.register,
                BTreeMap::is_empty,
                |items| {
                    items.remove(&(first, id));
                },
            ),
            Body::Commitment(commitment) => {
                let Commitment { due, made, .. } = *commitment;
                if let Some(Closing { on, how, .. }) = commitment.closing {
                    self.endings.remove(&(on, due, id.clone(), how));
                }
                let key = (due, made, id);
                self.open.remove(&key);
                self.commitments.remove(&key);
            }
        }
    }

    fn answered(&self, practice: &str, step: &str) -> Option<&BTreeSet<(Period, Id)>> {
        self.answers.get(practice)?.get(step)
    }
}

/// What stands under `name`, made when there is nothing.
pub(super) fn slot<'a, T: Default>(map: &'a mut BTreeMap<String, T>, name: &str) -> &'a mut T {
    if !map.contains_key(name) {
        map.insert(name.to_owned(), T::default());
    }
    map.get_mut(name).expect("it is there by now")
}

/// Takes something out of what stands under `name`; where nothing is left there, the name goes too,
/// so that equal journals have equal indexes.
fn within<T>(
    map: &mut BTreeMap<String, T>,
    name: &str,
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
