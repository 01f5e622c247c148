//! The format of a journal line: the shapes that are written, and the checksum.
//!
//! `assets/format.md` promises what is here. Knows nothing of files; reading back is
//! `store::decode`.

use std::collections::BTreeMap;
use std::fmt::Write;

use chrono::{FixedOffset, SecondsFormat};
use serde::Serialize;
use serde_json::value::RawValue;

use crate::calendar::Timestamp;
use crate::journal::{
    Body, Commitment, CommitmentOutcome, Entry, Id, Inclusion, Member, Period, UndoTarget, Value,
    VersionName,
};

/// The version of the format this leadby writes, and the newest it understands.
pub(super) const VERSION: u64 = 1;

/// How every line begins. Nothing inside a text can look like it, as quotes are escaped.
pub(super) const OPENING: &str = "{\"v\":";

/// The length of `,"crc":"9f1c02aa"}`, which ends every line.
const CRC_LENGTH: usize = 18;

#[derive(Serialize)]
struct LineShape<'a> {
    v: u64,
    id: &'a str,
    rev: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    undoes: Option<UndoesShape>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    open: &'a [Box<str>],
    at: String,
    #[serde(flatten)]
    body: BodyShape<'a>,
    #[serde(flatten)]
    unknown: BTreeMap<&'a str, Box<RawValue>>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum UndoesShape {
    Name(String),
    Revision(u64),
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum BodyShape<'a> {
    Deleted,
    Forgotten,
    Choice {
        entry: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        portfolio: Option<&'static str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        place: Option<u32>,
        #[serde(skip_serializing_if = "<[_]>::is_empty")]
        ladder: &'a [String],
        #[serde(skip_serializing_if = "<[_]>::is_empty")]
        refused: &'a [String],
    },
    Answer {
        #[serde(skip_serializing_if = "Option::is_none")]
        week: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        month: Option<String>,
        practice: &'a str,
        step: &'a str,
        value: ValueShape<'a>,
    },
    Item {
        register: &'a str,
        values: BTreeMap<&'a str, ValueShape<'a>>,
    },
    Commitment {
        better: &'a str,
        area: &'a str,
        due: String,
        made: String,
        moves: Vec<MoveShape<'a>>,
        #[serde(skip_serializing_if = "Option::is_none")]
        closing: Option<ClosingShape<'a>>,
        #[serde(skip_serializing_if = "Option::is_none")]
        origin: Option<&'a str>,
    },
}

/// A [`Value`] as it is written; the draft file uses the same shape.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum ValueShape<'a> {
    Text(&'a str),
    List(&'a [String]),
    Log(Vec<DatedShape<'a>>),
}

#[derive(Serialize)]
pub(super) struct DatedShape<'a> {
    on: String,
    text: &'a str,
}

#[derive(Serialize)]
struct MoveShape<'a> {
    on: String,
    from: String,
    to: String,
    why: &'a str,
}

#[derive(Serialize)]
struct ClosingShape<'a> {
    how: &'static str,
    on: String,
    evidence: &'a str,
}

/// The line of an entry with its checksum, without a newline. An entry's name is the checksum, so
/// the name it has is not written.
pub(super) fn encode(entry: &Entry) -> String {
    let lineage = &entry.lineage;
    let names = |names: &[VersionName]| names.iter().map(VersionName::to_string).collect();
    let undoes = lineage.undoes.as_deref().map(|undoes| match undoes {
        UndoTarget::Name(name) => UndoesShape::Name(name.to_string()),
        UndoTarget::Revision(rev) => UndoesShape::Revision(*rev),
    });
    let unknown = lineage
        .unknown
        .iter()
        .flat_map(|members| &**members)
        .filter_map(|(name, member)| {
            let json = match member {
                Member::One(json) => json.clone(),
                Member::List(list) => format!("[{}]", list.join(",")),
            };
            Some((name.as_str(), RawValue::from_string(json).ok()?))
        });
    let line = LineShape {
        v: VERSION,
        id: entry.id.as_str(),
        rev: entry.rev,
        after: lineage.after.as_deref().map(names),
        undoes,
        open: &lineage.open,
        at: instant(entry.at),
        body: shape(&entry.body),
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

/// A time in RFC 3339, which only has offsets of whole minutes.
pub(super) fn instant(at: Timestamp) -> String {
    let seconds = at.offset().local_minus_utc();
    let whole = FixedOffset::east_opt(seconds - seconds % 60).unwrap_or(*at.offset());
    at.with_timezone(&whole)
        .to_rfc3339_opts(SecondsFormat::AutoSi, false)
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

fn shape(body: &Body) -> BodyShape<'_> {
    match body {
        // An entry that only a newer leadby understands is never written.
        Body::Deleted | Body::Newer => BodyShape::Deleted,
        Body::Forgotten => BodyShape::Forgotten,
        Body::Answer(answer) => {
            let (week, month) = match answer.period {
                Period::Standing => (None, None),
                Period::Month(month) => (None, Some(month.to_string())),
                Period::Week(week) => (Some(week.to_string()), None),
            };
            BodyShape::Answer {
                week,
                month,
                practice: &answer.practice,
                step: &answer.step,
                value: value_shape(&answer.value),
            }
        }
        Body::Item(item) => BodyShape::Item {
            register: &item.register,
            values: value_shapes(&item.values),
        },
        Body::Commitment(commitment) => commitment_shape(commitment),
        Body::Choice(choice) => BodyShape::Choice {
            entry: choice.entry.as_str(),
            portfolio: choice.portfolio.map(inclusion_name),
            place: choice.place,
            ladder: &choice.ladder,
            refused: &choice.refused,
        },
    }
}

fn commitment_shape(commitment: &Commitment) -> BodyShape<'_> {
    let moves = commitment.moves.iter().map(|moved| MoveShape {
        on: moved.on.to_string(),
        from: moved.from.to_string(),
        to: moved.to.to_string(),
        why: &moved.why,
    });
    let closing = commitment.closing.as_ref().map(|closing| ClosingShape {
        how: how_name(closing.how),
        on: closing.on.to_string(),
        evidence: &closing.evidence,
    });
    BodyShape::Commitment {
        better: &commitment.better,
        area: &commitment.area,
        due: commitment.due.to_string(),
        made: commitment.made.to_string(),
        moves: moves.collect(),
        closing,
        origin: commitment.origin.as_ref().map(Id::as_str),
    }
}

/// Values by name, as they are written.
pub(super) fn value_shapes<'a>(
    values: impl IntoIterator<Item = (&'a String, &'a Value)>,
) -> BTreeMap<&'a str, ValueShape<'a>> {
    values
        .into_iter()
        .map(|(name, value)| (name.as_str(), value_shape(value)))
        .collect()
}

fn value_shape(value: &Value) -> ValueShape<'_> {
    match value {
        Value::Text(text) => ValueShape::Text(text),
        Value::List(list) => ValueShape::List(list),
        Value::Log(lines) => {
            let dated = lines.iter().map(|line| DatedShape {
                on: line.on.to_string(),
                text: &line.text,
            });
            ValueShape::Log(dated.collect())
        }
    }
}

/// How a commitment ended, as it is written; part of the format, unlike [`CommitmentOutcome::name`].
fn how_name(how: CommitmentOutcome) -> &'static str {
    match how {
        CommitmentOutcome::Kept => "kept",
        CommitmentOutcome::Missed => "missed",
        CommitmentOutcome::LetGo => "let-go",
    }
}

/// How a commitment ended, from its name on a line.
pub(super) fn outcome_from_name(name: &str) -> Option<CommitmentOutcome> {
    CommitmentOutcome::ALL
        .into_iter()
        .find(|how| how_name(*how) == name)
}

/// What was decided about an entry, as it is written; part of the format, unlike
/// [`Inclusion::id`].
fn inclusion_name(portfolio: Inclusion) -> &'static str {
    match portfolio {
        Inclusion::Include => "in",
        Inclusion::Exclude => "out",
        Inclusion::First => "first",
    }
}

/// What was decided about an entry, from its name on a line.
pub(super) fn inclusion_from_name(name: &str) -> Option<Inclusion> {
    Inclusion::ALL
        .into_iter()
        .find(|portfolio| inclusion_name(*portfolio) == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::Answer;

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
