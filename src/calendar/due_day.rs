//! The day by which something is led better: Friday, unless the user says another.

use chrono::{NaiveDate, Timelike, Weekday};

use super::day::weekday_in_full;
use super::{Now, Week};

/// A day of every week, and when on it the one of the next week begins to count.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct DueDay {
    pub weekday: Weekday,
    /// The hour from which the day of the next week is meant; 24 is the end of the day.
    pub until_hour: u32,
}

impl Default for DueDay {
    fn default() -> Self {
        Self {
            weekday: Weekday::Fri,
            until_hour: 12,
        }
    }
}

impl DueDay {
    /// "Friday".
    pub fn name(self) -> &'static str {
        weekday_in_full(self.weekday)
    }

    /// "By Friday", as a title.
    pub fn title(self) -> String {
        format!("By {}", self.name())
    }

    /// A text about Friday, about this day.
    pub fn named_in(self, text: &str) -> String {
        text.replace(Self::default().name(), self.name())
    }

    /// The day in this week.
    pub fn in_week(self, week: Week) -> NaiveDate {
        week.day(self.weekday)
    }

    /// The days to the next one, which may be today.
    pub fn days_left(self, today: NaiveDate) -> i64 {
        let days = |week| (self.in_week(week) - today).num_days();
        let week = Week::of(today);
        let this = days(week);
        if this < 0 { days(week.next()) } else { this }
    }

    /// "3 days to Friday".
    pub fn countdown(self, today: NaiveDate) -> String {
        let name = self.name();
        match self.days_left(today) {
            0 => format!("{name} is today"),
            1 => format!("1 day to {name}"),
            days => format!("{days} days to {name}"),
        }
    }
}

/// The day that "by Friday" means at `now`: this week's, or next week's from its hour on.
pub fn next_due_day(now: Now) -> NaiveDate {
    let due = now.due_day();
    let day = due.in_week(now.week());
    if now.today() < day || (now.today() == day && now.time().hour() < due.until_hour) {
        day
    } else {
        due.in_week(now.week().next())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(due: DueDay, at: &str, expected: &str) {
        let now = Now::new(at.parse().expect("an instant")).with_due_day(due);
        assert_eq!(next_due_day(now).to_string(), expected, "{at}");
    }

    #[test]
    fn the_way_to_the_next_one_is_said_every_day() {
        let check = |weekday, today: &str, expected: &str| {
            let due = DueDay {
                weekday,
                ..DueDay::default()
            };
            assert_eq!(
                due.countdown(today.parse().expect("a day")),
                expected,
                "{today}"
            );
        };
        check(Weekday::Fri, "2026-11-23", "4 days to Friday");
        check(Weekday::Fri, "2026-11-26", "1 day to Friday");
        check(Weekday::Fri, "2026-11-27", "Friday is today");
        check(Weekday::Fri, "2026-11-28", "6 days to Friday");
        check(Weekday::Mon, "2026-11-24", "6 days to Monday");
    }

    #[test]
    fn friday_turns_over_at_noon() {
        let friday = DueDay::default();
        check(friday, "2026-11-23T00:00:00+01:00", "2026-11-27");
        check(friday, "2026-11-27T11:59:59+01:00", "2026-11-27");
        check(friday, "2026-11-27T12:00:00+01:00", "2026-12-04");
        check(friday, "2026-11-29T23:59:59+01:00", "2026-12-04");
        check(friday, "2026-12-31T09:00:00+14:00", "2027-01-01");
        check(friday, "2027-01-02T09:00:00+05:45", "2027-01-08");
    }

    #[test]
    fn another_day_turns_over_at_its_own_hour() {
        let thursday = DueDay {
            weekday: Weekday::Thu,
            until_hour: 18,
        };
        check(thursday, "2026-11-26T17:59:59+01:00", "2026-11-26");
        check(thursday, "2026-11-26T18:00:00+01:00", "2026-12-03");
        check(thursday, "2026-11-27T09:00:00+01:00", "2026-12-03");
        let whole_sunday = DueDay {
            weekday: Weekday::Sun,
            until_hour: 24,
        };
        check(whole_sunday, "2026-11-29T23:59:59+01:00", "2026-11-29");
        check(whole_sunday, "2026-11-30T00:00:00+01:00", "2026-12-06");
        let from_monday = DueDay {
            weekday: Weekday::Mon,
            until_hour: 0,
        };
        check(from_monday, "2026-11-23T00:00:00+01:00", "2026-11-30");
    }
}
