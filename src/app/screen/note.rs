//! A thought being caught: one line, over the screen behind it.

use super::{Scene, ScreenState, form_actions, rule_results};
use crate::app::form::{Form, FormField};
use crate::app::keys::{Action, KeyContext};
use crate::app::route::{Navigation, Outcome, Route};
use crate::journal::rules::{Act, Refusal, new_note, perform};
use crate::journal::{Change, Value};
use crate::practice::FieldKind;

/// The field with the note.
const TEXT: &str = "text";

#[derive(Clone, Debug)]
pub struct NoteForm {
    pub form: Form,
}

impl NoteForm {
    /// `None` if no practice has an inbox.
    pub(super) fn new(scene: Scene<'_>) -> Option<Self> {
        scene.catalog.inbox()?;
        let field = FormField::new(TEXT, "Note", &FieldKind::Line, None, scene.now);
        Some(Self {
            form: Form::new(vec![field]),
        })
    }

    /// The changes to save; none without text, and `None` if a rule refuses it.
    fn save(&mut self, scene: Scene<'_>) -> Option<Vec<Change>> {
        let text = self.form.text(TEXT);
        let done =
            new_note(&text, scene.catalog).and_then(|new| perform(&Act::Add(new), scene.basis()));
        match done {
            Ok(done) => Some(self.form.with_draft_id(done.changes)),
            Err(Refusal::Empty(_)) => {
                // Blanks are not worth a draft.
                self.form.restore(TEXT, &Value::Text(String::new()));
                Some(Vec::new())
            }
            Err(why) => {
                let said = rule_results::refusal_sentence(&why, scene);
                self.form.set_error(TEXT, said);
                None
            }
        }
    }
}

impl ScreenState for NoteForm {
    fn route(&self) -> Route {
        Route::Note
    }

    fn title(&self) -> Option<String> {
        Some("Note".to_owned())
    }

    fn run(&mut self, action: Action, scene: Scene<'_>) -> Outcome {
        match action {
            Action::Save => match self.save(scene) {
                Some(changes) if changes.is_empty() => Outcome::back(),
                Some(changes) => Outcome::back().saving_undoable(changes, "In the inbox."),
                None => Outcome::stay(),
            },
            Action::Back => form_actions::leave_unsaved(&self.form, Navigation::Back),
            other => form_actions::act_in_form(self, other, scene),
        }
    }

    fn refresh(&mut self, _: Scene<'_>) {}

    fn is_enabled(&self, action: Action) -> bool {
        match action {
            Action::Save | Action::Back => true,
            _ => action.is_text_editing() && self.form.is_enabled(action),
        }
    }

    /// Only what concerns one line: Enter saves it.
    fn contexts(&self) -> Vec<KeyContext> {
        vec![KeyContext::Note, KeyContext::Text, KeyContext::Anywhere]
    }

    has_form!(form);

    fn save_on_quit(&mut self, scene: Scene<'_>) -> Option<Vec<Change>> {
        self.save(scene)
    }
}
