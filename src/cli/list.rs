//! `leadby list`: entries one a line, as a table, with tabs, or as JSON.

use std::process::ExitCode;

use super::context::{Context, quoted};
use crate::failure::{Failure, Kind};
use crate::report::{self, Selection};

const EXAMPLES: &str = "\
Examples:
  leadby list                             everything, the oldest first
  leadby list commitments --since \"1 Oct\"
  leadby list problems --plain | cut -f 5
  leadby list --json | jq -r '.[] | select(.kind == \"commitment\") | .better'

--plain writes one entry a line, with a tab between its columns: id, kind, day (2026-11-27),
state, title or text, area (of an answer: practice/step). Inside a column a line feed is \\n, a
tab \\t and a backslash \\\\.

--json writes a list of objects with id, kind, rev and at, and further members by their kind:
  commitment  better, area, due, first_due, made, state, moves, closing, origin
  item        register, title, stage, values
  answer      practice, step, period, value";

/// List commitments, answers, or what a list holds
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// What to list: all, commitments, answers, a list like problems, or a practice like audit
    #[arg(default_value = "all")]
    kind: String,
    /// One entry a line, with tabs between its columns
    #[arg(long, conflicts_with = "json")]
    plain: bool,
    /// A JSON list of objects
    #[arg(long)]
    json: bool,
    /// Only what is dated this day or later
    #[arg(long, value_name = "DAY")]
    since: Option<String>,
}

impl Arguments {
    pub(super) fn run(self, context: &mut Context<'_>) -> anyhow::Result<ExitCode> {
        let catalog = &context.catalog;
        let selection = Selection::named(&self.kind, catalog).ok_or_else(|| {
            let message = format!("“{}” is nothing that can be listed", quoted(&self.kind));
            let names = Selection::names(catalog).join(", ");
            Failure::new(Kind::Usage, message).hint(format!("these can: {names}"))
        })?;
        let since = self.since.as_deref().map(|day| context.day(day));
        let since = since.transpose()?;
        let opened = context.open()?;
        let journal = &opened.journal;
        let rows = report::rows(&selection, since, journal, catalog, context.now);
        if self.json {
            context.output.text("[")?;
            for (number, row) in rows.iter().enumerate() {
                context
                    .output
                    .text(if number == 0 { "\n" } else { ",\n" })?;
                let entry = report::entry_json(&row.entry, catalog);
                context.output.text(&entry)?;
            }
            context
                .output
                .line(if rows.is_empty() { "]" } else { "\n]" })?;
        } else if self.plain {
            for row in &rows {
                context.output.line(&report::plain(row, catalog))?;
            }
        } else {
            let today = context.now.today();
            for line in report::table(&rows, journal, catalog, today, context.columns) {
                context.output.line(&line)?;
            }
        }
        if rows.is_empty() {
            return Err(nothing(journal.is_empty()).into());
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn nothing(is_new: bool) -> Failure {
    if is_new {
        return Failure::new(Kind::NotFound, "nothing is written down yet")
            .hint("`leadby` opens the screens; `leadby commit TEXT` makes a first commitment");
    }
    Failure::new(Kind::NotFound, "nothing like that is in the journal")
}
