//! `leadby status`: where things stand, for a person, a status bar or a program.

use std::process::ExitCode;

use super::context::Context;
use crate::report::{Short, Status};
use crate::store::{Damage, Finding};
use crate::words::count;

const EXAMPLES: &str = "\
Examples:
  leadby status
  leadby status --short       W48 3/8 · ▸ One owner for every release step (Fri 27 Nov)
  set -g status-right '#(leadby status --short)'     in ~/.tmux.conf

--short exits with 1 when a commitment is due today or overdue, which it marks with !, else with
0. --json writes an object with today, week, days_to_friday, due, walk, commitments, record and
months.";

/// Say where things stand: the week, what is due, what was kept
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// One line, for a prompt or a status bar
    #[arg(long, conflicts_with = "json")]
    short: bool,
    /// One JSON object
    #[arg(long)]
    json: bool,
}

impl Arguments {
    pub(super) fn run(self, context: &mut Context<'_>) -> anyhow::Result<ExitCode> {
        // Only the page says what is wrong with lines; for the rest, what bears on it is enough.
        if self.short {
            // It goes into a prompt or a status bar; what stands on standard error there comes
            // back with every prompt.
            context.says_left_out = false;
            let opened = context.open_for(Short::needs(context.now))?;
            let short = Short::at(context.now, &opened.journal, &context.catalog);
            context.output.line(&short.line())?;
            return Ok(ExitCode::from(u8::from(short.due() > 0)));
        }
        let opened = if self.json {
            context.open_for(Status::needs(context.now))?
        } else {
            context.open()?
        };
        let status = Status::at(context.now, &opened.journal, &context.catalog);
        if self.json {
            context.output.line(&status.json())?;
            return Ok(ExitCode::SUCCESS);
        }
        context.output.text(&status.in_words())?;
        // Others are left out, and standard error says so.
        let changed = |finding: &Finding| finding.what == Damage::ChangedOutside;
        if !opened.findings.is_empty() && opened.findings.iter().all(changed) {
            let need = if opened.findings.len() == 1 {
                "needs"
            } else {
                "need"
            };
            let lines = count(opened.findings.len(), "line");
            context.output.line(&format!(
                "\n! {lines} of the journal {need} a look; leadby doctor says which."
            ))?;
        }
        Ok(ExitCode::SUCCESS)
    }
}
