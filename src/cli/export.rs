//! `leadby export`: the journal for other programs, or all of it as a copy.

use std::io::{self, Write};
use std::iter::once;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::context::{Context, Opened};
use super::environment;
use super::output::lost;
use super::say;
use super::whereabouts::shown;
use crate::failure::{Failure, Kind};
use crate::report::{self, Scope, Separator, Table, same_name};
use crate::store::{self, Overwrite};
use crate::words::{count, quoted};

const EXAMPLES: &str = "\
Examples:
  leadby export json -o journal.json            a whole copy, for `leadby import`
  leadby export csv -o tables                   a file for each kind, in that folder
  leadby export csv --table problems | head     one of them
  leadby export csv -o tables --separator ';'   where a spreadsheet has commas in its numbers
  leadby export ics -o leadby.ics               what is open, for your calendar
  leadby export md --since 2026-10-01 | less     to be read, week by week

json is complete: every version of every entry, private practices too. The others hold what counts
now, without the practices that are yours alone and what came of them, unless --private is given.

csv is UTF-8 as RFC 4180 describes it. A file begins with a byte order mark, without which Excel
takes UTF-8 for something else; standard output has none. What a spreadsheet would take for a
formula has an apostrophe before it, at the beginning of a cell and behind ; | and a line end in it
(and a comma, with another separator); so has an apostrophe there: take one away to have the words.

ics has an event for the day each commitment is due, with a reminder at nine. Importing a newer one
moves the events that are there; --all brings those that ended, too.

A file is put in its place whole, for you alone to read, and never over another without --force.";

/// Write the journal for a spreadsheet, a calendar or a reader, or all of it as JSON
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// All of it as a copy, tables for a spreadsheet, a calendar, or Markdown to be read
    format: Format,
    /// The file, or for csv the folder; without it, standard output
    #[arg(short, long, value_name = "PATH", value_parser = environment::path(), value_hint = clap::ValueHint::AnyPath)]
    output: Option<PathBuf>,
    /// Only what stands under this day or a later one; not for json
    #[arg(long, value_name = "WHEN")]
    since: Option<String>,
    /// What is private as well; json always has it
    #[arg(long)]
    private: bool,
    /// For ics, the commitments that ended as well
    #[arg(long)]
    all: bool,
    /// For csv, one table: commitments, answers, or the name of a list
    #[arg(long, value_name = "NAME")]
    table: Option<String>,
    /// For csv, what is between two cells: a comma, a semicolon or a tab
    #[arg(long, value_enum, value_name = "SIGN")]
    separator: Option<Sign>,
    /// Write over files that are there
    #[arg(long, requires = "output")]
    force: bool,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq, clap::ValueEnum)]
enum Format {
    Json,
    Csv,
    Ics,
    Md,
}

/// What is between two cells of a table.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Sign {
    #[value(name = ",")]
    Comma,
    #[value(name = ";")]
    Semicolon,
    #[value(name = "tab", alias = "\t")]
    Tab,
}

/// The mark that tells a spreadsheet that a file is UTF-8.
const BYTE_ORDER_MARK: &str = "\u{feff}";

impl Arguments {
    pub(super) fn run(self, context: &mut Context<'_>) -> anyhow::Result<ExitCode> {
        self.check()?;
        let since = self.since.as_ref().map(|when| context.since(when));
        let since = since.transpose()?;
        // A copy keeps lines that others leave out, and says itself which it cannot.
        context.says_left_out = self.format != Format::Json;
        let opened = context.open()?;
        if self.format == Format::Json {
            return self.copy(context, &opened);
        }
        let catalog = context.catalog.clone();
        let scope = Scope {
            journal: &opened.journal,
            catalog: &catalog,
            since,
            private: self.private,
        };
        match self.format {
            Format::Csv => self.tables(context, scope)?,
            Format::Ics => self.write(context, report::calendar(scope, self.all))?,
            Format::Md | Format::Json => self.write(context, report::markdown(scope))?,
        }
        let left = scope.left_out();
        if left > 0 {
            let entries = if left == 1 { "entry is" } else { "entries are" };
            say(&format!(
                "leadby: {left} private {entries} left out; --private takes them in.\n"
            ));
        }
        Ok(ExitCode::SUCCESS)
    }

    /// Options that mean nothing to a format are no way to get what one thinks one gets.
    fn check(&self) -> Result<(), Failure> {
        let usage = |message: &str| Failure::new(Kind::Usage, message);
        match self.format {
            Format::Json if self.since.is_some() => Err(usage(
                "json is the whole journal, to be kept as a copy, and knows no --since",
            )
            .hint("csv, ics and md do; `leadby list --since WHEN --json` is another way")),
            format if self.all && format != Format::Ics => {
                Err(usage("--all is for ics; the others have what ended anyway"))
            }
            format if self.table.is_some() && format != Format::Csv => {
                Err(usage("--table is for csv, which has several"))
            }
            format if self.separator.is_some() && format != Format::Csv => {
                Err(usage("--separator is for csv, which has cells"))
            }
            _ => Ok(()),
        }
    }

    fn separator(&self) -> Separator {
        match self.separator {
            None | Some(Sign::Comma) => Separator::Comma,
            Some(Sign::Semicolon) => Separator::Semicolon,
            Some(Sign::Tab) => Separator::Tab,
        }
    }

    fn overwrite(&self) -> Overwrite {
        if self.force {
            Overwrite::Yes
        } else {
            Overwrite::Never
        }
    }

    /// The complete copy.
    fn copy(&self, context: &mut Context<'_>, opened: &Opened) -> anyhow::Result<ExitCode> {
        let export = opened.store.export(context.now)?;
        let exported = match &self.output {
            Some(path) => store::write_out_with(path, self.overwrite(), |out| export.write(out))?,
            None => export.write(context.output).map_err(lost)?,
        };
        if !exported.left.is_empty() {
            let lines = count(exported.left.len(), "line");
            say(&format!(
                "leadby: {lines} that cannot be read stay behind; `leadby doctor` names them.\n"
            ));
        }
        if let Some(path) = &self.output {
            confirm(context, &count(exported.versions, "version"), path)?;
        }
        Ok(ExitCode::SUCCESS)
    }

    /// Writes the pieces of a text one after the other.
    fn write(
        &self,
        context: &mut Context<'_>,
        pieces: impl Iterator<Item = String>,
    ) -> Result<(), Failure> {
        let Some(path) = &self.output else {
            return pieces_to(context.output, pieces).map_err(lost);
        };
        store::write_out_with(path, self.overwrite(), |out| pieces_to(out, pieces))?;
        let what = match self.format {
            Format::Ics => "The calendar",
            _ => "The journal",
        };
        confirm(context, what, path)
    }

    fn tables(&self, context: &mut Context<'_>, scope: Scope<'_>) -> anyhow::Result<()> {
        let tables = report::tables(scope);
        if let Some(name) = &self.table {
            let table = tables.iter().find(|table| is_named(table, name, scope));
            let table = table.ok_or_else(|| unknown(name, &tables))?;
            let mark = self.output.as_ref().map(|_| BYTE_ORDER_MARK.to_owned());
            let rows = table.rows(scope, self.separator());
            self.write(context, mark.into_iter().chain(rows))?;
            return Ok(());
        }
        let Some(folder) = &self.output else {
            let failure = Failure::new(Kind::Usage, "csv is several tables");
            let failure = failure.hint("`-o FOLDER` writes a file for each of them");
            let one = format!("`--table NAME` writes one of: {}", names(&tables));
            return Err(failure.hint(one).into());
        };
        if folder
            .extension()
            .is_some_and(|it| it.eq_ignore_ascii_case("csv"))
        {
            let failure = Failure::new(Kind::Usage, "csv is several tables, and -o names a folder");
            let hint = format!(
                "with --table NAME it is a file; the tables are: {}",
                names(&tables)
            );
            return Err(failure.hint(hint).into());
        }
        let file = |table: &Table<'_>| folder.join(format!("{}.csv", table.name()));
        // Not half of them before the first that may not be written.
        let there = tables.iter().map(file).find(|path| path.exists());
        if let Some(path) = there.filter(|_| !self.force) {
            let message = format!("{} is there already; nothing was written", shown(&path));
            let failure = Failure::new(Kind::Usage, message);
            return Err(failure.hint("--force writes over it").into());
        }
        store::make_folder(folder)?;
        for table in &tables {
            store::write_out_with(&file(table), self.overwrite(), |out| {
                let rows = table.rows(scope, self.separator());
                pieces_to(out, once(BYTE_ORDER_MARK.to_owned()).chain(rows))
            })?;
        }
        confirm(context, &count(tables.len(), "table"), folder)?;
        Ok(())
    }
}

/// Says where it went. Losing this line is not losing the file, and the error says so.
fn confirm(context: &mut Context<'_>, what: &str, path: &Path) -> Result<(), Failure> {
    let line = format!("{what} → {}", shown(path));
    let printed = context.output.line(&line);
    let printed = printed.and_then(|()| context.output.flush());
    printed.map_err(|lost| lost.hint("the file is there; only the line that says so is lost"))
}

fn pieces_to(
    out: &mut (impl Write + ?Sized),
    mut pieces: impl Iterator<Item = String>,
) -> io::Result<()> {
    pieces.try_for_each(|piece| out.write_all(piece.as_bytes()))
}

fn is_named(table: &Table<'_>, name: &str, scope: Scope<'_>) -> bool {
    let register = report::find_register(name, scope.catalog);
    same_name(&table.name(), name) || register.is_some_and(|it| it.id == table.name())
}

fn names(tables: &[Table<'_>]) -> String {
    let names: Vec<String> = tables.iter().map(Table::name).collect();
    names.join(", ")
}

fn unknown(name: &str, tables: &[Table<'_>]) -> Failure {
    let message = format!("there is no table “{}”", quoted(name));
    Failure::new(Kind::Usage, message).hint(format!("there are: {}", names(tables)))
}
