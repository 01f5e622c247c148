//! Wrapping up a month once it is over: whether that is offered, and how the offer is dismissed.
//!
//! A practice says which of its questions is about the month; see [`Provides::Month`].

use chrono::NaiveDate;

use super::progress::{items_of_month, walk_steps};
use crate::calendar::Month;
use crate::journal::{Answer, Change, Id, Journal, OffDays, Period, Value};
use crate::practice::{Cadence, Catalog, Practice, Provides, Register, Step};

/// The month that is offered for a wrap-up: the one before that of `today`, if something was
/// written in it, and it was neither off, nor wrapped up, nor dismissed.
pub fn month_to_wrap_up(journal: &Journal, catalog: &Catalog, today: NaiveDate) -> Option<Month> {
    let (practice, step) = month_question(catalog)?;
    let month = Month::of(today).previous();
    let asked = Id::answer(Period::Month(month), &practice.id, &step.id);
    let is_off = || OffDays::of(journal, catalog).is_month_off(month);
    let open = journal.current(&asked).is_none() && !is_off();
    (open && has_entries_in(journal, catalog, month)).then_some(month)
}

/// Whether a month can be wrapped up: it is over, and the journal had begun or has something in
/// it.
pub fn can_wrap_up(journal: &Journal, catalog: &Catalog, month: Month, today: NaiveDate) -> bool {
    let began = Month::of(journal.first_day().unwrap_or(today));
    let counts =
        |(register, _): (&Register, _)| !items_of_month(journal, register, month, today).is_empty();
    let has_something = || {
        catalog.monthly().is_some_and(counts)
            || has_entries_in(journal, catalog, month)
            || month_answer(journal, catalog, month).is_some()
    };
    month < Month::of(today) && (began <= month || has_something())
}

/// What was said about a month as a whole; `None` also if the offer was dismissed.
pub fn month_answer<'a>(journal: &'a Journal, catalog: &Catalog, month: Month) -> Option<&'a str> {
    let (practice, step) = month_question(catalog)?;
    let answer = journal.answer(Period::Month(month), &practice.id, &step.id)?;
    answer.as_text().filter(|words| !words.trim().is_empty())
}

/// Whether a question of the walk was answered for a week of the month, or an item was written
/// in one. A week belongs to the month of its Thursday.
fn has_entries_in(journal: &Journal, catalog: &Catalog, month: Month) -> bool {
    let (first, last) = (month.first_week(), month.last_week());
    let written = |register: &Register| {
        journal.has_item_written_on(&register.id, first.monday()..=last.sunday())
    };
    let answered = |week| {
        walk_steps(catalog)
            .any(|(practice, step)| journal.has_answer(Period::Week(week), &practice.id, &step.id))
    };
    let weeks = std::iter::successors(Some(first), |week| Some(week.next()));
    catalog.registers().any(written) || weeks.take_while(|week| *week <= last).any(answered)
}

/// The practice and the step that ask once per month what it was about.
pub fn month_question(catalog: &Catalog) -> Option<(&Practice, &Step)> {
    catalog
        .provider(Provides::Month)
        .filter(|(practice, _)| practice.cadence == Cadence::Monthly)
}

/// The monthly practices beside the one that asks about the month.
pub fn monthly_practices(catalog: &Catalog) -> impl Iterator<Item = &Practice> {
    let asking = month_question(catalog).map(|(practice, _)| &practice.id);
    let monthly = catalog.practices().iter();
    monthly.filter(move |it| it.cadence == Cadence::Monthly && Some(&it.id) != asking)
}

/// The change that dismisses a month: an empty answer, so that it reaches every machine and can be
/// undone. `None` if no practice asks about months.
pub fn month_dismissal(catalog: &Catalog, month: Month) -> Option<Change> {
    let (practice, step) = month_question(catalog)?;
    let answer = Answer::new(
        Period::Month(month),
        practice.id.clone(),
        step.id.clone(),
        Value::Text(String::new()),
    );
    Some(answer.into_change())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::samples::{answered, day, entry_on, week};
    use crate::journal::{Body, Entry, Item};
    use crate::practice::builtin;

    fn audit(of: &str) -> Entry {
        answered(week(of), "audit", "influence", "The release steps")
    }

    #[track_caller]
    fn check(journal: &Journal, today: &str, expected: Option<&str>) {
        let offered = month_to_wrap_up(journal, &builtin(), day(today));
        assert_eq!(offered.map(|month| month.to_string()).as_deref(), expected);
    }

    #[test]
    fn a_month_is_offered_from_its_end_until_the_next_one_ends() {
        let journal = Journal::fold([audit("2026-W48")]);
        check(&journal, "2026-11-30", None);
        check(&journal, "2026-12-01", Some("2026-11"));
        check(&journal, "2026-12-31", Some("2026-11"));
        check(&journal, "2027-01-01", None);
    }

    #[test]
    fn a_week_belongs_to_the_month_of_its_thursday() {
        // Week 49 begins in November, week 53 ends in January.
        let journal = Journal::fold([audit("2026-W49")]);
        check(&journal, "2026-12-01", None);
        check(&journal, "2027-01-01", Some("2026-12"));
        let journal = Journal::fold([audit("2026-W53")]);
        check(&journal, "2027-01-03", Some("2026-12"));
        check(&journal, "2027-02-01", None);
    }

    #[test]
    fn a_month_in_which_nothing_was_written_is_not_offered() {
        check(&Journal::default(), "2026-12-01", None);
        let mut item = Item::new("problems");
        item.set_reached("spotted", day("2026-10-20"));
        let problem = entry_on("p", "2026-10-20", Body::Item(item));
        let journal = Journal::fold([problem]);
        check(&journal, "2026-10-31", None);
        check(&journal, "2026-11-02", Some("2026-10"));
        // It was open in November, but nothing was written in that month.
        check(&journal, "2026-12-02", None);
    }

    #[test]
    fn only_a_month_with_a_journal_or_something_in_it_can_be_wrapped_up() {
        let catalog = builtin();
        let mut journal = Journal::default();
        let can = |journal: &Journal, month: &str| {
            let month = month.parse().expect("a month");
            can_wrap_up(journal, &catalog, month, day("2026-12-01"))
        };
        assert!(!can(&journal, "2026-11"));
        journal.insert(audit("2026-W48"));
        assert!(can(&journal, "2026-11") && !can(&journal, "2026-12"));
        assert!(!can(&journal, "2026-10"));
        // A week that was answered afterwards, and a sentence about a month.
        journal.insert(audit("2026-W40"));
        assert!(can(&journal, "2026-10") && !can(&journal, "2026-09"));
        let august = Period::Month("2026-08".parse().expect("a month"));
        journal.insert(answered(august, "month", "sentence", "Quiet"));
        assert!(can(&journal, "2026-08") && !can(&journal, "2026-07"));
        let mut item = Item::new("problems");
        item.set_reached("solved", day("2025-04-07"));
        journal.insert(entry_on("p", "2026-11-24", Body::Item(item)));
        assert!(can(&journal, "2025-04") && !can(&journal, "2025-05"));
    }

    #[test]
    fn a_month_wrapped_up_or_dismissed_is_not_offered_until_that_is_undone() {
        let month: Month = "2026-11".parse().expect("a month");
        let catalog = builtin();
        let mut journal = Journal::fold([audit("2026-W48")]);
        let gone = month_dismissal(&catalog, month).expect("a change");
        let id = gone.id.expect("an id");
        let mut gone = entry_on(id.as_str(), "2026-12-01", gone.body);
        journal.insert(gone.clone());
        check(&journal, "2026-12-01", None);
        assert_eq!(month_answer(&journal, &catalog, month), None);

        gone.rev = 2;
        gone.body = Body::Deleted;
        journal.insert(gone.clone());
        check(&journal, "2026-12-01", Some("2026-11"));

        gone.rev = 3;
        gone.body = answered(Period::Month(month), "month", "sentence", "Quiet").body;
        journal.insert(gone);
        check(&journal, "2026-12-01", None);
        assert_eq!(month_answer(&journal, &catalog, month), Some("Quiet"));
    }

    #[test]
    fn nothing_is_offered_if_no_practice_asks() {
        let mut practices = builtin().practices().to_vec();
        practices.retain(|practice| practice.cadence != Cadence::Monthly);
        let catalog = Catalog::new(practices);
        let journal = Journal::fold([audit("2026-W48")]);
        assert_eq!(
            month_to_wrap_up(&journal, &catalog, day("2026-12-01")),
            None
        );
        let month = "2026-11".parse().expect("a month");
        assert_eq!(month_dismissal(&catalog, month), None);
    }
}
