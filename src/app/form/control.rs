//! The controls of fields, each with its own small state.

use crossterm::event::{KeyCode, KeyEvent};

use super::pick::ChoicePicker;
use crate::app::editor::{Editor, TextInput};
use crate::app::keys::{Action, Key};
use crate::calendar::{Direction, Now, editable_date, parse_day};
use crate::journal::{DatedLine, Id, Value};
use crate::practice::FieldKind;

#[derive(Clone, Debug)]
pub enum Control {
    Text(Editor),
    /// A day as typed, and the direction that decides what “fri” means.
    Day(Editor, Direction),
    /// One or more of some choices.
    Pick(ChoicePicker),
    /// Dated lines, and a new one.
    Log(Log),
    /// A register's items, and a new one.
    Panel(Panel),
}

/// Dated lines, and a new one.
#[derive(Clone, Debug)]
pub struct Log {
    /// The lines there are, oldest first.
    pub lines: Vec<DatedLine>,
    /// The text of the new line.
    pub editor: Editor,
}

/// A register's items, and a new one.
#[derive(Clone, Debug)]
pub struct Panel {
    /// The register's id.
    pub register: String,
    /// What belongs there.
    pub about: String,
    pub example: String,
    pub rows: Vec<PanelRow>,
    /// How many more items there are.
    pub hidden_count: usize,
    /// The chosen row; the one after the last is the new item.
    pub cursor: usize,
    /// The title of a new item.
    pub editor: Editor,
}

/// An item in a panel, and what can be done to it there.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PanelRow {
    pub id: Id,
    pub title: String,
    /// The stage it is in, and since when.
    pub state: String,
    pub has_next_stage: bool,
    pub closed: bool,
    /// The name of the stage that lets it go, if it can be let go now.
    pub let_go_stage: Option<String>,
    /// The singular of the register it can become an item of.
    pub becomes: Option<String>,
}

impl PanelRow {
    /// The label of letting it go or converting it, or `None` if it cannot be done.
    pub fn action_label(&self, action: Action) -> Option<String> {
        match action {
            Action::LetGo => self.let_go_stage.clone(),
            Action::Convert => self.becomes.as_deref().map(convert_label),
            _ => None,
        }
    }
}

/// The label of converting an item into one of another register.
pub(in crate::app) fn convert_label(becomes: &str) -> String {
    format!("make {becomes}")
}

impl Control {
    /// The control for a kind of field, showing the saved value.
    pub fn new(kind: &FieldKind, saved: Option<&Value>, now: Now) -> Self {
        let text = saved.and_then(Value::as_text).unwrap_or("");
        match kind {
            FieldKind::Line | FieldKind::Person | FieldKind::Link => {
                // Text from elsewhere may have newlines, which must not be lost.
                Self::Text(if text.contains('\n') {
                    Editor::multi_line(text)
                } else {
                    Editor::single_line(text)
                })
            }
            FieldKind::Prose => Self::Text(Editor::multi_line(text)),
            // A day of an item is in the past.
            FieldKind::Date => Self::day(text, now, Direction::Past),
            FieldKind::NearDate => Self::day(text, now, Direction::Near),
            FieldKind::Scale(_)
            | FieldKind::Checklist(_)
            | FieldKind::Choice(_)
            | FieldKind::Choices(_) => Self::Pick(ChoicePicker::new(kind, saved)),
            FieldKind::Log => Self::Log(Log {
                lines: match saved {
                    Some(Value::Log(lines)) => lines.clone(),
                    Some(Value::Text(_) | Value::List(_)) | None => Vec::new(),
                },
                editor: Editor::single_line(""),
            }),
        }
    }

    /// The control for a day, showing the saved one.
    pub fn day(saved: &str, now: Now, direction: Direction) -> Self {
        let text = match saved.parse() {
            Ok(date) => editable_date(date, now.today(), direction),
            Err(_) => saved.to_owned(),
        };
        Self::Day(Editor::single_line(&text), direction)
    }

    /// Whether characters are typed into it.
    pub fn is_typing(&self) -> bool {
        self.editor().is_some()
    }

    /// The focused text field, if there is one.
    pub fn editor(&self) -> Option<&Editor> {
        match self {
            Self::Text(editor) | Self::Day(editor, _) => Some(editor),
            Self::Log(log) => Some(&log.editor),
            Self::Pick(pick) => pick.editor(),
            Self::Panel(panel) if panel.cursor == panel.rows.len() => Some(&panel.editor),
            Self::Panel(_) => None,
        }
    }

    pub fn editor_mut(&mut self) -> Option<&mut Editor> {
        match self {
            Self::Text(editor) | Self::Day(editor, _) => Some(editor),
            Self::Log(log) => Some(&mut log.editor),
            Self::Pick(pick) => pick.editor_mut(),
            Self::Panel(panel) if panel.cursor == panel.rows.len() => Some(&mut panel.editor),
            Self::Panel(_) => None,
        }
    }

    /// Runs an action; returns whether the value changed.
    pub fn act(&mut self, action: Action) -> bool {
        let arrow = match action {
            Action::Left => Some(KeyCode::Left),
            Action::Right => Some(KeyCode::Right),
            _ => None,
        };
        if let (Some(arrow), Some(editor)) = (arrow, self.editor_mut()) {
            return editor.input(KeyEvent::from(arrow));
        }
        if action.is_text_editing() {
            return self.input(TextInput::Edit(action));
        }
        match self {
            Self::Pick(pick) => pick.act(action),
            Self::Panel(panel) => {
                match action {
                    Action::Up => panel.cursor = panel.cursor.saturating_sub(1),
                    Action::Down => panel.cursor = (panel.cursor + 1).min(panel.rows.len()),
                    _ => {}
                }
                false
            }
            Self::Text(_) | Self::Day(..) | Self::Log(_) => false,
        }
    }

    /// Ends a letter search when the focus leaves.
    pub fn end_letter_search(&mut self) {
        if let Self::Pick(pick) = self {
            pick.end_letter_search();
        }
    }

    /// Empties a day whose cursor is at its end, before the first key: another day is meant, not
    /// more text behind this one.
    pub fn clear_untouched_day(&mut self) {
        if let Self::Day(editor, _) = self
            && editor.is_at_end()
        {
            editor.replace("");
        }
    }

    /// Takes what is typed or pasted, or an action on a text; returns whether the value changed.
    pub fn input(&mut self, input: TextInput<'_>) -> bool {
        let changed = match (&mut *self, input) {
            (Self::Pick(pick), TextInput::Key(key)) if pick.editor().is_none() => {
                let letter = Key::from_event(key).character();
                letter.is_some_and(|letter| pick.press_letter(letter))
            }
            (Self::Pick(pick), TextInput::Paste(text)) if pick.editor().is_none() => {
                pick.append_own_words(text)
            }
            (control, input) => control.editor_mut().is_some_and(|it| it.take(input)),
        };
        self.clear_choice_for_own_words(changed)
    }

    /// Its unchecked value, for the draft and for comparing.
    pub fn raw(&self) -> Value {
        match self {
            Self::Text(editor) | Self::Day(editor, _) => Value::Text(editor.text()),
            Self::Pick(pick) => pick.value(),
            Self::Log(log) => Value::Text(log.editor.text()),
            Self::Panel(panel) => Value::Text(panel.editor.text()),
        }
    }

    /// Restores a value of [`Control::raw`].
    pub fn restore(&mut self, raw: &Value) {
        match self {
            Self::Pick(pick) => pick.select_values(Some(raw)),
            Self::Text(editor)
            | Self::Day(editor, _)
            | Self::Log(Log { editor, .. })
            | Self::Panel(Panel { editor, .. }) => {
                let text = raw.as_text().unwrap_or("");
                if text.contains('\n') && !editor.is_multiline() {
                    *editor = Editor::multi_line(text);
                } else {
                    editor.replace(text);
                }
            }
        }
    }

    /// Replaces the text of its field, which becomes one of several lines if the text has some.
    pub fn replace_text(&mut self, text: &str) {
        let Some(editor) = self.editor_mut() else {
            return;
        };
        if text.contains('\n') && !editor.is_multiline() {
            *editor = Editor::multi_line(text);
        } else {
            editor.replace_all(text);
        }
        self.clear_choice_for_own_words(true);
    }

    /// Copies the previous answer into it, below any text that is there.
    pub fn fill_from(&mut self, last: &Value) {
        match (self, last) {
            (Self::Text(editor), Value::Text(words)) => {
                if editor.is_blank() {
                    editor.replace(words);
                } else {
                    let below = format!("{}\n{words}", editor.text());
                    editor.replace(&below);
                }
            }
            (Self::Pick(pick), value) => pick.select_values(Some(value)),
            (control, value) => control.restore(value),
        }
    }

    /// Its value, to be saved.
    ///
    /// # Errors
    /// A sentence that says why it is invalid.
    pub fn value(&self, now: Now) -> Result<Value, String> {
        match self {
            Self::Text(_) | Self::Pick(_) => Ok(self.raw()),
            Self::Day(editor, _) if editor.is_blank() => Ok(Value::Text(String::new())),
            Self::Day(editor, direction) => parse_day(&editor.text(), now, *direction)
                .map(|date| Value::Text(date.to_string()))
                .map_err(|error| error.to_string()),
            Self::Log(log) => {
                let before = Value::Log(log.lines.clone());
                if log.editor.is_blank() {
                    return Ok(before);
                }
                let text = log.editor.text();
                Ok(Value::with_line(Some(&before), now.today(), text))
            }
            Self::Panel(panel) => Ok(Value::Text(panel.editor.text())),
        }
    }

    /// Own words replace the one choice; blanks are none.
    fn clear_choice_for_own_words(&mut self, changed: bool) -> bool {
        if let (true, Self::Pick(pick)) = (changed, self)
            && !pick.many
            && pick.editor().is_some_and(|own| !own.is_blank())
        {
            pick.on.clear();
        }
        changed
    }
}
