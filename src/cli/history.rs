//! `leadby history ID`: every version of one entry.

use super::context::CommandContext;
use super::listing::print_json;
use super::resolve;
use crate::report;

const EXAMPLES: &str = "\
Examples:
  leadby history 7f3a9c
  leadby history 2026-W48/audit/influence
  leadby history 7f3a9c --json | jq -r '.[] | select(.taken_back) | .at'

The newest version comes first, each with what it changed. Deleted entries have
a history too.

--json writes a list of objects as list --json does, with name (the checksum of
the line), after (the names of the versions it was made from), undoes (the name
of the one it undoes, or null) and taken_back.";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// The entry, by its id or the beginning or end of it
    id: String,
    /// A JSON list of objects
    #[arg(long)]
    json: bool,
}

impl Arguments {
    pub(super) fn run(self, context: &mut CommandContext<'_>) -> anyhow::Result<()> {
        let opened = context.open()?;
        let (journal, catalog) = (&opened.journal, &context.catalog);
        let entry = resolve::any_entry_by_id(&self.id, journal, catalog)?;
        let (id, today) = (&entry.id, context.now.today());
        if self.json {
            let versions = report::versions_json(journal, id, catalog);
            print_json(versions.into_iter(), context.output)?;
        } else {
            let page = report::history(journal, id, catalog, today);
            context.output.write_text(&page)?;
        }
        Ok(())
    }
}
