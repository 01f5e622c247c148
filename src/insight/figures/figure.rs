//! Every figure that is one number, by its name: for comparing spans, and for programs.
//!
//! Counts nothing itself; the counting is in the module above.

use super::Figures;

/// A figure that is one number.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Figure {
    /// Commitments made.
    Made,
    /// Commitments that ended as kept.
    Kept,
    /// Commitments that ended as missed.
    Missed,
    /// Commitments whose day was moved to a later one.
    Moved,
    /// Commitments that were let go.
    LetGo,
    /// Commitments open at the end.
    Open,
    /// Commitments that ended in the span or were open at its end.
    Active,
    /// Those kept of those kept or missed, in per cent.
    KeptRate,
    /// Commitments kept in a row up to the end.
    Streak,
    /// The longest such streak up to the end.
    LongestStreak,
    /// Commitments kept by the day they were first due.
    KeptByFirstDate,
    /// Commitments kept after the day they were first due.
    KeptLate,
    /// Those among them that had been moved to a later day.
    KeptAfterMoving,
    /// Commitments that had a first day to keep.
    FirstDates,
    /// The share of these that were kept by that day, in per cent.
    FirstDateRate,
    /// Practices done, each once per week.
    PracticesDone,
    /// Practices that the weeks asked for, each once per week.
    PracticesAsked,
    /// Weeks that have begun and were not off, from the first one with an entry.
    Weeks,
    /// Weeks that were off.
    WeeksOff,
    /// Weeks in which every practice of the walk was done.
    FullWeeks,
    /// Items that reached the stage that counts in the twelve boxes.
    ProblemsSolved,
    /// People who were helped.
    PeopleHelped,
}

impl Figure {
    pub const ALL: [Self; 22] = [
        Self::Made,
        Self::Kept,
        Self::Missed,
        Self::Moved,
        Self::LetGo,
        Self::Open,
        Self::Active,
        Self::KeptRate,
        Self::Streak,
        Self::LongestStreak,
        Self::KeptByFirstDate,
        Self::KeptLate,
        Self::KeptAfterMoving,
        Self::FirstDates,
        Self::FirstDateRate,
        Self::PracticesDone,
        Self::PracticesAsked,
        Self::Weeks,
        Self::WeeksOff,
        Self::FullWeeks,
        Self::ProblemsSolved,
        Self::PeopleHelped,
    ];

    /// Whether more of it is better; `None` if it is neither.
    pub fn is_better_if_more(self) -> Option<bool> {
        match self {
            Self::Kept
            | Self::KeptRate
            | Self::Streak
            | Self::LongestStreak
            | Self::KeptByFirstDate
            | Self::FirstDateRate
            | Self::PracticesDone
            | Self::FullWeeks
            | Self::ProblemsSolved
            | Self::PeopleHelped => Some(true),
            Self::Missed | Self::Moved | Self::KeptLate | Self::KeptAfterMoving => Some(false),
            Self::Made
            | Self::LetGo
            | Self::Open
            | Self::Active
            | Self::FirstDates
            | Self::PracticesAsked
            | Self::Weeks
            | Self::WeeksOff => None,
        }
    }

    /// The name in JSON and in `assets/figures.md`; never changed.
    pub fn id(self) -> &'static str {
        self.names().0
    }

    /// The name on screens and in text.
    pub fn name(self) -> &'static str {
        self.names().1
    }

    /// [`Figure::id`] and [`Figure::name`].
    fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Made => ("made", "Made"),
            Self::Kept => ("kept", "Kept"),
            Self::Missed => ("missed", "Missed"),
            Self::Moved => ("moved", "Moved"),
            Self::LetGo => ("let_go", "Let go"),
            Self::Open => ("open", "Open"),
            Self::Active => ("at_work", "Active"),
            Self::KeptRate => ("kept_rate", "Kept rate"),
            Self::Streak => ("streak", "Streak"),
            Self::LongestStreak => ("longest_streak", "Longest streak"),
            Self::KeptByFirstDate => ("kept_by_first_date", "By first date"),
            Self::KeptLate => ("kept_late", "After first date"),
            Self::KeptAfterMoving => ("kept_after_moving", "After moving"),
            Self::FirstDates => ("first_dates", "With a first date"),
            Self::FirstDateRate => ("first_date_rate", "First dates"),
            Self::PracticesDone => ("practices_done", "Practices done"),
            Self::PracticesAsked => ("practices_asked", "Practices asked"),
            Self::Weeks => ("weeks", "Weeks"),
            Self::WeeksOff => ("weeks_off", "Weeks off"),
            Self::FullWeeks => ("full_weeks", "Full weeks"),
            Self::ProblemsSolved => ("problems_solved", "Problems solved"),
            Self::PeopleHelped => ("people_helped", "People helped"),
        }
    }

    /// Whether it is a share in per cent.
    pub fn is_rate(self) -> bool {
        matches!(self, Self::KeptRate | Self::FirstDateRate)
    }
}

impl Figures {
    /// The value of a figure; `None` for a rate without cases.
    pub fn value_of(&self, figure: Figure) -> Option<usize> {
        let tally = self.commitments;
        Some(match figure {
            Figure::Made => self.made,
            Figure::Kept => tally.kept,
            Figure::Missed => tally.missed,
            Figure::Moved => self.moved,
            Figure::LetGo => tally.let_go,
            Figure::Open => tally.open,
            Figure::Active => tally.active(),
            Figure::KeptRate => return tally.rate().percent(),
            Figure::Streak => self.record.streak,
            Figure::LongestStreak => self.record.longest_streak,
            Figure::KeptByFirstDate => self.kept_by_first_date,
            Figure::KeptLate => self.kept_late(),
            Figure::KeptAfterMoving => self.kept_after_moving,
            Figure::FirstDates => self.first_dates,
            Figure::FirstDateRate => return self.first_date_rate().percent(),
            Figure::PracticesDone => self.practices_done().part,
            Figure::PracticesAsked => self.practices_done().whole,
            Figure::Weeks => self.weeks.len(),
            Figure::WeeksOff => self.weeks_off,
            Figure::FullWeeks => self.full_weeks(),
            Figure::ProblemsSolved => self.problems_solved,
            Figure::PeopleHelped => self.people_helped(),
        })
    }
}
