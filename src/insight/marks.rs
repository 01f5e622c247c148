//! What was marked month by month in a monthly practice, and what changed.
//!
//! Knows choices, not what they mean.

use crate::calendar::Month;
use crate::journal::{Journal, Period, Value};
use crate::practice::{Ask, Choice, Practice, Step};

/// What happened to a mark since the month before.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum MarkChange {
    /// The question has no answer in the month before: there is nothing to compare with.
    Uncompared,
    /// Not in the month before.
    New,
    /// In both months.
    Unchanged,
    /// Only in the month before.
    Removed,
}

/// A mark or a choice, by label, compared with the month before.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct MonthMark {
    /// The step's label.
    pub step: String,
    /// What was marked or chosen.
    pub label: String,
    pub change: MarkChange,
}

/// What was marked and chosen in a month, compared with the month before: for each step that has an
/// answer what is new, what is unchanged and what is gone, in the order it is asked.
pub fn month_marks(journal: &Journal, practice: &Practice, month: Month) -> Vec<MonthMark> {
    let mut marks = Vec::new();
    for step in &practice.steps {
        let Ask::Answer(kind) = &step.ask else {
            continue;
        };
        let chosen = |month| answer(journal, practice, step, month);
        let Some(now) = chosen(month) else {
            continue;
        };
        let before = chosen(month.previous());
        let has = |answer, choice: &Choice| ids(Some(answer)).contains(&&*choice.id);
        for choice in kind.choices() {
            let since = match (before.map(|before| has(before, choice)), has(now, choice)) {
                (None, true) => MarkChange::Uncompared,
                (Some(false), true) => MarkChange::New,
                (Some(true), true) => MarkChange::Unchanged,
                (Some(true), false) => MarkChange::Removed,
                (None | Some(false), false) => continue,
            };
            marks.push(MonthMark {
                step: step.label.clone(),
                label: choice.label.clone(),
                change: since,
            });
        }
    }
    marks
}

/// The answer to a step in a month, if it is not empty.
pub(super) fn answer<'a>(
    journal: &'a Journal,
    practice: &Practice,
    step: &Step,
    month: Month,
) -> Option<&'a Value> {
    let answer = journal.answer(Period::Month(month), &practice.id, &step.id);
    answer.filter(|value| !value.is_empty())
}

/// Whether any question of a monthly practice was answered in a month.
pub(super) fn is_answered(journal: &Journal, practice: &Practice, month: Month) -> bool {
    let mut steps = practice.steps.iter();
    steps.any(|step| answer(journal, practice, step, month).is_some())
}

/// What was marked or chosen, by its ids.
pub(super) fn ids(value: Option<&Value>) -> Vec<&str> {
    match value {
        Some(Value::Text(text)) => vec![text],
        Some(Value::List(list)) => list.iter().map(String::as_str).collect(),
        Some(Value::Log(_)) | None => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::insight::charts::{ChartData, marks_by_month};
    use crate::journal::Entry;
    use crate::journal::samples::{answered, month};
    use crate::practice::builtin;

    fn marked(of: &str, step: &str, value: Value) -> Entry {
        answered(month(of), "mirror", step, value)
    }

    fn list(ids: &[&str]) -> Value {
        Value::List(ids.iter().map(|id| (*id).to_owned()).collect())
    }

    fn journal() -> Journal {
        let text = |id: &str| Value::from(id);
        Journal::fold([
            marked("2026-10", "signs", list(&["underused", "unlock"])),
            marked("2026-11", "signs", list(&["unlock", "permission"])),
            marked("2026-10", "gap-outcomes", text("tasks")),
            marked("2026-11", "gap-outcomes", text("outcomes")),
            marked("2026-11", "gap-status", text("maintaining")),
        ])
    }

    #[test]
    fn a_month_is_compared_with_the_one_before() {
        let catalog = builtin();
        let mirror = catalog.practice("mirror").expect("the mirror");
        let month = "2026-11".parse().expect("a month");
        let marks = month_marks(&journal(), mirror, month);
        let told = |mark: &MonthMark| (mark.change, mark.label.as_str().to_owned());
        let told: Vec<(MarkChange, String)> = marks.iter().map(told).collect();
        let expected = [
            (
                MarkChange::Removed,
                "I feel underused because my title is small",
            ),
            (MarkChange::New, "I am waiting for permission to grow"),
            (
                MarkChange::Unchanged,
                "I believe someone else must unlock my potential",
            ),
            (MarkChange::Removed, "managing tasks"),
            (MarkChange::New, "leading outcomes"),
            (MarkChange::Uncompared, "maintaining the status quo"),
        ];
        assert_eq!(
            told,
            expected.map(|(since, label)| (since, label.to_owned()))
        );
        let before = month_marks(&journal(), mirror, month.previous().previous());
        assert_eq!(before, []);
    }

    #[test]
    fn what_was_not_asked_is_not_gone() {
        let catalog = builtin();
        let mirror = catalog.practice("mirror").expect("the mirror");
        let told = |month: &str| {
            let month = month.parse().expect("a month");
            let marks = month_marks(&journal(), mirror, month).into_iter();
            marks.map(|mark| mark.change).collect::<Vec<_>>()
        };
        assert_eq!(told("2026-10"), [MarkChange::Uncompared; 3]);
        assert_eq!(told("2026-12"), []);
    }

    #[test]
    fn a_month_without_an_answer_is_a_gap() {
        let catalog = builtin();
        let mirror = catalog.practice("mirror").expect("the mirror");
        let today = "2026-11-24".parse().expect("a day");
        let Some(ChartData::Marks { months, rows }) = marks_by_month(&journal(), mirror, today)
        else {
            unreachable!("it is drawn so");
        };
        // It begins with the first month that has an answer: there is no gap before it.
        assert_eq!((months.len(), rows.len()), (2, 8));
        let last = |row: usize| rows[row].1.clone();
        assert_eq!(last(0), [Some(true), Some(false)]);
        assert_eq!(last(1), [Some(false), Some(true)]);
        assert_eq!(last(5), [Some(false), Some(true)]);
        assert_eq!(last(7), [None, Some(false)]);
        assert_eq!(rows[5].0, "leading outcomes");
    }
}
