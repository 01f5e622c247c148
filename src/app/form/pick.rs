//! Choices: one or more of them marked, and own words if they are allowed.
//!
//! A typed character moves to the choice that starts with it, or starts own words; nothing else.

use crate::app::editor::Editor;
use crate::app::keys::Action;
use crate::journal::Value;
use crate::journal::search::bare;
use crate::practice::{Choice, FieldKind};

/// Choices, some of them marked.
#[derive(Clone, Debug)]
pub struct ChoicePicker {
    pub choices: Vec<Choice>,
    /// Whether several can be marked.
    pub many: bool,
    /// Whether the choices are degrees, lowest first.
    pub scale: bool,
    /// The ids of the marked choices, in their order.
    pub on: Vec<String>,
    /// The chosen row; the one after the last choice is for own words.
    pub cursor: usize,
    /// Own words, if allowed; several are separated by commas.
    pub own: Option<Editor>,
    /// The letters pressed since the cursor came to its row.
    pressed: String,
    /// Whether the user moved the cursor to its row, so that Enter means this choice.
    moved: bool,
}

impl ChoicePicker {
    /// The choices of a kind of field, with the saved ones marked.
    pub(super) fn new(kind: &FieldKind, saved: Option<&Value>) -> Self {
        let takes_own = match kind {
            FieldKind::Choice(options) | FieldKind::Choices(options) => options.open,
            _ => false,
        };
        let mut pick = Self {
            choices: kind.choices().to_vec(),
            many: matches!(kind, FieldKind::Checklist(_) | FieldKind::Choices(_)),
            scale: matches!(kind, FieldKind::Scale(_)),
            on: Vec::new(),
            cursor: 0,
            own: takes_own.then(|| Editor::single_line("")),
            pressed: String::new(),
            moved: false,
        };
        pick.select_values(saved);
        pick
    }

    /// Puts the cursor on a choice without marking it, if there is one with this id.
    pub fn begin_at(&mut self, id: &str) {
        let at = self.choices.iter().position(|choice| choice.id == id);
        self.cursor = at.unwrap_or(self.cursor);
    }

    /// Whether Enter marks the row under the cursor: the user moved there, and only one choice can
    /// be marked. A row that no one moved to is passed without choosing it.
    pub fn marks_on_enter(&self) -> bool {
        let here = self.choices.get(self.cursor);
        self.moved && !self.many && here.is_some_and(|here| !self.on.contains(&here.id))
    }

    /// Marks the chosen row, unless several choices are allowed.
    pub fn choose(&mut self) {
        if let (false, Some(choice)) = (self.many, self.choices.get(self.cursor)) {
            self.on = vec![choice.id.clone()];
        }
    }

    /// Marks the choices of a value, with the cursor on the first.
    pub(super) fn select_values(&mut self, value: Option<&Value>) {
        let stored: Vec<String> = match value {
            Some(Value::Text(text)) if !text.is_empty() => vec![text.clone()],
            Some(Value::List(list)) => list.clone(),
            Some(Value::Text(_) | Value::Log(_)) | None => Vec::new(),
        };
        let known = |id: &String| self.choices.iter().any(|choice| choice.id == *id);
        let (on, own): (Vec<String>, Vec<String>) = stored.into_iter().partition(known);
        self.on = on;
        self.cursor = self.first_marked().unwrap_or(0);
        match &mut self.own {
            Some(editor) => editor.replace(&own.join(", ")),
            // A choice that the practice file no longer offers must not be lost.
            None => self.on.extend(own),
        }
    }

    /// The row of the first marked choice.
    fn first_marked(&self) -> Option<usize> {
        let first = self.on.first()?;
        self.choices.iter().position(|choice| choice.id == *first)
    }

    /// The marked choices, a choice typed by its whole name, and own words.
    pub(super) fn value(&self) -> Value {
        let own = self.own.as_ref().map(Editor::text).unwrap_or_default();
        let typed = self.typed_choice();
        if !self.many {
            let chosen = typed.or(self.on.first());
            return Value::Text(chosen.cloned().unwrap_or_else(|| own.trim().to_owned()));
        }
        let mut all = self.on.clone();
        all.extend(typed.cloned());
        for word in own.split(',').map(str::trim) {
            if !word.is_empty() && !all.iter().any(|one| one == word) {
                all.push(word.to_owned());
            }
        }
        Value::List(all)
    }

    /// Runs an action; returns whether the value changed.
    pub(super) fn act(&mut self, action: Action) -> bool {
        let pressed = std::mem::take(&mut self.pressed);
        // "process owner" is typed in one go: the blank marks "process" until the next letter shows
        // that more was meant.
        if action == Action::Toggle && self.is_full_label(&pressed) {
            self.pressed = format!("{pressed} ");
        }
        let rows = self.choices.len() + usize::from(self.own.is_some());
        match action {
            Action::Left if self.scale => return self.slide(-1),
            Action::Right if self.scale => return self.slide(1),
            Action::Toggle => return self.toggle(),
            // Side by side, the next is at the right.
            Action::Up | Action::Left => self.cursor = self.cursor.saturating_sub(1),
            Action::Down | Action::Right => {
                self.cursor = (self.cursor + 1).min(rows.saturating_sub(1));
            }
            _ => return false,
        }
        self.moved = true;
        false
    }

    /// The text field for own words, while it is chosen.
    pub(super) fn editor(&self) -> Option<&Editor> {
        let is_there = self.cursor == self.choices.len();
        self.own.as_ref().filter(|_| is_there)
    }

    pub(super) fn editor_mut(&mut self) -> Option<&mut Editor> {
        let is_there = self.cursor == self.choices.len();
        self.own.as_mut().filter(|_| is_there)
    }

    /// Takes a letter pressed on a choice: moves to the next one that starts with it, or starts own
    /// words if they are allowed. Returns whether the value changed.
    pub(super) fn press_letter(&mut self, letter: char) -> bool {
        let mut pressed = std::mem::take(&mut self.pressed);
        pressed.push(letter);
        let one = letter.to_string();
        // The same letter again and again goes through those that start with it.
        let again = pressed.chars().all(|other| other == letter);
        let found = match self.find_starting_with(&pressed, pressed == one) {
            None if again => self.find_starting_with(&one, true),
            found => found,
        };
        if let Some(at) = found {
            self.cursor = at;
            self.moved = true;
            self.pressed = pressed;
            return self.typed_choice().is_some();
        }
        if self.own.is_some() {
            self.unmark_partial(&pressed);
            return self.append_own_words(&pressed);
        }
        if let Some(at) = self.find_starting_with(&one, true) {
            self.cursor = at;
            self.moved = true;
            self.pressed = one;
        }
        false
    }

    /// Marks the choice that was typed by its whole name, and forgets the pressed letters, and that
    /// the cursor was moved.
    pub(super) fn end_letter_search(&mut self) {
        if self.typed_choice().is_some() {
            self.toggle();
        }
        self.pressed.clear();
        self.moved = false;
    }

    /// Removes the mark that a blank within own words has made.
    fn unmark_partial(&mut self, pressed: &str) {
        if let Some((begun, _)) = pressed.rsplit_once(' ')
            && self.is_full_label(begun)
        {
            let id = &self.choices[self.cursor].id;
            self.on.retain(|other| other != id);
        }
    }

    /// Appends to the own words; returns whether the value changed.
    pub(super) fn append_own_words(&mut self, words: &str) -> bool {
        let Some(editor) = &mut self.own else {
            return false;
        };
        self.cursor = self.choices.len();
        editor.act(Action::LineEnd);
        if !editor.is_blank() {
            editor.paste(if self.many { ", " } else { " " });
        }
        editor.paste(words)
    }

    /// The row that starts with `letters`: from the present one on, or from the next one.
    fn find_starting_with(&self, letters: &str, next: bool) -> Option<usize> {
        let wanted = bare(letters);
        if wanted.is_empty() {
            return None;
        }
        let count = self.choices.len();
        (0..count)
            .map(|step| (self.cursor + step + usize::from(next)) % count)
            .find(|at| bare(&self.choices[*at].label).starts_with(&wanted))
    }

    /// Whether these letters are the whole label of the present choice.
    fn is_full_label(&self, letters: &str) -> bool {
        let here = self.choices.get(self.cursor);
        !letters.is_empty() && here.is_some_and(|here| bare(&here.label) == bare(letters))
    }

    /// The choice whose whole label was typed and that is not marked: where own words are allowed,
    /// what is typed counts, whether or not it is among the choices.
    fn typed_choice(&self) -> Option<&String> {
        let is_typed = self.own.is_some() && !self.pressed.ends_with(' ');
        let here = self.choices.get(self.cursor)?;
        (is_typed && self.is_full_label(&self.pressed) && !self.on.contains(&here.id))
            .then_some(&here.id)
    }

    /// Marks the degree `by` steps further; the lowest one if none is marked.
    fn slide(&mut self, by: isize) -> bool {
        let last = self.choices.len() - 1;
        let at = self.first_marked();
        self.cursor = at.map_or(0, |at| at.saturating_add_signed(by).min(last));
        self.on = vec![self.choices[self.cursor].id.clone()];
        true
    }

    fn toggle(&mut self) -> bool {
        self.moved = false;
        let Some(choice) = self.choices.get(self.cursor) else {
            return false;
        };
        if self.on.contains(&choice.id) {
            self.on.retain(|id| *id != choice.id);
        } else if self.many {
            self.on.push(choice.id.clone());
            let place = |id: &String| self.choices.iter().position(|choice| choice.id == *id);
            self.on.sort_by_key(place);
        } else {
            self.on = vec![choice.id.clone()];
        }
        true
    }
}
