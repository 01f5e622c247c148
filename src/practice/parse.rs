//! Reads and checks the TOML of a practice file.
//!
//! A mistake is reported with its file and its line, if known. Reads no disk: the text is passed in.

mod prepared;
mod raw;
mod register;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

pub(super) use prepared::parse_prepared;
pub(super) use raw::{RawField, RawStep};

use raw::RawKind;
use register::read_register;

use super::chart::check_chart;
use super::{Ask, ChartSpec, Choice, FieldKind, Options, Practice, Register, Step};
use crate::user_file::{FileError, Mistake, deserialize};

/// Reads one practice file; `file` names it in errors.
///
/// # Errors
/// The first mistake, if the file is not TOML, has an unknown key, or contradicts itself.
pub fn parse(file: &str, text: &str) -> Result<Practice, FileError> {
    let first = |mistakes: Vec<Mistake>| {
        let first = mistakes.into_iter().next();
        let first = first.unwrap_or_else(|| "it cannot be read".to_owned().into());
        first.in_file(file, text)
    };
    let table = DeTable::parse(text).map_err(|error| first(vec![error.into()]))?;
    practice_from_table(table).map_err(first)
}

/// The practice in a table, or the mistakes of all its steps, registers and charts.
pub(super) fn practice_from_table(table: Spanned<DeTable<'_>>) -> Result<Practice, Vec<Mistake>> {
    let span = table.span();
    let mut table = table.into_inner();
    let mut mistakes = Vec::new();
    let lists = PracticeLists {
        steps: take_list(&mut table, "steps", deserialize, &mut mistakes),
        registers: take_list(&mut table, "registers", read_register, &mut mistakes),
        charts: take_list(&mut table, "pictures", deserialize, &mut mistakes),
    };
    let table = Spanned::new(span.clone(), DeValue::Table(table));
    let head = deserialize::<Practice>(table)
        .and_then(|head| check_id(&head.id).map(|()| head).map_err(Mistake::from));
    let practice = match head {
        Ok(practice) if mistakes.is_empty() => practice,
        Ok(_) => return Err(mistakes),
        Err(mistake) => {
            mistakes.insert(0, mistake.or_at(span.start));
            return Err(mistakes);
        }
    };
    assemble(practice, lists, span.start)
}

/// The lists of a practice, each element with its position.
struct PracticeLists {
    steps: Vec<(usize, Step)>,
    registers: Vec<(usize, Register)>,
    charts: Vec<(usize, ChartSpec)>,
}

/// The practice with its lists, or how they contradict each other; `at` is its own position.
fn assemble(
    mut practice: Practice,
    lists: PracticeLists,
    at: usize,
) -> Result<Practice, Vec<Mistake>> {
    let PracticeLists {
        steps,
        registers,
        charts,
    } = lists;
    let mut mistakes = Vec::new();
    if steps.is_empty() {
        let reason = "it has no steps; a practice needs at least one `[[steps]]`";
        mistakes.push(Mistake::at(at, reason));
    }
    let ids = steps.iter().map(|(at, step)| (*at, step.id.as_str()));
    mistakes.extend(duplicate_at("step", ids));
    let ids = registers
        .iter()
        .map(|(at, register)| (*at, register.id.as_str()));
    mistakes.extend(duplicate_at("register", ids));
    for (at, step) in &steps {
        if let Ask::Register(id) = &step.ask
            && !registers.iter().any(|(_, register)| register.id == *id)
        {
            let reason = format!(
                "step “{}” names the register “{id}”, which is not declared here",
                step.id
            );
            mistakes.push(Mistake::at(*at, reason));
        }
    }
    for (at, register) in &registers {
        if let Some(becomes) = &register.becomes
            && !registers
                .iter()
                .any(|(_, other)| other.id == becomes.register)
        {
            let reason = format!(
                "register “{}”: `becomes` names the register “{}”, which is not declared here",
                register.id, becomes.register
            );
            mistakes.push(Mistake::at(*at, reason));
        }
    }
    let places: Vec<usize> = charts.iter().map(|(at, _)| *at).collect();
    practice.steps = without_positions(steps);
    practice.registers = without_positions(registers);
    practice.charts = without_positions(charts);
    for (at, picture) in places.into_iter().zip(&practice.charts) {
        if let Err(reason) = check_chart(picture, &practice) {
            mistakes.push(Mistake::at(at, reason));
        }
    }
    if mistakes.is_empty() {
        Ok(practice)
    } else {
        Err(mistakes)
    }
}

fn without_positions<Element>(list: Vec<(usize, Element)>) -> Vec<Element> {
    list.into_iter().map(|(_, element)| element).collect()
}

/// Removes a list from the table and reads its elements, each with its position; a mistake in one
/// does not hide those in others.
fn take_list<'a, Element>(
    table: &mut DeTable<'a>,
    key: &str,
    read: fn(Spanned<DeValue<'a>>) -> Result<Element, Mistake>,
    mistakes: &mut Vec<Mistake>,
) -> Vec<(usize, Element)> {
    let Some(list) = table.remove(key) else {
        return Vec::new();
    };
    let at = list.span().start;
    let DeValue::Array(list) = list.into_inner() else {
        mistakes.push(Mistake::at(at, format!("`{key}` is a list: `[[{key}]]`")));
        return Vec::new();
    };
    let mut elements = Vec::new();
    for value in list {
        let at = value.span().start;
        match read(value) {
            Ok(element) => elements.push((at, element)),
            Err(mistake) => mistakes.push(mistake.or_at(at)),
        }
    }
    elements
}

impl TryFrom<RawStep> for Step {
    type Error = String;

    fn try_from(raw: RawStep) -> Result<Self, Self::Error> {
        check_id(&raw.id)?;
        let ask = match (raw.kind, raw.register) {
            (Some(kind), None) => Ask::Answer(
                field_kind(kind, raw.choices, raw.open)
                    .map_err(|reason| format!("step “{}”: {reason}", raw.id))?,
            ),
            (None, Some(register)) => Ask::Register(register),
            _ => {
                let reason = format!("step “{}” needs either `kind` or `register`", raw.id);
                return Err(reason);
            }
        };
        let words = matches!(&ask, Ask::Answer(FieldKind::Line | FieldKind::Prose));
        if raw.suggests && !words {
            let reason = format!(
                "step “{}”: `suggests` needs the kind `line` or `prose`",
                raw.id
            );
            return Err(reason);
        }
        Ok(Self {
            id: raw.id,
            label: raw.label,
            prompt: raw.prompt,
            help: raw.help,
            page: raw.page.max(1),
            beside: raw.beside,
            optional: raw.optional,
            suggests: raw.suggests,
            provides: raw.provides,
            ask,
        })
    }
}

fn field_kind(kind: RawKind, choices: Vec<Choice>, open: bool) -> Result<FieldKind, String> {
    check_unique("choice", choices.iter().map(|choice| choice.id.as_str()))?;
    for choice in &choices {
        check_id(&choice.id)?;
    }
    let chosen = matches!(
        kind,
        RawKind::Scale | RawKind::Checklist | RawKind::Choice | RawKind::Choices
    );
    if open && !matches!(kind, RawKind::Choice | RawKind::Choices) {
        return Err("only `choice` and `choices` can be `open`".to_owned());
    }
    let can_ask = matches!(kind, RawKind::Checklist | RawKind::Choice);
    if !can_ask && choices.iter().any(|choice| choice.asks.is_some()) {
        return Err("only choices of a `checklist` or a `choice` have `asks`".to_owned());
    }
    if chosen && choices.is_empty() && !open {
        return Err("this kind needs `choices`".to_owned());
    }
    if !chosen && !choices.is_empty() {
        return Err("this kind takes no `choices`".to_owned());
    }
    Ok(match kind {
        RawKind::Line => FieldKind::Line,
        RawKind::Prose => FieldKind::Prose,
        RawKind::Scale => FieldKind::Scale(choices),
        RawKind::Checklist => FieldKind::Checklist(choices),
        RawKind::Choice => FieldKind::Choice(Options { choices, open }),
        RawKind::Choices => FieldKind::Choices(Options { choices, open }),
        RawKind::Date => FieldKind::Date,
        RawKind::NearDate => FieldKind::NearDate,
        RawKind::Person => FieldKind::Person,
        RawKind::Link => FieldKind::Link,
        RawKind::Log => FieldKind::Log,
    })
}

/// Ids become part of the journal's ids and of commands, so they are lower-case ASCII.
fn check_id(id: &str) -> Result<(), String> {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if id.is_empty() || !id.bytes().all(plain) {
        return Err(format!(
            "“{id}” is not an id: use lower-case letters, digits and hyphens"
        ));
    }
    Ok(())
}

/// The first id that is declared twice, with its position.
fn duplicate_at<'a>(what: &str, ids: impl Iterator<Item = (usize, &'a str)>) -> Option<Mistake> {
    let mut seen = Vec::new();
    for (at, id) in ids {
        if seen.contains(&id) {
            let reason = format!("the {what} “{id}” is declared twice");
            return Some(Mistake::at(at, reason));
        }
        seen.push(id);
    }
    None
}

fn check_unique<'a>(what: &str, ids: impl Iterator<Item = &'a str>) -> Result<(), String> {
    let duplicate = duplicate_at(what, ids.map(|id| (0, id)));
    duplicate.map_or(Ok(()), |mistake| Err(mistake.reason))
}

#[cfg(test)]
mod tests;
