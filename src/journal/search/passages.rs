//! What an entry says, part by part, as somebody reads it: what is looked through, and shown.

use std::borrow::Cow;

use crate::journal::{Answer, Body, Commitment, Entry, Item, Unsettled, Value};
use crate::practice::{Ask, Catalog, ORIGIN_KEY, FieldKind};

/// One part of what an entry says.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Passage<'a> {
    /// What it is called, as the label of a field; may be empty.
    pub label: Cow<'a, str>,
    /// The words, choices by their labels.
    pub text: Cow<'a, str>,
}

/// What an entry says, what it is known by first; then what else was said of its unsettled fields.
/// The days of stages are not among it.
#[must_use]
pub fn passages<'a>(
    entry: &'a Entry,
    unsettled: &'a [Unsettled],
    catalog: &'a Catalog,
) -> Vec<Passage<'a>> {
    let mut passages = match &entry.body {
        Body::Deleted | Body::Forgotten | Body::Newer | Body::Choice(_) => Vec::new(),
        Body::Answer(answer) => vec![self::answer(answer, catalog)],
        Body::Commitment(commitment) => self::commitment(commitment),
        Body::Item(item) => self::item(item, catalog),
    };
    let others = unsettled
        .iter()
        .flat_map(|field| field.texts.iter().skip(1));
    let others = others.flatten().map(|text| passage("Also", text.text()));
    passages.extend(others);
    let first = |at: usize, text: &str| at == 0 || !text.trim().is_empty();
    let passages = passages.into_iter().enumerate();
    passages
        .filter(|(at, passage)| first(*at, &passage.text))
        .map(|(_, passage)| passage)
        .collect()
}

fn passage<'a>(label: impl Into<Cow<'a, str>>, text: impl Into<Cow<'a, str>>) -> Passage<'a> {
    Passage {
        label: label.into(),
        text: text.into(),
    }
}

fn answer<'a>(answer: &'a Answer, catalog: &'a Catalog) -> Passage<'a> {
    let practice = catalog.practice(&answer.practice);
    let step = practice.and_then(|practice| practice.step(&answer.step));
    let kind = step.and_then(|step| match &step.ask {
        Ask::Answer(kind) => Some(kind),
        Ask::Register(_) => None,
    });
    let label = match (practice, step) {
        (Some(practice), Some(step)) => format!("{} · {}", practice.name, step.label),
        _ => format!("{} · {}", answer.practice, answer.step),
    };
    passage(label, text(&answer.value, kind))
}

fn commitment(commitment: &Commitment) -> Vec<Passage<'_>> {
    let mut passages = vec![
        passage("Better", &*commitment.better),
        passage("Area", &*commitment.area),
    ];
    if let Some(closing) = &commitment.closing {
        passages.push(passage("Evidence", &*closing.evidence));
    }
    let moves = commitment.moves.iter().rev();
    passages.extend(moves.map(|moved| passage("Why it was moved", &*moved.why)));
    passages
}

fn item<'a>(item: &'a Item, catalog: &'a Catalog) -> Vec<Passage<'a>> {
    let Some(register) = catalog.register(&item.register) else {
        let mut passages = vec![passage("", item.title())];
        let others = item.values.iter().filter(|(id, _)| *id != "title");
        passages.extend(others.map(|(id, value)| passage(&**id, text(value, None))));
        return passages;
    };
    let mut passages = vec![passage("", item.title())];
    for field in register.fields.iter().filter(|field| field.id != "title") {
        if let Some(value) = item.values.get(&field.id) {
            passages.push(passage(&*field.label, text(value, Some(&field.kind))));
        }
    }
    // What an older or newer practice file asked for.
    let unknown = item.values.iter().filter(|(id, _)| {
        *id != ORIGIN_KEY && register.field(id).is_none() && register.stage(id).is_none()
    });
    passages.extend(unknown.map(|(id, value)| passage(&**id, text(value, None))));
    passages
}

fn text<'a>(value: &'a Value, kind: Option<&'a FieldKind>) -> Cow<'a, str> {
    let label = |stored: &'a str| kind.map_or(stored, |kind| kind.label(stored));
    match value {
        Value::Text(text) => label(text).into(),
        Value::List(list) => match list.as_slice() {
            [] => "".into(),
            [one] => label(one).into(),
            more => {
                let labels: Vec<&str> = more.iter().map(|one| label(one)).collect();
                labels.join(", ").into()
            }
        },
        Value::Log(lines) => {
            let lines: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
            lines.join("\n").into()
        }
    }
}
