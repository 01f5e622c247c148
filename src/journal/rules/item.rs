//! The rules of items: adding, changing, moving from stage to stage, turning into another one.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{ActResult, Basis, Performed, Refusal, RequiredText, StageDay};
use crate::journal::{Body, Change, Id, Item, Value, same_name, stage_label, stage_of};
use crate::practice::{INTO_KEY, ORIGIN_KEY, OffFields, Register, Stage, TITLE};

/// An item to add.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct NewItem {
    /// The list's id.
    pub register: String,
    /// Its fields and stages, added to the stages that an item starts with.
    pub values: BTreeMap<String, Value>,
}

/// Changes to the fields and stages of an item.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ItemEdit {
    pub id: Id,
    /// The new values; an empty one empties its field.
    pub values: BTreeMap<String, Value>,
}

/// A new, empty item, in the stages its list starts with.
pub fn new_item(register: &Register, today: NaiveDate) -> Item {
    let mut item = Item::new(&register.id);
    for stage in register.stages.iter().filter(|stage| stage.starts) {
        item.set_reached(&stage.id, today);
    }
    item
}

pub(super) fn add(new: &NewItem, basis: Basis<'_>) -> Result<Performed, Refusal> {
    let register = basis
        .catalog
        .register(&new.register)
        .ok_or_else(|| Refusal::NoSuchList(new.register.clone()))?;
    let mut item = new_item(register, basis.today);
    let before = item.clone();
    for (name, value) in &new.values {
        item.set(name, value.clone());
    }
    backdate_start(&mut item, &new.values, register);
    begin(&mut item, &before, register, basis.today);
    reach_counted_stage(&mut item, &before, register);
    trim_title(&mut item);
    check_item(&item, &before, register, basis)?;
    check_first_day(&item, register)?;
    for preset in &register.presets {
        let id = Id::preset(&register.id, &preset.id);
        let known = basis
            .journal
            .item_or_preset(register, &id)
            .filter(|_| basis.journal.is_untouched(&id));
        if known.is_some_and(|known| same_name(known.title(), item.title())) {
            let title = item.title().to_owned();
            return Err(Refusal::AlreadyListed { id, title });
        }
    }
    Ok(added_item(item, register))
}

/// Dates starting stages without a given day back to the earliest day of any stage: a problem
/// solved last week was spotted by then.
fn backdate_start(item: &mut Item, given: &BTreeMap<String, Value>, register: &Register) {
    let Some(first) = register
        .stages
        .iter()
        .filter_map(|stage| item.day(&stage.id))
        .min()
    else {
        return;
    };
    for stage in register.stages.iter().filter(|stage| stage.starts) {
        if !given.contains_key(&stage.id) && item.day(&stage.id).is_some() {
            item.set_reached(&stage.id, first);
        }
    }
}

/// Puts an item without a stage into the first one if a field that begins it has text now, and had
/// none before: a skill with a next step or with evidence is begun.
pub(super) fn begin(item: &mut Item, before: &Item, register: &Register, today: NaiveDate) {
    let is_empty = |item: &Item, field: &String| item.values.get(field).is_none_or(Value::is_empty);
    let is_new = |field: &String| !is_empty(item, field) && is_empty(before, field);
    if let Some(first) = register.stages.first()
        && register.begins_with.iter().any(is_new)
        && stage_of(register, item).is_none()
    {
        item.set_reached(&first.id, today);
    }
}

/// Puts an item that went further into the stage that its months count, too, on the day it went
/// further: a problem whose results are shared was solved by then, and is in a month. A day that is
/// taken away stays away.
fn reach_counted_stage(item: &mut Item, before: &Item, register: &Register) {
    let is_counted = |stage: &Stage| register.monthly.as_ref() == Some(&stage.id);
    let Some(at) = register.stages.iter().position(is_counted) else {
        return;
    };
    let (counted, later) = (&register.stages[at].id, &register.stages[at + 1..]);
    let is_new = |stage: &&Stage| before.day(&stage.id).is_none();
    let further = later.iter().filter(is_new);
    let further = further.filter_map(|stage| item.day(&stage.id)).min();
    if let (None, None, Some(day)) = (before.day(counted), item.day(counted), further) {
        item.set_reached(counted, day);
    }
}

fn added_item(item: Item, register: &Register) -> Performed {
    let result = ActResult::Added {
        singular: register.singular.clone(),
        stage: stage_of(register, &item).map(|stage| stage.name.clone()),
    };
    Performed::of_change(Change::new(Body::Item(item)), result)
}

pub(super) fn edit(edit: &ItemEdit, basis: Basis<'_>) -> Result<Performed, Refusal> {
    let (register, before) = existing(&edit.id, basis)?;
    let mut now = before.clone();
    for (name, value) in &edit.values {
        now.set(name, value.clone());
    }
    if edit.values.contains_key(TITLE) {
        trim_title(&mut now);
    }
    begin(&mut now, &before, register, basis.today);
    reach_counted_stage(&mut now, &before, register);
    let result = if now == before {
        ActResult::Unchanged
    } else {
        check_item(&now, &before, register, basis)?;
        if check_first_day(&before, register).is_ok() {
            check_first_day(&now, register)?;
        }
        ActResult::Changed
    };
    let names = edit.values.keys().map(|name| format!("values.{name}"));
    let names: Vec<String> = names.collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let now = Body::Item(now);
    Ok(Performed::edited(&edit.id, now, result, &names, basis))
}

/// Takes the spaces around a title away, as around every other text on one line.
fn trim_title(item: &mut Item) {
    let title = item.title().trim().to_owned();
    item.set(TITLE, Value::Text(title));
}

/// Refuses days off without their first day: they would be days of nothing.
fn check_first_day(item: &Item, register: &Register) -> Result<(), Refusal> {
    match &register.off {
        Some(off) if item.day(&off.from).is_none() => Err(Refusal::NoFirstDay(off.from.clone())),
        _ => Ok(()),
    }
}

/// Refuses an item without a title, one that newly reaches a stage in the future or out of order,
/// and days off that newly end before they begin.
fn check_item(
    item: &Item,
    before: &Item,
    register: &Register,
    basis: Basis<'_>,
) -> Result<(), Refusal> {
    if item.title().trim().is_empty() {
        return Err(Refusal::Empty(RequiredText::Title));
    }
    let is_new = |field: &str| item.day(field) != before.day(field);
    for stage in &register.stages {
        match item.day(&stage.id) {
            Some(day) if is_new(&stage.id) => check_stage_day(stage, day, basis.today)?,
            _ => {}
        }
    }
    if let Some(OffFields { from, to }) = &register.off
        && let (Some(first), Some(last)) = (item.day(from), item.day(to))
        && last < first
        && (is_new(from) || is_new(to))
    {
        let field = to.clone();
        return Err(Refusal::EndsBeforeItBegins { field, first, last });
    }
    check_stage_order(item, before, register)
}

/// Refuses a new day for a stage that puts it on the wrong side of another. Two stages that both
/// end an item have no order, and what is already saved is accepted.
fn check_stage_order(item: &Item, before: &Item, register: &Register) -> Result<(), Refusal> {
    let is_new = |stage: &Stage| item.day(&stage.id) != before.day(&stage.id);
    for (at, later) in register.stages.iter().enumerate() {
        for earlier in &register.stages[..at] {
            let (Some(was), Some(on)) = (item.day(&earlier.id), item.day(&later.id)) else {
                continue;
            };
            let both_end = earlier.closes && later.closes;
            if on < was && !both_end && (is_new(earlier) || is_new(later)) {
                let given = if is_new(later) { later } else { earlier };
                let reached = |stage: &Stage, on| StageDay {
                    id: stage.id.clone(),
                    name: stage.name.clone(),
                    on,
                };
                return Err(Refusal::StageOutOfOrder {
                    stage: given.id.clone(),
                    days: Box::new([reached(earlier, was), reached(later, on)]),
                });
            }
        }
    }
    Ok(())
}

fn check_stage_day(stage: &Stage, on: NaiveDate, today: NaiveDate) -> Result<(), Refusal> {
    if on <= today {
        return Ok(());
    }
    Err(Refusal::StageInFuture {
        stage: stage.id.clone(),
        name: stage.name.clone(),
        on,
    })
}

pub(super) fn advance(
    id: &Id,
    on: Option<NaiveDate>,
    basis: Basis<'_>,
) -> Result<Performed, Refusal> {
    let (register, mut item) = existing(id, basis)?;
    let Some(next) = next_stage(register, &item) else {
        let stage = stage_of(register, &item).map(|stage| stage.name.clone());
        return Err(Refusal::NoNextStage(stage.unwrap_or_default()));
    };
    let before = item.clone();
    item.set_reached(&next.id, on.unwrap_or(basis.today));
    reach_counted_stage(&mut item, &before, register);
    if let Some(on) = on {
        check_stage_day(next, on, basis.today)?;
        check_stage_order(&item, &before, register)?;
    }
    Ok(changed_item(
        id,
        item,
        ActResult::Reached(next.name.clone()),
    ))
}

pub(super) fn step_back(id: &Id, basis: Basis<'_>) -> Result<Performed, Refusal> {
    let (register, mut item) = existing(id, basis)?;
    let last = stage_of(register, &item).ok_or(Refusal::NoStageReached)?;
    item.set(&last.id, Value::Text(String::new()));
    let now = stage_label(register, &item);
    let result = ActResult::SteppedBack {
        left: last.name.clone(),
        now: now.to_owned(),
    };
    Ok(changed_item(id, item, result))
}

pub(super) fn let_go(id: &Id, basis: Basis<'_>) -> Result<Performed, Refusal> {
    let (register, mut item) = existing(id, basis)?;
    let last = last_of_two_ends(register)
        .ok_or_else(|| Refusal::CannotLetGo(register.singular.clone()))?;
    if let Some(closed) = stage_of(register, &item).filter(|stage| stage.closes) {
        return Err(Refusal::NoNextStage(closed.name.clone()));
    }
    item.set_reached(&last.id, basis.today);
    Ok(changed_item(
        id,
        item,
        ActResult::Reached(last.name.clone()),
    ))
}

pub(super) fn turn_into(
    id: &Id,
    unsaved: Option<&Item>,
    basis: Basis<'_>,
) -> Result<Performed, Refusal> {
    let (register, saved) = existing(id, basis)?;
    let item = unsaved.unwrap_or(&saved);
    let nothing = || Refusal::TurnsIntoNothing(register.singular.clone());
    let becomes = register.becomes.as_ref().ok_or_else(nothing)?;
    let target = basis
        .catalog
        .register(&becomes.register)
        .ok_or_else(nothing)?;
    if let Some((entry, _)) = basis.journal.items_from(&target.id, id).first() {
        return Err(Refusal::AlreadyTurned(entry.id.clone()));
    }
    let words = match item.text(&becomes.field).trim() {
        "" => item.title(),
        words => words,
    };
    Ok(derived_item(id, words, target, basis.today))
}

/// Makes an answer an item of the monthly list. Its title is the first line; if there is more, the
/// first field for long text gets all of it.
pub(super) fn take_up(id: &Id, basis: Basis<'_>) -> Result<Performed, Refusal> {
    let entry = basis.journal.current(id).ok_or(Refusal::NoSuchEntry)?;
    let nothing = || Refusal::TurnsIntoNothing("answer".to_owned());
    let answer = entry.body.as_answer().ok_or_else(nothing)?;
    let step = basis.catalog.step(&answer.practice, &answer.step);
    let words = answer.value.as_text().unwrap_or("").trim();
    let (register, _) = basis.catalog.monthly().ok_or_else(nothing)?;
    if words.is_empty() || !step.is_some_and(|step| step.suggests) {
        return Err(nothing());
    }
    if let Some((entry, _)) = basis.journal.items_from(&register.id, id).first() {
        return Err(Refusal::AlreadyTurned(entry.id.clone()));
    }
    Ok(derived_item(id, words, register, basis.today))
}

/// A new item of `target` that says where it comes from.
pub(super) fn derived_item(
    from: &Id,
    words: &str,
    target: &Register,
    today: NaiveDate,
) -> Performed {
    let title = words.lines().next().unwrap_or("").trim();
    let mut item = new_item(target, today);
    item.set("title", Value::from(title));
    if let (Some(field), true) = (target.prose_field(), title != words) {
        item.set(&field.id, Value::from(words));
    }
    item.set(ORIGIN_KEY, Value::Text(from.to_string()));
    let result = ActResult::AlsoAdded(target.singular.clone());
    Performed::of_change(Change::new(Body::Item(item)), result)
}

/// The next stage of an item; `None` if it is closed or has no next one.
pub fn next_stage<'a>(register: &'a Register, item: &Item) -> Option<&'a Stage> {
    let reached = register
        .stages
        .iter()
        .rposition(|stage| item.day(&stage.id).is_some());
    if reached.is_some_and(|at| register.stages[at].closes) {
        return None;
    }
    register.stages.get(reached.map_or(0, |at| at + 1))
}

/// The stage that lets an item go, while it can be: if the last two stages of its list both end it,
/// the last one is for letting go.
pub fn let_go_stage<'a>(register: &'a Register, item: &Item) -> Option<&'a Stage> {
    let is_closed = stage_of(register, item).is_some_and(|stage| stage.closes);
    last_of_two_ends(register).filter(|_| !is_closed)
}

/// The stage of what was let go, in a list that has one.
fn last_of_two_ends(register: &Register) -> Option<&Stage> {
    match register.stages.as_slice() {
        [.., other, last] if other.closes && last.closes => Some(last),
        _ => None,
    }
}

/// The list an item can turn into; `None` if it already did.
pub fn target_register<'a>(register: &Register, id: &Id, basis: Basis<'a>) -> Option<&'a Register> {
    let becomes = register.becomes.as_ref()?;
    let target = basis.catalog.register(&becomes.register)?;
    let done = !basis.journal.items_from(&target.id, id).is_empty();
    (!done).then_some(target)
}

/// The other end of an item's link: the entry it came from, or else the item it turned into.
pub fn linked_entry(id: &Id, basis: Basis<'_>) -> Option<Id> {
    let (register, item) = item_or_preset(id, basis)?;
    let from = item.text(ORIGIN_KEY);
    if !from.is_empty() {
        return Some(Id::new(from));
    }
    let into = item.text(INTO_KEY);
    if basis.journal.current(&Id::new(into)).is_some() {
        return Some(Id::new(into));
    }
    let becomes = register.becomes.as_ref().map(|becomes| &*becomes.register);
    let target = if into.is_empty() { becomes? } else { into };
    let found = basis.journal.items_from(target, id);
    Some(found.first()?.0.id.clone())
}

/// An item or untouched preset by its id, in any list.
pub fn item_or_preset<'a>(id: &Id, basis: Basis<'a>) -> Option<(&'a Register, Item)> {
    if let Some(item) = basis.journal.item(id) {
        return Some((basis.catalog.register(&item.register)?, item.clone()));
    }
    basis.catalog.registers().find_map(|register| {
        let item = basis.journal.item_or_preset(register, id)?;
        Some((register, item))
    })
}

pub(super) fn existing<'a>(id: &Id, basis: Basis<'a>) -> Result<(&'a Register, Item), Refusal> {
    item_or_preset(id, basis).ok_or_else(|| match basis.journal.current(id) {
        Some(entry) => match &entry.body {
            Body::Item(item) => Refusal::NoSuchList(item.register.clone()),
            _ => Refusal::NotAnItem,
        },
        None => Refusal::NoSuchEntry,
    })
}

pub(super) fn changed_item(id: &Id, item: Item, result: ActResult) -> Performed {
    Performed::of_change(Change::of(id.clone(), Body::Item(item)), result)
}
