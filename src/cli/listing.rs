//! Entries on standard output: as a table, with tabs, or as JSON; the same for every command that
//! lists some.

use super::context::CommandContext;
use super::failures::not_found;
use super::output::Output;
use crate::failure::Failure;
use crate::journal::Journal;
use crate::report::{self, EntryRow};
use crate::text::{fit, width};

// How entries are printed, if not as a person reads them.
#[derive(Clone, Copy, Debug, clap::Args)]
pub(super) struct ListingFormat {
    /// One entry per line, with tabs between columns
    #[arg(long, conflicts_with = "json")]
    pub(super) plain: bool,
    /// A JSON list of objects
    #[arg(long)]
    pub(super) json: bool,
}

impl ListingFormat {
    pub(super) fn is_for_scripts(self) -> bool {
        self.plain || self.json
    }

    /// Prints `rows` for a script, or `page` for a person; fails with `nothing` if there are none.
    pub(super) fn print(
        self,
        rows: &[EntryRow<'_>],
        journal: &Journal,
        context: &mut CommandContext<'_>,
        nothing: Failure,
        page: impl FnOnce(&CommandContext<'_>) -> Vec<String>,
    ) -> anyhow::Result<()> {
        let catalog = &context.catalog;
        if self.json {
            let entries = rows
                .iter()
                .map(|row| report::entry_json(&row.entry, journal, catalog));
            print_json(entries, context.output)?;
        } else if self.plain {
            for row in rows {
                let line = report::plain_row(row, journal, catalog);
                context.output.write_line(&line)?;
            }
        } else if !rows.is_empty() {
            context.print_lines(page(context))?;
        }
        fail_if_empty(rows.is_empty(), journal.is_empty(), nothing)
    }
}

/// Rows as lines, each column as wide as its widest cell.
pub(super) fn aligned_lines<const N: usize>(rows: &[[String; N]]) -> Vec<String> {
    let widest = |column: usize| rows.iter().map(|row| width(&row[column])).max();
    let widths: [usize; N] = std::array::from_fn(|column| widest(column).unwrap_or_default());
    rows.iter()
        .map(|row| {
            let cells = row.iter().zip(widths);
            let cells: Vec<String> = cells.map(|(cell, columns)| fit(cell, columns)).collect();
            cells.join("  ").trim_end().to_owned()
        })
        .collect()
}

pub(super) fn print_json(
    objects: impl Iterator<Item = String>,
    output: &mut Output,
) -> Result<(), Failure> {
    let mut is_first = true;
    output.write_text("[")?;
    for object in objects {
        output.write_text(if is_first { "\n" } else { ",\n" })?;
        output.write_text(&object)?;
        is_first = false;
    }
    output.write_line(if is_first { "]" } else { "\n]" })
}

/// Fails with `nothing` if there is none, and says so of a new journal.
pub(super) fn fail_if_empty(is_none: bool, is_new: bool, nothing: Failure) -> anyhow::Result<()> {
    if !is_none {
        return Ok(());
    }
    if is_new {
        return Err(not_found("the journal is empty")
            .hint("`leadby` opens the screens; `leadby commit TEXT` makes a first commitment")
            .into());
    }
    Err(nothing.into())
}
