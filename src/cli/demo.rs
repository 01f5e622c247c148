//! `leadby demo`: a sample journal in a temporary folder.

use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;
use std::process::ExitCode;

use tempfile::TempDir;

use super::context::Context;
use super::{say, walk};
use crate::failure::{Failure, Kind};
use crate::{sample, store};

const EXAMPLES: &str = "\
Examples:
  leadby demo
  leadby --journal \"$(leadby demo --keep)\" status";

/// Open a sample journal in a temporary place; yours is not touched
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// Keep the sample and print its path, without opening the screens
    #[arg(long)]
    keep: bool,
}

impl Arguments {
    pub(super) fn run(self, context: &mut Context<'_>) -> anyhow::Result<ExitCode> {
        let folder = folder()?;
        let journal = folder.path().join("journal.jsonl");
        let entries = sample::entries(&context.catalog, context.now);
        store::create(&journal, &entries)?;
        if self.keep {
            context.output.line(&journal.display().to_string())?;
            context.output.show()?;
            let _ = folder.keep();
            return Ok(ExitCode::SUCCESS);
        }
        context.path = journal;
        let ending = walk::open(context, None)?;
        folder.close().map_err(|error| {
            Failure::new(
                Kind::Journal,
                format!("the sample journal could not be removed: {error}"),
            )
        })?;
        // A signal is passed on last: nothing runs after it.
        ending.pass_on()?;
        say("The sample journal is gone again; yours was not touched.\n");
        Ok(ExitCode::SUCCESS)
    }
}

/// A folder only the user can open, removed when it is dropped.
fn folder() -> Result<TempDir, Failure> {
    let folder = tempfile::Builder::new()
        .prefix("leadby-demo-")
        .permissions(Permissions::from_mode(0o700))
        .tempdir();
    folder.map_err(|error| {
        Failure::new(
            Kind::Journal,
            format!("cannot create a temporary folder for the sample: {error}"),
        )
        .hint("TMPDIR sets another place for it")
    })
}
