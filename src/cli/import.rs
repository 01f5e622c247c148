//! `leadby import FILE`: an export taken in.

use std::path::PathBuf;
use std::process::ExitCode;

use super::context::Context;
use super::environment;
use super::merge::{back_up, is_wanted, note};
use super::say;
use super::whereabouts::for_shell;
use crate::failure::{Failure, Kind};
use crate::store::Import;
use crate::words::count;

const EXAMPLES: &str = "\
Examples:
  leadby import journal.json
  leadby import - --yes < journal.json
  leadby export json | leadby --journal /media/stick/journal.jsonl import - --yes

The file is what `leadby export json` wrote, or a journal; one that is cut off is taken in as far as
its versions are whole. Every version in it that is not in the
journal is added; nothing is removed or replaced, and importing twice is importing once. Where both
changed the same entry, both changes count; where they say two things, both stay until you settle
which counts.";

/// Take in what `export json` wrote, here or on another machine
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// The file; - reads standard input
    #[arg(value_parser = environment::path(), value_hint = clap::ValueHint::FilePath)]
    file: PathBuf,
    /// Do not ask
    #[arg(long)]
    yes: bool,
}

impl Arguments {
    pub(super) fn run(self, context: &mut Context<'_>) -> anyhow::Result<ExitCode> {
        let import = if self.file.as_os_str() == "-" {
            Import::read(context.input()?)?
        } else {
            Import::open(&self.file)?
        };
        if let Some(place) = import.cut_off() {
            say(&format!(
                "leadby: the export is cut off at {place}; the versions before that are whole.\n"
            ));
        }
        let mut opened = context.open()?;
        let compared = opened.store.weigh(&import)?;
        if compared.added + compared.already == 0 && !compared.left.is_empty() {
            let message = "nothing was imported: none of it is an entry of a journal";
            return Err(Failure::new(Kind::Usage, message).into());
        }
        let again = format!("{} import {} --yes", context.call, for_shell(&self.file));
        if !is_wanted(context, &opened, &compared, self.yes, &again)? {
            return Ok(ExitCode::SUCCESS);
        }
        back_up(context, &mut opened);
        let imported = opened.store.import(&import)?;
        note(context, &imported);
        let lines = count(imported.added, "line");
        context
            .output
            .line(&format!("Imported: {lines} taken in."))?;
        Ok(ExitCode::SUCCESS)
    }
}
