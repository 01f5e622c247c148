//! Items and their stages, as several screens speak of them.

use super::Scene;
use crate::app::keys::{self, Action, Context};
use crate::app::route::{Route, Then};
use crate::calendar;
use crate::journal::{Body, Change, Id, Item, Period, Suggestion, Value, stage_of, waiting};
use crate::practice::{FROM, FieldKind, Register, Stage};

/// A new item with its title, in the stages it starts with.
pub(super) fn fresh(register: &Register, title: &str, scene: Scene<'_>) -> Item {
    let mut item = Item::new(&register.id);
    item.set("title", Value::Text(title.to_owned()));
    for stage in register.stages.iter().filter(|stage| stage.starts) {
        item.reach(&stage.id, scene.now.today());
    }
    item
}

/// Whether the items of a register can be told to others.
pub(super) fn is_told(register: &Register, scene: Scene<'_>) -> bool {
    let private = scene.catalog.practices().iter().any(|practice| {
        let registers = &mut practice.registers.iter();
        practice.private && registers.any(|other| other.id == register.id)
    });
    register.is_told() && !private
}

/// The stage an item is in and since when, in words.
pub(super) fn state(register: &Register, item: &Item, scene: Scene<'_>) -> String {
    if let (Some(days), Some(stage)) = (
        waiting(register, item, scene.now.today()),
        stage_of(register, item),
    ) {
        return match days {
            0 => format!("{} today", stage.name),
            days => format!("{} {}", stage.name, days_in_words(days)),
        };
    }
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

/// "untouched for 7 weeks", for an item that says so.
pub(super) fn untouched(
    register: &Register,
    id: &Id,
    item: &Item,
    scene: Scene<'_>,
) -> Option<String> {
    let today = scene.now.today();
    let weeks = scene.journal.untouched(register, id, item, today)?;
    let plural = if weeks == 1 { "" } else { "s" };
    Some(format!("untouched for {weeks} week{plural}"))
}

/// The state of an item, and that nobody touched it for long.
pub(super) fn full_state(register: &Register, id: &Id, item: &Item, scene: Scene<'_>) -> String {
    let state = state(register, item, scene);
    match untouched(register, id, item, scene) {
        Some(untouched) => format!("{state} · {untouched}"),
        None => state,
    }
}

fn days_in_words(days: i64) -> String {
    if days == 1 {
        "1 day".to_owned()
    } else {
        format!("{days} days")
    }
}

/// The last stage of an item that can be let go: where the last two stages both end it, the last
/// one ends it without what the other asks for.
pub(super) fn letting_go<'a>(register: &'a Register, item: &Item) -> Option<&'a Stage> {
    if stage_of(register, item).is_some_and(|stage| stage.closes) {
        return None;
    }
    match register.stages.as_slice() {
        [.., other, last] if other.closes && last.closes => Some(last),
        _ => None,
    }
}

/// The change that lets an item go today, and what to say about it.
pub(super) fn let_go(register: &str, id: &Id, scene: Scene<'_>) -> Option<(Change, String)> {
    let register = scene.catalog.register(register)?;
    let mut item = scene.journal.item_or_preset(register, id)?;
    let last = letting_go(register, &item)?;
    item.reach(&last.id, scene.now.today());
    let change = Change::of(id.clone(), Body::Item(item));
    Some((change, format!("Now {}. {}", last.name, take_back())))
}

/// The register an item can turn into; none where it has turned into one already.
pub(super) fn turning_into<'a>(
    register: &Register,
    id: &Id,
    scene: Scene<'a>,
) -> Option<&'a Register> {
    let becomes = register.becomes.as_ref()?;
    let target = scene.catalog.register(&becomes.register)?;
    let done = !scene.journal.items_from(&target.id, id).is_empty();
    (!done).then_some(target)
}

/// The new item that an item turns into, and what to say about it.
pub(super) fn turned_into(id: &Id, scene: Scene<'_>) -> Option<(Change, String)> {
    turned_into_from(id, None, scene)
}

/// The same, of an item as it is about to be saved.
pub(super) fn turned_into_from(
    id: &Id,
    unsaved: Option<&Item>,
    scene: Scene<'_>,
) -> Option<(Change, String)> {
    let (register, saved) = item(id, scene)?;
    let item = unsaved.unwrap_or(&saved);
    let target = turning_into(register, id, scene)?;
    let words = match item.text(&register.becomes.as_ref()?.field).trim() {
        "" => item.title(),
        words => words,
    };
    let mut new = fresh(target, words.lines().next().unwrap_or(""), scene);
    new.set(FROM, Value::Text(id.to_string()));
    let told = format!("It is a {} now too. {}", target.singular, take_back());
    let change = Change::new(Body::Item(new));
    Some((change, told))
}

/// The new item that a suggestion becomes, and what to say about it. Its title is the first line;
/// where there is more to it, the first field for words of any length takes all of them.
pub(super) fn taken_up(suggestion: &Suggestion, scene: Scene<'_>) -> Option<(Change, String)> {
    let (register, _) = scene.catalog.monthly()?;
    let words = suggestion.words.as_str();
    let title = words.lines().next().unwrap_or("").trim();
    let mut new = fresh(register, title, scene);
    let mut prose = register
        .fields
        .iter()
        .filter(|field| field.kind == FieldKind::Prose);
    if let (Some(field), true) = (prose.next(), title != words) {
        new.set(&field.id, Value::Text(words.to_owned()));
    }
    new.set(FROM, Value::Text(suggestion.id.to_string()));
    let told = format!("It is a {} now. {}", register.singular, take_back());
    let change = Change::new(Body::Item(new));
    Some((change, told))
}

/// The other end of the link: the item or answer that this one came from, or else the item that it
/// turned into.
pub(super) fn linked(id: &Id, scene: Scene<'_>) -> Option<Id> {
    let (register, item) = item(id, scene)?;
    let from = item.text(FROM);
    if !from.is_empty() {
        let origin = Id::new(from);
        return place(&origin, scene).map(|_| origin);
    }
    let target = &register.becomes.as_ref()?.register;
    let found = scene.journal.items_from(target, id);
    Some(found.first()?.0.id.clone())
}

/// The link of an item in words: "from hero moment “…”", "→ system “…”".
pub(super) fn link_in_words(id: &Id, scene: Scene<'_>) -> Option<String> {
    let (_, item) = item(id, scene)?;
    let place = place_in_words(&linked(id, scene)?, scene)?;
    let lead = if item.text(FROM).is_empty() {
        "→"
    } else {
        "from"
    };
    Some(format!("{lead} {place}"))
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
    let change = Change::of(id.clone(), Body::Item(item));
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
    let change = Change::of(id.clone(), Body::Item(item));
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

/// To where an entry stands: an item, or the field of an answer.
pub(super) fn place(id: &Id, scene: Scene<'_>) -> Option<Then> {
    if let Some(entry) = scene.journal.current(id)
        && let Body::Answer(answer) = &entry.body
    {
        let week = match answer.period {
            Period::Week(week) => week,
            Period::Month(month) => month.last_week(),
            Period::Standing => return None,
        };
        let step = scene
            .catalog
            .practice(&answer.practice)?
            .step(&answer.step)?;
        let page = Route::Page {
            practice: answer.practice.clone(),
            week,
            page: step.page,
        };
        return Some(Then::OpenAt(page, step.id.clone()));
    }
    let (register, _) = item(id, scene)?;
    Some(Then::Open(Route::Item {
        register: register.id.clone(),
        id: Some(id.clone()),
    }))
}

/// Since when an answer that is asked for once says what it says, and what it said before.
pub(super) fn stays(id: &Id, scene: Scene<'_>) -> Vec<String> {
    /// As many as anybody looks at here; every version is a key away.
    const MOST: usize = 3;
    let in_full = |day: chrono::NaiveDate| day.format("%-d %b %Y").to_string();
    let stays = scene.journal.stays(id).into_iter();
    let lines = stays.map(|stay| {
        let from = in_full(stay.from);
        match stay.until {
            None => format!("since {from}"),
            Some(until) => format!("before: {}, {from} to {}", stay.words, in_full(until)),
        }
    });
    lines.take(MOST).collect()
}

/// What became of an entry: the item it is linked to, and a line for each commitment.
pub(super) fn became(id: &Id, scene: Scene<'_>) -> Vec<String> {
    let today = scene.now.today();
    let link = link_in_words(id, scene);
    let items = made_of_answer(id, scene).into_iter();
    let commitments = scene
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
        });
    link.into_iter().chain(items).chain(commitments).collect()
}

/// The items that came from an answer, a line each: "→ problem “…” · spotted 24 Nov".
fn made_of_answer(id: &Id, scene: Scene<'_>) -> Vec<String> {
    let entry = scene.journal.current(id).map(|entry| &entry.body);
    let Some(Body::Answer(_)) = entry else {
        return Vec::new();
    };
    let mut lines = Vec::new();
    for register in scene.catalog.registers() {
        for (_, item) in scene.journal.items_from(&register.id, id) {
            let state = state(register, item, scene);
            lines.push(format!(
                "→ {} “{}” · {state}",
                register.singular,
                item.title()
            ));
        }
    }
    lines
}
