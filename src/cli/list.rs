//! `leadby list`: entries one per line, as a table, with tabs, or as JSON.

use std::process::ExitCode;

use super::context::CommandContext;
use super::output::Output;
use crate::calendar::Now;
use crate::failure::{Failure, FailureKind};
use crate::insight::{self, Person};
use crate::journal::Id;
use crate::journal::rules::is_waiting_note;
use crate::practice::Catalog;
use crate::report::{self, Selection, same_name};
use crate::text::quoted;

const EXAMPLES: &str = "\
Examples:
  leadby list                             everything, oldest first
  leadby list commitments --since \"1 Oct\"
  leadby list --since 6w                  also last-month, 2026-W48 or W48
  leadby list problems --plain | cut -f 5
  leadby list inbox                       the notes that wait; --all shows placed ones, too
  leadby list people                      everyone you named, last mentioned first
  leadby list people/Ana                  where Ana is named, oldest first
  leadby list --json | jq -r '.[] | select(.kind == \"commitment\") | .better'

--plain writes one entry per line, with tabs between columns: id, kind, day (2026-11-27), state,
title or text, area (of an answer: practice/step). Inside a column a newline is \\n, a tab \\t and
a backslash \\\\. Of people: name, times mentioned, how many are open, day of the last, and how
often each practice names them (communication=2,multiplier=1).

--json writes a list of objects with id, kind, rev and at, and further members by their kind:
  commitment  better, area, due, first_due, made, state, moves, closing, origin
  item        register, title, stage, values
  answer      practice, step, period, value
Of people: name, mentions (ids, newest first), open (ids), last, practices (times by id).";

/// List commitments, answers, or the items of a list
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// What to list: all, commitments, answers, a list like problems, a practice like audit, people,
    /// or one person like people/Ana
    #[arg(default_value = "all")]
    kind: String,
    /// One entry per line, with tabs between columns
    #[arg(long, conflicts_with = "json")]
    plain: bool,
    /// A JSON list of objects
    #[arg(long)]
    json: bool,
    /// Only what is dated this day or later
    #[arg(long, value_name = "WHEN")]
    since: Option<String>,
    /// With inbox: notes that were placed or let go, too
    #[arg(long = "all")]
    with_placed: bool,
}

/// What can be listed.
enum ListTarget<'a> {
    Entries(Selection<'a>),
    People,
    /// The entries that name this person.
    Person(&'a str),
}

impl Arguments {
    pub(super) fn run(self, context: &mut CommandContext<'_>) -> anyhow::Result<ExitCode> {
        let catalog = &context.catalog;
        let since = self.since.as_deref().map(|when| context.since_day(when));
        let (what, since) = (self.target(catalog)?, since.transpose()?);
        let opened = context.open()?;
        let journal = &opened.journal;
        let rows = |selection: &Selection<'_>| {
            report::entry_rows(selection, since, journal, catalog, context.now)
        };
        let rows = match what {
            ListTarget::Entries(selection) => {
                let mut rows = rows(&selection);
                let inbox = catalog.inbox().map(|(register, _)| register);
                let is_inbox = selection.registers().iter().map(Some).eq([inbox]);
                if is_inbox && !self.with_placed {
                    let basis = context.basis(journal);
                    rows.retain(|row| is_waiting_note(&row.entry.id, basis));
                }
                rows
            }
            ListTarget::Person(name) => {
                let person =
                    insight::person(journal, name, catalog).ok_or_else(|| unknown_person(name))?;
                let named = |id: &Id| person.mentions.iter().any(|it| it.entry.id == *id);
                let mut rows = rows(&Selection::All);
                rows.retain(|row| named(&row.entry.id));
                rows
            }
            ListTarget::People => {
                let mut people = insight::people(journal, catalog);
                people.retain(|person| since.is_none_or(|since| person.last_mentioned() >= since));
                let is_none = people.is_empty();
                self.print_people(&people, context.now, context.columns, context.output)?;
                return fail_if_empty(is_none, journal.is_empty());
            }
        };
        if self.json {
            let entries = rows
                .iter()
                .map(|row| report::entry_json(&row.entry, journal, catalog));
            print_json(entries, context.output)?;
        } else if self.plain {
            for row in &rows {
                context
                    .output
                    .write_line(&report::plain_row(row, journal, catalog))?;
            }
        } else {
            let today = context.now.today();
            for line in report::entry_table(&rows, journal, catalog, today, context.columns) {
                context.output.write_line(&line)?;
            }
        }
        fail_if_empty(rows.is_empty(), journal.is_empty())
    }

    /// What to list. A list or practice of the user's own called people goes before the people.
    fn target<'a>(&'a self, catalog: &'a Catalog) -> Result<ListTarget<'a>, Failure> {
        if let Some(selection) = Selection::from_name(&self.kind, catalog) {
            return Ok(ListTarget::Entries(selection));
        }
        let is_people = |word: &str| same_name(word, "people") || same_name(word, "person");
        match self.kind.split_once('/') {
            None if is_people(&self.kind) => return Ok(ListTarget::People),
            Some((word, name)) if is_people(word) => return Ok(ListTarget::Person(name)),
            _ => {}
        }
        let message = format!("nothing called “{}” to list", quoted(&self.kind));
        let mut names = Selection::names(catalog);
        names.push("people".to_owned());
        let hint = format!("names: {}", names.join(", "));
        Err(Failure::new(FailureKind::Usage, message).hint(hint))
    }

    fn print_people(
        &self,
        people: &[Person<'_>],
        now: Now,
        columns: Option<usize>,
        output: &mut Output,
    ) -> Result<(), Failure> {
        if self.json {
            return print_json(people.iter().map(report::people_json), output);
        }
        let lines = if self.plain {
            people.iter().map(report::people_plain).collect()
        } else {
            report::people_table(people, now.today(), columns)
        };
        lines.iter().try_for_each(|line| output.write_line(line))
    }
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

pub(super) fn fail_if_empty(is_none: bool, is_new: bool) -> anyhow::Result<ExitCode> {
    if is_none {
        return Err(no_matches(is_new).into());
    }
    Ok(ExitCode::SUCCESS)
}

fn unknown_person(name: &str) -> Failure {
    let message = format!("no one called “{}” in the journal", quoted(name));
    Failure::new(FailureKind::NotFound, message).hint("`leadby list people` lists everyone named")
}

fn no_matches(is_new: bool) -> Failure {
    if is_new {
        return Failure::new(FailureKind::NotFound, "the journal is empty")
            .hint("`leadby` opens the screens; `leadby commit TEXT` makes a first commitment");
    }
    Failure::new(FailureKind::NotFound, "no matches")
}
