//! One question with all its answers, newest first, and what changed from one to another.

use super::describe;
use crate::calendar::Now;
use crate::journal::{Difference, Journal, Period, DiffSide, Told, difference, period};
use crate::practice::{Ask, Cadence, FieldKind, Practice, Step};
use crate::words::{count, one_line, visible};

/// All answers to a question, each under its week or month; every line ends in a newline.
#[must_use]
pub fn answers(
    practice: &Practice,
    step: &Step,
    kind: &FieldKind,
    journal: &Journal,
    now: Now,
) -> String {
    let noun = match practice.cadence {
        Cadence::Monthly => "month",
        Cadence::Weekly | Cadence::Standing => "week",
    };
    let present = period(practice.cadence, now.week());
    let told = journal.told(&practice.id, &step.id, present);
    let said = told.iter().filter(|told| matches!(told, Told::Said(..)));
    let name = one_line(&practice.name);
    let mut lines = vec![
        one_line(&step.prompt),
        format!("  {name} · {}", count(said.count(), "answer")),
    ];
    for told in told {
        match told {
            Told::Said(period, value) => {
                lines.extend([String::new(), period_label(period)]);
                let words = visible(&describe::value(value, Some(kind)));
                lines.extend(
                    words
                        .lines()
                        .map(|line| format!("  {line}").trim_end().to_owned()),
                );
            }
            Told::Silent(periods) => {
                let silent = format!("· {} without an answer", count(periods, noun));
                lines.extend([String::new(), silent]);
            }
        }
    }
    lines.push(String::new());
    lines.join("\n")
}

/// What changed between two answers, the earlier first: removed words as `[-gone-]`, added words
/// as `{+come+}`, marks one per line. `None` if either is empty.
#[must_use]
pub fn answer_changes(
    practice: &Practice,
    step: &Step,
    [one, other]: [Period; 2],
    journal: &Journal,
) -> Option<String> {
    let Ask::Answer(kind) = &step.ask else {
        return None;
    };
    let (from, to) = (one.min(other), one.max(other));
    let at = |period| {
        let answer = journal.answer(period, &practice.id, &step.id);
        answer.filter(|value| !value.is_empty())
    };
    let changed = difference(kind, at(from)?, at(to)?);
    let (gone, come) = changed.counts();
    let what = match changed {
        _ if changed.is_none() => "the same".to_owned(),
        Difference::Words(_) => format!("{} out, {come} in", count(gone, "word")),
        Difference::Marks { .. } => format!("{gone} out, {come} in"),
    };
    let words = match &changed {
        Difference::Words(runs) => runs
            .iter()
            .map(|run| {
                let (open, close) = run.side.signs();
                format!("{open}{}{close}", visible(&run.text))
            })
            .collect(),
        Difference::Marks { removed: gone, added: come, unchanged: stayed } => {
            let marks = [(DiffSide::Gone, gone), (DiffSide::Come, come), (DiffSide::Both, stayed)];
            let lines = marks.into_iter().flat_map(|(side, marks)| {
                let sign = side.sign();
                marks
                    .iter()
                    .map(move |mark| format!("{sign} {}", one_line(mark)))
            });
            lines.collect::<Vec<_>>().join("\n")
        }
    };
    Some(format!(
        "{} → {} · {what}\n\n{words}\n",
        period_label(from),
        period_label(to)
    ))
}

fn period_label(period: Period) -> String {
    describe::period(period).unwrap_or_else(|| "standing".to_owned())
}
