//! What a practice file may contain where that differs from what the program works with, before
//! anything in it is checked.

use serde::Deserialize;

use crate::practice::{
    BulletFields, Choice, Conversion, ImprovementFields, OffFields, Practice, Preset, Provides,
    Stage,
};

/// A practice with its lists, as the build writes them beside the rest.
#[derive(Deserialize)]
pub(super) struct RawPrepared {
    pub(super) practice: Practice,
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
    pub(super) improves: Option<ImprovementFields>,
    pub(super) bullet: Option<BulletFields>,
    pub(super) helps: Option<String>,
    pub(super) begins_with: Option<String>,
    pub(super) off: Option<OffFields>,
    pub(super) joins: Option<String>,
    pub(super) talks: Option<String>,
    pub(super) becomes: Option<Conversion>,
    pub(super) stale_weeks: Option<u32>,
    #[serde(default)]
    pub(super) ages: bool,
    pub(super) inbox: Option<String>,
    pub(super) evidence: Option<String>,
    #[serde(default)]
    pub(super) unstaged: String,
    pub(super) fields: Vec<Field>,
    #[serde(default)]
    pub(super) stages: Vec<Stage>,
    #[serde(default)]
    pub(super) presets: Vec<Preset>,
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
    pub(super) choices: Vec<Choice>,
    #[serde(default)]
    pub(super) open: bool,
}

fn first_page() -> u32 {
    1
}

fn usual_weight() -> u32 {
    1
}
