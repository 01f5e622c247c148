//! A list of the walk: items that have a next stage, and new items.

use std::collections::BTreeMap;

use super::typed::{Typed, again, numbers_to_ids, numbered, list_choices, list_lines, typed};
use super::{WalkFlow, act};
use crate::cli::context::{Context, Opened};
use crate::cli::fields;
use crate::journal::rules::{Act, Advance, NewItem, next_stage};
use crate::journal::{Id, Value, stage_of};
use crate::practice::{Field, FieldKind, Register};
use crate::words::{one_line, visible};

const MOST: usize = 12;

/// Lists items with a next stage by number, and adds new ones; an empty line ends it.
pub(super) fn list(
    register: &Register,
    context: &mut Context<'_>,
    opened: &mut Opened,
) -> anyhow::Result<WalkFlow> {
    let singular = visible(&register.singular);
    loop {
        let rows = open_items(register, opened);
        let lines: Vec<String> = rows.iter().map(|(_, line)| line.clone()).collect();
        list_lines(lines.iter().map(String::as_str), context)?;
        context.output.line(&if rows.is_empty() {
            format!("  a new {singular}, in a line")
        } else {
            format!("  a new {singular}, in a line, or a number for its next stage")
        })?;
        let words = match typed(context, false)? {
            Typed::Words(words) => words,
            Typed::Nothing => return Ok(WalkFlow::On),
            Typed::Over => return Ok(WalkFlow::Over),
        };
        if let Some(at) = numbered(&words, rows.len()) {
            let id = rows[at].0.clone();
            act(
                &Act::Advance(Advance { id, on: None }),
                &words,
                context,
                opened,
            )?;
            continue;
        }
        if add_item(register, words, context, opened)? == WalkFlow::Over {
            return Ok(WalkFlow::Over);
        }
    }
}

/// The items that have a next stage, newest last.
fn open_items(register: &Register, opened: &Opened) -> Vec<(Id, String)> {
    let mut rows: Vec<(Id, String)> = opened
        .journal
        .rows(register)
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
    rows.drain(..rows.len().saturating_sub(MOST));
    rows
}

/// Adds an item by its title; asks who it helped and for its one choice, if its list has such
/// fields.
fn add_item(
    register: &Register,
    title: String,
    context: &mut Context<'_>,
    opened: &mut Opened,
) -> anyhow::Result<WalkFlow> {
    let mut values = BTreeMap::new();
    let mut pace = WalkFlow::On;
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
        context.output.line(&format!("  {}", visible(prompt)))?;
        list_choices(field.kind.choices(), context)?;
        loop {
            let words = match typed(context, false)? {
                Typed::Words(words) => numbers_to_ids(&words, field.kind.choices()),
                Typed::Nothing => break,
                Typed::Over => {
                    pace = WalkFlow::Over;
                    break;
                }
            };
            match fields::value(&field.kind, None, &words, context) {
                Ok(value) => {
                    values.insert(field.id.clone(), value);
                    break;
                }
                Err(failure) => again(context, &failure, field.kind.choices())?,
            }
        }
        if pace == WalkFlow::Over {
            break;
        }
    }
    let words = title.clone();
    values.insert("title".to_owned(), Value::Text(title));
    let register = register.id.clone();
    act(
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
