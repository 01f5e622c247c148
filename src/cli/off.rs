//! `leadby off`: days on which nothing is asked.

use super::context::{CommandContext, OpenedJournal};
use super::failures::{not_found, usage};
use super::{acts, listing};
use crate::journal::rules::{Act, TimeOff, UNTITLED};
use crate::report::{self, short_id};
use crate::text::{one_line, quoted};

const EXAMPLES: &str = "\
Examples:
  leadby off 3 Aug to 21 Aug
  leadby off this week --note \"Moving house\"
  leadby off tomorrow
  leadby off                           the days that are off, the latest last
  leadby off --back 19 Aug to 21 Aug   these are ordinary days again

Days are written today, fri, this week, next-week, 24 Dec to 2 Jan, 2026-08-03
to 2026-08-21. A date, week or month without a year is the nearest one.

On a day off nothing is asked: what is due is asked on the first day back, and
kept then it is kept by its day. A week whose working days are all off counts
nowhere, and a month neither. The list is called off: `leadby list off`, `edit`
and `delete` work on it too.";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// The days; without any, those that are off are listed
    #[arg(value_name = "DAYS")]
    days: Vec<String>,
    /// What for
    #[arg(long, value_name = "TEXT", conflicts_with = "back")]
    note: Option<String>,
    /// Make the days ordinary ones again
    #[arg(long, alias = "delete", requires = "days")]
    back: bool,
}

impl Arguments {
    pub(super) fn run(self, context: &mut CommandContext<'_>) -> anyhow::Result<()> {
        let mut opened = context.open()?;
        if self.days.is_empty() {
            if self.note.is_some() {
                return Err(usage("--note needs the days that are off").into());
            }
            return list_days(context, &opened);
        }
        let today = context.now.today();
        let days = context.days(&self.days.join(" "))?;
        let (first, last) = (*days.start(), *days.end());
        let range = report::day_range(first, last, today);
        let title = self
            .note
            .map(|note| CommandContext::require_text(note, "the note"))
            .transpose()?;
        let off = TimeOff { first, last, title };
        let act = if self.back {
            Act::ComeBack(off)
        } else {
            Act::TakeOff(off)
        };
        let done = acts::perform(&act, context, &opened)?;
        if done.changes.is_empty() {
            return acts::report_unchanged(context);
        }
        let said = if self.back {
            format!("Not off any more: {range}")
        } else {
            format!("Off: {range}")
        };
        acts::save_done(&done, &said, context, &mut opened)
    }
}

/// The days that are off, by their first day.
fn list_days(context: &mut CommandContext<'_>, opened: &OpenedJournal) -> anyhow::Result<()> {
    let (journal, today) = (&opened.journal, context.now.today());
    let mut lines = Vec::new();
    if let Some((register, fields)) = context.catalog.off() {
        for (entry, item) in journal.items(&register.id) {
            let Some(from) = item.day(&fields.from) else {
                continue;
            };
            let to = item.day(&fields.to).unwrap_or(from);
            let range = report::day_range(from, to, today);
            let id = one_line(&short_id(&entry.id, journal));
            let line = match item.title() {
                UNTITLED => format!("{range}  ({id})"),
                title => format!("{range} · {}  ({id})", quoted(title)),
            };
            lines.push((from, line));
        }
    }
    lines.sort();
    for (_, line) in &lines {
        context.print_line(line)?;
    }
    let nothing = not_found("no days off").hint("`leadby off DAYS` marks some");
    listing::fail_if_empty(lines.is_empty(), journal.is_empty(), nothing)
}
