//! `leadby place ID`: places a note of the inbox where it belongs.

use super::answers::find_question;
use super::context::{CommandContext, OpenedJournal};
use super::failures::usage;
use super::{acts, resolve};
use crate::calendar;
use crate::failure::Failure;
use crate::journal::rules::{
    Act, Destination, NewCommitment, Placement, Refusal, is_waiting_note, note_text,
};
use crate::journal::{Id, period_for};
use crate::report::{act_result, entry_text, find_register, short_id};
use crate::text::quoted;

const EXAMPLES: &str = "\
Examples:
  leadby place 7f3a9c --answer audit/influence
  leadby place 7f3a9c --list problem
  leadby place 7f3a9c --commit --by fri --area process
  leadby place 7f3a9c --evidence 01a20c
  leadby place 7f3a9c --let-go

`leadby list inbox` shows the notes that wait, with their ids. The text is
added as a line to an answer or to evidence, and is the title of a new item.
One `leadby undo` undoes both.";

/// Without the values of the options, which are named below.
const USAGE: &str = "leadby place <ID> <--answer|--list|--commit|--evidence|--let-go>";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES, override_usage = USAGE)]
#[command(group = clap::ArgGroup::new("where").required(true).multiple(false))]
pub(super) struct Arguments {
    /// The note, by its id or the beginning or end of it
    id: String,
    /// Add it to this week's or month's answer to a question, as practice/step
    #[arg(long, value_name = "QUESTION", group = "where")]
    answer: Option<String>,
    /// Make it a new item of a list
    #[arg(long, value_name = "LIST", group = "where")]
    list: Option<String>,
    /// Make it a commitment
    #[arg(long, group = "where")]
    commit: bool,
    /// Add it as evidence to an open item or commitment
    #[arg(long, value_name = "ID", group = "where")]
    evidence: Option<String>,
    /// Let it go
    #[arg(long, group = "where")]
    let_go: bool,
    /// The day the commitment is due; default by Friday, or by the day of your settings
    #[arg(long, value_name = "WHEN", requires = "commit")]
    by: Option<String>,
    /// The area the commitment is about: one of yours, or a new one
    #[arg(long, requires = "commit")]
    area: Option<String>,
}

impl Arguments {
    pub(super) fn run(self, context: &mut CommandContext<'_>) -> anyhow::Result<()> {
        if !self.commit && (self.by.is_some() || self.area.is_some()) {
            return Err(usage("--by and --area are for --commit; nothing was saved").into());
        }
        let mut opened = context.open()?;
        let id = find_note(&self.id, context, &opened)?;
        let text = opened
            .journal
            .item(&id)
            .map_or_else(String::new, |note| note_text(note, &context.catalog));
        let act = self.act(id, &text, context, &opened)?;
        let done = acts::perform(&act, context, &opened)?;
        let result = act_result(&done.result, context.basis(&opened.journal));
        let first = text.lines().next().unwrap_or_default();
        let said = format!("{result}: {}", quoted(first));
        acts::save_done(&done, &said, context, &mut opened)
    }

    /// The act that places the note with this id and text.
    fn act(
        self,
        id: Id,
        text: &str,
        context: &CommandContext<'_>,
        opened: &OpenedJournal,
    ) -> Result<Act, Failure> {
        if self.let_go {
            return Ok(Act::LetGo(id));
        }
        if self.commit {
            let due = match &self.by {
                Some(when) => context.due_day(when)?,
                None => calendar::next_due_day(context.now),
            };
            return Ok(Act::Commit(NewCommitment {
                better: text.lines().next().unwrap_or_default().to_owned(),
                area: self.area.unwrap_or_default(),
                due,
                origin: Some(id),
            }));
        }
        let to = if let Some(question) = &self.answer {
            let (practice, step, _) = find_question(question, &context.catalog)?;
            Destination::Answer {
                period: period_for(practice.cadence, context.now.week()),
                practice: practice.id.clone(),
                step: step.id.clone(),
            }
        } else if let Some(list) = &self.list {
            let register = find_register(list, &context.catalog).ok_or_else(|| {
                acts::refusal_failure(&Refusal::NoSuchList(list.clone()), context)
            })?;
            Destination::List(register.id.clone())
        } else {
            let of = self.evidence.unwrap_or_default();
            let entry = resolve::entry_by_id(&of, &opened.journal, context)?;
            Destination::Evidence(entry.id)
        };
        Ok(Act::Place(Placement { id, to }))
    }
}

/// The note that waits and has this id.
fn find_note(
    text: &str,
    context: &CommandContext<'_>,
    opened: &OpenedJournal,
) -> Result<Id, Failure> {
    let (journal, catalog) = (&opened.journal, &context.catalog);
    let entry = resolve::entry_by_id(text, journal, context)?;
    let basis = context.basis(journal);
    if is_waiting_note(&entry.id, basis) {
        return Ok(entry.id);
    }
    let id = short_id(&entry.id, journal);
    let words = quoted(&entry_text(&entry, catalog));
    let message = format!("{id} “{words}” is not a note that waits in the inbox");
    Err(usage(message).hint("`leadby list inbox` shows those that do"))
}
