//! One item as others read it: only the fields that its register shares, and nothing of a private
//! practice.
//!
//! Knows no output format.

use super::improvement::{Improvement, improvement};
use super::texts::Texts;
use crate::calendar::long_date;
use crate::journal::{DatedLine, Id, Item, Journal, Value};
use crate::practice::{Catalog, Field, FieldKind, Register, Stage, TITLE};
use crate::text::first_sentence;

/// An item as others read it. Its text is as stored, but without the `@` before names.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct PublicPage {
    pub title: String,
    /// What got better, in numbers.
    pub improved: Option<Improvement>,
    /// The same in words, as the user would say it.
    pub in_words: Option<String>,
    /// What came of it, or what it is, in a sentence of the field that says it best.
    pub outcome: Option<String>,
    /// Its fields, each under its heading.
    pub sections: Vec<(String, PublicValue)>,
    /// The stages it reached, each with its day.
    pub stages: Vec<ReachedStage>,
}

/// The content of a field.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum PublicValue {
    /// Text of any length.
    Prose(String),
    Line(String),
    /// An address, or another place to see it.
    Location(String),
    /// Lines with their days, "3 March 2026: …".
    Lines(Vec<String>),
}

/// A stage that was reached.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ReachedStage {
    /// Its name and its day: "solved, 3 March 2026".
    pub label: String,
    /// The fields that belong to it, by their headings.
    pub fields: Vec<(String, PublicValue)>,
}

/// An item as others read it; `None` if it does not exist, is private, or its list has no such page.
pub fn public_page(journal: &Journal, id: &Id, catalog: &Catalog) -> Option<PublicPage> {
    let mut registers = catalog
        .practices()
        .iter()
        .filter(|practice| !practice.private)
        .flat_map(|practice| &practice.registers)
        .filter(|it| it.has_public_fields());
    registers.find_map(|register| {
        let item = journal.item_or_preset(register, id)?;
        let page = (item.register == register.id).then(|| PublicPage::from_item(register, &item));
        let mut page = page?;
        page.drop_mention_signs();
        Some(page)
    })
}

impl PublicPage {
    /// An item of `register` as others read it, but with the `@` before names, and without checking
    /// whether they may.
    pub(super) fn from_item(register: &Register, item: &Item) -> Self {
        let improved = improvement(register, item);
        let in_words = improvement_in_words(register, item);
        let mut sections = fields_of_stage(register, item, None);
        // The same numbers once more in words would say them twice.
        if in_words.is_some() && improved.as_ref().map(|it| &it.numbers) == in_words.as_ref() {
            let words = improvement_field(register).and_then(|it| it.public_label.as_ref());
            sections.retain(|(heading, _)| Some(heading) != words);
        }
        Self {
            title: title_field_text(register, item),
            improved,
            in_words,
            outcome: outcome(register, item),
            sections,
            stages: reached_stages(register, item),
        }
    }
}

impl Texts for PublicPage {
    fn visit_texts(&mut self, visit: &mut dyn FnMut(&mut String)) {
        let Self {
            title,
            improved,
            in_words,
            outcome,
            sections,
            stages,
        } = self;
        visit(title);
        in_words.iter_mut().chain(outcome).for_each(&mut *visit);
        if let Some(Improvement { numbers, change: _ }) = improved {
            visit(numbers);
        }
        let stages = stages
            .iter_mut()
            .flat_map(|ReachedStage { label: _, fields }| fields);
        for (_, value) in sections.iter_mut().chain(stages) {
            match value {
                PublicValue::Prose(text)
                | PublicValue::Line(text)
                | PublicValue::Location(text) => {
                    visit(text);
                }
                PublicValue::Lines(lines) => lines.iter_mut().for_each(&mut *visit),
            }
        }
    }
}

impl PublicValue {
    /// All of it as one text, to show on a line.
    pub fn joined(&self) -> String {
        match self {
            Self::Prose(text) | Self::Line(text) | Self::Location(text) => text.clone(),
            Self::Lines(lines) => lines.join("; "),
        }
    }
}

/// What got better, in the field for that; `None` if it is empty, or not shared.
fn improvement_in_words(register: &Register, item: &Item) -> Option<String> {
    let field = improvement_field(register)?;
    field.public_label.as_ref()?;
    Some(public_value(item, field)?.joined())
}

/// The field that says what got better in words.
fn improvement_field(register: &Register) -> Option<&Field> {
    register.field(register.improves.as_ref()?.words.as_deref()?)
}

/// The first sentence of the field for evidence, or else of the last one with prose, or of any other.
fn outcome(register: &Register, item: &Item) -> Option<String> {
    let is_evidence = |field: &&Field| register.evidence.as_ref() == Some(&field.id);
    let is_prose = |field: &&Field| field.kind == FieldKind::Prose;
    let is_shared = |field: &&Field| field.public_label.is_some();
    let shared = || register.fields.iter().filter(is_shared);
    // A dated line without its day, which is said beside it.
    let last_line = |field: &Field| match item.values.get(&field.id)? {
        Value::Log(lines) => Some(attributed(&lines.last()?.text, field, item)),
        Value::Text(_) | Value::List(_) => None,
    };
    let text = |field: &Field| match (public_value(item, field)?, &field.public_label) {
        (PublicValue::Lines(_), _) => last_line(field),
        (PublicValue::Prose(text), _) => Some(text),
        (value, Some(label)) => Some(format!("{label}: {}", value.joined())),
        (value, None) => Some(value.joined()),
    };
    // What was wrong comes before what was done.
    let prose = shared().filter(is_prose).collect::<Vec<_>>();
    let mut ordered = shared().filter(is_evidence).chain(prose.into_iter().rev());
    let words = register.improves.as_ref().and_then(|it| it.words.as_ref());
    let mut others = shared().filter(|field| Some(&field.id) != words);
    let outcome = ordered.find_map(text).or_else(|| others.find_map(text));
    outcome.map(|text| first_sentence(&text))
}

/// The fields of a stage, or those without a stage, by their headings.
fn fields_of_stage(
    register: &Register,
    item: &Item,
    stage: Option<&str>,
) -> Vec<(String, PublicValue)> {
    register
        .fields
        .iter()
        .filter(|field| field.stage.as_deref() == stage)
        .filter_map(|field| Some((field.public_label.clone()?, public_value(item, field)?)))
        .collect()
}

/// The title; in quotation marks if they are someone else's words.
fn title_field_text(register: &Register, item: &Item) -> String {
    let is_quote = register
        .field(TITLE)
        .is_some_and(|title| title.said_by.is_some());
    if is_quote {
        format!("“{}”", item.title())
    } else {
        item.title().to_owned()
    }
}

/// A text; in quotation marks, and with who said it, if they are someone else's words.
pub(super) fn attributed(text: &str, field: &Field, item: &Item) -> String {
    match field.said_by.as_deref().map(|by| item.text(by).trim()) {
        None => text.to_owned(),
        Some("") => format!("“{text}”"),
        Some(name) => format!("“{text}” ({name})"),
    }
}

/// The content of a field; `None` if it is empty.
fn public_value(item: &Item, field: &Field) -> Option<PublicValue> {
    let value = item.values.get(&field.id)?;
    let attributed = |text: &str| attributed(text, field, item);
    Some(match (&field.kind, value) {
        _ if value.is_empty() => return None,
        (FieldKind::Prose, Value::Text(text)) => PublicValue::Prose(attributed(text)),
        (FieldKind::Link, Value::Text(text)) => PublicValue::Location(text.clone()),
        (FieldKind::Date | FieldKind::NearDate, Value::Text(text)) => {
            PublicValue::Line(text.parse().map_or_else(|_| text.clone(), long_date))
        }
        (_, Value::Log(lines)) => {
            let line =
                |line: &DatedLine| format!("{}: {}", long_date(line.on), attributed(&line.text));
            PublicValue::Lines(lines.iter().map(line).collect())
        }
        (kind, Value::Text(text)) => PublicValue::Line(attributed(kind.label(text))),
        (kind, Value::List(list)) => {
            let labels: Vec<&str> = list.iter().map(|stored| kind.label(stored)).collect();
            PublicValue::Line(labels.join(", "))
        }
    })
}

fn reached_stages(register: &Register, item: &Item) -> Vec<ReachedStage> {
    let reached = |stage: &Stage| {
        let day = long_date(item.day(&stage.id)?);
        Some(ReachedStage {
            label: format!("{}, {day}", stage.name),
            fields: fields_of_stage(register, item, Some(&stage.id)),
        })
    };
    register.stages.iter().filter_map(reached).collect()
}
