//! Items, stages and links in words, for several screens.

use chrono::NaiveDate;

use super::Scene;
use crate::app::form::FieldNote;
use crate::app::route::{Navigation, Route};
use crate::calendar;
use crate::insight::{self, days_waiting};
use crate::journal::{Answer, Commitment, Id, Item, OffDays, Period, rules, stage_of};
use crate::practice::{ORIGIN_KEY, Register};
use crate::report;
use crate::text::counted_noun;

pub(super) fn has_preview(register: &Register, scene: Scene<'_>) -> bool {
    let private = scene.catalog.practices().iter().any(|practice| {
        let registers = &mut practice.registers.iter();
        practice.private && registers.any(|other| other.id == register.id)
    });
    register.has_public_fields() && !private
}

/// What something new is to stand for on the ladder, in words; `None` if it is not there any more.
pub(super) fn expectation_text(id: &str, scene: Scene<'_>) -> Option<String> {
    let expectation = scene.ladder()?.expectation(id)?;
    Some(format!("Expected: {}", expectation.text))
}

/// The stage an item is in and since when, in words.
pub(super) fn state(register: &Register, item: &Item, scene: Scene<'_>) -> String {
    let today = scene.now.today();
    if let Some(fields) = &register.off
        && let Some(first) = item.day(&fields.from)
    {
        let last = item.day(&fields.to).unwrap_or(first);
        return report::day_range(first, last, today);
    }
    let Some(stage) = stage_of(register, item) else {
        return register.unstaged.clone();
    };
    let since = match (days_waiting(register, item, today), item.day(&stage.id)) {
        (Some(0), _) => "today".to_owned(),
        (Some(days), _) => counted(days, "day"),
        (None, Some(day)) => {
            let day = calendar::short_date(day, today);
            day.split_once(' ')
                .map_or(day.clone(), |(_, date)| date.to_owned())
        }
        (None, None) => return stage.name.clone(),
    };
    format!("{} {since}", stage.name)
}

/// "untouched for 7 weeks", for an item that says so.
pub(super) fn untouched(
    register: &Register,
    id: &Id,
    item: &Item,
    scene: Scene<'_>,
) -> Option<String> {
    let today = scene.now.today();
    let weeks = insight::weeks_untouched(scene.journal, register, id, item, today)?;
    Some(format!("untouched for {}", counted(weeks, "week")))
}

/// The state of an item, and how long it was untouched.
pub(super) fn full_state(register: &Register, id: &Id, item: &Item, scene: Scene<'_>) -> String {
    let state = state(register, item, scene);
    match untouched(register, id, item, scene) {
        Some(untouched) => format!("{state} · {untouched}"),
        None => state,
    }
}

fn counted(number: i64, noun: &str) -> String {
    counted_noun(usize::try_from(number).unwrap_or_default(), noun)
}

/// The other end of the link, if it can be opened: the item or answer that this one came from, or
/// else the item that it became.
pub(super) fn linked(id: &Id, scene: Scene<'_>) -> Option<Id> {
    rules::linked_entry(id, scene.basis()).filter(|other| entry_screen(other, scene).is_some())
}

/// The link of an item in words: "from hero moment “…”", "→ system “…”".
pub(super) fn link_text(id: &Id, scene: Scene<'_>) -> Option<String> {
    let (_, item) = find_item(id, scene)?;
    let place = place_text(&linked(id, scene)?, scene)?;
    let lead = if item.text(ORIGIN_KEY).is_empty() {
        "→"
    } else {
        "from"
    };
    Some(format!("{lead} {place}"))
}

pub(super) fn find_item<'a>(id: &Id, scene: Scene<'a>) -> Option<(&'a Register, Item)> {
    rules::item_or_preset(id, scene.basis())
}

fn answer<'a>(id: &Id, scene: Scene<'a>) -> Option<&'a Answer> {
    scene.journal.current(id)?.body.as_answer()
}

/// Where an entry is, in words: "Audit · Influence, week 48", "problem “…”".
pub(super) fn place_text(id: &Id, scene: Scene<'_>) -> Option<String> {
    if let Some(answer) = answer(id, scene) {
        let practice = scene.catalog.practice(&answer.practice)?;
        let step = practice.step(&answer.step)?;
        let place = format!("{} · {}", practice.name, step.label);
        return Some(match answer.period {
            Period::Week(week) => format!("{place}, week {}", week.number()),
            Period::Month(_) | Period::Standing => place,
        });
    }
    let (register, item) = find_item(id, scene)?;
    Some(format!("{} “{}”", register.singular, item.title()))
}

/// The screen that shows an entry: the check-in of a commitment, the field of an answer, or an item.
pub(super) fn entry_screen(id: &Id, scene: Scene<'_>) -> Option<Navigation> {
    if scene.journal.commitment(id).is_some() {
        return Some(Navigation::Open(Route::CheckIn(id.clone())));
    }
    if let Some(answer) = answer(id, scene) {
        let week = match answer.period {
            Period::Week(week) => week,
            Period::Month(month) => month.last_week(),
            Period::Standing => scene.now.week(),
        };
        let step = scene
            .catalog
            .practice(&answer.practice)?
            .step(&answer.step)?;
        let page = Route::page(&answer.practice, week, step.page);
        return Some(Navigation::OpenAt(page, step.id.clone()));
    }
    let (register, _) = find_item(id, scene)?;
    Some(Navigation::Open(Route::item(&register.id, id)))
}

/// Since when a standing answer is valid, and what it was before.
pub(super) fn answer_periods(id: &Id, scene: Scene<'_>) -> impl Iterator<Item = FieldNote> {
    /// More are not needed here: the history shows every version.
    const MOST: usize = 3;
    let answers = scene.journal.past_answers(id);
    let lines = answers.into_iter().map(|answer| {
        let from = calendar::medium_date(answer.from);
        let said = match answer.until.map(calendar::medium_date) {
            None => format!("since {from}"),
            Some(until) => format!("before: {}, {from} to {until}", answer.text),
        };
        said.into()
    });
    lines.take(MOST)
}

/// What came of an entry: the item it is linked to, the items from an answer, and one line per
/// commitment.
pub(super) fn entry_notes(id: &Id, scene: Scene<'_>) -> Vec<FieldNote> {
    let today = scene.now.today();
    let link = link_text(id, scene).map(|text| FieldNote {
        text,
        opens: linked(id, scene),
    });
    let items = items_from_answer(id, scene).into_iter();
    let off = scene.off_days();
    let commitments = scene
        .journal
        .commitments_from(id)
        .into_iter()
        .map(|(entry, commitment)| {
            let state = commitment_state(commitment, &off, today);
            FieldNote {
                text: format!("→ {} · {state}", commitment.better),
                opens: Some(entry.id.clone()),
            }
        });
    link.into_iter().chain(items).chain(commitments).collect()
}

/// "kept Fri 6 Nov", "due Fri 4 Dec".
pub(super) fn commitment_state(commitment: &Commitment, off: &OffDays, today: NaiveDate) -> String {
    let (state, day) = match &commitment.closing {
        Some(closing) => (closing.how.name(), closing.on),
        None => ("due", off.due_day(commitment)),
    };
    format!("{state} {}", calendar::short_date(day, today))
}

/// The items that came from an answer, one line each: "→ problem “…” · spotted 24 Nov".
fn items_from_answer(id: &Id, scene: Scene<'_>) -> Vec<FieldNote> {
    let mut lines = Vec::new();
    if answer(id, scene).is_none() {
        return lines;
    }
    for register in scene.catalog.registers() {
        for (entry, item) in scene.journal.items_from(&register.id, id) {
            let state = state(register, item, scene);
            lines.push(FieldNote {
                text: format!("→ {} “{}” · {state}", register.singular, item.title()),
                opens: Some(entry.id.clone()),
            });
        }
    }
    lines
}
