//! What waits: items untouched for long, how old open ones are, and commitments that do not get done.
//!
//! Pure: today is passed in.

use chrono::NaiveDate;

use crate::journal::{Commitment, Id, Item, Journal, OffDays, stage_of};
use crate::practice::Register;

/// For how many weeks an unfinished item is untouched; `None` if that is not long by its
/// register's measure, or the item was never written.
pub fn weeks_untouched(
    journal: &Journal,
    register: &Register,
    id: &Id,
    item: &Item,
    today: NaiveDate,
) -> Option<i64> {
    let least = i64::from(register.stale_weeks?);
    if stage_of(register, item).is_some_and(|stage| stage.closes) {
        return None;
    }
    let last = journal
        .effective_versions(id)
        .into_iter()
        .map(|entry| entry.at)
        .max()?;
    let weeks = (today - last.date_naive()).num_days() / 7;
    (weeks >= least).then_some(weeks)
}

/// For how many days an open item has been waiting, if its register counts that.
pub fn days_waiting(register: &Register, item: &Item, today: NaiveDate) -> Option<i64> {
    waiting_since(register, item).map(|since| (today - since).num_days().max(0))
}

/// Since when an open item has been waiting, if its register counts that.
pub(super) fn waiting_since(register: &Register, item: &Item) -> Option<NaiveDate> {
    let stage = stage_of(register, item).filter(|stage| register.ages && !stage.closes)?;
    item.day(&stage.id)
}

/// How many days an open commitment may be overdue before it is [`Stuck`].
const LATE_DAYS: usize = 14;

/// Why an open commitment may be too large, or no longer matter.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Stuck {
    /// It was moved to a later day this many times, at least twice.
    Moved(usize),
    /// It is this many weeks overdue, at least two.
    Late(usize),
}

/// Whether an open commitment was moved twice or is weeks overdue.
pub fn stuck(commitment: &Commitment, off: &OffDays, today: NaiveDate) -> Option<Stuck> {
    let moves = commitment.moves.iter().filter(|step| step.is_later());
    match moves.count() {
        _ if !commitment.is_open() => None,
        moves @ 2.. => Some(Stuck::Moved(moves)),
        _ => {
            let late = off.days_over(commitment, today)?;
            (late >= LATE_DAYS).then_some(Stuck::Late(late / 7))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::samples::{catalog, day, entry, entry_on};
    use crate::journal::{Body, CommitmentOutcome, Value};
    use crate::practice::{ORIGIN_KEY, builtin};

    fn bed(stages: &[(&str, &str)]) -> Item {
        let mut item = Item::new("beds");
        for (stage, on) in stages {
            item.set_reached(stage, day(on));
        }
        item
    }

    #[test]
    fn only_unfinished_items_are_untouched_for_long() {
        let catalog = catalog();
        let register = catalog.register("beds").expect("beds");
        let check = |item: Item, today: &str, expected: Option<i64>| {
            let id = Id::new("bed");
            let entry = entry_on("bed", "2026-10-01", Body::Item(item.clone()));
            let journal = Journal::fold([entry]);
            let found = weeks_untouched(&journal, register, &id, &item, day(today));
            assert_eq!(found, expected, "{today}");
            let unwritten = Id::new("other");
            let found = weeks_untouched(&journal, register, &unwritten, &item, day(today));
            assert_eq!(found, None);
        };
        check(bed(&[]), "2026-11-11", None);
        check(bed(&[]), "2026-11-12", Some(6));
        check(bed(&[("dug", "2026-10-01")]), "2026-11-26", Some(8));
        check(bed(&[("picked", "2026-10-01")]), "2026-11-26", None);
        check(bed(&[]), "2026-09-01", None);
    }

    #[test]
    fn a_commitment_is_stuck_once_moved_twice_or_weeks_overdue() {
        let mut commitment = Commitment::new("Answer faster", day("2026-11-02"), day("2026-11-06"));
        let off = OffDays::default();
        let check = |commitment: &Commitment, today: &str, expected| {
            assert_eq!(stuck(commitment, &off, day(today)), expected, "{today}");
        };
        check(&commitment, "2026-11-19", None);
        check(&commitment, "2026-11-20", Some(Stuck::Late(2)));
        commitment.move_to(day("2026-11-27"), day("2026-11-20"), "");
        check(&commitment, "2026-11-27", None);
        commitment.move_to(day("2026-12-04"), day("2026-11-27"), "");
        check(&commitment, "2026-11-27", Some(Stuck::Moved(2)));
        commitment.move_to(day("2026-12-01"), day("2026-11-27"), "");
        check(&commitment, "2026-11-27", Some(Stuck::Moved(2)));
        commitment.close(CommitmentOutcome::Kept, day("2026-12-04"), "");
        check(&commitment, "2027-01-04", None);
    }

    #[test]
    fn what_was_due_on_a_day_off_is_late_from_the_first_day_back_on() {
        let mut time_off = Item::new("off");
        time_off.set_reached("first", day("2026-08-03"));
        time_off.set_reached("last", day("2026-08-21"));
        let off = entry_on("off", "2026-07-20", Body::Item(time_off));
        let off = OffDays::of(&Journal::fold([off]), &builtin());
        let commitment = Commitment::new("Answer faster", day("2026-07-20"), day("2026-08-07"));
        assert_eq!(stuck(&commitment, &off, day("2026-08-24")), None);
        let late = stuck(&commitment, &off, day("2026-09-07"));
        assert_eq!(late, Some(Stuck::Late(2)));
    }

    #[test]
    fn an_open_item_waits_since_its_day() {
        let catalog = catalog();
        let register = catalog.register("beds").expect("beds");
        let today = day("2026-11-24");
        let dug = |on| days_waiting(register, &bed(&[("dug", on)]), today);
        assert_eq!(dug("2026-11-12"), Some(12));
        assert_eq!(dug("2026-12-01"), Some(0));
        assert_eq!(days_waiting(register, &bed(&[]), today), None);
        let picked = bed(&[("dug", "2026-11-01"), ("picked", "2026-11-02")]);
        assert_eq!(days_waiting(register, &picked, today), None);
    }

    #[test]
    fn an_item_is_found_by_what_it_came_from() {
        let mut item = bed(&[]);
        item.set(ORIGIN_KEY, Value::from("hero"));
        let journal = Journal::fold([entry("bed", Body::Item(item))]);
        assert_eq!(journal.items_from("beds", &Id::new("hero")).len(), 1);
        assert_eq!(journal.items_from("beds", &Id::new("bed")).len(), 0);
    }
}
