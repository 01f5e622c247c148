//! `leadby export`: the journal for other programs, or all of it as a copy.

use std::io::{self, Write};
use std::iter::once;
use std::path::{Path, PathBuf};

use clap::builder::PossibleValue;

use super::context::{CommandContext, OpenedJournal};
use super::environment;
use super::failures::{unknown_name, usage};
use super::look_back::LookBack;
use super::output::output_failure;
use super::write_stderr;
use crate::failure::Failure;
use crate::report::{self, ExportScope, ExportTable, Selection, Separator, same_name};
use crate::store::{self, Overwrite};
use crate::text::{counted_noun, display_path};

const EXAMPLES: &str = "\
Examples:
  leadby export json -o journal.json            a complete copy, to import
  leadby export csv -o tables                   a file for each kind
  leadby export csv --table problems | head     one of them
  leadby export csv -o tables --separator ';'   for decimal commas
  leadby export ics -o leadby.ics               what is open, for your calendar
  leadby export md --since 2026-10-01 | less    to read, week by week

json is complete: every version of every entry, private practices too. The
others have what counts now, without private practices and what came of them,
unless --private is given.

csv is UTF-8 as RFC 4180 describes it. A file begins with a byte order mark,
without which Excel misreads UTF-8; standard output has none. Text that a
spreadsheet would read as a formula has an apostrophe before it, at the
beginning of a cell and after ; | and a newline in it (and a comma, with
another separator); so has an apostrophe there: remove one to get the text.

ics has an event for the day each commitment is due, with a reminder at nine.
Importing a newer one moves the existing events; --all adds those that ended.

A file appears whole, readable by you alone, and overwrites another only with
--force.";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// A complete copy, tables for a spreadsheet, a calendar, or Markdown to read
    format: ExportFormat,
    /// The file, or for csv the folder; without it or as -, standard output
    #[arg(short, long, value_name = "PATH", value_parser = environment::path_parser(), value_hint = clap::ValueHint::AnyPath)]
    output: Option<PathBuf>,
    #[command(flatten)]
    days: LookBack,
    /// Private practices too; json always has them
    #[arg(long)]
    private: bool,
    /// For ics, the commitments that ended too
    #[arg(long)]
    all: bool,
    /// For csv, one table: commitments, answers, or the name of a list
    #[arg(long, value_name = "NAME")]
    table: Option<String>,
    /// For csv, what separates cells: a comma, a semicolon or a tab
    #[arg(long, value_enum, value_name = "SIGN")]
    separator: Option<Separator>,
    /// Overwrite existing files
    #[arg(long, requires = "output")]
    force: bool,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq, clap::ValueEnum)]
enum ExportFormat {
    Json,
    Csv,
    Ics,
    Md,
}

// Not derived, since `report` knows nothing of arguments.
impl clap::ValueEnum for Separator {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Comma, Self::Semicolon, Self::Tab]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(match self {
            Self::Comma => PossibleValue::new(","),
            Self::Semicolon => PossibleValue::new(";"),
            Self::Tab => PossibleValue::new("tab").alias("\t"),
        })
    }
}

/// The mark that tells a spreadsheet that a file is UTF-8.
const BYTE_ORDER_MARK: &str = "\u{feff}";

impl Arguments {
    pub(super) fn run(mut self, context: &mut CommandContext<'_>) -> anyhow::Result<()> {
        self.output
            .take_if(|path| environment::is_standard_output(path));
        self.check_options()?;
        let span = self.days.span(context)?;
        if span.is_some() && self.format == ExportFormat::Json {
            return Err(usage("json is always complete; it takes no days")
                .hint("csv, ics and md take them; so does `leadby list --since WHEN --json`")
                .into());
        }
        // json keeps lines that the others leave out, and reports itself which it cannot.
        context.reports_left_out = self.format != ExportFormat::Json;
        let opened = context.open()?;
        if self.format == ExportFormat::Json {
            return self.export_json(context, &opened);
        }
        let catalog = context.catalog.clone();
        let scope = ExportScope {
            journal: &opened.journal,
            catalog: &catalog,
            span,
            include_private: self.private,
        };
        let left = match self.format {
            ExportFormat::Csv => self.export_tables(context, scope)?,
            ExportFormat::Ics => {
                let calendar = report::ics_calendar(scope, self.all);
                self.write_pieces(context, "Calendar", calendar)?;
                scope.private_event_count(self.all)
            }
            ExportFormat::Md | ExportFormat::Json => {
                self.write_pieces(context, "Journal", report::journal_markdown(scope))?;
                scope.private_count()
            }
        };
        if left > 0 {
            let (entries, them) = match left {
                1 => ("entry is", "it"),
                _ => ("entries are", "them"),
            };
            write_stderr(&format!(
                "leadby: {left} private {entries} left out; --private includes {them}.\n"
            ));
        }
        Ok(())
    }

    /// Refuses options that the format would ignore.
    fn check_options(&self) -> Result<(), Failure> {
        match self.format {
            format if self.all && format != ExportFormat::Ics => {
                Err(usage("--all is for ics; the others have what ended anyway"))
            }
            format if self.table.is_some() && format != ExportFormat::Csv => {
                Err(usage("--table is for csv, which has several"))
            }
            format if self.separator.is_some() && format != ExportFormat::Csv => {
                Err(usage("--separator is for csv, which has cells"))
            }
            _ => Ok(()),
        }
    }

    fn overwrite(&self) -> Overwrite {
        Overwrite::allowed(self.force)
    }

    /// The complete copy.
    fn export_json(
        &self,
        context: &mut CommandContext<'_>,
        opened: &OpenedJournal,
    ) -> anyhow::Result<()> {
        let export = opened.store.export(context.now)?;
        let exported = match &self.output {
            Some(path) => store::write_out_with(&context.path, path, self.overwrite(), |out| {
                export.write(out)
            })?,
            None => export
                .write(context.output.for_export())
                .map_err(output_failure)?,
        };
        if !exported.unreadable.is_empty() {
            let lines = counted_noun(exported.unreadable.len(), "line");
            write_stderr(&format!(
                "leadby: {lines} unreadable, not exported; `{} doctor` lists them.\n",
                context.invocation
            ));
        }
        if let Some(path) = &self.output {
            confirm_file(context, &counted_noun(exported.versions, "version"), path)?;
        }
        Ok(())
    }

    /// Writes the pieces of a text one after the other.
    fn write_pieces(
        &self,
        context: &mut CommandContext<'_>,
        what: &str,
        pieces: impl Iterator<Item = String>,
    ) -> Result<(), Failure> {
        let Some(path) = &self.output else {
            return write_all_pieces(context.output.for_export(), pieces).map_err(output_failure);
        };
        store::write_out_with(&context.path, path, self.overwrite(), |out| {
            write_all_pieces(out, pieces)
        })?;
        confirm_file(context, what, path)
    }

    /// Writes one table or all, and returns how many private entries were left out.
    fn export_tables(
        &self,
        context: &mut CommandContext<'_>,
        scope: ExportScope<'_>,
    ) -> anyhow::Result<usize> {
        let tables = report::tables(scope);
        if let Some(name) = &self.table {
            let table = tables
                .iter()
                .find(|table| has_name(table, name, scope))
                .ok_or_else(|| unknown_name("table", name, &table_names(&tables, scope)))?;
            let mark = self.output.as_ref().map(|_| BYTE_ORDER_MARK.to_owned());
            let rows = table.csv_rows(scope, self.separator.unwrap_or_default());
            let what = format!("Table {}", table.name());
            self.write_pieces(context, &what, mark.into_iter().chain(rows))?;
            return Ok(table.private_count(scope));
        }
        let names = table_names(&tables, scope).join(", ");
        let Some(folder) = &self.output else {
            return Err(usage("csv is several tables")
                .hint("`-o FOLDER` writes a file for each of them")
                .hint(format!("`--table NAME` writes one of: {names}"))
                .into());
        };
        let extension = folder.extension();
        if extension.is_some_and(|it| it.eq_ignore_ascii_case("csv")) {
            return Err(usage("csv is several tables, so -o takes a folder")
                .hint(format!("with --table NAME it is a file; tables: {names}"))
                .into());
        }
        let file = |table: &ExportTable<'_>| folder.join(format!("{}.csv", table.name()));
        // All are checked first, so that it does not stop halfway.
        let there = tables.iter().map(file).find(|path| path.exists());
        if let Some(path) = there.filter(|_| !self.force) {
            let message = format!(
                "{} already exists; nothing was written",
                display_path(&path)
            );
            let failure = usage(message);
            return Err(failure.hint("--force overwrites it").into());
        }
        store::make_folder(folder)?;
        for table in &tables {
            store::write_out_with(&context.path, &file(table), self.overwrite(), |out| {
                let rows = table.csv_rows(scope, self.separator.unwrap_or_default());
                write_all_pieces(out, once(BYTE_ORDER_MARK.to_owned()).chain(rows))
            })?;
        }
        confirm_file(context, &counted_noun(tables.len(), "table"), folder)?;
        Ok(scope.private_count())
    }
}

/// Confirms the file. If this line is lost, the file is not, and the error says so.
fn confirm_file(context: &mut CommandContext<'_>, what: &str, path: &Path) -> Result<(), Failure> {
    let line = format!("{what} → {}", display_path(path));
    let printed = context
        .print_line(&line)
        .and_then(|()| context.output.flush());
    printed.map_err(|lost| lost.hint("the file is written; only this message was lost"))
}

fn write_all_pieces(
    out: &mut (impl Write + ?Sized),
    mut pieces: impl Iterator<Item = String>,
) -> io::Result<()> {
    pieces.try_for_each(|piece| out.write_all(piece.as_bytes()))
}

fn has_name(table: &ExportTable<'_>, name: &str, scope: ExportScope<'_>) -> bool {
    let register = report::find_register(name, scope.catalog);
    same_name(&table.name(), name) || register.is_some_and(|it| it.id == table.name())
}

/// The names to type, as `list` takes them.
fn table_names(tables: &[ExportTable<'_>], scope: ExportScope<'_>) -> Vec<String> {
    let name = |table: &ExportTable<'_>| match scope.catalog.register(&table.name()) {
        Some(register) => Selection::Register(register).typed_name(scope.catalog),
        None => table.name(),
    };
    tables.iter().map(name).collect()
}
