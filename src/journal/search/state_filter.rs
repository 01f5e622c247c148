//! The filters by state: open, done or overdue, in a state, or due on some day.

use std::ops::RangeInclusive;

use chrono::NaiveDate;

use super::matcher::bare;
use crate::calendar::{DayError, Now, parse_days};
use crate::journal::{Body, CommitmentOutcome, Entry, Journal, OffDays, stage_label, stage_of};
use crate::practice::Catalog;

#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum StateFilter {
    /// A commitment without an outcome, or an item before the last stage of its list.
    Open,
    /// A commitment that was kept, missed or let go, or an item in the last stage of its list.
    Done,
    /// A commitment whose day is over on this one.
    Overdue(NaiveDate),
    /// In a state, or a stage or before the first one, that begins like this.
    State(String),
    /// A commitment that is due on one of these days.
    Due(RangeInclusive<NaiveDate>),
}

impl StateFilter {
    /// What `is:` takes.
    pub(super) const NAMES: [&str; 3] = ["open", "done", "overdue"];

    pub(super) fn named(value: &str, now: Now) -> Result<Self, String> {
        match bare(value).as_str() {
            "open" => Ok(Self::Open),
            "done" => Ok(Self::Done),
            "overdue" => Ok(Self::Overdue(now.today())),
            _ => Err(format!("is: takes {}", Self::NAMES.join(", "))),
        }
    }

    pub(super) fn in_state(value: &str, catalog: &Catalog, now: Now) -> Result<Self, String> {
        let begun = name(value);
        if begun == "overdue" {
            return Ok(Self::Overdue(now.today()));
        }
        let states = Self::states(catalog);
        if !states.iter().any(|state| name(state).starts_with(&begun)) {
            let message = format!(
                "no state called “{value}”; state: takes {}",
                states.join(", ")
            );
            return Err(message);
        }
        Ok(Self::State(begun))
    }

    pub(super) fn due(value: &str, now: Now) -> Result<Self, String> {
        let days = parse_days(value, now).map_err(|error| match error {
            DayError::NotADay(..) => {
                "due: takes a day or more, like fri, next-week, 4-Dec or 2026-12".to_owned()
            }
            other => other.to_string(),
        });
        days.map(Self::Due)
    }

    /// The states that an entry can be in, by the names that lists show.
    pub(super) fn states(catalog: &Catalog) -> Vec<String> {
        let outcomes = CommitmentOutcome::ALL.map(CommitmentOutcome::name);
        let registers = catalog.registers();
        let stages = registers.flat_map(|register| {
            let stages = register.stages.iter().map(|stage| stage.name.as_str());
            let unstaged = Some(register.unstaged.as_str()).filter(|name| !name.is_empty());
            unstaged.into_iter().chain(stages)
        });
        let mut states: Vec<String> = Vec::new();
        for state in ["open"].into_iter().chain(outcomes).chain(stages) {
            if !states.iter().any(|it| name(it).starts_with(&name(state))) {
                states.push(state.replace(' ', "-"));
            }
        }
        states
    }

    /// Whether `entry` stands so.
    pub(super) fn is_of(&self, entry: &Entry, journal: &Journal, catalog: &Catalog) -> bool {
        match &entry.body {
            Body::Commitment(commitment) => match self {
                Self::Open => commitment.is_open(),
                Self::Done => !commitment.is_open(),
                Self::Overdue(today) => {
                    let is_late = commitment.is_open() && commitment.due < *today;
                    is_late && OffDays::of(journal, catalog).is_overdue(commitment, *today)
                }
                Self::State(begun) => {
                    let closing = commitment.closing.as_ref();
                    let state = closing.map_or("open", |closing| closing.how.name());
                    name(state).starts_with(begun)
                }
                Self::Due(days) => {
                    days.contains(&OffDays::of(journal, catalog).due_day(commitment))
                }
            },
            Body::Item(item) => {
                let Some(register) = catalog.register(&item.register) else {
                    return false;
                };
                let stage = stage_of(register, item);
                let ends = register.stages.iter().any(|stage| stage.closes);
                let is_over = stage.is_some_and(|stage| stage.closes);
                match self {
                    Self::Open => ends && !is_over,
                    Self::Done => is_over,
                    Self::State(begun) => {
                        let begins = |it: &str| name(it).starts_with(begun);
                        begins(stage_label(register, item))
                            || stage.is_some_and(|stage| begins(&stage.id))
                    }
                    Self::Overdue(_) | Self::Due(_) => false,
                }
            }
            _ => false,
        }
    }
}

/// A state as it is compared: `let-go` is `let go`.
fn name(text: &str) -> String {
    bare(&text.replace(['-', '_'], " "))
}
