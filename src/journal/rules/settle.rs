//! Settling a field that two versions say differently, neither having seen the other: for one of
//! its texts, or for both.

use super::{ActResult, Basis, Performed, Refusal};
use crate::journal::fold::JOINERS;
use crate::journal::{Body, Change, DELETED, Entry, Id, Unsettled};
use crate::practice::{Catalog, FieldKind, Options};

/// How to settle an unsettled field.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SettleField {
    pub id: Id,
    /// The field: `values.did`, `due`, `deleted`.
    pub field: String,
    pub choice: TextChoice,
}

/// Which of the texts of an unsettled field counts from now on.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum TextChoice {
    /// The one at this index; 0 is the shown one.
    Text(usize),
    /// All of them, joined.
    All,
}

pub(super) fn settle(settle: &SettleField, basis: Basis<'_>) -> Result<Performed, Refusal> {
    let SettleField {
        id,
        field,
        choice: take,
    } = settle;
    let journal = basis.journal;
    let entry = journal.current(id).ok_or(Refusal::NoSuchEntry)?;
    let unsettled = journal
        .unsettled(id)
        .iter()
        .find(|unsettled| unsettled.field == *field)
        .ok_or(Refusal::NothingToSettle)?;
    let change = match take {
        TextChoice::Text(1) if field == DELETED => {
            let change = Change::of(id.clone(), Body::Deleted);
            // Without its choice, an entry is still there.
            let result = match entry.body {
                Body::Choice(_) => ActResult::Settled,
                _ => ActResult::Deleted,
            };
            return Ok(Performed::of_change(change, result));
        }
        TextChoice::Text(0) if field == DELETED => Some(Change {
            settles: vec![field.clone()],
            ..Change::of(id.clone(), entry.body.clone())
        }),
        TextChoice::Text(at) => unsettled.change_to_text(entry, *at),
        TextChoice::All => settled_for_all(unsettled, entry, basis.catalog),
    };
    let change = change.ok_or(Refusal::NoSuchText)?;
    Ok(Performed::of_change(change, ActResult::Settled))
}

/// What settles a field for all of its texts, joined; `None` if it has room for only one.
pub fn settled_for_all(unsettled: &Unsettled, entry: &Entry, catalog: &Catalog) -> Option<Change> {
    let kind = match &entry.body {
        Body::Answer(answer) => match catalog.step(&answer.practice, &answer.step) {
            Some(step) => step.answer_kind(),
            None => Some(&FieldKind::Prose),
        },
        Body::Item(item) => {
            let field = unsettled.field.strip_prefix("values.");
            let register = catalog.register(&item.register);
            register.and_then(|register| Some(&register.field(field?)?.kind))
        }
        _ => None,
    };
    let between = match kind {
        Some(FieldKind::Prose) => JOINERS[0],
        // The id of a choice is not a text.
        Some(FieldKind::Scale(_) | FieldKind::Choice(Options { open: false, .. })) => return None,
        _ => JOINERS[1],
    };
    unsettled.change_to_all_texts(entry, between)
}
