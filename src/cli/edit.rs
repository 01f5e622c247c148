//! `leadby edit ID`: changes one entry, in an editor or by `--set field=value`.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::context::{CommandContext, OpenedJournal};
use super::entry_text::{EntryText, answer_kind};
use super::failures::usage;
use super::field_values::{self, Assignment};
use super::{acts, editor, resolve};
use crate::failure::Failure;
use crate::journal::rules::{Act, ActResult, ItemEdit, Reword};
use crate::journal::{Answer, Body, Change, Id, Inclusion, Item, PortfolioChoice, Value};
use crate::practice::{Catalog, FieldKind, Register};
use crate::report::{self, same_name};
use crate::text::quoted;

const EXAMPLES: &str = "\
Examples:
  leadby edit 7f3a9c
  leadby edit 7f3a9c --set better=\"Every release step has one owner\"
  leadby edit systems-thinking --set evidence=\"mapped our release\"
  leadby edit 2026-W48/audit/influence --set value=-   < answer.txt

A commitment has better, area and due. A due date that changes after the day
the commitment was made counts as moved. An answer has value. Anything else has
the fields and stages of its list. A field set to nothing is emptied; a dated
list gets one more line.

Without --set the entry opens in your editor (VISUAL, else EDITOR, else vi),
each field below its name in brackets, and the fields you edit there are
changed. Where two machines wrote different texts, the heading has the other
one. An editor with its own window has to wait for you: EDITOR=\"code
--wait\".";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// The entry, by its id or the beginning or end of it
    id: String,
    /// A field or stage with its new value; a value of - is read from standard input
    #[arg(
        long = "set",
        value_name = "FIELD=VALUE",
        value_parser = field_values::parse_assignment
    )]
    assignments: Vec<Assignment>,
}

impl Arguments {
    pub(super) fn run(self, context: &mut CommandContext<'_>) -> anyhow::Result<()> {
        if !self.assignments.is_empty() {
            let read = field_values::read_input_values(self.assignments, context)?;
            let opened = context.open()?;
            return apply_changes(context, opened, &self.id, read);
        }
        let opened = context.open()?;
        let entry = resolve::entry_by_id(&self.id, &opened.journal, context)?;
        match &entry.body {
            Body::Item(item) => drop(known_register(item, &context.catalog)?),
            Body::Answer(answer) => drop(known_kind(answer, &context.catalog)?),
            _ => {}
        }
        let sheet = EntryText::from_body(&entry.body, &context.catalog);
        let sheet = sheet.with_texts_beside(&entry.id, &opened.journal, context.now.today());
        let instead = "use `--set FIELD=VALUE`";
        let written = editor::edit(context, "entry.txt", &sheet.render(), instead)?;
        if written.text.trim().is_empty() {
            return Err(usage("the text is empty, so nothing was changed").into());
        }
        let done = sheet
            .parse_changes(&written.text)
            .map_err(anyhow::Error::from)
            .and_then(|changed| apply_changes(context, opened, entry.id.as_str(), changed));
        done.map_err(|error| editor::keep_on_failure(written, error))
    }
}

/// Makes the changes to what the writer saw, saves and confirms them: what others wrote meanwhile stays.
fn apply_changes(
    context: &mut CommandContext<'_>,
    mut opened: OpenedJournal,
    id: &str,
    assignments: Vec<Assignment>,
) -> anyhow::Result<()> {
    let catalog = &context.catalog.clone();
    let entry = resolve::entry_by_id(id, &opened.journal, context)?;
    let (mut past, mut result) = (None, ActResult::Changed);
    if !matches!(entry.body, Body::Item(_)) {
        field_values::refuse_repeated(&assignments, None)?;
    }
    let change = match &entry.body {
        Body::Commitment(before) => {
            let mut reword = Reword {
                id: entry.id.clone(),
                better: None,
                area: None,
                due: None,
            };
            for assignment in assignments {
                set_commitment(&mut reword, before.due, assignment, context)?;
            }
            let done = acts::perform(&Act::Reword(reword), context, &opened)?;
            past = done.past_due(context.now.today());
            result = done.result;
            done.changes.into_iter().next()
        }
        Body::Item(before) => {
            let values = edited_values(&entry.id, before, assignments, context, &opened)?;
            let id = entry.id.clone();
            first_change(&Act::Edit(ItemEdit { id, values }), context, &opened)?
        }
        Body::Answer(before) => {
            let mut answer = before.clone();
            for assignment in assignments {
                set_answer(&mut answer, catalog, assignment, context)?;
            }
            first_change(&Act::Answer(answer), context, &opened)?
        }
        Body::Choice(before) => {
            let mut choice = before.clone();
            for assignment in assignments {
                set_choice(&mut choice, &assignment)?;
            }
            (choice != *before).then(|| Change::of(entry.id.clone(), Body::Choice(choice)))
        }
        // Deleted entries cannot be picked.
        Body::Deleted | Body::Forgotten | Body::Newer => None,
    };
    let Some(change) = change else {
        return acts::report_unchanged(context);
    };
    let entry = context.save(&mut opened, change)?;
    acts::warn_past_due(past, &entry.id, context, &opened);
    let result = report::act_result(&result, context.basis(&opened.journal));
    let said = format!("{result}: {}", quoted(&report::entry_text(&entry, catalog)));
    context.confirm_saved(&said, &entry)
}

/// The values of an item that the assignments change; naming an unsettled field settles it, even with
/// the text that is shown.
fn edited_values(
    id: &Id,
    before: &Item,
    assignments: Vec<Assignment>,
    context: &CommandContext<'_>,
    opened: &OpenedJournal,
) -> Result<BTreeMap<String, Value>, Failure> {
    let (journal, catalog) = (&opened.journal, &context.catalog);
    let mut item = before.clone();
    let named: Vec<String> = assignments.iter().map(|one| one.field.clone()).collect();
    let register = known_register(before, catalog)?;
    field_values::set_fields(&mut item, register, assignments, context)?;
    let mut values = acts::changed_values(before, &item);
    for path in journal.unsettled(id).iter().map(|one| &one.field) {
        let Some(field) = path.strip_prefix("values.") else {
            continue;
        };
        let label = report::field_name(id, path, journal, catalog);
        let is_it = |name: &String| same_name(name, field) || same_name(name, &label);
        if named.iter().any(is_it) {
            let now = item.values.get(field).cloned();
            let now = now.unwrap_or_else(|| Value::Text(String::new()));
            values.insert(field.to_owned(), now);
        }
    }
    Ok(values)
}

/// The change an act makes; `None` if the journal already says so.
fn first_change(
    act: &Act,
    context: &CommandContext<'_>,
    opened: &OpenedJournal,
) -> Result<Option<Change>, Failure> {
    let done = acts::perform(act, context, opened)?;
    Ok(done.changes.into_iter().next())
}

fn set_choice(choice: &mut PortfolioChoice, assignment: &Assignment) -> Result<(), Failure> {
    let said = assignment.value.as_str();
    let is_empty = said.is_empty();
    if same_name(&assignment.field, "portfolio") {
        choice.portfolio = Inclusion::ALL.into_iter().find(|it| it.id() == said);
        if is_empty || choice.portfolio.is_some() {
            return Ok(());
        }
    } else if same_name(&assignment.field, "place") {
        choice.place = said.parse().ok();
        if is_empty || choice.place.is_some() {
            return Ok(());
        }
    }
    for (name, ids) in [
        ("ladder", &mut choice.ladder),
        ("refused", &mut choice.refused),
    ] {
        if same_name(&assignment.field, name) {
            let said = said.split(',').map(str::trim).filter(|id| !id.is_empty());
            *ids = said.map(str::to_owned).collect();
            return Ok(());
        }
    }
    let failure = usage("that is not a valid choice");
    Err(failure.hint("set portfolio=in, out or first, place=2, or ladder=lead-craft"))
}

fn set_commitment(
    reword: &mut Reword,
    due: NaiveDate,
    assignment: Assignment,
    context: &CommandContext<'_>,
) -> Result<(), Failure> {
    let Assignment { field, value } = assignment;
    if same_name(&field, "better") {
        reword.better = Some(CommandContext::require_text(
            value,
            "what better looks like",
        )?);
    } else if same_name(&field, "area") {
        reword.area = Some(value);
    } else if same_name(&field, "due") {
        reword.due = Some(context.new_due_day(&value, due)?);
    } else {
        let message = format!("a commitment has no “{}”", quoted(&field));
        return Err(usage(message).hint("fields: better, area, due"));
    }
    Ok(())
}

fn known_register<'a>(item: &Item, catalog: &'a Catalog) -> Result<&'a Register, Failure> {
    catalog
        .register(&item.register)
        .ok_or_else(|| usage(format!("no list called “{}” here", quoted(&item.register))))
}

/// The kind of an answer, without which its value would lose its kind.
fn known_kind<'a>(answer: &Answer, catalog: &'a Catalog) -> Result<&'a FieldKind, Failure> {
    answer_kind(answer, catalog).ok_or_else(|| {
        let step = format!("{}/{}", answer.practice, answer.step);
        usage(format!("no question called “{}” here", quoted(&step)))
    })
}

fn set_answer(
    answer: &mut Answer,
    catalog: &Catalog,
    assignment: Assignment,
    context: &CommandContext<'_>,
) -> Result<(), Failure> {
    if !same_name(&assignment.field, "value") {
        let message = format!("an answer has no “{}”", quoted(&assignment.field));
        return Err(usage(message).hint("fields: value"));
    }
    let kind = known_kind(answer, catalog)?;
    let text = assignment.value;
    answer.value = field_values::parse_value(kind, Some(&answer.value), &text, context)?;
    Ok(())
}
