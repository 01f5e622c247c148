//! `leadby remind`: what is due, for cron, a timer or the start of a shell.

use std::process::ExitCode;

use super::context::CommandContext;
use crate::report;

const EXAMPLES: &str = "\
Examples:
  leadby remind                              what is due today or overdue
  leadby remind --by tomorrow

With nothing due it prints nothing and exits with 0; else it prints one line
each, and exits with 1. A commitment from a private page is printed without its
text. At the start of a shell, in ~/.profile:

  leadby remind

Each working day at nine, by crontab -e; cron mails what is printed:

  0 9 * * 1-5  leadby remind --by tomorrow

Or shown on a desktop that has notify-send:

  0 9 * * 1-5  due=$(leadby remind); [ -z \"$due\" ] || notify-send leadby \"$due\"";

/// Print what is due, or nothing
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// What is due by this day, instead of today
    #[arg(long, value_name = "WHEN")]
    by: Option<String>,
}

impl Arguments {
    pub(super) fn run(self, context: &mut CommandContext<'_>) -> anyhow::Result<ExitCode> {
        let today = context.now.today();
        let by = self.by.map(|when| context.due_day(&when)).transpose()?;
        let opened = context.open()?;
        let (journal, catalog) = (&opened.journal, &context.catalog);
        let reminders = report::reminders(journal, catalog, by.unwrap_or(today), today);
        for reminder in &reminders {
            context.output.write_line(reminder)?;
        }
        Ok(ExitCode::from(u8::from(!reminders.is_empty())))
    }
}
