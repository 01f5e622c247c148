//! Reads the sample's texts from `assets/sample/`, before they get their days.
//!
//! Knows the format of the three files, and no practices.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::moment::Moment;
use crate::journal::CommitmentOutcome;

/// Everything in the sample.
pub(super) struct SampleData {
    pub(super) sittings: Vec<SeedSession>,
    /// Items by their register's id.
    pub(super) items: BTreeMap<String, Vec<SeedItem>>,
    pub(super) commitments: Vec<SeedCommitment>,
}

/// One session of writing.
#[derive(Deserialize)]
pub(super) struct SeedSession {
    pub(super) at: Moment,
    /// Answers by practice and step.
    #[serde(flatten)]
    pub(super) answers: BTreeMap<String, BTreeMap<String, SeedValue>>,
}

/// What was written or chosen.
#[derive(Clone, Deserialize)]
#[serde(untagged)]
pub(super) enum SeedValue {
    Text(String),
    List(Vec<String>),
}

/// An item with all its versions.
#[derive(Deserialize)]
pub(super) struct SeedItem {
    /// The name that commitments refer to it by.
    pub(super) key: Option<String>,
    /// The preset of the practice that it is a version of.
    pub(super) preset: Option<String>,
    #[serde(flatten)]
    pub(super) first: SeedVersion,
    #[serde(default)]
    pub(super) then: Vec<SeedVersion>,
}

/// What a version of an item adds to the one before it.
#[derive(Deserialize)]
pub(super) struct SeedVersion {
    pub(super) at: Moment,
    pub(super) reach: Option<String>,
    #[serde(flatten)]
    pub(super) fields: BTreeMap<String, SeedValue>,
}

/// A commitment from the day it was made to its end.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SeedCommitment {
    pub(super) made: Moment,
    pub(super) due: Moment,
    pub(super) area: String,
    pub(super) better: String,
    pub(super) from: Option<String>,
    #[serde(default)]
    pub(super) moved: Vec<SeedMove>,
    pub(super) ended: Option<SeedEnding>,
}

/// A due date moved to another.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SeedMove {
    pub(super) at: Moment,
    pub(super) to: Moment,
    pub(super) why: String,
}

/// The end of a commitment.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SeedEnding {
    #[serde(with = "SeedHow")]
    pub(super) how: CommitmentOutcome,
    pub(super) at: Moment,
    pub(super) evidence: String,
}

/// [`CommitmentOutcome`], as it is written in the file.
#[derive(Deserialize)]
#[serde(remote = "CommitmentOutcome", rename_all = "kebab-case")]
enum SeedHow {
    Kept,
    Missed,
    LetGo,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AnswersFile {
    sittings: Vec<SeedSession>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CommitmentsFile {
    commitments: Vec<SeedCommitment>,
}

/// The sample that comes with the program.
///
/// # Panics
/// If one of its files does not parse, which every test of the sample rules out.
pub(super) fn load() -> SampleData {
    let answers: AnswersFile = toml::from_str(include_str!("../../assets/sample/answers.toml"))
        .expect("the sample's answers are parsed by a test");
    let items = toml::from_str(include_str!("../../assets/sample/items.toml"))
        .expect("the sample's items are parsed by a test");
    let commitments: CommitmentsFile =
        toml::from_str(include_str!("../../assets/sample/commitments.toml"))
            .expect("the sample's commitments are parsed by a test");
    SampleData {
        sittings: answers.sittings,
        items,
        commitments: commitments.commitments,
    }
}
