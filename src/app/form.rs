//! A form: fields one below the other, one of them focused.
//!
//! Every screen for typing uses this. It never loses text: what was typed is in [`Form::unsaved_fields`]
//! until it is saved. Knows nothing of what the fields are about.

mod carry_over;
mod condition;
mod control;
mod pick;
mod side_text;

pub use condition::ShowCondition;
pub(super) use control::convert_label;
pub use control::{Control, Log, Panel, PanelRow};
pub use pick::ChoicePicker;
pub use side_text::{FieldNote, LastAnswer, OtherText, PastAnswers};

use std::collections::BTreeMap;
use std::sync::Arc;

use super::editor::{Editor, TextInput};
use super::keys::{Action, Key, KeyContext};
use crate::calendar::{Direction, Now, parse_day};
use crate::journal::{NameCompletion, Value, complete_mention, complete_name};
use crate::practice::FieldKind;
use crate::store::About;
use chrono::NaiveDate;

#[derive(Clone, Debug, Default)]
pub struct Form {
    pub fields: Vec<FormField>,
    /// The index of the focused one.
    pub focus: usize,
    /// Whether fields of later stages are shown too.
    pub shows_all: bool,
    pub is_saved: bool,
    /// Whether another program deleted its entry, so that saving adds a new one.
    pub is_deleted: bool,
}

#[derive(Clone, Debug)]
pub struct FormField {
    /// Its name in this form; drafts on disk use it.
    pub name: String,
    /// One to three words.
    pub label: String,
    /// The question; may be empty.
    pub prompt: String,
    /// A line of help; may be empty.
    pub help: String,
    pub kind: FieldKind,
    pub control: Control,
    /// Names of people for completion, in the order they are offered.
    pub names: Arc<[String]>,
    pub last_answer: Option<LastAnswer>,
    pub past: PastAnswers,
    /// The entry its text belongs to, and the version shown in the form; `None` while it starts an
    /// entry that has no id yet.
    pub entry: Option<About>,
    /// Another text for the same field.
    pub other_text: Option<OtherText>,
    /// Why what was typed is invalid.
    pub error: Option<String>,
    /// What came of its answer, one line each.
    pub notes: Vec<FieldNote>,
    /// Whether it appears beside the previous field if there is room.
    pub beside: bool,
    pub condition: Option<ShowCondition>,
    /// Whether own words among its choices are a past day.
    takes_past_day: bool,
    /// Whether what is shown as saved is only suggested, for today.
    is_suggested: bool,
    saved: Value,
}

/// What a form did with an action.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum FormEvent {
    Unchanged,
    Edited,
    FocusMoved,
    /// The user moved on past the last field.
    NextPage,
    /// Enter on the last field: the form is done.
    Finished,
    /// The user moved back before the first field.
    PreviousPage,
    /// The user opens the chosen row of a panel, or adds the title typed there as a new item.
    RowOpened,
}

impl FormField {
    pub fn new(name: &str, label: &str, kind: &FieldKind, saved: Option<&Value>, now: Now) -> Self {
        Self::with_control(name, label, kind, Control::new(kind, saved, now))
    }

    /// A field for a due date; `direction` decides what “fri” means.
    pub fn due_day(
        name: &str,
        label: &str,
        saved: NaiveDate,
        now: Now,
        direction: Direction,
    ) -> Self {
        let control = Control::day(&saved.to_string(), now, direction);
        Self::with_control(name, label, &FieldKind::Date, control)
    }

    pub fn with_control(name: &str, label: &str, kind: &FieldKind, control: Control) -> Self {
        Self {
            name: name.to_owned(),
            label: label.to_owned(),
            prompt: String::new(),
            help: String::new(),
            kind: kind.clone(),
            saved: control.raw(),
            control,
            names: Arc::default(),
            last_answer: None,
            past: PastAnswers::default(),
            entry: None,
            other_text: None,
            error: None,
            notes: Vec::new(),
            beside: false,
            condition: None,
            takes_past_day: false,
            is_suggested: false,
        }
    }

    pub fn with_prompt(mut self, prompt: &str, help: &str) -> Self {
        prompt.clone_into(&mut self.prompt);
        help.clone_into(&mut self.help);
        self
    }

    /// With days as choices: own words among them are another one.
    pub fn with_past_days(mut self) -> Self {
        self.takes_past_day = true;
        self
    }

    /// With a value that is suggested for today, unless the entry has one.
    pub fn suggested_if(mut self, is_suggested: bool) -> Self {
        self.is_suggested = is_suggested;
        self
    }

    /// What was typed, as a draft keeps it: “tomorrow” is another day when the draft is picked up.
    pub fn draft_value(&self, now: Now) -> Value {
        let raw = self.control.raw();
        let direction = match self.control {
            Control::Day(_, direction) => direction,
            Control::Pick(_) if self.takes_past_day => Direction::Past,
            _ => return raw,
        };
        let day = raw
            .as_text()
            .and_then(|text| parse_day(text, now, direction).ok());
        day.map_or(raw, |day| Value::Text(day.to_string()))
    }

    pub fn with_last_answer(mut self, last: Option<LastAnswer>) -> Self {
        self.last_answer = last;
        self
    }

    /// The completion of the name at the end of a field for people, or of one begun with an `@` at the
    /// end of any other text.
    pub fn completion(&self) -> Option<NameCompletion<'_>> {
        if self.names.is_empty() {
            return None;
        }
        match (&self.kind, &self.control) {
            (FieldKind::Person, Control::Text(editor))
                if !editor.is_multiline() && editor.is_at_end() =>
            {
                complete_name(&editor.text(), &self.names)
            }
            (_, Control::Pick(_) | Control::Day(..)) => None,
            (_, control) => {
                let editor = control.editor().filter(|editor| editor.is_at_end())?;
                complete_mention(&editor.text(), &self.names)
            }
        }
    }

    fn complete(&mut self) -> FormEvent {
        let Some(NameCompletion { text: whole, .. }) = self.completion() else {
            return FormEvent::Unchanged;
        };
        self.control.restore(&Value::Text(whole));
        self.error = None;
        FormEvent::Edited
    }

    /// Whether it differs from what is saved. Blanks alone are nothing.
    pub fn is_changed(&self) -> bool {
        let raw = self.control.raw();
        raw != self.saved && !(raw.is_empty() && self.saved.is_empty())
    }

    /// Whether it shows what is saved, and no suggestion.
    pub fn is_saved(&self) -> bool {
        !self.is_changed() && !self.is_suggested
    }

    pub fn is_day(&self) -> bool {
        self.takes_past_day || matches!(self.control, Control::Day(..))
    }
}

impl Form {
    /// A form with these fields, the first one focused.
    pub fn new(fields: Vec<FormField>) -> Self {
        Self {
            fields,
            ..Self::default()
        }
    }

    pub fn focused(&self) -> Option<&FormField> {
        self.fields.get(self.focus)
    }

    /// The control of the focused field, to change it.
    pub fn focused_control(&mut self) -> Option<&mut Control> {
        self.fields
            .get_mut(self.focus)
            .map(|field| &mut field.control)
    }

    pub fn field(&self, name: &str) -> Option<&FormField> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// What is typed in a field; empty if it is no text.
    pub fn text(&self, name: &str) -> String {
        match self.field(name).map(|field| field.control.raw()) {
            Some(Value::Text(text)) => text,
            _ => String::new(),
        }
    }

    /// Whether a text field has the focus, so that characters are typed.
    pub fn is_typing(&self) -> bool {
        self.focused()
            .is_some_and(|field| field.control.is_typing())
    }

    /// The contexts for the key table, the narrowest first.
    pub fn contexts(&self) -> Vec<KeyContext> {
        let mut contexts = match self.focused().map(|field| &field.control) {
            Some(Control::Pick(_)) => vec![KeyContext::Choices],
            Some(Control::Panel(_)) => vec![KeyContext::Panel],
            Some(Control::Text(editor)) if editor.is_multiline() => vec![KeyContext::Text],
            _ => vec![KeyContext::Line, KeyContext::Text],
        };
        if self.focused().and_then(FormField::completion).is_some() {
            contexts.insert(0, KeyContext::NameCompletion);
        }
        contexts
    }

    /// Whether a name can be typed in the focused field, and no names are offered there yet.
    pub(super) fn wants_names(&self) -> bool {
        self.focused().is_some_and(|field| {
            let mentions = |editor: &Editor| editor.text().contains('@');
            let takes =
                || field.kind == FieldKind::Person || field.control.editor().is_some_and(mentions);
            field.names.is_empty() && takes()
        })
    }

    /// Offers these names in the focused field.
    pub(super) fn offer_names(&mut self, names: Arc<[String]>) {
        if let Some(field) = self.fields.get_mut(self.focus) {
            field.names = names;
        }
    }

    /// Whether [`Form::act`] has something to do for an action now.
    pub fn is_enabled(&self, action: Action) -> bool {
        match action {
            Action::AllFields => self.has_later_fields(),
            Action::CopyLast => self
                .focused()
                .is_some_and(|field| field.copy_source().is_some()),
            Action::NextField
            | Action::PreviousField
            | Action::Continue
            | Action::Toggle
            | Action::Open
            | Action::Complete
            | Action::Up
            | Action::Down
            | Action::Left
            | Action::Right => true,
            _ => action.is_text_editing(),
        }
    }

    /// Runs an action of the key table.
    pub fn act(&mut self, action: Action) -> FormEvent {
        let Some(field) = self.fields.get_mut(self.focus) else {
            return FormEvent::Unchanged;
        };
        match action {
            Action::NextField | Action::Continue => {
                if let (Action::Continue, Control::Pick(pick)) = (action, &mut field.control)
                    && pick.marks_on_enter()
                {
                    pick.choose();
                    field.error = None;
                }
                field.control.end_letter_search();
                match (self.next_field(), action) {
                    (Some(next), _) => {
                        self.focus = next;
                        FormEvent::FocusMoved
                    }
                    (None, Action::Continue) => FormEvent::Finished,
                    (None, _) => FormEvent::NextPage,
                }
            }
            Action::PreviousField => {
                let before = self.visible_fields().rev().find(|(at, _)| *at < self.focus);
                let Some(before) = before.map(|(at, _)| at) else {
                    return FormEvent::PreviousPage;
                };
                self.fields[self.focus].control.end_letter_search();
                self.focus = before;
                FormEvent::FocusMoved
            }
            Action::AllFields => {
                self.shows_all = true;
                FormEvent::FocusMoved
            }
            Action::CopyLast => field.copy_last(),
            Action::Complete => field.complete(),
            Action::Open => FormEvent::RowOpened,
            other => {
                if field.control.act(other) {
                    field.error = None;
                    FormEvent::Edited
                } else {
                    FormEvent::Unchanged
                }
            }
        }
    }

    /// The index of the field after the focused one; `None` on the last.
    fn next_field(&self) -> Option<usize> {
        let mut fields = self.visible_fields().map(|(at, _)| at);
        fields.find(|at| *at > self.focus)
    }

    /// Whether there is a field after the focused one.
    pub fn has_next_field(&self) -> bool {
        self.next_field().is_some()
    }

    /// Whether there is a field before the focused one.
    pub fn has_previous_field(&self) -> bool {
        self.visible_fields().any(|(at, _)| at < self.focus)
    }

    /// What Enter does on the focused field, in a word or two; `save` where it is the last one.
    pub fn continue_label<'a>(&self, save: &'a str) -> &'a str {
        match self.focused().map(|field| &field.control) {
            Some(Control::Pick(pick)) if pick.marks_on_enter() => "choose",
            _ if self.next_field().is_none() => save,
            _ => "next field",
        }
    }

    /// Takes typed or pasted text.
    pub fn input(&mut self, input: TextInput<'_>) -> FormEvent {
        let Some(field) = self.fields.get_mut(self.focus) else {
            return FormEvent::Unchanged;
        };
        let is_text = match input {
            TextInput::Key(key) => Key::from_event(key).is_printable(),
            TextInput::Edit(_) => false,
            TextInput::Paste(_) => true,
        };
        if is_text && !field.is_changed() {
            field.control.clear_untouched_day();
        }
        if field.control.input(input) {
            field.error = None;
            FormEvent::Edited
        } else {
            FormEvent::Unchanged
        }
    }

    /// The text field that has the focus, except one for a day.
    pub fn focused_text(&self) -> Option<&Editor> {
        let control = &self.focused()?.control;
        control
            .editor()
            .filter(|_| !matches!(control, Control::Day(..)))
    }

    /// Replaces the text of the focused field; undoing the typing brings the old one back.
    pub fn replace_text(&mut self, text: &str) -> FormEvent {
        let Some(field) = self.fields.get_mut(self.focus) else {
            return FormEvent::Unchanged;
        };
        field.error = None;
        field.control.replace_text(text);
        FormEvent::Edited
    }

    /// Adds a line to the focused text field; `None` if no field takes one.
    pub fn add_line(&mut self, line: &str) -> Option<FormEvent> {
        let field = self.fields.get_mut(self.focus)?;
        let editor = match &mut field.control {
            Control::Text(editor) => editor,
            Control::Log(log) => &mut log.editor,
            Control::Panel(_) => field.control.editor_mut()?,
            Control::Day(..) | Control::Pick(_) => return None,
        };
        editor.add_line(line);
        field.error = None;
        Some(FormEvent::Edited)
    }

    /// Whether a value was typed and not saved.
    pub fn has_unsaved(&self) -> bool {
        self.unsaved_fields().next().is_some()
    }

    /// The fields with a value that was typed and not saved.
    pub fn unsaved_fields(&self) -> impl Iterator<Item = &FormField> {
        self.fields.iter().filter(|field| field.is_changed())
    }

    /// Shows the older draft of a hidden text beside one that is shown: why it was to be moved is only
    /// asked for once that is chosen.
    pub fn show_hidden_drafts(&mut self) {
        let is_text = |field: &FormField| matches!(field.control, Control::Text(_));
        let hidden = self
            .fields
            .iter()
            .filter(|field| is_text(field) && !self.is_shown(field));
        let drafts: Vec<OtherText> = hidden
            .filter_map(|field| field.other_text.clone())
            .filter(|text| matches!(text, OtherText::OlderDraft(_)))
            .collect();
        for draft in drafts {
            let free = |field: &FormField| is_text(field) && field.other_text.is_none();
            let place = self
                .fields
                .iter()
                .position(|field| free(field) && self.is_shown(field));
            if let Some(place) = place {
                self.fields[place].other_text = Some(draft);
                self.focus = place;
            }
        }
    }

    /// Restores a value that was typed and not saved.
    pub fn restore(&mut self, name: &str, words: &Value) {
        if let Some(field) = self.fields.iter_mut().find(|field| field.name == name) {
            field.control.restore(words);
        }
    }

    /// Takes what is suggested in a field for what was said, so that it is kept as typed words are,
    /// also on another day.
    pub fn accept_suggestion(&mut self, name: &str) {
        let suggested = self.fields.iter_mut().filter(|field| field.is_suggested);
        for field in suggested.filter(|field| field.name == name && !field.is_changed()) {
            field.saved = Value::Text(String::new());
        }
    }

    /// Moves what was typed in one field to another, if that is empty or began with the same.
    pub fn move_typed(&mut self, from: &str, to: &str) {
        let Some((source, target)) = self.field(from).zip(self.field(to)) else {
            return;
        };
        let typed = source.control.raw();
        let there = target.control.raw();
        let is_free = there.is_empty() || there == source.saved;
        if source.is_changed() && !typed.is_empty() && is_free {
            let saved = source.saved.clone();
            self.restore(to, &typed);
            self.restore(from, &saved);
        }
    }

    /// Focuses a field, if it is shown, and moves its cursor if one is given.
    pub fn focus_on(&mut self, name: &str, cursor: Option<(usize, usize)>) {
        let is_it = |field: &FormField| field.name == name && self.is_shown(field);
        if let Some(at) = self.fields.iter().position(is_it) {
            self.focus = at;
            if let (Some(cursor), Some(editor)) = (cursor, self.fields[at].control.editor_mut()) {
                editor.set_cursor(cursor);
            }
        }
    }

    /// The focused field and its cursor, to come back to.
    pub fn cursor_position(&self) -> (String, (usize, usize)) {
        let Some(field) = self.focused() else {
            return (String::new(), (0, 0));
        };
        let cursor = field.control.editor().map_or((0, 0), Editor::cursor);
        (field.name.clone(), cursor)
    }

    /// The values of the fields, or `None` if one is invalid; that one then says why and has the
    /// focus.
    pub fn values(&mut self, now: Now) -> Option<BTreeMap<String, Value>> {
        let mut values = BTreeMap::new();
        let mut first_wrong = None;
        let shown: Vec<usize> = self.visible_fields().map(|(at, _)| at).collect();
        for (at, field) in self.fields.iter_mut().enumerate() {
            if !shown.contains(&at) {
                continue;
            }
            match field.control.value(now) {
                Ok(value) => {
                    values.insert(field.name.clone(), value);
                }
                Err(wrong) => {
                    field.error = Some(wrong);
                    first_wrong.get_or_insert(at);
                }
            }
        }
        match first_wrong {
            None => Some(values),
            Some(at) => {
                self.focus = at;
                None
            }
        }
    }

    /// Says why a field is invalid and focuses it.
    pub fn set_error(&mut self, name: &str, wrong: impl Into<String>) {
        if let Some(at) = self.fields.iter().position(|field| field.name == name) {
            self.fields[at].error = Some(wrong.into());
            self.focus = at;
        }
    }

    /// Marks what the fields contain as saved.
    pub fn mark_saved(&mut self) {
        for field in &mut self.fields {
            field.saved = field.control.raw();
            field.other_text = None;
        }
        self.is_saved = true;
    }
}

#[cfg(test)]
pub(super) mod tests;
