//! `leadby advance ID`: moves an item to its next stage, or back.

use super::acts;
use super::context::CommandContext;
use crate::journal::rules::{Act, Advance};

const EXAMPLES: &str = "\
Examples:
  leadby advance 7f3a9c                   the problem is solved, today
  leadby advance 7f3a9c --on fri          it was solved last Friday
  leadby advance 7f3a9c --back            it is not: back to the previous stage

`leadby list problems` shows the ids and the stages.";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// The item, by its id or the beginning or end of it
    id: String,
    /// The day it reached the stage; default today
    #[arg(long, value_name = "WHEN", conflicts_with = "back")]
    on: Option<String>,
    /// Back to the previous stage
    #[arg(long)]
    back: bool,
}

impl Arguments {
    pub(super) fn run(self, context: &mut CommandContext<'_>) -> anyhow::Result<()> {
        let on = self.on.as_deref().map(|when| context.past_day(when));
        let on = on.transpose()?;
        acts::perform_on_entry(&self.id, context, |entry| {
            if self.back {
                Act::StepBack(entry.id)
            } else {
                Act::Advance(Advance { id: entry.id, on })
            }
        })
    }
}
