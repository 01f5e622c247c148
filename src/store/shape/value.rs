//! The values of the members of a line: texts, days, times, and lists of them.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use chrono::{FixedOffset, NaiveDate, SecondsFormat};
use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::calendar::{self, Timestamp};
use crate::journal::{DatedLine, Value, VersionName};
use crate::text;

/// The reason for a member that is not a [`Value`].
const NO_VALUE: &str = "it has a value that is not text or a list of texts";

/// A reason that fits after `it cannot be read: …`.
pub(in crate::store) type Reason = String;

/// A text, borrowed from the line if nothing in it is escaped.
#[derive(Default, Deserialize, Serialize)]
#[serde(transparent)]
pub(super) struct JsonText<'a>(#[serde(borrow)] pub(super) Cow<'a, str>);

impl<'a> JsonText<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        Self(Cow::Borrowed(text))
    }

    pub(super) fn name(&self) -> VersionName {
        VersionName::new(&self.0)
    }
}

impl From<&VersionName> for JsonText<'_> {
    fn from(name: &VersionName) -> Self {
        Self(name.to_string().into())
    }
}

impl From<JsonText<'_>> for String {
    fn from(text: JsonText<'_>) -> Self {
        text.0.into_owned()
    }
}

/// A day as `YYYY-MM-DD` and nothing else.
pub(super) struct JsonDay(pub(super) NaiveDate);

impl<'de> Deserialize<'de> for JsonDay {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = JsonText::deserialize(deserializer)?;
        let day = calendar::parse_iso_date(&text.0);
        let no_day = || D::Error::custom(format!("“{}” is not a day", quoted(&text.0)));
        day.map(Self).ok_or_else(no_day)
    }
}

impl Serialize for JsonDay {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct JsonDated<'a> {
    on: JsonDay,
    text: Cow<'a, str>,
}

/// A [`Value`]: a text or a list. The draft file has the same.
pub(in crate::store) struct JsonValue<'a>(pub(in crate::store) Cow<'a, Value>);

/// Values by name.
pub(in crate::store) type JsonValues<'a> = BTreeMap<Cow<'a, str>, JsonValue<'a>>;

pub(in crate::store) fn json_values<'a>(
    values: impl IntoIterator<Item = (&'a String, &'a Value)>,
) -> JsonValues<'a> {
    let values = values.into_iter();
    values
        .map(|(name, value)| {
            (
                Cow::Borrowed(name.as_str()),
                JsonValue(Cow::Borrowed(value)),
            )
        })
        .collect()
}

impl Serialize for JsonValue<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &*self.0 {
            Value::Text(text) => serializer.serialize_str(text),
            Value::List(list) => serializer.collect_seq(list),
            Value::Log(lines) => serializer.collect_seq(lines.iter().map(|line| JsonDated {
                on: JsonDay(line.on),
                text: Cow::Borrowed(&line.text),
            })),
        }
    }
}

impl<'de> Deserialize<'de> for JsonValue<'_> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }
}

struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = JsonValue<'static>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(NO_VALUE)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(JsonValue(Cow::Owned(Value::from(text))))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let (mut texts, mut lines) = (Vec::new(), Vec::new());
        while let Some(element) = list.next_element()? {
            match element {
                JsonElement::Text(text) => texts.push(text),
                JsonElement::Dated(line) => lines.push(line),
            }
        }
        let value = match (texts.is_empty(), lines.is_empty()) {
            (_, true) => Value::List(texts),
            (true, false) => Value::Log(lines),
            (false, false) => return Err(A::Error::custom(NO_VALUE)),
        };
        Ok(JsonValue(Cow::Owned(value)))
    }
}

/// An element of such a list.
enum JsonElement {
    Text(String),
    Dated(DatedLine),
}

impl<'de> Deserialize<'de> for JsonElement {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ElementVisitor)
    }
}

struct ElementVisitor;

impl<'de> Visitor<'de> for ElementVisitor {
    type Value = JsonElement;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(NO_VALUE)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<JsonElement, E> {
        Ok(JsonElement::Text(text.to_owned()))
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<JsonElement, A::Error> {
        let line = JsonDated::deserialize(MapAccessDeserializer::new(members))?;
        Ok(JsonElement::Dated(DatedLine {
            on: line.on.0,
            text: line.text.into_owned(),
        }))
    }
}

/// A time in RFC 3339, which only has offsets of whole minutes.
pub(in crate::store) fn instant(at: Timestamp) -> String {
    let seconds = at.offset().local_minus_utc();
    let whole = FixedOffset::east_opt(seconds - seconds % 60).unwrap_or(*at.offset());
    at.with_timezone(&whole)
        .to_rfc3339_opts(SecondsFormat::AutoSi, false)
}

pub(in crate::store) fn parse_instant(text: &str) -> Result<Timestamp, Reason> {
    let no_time = |_| format!("“{}” is not a time", quoted(text));
    Timestamp::parse_from_rfc3339(text).map_err(no_time)
}

/// Why members do not fit their shape, in words.
pub(in crate::store) fn describe_misfit(error: &serde_json::Error) -> Reason {
    let said = error.to_string();
    if let Some(name) = said.strip_prefix("missing field ") {
        return format!("it has no “{}”", name.trim_matches('`'));
    }
    if said.contains(NO_VALUE) {
        return NO_VALUE.to_owned();
    }
    if said.starts_with("invalid ") {
        return "it has a member of another type".to_owned();
    }
    said
}

/// Text from the file for one of our messages: short and safe to show on a terminal.
pub(in crate::store) fn quoted(text: &str) -> String {
    // The beginning is enough of a text of many megabytes.
    let beginning: String = text.chars().take(400).collect();
    text::clip(&text::one_line(&beginning), 40)
}
