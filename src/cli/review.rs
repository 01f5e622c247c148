//! `leadby review`: a week, a month, a quarter, a year, or the time since a day.

use std::process::ExitCode;

use super::context::CommandContext;
use crate::calendar::{Length, Span};
use crate::failure::Failure;
use crate::insight::Review;
use crate::report;

const EXAMPLES: &str = "\
Examples:
  leadby review                           this week
  leadby review --month                   this month, compared with as much of the last
  leadby review --quarter 2026-Q3         a past quarter
  leadby review --year 2025
  leadby review --since \"1 Sep\"
  leadby review --since 6w
  leadby review --month --plain | awk '$1 == \"kept_rate\" { print $2 }'

WHEN is a week, month, quarter or year, as last, 48, W48, 2026-W48, nov, 2026-11, Q4 or 2026, or a
day in it, the last of its name; without it, the current one. --since takes 6w and last-month too.

--plain writes one figure per line, its name and its value with a tab between them. --json writes an
object with span, first, last, until, figures, record, areas, practices, done_by_week, helped,
registers, before, changes and again. What each figure counts is in assets/figures.md.";

/// Look back: what was kept, done and solved, and what changed
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// A week
    #[arg(long, value_name = "WHEN", num_args = 0..=1, default_missing_value = "", group = "span")]
    week: Option<String>,
    /// A month
    #[arg(long, value_name = "WHEN", num_args = 0..=1, default_missing_value = "", group = "span")]
    month: Option<String>,
    /// A quarter
    #[arg(long, value_name = "WHEN", num_args = 0..=1, default_missing_value = "", group = "span")]
    quarter: Option<String>,
    /// A year
    #[arg(long, value_name = "WHEN", num_args = 0..=1, default_missing_value = "", group = "span")]
    year: Option<String>,
    /// From a day to today
    #[arg(long, value_name = "WHEN", group = "span")]
    since: Option<String>,
    /// One figure per line, with a tab before its value
    #[arg(long, conflicts_with = "json")]
    plain: bool,
    /// One JSON object
    #[arg(long)]
    json: bool,
}

impl Arguments {
    pub(super) fn run(self, context: &mut CommandContext<'_>) -> anyhow::Result<ExitCode> {
        let span = self.span(context)?;
        let opened = context.open()?;
        let today = context.now.today();
        let review = Review::of(&opened.journal, &context.catalog, span, today);
        if self.json {
            context.output.write_line(&report::review_json(&review))?;
            return Ok(ExitCode::SUCCESS);
        }
        let lines = if self.plain {
            report::review_plain(&review)
        } else {
            report::review_page(&review, &context.catalog, today)
        };
        for line in lines {
            context.output.write_line(&line)?;
        }
        Ok(ExitCode::SUCCESS)
    }

    fn span(&self, context: &CommandContext<'_>) -> Result<Span, Failure> {
        let today = context.now.today();
        if let Some(when) = &self.since {
            return Ok(Span::since(context.since_day(when)?, today));
        }
        let asked = [&self.week, &self.month, &self.quarter, &self.year];
        let asked = Length::ALL.into_iter().zip(asked);
        let mut asked = asked.filter_map(|(length, when)| Some((length, when.as_deref()?)));
        let Some((length, when)) = asked.next() else {
            return Ok(Span::of(Length::Week, today));
        };
        context.parse_span(length, when)
    }
}
