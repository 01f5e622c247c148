//! A weekly question over the last year: how much was answered, and what was marked.

use crate::calendar::Week;
use crate::journal::{Journal, Period, Value};
use crate::practice::{Ask, Cadence, FieldKind, Practice, Step};
use crate::text::word_count;

/// How many weeks there are.
const WEEKS: u32 = 52;

/// A weekly question over the last year.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct QuestionYear {
    /// Oldest first; the last is the one that is asked about.
    pub weeks: Vec<Week>,
    /// How much was answered in each: words, marks, or the degree from 1; 0 without an answer.
    pub amounts: Vec<usize>,
    /// For each choice, whether it was marked in each week.
    pub marks: Vec<Vec<bool>>,
}

impl QuestionYear {
    /// The number of answers.
    pub fn answers(&self) -> usize {
        self.amounts.iter().filter(|amount| **amount > 0).count()
    }
}

/// The answers to a question in the year up to a week, or `None` if there are none.
pub fn question_year(
    journal: &Journal,
    practice: &Practice,
    step: &Step,
    week: Week,
) -> Option<QuestionYear> {
    let (Cadence::Weekly, Ask::Answer(kind)) = (practice.cadence, &step.ask) else {
        return None;
    };
    let weeks: Vec<Week> = (0..WEEKS).rev().map(|ago| week.minus_weeks(ago)).collect();
    let answers: Vec<Option<&Value>> = weeks
        .iter()
        .map(|week| journal.answer(Period::Week(*week), &practice.id, &step.id))
        .collect();
    let marks = match kind {
        FieldKind::Checklist(choices) => choices
            .iter()
            .map(|choice| {
                let marked = answers.iter().map(
                    |answer| matches!(answer, Some(Value::List(list)) if list.contains(&choice.id)),
                );
                marked.collect()
            })
            .collect(),
        _ => Vec::new(),
    };
    let amounts = answers.into_iter().map(|answer| amount(kind, answer));
    let year = QuestionYear {
        amounts: amounts.collect(),
        weeks,
        marks,
    };
    (year.answers() > 0).then_some(year)
}

fn amount(kind: &FieldKind, answer: Option<&Value>) -> usize {
    match (kind, answer) {
        (FieldKind::Scale(degrees), Some(Value::Text(id))) => degrees
            .iter()
            .position(|degree| degree.id == *id)
            .map_or(0, |at| at + 1),
        (_, Some(Value::Text(text))) => word_count(text),
        (_, Some(Value::List(list))) => list.len(),
        (_, Some(Value::Log(_)) | None) => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::Entry;
    use crate::journal::samples::answered;
    use crate::practice::builtin;

    fn answer(week: Week, step: &str, value: Value) -> Entry {
        answered(Period::Week(week), "communication", step, value)
    }

    #[test]
    fn a_checklist_has_a_row_for_each_choice_and_this_week_is_last() {
        let catalog = builtin();
        let practice = catalog.practice("communication").expect("a practice");
        let step = practice.step("habits").expect("a step");
        let week = Week::of("2026-11-24".parse().expect("a day"));
        let marked = |list: &[&str]| Value::List(list.iter().map(|id| (*id).to_owned()).collect());
        let journal = Journal::fold([
            answer(week, "habits", marked(&["reframe"])),
            answer(
                week.minus_weeks(2),
                "habits",
                marked(&["reframe", "close-loops"]),
            ),
            answer(week.minus_weeks(52), "habits", marked(&["reframe"])),
        ]);
        let year = question_year(&journal, practice, step, week).expect("answers");
        assert_eq!(year.answers(), 2);
        assert_eq!(year.weeks.last(), Some(&week));
        assert_eq!(year.amounts[49..], [2, 0, 1]);
        assert_eq!(year.marks[1][49..], [true, false, true]);
        assert_eq!(year.marks[4][49..], [true, false, false]);
        let before = week.minus_weeks(60);
        assert_eq!(question_year(&journal, practice, step, before), None);
    }
}
