//! Names invisible characters that could hide in user text.
//!
//! Some of them are needed: the joiners of Persian and the scripts of India, the parts of an emoji,
//! the marks that order Hebrew and Arabic. Those stay where they are needed, one after a character;
//! anywhere else each is named. A letter keeps at most as many marks as any language needs. Knows
//! nothing of what else a character may do.

/// Reads a text and names the characters in it that would be invisible.
#[derive(Debug, Default)]
pub(super) struct InvisibleScanner {
    /// The previous character, if it is visible.
    before: Option<char>,
    /// The last letter, whatever follows it.
    letter: Option<char>,
    /// Whether the previous character is a direction mark that stays.
    is_after_direction_mark: bool,
    /// How many tags still belong to a flag.
    flag_tags_left: usize,
    /// How many marks the previous character has.
    marks: usize,
}

impl InvisibleScanner {
    /// The name of `character`, if it is invisible and the previous one does not need it; `rest` is
    /// what follows.
    pub(super) fn invisible_name(&mut self, character: char, rest: &str) -> Option<String> {
        let before = self.before.take();
        let is_turned = std::mem::take(&mut self.is_after_direction_mark);
        if character.is_alphabetic() {
            self.letter = Some(character);
        }
        if self.flag_tags_left > 0 {
            self.flag_tags_left -= 1;
            return None;
        }
        Some(match character {
            '\u{200c}' | '\u{200d}' if before.is_some_and(|it| !it.is_ascii()) => return None,
            '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' if before.is_some() => {
                // The character it shapes may still be joined to another, but has only one shape.
                self.before = before.filter(|_| !rest.starts_with(is_selector));
                return None;
            }
            '\u{200b}' if before.is_some_and(has_no_spaces) => return None,
            '\u{200e}' | '\u{200f}' | '\u{61c}'
                if !is_turned && self.is_between_right_to_left(rest) =>
            {
                self.is_after_direction_mark = true;
                return None;
            }
            '\u{180b}'..='\u{180d}' | '\u{180f}' if before.is_some_and(is_mongolian) => {
                return None;
            }
            '\u{13430}'..='\u{1343f}' if before.is_some_and(is_hieroglyph) => {
                self.before = before;
                return None;
            }
            // The braille blank, in braille text.
            '\u{2800}' if before.is_some_and(is_cell) || rest.starts_with(is_braille) => {
                self.before = Some(character);
                return None;
            }
            '\u{ad}' => "SHY".to_owned(),
            '\u{34f}' => "CGJ".to_owned(),
            '\u{61c}' => "ALM".to_owned(),
            '\u{200e}' => "LRM".to_owned(),
            '\u{200f}' => "RLM".to_owned(),
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
                    self.flag_tags_left = flag_tag_count(rest);
                }
                if !character.is_whitespace() {
                    self.before = Some(character);
                }
                return None;
            }
        })
    }
}

impl InvisibleScanner {
    /// Reads characters that are visible wherever they stand.
    pub(super) fn pass_ordinary(&mut self, text: &str) {
        let letter = text.chars().rev().find(|it| it.is_alphabetic());
        self.letter = letter.or(self.letter);
        let last = text.chars().next_back();
        self.before = last.filter(|character| *character != ' ');
        self.is_after_direction_mark = false;
        self.marks = 0;
    }

    /// Whether a letter next to here is written from right to left, so that a direction mark decides
    /// where the signs between belong.
    fn is_between_right_to_left(&self, rest: &str) -> bool {
        // No sentence has that many signs between two letters.
        let after = rest.chars().take(16).find(|it| it.is_alphabetic());
        self.letter.into_iter().chain(after).any(is_right_to_left)
    }

    /// How many marks too many the previous letter has now; `shown` is the next character that is
    /// shown unchanged, or `None` for any other.
    pub(super) fn excess_marks(&mut self, shown: Option<char>) -> usize {
        // The first marks of Unicode are from U+0300 on.
        let is_mark = |it: char| it >= '\u{300}' && super::width(it.encode_utf8(&mut [0; 4])) == 0;
        self.marks = match shown {
            Some(character) if is_mark(character) => self.marks + 1,
            _ => 0,
        };
        self.marks.saturating_sub(super::MAX_MARKS)
    }
}

fn is_selector(character: char) -> bool {
    matches!(character, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// Invisible characters that no living text needs, or only in one place: marks of mathematics, music
/// and old programs, empty letters, the other tags, and what Unicode defines as not a character.
fn is_filler(character: char) -> bool {
    matches!(
        character,
        '\u{115f}'
            | '\u{1160}'
            | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{2061}'..='\u{2065}'
            | '\u{206a}'..='\u{206f}'
            | '\u{2800}'
            | '\u{3164}'
            | '\u{fdd0}'..='\u{fdef}'
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}'
            | '\u{13430}'..='\u{1343f}'
            | '\u{16fe4}'
            | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d159}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e001f}'
            | '\u{e007f}'..='\u{e00ff}'
            | '\u{e01f0}'..='\u{e0fff}'
    ) || u32::from(character) & 0xfffe == 0xfffe
}

fn is_mongolian(character: char) -> bool {
    matches!(character, '\u{1820}'..='\u{18aa}')
}

fn is_hieroglyph(character: char) -> bool {
    matches!(character, '\u{13000}'..='\u{1342f}' | '\u{13460}'..='\u{143fa}')
}

fn is_braille(character: char) -> bool {
    matches!(character, '\u{2801}'..='\u{28ff}')
}

/// Braille, or its blank.
fn is_cell(character: char) -> bool {
    matches!(character, '\u{2800}'..='\u{28ff}')
}

/// Whether a letter's script is written from right to left: Hebrew, Arabic and their neighbours.
fn is_right_to_left(letter: char) -> bool {
    matches!(
        letter,
        '\u{590}'..='\u{8ff}'
            | '\u{fb1d}'..='\u{fdff}'
            | '\u{fe70}'..='\u{fefc}'
            | '\u{10800}'..='\u{10fff}'
            | '\u{1e800}'..='\u{1efff}'
    )
}

/// Whether a character's script has no spaces between words, but may mark where one ends: Thai, Lao,
/// Tibetan, Burmese, Khmer.
fn has_no_spaces(character: char) -> bool {
    matches!(character, '\u{e00}'..='\u{fff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}')
}

/// How many tags turn the black flag before them into another: those of England, Scotland and
/// Wales have five and an end.
fn flag_tag_count(rest: &str) -> usize {
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
    use super::super::escape_controls;

    #[track_caller]
    fn check(text: &str, shown: &str) {
        assert_eq!(escape_controls(text), shown, "{text:?}");
        assert_eq!(
            escape_controls(shown),
            shown,
            "what is shown stays the same"
        );
    }

    #[track_caller]
    fn check_kept(text: &str) {
        check(text, text);
    }

    #[test]
    fn what_hides_in_text_is_named() {
        check("ow\u{200b}ner", "ow⟨ZWSP⟩ner");
        check("\u{feff}start", "⟨BOM⟩start");
        check("a\u{2060}b", "a⟨WJ⟩b");
        check("pass\u{200d}word\u{200c}", "pass⟨ZWJ⟩word⟨ZWNJ⟩");
        check(" \u{fe0f}x", " ⟨U+FE0F⟩x");
        check("\u{e0001}\u{e0068}\u{e0069}", "⟨U+E0001⟩⟨TAG h⟩⟨TAG i⟩");
        check("a\u{3164}b\u{2063}c", "a⟨U+3164⟩b⟨U+2063⟩c");
    }

    #[test]
    fn what_is_invisible_is_named_unless_needed() {
        check("soft\u{ad}hyphen", "soft⟨SHY⟩hyphen");
        check("a\u{34f}b", "a⟨CGJ⟩b");
        check("a\u{200e}b\u{200f}\u{61c}", "a⟨LRM⟩b⟨RLM⟩⟨ALM⟩");
        check("\u{2800}=1", "⟨U+2800⟩=1");
        for point in [
            0x17b4, 0x17b5, 0x180b, 0x180c, 0x180d, 0x180f, 0x2065, 0xfff0, 0xfff8, 0x13430,
            0x13438, 0x1bca0, 0x1bca3, 0x1d173, 0x1d17a, 0xe0080, 0xe00ff, 0xe01f0, 0xe0fff,
            0xfffe, 0xfdd0, 0xfdef, 0x1ffff, 0x10_fffe, 0x1d159, 0x16fe4,
        ] {
            let character = char::from_u32(point).expect("a character");
            check(&format!("a{character}b"), &format!("a⟨U+{point:04X}⟩b"));
        }
    }

    #[test]
    fn a_letter_keeps_as_many_marks_as_a_language_needs() {
        let marks = |count| "\u{301}".repeat(count);
        check_kept(&format!("a{}b{}", marks(30), marks(30)));
        let shown = format!("a{}⟨+199970 marks⟩b", marks(30));
        check(&format!("a{}b", marks(200_000)), &shown);
        check(&marks(31), &format!("{}⟨+1 marks⟩", marks(30)));
        check(
            &format!("{}\n{}", marks(30), marks(30)),
            &format!("{}\n{}", marks(30), marks(30)),
        );
    }

    #[test]
    fn more_than_one_after_a_character_hides_something() {
        check("é\u{200d}\u{200d}", "é\u{200d}⟨ZWJ⟩");
        check("☺\u{fe0f}\u{fe01}\u{fe02}", "☺\u{fe0f}⟨U+FE01⟩⟨U+FE02⟩");
        // A flag's tags name the flag, and nothing else.
        check("\u{1f3f4}\u{e0068}", "\u{1f3f4}⟨TAG h⟩");
    }

    #[test]
    fn what_a_character_needs_stays() {
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
            "שלום!\u{200f} (C++\u{200e}) שלום",
            "\u{200f}سلام\u{61c} 12",
            "ᠮᠣᠩ\u{180b}ᠭᠣᠯ",
            "⠓⠑⠇⠇⠕\u{2800}\u{2800}⠺",
            "\u{13000}\u{13430}\u{13001}",
        ] {
            check_kept(text);
        }
    }
}
