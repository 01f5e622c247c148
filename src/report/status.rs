//! Where things stand: the week, what is due, what was kept, the months of the year.
//!
//! # The JSON form
//! `today`, `week`, `days_to_friday`, `due` (how many commitments are due today or overdue),
//! `walk` (`done`, `half`, `of`, `next` (an id or null), `practices`: `id`, `name`, `progress` as
//! `done`, `half` or `not-yet`), `commitments` (the open ones as [`super::entry_json`] writes
//! them), `record` (`kept`, `missed`, `streak`) and `months` (null, or `register`, `year` and
//! twelve `boxes`: `month`, `box` as `solved`, `under-way`, `empty` or `ahead`, and `solved`).

use chrono::{Datelike, NaiveDate};
use serde_json::{Value as Json, json};

use super::{json, moved, number};
use crate::calendar::{self, Month, Now, Week};
use crate::journal::{Commitment, Entry, Journal, MonthBox, Progress, Record};
use crate::practice::{Catalog, Practice};
use crate::words::{clip, count, one_line, width};

/// Where things stand at one moment.
#[derive(Clone, Debug)]
pub struct Status<'a> {
    today: NaiveDate,
    week: Week,
    open: Vec<(&'a Entry, &'a Commitment)>,
    practices: Vec<(&'a Practice, Progress)>,
    record: Record,
    months: Option<Months<'a>>,
    catalog: &'a Catalog,
}

#[derive(Clone, Debug)]
struct Months<'a> {
    register: &'a str,
    name: &'a str,
    boxes: Vec<(Month, MonthBox)>,
}

impl<'a> Status<'a> {
    /// How things stand at `now`.
    #[must_use]
    pub fn at(now: Now, journal: &'a Journal, catalog: &'a Catalog) -> Self {
        let today = now.today();
        let practices = catalog
            .walk()
            .map(|practice| (practice, journal.progress(practice, now.week())))
            .collect();
        let months = catalog.monthly().map(|(register, _)| Months {
            register: &register.id,
            name: &register.name,
            boxes: (1..=12)
                .filter_map(|month| Month::new(today.year(), month))
                .map(|month| (month, journal.month_box(register, month, today)))
                .collect(),
        });
        Self {
            today,
            week: now.week(),
            open: journal.open_commitments(),
            practices,
            record: journal.record(today),
            months,
            catalog,
        }
    }

    /// How many commitments are due today or overdue.
    #[must_use]
    pub fn due(&self) -> usize {
        let due = self
            .open
            .iter()
            .filter(|(_, commitment)| commitment.due <= self.today);
        due.count()
    }

    /// For a person, a few lines; each ends in a line feed.
    #[must_use]
    pub fn in_words(&self) -> String {
        let mut text = format!(
            "Week {} · {} · {}\n",
            self.week.number(),
            calendar::short(self.today, self.today),
            self.to_friday()
        );
        text.push_str("\nBy Friday\n");
        if self.open.is_empty() {
            text.push_str(
                "  Nothing is open. leadby commit \"…\" sets one thing to lead better.\n",
            );
        }
        for (_, commitment) in &self.open {
            text.push_str(&self.commitment(commitment));
        }
        text.push_str("\nThis week\n");
        for row in self.practices.chunks(4) {
            let cells: Vec<String> = row
                .iter()
                .map(|(practice, progress)| {
                    let cell = format!("{} {} {}", sign(*progress), practice.order, practice.name);
                    crate::words::fit(&cell, 18)
                })
                .collect();
            text.push_str(&format!("  {}\n", cells.join(" ").trim_end()));
        }
        let done = format!(
            "{} of {} done",
            self.count(Progress::Done),
            self.practices.len()
        );
        match self.next() {
            Some(next) => text.push_str(&format!("  {done}, next: {}\n", next.title)),
            None => text.push_str(&format!("  {done}\n")),
        }
        text.push_str(&format!("\nKept\n  {}\n", self.kept()));
        if let Some(months) = &self.months {
            text.push_str(&format!(
                "\n{} {}\n",
                one_line(months.name),
                self.today.year()
            ));
            let letters: Vec<&str> = months
                .boxes
                .iter()
                .map(|(month, _)| &month.name()[..1])
                .collect();
            let signs: Vec<&str> = months
                .boxes
                .iter()
                .map(|(_, month)| box_sign(*month))
                .collect();
            text.push_str(&format!("  {}\n  {}\n", letters.join(" "), signs.join(" ")));
        }
        text
    }

    /// For a prompt or a status bar: `W48 3/8 · ▸ One owner for every release step (Fri 27 Nov)`,
    /// with `!` for what is due or overdue and `+1` for what else is open. No line feed.
    #[must_use]
    pub fn short(&self) -> String {
        let done = self.count(Progress::Done);
        let mut line = format!("W{:02} {done}/{}", self.week.number(), self.practices.len());
        if let Some((_, commitment)) = self.open.first() {
            let better = clip(&one_line(&commitment.better), 48);
            let due = calendar::short(commitment.due, self.today);
            line.push_str(&format!(" · {} {better} ({due})", self.mark(commitment)));
        }
        if self.open.len() > 1 {
            line.push_str(&format!(" +{}", self.open.len() - 1));
        }
        line
    }

    /// For a program, on one line without a line feed; the shape is stated above.
    #[must_use]
    pub fn json(&self) -> String {
        let practices: Vec<String> = self
            .practices
            .iter()
            .map(|(practice, progress)| {
                json::object(&[
                    ("id", json!(practice.id)),
                    ("name", json!(practice.name)),
                    ("progress", json!(progress_id(*progress))),
                ])
            })
            .collect();
        let walk = members(&[
            ("done", self.count(Progress::Done).to_string()),
            ("half", self.count(Progress::Half).to_string()),
            ("of", self.practices.len().to_string()),
            (
                "next",
                Json::from(self.next().map(|next| next.id.as_str())).to_string(),
            ),
            ("practices", list(&practices)),
        ]);
        let open: Vec<String> = self
            .open
            .iter()
            .map(|(entry, _)| json::entry(entry, self.catalog))
            .collect();
        let record = json::object(&[
            ("kept", json!(self.record.kept)),
            ("missed", json!(self.record.missed)),
            ("streak", json!(self.record.streak)),
        ]);
        let months = self.months.as_ref().map_or_else(
            || "null".to_owned(),
            |months| {
                let boxes: Vec<String> = months.boxes.iter().map(box_json).collect();
                members(&[
                    ("register", Json::from(months.register).to_string()),
                    ("year", self.today.year().to_string()),
                    ("boxes", list(&boxes)),
                ])
            },
        );
        members(&[
            ("today", Json::from(self.today.to_string()).to_string()),
            ("week", Json::from(self.week.to_string()).to_string()),
            ("days_to_friday", self.days_to_friday().to_string()),
            ("due", self.due().to_string()),
            ("walk", walk),
            ("commitments", list(&open)),
            ("record", record),
            ("months", months),
        ])
    }

    fn commitment(&self, commitment: &Commitment) -> String {
        let better = one_line(&commitment.better);
        let mut about = Vec::new();
        if !commitment.area.is_empty() {
            about.push(one_line(&commitment.area));
        }
        about.push(format!(
            "due {}",
            calendar::in_words(commitment.due, self.today)
        ));
        about.extend(moved(commitment, self.today));
        // What is long is cut where the other lines of this page end as well.
        let shown = if width(&better) > 76 {
            clip(&better, 76)
        } else {
            better
        };
        format!(
            "  {} {shown}\n    {}\n",
            self.mark(commitment),
            about.join(" · ")
        )
    }

    fn mark(&self, commitment: &Commitment) -> &'static str {
        if commitment.due <= self.today {
            "!"
        } else {
            "▸"
        }
    }

    fn count(&self, wanted: Progress) -> usize {
        let those = self
            .practices
            .iter()
            .filter(|(_, progress)| *progress == wanted);
        those.count()
    }

    fn next(&self) -> Option<&'a Practice> {
        let next = self
            .practices
            .iter()
            .find(|(_, progress)| *progress != Progress::Done);
        next.map(|(practice, _)| *practice)
    }

    fn kept(&self) -> String {
        let ended = self.record.kept + self.record.missed;
        match (ended, self.record.streak) {
            (0, _) => "No commitment has ended yet.".to_owned(),
            (_, 0 | 1) => format!("{} of {ended} kept", self.record.kept),
            (_, streak) => format!(
                "{} of {ended} kept, {} in a row",
                self.record.kept,
                number(streak)
            ),
        }
    }

    fn days_to_friday(&self) -> i64 {
        let friday = if self.today <= self.week.friday() {
            self.week.friday()
        } else {
            self.week.next().friday()
        };
        (friday - self.today).num_days()
    }

    fn to_friday(&self) -> String {
        match usize::try_from(self.days_to_friday()) {
            Ok(0) => "it is Friday".to_owned(),
            Ok(days) => format!("{} to Friday", count(days, "day")),
            Err(_) => String::new(),
        }
    }
}

fn sign(progress: Progress) -> &'static str {
    match progress {
        Progress::NotYet => "○",
        Progress::Half => "◐",
        Progress::Done => "●",
    }
}

fn progress_id(progress: Progress) -> &'static str {
    match progress {
        Progress::NotYet => "not-yet",
        Progress::Half => "half",
        Progress::Done => "done",
    }
}

fn box_sign(month: MonthBox) -> &'static str {
    match month {
        MonthBox::Solved(_) => "■",
        MonthBox::UnderWay => "◧",
        MonthBox::Empty => "□",
        MonthBox::Ahead => "·",
    }
}

fn box_json((month, what): &(Month, MonthBox)) -> String {
    let (name, solved) = match *what {
        MonthBox::Solved(solved) => ("solved", solved),
        MonthBox::UnderWay => ("under-way", 0),
        MonthBox::Empty => ("empty", 0),
        MonthBox::Ahead => ("ahead", 0),
    };
    json::object(&[
        ("month", json!(month.to_string())),
        ("box", json!(name)),
        ("solved", json!(solved)),
    ])
}

/// Members whose values are JSON already.
fn members(members: &[(&str, String)]) -> String {
    let members: Vec<String> = members
        .iter()
        .map(|(name, value)| format!("\"{name}\":{value}"))
        .collect();
    json::escape(&format!("{{{}}}", members.join(",")))
}

fn list(values: &[String]) -> String {
    format!("[{}]", values.join(","))
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::*;

    fn at(now: Now, read: impl Fn(&Status<'_>) -> String) -> String {
        let (journal, catalog) = (samples::journal(), samples::catalog());
        read(&Status::at(now, &journal, &catalog))
    }

    #[test]
    fn a_person_reads_a_page() {
        insta::assert_snapshot!(at(samples::now(), |status| status.in_words()), @r"
        Week 48 · Tue 24 Nov · 3 days to Friday

        By Friday
          ! Inbox rules
            process · due Fri 20 Nov · 4 days ago · moved twice, first due Fri 6 Nov
          ▸ One owner for every release step
            process · due Fri 27 Nov · in 3 days

        This week
          ◐ 1 Audit          ● 2 Problem
          1 of 2 done, next: Audit

        Kept
          1 of 1 kept

        Problems 2026
          J F M A M J J A S O N D
          □ □ □ □ □ □ □ □ □ □ ■ ·
        ");
    }

    #[test]
    fn a_status_bar_reads_a_line() {
        insta::assert_snapshot!(at(samples::now(), |status| status.short()), @"W48 1/2 · ! Inbox rules (Fri 20 Nov) +1");
    }

    #[test]
    fn a_program_reads_json() {
        let json = at(samples::now(), |status| status.json());
        let read: Json = serde_json::from_str(&json).expect("JSON");
        insta::assert_snapshot!(format!("{read:#}"), @r#"
        {
          "commitments": [
            {
              "area": "process",
              "at": "2026-11-24T09:15:02+01:00",
              "better": "Inbox rules",
              "closing": null,
              "due": "2026-11-20",
              "first_due": "2026-11-06",
              "id": "0193c000-0000-7000-8000-00000001aaaa",
              "kind": "commitment",
              "made": "2026-11-02",
              "moves": [
                {
                  "from": "2026-11-06",
                  "on": "2026-11-06",
                  "to": "2026-11-13",
                  "why": "waiting for Ana"
                },
                {
                  "from": "2026-11-13",
                  "on": "2026-11-13",
                  "to": "2026-11-20",
                  "why": ""
                }
              ],
              "origin": null,
              "rev": 1,
              "state": "open"
            },
            {
              "area": "process",
              "at": "2026-11-24T09:15:02+01:00",
              "better": "One owner for every release step",
              "closing": null,
              "due": "2026-11-27",
              "first_due": "2026-11-27",
              "id": "0193c000-0000-7000-8000-00000000aaaa",
              "kind": "commitment",
              "made": "2026-11-02",
              "moves": [],
              "origin": null,
              "rev": 1,
              "state": "open"
            }
          ],
          "days_to_friday": 3,
          "due": 1,
          "months": {
            "boxes": [
              {
                "box": "empty",
                "month": "2026-01",
                "solved": 0
              },
              {
                "box": "empty",
                "month": "2026-02",
                "solved": 0
              },
              {
                "box": "empty",
                "month": "2026-03",
                "solved": 0
              },
              {
                "box": "empty",
                "month": "2026-04",
                "solved": 0
              },
              {
                "box": "empty",
                "month": "2026-05",
                "solved": 0
              },
              {
                "box": "empty",
                "month": "2026-06",
                "solved": 0
              },
              {
                "box": "empty",
                "month": "2026-07",
                "solved": 0
              },
              {
                "box": "empty",
                "month": "2026-08",
                "solved": 0
              },
              {
                "box": "empty",
                "month": "2026-09",
                "solved": 0
              },
              {
                "box": "empty",
                "month": "2026-10",
                "solved": 0
              },
              {
                "box": "solved",
                "month": "2026-11",
                "solved": 1
              },
              {
                "box": "ahead",
                "month": "2026-12",
                "solved": 0
              }
            ],
            "register": "problems",
            "year": 2026
          },
          "record": {
            "kept": 1,
            "missed": 0,
            "streak": 1
          },
          "today": "2026-11-24",
          "walk": {
            "done": 1,
            "half": 1,
            "next": "audit",
            "of": 2,
            "practices": [
              {
                "id": "audit",
                "name": "Audit",
                "progress": "half"
              },
              {
                "id": "problem",
                "name": "Problem",
                "progress": "done"
              }
            ]
          },
          "week": "2026-W48"
        }
        "#);
    }

    #[test]
    fn an_empty_journal_has_something_to_say() {
        let (journal, catalog) = (Journal::default(), samples::catalog());
        let status = Status::at(samples::now(), &journal, &catalog);
        insta::assert_snapshot!(status.in_words(), @r#"
        Week 48 · Tue 24 Nov · 3 days to Friday

        By Friday
          Nothing is open. leadby commit "…" sets one thing to lead better.

        This week
          ○ 1 Audit          ○ 2 Problem
          0 of 2 done, next: Audit

        Kept
          No commitment has ended yet.

        Problems 2026
          J F M A M J J A S O N D
          □ □ □ □ □ □ □ □ □ □ □ ·
        "#);
        assert_eq!(status.short(), "W48 0/2");
        assert_eq!(status.due(), 0);
    }

    #[test]
    fn the_way_to_friday_is_said_every_day() {
        let said = |text: &str| {
            let now = Now::new(text.parse().expect("an instant"));
            at(now, |status| status.to_friday())
        };
        assert_eq!(said("2026-11-23T09:00:00+01:00"), "4 days to Friday");
        assert_eq!(said("2026-11-26T09:00:00+01:00"), "1 day to Friday");
        assert_eq!(said("2026-11-27T18:00:00+01:00"), "it is Friday");
        assert_eq!(said("2026-11-28T09:00:00+01:00"), "6 days to Friday");
    }
}
