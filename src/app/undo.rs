//! Undo and redo on the screens, one change at a time. Changes from earlier sessions, other
//! machines or programs need confirmation.

use super::Effect;
use super::model::{Model, Pending};
use super::overlay::{Overlay, UndoRequest};
use crate::journal::rules::Act;
use crate::journal::{Change, UndoStep};
use crate::report;
use crate::text;

/// Undoes the last change or redoes the last one undone; both write a new version.
pub(super) fn undo_or_redo(model: &mut Model, redo: bool) -> Vec<Effect> {
    let steps = last_steps(model, redo);
    let Some(asked) = undo_request(model, &steps, redo) else {
        return run_request(model, UndoRequest::nothing(redo));
    };
    let is_own = |step: &UndoStep| {
        let undone = step.change.undoes.as_ref();
        undone.is_some_and(|name| model.own_versions.contains(name))
    };
    if steps.iter().all(is_own) {
        return run_request(model, asked);
    }
    model.overlay = Some(Overlay::ConfirmUndo(Box::new(asked)));
    Vec::new()
}

/// The steps of the last save that can be undone or redone.
fn last_steps(model: &Model, redo: bool) -> Vec<UndoStep> {
    let found = if redo {
        model.undo_history.redoable(&model.journal, 1)
    } else {
        model.undo_history.undoable(&model.journal, 1)
    };
    found.into_iter().next().unwrap_or_default()
}

/// Runs a confirmed undo or redo; asks again if the journal has changed since.
pub(super) fn confirm(model: &mut Model, asked: &UndoRequest) -> Vec<Effect> {
    let (redo, steps) = (asked.redo, last_steps(model, asked.redo));
    match undo_request(model, &steps, redo) {
        Some(now) if now != *asked => {
            model.notify("The journal has changed; this is its last change now.");
            model.overlay = Some(Overlay::ConfirmUndo(Box::new(now)));
            Vec::new()
        }
        now => run_request(model, now.unwrap_or_else(|| UndoRequest::nothing(redo))),
    }
}

fn run_request(model: &mut Model, asked: UndoRequest) -> Vec<Effect> {
    let effect = asked.lines.first().map_or_else(String::new, |line| {
        format!(" {}.", text::capitalized(line.trim_end_matches('.')))
    });
    let (name, act) = (asked.name, kind(asked.redo)(asked.changes));
    let said = |told| format!("{told}: {name}.{effect}");
    model.perform(Ok(act), said, Pending::default())
}

fn kind(redo: bool) -> fn(Vec<Change>) -> Act {
    if redo { Act::Redo } else { Act::Undo }
}

/// Undoes only what was last done in this form to the chosen row of a list.
pub(super) fn undo_in_form(model: &mut Model) -> Vec<Effect> {
    let screen = model.screens.last_mut();
    let Some(done) = screen.and_then(|screen| screen.state_mut().take_row_change()) else {
        return Vec::new();
    };
    let history = model.undo_history.undoable(&model.journal, usize::MAX);
    // What was written after it is not undone with it.
    let mut of_it = history.into_iter().flatten();
    let step = of_it.find(|step| step.change.id.as_ref() == Some(&done.id));
    let step = step.filter(|step| step.name == done.name);
    match step.and_then(|step| undo_request(model, &[step], false)) {
        Some(asked) => run_request(model, asked),
        None => {
            model.notify("Changed since, so it is not undone from here.");
            Vec::new()
        }
    }
}

/// What undoing or redoing the steps of one save would do.
fn undo_request(model: &Model, steps: &[UndoStep], redo: bool) -> Option<UndoRequest> {
    let first = steps.first()?;
    let today = model.now.today();
    let (journal, catalog) = (&model.journal, &model.catalog);
    let mut lines = report::undo_effects(&first.change, journal, catalog, today).into_iter();
    let name = lines.next().unwrap_or_default();
    let mut lines: Vec<String> = lines.collect();
    if model.undo_history.undoes_import(steps) {
        lines.push(report::UNDONE_IMPORT.to_owned());
    }
    let others = match steps.len() - 1 {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let of = report::day_undone(first, journal, today);
    Some(UndoRequest {
        redo,
        name: format!("{name}{others}{of}"),
        lines,
        changes: steps.iter().map(|step| step.change.clone()).collect(),
    })
}
