//! A suggestion for a month without a problem: an earlier answer about something that is tolerated.
//!
//! The practice says which answers count; today is passed in.

use chrono::{Datelike, NaiveDate};

use super::progress::{MonthBox, month_box};
use super::recurring::recurring;
use crate::calendar::{Month, Week};
use crate::journal::{Id, Journal, Period};
use crate::practice::{Catalog, Register};

/// The day of a month after which an empty box is worth a suggestion.
const LATE: u32 = 20;

/// How many weeks of answers are considered, the present one included.
const WEEKS: u32 = 8;

/// An answer that could become an item of the register with the twelve boxes.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Suggestion {
    pub id: Id,
    pub week: Week,
    pub text: String,
    /// In how many of the last eight weeks two of its words came up, if often.
    pub weeks: Option<usize>,
}

/// Whether the month is past its 20th day and its box is empty.
pub fn is_month_box_overdue(
    journal: &Journal,
    catalog: &Catalog,
    register: &Register,
    today: NaiveDate,
) -> bool {
    let month_box = month_box(journal, catalog, register, Month::of(today), today);
    today.day() > LATE && month_box == MonthBox::Open
}

/// What could fill the empty box of a month: of the last weeks' answers that have not become an
/// item, the newest about something that keeps coming up, or else the newest.
pub fn suggestion(journal: &Journal, catalog: &Catalog, today: NaiveDate) -> Option<Suggestion> {
    let (register, _) = catalog.monthly()?;
    if !is_month_box_overdue(journal, catalog, register, today) {
        return None;
    }
    let this_week = Week::of(today);
    let mut last = None;
    for practice in catalog.walk().filter(|practice| !practice.private) {
        for step in practice.steps.iter().filter(|step| step.suggests) {
            let recurring = recurring(journal, &practice.id, &step.id, this_week);
            for week in (0..WEEKS).map(|back| this_week.minus_weeks(back)) {
                let id = Id::answer(Period::Week(week), &practice.id, &step.id);
                let answer = journal.answer(Period::Week(week), &practice.id, &step.id);
                let words = answer
                    .and_then(|answer| answer.as_text())
                    .unwrap_or("")
                    .trim();
                if words.is_empty() || !journal.items_from(&register.id, &id).is_empty() {
                    continue;
                }
                let folded = words.to_lowercase();
                let weeks = recurring
                    .as_ref()
                    .filter(|(pair, _)| folded.contains(&pair.to_lowercase()))
                    .map(|(_, weeks)| *weeks);
                let found = Suggestion {
                    id,
                    week,
                    text: words.to_owned(),
                    weeks,
                };
                if weeks.is_some() {
                    return Some(found);
                }
                last.get_or_insert(found);
            }
        }
    }
    last
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::samples::{answered, catalog, entry_on};
    use crate::journal::{Body, Entry, Item, Value};
    use crate::practice::ORIGIN_KEY;

    /// An answer that was given so many weeks back.
    fn said(back: u32, step: &str, words: &str) -> Entry {
        let week: Week = "2026-W48".parse().expect("a week");
        answered(Period::Week(week.minus_weeks(back)), "garden", step, words)
    }

    /// The text that is suggested on a day, and in how many weeks it came up.
    #[track_caller]
    fn check(entries: &[Entry], today: &str, expected: Option<(&str, Option<usize>)>) {
        let catalog = catalog();
        let journal = Journal::fold(entries.iter().cloned());
        let today = today.parse().expect("a day");
        let found = suggestion(&journal, &catalog, today);
        let found = found.as_ref().map(|it| (it.text.as_str(), it.weeks));
        assert_eq!(found, expected, "{today}");
    }

    #[test]
    fn past_the_twentieth_the_last_answer_is_suggested() {
        let entries = [
            said(0, "weeds", "  "),
            said(0, "sky", "Rain"),
            said(2, "weeds", "Moss on the steps"),
            said(3, "weeds", "Nettles"),
        ];
        check(&entries, "2026-11-24", Some(("Moss on the steps", None)));
        check(&entries, "2026-11-21", Some(("Moss on the steps", None)));
        check(&entries, "2026-11-20", None);
        check(&entries[..2], "2026-11-24", None);
        check(&[said(8, "weeds", "Long ago")], "2026-11-24", None);
    }

    #[test]
    fn what_keeps_coming_up_comes_first() {
        let entries = [
            said(0, "weeds", "Moss"),
            said(1, "weeds", "The broken gate, again"),
            said(3, "weeds", "A broken gate"),
            said(5, "weeds", "broken gate"),
        ];
        let expected = ("The broken gate, again", Some(3));
        check(&entries, "2026-11-24", Some(expected));
    }

    #[test]
    fn what_became_an_item_is_not_suggested_again_nor_anything_for_a_full_box() {
        let bed = |day: &str, from: &Entry| {
            let mut item = Item::new("beds");
            item.set(ORIGIN_KEY, Value::Text(from.id.to_string()));
            item.set("dug", Value::from(day));
            entry_on("bed", "2026-09-01", Body::Item(item))
        };
        let (moss, nettles) = (said(0, "weeds", "Moss"), said(1, "weeds", "Nettles"));
        let before = bed("2026-10-30", &moss);
        let entries = [moss.clone(), nettles.clone(), before];
        check(&entries, "2026-11-24", Some(("Nettles", None)));
        let entries = [moss.clone(), nettles, bed("2026-11-03", &moss)];
        check(&entries, "2026-11-24", None);
    }
}
