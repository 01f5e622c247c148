//! New ids: UUIDs of version 7 (RFC 9562), each greater than those before it.
//!
//! Knows nothing of the clock; the time is passed in.

use std::ops::Range;

use uuid::{NoContext, Timestamp, Uuid};

use crate::calendar::Now;
use crate::journal::Id;

/// How many milliseconds ahead an existing id may be for the next one to be put after it.
const REACH: u64 = 60_000;

/// Makes ids for one save.
#[derive(Debug)]
pub(super) struct IdGenerator {
    /// The millisecond that the next id will contain.
    next: u64,
}

impl IdGenerator {
    /// Ids for what is made at `now`. They sort after those of the same moment: after the last of
    /// the `known` ones, which are in order, and after all of the `others`.
    ///
    /// The time is known to the second only, so its milliseconds are free to count what was made
    /// within it, in this save or an earlier one; otherwise the order would be random.
    pub(super) fn new<'a>(
        now: Now,
        known: impl DoubleEndedIterator<Item = &'a Id>,
        others: impl Iterator<Item = &'a Id>,
    ) -> Self {
        let start = start(now);
        let within = |id| millisecond(id).filter(|taken| (start..start + REACH).contains(taken));
        let last = known.rev().find_map(within);
        let taken = others.filter_map(within).chain(last).max();
        Self {
            next: taken.map_or(start, |taken| taken + 1),
        }
    }

    /// The range of ids that matter for what is made at `now`: those that begin with the
    /// milliseconds within reach, as a UUID of version 7 begins with its time.
    pub(super) fn recent_range(now: Now) -> Range<Id> {
        let start = start(now);
        let at = |millis: u64| Id::new(format!("{:08x}-{:04x}", millis >> 16, millis & 0xffff));
        at(start)..at(start + REACH)
    }

    /// The next id.
    pub(super) fn id(&mut self) -> Id {
        let nanoseconds = u32::try_from(self.next % 1000 * 1_000_000).unwrap_or(0);
        let moment = Timestamp::from_unix(NoContext, self.next / 1000, nanoseconds);
        self.next += 1;
        Id::new(Uuid::new_v7(moment).hyphenated().to_string())
    }
}

fn start(now: Now) -> u64 {
    u64::try_from(now.timestamp().timestamp()).unwrap_or(0) * 1000
}

fn millisecond(id: &Id) -> Option<u64> {
    let uuid = Uuid::parse_str(id.as_str()).ok()?;
    let (seconds, nanoseconds) = uuid.get_timestamp()?.to_unix();
    Some(seconds * 1000 + u64::from(nanoseconds) / 1_000_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_sort_in_the_order_they_were_made_in() {
        let now = Now::new("2026-11-24T09:15:02+01:00".parse().expect("an instant"));
        let mut known: Vec<Id> = Vec::new();
        for _ in 0..3 {
            let mut generator = IdGenerator::new(now, known.iter(), [].iter());
            let made: Vec<Id> = (0..700).map(|_| generator.id()).collect();
            known.extend(made);
        }
        assert!(known.is_sorted());
        assert!(
            known[0].as_str().starts_with("01a20c9f-6370-7"),
            "{}",
            known[0]
        );
        let reach = IdGenerator::recent_range(now);
        assert!(known.iter().all(|id| reach.contains(id)));
        assert!(!reach.contains(&Id::new("01a20c9f-636f-7fff-8000-000000000000")));
        assert!(!reach.contains(&Id::new("01a20ca0-4dd0-7000-8000-000000000000")));
    }
}
