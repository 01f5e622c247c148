//! One entry as a page beside a list: what it is, its life from first to last, its texts, and what
//! came of it.
//!
//! Made for the chosen row only, so that a long list costs no more than a short one.

use chrono::NaiveDate;

use super::Scene;
use super::item_text::{entry_notes, find_item, full_state, place_text};
use crate::calendar;
use crate::insight::improvement;
use crate::journal::rules::{evidence_with_notes, next_stage};
use crate::journal::{Commitment, CommitmentOutcome, Id, Item, OffDays};
use crate::practice::{Field, Register};
use crate::report;
use crate::text::counted_noun;

#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct EntryPage {
    /// What it is: "problem", "commitment · inbox", the practice of an answer.
    pub kind: String,
    /// The state it is in, in words.
    pub state: String,
    /// Its title, or the text of an answer.
    pub words: String,
    /// What got better, in numbers.
    pub improved: Option<String>,
    /// The days of its life, first to last.
    pub life: Vec<LifeStep>,
    /// Its other texts, each under its label.
    pub texts: Vec<(String, String)>,
    /// What it came from and what came of it, one line each.
    pub notes: Vec<String>,
}

#[derive(Clone, Debug, Eq, PartialEq)]
pub struct LifeStep {
    pub sign: LifeSign,
    pub day: Option<NaiveDate>,
    /// What it was on that day: "made", "moved to Fri 20 Nov", "solved".
    pub event: String,
    /// What the user wrote about it.
    pub words: String,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum LifeSign {
    Made,
    Moved,
    Due,
    /// Today, and whether an answer is wanted.
    Today(bool),
    Ended(CommitmentOutcome),
    /// A stage that was reached, or the next one.
    Reached,
    Next,
}

impl EntryPage {
    /// The page of an entry, or `None` if there is nothing to show.
    pub fn of(id: &Id, scene: Scene<'_>) -> Option<Self> {
        if let Some(commitment) = scene.journal.commitment(id) {
            return Some(of_commitment(id, commitment, scene));
        }
        if let Some((register, item)) = find_item(id, scene) {
            return Some(of_item(register, id, &item, scene));
        }
        of_answer(id, scene)
    }
}

fn step(sign: LifeSign, day: NaiveDate, event: impl Into<String>) -> LifeStep {
    LifeStep {
        sign,
        day: Some(day),
        event: event.into(),
        words: String::new(),
    }
}

fn of_commitment(id: &Id, commitment: &Commitment, scene: Scene<'_>) -> EntryPage {
    let today = scene.now.today();
    let off = scene.off_days();
    let origin = commitment.origin.as_ref();
    let origin = origin.and_then(|origin| place_text(origin, scene));
    let noted = evidence_with_notes(id, "", scene.basis());
    EntryPage {
        kind: match commitment.area.as_str() {
            "" => "commitment".to_owned(),
            area => format!("commitment · {area}"),
        },
        state: match &commitment.closing {
            Some(closing) => closing.how.name().to_owned(),
            None => "open".to_owned(),
        },
        words: commitment.better.clone(),
        life: commitment_life(commitment, &off, today),
        notes: origin
            .map(|place| format!("from {place}"))
            .into_iter()
            .chain(report::due_history(commitment, &off, today))
            .chain(noted.map(|noted| format!("noted: {noted}")))
            .collect(),
        ..EntryPage::default()
    }
}

/// The days of a commitment in their order; while it is open, with today among them.
fn commitment_life(commitment: &Commitment, off: &OffDays, today: NaiveDate) -> Vec<LifeStep> {
    let due = step(LifeSign::Due, off.due_day(commitment), "due");
    let mut life = vec![step(LifeSign::Made, commitment.made, "made")];
    life.extend(commitment.moves.iter().map(|moved| {
        let to = calendar::short_date(moved.to, today);
        let event = if moved.is_later() {
            format!("moved to {to}")
        } else {
            format!("moved earlier, to {to}")
        };
        LifeStep {
            words: moved.why.clone(),
            ..step(LifeSign::Moved, moved.on, event)
        }
    }));
    match &commitment.closing {
        Some(closing) => {
            let ended = step(LifeSign::Ended(closing.how), closing.on, closing.how.name());
            if due.day != Some(closing.on) {
                life.push(due);
            }
            life.push(LifeStep {
                words: closing.evidence.clone(),
                ..ended
            });
        }
        None => {
            let over = off.days_over(commitment, today);
            let event = match over {
                Some(over) if over > 0 => format!("today, {} over", counted_noun(over, "day")),
                _ => "today".to_owned(),
            };
            let now = step(LifeSign::Today(over.is_some()), today, event);
            life.extend([due, now]);
        }
    }
    // Stable: what happened on the same day stays in this order.
    life.sort_by_key(|step| step.day);
    life
}

fn of_item(register: &Register, id: &Id, item: &Item, scene: Scene<'_>) -> EntryPage {
    let reached = register.stages.iter().filter_map(|stage| {
        let day = item.day(&stage.id)?;
        let fields = register.fields.iter();
        let of_stage = fields.filter(|field| field.stage.as_ref() == Some(&stage.id));
        let words: Vec<String> = of_stage
            .filter_map(|field| field_text(field, item, scene))
            .collect();
        Some(LifeStep {
            words: words.join(" · "),
            ..step(LifeSign::Reached, day, &stage.name)
        })
    });
    let next = next_stage(register, item).map(|stage| LifeStep {
        sign: LifeSign::Next,
        day: None,
        event: format!("next: {}", stage.name),
        words: String::new(),
    });
    let improved = improvement(register, item);
    let numbers = register.improves.as_ref().filter(|_| improved.is_some());
    let is_number = |field: &Field| {
        numbers.is_some_and(|fields| {
            [&fields.before, &fields.after, &fields.unit].contains(&&field.id)
        })
    };
    let other = register.fields.iter().skip(1);
    let other = other.filter(|field| field.stage.is_none() && !is_number(field));
    EntryPage {
        kind: register.singular.clone(),
        state: full_state(register, id, item, scene),
        words: item.title().to_owned(),
        improved: improved.map(|improved| improved.describe()),
        life: reached.chain(next).collect(),
        texts: other
            .filter_map(|field| Some((field.label.clone(), field_text(field, item, scene)?)))
            .collect(),
        notes: note_texts(id, scene),
    }
}

fn of_answer(id: &Id, scene: Scene<'_>) -> Option<EntryPage> {
    let answer = scene.journal.current(id)?.body.as_answer()?;
    let practice = scene.catalog.practice(&answer.practice)?;
    let step = practice.step(&answer.step)?;
    Some(EntryPage {
        kind: format!("{} · {}", practice.name, step.label),
        words: answer.value.labels(step.answer_kind()?).join("\n"),
        notes: note_texts(id, scene),
        ..EntryPage::default()
    })
}

/// What it came from and what came of it.
fn note_texts(id: &Id, scene: Scene<'_>) -> Vec<String> {
    let notes = entry_notes(id, scene).into_iter();
    notes.map(|note| note.text).collect()
}

/// The text of a field, or `None` if it is empty.
fn field_text(field: &Field, item: &Item, scene: Scene<'_>) -> Option<String> {
    let value = item.values.get(&field.id)?;
    if let Some(day) = item.day_in(field) {
        return Some(calendar::short_date(day, scene.now.today()));
    }
    let text = value.labels(&field.kind).join("\n");
    (!text.trim().is_empty()).then_some(text)
}
