//! All about one item of a list: its fields, its stages, and what can be done with it.

use chrono::NaiveDate;

use super::answer_input::{
    index_of, list_choices, list_lines, print_present, read_answer, report_invalid,
};
use super::{Answered, Left, PlainWalk, commitment, typed_day};
use crate::calendar::{self, Direction};
use crate::cli::context::CommandContext;
use crate::cli::failures::usage;
use crate::cli::field_values;
use crate::insight::days_waiting;
use crate::journal::rules::{
    Act, Advance, ItemEdit, TurnInto, let_go_stage, next_stage, target_register,
};
use crate::journal::{Id, Item, Value, stage_label, stage_of};
use crate::practice::{Field, FieldKind, Register, Stage};
use crate::report;
use crate::text::{clip, counted_noun, escape_controls, one_line, quoted, with_article};

/// What can be asked about an item, or done with it.
#[derive(Clone, Copy, PartialEq)]
enum RowAction<'a> {
    Field(&'a Field),
    /// The day it reached a stage.
    Day(&'a Stage),
    Advance,
    StepBack,
    LetGo,
    TurnInto,
    Commit,
    Delete,
}

/// Lists all there is about an item by number, and asks for what is chosen, until an empty line.
pub(super) fn ask_row(id: &Id, register: &Register, walk: &mut PlainWalk<'_, '_>) -> Answered {
    // Numbers that did not change are not read out again.
    let mut listed = Vec::new();
    while let Some(item) = walk.opened.journal.item_or_preset(register, id) {
        let actions = row_actions(id, &item, register, walk);
        let text = row_text(register, &item, walk.context.now.today());
        walk.print_line(format!("\n{text}"))?;
        let kinds: Vec<RowAction<'_>> = actions.iter().map(|(action, _)| *action).collect();
        let lines: Vec<String> = actions
            .iter()
            .map(|(_, line)| clip(&one_line(line), 100))
            .collect();
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        if kinds != listed {
            list_lines(lines.iter().copied(), walk.context)?;
        }
        listed = kinds;
        walk.print_line("  a number or its words; an empty line goes back to the list")?;
        let words = match read_answer(walk.context, false) {
            Err(Left::Back) => return Ok(()),
            read => read?,
        };
        let Some(at) = index_of(&words, &lines) else {
            let message = format!("“{}” is not one of them", quoted(&words));
            report_invalid(walk.context, &usage(message), &[])?;
            continue;
        };
        let asked = run_action(&actions[at].0, id, walk);
        // Back from a question about it is back at what can be asked.
        if let Err(left @ (Left::Ended | Left::Failed(_))) = asked {
            return Err(left);
        }
    }
    Ok(())
}

fn run_action(action: &RowAction<'_>, id: &Id, walk: &mut PlainWalk<'_, '_>) -> Answered {
    let id = id.clone();
    let act = match action {
        RowAction::Field(field) => return ask_field(&id, field, walk),
        RowAction::Day(stage) => return ask_stage_day(&id, stage, walk),
        RowAction::Commit => return commitment::ask_commitment_from(&id, walk),
        RowAction::Advance => Act::Advance(Advance { id, on: None }),
        RowAction::StepBack => Act::StepBack(id),
        RowAction::LetGo => Act::LetGo(id),
        RowAction::TurnInto => Act::TurnInto(TurnInto { id, unsaved: None }),
        RowAction::Delete => Act::Delete(id),
    };
    walk.perform_and_report(act, "")?;
    Ok(())
}

fn row_actions<'a>(
    id: &Id,
    item: &Item,
    register: &'a Register,
    walk: &PlainWalk<'_, '_>,
) -> Vec<(RowAction<'a>, String)> {
    let basis = walk.basis();
    let mut actions = Vec::new();
    for field in &register.fields {
        let value = item.values.get(&field.id);
        let text = match item.day_in(field) {
            Some(day) => calendar::short_date(day, basis.today),
            None => value.map_or_else(String::new, |it| report::field_text(it, &field.kind)),
        };
        let line = format!("{}: {}", field.label, one_line(&text));
        actions.push((RowAction::Field(field), line.trim_end().to_owned()));
    }
    for stage in &register.stages {
        if let Some(day) = item.day(&stage.id) {
            let day = calendar::short_date(day, basis.today);
            actions.push((RowAction::Day(stage), format!("{}: {day}", stage.name)));
        }
    }
    if let Some(next) = next_stage(register, item) {
        actions.push((RowAction::Advance, format!("make it {}", next.name)));
    }
    if let Some(stage) = stage_of(register, item) {
        let line = format!("back to before “{}”", stage.name);
        actions.push((RowAction::StepBack, line));
    }
    if let Some(stage) = let_go_stage(register, item)
        .filter(|last| next_stage(register, item).is_none_or(|next| next.id != last.id))
    {
        actions.push((RowAction::LetGo, format!("make it {}", stage.name)));
    }
    if let Some(target) = target_register(register, id, basis) {
        let line = format!("make it {} too", with_article(&target.singular));
        actions.push((RowAction::TurnInto, line));
    }
    actions.push((RowAction::Commit, "commit to it, by a day".to_owned()));
    actions.push((RowAction::Delete, "delete it".to_owned()));
    actions
}

/// An item on a line: its title and its stage.
pub(super) fn row_text(register: &Register, item: &Item, today: NaiveDate) -> String {
    let mut parts = vec![one_line(item.title())];
    let state = one_line(stage_label(register, item));
    let days = days_waiting(register, item, today).and_then(|days| usize::try_from(days).ok());
    match days {
        Some(days @ 1..) => parts.push(format!("{state} {}", counted_noun(days, "day"))),
        _ => parts.push(state),
    }
    if register.stages.is_empty() {
        let day = register.fields.iter().find_map(|field| item.day_in(field));
        parts.extend(day.map(|day| calendar::short_date(day, today)));
    }
    parts.retain(|part| !part.is_empty());
    parts.join(" · ")
}

/// Asks for one field of an item, and saves it.
pub(super) fn ask_field(id: &Id, field: &Field, walk: &mut PlainWalk<'_, '_>) -> Answered {
    let basis = walk.basis();
    let item = crate::journal::rules::item_or_preset(id, basis);
    let before = item.and_then(|(_, item)| item.values.get(&field.id).cloned());
    walk.print_texts_beside(id, &field.id)?;
    loop {
        let value = ask_value(field, before.as_ref(), walk.context)?;
        let words = report::field_text(&value, &field.kind);
        let act = Act::Edit(ItemEdit {
            id: id.clone(),
            values: [(field.id.clone(), value)].into(),
        });
        if walk.perform_and_report(act, &words)? {
            return Ok(());
        }
    }
}

/// Asks for the value of a field until it is valid.
pub(super) fn ask_value(
    field: &Field,
    before: Option<&Value>,
    context: &mut CommandContext<'_>,
) -> Answered<Value> {
    let (kind, prompt) = (&field.kind, &field.prompt);
    let prompt = if prompt.is_empty() {
        &field.label
    } else {
        prompt
    };
    context.print_line(format!("  {}", escape_controls(prompt)))?;
    if let Some(value) = before.filter(|value| !value.is_empty()) {
        print_present(&report::field_text(value, kind), context)?;
    }
    list_choices(kind.choices(), context)?;
    loop {
        let words = read_answer(context, *kind == FieldKind::Prose)?;
        let words = field_values::numbers_to_ids(&words, kind);
        match field_values::parse_value(kind, before, &words, context) {
            Ok(value) => return Ok(value),
            Err(failure) => report_invalid(context, &failure, kind.choices())?,
        }
    }
}

/// Asks on which day an item reached a stage, and saves it.
fn ask_stage_day(id: &Id, stage: &Stage, walk: &mut PlainWalk<'_, '_>) -> Answered {
    let name = escape_controls(&stage.name);
    walk.print_line(format!("  On which day was it {name}?"))?;
    loop {
        let words = match read_answer(walk.context, false) {
            Err(Left::Back) => return Ok(()),
            read => read?,
        };
        let act = typed_day(&words, Direction::Past, walk).map(|day| {
            Act::Edit(ItemEdit {
                id: id.clone(),
                values: [(stage.id.clone(), Value::Text(day.to_string()))].into(),
            })
        });
        if walk.perform_or_ask(act, &words, &mut None)? {
            return Ok(());
        }
    }
}
