//! The days that are off: which they are, which weeks and months they fill, and what is due then.
//!
//! A list of the practices says that it is about days off; knows it by that alone. One rule for all
//! that asks or counts: a day that is off asks nothing, and a week or month whose working days are
//! all off counts nowhere.

use chrono::{Datelike, NaiveDate, Weekday};

use super::{Commitment, Journal};
use crate::calendar::{Month, Week};
use crate::practice::{Catalog, OffFields};

#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct OffDays {
    /// First and last days, the earliest first.
    ranges: Vec<(NaiveDate, NaiveDate)>,
}

impl OffDays {
    /// Those that a journal says are off.
    pub fn of(journal: &Journal, catalog: &Catalog) -> Self {
        let Some((register, fields)) = catalog.off() else {
            return Self::default();
        };
        let mut ranges: Vec<(NaiveDate, NaiveDate)> = journal
            .dated_items(&register.id)
            .filter_map(|(_, days, _)| off_range(fields, |field| days.day(field)))
            .collect();
        ranges.sort_unstable();
        Self { ranges }
    }

    /// Whether nothing is asked on a day: it is off, or a weekend after a Friday that is.
    pub fn is_off(&self, day: NaiveDate) -> bool {
        self.is_marked(day) || (is_weekend(day) && self.is_marked(Week::of(day).friday()))
    }

    /// Whether all working days of a week are off, Monday to Friday.
    pub fn is_week_off(&self, week: Week) -> bool {
        let mut days = week.monday().iter_days().take(5);
        !self.ranges.is_empty() && days.all(|day| self.is_marked(day))
    }

    /// Whether all working days of a month are off.
    pub fn is_month_off(&self, month: Month) -> bool {
        let days = month.first().iter_days();
        let mut days = days.take_while(|day| *day <= month.last());
        !self.ranges.is_empty() && days.all(|day| is_weekend(day) || self.is_marked(day))
    }

    /// The first day from `day` on that is not off: what is due on a day off is due then.
    pub fn first_day_back(&self, day: NaiveDate) -> NaiveDate {
        let mut back = day;
        while self.is_off(back) {
            let last = self.ranges.iter().filter(|range| is_within(**range, back));
            let last = last.map(|(_, last)| *last).max().unwrap_or(back);
            match last.succ_opt() {
                Some(next) => back = next,
                None => return last,
            }
        }
        back
    }

    /// Whether a commitment is due today, or was before.
    pub fn is_due(&self, commitment: &Commitment, today: NaiveDate) -> bool {
        self.days_over(commitment, today).is_some()
    }

    /// Whether the day a commitment is due is over.
    pub fn is_overdue(&self, commitment: &Commitment, today: NaiveDate) -> bool {
        self.days_over(commitment, today) > Some(0)
    }

    /// The day a commitment is due: its own, or the first day back if that is off.
    pub fn due_day(&self, commitment: &Commitment) -> NaiveDate {
        self.first_day_back(commitment.due)
    }

    /// The day a commitment was first due, or the first day back if that is off.
    pub fn first_due_day(&self, commitment: &Commitment) -> NaiveDate {
        self.first_day_back(commitment.first_due())
    }

    /// How many days ago a commitment that is due was due: 0 on [the day it is](Self::due_day). `None`
    /// if it is not due yet, and on a day off.
    pub fn days_over(&self, commitment: &Commitment, today: NaiveDate) -> Option<usize> {
        if self.is_off(today) {
            return None;
        }
        usize::try_from((today - self.due_day(commitment)).num_days()).ok()
    }

    /// Whether a day itself is marked as off.
    pub fn is_marked(&self, day: NaiveDate) -> bool {
        self.ranges.iter().any(|range| is_within(*range, day))
    }
}

/// The first and the last day of an item of days off, in this order. One without a last day is about
/// its first one.
pub(super) fn off_range(
    fields: &OffFields,
    day: impl Fn(&str) -> Option<NaiveDate>,
) -> Option<(NaiveDate, NaiveDate)> {
    let from = day(&fields.from)?;
    let to = day(&fields.to).unwrap_or(from);
    Some((from.min(to), from.max(to)))
}

fn is_within((first, last): (NaiveDate, NaiveDate), day: NaiveDate) -> bool {
    (first..=last).contains(&day)
}

fn is_weekend(day: NaiveDate) -> bool {
    matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::samples::day;

    fn off(ranges: &[(&str, &str)]) -> OffDays {
        let ranges = ranges.iter().map(|(from, to)| (day(from), day(to)));
        OffDays {
            ranges: ranges.collect(),
        }
    }

    fn due(on: &str) -> Commitment {
        Commitment::new("x", day("2026-07-01"), day(on))
    }

    #[test]
    fn a_week_or_month_is_off_when_its_working_days_are() {
        let week = |text: &str| text.parse::<Week>().expect("a week");
        let summer = off(&[("2026-08-03", "2026-08-14"), ("2026-08-17", "2026-08-20")]);
        assert!(summer.is_week_off(week("2026-W32")) && summer.is_week_off(week("2026-W33")));
        assert!(!summer.is_week_off(week("2026-W34")) && !summer.is_week_off(week("2026-W31")));
        let month = Month::of(day("2026-08-01"));
        assert!(!summer.is_month_off(month));
        // The first and last weekend of August need not be marked.
        assert!(off(&[("2026-08-03", "2026-08-31")]).is_month_off(month));
        assert!(!OffDays::default().is_week_off(week("2026-W32")));
    }

    #[test]
    fn what_is_due_on_a_day_off_is_due_on_the_first_day_back() {
        let summer = off(&[("2026-08-03", "2026-08-14"), ("2026-08-17", "2026-08-17")]);
        for (on, back) in [
            ("2026-07-31", "2026-07-31"),
            ("2026-08-03", "2026-08-18"),
            ("2026-08-15", "2026-08-18"),
            ("2026-08-18", "2026-08-18"),
        ] {
            assert_eq!(summer.first_day_back(day(on)), day(back), "{on}");
        }
        let (before, during) = (due("2026-07-31"), due("2026-08-07"));
        let is = |commitment, today| {
            let today = day(today);
            let is_due = summer.is_due(commitment, today);
            (is_due, summer.is_overdue(commitment, today))
        };
        assert_eq!(is(&before, "2026-07-31"), (true, false));
        assert_eq!(is(&before, "2026-08-01"), (true, true));
        assert_eq!(is(&before, "2026-08-03"), (false, false));
        assert_eq!(is(&during, "2026-08-16"), (false, false));
        assert_eq!(is(&during, "2026-08-18"), (true, false));
        assert_eq!(is(&before, "2026-08-18"), (true, true));
        assert_eq!(is(&during, "2026-08-19"), (true, true));
        let over = |today| summer.days_over(&during, day(today));
        assert_eq!(over("2026-08-16"), None);
        assert_eq!(over("2026-08-18"), Some(0));
        assert_eq!(over("2026-08-19"), Some(1));
        let forever = off(&[("2026-08-03", "9999-12-31")]);
        assert!(!forever.is_due(&during, day("2030-01-01")));
    }
}
