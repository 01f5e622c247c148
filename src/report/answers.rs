//! One question with all its answers, newest first, and what changed from one to another.

use chrono::NaiveDate;

use super::{describe, indented};
use crate::insight::{DiffSide, Difference, difference};
use crate::journal::{AnswerAt, Id, Journal, Period};
use crate::practice::{Cadence, FieldKind, Practice, Step};
use crate::text::{counted_noun, escape_controls, one_line, word_noun};

/// The answers to a question, each under its week or month, with the gaps between them, and the
/// other texts of unsettled ones; every line ends in a newline.
pub fn all_answers(
    practice: &Practice,
    (step, kind): (&Step, &FieldKind),
    told: &[AnswerAt<'_>],
    journal: &Journal,
    today: NaiveDate,
) -> String {
    let noun = match practice.cadence {
        Cadence::Monthly => "month",
        Cadence::Weekly | Cadence::Standing => "week",
    };
    let said = told
        .iter()
        .filter(|told| matches!(told, AnswerAt::Answer(..)));
    let name = one_line(&practice.name);
    let mut lines = vec![
        one_line(&step.prompt),
        format!("  {name} · {}", counted_noun(said.count(), "answer")),
    ];
    for told in told {
        match told {
            AnswerAt::Answer(period, value) => {
                lines.extend([String::new(), describe::period_label(*period)]);
                let words = escape_controls(&describe::field_text(value, kind));
                lines.extend(words.lines().map(indented));
                let id = Id::answer(*period, &practice.id, &step.id);
                let beside = super::texts_beside(&id, "value", journal, today);
                lines.extend(beside.iter().map(|text| indented(&format!("≠ {text}"))));
            }
            AnswerAt::Gap(periods) => {
                let silent = format!("· {} without an answer", counted_noun(*periods, noun));
                lines.extend([String::new(), silent]);
            }
        }
    }
    lines.push(String::new());
    lines.join("\n")
}

/// What changed between two answers, the earlier first: removed words as `[-gone-]`, added words
/// as `{+come+}`, marks one per line. `None` if either is empty.
pub fn answer_changes(
    practice: &Practice,
    step: &Step,
    [one, other]: [Period; 2],
    journal: &Journal,
) -> Option<String> {
    let kind = step.answer_kind()?;
    let (from, to) = (one.min(other), one.max(other));
    let at = |period| {
        let answer = journal.answer(period, &practice.id, &step.id);
        answer.filter(|value| !value.is_empty())
    };
    let changed = difference(kind, at(from)?, at(to)?);
    let what = change_amount(&changed);
    let words = match &changed {
        Difference::Text(runs) => runs
            .iter()
            .map(|run| {
                let (open, close) = run.side.word_signs();
                format!("{open}{}{close}", escape_controls(&run.text))
            })
            .collect(),
        Difference::List { .. } => changed
            .marks()
            .map(|(side, mark)| format!("{} {}", side.line_sign(), one_line(mark)))
            .collect::<Vec<_>>()
            .join("\n"),
    };
    let [from, to] = [from, to].map(describe::period_label);
    Some(format!("{from} → {to} · {what}\n\n{words}\n"))
}

/// "3 words out, 2 in", or "the same".
pub fn change_amount(changed: &Difference) -> String {
    let (gone, come) = changed.counts();
    match changed {
        _ if changed.is_unchanged() => "the same".to_owned(),
        Difference::Text(runs) => {
            let runs = runs.iter().filter(|run| run.side != DiffSide::Both);
            let text: String = runs.map(|run| run.text.as_str()).collect();
            format!("{} out, {come} in", counted_noun(gone, word_noun(&text)))
        }
        Difference::List { .. } => format!("{gone} out, {come} in"),
    }
}
