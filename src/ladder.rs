//! A career ladder: levels, areas, and what is expected in each. The user's file, parsed and checked.
//!
//! A ladder is data, as practices are: nothing here knows one by name. A file with a mistake is not
//! used, and every mistake is reported with its line. Knows no disk and no journal; what stands as
//! evidence for an expectation is elsewhere.

mod example;
mod parse;
mod write;

pub use example::{EXAMPLES, Example};
pub use parse::parse;
pub use write::to_toml;

use crate::practice::{Catalog, Practice, Register};
use crate::user_file::FileError;

/// The source of an expectation that is not a practice or a list: kept commitments.
pub const COMMITMENTS: &str = "commitments";

/// The user's ladder, if there is one, or every mistake in its file.
pub type UserLadder = Result<Option<Ladder>, Vec<FileError>>;

/// What is expected, level by level and area by area.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Ladder {
    pub name: String,
    /// The id of the level the user is on, if the file says it.
    pub now: Option<String>,
    /// The id of the level the user wants to reach, if the file says it.
    pub next: Option<String>,
    /// Lowest first.
    pub levels: Vec<Named>,
    /// What expectations are about.
    pub areas: Vec<Named>,
    /// In the order of the file.
    pub expectations: Vec<Expectation>,
}

/// A level or an area.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Named {
    pub id: String,
    pub name: String,
}

/// One thing expected in an area on a level.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Expectation {
    /// Written by the user; entries are tied to it, so it should never change.
    pub id: String,
    /// The id of its level.
    pub level: String,
    /// The id of its area.
    pub area: String,
    pub text: String,
    /// The lists and practices whose evidence is proposed for it, by id, or [`COMMITMENTS`].
    pub from: Vec<String>,
}

impl Ladder {
    /// The level whose expectations count: the next one, or the one above the present one, or the
    /// lowest. `None` without a level, which no parsed ladder is.
    pub fn target(&self) -> Option<&Named> {
        if let Some(next) = &self.next {
            return self.level(next);
        }
        let present = |now: &String| self.levels.iter().position(|level| level.id == *now);
        match self.now.as_ref().and_then(present) {
            Some(at) => self.levels.get(at + 1).or(self.levels.get(at)),
            None => self.levels.first(),
        }
    }

    pub fn level(&self, id: &str) -> Option<&Named> {
        self.levels.iter().find(|level| level.id == id)
    }

    pub fn area(&self, id: &str) -> Option<&Named> {
        self.areas.iter().find(|area| area.id == id)
    }

    pub fn expectation(&self, id: &str) -> Option<&Expectation> {
        self.expectations.iter().find(|it| it.id == id)
    }
}

impl Expectation {
    /// Whether evidence of a list is proposed for it.
    pub fn takes_register(
        &self,
        register: &Register,
        practice: &Practice,
        catalog: &Catalog,
    ) -> bool {
        self.from.iter().any(|id| {
            // A list goes before a practice that has its id.
            *id == register.id || (*id == practice.id && catalog.register(id).is_none())
        })
    }

    /// Whether kept commitments are proposed for it.
    pub fn takes_commitments(&self) -> bool {
        self.from.iter().any(|id| id == COMMITMENTS)
    }
}

#[cfg(test)]
mod tests;
