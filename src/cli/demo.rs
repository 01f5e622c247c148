//! `leadby demo`: a sample journal in a temporary folder.

use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;

use tempfile::TempDir;

use super::context::CommandContext;
use super::environment::{UserPath, ValueSource};
use super::{walk, write_stderr};
use crate::failure::{Failure, FailureKind};
use crate::ladder::EXAMPLES as LADDERS;
use crate::store::Overwrite;
use crate::{sample, store};

const EXAMPLES: &str = "\
Examples:
  leadby demo
  leadby --journal \"$(leadby demo --keep)\" status";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// Keep the sample and print its path, without opening the screens
    #[arg(long)]
    keep: bool,
}

impl Arguments {
    pub(super) fn run(self, context: &mut CommandContext<'_>) -> anyhow::Result<()> {
        let folder = temporary_folder()?;
        let journal = folder.path().join("journal.jsonl");
        let entries = sample::entries(&context.catalog, context.now);
        store::create_journal(&journal, &entries)?;
        let ladder = folder.path().join("ladder.toml");
        store::write_user_file(&journal, &ladder, LADDERS[0].text, Overwrite::Never, "")?;
        if self.keep {
            context.print_line(journal.display().to_string())?;
            context.output.flush_or_fail()?;
            let _ = folder.keep();
            return Ok(());
        }
        context.path = journal;
        context.ladder = UserPath {
            path: Some(ladder),
            source: ValueSource::Default,
        };
        let ending = walk::open_screens(context, None)?;
        folder.close().map_err(|error| {
            Failure::new(
                FailureKind::Journal,
                format!("the sample journal could not be removed: {error}"),
            )
        })?;
        // A signal is passed on last: nothing runs after it.
        context.exit_code = ending.reraise()?;
        write_stderr("The sample journal is gone again; yours was not touched.\n");
        Ok(())
    }
}

/// A folder only the user can open, removed when it is dropped.
fn temporary_folder() -> Result<TempDir, Failure> {
    let folder = tempfile::Builder::new()
        .prefix("leadby-demo-")
        .permissions(Permissions::from_mode(0o700))
        .tempdir();
    folder.map_err(|error| {
        Failure::new(
            FailureKind::Journal,
            format!("cannot create a temporary folder for the sample: {error}"),
        )
        .hint("TMPDIR sets another place for it")
    })
}
