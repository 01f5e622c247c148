//! `leadby answers PRACTICE/STEP`: all answers to one question, and what changed.

use super::context::CommandContext;
use super::failures::{not_found, usage};
use super::listing::ListingFormat;
use super::look_back::LookBack;
use super::periods::{self, AskedWhen, asked_period};
use crate::failure::Failure;
use crate::journal::{AnswerAt, Id, OffDays, period_for};
use crate::practice::{Catalog, ChartKind, FieldKind, Practice, Step};
use crate::report::{self, EntryRow, Selection, find_practice, same_name};
use crate::text::quoted;

const EXAMPLES: &str = "\
Examples:
  leadby answers audit/influence
  leadby answers audit/influence --diff 2026-W44 2026-W48
  leadby answers month/sentence           what each month was about
  leadby answers mirror                   a year of marks, and one question
  leadby answers mastery/mark --json | jq -r '.[].value'
  leadby answers audit/curiosity --plain | cut -f 3,5

The newest answer comes first, and weeks or months without one are counted.

A practice with marks by month, like the Mirror, is shown whole: each month
beside the one before, with what was written then, and the question for the
next month that follows.

--diff puts removed words between [- and -], and added ones between {+ and +};
marks are one per line, after - or +.

--plain writes lines and --json a list of objects as list does, newest first.";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// The question, as practice/step
    question: String,
    /// What changed between the answers of two weeks or months
    #[arg(long, num_args = 2, value_names = ["ONE", "OTHER"], conflicts_with_all = ["ListingFormat", "LookBack"])]
    diff: Option<Vec<String>>,
    #[command(flatten)]
    format: ListingFormat,
    #[command(flatten)]
    days: LookBack,
}

impl Arguments {
    pub(super) fn run(self, context: &mut CommandContext<'_>) -> anyhow::Result<()> {
        let catalog = &context.catalog.clone();
        let span = self.days.span(context)?;
        let is_whole = span.is_none() && self.diff.is_none() && !self.format.is_for_scripts();
        if is_whole && let Some(practice) = practice_with_marks(&self.question, catalog) {
            return print_year_of_marks(practice, context);
        }
        let (practice, step, kind) = find_question(&self.question, catalog)?;
        let periods = match self.diff.as_deref() {
            Some([one, other]) => Some(
                [one, other].map(|when| asked_period(practice, AskedWhen::Either(when), context)),
            ),
            _ => None,
        };
        let opened = context.open()?;
        let journal = &opened.journal;
        if let Some([one, other]) = periods {
            let periods = [one?, other?];
            let changed =
                report::answer_changes(practice, step, periods, journal).ok_or_else(|| {
                    let question = quoted(&self.question);
                    not_found(format!("“{question}” lacks an answer in one or both"))
                        .hint(format!("`leadby answers {question}` shows them all"))
                })?;
            return Ok(context.output.write_text(&changed)?);
        }
        let present = period_for(practice.cadence, context.now.week());
        let off = OffDays::of(journal, catalog);
        let mut told = journal.answers_with_gaps(&practice.id, &step.id, &off, present);
        let row = |told: &AnswerAt<'_>| match told {
            AnswerAt::Answer(period, _) => journal
                .current(&Id::answer(*period, &practice.id, &step.id))
                .map(|entry| report::entry_row(entry, journal, catalog)),
            AnswerAt::Gap(_) => None,
        };
        if let Some(span) = span {
            let is_in = |told: &AnswerAt<'_>| row(told).is_some_and(|row| span.contains(row.day));
            let first = told.iter().position(is_in).unwrap_or(told.len());
            let end = told.iter().rposition(is_in).map_or(first, |last| last + 1);
            told = told[first..end].to_vec();
        }
        let today = context.now.today();
        let rows: Vec<EntryRow<'_>> = told.iter().filter_map(row).collect();
        let question = quoted(&self.question);
        let nothing = match span {
            None => not_found("no answers yet")
                .hint(format!("`leadby answer {question} TEXT` writes the first")),
            Some(_) => not_found("no matches"),
        };
        self.format.print(&rows, journal, context, nothing, |_| {
            let page = report::all_answers(practice, (step, kind), &told, journal, today);
            page.lines().map(str::to_owned).collect()
        })
    }
}

/// The practice with this name, if it has a chart of marks.
fn practice_with_marks<'a>(name: &str, catalog: &'a Catalog) -> Option<&'a Practice> {
    let has_marks = |practice: &&Practice| {
        let mut charts = practice.charts.iter();
        charts.any(|chart| chart.kind == ChartKind::Marks)
    };
    find_practice(name, catalog).filter(has_marks)
}

fn print_year_of_marks(
    practice: &Practice,
    context: &mut CommandContext<'_>,
) -> anyhow::Result<()> {
    let opened = context.open()?;
    let (journal, catalog) = (&opened.journal, &context.catalog);
    let today = context.now.today();
    let page = report::year_of_marks(journal, catalog, practice, today).ok_or_else(|| {
        let name = Selection::Practice(practice).typed_name(catalog);
        not_found(format!("{name} has no answers in the last twelve months"))
            .hint(format!("`leadby walk --plain {name}` asks its questions"))
    })?;
    Ok(context.output.write_text(&page)?)
}

/// A question with answers, and the practice that asks it.
type AskedStep<'a> = (&'a Practice, &'a Step, &'a FieldKind);

/// The question that `text` names, as practice/step; the step alone will do if no other practice
/// has one of that name, and the practice alone if it asks only one.
pub(super) fn find_question<'a>(
    text: &str,
    catalog: &'a Catalog,
) -> Result<AskedStep<'a>, Failure> {
    let is_step =
        |step: &Step, name: &str| same_name(&step.id, name) || same_name(&step.label, name);
    let (name, step) = text.split_once('/').unwrap_or((text, ""));
    let found: Vec<AskedStep<'_>> = match find_practice(name, catalog) {
        Some(practice) => {
            let all = questions(practice);
            let is_it = |(_, one, _): &AskedStep<'_>| is_step(one, step);
            match all.as_slice() {
                [only] if step.is_empty() => vec![*only],
                _ => all.into_iter().filter(is_it).collect(),
            }
        }
        None => {
            let all = catalog.practices().iter().flat_map(questions);
            all.filter(|(_, one, _)| is_step(one, text)).collect()
        }
    };
    if let [only] = found.as_slice() {
        return Ok(*only);
    }
    let practice = periods::named_practice(name, catalog)?;
    let message = format!("“{}” is not a question with answers", quoted(text));
    let name = Selection::Practice(practice).typed_name(catalog);
    let named: Vec<String> = questions(practice)
        .into_iter()
        .map(|(_, step, _)| format!("{name}/{}", step.id))
        .collect();
    let hint = match named.as_slice() {
        [] => format!("{name} has only lists"),
        named => format!("questions: {}", named.join(", ")),
    };
    Err(usage(message).hint(hint))
}

/// The questions of a practice that have answers.
pub(super) fn questions(practice: &Practice) -> Vec<AskedStep<'_>> {
    let steps = practice.steps.iter();
    steps
        .filter_map(|step| Some((practice, step, step.answer_kind()?)))
        .collect()
}
