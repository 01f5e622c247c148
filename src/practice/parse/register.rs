//! Reads and checks a register of a practice file.
//!
//! Knows one register at a time, and nothing of those of other practices.

use chrono::NaiveDate;
use toml::Spanned;
use toml::de::DeValue;

use super::super::{Field, FieldKind, ORIGIN_KEY, Register};
use super::raw::RawField;
use super::{check_id, check_unique, field_kind};
use crate::user_file::{Mistake, deserialize};

/// The register in a table. Its fields are read apart, so that a mistake in one has its line.
pub(super) fn read_register(mut value: Spanned<DeValue<'_>>) -> Result<Register, Mistake> {
    let fields = match value.get_mut() {
        DeValue::Table(table) => table.remove("fields"),
        _ => None,
    };
    let fields: Option<Vec<Spanned<RawField>>> = fields.map(deserialize).transpose()?;
    let mut register: Register = deserialize(value)?;
    check_id(&register.id)?;
    let name = register.id.clone();
    let within = |mistake: Mistake| mistake.with_context(|it| format!("register “{name}”: {it}"));
    for raw in fields.ok_or_else(|| "missing key `fields`".to_owned())? {
        let at = raw.span().start;
        let field = Field::try_from(raw.into_inner()).map_err(|it| within(Mistake::at(at, it)))?;
        register.fields.push(field);
    }
    check_register(&register).map_err(|reason| within(reason.into()))?;
    Ok(register)
}

impl TryFrom<RawField> for Field {
    type Error = String;

    fn try_from(raw: RawField) -> Result<Self, Self::Error> {
        check_id(&raw.id)?;
        let kind = field_kind(raw.kind, raw.choices, raw.open)
            .map_err(|reason| format!("field “{}”: {reason}", raw.id))?;
        Ok(Self {
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
}

/// Refuses the first of the `ids` that a key has which is not a field that `fits`.
fn check_fields<'a>(
    register: &Register,
    key: &str,
    ids: impl IntoIterator<Item = &'a String>,
    fits: fn(&Field) -> bool,
    wanted: &str,
) -> Result<(), String> {
    let is_wrong = |id: &&String| !register.field(id).is_some_and(fits);
    match ids.into_iter().find(is_wrong) {
        Some(id) => Err(format!("`{key}`: “{id}” is not {wanted}")),
        None => Ok(()),
    }
}

/// Checks the fields that the keys of a register name.
fn check_named_fields(register: &Register) -> Result<(), String> {
    let check =
        |key, id: &Option<String>, fits, wanted| check_fields(register, key, id, fits, wanted);
    check("commits", &register.commits, |_| true, "a field")?;
    let cannot_begin =
        |field: &&String| register.field(field).is_none() || register.stages.is_empty();
    if let Some(field) = register.begins_with.iter().find(cannot_begin) {
        return Err(format!(
            "`begins-with`: “{field}” is not a field of a list with stages"
        ));
    }
    let is_person = |field: &Field| field.kind == FieldKind::Person;
    let person = "a field of kind `person`";
    check("helps", &register.helps, is_person, person)?;
    check("joins", &register.joins, is_person, person)?;
    for field in &register.fields {
        check("said-by", &field.said_by, is_person, person)?;
    }
    // A line of a résumé is shown to others, so its fields must be.
    let is_shared_text = |field: &Field| {
        let is_text = matches!(field.kind, FieldKind::Line | FieldKind::Prose);
        is_text && field.public_label.is_some()
    };
    let shared_text = "a field of kind `line` or `prose` with `told`";
    let bullet = register.bullet.iter();
    let bullet = bullet.flat_map(|bullet| bullet.says.iter().chain(&bullet.number));
    check_fields(register, "bullet", bullet, is_shared_text, shared_text)?;
    let is_day = |field: &Field| matches!(field.kind, FieldKind::NearDate | FieldKind::Date);
    let day = "a field of kind `near-date` or `date`";
    let off = register.off.iter().flat_map(|off| [&off.from, &off.to]);
    check_fields(register, "off", off, is_day, day)?;
    let is_date = |field: &Field| field.kind == FieldKind::Date;
    check("talks", &register.talks, is_date, "a field of kind `date`")?;
    let becomes = register.becomes.iter().map(|becomes| &becomes.field);
    check_fields(register, "becomes", becomes, |_| true, "a field")?;
    let is_line = |field: &Field| field.kind == FieldKind::Line;
    let improves = register.improves.iter();
    let improves = improves.flat_map(|it| {
        [&it.before, &it.after, &it.unit]
            .into_iter()
            .chain(&it.words)
    });
    let line = "a field of kind `line`";
    check_fields(register, "improves", improves, is_line, line)?;
    let takes_lines = |field: &Field| matches!(field.kind, FieldKind::Log | FieldKind::Prose);
    let takes = "a field of kind `log` or `prose`";
    check("evidence", &register.evidence, takes_lines, takes)
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

pub(super) fn check_register(register: &Register) -> Result<(), String> {
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
    check_named_fields(register)?;
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
    check_presets(register)
}
