//! `leadby delete ID`: deletes one entry; undo brings it back.

use super::acts;
use super::context::CommandContext;
use crate::journal::rules::Act;

const EXAMPLES: &str = "\
Examples:
  leadby delete 7f3a9c
  leadby undo                             brings it back

Deleting writes one more version: what the entry said stays in the journal, and
`leadby history ID` shows it. `leadby forget ID` deletes the text itself, for
good.";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// The entry, by its id or the beginning or end of it
    id: String,
}

impl Arguments {
    pub(super) fn run(self, context: &mut CommandContext<'_>) -> anyhow::Result<()> {
        acts::perform_on_entry(&self.id, context, |entry| Act::Delete(entry.id))
    }
}
