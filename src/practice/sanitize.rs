//! Makes the texts of a practice file safe to show.
//!
//! A user's file may break lines anywhere, and may come from anyone: characters that control a
//! terminal are mistakes. Knows texts alone, not what they are for.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::text;
use crate::user_file::Mistake;

/// Shown alone on the screen, so an empty one would leave a gap.
const REQUIRED_TEXTS: [&str; 6] = ["name", "title", "label", "singular", "told", "counted"];

/// Puts every text of a table on one line, and returns mistakes for those that cannot be shown.
pub(super) fn sanitize_table(table: &mut DeTable<'_>) -> Vec<Mistake> {
    let mut mistakes = Vec::new();
    for (key, value) in table.iter_mut() {
        let key = key.get_ref().as_ref();
        if key != "id" {
            sanitize_value(key, value, &mut mistakes);
        }
    }
    mistakes
}

fn sanitize_value(key: &str, value: &mut Spanned<DeValue<'_>>, mistakes: &mut Vec<Mistake>) {
    let at = value.span().start;
    match value.get_mut() {
        DeValue::String(text) => {
            let line = text::with_single_spaces(text).into_owned();
            if text::escape_controls(&line) != line {
                let reason = format!("`{key}` has a character that cannot be shown");
                mistakes.push(Mistake::at(at, reason));
            } else if line.is_empty() && REQUIRED_TEXTS.contains(&key) {
                mistakes.push(Mistake::at(at, format!("`{key}` is empty")));
            }
            if line != *text {
                *text = line.into();
            }
        }
        DeValue::Array(list) => {
            for value in list.iter_mut() {
                sanitize_value(key, value, mistakes);
            }
        }
        DeValue::Table(table) => mistakes.extend(sanitize_table(table)),
        _ => {}
    }
}
