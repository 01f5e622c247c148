//! Builds and checks a register of a practice file.
//!
//! Knows one register at a time, and nothing of those of other practices.

use chrono::NaiveDate;

use super::super::{
    Conversion, Field, FieldKind, ImprovementFields, ORIGIN_KEY, OffFields, Register,
};
use super::raw::{RawField, RawRegister};
use super::{check_id, check_unique, field_kind};
use crate::user_file::Mistake;

/// The register in a file; `placed` gives the position of each field.
pub(super) fn build_register<Raw>(
    raw: RawRegister<Raw>,
    placed: fn(Raw) -> (usize, RawField),
) -> Result<Register, Mistake> {
    check_id(&raw.id)?;
    let name = raw.id.clone();
    let within = |mistake: Mistake| mistake.with_context(|it| format!("register “{name}”: {it}"));
    let mut fields = Vec::new();
    for (at, raw) in raw.fields.into_iter().map(placed) {
        let field = build_field(raw).map_err(|reason| Mistake::at(at, reason));
        fields.push(field.map_err(within)?);
    }
    let register = Register {
        id: raw.id,
        name: raw.name,
        singular: raw.singular,
        about: raw.about,
        example: raw.example,
        fields,
        unstaged: raw.unstaged,
        stages: raw.stages,
        presets: raw.presets,
        commits: raw.commits,
        commits_today: raw.commits_today,
        monthly: raw.monthly,
        portfolio: raw.portfolio,
        counted: raw.counted,
        weight: raw.weight,
        improves: raw.improves,
        bullet: raw.bullet,
        helps: raw.helps,
        begins_with: raw.begins_with,
        off: raw.off,
        joins: raw.joins,
        talks: raw.talks,
        becomes: raw.becomes,
        stale_weeks: raw.stale_weeks,
        ages: raw.ages,
        inbox: raw.inbox,
        evidence: raw.evidence,
    };
    check_register(&register).map_err(|reason| within(reason.into()))?;
    Ok(register)
}

fn build_field(raw: RawField) -> Result<Field, String> {
    check_id(&raw.id)?;
    let kind = field_kind(raw.kind, raw.choices, raw.open)
        .map_err(|reason| format!("field “{}”: {reason}", raw.id))?;
    Ok(Field {
        id: raw.id,
        label: raw.label,
        prompt: raw.prompt,
        kind,
        stage: raw.stage,
        from: raw.from,
        public_label: raw.told,
        said_by: raw.said_by,
    })
}

fn check_days(register: &Register) -> Result<(), String> {
    if let Some(OffFields { from, to }) = &register.off {
        let is_day = |id: &&String| {
            let kind = register.field(id).map(|field| &field.kind);
            matches!(kind, Some(FieldKind::NearDate | FieldKind::Date))
        };
        if let Some(id) = [from, to].into_iter().find(|id| !is_day(id)) {
            return Err(format!(
                "`off`: “{id}” is not a field of kind `near-date` or `date`"
            ));
        }
    }
    match register.talks.as_deref() {
        Some(id) if !matches!(register.field(id), Some(field) if field.kind == FieldKind::Date) => {
            Err(format!("`talks`: “{id}” is not a field of kind `date`"))
        }
        _ => Ok(()),
    }
}

fn check_people(register: &Register) -> Result<(), String> {
    let said_by = register.fields.iter().map(|it| ("said-by", &it.said_by));
    let named = [("helps", &register.helps), ("joins", &register.joins)];
    for (key, field) in named.into_iter().chain(said_by) {
        let Some(id) = field else { continue };
        let field = register.field(id);
        if field.is_none_or(|field| field.kind != FieldKind::Person) {
            return Err(format!("`{key}`: “{id}” is not a field of kind `person`"));
        }
    }
    Ok(())
}

/// A line of a résumé is shown to others, so its fields must be.
fn check_bullet(register: &Register) -> Result<(), String> {
    let is_shared_text = |id: &&String| {
        register.field(id).is_some_and(|field| {
            let is_text = matches!(field.kind, FieldKind::Line | FieldKind::Prose);
            is_text && field.public_label.is_some()
        })
    };
    let bullet = register.bullet.iter();
    let mut named = bullet.flat_map(|bullet| bullet.says.iter().chain(&bullet.number));
    match named.find(|id| !is_shared_text(id)) {
        None => Ok(()),
        Some(id) => Err(format!(
            "`bullet`: “{id}” is not a field of kind `line` or `prose` with `told`"
        )),
    }
}

/// Whether a field of this kind can have the text as its value.
fn fits(kind: &FieldKind, text: &str) -> bool {
    match kind {
        FieldKind::Date | FieldKind::NearDate => text.parse::<NaiveDate>().is_ok(),
        FieldKind::Scale(choices) => choices.iter().any(|it| it.id == text),
        FieldKind::Choice(options) => {
            options.open || options.choices.iter().any(|it| it.id == text)
        }
        FieldKind::Checklist(_) | FieldKind::Choices(_) | FieldKind::Log => false,
        FieldKind::Line | FieldKind::Prose | FieldKind::Person | FieldKind::Link => true,
    }
}

fn check_presets(register: &Register) -> Result<(), String> {
    for preset in &register.presets {
        check_id(&preset.id)?;
        for (id, value) in &preset.values {
            let within = |reason: String| Err(format!("preset “{}”: {reason}", preset.id));
            match register.field(id) {
                None => return within(format!("no field called “{id}”")),
                Some(field) if !fits(&field.kind, value) => {
                    return within(format!("“{value}” is not a value of “{id}”"));
                }
                Some(_) => {}
            }
        }
    }
    Ok(())
}

fn check_register(register: &Register) -> Result<(), String> {
    if !matches!(register.fields.first(), Some(first) if first.id == "title" && first.kind == FieldKind::Line)
    {
        return Err("the first field must be `title`, of kind `line`".to_owned());
    }
    let names = register.fields.iter().map(|field| field.id.as_str());
    let stages = register.stages.iter().map(|stage| stage.id.as_str());
    let mut all = names.clone().chain(stages.clone());
    if all.any(|id| id == ORIGIN_KEY) {
        return Err(format!(
            "“{ORIGIN_KEY}” is reserved: it names what an item came from"
        ));
    }
    check_unique("field or stage", names.chain(stages))?;
    check_unique(
        "preset",
        register.presets.iter().map(|preset| preset.id.as_str()),
    )?;
    for stage in &register.stages {
        check_id(&stage.id)?;
    }
    if let Some(stage) = register.stages.iter().skip(1).find(|stage| stage.starts) {
        return Err(format!(
            "only the first stage can have `starts`, and “{}” is not the first",
            stage.id
        ));
    }
    if let Some(field) = register.commits.as_deref()
        && register.field(field).is_none()
    {
        return Err(format!("`commits`: no field called “{field}”"));
    }
    if let Some(field) = register.begins_with.as_deref()
        && (register.field(field).is_none() || register.stages.is_empty())
    {
        return Err(format!(
            "`begins-with`: “{field}” is not a field of a list with stages"
        ));
    }
    check_people(register)?;
    check_bullet(register)?;
    check_days(register)?;
    if let Some(Conversion { field, .. }) = &register.becomes
        && register.field(field).is_none()
    {
        return Err(format!("`becomes`: no field called “{field}”"));
    }
    if let Some(ImprovementFields {
        before,
        after,
        unit,
        words,
    }) = &register.improves
    {
        let is_line = |id: &&String| matches!(register.field(id), Some(field) if field.kind == FieldKind::Line);
        if let Some(id) = [before, after, unit]
            .into_iter()
            .chain(words)
            .find(|id| !is_line(id))
        {
            return Err(format!("`improves`: “{id}” is not a field of kind `line`"));
        }
    }
    let wanted = register
        .fields
        .iter()
        .flat_map(|field| [field.stage.as_deref(), field.from.as_deref()])
        .flatten();
    let named = [&register.monthly, &register.inbox];
    for stage in wanted.chain(named.into_iter().filter_map(Option::as_deref)) {
        if register.stage(stage).is_none() {
            return Err(format!("no stage called “{stage}”"));
        }
    }
    if let Some(key) = register.portfolio.as_deref() {
        let days = |field: &Field| matches!(field.kind, FieldKind::Log | FieldKind::Date);
        if register.stage(key).is_none() && !register.field(key).is_some_and(days) {
            return Err(format!(
                "`portfolio`: “{key}” is neither a stage nor a field of kind `log` or `date`"
            ));
        }
    }
    if let Some(id) = register.evidence.as_deref() {
        let takes_lines = |field: &Field| matches!(field.kind, FieldKind::Log | FieldKind::Prose);
        if !register.field(id).is_some_and(takes_lines) {
            return Err(format!(
                "`evidence`: “{id}” is not a field of kind `log` or `prose`"
            ));
        }
    }
    check_presets(register)
}
