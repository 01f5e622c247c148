//! Mouse input: the wheel moves, a click chooses.

use super::actions::{apply_outcome, run_action, update_form};
use super::evidence;
use super::form::{Control, FormEvent};
use super::keys::Action;
use super::model::Model;
use super::overlay::Overlay;
use super::{ClickTarget, Effect};

pub(super) fn wheel(model: &mut Model, action: Action) -> Vec<Effect> {
    let has_evidence = model.evidence_panel().is_some();
    match &mut model.overlay {
        Some(Overlay::Help(scroll)) if action == Action::Up => *scroll = scroll.saturating_sub(1),
        Some(Overlay::Help(scroll)) => *scroll = scroll.saturating_add(1),
        Some(_) => {}
        None if has_evidence => {
            return run_action(model, evidence::wheel(action));
        }
        None => return run_action(model, action),
    }
    Vec::new()
}

pub(super) fn click(model: &mut Model, target: ClickTarget) -> Vec<Effect> {
    model.notice = None;
    if model.overlay.take().is_some() {
        return Vec::new();
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
        ClickTarget::Row(_)
        | ClickTarget::Note(_)
        | ClickTarget::Week(_)
        | ClickTarget::Month(_) => {
            let (screen, scene) = model.screen_and_scene();
            let outcome = screen.click(target, scene);
            apply_outcome(model, outcome)
        }
    }
}
