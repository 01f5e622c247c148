//! `leadby` and `leadby walk`: the screens.

use std::process::ExitCode;

use super::context::Context;
use crate::terminal::{self, Session};

/// Open the screens at this week's walk
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {}

impl Arguments {
    pub(super) fn run(self, context: &mut Context<'_>) -> anyhow::Result<ExitCode> {
        let Self {} = self;
        open(context, Some("walk"))
    }
}

/// Opens the screens, at the one of that name.
pub(super) fn open(context: &mut Context<'_>, screen: Option<&str>) -> anyhow::Result<ExitCode> {
    terminal::run(Session {
        journal: context.path.clone(),
        catalog: context.catalog.clone(),
        clock: context.clock,
        open: screen.map(str::to_owned),
        warning: context.practices.in_short(),
        environment: context.terminal.clone(),
    })?;
    Ok(ExitCode::SUCCESS)
}
