//! Every figure that is one number, by its name: for comparing spans, and for programs.
//!
//! Counts nothing itself; the counting is in the module above.

use super::Figures;

/// Declares the figures once, a row each: its name in JSON and in `assets/figures.md`, which never
/// changes; its name on screens and in text; whether more of it is better, `None` if it is neither;
/// and its value, `None` for a rate without cases.
macro_rules! figures {
    ($(#[doc = $doc:literal] $figure:ident: $id:literal, $name:literal, $better:expr, $value:expr;)+) => {
        /// A figure that is one number.
        #[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
        pub enum Figure {
            $(#[doc = $doc] $figure,)+
        }

        impl Figure {
            pub const ALL: &'static [Self] = &[$(Self::$figure),+];

            /// The name in JSON and in `assets/figures.md`; never changed.
            pub fn id(self) -> &'static str {
                match self { $(Self::$figure => $id,)+ }
            }

            /// The name on screens and in text.
            pub fn name(self) -> &'static str {
                match self { $(Self::$figure => $name,)+ }
            }

            /// Whether more of it is better; `None` if it is neither.
            pub fn is_better_if_more(self) -> Option<bool> {
                match self { $(Self::$figure => $better,)+ }
            }
        }

        impl Figures {
            /// The value of a figure; `None` for a rate without cases.
            pub fn value_of(&self, figure: Figure) -> Option<usize> {
                let value: fn(&Self) -> Option<usize> = match figure {
                    $(Figure::$figure => $value,)+
                };
                value(self)
            }
        }
    };
}

figures! {
    /// Commitments made.
    Made: "made", "Made", None, |it| Some(it.made);
    /// Commitments that ended as kept.
    Kept: "kept", "Kept", Some(true), |it| Some(it.commitments.kept);
    /// Commitments that ended as missed.
    Missed: "missed", "Missed", Some(false), |it| Some(it.commitments.missed);
    /// Commitments whose day was moved to a later one.
    Moved: "moved", "Moved", Some(false), |it| Some(it.moved);
    /// Commitments that were let go.
    LetGo: "let_go", "Let go", None, |it| Some(it.commitments.let_go);
    /// Commitments open at the end.
    Open: "open", "Open", None, |it| Some(it.commitments.open);
    /// Commitments that ended in the span or were open at its end.
    Active: "at_work", "Active", None, |it| Some(it.commitments.active());
    /// Those kept of those kept or missed, in per cent.
    KeptRate: "kept_rate", "Kept rate", Some(true), |it| it.commitments.rate().percent();
    /// Commitments kept in a row up to the end.
    Streak: "streak", "Streak", Some(true), |it| Some(it.record.streak);
    /// The longest such streak up to the end.
    LongestStreak: "longest_streak", "Longest streak", Some(true),
        |it| Some(it.record.longest_streak);
    /// Commitments kept by the day they were first due.
    KeptByFirstDate: "kept_by_first_date", "By first date", Some(true),
        |it| Some(it.kept_by_first_date);
    /// Commitments kept after the day they were first due.
    KeptLate: "kept_late", "After first date", Some(false), |it| Some(it.kept_late());
    /// Those among them that had been moved to a later day.
    KeptAfterMoving: "kept_after_moving", "After moving", Some(false),
        |it| Some(it.kept_after_moving);
    /// Commitments that had a first day to keep.
    FirstDates: "first_dates", "With a first date", None, |it| Some(it.first_dates);
    /// The share of these that were kept by that day, in per cent.
    FirstDateRate: "first_date_rate", "First dates", Some(true),
        |it| it.first_date_rate().percent();
    /// Practices done, each once per week.
    PracticesDone: "practices_done", "Practices done", Some(true),
        |it| Some(it.practices_done().part);
    /// Practices that the weeks asked for, each once per week.
    PracticesAsked: "practices_asked", "Practices asked", None,
        |it| Some(it.practices_done().whole);
    /// Weeks that have begun and were not off, from the first one with an entry.
    Weeks: "weeks", "Weeks", None, |it| Some(it.weeks.len());
    /// Weeks that were off.
    WeeksOff: "weeks_off", "Weeks off", None, |it| Some(it.weeks_off);
    /// Weeks in which every practice of the walk was done.
    FullWeeks: "full_weeks", "Full weeks", Some(true), |it| Some(it.full_weeks());
    /// Items that reached the stage that counts in the twelve boxes.
    ProblemsSolved: "problems_solved", "Problems solved", Some(true), |it| Some(it.problems_solved);
    /// People who were helped.
    PeopleHelped: "people_helped", "People helped", Some(true), |it| Some(it.people_helped());
}

impl Figure {
    /// Whether it is a share in per cent.
    pub fn is_rate(self) -> bool {
        matches!(self, Self::KeptRate | Self::FirstDateRate)
    }
}
