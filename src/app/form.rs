//! A form: fields one below the other, one of them with the keys.
//!
//! Every screen that takes words is made of this. It never loses one: what was typed is in
//! [`Form::words`] until it is saved. Knows nothing of what the fields are about.

mod beside;
mod control;
mod pick;
mod renewal;
mod when;

pub use beside::{Last, Other};
pub use control::{Control, Log, Panel, PanelRow};
pub use pick::Pick;
pub use when::When;

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use crossterm::event::KeyEvent;

use super::keys::{Action, Context, Key};
use crate::calendar::{Direction, Now};
use crate::journal::{Completion, Value, completion};
use crate::practice::FieldKind;
use crate::store::About;

/// Fields in their order.
#[derive(Clone, Debug, Default)]
pub struct Form {
    /// The fields.
    pub inputs: Vec<Input>,
    /// Which of them has the keys.
    pub focus: usize,
    /// Whether what it held was saved.
    pub is_settled: bool,
}

/// One field.
#[derive(Clone, Debug)]
pub struct Input {
    /// Its name in this form, the same in every run.
    pub name: String,
    /// One to three words.
    pub label: String,
    /// What is asked; may be empty.
    pub prompt: String,
    /// A line of help; may be empty.
    pub help: String,
    /// What it takes.
    pub kind: FieldKind,
    /// What is being edited.
    pub control: Control,
    /// The names of people that can be taken once they were begun, in the order they are offered.
    pub names: Arc<[String]>,
    /// What was said last time.
    pub last: Option<Last>,
    /// The entry its words are about, and the version of it that stands in the form; none while
    /// they begin an entry that has no id yet.
    pub about: Option<About>,
    /// Words about the same that stand elsewhere.
    pub other: Option<Other>,
    /// What is wrong with what was typed.
    pub wrong: Option<String>,
    /// What became of its words, a line each.
    pub became: Vec<String>,
    /// Whether it stands beside the field before it, where there is room.
    pub beside: bool,
    /// When it belongs to the form: always if `None`.
    pub when: Option<When>,
    saved: Value,
}

/// What a form did with an action.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Step {
    /// Nothing worth telling.
    Quiet,
    /// Something changed that is not saved yet.
    Typed,
    /// The keys went to another field.
    Moved,
    /// The user wants to go on past the last field.
    Past,
    /// The user wants to go back before the first field.
    Before,
    /// The user wants the chosen row of a panel, or the words typed there as a new item.
    Chosen,
}

impl Input {
    /// A field with what is saved in it.
    #[must_use]
    pub fn new(name: &str, label: &str, kind: &FieldKind, saved: Option<&Value>, now: Now) -> Self {
        Self::with(name, label, kind, Control::new(kind, saved, now))
    }

    /// A field for the day on which something is due, which lies in this direction.
    #[must_use]
    pub fn due(name: &str, label: &str, saved: NaiveDate, now: Now, direction: Direction) -> Self {
        let control = Control::day(&saved.to_string(), now, direction);
        Self::with(name, label, &FieldKind::Date, control)
    }

    /// A field with a control of its own.
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
            last: None,
            about: None,
            other: None,
            wrong: None,
            became: Vec::new(),
            beside: false,
            when: None,
        }
    }

    /// With what is asked, and a line of help.
    #[must_use]
    pub fn asking(mut self, prompt: &str, help: &str) -> Self {
        prompt.clone_into(&mut self.prompt);
        help.clone_into(&mut self.help);
        self
    }

    /// With names to take once they were begun.
    #[must_use]
    pub fn knowing(mut self, names: &Arc<[String]>) -> Self {
        self.names = Arc::clone(names);
        self
    }

    /// With the entry its words are about.
    #[must_use]
    pub fn about(mut self, about: Option<About>) -> Self {
        self.about = about;
        self
    }

    /// With what was said last time.
    #[must_use]
    pub fn after(mut self, last: Option<Last>) -> Self {
        self.last = last;
        self
    }

    /// The name that was begun at the end of a field for people, made whole.
    #[must_use]
    pub fn completion(&self) -> Option<Completion<'_>> {
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
    /// A form with these fields, the first one having the keys.
    #[must_use]
    pub fn new(inputs: Vec<Input>) -> Self {
        Self {
            inputs,
            ..Self::default()
        }
    }

    /// The field with the keys.
    #[must_use]
    pub fn focused(&self) -> Option<&Input> {
        self.inputs.get(self.focus)
    }

    /// The field with this name.
    #[must_use]
    pub fn input(&self, name: &str) -> Option<&Input> {
        self.inputs.iter().find(|input| input.name == name)
    }

    /// Whether keys that write characters write them.
    #[must_use]
    pub fn is_typing(&self) -> bool {
        self.focused()
            .is_some_and(|input| input.control.is_typing())
    }

    /// Where the keys are, for the key table, the narrowest place first.
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

    /// Takes an action of the key table.
    pub fn act(&mut self, action: Action) -> Step {
        let Some(input) = self.inputs.get_mut(self.focus) else {
            return Step::Quiet;
        };
        match action {
            Action::NextField | Action::Choose => {
                if let (Action::Choose, Control::Pick(pick)) = (action, &mut input.control) {
                    pick.choose();
                    input.wrong = None;
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
                self.inputs[self.focus].control.rest();
                self.focus = before;
                Step::Moved
            }
            Action::CopyLast => input.copy_last(),
            Action::Complete => input.complete(),
            Action::Open => Step::Chosen,
            other => {
                if input.control.act(other) {
                    input.wrong = None;
                    Step::Typed
                } else {
                    Step::Quiet
                }
            }
        }
    }

    /// Takes a key that the table does not know: typing.
    pub fn key(&mut self, key: KeyEvent) -> Step {
        let Some(input) = self.inputs.get_mut(self.focus) else {
            return Step::Quiet;
        };
        if !input.is_changed() && Key::of(key).writes() {
            input.control.begin_anew();
        }
        if input.control.key(key) {
            input.wrong = None;
            Step::Typed
        } else {
            Step::Quiet
        }
    }

    /// Takes pasted words.
    pub fn paste(&mut self, words: &str) -> Step {
        let Some(input) = self.inputs.get_mut(self.focus) else {
            return Step::Quiet;
        };
        if !input.is_changed() {
            input.control.begin_anew();
        }
        if input.control.paste(words) {
            input.wrong = None;
            Step::Typed
        } else {
            Step::Quiet
        }
    }

    /// Everything that differs from what is saved, by the fields' names.
    #[must_use]
    pub fn words(&self) -> BTreeMap<String, Value> {
        self.inputs
            .iter()
            .filter(|input| input.is_changed())
            .map(|input| (input.name.clone(), input.control.raw()))
            .collect()
    }

    /// Puts words back that were typed and not saved.
    pub fn restore(&mut self, name: &str, words: &Value) {
        if let Some(input) = self.inputs.iter_mut().find(|input| input.name == name) {
            input.control.restore(words);
        }
    }

    /// Gives the keys to a field, with its cursor somewhere.
    pub fn focus_on(&mut self, name: &str, cursor: Option<(usize, usize)>) {
        if let Some(at) = self.inputs.iter().position(|input| input.name == name) {
            self.focus = at;
            if let (Some(cursor), Some(editor)) = (cursor, self.inputs[at].control.editor_mut()) {
                editor.set_cursor(cursor);
            }
        }
    }

    /// The field with the keys and its cursor, to come back to.
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

    /// What the fields say, or nothing when one of them makes no sense; that one says so then, and
    /// has the keys.
    pub fn values(&mut self, now: Now) -> Option<BTreeMap<String, Value>> {
        let mut values = BTreeMap::new();
        let mut first_wrong = None;
        let shown: Vec<usize> = self.shown().map(|(at, _)| at).collect();
        for (at, input) in self.inputs.iter_mut().enumerate() {
            if !shown.contains(&at) {
                continue;
            }
            match input.control.value(now) {
                Ok(value) => {
                    values.insert(input.name.clone(), value);
                }
                Err(wrong) => {
                    input.wrong = Some(wrong);
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

    /// Says what is wrong with a field and gives it the keys.
    pub fn refuse(&mut self, name: &str, wrong: impl Into<String>) {
        if let Some(at) = self.inputs.iter().position(|input| input.name == name) {
            self.inputs[at].wrong = Some(wrong.into());
            self.focus = at;
        }
    }

    /// Takes what the fields now hold as saved.
    pub fn settle(&mut self) {
        for input in &mut self.inputs {
            input.saved = input.control.raw();
            input.other = None;
        }
        self.is_settled = true;
    }
}

impl Input {
    fn complete(&mut self) -> Step {
        let Some(Completion { whole, .. }) = self.completion() else {
            return Step::Quiet;
        };
        self.control.restore(&Value::Text(whole));
        self.wrong = None;
        Step::Typed
    }
}
