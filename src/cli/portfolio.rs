//! `leadby portfolio`: evidence for the people who decide, as a page.

use std::num::NonZeroUsize;

use chrono::Datelike;

use super::context::{CommandContext, OpenedJournal};
use super::environment;
use super::failures::{not_found, usage};
use super::look_back::LookBack;
use super::page_output::PageOutput;
use super::write_stderr;
use super::{acts, resolve};
use crate::calendar::{Length, Span};
use crate::failure::Failure;
use crate::insight::{
    self, Audience, KnownNames, MOST_RESULTS, PageSubject, PieceBody, Portfolio, Shift, TalkPage,
};
use crate::journal::{Body, Change, Entry, Id, Inclusion, Journal, PortfolioChoice, rules};
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
  leadby portfolio --for manager        the agenda of your next talk
  leadby portfolio --for cv -o cv.md    results in a line each
  leadby portfolio --person Ana         your work with Ana, and what is open
  leadby portfolio --check              what is on the page, before it leaves

It begins with one printed page: your name and role, the summary you wrote under
`leadby walk --plain talk`, three to five results in two lines each, and what
is open. Behind it is the evidence: problems solved, systems built, who you
helped, skills, decisions and commitments kept, what weighs most first. What you
missed is in it only if you include it, and private practices never are.

Without choices of yours, what weighs most is on the first page. P on Home opens
the portfolio; there or with --first and --leave-out you choose single entries.

A page for promotion or manager that is written to a file is remembered with
its day; the next agenda begins there, and so does --since last-talk.

The page of --format html needs no other file and no network. --format json
writes one object with span, first, until, name, about, responsibilities,
summary, results, open, figures, sections, month_sentences, people and lines;
for other readers, with for, person, last_talk, first, until, about and
sections.";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    #[command(flatten)]
    days: LookBack,
    /// Everything; without it or other days, this year
    #[arg(long, help_heading = "Days", conflicts_with = "LookBack")]
    all: bool,
    /// Who it is for
    #[arg(long = "for", value_name = "AUDIENCE", value_parser = environment::by_name(Audience::ALL.map(|it| (it.id(), it))), default_value = Audience::default().id(), hide_default_value = true)]
    audience: Audience,
    /// A page about your work with someone, by their name in any spelling
    #[arg(long, value_name = "NAME", conflicts_with = "audience")]
    person: Option<String>,
    /// Shorten the names of people to their initials
    #[arg(long)]
    initials: bool,
    /// List what is on the page, with who and what is named in it; writes no page
    #[arg(long, conflicts_with = "PageOutput")]
    check: bool,
    #[command(flatten)]
    page: PageOutput,
    #[command(flatten)]
    extent: Extent,
    #[command(flatten)]
    choosing: Choosing,
}

// Options that say how much of it is written.
#[derive(Debug, clap::Args)]
struct Extent {
    /// At most so many printed pages, for promotion; 1 is the first page alone
    #[arg(long, value_name = "N")]
    pages: Option<NonZeroUsize>,
    /// With your sentence for each month, for promotion
    #[arg(long)]
    sentences: bool,
}

// Options that decide about one entry and write no page: those of a page say nothing about them.
#[derive(Debug, clap::Args)]
#[group(multiple = false, conflicts_with_all = ["LookBack", "all", "audience", "person", "initials", "check", "PageOutput", "Extent"])]
#[command(next_help_heading = "Choices, kept from now on; no page is written")]
struct Choosing {
    /// Include an entry, by its id or the beginning or end of it; takes it off the first page
    #[arg(long, value_name = "ID")]
    include: Option<String>,
    /// Leave out an entry
    #[arg(long, value_name = "ID")]
    leave_out: Option<String>,
    /// Put an entry on the first page
    #[arg(long, value_name = "ID")]
    first: Option<String>,
    /// Move an entry up by one, on the first page or in its list
    #[arg(long, value_name = "ID")]
    up: Option<String>,
    /// Move an entry down by one
    #[arg(long, value_name = "ID")]
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

impl Arguments {
    pub(super) fn run(self, context: &mut CommandContext<'_>) -> anyhow::Result<()> {
        if let Some((id, decision)) = self.choosing.decision() {
            return decide(id, decision, context);
        }
        self.check_extent()?;
        let mut opened = context.open()?;
        let mut page = self.gather(&opened.journal, context)?;
        let known = || KnownNames::of(&opened.journal, &context.catalog);
        if self.initials {
            page.shorten_names(&known());
        }
        let extent = PortfolioExtent {
            pages: self.extent.pages,
            month_sentences: self.extent.sentences,
        };
        if let TalkPage::Portfolio(portfolio) = &page
            && (self.check || self.page.format()? != PageFormat::Json)
            && let Some(cut) = report::cut_note(portfolio)
        {
            write_stderr(&format!("leadby: {cut}. JSON has all of it.\n"));
        }
        if self.check {
            let pieces = report::leaving_pieces(&page, extent, &known());
            context
                .output
                .write_text(&report::leaving_list(&pieces, &opened.journal))?;
            return Ok(());
        }
        let text = report::talk_page(&page, extent, self.page.format()?);
        self.page.write("The portfolio", &text, context)?;
        if self.page.is_to_file() && self.person.is_none() {
            return remember_talk(self.audience, &mut opened, context);
        }
        Ok(())
    }

    /// Refuses how much is written for a page that is only ever written whole.
    fn check_extent(&self) -> Result<(), Failure> {
        let option = match &self.extent {
            Extent { pages: Some(_), .. } => "--pages",
            Extent {
                sentences: true, ..
            } => "--sentences",
            Extent { .. } => return Ok(()),
        };
        let page = match (&self.person, self.audience) {
            (Some(_), _) => "--person".to_owned(),
            (None, Audience::Promotion) => return Ok(()),
            (None, audience) => format!("--for {}", audience.id()),
        };
        let failure = usage(format!("{option} does not go with {page}"));
        Err(failure.hint("such a page is always whole; --since shortens it"))
    }

    /// The page that is asked for, unless it says nothing.
    fn gather(&self, journal: &Journal, context: &CommandContext<'_>) -> Result<TalkPage, Failure> {
        let (catalog, today) = (&context.catalog, context.now.today());
        let subject = match &self.person {
            Some(name) => PageSubject::Person(resolve::person(name, journal, catalog)?),
            None => PageSubject::Audience(self.audience),
        };
        let span = self.span(&subject, journal, context)?;
        let page = TalkPage::gather(&subject, journal, catalog, (span, today));
        page.filter(|page| !page.is_empty())
            .ok_or_else(|| match &subject {
                PageSubject::Person(name) => self.nothing_together(name),
                PageSubject::Audience(_) => {
                    self.empty_portfolio(&Portfolio::gather(journal, catalog, span, today))
                }
            })
    }

    fn span(
        &self,
        subject: &PageSubject,
        journal: &Journal,
        context: &CommandContext<'_>,
    ) -> Result<Span, Failure> {
        let (catalog, today) = (&context.catalog, context.now.today());
        if self.all {
            return Ok(insight::full_span(journal, catalog, today));
        }
        let asked = self.days.past_span(journal, context)?;
        Ok(asked.unwrap_or_else(|| subject.usual_span(journal, catalog, today)))
    }

    fn nothing_together(&self, name: &str) -> Failure {
        let name = quoted(name);
        let failure = not_found(format!("nothing with {name} to show in these days"));
        self.hint_all(failure, "private pages never appear")
    }

    fn empty_portfolio(&self, portfolio: &Portfolio) -> Failure {
        let failure = not_found("this portfolio is empty");
        if portfolio.sections.iter().any(|it| !it.pieces.is_empty()) {
            return failure.hint("P on Home, or `leadby portfolio --include ID`, includes more");
        }
        let said = "what you keep, solve, build and learn appears by itself";
        self.hint_all(failure, said)
    }

    /// A hint, and another that all days have more, unless they were asked for.
    fn hint_all(&self, failure: Failure, said: &str) -> Failure {
        let failure = failure.hint(said);
        if self.all {
            return failure;
        }
        failure.hint("--all covers every day")
    }
}

/// Remembers today as the day of the last page for a talk, and says so.
fn remember_talk(
    audience: Audience,
    opened: &mut OpenedJournal,
    context: &mut CommandContext<'_>,
) -> anyhow::Result<()> {
    let basis = context.basis(&opened.journal);
    let change = report::talk_title(audience).and_then(|it| rules::remembered_talk(it, basis));
    let Some(change) = change else {
        return Ok(());
    };
    let saved = context.save(opened, change)?;
    let said = "Today is remembered as your last page for a talk";
    context.confirm_saved(said, &saved)
}

/// Includes an entry, leaves it out or moves it, if it is one that portfolios are about.
fn decide(id: &str, decision: Decision, context: &mut CommandContext<'_>) -> anyhow::Result<()> {
    let mut opened = context.open()?;
    if let (Decision::Include(portfolio), Some((chart, heading))) =
        (decision, insight::portfolio_scale(id, &context.catalog))
    {
        let heading = quoted(heading);
        let (choices, said) = include(&chart, None, portfolio, &opened.journal);
        if save_choices(choices, context, &mut opened)? {
            context.print_line(format!("{said}: {heading}  ({id})"))?;
        }
        return Ok(());
    }
    let entry = resolve::entry_by_id(id, &opened.journal, context)?;
    let text = quoted(&report::entry_text(&entry, &context.catalog));
    let (choices, said) = match decision {
        Decision::Include(portfolio) if is_responsibility(&entry, &context.catalog) => {
            include(&entry.id, None, portfolio, &opened.journal)
        }
        _ => choices_about(&entry, decision, &opened.journal, context)?,
    };
    if save_choices(choices, context, &mut opened)? {
        context.confirm_saved(&format!("{said}: {text}"), &entry)?;
    }
    Ok(())
}

/// Saves choices; `false` if there are none, which is said.
fn save_choices(
    choices: Vec<PortfolioChoice>,
    context: &mut CommandContext<'_>,
    opened: &mut OpenedJournal,
) -> anyhow::Result<bool> {
    let changes = choices.into_iter().map(PortfolioChoice::into_change);
    let changes: Vec<Change> = changes.collect();
    if changes.is_empty() {
        acts::report_unchanged(context)?;
        return Ok(false);
    }
    context.save_all(opened, &changes)?;
    Ok(true)
}

fn is_responsibility(entry: &Entry, catalog: &Catalog) -> bool {
    let register = insight::responsibility_register(catalog);
    matches!((&entry.body, register), (Body::Item(item), Some(it)) if item.register == it.id)
}

/// The choice that includes an entry or leaves it out, and what is said of it; nothing if that is so
/// already. `to_tell` is the choice under which it is told, if it needs one.
fn include(
    id: &Id,
    to_tell: Option<Inclusion>,
    portfolio: Inclusion,
    journal: &Journal,
) -> (Vec<PortfolioChoice>, String) {
    let is_out = portfolio == Inclusion::Exclude;
    let said = if is_out { "Left out" } else { "Included" }.to_owned();
    let before = journal.choice_to_change(id);
    let is_told = match before.portfolio {
        Some(choice) => choice != Inclusion::Exclude,
        None => to_tell.is_none(),
    };
    if is_told != is_out {
        return (Vec::new(), said);
    }
    let choice = PortfolioChoice {
        portfolio: if is_out { Some(portfolio) } else { to_tell },
        ..before
    };
    (vec![choice], said)
}

/// The choices that a decision about an entry makes, and what is said of them.
fn choices_about(
    entry: &Entry,
    decision: Decision,
    journal: &Journal,
    context: &CommandContext<'_>,
) -> Result<(Vec<PortfolioChoice>, String), Failure> {
    let (catalog, today) = (&context.catalog, context.now.today());
    let page_with_it = |span| {
        let page = Portfolio::gather(journal, catalog, span, today);
        let mut pieces = page.sections.iter().flat_map(|section| &section.pieces);
        let piece = pieces.find(|piece| piece.id == entry.id)?.clone();
        Some((page, piece))
    };
    // The page of this year, as `leadby portfolio` writes it, if the entry is in it.
    let this_year = page_with_it(Span::of(Length::Year, today));
    let is_this_year = this_year.is_some();
    let found = this_year.or_else(|| page_with_it(insight::full_span(journal, catalog, today)));
    let Some((page, piece)) = found else {
        return choice_on_other_pages(entry, decision, journal, context);
    };
    let is_first = page.is_on_first_page(&piece.id);
    let is_chosen = piece.choice == Some(Inclusion::First);
    // For an entry of another year nothing else is chosen: that would change this year's page.
    let choose_only = |portfolio| {
        vec![PortfolioChoice {
            portfolio: Some(portfolio),
            place: None,
            ..journal.choice_to_change(&piece.id)
        }]
    };
    Ok(match decision {
        Decision::Include(Inclusion::Include) if is_first && is_this_year => (
            page.first_page_choices(&piece.id, journal),
            "Off the first page".to_owned(),
        ),
        Decision::Include(portfolio @ Inclusion::Include) if is_first || is_chosen => {
            (choose_only(portfolio), "Off the first page".to_owned())
        }
        Decision::Include(portfolio) => {
            // An item that stands open is told without a choice, and can be told in full.
            let is_item = matches!(piece.body, PieceBody::Item(_));
            let to_tell = if piece.is_open() && is_item && portfolio == Inclusion::Include {
                Some(portfolio)
            } else {
                piece.choice_to_tell()
            };
            include(&entry.id, to_tell, portfolio, journal)
        }
        Decision::First if is_first && (is_this_year || is_chosen) => (Vec::new(), String::new()),
        Decision::First if !is_this_year => (
            choose_only(Inclusion::First),
            format!("On the first page of {}", piece.day.year()),
        ),
        Decision::First => {
            let choices = page.first_page_choices(&piece.id, journal);
            if choices.is_empty() {
                let failure = usage(format!("the first page has {MOST_RESULTS} results already"));
                return Err(failure.hint("`leadby portfolio --include ID` takes one off it"));
            }
            (choices, "On the first page".to_owned())
        }
        Decision::Move(_) if !piece.is_told() => {
            let text = quoted(&report::entry_text(entry, catalog));
            let failure = usage(format!("“{text}” is not on the page"));
            return Err(failure.hint("`leadby portfolio --include ID` includes it"));
        }
        Decision::Move(shift) => (
            page.move_choices(&piece.id, shift, journal),
            "Moved".to_owned(),
        ),
    })
}

/// The choice about what only an agenda or the page about a person shows: it is on them unless it is
/// left out.
fn choice_on_other_pages(
    entry: &Entry,
    decision: Decision,
    journal: &Journal,
    context: &CommandContext<'_>,
) -> Result<(Vec<PortfolioChoice>, String), Failure> {
    let catalog = &context.catalog;
    let private = acts::private_words(journal.privacy(entry, catalog));
    let is_shown = match &entry.body {
        Body::Commitment(_) | Body::Item(_) => private.is_none(),
        _ => insight::agenda_answers(catalog).any(|id| id == entry.id),
    };
    if let (Decision::Include(portfolio), true) = (decision, is_shown) {
        return Ok(include(&entry.id, None, portfolio, journal));
    }
    let text = quoted(&report::entry_text(entry, catalog));
    if let Some(private) = private {
        let message = format!("“{text}” {private}, and no portfolio shows it");
        return Err(usage(message));
    }
    let failure = usage(format!("“{text}” is not something a portfolio shows"));
    Err(failure.hint("it takes commitments and items of lists that are shared"))
}
