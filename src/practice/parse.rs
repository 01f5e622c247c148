//! The TOML of a practice file, read and checked.
//!
//! [`raw`] is what a file may say; the types of [`super`] are what the program works with. A mistake
//! is named with its file and, where there is one, its line. Reads no disk: the text is handed in.

mod raw;

use raw::{
    RawCadence, RawChoice, RawDone, RawKind, RawPicture, RawPictureKind, RawPractice, RawProvides,
    RawRegister, RawStep,
};

use super::picture::check as check_picture;
use super::{
    Ask, Cadence, Choice, Done, Field, FieldKind, Options, Picture, PictureKind, Practice, Preset,
    Provides, Register, Stage, Step,
};

/// What is wrong with a practice file.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("{file}: {reason}")]
pub struct PracticeError {
    /// The file, as it was named to [`parse`].
    pub file: String,
    /// What was expected, with the line where the parser knows it.
    pub reason: String,
}

/// Reads one practice file; `file` names it in errors.
///
/// # Errors
/// When it is not TOML, has a key that is not known, or contradicts itself.
pub fn parse(file: &str, text: &str) -> Result<Practice, PracticeError> {
    let error = |reason: String| PracticeError {
        file: file.to_owned(),
        reason,
    };
    let raw: RawPractice = toml::from_str(text).map_err(|source| {
        let line = source
            .span()
            .map(|span| text[..span.start.min(text.len())].matches('\n').count() + 1);
        match line {
            Some(line) => error(format!("line {line}: {}", source.message())),
            None => error(source.message().to_owned()),
        }
    })?;
    practice(raw).map_err(error)
}

fn practice(raw: RawPractice) -> Result<Practice, String> {
    check_id(&raw.id)?;
    let steps = raw
        .steps
        .into_iter()
        .map(step)
        .collect::<Result<Vec<_>, _>>()?;
    let registers = raw
        .registers
        .into_iter()
        .map(register)
        .collect::<Result<Vec<_>, _>>()?;
    all_different("step", steps.iter().map(|step| step.id.as_str()))?;
    all_different(
        "register",
        registers.iter().map(|register| register.id.as_str()),
    )?;
    for step in &steps {
        if let Ask::Register(id) = &step.ask
            && !registers.iter().any(|register| register.id == *id)
        {
            return Err(format!(
                "step “{}” names the register “{id}”, which is not declared here",
                step.id
            ));
        }
    }
    let pictures = raw
        .pictures
        .into_iter()
        .map(picture)
        .collect::<Result<Vec<_>, _>>()?;
    let practice = Practice {
        id: raw.id,
        order: raw.order,
        name: raw.name,
        title: raw.title,
        intro: raw.intro,
        cadence: match raw.cadence {
            RawCadence::Weekly => Cadence::Weekly,
            RawCadence::Monthly => Cadence::Monthly,
            RawCadence::Standing => Cadence::Standing,
        },
        done: match raw.done {
            RawDone::All => Done::All,
            RawDone::Any => Done::Any,
        },
        private: raw.private,
        questions: raw.questions,
        leads_to_commitment: raw.leads_to_commitment,
        steps,
        registers,
        pictures,
    };
    for picture in &practice.pictures {
        check_picture(picture, &practice)?;
    }
    Ok(practice)
}

fn picture(raw: RawPicture) -> Result<Picture, String> {
    let named = |key: &str, value: Option<String>| {
        value.ok_or_else(|| format!("picture “{}” needs `{key}`", raw.title))
    };
    let kind = match raw.kind {
        RawPictureKind::Line => PictureKind::Line {
            step: named("step", raw.step)?,
        },
        RawPictureKind::Grid => PictureKind::Grid {
            step: named("step", raw.step)?,
        },
        RawPictureKind::Weeks => PictureKind::Weeks {
            step: named("step", raw.step)?,
        },
        RawPictureKind::Months => PictureKind::Months {
            register: named("register", raw.register)?,
        },
        RawPictureKind::Ladder => PictureKind::Ladder {
            register: named("register", raw.register)?,
        },
        RawPictureKind::Coverage => PictureKind::Coverage {
            register: named("register", raw.register)?,
            field: named("field", raw.field)?,
        },
        RawPictureKind::Balance => PictureKind::Balance {
            register: named("register", raw.register)?,
            field: named("field", raw.field)?,
        },
        RawPictureKind::Turned => PictureKind::Turned {
            register: named("register", raw.register)?,
            stage: named("stage", raw.stage)?,
        },
    };
    Ok(Picture {
        title: raw.title,
        kind,
    })
}

fn step(raw: RawStep) -> Result<Step, String> {
    check_id(&raw.id)?;
    let ask = match (raw.kind, raw.register) {
        (Some(kind), None) => Ask::Answer(
            field_kind(kind, raw.choices, raw.open)
                .map_err(|reason| format!("step “{}”: {reason}", raw.id))?,
        ),
        (None, Some(register)) => Ask::Register(register),
        _ => {
            return Err(format!(
                "step “{}” needs either `kind` or `register`",
                raw.id
            ));
        }
    };
    Ok(Step {
        id: raw.id,
        label: raw.label,
        prompt: raw.prompt,
        help: raw.help,
        page: raw.page.max(1),
        beside: raw.beside,
        optional: raw.optional,
        provides: raw.provides.map(|provides| match provides {
            RawProvides::Role => Provides::Role,
            RawProvides::CoreFunction => Provides::CoreFunction,
            RawProvides::Tracks => Provides::Tracks,
            RawProvides::Areas => Provides::Areas,
        }),
        ask,
    })
}

fn register(raw: RawRegister) -> Result<Register, String> {
    check_id(&raw.id)?;
    let name = raw.id.clone();
    let within = |reason: String| format!("register “{name}”: {reason}");
    let fields = raw
        .fields
        .into_iter()
        .map(|raw| {
            check_id(&raw.id)?;
            let kind = field_kind(raw.kind, raw.choices, raw.open)
                .map_err(|reason| format!("field “{}”: {reason}", raw.id))?;
            Ok(Field {
                id: raw.id,
                label: raw.label,
                prompt: raw.prompt,
                kind,
                stage: raw.stage,
            })
        })
        .collect::<Result<Vec<_>, String>>()
        .map_err(within)?;
    let stages: Vec<Stage> = raw
        .stages
        .into_iter()
        .map(|raw| Stage {
            id: raw.id,
            name: raw.name,
            closes: raw.closes,
            starts: raw.starts,
        })
        .collect();
    let presets: Vec<Preset> = raw
        .presets
        .into_iter()
        .map(|raw| Preset {
            id: raw.id,
            title: raw.title,
            values: raw.values.into_iter().collect(),
        })
        .collect();
    let register = Register {
        id: raw.id,
        name: raw.name,
        singular: raw.singular,
        about: raw.about,
        example: raw.example,
        fields,
        unstaged: raw.unstaged,
        stages,
        presets,
        commits: raw.commits,
        commits_today: raw.commits_today,
        monthly: raw.monthly,
    };
    check_register(&register).map_err(within)?;
    Ok(register)
}

fn check_register(register: &Register) -> Result<(), String> {
    if !matches!(register.fields.first(), Some(first) if first.id == "title" && first.kind == FieldKind::Line)
    {
        return Err("the first field must be `title`, of kind `line`".to_owned());
    }
    let names = register.fields.iter().map(|field| field.id.as_str());
    let stages = register.stages.iter().map(|stage| stage.id.as_str());
    all_different("field or stage", names.chain(stages))?;
    all_different(
        "preset",
        register.presets.iter().map(|preset| preset.id.as_str()),
    )?;
    for stage in &register.stages {
        check_id(&stage.id)?;
    }
    let wanted = register
        .fields
        .iter()
        .filter_map(|field| field.stage.as_deref());
    for stage in wanted.chain(register.monthly.as_deref()) {
        if register.stage(stage).is_none() {
            return Err(format!("there is no stage “{stage}”"));
        }
    }
    for preset in &register.presets {
        check_id(&preset.id)?;
        for (field, _) in &preset.values {
            if register.field(field).is_none() {
                return Err(format!(
                    "preset “{}”: there is no field “{field}”",
                    preset.id
                ));
            }
        }
    }
    Ok(())
}

fn field_kind(kind: RawKind, choices: Vec<RawChoice>, open: bool) -> Result<FieldKind, String> {
    let choices: Vec<Choice> = choices
        .into_iter()
        .map(|raw| Choice {
            id: raw.id,
            label: raw.label,
        })
        .collect();
    all_different("choice", choices.iter().map(|choice| choice.id.as_str()))?;
    for choice in &choices {
        check_id(&choice.id)?;
    }
    let chosen = matches!(
        kind,
        RawKind::Scale | RawKind::Checklist | RawKind::Choice | RawKind::Choices
    );
    if open && !matches!(kind, RawKind::Choice | RawKind::Choices) {
        return Err("only `choice` and `choices` can be `open`".to_owned());
    }
    if chosen && choices.is_empty() && !open {
        return Err("this kind needs `choices`".to_owned());
    }
    if !chosen && !choices.is_empty() {
        return Err("this kind takes no `choices`".to_owned());
    }
    Ok(match kind {
        RawKind::Line => FieldKind::Line,
        RawKind::Prose => FieldKind::Prose,
        RawKind::Scale => FieldKind::Scale(choices),
        RawKind::Checklist => FieldKind::Checklist(choices),
        RawKind::Choice => FieldKind::Choice(Options { choices, open }),
        RawKind::Choices => FieldKind::Choices(Options { choices, open }),
        RawKind::Date => FieldKind::Date,
        RawKind::Person => FieldKind::Person,
        RawKind::Link => FieldKind::Link,
        RawKind::Log => FieldKind::Log,
    })
}

/// Ids become part of the journal's ids and of commands, so they keep to lower-case ASCII.
fn check_id(id: &str) -> Result<(), String> {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if id.is_empty() || !id.bytes().all(plain) {
        return Err(format!(
            "“{id}” is no id: use lower-case letters, digits and hyphens"
        ));
    }
    Ok(())
}

fn all_different<'a>(what: &str, ids: impl Iterator<Item = &'a str>) -> Result<(), String> {
    let mut seen = Vec::new();
    for id in ids {
        if seen.contains(&id) {
            return Err(format!("the {what} “{id}” is declared twice"));
        }
        seen.push(id);
    }
    Ok(())
}

#[cfg(test)]
mod tests;
