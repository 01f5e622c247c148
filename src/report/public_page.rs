//! One item as others read it, as Markdown.
//!
//! Knows nothing of which fields are shared, no file and no clipboard.

use std::fmt::Write;

use super::markdown;
use crate::insight::{PublicPage, PublicValue, ReachedStage};

/// The page as Markdown: the title is a heading of `level`, those of the fields are one below it.
pub fn page_markdown(public: &PublicPage, level: usize) -> String {
    let marks = "#".repeat(level);
    let mut page = format!("{marks} {}\n", markdown::escape_line(&public.title));
    if let Some(improved) = &public.improved {
        let improved = markdown::escape_line(&improved.describe());
        let _ = write!(page, "\n**{improved}**\n");
    }
    for (name, said) in &public.sections {
        let name = markdown::escape_line(name);
        let _ = write!(page, "\n{marks}# {name}\n\n{}\n", value_markdown(said));
    }
    let stages: Vec<String> = public.stages.iter().map(stage_markdown).collect();
    if !stages.is_empty() {
        let _ = write!(page, "\n{}\n", stages.join("\n"));
    }
    page
}

/// A file name for the page of an item: its title in lower case, with hyphens.
pub fn page_file_name(title: &str) -> String {
    const LONGEST: usize = 48;
    let mut name = String::new();
    for word in title.split(|character: char| !character.is_alphanumeric()) {
        let hyphen = usize::from(!name.is_empty());
        if word.is_empty() {
            continue;
        }
        if name.len() + hyphen + word.len() > LONGEST {
            break;
        }
        if hyphen > 0 {
            name.push('-');
        }
        name.extend(word.chars().flat_map(char::to_lowercase));
    }
    if name.is_empty() {
        "page".clone_into(&mut name);
    }
    name + ".md"
}

pub(super) fn value_markdown(value: &PublicValue) -> String {
    match value {
        PublicValue::Prose(text) => markdown::paragraphs(text),
        PublicValue::Line(text) => markdown::own_line(text),
        PublicValue::Location(text) => markdown::link_or_text(text),
        PublicValue::Lines(lines) => lines
            .iter()
            .map(|it| format!("- {}", markdown::own_line(it)))
            .collect::<Vec<String>>()
            .join("\n"),
    }
}

fn stage_markdown(stage: &ReachedStage) -> String {
    let mut line = format!("- {}", markdown::escape_line(&stage.label));
    for (name, said) in &stage.fields {
        let (name, said) = (markdown::escape_line(name), value_markdown(said));
        let _ = write!(line, ". {name}: {said}");
    }
    line
}

#[cfg(test)]
mod tests;
