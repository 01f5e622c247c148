//! What an entry says, part by part, as people read it: what is searched, and shown.

use std::borrow::Cow;

use crate::journal::{Answer, Body, Commitment, Entry, Item, Unsettled, Value};
use crate::practice::{Catalog, FieldKind, ORIGIN_KEY, Step, TITLE};

/// One part of what an entry says.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Passage<'a> {
    /// The label of its field; may be empty.
    pub label: Cow<'a, str>,
    /// The text, choices by their labels.
    pub text: Cow<'a, str>,
}

/// What an entry says, its title first; then the other texts of its unsettled fields. The days of
/// stages are not included.
pub fn passages<'a>(
    entry: &'a Entry,
    unsettled: &'a [Unsettled],
    catalog: &'a Catalog,
) -> Vec<Passage<'a>> {
    let mut passages = Vec::new();
    each_passage(entry, unsettled, catalog, |label, text| {
        passages.push(Passage {
            label: label(),
            text,
        });
    });
    passages
}

/// The text of the first passage, its title; `None` if the entry says nothing.
pub fn first_passage<'a>(entry: &'a Entry, catalog: &'a Catalog) -> Option<Cow<'a, str>> {
    match &entry.body {
        Body::Deleted | Body::Forgotten | Body::Newer | Body::Choice(_) => None,
        Body::Answer(answer) => Some(answer_text(answer, catalog)),
        Body::Commitment(commitment) => Some((&*commitment.better).into()),
        Body::Item(item) => Some(item.title().into()),
    }
}

/// Hands out the passages of an entry, each with what makes its label.
pub(super) fn each_passage<'a>(
    entry: &'a Entry,
    unsettled: &'a [Unsettled],
    catalog: &'a Catalog,
    mut take: impl FnMut(&dyn Fn() -> Cow<'a, str>, Cow<'a, str>),
) {
    let mut is_first = true;
    let mut passage = |label: &dyn Fn() -> Cow<'a, str>, text: Cow<'a, str>| {
        if std::mem::take(&mut is_first) || !text.trim().is_empty() {
            take(label, text);
        }
    };
    match &entry.body {
        Body::Deleted | Body::Forgotten | Body::Newer | Body::Choice(_) => {}
        Body::Answer(answer) => self::answer(answer, catalog, &mut passage),
        Body::Commitment(commitment) => self::commitment(commitment, &mut passage),
        Body::Item(item) => self::item(item, catalog, &mut passage),
    }
    let fields = unsettled.iter();
    for text in fields
        .flat_map(|field| field.texts.iter().skip(1))
        .flatten()
    {
        passage(&|| "Also".into(), text.text().into());
    }
}

/// Takes what makes a label, and a text.
type Take<'t, 'a> = &'t mut dyn FnMut(&dyn Fn() -> Cow<'a, str>, Cow<'a, str>);

fn answer<'a>(answer: &'a Answer, catalog: &'a Catalog, passage: Take<'_, 'a>) {
    let label = || {
        let practice = catalog.practice(&answer.practice);
        let step = practice.and_then(|practice| practice.step(&answer.step));
        match (practice, step) {
            (Some(practice), Some(step)) => format!("{} · {}", practice.name, step.label).into(),
            _ => format!("{} · {}", answer.practice, answer.step).into(),
        }
    };
    passage(&label, answer_text(answer, catalog));
}

fn answer_text<'a>(answer: &'a Answer, catalog: &'a Catalog) -> Cow<'a, str> {
    let step = catalog.step(&answer.practice, &answer.step);
    text(&answer.value, step.and_then(Step::answer_kind))
}

fn commitment<'a>(commitment: &'a Commitment, passage: Take<'_, 'a>) {
    passage(&|| "Better".into(), (&*commitment.better).into());
    passage(&|| "Area".into(), (&*commitment.area).into());
    if let Some(closing) = &commitment.closing {
        passage(&|| "Evidence".into(), (&*closing.evidence).into());
    }
    for moved in commitment.moves.iter().rev() {
        passage(&|| "Why it was moved".into(), (&*moved.why).into());
    }
}

fn item<'a>(item: &'a Item, catalog: &'a Catalog, passage: Take<'_, 'a>) {
    let register = catalog.register(&item.register);
    passage(&|| "".into(), item.title().into());
    let place = |id: &str| register?.fields.iter().position(|field| field.id == id);
    let has_no_text =
        |id: &str| register.is_some_and(|it| id == ORIGIN_KEY || it.stage(id).is_some());
    let mut values: Vec<_> = item
        .values
        .iter()
        .filter(|(id, _)| *id != TITLE)
        .map(|(id, value)| (place(id), id, value))
        .filter(|(place, id, _)| place.is_some() || !has_no_text(id))
        .collect();
    // What an older or newer practice file asked for comes last.
    values.sort_by_key(|(place, ..)| place.unwrap_or(usize::MAX));
    for (place, id, value) in values {
        let field = register.zip(place).map(|(it, place)| &it.fields[place]);
        let label = || field.map_or(id.as_str(), |field| &field.label).into();
        passage(&label, text(value, field.map(|field| &field.kind)));
    }
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
