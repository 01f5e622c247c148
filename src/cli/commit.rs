//! `leadby commit TEXT`: one thing to lead better, by a day.

use chrono::NaiveDate;

use super::context::CommandContext;
use super::{acts, editor, resolve};
use crate::calendar;
use crate::journal::OffDays;
use crate::journal::rules::{Act, NewCommitment};
use crate::report::due_and_distance;
use crate::text::quoted;

const EXAMPLES: &str = "\
Examples:
  leadby commit \"One owner for every release step\" --area process
  leadby commit Answer every customer within a day --by \"4 Dec\"
  leadby commit \"No more release by hand\" --from 2026-W48/audit/tolerating
  leadby commit - --by tomorrow < note.txt";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// What better looks like, with or without quotes; - reads it from standard input. Without it,
    /// your editor opens
    text: Option<String>,
    #[arg(hide = true)]
    words: Vec<String>,
    /// The day it is due; default by Friday, or by the day of your settings
    #[arg(long, value_name = "WHEN", alias = "due")]
    by: Option<String>,
    /// The area it is about: one of yours, or a new one
    #[arg(long)]
    area: Option<String>,
    /// The answer or item it comes from, by its id or the beginning or end of it
    #[arg(long, value_name = "ID")]
    from: Option<String>,
}

impl Arguments {
    pub(super) fn run(self, context: &mut CommandContext<'_>) -> anyhow::Result<()> {
        // Piped text is read before anything can fail, so that it can be kept.
        let words = self.text.into_iter().chain(self.words);
        let words: Vec<String> = words.collect();
        let text = (!words.is_empty()).then(|| context.text_or_input(words.join(" ")));
        let text = text.transpose()?;
        let due = match &self.by {
            Some(when) => context.due_day(when)?,
            None => calendar::next_due_day(context.now),
        };
        let (better, written) = match text {
            Some(text) => (CommandContext::require_text(text, "the commitment")?, None),
            None => {
                let instead = "run `leadby commit TEXT`";
                let written = editor::require_text(context, "commitment", instead)?;
                (written.text.clone(), Some(written))
            }
        };
        let area = self.area.unwrap_or_default();
        let done = save_commitment(context, better, due, area, self.from.as_deref());
        match written {
            Some(written) => done.map_err(|error| editor::keep_on_failure(written, error)),
            None => done,
        }
    }
}

fn save_commitment(
    context: &mut CommandContext<'_>,
    better: String,
    due: NaiveDate,
    area: String,
    from: Option<&str>,
) -> anyhow::Result<()> {
    let today = context.now.today();
    let mut opened = context.open()?;
    let origin = from.map(|id| resolve::entry_by_id(id, &opened.journal, context));
    let origin = origin.transpose()?.map(|entry| entry.id);
    let off = OffDays::of(&opened.journal, &context.catalog);
    let said = format!(
        "Committed: {} · due {}",
        quoted(&better),
        due_and_distance(due, &off, today)
    );
    let act = Act::Commit(NewCommitment {
        better,
        area,
        due,
        origin,
    });
    let done = acts::perform(&act, context, &opened)?;
    acts::save_done(&done, &said, context, &mut opened)
}
