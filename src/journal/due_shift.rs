//! Whether a commitment's day was moved, and which way: a day brought forward is not late.
//!
//! Has no texts for it.

use chrono::NaiveDate;

use super::{Commitment, Move, OffDays};

/// How the day of a commitment was moved.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum DueShift {
    /// It is due before the day it was first due.
    Earlier,
    /// It was moved to a later day this many times, and is due on its first day or after it.
    Later(usize),
}

impl DueShift {
    /// How many times it was moved to a later day.
    pub fn times_later(self) -> usize {
        match self {
            Self::Later(times) => times,
            Self::Earlier => 0,
        }
    }
}

impl Move {
    /// Whether it was moved to a later day.
    pub fn is_later(&self) -> bool {
        self.to > self.from
    }
}

impl Commitment {
    /// The days it was due before it was moved, each once, the first one first; without the day it is
    /// due now, unless that is the first one. In place of a day off it is the first day back.
    pub fn earlier_due_days(&self, off: &OffDays) -> Vec<NaiveDate> {
        let moved = self.moves.iter().flat_map(|one| [one.from, one.to]);
        let others = moved.filter(|day| *day != self.due);
        let mut days = Vec::new();
        let all = std::iter::once(self.first_due()).chain(others);
        for day in all.map(|day| off.first_day_back(day)) {
            if !days.contains(&day) {
                days.push(day);
            }
        }
        days
    }

    /// How its day was moved; `None` if it was not.
    pub fn due_shift(&self) -> Option<DueShift> {
        if self.due < self.first_due() {
            return Some(DueShift::Earlier);
        }
        let times = self.moves.iter().filter(|one| one.is_later()).count();
        (times > 0).then_some(DueShift::Later(times))
    }

    /// Whether it was kept by a day: neither a move nor a late check-in changes that.
    pub fn is_kept_by(&self, day: NaiveDate) -> bool {
        let closing = self.closing.as_ref();
        closing.is_some_and(|closing| {
            closing.how == super::CommitmentOutcome::Kept && closing.on <= day
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::CommitmentOutcome;
    use chrono::Datelike as _;

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, day).expect("a day")
    }

    fn due_20th(moves: &[u32]) -> Commitment {
        let mut commitment = Commitment::new("x", day(1), day(20));
        for to in moves {
            commitment.move_to(day(*to), day(2), "");
        }
        commitment
    }

    #[test]
    fn a_day_brought_forward_is_not_a_late_one() {
        let moved = |moves: &[u32]| due_20th(moves).due_shift();
        assert_eq!(moved(&[]), None);
        assert_eq!(moved(&[27]), Some(DueShift::Later(1)));
        assert_eq!(moved(&[27, 29]), Some(DueShift::Later(2)));
        assert_eq!(moved(&[13]), Some(DueShift::Earlier));
        assert_eq!(moved(&[13, 16]), Some(DueShift::Earlier));
        assert_eq!(moved(&[13, 27]), Some(DueShift::Later(1)));
        assert_eq!(moved(&[27, 20]), Some(DueShift::Later(1)));
        // Imported data may move a day to itself.
        assert_eq!(moved(&[20]), None);
    }

    #[test]
    fn the_days_it_was_due_before_are_told_once_each() {
        let earlier = |moves: &[(u32, u32)], due| {
            let mut commitment = due_20th(&[]);
            for (from, to) in moves {
                commitment.due = day(*from);
                commitment.move_to(day(*to), day(2), "");
            }
            commitment.due = day(due);
            let days = commitment.earlier_due_days(&OffDays::default()).into_iter();
            days.map(|day| day.day()).collect::<Vec<u32>>()
        };
        assert_eq!(earlier(&[(20, 27)], 27), [20]);
        assert_eq!(earlier(&[(20, 27), (27, 28)], 28), [20, 27]);
        assert_eq!(earlier(&[(20, 27), (27, 20)], 20), [20, 27]);
        // Two machines moved it, to the 27th and to the 26th, and the 26th counts.
        assert_eq!(earlier(&[(20, 27), (20, 26)], 26), [20, 27]);
        assert_eq!(earlier(&[(20, 27), (20, 26), (26, 30)], 30), [20, 27, 26]);
    }

    #[test]
    fn by_the_first_date_is_on_that_day_or_before() {
        let kept = |moves: &[u32], on| {
            let mut commitment = due_20th(moves);
            commitment.close(CommitmentOutcome::Kept, day(on), "");
            commitment.is_kept_by(commitment.first_due())
        };
        assert!(kept(&[], 20));
        assert!(kept(&[27], 20));
        assert!(kept(&[13], 18));
        assert!(!kept(&[], 21));
        assert!(!kept(&[27], 25));
        assert!(!due_20th(&[]).is_kept_by(day(20)));
        let mut missed = due_20th(&[]);
        missed.close(CommitmentOutcome::Missed, day(19), "");
        assert!(!missed.is_kept_by(day(20)));
    }
}
