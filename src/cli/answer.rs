//! `leadby answer PRACTICE/STEP [WHEN] TEXT`: answers one question.

use super::answers::find_question;
use super::context::{CommandContext, OpenedJournal};
use super::failures::usage;
use super::periods::{AskedWhen, asked_period};
use super::{acts, editor, field_values};
use crate::calendar::{Month, Week};
use crate::journal::rules::Act;
use crate::journal::{Answer, Period, Selection, Value};
use crate::practice::{Cadence, FieldKind, Practice, Step};
use crate::report;
use crate::text::quoted;

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
    /// The text, perhaps after its week or month; - reads it from standard input. Without one, your
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
        let is_when = |word: &str| word.eq_ignore_ascii_case("last") || context.range(word).is_ok();
        let has_when = match said.as_slice() {
            // With an option for it, a text that looks like a week is still the text.
            _ if self.week.is_some() || self.month.is_some() => false,
            [] => false,
            [only] => is_period(only),
            // A text in quotes has something else before it.
            [when, text] => text.contains(' ') || is_when(when),
            [when, ..] => is_when(when),
        };
        if has_when && said.len() > 2 {
            let all = said.join(" ");
            let message = format!("“{}” can be a week or the answer", quoted(&said[0]));
            return Err(usage(message)
                .hint(format!(
                    "put the answer in quotes: `leadby answer {} \"{all}\"`",
                    self.question
                ))
                .into());
        }
        let when = has_when.then(|| said.remove(0));
        let text = (!said.is_empty()).then(|| said.join(" "));
        // Piped text is read before anything can fail, so that it can be kept.
        let text = text.map(|text| context.text_or_input(text)).transpose()?;
        let catalog = context.catalog.clone();
        let (practice, step, kind) = find_question(&self.question, &catalog)?;
        let when = match (&self.week, &self.month, &when) {
            (Some(week), ..) => AskedWhen::Week(week),
            (_, Some(month), _) => AskedWhen::Month(month),
            (None, None, Some(when)) => AskedWhen::Either(when),
            (None, None, None) => AskedWhen::Now,
        };
        if let (Cadence::Monthly, AskedWhen::Week(_)) = (practice.cadence, when) {
            let name = Selection::Practice(practice).typed_name(&catalog);
            let message = format!("{name} is asked every month, not per week");
            return Err(usage(message).hint("--month sets a month").into());
        }
        let period = asked_period(practice, when, context)?;
        let to = AnswerTarget {
            practice,
            step,
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
            .answer(period, &practice.id, &step.id)
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
#[derive(Clone, Copy)]
struct AnswerTarget<'a> {
    practice: &'a Practice,
    step: &'a Step,
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
    let (practice, step) = (&*to.practice.id, &*to.step.id);
    let before: Option<&Value> = opened.journal.answer(to.period, practice, step);
    let chosen = field_values::numbers_to_ids(text, to.kind);
    let value = field_values::parse_value(to.kind, before, &chosen, context)?;
    let told = told(to, before, &value, &context.invocation);
    let act = Act::Answer(Answer::new(to.period, practice, step, value));
    let done = acts::perform(&act, context, &opened)?;
    acts::save_done(&done, &told, context, &mut opened)
}

/// What counts now: "Answered: competent · instead of “average” · `leadby undo` brings it back".
fn told(to: AnswerTarget<'_>, before: Option<&Value>, value: &Value, call: &str) -> String {
    if value.is_empty() {
        let of = match to.period {
            Period::Standing => String::new(),
            Period::Week(week) => format!(", week {}", week.number()),
            Period::Month(month) => format!(", {}", month.name()),
        };
        let (practice, step) = (&to.practice.name, &to.step.label);
        return format!("Emptied: {}{of}", quoted(&format!("{practice} · {step}")));
    }
    let text = |value: &Value| quoted(&report::field_text(value, to.kind));
    // A dated list keeps what was there.
    let replaced = before.filter(|it| !it.is_empty() && *to.kind != FieldKind::Log);
    let instead = replaced.map_or_else(String::new, |before| {
        let before = text(before);
        format!(" · instead of “{before}” · `{call} undo` brings it back")
    });
    format!("Answered: {}{instead}", text(value))
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
