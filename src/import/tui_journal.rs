//! tui-journal: its JSON file and its JSON export.

use super::{Now, Reading, Written, joined, json};

pub(super) fn read(text: &str, now: Now, reading: &mut Reading) {
    for (line, entry) in json::read_objects(text, reading) {
        let Some(written) = Written::instant(json::text(&entry, "date"), now) else {
            reading.leave_out(line, "no day");
            continue;
        };
        let tags: Vec<String> = json::texts(&entry, "tags")
            .map(|tag| format!("#{tag}"))
            .collect();
        let text = joined(json::text(&entry, "title"), json::text(&entry, "content"));
        let text = joined(&text, &tags.join(" "));
        reading.note(line, text, Some(written));
    }
}
