//! A text field: the one file that knows which editing widget it is.
//!
//! Holds text and a cursor, takes keys and pasted words; never saves and never draws.

mod clusters;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui_textarea::{CursorMove, TextArea, WrapMode};

use super::keys::Action;

/// A key, or what a key means in text, or pasted text, for a text field.
#[derive(Clone, Copy, Debug)]
pub enum TextInput<'a> {
    Key(KeyEvent),
    /// An editing action of the key table.
    Edit(Action),
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
    pub fn single_line(text: &str) -> Self {
        Self::new(text, false)
    }

    /// An editor of any number of lines.
    pub fn multi_line(text: &str) -> Self {
        Self::new(text, true)
    }

    /// The text, byte for byte as it was typed or pasted.
    pub fn text(&self) -> String {
        self.area.lines().join("\n")
    }

    /// Whether it is empty or has only white space.
    pub fn is_blank(&self) -> bool {
        self.area.lines().iter().all(|line| line.trim().is_empty())
    }

    /// Whether it takes newlines.
    pub fn is_multiline(&self) -> bool {
        self.multiline
    }

    /// Replaces the whole text and puts the cursor at its end.
    pub fn replace(&mut self, text: &str) {
        *self = Self::new(text, self.multiline);
    }

    /// The same as typing does it, so that it can be undone.
    pub fn replace_all(&mut self, text: &str) {
        self.area.select_all();
        self.area.cut();
        self.paste(text);
    }

    /// The line and character of the cursor, from 0.
    pub fn cursor(&self) -> (usize, usize) {
        let cursor = self.area.cursor();
        (cursor.0, cursor.1)
    }

    /// Whether the cursor is at the end of the text.
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

    /// Moves the cursor to a row and column of what is shown of the text.
    pub fn click(&mut self, row: u16, column: u16) {
        let (top, left) = self.area.scroll_offset();
        let place = |at: u16, first: u16| usize::from(at) + usize::from(first);
        let (row, column) = (place(row, top), place(column, left));
        let column = column + usize::from(self.hangs_blank(row));
        let to = self.area.screen_to_data(row, column);
        self.area.cancel_selection();
        self.set_cursor((to.0, to.1));
        let (line, at) = self.line_and_place();
        self.go_to(clusters::boundary(line, at));
    }

    /// Whether a row of what is shown begins with the blank that follows the full row above: that is
    /// not drawn, so that the words of both rows begin in one column.
    pub fn hangs_blank(&self, row: usize) -> bool {
        let start = self.area.screen_to_data(row, 0);
        let line = &self.area.lines()[start.0];
        start.1 > 0 && line.chars().nth(start.1) == Some(' ')
    }

    /// Selects everything, so that what is typed next takes its place.
    pub fn select_all(&mut self) {
        self.area.select_all();
    }

    /// Whether some of it is selected.
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
            Action::CutWord if !self.has_selection() => {
                let (line, at) = self.line_and_place();
                let start = clusters::spaced_word_start(line, at);
                if at == 0 {
                    return self.area.delete_newline();
                }
                self.delete(start, at)
            }
            Action::CutNextWord if !self.has_selection() => {
                let (line, at) = self.line_and_place();
                match clusters::word_end(line, at) {
                    end if end == at => self.area.delete_next_char(),
                    end => self.delete(at, end),
                }
            }
            Action::CutWord | Action::CutNextWord => self.area.cut(),
            Action::PasteDeleted => self.area.paste(),
            Action::LineStart | Action::LineEnd | Action::WordLeft | Action::WordRight => {
                self.area.cancel_selection();
                let (line, at) = self.line_and_place();
                let length = line.chars().count();
                match action {
                    Action::LineStart => self.area.move_cursor(CursorMove::Head),
                    Action::WordLeft if at > 0 => self.go_to(clusters::word_start(line, at)),
                    Action::WordLeft => self.area.move_cursor(CursorMove::Back),
                    Action::WordRight if at < length => self.go_to(clusters::next_word(line, at)),
                    Action::WordRight => self.area.move_cursor(CursorMove::Forward),
                    _ => self.area.move_cursor(CursorMove::End),
                }
                false
            }
            _ => false,
        }
    }

    /// Takes a key, an action or pasted text; returns whether the text changed.
    pub fn take(&mut self, input: TextInput<'_>) -> bool {
        match input {
            TextInput::Key(key) => self.input(key),
            TextInput::Edit(action) => self.act(action),
            TextInput::Paste(text) => self.paste(text),
        }
    }

    /// Takes a key that is no action; returns whether the text changed.
    pub fn input(&mut self, key: KeyEvent) -> bool {
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
        if let Some(is_changed) = self.whole_cluster(key) {
            return is_changed;
        }
        let is_changed = self.area.input(key);
        if !is_changed {
            // Up and down can lead into the middle of a cluster.
            let (line, at) = self.line_and_place();
            let boundary = clusters::boundary(line, at);
            if boundary != at {
                self.go_to(boundary);
            }
        }
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

    /// Does what an arrow or a deleting key does to a cluster of several characters, which the widget
    /// would cut in two; `None` if it is about one character.
    fn whole_cluster(&mut self, key: KeyEvent) -> Option<bool> {
        let is_held = key
            .modifiers
            .intersects(KeyModifiers::CONTROL | KeyModifiers::ALT);
        let (line, at) = self.line_and_place();
        let to = match key.code {
            _ if is_held => return None,
            KeyCode::Left | KeyCode::Backspace => clusters::start_before(line, at),
            KeyCode::Right | KeyCode::Delete => clusters::end_after(line, at),
            _ => return None,
        };
        if to.abs_diff(at) < 2 {
            return None;
        }
        if matches!(key.code, KeyCode::Backspace | KeyCode::Delete) {
            if self.has_selection() {
                return None;
            }
            // A letter is not put aside to be pasted.
            let aside = self.area.yank_text();
            let is_changed = self.delete(to.min(at), to.max(at));
            self.area.set_yank_text(aside);
            return Some(is_changed);
        }
        if !key.modifiers.contains(KeyModifiers::SHIFT) {
            self.area.cancel_selection();
        } else if !self.has_selection() {
            self.area.start_selection();
        }
        self.go_to(to);
        Some(false)
    }

    /// The line with the cursor, and the character it is before.
    fn line_and_place(&self) -> (&str, usize) {
        let (row, at) = self.cursor();
        (&self.area.lines()[row], at)
    }

    /// Moves the cursor within its line.
    fn go_to(&mut self, at: usize) {
        let (row, before) = self.cursor();
        if let (Ok(row), Ok(at)) = (u16::try_from(row), u16::try_from(at)) {
            return self.area.move_cursor(CursorMove::Jump(row, at));
        }
        let step = if at < before {
            CursorMove::Back
        } else {
            CursorMove::Forward
        };
        (0..at.abs_diff(before)).for_each(|_| self.area.move_cursor(step));
    }

    /// Deletes characters of the line with the cursor.
    fn delete(&mut self, start: usize, end: usize) -> bool {
        self.go_to(start);
        self.area.delete_str(end - start)
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
    use crate::app::keys::{KeyContext, KeyTable};

    fn press(editor: &mut Editor, code: KeyCode) {
        editor.input(KeyEvent::new(code, KeyModifiers::NONE));
    }

    /// Presses a key with Ctrl, which may be an action.
    fn press_ctrl(editor: &mut Editor, key: char) {
        let key = KeyEvent::new(KeyCode::Char(key), KeyModifiers::CONTROL);
        match KeyTable::default().resolve(&[KeyContext::Text], true, key) {
            Some(action) => editor.act(action),
            None => editor.input(key),
        };
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
                press_ctrl(&mut editor, key);
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
            press_ctrl(&mut editor, key);
            assert_eq!(editor.text(), expected);
        }
    }

    /// Keys in a line, and the text before and behind the cursor.
    #[track_caller]
    fn check_line(text: &str, keys: &[KeyCode], before: &str, behind: &str) {
        let mut editor = Editor::single_line(text);
        for key in keys {
            press(&mut editor, *key);
        }
        let (_, at) = editor.cursor();
        let text = editor.text();
        let split: String = text.chars().take(at).collect();
        assert_eq!(
            (&*split, &text[split.len()..]),
            (before, behind),
            "{keys:?}"
        );
    }

    #[test]
    fn keys_go_by_what_a_reader_takes_for_one_sign() {
        use KeyCode::{Backspace, Delete, Home, Left, Right};
        let family = "👩‍👩‍👧‍👦";
        for cluster in [family, "👍🏽", "🇨🇭", "e\u{301}", "स्ते", "❤️"] {
            let text = format!("a{cluster}b");
            check_line(&text, &[Left, Left], "a", &format!("{cluster}b"));
            check_line(&text, &[Home, Right, Right], &format!("a{cluster}"), "b");
            check_line(&text, &[Left, Backspace], "a", "b");
            check_line(&text, &[Home, Right, Delete], "a", "b");
            check_line(&text, &[Left, Backspace, Backspace], "", "b");
        }
        // What was deleted comes back whole, and is not put aside to be pasted.
        let mut editor = Editor::single_line(&format!("a{family}"));
        press(&mut editor, Backspace);
        press_ctrl(&mut editor, '_');
        assert_eq!(editor.text(), format!("a{family}"));
        press_ctrl(&mut editor, 'y');
        assert_eq!(editor.text(), format!("a{family}"));
    }

    #[test]
    fn up_and_down_stay_between_signs() {
        let mut editor = Editor::multi_line("👩‍👩‍👧‍👦👩‍👩‍👧‍👦\nabcd");
        for _ in 0..4 {
            press(&mut editor, KeyCode::Up);
            let (line, at) = editor.line_and_place();
            assert_eq!(clusters::boundary(line, at), at);
            press(&mut editor, KeyCode::Down);
            press(&mut editor, KeyCode::Left);
        }
    }

    #[test]
    fn words_are_cut_as_in_a_shell() {
        let check = |key: char, text: &str, expected: &str| {
            let mut editor = Editor::single_line(text);
            press_ctrl(&mut editor, key);
            assert_eq!(editor.text(), expected);
        };
        check('w', "see docs/guide.md", "see ");
        check('w', "un cafe\u{301}", "un ");
        check('w', "hi 👩‍👩‍👧  ", "hi ");
    }

    #[test]
    fn typing_goes_to_the_end() {
        let mut editor = Editor::multi_line("one\ntwo");
        press(&mut editor, KeyCode::Char('!'));
        assert_eq!(editor.text(), "one\ntwo!");
        assert_eq!(editor.cursor(), (1, 4));
    }
}
