//! Which areas were led lately, and which not yet.
//!
//! Derived from commitments alone: an area was led when a commitment about it was kept.

use std::cmp::Reverse;

use chrono::NaiveDate;

use crate::journal::{Commitment, CommitmentOutcome, Journal};
use crate::practice::Catalog;

/// An area, and how it was led.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Area {
    pub name: String,
    /// How many commitments about it were kept.
    pub kept: usize,
    /// The day the last of them was kept.
    pub last: Option<NaiveDate>,
    /// Whether a commitment about it is open.
    pub open: bool,
}

/// The user's areas and those of commitments: the one led last first, then those not led yet.
pub fn areas_led(journal: &Journal, catalog: &Catalog) -> Vec<Area> {
    let commitments = journal.commitments();
    let mut areas: Vec<Area> = journal
        .areas(catalog)
        .into_iter()
        .map(|name| {
            let about = commitments
                .iter()
                .map(|(_, commitment)| *commitment)
                .filter(|commitment| commitment.area == name);
            let closings = about.clone().filter_map(|it| it.closing.as_ref());
            let kept = closings.filter(|closing| closing.how == CommitmentOutcome::Kept);
            Area {
                kept: kept.clone().count(),
                last: kept.map(|closing| closing.on).max(),
                open: about.clone().any(Commitment::is_open),
                name,
            }
        })
        .collect();
    // The sort is stable: of those not led, one with an open commitment comes first.
    areas.sort_by_key(|area| Reverse((area.last, area.open)));
    areas
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::samples::{day, entry};
    use crate::journal::{Body, Entry};
    use crate::practice::builtin;

    fn committed(number: usize, area: &str, closing: Option<(CommitmentOutcome, &str)>) -> Entry {
        let mut commitment = Commitment {
            area: area.to_owned(),
            ..Commitment::new("Better", day("2026-11-16"), day("2026-11-20"))
        };
        if let Some((how, on)) = closing {
            commitment.close(how, day(on), "");
        }
        let id = format!("commitment-{number}");
        entry(&id, Body::Commitment(commitment))
    }

    #[test]
    fn an_area_was_led_when_a_commitment_about_it_was_kept() {
        let journal = Journal::fold([
            committed(0, "inbox", Some((CommitmentOutcome::Kept, "2026-10-02"))),
            committed(1, "inbox", Some((CommitmentOutcome::Kept, "2026-11-06"))),
            committed(2, "tools", Some((CommitmentOutcome::Missed, "2026-11-20"))),
            committed(3, "on-call", Some((CommitmentOutcome::Kept, "2026-11-13"))),
            committed(4, "calendar", None),
            committed(5, "process", Some((CommitmentOutcome::LetGo, "2026-11-20"))),
        ]);
        let led = areas_led(&journal, &builtin());
        let told = |area: &Area| {
            let last = area
                .last
                .map_or("not yet".to_owned(), |day| day.to_string());
            let open = if area.open { ", open" } else { "" };
            format!("{} {} {last}{open}", area.name, area.kept)
        };
        let told: Vec<String> = led.iter().map(told).collect();
        assert_eq!(
            told,
            [
                "on-call 1 2026-11-13",
                "inbox 2 2026-11-06",
                "calendar 0 not yet, open",
                "small team 0 not yet",
                "process 0 not yet",
                "customer list 0 not yet",
                "tools 0 not yet",
            ]
        );
    }
}
