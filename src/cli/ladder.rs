//! `leadby ladder`: what is expected of you, what stands as evidence for it, and where there is none.

mod import;
mod ties;

use std::path::{Path, PathBuf};

use super::context::CommandContext;
use super::environment;
use super::failures::unknown_name;
use super::file_mistakes::{print_checked, require_file};
use super::page_output::PageOutput;
use super::user_ladder::{read_ladder, read_ladder_at, require_ladder};
use crate::failure::Failure;
use crate::insight::LadderStanding;
use crate::ladder::{EXAMPLES, Ladder};
use crate::report;
use crate::store::Overwrite;
use crate::text::display_path;

const EXAMPLE_CALLS: &str = "\
Examples:
  leadby ladder init                    an example to make your own
  leadby ladder import expectations.md  a table that you have
  leadby ladder                         the level you want to reach
  leadby ladder --gaps                  only what has no evidence yet
  leadby ladder tie 7f3a9c lead-craft   evidence that you name yourself
  leadby ladder --all -o ladder.html    every level, as a page

Your ladder is one file: ~/.config/leadby/ladder.toml on Linux, unless
LEADBY_LADDER sets another. It names levels, areas and what is expected in
each; `from` names the lists whose evidence is proposed. What you tie is
evidence; what is only proposed is on no page. A file with a mistake in it is
not used until it is fixed; check exits with 1 when it finds one. Private
practices never appear. E opens it on the screens, + ties what is chosen there.

--format json writes one object with name, level and expectations.";

pub(super) const ANOTHER_FILE: &str = "LEADBY_LADDER sets another file";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLE_CALLS, args_conflicts_with_subcommands = true)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Option<LadderCommand>,
    #[command(flatten)]
    shown: ShownLadder,
}

#[derive(Debug, clap::Subcommand)]
enum LadderCommand {
    /// Write a commented ladder to start with
    Init {
        /// Which one: scope grows five dimensions, matrix is a table of tracks
        #[arg(long, value_name = "NAME", value_parser = environment::by_name(EXAMPLES.map(|it| (it.name, it.text))), hide_possible_values = true)]
        example: Option<&'static str>,
        /// Overwrite an existing file
        #[arg(long)]
        force: bool,
    },
    Import(import::Arguments),
    /// Make an entry evidence for an expectation
    Tie(ties::Arguments),
    /// Make an entry no evidence for an expectation; it is not proposed any more
    Untie(ties::Arguments),
    /// List every mistake in your ladder file
    Check {
        /// Another file to check
        #[arg(value_name = "FILE", value_parser = environment::path_parser(), value_hint = clap::ValueHint::FilePath)]
        file: Option<PathBuf>,
    },
}

// Which part of the ladder is shown, and how.
#[derive(Debug, clap::Args)]
struct ShownLadder {
    /// The level, by its id or name; without it, the one you want to reach
    #[arg(long, value_name = "LEVEL", conflicts_with = "all")]
    level: Option<String>,
    /// Every level
    #[arg(long)]
    all: bool,
    /// Only expectations without evidence
    #[arg(long)]
    gaps: bool,
    #[command(flatten)]
    page: PageOutput,
}

impl Arguments {
    pub(super) fn run(self, context: &mut CommandContext<'_>) -> anyhow::Result<()> {
        match self.command {
            None => self.shown.show(context),
            Some(LadderCommand::Init { example, force }) => init(context, example, force),
            Some(LadderCommand::Import(arguments)) => arguments.run(context),
            Some(LadderCommand::Tie(arguments)) => arguments.run(true, context),
            Some(LadderCommand::Untie(arguments)) => arguments.run(false, context),
            Some(LadderCommand::Check { file }) => check(context, file.as_deref()),
        }
    }
}

impl ShownLadder {
    fn show(self, context: &mut CommandContext<'_>) -> anyhow::Result<()> {
        let ladder = require_ladder(&context.ladder, &context.catalog)?;
        let level = match &self.level {
            _ if self.all => None,
            Some(name) => Some(find_level(&ladder, name)?),
            None => ladder.target().map(|level| level.id.clone()),
        };
        let opened = context.open()?;
        let (journal, today) = (&opened.journal, context.now.today());
        let mut standing = LadderStanding::of(&ladder, level.as_deref(), journal, &context.catalog);
        if self.gaps {
            standing.retain_gaps();
        }
        let format = self.page.is_asked_for().then(|| self.page.format());
        let format = format.transpose()?;
        let page = match format {
            Some(format) => report::ladder_page(&standing, format, today),
            None => {
                let lines = report::ladder_lines(&standing, journal, today, context.columns);
                lines.join("\n") + "\n"
            }
        };
        self.page.write("The ladder", &page, context)
    }
}

/// The id of the level that is called so, by its id or its name.
fn find_level(ladder: &Ladder, text: &str) -> Result<String, Failure> {
    let asked = text.trim().to_lowercase();
    let found = ladder
        .levels
        .iter()
        .find(|level| level.id.to_lowercase() == asked || level.name.to_lowercase() == asked);
    found.map(|level| level.id.clone()).ok_or_else(|| {
        let levels: Vec<&str> = ladder.levels.iter().map(|it| it.id.as_str()).collect();
        unknown_name("level", text, &levels)
    })
}

fn init(
    context: &mut CommandContext<'_>,
    example: Option<&str>,
    force: bool,
) -> anyhow::Result<()> {
    let path = context.ladder.to_write("a ladder", ANOTHER_FILE)?;
    let text = example.unwrap_or(EXAMPLES[0].text);
    Ok(context.write_user_file(&path, text, Overwrite::allowed(force), ANOTHER_FILE)?)
}

fn check(context: &mut CommandContext<'_>, file: Option<&Path>) -> anyhow::Result<()> {
    let catalog = &context.catalog;
    file.map_or(Ok(()), require_file)?;
    let read = match file {
        Some(path) => read_ladder_at(path, catalog).map(Some),
        None => read_ladder(&context.ladder, catalog),
    };
    let path = file.or(context.ladder.path.as_deref());
    let name = path.map_or_else(String::new, display_path);
    let (mistakes, good) = match read {
        Err(mistakes) => (mistakes, String::new()),
        Ok(Some(ladder)) => {
            let good = format!("{name}: no mistakes; {}", import::counts(&ladder));
            (Vec::new(), good)
        }
        Ok(None) => (Vec::new(), "no ladder file: no mistakes".to_owned()),
    };
    context.exit_code = print_checked(&[(mistakes, good)], context.output)?;
    Ok(())
}
