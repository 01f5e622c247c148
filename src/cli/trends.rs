//! `leadby trends [PRACTICE]`: the charts of a practice in words, or the last year week by week.

use std::process::ExitCode;

use super::context::CommandContext;
use super::failures::not_found;
use super::periods::named_practice;
use crate::insight::{self, PracticeTrends, WeekOfYear};
use crate::journal::OffDays;
use crate::report::{self, Selection};

const EXAMPLES: &str = "\
Examples:
  leadby trends                 the last year, week by week
  leadby trends multiplier      who you helped, how, and how often
  leadby trends audit --json | jq '.charts[].title'
  leadby list audit --week 46   what was written in a week

What the screens draw is in words here, newest first, with each number beside
what it counts. assets/schema/trends.json describes the object of --json.";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// The practice; without one, how far all of them were in each week
    practice: Option<String>,
    /// One JSON object
    #[arg(long)]
    json: bool,
}

impl Arguments {
    pub(super) fn run(self, context: &mut CommandContext<'_>) -> anyhow::Result<ExitCode> {
        let text = match &self.practice {
            Some(name) => self.trends_of(name, context)?,
            None => self.year(context)?,
        };
        context.output.write_text(&text)?;
        Ok(ExitCode::SUCCESS)
    }

    fn trends_of(&self, name: &str, context: &mut CommandContext<'_>) -> anyhow::Result<String> {
        let opened = context.open()?;
        let (journal, catalog) = (&opened.journal, &context.catalog);
        let practice = named_practice(name, catalog)?;
        let trends = PracticeTrends::of(journal, catalog, practice, context.now);
        let page = report::practice_trends(practice, &trends).ok_or_else(|| {
            let name = Selection::Practice(practice).typed_name(catalog);
            not_found(format!("{name} has no charts"))
                .hint(format!("leadby list {name} shows what was written"))
        })?;
        Ok(if self.json {
            report::trends_json(practice, &trends) + "\n"
        } else {
            page
        })
    }

    fn year(&self, context: &mut CommandContext<'_>) -> anyhow::Result<String> {
        let opened = context.open()?;
        let (journal, catalog) = (&opened.journal, &context.catalog);
        let off = OffDays::of(journal, catalog);
        let first = insight::first_week(journal, catalog, context.now.today());
        let weeks: Vec<WeekOfYear> = insight::year_of_weeks(journal, catalog, &off, context.now)
            .into_iter()
            .filter(|week| week.week >= first)
            .collect();
        Ok(if self.json {
            report::year_json(&weeks, catalog) + "\n"
        } else {
            report::year_page(&weeks, catalog)
        })
    }
}
