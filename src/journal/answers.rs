//! Answers: which period one is for, those to one question, and the gaps between them.

use std::collections::BTreeSet;

use super::{Answer, Entry, Id, Journal, OffDays, Period, Value};
use crate::calendar::{Month, Week};
use crate::practice::Cadence;

/// An answer to a question, or a gap without one.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum AnswerAt<'a> {
    /// The answer for a period.
    Answer(Period, &'a Value),
    /// This many weeks or months in a row without an answer; those that are off asked nothing.
    Gap(usize),
}

impl Journal {
    /// The answer to a step in a period.
    pub fn answer(&self, period: Period, practice: &str, step: &str) -> Option<&Value> {
        let entry = self.current(&Id::answer(period, practice, step))?;
        Some(&entry.body.as_answer()?.value)
    }

    /// Whether the answer to a step in a period says something: much faster than to read it.
    pub fn has_answer(&self, period: Period, practice: &str, step: &str) -> bool {
        self.step_answers(practice, step)
            .range((period, Id::new(""))..)
            .take_while(|(of, _)| *of == period)
            // A hostile line may say that it is one, under the id of something else.
            .any(|(_, id)| *id == Id::answer(period, practice, step))
    }

    /// The answers to a step that say something, each with its entry, oldest period first.
    #[must_use = "an iterator does nothing by itself"]
    pub fn answer_entries(
        &self,
        practice: &str,
        step: &str,
    ) -> impl DoubleEndedIterator<Item = (&Entry, &Answer)> {
        self.step_answers(practice, step)
            .iter()
            .filter_map(|(_, id)| self.answer_entry(id))
    }

    /// All answers to a step that say something, oldest period first.
    pub fn answers(&self, practice: &str, step: &str) -> Vec<(Period, &Value)> {
        self.answer_entries(practice, step)
            .map(|(_, answer)| (answer.period, &answer.value))
            .collect()
    }

    /// The last answer to a step before `period` that says something.
    pub fn answer_before(
        &self,
        period: Period,
        practice: &str,
        step: &str,
    ) -> Option<(Period, &Value)> {
        // No id is empty, so this sorts before all answers of the period.
        self.step_answers(practice, step)
            .range(..(period, Id::new("")))
            .rev()
            .find_map(|(_, id)| self.answer_entry(id))
            .map(|(_, answer)| (answer.period, &answer.value))
    }

    /// All answers to a step that say something, newest first, with the gaps between them; `now` is
    /// the current period, which may still get its answer.
    pub fn answers_with_gaps(
        &self,
        practice: &str,
        step: &str,
        off: &OffDays,
        now: Period,
    ) -> Vec<AnswerAt<'_>> {
        let mut told = Vec::new();
        let mut later = now;
        let answers = self.answers(practice, step).into_iter().rev();
        for (period, value) in answers {
            let silent = gap_between(period, later, off);
            if silent > 0 {
                told.push(AnswerAt::Gap(silent));
            }
            told.push(AnswerAt::Answer(period, value));
            later = period;
        }
        told
    }

    /// The answers to a step that say something, by their period.
    fn step_answers(&self, practice: &str, step: &str) -> &BTreeSet<(Period, Id)> {
        static NONE: BTreeSet<(Period, Id)> = BTreeSet::new();
        let practice = self.index.answers.get(practice);
        practice.and_then(|steps| steps.get(step)).unwrap_or(&NONE)
    }

    fn answer_entry(&self, id: &Id) -> Option<(&Entry, &Answer)> {
        let entry = self.current(id)?;
        Some((entry, entry.body.as_answer()?))
    }
}

/// The period of `cadence` that an answer given in `week` is for. A week belongs to the month of
/// its Thursday, as ISO 8601 assigns a week to a year.
pub fn period_for(cadence: Cadence, week: Week) -> Period {
    match cadence {
        Cadence::Weekly => Period::Week(week),
        Cadence::Monthly => Period::Month(Month::of(week.thursday())),
        Cadence::Standing => Period::Standing,
    }
}

/// How many weeks or months that are not off are between two; 0 if they differ in kind, as when a weekly
/// question became monthly.
fn gap_between(earlier: Period, later: Period, off: &OffDays) -> usize {
    match (earlier, later) {
        (Period::Week(earlier), Period::Week(later)) => {
            let weeks = (1..).map(|back| later.minus_weeks(back));
            let weeks = weeks.take_while(|week| earlier < *week);
            weeks.filter(|week| !off.is_week_off(*week)).count()
        }
        (Period::Month(earlier), Period::Month(later)) => {
            let months = std::iter::successors(Some(later.previous()), |it| Some(it.previous()));
            let months = months.take_while(|month| earlier < *month);
            months.filter(|month| !off.is_month_off(*month)).count()
        }
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::samples::{answered, entry_on, month, week};
    use crate::journal::{Body, Item};
    use crate::practice::builtin;

    fn journal(answers: &[(Period, &str)]) -> Journal {
        let answers = answers.iter();
        Journal::fold(
            answers.map(|(period, words)| answered(*period, "audit", "influence", *words)),
        )
    }

    #[track_caller]
    fn check(answers: &[(Period, &str)], now: Period, expected: &[&str]) {
        check_with(&OffDays::default(), answers, now, expected);
    }

    #[track_caller]
    fn check_with(off: &OffDays, answers: &[(Period, &str)], now: Period, expected: &[&str]) {
        let journal = journal(answers);
        let told: Vec<String> = journal
            .answers_with_gaps("audit", "influence", off, now)
            .iter()
            .map(|told| match told {
                AnswerAt::Answer(_, value) => value.as_text().unwrap_or_default().to_owned(),
                AnswerAt::Gap(periods) => format!("({periods})"),
            })
            .collect();
        assert_eq!(told, expected);
    }

    #[test]
    fn answers_come_newest_first_with_the_time_between_them() {
        let answers = [
            (week("2026-W40"), "first"),
            (week("2026-W41"), "second"),
            (week("2026-W45"), "third"),
        ];
        check(
            &answers,
            week("2026-W48"),
            &["(2)", "third", "(3)", "second", "first"],
        );
    }

    #[test]
    fn the_present_week_is_not_held_to_be_missing() {
        let answers = [(week("2026-W47"), "last week")];
        check(&answers, week("2026-W48"), &["last week"]);
        check(&answers, week("2026-W47"), &["last week"]);
        check(&answers, week("2026-W40"), &["last week"]);
        check(&[], week("2026-W48"), &[]);
    }

    #[test]
    fn a_week_or_month_that_is_off_lacks_no_answer() {
        let mut time_off = Item::new("off");
        time_off.set("first", Value::from("2026-08-01"));
        time_off.set("last", Value::from("2026-08-31"));
        let entry = entry_on("off", "2026-07-20", Body::Item(time_off));
        let off = OffDays::of(&Journal::fold([entry]), &builtin());
        let weeks = [(week("2026-W31"), "before"), (week("2026-W37"), "after")];
        let expected = ["after", "(1)", "before"];
        check_with(&off, &weeks, week("2026-W37"), &expected);
        let months = [(month("2026-07"), "before"), (month("2026-09"), "after")];
        check_with(&off, &months, month("2026-09"), &["after", "before"]);
    }

    #[test]
    fn an_answer_that_says_nothing_is_none() {
        let answers = [
            (week("2026-W45"), "said"),
            (week("2026-W46"), " \n"),
            (week("2026-W47"), "again"),
        ];
        check(&answers, week("2026-W47"), &["again", "(1)", "said"]);
    }

    #[test]
    fn a_year_of_53_weeks_and_a_turn_of_the_year_are_counted_right() {
        let answers = [(week("2026-W52"), "old"), (week("2027-W01"), "new")];
        check(&answers, week("2027-W01"), &["new", "(1)", "old"]);
        let answers = [(month("2026-11"), "old"), (month("2027-02"), "new")];
        check(&answers, month("2027-04"), &["(1)", "new", "(2)", "old"]);
    }

    #[test]
    fn weeks_and_months_are_not_counted_against_each_other() {
        let answers = [(month("2026-03"), "month"), (week("2026-W45"), "week")];
        check(&answers, week("2026-W46"), &["week", "month"]);
    }
}
