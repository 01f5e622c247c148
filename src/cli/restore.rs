//! `leadby restore`: lists the weekly snapshots, and adds back what is missing.

use std::path::Path;

use super::context::{CommandContext, OpenedJournal};
use super::failures::not_found;
use super::import::{back_up, describe_merge, record_import};
use crate::calendar;
use crate::failure::{Failure, FailureKind};
use crate::journal::Journal;
use crate::store::{self, Import, Snapshot, Store};
use crate::text::{counted_noun, display_path, one_line, quoted, shell_quote};

const EXAMPLES: &str = "\
Examples:
  leadby restore                  snapshots, and what only they have
  leadby restore 2026-W48         what would come back
  leadby restore 2026-W48 --yes   brings it back

A snapshot is the journal as it was before the first save of its week. Eight
weeks are kept, in the folder journal.jsonl.backups beside the journal.
Restoring adds the lines that are missing and never removes or replaces any:
what was written since stays, and what changed since still counts.";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// The snapshot, by its week or name; without it, they are listed
    #[arg(value_name = "WEEK")]
    name: Option<String>,
    /// Bring back what is missing; without it, restore only shows what that is
    #[arg(long, requires = "name")]
    yes: bool,
}

impl Arguments {
    pub(super) fn run(self, context: &mut CommandContext<'_>) -> anyhow::Result<()> {
        let mut opened = context.open()?;
        let snapshots = store::snapshots(&context.path)?;
        let Some(name) = &self.name else {
            return list_snapshots(context, &opened, &snapshots);
        };
        let chosen = snapshots
            .iter()
            .find(|snapshot| snapshot.name.eq_ignore_ascii_case(name.trim()))
            .ok_or_else(|| unknown_snapshot(name, &snapshots))?;
        let snapshot = read_snapshot(&chosen.path)?;
        let compared = opened.store.preview_import(&snapshot, &mut |_| ())?;
        context.print_lines(describe_merge(&compared, &opened.journal, context))?;
        if compared.added == 0 {
            return Ok(());
        }
        if !self.yes {
            let again = format!(
                "{} restore {}",
                context.invocation,
                shell_quote(&chosen.name)
            );
            return Ok(context.print_line(format!("\n`{again} --yes` brings back what is new."))?);
        }
        back_up(context, &mut opened);
        let merged = opened.store.import(&snapshot, &mut |_| ())?;
        record_import(context, &merged.names);
        let lines = counted_noun(merged.added, "line");
        Ok(context.print_line(format!("Restored: {lines}."))?)
    }
}

fn list_snapshots(
    context: &mut CommandContext<'_>,
    opened: &OpenedJournal,
    snapshots: &[Snapshot],
) -> anyhow::Result<()> {
    if snapshots.is_empty() {
        let failure = not_found("no snapshot yet");
        return Err(failure
            .hint("the first save of a week creates one, of what was there before")
            .into());
    }
    for snapshot in snapshots.iter().rev() {
        let name = one_line(&snapshot.name);
        let day = match snapshot.week {
            Some(week) => {
                let monday = calendar::short_date(week.monday(), context.now.today());
                format!("week of {monday}")
            }
            None => "made by leadby doctor --repair".to_owned(),
        };
        let holds = match (
            Store::open(&snapshot.path),
            read_snapshot(&snapshot.path)
                .and_then(|lines| opened.store.preview_import(&lines, &mut |_| ())),
        ) {
            (Ok((_, loaded)), Ok(compared)) => {
                let lines = counted_noun(compared.added + compared.already_there, "line");
                let snapshot = Journal::fold(loaded.entries);
                let entries = counted_noun(snapshot.entries().count(), "entry");
                let missing = match compared.added {
                    0 => "all of it in the journal".to_owned(),
                    missing => format!("{} the journal lacks", counted_noun(missing, "line")),
                };
                format!("{lines}, {entries}, {missing}")
            }
            (Err(failure), _) | (_, Err(failure)) => one_line(failure.message()),
        };
        context.print_line(format!("{name}  {day} · {holds}"))?;
    }
    Ok(())
}

fn read_snapshot(path: &Path) -> Result<Import, Failure> {
    Import::from_journal(Import::read_file(path)?).ok_or_else(|| {
        let message = format!("{} is not a leadby journal", display_path(path));
        Failure::new(FailureKind::Journal, message)
    })
}

fn unknown_snapshot(name: &str, snapshots: &[Snapshot]) -> Failure {
    let failure = not_found(format!("no snapshot called “{}”", quoted(name)));
    if snapshots.is_empty() {
        return failure.hint("no snapshot yet; the first save of a week creates one");
    }
    let names = snapshots.iter().map(|snapshot| one_line(&snapshot.name));
    failure.hint(format!(
        "snapshots: {}",
        names.collect::<Vec<_>>().join(", ")
    ))
}
