//! `leadby ladder import FILE`: reads a table, shows what it says, asks, and writes the ladder file.

use std::path::{Path, PathBuf};

use super::super::confirm::confirm;
use super::super::context::CommandContext;
use super::super::environment;
use super::super::failures::usage;
use super::super::file_mistakes::require_file;
use super::super::import::{left_out_lines, utf8_text};
use super::super::user_ladder;
use super::{ANOTHER_FILE, find_level};
use crate::failure::Failure;
use crate::import::{LadderReading, read_ladder};
use crate::ladder::{self, Ladder};
use crate::store::{self, Overwrite};
use crate::text::{counted_noun, display_path, one_line};

/// Larger than any table of expectations.
const LARGEST: u64 = 1 << 20;

const EXAMPLES: &str = "\
Examples:
  leadby ladder import expectations.md --next staff
  leadby ladder import ladder.csv --now \"Senior engineer\"
  pbpaste | leadby ladder import - --yes

The file has a table, in Markdown or with commas, semicolons or tabs, as a
spreadsheet gives it: areas down the side and levels across, or one line for
each expectation with columns called level, area and expectation. A cell may
have several, one per line or after <br>. Ids are made from its words, so that
importing the same table again keeps them. The table is not changed, and a
ladder that is replaced is kept beside the new one, as ladder.1.toml.";

/// Read a table of levels and areas, and write your ladder file
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// The file; - reads standard input
    #[arg(value_parser = environment::path_parser(), value_hint = clap::ValueHint::FilePath)]
    file: PathBuf,
    /// The level you are on, by its name in the table
    #[arg(long, value_name = "LEVEL")]
    now: Option<String>,
    /// The level you want to reach
    #[arg(long, value_name = "LEVEL")]
    next: Option<String>,
    /// Do not ask
    #[arg(long)]
    yes: bool,
}

impl Arguments {
    pub(super) fn run(self, context: &mut CommandContext<'_>) -> anyhow::Result<()> {
        let path = context.ladder.to_write("a ladder", ANOTHER_FILE)?;
        let bytes = if self.file.as_os_str() == "-" {
            context.read_input()?
        } else {
            require_file(&self.file)?;
            store::read_at_most(&self.file, LARGEST).map_err(|reason| {
                let file = display_path(&self.file);
                usage(format!("{file} cannot be read: {reason}"))
            })?
        };
        let mut reading = read_ladder(utf8_text(&bytes)?);
        let ladder = &mut reading.ladder;
        if ladder.expectations.is_empty() {
            return Err(no_expectations(&reading).into());
        }
        let level = |name: &Option<String>, ladder: &Ladder| match name {
            Some(name) => find_level(ladder, name).map(Some),
            None => Ok(None),
        };
        (ladder.now, ladder.next) = (level(&self.now, ladder)?, level(&self.next, ladder)?);
        let before = user_ladder::read_ladder(&context.ladder, &context.catalog);
        let before = before.ok().flatten().unwrap_or_default();
        let gone = reading.keep_ids(&before).into_iter();
        let gone = gone.map(|it| format!("gone   {}: {}", one_line(&it.id), one_line(&it.text)));
        context.print_line(format!("read   {}", counts(&reading.ladder)))?;
        context.print_lines(gone)?;
        let left_out = left_out_lines(&reading.left_out).into_iter();
        context.print_lines(left_out.map(|line| format!("left   {line}")))?;
        let (verb, overwrite) = if path.exists() {
            ("Replace", Overwrite::Yes)
        } else {
            ("Write", Overwrite::Never)
        };
        let question = format!("{verb} {}?", display_path(&path));
        if !confirm(&question, self.yes, context)? {
            return Ok(());
        }
        let text = ladder::to_toml(&reading.ladder);
        if overwrite == Overwrite::Yes {
            keep_copy(&path, &text, context)?;
        }
        Ok(context.write_user_file(&path, &text, overwrite, ANOTHER_FILE)?)
    }
}

/// Keeps the ladder that is replaced, which may be written by hand, beside the new one.
fn keep_copy(path: &Path, new: &str, context: &mut CommandContext<'_>) -> Result<(), Failure> {
    let unread = |reason| usage(format!("{} cannot be read: {reason}", display_path(path)));
    let old = store::read_at_most(path, LARGEST).map_err(unread)?;
    if old == new.as_bytes() {
        return Ok(());
    }
    let mut number = 1;
    let mut copy = path.with_extension("1.toml");
    while copy.exists() {
        number += 1;
        copy = path.with_extension(format!("{number}.toml"));
    }
    let text = String::from_utf8_lossy(&old);
    store::write_user_file(&context.path, &copy, &text, Overwrite::Never, ANOTHER_FILE)?;
    context.print_line(format!("Kept: {}, as it was", display_path(&copy)))
}

/// "2 levels, 5 areas, 14 expectations".
pub(super) fn counts(ladder: &Ladder) -> String {
    [
        (ladder.levels.len(), "level"),
        (ladder.areas.len(), "area"),
        (ladder.expectations.len(), "expectation"),
    ]
    .map(|(number, noun)| counted_noun(number, noun))
    .join(", ")
}

fn no_expectations(reading: &LadderReading) -> Failure {
    let failure = usage("nothing was imported: no table of levels and areas in it");
    left_out_lines(&reading.left_out)
        .into_iter()
        .take(2)
        .fold(failure, Failure::hint)
        .hint("`leadby ladder import --help` says what a table looks like")
}
