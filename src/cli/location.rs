//! `leadby where`: where the journal is, and what is there.

use std::path::Path;

use super::context::CommandContext;
use crate::store;
use crate::text::{counted_noun, display_path, format_size};

const EXAMPLES: &str = "\
The journal is one file of lines, in the data folder of your system:
~/.local/share/leadby on Linux, ~/Library/Application Support/leadby on a Mac.
--journal PATH sets another one for this call, LEADBY_JOURNAL for all. What you
are typing is beside it until it is saved.";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {}

impl Arguments {
    pub(super) fn run(self, context: &mut CommandContext<'_>) -> anyhow::Result<()> {
        let Self {} = self;
        let (path, draft) = (context.path.clone(), store::draft_path(&context.path));
        // Read first, so that an unreadable journal is not reported as missing.
        let journal = context.open()?.journal;
        let there = match file_length(&path) {
            Some(bytes) => {
                let entries = counted_noun(journal.entries().count(), "entry");
                format!("{}, {entries}", format_size(bytes))
            }
            None => "not there yet; the first save creates it".to_owned(),
        };
        let unsaved = match file_length(&draft) {
            Some(bytes) => format!("{}, text not yet saved", format_size(bytes)),
            None => "not there; everything typed is saved".to_owned(),
        };
        let lines = [
            format!("journal  {}", display_path(&path)),
            format!("         {there}"),
            format!("draft    {}", display_path(&draft)),
            format!("         {unsaved}"),
        ];
        Ok(context.print_lines(lines)?)
    }
}

/// The length of a file; `None` if it does not exist.
fn file_length(path: &Path) -> Option<u64> {
    Some(path.metadata().ok()?.len())
}
