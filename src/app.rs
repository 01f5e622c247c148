//! The model, what happens to it, and the key table. No drawing, no I/O, no clock.

mod effect;
mod msg;

pub use effect::Effect;
pub use msg::Msg;

use crate::calendar::Now;
use crate::journal::Journal;
use crate::practice::Catalog;
use crate::store::Draft;

/// Everything the program knows while it runs.
#[derive(Debug)]
pub struct Model {
    setup: Setup,
}

/// What the program starts with.
#[derive(Debug)]
pub struct Setup {
    /// The present moment.
    pub now: Now,
    /// The practices.
    pub catalog: Catalog,
    /// The journal as read.
    pub journal: Journal,
    /// How many lines of the file were not understood or were changed outside.
    pub findings: usize,
    /// Where the journal lies, for the user's eyes.
    pub path: String,
    /// Words that were being typed when the program was killed.
    pub draft: Option<Draft>,
    /// The place the user left.
    pub place: Option<Draft>,
    /// The screen to open first, by name; Home when none.
    pub open: Option<String>,
}

impl Model {
    /// The model at start.
    #[must_use]
    pub fn new(setup: Setup) -> Self {
        Self { setup }
    }

    /// The journal as it now stands.
    #[must_use]
    pub fn journal(&self) -> &Journal {
        &self.setup.journal
    }

    /// The present moment, as last told.
    #[must_use]
    pub fn now(&self) -> Now {
        self.setup.now
    }

    /// What is being typed and not saved; none when everything is.
    #[must_use]
    pub fn draft(&self) -> Option<Draft> {
        None
    }

    /// The place to come back to; none when there is none.
    #[must_use]
    pub fn place(&self) -> Option<Draft> {
        None
    }
}

/// What follows from `msg`: the changed model, and things to be done outside.
pub fn update(model: &mut Model, msg: Msg) -> Vec<Effect> {
    let _ = (model, msg);
    vec![Effect::Quit]
}
