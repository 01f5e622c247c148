//! The rules of answering a question, and of deleting any entry.

use super::{ActResult, Basis, Performed, Refusal, item_or_preset};
use crate::calendar::Span;
use crate::journal::{Answer, Body, Change, Id, Period};
use crate::practice::Step;

pub(super) fn answer(said: &Answer, basis: Basis<'_>) -> Result<Performed, Refusal> {
    let step = basis.catalog.step(&said.practice, &said.step);
    let before = basis
        .journal
        .answer(said.period, &said.practice, &said.step);
    // An answer can be changed even if the question is no longer asked.
    let is_asked = step.and_then(Step::answer_kind).is_some();
    if !is_asked && before.is_none() {
        return Err(Refusal::NotAsked {
            practice: said.practice.clone(),
            step: said.step.clone(),
        });
    }
    let span = match said.period {
        Period::Standing => None,
        Period::Month(month) => Some(Span::Month(month)),
        Period::Week(week) => Some(Span::Week(week)),
    };
    // A traveller may already be in a week that begins tomorrow here.
    if let (Some(span), Some(tomorrow)) = (span, basis.today.succ_opt())
        && span.first() > tomorrow
    {
        return Err(Refusal::PeriodNotBegun(span));
    }
    let id = Id::answer(said.period, &said.practice, &said.step);
    let result = if before == Some(&said.value) {
        ActResult::Unchanged
    } else {
        ActResult::Answered
    };
    let now = Body::Answer(said.clone());
    Ok(Performed::edited(&id, now, result, &["value"], basis))
}

pub(super) fn delete(id: &Id, basis: Basis<'_>) -> Result<Performed, Refusal> {
    if basis.journal.current(id).is_none() && item_or_preset(id, basis).is_none() {
        return Err(Refusal::NoSuchEntry);
    }
    let change = Change::of(id.clone(), Body::Deleted);
    Ok(Performed::of_change(change, ActResult::Deleted))
}
