//! `leadby import FILE`: adds the lines of another journal, of an export of one, or what a file of
//! another program says.

mod foreign;

pub(super) use foreign::{left_out_lines, utf8_text};

use std::collections::BTreeSet;
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use super::confirm::confirm;
use super::context::{CommandContext, OpenedJournal};
use super::environment;
use super::failures::usage;
use super::remnants;
use super::write_stderr;
use crate::import::Format;
use crate::journal::{Entry, Id, Journal, VersionName};
use crate::practice::Catalog;
use crate::report;
use crate::store::{self, Import, Merged};
use crate::text::counted_noun;

const EXAMPLES: &str = "\
Examples:
  leadby import 'journal (Anna'\\''s conflicted copy).jsonl'
  leadby import /media/stick/journal.jsonl --yes
  leadby export json | leadby --journal /media/stick/j.jsonl import - --yes

The file is a journal, a copy of one that a sync tool left, or what leadby
export json wrote; one that is cut off is imported as far as it is intact.
Every version in it that is not here is added; nothing is removed or replaced,
and importing twice is the same as importing once. Where both changed the same
entry, both changes count; where they conflict, both texts stay until you
settle which counts. What was forgotten on either side is forgotten on both.
The file is not changed.

Files of other programs, tables and lists, and what leadby export csv and md
wrote are read, too: what is new, what is here already and which lines were not
understood is said before anything is saved.";

/// How many entries or lines are named.
const SHOWN: usize = 10;

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// The file; - reads standard input
    #[arg(value_parser = environment::path_parser(), value_hint = clap::ValueHint::FilePath)]
    file: PathBuf,
    /// The program or format it comes from, if that is not recognised
    #[arg(long, value_name = "NAME", ignore_case = true, value_parser = environment::by_name(Format::ALL.map(|it| (it.name(), it))))]
    from: Option<Format>,
    /// Do not ask
    #[arg(long)]
    yes: bool,
}

impl Arguments {
    pub(super) fn run(self, context: &mut CommandContext<'_>) -> anyhow::Result<()> {
        let bytes = if self.file.as_os_str() == "-" {
            context.read_input()?
        } else {
            Import::read_file(&self.file)?
        };
        if let Some(file) = foreign::recognize(&bytes, &self.file, self.from)? {
            return file.import(context, self.yes);
        }
        let import = Import::read(bytes)?;
        if let Some(place) = import.cut_off() {
            write_stderr(&format!(
                "leadby: the export is cut off at {place}; the versions before that are intact.\n"
            ));
        }
        let mut opened = context.open()?;
        let compared = opened
            .store
            .preview_import(&import, &mut progress_reporter("Checked", import.length()))?;
        if compared.added + compared.already_there == 0 && !compared.unreadable.is_empty() {
            return Err(usage("nothing was imported: it has no journal entries").into());
        }
        context.print_lines(describe_merge(&compared, &opened.journal, context))?;
        if compared.added == 0 {
            let away = count_away(&import, &opened.journal);
            if away > 0 {
                let entries = counted_noun(away, "entry");
                let line = format!("       {entries} of it undone or deleted here since");
                context.print_line(line)?;
            }
            return Ok(());
        }
        if !confirm("Import them?", self.yes, context)? {
            return Ok(());
        }
        back_up(context, &mut opened);
        let imported = opened
            .store
            .import(&import, &mut progress_reporter("Imported", import.length()))?;
        record_import(context, &imported.names);
        let lines = counted_noun(imported.added, "line");
        context.print_line(format!("Imported: {lines}."))?;
        let gone = forgotten_there(&compared, &opened.journal);
        let lines = remnants::after_forgetting(context, &gone);
        Ok(context.print_lines(lines.into_iter().flatten())?)
    }
}

/// How many entries of a file are not in the journal, though their lines are.
fn count_away(import: &Import, journal: &Journal) -> usize {
    let there = Journal::fold(import.entries());
    let is_away = |entry: &&Entry| journal.current(&entry.id).is_none();
    there.entries().filter(is_away).count()
}

/// Shows on a terminal how much of `length` bytes is done, once it takes longer than a moment.
pub(super) fn progress_reporter(what: &'static str, length: usize) -> impl FnMut(usize) {
    const MOMENT: Duration = Duration::from_millis(500);
    let (begun, on_terminal) = (Instant::now(), io::stderr().is_terminal());
    let mut percent_shown = None;
    move |done| {
        let percent = done.saturating_mul(100) / length.max(1);
        // The clock is read once per percent, not for each line.
        if !on_terminal || percent_shown.is_some_and(|percent_shown| percent_shown >= percent) {
            return;
        }
        percent_shown = Some(percent);
        if begun.elapsed() >= MOMENT {
            // The line is rewritten each time, and removed at the end (ECMA-48).
            let line = format!("\r\u{1b}[K{what}: {percent} %");
            let line = if percent < 100 { &line } else { "\r\u{1b}[K" };
            let _ = io::stderr().write_all(line.as_bytes());
        }
    }
}

/// Records what was added, so that undo removes it in one step; without the record, one by one.
pub(super) fn record_import(context: &CommandContext<'_>, names: &[VersionName]) {
    if let Err(failure) = store::note_import(&context.path, names) {
        write_stderr(&format!(
            "leadby: {failure}; undo goes back one change at a time.\n"
        ));
    }
}

/// Creates this week's snapshot before lines are added; if that fails, it is only reported.
pub(super) fn back_up(context: &CommandContext<'_>, opened: &mut OpenedJournal) {
    if let Err(failure) = opened.store.make_snapshot(context.now) {
        write_stderr(&format!("leadby: {failure}; nothing else is affected.\n"));
    }
}

/// What a merge brings: new lines and what they change, lines that are the same, unreadable ones,
/// and entries that both sides changed.
pub(super) fn describe_merge(
    merged: &Merged,
    journal: &Journal,
    context: &CommandContext<'_>,
) -> Vec<String> {
    let catalog = &context.catalog;
    let gone = forgotten_there(merged, journal);
    let mut lines = Vec::new();
    if merged.added == 0 {
        lines.push("new    nothing; all of it is here already".to_owned());
    } else {
        lines.push(format!("new    {}", counted_noun(merged.added, "line")));
        let mut joined = journal.clone();
        joined.insert_all(merged.new.entries.iter().cloned());
        let ids = merged.new.entries.iter().map(|entry| &entry.id);
        let ids: BTreeSet<&Id> = ids.filter(|id| !gone.contains(id)).collect();
        // What was deleted or undone there again is no new entry.
        let is_new = |id: &&Id| journal.versions(id).is_empty() && joined.current(id).is_some();
        let body = |entry: Option<&Entry>| entry.map(|entry| entry.body.clone());
        let differs = |id: &&Id| {
            body(journal.current(id)) != body(joined.current(id))
                || journal.unsettled(id) != joined.unsettled(id)
        };
        let (new, known): (Vec<&Id>, Vec<&Id>) = ids.iter().copied().partition(is_new);
        let (differing, older): (Vec<&Id>, Vec<&Id>) = known.into_iter().partition(differs);
        let remains = |id: &&&Id| joined.current(id).is_some();
        let parts = [
            (new.len(), "not in this journal yet"),
            (
                differing.iter().filter(remains).count(),
                "changed there, and will change here",
            ),
            (older.len(), "unchanged here; only the history grows"),
        ];
        for (number, what) in parts.into_iter().filter(|(number, _)| *number > 0) {
            let entries = counted_noun(number, "entry");
            lines.push(format!("       {entries} {what}"));
        }
        lines.extend(deleted_there(journal, &joined, catalog));
        lines.extend(changed_on_both_sides(journal, &joined, context));
    }
    lines.extend(
        gone.iter()
            .map(|id| describe_forgotten(id, journal, catalog)),
    );
    lines.push(format!(
        "same   {}",
        counted_noun(merged.already_there, "line")
    ));
    if merged.forgotten > 0 {
        let out = counted_noun(merged.forgotten, "line");
        lines.push(format!("out    {out} of entries that were forgotten"));
    }
    if !merged.unreadable.is_empty() {
        let left = counted_noun(merged.unreadable.len(), "line");
        lines.push(format!("left   {left} there, unreadable"));
    }
    lines
}

/// The entries that vanish here because they were deleted or undone there, a line for each.
pub(super) fn deleted_there(before: &Journal, after: &Journal, catalog: &Catalog) -> Vec<String> {
    let forgotten: BTreeSet<&Id> = after.forgotten_marks().map(|mark| &mark.id).collect();
    let is_deleted =
        |entry: &&Entry| after.current(&entry.id).is_none() && !forgotten.contains(&entry.id);
    let deleted: Vec<&Entry> = before.entries().filter(is_deleted).collect();
    list_entries(&deleted, |entry| {
        let entry = report::quoted_with_id(&entry.id, before, catalog);
        format!("gone   {entry} was deleted or undone there, and is deleted here too")
    })
}

/// The entries that say something else here because they were changed there, a line for each;
/// without those that both sides changed.
pub(super) fn changed_there(before: &Journal, after: &Journal, catalog: &Catalog) -> Vec<String> {
    let is_changed = |entry: &&Entry| {
        let id = &entry.id;
        let now = after.current(id);
        now.is_some_and(|now| now.body != entry.body) && after.unsettled(id) == before.unsettled(id)
    };
    let changed: Vec<&Entry> = before.entries().filter(is_changed).collect();
    list_entries(&changed, |entry| {
        let entry = report::quoted_with_id(&entry.id, after, catalog);
        format!("new    {entry} was changed there, and is now the same here")
    })
}

/// A line for each of the first entries, and one that counts the others.
fn list_entries(entries: &[&Entry], line: impl Fn(&Entry) -> String) -> Vec<String> {
    let shown = entries.iter().take(SHOWN).map(|entry| line(entry));
    let more = entries.len().saturating_sub(SHOWN);
    let more = (more > 0).then(|| format!("       and {more} more"));
    shown.chain(more).collect()
}

/// The entries with words here, also of deleted ones, that were forgotten there.
pub(super) fn forgotten_there(merged: &Merged, journal: &Journal) -> BTreeSet<Id> {
    let entries = merged.new.entries.iter();
    entries
        .filter(|entry| entry.is_forgotten_mark() && !journal.versions(&entry.id).is_empty())
        .map(|entry| entry.id.clone())
        .collect()
}

/// What becomes of an entry that was forgotten there.
pub(super) fn describe_forgotten(id: &Id, journal: &Journal, catalog: &Catalog) -> String {
    let entry = match journal.current(id) {
        Some(_) => report::quoted_with_id(id, journal, catalog),
        None => "what was deleted here".to_owned(),
    };
    format!("gone   {entry} was forgotten there; its text is removed here too")
}

/// The entries that both sides changed, one line each: those that are not settled yet, and those
/// that the other side settled.
pub(super) fn changed_on_both_sides(
    before: &Journal,
    after: &Journal,
    context: &CommandContext<'_>,
) -> Vec<String> {
    let catalog = &context.catalog;
    let mut lines: Vec<String> = after
        .all_unsettled()
        .filter(|(entry, unsettled)| before.unsettled(&entry.id) != *unsettled)
        .map(|(entry, _)| {
            format!(
                "both   {}",
                report::describe_unsettled(&entry.id, after, catalog)
            )
        })
        .collect();
    if !lines.is_empty() {
        let call = &context.invocation;
        lines.push(format!(
            "       `{call} settle` shows both texts, and how to settle them"
        ));
    }
    let settled = before.all_unsettled().filter(|(entry, _)| {
        after.current(&entry.id).is_some() && after.unsettled(&entry.id).is_empty()
    });
    lines.extend(settled.map(|(entry, _)| {
        let entry = report::quoted_with_id(&entry.id, after, catalog);
        format!("both   {entry} was settled there")
    }));
    lines
}
