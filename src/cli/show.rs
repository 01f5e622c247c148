//! `leadby show ID`: one entry in full.

use std::process::ExitCode;

use super::context::Context;
use super::pick;
use crate::report;

/// Show one entry in full
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The entry, by its id or the beginning or end of it
    id: String,
    /// As one JSON object, as list --json writes it
    #[arg(long)]
    json: bool,
}

impl Arguments {
    pub(super) fn run(self, context: &mut Context<'_>) -> anyhow::Result<ExitCode> {
        let opened = context.open()?;
        let (journal, catalog) = (&opened.journal, &context.catalog);
        let entry = pick::entry(&self.id, journal, catalog, context.now)?;
        if self.json {
            context
                .output
                .line(&report::entry_json(&entry, journal, catalog))?;
        } else {
            let today = context.now.today();
            context
                .output
                .text(&report::show(&entry, journal, catalog, today))?;
        }
        Ok(ExitCode::SUCCESS)
    }
}
