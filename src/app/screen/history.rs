//! Every version of one entry, newest first: what changed, and when.

use super::compare::comparable_questions;
use super::filtered_list::can_move;
use super::{Scene, ScreenState};
use crate::app::keys::{Action, KeyContext};
use crate::app::route::{Outcome, Route};
use crate::journal::{Entry, Id};
use crate::report::{self, VersionSummary};

#[derive(Clone, Debug)]
pub struct History {
    pub id: Id,
    pub name: String,
    /// Its versions, newest first.
    pub versions: Vec<VersionSummary>,
    pub cursor: usize,
    /// The question it answers, if its answers can be compared.
    pub question: Option<Route>,
}

impl History {
    pub(super) fn new(id: &Id, scene: Scene<'_>) -> Option<Self> {
        let entries = scene.journal.versions(id);
        let today = scene.now.today();
        let said = report::last_with_content(entries).or(entries.last())?;
        Some(Self {
            id: id.clone(),
            name: report::entry_name(said, scene.catalog, today),
            versions: report::version_summaries(scene.journal, id, scene.catalog, today),
            cursor: 0,
            question: question(said, scene),
        })
    }
}

impl ScreenState for History {
    fn route(&self) -> Route {
        Route::History(self.id.clone())
    }

    fn title(&self) -> Option<String> {
        Some("History".to_owned())
    }

    fn run(&mut self, action: Action, _: Scene<'_>) -> Outcome {
        let question = self.question.clone();
        Outcome::open_if(question.filter(|_| action == Action::Compare))
    }

    fn refresh(&mut self, scene: Scene<'_>) {
        if let Some(fresh) = Self::new(&self.id, scene) {
            let cursor = self.cursor.min(fresh.versions.len().saturating_sub(1));
            *self = Self { cursor, ..fresh };
        }
    }

    fn is_enabled(&self, action: Action) -> bool {
        match action {
            Action::Compare => self.question.is_some(),
            _ => can_move(action, self.cursor, self.versions.len()),
        }
    }

    fn own_contexts(&self) -> &'static [KeyContext] {
        &[KeyContext::Versions]
    }

    fn rows(&mut self) -> Option<(&mut usize, usize)> {
        Some((&mut self.cursor, self.versions.len()))
    }

    fn focused_entry(&self, _: Scene<'_>) -> Option<Id> {
        Some(self.id.clone())
    }
}

fn question(entry: &Entry, scene: Scene<'_>) -> Option<Route> {
    let answer = entry.body.as_answer()?;
    let practice = scene.catalog.practice(&answer.practice)?;
    let asked = comparable_questions(practice).any(|step| step.id == answer.step);
    asked.then(|| Route::compare(&answer.practice, &answer.step))
}
