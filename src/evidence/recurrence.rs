//! The days of a repeating event (RFC 5545, section 3.3.10), within some days only.
//!
//! Works on whole days, as an event is shown on its day: a rule that repeats within a day, or by
//! numbers of weeks or of days in the year, is not understood. Knows no calendar file and no time
//! zone.

use std::ops::RangeInclusive;

use chrono::{Datelike, Days, Months, NaiveDate, NaiveDateTime, NaiveTime, Weekday};

/// How often an event repeats.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Rule {
    frequency: Frequency,
    interval: u32,
    count: Option<u32>,
    /// The last moment it may begin, in the zone of the event.
    until: Option<NaiveDateTime>,
    by_month: Vec<u32>,
    by_month_day: Vec<i32>,
    by_day: Vec<WeekdayNumber>,
    by_position: Vec<i32>,
    week_start: Weekday,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Frequency {
    Daily,
    Weekly,
    Monthly,
    Yearly,
}

/// "FR", "1FR" or "-1FR": 0 is each of them.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
struct WeekdayNumber {
    number: i32,
    weekday: Weekday,
}

/// When a repeating event first is, in its own zone.
#[derive(Clone, Copy, Debug)]
pub(super) struct Start {
    pub(super) day: NaiveDate,
    /// Midnight for one about whole days.
    pub(super) time: NaiveTime,
}

impl Rule {
    /// The rule of an `RRULE`; `until` reads a day or a time as the last moment in the zone of the
    /// event. `None` if it is not understood.
    pub(super) fn parse(
        value: &str,
        until: impl Fn(&str) -> Option<NaiveDateTime>,
    ) -> Option<Self> {
        let mut frequency = None;
        let mut rule = Self {
            frequency: Frequency::Daily,
            interval: 1,
            count: None,
            until: None,
            by_month: Vec::new(),
            by_month_day: Vec::new(),
            by_day: Vec::new(),
            by_position: Vec::new(),
            week_start: Weekday::Mon,
        };
        for part in value.trim().split(';').filter(|part| !part.is_empty()) {
            let (name, value) = part.split_once('=')?;
            match name.trim().to_ascii_uppercase().as_str() {
                "FREQ" => frequency = Some(Frequency::parse(value)?),
                "INTERVAL" => rule.interval = value.trim().parse().ok().filter(|it| *it > 0)?,
                "COUNT" => rule.count = Some(value.trim().parse().ok()?),
                "UNTIL" => rule.until = Some(until(value)?),
                "BYMONTH" => rule.by_month = numbers(value, 1..=12)?,
                "BYMONTHDAY" => rule.by_month_day = numbers(value, -31..=31)?,
                "BYDAY" => rule.by_day = weekday_numbers(value)?,
                "BYSETPOS" => rule.by_position = numbers(value, -366..=366)?,
                "WKST" => rule.week_start = weekday(value)?,
                _ => return None,
            }
        }
        rule.frequency = frequency?;
        let is_ordinal = rule.by_day.iter().any(|it| it.number != 0);
        let takes_ordinals = matches!(rule.frequency, Frequency::Monthly | Frequency::Yearly);
        (takes_ordinals || !is_ordinal).then_some(rule)
    }

    /// The days in `wanted` on which it begins, in order. The first is always the start. `None` if
    /// more than `budget` days have to be looked at, which are taken from it.
    pub(super) fn days_in(
        &self,
        start: Start,
        wanted: &RangeInclusive<NaiveDate>,
        budget: &mut usize,
    ) -> Option<Vec<NaiveDate>> {
        let mut days = Vec::new();
        let mut left = self.count.map_or(u32::MAX, |count| count.max(1));
        let mut add = |day: NaiveDate| {
            if self
                .until
                .is_some_and(|until| day.and_time(start.time) > until)
                || left == 0
            {
                return false;
            }
            if self.count.is_some() {
                left -= 1;
            }
            if wanted.contains(&day) {
                days.push(day);
            }
            true
        };
        // The start counts, even if the rule would not name it.
        let mut goes_on = add(start.day);
        let mut number = match self.count {
            // What was before is counted one by one.
            Some(_) => 0,
            None => self.first_period(start.day, *wanted.start()),
        };
        while goes_on {
            let Some(period) = self.period(start.day, number) else {
                break;
            };
            *budget = budget.checked_sub(self.length_of(period))?;
            if period > *wanted.end() {
                break;
            }
            for day in self.days_of(period, start.day) {
                goes_on &= day <= start.day || add(day);
            }
            number += 1;
        }
        days.sort_unstable();
        Some(days)
    }

    /// The number of a period that begins before `day`, and not long before.
    fn first_period(&self, start: NaiveDate, day: NaiveDate) -> u32 {
        let days = u32::try_from((day - start).num_days()).unwrap_or(0);
        let length = match self.frequency {
            Frequency::Daily => 1,
            Frequency::Weekly => 7,
            // Never more periods than there were.
            Frequency::Monthly => 31,
            Frequency::Yearly => 366,
        };
        (days / length / self.interval).saturating_sub(1)
    }

    /// The first day of a period: a day, a week, a month or a year.
    fn period(&self, start: NaiveDate, number: u32) -> Option<NaiveDate> {
        let steps = number.checked_mul(self.interval)?;
        match self.frequency {
            Frequency::Daily => start.checked_add_days(Days::new(steps.into())),
            Frequency::Weekly => {
                let since = start.weekday().days_since(self.week_start);
                let first = start.checked_sub_days(Days::new(since.into()))?;
                first.checked_add_days(Days::new(u64::from(steps) * 7))
            }
            Frequency::Monthly => start.with_day(1)?.checked_add_months(Months::new(steps)),
            Frequency::Yearly => {
                let year = start.year().checked_add(i32::try_from(steps).ok()?)?;
                NaiveDate::from_ymd_opt(year, 1, 1)
            }
        }
    }

    /// The days of the period that begins on `first`, in order.
    fn days_of(&self, first: NaiveDate, start: NaiveDate) -> Vec<NaiveDate> {
        let days = first.iter_days().take(self.length_of(first));
        let days: Vec<NaiveDate> = days.filter(|day| self.names(*day, start)).collect();
        if self.by_position.is_empty() {
            return days;
        }
        let (last, mut chosen) = (days.len(), Vec::new());
        for (at, day) in days.into_iter().enumerate() {
            let from_start = i32::try_from(at + 1).ok();
            let from_end = i32::try_from(last - at).ok().map(|it| -it);
            let is_it =
                |position: &i32| Some(*position) == from_start || Some(*position) == from_end;
            if self.by_position.iter().any(is_it) {
                chosen.push(day);
            }
        }
        chosen
    }

    /// Whether the rule names this day of a period.
    fn names(&self, day: NaiveDate, start: NaiveDate) -> bool {
        match self.frequency {
            Frequency::Daily => {
                self.is_of_month(day) && self.is_of_month_day(day) && self.is_of_weekday(day)
            }
            Frequency::Weekly if self.by_day.is_empty() => {
                self.is_of_month(day) && day.weekday() == start.weekday()
            }
            Frequency::Weekly => self.is_of_month(day) && self.is_of_weekday(day),
            Frequency::Monthly | Frequency::Yearly => self.is_in_month_or_year(day, start),
        }
    }

    fn length_of(&self, first: NaiveDate) -> usize {
        match self.frequency {
            Frequency::Daily => 1,
            Frequency::Weekly => 7,
            Frequency::Monthly => usize::from(first.num_days_in_month()),
            Frequency::Yearly if first.leap_year() => 366,
            Frequency::Yearly => 365,
        }
    }

    fn is_in_month_or_year(&self, day: NaiveDate, start: NaiveDate) -> bool {
        let is_yearly = self.frequency == Frequency::Yearly;
        let has_days = !self.by_month_day.is_empty() || !self.by_day.is_empty();
        // Without a month, a year repeats in the month of its start, unless its days are said.
        let has_default_month = is_yearly && self.by_month.is_empty() && !has_days;
        if !self.is_of_month(day) || (has_default_month && day.month() != start.month()) {
            return false;
        }
        if !has_days {
            return day.day() == start.day();
        }
        if !self.by_month_day.is_empty() {
            return self.is_of_month_day(day) && self.is_of_weekday(day);
        }
        let (at, length) = if is_yearly && self.by_month.is_empty() {
            (day.ordinal0(), if day.leap_year() { 366 } else { 365 })
        } else {
            (day.day0(), u32::from(day.num_days_in_month()))
        };
        let from_start = i32::try_from(at / 7 + 1).unwrap_or(0);
        let from_end = -i32::try_from((length - 1 - at) / 7 + 1).unwrap_or(0);
        self.by_day.iter().any(|wanted| {
            let is_number = [0, from_start, from_end].contains(&wanted.number);
            wanted.weekday == day.weekday() && is_number
        })
    }

    fn is_of_month(&self, day: NaiveDate) -> bool {
        self.by_month.is_empty() || self.by_month.contains(&day.month())
    }

    fn is_of_month_day(&self, day: NaiveDate) -> bool {
        let from_start = i32::try_from(day.day()).unwrap_or(0);
        let from_end = from_start - 1 - i32::from(day.num_days_in_month());
        let is_it = |wanted: &i32| *wanted == from_start || *wanted == from_end;
        self.by_month_day.is_empty() || self.by_month_day.iter().any(is_it)
    }

    fn is_of_weekday(&self, day: NaiveDate) -> bool {
        let is_it = |wanted: &WeekdayNumber| wanted.weekday == day.weekday();
        self.by_day.is_empty() || self.by_day.iter().any(is_it)
    }
}

impl Frequency {
    fn parse(value: &str) -> Option<Self> {
        match value.trim().to_ascii_uppercase().as_str() {
            "DAILY" => Some(Self::Daily),
            "WEEKLY" => Some(Self::Weekly),
            "MONTHLY" => Some(Self::Monthly),
            "YEARLY" => Some(Self::Yearly),
            _ => None,
        }
    }
}

/// Numbers with commas between them, each in `range` and none of them 0.
fn numbers<T>(value: &str, range: RangeInclusive<T>) -> Option<Vec<T>>
where
    T: std::str::FromStr + PartialOrd + Default,
{
    let number = |text: &str| {
        let number: T = text.trim().parse().ok()?;
        (range.contains(&number) && number != T::default()).then_some(number)
    };
    value.split(',').map(number).collect()
}

fn weekday_numbers(value: &str) -> Option<Vec<WeekdayNumber>> {
    value.split(',').map(weekday_number).collect()
}

fn weekday_number(value: &str) -> Option<WeekdayNumber> {
    let value = value.trim();
    let (number, name) = value.split_at_checked(value.len().checked_sub(2)?)?;
    Some(WeekdayNumber {
        number: match number {
            "" => 0,
            number => number
                .parse()
                .ok()
                .filter(|it: &i32| (1..=53).contains(&it.abs()))?,
        },
        weekday: weekday(name)?,
    })
}

fn weekday(name: &str) -> Option<Weekday> {
    Some(match name.trim().to_ascii_uppercase().as_str() {
        "MO" => Weekday::Mon,
        "TU" => Weekday::Tue,
        "WE" => Weekday::Wed,
        "TH" => Weekday::Thu,
        "FR" => Weekday::Fri,
        "SA" => Weekday::Sat,
        "SU" => Weekday::Sun,
        _ => return None,
    })
}

#[cfg(test)]
mod tests;
