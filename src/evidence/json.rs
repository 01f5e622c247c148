//! JSON output: objects in a list, or one after the other.

use serde_json::{Deserializer, Value};

use super::columns::OutputRow;
use crate::calendar::Now;

/// The objects of the output, each with the members named by `columns`: day, text and link. A dot
/// leads into an object: `fields.summary`.
///
/// # Errors
/// Why it is not JSON.
pub(super) fn read_json(
    output: &str,
    columns: &[String],
    now: Now,
) -> Result<Vec<OutputRow>, String> {
    let mut rows = Vec::new();
    for value in Deserializer::from_str(output).into_iter::<Value>() {
        let value = value.map_err(|error| format!("its output is not JSON: {error}"))?;
        let objects = match value {
            Value::Array(list) => list,
            object @ Value::Object(_) => vec![object],
            _ => return Err("its output is JSON, but no object or list".to_owned()),
        };
        rows.extend(objects.iter().map(|object| {
            let values = columns.iter().map(|column| member(object, column));
            OutputRow::new(values.collect(), now)
        }));
    }
    Ok(rows)
}

fn member(object: &Value, path: &str) -> String {
    let mut names = path.split('.');
    match names.try_fold(object, |value, name| value.get(name)) {
        Some(Value::String(text)) => text.clone(),
        None | Some(Value::Null) => String::new(),
        Some(other) => other.to_string(),
    }
}
