//! `--set field=value`: a field by its id or label, a value as its kind takes it.

use super::context::CommandContext;
use super::failures::usage;
use crate::failure::Failure;
use crate::journal::{Item, Value};
use crate::practice::{Choice, Field, FieldKind, Options, Register, Stage};
use crate::report::same_name;
use crate::text::{quoted, with_article};

/// One `field=value` of the command line.
#[derive(Clone, Debug)]
pub(super) struct Assignment {
    pub(super) field: String,
    /// Empty to clear the field.
    pub(super) value: String,
}

/// Replaces each value of `-` by the text from standard input.
pub(super) fn read_input_values(
    assignments: Vec<Assignment>,
    context: &mut CommandContext<'_>,
) -> Result<Vec<Assignment>, Failure> {
    assignments
        .into_iter()
        .map(|it| {
            let value = context.text_or_input(it.value)?;
            Ok(Assignment { value, ..it })
        })
        .collect()
}

/// Reads `field=value`.
pub(super) fn parse_assignment(text: &str) -> Result<Assignment, String> {
    let (field, value) = text
        .split_once('=')
        .ok_or("it takes field=value, as in measure=\"4 days → 1 hour\"")?;
    Ok(Assignment {
        field: field.trim().to_owned(),
        value: value.to_owned(),
    })
}

/// Refuses a second value of a field, which would replace the first; only a dated list takes several.
pub(super) fn refuse_repeated(
    assignments: &[Assignment],
    register: Option<&Register>,
) -> Result<(), Failure> {
    for (at, Assignment { field: name, .. }) in assignments.iter().enumerate() {
        let field = register.and_then(|register| named_field(name, register));
        let stage = register.and_then(|register| named_stage(name, register));
        let is_same = |other: &Assignment| match (register, field, stage) {
            (Some(register), _, Some(stage)) => {
                named_stage(&other.field, register).is_some_and(|other| other.id == stage.id)
            }
            (Some(register), Some(field), None) => {
                let is_it = |other: &Field| other.id == field.id && other.kind != FieldKind::Log;
                named_field(&other.field, register).is_some_and(is_it)
            }
            _ => same_name(name, &other.field),
        };
        if assignments[..at].iter().any(is_same) {
            return Err(usage(format!("“{}” is given twice", quoted(name)))
                .hint("nothing was saved; give it once, with all its text"));
        }
    }
    Ok(())
}

fn named_stage<'a>(name: &str, register: &'a Register) -> Option<&'a Stage> {
    let mut stages = register.stages.iter();
    stages.find(|stage| same_name(&stage.id, name) || same_name(&stage.name, name))
}

fn named_field<'a>(name: &str, register: &'a Register) -> Option<&'a Field> {
    let mut fields = register.fields.iter();
    register
        .field(name)
        .or_else(|| fields.clone().find(|field| same_name(&field.id, name)))
        .or_else(|| fields.find(|field| same_name(&field.label, name)))
}

/// Sets the fields and stages of an item.
pub(super) fn set_fields(
    item: &mut Item,
    register: &Register,
    assignments: Vec<Assignment>,
    context: &CommandContext<'_>,
) -> Result<(), Failure> {
    refuse_repeated(&assignments, Some(register))?;
    let mut assignments = assignments.into_iter();
    assignments.try_for_each(|one| set_field(item, register, one, context))
}

fn set_field(
    item: &mut Item,
    register: &Register,
    assignment: Assignment,
    context: &CommandContext<'_>,
) -> Result<(), Failure> {
    let name = &assignment.field;
    let text = assignment.value;
    if let Some(stage) = named_stage(name, register) {
        let day = if text.trim().is_empty() {
            String::new()
        } else {
            context.past_day(&text)?.to_string()
        };
        item.set(&stage.id, Value::Text(day));
        return Ok(());
    }
    let field = named_field(name, register).ok_or_else(|| unknown_field(name, register))?;
    let value = parse_value(&field.kind, item.values.get(&field.id), &text, context)?;
    if field.id == "title" && value.is_empty() {
        return Err(usage("a title must say something"));
    }
    item.set(&field.id, value);
    Ok(())
}

/// The value that `text` means to a field of this kind; `before` is its old value. A log keeps its
/// lines and gets one more; an empty text empties any kind.
pub(super) fn parse_value(
    kind: &FieldKind,
    before: Option<&Value>,
    text: &str,
    context: &CommandContext<'_>,
) -> Result<Value, Failure> {
    if text.trim().is_empty() {
        // As the screens save it, so that two machines that empty a list say the same.
        return Ok(match kind {
            FieldKind::Checklist(_) | FieldKind::Choices(_) => Value::List(Vec::new()),
            FieldKind::Log => Value::Log(Vec::new()),
            _ => Value::Text(String::new()),
        });
    }
    Ok(match kind {
        FieldKind::Line | FieldKind::Prose | FieldKind::Person | FieldKind::Link => {
            Value::from(text)
        }
        FieldKind::Date => Value::Text(context.past_day(text)?.to_string()),
        FieldKind::NearDate => Value::Text(context.near_day(text)?.to_string()),
        FieldKind::Scale(choices) => Value::Text(parse_choice(text, choices, false)?),
        FieldKind::Choice(Options { choices, open }) => {
            Value::Text(parse_choice(text, choices, *open)?)
        }
        FieldKind::Checklist(choices) => parse_list(text, choices, false)?,
        FieldKind::Choices(Options { choices, open }) => parse_list(text, choices, *open)?,
        FieldKind::Log => Value::with_line(before, context.now.today(), text.to_owned()),
    })
}

/// `text` with the numbers of choices, as they are listed, replaced by their ids: also where other
/// text is accepted, which [`parse_value`] alone takes as it is. A choice that is called like a
/// number is meant before its number is.
pub(super) fn numbers_to_ids(text: &str, kind: &FieldKind) -> String {
    let choices = kind.choices();
    let id = |part: &str| numbered_choice(part, choices);
    let takes_several = matches!(kind, FieldKind::Checklist(_) | FieldKind::Choices(_));
    if choices.is_empty() || choice_id(text, choices).is_some() {
        return text.to_owned();
    }
    if !takes_several {
        return id(text).unwrap_or_else(|| text.to_owned());
    }
    let parts = text.split([',', ' ']).filter(|part| !part.is_empty());
    let all: Option<Vec<String>> = parts.map(id).collect();
    let ids = all.unwrap_or_else(|| {
        let parts = text.split(',');
        parts
            .map(|part| id(part).unwrap_or_else(|| part.to_owned()))
            .collect()
    });
    ids.join(",")
}

fn numbered_choice(text: &str, choices: &[Choice]) -> Option<String> {
    let number: usize = text.trim().parse().ok()?;
    let choice = choices.get(number.checked_sub(1)?)?;
    Some(choice.id.clone())
}

fn parse_list(text: &str, choices: &[Choice], open: bool) -> Result<Value, Failure> {
    if let Some(whole) = choice_id(text, choices) {
        return Ok(Value::List(vec![whole]));
    }
    let mut list: Vec<String> = Vec::new();
    for part in text.split(',').filter(|part| !part.trim().is_empty()) {
        let part = parse_choice(part, choices, open)?;
        if !list.contains(&part) {
            list.push(part);
        }
    }
    Ok(Value::List(list))
}

fn parse_choice(text: &str, choices: &[Choice], open: bool) -> Result<String, Failure> {
    if let Some(id) = choice_id(text, choices) {
        return Ok(id);
    }
    if open {
        return Ok(text.trim().to_owned());
    }
    if let Some(id) = numbered_choice(text, choices) {
        return Ok(id);
    }
    let message = format!("“{}” is not one of the choices", quoted(text));
    Err(usage(message).hint(numbered_choices(choices)))
}

/// "choices: 1 average, 2 competent": what can be typed for them.
pub(super) fn numbered_choices(choices: &[Choice]) -> String {
    let named: Vec<String> = (1..)
        .zip(choices)
        .map(|(number, choice)| format!("{number} {}", choice.label))
        .collect();
    format!("choices: {}", named.join(", "))
}

fn choice_id(text: &str, choices: &[Choice]) -> Option<String> {
    let text = text.trim();
    let found = choices
        .iter()
        .find(|choice| same_name(&choice.id, text) || same_name(&choice.label, text));
    found.map(|choice| choice.id.clone())
}

fn unknown_field(name: &str, register: &Register) -> Failure {
    let message = format!(
        "{} has no “{}”",
        with_article(&register.singular),
        quoted(name)
    );
    let fields: Vec<&str> = register.fields.iter().map(|it| it.id.as_str()).collect();
    let stages: Vec<&str> = register.stages.iter().map(|it| it.id.as_str()).collect();
    let failure = usage(message).hint(format!("fields: {}", fields.join(", ")));
    if stages.is_empty() {
        return failure;
    }
    failure.hint(format!("stages, each with a day: {}", stages.join(", ")))
}
