//! All lists: commitments, people, every register, and the pages outside the walk.

use super::Scene;
use super::list::move_cursor;
use super::sift::{Grain, Sift, Sorted};
use crate::app::keys::Action;
use crate::app::route::{Outcome, Route};
use crate::journal::{Id, Item, stage_of};
use crate::practice::{Cadence, Register};

/// All lists.
#[derive(Clone, Debug)]
pub struct Lists {
    /// The rows shown.
    pub shelves: Vec<Shelf>,
    /// The chosen row.
    pub cursor: usize,
    /// The filter.
    pub sift: Sift,
    all: Vec<Shelf>,
}

/// One list, or one page outside the walk.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Shelf {
    /// Its heading: the practice it belongs to, or what it has in common with others.
    pub practice: String,
    pub name: String,
    /// How many entries it has, in words.
    pub holds: String,
    /// The route that opens it.
    pub route: Route,
}

impl Grain for Shelf {
    type Key = Route;

    fn key(&self) -> &Route {
        &self.route
    }

    fn words(&self) -> String {
        format!("{} {} {}", self.practice, self.name, self.holds)
    }

    fn title(&self) -> &str {
        &self.name
    }

    fn sorted(&self) -> &Sorted {
        // Lists are always in the order of their practices.
        const NONE: &Sorted = &Sorted {
            day: None,
            stage: 0,
        };
        NONE
    }
}

impl Lists {
    pub(super) fn new(scene: Scene<'_>) -> Self {
        let all = shelves(scene);
        Self {
            shelves: all.clone(),
            cursor: 0,
            sift: Sift::default(),
            all,
        }
    }

    pub(super) fn refresh(&mut self, scene: Scene<'_>) {
        self.all = shelves(scene);
        self.sift();
    }

    /// Applies the filter; the chosen row stays chosen if it is still shown.
    pub(super) fn sift(&mut self) {
        self.sift
            .choose(&self.all, &mut self.shelves, &mut self.cursor);
    }

    /// How many there are, shown or not.
    #[must_use]
    pub fn count(&self) -> usize {
        self.all.len()
    }

    pub(super) fn act(&mut self, action: Action) -> Outcome {
        if let Some(cursor) = move_cursor(action, self.cursor, self.shelves.len()) {
            self.cursor = cursor;
            return Outcome::stay();
        }
        if self.sift.act(action) {
            self.sift();
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
        // After the walk, where most names come from.
        if practice.cadence != Cadence::Weekly {
            shelves.extend(people.take());
        }
        for register in &practice.registers {
            let items = scene.journal.rows(register);
            shelves.push(Shelf {
                practice: practice.name.clone(),
                name: register.name.clone(),
                holds: held_by(register, &items),
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
    // Charts come after the text they show.
    let weekly = scene.catalog.walk().map(|practice| Shelf {
        practice: "Trends".to_owned(),
        name: practice.name.clone(),
        holds: String::new(),
        route: Route::OverTime(practice.id.clone()),
    });
    shelves.extend(weekly);
    shelves
}

fn everybody(scene: Scene<'_>) -> Shelf {
    let people = scene.journal.people(scene.catalog);
    let open = people.iter().filter(|person| person.open() > 0).count();
    Shelf {
        practice: "People".to_owned(),
        name: "Everyone you named".to_owned(),
        holds: match (people.len(), open) {
            (0, _) => "none yet".to_owned(),
            (all, 0) => format!("{all}"),
            (all, open) => format!("{all}, {open} with something open"),
        },
        route: Route::People,
    }
}

/// How many items a register has, and how many are open. For a monthly one, how many reached the
/// stage it counts: "Problems solved 6, 5 open" would count two things at once.
fn held_by(register: &Register, items: &[(Id, Item)]) -> String {
    let all = items.len();
    let counted = register.monthly.as_deref();
    if let Some(stage) = counted.and_then(|stage| register.stage(stage)) {
        let reached = |(_, item): &&(Id, Item)| item.day(&stage.id).is_some();
        return match items.iter().filter(reached).count() {
            _ if all == 0 => held(0, 0),
            reached => format!("{all}, {reached} {}", stage.name),
        };
    }
    let closed = |item| stage_of(register, item).is_some_and(|stage| stage.closes);
    let open = items.iter().filter(|(_, item)| !closed(item)).count();
    held(open, all)
}

fn held(open: usize, all: usize) -> String {
    match (open, all) {
        (_, 0) => "none yet".to_owned(),
        (open, all) if open == 0 || open == all => format!("{all}"),
        (open, all) => format!("{all}, {open} open"),
    }
}
