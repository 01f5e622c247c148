//! `leadby portfolio`: evidence for the people who decide, as a page.

use std::process::ExitCode;

use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::context::CommandContext;
use super::look_back::LookBack;
use super::page_output::PageOutput;
use super::{acts, resolve};
use crate::calendar::{Length, Span};
use crate::failure::{Failure, FailureKind};
use crate::insight::{self, Audience, Portfolio};
use crate::journal::{Inclusion, Journal, PortfolioChoice};
use crate::report::{self, PageFormat};
use crate::text::quoted;

const EXAMPLES: &str = "\
Examples:
  leadby portfolio                      this year, as Markdown
  leadby portfolio -o portfolio.html    as one page for a browser or a printer
  leadby portfolio --quarter 2026-Q3 -o q3.md
  leadby portfolio --since \"2026-04-01\" --format json | jq '.figures'
  leadby portfolio --leave-out 7f3a9c   without that entry, in any span

It shows evidence: commitments kept, problems solved, systems built, skills
with dated lines, who you helped, and the line of your craft. Private practices
never appear. P on Home opens it; there or with --include and --leave-out you
choose single entries.

The page of --format html needs no other file and no network. --format json
writes one object with span, first, until, about, figures, sections, people and
lines.";

/// Make a portfolio of what was kept, solved, built and learned
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    #[command(flatten)]
    days: LookBack,
    /// Everything; without it or other days, this year
    #[arg(long, help_heading = "Days", conflicts_with = "LookBack")]
    all: bool,
    /// Who it is for
    #[arg(long = "for", value_name = "AUDIENCE", value_parser = audience_parser(), default_value = Audience::default().id(), hide_default_value = true)]
    audience: Audience,
    #[command(flatten)]
    page: PageOutput,
    /// Include an entry from now on, by its id or the beginning or end of it; writes no page
    #[arg(long, value_name = "ID", exclusive = true)]
    include: Option<String>,
    /// Leave out an entry from now on; writes no page
    #[arg(long, value_name = "ID", exclusive = true)]
    leave_out: Option<String>,
}

/// The audiences by name.
fn audience_parser() -> impl TypedValueParser<Value = Audience> {
    PossibleValuesParser::new(Audience::ALL.map(Audience::id))
        .map(|name| Audience::from_id(&name).unwrap_or_default())
}

impl Arguments {
    pub(super) fn run(self, context: &mut CommandContext<'_>) -> anyhow::Result<ExitCode> {
        if let Some(id) = &self.include {
            return choose(id, Inclusion::Include, context);
        }
        if let Some(id) = &self.leave_out {
            return choose(id, Inclusion::Exclude, context);
        }
        let opened = context.open()?;
        let span = self.span(&opened.journal, context)?;
        let today = context.now.today();
        let portfolio = Portfolio::gather(&opened.journal, &context.catalog, span, today);
        if portfolio.is_empty() {
            return Err(empty_portfolio(&portfolio).into());
        }
        let page = match (self.audience, self.page.format()) {
            (Audience::Promotion, PageFormat::Markdown) => report::portfolio_markdown(&portfolio),
            (Audience::Promotion, PageFormat::Html) => report::portfolio_html(&portfolio),
            (Audience::Promotion, PageFormat::Json) => report::portfolio_json(&portfolio),
        };
        self.page.write("The portfolio", &page, context)?;
        Ok(ExitCode::SUCCESS)
    }

    fn span(&self, journal: &Journal, context: &CommandContext<'_>) -> Result<Span, Failure> {
        let today = context.now.today();
        if self.all {
            return Ok(insight::full_span(journal, &context.catalog, today));
        }
        let asked = self.days.past_span(journal.first_day(), context)?;
        Ok(asked.unwrap_or(Span::of(Length::Year, today)))
    }
}

/// Includes an entry or leaves it out, if it is one that portfolios are about.
fn choose(
    id: &str,
    portfolio: Inclusion,
    context: &mut CommandContext<'_>,
) -> anyhow::Result<ExitCode> {
    let mut opened = context.open()?;
    let (journal, catalog) = (&opened.journal, &context.catalog);
    let entry = resolve::entry_by_id(id, journal, catalog, context.now)?;
    let text = quoted(&report::entry_text(&entry, catalog));
    let today = context.now.today();
    let all = insight::full_span(journal, catalog, today);
    let whole = Portfolio::gather(journal, catalog, all, today);
    let mut pieces = whole.sections.iter().flat_map(|section| &section.pieces);
    let piece = pieces.find(|piece| piece.id == entry.id).ok_or_else(|| {
        let message = format!("“{text}” is not something a portfolio shows");
        Failure::new(FailureKind::Usage, message)
            .hint("it takes commitments and items of lists that are shared")
    })?;
    if piece.is_included == (portfolio == Inclusion::Include) {
        return acts::report_unchanged(context);
    }
    let change = PortfolioChoice {
        portfolio: Some(portfolio),
        ..journal.choice_to_change(&entry.id)
    };
    let saved = context.save(&mut opened, change.into_change())?;
    let said = match portfolio {
        Inclusion::Include => "Included",
        Inclusion::Exclude => "Left out",
        Inclusion::First => "On the first page",
    };
    context.confirm_saved(&format!("{said}: {text}"), &saved)
}

fn empty_portfolio(portfolio: &Portfolio) -> Failure {
    let waiting: usize = portfolio
        .sections
        .iter()
        .map(|section| section.pieces.len())
        .sum();
    let failure = Failure::new(FailureKind::NotFound, "this portfolio is empty");
    if waiting > 0 {
        return failure.hint("P on Home, or `leadby portfolio --include ID`, includes more");
    }
    failure
        .hint("what you keep, solve, build and learn appears by itself")
        .hint("`leadby portfolio --all` covers everything")
}
