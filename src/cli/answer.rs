//! `leadby answer PRACTICE/STEP [WHEN] TEXT`: answers one question.

use std::process::ExitCode;

use super::answers::find_question;
use super::context::CommandContext;
use super::{acts, editor, field_values};
use crate::calendar::{Month, Span, Week, parse_range};
use crate::failure::{Failure, FailureKind};
use crate::journal::rules::Act;
use crate::journal::{Answer, Period, Value, period_for};
use crate::practice::{Cadence, FieldKind, Practice};
use crate::report::{self, Selection};
use crate::text::quoted;

const EXAMPLES: &str = "\
Examples:
  leadby answer audit/influence \"The release page, and who may change it\"
  leadby answer mastery/mark 2026-W47 competent
  leadby answer month/sentence last-month \"The month the builds turned green\"
  leadby answer profile/role \"Staff engineer\"
  leadby answer audit/curiosity - < answer.txt

WHEN is a week of a weekly question or a month of a monthly one, as 2026-W48, 2026-11, last-week or
a day in it; without it, the current one. A question that is asked once has none. Choices are
written by name, separated by commas. `leadby answers PRACTICE/STEP` shows all answers.";

/// Answer a question, for this week or month or an earlier one
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// The question, as practice/step
    question: String,
    /// The week or month, and the text; - reads the text from standard input. Without a text, your
    /// editor opens
    #[arg(value_names = ["WHEN", "TEXT"], num_args = 0..=2)]
    when_and_text: Vec<String>,
}

impl Arguments {
    pub(super) fn run(self, context: &mut CommandContext<'_>) -> anyhow::Result<ExitCode> {
        let mut said = self.when_and_text;
        let text = match said.as_slice() {
            [_, _] => said.pop(),
            [only] if !is_period(only) => said.pop(),
            _ => None,
        };
        // Piped text is read before anything can fail, so that it can be kept.
        let text = text.map(|text| context.text_or_input(text)).transpose()?;
        let catalog = context.catalog.clone();
        let (practice, step, kind) = find_question(&self.question, &catalog)?;
        let when = said.first().map(String::as_str);
        let period = asked_period(practice, when, context)?;
        let to = AnswerTarget {
            practice: practice.id.clone(),
            step: step.id.clone(),
            period,
            kind,
        };
        if let Some(text) = text {
            return save_answer(
                context,
                to,
                &CommandContext::require_text(text, "the answer")?,
            );
        }
        let opened = context.open()?;
        let before = opened
            .journal
            .answer(period, &to.practice, &to.step)
            .filter(|_| *kind != FieldKind::Log)
            .map_or_else(String::new, |value| report::field_text(value, kind));
        let instead = format!("run `leadby answer {} TEXT`", self.question);
        let written = editor::edit(context, "answer.txt", &before, &instead)?;
        let text = written.text.trim_end_matches('\n').to_owned();
        let full = CommandContext::require_text(text, "the answer").map_err(anyhow::Error::from);
        let done = full.and_then(|text| save_answer(context, to, &text));
        done.map_err(|error| written.keep_on_failure(error))
    }
}

/// The question that is answered.
struct AnswerTarget<'a> {
    practice: String,
    step: String,
    period: Period,
    kind: &'a FieldKind,
}

fn save_answer(
    context: &mut CommandContext<'_>,
    to: AnswerTarget<'_>,
    text: &str,
) -> anyhow::Result<ExitCode> {
    let mut opened = context.open()?;
    let before: Option<&Value> = opened.journal.answer(to.period, &to.practice, &to.step);
    let value = field_values::parse_value(to.kind, before, text, context)?;
    let act = Act::Answer(Answer {
        period: to.period,
        practice: to.practice,
        step: to.step,
        value,
    });
    acts::perform_and_save(&act, text, context, &mut opened)
}

/// Whether the only argument after the question is a week or a month, and not the answer.
fn is_period(text: &str) -> bool {
    let named = ["this", "last"].iter().any(|which| {
        let rest = text
            .strip_prefix(which)
            .and_then(|rest| rest.strip_prefix(['-', ' ']));
        rest.is_some_and(|rest| matches!(rest, "week" | "month"))
    });
    named || text.parse::<Week>().is_ok() || text.parse::<Month>().is_ok()
}

/// The period that `when` means to a practice that is asked weekly, monthly or once.
fn asked_period(
    practice: &Practice,
    when: Option<&str>,
    context: &CommandContext<'_>,
) -> Result<Period, Failure> {
    let Some(when) = when else {
        return Ok(period_for(practice.cadence, context.now.week()));
    };
    let usage = |message: String| Failure::new(FailureKind::Usage, message);
    let (first, last) = match when.parse::<Span>() {
        Ok(span) => (span.first(), span.last()),
        Err(_) => parse_range(when, context.now)
            .map_err(|error| usage(error.to_string()))?
            .into_inner(),
    };
    let (found, name, begins) = match practice.cadence {
        Cadence::Weekly => {
            let week = Week::of(last);
            (Period::Week(week), "week", week.monday())
        }
        Cadence::Monthly => {
            let month = Month::of(last);
            (Period::Month(month), "month", month.first())
        }
        Cadence::Standing => {
            let name = Selection::Practice(practice).typed_name(&context.catalog);
            let message = format!("{name} is asked once, not per week or month");
            return Err(usage(message).hint("leave out the week or month"));
        }
    };
    // For a monthly question, a week is in the month of its Thursday.
    let found = match (practice.cadence, when.parse::<Week>()) {
        (Cadence::Monthly, Ok(week)) => period_for(practice.cadence, week),
        _ if first < begins => {
            return Err(usage(format!("{} is longer than a {name}", quoted(when))));
        }
        _ => found,
    };
    Ok(found)
}
