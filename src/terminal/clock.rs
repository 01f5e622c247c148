//! The clock on the wall, or one that stands still.
//!
//! The only place that asks the machine for the time; everybody else is told.

use crate::calendar::Now;

/// Where the present moment comes from.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    fixed: Option<Now>,
}

impl Clock {
    /// A clock that stands still, for tests, demos and pictures.
    #[must_use]
    pub fn fixed(now: Now) -> Self {
        Self { fixed: Some(now) }
    }

    /// The machine's clock, in its time zone.
    #[must_use]
    pub fn real() -> Self {
        Self { fixed: None }
    }

    /// The present moment.
    #[must_use]
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the edge at which the clock is read"
    )]
    pub fn now(&self) -> Now {
        self.fixed
            .unwrap_or_else(|| Now::new(chrono::Local::now().fixed_offset()))
    }

    /// Whether time passes on it.
    #[must_use]
    pub fn runs(&self) -> bool {
        self.fixed.is_none()
    }
}
