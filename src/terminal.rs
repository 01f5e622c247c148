//! A stand-in for the screens until they are merged.

use std::path::PathBuf;

use crate::calendar::Now;
use crate::failure::{Failure, Kind};
use crate::practice::Catalog;

/// What a session at the terminal starts from.
#[derive(Debug)]
pub struct Session {
    /// The journal file.
    pub journal: PathBuf,
    /// The practices.
    pub catalog: Catalog,
    /// Where the time comes from.
    pub clock: Clock,
    /// The screen to open first, by name; Home when none.
    pub open: Option<String>,
    /// What the environment says about the terminal.
    pub environment: Environment,
}

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
}

/// The variables of the environment that concern the screen, as the edge found them.
#[derive(Clone, Debug, Default)]
pub struct Environment {
    /// `TERM`.
    pub term: Option<String>,
    /// Whether `NO_COLOR` is set to something.
    pub no_color: bool,
    /// `COLORTERM`.
    pub colorterm: Option<String>,
    /// `COLORFGBG`, which some terminals set to their colours: `15;0`.
    pub colorfgbg: Option<String>,
    /// What the user asked for: `light` or `dark`.
    pub theme: Option<String>,
}

/// Opens the screens and returns when the user leaves them.
///
/// # Errors
/// When this is not a terminal.
pub fn run(session: Session) -> Result<(), Failure> {
    drop(session);
    Err(Failure::new(
        Kind::Usage,
        "the screens need a terminal, and this is none that can show them",
    )
    .hint("`leadby status`, `leadby list` and `leadby commit TEXT --by fri` work without one"))
}
