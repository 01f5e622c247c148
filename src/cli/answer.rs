//! `leadby answer PRACTICE/STEP [WHEN] TEXT`: answers one question.

use super::answers::find_question;
use super::context::{CommandContext, OpenedJournal};
use super::failures::usage;
use super::periods::{AskedWhen, asked_period};
use super::{acts, editor, field_values};
use crate::calendar::{Month, Week};
use crate::journal::rules::Act;
use crate::journal::{Answer, Period, Selection, Value};
use crate::practice::{Cadence, FieldKind};
use crate::report;

const EXAMPLES: &str = "\
Examples:
  leadby answer audit/influence \"The release page, and who may change it\"
  leadby answer mastery/mark --week last competent
  leadby answer communication/habits 1,3,5
  leadby answer month/sentence --month oct \"The month the builds turned green\"
  leadby answer profile/role \"Staff engineer\"
  leadby answer month/sentence --month last --empty
  leadby answer audit/curiosity - < answer.txt

A weekly question takes --week and a monthly one --month: last, 2026-W48, nov,
2026-11 or a day in it. Without it, the answer is for the present one; WHEN
before the text means the same. A question that is asked once has none. Choices
are written by number or by name, several with commas; `leadby walk --plain
PRACTICE` lists them. `leadby answers PRACTICE/STEP` shows all answers.";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// The question, as practice/step
    question: String,
    /// The week or month, and the text; - reads the text from standard input. Without a text, your
    /// editor opens
    #[arg(value_names = ["WHEN", "TEXT"], num_args = 0..)]
    when_and_text: Vec<String>,
    /// The week it is for
    #[arg(long, value_name = "WHEN", conflicts_with = "month")]
    week: Option<String>,
    /// The month it is for
    #[arg(long, value_name = "WHEN")]
    month: Option<String>,
    /// Empty the answer; a month without its sentence is not offered again
    #[arg(long)]
    empty: bool,
}

impl Arguments {
    pub(super) fn run(self, context: &mut CommandContext<'_>) -> anyhow::Result<()> {
        let mut said = self.when_and_text;
        let one_text = || usage("the answer is one text; put it in quotes");
        if said.len() > 2 {
            return Err(one_text().into());
        }
        let text = match (said.as_slice(), self.week.is_some() || self.month.is_some()) {
            ([_, _], false) => said.pop(),
            // With an option for it, a text that looks like a week is still the text.
            ([only], is_dated) if is_dated || !is_period(only) => said.pop(),
            _ => None,
        };
        // Piped text is read before anything can fail, so that it can be kept.
        let text = text.map(|text| context.text_or_input(text)).transpose()?;
        let catalog = context.catalog.clone();
        let (practice, step, kind) = find_question(&self.question, &catalog)?;
        let when = match (&self.week, &self.month, said.as_slice()) {
            (Some(_), ..) | (_, Some(_), _) if !said.is_empty() => {
                return Err(one_text().into());
            }
            (Some(week), ..) => AskedWhen::Week(week),
            (_, Some(month), _) => AskedWhen::Month(month),
            (None, None, [when, ..]) => AskedWhen::Either(when),
            (None, None, []) => AskedWhen::Now,
        };
        if let (AskedWhen::Either(when), Some(text)) = (when, &text)
            && !text.contains(' ')
            && context.range(when).is_err()
        {
            return Err(one_text().into());
        }
        if let (Cadence::Monthly, AskedWhen::Week(_)) = (practice.cadence, when) {
            let name = Selection::Practice(practice).typed_name(&catalog);
            let message = format!("{name} is asked every month, not per week");
            return Err(usage(message).hint("--month sets a month").into());
        }
        let period = asked_period(practice, when, context)?;
        let to = AnswerTarget {
            practice: practice.id.clone(),
            step: step.id.clone(),
            period,
            kind,
        };
        if self.empty {
            if text.is_some() {
                return Err(usage("--empty takes no text; nothing was saved").into());
            }
            let opened = context.open()?;
            return save_answer(context, opened, to, "");
        }
        if let Some(text) = text {
            let text = CommandContext::require_text(text, "the answer")?;
            let opened = context.open()?;
            return save_answer(context, opened, to, &text);
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
        let done = full.and_then(|text| save_answer(context, opened, to, &text));
        done.map_err(|error| editor::keep_on_failure(written, error))
    }
}

/// The question that is answered.
struct AnswerTarget<'a> {
    practice: String,
    step: String,
    period: Period,
    kind: &'a FieldKind,
}

/// Saves the answer beside what the writer saw: what others wrote meanwhile stays.
fn save_answer(
    context: &mut CommandContext<'_>,
    mut opened: OpenedJournal,
    to: AnswerTarget<'_>,
    text: &str,
) -> anyhow::Result<()> {
    let before: Option<&Value> = opened.journal.answer(to.period, &to.practice, &to.step);
    let chosen = field_values::numbers_to_ids(text, to.kind);
    let value = field_values::parse_value(to.kind, before, &chosen, context)?;
    let step = format!("{}/{}", to.practice, to.step);
    let act = Act::Answer(Answer::new(to.period, to.practice, to.step, value));
    let said = if text.is_empty() { &step } else { text };
    acts::perform_and_save(&act, said, context, &mut opened)
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
