//! tui-journal: its JSON file and its JSON export.

use super::{Now, Reading, Written, joined, json};

pub(super) fn read(text: &str, now: Now, reading: &mut Reading) {
    let entries = match json::objects(text) {
        Ok(entries) => entries,
        Err(error) => return reading.leave_out(error.line(), error.to_string()),
    };
    for (line, entry) in entries {
        let Some(written) = Written::instant(json::text(&entry, "date"), now) else {
            reading.leave_out(line, "no day");
            continue;
        };
        let tags: Vec<String> = json::texts(&entry, "tags")
            .map(|tag| format!("#{tag}"))
            .collect();
        let text = joined(json::text(&entry, "title"), json::text(&entry, "content"));
        let text = joined(&text, &tags.join(" "));
        if text.is_empty() {
            reading.leave_out(line, "no text");
        } else {
            reading.note(text, Some(written));
        }
    }
}
