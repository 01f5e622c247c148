//! `leadby forget ID`: deletes one entry for good, with all its versions.

use std::path::Path;
use std::process::ExitCode;

use super::ask::agreed;
use super::context::Context;
use super::pick;
use super::sync;
use super::whereabouts::shown;
use crate::failure::{Failure, Kind};
use crate::journal::{Body, Entry};
use crate::report;
use crate::store::{self, Damage, Forgotten, RemnantReason, StillIn};
use crate::words::{count, for_shell, quoted};

const EXAMPLES: &str = "\
Examples:
  leadby forget 7f3a9c                    shows what would be deleted, and asks
  leadby forget 7f3a9c --backups --yes    from snapshots and other files too, without asking
  leadby forget 7f3a9c --everywhere       from the history at the remote too

This is the only command that deletes anything for good; undo cannot bring it back. Every other line
of the journal stays byte for byte. To delete an entry and keep its history, use leadby delete. A
line without text stays and says that the entry is forgotten: a machine that imports or syncs it
forgets the entry too. Files beside the journal are checked: those that still have some of the text
are listed, and --backups removes it, unless they may have text that is nowhere else. --everywhere
gives the remote of leadby sync a new history. Copies of the journal elsewhere still have its text.";

/// Delete an entry and its history for good; this cannot be undone
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
    /// The same call, without the question.
    fn again(&self, call: &str) -> String {
        let backups = match (self.everywhere, self.backups) {
            (true, _) => " --everywhere",
            (false, true) => " --backups",
            (false, false) => "",
        };
        let id = for_shell(&self.id);
        if id.starts_with('-') {
            return format!("{call} forget{backups} --yes -- {id}");
        }
        format!("{call} forget {id}{backups} --yes")
    }

    pub(super) fn run(mut self, context: &mut Context<'_>) -> anyhow::Result<ExitCode> {
        self.backups |= self.everywhere;
        let remote = sync::remote_name(&context.path)?;
        if self.everywhere && remote.is_none() {
            let failure = Failure::new(Kind::Usage, "nothing was changed: no remote is set up");
            return Err(failure
                .hint("`leadby forget ID --backups` does everything here")
                .into());
        }
        let opened = context.open()?;
        let (journal, catalog) = (&opened.journal, &context.catalog);
        let entry = pick::any_entry_by_id(&self.id, journal, catalog).or_else(|failure| {
            // What was forgotten here may still be in the snapshots.
            let forgotten: Vec<Entry> = journal.forgotten().cloned().collect();
            match pick::entry_among(&self.id, &forgotten, journal, catalog) {
                Ok(entry) if self.backups => Ok(entry),
                _ => Err(failure),
            }
        })?;
        let is_forgotten = entry.body == Body::Forgotten;
        let today = context.now.today();
        let versions = count(journal.versions(&entry.id).len(), "version");
        let name = report::name(&entry, catalog, today);
        let words = quoted(&report::words(&entry, catalog));
        let id = quoted(entry.id.as_str());
        let mut lines = if is_forgotten {
            vec![format!("an entry that was forgotten here, {id}")]
        } else {
            vec![format!("{name} · {words}"), format!("  {versions}, {id}")]
        };
        if self.backups {
            let there = count(store::snapshots(&context.path)?.len(), "snapshot");
            lines.push(format!(
                "  also in {there} and other files beside the journal, if they have it"
            ));
        }
        if let (true, Some(remote)) = (self.everywhere, &remote) {
            lines.push(format!(
                "  also at {remote}, with the history of all entries there"
            ));
        }
        for line in &lines {
            context.output.line(line)?;
        }
        let again = self.again(&context.invocation);
        let question = "Delete it for good? This cannot be undone.";
        if !self.yes {
            context.output.show()?;
        }
        if !agreed(question, self.yes, &again)? {
            context.output.line("Nothing was changed.")?;
            return Ok(ExitCode::SUCCESS);
        }
        let forgotten = store::forget(&context.path, &entry.id, self.backups, context.now)?;
        if forgotten.lines == 0 && !is_forgotten {
            let message = "it is no longer in the journal";
            return Err(Failure::new(Kind::NotFound, message).into());
        }
        let mut said = describe_removed(&forgotten, is_forgotten);
        said.extend(describe_remaining(&forgotten.remnants));
        if forgotten
            .remnants
            .iter()
            .any(|it| it.reason == RemnantReason::NotAsked)
        {
            let id = for_shell(entry.id.as_str());
            let again = format!("{} forget {id} --backups", context.invocation);
            said.push(format!("`{again}` removes it from these too."));
        }
        let mut opened = context.open()?;
        said.extend(match remote {
            Some(_) if self.everywhere => sync::forget_history(context, &mut opened)?,
            Some(remote) => vec![format!(
                "Still in the history at {remote}: `{} forget {} --everywhere` removes it there.",
                context.invocation,
                for_shell(entry.id.as_str())
            )],
            None => Vec::new(),
        });
        said.extend(sync::tracked_note(&context.path));
        let others = opened
            .findings
            .iter()
            .filter(|it| it.damage != Damage::ChangedOutside)
            .count();
        if others > 0 {
            let lines = count(others, "line");
            said.push(format!(
                "Note: {lines} could not be read, and may still have some of it."
            ));
        }
        said.push(
            "Other machines and your own backups may still have it; it stays forgotten here, \
             and it is gone there once they merge or sync with this journal."
                .to_owned(),
        );
        for line in said {
            context.output.line(&line)?;
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// What was done: the lines that were removed, and the files they were removed from.
fn describe_removed(forgotten: &Forgotten, was_forgotten: bool) -> Vec<String> {
    let mut said = Vec::new();
    if !was_forgotten {
        said.push(format!("Forgotten: {}.", count(forgotten.lines, "line")));
    }
    if !forgotten.snapshots.is_empty() {
        let snapshots = count(forgotten.snapshots.len(), "snapshot");
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
            .map(|path| format!("Also removed from {}.", shown(path))),
    );
    said
}

/// The files that still have some of it: one line per file, and one for all snapshots.
fn describe_remaining(files: &[StillIn]) -> Vec<String> {
    let is_snapshot = |it: &&StillIn| {
        let folder = it.path.parent().and_then(Path::extension);
        it.reason == RemnantReason::NotAsked && folder.is_some_and(|it| it == "backups")
    };
    let mut lines = Vec::new();
    let snapshots = files.iter().filter(is_snapshot).count();
    if snapshots > 0 {
        lines.push(format!("Still in {}.", count(snapshots, "snapshot")));
    }
    for StillIn { path, reason: why } in files.iter().filter(|it| !is_snapshot(it)) {
        let path = shown(path);
        lines.push(match why {
            RemnantReason::NotAsked => format!("Still in {path}."),
            RemnantReason::MayBeElse => format!(
                "Still in {path}, which may have text that is nowhere else: check it, then remove it."
            ),
            RemnantReason::Untouched(why) => format!("Perhaps still in {path}: {why}."),
        });
    }
    lines
}
