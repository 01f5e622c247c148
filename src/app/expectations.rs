//! What an entry stands for on the ladder: the list to choose from, and what a choice writes.

use super::Effect;
use super::model::{Model, Pending};
use super::overlay::{ExpectationChoice, ExpectationRow, Overlay};
use crate::journal::{Body, Entry, Id};
use crate::ladder::{Expectation, Ladder};
use crate::report;

impl Model {
    /// The ladder, and the focused entry if it can stand for an expectation of it.
    pub(super) fn tieable(&self) -> Option<(&Ladder, &Entry)> {
        let ladder = self.scene().ladder()?;
        let id = self.state().focused_entry(self.scene())?;
        let entry = self.journal.current(&id)?;
        let fits = matches!(entry.body, Body::Item(_) | Body::Commitment(_));
        (fits && !self.journal.is_private(entry, &self.catalog)).then_some((ladder, entry))
    }

    /// The expectations of the next level, and others that the focused entry stands for; `None` if it
    /// is nothing that can stand for one.
    pub(super) fn expectation_choice(&self) -> Option<ExpectationChoice> {
        let (ladder, entry) = self.tieable()?;
        Some(ExpectationChoice {
            rows: rows(ladder, &entry.id, self),
            entry: entry.id.clone(),
            title: report::entry_text(entry, &self.catalog),
            cursor: 0,
        })
    }
}

fn rows(ladder: &Ladder, entry: &Id, model: &Model) -> Vec<ExpectationRow> {
    let choice = model.journal.ladder_choice(entry);
    let target = ladder.target().map(|level| level.id.as_str());
    let is_shown =
        |it: &&Expectation| choice.ladder.contains(&it.id) || Some(it.level.as_str()) == target;
    let shown = ladder.expectations.iter().filter(is_shown);
    let rows = shown.map(|it| ExpectationRow {
        id: it.id.clone(),
        area: ladder
            .area(&it.area)
            .map_or_else(String::new, |area| area.name.clone()),
        text: it.text.clone(),
        is_tied: choice.ladder.contains(&it.id),
    });
    rows.collect()
}

/// Ties the entry to the chosen expectation, or unties it.
pub(super) fn toggle(model: &mut Model) -> Vec<Effect> {
    let Some(Overlay::Expectations(choice)) = &model.overlay else {
        return Vec::new();
    };
    let Some(row) = choice.rows.get(choice.cursor) else {
        return Vec::new();
    };
    let tied = model.journal.ladder_choice(&choice.entry);
    let tied = if row.is_tied {
        tied.without(&row.id)
    } else {
        tied.with(&row.id)
    };
    model.pending = Some(Pending::default());
    vec![Effect::Save(vec![tied.into_ladder_change()])]
}

/// Shows what was saved in the list to choose from; a row stays even if it is untied.
pub(super) fn refresh(model: &mut Model) {
    let Some(Overlay::Expectations(choice)) = &mut model.overlay else {
        return;
    };
    let tied = model.journal.ladder_choice(&choice.entry);
    for row in &mut choice.rows {
        row.is_tied = tied.ladder.contains(&row.id);
    }
}

/// Ties a new entry to the expectation it was written for.
pub(super) fn tie_saved(
    model: &mut Model,
    expectation: Option<String>,
    saved: &[Entry],
) -> Option<Effect> {
    let (expectation, entry) = expectation.zip(saved.first())?;
    let choice = model.journal.ladder_choice(&entry.id).with(&expectation);
    model.pending = Some(Pending::default());
    Some(Effect::Save(vec![choice.into_ladder_change()]))
}
