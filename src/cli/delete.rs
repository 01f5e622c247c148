//! `leadby delete ID`: one entry, so that undo brings it back.

use std::process::ExitCode;

use super::context::Context;
use super::{acts, pick};
use crate::journal::rules::Act;
use crate::report;

const EXAMPLES: &str = "\
Examples:
  leadby delete 7f3a9c
  leadby undo                             brings it back

Deleting writes one more version: what the entry said stays in the journal, and `leadby history ID`
shows it. `leadby forget ID` deletes the text itself, for good.";

/// Delete one entry; its earlier versions stay in the journal
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// The entry, by its id or the beginning or end of it
    id: String,
}

impl Arguments {
    pub(super) fn run(self, context: &mut Context<'_>) -> anyhow::Result<ExitCode> {
        let mut opened = context.open()?;
        let entry = pick::entry(&self.id, &opened.journal, &context.catalog, context.now)?;
        let title = report::words(&entry, &context.catalog);
        acts::change(&Act::Delete(entry.id), &title, context, &mut opened)
    }
}
