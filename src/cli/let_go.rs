//! `leadby let-go ID`: a commitment or an item that no longer matters.

use super::acts;
use super::context::CommandContext;
use crate::journal::rules::Act;

const EXAMPLES: &str = "\
Examples:
  leadby let-go 7f3a9c

For a commitment this is `leadby check-in ID --let-go`. An item can be let go
if its list has a stage for it, like a complaint.";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// The commitment or item, by its id or the beginning or end of it
    id: String,
}

impl Arguments {
    pub(super) fn run(self, context: &mut CommandContext<'_>) -> anyhow::Result<()> {
        acts::perform_on_entry(&self.id, context, |entry| Act::LetGo(entry.id))
    }
}
