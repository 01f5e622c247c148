//! Characters that take no room on the screen and could hide in somebody's words.
//!
//! Some of them make other characters what they are: the joiners of Persian and the scripts of
//! India, the parts of an emoji. Those stay where they do that, one after a character; anywhere else
//! each is named. Knows nothing of what else a character may do.

/// Reads along a text and says which of its characters would not be seen.
#[derive(Debug, Default)]
pub(super) struct Unseen {
    /// The character before, if it can be seen.
    before: Option<char>,
    /// How many tags still belong to a flag.
    flag: usize,
}

impl Unseen {
    /// The name of `character`, if it cannot be seen and does nothing for the one before it; `rest`
    /// is what follows.
    pub(super) fn name(&mut self, character: char, rest: &str) -> Option<String> {
        let before = self.before;
        self.before = None;
        if self.flag > 0 {
            self.flag -= 1;
            return None;
        }
        Some(match character {
            '\u{200c}' | '\u{200d}' if before.is_some_and(|it| !it.is_ascii()) => return None,
            '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' if before.is_some() => {
                // The character it shapes may be joined to another one, but has one shape.
                self.before = before.filter(|_| !rest.starts_with(is_selector));
                return None;
            }
            '\u{200b}' if before.is_some_and(has_no_spaces) => return None,
            '\u{200b}' => "ZWSP".to_owned(),
            '\u{200c}' => "ZWNJ".to_owned(),
            '\u{200d}' => "ZWJ".to_owned(),
            '\u{2060}' => "WJ".to_owned(),
            '\u{feff}' => "BOM".to_owned(),
            '\u{e0020}'..='\u{e007e}' => {
                let letter = u32::from(character) - 0xe0000;
                format!("TAG {}", char::from_u32(letter).unwrap_or(' '))
            }
            _ if is_selector(character) || is_filler(character) => {
                format!("U+{:04X}", u32::from(character))
            }
            _ => {
                if character == '\u{1f3f4}' {
                    self.flag = flag(rest);
                }
                if !character.is_whitespace() {
                    self.before = Some(character);
                }
                return None;
            }
        })
    }
}

fn is_selector(character: char) -> bool {
    matches!(character, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// Characters without a picture that no living text needs: marks of mathematics and of old
/// programs, empty letters, what is left of the tags.
fn is_filler(character: char) -> bool {
    matches!(
        character,
        '\u{115f}'
            | '\u{1160}'
            | '\u{180e}'
            | '\u{2061}'..='\u{2064}'
            | '\u{206a}'..='\u{206f}'
            | '\u{3164}'
            | '\u{ffa0}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e001f}'
            | '\u{e007f}'
    )
}

/// Whether a script puts no spaces between words, but may say where one ends: Thai, Lao, Tibetan,
/// Burmese, Khmer.
fn has_no_spaces(character: char) -> bool {
    matches!(character, '\u{e00}'..='\u{fff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}')
}

/// How many tags make a flag of the black one before them: those of England, Scotland and Wales
/// have five and an end.
fn flag(rest: &str) -> usize {
    let tags = rest
        .chars()
        .take_while(|tag| matches!(tag, '\u{e0020}'..='\u{e007e}'))
        .count();
    let ends = rest.chars().nth(tags) == Some('\u{e007f}');
    if ends && (3..=6).contains(&tags) {
        tags + 1
    } else {
        0
    }
}

#[cfg(test)]
mod tests {
    use super::super::visible;

    #[track_caller]
    fn check(text: &str, shown: &str) {
        assert_eq!(visible(text), shown, "{text:?}");
        assert_eq!(visible(shown), shown, "what is shown is shown as it is");
    }

    #[track_caller]
    fn check_kept(text: &str) {
        check(text, text);
    }

    #[test]
    fn what_hides_in_words_is_named() {
        check("ow\u{200b}ner", "ow⟨ZWSP⟩ner");
        check("\u{feff}start", "⟨BOM⟩start");
        check("a\u{2060}b", "a⟨WJ⟩b");
        check("pass\u{200d}word\u{200c}", "pass⟨ZWJ⟩word⟨ZWNJ⟩");
        check(" \u{fe0f}x", " ⟨U+FE0F⟩x");
        check("\u{e0001}\u{e0068}\u{e0069}", "⟨U+E0001⟩⟨TAG h⟩⟨TAG i⟩");
        check("a\u{3164}b\u{2063}c", "a⟨U+3164⟩b⟨U+2063⟩c");
    }

    #[test]
    fn more_than_one_after_a_character_hides_something() {
        check("é\u{200d}\u{200d}", "é\u{200d}⟨ZWJ⟩");
        check("☺\u{fe0f}\u{fe01}\u{fe02}", "☺\u{fe0f}⟨U+FE01⟩⟨U+FE02⟩");
        // A flag says which one it is, and nothing else.
        check("\u{1f3f4}\u{e0068}", "\u{1f3f4}⟨TAG h⟩");
    }

    #[test]
    fn what_makes_a_character_what_it_is_stays() {
        for text in [
            "👩\u{200d}👩\u{200d}👧",
            "👩🏽\u{200d}💻",
            "❤\u{fe0f}\u{200d}🔥",
            "1\u{fe0f}\u{20e3}",
            "\u{1f3f4}\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}",
            "می\u{200c}خواهم",
            "क\u{94d}\u{200d}ष",
            "葛\u{e0100}城",
            "ภาษา\u{200b}ไทย",
        ] {
            check_kept(text);
        }
    }
}
