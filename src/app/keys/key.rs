//! A key with its modifiers: its name, and how it is read from one.
//!
//! Crates that read keys have names of their own for them, and take `P` for `p`; here what a screen
//! shows can be written in a file as it is.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Key {
    code: KeyCode,
    modifiers: KeyModifiers,
}

const fn with(modifiers: KeyModifiers, code: KeyCode) -> Key {
    Key { code, modifiers }
}

pub(super) const fn key(code: KeyCode) -> Key {
    with(KeyModifiers::NONE, code)
}

pub(super) const fn plain(character: char) -> Key {
    key(KeyCode::Char(character))
}

pub(super) const fn ctrl(character: char) -> Key {
    ctrl_key(KeyCode::Char(character))
}

pub(super) const fn alt(character: char) -> Key {
    alt_key(KeyCode::Char(character))
}

pub(super) const fn ctrl_key(code: KeyCode) -> Key {
    with(KeyModifiers::CONTROL, code)
}

pub(super) const fn alt_key(code: KeyCode) -> Key {
    with(KeyModifiers::ALT, code)
}

pub(super) const ENTER: Key = key(KeyCode::Enter);
pub(super) const ESC: Key = key(KeyCode::Esc);
pub(super) const TAB: Key = key(KeyCode::Tab);
pub(super) const BACK_TAB: Key = key(KeyCode::BackTab);
pub(super) const SPACE: Key = plain(' ');

impl Key {
    /// The key of an event. Shift is dropped: a letter's case already shows it.
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
    pub fn is_printable(self) -> bool {
        self.character().is_some()
    }

    /// The character it types into a text field, if any.
    pub fn character(self) -> Option<char> {
        match self.code {
            KeyCode::Char(character) if self.modifiers.is_empty() => Some(character),
            _ => None,
        }
    }

    /// Its name on the screens: `⏎`, `Ctrl+S`, `q`.
    pub fn name(self) -> String {
        let named = |code| match code {
            KeyCode::F(number) => format!("F{number}"),
            KeyCode::Char(character) if character != ' ' => character.to_string(),
            code => named(code).map_or_else(String::new, |(shown, _)| shown.to_owned()),
        };
        let held = HELD.iter().find(|(it, _)| self.modifiers.contains(*it));
        match (held, self.code) {
            (Some((_, held)), KeyCode::Char(character)) if character != ' ' => {
                format!("{held}+{}", character.to_ascii_uppercase())
            }
            (Some((_, held)), code) => format!("{held}+{}", named(code)),
            (None, code) => named(code),
        }
    }

    /// Its name in `keys.toml`: `enter`, `ctrl+s`, `q`.
    pub fn word(self) -> String {
        let word = match (named(self.code), self.code) {
            (Some((_, word)), _) => word.to_owned(),
            (None, KeyCode::F(number)) => format!("f{number}"),
            (None, KeyCode::Char(character)) => character.to_string(),
            (None, _) => String::new(),
        };
        let held = HELD.iter().find(|(it, _)| self.modifiers.contains(*it));
        match held {
            Some((_, held)) => format!("{}+{word}", held.to_lowercase()),
            None => word,
        }
    }

    /// The key with this name, as the screens show it or in words: `Ctrl+S`, `pgdn`, `P`, `←`.
    ///
    /// # Errors
    /// Why there is no such key, or why it does not arrive from a terminal.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut modifiers = KeyModifiers::NONE;
        let mut rest = text.trim();
        while let Some((held, key)) = rest.split_once('+')
            && !held.is_empty()
            && !key.is_empty()
        {
            modifiers |= match &*held.to_ascii_lowercase() {
                "ctrl" => KeyModifiers::CONTROL,
                "alt" => KeyModifiers::ALT,
                "shift" => KeyModifiers::SHIFT,
                "super" | "cmd" | "win" | "meta" => {
                    return Err(format!(
                        "“{text}” does not arrive: {held} is for the desktop"
                    ));
                }
                _ => break,
            };
            rest = key;
        }
        let code = code(rest).ok_or_else(|| {
            format!(
                "“{text}” is not a key; a key is a character, f1 to f12, enter, esc, tab, space, \
                 up, down, left, right, home, end, pgup, pgdn, backspace, del or ins, with ctrl+ or \
                 alt+ before it"
            )
        })?;
        arriving(code, modifiers).map_err(|why| format!("“{text}” does not arrive: {why}"))
    }
}

/// What is held down with a key.
const HELD: [(KeyModifiers, &str); 2] =
    [(KeyModifiers::ALT, "Alt"), (KeyModifiers::CONTROL, "Ctrl")];

/// The keys that are not named by a character: on the screens, in `keys.toml`, and another word.
const NAMED: [(KeyCode, &str, &str, &str); 16] = [
    (KeyCode::Enter, "⏎", "enter", "return"),
    (KeyCode::Esc, "Esc", "esc", "escape"),
    (KeyCode::Tab, "Tab", "tab", "tabulator"),
    (KeyCode::BackTab, "Shift+Tab", "shift+tab", "backtab"),
    (KeyCode::Up, "↑", "up", "uparrow"),
    (KeyCode::Down, "↓", "down", "downarrow"),
    (KeyCode::Left, "←", "left", "leftarrow"),
    (KeyCode::Right, "→", "right", "rightarrow"),
    (KeyCode::Home, "Home", "home", "pos1"),
    (KeyCode::End, "End", "end", "end"),
    (KeyCode::PageUp, "PgUp", "pgup", "pageup"),
    (KeyCode::PageDown, "PgDn", "pgdn", "pagedown"),
    (KeyCode::Backspace, "Backspace", "backspace", "back"),
    (KeyCode::Delete, "Del", "del", "delete"),
    (KeyCode::Insert, "Ins", "ins", "insert"),
    (KeyCode::Char(' '), "Space", "space", "blank"),
];

/// The name of a key on the screens, and the one in `keys.toml`.
fn named(code: KeyCode) -> Option<(&'static str, &'static str)> {
    let (_, shown, word, _) = NAMED.iter().find(|(it, ..)| *it == code)?;
    Some((shown, word))
}

/// The code of a key without what is held down.
fn code(name: &str) -> Option<KeyCode> {
    let mut characters = name.chars();
    let single = characters.next().filter(|_| characters.next().is_none());
    let word = name.to_lowercase();
    let mut named = NAMED.iter();
    if let Some((code, ..)) =
        named.find(|(_, shown, own, alias)| *shown == name || *own == word || *alias == word)
    {
        return Some(*code);
    }
    let function = word
        .strip_prefix('f')
        .and_then(|number| number.parse().ok());
    match (single, function) {
        (Some(character), _) if !character.is_control() => Some(KeyCode::Char(character)),
        (_, Some(number @ 1..=12)) => Some(KeyCode::F(number)),
        _ => None,
    }
}

/// The key as it comes from a terminal, or why it does not.
///
/// Terminals send Ctrl with a letter as one byte, Alt as an Escape before the key, and Shift only as
/// what it makes of a character; see ECMA-48 and ctlseqs of xterm.
fn arriving(code: KeyCode, modifiers: KeyModifiers) -> Result<Key, &'static str> {
    const CTRL: KeyModifiers = KeyModifiers::CONTROL;
    const ALT: KeyModifiers = KeyModifiers::ALT;
    const SHIFT: KeyModifiers = KeyModifiers::SHIFT;
    let key = |code| Ok(Key { code, modifiers });
    match (modifiers, code) {
        (SHIFT, KeyCode::Tab) => Ok(BACK_TAB),
        (SHIFT, KeyCode::Char(letter)) if letter.is_alphabetic() => {
            Ok(plain(letter.to_uppercase().next().unwrap_or(letter)))
        }
        (SHIFT, KeyCode::Char(_)) => Err("write the character that Shift makes of it"),
        (CTRL, KeyCode::Char(letter)) => match letter.to_ascii_lowercase() {
            'i' => Err("terminals send Tab for it"),
            'm' => Err("terminals send Enter for it"),
            'j' => Err("terminals send a new line for it"),
            'h' => Err("many terminals send Backspace for it"),
            '[' => Err("terminals send Esc for it"),
            letter @ ('a'..='z' | '_' | ' ') => key(KeyCode::Char(letter)),
            _ => Err("with Ctrl, terminals send only letters, Space and _"),
        },
        (ALT, KeyCode::Char('[' | ']' | '\\')) => Err("what other keys send begins like it"),
        (ALT, KeyCode::Char(letter)) => key(KeyCode::Char(letter.to_ascii_lowercase())),
        (ALT, KeyCode::Esc | KeyCode::Tab | KeyCode::BackTab) => Err("it is for the desktop"),
        (
            CTRL,
            KeyCode::Enter | KeyCode::Esc | KeyCode::Tab | KeyCode::BackTab | KeyCode::Backspace,
        ) => Err("terminals send the same without Ctrl"),
        (KeyModifiers::NONE | CTRL | ALT, code) => key(code),
        (held, _) if held.contains(SHIFT) => Err("terminals send the same without Shift"),
        _ => Err("terminals do not tell Ctrl and Alt together apart"),
    }
}
