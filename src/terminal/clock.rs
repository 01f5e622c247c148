//! The system clock, a fixed one, or any other.
//!
//! The only place that reads the system time; all other code gets it passed in.

use crate::calendar::{DueDay, Now};

#[derive(Clone, Copy, Debug)]
pub struct Clock {
    source: ClockSource,
    due_day: DueDay,
}

#[derive(Clone, Copy, Debug)]
enum ClockSource {
    Still(Now),
    Running(fn() -> Now),
}

impl Clock {
    /// A fixed clock, for tests, demos and screenshots.
    pub fn fixed(now: Now) -> Self {
        Self {
            source: ClockSource::Still(now),
            due_day: now.due_day(),
        }
    }

    /// The system clock, in its time zone.
    pub fn real() -> Self {
        Self::read_with(machine)
    }

    /// A running clock that is read in another way.
    pub fn read_with(read: fn() -> Now) -> Self {
        Self {
            source: ClockSource::Running(read),
            due_day: DueDay::default(),
        }
    }

    /// With this due day in every moment it gives.
    pub fn with_due_day(self, due_day: DueDay) -> Self {
        Self { due_day, ..self }
    }

    pub fn now(&self) -> Now {
        let now = match self.source {
            ClockSource::Still(now) => now,
            ClockSource::Running(read) => read(),
        };
        now.with_due_day(self.due_day)
    }

    /// Whether time passes on this clock.
    pub fn is_running(&self) -> bool {
        matches!(self.source, ClockSource::Running(_))
    }
}

/// The Unix time of the system clock, which also sets the times of files, even while the program is
/// given another time.
pub fn system_seconds() -> i64 {
    machine().timestamp().timestamp()
}

#[expect(
    clippy::disallowed_methods,
    reason = "this is the edge at which the clock is read"
)]
fn machine() -> Now {
    Now::new(chrono::Local::now().fixed_offset())
}
