//! Imports a file of another program: what it says, what was not understood, the question, the save.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use super::super::acts::refusal_failure;
use super::super::confirm::confirm;
use super::super::context::{CommandContext, OpenedJournal};
use super::super::failures::usage;
use super::super::write_stderr;
use super::{SHOWN, back_up, record_import};
use crate::failure::{Failure, FailureKind};
use crate::import::{DatedChange, Format, Reading};
use crate::journal::{Body, Id, Journal, Value, VersionName, folded_name, mentions};
use crate::practice::Catalog;
use crate::report::{self, ExportScope, Separator};
use crate::text::{counted_noun, one_line};

/// A file of another program.
pub(super) struct ForeignFile<'a> {
    text: &'a str,
    format: Format,
}

/// The entries of a file that are not imported, as the journal has or had them.
#[derive(Default)]
struct StaysHere {
    same: usize,
    /// Changed, deleted, or undone since they were imported.
    changed: usize,
    forgotten: usize,
}

/// The file as another program's: in the format `from`, or in one that is recognised.
pub(super) fn recognize<'a>(
    bytes: &'a [u8],
    path: &Path,
    from: Option<Format>,
) -> Result<Option<ForeignFile<'a>>, Failure> {
    let text = match (utf8_text(bytes), from) {
        (Ok(text), _) => text,
        (Err(_), None) => return Ok(None),
        (Err(failure), Some(_)) => return Err(failure),
    };
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let format = from.or_else(|| Format::recognize(text, &name));
    Ok(format.map(|format| ForeignFile { text, format }))
}

impl ForeignFile<'_> {
    pub(super) fn import(&self, context: &mut CommandContext<'_>, yes: bool) -> anyhow::Result<()> {
        let reading = self.format.read(self.text, &context.catalog, context.now);
        let mut opened = context.open()?;
        let changes = reading.changes(&context.catalog, context.now);
        let mut changes = changes.map_err(|why| refusal_failure(&why, context))?;
        let number = changes.len();
        let here = [true, false].map(|all| self.written_here(&opened.journal, context, all));
        let mut stays = StaysHere::default();
        changes.retain(|(change, _)| {
            let Some(id) = &change.id else {
                return false;
            };
            let current = opened.journal.current(id).map(|entry| &entry.body);
            let written = here.iter().filter_map(|here| here.get(id));
            let mut known = written.chain(current).peekable();
            if known.peek().is_some() {
                if known.any(|body| *body == change.body) {
                    stays.same += 1;
                } else {
                    stays.changed += 1;
                }
            } else if opened.journal.revision(id) == 0 {
                return true;
            } else if opened.journal.versions(id).is_empty() {
                stays.forgotten += 1;
            } else {
                // It was deleted or undone.
                stays.changed += 1;
            }
            false
        });
        if number == 0 && !reading.left_out.is_empty() {
            let message = format!(
                "nothing was imported: it has no entries of {}",
                self.format.name()
            );
            let failure = usage(message);
            let failure = left_out_lines(&reading.left_out)
                .into_iter()
                .fold(failure, Failure::hint);
            return Err(failure.into());
        }
        context.print_lines(self.describe(&changes, &stays, &reading, &context.catalog))?;
        if changes.is_empty() {
            return Ok(());
        }
        if !confirm("Import them?", yes, context)? {
            return Ok(());
        }
        save(&changes, context, &mut opened)?;
        let entries = counted_noun(changes.len(), "entry");
        Ok(context.print_line(format!("Imported: {entries}."))?)
    }

    /// This journal's own entries, as they would be read from an export in this format, with or
    /// without what is private: some have no ids, some lose a part of an entry.
    fn written_here(
        &self,
        journal: &Journal,
        context: &CommandContext<'_>,
        include_private: bool,
    ) -> HashMap<Id, Body> {
        let catalog = &context.catalog;
        let scope = ExportScope {
            journal,
            catalog,
            span: None,
            include_private,
        };
        let written: Vec<String> = match self.format {
            Format::OwnMarkdown => vec![report::journal_markdown(scope).collect()],
            Format::Csv => {
                let tables = report::tables(scope).into_iter();
                let rows = tables.map(|table| table.csv_rows(scope, Separator::Comma).collect());
                rows.collect()
            }
            _ => Vec::new(),
        };
        let read = |text: &String| self.format.read(text, catalog, context.now);
        let changes = written.iter().map(read);
        let changes = changes.flat_map(|it| it.changes(catalog, context.now).unwrap_or_default());
        changes
            .filter_map(|(change, _)| Some((change.id?, change.body)))
            .collect()
    }

    /// What is new, what is here already as it is or with other words, and what was not understood.
    fn describe(
        &self,
        changes: &[DatedChange],
        here: &StaysHere,
        reading: &Reading,
        catalog: &Catalog,
    ) -> Vec<String> {
        let inbox = catalog.inbox().map_or("", |(register, _)| &register.id);
        let is_note = |body: &Body| matches!(body, Body::Item(item) if item.register == inbox);
        let is_item = |body: &Body| matches!(body, Body::Item(item) if item.register != inbox);
        let count = |is: &dyn Fn(&Body) -> bool| {
            let bodies = changes.iter().map(|(change, _)| &change.body);
            bodies.filter(|body| is(body)).count()
        };
        let is_commitment = |body: &Body| matches!(body, Body::Commitment(_));
        let is_answer = |body: &Body| matches!(body, Body::Answer(_));
        let is_choice = |body: &Body| matches!(body, Body::Choice(_));
        let parts = [
            (count(&is_note), "note", " for the inbox"),
            (count(&is_commitment), "commitment", ""),
            (count(&is_item), "item", " of a list"),
            (count(&is_answer), "answer", ""),
            (count(&is_choice), "choice", ""),
        ];
        let mut lines = vec![format!("read   as {}", self.format.name())];
        for (number, noun, place) in parts.into_iter().filter(|(number, ..)| *number > 0) {
            lines.push(format!("new    {}{place}", counted_noun(number, noun)));
        }
        if changes.is_empty() {
            let all_here = match here.changed + here.forgotten {
                0 => "; all of it is here already",
                _ => "",
            };
            lines.push(format!("new    nothing{all_here}"));
        }
        if here.same > 0 {
            lines.push(format!("same   {} here already", here.same));
        }
        if here.changed > 0 {
            let changed = here.changed;
            let line =
                format!("other  {changed} changed, undone or deleted here since; they stay so");
            lines.push(line);
        }
        if here.forgotten > 0 {
            let out = counted_noun(here.forgotten, "entry");
            lines.push(format!("out    {out} forgotten here"));
        }
        if self.format.has_at_tags() {
            lines.extend(names_line(changes));
        }
        let left_out = left_out_lines(&reading.left_out).into_iter();
        lines.extend(left_out.map(|line| format!("left   {line}")));
        let unclear = left_out_lines(&reading.not_understood).into_iter();
        lines.extend(unclear.map(|line| format!("check  {line}")));
        lines
    }
}

/// The words with an `@`, which become names of people.
fn names_line(changes: &[DatedChange]) -> Option<String> {
    let named = |body: &Body| match body {
        Body::Commitment(commitment) => mentions(&commitment.better, &[]),
        Body::Item(item) => {
            let texts = item.values.values().filter_map(Value::as_text);
            texts.flat_map(|text| mentions(text, &[])).collect()
        }
        _ => Vec::new(),
    };
    let names = changes.iter().flat_map(|(change, _)| named(&change.body));
    let names: BTreeMap<String, String> = names
        .map(|name| (folded_name(&name), format!("@{}", one_line(&name))))
        .collect();
    let shown: Vec<&str> = names.values().take(SHOWN).map(String::as_str).collect();
    let more = match names.len() - shown.len() {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let shown = shown.join(", ");
    (!shown.is_empty()).then(|| format!("names  {shown}{more}: a word with @ names a person here"))
}

/// The text of a file that is imported.
pub(in crate::cli) fn utf8_text(bytes: &[u8]) -> Result<&str, Failure> {
    std::str::from_utf8(bytes).map_err(|_| usage("nothing was imported: it is not UTF-8 text"))
}

/// What was not understood, the first lines of it.
pub(in crate::cli) fn left_out_lines(left_out: &[(usize, String)]) -> Vec<String> {
    let shown = left_out.iter().take(SHOWN);
    let mut lines: Vec<String> = shown
        .map(|(line, why)| format!("line {line}: {}", one_line(why)))
        .collect();
    if left_out.len() > SHOWN {
        lines.push(format!("and {} more", left_out.len() - SHOWN));
    }
    lines
}

fn save(
    changes: &[DatedChange],
    context: &CommandContext<'_>,
    opened: &mut OpenedJournal,
) -> Result<(), Failure> {
    back_up(context, opened);
    let appended = opened.store.append_first_versions(changes, context.now)?;
    if appended.saved.is_empty() {
        let message = "nothing was imported: another program imported the same meanwhile";
        return Err(Failure::new(FailureKind::Journal, message));
    }
    if let Some(note) = &appended.note {
        let said = context.call_this(&note.text);
        write_stderr(&format!("leadby: saved, but {said}.\n"));
    }
    let names: Vec<VersionName> = appended
        .saved
        .iter()
        .map(|entry| entry.lineage.name.clone())
        .collect();
    record_import(context, &names);
    Ok(())
}
