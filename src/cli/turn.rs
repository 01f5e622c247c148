//! `leadby undo` and `leadby redo`: the last change undone and redone.

use std::process::ExitCode;

use super::acts;
use super::context::{Context, Opened};
use crate::failure::{Failure, Kind};
use crate::journal::rules::Act;
use crate::journal::{Change, Journal, UndoStep, UndoHistory};
use crate::report;
use crate::store::{self, Store};

const UNDO: &str = "\
Examples:
  leadby undo                             the last change, made here or in the screens
  leadby undo --list                      what would be undone, newest first
  leadby redo                             redoes it

Undo adds a version; nothing is ever erased. The answers of a page of the walk were saved together
and are undone together. It exits with 1 when there is nothing to undo.";

const REDO: &str = "\
Examples:
  leadby redo
  leadby redo --list                      what would be redone, newest first

What was undone can be redone until something new is written.";

/// How many changes `--list` names.
const LISTED: usize = 20;

/// Undo the last change
#[derive(Debug, clap::Args)]
#[command(after_help = UNDO)]
pub(super) struct Undo {
    /// Show what can be undone, and change nothing
    #[arg(long)]
    list: bool,
}

/// Redo the last change that was undone
#[derive(Debug, clap::Args)]
#[command(after_help = REDO)]
pub(super) struct Redo {
    /// Show what can be redone, and change nothing
    #[arg(long)]
    list: bool,
}

impl Undo {
    pub(super) fn run(self, context: &mut Context<'_>) -> anyhow::Result<ExitCode> {
        let nothing = Failure::new(Kind::NotFound, "nothing to undo");
        run_last(
            context,
            self.list,
            (UndoHistory::undoable, Act::Undo),
            nothing,
            "Undone",
        )
    }
}

impl Redo {
    pub(super) fn run(self, context: &mut Context<'_>) -> anyhow::Result<ExitCode> {
        let nothing = Failure::new(Kind::NotFound, "nothing to redo")
            .hint("what was undone can be redone until something new is written");
        run_last(
            context,
            self.list,
            (UndoHistory::redoable, Act::Redo),
            nothing,
            "Redone",
        )
    }
}

/// What can be undone or redone, newest first.
type Find = fn(&UndoHistory, &Journal, usize) -> Vec<Vec<UndoStep>>;

/// Lists what is found, or does the newest of it, in the journal as it is at that moment.
fn run_last(
    context: &mut Context<'_>,
    listed: bool,
    (find, kind): (Find, fn(Vec<Change>) -> Act),
    nothing: Failure,
    done: &str,
) -> anyhow::Result<ExitCode> {
    let imported = store::last_import(&context.path);
    loop {
        let (opened, turns) = context.open_with_entries(|lines| UndoHistory::replay(lines, imported.clone()))?;
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

/// Does the first turn and reports it; `false` if another program wrote meanwhile, as the last
/// change may be another one then.
fn turn(
    context: &mut Context<'_>,
    mut opened: Opened,
    found: &[Vec<UndoStep>],
    (kind, done): (fn(Vec<Change>) -> Act, &str),
) -> anyhow::Result<bool> {
    let turns = found.iter().take(1).flatten();
    let changes = turns.map(|turn| turn.change.clone()).collect();
    let changes = acts::perform(&kind(changes), context, &opened)?.changes;
    let mut lines = Vec::new();
    for change in &changes {
        lines.extend(said(context, &opened, change, done));
    }
    let alone = Store::append_if_unchanged;
    if context.save_with(&mut opened, &changes, alone)?.is_empty() {
        return Ok(false);
    }
    for line in lines {
        context.output.line(&line)?;
    }
    Ok(true)
}

/// Lists every turn, with what it would do.
fn list(
    context: &mut Context<'_>,
    mut opened: Opened,
    found: &[Vec<UndoStep>],
) -> anyhow::Result<ExitCode> {
    let times = |opened: &Opened, turn: &UndoStep| {
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
        // The next turn is described as it would be after this one.
        opened.journal.imagine(&turn.change, context.now.stamp());
    }
    for line in lines {
        context.output.line(&line)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// "Undone: commitment · Inbox rules", and what that changes, indented.
fn said(context: &Context<'_>, opened: &Opened, change: &Change, head: &str) -> Vec<String> {
    let (journal, today) = (&opened.journal, context.now.today());
    let mut lines = report::turned(change, journal, &context.catalog, today).into_iter();
    let first = lines.next().unwrap_or_default();
    let mut said = vec![format!("{head}: {first}")];
    said.extend(lines.map(|line| format!("  {line}")));
    said
}
