//! A text field: the one file that knows which editing widget it is.
//!
//! Holds text and a cursor, takes keys and pasted words; never saves and never draws.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui_textarea::{CursorMove, TextArea, WrapMode};

use super::keys::{self, Action, KeyContext};

/// A key or pasted text, for a text field.
#[derive(Clone, Copy, Debug)]
pub enum TextInput<'a> {
    Key(KeyEvent),
    Paste(&'a str),
}

/// A text being edited.
#[derive(Clone, Debug)]
pub struct Editor {
    area: TextArea<'static>,
    multiline: bool,
}

impl Editor {
    /// An editor of one line: newlines in pasted text become spaces.
    #[must_use]
    pub fn single_line(text: &str) -> Self {
        Self::new(text, false)
    }

    /// An editor of any number of lines.
    #[must_use]
    pub fn multi_line(text: &str) -> Self {
        Self::new(text, true)
    }

    /// The text, byte for byte as it was typed or pasted.
    #[must_use]
    pub fn text(&self) -> String {
        self.area.lines().join("\n")
    }

    /// Whether it is empty or has only white space.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.area.lines().iter().all(|line| line.trim().is_empty())
    }

    /// Whether it takes newlines.
    #[must_use]
    pub fn is_multiline(&self) -> bool {
        self.multiline
    }

    /// Replaces the whole text and puts the cursor at its end.
    pub fn replace(&mut self, text: &str) {
        *self = Self::new(text, self.multiline);
    }

    /// The line and character of the cursor, from 0.
    #[must_use]
    pub fn cursor(&self) -> (usize, usize) {
        let cursor = self.area.cursor();
        (cursor.0, cursor.1)
    }

    /// Whether the cursor is at the end of the text.
    #[must_use]
    pub fn is_at_end(&self) -> bool {
        let (line, character) = self.cursor();
        let lines = self.area.lines();
        line + 1 == lines.len() && character == lines[line].chars().count()
    }

    /// Moves the cursor to a line and character, or as near as possible.
    pub fn set_cursor(&mut self, (line, character): (usize, usize)) {
        let place = |number: usize| u16::try_from(number).unwrap_or(u16::MAX);
        self.area
            .move_cursor(CursorMove::Jump(place(line), place(character)));
    }

    /// Selects everything, so that what is typed next takes its place.
    pub fn select_all(&mut self) {
        self.area.select_all();
    }

    /// Whether some of it is selected.
    #[must_use]
    pub fn has_selection(&self) -> bool {
        self.area.is_selecting()
    }

    /// Runs an editing action of the key table; returns whether the text changed.
    pub fn act(&mut self, action: Action) -> bool {
        match action {
            Action::UndoTyping => self.area.undo(),
            Action::RedoTyping => self.area.redo(),
            Action::CutToStart => self.area.delete_line_by_head(),
            Action::CutToEnd => self.area.delete_line_by_end(),
            Action::CutWord => self.area.delete_word(),
            Action::CutNextWord => self.area.delete_next_word(),
            Action::PasteDeleted => self.area.paste(),
            Action::LineStart | Action::LineEnd | Action::WordLeft | Action::WordRight => {
                self.area.cancel_selection();
                self.area.move_cursor(match action {
                    Action::LineStart => CursorMove::Head,
                    Action::WordLeft => CursorMove::WordBack,
                    Action::WordRight => CursorMove::WordForward,
                    _ => CursorMove::End,
                });
                false
            }
            _ => false,
        }
    }

    /// Takes a key or pasted text; returns whether the text changed.
    pub fn take(&mut self, input: TextInput<'_>) -> bool {
        match input {
            TextInput::Key(key) => self.input(key),
            TextInput::Paste(text) => self.paste(text),
        }
    }

    /// Takes a key; returns whether the text changed.
    pub fn input(&mut self, key: KeyEvent) -> bool {
        if let Some(action) = keys::resolve(&[KeyContext::Text], true, key) {
            return self.act(action);
        }
        // Some terminals send Ctrl+J for a newline in a paste.
        let is_break = key.code == KeyCode::Char('j') && key.modifiers == KeyModifiers::CONTROL;
        if is_break {
            return self.multiline && self.area.input(KeyEvent::from(KeyCode::Enter));
        }
        if !self.multiline && matches!(key.code, KeyCode::Enter | KeyCode::Char('\n' | '\r')) {
            return false;
        }
        if key.code == KeyCode::Tab || key.modifiers.contains(KeyModifiers::SUPER) {
            return false;
        }
        let is_changed = self.area.input(key);
        // At the edge the widget keeps the selection, and the next letter would replace it.
        let moves = matches!(
            key.code,
            KeyCode::Left | KeyCode::Right | KeyCode::Home | KeyCode::End
        );
        if moves && !key.modifiers.contains(KeyModifiers::SHIFT) {
            self.area.cancel_selection();
        }
        is_changed
    }

    /// Inserts pasted text at the cursor. Terminals send newlines as carriage returns, so these
    /// are converted; everything else stays as it is.
    pub fn paste(&mut self, words: &str) -> bool {
        let words = words.replace("\r\n", "\n").replace('\r', "\n");
        let words = if self.multiline {
            words
        } else {
            words.replace('\n', " ")
        };
        self.area.insert_str(words)
    }

    /// Adds a line below the one with the cursor, or, where there is only one line, behind it.
    pub fn add_line(&mut self, line: &str) {
        self.area.cancel_selection();
        self.area.move_cursor(CursorMove::End);
        let (row, _) = self.cursor();
        let here = &self.area.lines()[row];
        let between = match here.trim() {
            "" => "",
            _ if self.multiline => "\n",
            _ => "; ",
        };
        let added = format!("{between}{line}");
        self.paste(&added);
    }

    /// The widget that draws it.
    #[must_use]
    pub fn widget(&self) -> &TextArea<'static> {
        &self.area
    }

    fn new(text: &str, multiline: bool) -> Self {
        let lines = if multiline {
            text.split('\n').map(str::to_owned).collect()
        } else {
            vec![text.replace('\n', " ")]
        };
        let mut area = TextArea::new(lines);
        area.set_wrap_mode(WrapMode::WordOrGlyph);
        area.set_cursor_line_style(Default::default());
        area.set_cursor_style(Default::default());
        area.set_hard_tab_indent(true);
        area.move_cursor(CursorMove::Bottom);
        area.move_cursor(CursorMove::End);
        Self { area, multiline }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press(editor: &mut Editor, code: KeyCode) {
        editor.input(KeyEvent::new(code, KeyModifiers::NONE));
    }

    #[test]
    fn every_text_stays_as_it_is() {
        for text in [
            "",
            "a\n",
            "\n\n",
            "tab\there",
            "a\u{1b}[2J\u{0}",
            "日本語 👩‍👩‍👧",
            "x\u{202e}y",
            "\r",
        ] {
            assert_eq!(Editor::multi_line(text).text(), text);
        }
    }

    #[test]
    fn a_line_takes_no_line_break() {
        let mut editor = Editor::single_line("a");
        press(&mut editor, KeyCode::Enter);
        editor.paste("b\r\nc");
        assert_eq!(editor.text(), "ab c");
    }

    #[test]
    fn pasted_line_breaks_are_line_feeds() {
        let mut editor = Editor::multi_line("");
        editor.paste("a\rb\r\nc\nd");
        assert_eq!(editor.text(), "a\nb\nc\nd");
    }

    #[test]
    fn the_keys_of_a_shell_do_what_they_do_in_a_shell() {
        let check = |keys: &str, expected: &str| {
            let mut editor = Editor::single_line("one two three");
            for key in keys.chars() {
                editor.input(KeyEvent::new(KeyCode::Char(key), KeyModifiers::CONTROL));
            }
            assert_eq!(editor.text(), expected, "{keys}");
        };
        check("u", "");
        check("bbbbbu", "three");
        check("w", "one two ");
        check("ak", "");
        check("uy", "one two three");
        for undo in ["7", "_", "/"] {
            check(&format!("u{undo}"), "one two three");
            check(&format!("u{undo}r"), "");
        }
        check("j", "one two three");
        let mut editor = Editor::multi_line("one\ntwo");
        for (key, expected) in [('u', "one\n"), ('j', "one\n\n")] {
            editor.input(KeyEvent::new(KeyCode::Char(key), KeyModifiers::CONTROL));
            assert_eq!(editor.text(), expected);
        }
    }

    #[test]
    fn typing_goes_to_the_end() {
        let mut editor = Editor::multi_line("one\ntwo");
        press(&mut editor, KeyCode::Char('!'));
        assert_eq!(editor.text(), "one\ntwo!");
        assert_eq!(editor.cursor(), (1, 4));
    }
}
