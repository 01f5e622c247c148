//! Everything that is kept: commitments, every register, and the pages outside the walk.

use super::Scene;
use super::list::move_cursor;
use crate::app::keys::Action;
use crate::app::route::{Outcome, Route};
use crate::journal::stage_of;
use crate::practice::Cadence;

/// Everything that is kept.
#[derive(Clone, Debug)]
pub struct Lists {
    /// What there is.
    pub shelves: Vec<Shelf>,
    /// The chosen row.
    pub cursor: usize,
}

/// One list, or one page outside the walk.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Shelf {
    /// The practice it belongs to.
    pub practice: String,
    /// Its name.
    pub name: String,
    /// How much is in it, in words.
    pub holds: String,
    /// How one gets to it.
    pub route: Route,
}

impl Lists {
    pub(super) fn new(scene: Scene<'_>) -> Self {
        Self {
            shelves: shelves(scene),
            cursor: 0,
        }
    }

    pub(super) fn refresh(&mut self, scene: Scene<'_>) {
        self.shelves = shelves(scene);
    }

    pub(super) fn act(&mut self, action: Action) -> Outcome {
        if let Some(cursor) = move_cursor(action, self.cursor, self.shelves.len()) {
            self.cursor = cursor;
            return Outcome::stay();
        }
        match action {
            Action::Back => Outcome::back(),
            Action::Open => match self.shelves.get(self.cursor) {
                Some(shelf) => Outcome::open(shelf.route.clone()),
                None => Outcome::stay(),
            },
            _ => Outcome::stay(),
        }
    }
}

fn shelves(scene: Scene<'_>) -> Vec<Shelf> {
    let open = scene.journal.open_commitments().len();
    let all = scene.journal.commitments().len();
    let mut shelves = vec![Shelf {
        practice: "By Friday".to_owned(),
        name: "Commitments".to_owned(),
        holds: held(open, all),
        route: Route::Commitments,
    }];
    let mut people = Some(everybody(scene));
    for practice in scene.catalog.practices() {
        if practice.cadence == Cadence::Weekly {
            shelves.push(Shelf {
                practice: practice.name.clone(),
                name: "Over time".to_owned(),
                holds: String::new(),
                route: Route::OverTime(practice.id.clone()),
            });
        }
        // Behind the walk, from which most names are.
        if practice.cadence != Cadence::Weekly {
            shelves.extend(people.take());
        }
        for register in &practice.registers {
            let items = scene.journal.rows(register);
            let closed = items
                .iter()
                .filter(|(_, item)| stage_of(register, item).is_some_and(|stage| stage.closes))
                .count();
            shelves.push(Shelf {
                practice: practice.name.clone(),
                name: register.name.clone(),
                holds: held(items.len() - closed, items.len()),
                route: Route::List {
                    register: register.id.clone(),
                    month: None,
                },
            });
        }
        if practice.cadence != Cadence::Weekly {
            shelves.push(Shelf {
                practice: practice.name.clone(),
                name: practice.title.clone(),
                holds: String::new(),
                route: Route::Page {
                    practice: practice.id.clone(),
                    week: scene.now.week(),
                    page: 1,
                },
            });
        }
    }
    shelves.extend(people);
    shelves
}

fn everybody(scene: Scene<'_>) -> Shelf {
    let people = scene.journal.people(scene.catalog);
    let open = people.iter().filter(|person| person.open() > 0).count();
    Shelf {
        practice: "People".to_owned(),
        name: "Everybody you named".to_owned(),
        holds: match (people.len(), open) {
            (0, _) => "none yet".to_owned(),
            (all, 0) => format!("{all}"),
            (all, open) => format!("{all}, {open} with something open"),
        },
        route: Route::People,
    }
}

fn held(open: usize, all: usize) -> String {
    match (open, all) {
        (_, 0) => "none yet".to_owned(),
        (open, all) if open == 0 || open == all => format!("{all}"),
        (open, all) => format!("{all}, {open} open"),
    }
}
