//! `leadby man`: the manual page, made from the same declaration as `--help`.

use std::process::ExitCode;

use clap_mangen::Man;

use super::context::Context;

const EXAMPLES: &str = "\
Examples:
  leadby man | man -l -
  leadby man > ~/.local/share/man/man1/leadby.1";

/// Write the manual page
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {}

impl Arguments {
    pub(super) fn run(self, context: &mut Context<'_>) -> anyhow::Result<ExitCode> {
        let Self {} = self;
        let mut page = Vec::new();
        Man::new(super::command()).render(&mut page)?;
        context.output.bytes(&page)?;
        Ok(ExitCode::SUCCESS)
    }
}
