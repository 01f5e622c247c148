//! What screens with a form have in common: saving and leaving it, and what its keys are called.

use super::{Scene, ScreenState};
use crate::app::Effect;
use crate::app::editor::TextInput;
use crate::app::form::{Form, FormEvent, FormField, OtherText};
use crate::app::keys::{Action, Binding, KeyContext};
use crate::app::route::{Navigation, Outcome, Route};
use crate::journal::Id;

/// Shown when unsaved text is left behind.
pub(super) const KEPT: &str = "Kept as a draft, not saved yet.";

/// Runs an action of the form itself.
pub(super) fn act_in_form(
    screen: &mut impl ScreenState,
    action: Action,
    scene: Scene<'_>,
) -> Outcome {
    let event = screen
        .form_mut()
        .map_or(FormEvent::Unchanged, |form| form.act(action));
    screen.after_form_event(event, scene)
}

/// Types into the field of the form that has the focus; `None` without a form.
pub(super) fn type_into_form(
    screen: &mut (impl ScreenState + ?Sized),
    input: TextInput<'_>,
    scene: Scene<'_>,
) -> Option<Outcome> {
    let form = screen.form_mut()?;
    let event = form.input(input);
    let is_typing = form.focused().is_some_and(|it| it.control.is_typing());
    if let (TextInput::Paste(_), FormEvent::Unchanged, false) = (input, event, is_typing) {
        return None;
    }
    Some(screen.after_form_event(event, scene))
}

/// What follows from an event in a form of one page: its first field comes after its last.
pub(super) fn after_event(form: &mut Form, event: FormEvent) -> Outcome {
    match event {
        FormEvent::Unchanged | FormEvent::RowOpened | FormEvent::Finished => {
            return Outcome::stay();
        }
        FormEvent::Edited => return Outcome::stay().with_effect(Effect::DraftSoon),
        FormEvent::FocusMoved => {}
        FormEvent::NextPage => form.focus = 0,
        FormEvent::PreviousPage => form.focus = form.fields.len().saturating_sub(1),
    }
    Outcome::stay().with_effect(Effect::DraftNow)
}

/// The labels of bindings that depend on the focused field; `save` is what saving is called here.
pub(super) fn label(form: &Form, save: &str, binding: &Binding) -> Option<String> {
    let field = form.focused();
    let label = match binding.action {
        Action::Save => save,
        Action::Continue => form.continue_label(save),
        Action::NextField if !form.has_next_field() => "first field",
        Action::PreviousField if !form.has_previous_field() => "last field",
        Action::CopyLast if field.is_some_and(|field| field.other_text.is_some()) => {
            "copy the other"
        }
        Action::Open if binding.context == KeyContext::Panel => match field {
            Some(field) if field.control.is_typing() => "add",
            _ => "open",
        },
        _ => return None,
    };
    Some(label.to_owned())
}

/// Navigates without saving, and says so if text is left behind.
pub(super) fn leave_unsaved(form: &Form, navigation: Navigation) -> Outcome {
    let outcome = Outcome::navigate(navigation);
    if form.has_unsaved() {
        outcome.with_notice(KEPT)
    } else {
        outcome
    }
}

/// Leaves a form that is only saved by its own key: goes back, or to a practice.
pub(super) fn leave(form: &Form, action: Action, scene: Scene<'_>) -> Outcome {
    let navigation = match action {
        Action::Practice(number) => practice_route(number, scene).map(Navigation::Replace),
        _ => Some(Navigation::Back),
    };
    navigation.map_or_else(Outcome::stay, |navigation| leave_unsaved(form, navigation))
}

/// Opens every version of an entry.
pub(super) fn history(id: Option<Id>, scene: Scene<'_>) -> Outcome {
    match id.filter(|id| !scene.journal.versions(id).is_empty()) {
        Some(id) => Outcome::open(Route::History(id)),
        None => Outcome::stay().with_notice("Nothing saved here yet."),
    }
}

/// The first page of the practice with this number in the walk, from 1, for the present week.
pub(in crate::app) fn practice_route(number: usize, scene: Scene<'_>) -> Option<Route> {
    let practice = scene.catalog.walk().nth(number.checked_sub(1)?)?;
    Some(Route::page(&practice.id, scene.now.week(), 1))
}

/// The notice if saving replaces text that another program saved meanwhile, or that comes from
/// another machine.
pub(super) fn replaced_text_notice(form: &Form) -> Option<String> {
    let is_other = |other: &OtherText| match other {
        OtherText::SavedMeanwhile(value) | OtherText::Unsettled(value) => !value.is_empty(),
        OtherText::OlderDraft(_) => false,
    };
    let replaces =
        |field: &&FormField| field.is_changed() && field.other_text.as_ref().is_some_and(is_other);
    let label = &form.fields.iter().find(replaces)?.label;
    Some(format!(
        "Saved. {label}: the text it replaced is in the history"
    ))
}
