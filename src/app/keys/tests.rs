//! Checks of the whole key table.

use super::*;

#[test]
fn no_key_means_two_things_in_one_place() {
    for (at, binding) in TABLE.iter().enumerate() {
        for other in &TABLE[at + 1..] {
            if other.context == binding.context {
                for key in other.keys.iter() {
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
fn a_key_is_read_as_it_is_shown() {
    for key in TABLE.iter().flat_map(|row| row.keys.iter()) {
        assert_eq!(Key::parse(&key.name()), Ok(*key));
        assert_eq!(Key::parse(&key.word()), Ok(*key), "{}", key.word());
    }
    let check = |text: &str, name: &str, word: &str| {
        let key = Key::parse(text).expect(text);
        assert_eq!((&*key.name(), &*key.word()), (name, word), "{text}");
    };
    check("Return", "⏎", "enter");
    check("CTRL+PageDown", "Ctrl+PgDn", "ctrl+pgdn");
    check("shift+p", "P", "P");
    check("shift+tab", "Shift+Tab", "shift+tab");
    check("+", "+", "+");
    check("ä", "ä", "ä");
    check("alt++", "Alt++", "alt++");
    check("F12", "F12", "f12");
    check("f", "f", "f");
}

#[test]
fn a_key_that_does_not_arrive_is_refused_with_its_reason() {
    let check = |text: &str, why: &str| {
        let said = Key::parse(text).expect_err(text);
        assert!(said.contains(why), "{said}");
    };
    check("ctrl+shift+s", "terminals send the same without Shift");
    check("shift+up", "terminals send the same without Shift");
    check("shift+4", "write the character");
    check("ctrl+i", "terminals send Tab for it");
    check("ctrl+m", "terminals send Enter for it");
    check("ctrl+enter", "terminals send the same without Ctrl");
    check("ctrl+1", "terminals send only letters");
    check("ctrl+alt+x", "Ctrl and Alt together");
    check("alt+tab", "for the desktop");
    check("super+s", "for the desktop");
    for text in ["", "gg", "f13", "ctrl+", "hyper+x", "\u{7}", "e\u{301}"] {
        check(text, "is not a key");
    }
}

#[test]
fn every_context_is_checked_with_those_it_is_valid_beside() {
    let stacks: Vec<Vec<KeyContext>> = KeyContext::stacks().collect();
    for row in TABLE {
        let is_checked = stacks.iter().any(|stack| stack.contains(&row.context));
        assert!(is_checked, "{row:?}");
    }
}
