//! The charts of a practice: which kind, and of what.
//!
//! A file says what is drawn; the kinds in code say how. Knows nothing of drawing.

use serde::Deserialize;

use super::{Ask, Cadence, FieldKind, Practice, Step};

/// One chart of a practice over time.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq)]
#[serde(try_from = "RawChart")]
pub struct ChartSpec {
    pub title: String,
    pub kind: ChartKind,
    /// Its heading in the portfolio; `None` leaves it out.
    pub portfolio_title: Option<String>,
}

/// What a chart shows, by the names in a practice file. Steps, registers, fields and stages are given by
/// their ids.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum ChartKind {
    /// A step's scale over weeks; a week without an answer is a gap.
    Line { step: String },
    /// A step's checklist by weeks.
    Grid { step: String },
    /// The text answers to a step, week by week.
    Weeks { step: String },
    /// Twelve boxes per year, of a register with a monthly stage.
    Months { register: String },
    /// A register's items by the stage they are in.
    Ladder { register: String },
    /// How many items have each choice of a field; an item may have none or several.
    Coverage { register: String, field: String },
    /// How items are spread over the choices of a field.
    Balance { register: String, field: String },
    /// Who is named in a field, how often and when last.
    People { register: String, field: String },
    /// How many of the items that began in a month went on to a stage.
    Turned { register: String, stage: String },
    /// How many items of two registers were finished in each month.
    Versus { register: String, other: String },
    /// The areas a commitment can be about: when each was last led, and which not yet.
    Areas,
    /// What was marked and chosen in the whole practice, month by month; only for monthly ones.
    Marks,
}

/// A chart as a file has it, before anything in it is checked.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawChart {
    title: String,
    kind: RawChartKind,
    step: Option<String>,
    register: Option<String>,
    field: Option<String>,
    stage: Option<String>,
    other: Option<String>,
    told: Option<String>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum RawChartKind {
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

impl TryFrom<RawChart> for ChartSpec {
    type Error = String;

    fn try_from(raw: RawChart) -> Result<Self, Self::Error> {
        let named = |key: &str, value: Option<String>| {
            value.ok_or_else(|| format!("chart “{}” needs `{key}`", raw.title))
        };
        let kind = match raw.kind {
            RawChartKind::Line => ChartKind::Line {
                step: named("step", raw.step)?,
            },
            RawChartKind::Grid => ChartKind::Grid {
                step: named("step", raw.step)?,
            },
            RawChartKind::Weeks => ChartKind::Weeks {
                step: named("step", raw.step)?,
            },
            RawChartKind::Months => ChartKind::Months {
                register: named("register", raw.register)?,
            },
            RawChartKind::Ladder => ChartKind::Ladder {
                register: named("register", raw.register)?,
            },
            RawChartKind::Coverage => ChartKind::Coverage {
                register: named("register", raw.register)?,
                field: named("field", raw.field)?,
            },
            RawChartKind::Balance => ChartKind::Balance {
                register: named("register", raw.register)?,
                field: named("field", raw.field)?,
            },
            RawChartKind::People => ChartKind::People {
                register: named("register", raw.register)?,
                field: named("field", raw.field)?,
            },
            RawChartKind::Turned => ChartKind::Turned {
                register: named("register", raw.register)?,
                stage: named("stage", raw.stage)?,
            },
            RawChartKind::Areas => ChartKind::Areas,
            RawChartKind::Marks => ChartKind::Marks,
            RawChartKind::Versus => ChartKind::Versus {
                register: named("register", raw.register)?,
                other: named("other", raw.other)?,
            },
        };
        Ok(Self {
            title: raw.title,
            kind,
            portfolio_title: raw.told,
        })
    }
}

/// Reports a step, register, field or stage that a chart names and the practice lacks, or that has
/// the wrong kind.
pub(super) fn check_chart(picture: &ChartSpec, practice: &Practice) -> Result<(), String> {
    let within = |reason: String| Err(format!("chart “{}”: {reason}", picture.title));
    let shown = matches!(
        picture.kind,
        ChartKind::Line { .. }
            | ChartKind::Coverage { .. }
            | ChartKind::Balance { .. }
            | ChartKind::People { .. }
    );
    if picture.portfolio_title.is_some() && !shown {
        let kinds = "only line, coverage, balance and people can be in the portfolio";
        return within(kinds.to_owned());
    }
    match &picture.kind {
        ChartKind::Line { step } | ChartKind::Grid { step } | ChartKind::Weeks { step } => {
            let wanted = match practice.step(step).map(|step| &step.ask) {
                Some(Ask::Answer(FieldKind::Scale(_))) => {
                    matches!(picture.kind, ChartKind::Line { .. })
                }
                Some(Ask::Answer(FieldKind::Checklist(_))) => {
                    matches!(picture.kind, ChartKind::Grid { .. })
                }
                Some(Ask::Answer(FieldKind::Prose | FieldKind::Line)) => {
                    matches!(picture.kind, ChartKind::Weeks { .. })
                }
                Some(_) => false,
                None => return within(format!("no step called “{step}”")),
            };
            if wanted {
                Ok(())
            } else {
                within("a line needs a scale, a grid a checklist, weeks need text".to_owned())
            }
        }
        ChartKind::Areas => Ok(()),
        ChartKind::Marks if practice.cadence != Cadence::Monthly => {
            within("marks need a monthly practice".to_owned())
        }
        ChartKind::Marks => {
            let marks = |step: &Step| {
                let kind = step.answer_kind();
                matches!(kind, Some(FieldKind::Checklist(_) | FieldKind::Choice(_)))
            };
            if practice.steps.iter().any(marks) {
                Ok(())
            } else {
                within("marks need a checklist or a choice".to_owned())
            }
        }
        ChartKind::Versus {
            register: one,
            other,
        } => match [one, other]
            .into_iter()
            .find(|id| practice.register(id).is_none())
        {
            Some(id) => within(format!("this practice has no register called “{id}”")),
            None => Ok(()),
        },
        ChartKind::Months { register: id }
        | ChartKind::Ladder { register: id }
        | ChartKind::Coverage { register: id, .. }
        | ChartKind::Balance { register: id, .. }
        | ChartKind::People { register: id, .. }
        | ChartKind::Turned { register: id, .. } => {
            let Some(register) = practice.register(id) else {
                return within(format!("this practice has no register called “{id}”"));
            };
            match &picture.kind {
                ChartKind::Months { .. } if register.monthly.is_none() => {
                    within(format!("register “{id}” has no monthly stage"))
                }
                ChartKind::Coverage { field, .. } | ChartKind::Balance { field, .. }
                    if register
                        .field(field)
                        .is_none_or(|field| field.kind.choices().is_empty()) =>
                {
                    within(format!("“{field}” is not a field with choices"))
                }
                ChartKind::People { field, .. }
                    if register
                        .field(field)
                        .is_none_or(|field| field.kind != FieldKind::Person) =>
                {
                    within(format!("“{field}” is not a field for people"))
                }
                ChartKind::Turned { stage, .. } if register.stage(stage).is_none() => {
                    within(format!("no stage called “{stage}”"))
                }
                _ => Ok(()),
            }
        }
    }
}
