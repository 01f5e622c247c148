//! The rules of days off: marking them, and making them ordinary days again.

use chrono::NaiveDate;

use super::{Act, ActResult, Basis, Performed, Refusal, new_item};
use crate::calendar::Week;
use crate::journal::off_days::off_range;
use crate::journal::{Body, Change, Id, Item, OffDays, Value};
use crate::practice::{OffFields, Register};

/// The title of days off that were given none.
pub const UNTITLED: &str = "Off";

/// Days that are to be off, or not off any more.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct TimeOff {
    pub first: NaiveDate,
    pub last: NaiveDate,
    /// What for; the title of the item.
    pub title: Option<String>,
}

impl TimeOff {
    fn days(&self) -> impl Iterator<Item = NaiveDate> {
        let last = self.last;
        self.first.iter_days().take_while(move |day| *day <= last)
    }
}

pub(super) fn take_off(off: &TimeOff, basis: Basis<'_>) -> Result<Performed, Refusal> {
    let (register, fields) = basis.catalog.off().ok_or(Refusal::NoDaysOff)?;
    let marked = OffDays::of(basis.journal, basis.catalog);
    let result = ActResult::DaysOff(off.first, off.last);
    let mut rest = Vec::new();
    if off.days().all(|day| marked.is_marked(day)) {
        let there = items_within(off, register, fields, basis);
        let has_title = |(_, item, _): &ItemOff<'_>| {
            let title = off.title.as_deref();
            title.is_none_or(|title| item.title() == title)
        };
        if there.iter().all(has_title) {
            return Ok(Performed::unchanged());
        }
        // Days that are off already take another title.
        if let ([(id, item, range)], Some(title)) = (&there[..], &off.title)
            && *range == (off.first, off.last)
        {
            let mut item = (*item).clone();
            item.set("title", Value::from(title.as_str()));
            let change = Change::of((*id).clone(), Body::Item(item));
            return Ok(Performed::of_change(change, result));
        }
        rest = without_days(off, register, fields, basis);
    }
    let mut item = new_item(register, basis.today);
    let title = off.title.clone().unwrap_or_else(|| UNTITLED.to_owned());
    item.set("title", Value::Text(title));
    set_days(&mut item, fields, off.first, off.last);
    // First what the act is about.
    let changes = std::iter::once(Change::new(Body::Item(item))).chain(rest);
    Ok(Performed {
        changes: changes.collect(),
        result,
    })
}

/// An item of days off, with its first and last day.
type ItemOff<'a> = (&'a Id, &'a Item, (NaiveDate, NaiveDate));

/// The items that contain some of the days.
fn items_within<'a>(
    off: &TimeOff,
    register: &Register,
    fields: &OffFields,
    basis: Basis<'a>,
) -> Vec<ItemOff<'a>> {
    let items = basis.journal.items(&register.id);
    let items = items.into_iter().filter_map(|(entry, item)| {
        let range = off_range(fields, |field| item.day(field))?;
        let is_within = range.0 <= off.last && off.first <= range.1;
        is_within.then_some((&entry.id, item, range))
    });
    items.collect()
}

/// Takes the days out of every item that contains some of them: it ends before them, begins after
/// them, becomes two, or is deleted.
fn without_days(
    back: &TimeOff,
    register: &Register,
    fields: &OffFields,
    basis: Basis<'_>,
) -> Vec<Change> {
    let mut changes = Vec::new();
    for (id, item, (from, to)) in items_within(back, register, fields, basis) {
        let before = back.first.pred_opt().filter(|end| from <= *end);
        let after = back.last.succ_opt().filter(|start| *start <= to);
        let with_days = |first, last| {
            let mut item = item.clone();
            set_days(&mut item, fields, first, last);
            Body::Item(item)
        };
        let id = id.clone();
        match (before, after) {
            (None, None) => changes.push(Change::of(id, Body::Deleted)),
            (Some(end), None) => changes.push(Change::of(id, with_days(from, end))),
            (None, Some(start)) => changes.push(Change::of(id, with_days(start, to))),
            (Some(end), Some(start)) => {
                changes.push(Change::of(id, with_days(from, end)));
                changes.push(Change::new(with_days(start, to)));
            }
        }
    }
    changes
}

pub(super) fn come_back(back: &TimeOff, basis: Basis<'_>) -> Result<Performed, Refusal> {
    let (register, fields) = basis.catalog.off().ok_or(Refusal::NoDaysOff)?;
    let changes = without_days(back, register, fields, basis);
    if let Some(friday) = followed_friday(back, &OffDays::of(basis.journal, basis.catalog)) {
        return Err(Refusal::FollowsFriday(friday));
    }
    if changes.is_empty() {
        return Ok(Performed::unchanged());
    }
    let result = ActResult::DaysBack(back.first, back.last);
    Ok(Performed { changes, result })
}

/// The Friday off that all the days follow, as a weekend does: they stay off as long as it is.
fn followed_friday(back: &TimeOff, off: &OffDays) -> Option<NaiveDate> {
    let friday = Week::of(back.first).friday();
    let is_weekend = back.first > friday && back.last <= Week::of(back.first).sunday();
    (is_weekend && off.is_marked(friday)).then_some(friday)
}

/// The act that marks a week as off, or makes it an ordinary one again.
pub fn toggled_week(week: Week, basis: Basis<'_>) -> Act {
    let days = TimeOff {
        first: week.monday(),
        last: week.sunday(),
        title: None,
    };
    if OffDays::of(basis.journal, basis.catalog).is_week_off(week) {
        Act::ComeBack(days)
    } else {
        Act::TakeOff(days)
    }
}

fn set_days(item: &mut Item, fields: &OffFields, first: NaiveDate, last: NaiveDate) {
    item.set(&fields.from, Value::Text(first.to_string()));
    item.set(&fields.to, Value::Text(last.to_string()));
}
