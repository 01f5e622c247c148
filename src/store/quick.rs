//! A line as leadby writes it, read straight into an entry.
//!
//! This is for speed alone: [`super::decode`] takes any line apart member by member and can say what
//! is the matter with it. What is read here, it would read alike; of everything else, a member of a
//! later leadby or a line that is damaged, nothing is said here.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Visitor, value::MapAccessDeserializer};

use super::decode::{day, how, standing};
use super::wire::VERSION;
use crate::calendar::Stamp;
use crate::journal::{
    Answer, Body, Choice, Closing, Commitment, Dated, Entry, Id, Item, Move, Period, Value,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    v: u64,
    id: String,
    rev: u64,
    undoes: Option<u64>,
    at: String,
    kind: String,
    #[serde(rename = "crc")]
    _crc: Option<String>,
    week: Option<String>,
    month: Option<String>,
    practice: Option<String>,
    step: Option<String>,
    value: Option<Held>,
    register: Option<String>,
    values: Option<BTreeMap<String, Held>>,
    better: Option<String>,
    area: Option<String>,
    due: Option<String>,
    made: Option<String>,
    moves: Option<Vec<MoveLine>>,
    closing: Option<ClosingLine>,
    origin: Option<String>,
    entry: Option<String>,
    portfolio: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MoveLine {
    on: String,
    from: String,
    to: String,
    why: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClosingLine {
    how: String,
    on: String,
    evidence: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DatedLine {
    on: String,
    text: String,
}

/// A value, in the three shapes it can have.
struct Held(Value);

/// What stands in the list of a value.
enum Element {
    Text(String),
    Dated(Dated),
}

/// The entry on a line; none when the line is to be looked at more closely.
pub(super) fn entry(line: &[u8]) -> Option<Entry> {
    // One look at all the bytes is cheaper than one at each text among them.
    let line: Line = serde_json::from_str(std::str::from_utf8(line).ok()?).ok()?;
    if line.v != VERSION || line.rev == 0 || line.undoes == Some(0) || line.id.is_empty() {
        return None;
    }
    let (id, rev, undoes) = (Id::new(line.id.as_str()), line.rev, line.undoes);
    let at = Stamp::parse_from_rfc3339(&line.at).ok()?;
    let body = match line.kind.as_str() {
        "deleted" => Body::Deleted,
        "answer" => Body::Answer(line.answer()?),
        "item" => Body::Item(line.item()?),
        "commitment" => Body::Commitment(line.commitment()?),
        "choice" => Body::Choice(Choice {
            entry: Id::new(line.entry?),
            portfolio: standing(&line.portfolio?).ok()?,
        }),
        _ => return None,
    };
    Some(Entry {
        id,
        rev,
        undoes,
        at,
        body,
    })
}

impl Line {
    fn answer(self) -> Option<Answer> {
        let period = match (self.week, self.month) {
            (None, None) => Period::Standing,
            (Some(week), None) => Period::Week(week.parse().ok()?),
            (None, Some(month)) => Period::Month(month.parse().ok()?),
            (Some(_), Some(_)) => return None,
        };
        Some(Answer {
            period,
            practice: self.practice?,
            step: self.step?,
            value: self.value?.0,
        })
    }

    fn item(self) -> Option<Item> {
        let values = self.values?.into_iter();
        Some(Item {
            register: self.register?,
            values: values.map(|(name, held)| (name, held.0)).collect(),
        })
    }

    fn commitment(self) -> Option<Commitment> {
        let moves = self.moves.unwrap_or_default().into_iter().map(|moved| {
            Some(Move {
                on: day(&moved.on).ok()?,
                from: day(&moved.from).ok()?,
                to: day(&moved.to).ok()?,
                why: moved.why.unwrap_or_default(),
            })
        });
        let closing = match self.closing {
            None => None,
            Some(closing) => Some(Closing {
                how: how(&closing.how).ok()?,
                on: day(&closing.on).ok()?,
                evidence: closing.evidence.unwrap_or_default(),
            }),
        };
        Some(Commitment {
            better: self.better?,
            area: self.area.unwrap_or_default(),
            due: day(&self.due?).ok()?,
            made: day(&self.made?).ok()?,
            moves: moves.collect::<Option<_>>()?,
            closing,
            origin: self.origin.map(Id::new),
        })
    }
}

impl<'de> Deserialize<'de> for Held {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(HeldVisitor)
    }
}

struct HeldVisitor;

impl<'de> Visitor<'de> for HeldVisitor {
    type Value = Held;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("text or a list")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Held, E> {
        Ok(Held(Value::Text(text.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Held, A::Error> {
        let (mut texts, mut lines) = (Vec::new(), Vec::new());
        while let Some(element) = list.next_element()? {
            match element {
                Element::Text(text) => texts.push(text),
                Element::Dated(line) => lines.push(line),
            }
        }
        match (texts.is_empty(), lines.is_empty()) {
            (_, true) => Ok(Held(Value::List(texts))),
            (true, false) => Ok(Held(Value::Log(lines))),
            (false, false) => Err(A::Error::custom("texts and lines in one list")),
        }
    }
}

impl<'de> Deserialize<'de> for Element {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ElementVisitor)
    }
}

struct ElementVisitor;

impl<'de> Visitor<'de> for ElementVisitor {
    type Value = Element;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("text or a dated line")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Element, E> {
        Ok(Element::Text(text.to_owned()))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Element, A::Error> {
        let line = DatedLine::deserialize(MapAccessDeserializer::new(map))?;
        Ok(Element::Dated(Dated {
            on: day(&line.on).map_err(A::Error::custom)?,
            text: line.text,
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::super::{decode, wire};
    use super::*;

    const FIXTURES: [&[u8]; 3] = [
        include_bytes!("../../tests/fixtures/format-1/journal.jsonl"),
        include_bytes!("../../tests/fixtures/format-1/damaged.jsonl"),
        include_bytes!("../../assets/format.md"),
    ];

    /// Whether a line is read here; if so, it is read as it is with more care.
    #[track_caller]
    fn is_quick(line: &[u8]) -> bool {
        let Some(quick) = entry(line) else {
            return false;
        };
        let careful = decode::careful(line).map_err(|damage| format!("{damage:?}"));
        // As text, because instants are equal whatever their offset is.
        let (quick, careful) = (
            format!("{quick:?}"),
            careful.map(|entry| format!("{entry:?}")),
        );
        assert_eq!(careful, Ok(quick), "{}", String::from_utf8_lossy(line));
        true
    }

    fn lines() -> impl Iterator<Item = &'static [u8]> {
        let lines = FIXTURES
            .iter()
            .flat_map(|text| text.split(|byte| *byte == b'\n'));
        lines.map(<[u8]>::trim_ascii)
    }

    #[test]
    fn every_line_leadby_writes_is_read_quickly() {
        let entries = lines().filter_map(|line| decode::careful(line).ok());
        let written: Vec<String> = entries.map(|entry| wire::encode(&entry)).collect();
        assert!(written.len() > 20);
        for line in written {
            assert!(is_quick(line.as_bytes()), "{line}");
        }
    }

    #[test]
    fn a_line_is_read_alike_or_left_to_be_looked_at() {
        let changes = [
            ("\"rev\":1", "\"rev\":0"),
            ("\"rev\":1", "\"rev\":1.0"),
            ("\"v\":1", "\"v\":2"),
            ("\"v\":1", "\"v\":1,\"v\":1"),
            ("\"v\":1", "\"v\":1,\"mood\":1e999"),
            ("\"v\":1", "\"v\":1,\"mood\":\"\\ud800\""),
            ("\"v\":1", "\"v\":1,\"area\":null"),
            ("\"v\":1", "\"v\":1,\"closing\":null,\"moves\":null"),
            ("\"v\":1", "\"v\":1,\"month\":\"2026-13\""),
            ("\"v\":1", "\"v\":1,\"moves\":[{}]"),
            ("\"week\"", "\"month\""),
            ("\"value\":", "\"value\":null,\"other\":"),
            ("\"value\":", "\"value\":[],\"value\":"),
            ("\"value\":[", "\"value\":[1,"),
            ("\"value\":[", "\"value\":[\"x\","),
            ("\"title\":", "\"title\":\"x\",\"title\":"),
            ("\"text\":", "\"text\":\"x\",\"mood\":"),
            ("2026-11-2", "2026-11-3"),
            ("2026-", "+2026-"),
            ("\"kept\"", "\"lost\""),
            ("\"id\":\"", "\"id\":\"\",\"was\":\""),
        ];
        for line in lines() {
            is_quick(line);
            for (from, to) in changes {
                let line = String::from_utf8_lossy(line);
                is_quick(line.replace(from, to).as_bytes());
            }
        }
    }

    #[test]
    fn a_line_with_one_other_byte_is_read_alike_or_left_to_be_looked_at() {
        for line in lines().filter(|line| line.starts_with(b"{")) {
            for at in 0..line.len() {
                for byte in [0, b' ', b'"', b'1', b'\\', b'x', b'}', 0xff] {
                    let mut changed = line.to_vec();
                    changed[at] = byte;
                    is_quick(&changed);
                }
                is_quick(&line[..at]);
            }
        }
    }
}
