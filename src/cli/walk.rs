//! `leadby` and `leadby walk`: the screens.

mod plain;

use std::process::ExitCode;

use super::context::CommandContext;
use crate::failure::Failure;
use crate::terminal::{self, ExitReason, Session};

const EXAMPLES: &str = "\
Examples:
  leadby walk
  leadby walk --plain

With --plain each question that this week has no answer to is a line, and so is the answer: for a
screen reader, or a terminal without screens. An empty line skips a question, and ends a text of
several lines. Choices go by number. Each answer is saved at once.";

/// Open the screens at this week's walk
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// Ask one question after the other in plain lines, without the screens
    #[arg(long)]
    plain: bool,
}

impl Arguments {
    pub(super) fn run(self, context: &mut CommandContext<'_>) -> anyhow::Result<ExitCode> {
        if self.plain {
            return plain::run_plain_walk(context);
        }
        run_screens(context, Some("walk"))
    }
}

/// Runs the screens to the end, starting at the one called `screen`; passes on a signal.
pub(super) fn run_screens(
    context: &CommandContext<'_>,
    screen: Option<&str>,
) -> anyhow::Result<ExitCode> {
    open_screens(context, screen)?.reraise()?;
    Ok(ExitCode::SUCCESS)
}

/// Runs the screens, starting at the one called `screen`.
pub(super) fn open_screens(
    context: &CommandContext<'_>,
    screen: Option<&str>,
) -> Result<ExitReason, Failure> {
    terminal::run(Session {
        journal: context.path.clone(),
        catalog: context.catalog.clone(),
        clock: context.clock,
        open: screen.map(str::to_owned),
        warning: context.practices.brief_warning(),
        environment: context.terminal.clone(),
    })
}
