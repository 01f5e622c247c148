//! The one question for the next month that follows from what was marked in a monthly practice, and
//! what was written beside the marks.
//!
//! A practice says which of its choices ask something. Knows choices, not what they mean.

use chrono::NaiveDate;

use super::charts::last_months;
use super::marks::{answer, ids, is_answered};
use super::month_wrap_up::{month_answer, month_question};
use crate::calendar::Month;
use crate::journal::Journal;
use crate::practice::{Ask, Cadence, Catalog, FieldKind, Options, Practice};

/// A question for a month, and the mark it follows from.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct NextQuestion {
    pub text: String,
    /// The month it is for.
    pub month: Month,
    /// What was marked or chosen, by its label.
    pub mark: String,
    pub weight: MarkWeight,
}

/// How a mark of the last month stands out in the year up to it, the least first.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum MarkWeight {
    /// In so many months, of so many with an answer.
    Often { months: usize, of: usize },
    /// Marked again after the month before was without it.
    CameBack { months: usize, of: usize },
}

/// The question for the month after the last one with an answer, this month or the one before it:
/// that of the mark that came back, or else was marked most often in the last twelve months. `None`
/// if no mark of that month asks anything.
pub fn next_question(
    journal: &Journal,
    practice: &Practice,
    today: NaiveDate,
) -> Option<NextQuestion> {
    if practice.cadence != Cadence::Monthly {
        return None;
    }
    let mut months = last_months(today);
    let answered = |month: &Month| is_answered(journal, practice, *month);
    let mut recent = months.iter().rev().take(2);
    let last = recent.find(|month| answered(month)).copied()?;
    months.retain(|month| *month <= last && answered(month));
    let mut found: Option<NextQuestion> = None;
    for step in &practice.steps {
        let Ask::Answer(FieldKind::Checklist(choices) | FieldKind::Choice(Options { choices, .. })) =
            &step.ask
        else {
            continue;
        };
        for choice in choices {
            let Some(text) = &choice.asks else {
                continue;
            };
            let marked: Vec<bool> = months
                .iter()
                .map(|month| ids(answer(journal, practice, step, *month)).contains(&&*choice.id))
                .collect();
            let Some(weight) = mark_weight(&marked) else {
                continue;
            };
            // Of equals, the one that is asked first.
            if found.as_ref().is_none_or(|best| best.weight < weight) {
                found = Some(NextQuestion {
                    text: text.clone(),
                    month: last.next(),
                    mark: choice.label.clone(),
                    weight,
                });
            }
        }
    }
    found
}

/// What was written in a month: the answers in words to the practice, and what was said of the month
/// as a whole, each by its question.
pub fn month_words(
    journal: &Journal,
    catalog: &Catalog,
    practice: &Practice,
    month: Month,
) -> Vec<(String, String)> {
    let own = practice.steps.iter().filter_map(|step| {
        let is_text = matches!(step.ask, Ask::Answer(FieldKind::Prose | FieldKind::Line));
        let words = answer(journal, practice, step, month).filter(|_| is_text)?;
        Some((step.label.clone(), words.as_text()?.to_owned()))
    });
    let asked = month_question(catalog).filter(|(other, _)| other.id != practice.id);
    let whole = asked.and_then(|(_, step)| {
        let words = month_answer(journal, catalog, month)?;
        Some((step.label.clone(), words.to_owned()))
    });
    own.chain(whole).collect()
}

/// How a mark stands out, by month, the last one last; `None` if it is not in the last month.
fn mark_weight(marked: &[bool]) -> Option<MarkWeight> {
    let (true, before) = marked.split_last()? else {
        return None;
    };
    let months = 1 + before.iter().filter(|marked| **marked).count();
    let of = marked.len();
    Some(match before.last() {
        Some(false) if months > 1 => MarkWeight::CameBack { months, of },
        _ => MarkWeight::Often { months, of },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::samples::{answered, month};
    use crate::journal::{Entry, Value};
    use crate::practice::builtin;

    /// An answer of the mirror, as month, step and value.
    fn marked((of, step, marks): &(&str, &str, &str)) -> Entry {
        let practice = if *step == "sentence" {
            "month"
        } else {
            "mirror"
        };
        let value = match *step {
            "signs" => Value::List(marks.split(' ').map(str::to_owned).collect()),
            _ => Value::from(*marks),
        };
        answered(month(of), practice, step, value)
    }

    fn journal(answers: &[(&str, &str, &str)]) -> Journal {
        Journal::fold(answers.iter().map(marked))
    }

    /// The question for a month, by the mark it follows from.
    fn question(answers: &[(&str, &str, &str)]) -> Option<NextQuestion> {
        let catalog = builtin();
        let mirror = catalog.practice("mirror").expect("the mirror");
        let today = "2026-11-24".parse().expect("a day");
        next_question(&journal(answers), mirror, today)
    }

    #[track_caller]
    fn check(answers: &[(&str, &str, &str)], expected: &str, weight: MarkWeight) {
        let asked = question(answers).expect("a question");
        assert!(asked.mark.contains(expected), "{asked:?}");
        assert_eq!(asked.weight, weight);
        assert_eq!(asked.month.to_string(), "2026-12");
    }

    #[test]
    fn the_question_is_that_of_what_is_marked_most_often() {
        check(
            &[
                ("2026-09", "signs", "unlock"),
                ("2026-10", "signs", "unlock permission"),
                ("2026-11", "signs", "underused permission unlock"),
            ],
            "unlock my potential",
            MarkWeight::Often { months: 3, of: 3 },
        );
        // Of equals, the first.
        check(
            &[("2026-11", "signs", "new-title permission")],
            "waiting for permission",
            MarkWeight::Often { months: 1, of: 1 },
        );
        // A gap counts if it tips to the side that asks.
        check(
            &[
                ("2026-10", "gap-outcomes", "tasks"),
                ("2026-11", "gap-outcomes", "tasks"),
                ("2026-11", "gap-status", "improving"),
                ("2026-11", "signs", "underused"),
            ],
            "managing tasks",
            MarkWeight::Often { months: 2, of: 2 },
        );
    }

    #[test]
    fn what_came_back_comes_first() {
        check(
            &[
                ("2026-08", "signs", "unlock permission"),
                ("2026-09", "signs", "unlock"),
                ("2026-10", "signs", "unlock"),
                ("2026-11", "signs", "unlock permission"),
            ],
            "waiting for permission",
            MarkWeight::CameBack { months: 2, of: 4 },
        );
    }

    #[test]
    fn nothing_is_asked_of_better_months_nor_of_old_ones() {
        assert_eq!(question(&[]), None);
        assert_eq!(question(&[("2026-11", "gap-outcomes", "outcomes")]), None);
        assert_eq!(question(&[("2026-09", "signs", "unlock")]), None);
        // Only what is marked in the last month.
        assert_eq!(
            question(&[
                ("2026-10", "signs", "unlock"),
                ("2026-11", "gap-outcomes", "outcomes"),
            ]),
            None
        );
        let october = question(&[("2026-10", "signs", "unlock")]).expect("a question");
        assert_eq!(october.month.to_string(), "2026-11");
    }

    #[test]
    fn what_was_written_is_that_of_the_month() {
        let catalog = builtin();
        let mirror = catalog.practice("mirror").expect("the mirror");
        let journal = journal(&[
            ("2026-11", "signs", "unlock"),
            ("2026-11", "moment", "In the planning round"),
            ("2026-11", "sentence", "The month of rules"),
            ("2026-10", "moment", "Before"),
        ]);
        let month = "2026-11".parse().expect("a month");
        let words = month_words(&journal, &catalog, mirror, month);
        let texts: Vec<&str> = words.iter().map(|(_, text)| text.as_str()).collect();
        assert_eq!(texts, ["In the planning round", "The month of rules"]);
    }
}
