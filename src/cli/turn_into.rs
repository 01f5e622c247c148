//! `leadby turn-into ID`: an item or an answer becomes an item of another list too.

use super::acts;
use super::context::CommandContext;
use crate::journal::Body;
use crate::journal::rules::{Act, TurnInto};

const EXAMPLES: &str = "\
Examples:
  leadby turn-into 7f3a9c                      a hero moment, now a system too
  leadby turn-into 2026-W48/audit/tolerating   tolerated, now a problem

The list of an item sets what it can become; the item stays, and the new one
names it.";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// The item or answer, by its id or the beginning or end of it
    id: String,
}

impl Arguments {
    pub(super) fn run(self, context: &mut CommandContext<'_>) -> anyhow::Result<()> {
        acts::perform_on_entry(&self.id, context, |entry| match entry.body {
            Body::Answer(_) => Act::TakeUp(entry.id),
            _ => Act::TurnInto(TurnInto {
                id: entry.id,
                unsaved: None,
            }),
        })
    }
}
