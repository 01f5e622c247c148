//! Mouse input: the wheel moves, a click chooses.

use super::actions::{apply_outcome, run_action, update_form};
use super::evidence;
use super::form::{Control, FormEvent};
use super::keys::Action;
use super::model::Model;
use super::overlay::Overlay;
use super::overlay_actions::act_on_overlay;
use super::route::Outcome;
use super::{ClickTarget, Effect};

pub(super) fn wheel(model: &mut Model, action: Action) -> Vec<Effect> {
    match &model.overlay {
        Some(
            Overlay::Help(_) | Overlay::Palette(_) | Overlay::Themes(_) | Overlay::Expectations(_),
        ) => act_on_overlay(model, action),
        Some(_) => Vec::new(),
        None if model.evidence_panel().is_some() => run_action(model, evidence::wheel(action)),
        None => run_action(model, action),
    }
}

pub(super) fn click(model: &mut Model, target: ClickTarget) -> Vec<Effect> {
    model.notice = None;
    if let Some(overlay) = &mut model.overlay {
        let action = match (overlay, target) {
            (_, ClickTarget::Action(action)) => action,
            (Overlay::Palette(palette), ClickTarget::Row(at)) => {
                palette.cursor = at;
                Action::Open
            }
            (Overlay::Themes(chosen), ClickTarget::Row(at)) => {
                *chosen = at;
                Action::Open
            }
            (Overlay::Expectations(choice), ClickTarget::Row(at)) => {
                choice.cursor = at;
                Action::Toggle
            }
            _ => return Vec::new(),
        };
        return act_on_overlay(model, action);
    }
    match target {
        ClickTarget::Action(action) if model.is_enabled(action) => run_action(model, action),
        ClickTarget::Action(_) => Vec::new(),
        ClickTarget::Field(at) => update_form(model, |form| {
            form.focus = at.min(form.fields.len().saturating_sub(1));
            FormEvent::FocusMoved
        }),
        ClickTarget::Choice(at) => update_form(model, |form| {
            let focus = form.focus;
            match form.fields.get_mut(focus).map(|input| &mut input.control) {
                Some(Control::Pick(pick)) => {
                    pick.cursor = at;
                    form.act(Action::Toggle)
                }
                Some(Control::Panel(panel)) if panel.cursor == at => FormEvent::RowOpened,
                Some(Control::Panel(panel)) => {
                    panel.cursor = at.min(panel.rows.len());
                    FormEvent::FocusMoved
                }
                _ => FormEvent::Unchanged,
            }
        }),
        ClickTarget::Evidence(source, line) => evidence::click(model, source, line),
        ClickTarget::Text { row, column } => update_form(model, |form| {
            if let Some(editor) = form.focused_control().and_then(Control::editor_mut) {
                editor.click(row, column);
            }
            FormEvent::Unchanged
        }),
        ClickTarget::Mark(at) => {
            let (screen, _) = model.screen_and_scene();
            if let Some(cursor) = screen.cursor_mut() {
                *cursor = at;
            }
            run_action(model, Action::Toggle)
        }
        ClickTarget::Open(route) => apply_outcome(model, Outcome::open(route)),
        ClickTarget::Row(_) | ClickTarget::Note(_) | ClickTarget::Tab(_) | ClickTarget::Week(_) => {
            let (screen, scene) = model.screen_and_scene();
            let outcome = screen.click(target, scene);
            apply_outcome(model, outcome)
        }
    }
}
