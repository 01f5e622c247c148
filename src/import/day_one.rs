//! Day One: the JSON file of its export. Its text is Markdown; photos and recordings are not imported.

use super::{Now, Reading, Written, json};

pub(super) fn read(text: &str, now: Now, reading: &mut Reading) {
    for (line, entry) in json::read_objects(text, reading) {
        let Some(written) = Written::instant(json::text(&entry, "creationDate"), now) else {
            reading.leave_out(line, "no day");
            continue;
        };
        let is_picture = |line: &&str| line.trim().starts_with("![](dayone-moment:");
        let lines = json::text(&entry, "text").lines();
        let (pictures, lines): (Vec<&str>, Vec<&str>) = lines.partition(is_picture);
        let text = unescape(lines.join("\n").trim());
        if !pictures.is_empty() || text.is_empty() {
            reading.leave_out(line, "a picture or recording, which stays there");
        }
        if !text.is_empty() {
            reading.note(line, text, Some(written));
        }
    }
}

/// The text without the backslashes that Day One writes before signs of Markdown.
fn unescape(text: &str) -> String {
    let mut plain = String::new();
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let is_escape =
            character == '\\' && characters.peek().is_some_and(char::is_ascii_punctuation);
        plain.extend(if is_escape {
            characters.next()
        } else {
            Some(character)
        });
    }
    plain
}
