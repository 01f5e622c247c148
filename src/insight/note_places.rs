//! Where a note of the inbox may belong: this week's questions, the lists, what is open.

use crate::calendar::Week;
use crate::journal::period_for;
use crate::journal::rules::{Basis, Destination, takes_evidence, takes_notes};
use crate::practice::Cadence;
use crate::text;

/// A kind of place.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum NotePlaceKind {
    Answer,
    List,
    Evidence,
}

/// A place where a note may belong.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct NotePlace {
    /// The practice or the kind of list it is in: "commitment" for a commitment.
    pub within: String,
    /// Its name.
    pub name: String,
    /// What placing the note there means.
    pub to: Destination,
}

/// The places of a kind, in the order of the practices; commitments come first.
pub fn note_places(kind: NotePlaceKind, week: Week, basis: Basis<'_>) -> Vec<NotePlace> {
    match kind {
        NotePlaceKind::Answer => questions(week, basis),
        NotePlaceKind::List => lists(basis),
        NotePlaceKind::Evidence => open_things(basis),
    }
}

/// The questions of this week and month that take text.
fn questions(week: Week, basis: Basis<'_>) -> Vec<NotePlace> {
    let practices = basis.catalog.practices().iter();
    let asked = practices.filter(|practice| practice.cadence != Cadence::Standing);
    let places = asked.flat_map(|practice| {
        let steps = practice.steps.iter().filter(|step| takes_notes(step));
        steps.map(move |step| NotePlace {
            within: practice.name.clone(),
            name: step.label.clone(),
            to: Destination::Answer {
                period: period_for(practice.cadence, week),
                practice: practice.id.clone(),
                step: step.id.clone(),
            },
        })
    });
    places.collect()
}

/// The lists, without the inbox itself and without days off, which are no thoughts.
fn lists(basis: Basis<'_>) -> Vec<NotePlace> {
    let practices = basis.catalog.practices().iter();
    let places = practices.flat_map(|practice| {
        let lists = practice.registers.iter();
        let others = lists.filter(|list| list.is_list());
        others.map(|list| NotePlace {
            within: practice.name.clone(),
            name: text::capitalized(&list.singular),
            to: Destination::List(list.id.clone()),
        })
    });
    places.collect()
}

/// The open commitments and items that take evidence.
fn open_things(basis: Basis<'_>) -> Vec<NotePlace> {
    let open = basis.journal.open_commitments().into_iter();
    let mut places: Vec<NotePlace> = open
        .map(|(entry, commitment)| NotePlace {
            within: "commitment".to_owned(),
            name: commitment.better.clone(),
            to: Destination::Evidence(entry.id.clone()),
        })
        .collect();
    let registers = basis.catalog.registers();
    for register in registers.filter(|register| register.evidence.is_some()) {
        let items = basis.journal.items_with_presets(register).into_iter();
        let open = items.filter(|(id, _)| takes_evidence(id, basis));
        places.extend(open.map(|(id, item)| NotePlace {
            within: register.singular.clone(),
            name: item.title().to_owned(),
            to: Destination::Evidence(id),
        }));
    }
    places
}
