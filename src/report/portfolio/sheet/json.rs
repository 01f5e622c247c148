//! A page of headed lines as one JSON object, whose shape is a promise.
//!
//! - `for`: `manager`, `cv` or `person`; `person`: their name, or null; `last_talk`: the day of the
//!   last talk, or null;
//! - `first` and `until` (days), `about` (a list of `label` and `text`);
//! - `sections`: a list of `part` (`promised`, `under-way`, `needs`, `to-show`, `results`,
//!   `open`, `together` or `said`), `heading` and `lines`,
//!   each with `id`, `list` (the name of its list; null for a commitment), `title`, `text`, `number`,
//!   `state` (each may be empty), `day` (on which it was done or is due, or since when it is in its
//!   state; null for the user's own words), `first_due` and `moves` (of a commitment that is open: how often to a later day; else
//!   null), and `said_by` (who said the title; null for the user).
//!
//! Days are ISO 8601. What could control a terminal is written as `\uXXXX`.

use serde_json::{Value as Json, json};

use super::heading;
use crate::insight::{LineDay, Sheet, SheetLine, SheetPart, SheetSection, SheetSubject};
use crate::journal::DueShift;
use crate::report::json::{json_object, labelled_texts};

/// A page as one JSON object on one line, with a newline at its end.
pub(in crate::report::portfolio) fn sheet_json(sheet: &Sheet) -> String {
    let (subject, person, last_talk) = match &sheet.subject {
        SheetSubject::Bullets => ("cv", None, None),
        SheetSubject::Agenda { last } => ("manager", None, *last),
        SheetSubject::Person(name) => ("person", Some(name), None),
    };
    json_object(&[
        ("for", json!(subject)),
        ("person", json!(person)),
        ("last_talk", json!(last_talk.map(|day| day.to_string()))),
        ("first", json!(sheet.first.to_string())),
        ("until", json!(sheet.until.to_string())),
        ("about", labelled_texts(&sheet.about)),
        (
            "sections",
            sheet.sections.iter().map(section_json).collect(),
        ),
    ]) + "\n"
}

fn section_json(section: &SheetSection) -> Json {
    let part = match section.part {
        SheetPart::Results => "results",
        SheetPart::Promised => "promised",
        SheetPart::UnderWay => "under-way",
        SheetPart::Needs => "needs",
        SheetPart::ToShow => "to-show",
        SheetPart::Open => "open",
        SheetPart::Together => "together",
        SheetPart::Said => "said",
    };
    json!({
        "part": part,
        "heading": heading(section.part),
        "lines": section.lines.iter().map(line_json).collect::<Json>(),
    })
}

fn line_json(line: &SheetLine) -> Json {
    let (day, due) = match line.day {
        LineDay::None => (None, None),
        LineDay::Done(day) | LineDay::Since(day) => (Some(day), None),
        LineDay::Due { day, first, moved } => {
            let moves = moved.map_or(0, DueShift::times_later);
            (Some(day), Some((first.to_string(), moves)))
        }
    };
    let (first_due, moves) = due.unzip();
    json!({
        "id": line.id.as_str(),
        "list": line.list,
        "title": line.title,
        "text": line.text,
        "number": line.number,
        "state": line.state,
        "day": day.map(|day| day.to_string()),
        "first_due": first_due,
        "moves": moves,
        "said_by": line.said_by,
    })
}
