//! The last year, week by week: what was done of each practice, and what became of the commitments.

use crate::calendar::{Month, Now, Week};
use crate::insight::progress::{Progress, progress};
use crate::journal::{Commitment, CommitmentOutcome, Journal, OffDays};
use crate::practice::Catalog;

/// The weeks of a year.
const WEEKS: u32 = 52;

/// What was done in one week.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct WeekOfYear {
    pub week: Week,
    /// The month it is under: that of its Thursday, and for the present week that of today.
    pub month: Month,
    /// Whether all its working days are off.
    pub is_off: bool,
    /// Whether it ended before anything was written, and nothing written later belongs there.
    pub is_before_journal: bool,
    /// How far each practice of the walk was, in the order of the walk.
    pub progress: Vec<Progress>,
    /// What became of the commitments that were due in it: of several, what matters most.
    pub promise: Option<PromiseState>,
}

/// What became of a commitment in a week, from what matters least.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum PromiseState {
    LetGo,
    /// Its day was moved to another week.
    Moved,
    Kept,
    Missed,
    Open,
    Due,
}

impl WeekOfYear {
    /// How many practices were done.
    pub fn done(&self) -> usize {
        Progress::count_done(&self.progress)
    }
}

/// The last year of a journal, oldest week first, the present one last.
pub fn year_of_weeks(
    journal: &Journal,
    catalog: &Catalog,
    off: &OffDays,
    now: Now,
) -> Vec<WeekOfYear> {
    let present = now.week();
    let mut weeks: Vec<WeekOfYear> = (0..WEEKS)
        .rev()
        .map(|back| practices_of(present.minus_weeks(back), (journal, catalog), off, now))
        .collect();
    let mut note = |week: Week, state: PromiseState| {
        if let Ok(at) = weeks.binary_search_by_key(&week, |one| one.week) {
            let promise = &mut weeks[at].promise;
            *promise = (*promise).max(Some(state));
        }
    };
    // A move from one of these weeks went to a later day; what is open and was due before them is this
    // week's.
    let first = present.minus_weeks(WEEKS - 1).monday();
    let open = journal.open_commitments().into_iter();
    let overdue = open.filter(|(_, commitment)| commitment.due < first);
    for (_, commitment) in journal
        .commitments_due_from(first)
        .into_iter()
        .chain(overdue)
    {
        // What is due on a day off is due on the first day back.
        let due_in = |day| Week::of(off.first_day_back(day));
        let due = Week::of(off.due_day(commitment));
        for moved in &commitment.moves {
            if due_in(moved.from) < due {
                note(due_in(moved.from), PromiseState::Moved);
            }
        }
        // What is open and due later is this week's.
        let week = match commitment.closing {
            Some(_) => due,
            None => due.min(present),
        };
        note(week, state(commitment, off, now));
    }
    // What was written later may belong to a week before.
    let first_day = journal.first_day();
    let is_begun = |one: &WeekOfYear| {
        first_day.is_some_and(|first| first <= one.week.sunday())
            || one.promise.is_some()
            || one.progress.iter().any(|it| *it != Progress::NotStarted)
    };
    let begun = weeks.iter().position(is_begun).unwrap_or(weeks.len());
    for one in &mut weeks[..begun] {
        one.is_before_journal = true;
    }
    weeks
}

/// A week with its practices, without what became of commitments.
fn practices_of(
    week: Week,
    (journal, catalog): (&Journal, &Catalog),
    off: &OffDays,
    now: Now,
) -> WeekOfYear {
    let practices = catalog.walk();
    WeekOfYear {
        week,
        month: if week == now.week() {
            now.month()
        } else {
            Month::of(week.thursday())
        },
        is_off: off.is_week_off(week),
        is_before_journal: false,
        progress: practices
            .map(|practice| progress(journal, practice, week))
            .collect(),
        promise: None,
    }
}

fn state(commitment: &Commitment, off: &OffDays, now: Now) -> PromiseState {
    match commitment.closing.as_ref().map(|closing| closing.how) {
        Some(CommitmentOutcome::Kept) => PromiseState::Kept,
        Some(CommitmentOutcome::Missed) => PromiseState::Missed,
        Some(CommitmentOutcome::LetGo) => PromiseState::LetGo,
        None if off.is_due(commitment, now.today()) => PromiseState::Due,
        None => PromiseState::Open,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::Body;
    use crate::journal::samples::{answered, day, entry, now, week};
    use crate::practice::builtin;

    fn commitment(made: &str, due: &str) -> Commitment {
        Commitment::new("x", day(made), day(due))
    }

    /// The states from the week of `first` on.
    #[track_caller]
    fn check(commitments: Vec<Commitment>, first: &str, expected: &[Option<PromiseState>]) {
        let entries = commitments.into_iter().enumerate();
        let entries = entries.map(|(at, one)| entry(&at.to_string(), Body::Commitment(one)));
        let journal = Journal::fold(entries);
        let year = year_of_weeks(&journal, &builtin(), &OffDays::default(), now());
        let weeks = year.iter();
        let shown: Vec<_> = weeks
            .skip_while(|one| one.week < Week::of(day(first)))
            .map(|one| one.promise)
            .collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn a_promise_is_in_the_week_it_was_due_and_in_those_it_was_moved_from() {
        let mut moved = commitment("2026-11-02", "2026-11-06");
        moved.move_to(day("2026-11-20"), day("2026-11-06"), "");
        let later = commitment("2026-11-23", "2026-12-18");
        check(
            vec![moved.clone(), later],
            "2026-11-02",
            &[
                Some(PromiseState::Moved),
                None,
                Some(PromiseState::Due),
                Some(PromiseState::Open),
            ],
        );
        moved.close(CommitmentOutcome::Kept, day("2026-11-23"), "");
        check(vec![moved], "2026-11-16", &[Some(PromiseState::Kept), None]);
    }

    #[test]
    fn of_several_in_a_week_what_matters_most_is_shown() {
        let kept = |how| {
            let mut one = commitment("2026-11-02", "2026-11-13");
            one.close(how, day("2026-11-13"), "");
            one
        };
        let both = vec![
            kept(CommitmentOutcome::Missed),
            kept(CommitmentOutcome::Kept),
            kept(CommitmentOutcome::LetGo),
        ];
        let expected = [Some(PromiseState::Missed), None, None];
        check(both, "2026-11-09", &expected);
    }

    #[test]
    fn a_month_has_a_week_from_its_first_day_on() {
        for (at, before, last) in [
            ("2026-11-30T09:00:00+01:00", 11, 11),
            ("2026-12-01T09:00:00+01:00", 11, 12),
            ("2027-01-02T09:00:00+01:00", 12, 1),
            ("2027-01-04T09:00:00+01:00", 12, 1),
        ] {
            let now = Now::new(at.parse().expect("a time"));
            let off = OffDays::default();
            let year = year_of_weeks(&Journal::default(), &builtin(), &off, now);
            let months: Vec<u32> = year[50..].iter().map(|one| one.month.number()).collect();
            assert_eq!(months, [before, last], "{at}");
        }
    }

    #[test]
    fn a_week_has_the_progress_of_each_practice() {
        let answer = answered(week("2026-W40"), "audit", "influence", "The status round");
        let journal = Journal::fold([answer]);
        let year = year_of_weeks(&journal, &builtin(), &OffDays::default(), now());
        assert_eq!(year.len(), 52);
        assert_eq!(year[51].week, now().week());
        let begun: Vec<u32> = year
            .iter()
            .filter(|one| one.progress[0] != Progress::NotStarted)
            .map(|one| one.week.number())
            .collect();
        assert_eq!(begun, [40]);
        let before = year.iter().take_while(|one| one.is_before_journal);
        assert_eq!(before.count(), 43);
    }
}
