//! `leadby review`: a week, a month, a quarter, a year, or the time since a day.

use super::context::CommandContext;
use super::look_back::LookBack;
use super::page_output::PageOutput;
use crate::calendar::{Length, Span};
use crate::insight::{PublicReview, Review};
use crate::report;

const EXAMPLES: &str = "\
Examples:
  leadby review                     this week
  leadby review --month             this month, beside as much of the last
  leadby review --quarter 2026-Q3   a past quarter
  leadby review --year 2025
  leadby review --since \"1 Sep\"
  leadby review --since 1-jul --until 2026-09
  leadby review --quarter -o quarter.html   as a page, to print or to send
  leadby review --month --plain | awk '$1 == \"kept_rate\" { print $2 }'

--plain writes one figure per line, its name and its value with a tab between
them. --json writes an object with span, first, last, until, figures, record,
areas, practices, done_by_week, helped, registers, before, changes and again.
What each figure counts is in assets/figures.md.

With --format or -o it is a page, for you or for a mentor: with its charts, and
without private pages and what came from them, which are not counted in it
either. HTML needs no other file and no network; json has the members of --json.";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    #[command(flatten)]
    days: LookBack,
    /// One figure per line, with a tab before its value
    #[arg(long, conflicts_with_all = ["json", "PageOutput"])]
    plain: bool,
    /// One JSON object
    #[arg(long, conflicts_with = "PageOutput")]
    json: bool,
    #[command(flatten)]
    page: PageOutput,
}

impl Arguments {
    pub(super) fn run(self, context: &mut CommandContext<'_>) -> anyhow::Result<()> {
        let opened = context.open()?;
        let today = context.now.today();
        let asked = self.days.past_span(&opened.journal, context)?;
        let span = asked.unwrap_or(Span::of(Length::Week, today));
        if self.page.is_asked_for() {
            let review = PublicReview::of(&opened.journal, &context.catalog, span, today);
            let page = report::public_review(&review, self.page.format()?);
            return self.page.write("The review", &page, context);
        }
        let review = Review::of(&opened.journal, &context.catalog, span, today);
        if self.json {
            return Ok(context.print_line(report::review_json(&review))?);
        }
        let lines = if self.plain {
            report::review_plain(&review)
        } else {
            report::review_page(&review, &context.catalog, today)
        };
        Ok(context.print_lines(lines)?)
    }
}
