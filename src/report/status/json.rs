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
        let practices: Vec<String> = self
            .practices
            .iter()
            .map(|(practice, progress)| {
                json::json_object(&[
                    ("id", json!(practice.id)),
                    ("name", json!(practice.name)),
                    ("progress", json!(progress_id(*progress))),
                ])
            })
            .collect();
        let walk = json::object_of_json(&[
            ("done", self.count_with(Progress::Done).to_string()),
            ("half", self.count_with(Progress::Partial).to_string()),
            ("of", self.practices.len().to_string()),
            (
                "next",
                Json::from(self.next_practice().map(|next| next.id.as_str())).to_string(),
            ),
            ("practices", json_array(&practices)),
        ]);
        let open: Vec<String> = self
            .open
            .iter()
            .map(|(entry, _)| json::entry(entry, self.journal, self.catalog))
            .collect();
        let record = json::json_object(&[
            ("kept", json!(self.record.kept)),
            ("missed", json!(self.record.missed)),
            ("streak", json!(self.record.streak)),
            ("longest_streak", json!(self.record.longest_streak)),
            ("kept_rate", json!(self.record.rate().percent())),
        ]);
        let months = self.months.as_ref().map_or_else(
            || "null".to_owned(),
            |months| {
                let boxes: Vec<String> = months.boxes.iter().map(box_json).collect();
                json::object_of_json(&[
                    ("register", Json::from(months.register).to_string()),
                    ("year", self.today.year().to_string()),
                    ("boxes", json_array(&boxes)),
                ])
            },
        );
        json::object_of_json(&[
            ("today", Json::from(self.today.to_string()).to_string()),
            ("week", Json::from(self.week.to_string()).to_string()),
            (
                "days_to_friday",
                self.due_day.days_left(self.today).to_string(),
            ),
            ("due", self.due_count().to_string()),
            ("off", self.off.is_week_off(self.week).to_string()),
            ("walk", walk),
            ("commitments", json_array(&open)),
            ("record", record),
            ("months", months),
            ("inbox", self.notes.to_string()),
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
        MonthBox::Empty => ("empty", 0),
        MonthBox::Off => ("off", 0),
        MonthBox::BeforeJournal => ("before", 0),
        MonthBox::Future => ("ahead", 0),
    }
}

fn box_json((month, what): &(Month, MonthBox)) -> String {
    let (name, solved) = box_id(*what);
    json::json_object(&[
        ("month", json!(month.to_string())),
        ("box", json!(name)),
        ("solved", json!(solved)),
    ])
}

fn json_array(values: &[String]) -> String {
    format!("[{}]", values.join(","))
}
