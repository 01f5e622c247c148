//! `leadby check-in`: how a commitment went.

use chrono::NaiveDate;

use super::context::{CommandContext, OpenedJournal};
use super::failures::{not_found, usage};
use super::{acts, editor, resolve};
use crate::failure::Failure;
use crate::journal::rules::{Act, ActResult, CheckIn, Reschedule, due_again, evidence_with_notes};
use crate::journal::{Body, Commitment, CommitmentOutcome, Entry, OffDays};
use crate::report::{self, due_and_distance, due_history, spell_number};
use crate::text::quoted;

const EXAMPLES: &str = "\
Examples:
  leadby check-in --kept --note \"all six steps have a name beside them\"
  leadby check-in --kept --on fri         it was done last Friday
  leadby check-in --moved \"next week\" --note \"waiting for Ana\"
  leadby check-in --kept --again          and the same next week
  leadby check-in 7f3a9c --let-go

Without an ID it is about the only open commitment, or the only one that is
due. It counts on the day it was done: today, or the day given by --on. One
that has ended keeps its day if corrected. On the day a commitment is made,
another day corrects it; later, or with a reason, it is a move on record.";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// The commitment, by its id or the beginning or end of it
    id: Option<String>,
    #[command(flatten)]
    outcome: OutcomeFlags,
    /// The day it was done, or was clear; default today
    #[arg(long, value_name = "WHEN", conflicts_with = "moved")]
    on: Option<String>,
    /// The same again, as a new commitment: a week after it was due, or by this day
    #[arg(long, value_name = "WHEN", num_args(0..=1), conflicts_with = "moved")]
    again: Option<Vec<String>>,
    /// A line of evidence, or why it moves; - reads it from standard input. Without text, your
    /// editor opens
    #[arg(long, num_args(0..=1))]
    note: Option<Vec<String>>,
}

#[derive(Debug, clap::Args)]
#[group(required = true, multiple = false)]
struct OutcomeFlags {
    /// It was done
    #[arg(long)]
    kept: bool,
    /// It was not done
    #[arg(long)]
    missed: bool,
    /// Move it to another day; the first stays on record
    #[arg(long, value_name = "WHEN")]
    moved: Option<String>,
    /// It no longer matters
    #[arg(long)]
    let_go: bool,
}

impl Arguments {
    pub(super) fn run(self, context: &mut CommandContext<'_>) -> anyhow::Result<()> {
        // Piped text is read before anything can fail, so that it can be kept.
        let note = self.note.map(|mut words| {
            let note = words.pop().map(|note| context.text_or_input(note));
            note.transpose()
        });
        let note = note.transpose()?;
        let ending = match &self.outcome.moved {
            Some(when) => CheckInOutcome::Moved(when.clone()),
            None => {
                let how = match (self.outcome.kept, self.outcome.missed) {
                    (true, _) => CommitmentOutcome::Kept,
                    (_, true) => CommitmentOutcome::Missed,
                    _ => CommitmentOutcome::LetGo,
                };
                let on = self.on.as_deref().map(|when| context.past_day(when));
                CheckInOutcome::Ended(how, on.transpose()?, self.again.clone())
            }
        };
        let id = self.id.as_deref();
        let note = match note {
            Some(None) => {
                // Checked first, so that no one writes a note that cannot be saved.
                let opened = context.open()?;
                let (entry, commitment) = find_commitment(id, &opened, context)?;
                let act = ending.to_act(&entry, &commitment, String::new(), context, &opened)?;
                acts::perform(&act, context, &opened)?;
                let instead = "use `--note TEXT`";
                let written = editor::require_text(context, "note", instead)?;
                let note = written.text.clone();
                let done = save_check_in(context, opened, Some(entry.id.as_str()), &ending, note);
                return done.map_err(|error| editor::keep_on_failure(written, error));
            }
            Some(Some(note)) => note,
            None => String::new(),
        };
        let opened = context.open()?;
        save_check_in(context, opened, id, &ending, note)
    }
}

/// Saves how a commitment went beside what the writer saw: what others wrote meanwhile stays.
fn save_check_in(
    context: &mut CommandContext<'_>,
    mut opened: OpenedJournal,
    id: Option<&str>,
    ending: &CheckInOutcome,
    note: String,
) -> anyhow::Result<()> {
    let today = context.now.today();
    let (entry, commitment) = find_commitment(id, &opened, context)?;
    let act = ending.to_act(&entry, &commitment, note, context, &opened)?;
    let done = acts::perform(&act, context, &opened)?;
    let past = done.past_due(today);
    let saved = context.save_all(&mut opened, &done.changes)?;
    // The same again comes last.
    let (Some(entry), Some(last)) = (saved.first(), saved.last()) else {
        return acts::report_unchanged(context);
    };
    acts::warn_past_due(past, &last.id, context, &opened);
    let better = quoted(&commitment.better);
    let result = report::act_result(&done.result, context.basis(&opened.journal));
    let off = OffDays::of(&opened.journal, &context.catalog);
    let said = match done.result {
        ActResult::Ended {
            how: CommitmentOutcome::Kept,
            on,
        } => {
            let record = record_text(&opened, today);
            let mut said = vec![format!("{result}: {better}"), record];
            said.extend(report::days_late(&commitment, &off, on));
            said.join(" · ")
        }
        ActResult::Corrected(to) => {
            let due = due_and_distance(to, &off, today);
            format!("Corrected on the day it was made: {better} · due {due}")
        }
        ActResult::Moved { to, .. } => {
            let mut said = vec![
                format!("Moved: {better}"),
                format!("due {}", due_and_distance(to, &off, today)),
            ];
            let now = opened.journal.commitment(&entry.id);
            said.extend(now.and_then(|now| due_history(now, &off, today)));
            said.join(" · ")
        }
        _ => format!("{result}: {better}"),
    };
    let said = match &act {
        Act::CheckIn(CheckIn {
            again: Some(due), ..
        }) if saved.len() > 1 => {
            let due = due_and_distance(*due, &off, today);
            format!("{said} · the same again, due {due}")
        }
        _ => said,
    };
    context.confirm_saved(&said, entry)
}

/// How the commitment went.
enum CheckInOutcome {
    /// How, on which day, and whether the same is due again, with the day as it was typed.
    Ended(CommitmentOutcome, Option<NaiveDate>, Option<Vec<String>>),
    /// The new day, as it was typed.
    Moved(String),
}

impl CheckInOutcome {
    fn to_act(
        &self,
        entry: &Entry,
        commitment: &Commitment,
        note: String,
        context: &CommandContext<'_>,
        opened: &OpenedJournal,
    ) -> Result<Act, Failure> {
        let id = entry.id.clone();
        Ok(match self {
            Self::Moved(when) => Act::Move(Reschedule {
                id,
                to: context.new_due_day(when, commitment.due)?,
                why: note,
            }),
            Self::Ended(how, on, again) => Act::CheckIn(CheckIn {
                id,
                how: *how,
                on: *on,
                evidence: evidence_with_notes(&entry.id, &note, context.basis(&opened.journal)),
                again: match again.as_deref() {
                    Some([when, ..]) => Some(context.new_due_day(when, commitment.due)?),
                    Some([]) => Some(due_again(commitment, context.now.today())),
                    None => None,
                },
            }),
        })
    }
}

/// The error about an entry that is checked in only as a part of something else, if at all.
fn not_a_commitment(entry: &Entry, context: &CommandContext<'_>) -> Failure {
    let title = report::entry_text(entry, &context.catalog);
    let failure = usage(format!("“{}” is not a commitment", quoted(&title)));
    match &entry.body {
        Body::Item(_) => failure.hint("`leadby advance ID` takes an item to its next stage"),
        _ => failure.hint("`leadby list commitments` lists them"),
    }
}

/// The commitment with this id; without one, the only open or the only due one.
fn find_commitment(
    id: Option<&str>,
    opened: &OpenedJournal,
    context: &CommandContext<'_>,
) -> Result<(Entry, Commitment), Failure> {
    let (journal, catalog) = (&opened.journal, &context.catalog);
    let entry = if let Some(id) = id {
        let all: Vec<Entry> = journal
            .commitments()
            .into_iter()
            .map(|(entry, _)| entry.clone())
            .collect();
        resolve::entry_among(id, &all, journal, catalog).map_err(|failure| {
            match resolve::entry_by_id(id, journal, context) {
                Ok(other) => not_a_commitment(&other, context),
                Err(_) => failure,
            }
        })?
    } else {
        let open = journal.open_commitments();
        let today = context.now.today();
        let off = OffDays::of(journal, catalog);
        let due: Vec<&Entry> = open
            .iter()
            .filter(|(_, commitment)| off.is_due(commitment, today))
            .map(|(entry, _)| *entry)
            .collect();
        match (open.as_slice(), due.as_slice()) {
            ([], _) => {
                let day = context.now.due_day().name();
                return Err(not_found("no commitment is open")
                    .hint(format!("`leadby commit TEXT` makes one, due by {day}")));
            }
            ([(only, _)], _) | (_, [only]) => (*only).clone(),
            _ => {
                let which = if due.len() > 1 { "due" } else { "open" };
                let open = open
                    .iter()
                    .filter(|(entry, _)| due.is_empty() || due.contains(entry));
                let open: Vec<Entry> = open.map(|(entry, _)| (*entry).clone()).collect();
                let message = format!("{} commitments are {which}; give the id of one", open.len());
                let failure = usage(message);
                return Err(resolve::hint_entries(failure, &open, journal, catalog));
            }
        }
    };
    let commitment = journal
        .commitment(&entry.id)
        .cloned()
        .ok_or_else(|| not_found("it was undone"))?;
    Ok((entry, commitment))
}

fn record_text(opened: &OpenedJournal, today: NaiveDate) -> String {
    let record = opened.journal.record(today);
    let ended = record.kept + record.missed;
    match record.streak {
        0 | 1 => format!("{} of {ended}", record.kept),
        streak => format!(
            "{} of {ended}, {} in a row",
            record.kept,
            spell_number(streak)
        ),
    }
}
