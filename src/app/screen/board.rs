//! A register as a board: its stages side by side, each with the items that are in it.

use super::stage::is_told;
use super::{Scene, acts};
use crate::app::keys::Action;
use crate::app::route::{Outcome, Route};
use crate::journal::rules::{Act, Advance, next_stage, parting_stage};
use crate::journal::{Id, stage_of};
use crate::practice::Register;

/// A register as a board.
#[derive(Clone, Debug)]
pub struct Board {
    /// The register's id.
    pub register: String,
    /// The register's name.
    pub name: String,
    /// What belongs here.
    pub about: String,
    /// A good example.
    pub example: String,
    /// Whether its items can be told to others.
    pub is_told: bool,
    /// The stages in order, before them the place of what has reached none.
    pub columns: Vec<Column>,
    /// The chosen column.
    pub column: usize,
    /// The chosen item in it.
    pub row: usize,
}

/// A stage with what is in it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// Whether what is in it is over and done with.
    pub closes: bool,
    /// The items, the newest first; those the register starts with as they come.
    pub cards: Vec<Card>,
}

/// An item on a board.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Card {
    /// Its id.
    pub id: Id,
    /// Its title.
    pub title: String,
    /// Whether it has a stage before it.
    pub goes_on: bool,
    /// The name of the stage in which it is let go, while it can be.
    pub lets_go: Option<String>,
    /// Whether it has reached one.
    pub goes_back: bool,
}

impl Board {
    pub(super) fn new(register: &str, scene: Scene<'_>) -> Option<Self> {
        let register = scene.catalog.register(register)?;
        if register.stages.is_empty() {
            return None;
        }
        let columns = columns(register, scene);
        let first = columns.iter().position(|column| !column.cards.is_empty());
        Some(Self {
            register: register.id.clone(),
            name: register.name.clone(),
            about: register.about.clone(),
            example: register.example.clone(),
            is_told: is_told(register, scene),
            column: first.unwrap_or(0),
            columns,
            row: 0,
        })
    }

    /// The chosen item.
    #[must_use]
    pub fn chosen(&self) -> Option<&Card> {
        self.columns.get(self.column)?.cards.get(self.row)
    }

    /// Whether nothing is on it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.columns.iter().all(|column| column.cards.is_empty())
    }

    /// Chooses the item with this number, counted through all columns.
    pub(crate) fn choose(&mut self, number: usize) -> bool {
        let mut rest = number;
        for (at, column) in self.columns.iter().enumerate() {
            if rest < column.cards.len() {
                let again = (self.column, self.row) == (at, rest);
                (self.column, self.row) = (at, rest);
                return again;
            }
            rest -= column.cards.len();
        }
        false
    }

    pub(super) fn refresh(&mut self, scene: Scene<'_>) {
        let Some(register) = scene.catalog.register(&self.register) else {
            return;
        };
        let chosen = self.chosen().map(|card| card.id.clone());
        self.columns = columns(register, scene);
        // An item that was moved keeps the keys, wherever it went.
        for (at, column) in self.columns.iter().enumerate() {
            let row = column
                .cards
                .iter()
                .position(|card| Some(&card.id) == chosen.as_ref());
            if let Some(row) = row {
                (self.column, self.row) = (at, row);
                return;
            }
        }
        self.keep_row();
    }

    pub(super) fn act(&mut self, action: Action, scene: Scene<'_>) -> Outcome {
        match action {
            Action::Back => return Outcome::back(),
            Action::Add => {
                return Outcome::open(Route::Item {
                    register: self.register.clone(),
                    id: None,
                });
            }
            Action::Left => self.column = self.column.saturating_sub(1),
            Action::Right => self.column = (self.column + 1).min(self.columns.len() - 1),
            Action::Up => self.row = self.row.saturating_sub(1),
            Action::Down => self.row += 1,
            _ => {
                let Some(card) = self.chosen() else {
                    return Outcome::stay();
                };
                let id = card.id.clone();
                let act = match action {
                    Action::Open => {
                        return Outcome::open(Route::Item {
                            register: self.register.clone(),
                            id: Some(id),
                        });
                    }
                    Action::Story => return Outcome::open(Route::Story(id)),
                    Action::Advance => Act::Advance(Advance { id, on: None }),
                    Action::LetGo => Act::LetGo(id),
                    Action::StepBack => Act::StepBack(id),
                    _ => return Outcome::stay(),
                };
                return acts::done(&act, scene);
            }
        }
        self.keep_row();
        Outcome::stay()
    }

    fn keep_row(&mut self) {
        let cards = self
            .columns
            .get(self.column)
            .map_or(0, |column| column.cards.len());
        self.row = self.row.min(cards.saturating_sub(1));
    }
}

fn columns(register: &Register, scene: Scene<'_>) -> Vec<Column> {
    let mut columns = vec![Column {
        name: register.unstaged.clone(),
        closes: false,
        cards: Vec::new(),
    }];
    columns.extend(register.stages.iter().map(|stage| Column {
        name: stage.name.clone(),
        closes: stage.closes,
        cards: Vec::new(),
    }));
    for (id, item) in scene.journal.rows(register) {
        let stage = stage_of(register, &item);
        let place = register
            .stages
            .iter()
            .position(|other| Some(other) == stage);
        let card = Card {
            id,
            title: item.title().to_owned(),
            goes_on: next_stage(register, &item).is_some(),
            lets_go: parting_stage(register, &item).map(|stage| stage.name.clone()),
            goes_back: stage.is_some(),
        };
        columns[place.map_or(0, |at| at + 1)].cards.insert(0, card);
    }
    if !register.presets.is_empty() {
        for column in &mut columns {
            column.cards.reverse();
        }
    }
    // Where every item starts in a stage, there is no place before the first.
    if columns[0].cards.is_empty() && register.unstaged.is_empty() {
        columns.remove(0);
    } else if columns[0].name.is_empty() {
        "no stage yet".clone_into(&mut columns[0].name);
    }
    columns
}
