//! The result of an act, or why it is refused, in words: the same on screens and in commands.
//!
//! Clauses without a full stop, refusals in lower case; the caller adds what it needs.

use chrono::NaiveDate;

use super::{describe::day_range, due_text};
use crate::calendar;
use crate::journal::OffDays;
use crate::journal::rules::{ActResult, Basis, PlacedIn, Refusal, RequiredText};
use crate::text::{capitalized, quoted, with_article};

/// What follows from undoing an import.
pub const UNDONE_IMPORT: &str = "A machine that has this too deletes it when it gets this journal. Until something is written, \
     redo brings it back.";

/// The result of an act: "Now solved", "Moved to Fri 4 Dec".
pub fn act_result(result: &ActResult, basis: Basis<'_>) -> String {
    let today = basis.today;
    let day = |day| calendar::short_date(day, today);
    let due_day = |due| {
        let off = OffDays::of(basis.journal, basis.catalog);
        due_text(due, &off, today, calendar::short_date)
    };
    match result {
        ActResult::Unchanged => "Nothing changed".to_owned(),
        ActResult::Committed(due) => format!("Committed, due {}", due_day(*due)),
        ActResult::Ended { how, on } if *on == today => capitalized(how.name()),
        ActResult::Ended { how, on } => format!("{} on {}", capitalized(how.name()), day(*on)),
        ActResult::Moved { from, to } if to < from => format!("Moved earlier, to {}", due_day(*to)),
        ActResult::Moved { to, .. } => format!("Moved to {}", due_day(*to)),
        ActResult::Corrected(due) => format!("Now due {}", due_day(*due)),
        ActResult::Changed => "Changed".to_owned(),
        ActResult::Added { singular, .. } => format!("Added {singular}"),
        ActResult::Reached(stage) => format!("Now {stage}"),
        ActResult::SteppedBack { left, now } if now.is_empty() => format!("No longer {left}"),
        ActResult::SteppedBack { now, .. } => format!("Back to {now}"),
        ActResult::AlsoAdded(singular) => format!("Also added as {}", with_article(singular)),
        ActResult::Placed(PlacedIn::Answer(label)) => format!("Added to “{}”", quoted(label)),
        ActResult::Placed(PlacedIn::List(singular)) => {
            format!("Placed as {}", with_article(singular))
        }
        ActResult::Placed(PlacedIn::Evidence(of)) => format!("Evidence of “{}”", quoted(of)),
        ActResult::Answered => "Answered".to_owned(),
        ActResult::DaysOff(first, last) => format!("Off: {}", day_range(*first, *last, today)),
        ActResult::DaysBack(first, last) => {
            format!("Not off any more: {}", day_range(*first, *last, today))
        }
        ActResult::Deleted => "Deleted".to_owned(),
        ActResult::Settled => "Settled".to_owned(),
        ActResult::Undone => "Undone".to_owned(),
        ActResult::Redone => "Redone".to_owned(),
    }
}

/// Why an act is refused: "it is due on Fri 4 Dec already".
pub fn refusal(refusal: &Refusal, today: NaiveDate) -> String {
    let day = |day| calendar::short_date(day, today);
    match refusal {
        Refusal::NoSuchEntry => "that no longer exists".to_owned(),
        Refusal::NotAnItem => "only an item of a list can do that".to_owned(),
        Refusal::Empty(RequiredText::Better) => "it does not say what better looks like".to_owned(),
        Refusal::Empty(RequiredText::Title) => "a title must say something".to_owned(),
        Refusal::Empty(RequiredText::Note) => "the note is empty, so nothing was saved".to_owned(),
        Refusal::DoneInFuture(on) => format!(
            "{} is in the future; a check-in takes the day it was done",
            day(*on)
        ),
        Refusal::DoneBeforeMade { on, made } => format!(
            "it was made on {}, so it was not done on {}",
            day(*made),
            day(*on)
        ),
        Refusal::HasEnded { how, on } => format!(
            "it ended on {} ({}), so it has no day to move",
            day(*on),
            how.name()
        ),
        Refusal::AlreadyDue(due) => format!("it is due on {} already", day(*due)),
        Refusal::StageInFuture { name, on, .. } => format!(
            "{} is in the future; “{}” takes the day it was reached",
            day(*on),
            quoted(name)
        ),
        Refusal::StageOutOfOrder { days, .. } => {
            let [earlier, later] = &**days;
            format!(
                "“{}” on {} would be before “{}” on {}; change one of the two days",
                quoted(&later.name),
                day(later.on),
                quoted(&earlier.name),
                day(earlier.on)
            )
        }
        Refusal::NoFirstDay(_) => "days off need their first day".to_owned(),
        Refusal::EndsBeforeItBegins { first, last, .. } => format!(
            "it would end on {}, before it begins on {}",
            day(*last),
            day(*first)
        ),
        Refusal::AlreadyListed { title, .. } => {
            format!("“{}” is on that list already", quoted(title))
        }
        Refusal::NoSuchList(name) => format!("no list called “{}”", quoted(name)),
        Refusal::NoNextStage(stage) if stage.is_empty() => "its list has no stages".to_owned(),
        Refusal::NoNextStage(stage) => format!("no stage comes after “{}”", quoted(stage)),
        Refusal::NoStageReached => "it has no stage to go back from".to_owned(),
        Refusal::CannotLetGo(singular) => format!("this {singular} cannot be let go"),
        Refusal::TurnsIntoNothing(singular) => {
            format!("{} cannot become anything else", with_article(singular))
        }
        Refusal::AlreadyTurned(_) => "it was turned into an item already".to_owned(),
        Refusal::NoInbox => "no practice has an inbox; it is hidden".to_owned(),
        Refusal::NotWaiting => "it is not a note that waits in the inbox".to_owned(),
        Refusal::TakesNoText { label } => format!("“{}” takes no text", quoted(label)),
        Refusal::TakesNoEvidence => {
            "it takes no evidence; an open commitment does, and an open item of some lists"
                .to_owned()
        }
        Refusal::NotAsked { practice, step } => {
            format!("no practice asks “{}/{}”", quoted(practice), quoted(step))
        }
        Refusal::PeriodNotBegun(span) if span.length().is_none() => {
            format!("those days begin only on {}", day(span.first()))
        }
        Refusal::PeriodNotBegun(span) => format!(
            "{} has not begun; it begins on {}",
            span.label(today),
            day(span.first())
        ),
        Refusal::NoDaysOff => "no practice has a list of days off".to_owned(),
        Refusal::FollowsFriday(friday) => {
            format!(
                "a weekend is off with its Friday, and {} is off",
                day(*friday)
            )
        }
        Refusal::NothingToSettle => "that field has only one text".to_owned(),
        Refusal::NoSuchText => {
            "no such text, or the field has room for one only; choose one by its number".to_owned()
        }
        Refusal::NothingToUndo => "nothing to undo".to_owned(),
        Refusal::NothingToRedo => "nothing to redo".to_owned(),
    }
}

/// A clause as a sentence.
pub fn sentence(clause: &str) -> String {
    capitalized(clause) + "."
}

#[cfg(test)]
mod tests {
    use super::super::samples::day;
    use super::*;
    use crate::journal::{CommitmentOutcome, Journal};
    use crate::practice::Catalog;

    #[track_caller]
    fn check(result: &ActResult, expected: &str) {
        let basis = Basis {
            journal: &Journal::default(),
            catalog: &Catalog::default(),
            today: day("2026-11-24"),
        };
        assert_eq!(act_result(result, basis), expected);
    }

    #[test]
    fn a_day_that_is_not_today_is_said() {
        let how = CommitmentOutcome::Kept;
        let on = day("2026-11-24");
        check(&ActResult::Ended { how, on }, "Kept");
        let on = day("2026-11-20");
        check(&ActResult::Ended { how, on }, "Kept on Fri 20 Nov");
    }

    #[test]
    fn an_earlier_day_is_said_as_earlier() {
        let (from, to) = (day("2026-12-04"), day("2026-11-27"));
        check(
            &ActResult::Moved { from, to },
            "Moved earlier, to Fri 27 Nov",
        );
        let (from, to) = (to, from);
        check(&ActResult::Moved { from, to }, "Moved to Fri 4 Dec");
    }

    #[test]
    fn a_clause_becomes_a_sentence() {
        assert_eq!(sentence("it is due already"), "It is due already.");
        assert_eq!(sentence("“x” is listed"), "“x” is listed.");
    }
}
