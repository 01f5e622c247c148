//! Runs an action: most go to the screen, the others are handled here.

use super::Effect;
use super::editor::Editor;
use super::evidence;
use super::form::{Form, FormEvent};
use super::keys::Action;
use super::model::{Model, Notice, Pending};
use super::overlay::{Overlay, Palette};
use super::route::{CommitSource, Navigation, Outcome, Route};
use super::screen::practice_route;
use super::undo;
use crate::calendar::Span;
use crate::journal::Entry;

pub(super) fn update_form(
    model: &mut Model,
    take: impl FnOnce(&mut Form) -> FormEvent,
) -> Vec<Effect> {
    let (screen, scene) = model.screen_and_scene();
    let event = screen.form_mut().map_or(FormEvent::Unchanged, take);
    let outcome = screen.after_form_event(event, scene);
    apply_outcome(model, outcome)
}

/// The screen that an action only opens.
fn route_of(action: Action, model: &Model) -> Option<Route> {
    Some(match action {
        Action::ResumeDraft => Route::from_name(model.kept_draft()?.screen)?,
        Action::Commit => Route::Commit(CommitSource::Blank),
        Action::Problems => Route::Months,
        Action::Review => Route::Review(Span::Week(model.now.week())),
        Action::CatchNote => Route::Note,
        Action::Inbox => Route::Inbox,
        Action::Lists => Route::Lists,
        Action::People => Route::People,
        Action::Portfolio => Route::Portfolio,
        Action::Ladder => Route::Ladder,
        Action::Search => Route::Search,
        Action::Timeline => Route::Timeline,
        Action::Commitments => Route::Commitments,
        Action::Settle => model.settle_route()?,
        Action::About => Route::About,
        Action::Profile => model.profile_route()?,
        Action::Talk => model.talk_route()?,
        // A form saves before it goes there.
        Action::Practice(number) if model.state().form().is_none() => {
            practice_route(number, model.scene())?
        }
        _ => return None,
    })
}

pub(super) fn run_action(model: &mut Model, action: Action) -> Vec<Effect> {
    if let Some(route) = route_of(action, model) {
        model.open(&route);
        return Vec::new();
    }
    match action {
        Action::Help => {
            // A key has moved the notice to `previous_notice` already; a click leaves it in place.
            if let Some(notice) = model.notice.take() {
                model.previous_notice = Some(notice);
            }
            model.overlay = Some(Overlay::Help(0));
        }
        Action::RestoreLines if !model.is_enabled(Action::RestoreLines) => {}
        Action::RestoreLines => return vec![Effect::RestoreLines(model.restorable())],
        Action::Palette => {
            let all = model.commands();
            model.overlay = Some(Overlay::Palette(Box::new(Palette::new(all))));
        }
        Action::Themes => model.overlay = Some(Overlay::themes(model.theme)),
        Action::DiscardDraft => model.overlay = Some(Overlay::ConfirmDiscard),
        Action::Repaint => return vec![Effect::Repaint],
        Action::Suspend => return vec![Effect::DraftNow, Effect::Suspend],
        Action::QuitNow => return quit(model),
        Action::UndoInForm => return undo::undo_in_form(model),
        Action::Undo => return undo::undo_or_redo(model, false),
        Action::Redo => return undo::undo_or_redo(model, true),
        Action::Walk => {
            let route = model.walk_route();
            model.start_walk(&route);
            return vec![Effect::DraftNow, Effect::SavePosition];
        }
        Action::EditText => {
            let text = model.state().form().and_then(Form::focused_text);
            return match text.map(Editor::text) {
                Some(text) => vec![Effect::DraftNow, Effect::EditText(text)],
                None => Vec::new(),
            };
        }
        Action::Evidence
        | Action::MoveInEvidence(_)
        | Action::TakeEvidence
        | Action::AddEvidence
        | Action::NoteEvidence
        | Action::CloseEvidence => return evidence::act(model, action),
        Action::ChooseExpectation => {
            model.overlay = model.expectation_choice().map(Overlay::Expectations);
        }
        Action::Export if let Some(name) = model.state().export_name() => {
            let name = Editor::single_line(&name);
            model.overlay = Some(Overlay::FileName(Box::new(name)));
        }
        other => {
            let (screen, scene) = model.screen_and_scene();
            let outcome = screen.act(other, scene);
            return apply_outcome(model, outcome);
        }
    }
    Vec::new()
}

/// Does what a screen asks for: saves first, and navigates only once that is done.
pub(super) fn apply_outcome(model: &mut Model, outcome: Outcome) -> Vec<Effect> {
    if let Some(notice) = outcome.notice {
        model.notice = Some(Notice {
            offers_undo: outcome.offers_undo,
            ..Notice::of(notice)
        });
    }
    if !outcome.changes.is_empty() {
        let expectation = model.state().stands_for();
        model.pending = Some(Pending {
            then: outcome.navigation,
            saves_form: true,
            row: outcome.row,
            evidence: None,
            expectation,
        });
        return vec![Effect::Save(outcome.changes)];
    }
    let mut effects: Vec<Effect> = outcome.effect.into_iter().collect();
    effects.extend(navigate(model, outcome.navigation, &[]));
    effects
}

pub(super) fn navigate(model: &mut Model, then: Navigation, saved: &[Entry]) -> Vec<Effect> {
    match then {
        Navigation::Stay => return Vec::new(),
        Navigation::Open(route) => model.open(&route),
        Navigation::OpenAt(route, field) => {
            model.open(&route);
            let (screen, _) = model.screen_and_scene();
            if let Some(form) = screen.form_mut() {
                form.focus_on(&field, None);
            }
        }
        Navigation::Replace(route) => model.replace_screen(&route),
        Navigation::OpenSaved => {
            let item =
                |entry: &Entry| Some(Route::item(&entry.body.as_item()?.register, &entry.id));
            if let Some(route) = saved.iter().rev().find_map(item) {
                model.open(&route);
            }
        }
        Navigation::NextDue => model.open_next_due(),
        Navigation::Back => {
            if matches!(model.state().route(), Route::CheckIn(_)) {
                model.end_due();
            }
            model.close();
        }
        Navigation::Quit => return vec![Effect::DraftNow, Effect::SavePosition, Effect::Quit],
    }
    vec![Effect::DraftNow, Effect::SavePosition]
}

/// Quits from any screen: what is valid is saved, the rest is kept as a draft.
pub(super) fn quit(model: &mut Model) -> Vec<Effect> {
    let leave = vec![Effect::DraftNow, Effect::SavePosition, Effect::Quit];
    if model.save_failed {
        return leave;
    }
    let expectation = model.state().stands_for();
    let (screen, scene) = model.screen_and_scene();
    match screen.save_on_quit(scene) {
        Some(changes) if !changes.is_empty() => {
            model.pending = Some(Pending {
                then: Navigation::Quit,
                saves_form: true,
                expectation,
                ..Pending::default()
            });
            vec![Effect::Save(changes)]
        }
        _ => leave,
    }
}
