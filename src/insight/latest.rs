//! What was written into the lists last, and what waits in them longest.
//!
//! Pure: today is passed in. What others may not see is left out, as these stand on the first screen.

use std::cmp::Reverse;

use chrono::{Days, NaiveDate};

use super::waiting::waiting_since;
use crate::journal::{Id, Item, Journal};
use crate::practice::{Catalog, FieldKind, Register};

/// How many days back an item is among the latest.
const LATELY: u64 = 56;

/// An item in a few words.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct BriefItem {
    pub id: Id,
    /// The id of its register.
    pub register: String,
    /// What an item of its register is called: "problem".
    pub kind: String,
    pub title: String,
    /// The names in it; may be empty.
    pub people: String,
    /// The day it was first written, or since when it waits.
    pub day: NaiveDate,
}

/// The items that were first written in the last eight weeks, newest first.
pub fn latest_items(journal: &Journal, catalog: &Catalog, today: NaiveDate) -> Vec<BriefItem> {
    let since = today.checked_sub_days(Days::new(LATELY)).unwrap_or(today);
    let mut found = Vec::new();
    for register in catalog.registers().filter(|one| one.is_list()) {
        for (id, _, written) in journal.dated_items(&register.id) {
            let day = written.date_naive();
            if since <= day && day <= today {
                found.push((written, register, id));
            }
        }
    }
    found.sort_by_key(|(written, _, id)| Reverse((*written, *id)));
    let brief = found.into_iter().filter_map(|(written, register, id)| {
        brief(id, register, written.date_naive(), journal, catalog)
    });
    brief.collect()
}

/// The open items of the registers that count how long they wait, the longest first.
pub fn longest_waiting(journal: &Journal, catalog: &Catalog, today: NaiveDate) -> Vec<BriefItem> {
    let mut found = Vec::new();
    for register in catalog.registers().filter(|one| one.ages) {
        for (entry, item) in journal.items(&register.id) {
            let since = waiting_since(register, item).map(|day| day.min(today));
            found.extend(since.and_then(|day| brief(&entry.id, register, day, journal, catalog)));
        }
    }
    found.sort_by_key(|item| item.day);
    found
}

/// An item in a few words; `None` if others may not see it.
fn brief(
    id: &Id,
    register: &Register,
    day: NaiveDate,
    journal: &Journal,
    catalog: &Catalog,
) -> Option<BriefItem> {
    let (entry, item) = journal.item_entry(id)?;
    (!journal.is_private(entry, catalog)).then(|| BriefItem {
        id: id.clone(),
        register: register.id.clone(),
        kind: register.singular.clone(),
        title: item.title().to_owned(),
        people: people(register, item),
        day,
    })
}

fn people(register: &Register, item: &Item) -> String {
    let fields = register.fields.iter();
    let named = fields.filter(|field| field.kind == FieldKind::Person);
    let names: Vec<&str> = named
        .map(|field| item.text(&field.id).trim())
        .filter(|name| !name.is_empty())
        .collect();
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::samples::{catalog, day, entry_on};
    use crate::journal::{Body, Entry};

    fn bed(id: &str, at: &str, dug: Option<&str>) -> Entry {
        let mut item = Item::of_texts("beds", [("title", id)]);
        if let Some(dug) = dug {
            item.set_reached("dug", day(dug));
        }
        entry_on(id, at, Body::Item(item))
    }

    fn titles(items: &[BriefItem]) -> Vec<&str> {
        items.iter().map(|item| item.title.as_str()).collect()
    }

    #[test]
    fn the_latest_are_those_of_the_last_eight_weeks_newest_first() {
        let journal = Journal::fold([
            bed("leeks", "2026-11-02", None),
            bed("old", "2026-09-20", None),
            bed("peas", "2026-11-20", None),
            bed("ahead", "2026-12-20", None),
        ]);
        let latest = latest_items(&journal, &catalog(), day("2026-11-24"));
        assert_eq!(titles(&latest), ["peas", "leeks"]);
        assert_eq!(latest[0].day, day("2026-11-20"));
        assert_eq!(latest[0].kind, "bed");
    }

    #[test]
    fn open_items_wait_since_the_day_of_their_stage_the_longest_first() {
        let journal = Journal::fold([
            bed("leeks", "2026-11-20", Some("2026-11-10")),
            bed("peas", "2026-11-20", Some("2026-10-10")),
            bed("not dug", "2026-11-20", None),
        ]);
        let waiting = longest_waiting(&journal, &catalog(), day("2026-11-24"));
        assert_eq!(titles(&waiting), ["peas", "leeks"]);
        assert_eq!(waiting[0].day, day("2026-10-10"));
    }

    #[test]
    fn what_belongs_to_a_private_practice_is_not_shown_on_the_first_screen() {
        let mut practices = catalog().practices().to_vec();
        practices[0].private = true;
        let private = Catalog::new(practices);
        let beds = [bed("peas", "2026-11-20", Some("2026-11-10"))];
        let journal = Journal::fold(beds);
        assert_eq!(latest_items(&journal, &private, day("2026-11-24")), []);
        assert_eq!(longest_waiting(&journal, &private, day("2026-11-24")), []);
    }
}
