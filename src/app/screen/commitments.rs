//! All commitments: open ones first, then how the others ended.

use super::filtered_list::{FilterRow, FilteredList, RowList};
use super::item_text::{entry_screen, place_text};
use super::list_filter::SortKey;
use super::{Scene, ScreenState, rule_results};
use crate::app::keys::{Action, KeyContext};
use crate::app::route::{CommitSource, Outcome, Route};
use crate::calendar;
use crate::journal::rules::Act;
use crate::journal::{Commitment, CommitmentOutcome, DueShift, Id};
use crate::report;
use crate::text;

/// The widest that an area is shown in the list.
const AREA_WIDTH: usize = 14;

/// All commitments.
#[derive(Clone, Debug)]
pub struct Commitments {
    /// Open ones by due day, then the others, newest first.
    pub rows: FilteredList<CommitmentRow>,
}

/// A commitment in a list.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct CommitmentRow {
    pub id: Id,
    pub commitment: Commitment,
    /// What it came from, in words.
    pub origin: Option<String>,
    /// Its area, cut to the width of its column.
    pub area: String,
    /// Whether it moved and when it is due or ended, in words; first the sign of two texts, if it
    /// was changed on two machines.
    pub state: String,
    /// The day it is due or ended; by stage, open ones come before kept, missed and let go.
    sort_key: SortKey,
}

impl CommitmentRow {
    fn new(id: Id, commitment: Commitment, scene: Scene<'_>) -> Self {
        let origin = commitment.origin.as_ref();
        let closing = commitment.closing.as_ref();
        let sorted = SortKey {
            day: Some(closing.map_or(commitment.due, |closing| closing.on)),
            stage: closing.map_or(0, |closing| match closing.how {
                CommitmentOutcome::Kept => 1,
                CommitmentOutcome::Missed => 2,
                CommitmentOutcome::LetGo => 3,
            }),
        };
        Self {
            origin: origin.and_then(|origin| place_text(origin, scene)),
            area: text::clip(&text::one_line(&commitment.area), AREA_WIDTH),
            state: format!(
                "{}{}",
                report::unsettled_sign(&id, scene.journal),
                state(&commitment, scene.now.today())
            ),
            id,
            commitment,
            sort_key: sorted,
        }
    }
}

impl FilterRow for CommitmentRow {
    type Key = Id;

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

    fn title(&self) -> &str {
        &self.commitment.better
    }

    fn sort_key(&self) -> &SortKey {
        &self.sort_key
    }

    fn side_columns(&self) -> (&str, &str) {
        (&self.area, &self.state)
    }
}

impl Commitments {
    pub(super) fn new(scene: Scene<'_>) -> Self {
        Self {
            rows: FilteredList::new(all(scene)),
        }
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

    fn act(&mut self, action: Action, scene: Scene<'_>) -> Outcome {
        if self.rows.act(action) {
            return Outcome::stay();
        }
        match action {
            Action::Back => return Outcome::back(),
            Action::Add => return Outcome::open(Route::Commit(CommitSource::Blank)),
            _ => {}
        }
        let Some(CommitmentRow { id, commitment, .. }) = self.rows.chosen() else {
            return Outcome::stay();
        };
        match action {
            Action::OpenLinked => {
                let origin = commitment.origin.as_ref();
                match origin.and_then(|origin| entry_screen(origin, scene)) {
                    Some(there) => Outcome::navigate(there),
                    None => Outcome::stay(),
                }
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
        &[KeyContext::List, KeyContext::Register, KeyContext::Closable]
    }

    fn list(&self) -> Option<&dyn RowList> {
        Some(&self.rows)
    }

    fn list_mut(&mut self) -> Option<&mut dyn RowList> {
        Some(&mut self.rows)
    }

    fn focused_entry(&self, _: Scene<'_>) -> Option<Id> {
        self.rows.chosen().map(|row| row.id.clone())
    }
}

/// Open ones by due day, then the others, newest first.
fn all(scene: Scene<'_>) -> Vec<CommitmentRow> {
    let (mut open, mut ended): (Vec<_>, Vec<_>) = scene
        .journal
        .commitments()
        .into_iter()
        .map(|(entry, commitment)| (entry.id.clone(), commitment.clone()))
        .partition(|(_, commitment)| commitment.is_open());
    ended.reverse();
    open.append(&mut ended);
    open.into_iter()
        .map(|(id, commitment)| CommitmentRow::new(id, commitment, scene))
        .collect()
}

fn state(commitment: &Commitment, today: chrono::NaiveDate) -> String {
    let moved = match commitment.due_shift() {
        None => String::new(),
        Some(DueShift::Earlier) => "moved earlier · ".to_owned(),
        Some(DueShift::Later(times)) => format!("moved {times}× · "),
    };
    match &commitment.closing {
        Some(closing) => format!(
            "{moved}{} {}",
            closing.how.name(),
            calendar::short_date(closing.on, today)
        ),
        None => format!("{moved}due {}", calendar::short_date(commitment.due, today)),
    }
}
