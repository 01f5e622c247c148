//! Steps and fields as a file has them, with the kind and its choices side by side, before anything in
//! them is checked.

use serde::Deserialize;

use crate::practice::{Choice, Provides};

#[expect(clippy::struct_excessive_bools, reason = "each is a key of the file")]
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(in crate::practice) struct RawStep {
    pub(super) id: String,
    pub(super) label: String,
    pub(super) prompt: String,
    #[serde(default)]
    pub(super) help: String,
    #[serde(default = "first_page")]
    pub(super) page: u32,
    #[serde(default)]
    pub(super) beside: bool,
    #[serde(default)]
    pub(super) optional: bool,
    #[serde(default)]
    pub(super) suggests: bool,
    pub(super) provides: Option<Provides>,
    pub(super) kind: Option<RawKind>,
    pub(super) register: Option<String>,
    #[serde(default)]
    pub(super) choices: Vec<Choice>,
    #[serde(default)]
    pub(super) open: bool,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum RawKind {
    Line,
    Prose,
    Scale,
    Checklist,
    Choice,
    Choices,
    Date,
    NearDate,
    Person,
    Link,
    Log,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(in crate::practice) struct RawField {
    pub(super) id: String,
    pub(super) label: String,
    #[serde(default)]
    pub(super) prompt: String,
    pub(super) kind: RawKind,
    pub(super) stage: Option<String>,
    pub(super) from: Option<String>,
    pub(super) told: Option<String>,
    pub(super) said_by: Option<String>,
    #[serde(default)]
    pub(super) choices: Vec<Choice>,
    #[serde(default)]
    pub(super) open: bool,
}

fn first_page() -> u32 {
    1
}
