//! The clock on the wall, one that stands still, or any other.
//!
//! The only place that asks the machine for the time; everybody else is told.

use crate::calendar::Now;

/// Where the present moment comes from.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    source: Source,
}

#[derive(Clone, Copy, Debug)]
enum Source {
    Still(Now),
    Running(fn() -> Now),
}

impl Clock {
    /// A clock that stands still, for tests, demos and pictures.
    #[must_use]
    pub fn fixed(now: Now) -> Self {
        Self {
            source: Source::Still(now),
        }
    }

    /// The machine's clock, in its time zone.
    #[must_use]
    pub fn real() -> Self {
        Self::read_with(machine)
    }

    /// A clock that is read in another way, on which time passes.
    #[must_use]
    pub fn read_with(read: fn() -> Now) -> Self {
        Self {
            source: Source::Running(read),
        }
    }

    /// The present moment.
    #[must_use]
    pub fn now(&self) -> Now {
        match self.source {
            Source::Still(now) => now,
            Source::Running(read) => read(),
        }
    }

    /// Whether time passes on it.
    #[must_use]
    pub fn runs(&self) -> bool {
        matches!(self.source, Source::Running(_))
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "this is the edge at which the clock is read"
)]
fn machine() -> Now {
    Now::new(chrono::Local::now().fixed_offset())
}
