//! An entry as a text to edit: a heading for each field, its text below.
//!
//! A heading is a line that begins with the name of a field in brackets. A line of text that looks
//! like one has a backslash before it. An entry with one field is the text of it alone. The heading
//! of an unsettled field has its other texts.

use chrono::NaiveDate;

use super::field_values::Assignment;
use crate::failure::{Failure, FailureKind};
use crate::journal::{Answer, Body, Id, Inclusion, Item, Journal, Value};
use crate::practice::{Catalog, FieldKind, Step};
use crate::report;
use crate::text::quoted;

/// The fields of an entry, as they were when the sheet was written.
#[derive(Debug)]
pub(super) struct EntryText(Vec<FieldSection>);

#[derive(Debug)]
struct FieldSection {
    field: String,
    heading: String,
    text: String,
    /// Whether its heading has other texts.
    is_unsettled: bool,
}

impl EntryText {
    /// The fields of an entry that can be changed.
    pub(super) fn from_body(body: &Body, catalog: &Catalog) -> Self {
        Self(match body {
            Body::Deleted | Body::Forgotten | Body::Newer => Vec::new(),
            Body::Choice(choice) => {
                let portfolio = choice.portfolio.map_or("", Inclusion::id);
                let place = choice.place.map_or_else(String::new, |it| it.to_string());
                vec![
                    field_section("portfolio", "in, out or first", portfolio),
                    field_section("place", "its place among the others", &place),
                    field_section(
                        "ladder",
                        "the expectations it is evidence for, with commas",
                        &choice.ladder.join(", "),
                    ),
                    field_section(
                        "refused",
                        "those it is not evidence for",
                        &choice.refused.join(", "),
                    ),
                ]
            }
            Body::Commitment(commitment) => vec![
                field_section("better", "what better looks like", &commitment.better),
                field_section("area", "the area it is about", &commitment.area),
                field_section("due", "the day it is due", &commitment.due.to_string()),
            ],
            Body::Answer(answer) => {
                let kind = answer_kind(answer, catalog).unwrap_or(&FieldKind::Prose);
                vec![field_section(
                    "value",
                    "",
                    &editable_text(Some(&answer.value), kind),
                )]
            }
            Body::Item(item) => item_sections(item, catalog),
        })
    }

    /// The same, with the other texts of unsettled fields in their headings.
    pub(super) fn with_texts_beside(
        mut self,
        id: &Id,
        journal: &Journal,
        today: NaiveDate,
    ) -> Self {
        for section in &mut self.0 {
            for text in report::texts_beside(id, &section.field, journal, today) {
                section.heading.push_str(&format!(" ≠ also: {text}"));
                section.is_unsettled = true;
            }
        }
        self
    }

    /// The only field, if it has no heading.
    fn only_text(&self) -> Option<&FieldSection> {
        match self.0.as_slice() {
            [only] if !only.is_unsettled => Some(only),
            _ => None,
        }
    }

    pub(super) fn render(&self) -> String {
        if let Some(only) = self.only_text() {
            return format!("{}\n", only.text);
        }
        let sections = self.0.iter().map(|section| {
            let lines = section
                .text
                .split('\n')
                .map(|line| self.escape_line(line) + "\n");
            format!("{}\n{}", section.heading, lines.collect::<String>())
        });
        sections.collect::<Vec<String>>().join("\n")
    }

    /// The fields that differ in `text`. A heading that is gone leaves its field as it was.
    pub(super) fn parse_changes(&self, text: &str) -> Result<Vec<Assignment>, Failure> {
        let mut read: Vec<(usize, Vec<String>)> = Vec::new();
        if self.only_text().is_some() {
            read.push((0, text.split('\n').map(str::to_owned).collect()));
        } else {
            for line in text.split('\n') {
                if let Some(at) = self.section_of_heading(line) {
                    if read.iter().any(|(other, _)| *other == at) {
                        let message = format!("[{}] is there twice", self.0[at].field);
                        return Err(Failure::new(FailureKind::Usage, message));
                    }
                    read.push((at, Vec::new()));
                } else if let Some((_, lines)) = read.last_mut() {
                    lines.push(self.unescape_line(line).to_owned());
                } else if !line.trim().is_empty() {
                    let message = match heading(line) {
                        Some(name) => format!("no field called [{}]", quoted(name)),
                        None => "there is text above the first [field]".to_owned(),
                    };
                    return Err(Failure::new(FailureKind::Usage, message));
                }
            }
        }
        let changed = read.into_iter().filter_map(|(at, lines)| {
            let (section, words) = (&self.0[at], normalize(&lines.join("\n")));
            (words != normalize(&section.text)).then(|| Assignment {
                field: section.field.clone(),
                value: words,
            })
        });
        Ok(changed.collect())
    }

    /// The section that a line is the heading of.
    fn section_of_heading(&self, line: &str) -> Option<usize> {
        let name = heading(line)?;
        self.0.iter().position(|section| section.field == name)
    }

    fn needs_escape(&self, line: &str) -> bool {
        self.section_of_heading(line.trim_start_matches('\\'))
            .is_some()
    }

    fn escape_line(&self, line: &str) -> String {
        let guard = if self.needs_escape(line) { "\\" } else { "" };
        format!("{guard}{line}")
    }

    fn unescape_line<'a>(&self, line: &'a str) -> &'a str {
        line.strip_prefix('\\')
            .filter(|_| self.needs_escape(line))
            .unwrap_or(line)
    }
}

/// The name in brackets that a line begins with.
fn heading(line: &str) -> Option<&str> {
    Some(line.strip_prefix('[')?.split_once(']')?.0)
}

/// Text without what an editor may change at the ends of lines and of the text.
fn normalize(words: &str) -> String {
    let lines: Vec<&str> = words
        .split('\n')
        .map(|line| line.trim_end_matches('\r'))
        .collect();
    lines.join("\n").trim_matches('\n').to_owned()
}

/// The kind of value that a question takes; one that is no longer asked takes any text.
pub(super) fn answer_kind<'a>(answer: &Answer, catalog: &'a Catalog) -> Option<&'a FieldKind> {
    let step = catalog.step(&answer.practice, &answer.step);
    step.and_then(Step::answer_kind)
}

fn item_sections(item: &Item, catalog: &Catalog) -> Vec<FieldSection> {
    let Some(register) = catalog.register(&item.register) else {
        return Vec::new();
    };
    let fields = register.fields.iter().map(|field| {
        let choices: Vec<&str> = field
            .kind
            .choices()
            .iter()
            .map(|it| it.id.as_str())
            .collect();
        let about = match &field.kind {
            FieldKind::Log => format!("{}: one more line", field.label),
            _ if choices.is_empty() => field.label.clone(),
            _ => format!("{}: {}", field.label, choices.join(", ")),
        };
        let words = editable_text(item.values.get(&field.id), &field.kind);
        field_section(&field.id, &about, &words)
    });
    let stages = register.stages.iter().map(|stage| {
        let about = format!("day of “{}”", stage.name);
        field_section(&stage.id, &about, item.text(&stage.id))
    });
    fields.chain(stages).collect()
}

fn field_section(field: &str, about: &str, words: &str) -> FieldSection {
    FieldSection {
        field: field.to_owned(),
        heading: format!("[{field}] {about}").trim_end().to_owned(),
        text: words.to_owned(),
        is_unsettled: false,
    }
}

/// A value as it can be typed: choices by their ids. A dated list can only get one more line.
fn editable_text(value: Option<&Value>, kind: &FieldKind) -> String {
    match value {
        Some(Value::Text(text)) => text.clone(),
        Some(Value::List(list)) => list.join(", "),
        Some(Value::Log(lines)) if *kind != FieldKind::Log => {
            let lines = lines.iter().map(|line| line.text.clone());
            lines.collect::<Vec<String>>().join("\n")
        }
        Some(Value::Log(_)) | None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::journal::{Change, Entry, Period, VersionName};
    use crate::practice::builtin;

    fn problem_text(words: &str) -> EntryText {
        let mut item = Item::new("problems");
        item.set("title", Value::from("Nobody owns the release"));
        item.set("wrong", Value::from(words));
        item.set_reached("spotted", "2026-11-03".parse().expect("a day"));
        EntryText::from_body(&Body::Item(item), &builtin())
    }

    fn changes(sheet: &EntryText, text: &str) -> Vec<(String, String)> {
        let changed = sheet.parse_changes(text).expect("a sheet");
        changed.into_iter().map(|it| (it.field, it.value)).collect()
    }

    #[test]
    fn only_edited_fields_are_changed() {
        let sheet = problem_text("two\nlines");
        let text = sheet.render();
        let changed = text
            .replace("two\n", "three\n\n")
            .replace("shared”\n", "shared”\n2026-11-20\n");
        assert_eq!(
            changes(&sheet, &changed),
            [
                ("wrong".to_owned(), "three\n\nlines".to_owned()),
                ("shared".to_owned(), "2026-11-20".to_owned())
            ]
        );
        assert_eq!(changes(&sheet, ""), []);
        let emptied = text.replace("two\nlines\n", "");
        assert_eq!(
            changes(&sheet, &emptied),
            [("wrong".to_owned(), String::new())]
        );
    }

    #[test]
    fn an_invalid_text_is_refused() {
        let sheet = problem_text("x");
        for text in ["words\n[title] x\n", "[title] x\n[title] y\n"] {
            assert_eq!(
                sheet.parse_changes(text).expect_err("a refusal").kind(),
                FailureKind::Usage
            );
        }
    }

    #[test]
    fn the_other_text_of_an_unsettled_field_is_in_its_heading() {
        let (catalog, at) = (builtin(), "2026-11-24T09:15:02+01:00");
        let at: crate::calendar::Timestamp = at.parse().expect("an instant");
        let version = |text: &str| {
            let answer = Answer::new(Period::Standing, "profile", "role", Value::from(text));
            let Change { id, body, .. } = answer.into_change();
            let mut version = Entry::new(id.expect("an id"), 1, at, body);
            version.lineage.name = VersionName::new(text);
            version.lineage.after = Some(Box::default());
            version
        };
        let journal = Journal::fold(["one", "two\nlines"].map(version));
        let entry = journal.entries().next().expect("an answer");
        let sheet = EntryText::from_body(&entry.body, &catalog);
        let sheet = sheet.with_texts_beside(&entry.id, &journal, at.date_naive());
        let text = sheet.render();
        assert_eq!(text, "[value] ≠ also: one\ntwo\nlines\n");
        assert_eq!(changes(&sheet, &text), []);
        let changed = changes(&sheet, &text.replace("two", "three"));
        assert_eq!(changed, [("value".to_owned(), "three\nlines".to_owned())]);
    }

    proptest! {
        #[test]
        fn an_untouched_text_changes_nothing(
            words in "([\\\\\\[]{0,3}(title|wrong|x)\\]?|.{0,9}|\n|\r\n){0,8}"
        ) {
            let sheet = problem_text(&words);
            prop_assert_eq!(changes(&sheet, &sheet.render()), []);
            prop_assert_eq!(changes(&sheet, &sheet.render().replace('\n', "\r\n")), []);
            let typed = normalize(&words) + "!";
            let other = problem_text(&typed);
            prop_assert_eq!(changes(&sheet, &other.render()), [("wrong".to_owned(), typed)]);
        }
    }
}
