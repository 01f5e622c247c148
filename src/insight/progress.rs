//! The progress of a week, what changed in it, and which months have their problem.
//!
//! Screens, the command line and exports show what is found here; the figures over a span of days
//! are in `figures.rs`.

use chrono::NaiveDate;

use crate::calendar::{Month, Timestamp, Week};
use crate::journal::{
    DateCounts, Entry, Id, Item, ItemDates, Journal, OffDays, Period, Value, period_for, stage_of,
    stages_reached,
};
use crate::practice::{Ask, Cadence, Catalog, DoneWhen, Practice, Provides, Register, Step};

/// How far a practice is in a period.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Progress {
    NotStarted,
    Partial,
    Done,
}

impl Progress {
    /// How many of these are done.
    pub fn count_done(all: &[Self]) -> usize {
        all.iter().filter(|one| **one == Self::Done).count()
    }

    /// How many of these weeks are done, and how many are not off.
    pub fn count_asked(weeks: &[Option<Self>]) -> (usize, usize) {
        let asked: Vec<Self> = weeks.iter().copied().flatten().collect();
        (Self::count_done(&asked), asked.len())
    }
}

/// What a month's box shows.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum MonthBox {
    /// How many problems were solved in it.
    Solved(usize),
    UnderWay,
    /// None yet in the present month.
    Open,
    /// None in a month that is over.
    Empty,
    /// None in a month whose working days are all off.
    Off,
    /// None in a month that was over before the journal began.
    BeforeJournal,
    /// The month has not begun.
    Future,
}

/// An item and the stages it has reached.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct StagedItem {
    pub title: String,
    /// For each stage of its register, whether it was reached.
    pub reached: Vec<bool>,
    /// The name of the stage it is in.
    pub stage: Option<String>,
    /// The name of the first stage not reached.
    pub next: Option<String>,
}

/// One answer that differs from the week before.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct WeekChange<'a> {
    pub practice: &'a Practice,
    pub step: &'a Step,
    pub before: Option<&'a Value>,
    pub after: &'a Value,
}

/// The progress of `practice` in the period of its cadence that contains `week`.
///
/// A step that asks for an answer is done if the answer is not empty; one that asks for a
/// register's items, if one of them was written or changed in that week, whatever day the item
/// is about: a solution fills no earlier week.
pub fn progress(journal: &Journal, practice: &Practice, week: Week) -> Progress {
    let done = |step: &&Step| is_step_done(journal, practice, step, week);
    let some = practice.steps.iter().any(|step| done(&step));
    let needed = match practice.done {
        DoneWhen::All => {
            let mut needed = practice.steps.iter().filter(|step| !step.optional);
            needed.all(|step| done(&step))
        }
        DoneWhen::Any => true,
    };
    match (some, needed) {
        (false, _) => Progress::NotStarted,
        (true, false) => Progress::Partial,
        (true, true) => Progress::Done,
    }
}

/// Whether one step is done in the period that contains `week`; see [`progress`].
pub fn is_step_done(journal: &Journal, practice: &Practice, step: &Step, week: Week) -> bool {
    match &step.ask {
        Ask::Answer(_) => {
            let period = period_for(practice.cadence, week);
            journal.has_answer(period, &practice.id, &step.id)
        }
        Ask::Register(id) => has_activity(journal, id, practice.cadence, week),
    }
}

/// What the box of `month` shows for the items of `register`.
///
/// An item counts in the month it reached the register's monthly stage. Until then it is under
/// way from the month it was spotted in to the present. A month before the journal began has
/// no empty box, nor has one that is off.
pub fn month_box(
    journal: &Journal,
    catalog: &Catalog,
    register: &Register,
    month: Month,
    today: NaiveDate,
) -> MonthBox {
    let off = OffDays::of(journal, catalog);
    box_of(month, journal, register, &off, today)
}

/// What the twelve boxes of a year show; see [`month_box`].
pub fn month_boxes<'a>(
    journal: &'a Journal,
    catalog: &Catalog,
    register: &'a Register,
    year: i32,
    today: NaiveDate,
) -> impl Iterator<Item = (Month, MonthBox)> + use<'a> {
    let off = OffDays::of(journal, catalog);
    let months = (1..=12).filter_map(move |month| Month::new(year, month));
    months.map(move |month| (month, box_of(month, journal, register, &off, today)))
}

fn box_of(
    month: Month,
    journal: &Journal,
    register: &Register,
    off: &OffDays,
    today: NaiveDate,
) -> MonthBox {
    if month > Month::of(today) {
        return MonthBox::Future;
    }
    let (solved, under_way) = solved_and_under_way(journal, register, month, today);
    match (solved, under_way) {
        (0, false) if journal.is_before_first_month(month, today) => MonthBox::BeforeJournal,
        (0, false) if off.is_month_off(month) => MonthBox::Off,
        (0, false) if month == Month::of(today) => MonthBox::Open,
        (0, false) => MonthBox::Empty,
        (0, true) => MonthBox::UnderWay,
        (solved, _) => MonthBox::Solved(solved),
    }
}

/// How many items were solved in a month that has begun, and whether any is under way. What has a future
/// date does not count yet, so then the items are looked at one by one.
fn solved_and_under_way(
    journal: &Journal,
    register: &Register,
    month: Month,
    today: NaiveDate,
) -> (usize, bool) {
    let (mut solved, mut under_way) = (0, false);
    let mut all = journal.date_counts(&register.id);
    if all.any(|counts| counts.has_future_day(today)) {
        for (_, days, first) in journal.dated_items(&register.id) {
            let state = box_state(register, days, first, month, today);
            solved += usize::from(state == Some(BoxState::Solved));
            under_way |= state == Some(BoxState::UnderWay);
        }
        return (solved, under_way);
    }
    let days = month.first()..=month.last();
    for counts in journal.date_counts(&register.id) {
        match register.monthly.as_deref() {
            Some(stage) if counts.has_field(stage) => {
                solved += counts.count_in_field(stage, &days);
            }
            _ => under_way |= is_under_way(register, counts, month),
        }
    }
    (solved, under_way)
}

/// The items that belong to the box of `month`; see [`month_box`].
pub fn items_of_month<'a>(
    journal: &'a Journal,
    register: &Register,
    month: Month,
    today: NaiveDate,
) -> Vec<(&'a Entry, &'a Item)> {
    journal
        .dated_items(&register.id)
        .filter(|(_, days, first)| box_state(register, days, *first, month, today).is_some())
        .filter_map(|(id, _, _)| journal.item_entry(id))
        .collect()
}

/// Of each month of these, the item that its box is about: the first that was solved in it; in the
/// present month, if none was, the first that is under way.
pub fn first_items(
    journal: &Journal,
    register: &Register,
    months: &[Month],
    today: NaiveDate,
) -> Vec<Option<StagedItem>> {
    let mut found: Vec<Option<(&Id, BoxState)>> = vec![None; months.len()];
    for (id, days, first) in journal.dated_items(&register.id) {
        let monthly = register.monthly.as_deref();
        let solved = monthly.and_then(|stage| days.day(stage));
        let solved = solved.filter(|day| *day <= today);
        let month = solved.map_or(Month::of(today), Month::of);
        let Some(at) = months.iter().position(|other| *other == month) else {
            continue;
        };
        let state = box_state(register, days, first, month, today);
        let slot = &mut found[at];
        let is_better = match slot {
            None => true,
            Some((_, BoxState::UnderWay)) => state == Some(BoxState::Solved),
            Some((_, BoxState::Solved)) => false,
        };
        if let (true, Some(state)) = (is_better, state) {
            *slot = Some((id, state));
        }
    }
    let staged = |(id, _): (&Id, BoxState)| {
        let item = journal.item(id)?;
        let mut stages = register.stages.iter();
        let next = stages.find(|stage| item.day(&stage.id).is_none());
        Some(StagedItem {
            title: item.title().to_owned(),
            reached: stages_reached(register, item),
            stage: stage_of(register, item).map(|stage| stage.name.clone()),
            next: next.map(|stage| stage.name.clone()),
        })
    };
    found.into_iter().map(|one| one.and_then(staged)).collect()
}

/// The questions of the walk, each with its practice, in its order.
pub(super) fn walk_steps(catalog: &Catalog) -> impl Iterator<Item = (&Practice, &Step)> {
    let practices = catalog.walk();
    practices.flat_map(|practice| practice.steps.iter().map(move |step| (practice, step)))
}

/// The answers of the walk, by choice or scale, that differ from the week before.
///
/// Prose is new every week, so it is left out.
pub fn week_changes<'a>(
    journal: &'a Journal,
    catalog: &'a Catalog,
    week: Week,
) -> impl Iterator<Item = WeekChange<'a>> {
    let by_choice = walk_steps(catalog)
        .filter(|(_, step)| matches!(&step.ask, Ask::Answer(kind) if !kind.choices().is_empty()));
    by_choice.filter_map(move |(practice, step)| {
        let at = |week| {
            let answer = journal.answer(Period::Week(week), &practice.id, &step.id);
            answer.filter(|value| !value.is_empty())
        };
        let (before, after) = (at(week.minus_weeks(1)), at(week)?);
        (before != Some(after)).then_some(WeekChange {
            practice,
            step,
            before,
            after,
        })
    })
}

/// The text of the standing answer that provides `what`.
pub fn standing_answer<'a>(
    journal: &'a Journal,
    catalog: &Catalog,
    what: Provides,
) -> Option<&'a str> {
    let (practice, step) = catalog.provider(what)?;
    journal
        .answer(Period::Standing, &practice.id, &step.id)?
        .as_text()
        .filter(|text| !text.trim().is_empty())
}

/// The heading of a practice: its title, then the standing answer it recalls.
pub fn practice_heading(journal: &Journal, catalog: &Catalog, practice: &Practice) -> String {
    match practice
        .recalls
        .and_then(|what| standing_answer(journal, catalog, what))
    {
        Some(words) => format!("{}: {}", practice.title, words.trim()),
        None => practice.title.clone(),
    }
}

fn has_activity(journal: &Journal, register: &str, cadence: Cadence, week: Week) -> bool {
    let days = match cadence {
        Cadence::Weekly => week.monday()..=week.sunday(),
        Cadence::Monthly => {
            let month = Month::of(week.thursday());
            month.first_week().monday()..=month.last_week().sunday()
        }
        Cadence::Standing => NaiveDate::MIN..=NaiveDate::MAX,
    };
    journal.has_item_written_on(register, days)
}

/// The state of an item in the box of a month.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum BoxState {
    Solved,
    UnderWay,
}

/// The state in the box of `month` of an item with these days, first written at `first`; `None` if
/// it does not belong there.
fn box_state(
    register: &Register,
    days: &ItemDates,
    first: Timestamp,
    month: Month,
    today: NaiveDate,
) -> Option<BoxState> {
    let monthly = register.monthly.as_deref();
    let day_of = |stage: &str| days.day(stage).filter(|day| *day <= today);
    if let Some(day) = monthly.and_then(day_of) {
        return month.contains(day).then_some(BoxState::Solved);
    }
    let reached = || {
        register
            .stages
            .iter()
            .filter_map(|stage| Some((stage, day_of(&stage.id)?)))
    };
    let closed = reached().next_back().is_some_and(|(stage, _)| stage.closes);
    let spotted = reached().next().map_or(first.date_naive(), |(_, day)| day);
    let has_begun = spotted <= today && Month::of(spotted) <= month;
    let belongs = !closed && has_begun && month <= Month::of(today);
    belongs.then_some(BoxState::UnderWay)
}

/// Whether a box of a month that has begun contains one of the items that have days in the same
/// fields, but not in the monthly stage: if any, the one spotted first. Agrees with [`box_state`].
fn is_under_way(register: &Register, counts: &DateCounts, month: Month) -> bool {
    let reached = || {
        register
            .stages
            .iter()
            .filter(|stage| counts.has_field(&stage.id))
    };
    let spotted = match reached().next() {
        Some(stage) => counts.earliest(&stage.id),
        None => counts.earliest_written(),
    };
    let closed = reached().next_back().is_some_and(|stage| stage.closes);
    !closed && spotted.is_some_and(|day| Month::of(day) <= month)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::Body;
    use crate::journal::samples::entry_on;
    use crate::practice::builtin;

    /// The last week of December 2026 ends in January.
    #[test]
    fn a_list_that_is_asked_for_each_month_goes_by_the_month_of_its_thursday() {
        let catalog = builtin();
        let mut practice = catalog.practice("systems").expect("it is built in").clone();
        practice.cadence = Cadence::Monthly;
        let item = Body::Item(Item::of_texts("systems", [("title", "A checklist")]));
        let journal = Journal::fold([entry_on("a", "2026-12-02", item)]);
        let shown = |week: &str| progress(&journal, &practice, week.parse().expect("a week"));
        assert_ne!(shown("2026-W53"), Progress::NotStarted);
        assert_eq!(shown("2027-W01"), Progress::NotStarted);
        assert_eq!(shown("2026-W48"), Progress::NotStarted);
    }
}
