//! All commitments: open ones first, then how the others ended.

use super::filtered_list::{FilterRow, FilteredList, RowList, SortKey, SortOrder};
use super::item_text::entry_screen;
use super::{Scene, ScreenState, rule_results};
use crate::app::keys::{Action, KeyContext};
use crate::app::route::{CommitSource, Outcome, Route};
use crate::journal::rules::Act;
use crate::journal::{Commitment, CommitmentOutcome, Id};
use crate::report;

#[derive(Clone, Debug)]
pub struct Commitments {
    /// Open ones by due day, then the others, newest first.
    pub rows: FilteredList<CommitmentRow>,
}

#[derive(Clone, Debug, Eq, PartialEq)]
pub struct CommitmentRow {
    pub id: Id,
    pub commitment: Commitment,
    /// The sign of two texts, if it was changed on two machines.
    pub unsettled: &'static str,
}

impl FilterRow for CommitmentRow {
    type Key = Id;
    type Heading = i32;

    fn row_key(&self) -> &Id {
        &self.id
    }

    fn filter_text(&self) -> String {
        let Commitment {
            better,
            area,
            closing,
            ..
        } = &self.commitment;
        let (state, evidence) = match closing {
            Some(closing) => (closing.how.name(), closing.evidence.as_str()),
            None => ("open", ""),
        };
        format!("{better} {area} {state} {evidence}")
    }

    fn heading(&self, order: SortOrder) -> Option<i32> {
        let has_ended = self.commitment.closing.is_some();
        self.sort_key().year_in(order, has_ended)
    }

    /// By the day it is due or ended; by stage, open ones come before kept, missed and let go.
    fn sort_key(&self) -> SortKey<'_> {
        let Commitment {
            better,
            due,
            closing,
            ..
        } = &self.commitment;
        let closing = closing.as_ref();
        SortKey {
            title: better,
            day: Some(closing.map_or(*due, |closing| closing.on)),
            stage: closing.map_or(0, |closing| match closing.how {
                CommitmentOutcome::Kept => 1,
                CommitmentOutcome::Missed => 2,
                CommitmentOutcome::LetGo => 3,
            }),
        }
    }
}

impl Commitments {
    pub(super) fn new(scene: Scene<'_>) -> Self {
        Self {
            rows: FilteredList::new(all(scene)),
        }
    }

    /// The other commitments about the area of the chosen one, in the order of the list; those
    /// without one have nothing in common.
    pub fn others_about_area(&self) -> impl Iterator<Item = &CommitmentRow> {
        let chosen = self.rows.chosen();
        let chosen = chosen.filter(|chosen| !chosen.commitment.area.is_empty());
        self.rows.all().iter().filter(move |row| {
            chosen.is_some_and(|chosen| {
                row.commitment.area == chosen.commitment.area && row.id != chosen.id
            })
        })
    }
}

impl ScreenState for Commitments {
    fn route(&self) -> Route {
        Route::Commitments
    }

    fn title(&self) -> Option<String> {
        Some("Commitments".to_owned())
    }

    fn refresh(&mut self, scene: Scene<'_>) {
        self.rows.replace(all(scene));
    }

    fn run(&mut self, action: Action, scene: Scene<'_>) -> Outcome {
        if action == Action::Add {
            return Outcome::open(Route::Commit(CommitSource::Blank));
        }
        let Some(CommitmentRow { id, commitment, .. }) = self.rows.chosen() else {
            return Outcome::stay();
        };
        match action {
            Action::OpenLinked => {
                let origin = commitment.origin.as_ref();
                Outcome::navigate_if(origin.and_then(|origin| entry_screen(origin, scene)))
            }
            Action::History => Outcome::open(Route::History(id.clone())),
            Action::Open => Outcome::open(Route::CheckIn(id.clone())),
            Action::Edit => Outcome::open(Route::Commit(CommitSource::Existing(id.clone()))),
            Action::Delete => rule_results::outcome(&Act::Delete(id.clone()), scene),
            _ => Outcome::stay(),
        }
    }

    fn is_enabled(&self, action: Action) -> bool {
        let chosen = self.rows.chosen();
        match action {
            Action::Add => true,
            Action::Sort => self.rows.count() > 1,
            Action::Edit | Action::Delete | Action::History => chosen.is_some(),
            Action::OpenLinked => chosen.is_some_and(|row| row.commitment.origin.is_some()),
            _ => self.rows.is_enabled(action),
        }
    }

    fn own_contexts(&self) -> &'static [KeyContext] {
        &[KeyContext::List, KeyContext::Register]
    }

    has_list!(rows);

    fn choose_entry(&mut self, id: &Id) -> bool {
        self.rows.choose(id)
    }

    fn focused_entry(&self, _: Scene<'_>) -> Option<Id> {
        self.rows.chosen().map(|row| row.id.clone())
    }
}

/// Open ones by due day, then the others, newest first.
fn all(scene: Scene<'_>) -> Vec<CommitmentRow> {
    let all = scene.journal.commitments().into_iter();
    let (open, ended): (Vec<_>, Vec<_>) = all.partition(|(_, commitment)| commitment.is_open());
    let rows = open.into_iter().chain(ended.into_iter().rev());
    let rows = rows.map(|(entry, commitment)| CommitmentRow {
        id: entry.id.clone(),
        commitment: commitment.clone(),
        unsettled: report::unsettled_sign(&entry.id, scene.journal),
    });
    rows.collect()
}
