//! The status: the week, what is due, what was kept, the months of the year.
//!
//! The figures are gathered here, and rendered as a page, as JSON and as one line.

mod json;
mod page;
mod status_line;

pub(super) use json::{box_id, progress_id};
pub use status_line::{PromptProgram, StatusLine};

use chrono::{Datelike, NaiveDate};

use crate::calendar::{DueDay, Month, Now, Week};
use crate::insight::{self, MonthBox, Progress};
use crate::journal::rules::{Basis, waiting_notes};
use crate::journal::{Commitment, Entry, Journal, OffDays, Record};
use crate::practice::{Catalog, Practice};

/// The status at one time.
#[derive(Clone, Debug)]
pub struct Status<'a> {
    today: NaiveDate,
    due_day: DueDay,
    week: Week,
    open: Vec<(&'a Entry, &'a Commitment)>,
    off: OffDays,
    practices: Vec<(&'a Practice, Progress)>,
    record: Record,
    months: Option<MonthlyStatus<'a>>,
    month_over: Option<Month>,
    /// How many notes wait in the inbox.
    notes: usize,
    journal: &'a Journal,
    catalog: &'a Catalog,
}

#[derive(Clone, Debug)]
struct MonthlyStatus<'a> {
    register: &'a str,
    name: &'a str,
    boxes: Vec<(Month, MonthBox)>,
}

impl<'a> Status<'a> {
    /// The status at `now`.
    pub fn new(now: Now, journal: &'a Journal, catalog: &'a Catalog) -> Self {
        let today = now.today();
        let practices = catalog
            .walk()
            .map(|practice| (practice, insight::progress(journal, practice, now.week())))
            .collect();
        let months = catalog.monthly().map(|(register, _)| MonthlyStatus {
            register: &register.id,
            name: register.counted_name(),
            boxes: insight::month_boxes(journal, catalog, register, today.year(), today).collect(),
        });
        Self {
            today,
            due_day: now.due_day(),
            week: now.week(),
            open: journal.open_commitments(),
            off: OffDays::of(journal, catalog),
            practices,
            record: journal.record(today),
            months,
            month_over: insight::month_to_wrap_up(journal, catalog, today),
            notes: waiting_notes(Basis {
                journal,
                catalog,
                today,
            })
            .len(),
            journal,
            catalog,
        }
    }

    /// How many commitments are due today or overdue.
    pub fn due_count(&self) -> usize {
        let due = self
            .open
            .iter()
            .filter(|(_, commitment)| self.off.is_due(commitment, self.today));
        due.count()
    }

    fn count_with(&self, wanted: Progress) -> usize {
        let those = self
            .practices
            .iter()
            .filter(|(_, progress)| *progress == wanted);
        those.count()
    }

    fn next_practice(&self) -> Option<&'a Practice> {
        let next = self
            .practices
            .iter()
            .find(|(_, progress)| *progress != Progress::Done);
        next.map(|(practice, _)| *practice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::samples;

    fn at(now: Now, check: impl FnOnce(&Status<'_>)) {
        let (journal, catalog) = (samples::journal(), samples::catalog());
        check(&Status::new(now, &journal, &catalog));
    }

    #[test]
    fn a_person_reads_a_page() {
        at(samples::now(), |status| {
            insta::assert_snapshot!(status.page(), @r"
            Week 48 · Tue 24 Nov · 3 days to Friday

            By Friday
              ! Inbox rules
                process · due Fri 20 Nov · 4 days ago · moved twice, first due Fri 6 Nov
              ▸ One owner for every release step
                process · due Fri 27 Nov · in 3 days

            This week
              ▪ 1 Audit          ■ 2 Problem
              1 of 2 done, next: 1 Audit

            Kept
              1 of 1 kept

            Problems 2026
              J F M A M J J A S O N D
              · · · · · · · · · · ■ ·
            ");
        });
    }

    #[test]
    fn a_program_reads_json() {
        at(samples::now(), |status| {
            let read: serde_json::Value = serde_json::from_str(&status.json()).expect("JSON");
            insta::assert_snapshot!("status", format!("{read:#}"));
        });
    }

    #[test]
    fn an_empty_journal_has_something_to_say() {
        let (journal, catalog) = (Journal::default(), samples::catalog());
        let status = Status::new(samples::now(), &journal, &catalog);
        insta::assert_snapshot!(status.page(), @r#"
        Week 48 · Tue 24 Nov · 3 days to Friday

        By Friday
          Nothing open. leadby commit "…" adds one thing to lead better.

        This week
          □ 1 Audit          □ 2 Problem
          0 of 2 done, next: 1 Audit

        Kept
          No commitment has ended yet.

        Problems 2026
          J F M A M J J A S O N D
          · · · · · · · · · · □ ·
        "#);
        assert_eq!(status.due_count(), 0);
    }
}
