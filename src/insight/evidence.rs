//! What makes an entry evidence, and on which day: for the portfolio and for the ladder.
//!
//! Knows one entry at a time, and nothing of the user's choices about it.

use chrono::NaiveDate;

use crate::journal::{
    Commitment, CommitmentOutcome, Id, Item, Journal, Value, stage_label, stage_of,
};
use crate::practice::Register;

/// The day of an entry as evidence, or on the way there, and whether it is evidence.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct EvidenceState {
    pub(super) day: NaiveDate,
    pub(super) is_evidence: bool,
}

/// The state of a commitment: a kept one is evidence on the day it was kept, an open one has none
/// yet.
pub(super) fn commitment_evidence(commitment: &Commitment) -> Option<EvidenceState> {
    let closing = commitment.closing.as_ref()?;
    Some(EvidenceState {
        day: closing.on,
        is_evidence: closing.how == CommitmentOutcome::Kept,
    })
}

/// The state of an item of `register` in the days that `holds` accepts. It is evidence on the last
/// of them on which it reached the stage `key`, or has a dated line under it. One that is on its way
/// counts on the day it reached its stage, or was first written. `None` if it belongs to other days,
/// or is an untouched preset.
pub(super) fn item_evidence(
    (id, item): (&Id, &Item),
    (register, key): (&Register, &str),
    journal: &Journal,
    holds: impl Fn(NaiveDate) -> bool,
) -> Option<EvidenceState> {
    let days = evidence_days(item, key);
    if let Some(day) = days.iter().copied().filter(|day| holds(*day)).max() {
        return Some(EvidenceState {
            day,
            is_evidence: true,
        });
    }
    let is_behind = register.stage(key).is_some() && !days.is_empty();
    if is_behind || journal.is_untouched(id) {
        return None;
    }
    let reached = stage_of(register, item).and_then(|stage| item.day(&stage.id));
    let day = reached.or_else(|| journal.first_written_day(id))?;
    holds(day).then_some(EvidenceState {
        day,
        is_evidence: false,
    })
}

/// What an item is on the day of its state: in the stage that made it evidence, or else in its stage now.
/// Empty without stages, and on the day of a dated line, which is not that of a stage.
pub(super) fn state_name<'a>(
    state: EvidenceState,
    item: &Item,
    (register, key): (&'a Register, &str),
) -> &'a str {
    if state.is_evidence {
        register.stage(key).map_or("", |stage| &stage.name)
    } else {
        stage_label(register, item)
    }
}

/// The first day of an item that is evidence, or could be.
pub(super) fn first_day(
    (id, item): (&Id, &Item),
    register: &Register,
    journal: &Journal,
) -> Option<NaiveDate> {
    let key = register.portfolio.as_deref()?;
    let first = evidence_days(item, key).into_iter().min();
    first.or_else(|| Some(item_evidence((id, item), (register, key), journal, |_| true)?.day))
}

/// The days under `key`: that of a stage or a date, or those of dated lines.
fn evidence_days(item: &Item, key: &str) -> Vec<NaiveDate> {
    match item.values.get(key) {
        Some(Value::Log(lines)) => lines.iter().map(|line| line.on).collect(),
        _ => item.day(key).into_iter().collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::samples::{day, entry};
    use crate::journal::{Body, DatedLine};
    use crate::practice::builtin;

    #[test]
    fn the_day_of_a_dated_line_is_not_that_of_the_stage() {
        let catalog = builtin();
        let register = catalog.register("skills").expect("skills");
        let key = (register, register.portfolio.as_deref().expect("a key"));
        let mut item = Item::new("skills");
        item.set_reached("practised", day("2026-07-23"));
        let id = Id::new("skill");
        let state = |item: &Item| {
            let journal = Journal::fold([entry("skill", Body::Item(item.clone()))]);
            let state = item_evidence((&id, item), key, &journal, |_| true).expect("a state");
            (state.day, state_name(state, item, key).to_owned())
        };
        assert_eq!(state(&item), (day("2026-07-23"), "practised".to_owned()));
        let line = DatedLine {
            on: day("2026-11-20"),
            text: "mapped onboarding".to_owned(),
        };
        item.set(key.1, Value::Log(vec![line]));
        assert_eq!(state(&item), (day("2026-11-20"), String::new()));
    }
}
