//! Items of one register with days in the same fields, counted by day: how many reached a stage in
//! a month, and since when the oldest is open, without reading each item.
//!
//! Knows no register: not which field is a stage, nor which stage ends an item.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use chrono::NaiveDate;

use super::{DayCounts, ItemDates, Update, update_at, update_count};
use crate::calendar::Timestamp;

/// Items with days in the same fields.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct DateCounts {
    /// The days they were first written on.
    written: DayCounts,
    /// The days in them, by field.
    by_field: BTreeMap<Box<str>, DayCounts>,
}

impl DateCounts {
    /// Whether they have a day in `field`; then each of them does.
    pub fn has_field(&self, field: &str) -> bool {
        self.by_field.contains_key(field)
    }

    /// Whether one of them has a day after `today`.
    pub fn has_future_day(&self, today: NaiveDate) -> bool {
        let mut all = self.by_field.values().chain([&self.written]);
        all.any(|counts| counts.last_key_value().is_some_and(|(day, _)| today < *day))
    }

    /// The earliest day in `field`.
    pub fn earliest(&self, field: &str) -> Option<NaiveDate> {
        let (day, _) = self.by_field.get(field)?.first_key_value()?;
        Some(*day)
    }

    /// The day the first of them was written.
    pub fn earliest_written(&self) -> Option<NaiveDate> {
        let (day, _) = self.written.first_key_value()?;
        Some(*day)
    }

    /// How many of them have one of `days` in `field`.
    pub fn count_in_field(&self, field: &str, days: &RangeInclusive<NaiveDate>) -> usize {
        let counts = self.by_field.get(field);
        counts.map_or(0, |counts| sum_within(counts, days))
    }

    /// How many of them were first written on one of `days`.
    pub fn count_written(&self, days: &RangeInclusive<NaiveDate>) -> usize {
        sum_within(&self.written, days)
    }

    pub(super) fn update(&mut self, days: &ItemDates, first: Timestamp, update: Update) {
        update_count(&mut self.written, first.date_naive(), update);
        for (field, day) in &days.0 {
            update_at(&mut self.by_field, &**field, update, |counts| {
                update_count(counts, *day, update);
            });
        }
    }
}

/// The sum of the counts of `days`; 0 if they end before they begin.
fn sum_within(counts: &DayCounts, days: &RangeInclusive<NaiveDate>) -> usize {
    if days.is_empty() {
        return 0;
    }
    counts.range(days.clone()).map(|(_, count)| count).sum()
}
