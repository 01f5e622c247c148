//! Reads the sample's texts from `assets/sample/`, before they get their days.
//!
//! Knows the format of the three files, and neither the practices nor the journal.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::moment::Moment;

/// Everything in the sample.
pub(super) struct Seed {
    pub(super) sittings: Vec<Sitting>,
    /// Items by their register's id.
    pub(super) items: BTreeMap<String, Vec<Item>>,
    pub(super) commitments: Vec<Commitment>,
}

/// One session of writing.
#[derive(Deserialize)]
pub(super) struct Sitting {
    pub(super) at: Moment,
    /// Answers by practice and step.
    #[serde(flatten)]
    pub(super) answers: BTreeMap<String, BTreeMap<String, Said>>,
}

/// What was written or chosen.
#[derive(Clone, Deserialize)]
#[serde(untagged)]
pub(super) enum Said {
    Words(String),
    Several(Vec<String>),
}

/// An item with all its versions.
#[derive(Deserialize)]
pub(super) struct Item {
    /// The name that commitments refer to it by.
    pub(super) key: Option<String>,
    /// The preset of the practice that it is a version of.
    pub(super) preset: Option<String>,
    #[serde(flatten)]
    pub(super) first: Version,
    #[serde(default)]
    pub(super) then: Vec<Version>,
}

/// What a version of an item adds to the one before it.
#[derive(Deserialize)]
pub(super) struct Version {
    pub(super) at: Moment,
    pub(super) reach: Option<String>,
    #[serde(flatten)]
    pub(super) fields: BTreeMap<String, Said>,
}

/// A commitment from the day it was made to its end.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Commitment {
    pub(super) made: Moment,
    pub(super) due: Moment,
    pub(super) area: String,
    pub(super) better: String,
    pub(super) from: Option<String>,
    #[serde(default)]
    pub(super) moved: Vec<Moved>,
    pub(super) ended: Option<Ended>,
}

/// A due date moved to another.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Moved {
    pub(super) at: Moment,
    pub(super) to: Moment,
    pub(super) why: String,
}

/// The end of a commitment.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Ended {
    pub(super) how: How,
    pub(super) at: Moment,
    pub(super) evidence: String,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum How {
    Kept,
    Missed,
    LetGo,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Answers {
    sittings: Vec<Sitting>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Commitments {
    commitments: Vec<Commitment>,
}

/// The sample that comes with the program.
///
/// # Panics
/// If one of its files does not parse, which every test of the sample rules out.
pub(super) fn read() -> Seed {
    let answers: Answers = toml::from_str(include_str!("../../assets/sample/answers.toml"))
        .expect("the sample's answers are parsed by a test");
    let items = toml::from_str(include_str!("../../assets/sample/items.toml"))
        .expect("the sample's items are parsed by a test");
    let commitments: Commitments =
        toml::from_str(include_str!("../../assets/sample/commitments.toml"))
            .expect("the sample's commitments are parsed by a test");
    Seed {
        sittings: answers.sittings,
        items,
        commitments: commitments.commitments,
    }
}
