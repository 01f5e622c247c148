//! Reads a line member by member, to say what is wrong with it, or to keep what is unknown in it.
//!
//! Slower than the shapes of `store::decode`, which come first and read nearly every line. Unknown
//! members are kept as they are, so that a later leadby can add some. The draft file has the same
//! kinds of members and is read here, too.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde_json::value::RawValue;
use serde_json::{Map, Value as Json};

use super::encode::{VERSION, compact, inclusion_from_name, is_sound, outcome_from_name};
use super::{Damage, encode};
use crate::calendar::{self, Timestamp};
use crate::journal::{
    Answer, Body, Closing, Commitment, CommitmentOutcome, DatedLine, Entry, Id, Inclusion, Item,
    LAST_REVISION, Lineage, Member, Move, Period, PortfolioChoice, UndoTarget, UnknownMembers,
    Value, VersionName,
};
use crate::text;

/// The reason for a revision that no other could follow.
pub(super) const ABOVE_LAST: &str = "its “rev” is above 2^53";

/// The reason for a line that ends before its object does.
pub(super) const CUT_OFF: &str = "cut off in the middle";

/// The reason for a line of zero bytes.
pub(super) const ONLY_ZEROS: &str = "only zero bytes, as after a crash";

/// A reason that fits after `it cannot be read: …`.
type Reason = String;

/// The entry on a line, read member by member.
pub(super) fn decode_members(line: &[u8]) -> Result<Entry, Damage> {
    let object = object(line).map_err(Damage::Unreadable)?;
    let members = Members(&object);
    match members.version().map_err(Damage::Unreadable)? {
        VERSION => {}
        newer => return Err(Damage::NewerVersion(newer)),
    }
    let kind = members.text("kind").map_err(Damage::Unreadable)?;
    let (body, own) = match kind {
        "deleted" => (Ok(Body::Deleted), DELETED),
        "forgotten" => (Ok(Body::Forgotten), DELETED),
        "answer" => (members.answer().map(Body::Answer), ANSWER),
        "item" => (members.item().map(Body::Item), ITEM),
        "commitment" => (members.commitment().map(Body::Commitment), COMMITMENT),
        "choice" => (members.choice().map(Body::Choice), CHOICE),
        other => return Err(Damage::UnknownKind(quoted(other))),
    };
    let entry = body.and_then(|body| {
        let mut lineage = members.lineage()?;
        lineage.unknown = unknown(line, &object, own)?;
        let mut entry = members.entry(body, lineage)?;
        if members.optional("crc").ok().flatten().is_none() {
            entry.lineage.name = encode::checksum_name(&encode::encode(&entry));
        }
        Ok(entry)
    });
    let entry = entry.map_err(Damage::Unreadable)?;
    if is_sound(line) && holds_strangers(&object) {
        return Err(Damage::Unreadable(
            "it has something this leadby does not know".to_owned(),
        ));
    }
    Ok(entry)
}

/// Members of every line.
const COMMON: &[&str] = &[
    "v", "id", "rev", "after", "undoes", "open", "at", "kind", "crc",
];

/// Members of each kind.
const DELETED: &[&str] = &[];
const ANSWER: &[&str] = &["week", "month", "practice", "step", "value"];
const ITEM: &[&str] = &["register", "values"];
const COMMITMENT: &[&str] = &[
    "better", "area", "due", "made", "moves", "closing", "origin",
];
const CHOICE: &[&str] = &["entry", "portfolio", "place", "ladder", "refused"];

/// The unknown members of a line, each as it is written.
fn unknown(
    line: &[u8],
    object: &Map<String, Json>,
    own: &[&str],
) -> Result<Option<Box<UnknownMembers>>, Reason> {
    let is_known = |name: &str| COMMON.contains(&name) || own.contains(&name);
    if object.keys().all(|name| is_known(name)) {
        return Ok(None);
    }
    let unreadable = |_| "it is not JSON".to_owned();
    let raw: BTreeMap<String, &RawValue> = serde_json::from_slice(line).map_err(unreadable)?;
    let member = |json: &RawValue| {
        let list: Option<Vec<&RawValue>> = serde_json::from_str(json.get()).ok();
        match list {
            Some(list) => Member::List(list.iter().map(|json| compact(json.get())).collect()),
            None => Member::One(compact(json.get())),
        }
    };
    let unknown = raw
        .into_iter()
        .filter(|(name, _)| !is_known(name))
        .map(|(name, json)| (name, member(json)))
        .collect();
    Ok(Some(Box::new(unknown)))
}

/// Whether something inside a known member is unknown; an edit would lose it.
fn holds_strangers(object: &Map<String, Json>) -> bool {
    let strange = |json: &Json, known: &[&str]| {
        let members = json.as_object().into_iter().flatten();
        members
            .into_iter()
            .any(|(name, _)| !known.contains(&name.as_str()))
    };
    let any = |json: &Json, known: &[&str]| {
        let list = json.as_array().into_iter().flatten();
        list.into_iter().any(|element| strange(element, known))
    };
    let dated = |json: &Json| any(json, &["on", "text"]);
    let values = object.get("values").and_then(Json::as_object);
    object
        .get("closing")
        .is_some_and(|json| strange(json, &["how", "on", "evidence"]))
        || object
            .get("moves")
            .is_some_and(|json| any(json, &["on", "from", "to", "why"]))
        || object.get("value").is_some_and(dated)
        || values.into_iter().flatten().any(|(_, json)| dated(json))
}

/// The members of a JSON object, or of the draft file.
pub(super) fn object(line: &[u8]) -> Result<Map<String, Json>, Reason> {
    if line.iter().all(|byte| *byte == 0) {
        return Err(ONLY_ZEROS.to_owned());
    }
    let text = std::str::from_utf8(line).map_err(|_| "it is not UTF-8 text".to_owned())?;
    if is_conflict_marker(text) {
        return Err("a git conflict marker".to_owned());
    }
    match serde_json::from_str(text) {
        Ok(Json::Object(object)) => Ok(object),
        Ok(_) => Err("it is not a JSON object".to_owned()),
        Err(error) if error.is_eof() => Err(CUT_OFF.to_owned()),
        Err(error) if error.to_string().starts_with("recursion limit") => {
            Err("it is nested too deeply".to_owned())
        }
        Err(error) => Err(format!("it is not JSON, from byte {} on", error.column())),
    }
}

/// The members of a JSON object; what cannot be read gives a reason.
pub(super) struct Members<'a>(pub(super) &'a Map<String, Json>);

impl<'a> Members<'a> {
    pub(super) fn version(&self) -> Result<u64, Reason> {
        let version = self.0.get("v").ok_or("it has no format version")?;
        version
            .as_u64()
            .filter(|version| *version >= 1)
            .ok_or_else(|| "its format version is invalid".to_owned())
    }

    /// A required text.
    pub(super) fn text(&self, name: &str) -> Result<&'a str, Reason> {
        self.optional(name)?
            .ok_or_else(|| format!("it has no “{name}”"))
    }

    pub(super) fn instant(&self, name: &str) -> Result<Timestamp, Reason> {
        let text = self.text(name)?;
        Timestamp::parse_from_rfc3339(text).map_err(|_| format!("“{}” is not a time", quoted(text)))
    }

    pub(super) fn values(&self, name: &str) -> Result<BTreeMap<String, Value>, Reason> {
        self.0
            .get(name)
            .and_then(Json::as_object)
            .ok_or_else(|| format!("it has no “{name}”"))?
            .iter()
            .map(|(name, json)| Ok((name.clone(), value(json)?)))
            .collect()
    }

    fn optional(&self, name: &str) -> Result<Option<&'a str>, Reason> {
        match self.0.get(name) {
            None | Some(Json::Null) => Ok(None),
            Some(Json::String(text)) => Ok(Some(text)),
            Some(_) => Err(format!("its “{name}” is not text")),
        }
    }

    /// A text that may be left out when it is empty.
    fn text_or_empty(&self, name: &str) -> Result<String, Reason> {
        Ok(self.optional(name)?.unwrap_or_default().to_owned())
    }

    fn day(&self, name: &str) -> Result<NaiveDate, Reason> {
        day(self.text(name)?)
    }

    fn list(&self, name: &str) -> Result<&'a [Json], Reason> {
        match self.0.get(name) {
            None | Some(Json::Null) => Ok(&[]),
            Some(Json::Array(list)) => Ok(list),
            Some(_) => Err(format!("its “{name}” is not a list")),
        }
    }

    fn revision(&self) -> Result<u64, Reason> {
        let whole = self.0.get("rev").and_then(Json::as_u64);
        match whole.filter(|rev| *rev >= 1) {
            Some(rev) if rev <= LAST_REVISION => Ok(rev),
            Some(_) => Err(ABOVE_LAST.to_owned()),
            None => Err("its “rev” is not a whole number from 1 on".to_owned()),
        }
    }

    /// What it was made from; its name is read elsewhere.
    fn lineage(&self) -> Result<Lineage, Reason> {
        let undoes = match self.0.get("undoes") {
            None | Some(Json::Null) => None,
            Some(Json::String(name)) => Some(UndoTarget::Name(VersionName::new(name)).into()),
            Some(Json::Number(rev)) => Some(UndoTarget::Revision(rev.as_u64().unwrap_or(0)).into()),
            Some(_) => return Err("its “undoes” is not a version".to_owned()),
        };
        let open = self.texts("open")?.unwrap_or_default();
        Ok(Lineage {
            after: self.names("after")?,
            undoes,
            open: open.into_iter().map(Box::from).collect(),
            ..Lineage::default()
        })
    }

    pub(super) fn names(&self, name: &str) -> Result<Option<Box<[VersionName]>>, Reason> {
        let names = self.texts(name)?;
        Ok(names.map(|names| names.into_iter().map(VersionName::new).collect()))
    }

    /// A list of texts, which may be missing.
    fn texts(&self, name: &str) -> Result<Option<Vec<&'a str>>, Reason> {
        let strange = || format!("its “{name}” is not a list of texts");
        match self.0.get(name) {
            None | Some(Json::Null) => Ok(None),
            Some(Json::Array(list)) => {
                let texts: Option<Vec<&str>> = list.iter().map(Json::as_str).collect();
                texts.map(Some).ok_or_else(strange)
            }
            Some(_) => Err(strange()),
        }
    }

    pub(super) fn entry(&self, body: Body, mut lineage: Lineage) -> Result<Entry, Reason> {
        let id = self.text("id")?;
        if id.is_empty() {
            return Err("its id is empty".to_owned());
        }
        if let Ok(Some(name)) = self.optional("crc") {
            lineage.name = VersionName::new(name);
        }
        Ok(Entry {
            id: Id::new(id),
            rev: self.revision()?,
            lineage,
            at: self.instant("at")?,
            body,
        })
    }

    fn answer(&self) -> Result<Answer, Reason> {
        let week = self.optional("week")?;
        let month = self.optional("month")?;
        let period = match (week, month) {
            (None, None) => Period::Standing,
            (Some(week), None) => Period::Week(
                week.parse()
                    .map_err(|_| format!("“{}” is not a week", quoted(week)))?,
            ),
            (None, Some(month)) => {
                let no_month = |_| format!("“{}” is not a month", quoted(month));
                Period::Month(month.parse().map_err(no_month)?)
            }
            (Some(_), Some(_)) => return Err("it has both a week and a month".to_owned()),
        };
        Ok(Answer {
            period,
            practice: self.text("practice")?.to_owned(),
            step: self.text("step")?.to_owned(),
            value: value(self.0.get("value").ok_or("it has no “value”")?)?,
        })
    }

    fn item(&self) -> Result<Item, Reason> {
        let (register, values) = (self.text("register")?, self.values("values")?);
        Ok(Item::with_values(register, values))
    }

    fn choice(&self) -> Result<PortfolioChoice, Reason> {
        Ok(PortfolioChoice {
            entry: Id::new(self.text("entry")?),
            portfolio: self.optional("portfolio")?.map(inclusion).transpose()?,
            place: self.place()?,
            ladder: self.ids("ladder")?,
            refused: self.ids("refused")?,
        })
    }

    /// A list of ids, which may be missing.
    fn ids(&self, name: &str) -> Result<Vec<String>, Reason> {
        let ids = self.texts(name)?.unwrap_or_default().into_iter();
        Ok(ids.map(str::to_owned).collect())
    }

    /// The place of a choice, which may be missing.
    fn place(&self) -> Result<Option<u32>, Reason> {
        match self.0.get("place") {
            None | Some(Json::Null) => Ok(None),
            Some(json) => {
                let place = json.as_u64().and_then(|place| u32::try_from(place).ok());
                let reason = "its “place” is not a whole number from 0 to 4294967295";
                place.map(Some).ok_or_else(|| reason.to_owned())
            }
        }
    }

    fn commitment(&self) -> Result<Commitment, Reason> {
        let moves = self.list("moves")?.iter().map(|json| {
            let members = Members(json.as_object().ok_or("a move in it is not an object")?);
            Ok(Move {
                on: members.day("on")?,
                from: members.day("from")?,
                to: members.day("to")?,
                why: members.text_or_empty("why")?,
            })
        });
        let closing = match self.0.get("closing") {
            None | Some(Json::Null) => None,
            Some(json) => {
                let members = Members(json.as_object().ok_or("its closing is not an object")?);
                Some(Closing {
                    how: outcome(members.text("how")?)?,
                    on: members.day("on")?,
                    evidence: members.text_or_empty("evidence")?,
                })
            }
        };
        Ok(Commitment {
            better: self.text("better")?.to_owned(),
            area: self.text_or_empty("area")?,
            due: self.day("due")?,
            made: self.day("made")?,
            moves: moves.collect::<Result<_, Reason>>()?,
            closing,
            origin: self.optional("origin")?.map(Id::new),
        })
    }
}

fn value(json: &Json) -> Result<Value, Reason> {
    let strange = || "it has a value that is not text or a list of texts".to_owned();
    match json {
        Json::String(text) => Ok(Value::Text(text.clone())),
        Json::Array(list) if list.iter().all(Json::is_string) => {
            let texts = list.iter().filter_map(Json::as_str).map(str::to_owned);
            Ok(Value::List(texts.collect()))
        }
        Json::Array(list) => {
            let lines = list.iter().map(|json| {
                let members = Members(json.as_object().ok_or_else(strange)?);
                Ok(DatedLine {
                    on: members.day("on")?,
                    text: members.text("text")?.to_owned(),
                })
            });
            Ok(Value::Log(lines.collect::<Result<_, Reason>>()?))
        }
        _ => Err(strange()),
    }
}

/// How a commitment ended, from its name on a line.
fn outcome(text: &str) -> Result<CommitmentOutcome, Reason> {
    outcome_from_name(text)
        .ok_or_else(|| format!("“{}” is not a way to end a commitment", quoted(text)))
}

/// What was decided about an entry, from its name on a line.
fn inclusion(text: &str) -> Result<Inclusion, Reason> {
    inclusion_from_name(text).ok_or_else(|| format!("“{}” is not a choice", quoted(text)))
}

/// A day as `YYYY-MM-DD` and nothing else.
fn day(text: &str) -> Result<NaiveDate, Reason> {
    calendar::parse_iso_date(text).ok_or_else(|| format!("“{}” is not a day", quoted(text)))
}

fn is_conflict_marker(text: &str) -> bool {
    let marked = ["<<<<<<< ", "||||||| ", ">>>>>>> "]
        .iter()
        .any(|marker| text.starts_with(marker));
    marked || ["<<<<<<<", "|||||||", "=======", ">>>>>>>"].contains(&text)
}

/// Text from the file for one of our messages: short and safe to show on a terminal.
fn quoted(text: &str) -> String {
    // The beginning is enough of a text of many megabytes.
    let beginning: String = text.chars().take(400).collect();
    text::clip(&text::one_line(&beginning), 40)
}
