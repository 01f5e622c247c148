//! Checks of the whole key table.

use crossterm::event::KeyModifiers;

use super::*;

#[test]
fn no_key_means_two_things_in_one_place() {
    for (at, binding) in TABLE.iter().enumerate() {
        for other in &TABLE[at + 1..] {
            if other.context == binding.context {
                for key in other.keys {
                    assert!(
                        !binding.keys.contains(key),
                        "{} in {:?}",
                        key.name(),
                        other.context
                    );
                }
            }
        }
    }
}

#[test]
fn every_letter_writes_while_typing() {
    let contexts = [
        KeyContext::Text,
        KeyContext::Form,
        KeyContext::Page,
        KeyContext::Browsing,
        KeyContext::Anywhere,
    ];
    for character in ' '..='~' {
        let event = KeyEvent::new(KeyCode::Char(character), KeyModifiers::NONE);
        assert_eq!(resolve(&contexts, true, event), None, "{character}");
    }
}
