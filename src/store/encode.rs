//! Writes a journal line: its members, those that this leadby does not know, and the checksum.
//!
//! Knows nothing of files; reading back is `store::decode`.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde::Serialize;
use serde_json::value::RawValue;

use super::shape::LineMembers;
use crate::journal::{Entry, Member, VersionName};

/// How every line begins. Nothing inside a text can look like it, as quotes are escaped.
pub(super) const OPENING: &str = "{\"v\":";

/// The length of `,"crc":"9f1c02aa"}`, which ends every line.
const CRC_LENGTH: usize = 18;

/// A line as it is written, without its checksum.
#[derive(Serialize)]
struct WrittenLine<'a> {
    #[serde(flatten)]
    members: LineMembers<'a>,
    #[serde(flatten)]
    unknown: BTreeMap<&'a str, Box<RawValue>>,
}

/// The line of an entry with its checksum, without a newline.
pub(super) fn encode(entry: &Entry) -> String {
    let unknown = entry.lineage.unknown.iter().flat_map(|members| &**members);
    let unknown = unknown.filter_map(|(name, member)| {
        let json = match member {
            Member::One(json) => json.clone(),
            Member::List(list) => format!("[{}]", list.join(",")),
        };
        Some((name.as_str(), RawValue::from_string(json).ok()?))
    });
    let line = WrittenLine {
        members: LineMembers::of(entry),
        unknown: unknown.collect(),
    };
    add_checksum(&json(&line))
}

/// JSON that every reader takes as one line, and that is safe to show on any terminal.
///
/// JSON escapes the C0 controls. It allows DEL, the C1 controls and the Unicode line separators as
/// they are, but some readers split lines there; they only occur inside texts, where an escape
/// means the same.
pub(super) fn json(shape: &impl Serialize) -> String {
    let plain = serde_json::to_string(shape).expect("texts and numbers always make JSON");
    let acts = |character| {
        matches!(
            character,
            '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}'
        )
    };
    if !plain.contains(acts) {
        return plain;
    }
    let mut escaped = String::with_capacity(plain.len() + 16);
    for character in plain.chars() {
        if acts(character) {
            let _ = write!(escaped, "\\u{:04x}", u32::from(character));
        } else {
            escaped.push(character);
        }
    }
    escaped
}

/// JSON without the white space between its parts.
pub(super) fn compact(json: &str) -> String {
    let (mut quoted, mut escaped) = (false, false);
    let kept = json.chars().filter(|character| {
        let between = !quoted && character.is_ascii_whitespace();
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => quoted = !quoted,
            _ => {}
        }
        !between
    });
    kept.collect()
}

/// A checksum of a text, to see whether it has changed (CRC-32, IEEE 802.3).
pub fn text_checksum(text: impl AsRef<[u8]>) -> String {
    format!("{:08x}", crc32fast::hash(text.as_ref()))
}

/// The name that a line has by its checksum.
pub(super) fn checksum_name(line: &str) -> VersionName {
    let head = line.len().saturating_sub(CRC_LENGTH);
    VersionName::from_checksum(sum(&line.as_bytes()[..head]))
}

/// Whether the checksum at the end of a line matches the bytes before it.
pub(super) fn is_sound(line: &[u8]) -> bool {
    line.split_last_chunk()
        .is_some_and(|(head, tail)| *tail == tail_for(head))
}

/// Adds the checksum to an object: that of its bytes without this member.
pub(super) fn add_checksum(object: &str) -> String {
    let head = object.strip_suffix('}').unwrap_or(object);
    let tail = tail_for(head.as_bytes());
    format!("{head}{}", String::from_utf8_lossy(&tail))
}

/// The checksum of a line whose bytes before it are `head`.
fn sum(head: &[u8]) -> u32 {
    let mut sum = crc32fast::Hasher::new();
    sum.update(head);
    sum.update(b"}");
    sum.finalize()
}

fn tail_for(head: &[u8]) -> [u8; CRC_LENGTH] {
    let sum = sum(head);
    let mut tail = *b",\"crc\":\"00000000\"}";
    for (place, digit) in (0..8).zip(&mut tail[8..16]) {
        *digit = b"0123456789abcdef"[(sum >> (28 - 4 * place) & 0xf) as usize];
    }
    tail
}

#[cfg(test)]
mod tests {
    use chrono::FixedOffset;

    use super::super::shape::instant;
    use super::*;
    use crate::calendar::Timestamp;
    use crate::journal::{Answer, Body, Id, Period, Value};

    fn answer(text: &str) -> Entry {
        let week = "2026-W48".parse().expect("a week");
        let answer = Answer::new(Period::Week(week), "audit", "influence", Value::from(text));
        Entry::new(
            Id::answer(answer.period, "audit", "influence"),
            2,
            "2026-11-24T09:15:02+01:00".parse().expect("an instant"),
            Body::Answer(answer),
        )
    }

    #[test]
    fn a_line_has_its_members_in_the_promised_order() {
        assert_eq!(
            encode(&answer("Asked, and listened.")),
            "{\"v\":1,\"id\":\"answer/2026-W48/audit/influence\",\"rev\":2,\
             \"at\":\"2026-11-24T09:15:02+01:00\",\"kind\":\"answer\",\"week\":\"2026-W48\",\
             \"practice\":\"audit\",\"step\":\"influence\",\"value\":\"Asked, and listened.\",\
             \"crc\":\"cc891de9\"}"
        );
    }

    #[test]
    fn a_line_is_one_line_to_every_reader() {
        let line = encode(&answer(
            "a\nb\r\u{0}\u{1b}[2J\u{7f}\u{85}\u{9b}\u{2028}\u{2029}é",
        ));
        let acts =
            |character: char| character.is_control() || "\u{2028}\u{2029}".contains(character);
        assert!(!line.contains(acts), "{line}");
        assert!(line.contains("\\u0085\\u009b\\u2028\\u2029é"), "{line}");
    }

    #[test]
    fn the_checksum_is_that_of_the_line_without_it() {
        let line = encode(&answer("x"));
        let (head, tail) = line.split_at(line.len() - CRC_LENGTH);
        let sum = crc32fast::hash(format!("{head}}}").as_bytes());
        assert_eq!(tail, format!(",\"crc\":\"{sum:08x}\"}}"));
        assert!(is_sound(line.as_bytes()));
        assert!(!is_sound(line.to_uppercase().as_bytes()));
        assert!(!is_sound(b"{}"));
    }

    #[test]
    fn an_offset_with_seconds_keeps_its_instant() {
        let offset = FixedOffset::east_opt(1172).expect("an offset");
        let at = answer("").at.with_timezone(&offset);
        assert_eq!(instant(at), "2026-11-24T08:34:02+00:19");
        assert_eq!(instant(at).parse::<Timestamp>().expect("an instant"), at);
    }
}
