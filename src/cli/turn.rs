//! `leadby undo` and `leadby redo`: the last change taken back, and put back.

use std::process::ExitCode;

use super::acts;
use super::context::{Context, Opened};
use crate::failure::{Failure, Kind};
use crate::journal::rules::Act;
use crate::journal::{Change, Journal, Turn, Turns};
use crate::report;
use crate::store::{self, Store};

const UNDO: &str = "\
Examples:
  leadby undo                             the last change, whoever made it: here or in the screens
  leadby undo --list                      what would be taken back, the last first
  leadby redo                             puts it back

Taking back writes one more version; nothing is ever unwritten. The answers of a page of the walk
were saved at once and are taken back at once. It exits with 1 when there is nothing to take back.";

const REDO: &str = "\
Examples:
  leadby redo
  leadby redo --list                      what would be put back, the last first

What was taken back can be put back until something new is written.";

/// How many changes `--list` names.
const LISTED: usize = 20;

/// Take back the last change
#[derive(Debug, clap::Args)]
#[command(after_help = UNDO)]
pub(super) struct Undo {
    /// Say what could be taken back, and change nothing
    #[arg(long)]
    list: bool,
}

/// Put back what was taken back last
#[derive(Debug, clap::Args)]
#[command(after_help = REDO)]
pub(super) struct Redo {
    /// Say what could be put back, and change nothing
    #[arg(long)]
    list: bool,
}

impl Undo {
    pub(super) fn run(self, context: &mut Context<'_>) -> anyhow::Result<ExitCode> {
        let nothing = Failure::new(Kind::NotFound, "there is nothing to take back");
        last(
            context,
            self.list,
            (Turns::to_undo, Act::Undo),
            nothing,
            "Taken back",
        )
    }
}

impl Redo {
    pub(super) fn run(self, context: &mut Context<'_>) -> anyhow::Result<ExitCode> {
        let nothing = Failure::new(Kind::NotFound, "there is nothing to put back")
            .hint("what was taken back can be put back until something new is written");
        last(
            context,
            self.list,
            (Turns::to_redo, Act::Redo),
            nothing,
            "Put back",
        )
    }
}

/// What can be undone or redone, the last first.
type Find = fn(&Turns, &Journal, usize) -> Vec<Vec<Turn>>;

/// Lists what is found, or does the last of it, on all that stands in the journal when it is done.
fn last(
    context: &mut Context<'_>,
    listed: bool,
    (find, kind): (Find, fn(Vec<Change>) -> Act),
    nothing: Failure,
    done: &str,
) -> anyhow::Result<ExitCode> {
    let imported = store::last_import(&context.path);
    loop {
        let (opened, turns) = context.open_with(|lines| Turns::replay(lines, imported.clone()))?;
        let found = find(&turns, &opened.journal, if listed { LISTED } else { 1 });
        if found.is_empty() {
            return Err(nothing.into());
        }
        if listed {
            return list(context, opened, &found);
        }
        if turn(context, opened, &found, (kind, done))? {
            return Ok(ExitCode::SUCCESS);
        }
    }
}

/// Does the first turn and says what it did; false when another program wrote meanwhile, and the
/// last change may be another one.
fn turn(
    context: &mut Context<'_>,
    mut opened: Opened,
    found: &[Vec<Turn>],
    (kind, done): (fn(Vec<Change>) -> Act, &str),
) -> anyhow::Result<bool> {
    let turns = found.iter().take(1).flatten();
    let changes = turns.map(|turn| turn.change.clone()).collect();
    let changes = acts::perform(&kind(changes), context, &opened)?.changes;
    let mut lines = Vec::new();
    for change in &changes {
        lines.extend(said(context, &opened, change, done));
    }
    let alone = Store::append_if_alone;
    if context.save_with(&mut opened, &changes, alone)?.is_empty() {
        return Ok(false);
    }
    for line in lines {
        context.output.line(&line)?;
    }
    Ok(true)
}

/// Names every turn, with what it would do.
fn list(
    context: &mut Context<'_>,
    mut opened: Opened,
    found: &[Vec<Turn>],
) -> anyhow::Result<ExitCode> {
    let times = |opened: &Opened, turn: &Turn| {
        let id = turn.change.id.as_ref()?;
        let versions = opened.journal.versions(id);
        let entry = versions
            .iter()
            .rfind(|entry| entry.lineage.name == turn.name)?;
        Some(report::when(entry, context.now.today()))
    };
    let mut lines = Vec::new();
    for turn in found.iter().flatten() {
        let when = times(&opened, turn).unwrap_or_default();
        lines.extend(said(context, &opened, &turn.change, &when));
        // The next turn is told as it would be after this one.
        opened.journal.imagine(&turn.change, context.now.stamp());
    }
    for line in lines {
        context.output.line(&line)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// "Taken back: commitment · Inbox rules", and what that changes, indented.
fn said(context: &Context<'_>, opened: &Opened, change: &Change, head: &str) -> Vec<String> {
    let (journal, today) = (&opened.journal, context.now.today());
    let lines = report::turned(change, journal, &context.catalog, today);
    let mut lines = lines.into_iter();
    let first = lines.next().unwrap_or_default();
    let mut said = vec![format!("{head}: {first}")];
    said.extend(lines.map(|line| format!("  {line}")));
    said
}
