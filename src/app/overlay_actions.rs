//! What the keys and clicks of an overlay do: answer a question, run a command, scroll the help.

use super::actions::{quit, run_action};
use super::keys::Action;
use super::model::Model;
use super::overlay::Overlay;
use super::{Effect, expectations, undo};
use crate::report::PageFormat;
use crate::store::Overwrite;
use crate::text;

/// Writes what is on the screen to a file.
fn export(model: &mut Model, path: String) -> Vec<Effect> {
    let format = match PageFormat::of_file(&path) {
        Ok(format) => format.unwrap_or(PageFormat::Html),
        Err(error) => {
            model.notify(format!("{}.", text::capitalized(&error)));
            return Vec::new();
        }
    };
    model.overlay = None;
    let text = model.state().export_text(format, model.scene());
    match text.filter(|_| !path.is_empty()) {
        Some(text) => vec![Effect::WriteFile {
            path,
            text,
            overwrite: Overwrite::Never,
        }],
        None => Vec::new(),
    }
}

/// Runs an action of what covers the screen; an action it does not know closes it.
pub(super) fn act_on_overlay(model: &mut Model, action: Action) -> Vec<Effect> {
    let Some(overlay) = &mut model.overlay else {
        return Vec::new();
    };
    if overlay.move_cursor(action) {
        return Vec::new();
    }
    match (overlay, action) {
        (_, Action::QuitNow) => quit(model),
        (_, Action::Suspend | Action::RestoreLines) => run_action(model, action),
        (Overlay::Themes(_), Action::Open) => {
            model.theme = model.theme();
            model.overlay = None;
            vec![Effect::KeepTheme(model.theme)]
        }
        (Overlay::ConfirmDiscard, Action::Confirm) => {
            model.discard_kept_draft();
            model.overlay = None;
            model.notify("Discarded.");
            vec![Effect::DraftNow]
        }
        (Overlay::ConfirmUndo(asked), Action::Confirm) => {
            let asked = (**asked).clone();
            model.overlay = None;
            undo::confirm(model, &asked)
        }
        (Overlay::Expectations(_), Action::Toggle) => expectations::toggle(model),
        (Overlay::FileName(name), Action::Open) => {
            let path = name.text().trim().to_owned();
            export(model, path)
        }
        (Overlay::ConfirmOverwrite { path, text }, Action::Confirm) => {
            let (path, text) = (std::mem::take(path), std::mem::take(text));
            model.overlay = None;
            let overwrite = Overwrite::Yes;
            vec![Effect::WriteFile {
                path,
                text,
                overwrite,
            }]
        }
        (Overlay::Palette(palette), Action::Open) => {
            let chosen = palette.chosen();
            model.overlay = None;
            chosen.map_or_else(Vec::new, |action| run_action(model, action))
        }
        // A key that means something elsewhere must not lose what is typed there.
        (Overlay::FileName(_), action) if action != Action::Back => Vec::new(),
        _ => {
            model.overlay = None;
            Vec::new()
        }
    }
}
