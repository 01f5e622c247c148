//! `leadby` and `leadby walk`: the screens.

use std::process::ExitCode;

use super::context::Context;
use crate::failure::Failure;
use crate::terminal::{self, Ending, Session};

/// Open the screens at this week's walk
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {}

impl Arguments {
    pub(super) fn run(self, context: &mut Context<'_>) -> anyhow::Result<ExitCode> {
        let Self {} = self;
        run(context, Some("walk"))
    }
}

/// The screens from the one of that name to the end, a signal's too.
pub(super) fn run(context: &Context<'_>, screen: Option<&str>) -> anyhow::Result<ExitCode> {
    open(context, screen)?.pass_on()?;
    Ok(ExitCode::SUCCESS)
}

/// Opens the screens, at the one of that name.
pub(super) fn open(context: &Context<'_>, screen: Option<&str>) -> Result<Ending, Failure> {
    terminal::run(Session {
        journal: context.path.clone(),
        catalog: context.catalog.clone(),
        clock: context.clock,
        open: screen.map(str::to_owned),
        warning: context.practices.in_short(),
        environment: context.terminal.clone(),
    })
}
