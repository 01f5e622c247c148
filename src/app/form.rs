//! A form: fields one below the other, one of them focused.
//!
//! Every screen for typing uses this. It never loses text: what was typed is in [`Form::words`]
//! until it is saved. Knows nothing of what the fields are about.

mod beside;
mod control;
mod pick;
mod renewal;
mod when;

pub use beside::{Last, Other};
pub use control::{Control, Log, Panel, PanelRow};
pub use pick::Pick;
pub use when::ShowCondition;

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use crossterm::event::KeyEvent;

use super::keys::{Action, Context, Key};
use crate::calendar::{Direction, Now};
use crate::journal::{NameCompletion, Value, completion};
use crate::practice::FieldKind;
use crate::store::About;

#[derive(Clone, Debug, Default)]
pub struct Form {
    pub fields: Vec<Input>,
    /// The index of the focused one.
    pub focus: usize,
    /// Whether its contents were saved.
    pub is_saved: bool,
}

/// One field.
#[derive(Clone, Debug)]
pub struct Input {
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
    /// The previous answer.
    pub last_answer: Option<Last>,
    /// The entry its text belongs to, and the version shown in the form; `None` while it starts an
    /// entry that has no id yet.
    pub entry: Option<About>,
    /// Another text for the same field.
    pub other_text: Option<Other>,
    /// Why what was typed is invalid.
    pub error: Option<String>,
    /// What came of its answer, one line each.
    pub notes: Vec<String>,
    /// Whether it appears beside the previous field if there is room.
    pub beside: bool,
    /// The condition for showing it.
    pub condition: Option<ShowCondition>,
    saved: Value,
}

/// What a form did with an action.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Step {
    /// Nothing changed.
    Quiet,
    /// A value changed.
    Typed,
    /// The focus moved to another field.
    Moved,
    /// The user moved on past the last field.
    Past,
    /// The user moved back before the first field.
    Before,
    /// The user opens the chosen row of a panel, or adds the title typed there as a new item.
    Chosen,
}

impl Input {
    /// A field that shows the saved value.
    #[must_use]
    pub fn new(name: &str, label: &str, kind: &FieldKind, saved: Option<&Value>, now: Now) -> Self {
        Self::with(name, label, kind, Control::new(kind, saved, now))
    }

    /// A field for a due date; `direction` decides what “fri” means.
    #[must_use]
    pub fn due(name: &str, label: &str, saved: NaiveDate, now: Now, direction: Direction) -> Self {
        let control = Control::day(&saved.to_string(), now, direction);
        Self::with(name, label, &FieldKind::Date, control)
    }

    /// A field with its own control.
    #[must_use]
    pub fn with(name: &str, label: &str, kind: &FieldKind, control: Control) -> Self {
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
            entry: None,
            other_text: None,
            error: None,
            notes: Vec::new(),
            beside: false,
            condition: None,
        }
    }

    /// With a question and a line of help.
    #[must_use]
    pub fn asking(mut self, prompt: &str, help: &str) -> Self {
        prompt.clone_into(&mut self.prompt);
        help.clone_into(&mut self.help);
        self
    }

    /// With names for completion.
    #[must_use]
    pub fn with_names(mut self, names: &Arc<[String]>) -> Self {
        self.names = Arc::clone(names);
        self
    }

    /// With the entry its text belongs to.
    #[must_use]
    pub fn about(mut self, about: Option<About>) -> Self {
        self.entry = about;
        self
    }

    /// With the previous answer.
    #[must_use]
    pub fn after(mut self, last: Option<Last>) -> Self {
        self.last_answer = last;
        self
    }

    /// The completion of the name at the end of a field for people.
    #[must_use]
    pub fn completion(&self) -> Option<NameCompletion<'_>> {
        match (&self.kind, &self.control) {
            (FieldKind::Person, Control::Text(editor))
                if !editor.is_multiline() && editor.is_at_end() =>
            {
                completion(&editor.text(), &self.names)
            }
            _ => None,
        }
    }

    /// Whether it differs from what is saved.
    #[must_use]
    pub fn is_changed(&self) -> bool {
        self.control.raw() != self.saved
    }
}

impl Form {
    /// A form with these fields, the first one focused.
    #[must_use]
    pub fn new(inputs: Vec<Input>) -> Self {
        Self {
            fields: inputs,
            ..Self::default()
        }
    }

    #[must_use]
    pub fn focused(&self) -> Option<&Input> {
        self.fields.get(self.focus)
    }

    #[must_use]
    pub fn input(&self, name: &str) -> Option<&Input> {
        self.fields.iter().find(|input| input.name == name)
    }

    /// Whether a text field has the focus, so that characters are typed.
    #[must_use]
    pub fn is_typing(&self) -> bool {
        self.focused()
            .is_some_and(|input| input.control.is_typing())
    }

    /// The contexts for the key table, the narrowest first.
    #[must_use]
    pub fn contexts(&self) -> Vec<Context> {
        match self.focused().map(|input| &input.control) {
            Some(Control::Pick(_)) => vec![Context::Choices],
            Some(Control::Panel(_)) => vec![Context::Panel],
            Some(Control::Text(editor)) if editor.is_multiline() => vec![Context::Text],
            _ if self.focused().and_then(Input::completion).is_some() => {
                vec![Context::Name, Context::Line, Context::Text]
            }
            _ => vec![Context::Line, Context::Text],
        }
    }

    /// Runs an action of the key table.
    pub fn act(&mut self, action: Action) -> Step {
        let Some(input) = self.fields.get_mut(self.focus) else {
            return Step::Quiet;
        };
        match action {
            Action::NextField | Action::Choose => {
                if let (Action::Choose, Control::Pick(pick)) = (action, &mut input.control) {
                    pick.choose();
                    input.error = None;
                }
                input.control.rest();
                let next = self.shown().find(|(at, _)| *at > self.focus);
                let Some(next) = next.map(|(at, _)| at) else {
                    return Step::Past;
                };
                self.focus = next;
                Step::Moved
            }
            Action::PreviousField => {
                let before = self.shown().rev().find(|(at, _)| *at < self.focus);
                let Some(before) = before.map(|(at, _)| at) else {
                    return Step::Before;
                };
                self.fields[self.focus].control.rest();
                self.focus = before;
                Step::Moved
            }
            Action::CopyLast => input.copy_last(),
            Action::Complete => input.complete(),
            Action::Open => Step::Chosen,
            other => {
                if input.control.act(other) {
                    input.error = None;
                    Step::Typed
                } else {
                    Step::Quiet
                }
            }
        }
    }

    /// Takes a key that is not in the table: typing.
    pub fn key(&mut self, key: KeyEvent) -> Step {
        let Some(input) = self.fields.get_mut(self.focus) else {
            return Step::Quiet;
        };
        if !input.is_changed() && Key::of(key).writes() {
            input.control.begin_anew();
        }
        if input.control.key(key) {
            input.error = None;
            Step::Typed
        } else {
            Step::Quiet
        }
    }

    /// Takes pasted text.
    pub fn paste(&mut self, words: &str) -> Step {
        let Some(input) = self.fields.get_mut(self.focus) else {
            return Step::Quiet;
        };
        if !input.is_changed() {
            input.control.begin_anew();
        }
        if input.control.paste(words) {
            input.error = None;
            Step::Typed
        } else {
            Step::Quiet
        }
    }

    /// Every unsaved value, by field name.
    #[must_use]
    pub fn words(&self) -> BTreeMap<String, Value> {
        self.fields
            .iter()
            .filter(|input| input.is_changed())
            .map(|input| (input.name.clone(), input.control.raw()))
            .collect()
    }

    /// Restores a value that was typed and not saved.
    pub fn restore(&mut self, name: &str, words: &Value) {
        if let Some(input) = self.fields.iter_mut().find(|input| input.name == name) {
            input.control.restore(words);
        }
    }

    /// Focuses a field, and moves its cursor if one is given.
    pub fn focus_on(&mut self, name: &str, cursor: Option<(usize, usize)>) {
        if let Some(at) = self.fields.iter().position(|input| input.name == name) {
            self.focus = at;
            if let (Some(cursor), Some(editor)) = (cursor, self.fields[at].control.editor_mut()) {
                editor.set_cursor(cursor);
            }
        }
    }

    /// The focused field and its cursor, to come back to.
    #[must_use]
    pub fn place(&self) -> (String, (usize, usize)) {
        let Some(input) = self.focused() else {
            return (String::new(), (0, 0));
        };
        let cursor = input
            .control
            .editor()
            .map_or((0, 0), super::editor::Editor::cursor);
        (input.name.clone(), cursor)
    }

    /// The values of the fields, or `None` if one is invalid; that one then says why and has the
    /// focus.
    pub fn values(&mut self, now: Now) -> Option<BTreeMap<String, Value>> {
        let mut values = BTreeMap::new();
        let mut first_wrong = None;
        let shown: Vec<usize> = self.shown().map(|(at, _)| at).collect();
        for (at, input) in self.fields.iter_mut().enumerate() {
            if !shown.contains(&at) {
                continue;
            }
            match input.control.value(now) {
                Ok(value) => {
                    values.insert(input.name.clone(), value);
                }
                Err(wrong) => {
                    input.error = Some(wrong);
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
    pub fn refuse(&mut self, name: &str, wrong: impl Into<String>) {
        if let Some(at) = self.fields.iter().position(|input| input.name == name) {
            self.fields[at].error = Some(wrong.into());
            self.focus = at;
        }
    }

    /// Marks what the fields contain as saved.
    pub fn settle(&mut self) {
        for input in &mut self.fields {
            input.saved = input.control.raw();
            input.other_text = None;
        }
        self.is_saved = true;
    }
}

impl Input {
    fn complete(&mut self) -> Step {
        let Some(NameCompletion { whole, .. }) = self.completion() else {
            return Step::Quiet;
        };
        self.control.restore(&Value::Text(whole));
        self.error = None;
        Step::Typed
    }
}
