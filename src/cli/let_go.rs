//! `leadby let-go ID`: a commitment or an item that no longer matters.

use std::process::ExitCode;

use super::acts;
use super::context::Context;
use crate::journal::rules::Act;

const EXAMPLES: &str = "\
Examples:
  leadby let-go 7f3a9c

A commitment is let go as by `leadby check-in ID --let-go`. Of items, those of a list that has a
stage for it: a complaint, for one.";

/// Let a commitment or an item go
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// The commitment or item, by its id or the beginning or end of it
    id: String,
}

impl Arguments {
    pub(super) fn run(self, context: &mut Context<'_>) -> anyhow::Result<ExitCode> {
        acts::change_one(&self.id, context, |entry| Act::LetGo(entry.id))
    }
}
