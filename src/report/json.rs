//! Entries as JSON objects whose shape is a promise.
//!
//! Every object has `id`, `kind` (`commitment`, `item`, `answer` or `choice`), `rev` and `at` (RFC 3339; null
//! with `rev` 0 for a preset that was never written to). Then come, by kind:
//!
//! - `commitment`: `better`, `area`, `due`, `first_due`, `made`, `state` (`open`, `kept`, `missed`,
//!   `let-go`), `moves` (`on`, `from`, `to`, `why`), `closing` (null, or `how`, `on`, `evidence`),
//!   `origin` (an id or null);
//! - `item`: `register`, `title`, `stage` (an id or null), `values` (by field and stage id);
//! - `answer`: `practice`, `step`, `period` (`2026-W48`, `2026-11`, or null for a standing one),
//!   `value`;
//! - `choice`: `entry` (the id of the entry it is about), `portfolio` (`in`, `out`, `first` or
//!   null), `place` (a number or null), `ladder` and `refused` (ids of expectations).
//!
//! An entry with fields that two versions changed independently also has `unsettled`: an object of
//! these fields (`values.did`, `due`, `deleted`), each with its texts, the shown one first. `newer` is
//! true if a newer leadby wrote a version that is not shown.
//!
//! A value is a string, a list of strings, or a list of `{"on": day, "text": line}`. Days are
//! ISO 8601. What could control a terminal is written as `\uXXXX`.

use serde_json::{Map, Value as Json, json};

use super::describe;
use crate::journal::{
    self, Body, Closing, Commitment, DELETED, Element, Entry, FieldValue, Id, Inclusion, Item,
    Journal, Move, Unsettled, Value, stage_of,
};
use crate::practice::Catalog;

/// One entry as one line of JSON.
pub fn entry(entry: &Entry, journal: &Journal, catalog: &Catalog) -> String {
    json_object(&all_members(entry, journal, catalog))
}

/// The same within other JSON.
pub(super) fn entry_object(entry: &Entry, journal: &Journal, catalog: &Catalog) -> Json {
    let members = all_members(entry, journal, catalog).into_iter();
    members
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

fn all_members(entry: &Entry, journal: &Journal, catalog: &Catalog) -> Vec<(&'static str, Json)> {
    let mut members = entry_members(entry, catalog);
    let unsettled = journal.unsettled(&entry.id);
    if !unsettled.is_empty() {
        let fields: Map<String, Json> = unsettled
            .iter()
            .map(|unsettled| (unsettled.field.clone(), texts_json(unsettled)))
            .collect();
        members.push(("unsettled", json!(fields)));
    }
    if journal.has_newer(&entry.id) {
        members.push(("newer", json!(true)));
    }
    members
}

/// The texts of an unsettled field, the shown one first.
fn texts_json(unsettled: &Unsettled) -> Json {
    if unsettled.field == DELETED {
        return json!([false, true]);
    }
    unsettled
        .texts
        .iter()
        .map(|text| text.as_ref().map(field_json))
        .collect()
}

fn field_json(value: &FieldValue) -> Json {
    match value {
        FieldValue::Kind(kind) => json!(match kind {
            journal::EntryKind::Answer(..) => "answer",
            journal::EntryKind::Item(register) => register,
            journal::EntryKind::Commitment => "commitment",
            journal::EntryKind::Choice(_) => "choice",
        }),
        FieldValue::Text(text) => json!(text),
        FieldValue::Closing(closing) => closing_json(closing),
        FieldValue::Portfolio(standing) => json!(standing.id()),
        FieldValue::List(elements) => elements.iter().map(element_json).collect(),
        FieldValue::Unknown(json) => serde_json::from_str(json).unwrap_or(Json::Null),
    }
}

fn element_json(element: &Element) -> Json {
    match element {
        Element::Text(text) => json!(text),
        Element::Dated(line) => json!({ "on": line.on.to_string(), "text": line.text }),
        Element::Move(moved) => move_json(moved),
        Element::Unknown(json) => serde_json::from_str(json).unwrap_or(Json::Null),
    }
}

fn closing_json(closing: &Closing) -> Json {
    json!({
        "how": closing.how.id(),
        "on": closing.on.to_string(),
        "evidence": closing.evidence,
    })
}

fn move_json(moved: &Move) -> Json {
    json!({
        "on": moved.on.to_string(),
        "from": moved.from.to_string(),
        "to": moved.to.to_string(),
        "why": moved.why,
    })
}

/// The versions of an entry, newest first: entries with the additional members `name` (the checksum
/// of the line), `after` (the names of the versions it was made from), `undoes` (the name of the
/// version it undoes, or null) and `taken_back`.
pub fn versions(journal: &Journal, id: &Id, catalog: &Catalog) -> Vec<String> {
    let traced = journal.traced_versions(id);
    let name = |at: usize| traced[at].entry.lineage.name.to_string();
    let objects = traced.iter().rev().map(|version| {
        let mut members = entry_members(version.entry, catalog);
        let after: Vec<String> = version.parents.iter().map(|at| name(*at)).collect();
        members.splice(
            4..4,
            [
                ("name", json!(version.entry.lineage.name.to_string())),
                ("after", json!(after)),
                ("undoes", json!(version.undoes.map(name))),
                ("taken_back", json!(version.is_undone)),
            ],
        );
        json_object(&members)
    });
    objects.collect()
}

fn entry_members(entry: &Entry, catalog: &Catalog) -> Vec<(&'static str, Json)> {
    let kind = match &entry.body {
        Body::Deleted => "deleted",
        Body::Forgotten => "forgotten",
        Body::Newer => "newer",
        Body::Answer(_) => "answer",
        Body::Item(_) => "item",
        Body::Commitment(_) => "commitment",
        Body::Choice(_) => "choice",
    };
    let at = (entry.rev > 0).then(|| entry.at.to_rfc3339());
    let mut members = vec![
        ("id", json!(entry.id.as_str())),
        ("kind", json!(kind)),
        ("rev", json!(entry.rev)),
        ("at", json!(at)),
    ];
    match &entry.body {
        Body::Deleted | Body::Forgotten | Body::Newer => {}
        Body::Answer(answer) => members.extend([
            ("practice", json!(answer.practice)),
            ("step", json!(answer.step)),
            ("period", json!(describe::period_id(answer.period))),
            ("value", value_json(&answer.value)),
        ]),
        Body::Item(item) => members.extend(item_members(item, catalog)),
        Body::Commitment(commitment) => members.extend(commitment_members(commitment)),
        Body::Choice(choice) => members.extend([
            ("entry", json!(choice.entry.as_str())),
            ("portfolio", json!(choice.portfolio.map(Inclusion::id))),
            ("place", json!(choice.place)),
            ("ladder", json!(choice.ladder)),
            ("refused", json!(choice.refused)),
        ]),
    }
    members
}

/// JSON with every character that could control a terminal as `\uXXXX`; the encoder has already
/// done so for those below U+0020.
///
/// Such characters occur only inside strings, so the JSON means the same after it.
pub fn escape(json: &str) -> String {
    let mut escaped = String::with_capacity(json.len());
    for character in json.chars() {
        match character {
            '\u{7f}'..='\u{9f}'
            | '\u{61c}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}' => {
                let code = format!("\\u{:04x}", u32::from(character));
                escaped.push_str(&code);
            }
            _ => escaped.push(character),
        }
    }
    escaped
}

/// An object with its members in the order given, which `serde_json`'s map would not keep.
pub(super) fn json_object(members: &[(&str, Json)]) -> String {
    let members = members.iter();
    let members: Vec<String> = members
        .map(|(name, value)| format!("\"{name}\":{value}"))
        .collect();
    escape(&format!("{{{}}}", members.join(",")))
}

/// Texts, each with its label.
pub(super) fn labelled_texts(texts: &[(String, String)]) -> Json {
    let texts = texts.iter();
    texts
        .map(|(label, text)| json!({ "label": label, "text": text }))
        .collect()
}

/// Names, each with how often it is mentioned.
pub(super) fn counted_names(names: &[(String, usize)]) -> Json {
    let names = names.iter();
    names
        .map(|(name, times)| json!({ "name": name, "times": times }))
        .collect()
}

fn commitment_members(commitment: &Commitment) -> Vec<(&'static str, Json)> {
    let moves: Vec<Json> = commitment.moves.iter().map(move_json).collect();
    let how = describe::commitment_state_id(commitment);
    let closing = commitment.closing.as_ref().map(closing_json);
    let origin = commitment.origin.as_ref().map(Id::as_str);
    vec![
        ("better", json!(commitment.better)),
        ("area", json!(commitment.area)),
        ("due", json!(commitment.due.to_string())),
        ("first_due", json!(commitment.first_due().to_string())),
        ("made", json!(commitment.made.to_string())),
        ("state", json!(how)),
        ("moves", json!(moves)),
        ("closing", json!(closing)),
        ("origin", json!(origin)),
    ]
}

fn item_members(item: &Item, catalog: &Catalog) -> Vec<(&'static str, Json)> {
    let stage = catalog
        .register(&item.register)
        .and_then(|register| stage_of(register, item))
        .map(|stage| stage.id.as_str());
    let values: Map<String, Json> = item
        .values
        .iter()
        .map(|(field, stored)| (field.clone(), value_json(stored)))
        .collect();
    vec![
        ("register", json!(item.register)),
        ("title", json!(item.title())),
        ("stage", json!(stage)),
        ("values", Json::Object(values)),
    ]
}

fn value_json(value: &Value) -> Json {
    match value {
        Value::Text(text) => json!(text),
        Value::List(list) => json!(list),
        Value::Log(lines) => lines
            .iter()
            .map(|line| json!({ "on": line.on.to_string(), "text": line.text }))
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::*;

    #[test]
    fn the_shape_of_every_kind_is_kept() {
        let catalog = samples::catalog();
        let journal = samples::journal();
        let lines: Vec<String> = journal
            .entries()
            .map(|one| entry(one, &journal, &catalog))
            .collect();
        insta::assert_snapshot!(lines.join("\n"), @r#"
        {"id":"0193c000-0000-7000-8000-00000000aaaa","kind":"commitment","rev":1,"at":"2026-11-24T09:15:02+01:00","better":"One owner for every release step","area":"process","due":"2026-11-27","first_due":"2026-11-27","made":"2026-11-02","state":"open","moves":[],"closing":null,"origin":null}
        {"id":"0193c000-0000-7000-8000-00000000bbbb","kind":"commitment","rev":1,"at":"2026-11-24T09:15:02+01:00","better":"Stand-up starts on time","area":"process","due":"2026-10-30","first_due":"2026-10-30","made":"2026-11-02","state":"kept","moves":[],"closing":{"evidence":"five days of five","how":"kept","on":"2026-10-30"},"origin":null}
        {"id":"0193c000-0000-7000-8000-00000000cccc","kind":"item","rev":1,"at":"2026-11-24T09:15:02+01:00","register":"problems","title":"Nobody owned\nthe runbook\t日本","stage":"solved","values":{"notes":[{"on":"2026-11-03","text":"found \u001b[2J"}],"solved":"2026-11-19","spotted":"2026-11-03","title":"Nobody owned\nthe runbook\t日本","where":["here","in \\ Łódź"]}}
        {"id":"0193c000-0000-7000-8000-00000001aaaa","kind":"commitment","rev":1,"at":"2026-11-24T09:15:02+01:00","better":"Inbox rules","area":"process","due":"2026-11-20","first_due":"2026-11-06","made":"2026-11-02","state":"open","moves":[{"from":"2026-11-06","on":"2026-11-06","to":"2026-11-13","why":"waiting for Ana"},{"from":"2026-11-13","on":"2026-11-13","to":"2026-11-20","why":""}],"closing":null,"origin":null}
        {"id":"answer/2026-W48/audit/scale","kind":"answer","rev":1,"at":"2026-11-24T09:15:02+01:00","practice":"audit","step":"scale","period":"2026-W48","value":"good"}
        "#);
    }

    #[test]
    fn nothing_in_json_acts_on_a_terminal_and_nothing_is_lost() {
        let words: String = (0..0x2100)
            .filter_map(char::from_u32)
            .chain("\u{2028}\u{2066}\u{2069}é日🙂".chars())
            .collect();
        let line = json_object(&[("words", json!(words))]);
        assert!(!line.chars().any(|character| {
            character.is_control() || ('\u{202a}'..='\u{202e}').contains(&character)
        }));
        let read: Json = serde_json::from_str(&line).expect("JSON");
        assert_eq!(read["words"], Json::from(words));
    }
}
