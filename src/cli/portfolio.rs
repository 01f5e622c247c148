//! `leadby portfolio`: evidence for the people who decide, as a page.

use std::num::NonZeroUsize;
use std::process::ExitCode;

use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::context::CommandContext;
use super::look_back::LookBack;
use super::page_output::PageOutput;
use super::{acts, resolve};
use crate::calendar::{Length, Span};
use crate::failure::{Failure, FailureKind};
use crate::insight::{self, Audience, MOST_RESULTS, Portfolio, Shift};
use crate::journal::{Body, Change, Entry, Inclusion, Journal, PortfolioChoice};
use crate::practice::Catalog;
use crate::report::{self, PageFormat, PortfolioExtent};
use crate::text::quoted;

const EXAMPLES: &str = "\
Examples:
  leadby portfolio                      this year, as Markdown
  leadby portfolio -o portfolio.html    as one page for a browser or a printer
  leadby portfolio --pages 1 -o one.html    the first page alone
  leadby portfolio --quarter 2026-Q3 -o q3.md
  leadby portfolio --since \"2026-04-01\" --format json | jq '.results'
  leadby portfolio --first 7f3a9c       that entry is on the first page
  leadby portfolio --leave-out 7f3a9c   without that entry, in any span

It begins with one printed page: your name and role, the summary you wrote under
`leadby walk --plain talk`, three to five results in two lines each, and what
stands open. Behind it is the evidence: problems solved, systems built, who you
helped, skills, decisions and commitments kept, what weighs most first. What you
missed is in it only if you include it, and private practices never are.

Without choices of yours, what weighs most is on the first page. P on Home opens
the portfolio; there or with --first and --leave-out you choose single entries.

The page of --format html needs no other file and no network. --format json
writes one object with span, first, until, name, about, responsibilities,
summary, results, open, figures, sections, month_sentences, people and lines.";

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
    /// At most so many printed pages; 1 is the first page alone
    #[arg(long, value_name = "N")]
    pages: Option<NonZeroUsize>,
    /// With your sentence for each month
    #[arg(long)]
    sentences: bool,
    #[command(flatten)]
    choosing: Choosing,
}

/// Options that decide about one entry and write no page.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Choices, kept from now on; no page is written")]
struct Choosing {
    /// Include an entry, by its id or the beginning or end of it; takes it off the first page
    #[arg(long, value_name = "ID", exclusive = true)]
    include: Option<String>,
    /// Leave out an entry
    #[arg(long, value_name = "ID", exclusive = true)]
    leave_out: Option<String>,
    /// Put an entry on the first page
    #[arg(long, value_name = "ID", exclusive = true)]
    first: Option<String>,
    /// Move an entry up by one, on the first page or in its list
    #[arg(long, value_name = "ID", exclusive = true)]
    up: Option<String>,
    /// Move an entry down by one
    #[arg(long, value_name = "ID", exclusive = true)]
    down: Option<String>,
}

/// What is decided about an entry.
#[derive(Clone, Copy, Debug)]
enum Decision {
    Include(Inclusion),
    First,
    Move(Shift),
}

impl Choosing {
    fn decision(&self) -> Option<(&str, Decision)> {
        let all = [
            (&self.include, Decision::Include(Inclusion::Include)),
            (&self.leave_out, Decision::Include(Inclusion::Exclude)),
            (&self.first, Decision::First),
            (&self.up, Decision::Move(Shift::Up)),
            (&self.down, Decision::Move(Shift::Down)),
        ];
        all.into_iter()
            .find_map(|(id, decision)| Some((id.as_deref()?, decision)))
    }
}

/// The audiences by name.
fn audience_parser() -> impl TypedValueParser<Value = Audience> {
    PossibleValuesParser::new(Audience::ALL.map(Audience::id))
        .map(|name| Audience::from_id(&name).unwrap_or_default())
}

impl Arguments {
    pub(super) fn run(self, context: &mut CommandContext<'_>) -> anyhow::Result<ExitCode> {
        if let Some((id, decision)) = self.choosing.decision() {
            return decide(id, decision, context);
        }
        let opened = context.open()?;
        let span = self.span(&opened.journal, context)?;
        let today = context.now.today();
        let portfolio = Portfolio::gather(&opened.journal, &context.catalog, span, today);
        if portfolio.is_empty() {
            return Err(empty_portfolio(&portfolio).into());
        }
        let extent = PortfolioExtent {
            pages: self.pages,
            month_sentences: self.sentences,
        };
        let page = match (self.audience, self.page.format()) {
            (Audience::Promotion, PageFormat::Markdown) => {
                report::portfolio_markdown(&portfolio, extent)
            }
            (Audience::Promotion, PageFormat::Html) => report::portfolio_html(&portfolio, extent),
            (Audience::Promotion, PageFormat::Json) => report::portfolio_json(&portfolio, extent),
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

/// Includes an entry, leaves it out or moves it, if it is one that portfolios are about.
fn decide(
    id: &str,
    decision: Decision,
    context: &mut CommandContext<'_>,
) -> anyhow::Result<ExitCode> {
    let mut opened = context.open()?;
    let entry = resolve::entry_by_id(id, &opened.journal, &context.catalog, context.now)?;
    let text = quoted(&report::entry_text(&entry, &context.catalog));
    let (choices, said) = match decision {
        Decision::Include(portfolio) if is_responsibility(&entry, &context.catalog) => {
            let before = opened.journal.choice_to_change(&entry.id);
            (
                include(before, Inclusion::Include, portfolio),
                said_of(portfolio),
            )
        }
        _ => choices_about(&entry, decision, &opened.journal, context)?,
    };
    let changes: Vec<Change> = choices
        .into_iter()
        .map(PortfolioChoice::into_change)
        .collect();
    if changes.is_empty() {
        return acts::report_unchanged(context);
    }
    let saved = context.save_all(&mut opened, &changes)?;
    let saved = saved.last().ok_or_else(|| {
        let message = "the choice was saved, but its id is unknown";
        Failure::new(FailureKind::Journal, message)
    })?;
    context.confirm_saved(&format!("{said}: {text}"), saved)
}

fn is_responsibility(entry: &Entry, catalog: &Catalog) -> bool {
    let register = insight::responsibility_register(catalog);
    matches!((&entry.body, register), (Body::Item(item), Some(it)) if item.register == it.id)
}

/// The choice that includes an entry or leaves it out; nothing if that is so already, by a choice or
/// without one, as `usual` says.
fn include(
    before: PortfolioChoice,
    usual: Inclusion,
    portfolio: Inclusion,
) -> Vec<PortfolioChoice> {
    let now = before.portfolio.unwrap_or(usual);
    if (now == Inclusion::Exclude) == (portfolio == Inclusion::Exclude) {
        return Vec::new();
    }
    vec![PortfolioChoice {
        portfolio: Some(portfolio),
        ..before
    }]
}

fn said_of(portfolio: Inclusion) -> &'static str {
    if portfolio == Inclusion::Exclude {
        "Left out"
    } else {
        "Included"
    }
}

/// The choices that a decision about an entry makes, and what is said of them.
fn choices_about(
    entry: &Entry,
    decision: Decision,
    journal: &Journal,
    context: &CommandContext<'_>,
) -> Result<(Vec<PortfolioChoice>, &'static str), Failure> {
    let (catalog, today) = (&context.catalog, context.now.today());
    let year = Span::of(Length::Year, today);
    let all = insight::full_span(journal, catalog, today);
    // The page of this year, as `leadby portfolio` writes it, if the entry is in it.
    let pages = [year, all].map(|span| Portfolio::gather(journal, catalog, span, today));
    let found = pages.iter().find_map(|page| {
        let mut pieces = page.sections.iter().flat_map(|section| &section.pieces);
        Some((page, pieces.find(|piece| piece.id == entry.id)?))
    });
    let (page, piece) = found.ok_or_else(|| {
        let text = quoted(&report::entry_text(entry, catalog));
        let message = format!("“{text}” is not something a portfolio shows");
        Failure::new(FailureKind::Usage, message)
            .hint("it takes commitments and items of lists that are shared")
    })?;
    let is_first = page.is_on_first_page(&piece.id);
    Ok(match decision {
        Decision::Include(Inclusion::Include) if is_first => (
            page.first_page_choices(&piece.id, journal),
            "Off the first page",
        ),
        Decision::Include(portfolio) => {
            let before = journal.choice_to_change(&piece.id);
            // What stands open is told without a choice, and can be left out or told in full.
            let is_told =
                piece.is_evidence || (piece.is_on_its_way() && portfolio == Inclusion::Exclude);
            let usual = if is_told {
                Inclusion::Include
            } else {
                Inclusion::Exclude
            };
            (include(before, usual, portfolio), said_of(portfolio))
        }
        Decision::First if is_first => (Vec::new(), ""),
        Decision::First => {
            let choices = page.first_page_choices(&piece.id, journal);
            if choices.is_empty() {
                let message = format!("the first page has {MOST_RESULTS} results already");
                let failure = Failure::new(FailureKind::Usage, message);
                return Err(failure.hint("`leadby portfolio --include ID` takes one off it"));
            }
            (choices, "On the first page")
        }
        Decision::Move(shift) => (page.move_choices(&piece.id, shift, journal), "Moved"),
    })
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
