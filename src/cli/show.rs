//! `leadby show ID`: one entry in full.

use std::process::ExitCode;

use super::context::CommandContext;
use super::resolve;
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
    pub(super) fn run(self, context: &mut CommandContext<'_>) -> anyhow::Result<ExitCode> {
        let opened = context.open()?;
        let (journal, catalog) = (&opened.journal, &context.catalog);
        let entry = resolve::entry_by_id(&self.id, journal, catalog, context.now)?;
        if self.json {
            context
                .output
                .write_line(&report::entry_json(&entry, journal, catalog))?;
        } else {
            let today = context.now.today();
            context
                .output
                .write_text(&report::entry_page(&entry, journal, catalog, today))?;
        }
        Ok(ExitCode::SUCCESS)
    }
}
