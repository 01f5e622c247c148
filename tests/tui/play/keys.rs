//! A small language of keys: `abc<Enter><S-Tab><C-s>`; `<lt>` is `<` itself.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// The key presses that `text` describes, in order.
pub(super) fn events(text: &str) -> Vec<KeyEvent> {
    let mut events = Vec::new();
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        rest = &rest[character.len_utf8()..];
        if character != '<' {
            events.push(written(character));
            continue;
        }
        let (name, after) = rest.split_once('>').expect("a key's name ends with >");
        rest = after;
        events.push(named(name));
    }
    events
}

fn written(character: char) -> KeyEvent {
    let modifiers = if character.is_uppercase() {
        KeyModifiers::SHIFT
    } else {
        KeyModifiers::NONE
    };
    KeyEvent::new(KeyCode::Char(character), modifiers)
}

fn named(name: &str) -> KeyEvent {
    let held = [("C-", KeyModifiers::CONTROL), ("A-", KeyModifiers::ALT)];
    for (lead, modifiers) in held {
        if let Some(key) = name.strip_prefix(lead) {
            let mut characters = key.chars();
            let code = match (characters.next(), characters.next()) {
                (Some(character), None) => KeyCode::Char(character),
                _ => named(key).code,
            };
            return KeyEvent::new(code, modifiers);
        }
    }
    let code = match name {
        "Enter" => KeyCode::Enter,
        "Esc" => KeyCode::Esc,
        "Tab" => KeyCode::Tab,
        "S-Tab" => return KeyEvent::new(KeyCode::BackTab, KeyModifiers::SHIFT),
        "Up" => KeyCode::Up,
        "Down" => KeyCode::Down,
        "Left" => KeyCode::Left,
        "Right" => KeyCode::Right,
        "Home" => KeyCode::Home,
        "End" => KeyCode::End,
        "PgUp" => KeyCode::PageUp,
        "PgDn" => KeyCode::PageDown,
        "Space" => KeyCode::Char(' '),
        "BS" => KeyCode::Backspace,
        "Del" => KeyCode::Delete,
        "F1" => KeyCode::F(1),
        "F3" => KeyCode::F(3),
        "F2" => KeyCode::F(2),
        "F4" => KeyCode::F(4),
        "F6" => KeyCode::F(6),
        "F7" => KeyCode::F(7),
        "F8" => KeyCode::F(8),
        "F5" => KeyCode::F(5),
        "F9" => KeyCode::F(9),
        "F10" => KeyCode::F(10),
        "F12" => KeyCode::F(12),
        "lt" => KeyCode::Char('<'),
        other => panic!("no key is called {other}"),
    };
    KeyEvent::from(code)
}
