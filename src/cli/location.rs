//! `leadby where`: where the journal is, and what is there.

use std::path::Path;
use std::process::ExitCode;

use super::context::CommandContext;
use crate::journal::Journal;
use crate::store;
use crate::text::{self, counted_noun, one_line};

const EXAMPLES: &str = "\
The journal is one file of lines, in the data folder of your system:
~/.local/share/leadby on Linux, ~/Library/Application Support/leadby on a Mac.
--journal PATH sets another one for this call, LEADBY_JOURNAL for all. What you
are typing is beside it until it is saved.";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {}

impl Arguments {
    pub(super) fn run(self, context: &mut CommandContext<'_>) -> anyhow::Result<ExitCode> {
        let Self {} = self;
        let (path, draft) = (context.path.clone(), store::draft_path(&context.path));
        // Read first, so that an unreadable journal is not reported as missing.
        let journal = context.open()?.journal;
        let there = match file_length(&path) {
            Some(bytes) => format!("{}, {}", format_size(bytes), entry_count(&journal)),
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
        for line in &lines {
            context.output.write_line(line)?;
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// A path made safe to show.
pub(super) fn display_path(path: &Path) -> String {
    one_line(&path.display().to_string())
}

/// A path quoted for a shell, so that it is never read as an option.
pub(super) fn shell_path(path: &Path) -> String {
    if path.as_os_str().as_encoded_bytes().starts_with(b"-") {
        return text::shell_quote(Path::new(".").join(path));
    }
    text::shell_quote(path)
}

/// "40 entries", without deleted ones.
pub(super) fn entry_count(journal: &Journal) -> String {
    match journal.entries().count() {
        1 => "1 entry".to_owned(),
        entries => format!("{entries} entries"),
    }
}

/// A length in words: "12.3 kB".
pub(super) fn format_size(bytes: u64) -> String {
    match bytes {
        0..1_000 => counted_noun(usize::try_from(bytes).unwrap_or_default(), "byte"),
        1_000..1_000_000 => format!("{}.{} kB", bytes / 1_000, bytes % 1_000 / 100),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}

/// The length of a file; `None` if it does not exist.
fn file_length(path: &Path) -> Option<u64> {
    Some(path.metadata().ok()?.len())
}
