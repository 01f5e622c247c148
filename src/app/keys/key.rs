//! A key with its modifiers, and its name.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// A key with its modifiers.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Key {
    code: KeyCode,
    modifiers: KeyModifiers,
}

pub(super) const fn key(code: KeyCode) -> Key {
    Key {
        code,
        modifiers: KeyModifiers::NONE,
    }
}

pub(super) const fn plain(character: char) -> Key {
    key(KeyCode::Char(character))
}

pub(super) const fn ctrl(character: char) -> Key {
    Key {
        code: KeyCode::Char(character),
        modifiers: KeyModifiers::CONTROL,
    }
}

pub(super) const fn alt(character: char) -> Key {
    Key {
        code: KeyCode::Char(character),
        modifiers: KeyModifiers::ALT,
    }
}

/// A key that is not a character, with Alt.
pub(super) const fn alt_key(code: KeyCode) -> Key {
    Key {
        code,
        modifiers: KeyModifiers::ALT,
    }
}

/// The same with Ctrl.
pub(super) const fn ctrl_key(code: KeyCode) -> Key {
    Key {
        code,
        modifiers: KeyModifiers::CONTROL,
    }
}

pub(super) const ENTER: Key = key(KeyCode::Enter);
pub(super) const ESC: Key = key(KeyCode::Esc);
pub(super) const TAB: Key = key(KeyCode::Tab);
pub(super) const BACK_TAB: Key = key(KeyCode::BackTab);
pub(super) const SPACE: Key = plain(' ');

impl Key {
    /// The key of an event. Shift is dropped: a letter's case already shows it.
    #[must_use]
    pub fn from_event(event: KeyEvent) -> Self {
        let mut modifiers = event.modifiers & (KeyModifiers::CONTROL | KeyModifiers::ALT);
        let mut code = event.code;
        if code == KeyCode::BackTab {
            modifiers = KeyModifiers::NONE;
        }
        // A terminal sends one byte for all three, which crossterm calls Ctrl+7.
        if modifiers == KeyModifiers::CONTROL && matches!(code, KeyCode::Char('7' | '/')) {
            code = KeyCode::Char('_');
        }
        Self { code, modifiers }
    }

    /// Whether it types a character into a text field.
    #[must_use]
    pub fn is_printable(self) -> bool {
        self.character().is_some()
    }

    /// The character it types into a text field, if any.
    #[must_use]
    pub fn character(self) -> Option<char> {
        match self.code {
            KeyCode::Char(character) if self.modifiers.is_empty() => Some(character),
            _ => None,
        }
    }

    /// Its name: `⏎`, `Ctrl+S`, `q`.
    #[must_use]
    pub fn name(self) -> String {
        let held = [(KeyModifiers::ALT, "Alt"), (KeyModifiers::CONTROL, "Ctrl")];
        if let Some((_, held)) = held.iter().find(|(it, _)| self.modifiers.contains(*it)) {
            let name = match self.code {
                KeyCode::Char(character) => character.to_ascii_uppercase().to_string(),
                code => key(code).name(),
            };
            return format!("{held}+{name}");
        }
        match self.code {
            KeyCode::Enter => "⏎".to_owned(),
            KeyCode::Esc => "Esc".to_owned(),
            KeyCode::Tab => "Tab".to_owned(),
            KeyCode::BackTab => "Shift+Tab".to_owned(),
            KeyCode::Up => "↑".to_owned(),
            KeyCode::Down => "↓".to_owned(),
            KeyCode::Left => "←".to_owned(),
            KeyCode::Right => "→".to_owned(),
            KeyCode::Home => "Home".to_owned(),
            KeyCode::End => "End".to_owned(),
            KeyCode::PageUp => "PgUp".to_owned(),
            KeyCode::PageDown => "PgDn".to_owned(),
            KeyCode::Backspace => "Backspace".to_owned(),
            KeyCode::Delete => "Del".to_owned(),
            KeyCode::F(number) => format!("F{number}"),
            KeyCode::Char(' ') => "Space".to_owned(),
            KeyCode::Char(character) => character.to_string(),
            other => format!("{other:?}"),
        }
    }
}
