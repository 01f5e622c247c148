//! `leadby undo` and `leadby redo`: the last change undone and redone.

use super::acts;
use super::confirm::confirm;
use super::context::{CommandContext, OpenedJournal};
use super::failures::not_found;
use crate::failure::Failure;
use crate::journal::rules::Act;
use crate::journal::{Change, Journal, UndoHistory, UndoStep};
use crate::report;
use crate::store::{self, Store};

const UNDO_EXAMPLES: &str = "\
Examples:
  leadby undo          the last change, made here or in the screens
  leadby undo --list   what would be undone, newest first
  leadby redo          redoes it

Undo adds a version; nothing is ever erased. The answers of a page of the walk
were saved together and are undone together. What another machine changed and a
sync brought is undone there too, so you are asked first. It exits with 1 when
there is nothing to undo.";

const REDO_EXAMPLES: &str = "\
Examples:
  leadby redo
  leadby redo --list                      what would be redone, newest first

What was undone can be redone until something new is written.";

/// How many changes `--list` names.
const LIST_LIMIT: usize = 20;

#[derive(Debug, clap::Args)]
#[command(after_help = UNDO_EXAMPLES)]
pub(super) struct UndoArguments {
    /// Show what can be undone, and change nothing
    #[arg(long)]
    list: bool,
    /// Undo what came from another machine without asking
    #[arg(short, long)]
    yes: bool,
}

#[derive(Debug, clap::Args)]
#[command(after_help = REDO_EXAMPLES)]
pub(super) struct RedoArguments {
    /// Show what can be redone, and change nothing
    #[arg(long)]
    list: bool,
}

impl UndoArguments {
    pub(super) fn run(self, context: &mut CommandContext<'_>) -> anyhow::Result<()> {
        let nothing = not_found("nothing to undo");
        run_last(
            context,
            (self.list, self.yes),
            (UndoHistory::undoable, Act::Undo),
            nothing,
            "Undone",
        )
    }
}

impl RedoArguments {
    pub(super) fn run(self, context: &mut CommandContext<'_>) -> anyhow::Result<()> {
        let nothing = not_found("nothing to redo")
            .hint("what was undone can be redone until something new is written");
        run_last(
            context,
            (self.list, true),
            (UndoHistory::redoable, Act::Redo),
            nothing,
            "Redone",
        )
    }
}

/// What can be undone or redone, newest first.
type FindSteps = fn(&UndoHistory, &Journal, usize) -> Vec<Vec<UndoStep>>;

/// Lists what is found, or does the newest of it, in the journal as it is at that moment.
fn run_last(
    context: &mut CommandContext<'_>,
    (listed, yes): (bool, bool),
    (find, kind): (FindSteps, fn(Vec<Change>) -> Act),
    nothing: Failure,
    done: &str,
) -> anyhow::Result<()> {
    let added = store::read_added(&context.path);
    loop {
        let (opened, turns) =
            context.open_with_entries(|lines| UndoHistory::replay(lines, added.clone()))?;
        let found = find(&turns, &opened.journal, if listed { LIST_LIMIT } else { 1 });
        if found.is_empty() {
            return Err(nothing.into());
        }
        if listed {
            return list_steps(context, opened, &found);
        }
        let is_others = found
            .iter()
            .take(1)
            .any(|steps| turns.undoes_received(steps));
        if is_others && !yes && !confirm_first(context, &opened, &found)? {
            return Ok(());
        }
        let undoes_import = found.iter().take(1).any(|steps| turns.undoes_import(steps));
        if apply_first(context, opened, &found, (kind, done))? {
            if undoes_import {
                context.print_line(report::UNDONE_IMPORT)?;
            }
            return Ok(());
        }
    }
}

/// Whether the user agrees to undo what came from another machine.
fn confirm_first(
    context: &mut CommandContext<'_>,
    opened: &OpenedJournal,
    found: &[Vec<UndoStep>],
) -> Result<bool, Failure> {
    let mut lines = Vec::new();
    for step in found.iter().take(1).flatten() {
        lines.extend(describe_step(
            context,
            opened,
            &step.change,
            "From another machine",
        ));
    }
    let question = format!("{}\nUndo it, there too?", lines.join("\n"));
    confirm(&question, false, context)
}

/// Does the first turn and reports it; `false` if another program wrote meanwhile, as the last
/// change may be another one then.
fn apply_first(
    context: &mut CommandContext<'_>,
    mut opened: OpenedJournal,
    found: &[Vec<UndoStep>],
    (kind, done): (fn(Vec<Change>) -> Act, &str),
) -> anyhow::Result<bool> {
    let turns = found.iter().take(1).flatten();
    let changes = turns.map(|turn| turn.change.clone()).collect();
    let changes = acts::perform(&kind(changes), context, &opened)?.changes;
    let mut lines = Vec::new();
    for change in &changes {
        let mut told = describe_step(context, &opened, change, done);
        let mut steps = found.iter().take(1).flatten();
        if let (Some(step), Some(line)) = (
            steps.find(|step| step.change.id == change.id),
            told.first_mut(),
        ) {
            line.push_str(&report::day_undone(
                step,
                &opened.journal,
                context.now.today(),
            ));
        }
        lines.extend(told);
    }
    let alone = Store::append_if_unchanged;
    if context.save_with(&mut opened, &changes, alone)?.is_empty() {
        return Ok(false);
    }
    context.print_lines(lines)?;
    Ok(true)
}

/// Lists every turn, with what it would do.
fn list_steps(
    context: &mut CommandContext<'_>,
    mut opened: OpenedJournal,
    found: &[Vec<UndoStep>],
) -> anyhow::Result<()> {
    let mut lines = Vec::new();
    for turn in found.iter().flatten() {
        let when = turn
            .version(&opened.journal)
            .map_or_else(String::new, |entry| {
                report::written_at(entry, context.now.today())
            });
        lines.extend(describe_step(context, &opened, &turn.change, &when));
        // The next turn is described as it would be after this one.
        opened
            .journal
            .simulate(&turn.change, context.now.timestamp());
    }
    Ok(context.print_lines(lines)?)
}

/// "Undone: commitment · Inbox rules", and what that changes, indented.
fn describe_step(
    context: &CommandContext<'_>,
    opened: &OpenedJournal,
    change: &Change,
    head: &str,
) -> Vec<String> {
    let (journal, today) = (&opened.journal, context.now.today());
    let mut lines = report::undo_effects(change, journal, &context.catalog, today).into_iter();
    let first = lines.next().unwrap_or_default();
    let mut said = vec![format!("{head}: {first}")];
    said.extend(lines.map(|line| format!("  {line}")));
    said
}
