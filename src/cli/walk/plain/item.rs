//! A list of the walk: items that have a next stage, and new items.

use std::collections::BTreeMap;

use super::answer_input::{
    TypedAnswer, index_from_number, list_choices, list_lines, numbers_to_ids, read_answer,
    report_invalid,
};
use super::{WalkFlow, perform_and_report};
use crate::cli::context::{CommandContext, OpenedJournal};
use crate::cli::field_values;
use crate::journal::rules::{Act, Advance, NewItem, next_stage};
use crate::journal::{Id, Value, stage_of};
use crate::practice::{Field, FieldKind, Register};
use crate::text::{escape_controls, one_line};

const ROW_LIMIT: usize = 12;

/// Lists items with a next stage by number, and adds new ones; an empty line ends it.
pub(super) fn ask_list(
    register: &Register,
    context: &mut CommandContext<'_>,
    opened: &mut OpenedJournal,
) -> anyhow::Result<WalkFlow> {
    let singular = escape_controls(&register.singular);
    loop {
        let rows = open_items(register, opened);
        let lines: Vec<String> = rows.iter().map(|(_, line)| line.clone()).collect();
        list_lines(lines.iter().map(String::as_str), context)?;
        context.output.write_line(&if rows.is_empty() {
            format!("  a new {singular}, in a line")
        } else {
            format!("  a new {singular}, in a line, or a number for its next stage")
        })?;
        let words = match read_answer(context, false)? {
            TypedAnswer::Text(words) => words,
            TypedAnswer::Empty => return Ok(WalkFlow::Continue),
            TypedAnswer::EndOfInput => return Ok(WalkFlow::Ended),
        };
        if let Some(at) = index_from_number(&words, rows.len()) {
            let id = rows[at].0.clone();
            perform_and_report(
                &Act::Advance(Advance { id, on: None }),
                &words,
                context,
                opened,
            )?;
            continue;
        }
        if add_item(register, words, context, opened)? == WalkFlow::Ended {
            return Ok(WalkFlow::Ended);
        }
    }
}

/// The items that have a next stage, newest last.
fn open_items(register: &Register, opened: &OpenedJournal) -> Vec<(Id, String)> {
    let mut rows: Vec<(Id, String)> = opened
        .journal
        .items_with_presets(register)
        .into_iter()
        .filter_map(|(id, item)| {
            let next = next_stage(register, &item)?;
            let state = stage_of(register, &item).map_or(&register.unstaged, |stage| &stage.name);
            let mut line = one_line(item.title());
            if !state.is_empty() {
                line.push_str(&format!(" · {state}"));
            }
            Some((id, format!("{line} · next: {}", next.name)))
        })
        .collect();
    rows.drain(..rows.len().saturating_sub(ROW_LIMIT));
    rows
}

/// Adds an item by its title; asks who it helped and for its one choice, if its list has such
/// fields.
fn add_item(
    register: &Register,
    title: String,
    context: &mut CommandContext<'_>,
    opened: &mut OpenedJournal,
) -> anyhow::Result<WalkFlow> {
    let mut values = BTreeMap::new();
    let mut pace = WalkFlow::Continue;
    for field in register
        .fields
        .iter()
        .filter(|field| is_asked(field, register))
    {
        let prompt = if field.prompt.is_empty() {
            &field.label
        } else {
            &field.prompt
        };
        context
            .output
            .write_line(&format!("  {}", escape_controls(prompt)))?;
        list_choices(field.kind.choices(), context)?;
        loop {
            let words = match read_answer(context, false)? {
                TypedAnswer::Text(words) => numbers_to_ids(&words, field.kind.choices()),
                TypedAnswer::Empty => break,
                TypedAnswer::EndOfInput => {
                    pace = WalkFlow::Ended;
                    break;
                }
            };
            match field_values::parse_value(&field.kind, None, &words, context) {
                Ok(value) => {
                    values.insert(field.id.clone(), value);
                    break;
                }
                Err(failure) => report_invalid(context, &failure, field.kind.choices())?,
            }
        }
        if pace == WalkFlow::Ended {
            break;
        }
    }
    let words = title.clone();
    values.insert("title".to_owned(), Value::Text(title));
    let register = register.id.clone();
    perform_and_report(
        &Act::Add(NewItem { register, values }),
        &words,
        context,
        opened,
    )?;
    Ok(pace)
}

fn is_asked(field: &Field, register: &Register) -> bool {
    let helps = register.helps.as_ref() == Some(&field.id);
    helps || (register.helps.is_some() && matches!(field.kind, FieldKind::Choice(_)))
}
