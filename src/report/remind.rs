//! What is due, unasked: a line per commitment, or nothing.

use chrono::NaiveDate;

use super::describe::due_sign;
use super::{due_history, short_id};
use crate::calendar::{self, Month, Now};
use crate::insight::{self, Progress};
use crate::journal::{Commitment, Journal, OffDays};
use crate::practice::Catalog;
use crate::text::{clip, counted_noun, one_line};

/// The open commitments due by `until`, earliest first; private ones without their text. On a day
/// that is off there are none.
pub fn reminders(
    journal: &Journal,
    catalog: &Catalog,
    until: NaiveDate,
    today: NaiveDate,
) -> Vec<String> {
    let off = OffDays::of(journal, catalog);
    let is_asked = |commitment: &Commitment| !off.is_off(today) && off.due_day(commitment) <= until;
    let due = journal
        .open_commitments()
        .into_iter()
        .filter(|(_, commitment)| is_asked(commitment));
    due.map(|(entry, commitment)| {
        let mark = due_sign(commitment, &off, today);
        let better = if journal.is_private(entry, catalog) {
            "a private commitment".to_owned()
        } else {
            clip(&one_line(&commitment.better), 76)
        };
        let mut said = vec![
            format!("{mark} {better}"),
            format!(
                "due {}",
                calendar::date_and_distance(off.due_day(commitment), today)
            ),
        ];
        said.extend(due_history(commitment, &off, today));
        let id = one_line(&short_id(&entry.id, journal));
        format!("{}  ({id})", said.join(" · "))
    })
    .collect()
}

/// What waits, in numbers: what is due, the walk of the week, and the month's box. It has no words of
/// the journal, as programs of all kinds show it. `None` if nothing waits, and on a day off.
pub fn waiting(now: Now, journal: &Journal, catalog: &Catalog) -> Option<String> {
    let today = now.today();
    if OffDays::of(journal, catalog).is_off(today) {
        return None;
    }
    let mut waiting = Vec::new();
    match reminders(journal, catalog, today, today).len() {
        0 => {}
        1 => waiting.push("1 commitment is due.".to_owned()),
        due => waiting.push(format!("{} are due.", counted_noun(due, "commitment"))),
    }
    let walk = catalog
        .walk()
        .map(|practice| insight::progress(journal, practice, now.week()));
    let walk: Vec<Progress> = walk.collect();
    let done = Progress::count_done(&walk);
    if done < walk.len() {
        waiting.push(format!("The walk of this week: {done} of {}.", walk.len()));
    }
    if let Some((register, _)) = catalog.monthly()
        && insight::is_month_box_overdue(journal, catalog, register, today)
    {
        let month = Month::of(today).name();
        let singular = &register.singular;
        waiting.push(format!("{month} still has room for one {singular}."));
    }
    (!waiting.is_empty()).then(|| waiting.join(" "))
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::*;

    #[test]
    fn what_is_due_is_a_line_and_the_rest_is_silence() {
        let (journal, today) = (samples::journal(), samples::now().today());
        let catalog = samples::catalog();
        let by = |until: &str| reminders(&journal, &catalog, samples::day(until), today);
        assert_eq!(by("2026-11-19"), Vec::<String>::new());
        assert_eq!(
            by("2026-11-24"),
            [
                "! Inbox rules · due Fri 20 Nov · 4 days ago · moved twice, first due Fri 6 Nov  (01aaaa)"
            ]
        );
        assert_eq!(
            by("2026-11-27")[1..],
            ["▸ One owner for every release step · due Fri 27 Nov · in 3 days  (00aaaa)"]
        );
    }
}
