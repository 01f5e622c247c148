//! `leadby settle [ID]`: fields that two machines wrote differently, and which text counts.

use super::context::CommandContext;
use super::failures::{not_found, usage};
use super::{acts, resolve};
use crate::failure::Failure;
use crate::journal::rules::{Act, SettleField, TextChoice};
use crate::journal::{Body, Entry, Unsettled};
use crate::report;
use crate::store::Store;
use crate::text::{one_line, quoted, shell_quote};

const EXAMPLES: &str = "\
Examples:
  leadby settle                      every field with two texts, and the texts
  leadby settle 7f3a9c --take 2      the second text counts
  leadby settle 7f3a9c --take both   one after the other
  leadby settle 7f3a9c --field did --take 1

Where two machines wrote to one field before they met, both texts are kept and
the later one is shown. Any change of the field settles it too. It exits with 1
when nothing is unsettled.";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// The entry, by its id or the beginning or end of it; without one, all are listed
    id: Option<String>,
    /// Which text counts: its number, or both
    #[arg(long, value_name = "NUMBER|both", requires = "id", value_parser = parse_take)]
    take: Option<TextChoice>,
    /// The field, where the entry has several that are unsettled
    #[arg(long, requires = "take")]
    field: Option<String>,
}

impl Arguments {
    pub(super) fn run(self, context: &mut CommandContext<'_>) -> anyhow::Result<()> {
        let mut opened = context.open()?;
        let journal = &opened.journal;
        let entries: Vec<Entry> = match &self.id {
            Some(id) => vec![resolve::entry_by_id(id, journal, context)?],
            None => journal
                .all_unsettled()
                .map(|(entry, _)| entry.clone())
                .collect(),
        };
        let all_settled = entries
            .iter()
            .all(|entry| journal.unsettled(&entry.id).is_empty());
        if all_settled {
            return Err(not_found("nothing to settle").into());
        }
        let Some(take) = self.take else {
            let lines = entries
                .iter()
                .flat_map(|entry| describe_unsettled(entry, context, &opened.journal));
            let mut lines: Vec<String> = lines.collect();
            let id = match entries.as_slice() {
                [one] => report::short_id(&one.id, journal),
                _ => "ID".to_owned(),
            };
            let (call, id) = (&context.invocation, shell_quote(&id));
            lines.push(format!(
                "`{call} settle {id} --take 1` keeps the first text."
            ));
            return Ok(context.print_lines(lines)?);
        };
        let entry = &entries[0];
        let field =
            find_unsettled_field(self.field.as_deref(), entry, journal.unsettled(&entry.id))?;
        let before = report::entry_title(entry, journal, &context.catalog);
        let act = Act::Settle(SettleField {
            id: entry.id.clone(),
            field,
            choice: take,
        });
        let done = acts::perform(&act, context, &opened)?;
        // Which texts it replaces was asked for, so that is not said again.
        let saved = context.save_with(&mut opened, &done.changes, Store::append)?;
        let result = report::act_result(&done.result, context.basis(&opened.journal));
        match saved.last() {
            Some(entry) => {
                // The chosen text may be the title.
                let title = match &entry.body {
                    Body::Deleted => before,
                    _ => report::entry_title(entry, &opened.journal, &context.catalog),
                };
                context.confirm_saved(&format!("{result}: {}", quoted(&title)), entry)
            }
            None => acts::report_unchanged(context),
        }
    }
}

/// An entry with its unsettled fields, and their texts by number.
fn describe_unsettled(
    entry: &Entry,
    context: &CommandContext<'_>,
    journal: &crate::journal::Journal,
) -> Vec<String> {
    let id = report::short_id(&entry.id, journal);
    let mut lines = vec![format!(
        "{}  {}",
        one_line(&id),
        quoted(&report::entry_title(entry, journal, &context.catalog))
    )];
    for unsettled in journal.unsettled(&entry.id) {
        let field = &unsettled.field;
        let name = report::field_name(&entry.id, field, journal, &context.catalog);
        lines.push(format!("  {name} ({})", one_line(short_field_name(field))));
        let today = context.now.today();
        let texts = report::unsettled_texts(unsettled, entry, &context.catalog, today);
        for (number, text) in (1..).zip(texts) {
            lines.push(format!("    {number}  {}", report::text_in_a_line(&text)));
        }
    }
    lines
}

/// The unsettled field that is meant.
fn find_unsettled_field(
    said: Option<&str>,
    entry: &Entry,
    unsettled: &[Unsettled],
) -> Result<String, Failure> {
    let is_meant = |field: &&Unsettled| {
        said.is_none_or(|said| said == field.field || said == short_field_name(&field.field))
    };
    let meant: Vec<&Unsettled> = unsettled.iter().filter(is_meant).collect();
    let names: Vec<&str> = unsettled
        .iter()
        .map(|field| short_field_name(&field.field))
        .collect();
    let fields = format!("fields: {}", one_line(&names.join(", ")));
    match meant.as_slice() {
        [one] => Ok(one.field.clone()),
        [] => {
            let said = quoted(said.unwrap_or_default());
            Err(usage(format!("“{said}” is not an unsettled field of this entry")).hint(fields))
        }
        _ => {
            let message = format!(
                "{} has several unsettled fields",
                one_line(entry.id.as_str())
            );
            Err(usage(message).hint("name one with --field").hint(fields))
        }
    }
}

/// A field of an item by its own name.
fn short_field_name(field: &str) -> &str {
    field.strip_prefix("values.").unwrap_or(field)
}

fn parse_take(text: &str) -> Result<TextChoice, String> {
    if text == "both" {
        return Ok(TextChoice::All);
    }
    let number = text
        .parse::<usize>()
        .ok()
        .and_then(|number| number.checked_sub(1));
    number
        .map(TextChoice::Text)
        .ok_or_else(|| "take 1, 2 or both".to_owned())
}
