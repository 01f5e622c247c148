//! `leadby show ID`: one entry in full.

use super::context::CommandContext;
use super::failures::not_found;
use super::resolve;
use crate::insight;
use crate::report::{self, PageFormat};
use crate::text::quoted;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The entry, by its id or the beginning or end of it
    id: String,
    /// As one JSON object, as list --json writes it
    #[arg(long)]
    json: bool,
    /// As others read it, in Markdown: only what its list shares
    #[arg(long, conflicts_with = "json")]
    page: bool,
}

impl Arguments {
    pub(super) fn run(self, context: &mut CommandContext<'_>) -> anyhow::Result<()> {
        let opened = context.open()?;
        let (journal, catalog) = (&opened.journal, &context.catalog);
        let entry = resolve::entry_by_id(&self.id, journal, context)?;
        if self.json {
            context.print_line(report::entry_json(&entry, journal, catalog))?;
        } else if self.page {
            let page = insight::public_page(journal, &entry.id, catalog).ok_or_else(|| {
                let text = quoted(&report::entry_text(&entry, catalog));
                not_found(format!("nothing of “{text}” is shared"))
                    .hint("items of lists with shared fields have a page; private ones have none")
            })?;
            context
                .output
                .write_text(&report::public_page(&page, PageFormat::Markdown))?;
        } else {
            let today = context.now.today();
            context
                .output
                .write_text(&report::entry_page(&entry, journal, catalog, today))?;
        }
        Ok(())
    }
}
