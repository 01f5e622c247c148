//! What a practice shows over time: which picture, and of what.
//!
//! A file says what is drawn; the kinds say how, and live in code. Knows nothing of drawing.

use super::{Ask, FieldKind, Practice, Step};

/// One picture of a practice over time.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Picture {
    /// Its heading.
    pub title: String,
    /// What it shows, and of what.
    pub kind: PictureKind,
    /// Its heading in the portfolio; one without stays out.
    pub told: Option<String>,
}

/// The kinds of picture there are.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum PictureKind {
    /// A step's scale over weeks, a week without an answer a gap.
    Line {
        /// The step's id.
        step: String,
    },
    /// A step's checklist by weeks.
    Grid {
        /// The step's id.
        step: String,
    },
    /// The words answered to a step, week by week.
    Weeks {
        /// The step's id.
        step: String,
    },
    /// Twelve boxes a year.
    Months {
        /// The register's id; it has a monthly stage.
        register: String,
    },
    /// A register's items by the stage they are in.
    Ladder {
        /// The register's id.
        register: String,
    },
    /// How many items serve each choice of a field; some may serve none or several.
    Coverage {
        /// The register's id.
        register: String,
        /// The field's id.
        field: String,
    },
    /// How items are spread over the choices of a field.
    Balance {
        /// The register's id.
        register: String,
        /// The field's id.
        field: String,
    },
    /// Who is named in a field, how often and when last.
    People {
        /// The register's id.
        register: String,
        /// The field's id.
        field: String,
    },
    /// How many of the items that began in a month went on to a stage.
    Turned {
        /// The register's id.
        register: String,
        /// The stage's id.
        stage: String,
    },
    /// How many items of two registers were finished in each month.
    Versus {
        /// The register's id.
        register: String,
        /// The other register's id.
        other: String,
    },
    /// The areas a commitment can be about: when each was led last, and which not yet.
    Areas,
    /// What was marked and chosen in the whole practice, month by month; nothing of one that is not
    /// asked monthly.
    Marks,
}

/// Says what a picture names that is not there, or is of another kind.
pub(super) fn check(picture: &Picture, practice: &Practice) -> Result<(), String> {
    let within = |reason: String| Err(format!("picture “{}”: {reason}", picture.title));
    let register = |id: &str| practice.registers.iter().find(|register| register.id == id);
    let shown = matches!(
        picture.kind,
        PictureKind::Line { .. }
            | PictureKind::Coverage { .. }
            | PictureKind::Balance { .. }
            | PictureKind::People { .. }
    );
    if picture.told.is_some() && !shown {
        let kinds = "a line, a coverage, a balance and people can stand in the portfolio";
        return within(kinds.to_owned());
    }
    match &picture.kind {
        PictureKind::Line { step } | PictureKind::Grid { step } | PictureKind::Weeks { step } => {
            let wanted = match practice.step(step).map(|step| &step.ask) {
                Some(Ask::Answer(FieldKind::Scale(_))) => {
                    matches!(picture.kind, PictureKind::Line { .. })
                }
                Some(Ask::Answer(FieldKind::Checklist(_))) => {
                    matches!(picture.kind, PictureKind::Grid { .. })
                }
                Some(Ask::Answer(FieldKind::Prose | FieldKind::Line)) => {
                    matches!(picture.kind, PictureKind::Weeks { .. })
                }
                Some(_) => false,
                None => return within(format!("there is no step “{step}”")),
            };
            if wanted {
                Ok(())
            } else {
                within("a line needs a scale, a grid a checklist, weeks need words".to_owned())
            }
        }
        PictureKind::Areas => Ok(()),
        PictureKind::Marks => {
            let marks = |step: &Step| {
                let Ask::Answer(kind) = &step.ask else {
                    return false;
                };
                matches!(kind, FieldKind::Checklist(_) | FieldKind::Choice(_))
            };
            if practice.steps.iter().any(marks) {
                Ok(())
            } else {
                within("marks need a checklist or a choice".to_owned())
            }
        }
        PictureKind::Versus {
            register: one,
            other,
        } => match [one, other].into_iter().find(|id| register(id).is_none()) {
            Some(id) => within(format!("there is no register “{id}”")),
            None => Ok(()),
        },
        PictureKind::Months { register: id }
        | PictureKind::Ladder { register: id }
        | PictureKind::Coverage { register: id, .. }
        | PictureKind::Balance { register: id, .. }
        | PictureKind::People { register: id, .. }
        | PictureKind::Turned { register: id, .. } => {
            let Some(register) = register(id) else {
                return within(format!("there is no register “{id}”"));
            };
            match &picture.kind {
                PictureKind::Months { .. } if register.monthly.is_none() => {
                    within(format!("register “{id}” has no monthly stage"))
                }
                PictureKind::Coverage { field, .. } | PictureKind::Balance { field, .. }
                    if register
                        .field(field)
                        .is_none_or(|field| field.kind.choices().is_empty()) =>
                {
                    within(format!("“{field}” is no field with choices"))
                }
                PictureKind::People { field, .. }
                    if register
                        .field(field)
                        .is_none_or(|field| field.kind != FieldKind::Person) =>
                {
                    within(format!("“{field}” is no field for people"))
                }
                PictureKind::Turned { stage, .. } if register.stage(stage).is_none() => {
                    within(format!("there is no stage “{stage}”"))
                }
                _ => Ok(()),
            }
        }
    }
}
