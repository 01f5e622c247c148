//! `leadby trends [PRACTICE]`: the charts of a practice in words, or the last year week by week.

use super::context::CommandContext;
use super::failures::not_found;
use super::periods::named_practice;
use crate::failure::Failure;
use crate::insight::{self, PracticeTrends, WeekOfYear};
use crate::journal::{Journal, OffDays};
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
    pub(super) fn run(self, context: &mut CommandContext<'_>) -> anyhow::Result<()> {
        let journal = &context.open()?.journal;
        let text = match &self.practice {
            Some(name) => self.trends_of(name, journal, context)?,
            None => self.year(journal, context),
        };
        Ok(context.output.write_text(&text)?)
    }

    fn trends_of(
        &self,
        name: &str,
        journal: &Journal,
        context: &CommandContext<'_>,
    ) -> Result<String, Failure> {
        let catalog = &context.catalog;
        let practice = named_practice(name, catalog)?;
        let trends = PracticeTrends::of(journal, catalog, practice, context.now);
        let page = report::practice_trends(practice, &trends).ok_or_else(|| {
            let name = Selection::Practice(practice).typed_name(catalog);
            not_found(format!("{name} has no charts"))
                .hint(format!("`leadby list {name}` shows what was written"))
        })?;
        Ok(if self.json {
            report::trends_json(practice, &trends) + "\n"
        } else {
            page
        })
    }

    fn year(&self, journal: &Journal, context: &CommandContext<'_>) -> String {
        let catalog = &context.catalog;
        let off = OffDays::of(journal, catalog);
        let first = insight::first_week(journal, catalog, context.now.today());
        // The first entry may be of a later week, if the clock was set back.
        let first = first.min(context.now.week());
        let weeks: Vec<WeekOfYear> = insight::year_of_weeks(journal, catalog, &off, context.now)
            .into_iter()
            .filter(|week| week.week >= first)
            .collect();
        if self.json {
            report::year_json(&weeks, catalog) + "\n"
        } else {
            report::year_page(&weeks, catalog)
        }
    }
}
