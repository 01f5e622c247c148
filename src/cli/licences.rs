//! `leadby licences`: the notices of the crates the program is built from.

use super::context::CommandContext;

const NOTICES: &str = include_str!("../../assets/licences.txt");

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {}

impl Arguments {
    pub(super) fn run(self, context: &mut CommandContext<'_>) -> anyhow::Result<()> {
        let Self {} = self;
        Ok(context.output.write_text(NOTICES)?)
    }
}
