//! The status for programs.
//!
//! `today`, `week`, `days_to_friday`, `due` (how many commitments are due today or overdue), `off`
//! (whether all working days of the week are off),
//! `walk` (`done`, `half`, `of`, `next` (an id or null), `practices`: `id`, `name`, `progress` as
//! `done`, `half` or `not-yet`), `commitments` (the open ones as [`crate::report::entry_json`] writes
//! them), `record` (`kept`, `missed`, `streak`, `longest_streak` and `kept_rate`, as `assets/figures.md` defines
//! them) and `months` (null, or `register`, `year` and
//! twelve `boxes`: `month`, `box` as `solved`, `under-way`, `empty`, `off`, `before` (the journal) or `ahead`, and
//! `solved`), and `inbox` (how many notes wait).

use chrono::Datelike;
use serde_json::{Value as Json, json};

use super::Status;
use crate::calendar::Month;
use crate::insight::{MonthBox, Progress};
use crate::report::json;

impl Status<'_> {
    /// For programs, on one line without a newline; the shape is stated above.
    pub fn json(&self) -> String {
        let practices = self.practices.iter().map(|(practice, progress)| {
            json!({
                "id": practice.id,
                "name": practice.name,
                "progress": progress_id(*progress),
            })
        });
        let practices: Json = practices.collect();
        let open = self.open.iter();
        let open = open.map(|(entry, _)| json::entry_object(entry, self.journal, self.catalog));
        let months = self.months.as_ref().map(|months| {
            let boxes: Json = months.boxes.iter().map(box_json).collect();
            json!({
                "register": months.register,
                "year": self.today.year(),
                "boxes": boxes,
            })
        });
        json::json_object(&[
            ("today", json!(self.today.to_string())),
            ("week", json!(self.week.to_string())),
            ("days_to_friday", json!(self.due_day.days_left(self.today))),
            ("due", json!(self.due_count())),
            ("off", json!(self.off.is_week_off(self.week))),
            (
                "walk",
                json!({
                    "done": self.count_with(Progress::Done),
                    "half": self.count_with(Progress::Partial),
                    "of": self.practices.len(),
                    "next": self.next_practice().map(|next| next.id.as_str()),
                    "practices": practices,
                }),
            ),
            ("commitments", open.collect()),
            (
                "record",
                json!({
                    "kept": self.record.kept,
                    "missed": self.record.missed,
                    "streak": self.record.streak,
                    "longest_streak": self.record.longest_streak,
                    "kept_rate": self.record.rate().percent(),
                }),
            ),
            ("months", json!(months)),
            ("inbox", json!(self.notes)),
        ])
    }
}

/// How far a practice is, by the name in JSON.
pub(in crate::report) fn progress_id(progress: Progress) -> &'static str {
    match progress {
        Progress::NotStarted => "not-yet",
        Progress::Partial => "half",
        Progress::Done => "done",
    }
}

/// The name of a month's box in JSON, and how many were solved.
pub(in crate::report) fn box_id(state: MonthBox) -> (&'static str, usize) {
    match state {
        MonthBox::Solved(solved) => ("solved", solved),
        MonthBox::UnderWay => ("under-way", 0),
        MonthBox::Open | MonthBox::Empty => ("empty", 0),
        MonthBox::Off => ("off", 0),
        MonthBox::BeforeJournal => ("before", 0),
        MonthBox::Future => ("ahead", 0),
    }
}

fn box_json((month, what): &(Month, MonthBox)) -> Json {
    let (name, solved) = box_id(*what);
    json!({ "month": month.to_string(), "box": name, "solved": solved })
}
