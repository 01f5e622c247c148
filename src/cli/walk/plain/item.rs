//! A list of the walk: what is on it, one stage further, and new items.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::answer_input::{index_from_number, is_number, list_lines, read_answer, report_invalid};
use super::{Answered, Left, PlainWalk, row, unless_failed};
use crate::calendar::Week;
use crate::cli::failures::usage;
use crate::insight::{self, Suggestion, days_waiting, page_items};
use crate::journal::rules::{Act, Advance, NewItem, next_stage};
use crate::journal::{Id, Item, Value, stage_of};
use crate::practice::{Field, FieldKind, Register};
use crate::text::{escape_controls, one_line, quoted};

/// What a number means in a list.
enum ListRow {
    Item(Id, Item),
    /// An answer that would fill the empty box of this month.
    Suggestion(Suggestion),
}

/// What a line means in a list.
enum ListInput {
    /// A row, one stage further.
    Further(usize),
    /// All about a row.
    About(usize),
    /// A new item with this title.
    New(String),
    /// A number that no row has.
    NoSuchRow(String),
}

/// Reads out a list, and takes items one stage further or adds new ones until an empty line.
pub(super) fn ask_list(register: &Register, week: Week, walk: &mut PlainWalk<'_, '_>) -> Answered {
    let singular = escape_controls(&register.singular);
    loop {
        let rows = list_rows(register, week, walk);
        let today = walk.context.now.today();
        let lines: Vec<String> = rows
            .iter()
            .map(|one| row_line(one, register, today))
            .collect();
        list_lines(lines.iter().map(String::as_str), walk.context)?;
        walk.print_line(if rows.is_empty() {
            format!("  a new {singular}, in a line")
        } else if register.stages.is_empty() {
            format!("  a new {singular}, in a line; a number opens one")
        } else {
            format!("  a new {singular}, in a line; a number for its next stage, 1? for all of it")
        })?;
        let words = read_answer(walk.context, false)?;
        let asked = match list_input(&words, rows.len()) {
            ListInput::NoSuchRow(number) => {
                let failure = usage(format!(
                    "no number {number} here; + {number} adds it as text"
                ));
                report_invalid(walk.context, &failure, &[])?;
                Ok(())
            }
            ListInput::New(title) => add_item(register, &title, walk),
            ListInput::Further(at) => match &rows[at] {
                ListRow::Item(id, item) if next_stage(register, item).is_some() => {
                    take_further(id, register, walk)
                }
                ListRow::Item(id, _) => row::ask_row(id, register, walk),
                ListRow::Suggestion(one) => take_up(one, walk),
            },
            ListInput::About(at) => match &rows[at] {
                ListRow::Item(id, _) => row::ask_row(id, register, walk),
                ListRow::Suggestion(one) => take_up(one, walk),
            },
        };
        // Back from a question about an item is back at its list.
        if let Err(left @ (Left::Ended | Left::Failed(_))) = asked {
            return Err(left);
        }
    }
}

/// Reads a line in a list of so many rows. A sign in front makes any text a title.
fn list_input(words: &str, rows: usize) -> ListInput {
    let words = words.trim();
    if let Some(title) = words.strip_prefix("+ ") {
        return ListInput::New(title.trim().to_owned());
    }
    let (number, is_about) = match words.strip_suffix('?') {
        Some(number) => (number, true),
        None => (words, false),
    };
    if !is_number(number) {
        return ListInput::New(words.to_owned());
    }
    match index_from_number(number, rows) {
        Some(at) if is_about => ListInput::About(at),
        Some(at) => ListInput::Further(at),
        None => ListInput::NoSuchRow(words.to_owned()),
    }
}

/// The items of the page, those that wait longest first if their list counts that, and what would
/// fill its box of this month.
fn list_rows(register: &Register, week: Week, walk: &PlainWalk<'_, '_>) -> Vec<ListRow> {
    let (journal, catalog) = (&walk.opened.journal, &walk.context.catalog);
    let today = walk.context.now.today();
    let mut items = page_items(journal, catalog, register, week, &[]);
    items.sort_by_key(|(_, item)| std::cmp::Reverse(days_waiting(register, item, today)));
    let rows = items.into_iter().map(|(id, item)| ListRow::Item(id, item));
    let suggestion = insight::suggestion(journal, catalog, today)
        .filter(|_| register.monthly.is_some())
        .map(ListRow::Suggestion);
    rows.chain(suggestion).collect()
}

fn row_line(row: &ListRow, register: &Register, today: NaiveDate) -> String {
    match row {
        ListRow::Item(_, item) => {
            let text = row::row_text(register, item, today);
            match next_stage(register, item) {
                Some(next) => format!("{text} · next: {}", one_line(&next.name)),
                None => text,
            }
        }
        ListRow::Suggestion(one) => format!(
            "this month has room for “{}”, from week {}",
            quoted(&one.text),
            one.week.number()
        ),
    }
}

/// Takes an item to its next stage, and asks for what belongs to that stage.
fn take_further(id: &Id, register: &Register, walk: &mut PlainWalk<'_, '_>) -> Answered {
    let act = Act::Advance(Advance {
        id: id.clone(),
        on: None,
    });
    if !walk.perform_and_report(act, "")? {
        return Ok(());
    }
    let item = walk.opened.journal.item(id);
    let stage = item.and_then(|item| stage_of(register, item));
    let fields: Vec<&Field> = register
        .fields
        .iter()
        .filter(|field| field.stage.is_some() && field.stage.as_ref() == stage.map(|it| &it.id))
        .collect();
    walk.ask_in_turn(fields.len(), |at, walk| {
        row::ask_field(id, fields[at], walk)
    })
}

fn take_up(one: &Suggestion, walk: &mut PlainWalk<'_, '_>) -> Answered {
    let act = Act::TakeUp(one.id.clone());
    walk.perform_and_report(act, &one.text)?;
    Ok(())
}

/// Adds an item by its title; asks whose name belongs to it, and for its one choice if it is about
/// people helped.
fn add_item(register: &Register, title: &str, walk: &mut PlainWalk<'_, '_>) -> Answered {
    let mut values: BTreeMap<String, Value> = BTreeMap::new();
    let fields: Vec<&Field> = register
        .fields
        .iter()
        .filter(|field| is_asked(field, register))
        .collect();
    let asked = walk.ask_in_turn(fields.len(), |at, walk| {
        let field = fields[at];
        let before = values.get(&field.id).cloned();
        let value = row::ask_value(field, before.as_ref(), walk.context)?;
        values.insert(field.id.clone(), value);
        Ok(())
    });
    let asked = unless_failed(asked)?;
    // Once its title is typed, neither going back nor the end of the input discards it.
    values.insert("title".to_owned(), Value::from(title));
    let act = Act::Add(NewItem {
        register: register.id.clone(),
        values,
    });
    walk.perform_and_report(act, title)?;
    asked
}

fn is_asked(field: &Field, register: &Register) -> bool {
    match &field.kind {
        FieldKind::Person => field.stage.is_none(),
        FieldKind::NearDate => register.off.is_some(),
        FieldKind::Choice(_) => register.helps.is_some(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(typed: &str, expected: &str) {
        let said = match list_input(typed, 3) {
            ListInput::Further(at) => format!("further {at}"),
            ListInput::About(at) => format!("about {at}"),
            ListInput::New(title) => format!("new {title}"),
            ListInput::NoSuchRow(number) => format!("no {number}"),
        };
        assert_eq!(said, expected, "{typed:?}");
    }

    #[test]
    fn a_number_is_a_row_and_any_text_can_be_a_title() {
        check(" 3 ", "further 2");
        check("1?", "about 0");
        check("4", "no 4");
        check("0?", "no 0?");
        check("+ 3", "new 3");
        check("+ + a", "new + a");
        check("+1 for the review", "new +1 for the review");
        check("3 laptops", "new 3 laptops");
        check("Who owns the build?", "new Who owns the build?");
        check("?", "new ?");
        check("let go", "new let go");
    }
}
