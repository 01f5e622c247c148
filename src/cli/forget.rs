//! `leadby forget ID`: deletes one entry for good, with all its versions.

use std::path::PathBuf;

use super::confirm::confirm;
use super::context::CommandContext;
use super::failures::{not_found, usage};
use super::remnants;
use super::resolve;
use super::sync;
use crate::failure::Failure;
use crate::journal::{Entry, Journal};
use crate::practice::Catalog;
use crate::report;
use crate::store::{self, Forgotten};
use crate::text::{counted_noun, display_path, quoted, shell_quote};

const EXAMPLES: &str = "\
Examples:
  leadby forget 7f3a9c                   shows what would be deleted, and asks
  leadby forget 7f3a9c --backups --yes   from other files too, without asking
  leadby forget 7f3a9c --everywhere      from the history at the remote too

This is the only command that deletes anything for good; undo cannot bring it
back. Every other line of the journal stays byte for byte. To delete an entry
and keep its history, use leadby delete. A line without text stays and says
that the entry is forgotten: a machine that imports or syncs it forgets the
entry too. Files beside the journal are checked: those that still have some of
the text are listed, and --backups removes it, unless they may have text that
is nowhere else. --everywhere gives the remote of leadby sync a new history.
Copies of the journal elsewhere still have its text.";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// The entry, by its id or the beginning or end of it
    id: String,
    /// Remove it from the weekly snapshots and other files beside the journal too
    #[arg(long)]
    backups: bool,
    /// Remove it from the history at the remote of leadby sync, and as --backups does
    #[arg(long)]
    everywhere: bool,
    /// Do not ask
    #[arg(long)]
    yes: bool,
}

impl Arguments {
    pub(super) fn run(mut self, context: &mut CommandContext<'_>) -> anyhow::Result<()> {
        self.backups |= self.everywhere;
        let remote = sync::Remote::for_journal(&context.path)
            .map_err(|failure| failure.hint("nothing was forgotten, here or there"))?
            .map(|it| it.name);
        if self.everywhere && remote.is_none() {
            return Err(usage("nothing was changed: no remote is set up")
                .hint(format!(
                    "`leadby forget {} --backups` does everything here",
                    quoted(&self.id)
                ))
                .into());
        }
        let mut opened = context.open()?;
        let entry = self.find(&opened.journal, &context.catalog)?;
        let is_forgotten = entry.is_forgotten_mark();
        let lines = self.describe(&entry, &opened.journal, remote.as_deref(), context)?;
        context.print_lines(lines)?;
        let question = "Delete it for good? This cannot be undone.";
        if !confirm(question, self.yes, context)? {
            return Ok(());
        }
        context.take_in_notes(&mut opened)?;
        let forgotten = store::forget(&context.path, &entry.id, self.backups, context.now)?;
        if forgotten.lines == 0 && !is_forgotten {
            return Err(not_found("it is no longer in the journal").into());
        }
        let mut said = describe_removed(&forgotten, is_forgotten);
        said.extend(remnants::describe(context, &entry.id, &forgotten.remnants));
        let mut opened = context.open()?;
        match &remote {
            Some(_) if self.everywhere => said.extend(sync::forget_history(context, &mut opened)?),
            Some(remote) => said.extend(sync::history_note(context, remote, &entry.id)),
            None => {}
        }
        said.extend(sync::tracked_note(&context.path));
        if opened.left_out_count() > 0 {
            let lines = counted_noun(opened.left_out_count(), "line");
            said.push(format!(
                "Note: {lines} could not be read, and may still have some of it."
            ));
        }
        said.extend(unseen_note(&forgotten.unseen));
        said.push(
            "Other machines and your own backups may still have it; it stays forgotten here, \
             and it is gone there once they merge or sync with this journal."
                .to_owned(),
        );
        Ok(context.print_lines(said)?)
    }

    /// The entry that is meant, or with `--backups` one that was forgotten here before: it may still
    /// be in the snapshots.
    fn find(&self, journal: &Journal, catalog: &Catalog) -> Result<Entry, Failure> {
        resolve::any_entry_by_id(&self.id, journal, catalog).or_else(|failure| {
            let forgotten: Vec<Entry> = journal.forgotten_marks().cloned().collect();
            match resolve::entry_among(&self.id, &forgotten, journal, catalog) {
                Ok(entry) if self.backups => Ok(entry),
                _ => Err(failure),
            }
        })
    }

    /// The lines of the question: what will be removed.
    fn describe(
        &self,
        entry: &Entry,
        journal: &Journal,
        remote: Option<&str>,
        context: &CommandContext<'_>,
    ) -> Result<Vec<String>, Failure> {
        let (catalog, today) = (&context.catalog, context.now.today());
        let id = quoted(entry.id.as_str());
        let mut lines = if entry.is_forgotten_mark() {
            vec![format!("an entry that was forgotten here, {id}")]
        } else {
            let name = report::entry_name(entry, catalog, today);
            let words = quoted(&report::entry_text(entry, catalog));
            let versions = counted_noun(journal.versions(&entry.id).len(), "version");
            vec![format!("{name} · {words}"), format!("  {versions}, {id}")]
        };
        if self.backups {
            let there = match store::snapshots(&context.path)?.len() {
                0 => String::new(),
                snapshots => format!("{} and other ", counted_noun(snapshots, "snapshot")),
            };
            lines.push(format!(
                "  also in {there}files beside the journal, if they have it"
            ));
        }
        for linked in journal.linked_entries(entry) {
            let name = report::entry_name(linked, catalog, today);
            let words = quoted(&report::entry_text(linked, catalog));
            let id = shell_quote(report::short_id(&linked.id, journal));
            lines.push(format!(
                "  kept: {name} · {words}; `{} forget {id}` deletes it too",
                context.invocation
            ));
        }
        if let (true, Some(remote)) = (self.everywhere, remote) {
            lines.push(format!(
                "  also at {remote}, with the history of all entries there"
            ));
        }
        Ok(lines)
    }
}

/// Which folders beside the journal may still have it.
fn unseen_note(folders: &[PathBuf]) -> Option<String> {
    let names: Vec<String> = folders.iter().take(5).map(|it| display_path(it)).collect();
    let more = match folders.len().saturating_sub(names.len()) {
        0 => String::new(),
        more => format!(", and {more} more"),
    };
    let what = if folders.len() == 1 {
        "This folder was"
    } else {
        "These folders were"
    };
    (!names.is_empty()).then(|| format!("{what} not searched: {}{more}.", names.join(", ")))
}

/// What was done: the lines that were removed, and the files they were removed from.
fn describe_removed(forgotten: &Forgotten, was_forgotten: bool) -> Vec<String> {
    let mut said = Vec::new();
    if !was_forgotten {
        said.push(format!(
            "Forgotten: {}.",
            counted_noun(forgotten.lines, "line")
        ));
    }
    if !forgotten.snapshots.is_empty() {
        let snapshots = counted_noun(forgotten.snapshots.len(), "snapshot");
        let also = if was_forgotten {
            "Removed"
        } else {
            "Also removed"
        };
        said.push(format!("{also} from {snapshots}."));
    }
    said.extend(
        forgotten
            .others
            .iter()
            .map(|path| format!("Also removed from {}.", display_path(path))),
    );
    said
}
