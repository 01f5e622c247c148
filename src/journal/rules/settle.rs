//! Settling a field that two versions say differently, neither having seen the other: for one of
//! its texts, or for both.

use super::{ActResult, Basis, Performed, Refusal};
use crate::journal::fold::JOINERS;
use crate::journal::{Body, Change, DELETED, Id};
use crate::practice::{Catalog, FieldKind};

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
    let body = match take {
        TextChoice::Text(1) if field == DELETED => {
            let change = Change::of(id.clone(), Body::Deleted);
            return Ok(Performed::of_change(change, ActResult::Deleted));
        }
        TextChoice::Text(0) if field == DELETED => Some(entry.body.clone()),
        TextChoice::Text(at) => unsettled.body_with_text(entry, *at),
        TextChoice::All => {
            unsettled.body_with_all_texts(entry, joiner(entry, field, basis.catalog))
        }
    };
    let change = Change {
        settles: vec![field.clone()],
        ..Change::of(id.clone(), body.ok_or(Refusal::NoSuchText)?)
    };
    Ok(Performed::of_change(change, ActResult::Settled))
}

/// What joins two texts of a field: a newline if it takes several lines.
fn joiner(entry: &crate::journal::Entry, field: &str, catalog: &Catalog) -> &'static str {
    let is_prose = match &entry.body {
        Body::Answer(answer) => {
            let step = catalog.step(&answer.practice, &answer.step);
            step.is_none_or(|step| step.answer_kind() == Some(&FieldKind::Prose))
        }
        Body::Item(item) => {
            let name = field.strip_prefix("values.").unwrap_or(field);
            let register = catalog.register(&item.register);
            let field = register.and_then(|register| register.field(name));
            field.is_some_and(|field| field.kind == FieldKind::Prose)
        }
        _ => false,
    };
    JOINERS[usize::from(!is_prose)]
}
