//! The notes that wait, and where each may belong.
//!
//! A note is chosen first, then a kind of place, then one of its places. Contains no rule.

use super::filtered_list::{kept_cursor, moves_cursor};
use super::{Scene, ScreenState, item_text, rule_results};
use crate::app::keys::{Action, Binding, KeyContext};
use crate::app::route::{CommitSource, Navigation, Outcome, Route};
use crate::calendar;
use crate::insight::{NotePlace, NotePlaceKind, note_places};
use crate::journal::Id;
use crate::journal::rules::{self, Act, Placement, note_text};

#[derive(Clone, Debug)]
pub struct InboxPage {
    /// The notes that wait, oldest first.
    pub notes: Vec<NoteRow>,
    pub cursor: usize,
    /// The places to choose from, once their kind is chosen.
    pub places: Option<Places>,
    /// Whether its last note has left it.
    emptied: bool,
    /// Whether a page of the walk is behind it.
    is_in_walk: bool,
}

#[derive(Clone, Debug, Eq, PartialEq)]
pub struct NoteRow {
    pub id: Id,
    pub text: String,
    /// When it was written, in words.
    pub when: String,
}

#[derive(Clone, Debug)]
pub struct Places {
    /// The question they answer.
    pub title: &'static str,
    pub options: Vec<NotePlace>,
    pub cursor: usize,
}

impl InboxPage {
    pub(super) fn new(scene: Scene<'_>) -> Self {
        let today = scene.now.today();
        let notes = rules::waiting_notes(scene.basis()).into_iter();
        let notes = notes.map(|(id, note)| NoteRow {
            id: id.clone(),
            text: note_text(note, scene.catalog),
            when: scene
                .journal
                .first_written_day(id)
                .map_or_else(String::new, |day| calendar::humanize(day, today)),
        });
        Self {
            notes: notes.collect(),
            cursor: 0,
            places: None,
            emptied: false,
            is_in_walk: false,
        }
    }

    /// Shown before a page of the walk, which goes on behind it.
    pub(in crate::app) fn before_walk(&mut self) {
        self.is_in_walk = true;
    }

    pub fn chosen(&self) -> Option<&NoteRow> {
        self.notes.get(self.cursor)
    }

    /// Performs an act on the chosen note; the last one leads back.
    fn perform(&mut self, act: &Act, scene: Scene<'_>) -> Outcome {
        self.places = None;
        let outcome = rule_results::outcome(act, scene);
        if self.notes.len() > 1 {
            return outcome;
        }
        outcome.then(Navigation::Back)
    }

    fn place_at(&mut self, at: usize, scene: Scene<'_>) -> Outcome {
        let place = self
            .places
            .as_ref()
            .and_then(|places| places.options.get(at));
        let (Some(place), Some(note)) = (place, self.chosen()) else {
            return Outcome::stay();
        };
        let placement = Placement {
            id: note.id.clone(),
            to: place.to.clone(),
        };
        self.perform(&Act::Place(placement), scene)
    }

    fn offer(&mut self, kind: NotePlaceKind, scene: Scene<'_>) -> Outcome {
        let options = note_places(kind, scene.now.week(), scene.basis());
        let title = match kind {
            NotePlaceKind::Answer => "Which question does it answer?",
            NotePlaceKind::List => "Which list does it belong to?",
            NotePlaceKind::Evidence => "What is it evidence of?",
        };
        if options.is_empty() {
            return Outcome::stay().with_notice("Nothing open takes evidence.");
        }
        self.places = Some(Places {
            title,
            options,
            cursor: 0,
        });
        Outcome::stay()
    }

    fn act_on_places(&mut self, action: Action, scene: Scene<'_>) -> Outcome {
        match action {
            Action::Open => {
                let at = self.places.as_ref().map_or(0, |places| places.cursor);
                self.place_at(at, scene)
            }
            Action::Take(number) => self.place_at(number.saturating_sub(1), scene),
            _ => Outcome::stay(),
        }
    }
}

impl ScreenState for InboxPage {
    fn route(&self) -> Route {
        Route::Inbox
    }

    fn title(&self) -> Option<String> {
        Some("Inbox".to_owned())
    }

    /// From the places to the notes first.
    fn back(&mut self) -> Outcome {
        let places = self.places.take();
        places.map_or_else(Outcome::back, |_| Outcome::stay())
    }

    fn run(&mut self, action: Action, scene: Scene<'_>) -> Outcome {
        if self.places.is_some() {
            return self.act_on_places(action, scene);
        }
        let Some(id) = self.chosen().map(|note| note.id.clone()) else {
            return Outcome::stay();
        };
        match action {
            Action::Open => Outcome::navigate_if(item_text::entry_screen(&id, scene)),
            Action::PlaceInAnswer => self.offer(NotePlaceKind::Answer, scene),
            Action::PlaceInList => self.offer(NotePlaceKind::List, scene),
            Action::PlaceAsEvidence => self.offer(NotePlaceKind::Evidence, scene),
            Action::CommitFrom => Outcome::open(Route::Commit(CommitSource::Entry(id))),
            Action::LetGo => self.perform(&Act::LetGo(id), scene),
            _ => Outcome::stay(),
        }
    }

    fn refresh(&mut self, scene: Scene<'_>) {
        let fresh = Self::new(scene);
        let chosen = self.chosen().map(|note| note.id.clone());
        let ids = fresh.notes.iter().map(|note| &note.id);
        let cursor = kept_cursor(ids, chosen.as_ref(), self.cursor);
        // The places are those of the chosen note only while it is there.
        let is_there = fresh.notes.get(cursor).map(|note| &note.id) == chosen.as_ref();
        let places = self.places.take().filter(|_| is_there);
        *self = Self {
            cursor,
            places,
            is_in_walk: self.is_in_walk,
            emptied: fresh.notes.is_empty() && (self.emptied || !self.notes.is_empty()),
            ..fresh
        };
    }

    fn choose_entry(&mut self, id: &Id) -> bool {
        let at = self.notes.iter().position(|note| note.id == *id);
        self.cursor = at.unwrap_or(self.cursor);
        at.is_some()
    }

    fn is_finished(&self) -> bool {
        self.emptied
    }

    fn is_enabled(&self, action: Action) -> bool {
        if let Some(places) = &self.places {
            return match action {
                Action::Take(number) => (1..=places.options.len()).contains(&number),
                Action::Open => true,
                _ => moves_cursor(action),
            };
        }
        match action {
            Action::Open
            | Action::PlaceInAnswer
            | Action::PlaceInList
            | Action::PlaceAsEvidence
            | Action::CommitFrom
            | Action::LetGo => !self.notes.is_empty(),
            _ => moves_cursor(action),
        }
    }

    fn own_contexts(&self) -> &'static [KeyContext] {
        if self.places.is_some() {
            &[KeyContext::Place]
        } else {
            &[KeyContext::Inbox]
        }
    }

    fn label(&self, binding: &Binding) -> Option<String> {
        let label = match (binding.action, &self.places) {
            (Action::Back, Some(_)) => "another place",
            (Action::Back, None) if self.is_in_walk => "go on",
            _ => return None,
        };
        Some(label.to_owned())
    }

    fn rows(&mut self) -> Option<(&mut usize, usize)> {
        Some(match &mut self.places {
            Some(places) => (&mut places.cursor, places.options.len()),
            None => (&mut self.cursor, self.notes.len()),
        })
    }

    fn focused_entry(&self, _: Scene<'_>) -> Option<Id> {
        self.chosen().map(|note| note.id.clone())
    }
}
