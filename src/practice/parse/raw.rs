//! What a practice file may contain, key by key, before anything in it is checked.
//!
//! Knows serde and nothing else: neither the types the program works with nor what is valid.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::IgnoredAny;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawPractice {
    pub(super) id: String,
    pub(super) order: u32,
    pub(super) name: String,
    pub(super) title: String,
    pub(super) intro: String,
    pub(super) cadence: RawCadence,
    #[serde(default)]
    pub(super) done: RawDone,
    #[serde(default)]
    pub(super) private: bool,
    #[serde(default)]
    pub(super) questions: Vec<String>,
    #[serde(default)]
    pub(super) leads_to_commitment: bool,
    pub(super) recalls: Option<RawProvides>,
    /// The lists are read before the rest, one element at a time; here they are only known keys.
    #[serde(default, rename = "steps")]
    pub(super) _steps: IgnoredAny,
    #[serde(default, rename = "registers")]
    pub(super) _registers: IgnoredAny,
    #[serde(default, rename = "pictures")]
    pub(super) _pictures: IgnoredAny,
}

/// A practice with its lists, as the build writes them beside the rest.
#[derive(Deserialize)]
pub(super) struct RawPrepared {
    pub(super) practice: RawPractice,
    pub(super) steps: Vec<RawStep>,
    #[serde(default)]
    pub(super) registers: Vec<RawRegister<RawField>>,
    #[serde(default)]
    pub(super) pictures: Vec<RawChart>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawChart {
    pub(super) title: String,
    pub(super) kind: RawChartKind,
    pub(super) step: Option<String>,
    pub(super) register: Option<String>,
    pub(super) field: Option<String>,
    pub(super) stage: Option<String>,
    pub(super) other: Option<String>,
    pub(super) told: Option<String>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum RawChartKind {
    Line,
    Grid,
    Weeks,
    Months,
    Ladder,
    Coverage,
    Balance,
    Turned,
    Versus,
    People,
    Areas,
    Marks,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum RawCadence {
    Weekly,
    Monthly,
    Standing,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum RawDone {
    #[default]
    All,
    Any,
}

#[expect(clippy::struct_excessive_bools, reason = "each is a key of the file")]
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawStep {
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
    pub(super) provides: Option<RawProvides>,
    pub(super) kind: Option<RawKind>,
    pub(super) register: Option<String>,
    #[serde(default)]
    pub(super) choices: Vec<RawChoice>,
    #[serde(default)]
    pub(super) open: bool,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum RawProvides {
    Role,
    CoreFunction,
    Tracks,
    Areas,
    Month,
    Name,
    Summary,
    Needs,
    ToShow,
    Responsibilities,
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
#[serde(deny_unknown_fields)]
pub(super) struct RawChoice {
    pub(super) id: String,
    pub(super) label: String,
    pub(super) asks: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawRegister<Field> {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) singular: String,
    pub(super) about: String,
    pub(super) example: String,
    pub(super) commits: Option<String>,
    #[serde(default)]
    pub(super) commits_today: bool,
    pub(super) monthly: Option<String>,
    pub(super) portfolio: Option<String>,
    pub(super) counted: Option<String>,
    #[serde(default = "usual_weight")]
    pub(super) weight: u32,
    pub(super) improves: Option<RawImproves>,
    pub(super) bullet: Option<RawBullet>,
    pub(super) helps: Option<String>,
    pub(super) begins_with: Option<String>,
    pub(super) off: Option<RawOff>,
    pub(super) joins: Option<String>,
    pub(super) talks: Option<String>,
    pub(super) becomes: Option<RawBecomes>,
    pub(super) stale_weeks: Option<u32>,
    #[serde(default)]
    pub(super) ages: bool,
    pub(super) inbox: Option<String>,
    pub(super) evidence: Option<String>,
    #[serde(default)]
    pub(super) unstaged: String,
    pub(super) fields: Vec<Field>,
    #[serde(default)]
    pub(super) stages: Vec<RawStage>,
    #[serde(default)]
    pub(super) presets: Vec<RawPreset>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawBecomes {
    pub(super) register: String,
    pub(super) field: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawOff {
    pub(super) from: String,
    pub(super) to: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawImproves {
    pub(super) before: String,
    pub(super) after: String,
    pub(super) unit: String,
    pub(super) words: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawBullet {
    #[serde(default)]
    pub(super) says: Vec<String>,
    pub(super) number: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawField {
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
    pub(super) choices: Vec<RawChoice>,
    #[serde(default)]
    pub(super) open: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawStage {
    pub(super) id: String,
    pub(super) name: String,
    #[serde(default)]
    pub(super) closes: bool,
    #[serde(default)]
    pub(super) starts: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawPreset {
    pub(super) id: String,
    pub(super) title: String,
    #[serde(default)]
    pub(super) values: BTreeMap<String, String>,
}

fn first_page() -> u32 {
    1
}

fn usual_weight() -> u32 {
    1
}
